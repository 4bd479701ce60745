package aging

import (
	"errors"
	"fmt"
	"math"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// ErrColumns: the columns are not those of one set of items.
var ErrColumns = errors.New("columns do not match")

// Columns are open items of one currency, column by column: item i is what the
// columns have at i. They are the fastest way in, for hosts that have columns.
type Columns struct {
	// Keys are what rows stand for, such as customer IDs: no two alike. A key
	// that no item in the report has makes no row.
	Keys []string
	// Key counts in Keys from 0. Nil puts all items in one row without a key,
	// for a report of nothing but grand totals.
	Key []int32

	// Amount is what is outstanding in minor units, below 0 for an unapplied
	// credit.
	Amount   []int64
	Currency ar.Currency

	Due    []ar.Date // due date; nil: the document date
	Date   []ar.Date // document date; nil: none is after the as-of date
	Posted []ar.Date // posting date; nil: the document date
	Closed []ar.Date // the first day it is open no more, or zero; nil: all are open

	Flags []ledger.Flags // for Options.Exclude and Apart; nil: none has any
	Held  []int32        // held days, for Options.Adjusted; nil: none has any
}

// ComputeColumns is Compute for columns. The columns that are not nil have the
// same length; they hold valid dates, zero only in Closed. A column that is nil
// may be needed: Due by due date where there is no Date, and so on. The first
// item that is out of range ends it with an error that names it. The group of
// the options has no key, and its name is what Keys are; "customer" if empty.
func ComputeColumns(c Columns, opt Options) (*Report, error) {
	if opt.Group.Key != nil {
		return nil, fmt.Errorf("%w: a key of the group and Keys", ErrColumns)
	}
	name := opt.Group.Name
	opt.Group = ByCustomer()
	if name != "" {
		opt.Group.Name = name
	}
	opt, err := opt.resolved()
	if err != nil {
		return nil, err
	}
	if err := c.check(opt.Basis); err != nil {
		return nil, err
	}
	workers := opt.workers(len(c.Amount))
	old, err := opt.takeMemory(workers)
	if err != nil {
		return nil, err
	}
	parts := make([]*columnPart, workers)
	for i := range parts {
		parts[i] = newColumnPart(&c, opt, &old[i])
	}
	done := progress{report: opt.Progress}
	err = spread(workers, len(c.Amount), block, func(h *hand) error {
		return parts[h.worker].addAll(h, &done)
	})
	if err == nil {
		err = done.end()
	}
	if err != nil {
		return nil, err
	}
	return joinColumns(parts, opt.Reuse != nil), nil
}

// basis returns the column that items age by.
func (c *Columns) basis(b Basis) []ar.Date {
	switch {
	case b == DueDate && c.Due != nil:
		return c.Due
	case b == PostingDate && c.Posted != nil:
		return c.Posted
	}
	return c.Date
}

func (c *Columns) check(b Basis) error {
	n := len(c.Amount)
	for _, column := range []struct {
		name string
		len  int
		want bool
	}{
		{"Key", len(c.Key), c.Key != nil},
		{"Due", len(c.Due), c.Due != nil},
		{"Date", len(c.Date), c.Date != nil},
		{"Posted", len(c.Posted), c.Posted != nil},
		{"Closed", len(c.Closed), c.Closed != nil},
		{"Flags", len(c.Flags), c.Flags != nil},
		{"Held", len(c.Held), c.Held != nil},
	} {
		if column.want && column.len != n {
			return fmt.Errorf("%w: %d in Amount, %d in %s", ErrColumns, n, column.len, column.name)
		}
	}
	if n > 0 && c.basis(b) == nil {
		return fmt.Errorf("%w: to age by %s date takes that column, or Date", ErrColumns, b)
	}
	if n > 0 && b != DueDate && c.Due == nil && c.Date == nil {
		return fmt.Errorf("%w: past due takes Due, or Date", ErrColumns)
	}
	if _, err := ar.NewMoney(0, c.Currency); err != nil {
		return err
	}
	if c.Key == nil && len(c.Keys) > 0 {
		return fmt.Errorf("%w: Keys without Key", ErrColumns)
	}
	if len(c.Keys) > math.MaxInt32 {
		return fmt.Errorf("%w: %d Keys, at most %d", ErrColumns, len(c.Keys), math.MaxInt32)
	}
	return nil
}
