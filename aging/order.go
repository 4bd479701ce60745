package aging

import (
	"cmp"
	"errors"
	"fmt"
	"strings"
)

// Order compares two rows of a report, as cmp.Compare does (SPEC A5).
type Order func(a, b Row) int

// ByKey orders by key, byte by byte, then currency. It is the default.
func ByKey(a, b Row) int {
	return cmp.Or(strings.Compare(a.Key(), b.Key()), a.Currency().Compare(b.Currency()))
}

// ByBalance orders by currency, then the largest balance first, then key.
func ByBalance(a, b Row) int {
	if c := a.Currency().Compare(b.Currency()); c != 0 {
		return c
	}
	if c := plus(b.Balance(), a.Balance().Neg()).Sign(); c != 0 {
		return c
	}
	return strings.Compare(a.Key(), b.Key())
}

// ByName orders by the name that a key has for people, disregarding case, and
// then as ByKey does.
func ByName(name func(key string) string) Order {
	return func(a, b Row) int {
		return cmp.Or(strings.Compare(strings.ToLower(name(a.Key())), strings.ToLower(name(b.Key()))), ByKey(a, b))
	}
}

// DefaultPageSize is the number of rows on a page where none is given
// (SPEC A5).
const DefaultPageSize = 50

// ErrNoPage: a report has no page of that number.
var ErrNoPage = errors.New("no such page")

// Page is a run of a report's rows. The totals stay those of the report.
type Page struct {
	Rows   []Row
	Number int // from 1
	Pages  int // at least 1, even of a report without rows
}

// Page returns a page of the rows in the order given (nil is ByKey), counting
// pages from 1. Any size above 0 is accepted, and 0 is DefaultPageSize.
func (r *Report) Page(order Order, number, size int) (Page, error) {
	if size == 0 {
		size = DefaultPageSize
	}
	if size < 0 {
		return Page{}, fmt.Errorf("%w: %d rows a page, want 1 or more", ErrNoPage, size)
	}
	pages := max(1, (r.Len()-1)/size+1)
	if number < 1 || number > pages {
		return Page{}, fmt.Errorf("%w: page %d of %d", ErrNoPage, number, pages)
	}
	first := (number - 1) * size
	last := r.Len()
	if last-first > size {
		last = first + size
	}
	return Page{Rows: r.Rows(order)[first:last], Number: number, Pages: pages}, nil
}
