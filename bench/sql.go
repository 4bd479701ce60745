package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// filterSums is the select list of the buckets b0 … b6 in the form that all
// three databases know: sum(…) FILTER (WHERE …), over an expression for the day
// offset.
func filterSums(amount, offset string) string {
	var sums []string
	for b, when := range bucketConditions(offset) {
		sums = append(sums, fmt.Sprintf("sum(%s) FILTER (WHERE %s) AS b%d", amount, when, b))
	}
	return strings.Join(sums, ",\n  ")
}

// bucketConditions says in SQL when an offset is in each bucket.
func bucketConditions(offset string) [bucketCount]string {
	var when [bucketCount]string
	edges := lastDays()
	for b := range when {
		switch {
		case b == 0:
			when[b] = fmt.Sprintf("%s <= %d", offset, edges[0])
		case b == len(edges):
			when[b] = fmt.Sprintf("%s > %d", offset, edges[b-1])
		default:
			when[b] = fmt.Sprintf("%s BETWEEN %d AND %d", offset, edges[b-1]+1, edges[b])
		}
	}
	return when
}

// bucketNames is b0, …, b6, each put into a format.
func bucketNames(format string) string {
	var names []string
	for b := range bucketCount {
		names = append(names, fmt.Sprintf(format, fmt.Sprintf("b%d", b)))
	}
	return strings.Join(names, ", ")
}

// The grand totals are one more statement over the finished rows, which costs
// next to nothing; its one row is fetched inside the timer.
const totalsOf = "SELECT %s FROM report"

// cell is how a number of cents is read, whatever the amounts are in: an empty
// bucket may be NULL.
const (
	decimalCell = "CAST(coalesce(%s, 0) * 100 AS BIGINT)"
	integerCell = "coalesce(%s, 0)"
)

// queryer is what database/sql and its connections have in common.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// readReport reads the rows of the table report, key first, outside the timer. The
// grand totals are those that the database gave.
func readReport[K any](db queryer, key, cell string, customers int, totals *amounts, number func(K) (int32, error)) (*result, error) {
	rows, err := db.QueryContext(context.Background(), fmt.Sprintf("SELECT %s, %s FROM report", key, bucketNames(cell)))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	r := newResult(customers)
	for rows.Next() {
		var k K
		var row amounts
		if err := rows.Scan(append([]any{&k}, row.pointers()...)...); err != nil {
			return nil, err
		}
		n, err := number(k)
		if err != nil {
			return nil, err
		}
		if err := r.addRow(n, row); err != nil {
			return nil, err
		}
	}
	r.totals = *totals
	return r, rows.Err()
}

func (a *amounts) pointers() []any {
	var p []any
	for b := range a {
		p = append(p, &a[b])
	}
	return p
}
