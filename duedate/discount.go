package duedate

import (
	"errors"
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/textform"
)

// Discount is what a debtor may take off for paying early: one tier or
// several, such as 3 % within 10 days or else 2 % within 20 (SPEC D6). It is
// immutable. Equal compares; == does not compile. The zero Discount is none;
// its text is empty, and it is an SQL NULL.
type Discount struct {
	tiers []Tier
	base  string
}

// Tier is a percent off for who pays by the date that terms lead to, counted
// as a due date is.
type Tier struct {
	Percent ar.Percent // more than 0, less than 100
	Terms   Terms      // at least one step
}

// MaxTiers is how many tiers a discount may have.
const MaxTiers = 10

// hundred is the percent of a whole.
var hundred = ar.MustPercent("100")

// NewDiscount makes a discount of tiers, the earliest and highest first. The
// percents are of the document's amount that base names, and of the whole
// where it is empty.
//
// The error lists every fault: a percent that is not between 0 and 100, a tier
// without terms, one that gives no less than the tier before, or one that is
// no longer in days than a tier before. What other terms lead to depends on the
// document, and is left to Offers.
func NewDiscount(base string, tiers ...Tier) (Discount, error) {
	var d Discount
	var errs []error
	if base != "" && !isName(base) {
		errs = append(errs, fmt.Errorf("discount: base %q: want %s", textform.Short(base), nameOfBase))
	}
	if base != "" && len(tiers) == 0 {
		errs = append(errs, fmt.Errorf("discount: base %q without a tier", textform.Short(base)))
	}
	for i, t := range tiers {
		if err := d.check(t); err != nil {
			errs = append(errs, fmt.Errorf("discount: tier %d: %w", i+1, err))
		}
		if i < MaxTiers {
			d.tiers = append(d.tiers, t)
		}
	}
	if len(errs) > 0 {
		return Discount{}, errors.Join(errs...)
	}
	d.base = base
	return d, nil
}

// check says what is wrong with t as the next tier.
func (d *Discount) check(t Tier) error {
	switch {
	case len(d.tiers) == MaxTiers:
		return fmt.Errorf("more than %d tiers", MaxTiers)
	case t.Percent.Sign() <= 0 || t.Percent.Cmp(hundred) >= 0:
		return fmt.Errorf("%s: want more than 0 and less than 100%%", t.Percent)
	case t.Terms.IsZero():
		return errors.New(`no terms: want a step, such as "net 10"`)
	}
	for _, before := range d.tiers {
		if t.Percent.Cmp(before.Percent) >= 0 {
			return fmt.Errorf("%s after %s: want less with each tier", t.Percent, before.Percent)
		}
		days, plain := t.Terms.days()
		if daysBefore, plainBefore := before.Terms.days(); plain && plainBefore && days <= daysBefore {
			return fmt.Errorf("%d days after %d: want more with each tier", days, daysBefore)
		}
	}
	return nil
}

// days returns n for the terms "net n".
func (t *Terms) days() (n int, ok bool) {
	return int(t.steps[0].n), t.steps[0].kind == addDays && t.steps[1].kind == noStep
}

// IsZero reports whether there is no discount.
func (d Discount) IsZero() bool { return len(d.tiers) == 0 }

// Tiers returns the tiers, the earliest and highest first.
func (d Discount) Tiers() []Tier { return slices.Clone(d.tiers) }

// Base returns the name of the amount that the percents are of, which is empty
// for the document's whole.
func (d Discount) Base() string { return d.base }

// Equal reports whether d and e print the same.
func (d Discount) Equal(e Discount) bool {
	return d.base == e.base && slices.EqualFunc(d.tiers, e.tiers, func(a, b Tier) bool {
		return a.Percent.Equal(b.Percent) && a.Terms == b.Terms
	})
}

// Offer is what a tier comes to on one document: who pays by that date, that
// day included, may take the amount off.
type Offer struct {
	Percent ar.Percent
	By      ar.Date
	Amount  ar.Money
}

// Offers are what a discount comes to on one document. Each is by a later date
// than the one before, and for a lower percent and no greater amount.
type Offers []Offer

// At returns the offer that a payment on a date earns if it may be late by some
// days of grace: the first that is not over. A date that is not valid earns
// none.
func (o Offers) At(paid ar.Date, grace int) (Offer, bool) {
	for _, offer := range o {
		if paid.Valid() && paid.DaysSince(offer.By) <= grace {
			return offer, true
		}
	}
	return Offer{}, false
}

// Offers returns the discount dates and amounts of a document (SPEC D6), each
// amount rounded as r says. A tier that for this document ends no later than
// a higher one is left out, as nobody would take it. Nothing ties a discount
// date to the due date.
//
// The errors are those of Terms.DueDate and Money.Mul, ErrNoBase, and others
// for an amount on the document that is out of range or of another currency,
// and for a discount of more than the document's amount.
func (d Discount) Offers(doc Invoice, calendars Calendars, r ar.Rounding) (Offers, error) {
	if err := doc.validate(); err != nil {
		return nil, fmt.Errorf("discount %q: %w", d, err)
	}
	if d.IsZero() {
		return nil, nil
	}
	base, err := doc.base(d.base)
	if err != nil {
		return nil, fmt.Errorf("discount %q: %w", d, err)
	}
	return d.offers(doc.Date, doc.Amount, base, calendars, r)
}

// offers is Offers of what is already checked.
func (d Discount) offers(from ar.Date, amount, base ar.Money, calendars Calendars, r ar.Rounding) (Offers, error) {
	var offers Offers
	for _, t := range d.tiers {
		by, err := t.Terms.DueDate(from, calendars)
		if err != nil {
			return nil, fmt.Errorf("discount %q: %w", d, err)
		}
		off, err := base.Mul(t.Percent.Rate(), r)
		if err != nil {
			return nil, fmt.Errorf("discount %q: %w", d, err)
		}
		if more, err := off.Cmp(amount); err != nil || more > 0 {
			return nil, errors.Join(err, fmt.Errorf("discount %q: %s of %s is more than the %s to pay", d, t.Percent, base, amount))
		}
		if len(offers) == 0 || by > offers[len(offers)-1].By {
			offers = append(offers, Offer{Percent: t.Percent, By: by, Amount: off})
		}
	}
	return offers, nil
}
