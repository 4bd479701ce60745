package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"math"
	"math/big"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2"
)

// duckDBs is DuckDB in memory, by the customer's number and by its ID. The
// report is made into a temporary table, so that fetching it is not timed.
func duckDBs() []entry {
	var all []entry
	for _, threads := range []int{1, 2} {
		source := &duckSource{threads: threads}
		for _, key := range []string{"integer", "string"} {
			all = append(all, entry{contestant: &duckDB{source: source, key: key}})
		}
	}
	return all
}

// duckSource is a database with the items, loaded once for both keys.
type duckSource struct {
	threads int
	users   int
	db      *sql.DB
	version string
}

// open returns a connection of its user's own, to which temporary tables
// belong.
func (s *duckSource) open(w *workload) (*sql.Conn, error) {
	ctx := context.Background()
	s.users++
	if s.users > 1 {
		return s.db.Conn(ctx)
	}
	var err error
	if s.db, err = sql.Open("duckdb", ""); err != nil {
		return nil, err
	}
	conn, err := s.db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	for _, statement := range []string{
		fmt.Sprintf("SET threads = %d", s.threads),
		"CREATE TABLE items (customer INTEGER, id VARCHAR, due DATE, amount DECIMAL(18,2))",
	} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return nil, err
		}
	}
	if err := conn.QueryRowContext(ctx, "SELECT version()").Scan(&s.version); err != nil {
		return nil, err
	}
	err = conn.Raw(func(c any) error { return appendItems(c, w) })
	return conn, err
}

func appendItems(c any, w *workload) error {
	conn, ok := c.(driver.Conn)
	if !ok {
		return fmt.Errorf("%T is no driver.Conn", c)
	}
	a, err := duckdb.NewAppenderFromConn(conn, "", "items")
	if err != nil {
		return err
	}
	id := w.separateIDs()
	amount := duckdb.Decimal{Width: 18, Scale: 2, Value: new(big.Int)}
	for i, c := range w.customer {
		amount.Value.SetInt64(w.cents[i])
		if err := a.AppendRow(c, id(i), w.due[i].Time(), amount); err != nil {
			return err
		}
	}
	return a.Close()
}

func (s *duckSource) close() error {
	s.users--
	if s.users > 0 || s.db == nil {
		return nil
	}
	return s.db.Close()
}

// duckDB makes the report by one key, in whichever of two forms of the query
// is faster.
type duckDB struct {
	source *duckSource
	key    string
	w      *workload
	conn   *sql.Conn
	query  string
	note   string
	totals amounts
}

func (d *duckDB) Name() string {
	return fmt.Sprintf("DuckDB, %s key, %s", d.key, threadCount(d.source.threads))
}

func (d *duckDB) column() string {
	if d.key == "integer" {
		return "customer"
	}
	return "id"
}

func (d *duckDB) Prepare(w *workload) (err error) {
	d.w = w
	if d.conn, err = d.source.open(w); err != nil {
		return err
	}
	filter, pivot := math.Inf(1), math.Inf(1)
	for range 2 {
		if filter, err = d.better(filter, d.filterForm()); err != nil {
			return err
		}
		if pivot, err = d.better(pivot, d.pivotForm()); err != nil {
			return err
		}
	}
	if filter <= pivot {
		d.query, d.note = d.filterForm(), fmt.Sprintf("FILTER; PIVOT takes %.2f× the time", pivot/filter)
	} else {
		d.query, d.note = d.pivotForm(), fmt.Sprintf("PIVOT; FILTER takes %.2f× the time", filter/pivot)
	}
	return nil
}

// better runs a form of the query and returns the smaller number of seconds.
func (d *duckDB) better(seconds float64, query string) (float64, error) {
	d.query = query
	start := time.Now()
	err := d.Run()
	return min(seconds, time.Since(start).Seconds()), err
}

func (d *duckDB) filterForm() string {
	return fmt.Sprintf("CREATE OR REPLACE TEMP TABLE report AS\nSELECT %s,\n  %s\nFROM items GROUP BY %[1]s",
		d.column(), filterSums("amount", d.offset()))
}

func (d *duckDB) pivotForm() string {
	var bucket strings.Builder
	for b, when := range bucketConditions("days") {
		fmt.Fprintf(&bucket, " WHEN %s THEN 'b%d'", when, b)
	}
	return fmt.Sprintf(`CREATE OR REPLACE TEMP TABLE report AS
PIVOT (SELECT %[1]s, amount, CASE%[2]s END AS bucket FROM (SELECT %[1]s, amount, %[3]s AS days FROM items))
ON bucket IN (%[4]s) USING sum(amount) GROUP BY %[1]s`, d.column(), &bucket, d.offset(), bucketNames("'%s'"))
}

func (d *duckDB) offset() string { return fmt.Sprintf("(DATE '%s' - due)", d.w.asOf) }

func (d *duckDB) Run() error {
	ctx := context.Background()
	if _, err := d.conn.ExecContext(ctx, d.query); err != nil {
		return err
	}
	totals := fmt.Sprintf(totalsOf, bucketNames(fmt.Sprintf(decimalCell, "sum(%s)")))
	return d.conn.QueryRowContext(ctx, totals).Scan(d.totals.pointers()...)
}

func (d *duckDB) Result() (*result, error) {
	if d.key == "integer" {
		return readReport(d.conn, d.column(), decimalCell, d.w.customers, &d.totals, func(n int32) (int32, error) { return n, nil })
	}
	return readReport(d.conn, d.column(), decimalCell, d.w.customers, &d.totals, customerNumber)
}

func (d *duckDB) Note() string { return d.source.version + "; " + d.note }

func (d *duckDB) Close() error { return d.source.close() }
