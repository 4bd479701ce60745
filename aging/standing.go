package aging

import (
	"errors"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// ErrExcluded: Options.Exclude keeps an item out of a report.
var ErrExcluded = errors.New("disputed or on hold, and excluded")

// contested are the flags that Options.Exclude and Apart may have.
const contested = ledger.Disputed | ledger.OnHold

// standing is whether an item is in the balances of a report.
type standing uint8

const (
	open standing = iota
	future
	closed
	settled
	excluded
)

// standing returns whether a valid item is in the balances of the report.
func (o *Options) standing(it *ledger.Item) standing {
	switch {
	case it.Date > o.AsOf:
		return future
	case !it.Closed.IsZero() && it.Closed <= o.AsOf:
		return closed
	case it.Outstanding.IsZero():
		return settled
	case it.Flags&o.Exclude != 0 && it.Outstanding.Sign() > 0:
		return excluded
	}
	return open
}

// reason returns why an item is not in the balances of a report, or nil.
func (s standing) reason() error {
	return [...]error{open: nil, future: ErrFuture, closed: ErrClosed, settled: ErrSettled, excluded: ErrExcluded}[s]
}

// Column is where an item is in a row.
type Column uint8

// The columns of a row.
const (
	InBucket    Column = iota // in one of the buckets
	InUnapplied               // a credit
	InApart                   // a debit of Options.Apart
	InExcluded                // a debit of Options.Exclude, which is not in the balance
	InReceipts                // what came in after the as-of date, not in the balance either
	InNone                    // not there
)

// column returns where an item of some standing is.
func (o *Options) column(it *ledger.Item, s standing) Column {
	credit := it.Outstanding.Sign() < 0
	switch {
	case s == future && credit && o.Receipts:
		return InReceipts
	case s == excluded:
		return InExcluded
	case s != open:
		return InNone
	case credit:
		return InUnapplied
	case it.Flags&o.Apart != 0:
		return InApart
	}
	return InBucket
}

// since returns the day from which an item's age counts: its basis date or, by
// adjusted days, as much later as its clock stood still.
func (o *Options) since(it *ledger.Item) ar.Date {
	day := o.Basis.of(it)
	if o.Adjusted {
		day += ar.Date(heldOf(it.Held, o.AgedAsOf.DaysSince(day)))
	}
	return day
}

// heldOf returns how many of an item's held days fall into an offset from its
// due date: a clock that is held has begun, so what has fallen due stays so.
func heldOf(held int32, offset int) int { return min(int(held), max(0, offset)) }
