package ledger

import (
	"errors"
	"fmt"
	"iter"

	"github.com/openreceivables/ar"
)

// What an Item may be refused for, besides ErrNoCustomer.
var (
	// ErrNoDate: the document date is missing or no day of the years 1–9999.
	ErrNoDate = errors.New("no valid document date")
	// ErrBadDate: another date is no day of the years 1–9999.
	ErrBadDate = errors.New("not a valid date")
	// ErrClosedEarly: an item was closed before its document date.
	ErrClosedEarly = errors.New("closed before its document date")
	// ErrHeld: a number of held days is below 0.
	ErrHeld = errors.New("held days are 0 or more")
)

// Item is one open item of a customer. The zero Item is invalid: it has no
// customer and no date.
type Item struct {
	Customer string // the customer's ID
	Location string // where it was sold or is managed; may be empty
	Number   string // the document's number, for people; may be empty

	// Outstanding is what is left to pay of a debit, or, negative, what is left
	// to apply of a credit.
	Outstanding ar.Money

	Date   ar.Date // the document's date
	Posted ar.Date // the day it was posted; zero: on Date
	Due    ar.Date // the day it falls due; zero: on Date (SPEC L1)
	Closed ar.Date // the first day it is open no more; zero: still open

	Flags Flags

	// Held is on how many days since it fell due a dated hold stopped its ageing
	// clock, up to the date that it is open on; 0 or more (SPEC L7).
	Held int32
}

// Flags are yes-or-no facts of an item, combined with |.
type Flags uint8

// The flags.
const (
	Disputed Flags = 1 << iota // the customer disputes it
	OnHold                     // collection is on hold
	Footnote                   // it has a footnote, whose text is the document's
)

// Has reports whether all the flags of g are set in f.
func (f Flags) Has(g Flags) bool { return f&g == g }

// PostingDate returns Posted, or Date where that is zero.
func (it *Item) PostingDate() ar.Date {
	if it.Posted.IsZero() {
		return it.Date
	}
	return it.Posted
}

// DueDate returns Due, or Date where that is zero.
func (it *Item) DueDate() ar.Date {
	if it.Due.IsZero() {
		return it.Date
	}
	return it.Due
}

// Validate reports every fault, each naming the item. A due date before the
// document date is not one: prepayments have it.
func (it *Item) Validate() error {
	var faults []error
	fault := func(err error) {
		faults = append(faults, fmt.Errorf("%s: %w", it, err))
	}
	if it.Customer == "" {
		fault(ErrNoCustomer)
	}
	if !it.Date.Valid() {
		fault(ErrNoDate)
	}
	for _, d := range []struct {
		name string
		date ar.Date
	}{{"posting date", it.Posted}, {"due date", it.Due}, {"closed date", it.Closed}} {
		if !d.date.IsZero() && !d.date.Valid() {
			fault(fmt.Errorf("%s %s: %w", d.name, d.date, ErrBadDate))
		}
	}
	if it.Closed.Valid() && it.Closed < it.Date {
		fault(fmt.Errorf("%s: %w %s", it.Closed, ErrClosedEarly, it.Date))
	}
	if it.Held < 0 {
		fault(fmt.Errorf("%d: %w", it.Held, ErrHeld))
	}
	return errors.Join(faults...)
}

// String names the item for messages: its customer and number.
func (it *Item) String() string {
	return fmt.Sprintf("item %q of customer %q", it.Number, it.Customer)
}

// Items is the source that yields the items of a slice.
func Items(items []Item) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for i := range items {
			if !yield(items[i], nil) {
				return
			}
		}
	}
}

// Join yields the items of some sources, one source after the other, up to the
// first error.
func Join(sources ...iter.Seq2[Item, error]) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for _, source := range sources {
			for it, err := range source {
				if !yield(it, err) || err != nil {
					return
				}
			}
		}
	}
}
