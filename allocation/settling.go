package allocation

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// Settling says what it takes to close a debit, or a part of one (SPEC P5). The
// zero Settling takes all that is open.
type Settling struct {
	// Offers are for early payment, on the whole of the debit or part, each by a
	// date; a payment may be Grace days late.
	Offers  duedate.Offers
	Grace   int
	Late    Late
	Partial Partial

	Tolerance Tolerance
	Rest      Rest
}

// Late says what becomes of a discount whose date is over; it is that of the
// last offer.
type Late uint8

// What becomes of a late discount.
const (
	LateRefused   Late = iota // it is not granted
	LateAccepted              // it is granted as if it were not late
	LateIfSettled             // it is granted as far as the credit needs it to close the debit
)

// Partial says what a payment earns that does not close the debit.
type Partial uint8

// What a partial payment earns.
const (
	PartialNone  Partial = iota // no discount; the payment that closes the debit earns all
	Proportional                // its proportion: 49.00 earn 1.00 where 98.00 earn 2.00
)

// Rest says what becomes of what a partial payment leaves, beyond the
// tolerance.
type Rest uint8

// What becomes of the rest.
const (
	RestOpen     Rest = iota // it stays open
	RestDiscount             // it becomes discount
	RestWriteOff             // it is written off
	RestRefused              // the payment is refused
)

// Tolerance is by how much a payment may differ from what is required. The zero
// Tolerance is none. Where both are set, the smaller counts.
type Tolerance struct {
	Amount  ar.Money
	Percent ar.Percent // of what is open
}

// of returns the tolerance on what is open of a debit.
func (t *Tolerance) of(open ar.Money) (ar.Money, error) {
	if t.Amount.Sign() < 0 || t.Percent.Sign() < 0 {
		return ar.Money{}, fmt.Errorf("tolerance of %s, %s: want 0 or more", t.Amount, t.Percent)
	}
	if t.Percent.Sign() == 0 {
		return t.Amount, nil
	}
	share, err := open.Mul(t.Percent.Rate(), ar.RoundDown)
	if err != nil || t.Amount.IsZero() {
		return share, err
	}
	return least(share, t.Amount), nil
}

func (s *Settling) check(c ar.Currency) error {
	amounts := []ar.Money{s.Tolerance.Amount}
	for _, o := range s.Offers {
		amounts = append(amounts, o.Amount)
	}
	for _, m := range amounts {
		if !m.IsZero() && m.Currency() != c {
			return &ar.MismatchError{Left: c, Right: m.Currency()}
		}
		if m.Sign() < 0 {
			return fmt.Errorf("%s: want 0 or more", m)
		}
	}
	if s.Grace < 0 {
		return fmt.Errorf("%d days of grace: want 0 or more", s.Grace)
	}
	if s.Late > LateIfSettled || s.Partial > Proportional || s.Rest > RestRefused {
		return fmt.Errorf("Late %d, Partial %d, Rest %d: not all are defined", s.Late, s.Partial, s.Rest)
	}
	_, err := s.Tolerance.of(ar.Money{})
	return err
}

// granted is the discount that a credit may have on a debit.
type granted struct {
	amount   ar.Money
	asNeeded bool     // no more than closes the debit
	refused  ar.Money // what would have been granted in time
	rule     string
}

// discountFor returns what a credit may have on what is open of a debit.
func (d *debit) discountFor(c *credit) (granted, error) {
	kind, paid := c.entry.Document.Kind, c.entry.Date
	offers := d.settling.Offers
	if len(offers) == 0 || c.declines || kind != ledger.Payment && kind != ledger.Deposit {
		return granted{}, nil
	}
	offer, inTime := offers.At(paid, d.settling.Grace)
	if !inTime {
		offer = offers[len(offers)-1]
	}
	amount := offer.Amount
	if d.settling.Partial == Proportional && !d.left.Equal(d.whole()) {
		var err error
		if amount, err = proportion(amount, d.left, d.whole()); err != nil {
			return granted{}, err
		}
	}
	if amount = least(amount, d.left); amount.IsZero() {
		return granted{}, nil
	}
	rule := fmt.Sprintf("discount of %s by %s, paid on %s", offer.Percent, offer.By, paid)
	switch {
	case inTime && paid > offer.By:
		return granted{amount: amount, rule: rule + ", within grace"}, nil
	case inTime:
		return granted{amount: amount, rule: rule}, nil
	case d.settling.Late == LateAccepted:
		return granted{amount: amount, rule: "late " + rule}, nil
	case d.settling.Late == LateIfSettled:
		return granted{amount: amount, rule: "late " + rule, asNeeded: true}, nil
	}
	return granted{refused: amount, rule: "late " + rule}, nil
}

// whole returns the amount of the debit, or of the part.
func (d *debit) whole() ar.Money {
	if p := d.entry.Part; p > 0 && p <= len(d.entry.Document.Parts) {
		return d.entry.Document.Parts[p-1].Amount
	}
	return d.entry.Document.Amount
}

// outcome is what a payment does to a debit.
type outcome struct {
	granted
	pay, discount, tolerated, rest, excess ar.Money
}

// settle says what a credit that has avail for a debit does to it. A credit
// that is meant for it may bring more than is required.
func (d *debit) settle(g granted, avail ar.Money, meant bool) (outcome, error) {
	o := outcome{granted: g}
	tolerance, err := d.settling.Tolerance.of(d.left)
	if err != nil {
		return o, err
	}
	if g.asNeeded && !less(avail, d.left) {
		g.amount = ar.Money{}
	}
	required := minus(d.left, g.amount)
	switch over := minus(avail, required); {
	case over.Sign() >= 0:
		o.pay, o.discount = required, g.amount
		if g.asNeeded || meant && !less(tolerance, over) {
			fromDiscount := least(over, o.discount)
			o.pay, o.discount = plus(o.pay, fromDiscount), minus(o.discount, fromDiscount)
			if meant && !less(tolerance, over) {
				o.excess = minus(over, fromDiscount)
			}
		}
	case !less(tolerance, over.Neg()):
		o.pay, o.discount, o.tolerated = avail, g.amount, over.Neg()
	default:
		o.pay = avail
		if d.settling.Partial == Proportional && !g.asNeeded {
			if o.discount, err = proportion(g.amount, avail, required); err != nil {
				return o, err
			}
		}
		o.rest = minus(minus(d.left, o.pay), o.discount)
	}
	return o, nil
}
