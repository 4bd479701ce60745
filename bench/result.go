package main

import (
	"fmt"
)

// bucketCount is the number of ageing buckets: not due, due today, 1–30,
// 31–60, 61–90, 91–120 and over 120 days past due.
const bucketCount = 7

// lastDays holds the last day offset of each bucket but the last.
func lastDays() [bucketCount - 1]int { return [...]int{-1, 0, 30, 60, 90, 120} }

// amounts are the cents in each bucket.
type amounts [bucketCount]int64

// result is the aged report in the form in which answers are compared.
type result struct {
	rows   []amounts // by customer number; nil where only totals were asked for
	totals amounts
}

// newResult returns a result of that many customers without amounts.
func newResult(customers int) *result { return &result{rows: make([]amounts, customers)} }

// addRow sets a customer's row and adds it to the totals. Every customer owes
// something, so that a row without amounts is one that is missing.
func (r *result) addRow(customer int32, row amounts) error {
	switch {
	case customer < 0 || int(customer) >= len(r.rows):
		return fmt.Errorf("customer number %d: there are %d", customer, len(r.rows))
	case r.rows[customer] != amounts{}:
		return fmt.Errorf("customer number %d has two rows", customer)
	}
	r.rows[customer] = row
	r.totals.add(&row)
	return nil
}

func (a *amounts) add(b *amounts) {
	for i, cents := range b {
		a[i] += cents
	}
}

// check compares an answer with the right one and names the first difference.
func (r *result) check(got *result) error {
	if got.rows != nil {
		if len(got.rows) != len(r.rows) {
			return fmt.Errorf("%d rows, want %d", len(got.rows), len(r.rows))
		}
		for c := range r.rows {
			if got.rows[c] != r.rows[c] {
				return fmt.Errorf("row of customer %s: %v, want %v", customerID(int32(c)), got.rows[c], r.rows[c])
			}
		}
	}
	if got.totals != r.totals {
		return fmt.Errorf("grand totals %v, want %v", got.totals, r.totals)
	}
	return nil
}

// reference ages the items in the plainest way there is: a map and a chain of
// comparisons. 10 million items of 99,999.99 are far from overflowing an int64.
func reference(w *workload) *result {
	rows := map[int32]*amounts{}
	for i, c := range w.customer {
		row := rows[c]
		if row == nil {
			row = &amounts{}
			rows[c] = row
		}
		row[bucketOf(w.asOf.DaysSince(w.due[i]))] += w.cents[i]
	}
	r := newResult(w.customers)
	for c, row := range rows {
		r.rows[c] = *row
		r.totals.add(row)
	}
	return r
}

// bucketOf returns the bucket of a day offset.
func bucketOf(offset int) int {
	switch {
	case offset < 0:
		return 0
	case offset == 0:
		return 1
	case offset <= 30:
		return 2
	case offset <= 60:
		return 3
	case offset <= 90:
		return 4
	case offset <= 120:
		return 5
	}
	return 6
}
