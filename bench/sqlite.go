package main

import (
	"context"
	"database/sql"
	"fmt"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

// sqlites is SQLite in memory, by the customer's ID, with cents and day numbers
// as integers: it has neither decimals nor dates.
func sqlites() []entry {
	return []entry{{contestant: &sqlite{}, slow: true}}
}

type sqlite struct {
	w    *workload
	db   *sql.DB
	conn *sql.Conn // a database in memory belongs to a connection

	totals amounts
}

func (s *sqlite) Name() string { return "SQLite, string key, integer cents" }

func (s *sqlite) Prepare(w *workload) (err error) {
	s.w = w
	ctx := context.Background()
	if s.db, err = sql.Open("sqlite", ":memory:"); err != nil {
		return err
	}
	if s.conn, err = s.db.Conn(ctx); err != nil {
		return err
	}
	for _, statement := range []string{"PRAGMA temp_store = MEMORY", "CREATE TABLE items (id TEXT, due INTEGER, cents INTEGER)"} {
		if _, err := s.conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	tx, err := s.conn.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // it matters only after an error, which is returned
	insert, err := tx.PrepareContext(ctx, "INSERT INTO items VALUES (?, ?, ?)")
	if err != nil {
		return err
	}
	defer insert.Close()
	id := w.separateIDs()
	for i := range w.customer {
		if _, err := insert.ExecContext(ctx, id(i), int64(w.due[i]), w.cents[i]); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (s *sqlite) Run() error {
	ctx := context.Background()
	for _, statement := range []string{
		"DROP TABLE IF EXISTS report",
		fmt.Sprintf("CREATE TEMP TABLE report AS\nSELECT id,\n  %s\nFROM items GROUP BY id",
			filterSums("cents", fmt.Sprintf("(%d - due)", s.w.asOf))),
	} {
		if _, err := s.conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return s.conn.QueryRowContext(ctx, fmt.Sprintf(totalsOf, bucketNames(fmt.Sprintf(integerCell, "sum(%s)")))).Scan(s.totals.pointers()...)
}

func (s *sqlite) Result() (*result, error) {
	return readReport(s.conn, "id", integerCell, s.w.customers, &s.totals, customerNumber)
}

func (s *sqlite) Close() error { return s.db.Close() }
