package ledger

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// Document is a debit or a credit of a customer (SPEC L1). The zero Document is
// invalid.
type Document struct {
	ID       string // the key that allocations name; unique among all documents
	Number   string // for people; may be empty, need not be unique
	Customer string // the customer's ID
	Location string // where it was sold or is managed; may be empty
	Kind     Kind

	Date   ar.Date // the document's date
	Posted ar.Date // the day it was posted; zero: on Date
	Due    ar.Date // the day it falls due; zero: as Terms say

	Amount ar.Money // above zero; the kind says which way it counts

	// Booking is the rate at which it was booked: the price of one unit of its
	// currency in units of the currency that the host keeps its books in. Zero:
	// none is known (SPEC A8).
	Booking ar.Rate

	// Footnote is a remark on the document for people; may be empty. Its open
	// items have the flag Footnote.
	Footnote string

	// Flags hold from the document's date on, until a Status changes them.
	Flags Flags

	// Parts are the instalments of a debit, which fall due one by one. They
	// take the place of Due and Terms, and sum to Amount.
	Parts []Part

	// Terms say when it falls due where Due is zero. Where they are zero too, a
	// debit has the customer's terms, and a credit, or what no terms cover, is
	// due on its date.
	Terms duedate.Terms
}

// Part is one instalment of a debit (SPEC D5).
type Part struct {
	Due    ar.Date
	Amount ar.Money // above zero
}

// PostingDate returns Posted, or Date where that is zero.
func (d *Document) PostingDate() ar.Date {
	if d.Posted.IsZero() {
		return d.Date
	}
	return d.Posted
}

// Validate reports every fault, each as a *FactError. A due date before the
// document date is not one: prepayments have it.
func (d *Document) Validate() error {
	var faults []error
	d.check(func(err error) { faults = append(faults, &FactError{d, err}) })
	return errors.Join(faults...)
}

func (d *Document) check(fault func(error)) {
	if d.ID == "" {
		fault(ErrNoID)
	}
	if d.Customer == "" {
		fault(ErrNoCustomer)
	}
	if !d.Kind.IsDebit() && !d.Kind.IsCredit() {
		fault(fmt.Errorf("%s: %w", d.Kind, ErrKind))
	}
	if !d.Date.Valid() {
		fault(ErrNoDate)
	}
	if !validOrZero(d.Posted) {
		fault(fmt.Errorf("posting date %s: %w", d.Posted, ErrBadDate))
	}
	if !validOrZero(d.Due) {
		fault(fmt.Errorf("due date %s: %w", d.Due, ErrBadDate))
	}
	if d.Amount.Sign() <= 0 {
		fault(ErrNotPositive)
	}
	if d.Booking.Sign() < 0 {
		fault(fmt.Errorf("booked at %s: %w: want one above zero, or none", d.Booking, ErrRate))
	}
	if len(d.Parts) > 0 {
		d.checkParts(fault)
	}
}

func (d *Document) checkParts(fault func(error)) {
	if !d.Kind.IsDebit() {
		fault(fmt.Errorf("%w: only a debit has parts", ErrParts))
	}
	if !d.Due.IsZero() {
		fault(fmt.Errorf("%w: there is a due date besides, %s", ErrParts, d.Due))
	}
	var sum ar.Money
	for i, p := range d.Parts {
		if !p.Due.Valid() {
			fault(fmt.Errorf("part %d: due date %s: %w", i+1, p.Due, ErrBadDate))
		}
		if p.Amount.Sign() <= 0 {
			fault(fmt.Errorf("part %d: %s: %w", i+1, p.Amount, ErrNotPositive))
		}
		var err error
		if sum, err = sum.Add(p.Amount); err != nil {
			fault(fmt.Errorf("part %d: %w", i+1, err))
			return
		}
	}
	if !sum.Equal(d.Amount) {
		fault(fmt.Errorf("%w: they sum to %s", ErrParts, sum))
	}
}

func validOrZero(d ar.Date) bool { return d.IsZero() || d.Valid() }

// String names the document for messages, with its date and amount.
func (d *Document) String() string {
	return fmt.Sprintf("%s %q of %s for %s", d.Kind, d.ID, d.Date, d.Amount)
}

// terms returns those that make the due date, zero where it is given or is the
// document's date.
func (d *Document) terms(of *Customer) duedate.Terms {
	switch {
	case !d.Due.IsZero() || len(d.Parts) > 0:
		return duedate.Terms{}
	case d.Terms.IsZero() && d.Kind.IsDebit():
		return of.Terms
	}
	return d.Terms
}
