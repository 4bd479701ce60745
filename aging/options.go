package aging

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// Errors of Options.
var (
	// ErrNoAsOf: the as-of date is missing; nothing here reads a clock.
	ErrNoAsOf = errors.New("no as-of date")
	// ErrNoBuckets: the bucket set is empty.
	ErrNoBuckets = errors.New("no buckets")
	// ErrBasis: what was asked for ages by due date alone.
	ErrBasis = errors.New("ages by due date")
)

// Options say what to report.
type Options struct {
	AsOf    ar.Date    // the day whose balances are reported: what is open on it is in; required
	Buckets bucket.Set // required; one that depends on the as-of date is resolved for AgedAsOf
	Basis   Basis      // the date that ages an item; zero: its due date
	Group   Group      // what makes a row; zero: the customer

	// AgedAsOf is the day to which ages count, and by which an item is past due;
	// zero: AsOf. So the balances of 31 March can be aged on 15 April.
	AgedAsOf ar.Date

	// Exclude and Apart say what becomes of debits that are ledger.Disputed,
	// ledger.OnHold or, with both flags, either (SPEC L7); zero: they age like
	// all others. Those with a flag of Exclude are neither in a bucket nor in the
	// balance: LeftOut counts them, and Row.Excluded is their sum. Those with
	// none of these and a flag of Apart are in no bucket, but in the balance:
	// Row.Apart is their sum. Neither are past due. Credits are never concerned.
	Exclude, Apart ledger.Flags

	// Adjusted has items age by adjusted days: those on which a hold stopped the
	// clock (ledger.Item.Held) do not count (SPEC L7). An item that has fallen
	// due stays so, and past due is by the calendar in any case. As Held is known
	// as of AsOf, days from there to AgedAsOf all count. It takes the Basis
	// DueDate, from which held days count; with another it is ErrBasis.
	Adjusted bool

	// Receipts adds up what came in after AsOf, in Row.Receipts (SPEC A3): items
	// below zero dated after AsOf, as far as the source has them, such as
	// ledger.Account.Receipts. They are in no bucket and no balance, and
	// LeftOut counts them as ever.
	Receipts bool

	// Workers is the number of goroutines that may be used; 0 means one. What a
	// report says does not depend on it. Few items are aged by fewer.
	Workers int

	// Reuse is a report that is no longer needed, whose memory may be taken, by one
	// call; its rows must not be read any more, not even after an error. Where
	// reports are computed again and again, fresh memory may cost as much as the
	// report does. A first time, new(Report) says that there will be a next. The
	// report of a Book is ErrBookReport.
	Reuse *Report

	// Progress, if not nil, is called about every 65,536 items with the number
	// of items read so far, from one goroutine at a time. An error that it
	// returns ends the run and is returned: with context.Context.Err a run can
	// be cancelled.
	Progress func(items int) error
}

// Basis is the date that an item's age counts from (SPEC A2).
type Basis uint8

// The bases. Past due always counts from the due date.
const (
	DueDate Basis = iota
	DocumentDate
	PostingDate
)

// basisNames is indexed by Basis.
var basisNames = [...]string{"due", "date", "posting"}

// String returns the text form: "due", "date" or "posting".
func (b Basis) String() string {
	if int(b) < len(basisNames) {
		return basisNames[b]
	}
	return fmt.Sprintf("Basis(%d)", uint8(b))
}

// MarshalText implements encoding.TextMarshaler.
func (b Basis) MarshalText() ([]byte, error) {
	if int(b) >= len(basisNames) {
		return nil, fmt.Errorf("basis %d is not defined", uint8(b))
	}
	return []byte(b.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (b *Basis) UnmarshalText(text []byte) error {
	for i, name := range basisNames {
		if name == string(text) {
			*b = Basis(i)
			return nil
		}
	}
	return fmt.Errorf("basis %q: want one of %q", text, basisNames)
}

// of returns the item's basis date.
func (b Basis) of(it *ledger.Item) ar.Date {
	switch b {
	case DocumentDate:
		return it.Date
	case PostingDate:
		return it.PostingDate()
	default:
		return it.DueDate()
	}
}

// Group says what the rows of a report stand for (SPEC A9): each distinct key
// and currency is a row. The zero Group is ByCustomer.
type Group struct {
	Name string                    // what a key is: "customer", "location", "salesperson"
	Key  func(*ledger.Item) string // the same for an item whenever it is asked; "" for items that have none
}

// ByCustomer has a row for each customer; an item without one is an error.
func ByCustomer() Group {
	return Group{"customer", func(it *ledger.Item) string { return it.Customer }}
}

// ByLocation has a row for each location.
func ByLocation() Group {
	return Group{"location", func(it *ledger.Item) string { return it.Location }}
}

// resolved returns the options checked and with their defaults filled in.
func (o Options) resolved() (Options, error) {
	if !o.AsOf.Valid() {
		return o, fmt.Errorf("%w: the report needs the day that it speaks of", ErrNoAsOf)
	}
	if o.AgedAsOf.IsZero() {
		o.AgedAsOf = o.AsOf
	}
	if !o.AgedAsOf.Valid() {
		return o, fmt.Errorf("%w: to age as of %s", ErrNoAsOf, o.AgedAsOf)
	}
	if o.Buckets.IsZero() {
		return o, fmt.Errorf("%w: bucket.Standard() has the usual ones", ErrNoBuckets)
	}
	set, err := o.Buckets.Resolve(o.AgedAsOf)
	if err != nil {
		return o, err
	}
	o.Buckets = set
	if int(o.Basis) >= len(basisNames) {
		return o, fmt.Errorf("basis %d is not defined", uint8(o.Basis))
	}
	if o.Adjusted && o.Basis != DueDate {
		return o, fmt.Errorf("held days count from the due date: a report by adjusted days %w, not by %s date", ErrBasis, o.Basis)
	}
	if other := (o.Exclude | o.Apart) &^ contested; other != 0 {
		return o, fmt.Errorf("flags %#b: only what is disputed or on hold can be excluded or set apart", other)
	}
	if o.Group.Key == nil {
		if o.Group.Name != "" {
			return o, fmt.Errorf("group %q has no key", o.Group.Name)
		}
		o.Group = ByCustomer()
	}
	return o, nil
}

// newReport returns a report of resolved options without any rows. It keeps
// nothing that the options want only while it is computed.
func newReport(opt Options) *Report {
	opt.Progress, opt.Reuse = nil, nil
	return &Report{opt: opt, lay: newLayout(&opt)}
}
