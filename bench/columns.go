package main

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/duedate"
)

// columns is the report of columns: with customers, or grand totals alone.
type columns struct {
	name    string
	workers int
	totals  bool
	w       *workload
	input   aging.Columns
	options aging.Options
	report  *aging.Report
}

func (c *columns) Name() string { return c.name }

func (c *columns) Prepare(w *workload) (err error) {
	c.w = w
	if c.options, err = reportOptions(w); err != nil {
		return err
	}
	c.options.Workers, c.options.Reuse = c.workers, new(aging.Report)
	c.input = aging.Columns{Due: w.due, Amount: w.cents, Currency: w.currency}
	if !c.totals {
		c.input.Keys, c.input.Key = w.ids(), w.customer
	}
	return nil
}

func (c *columns) Run() (err error) {
	c.report, err = aging.ComputeColumns(c.input, c.options)
	c.options.Reuse = c.report
	return err
}

func (c *columns) Result() (*result, error) {
	if !c.totals {
		return reportResult(c.w, c.report)
	}
	totals, err := reportTotals(c.w, c.report)
	return &result{totals: totals}, err
}

// bulk computes due dates with DueDates.
type bulk struct {
	name     string
	terms    duedate.Terms
	words    string // the terms as wantDueDate has them
	document []ar.Date
	due      []ar.Date
}

func (b *bulk) Name() string { return b.name }

func (b *bulk) Prepare(w *workload) error {
	b.document, b.due = w.due, make([]ar.Date, len(w.due))
	return nil
}

func (b *bulk) Run() error { return b.terms.DueDates(b.due, b.document, nil) }

func (b *bulk) Result() (*result, error) {
	for i, due := range b.due {
		want, err := wantDueDate(b.words, b.document[i])
		if err != nil {
			return nil, err
		}
		if due != want {
			return nil, fmt.Errorf("%s of %s: %s, want %s", b.terms, b.document[i], due, want)
		}
	}
	return nil, nil
}
