package allocation

import (
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/openreceivables/ar"
)

// ErrColumns: the columns are not those of one set of documents.
var ErrColumns = errors.New("columns do not match")

// Columns are open debits, or credits, of many accounts in one currency, column
// by column: document i is what the columns have at i. There are as many rows as
// fit an int32.
type Columns struct {
	Account []int32   // numbered from 0
	Date    []ar.Date // by which the oldest is found: of debits the due date, of credits their date
	Minor   []int64   // what is open, in minor units, above zero for credits too

	// Large holds what is open where it does not fit Minor, which is zero there.
	Large map[int32]ar.Money
}

// Match is how much of a credit goes to a debit, both by their rows.
type Match struct {
	Credit, Debit int32
	Minor         int64
}

// Matches is what OldestFirst returns.
type Matches struct {
	// Lines are by account, and in it by credit, then debit, the oldest first: those
	// of one slice, then those of the next. How many slices there are is of no
	// meaning.
	Lines [][]Match

	// Large holds amounts that do not fit Match.Minor, which is zero there.
	Large map[Match]ar.Money

	reuse memory
}

// OldestFirst allocates the credits of each account to its debits, the oldest
// first, in accounts of any number at once: the lines are those of New with
// Auto, and nothing but OldestDue, for each account (SPEC P3), where rows of one
// date come by number and ID. What is dated after the day of the allocation is
// for the caller to leave out. Workers is the number of goroutines that may be
// used; 0 means one, and more than two are of no use. The memory of reuse serves
// again.
//
// It sorts in linear time, unless rows are so many, and accounts and dates so far
// apart, that they do not fit 64 bits; after that it is one pass, in which
// amounts are plain integers that are only subtracted and so cannot overflow. An
// account that has a large amount is computed exactly instead.
//
// Columns of different lengths, an account below 0, a date that is not valid
// and an amount that is not positive are ErrColumns, with the row. Large amounts
// of two currencies are an *ar.MismatchError.
func OldestFirst(debits, credits Columns, workers int, reuse Matches) (Matches, error) {
	m := &matcher{Matches: reuse, debits: side{Columns: &debits}, credits: side{Columns: &credits}}
	both(workers, m.debits.check, m.credits.check)
	if m.debits.err != nil {
		return Matches{}, fmt.Errorf("%w: debits: %w", ErrColumns, m.debits.err)
	}
	if m.credits.err != nil {
		return Matches{}, fmt.Errorf("%w: credits: %w", ErrColumns, m.credits.err)
	}
	var err error
	if m.currency, err = oneCurrency(debits.Large, credits.Large); err != nil {
		return Matches{}, err
	}
	m.packing = pack(m.debits.limits, m.credits.limits)
	both(workers,
		func() { m.debits.take(&m.packing, &m.reuse.debits) },
		func() { m.credits.take(&m.packing, &m.reuse.credits) })
	m.Lines, m.Large = m.Lines[:0], nil
	m.reuse.lines = slices.Grow(m.reuse.lines[:0], len(debits.Minor)+len(credits.Minor))
	if len(debits.Large)+len(credits.Large) > 0 {
		err := m.matchAnySize()
		return m.Matches, err
	}
	m.matchAll(workers)
	return m.Matches, nil
}

// both does two things, at the same time if there are two workers.
func both(workers int, f, g func()) {
	if workers < 2 {
		f()
		g()
		return
	}
	var done sync.WaitGroup
	done.Add(1)
	go func() {
		defer done.Done()
		f()
	}()
	g()
	done.Wait()
}

// limits are what the rows of columns lie between.
type limits struct {
	rows        int
	first, last ar.Date
	account     int32 // the greatest
	ascending   bool  // in the order of accounts
}

// limits returns the limits of columns.
func (c *Columns) limits() (l limits, err error) {
	if len(c.Account) != len(c.Minor) || len(c.Date) != len(c.Minor) || len(c.Minor) > 1<<31-1 {
		return l, fmt.Errorf("%d accounts, %d dates, %d amounts", len(c.Account), len(c.Date), len(c.Minor))
	}
	l = limits{rows: len(c.Minor), first: ar.MaxDate, last: ar.MinDate, ascending: true}
	dates, minor := c.Date[:len(c.Account)], c.Minor[:len(c.Account)]
	for row, account := range c.Account {
		date := dates[row]
		if account < 0 || !date.Valid() || minor[row] <= 0 && !c.isLarge(row) {
			return l, fmt.Errorf("row %d: account %d, date %s, amount %d", row, account, date, minor[row])
		}
		if account < l.account {
			l.ascending = false
		}
		l.first, l.last, l.account = min(l.first, date), max(l.last, date), max(l.account, account)
	}
	return l, nil
}

func (c *Columns) isLarge(row int) bool {
	large := c.Large[int32(row)]
	return c.Minor[row] == 0 && large.Sign() > 0
}

// oneCurrency returns the currency of amounts, if they have one.
func oneCurrency(sides ...map[int32]ar.Money) (ar.Currency, error) {
	var one ar.Money
	for _, large := range sides {
		for _, m := range large {
			if _, err := one.Cmp(m); err != nil {
				return ar.Currency{}, err
			}
			if one.Currency().IsZero() {
				one = m
			}
		}
	}
	return one.Currency(), nil
}
