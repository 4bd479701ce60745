package main

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/duckdb/duckdb-go/v2"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
)

// allocDuckDB allocates by running totals. In each account the running totals of
// invoices and of payments cut the money into pieces, each of which goes from
// the payment to the invoice whose running totals are the next. Which these are
// it finds by window functions or by an ASOF join, whichever is faster.
type allocDuckDB struct {
	load    *allocationLoad
	threads int
	db      *sql.DB
	conn    *sql.Conn
	query   string
	note    string
}

// runningTotals are of the documents of a table, cut off where the other table
// of the account has no more.
const runningTotals = `CREATE OR REPLACE TEMP TABLE lines AS
WITH i AS (SELECT customer, row, sum(amount) OVER (PARTITION BY customer ORDER BY date, row ROWS UNBOUNDED PRECEDING) AS upto FROM invoices),
     p AS (SELECT customer, row, sum(amount) OVER (PARTITION BY customer ORDER BY date, row ROWS UNBOUNDED PRECEDING) AS upto FROM payments),
`

const windowForm = runningTotals + `
cuts AS (SELECT customer, upto, row AS payment, NULL::INTEGER AS invoice FROM p
         UNION ALL SELECT customer, upto, NULL, row FROM i),
pieces AS (SELECT upto - lag(upto, 1, 0) OVER w AS amount,
                  first_value(payment IGNORE NULLS) OVER (w ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS payment,
                  first_value(invoice IGNORE NULLS) OVER (w ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS invoice
           FROM cuts WINDOW w AS (PARTITION BY customer ORDER BY upto))
SELECT payment, invoice, amount FROM pieces WHERE amount > 0 AND payment IS NOT NULL AND invoice IS NOT NULL`

const asofForm = runningTotals + `
cuts AS (SELECT customer, upto FROM p UNION SELECT customer, upto FROM i),
pieces AS (SELECT customer, upto, upto - lag(upto, 1, 0) OVER (PARTITION BY customer ORDER BY upto) AS amount FROM cuts)
SELECT p.row AS payment, i.row AS invoice, amount
FROM pieces c ASOF JOIN p ON c.customer = p.customer AND c.upto <= p.upto
              ASOF JOIN i ON c.customer = i.customer AND c.upto <= i.upto`

func (d *allocDuckDB) Name() string {
	return "DuckDB, allocation, " + threadCount(d.threads)
}

func (d *allocDuckDB) Prepare(w *workload) (err error) {
	if err := d.load.make(w); err != nil {
		return err
	}
	ctx := context.Background()
	if d.db, err = sql.Open("duckdb", ""); err != nil {
		return err
	}
	if d.conn, err = d.db.Conn(ctx); err != nil {
		return err
	}
	for _, statement := range []string{
		fmt.Sprintf("SET threads = %d", d.threads),
		"CREATE TABLE invoices (customer INTEGER, row INTEGER, date DATE, amount DECIMAL(18,2))",
		"CREATE TABLE payments (customer INTEGER, row INTEGER, date DATE, amount DECIMAL(18,2))",
	} {
		if _, err := d.conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	if err := d.fill("invoices", w.customer, w.due, w.cents); err != nil {
		return err
	}
	if err := d.fill("payments", d.load.payer, d.load.paid, d.load.given); err != nil {
		return err
	}
	window, err := d.time(windowForm)
	if err != nil {
		return err
	}
	asof, err := d.time(asofForm)
	if err != nil {
		return err
	}
	d.query, d.note = asofForm, fmt.Sprintf("ASOF join; window functions take %.2f× the time", window/asof)
	if window <= asof {
		d.query, d.note = windowForm, fmt.Sprintf("window functions; ASOF join takes %.2f× the time", asof/window)
	}
	return nil
}

func (d *allocDuckDB) fill(table string, customer []int32, date []ar.Date, cents []int64) error {
	return d.conn.Raw(func(c any) error {
		conn, ok := c.(driver.Conn)
		if !ok {
			return fmt.Errorf("%T is no driver.Conn", c)
		}
		a, err := duckdb.NewAppenderFromConn(conn, "", table)
		if err != nil {
			return err
		}
		amount := duckdb.Decimal{Width: 18, Scale: 2, Value: new(big.Int)}
		for i, c := range customer {
			amount.Value.SetInt64(cents[i])
			if err := a.AppendRow(c, int32(i), date[i].Time(), amount); err != nil {
				return errors.Join(err, a.Close())
			}
		}
		return a.Close()
	})
}

// time runs a form of the query and returns how many seconds that takes.
func (d *allocDuckDB) time(query string) (float64, error) {
	d.query = query
	start := time.Now()
	err := d.Run()
	return time.Since(start).Seconds(), err
}

func (d *allocDuckDB) Run() error {
	_, err := d.conn.ExecContext(context.Background(), d.query)
	return err
}

func (d *allocDuckDB) Result() (*result, error) {
	rows, err := d.conn.QueryContext(context.Background(), "SELECT payment, invoice, CAST(amount * 100 AS BIGINT) FROM lines")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var lines []allocation.Match
	for rows.Next() {
		var m allocation.Match
		if err := rows.Scan(&m.Credit, &m.Debit, &m.Minor); err != nil {
			return nil, err
		}
		lines = append(lines, m)
	}
	return nil, errors.Join(rows.Err(), d.load.check(lines))
}

func (d *allocDuckDB) Note() string { return d.note }

func (d *allocDuckDB) Close() error {
	if d.db == nil {
		return nil
	}
	return d.db.Close()
}
