package duedate

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
)

// MaxParts is how many parts a schedule may have.
const MaxParts = 1000

// ErrNotWhole: the parts of a schedule do not make the document's amount.
var ErrNotWhole = errors.New("the parts do not make the whole")

// Schedule divides a document into instalments (SPEC D5). It is a plain value
// with a JSON form, which Validate and Split check. The zero Schedule has no
// parts, and is refused.
type Schedule struct {
	Parts []Part `json:"parts"`

	// Increment, if it is not zero, makes every part by weight or percent a
	// multiple of it, as ar.Money.SplitRounded does: cut towards zero, the rest
	// going to the last of the parts that make a whole.
	Increment ar.Money `json:"increment,omitzero"`
}

// Part is what becomes one instalment. Exactly one of Fixed, Percent, Weight
// and Balance says how much of the document it takes:
//
//   - Fixed is an amount in the document's currency.
//   - Percent is of the document's whole, or of the amount on it that Base
//     names.
//   - Weight is a share of what fixed amounts and percents leave, in proportion
//     to the weights of the other parts. A schedule may well be of weights only.
//   - Balance is all of what fixed amounts and percents leave. There may be one
//     such part, and no weights beside it.
type Part struct {
	Fixed   ar.Money   `json:"fixed,omitzero"`   // more than 0
	Percent ar.Percent `json:"percent,omitzero"` // more than 0, at most 100, of 12 decimals
	Base    string     `json:"base,omitzero"`    // of Percent; empty: the whole
	Weight  int64      `json:"weight,omitzero"`  // more than 0
	Balance bool       `json:"balance,omitzero"`

	Terms    Terms    `json:"terms,omitzero"`
	Discount Discount `json:"discount,omitzero"`

	// AfterPrevious counts Terms and Discount from the due date of the part
	// before, instead of from the document's date.
	AfterPrevious bool `json:"after_previous,omitzero"`
}

// Installment is what one part of a schedule comes to.
type Installment struct {
	Part   int      // the part of the schedule, counted from 1
	Amount ar.Money // more than 0
	Due    ar.Date
	Offers Offers // of the part's discount, on Amount
}

// Split divides a document into its instalments, in the order of the schedule.
// Their amounts make the document's exactly:
//
//  1. Fixed amounts are taken as they are.
//  2. Percents of one base that make 100 % divide it exactly, as
//     ar.Money.Split does (SPEC V4). Otherwise each is its percent of the base,
//     rounded as r says.
//  3. Weights divide what is left as ar.Money.Split does; the balance takes it.
//
// A part that comes to 0, as one of three thirds of 0.02 does, is no instalment;
// the part after it may still count from its due date.
//
// A discount that is of a named amount applies to the instalment's part of it:
// the amount is divided in proportion to the instalments.
//
// Parts that take more than the document's amount, or without a balance or
// weights less, are ErrNotWhole. Other errors are those of Validate,
// Terms.DueDate and Discount.Offers; a fixed amount or an increment of another
// currency is an *ar.MismatchError. Those of one part name it, counted from 1.
func (s Schedule) Split(doc Invoice, calendars Calendars, r ar.Rounding) ([]Installment, error) {
	if err := s.Validate(); err != nil {
		return nil, err
	}
	amounts, err := s.amounts(doc, r)
	if err != nil {
		return nil, fmt.Errorf("schedule: %w", err)
	}
	var instalments []Installment
	shares := sharing{doc: doc, amounts: amounts}
	due := doc.Date // of the part before
	for i, p := range s.Parts {
		from := doc.Date
		if p.AfterPrevious {
			from = due
		}
		if due, err = p.Terms.DueDate(from, calendars); err != nil {
			return nil, partError(i, err)
		}
		if amounts[i].IsZero() {
			continue
		}
		base, err := shares.of(p.Discount.base, i)
		if err != nil {
			return nil, partError(i, err)
		}
		offers, err := p.Discount.offers(from, amounts[i], base, calendars, r)
		if err != nil {
			return nil, partError(i, err)
		}
		instalments = append(instalments, Installment{Part: i + 1, Amount: amounts[i], Due: due, Offers: offers})
	}
	return instalments, nil
}

func partError(i int, err error) error { return fmt.Errorf("schedule: part %d: %w", i+1, err) }

// amounts returns the amount of each part.
func (s Schedule) amounts(doc Invoice, r ar.Rounding) ([]ar.Money, error) {
	if err := doc.validate(); err != nil {
		return nil, err
	}
	if c := s.Increment.Currency(); !s.Increment.IsZero() && c != doc.Amount.Currency() {
		return nil, fmt.Errorf("increment %s: %w", s.Increment, &ar.MismatchError{Left: doc.Amount.Currency(), Right: c})
	}
	amounts := make([]ar.Money, len(s.Parts))
	for i, p := range s.Parts {
		amounts[i] = p.Fixed
	}
	for _, g := range s.percents() {
		if err := s.takePercents(amounts, g, doc, r); err != nil {
			return nil, err
		}
	}
	left := doc.Amount
	for i, m := range amounts {
		var err error
		if left, err = left.Sub(m); err != nil {
			return nil, fmt.Errorf("part %d: %w", i+1, err)
		}
	}
	parts, weights := s.weights()
	if left.Sign() < 0 || len(parts) == 0 && !left.IsZero() {
		taken, err := doc.Amount.Sub(left)
		return nil, errors.Join(err, fmt.Errorf("%w: they take %s of %s", ErrNotWhole, taken, doc.Amount))
	}
	return amounts, s.divide(amounts, parts, left, weights)
}

// takePercents sets the amounts of the parts that are percents of one base.
func (s Schedule) takePercents(amounts []ar.Money, g percentGroup, doc Invoice, r ar.Rounding) error {
	base, err := doc.base(g.base)
	if err != nil {
		return fmt.Errorf("part %d: %w", g.parts[0]+1, err)
	}
	if g.sum == wholeUnits {
		return s.divide(amounts, g.parts, base, g.units)
	}
	for j, i := range g.parts {
		if s.Increment.IsZero() {
			amounts[i], err = base.Mul(s.Parts[i].Percent.Rate(), r)
		} else {
			pair := make([]ar.Money, 2) // the part, and what it leaves
			err = s.divide(pair, []int{0, 1}, base, []int64{g.units[j], wholeUnits - g.units[j]})
			amounts[i] = pair[0]
		}
		if err != nil {
			return fmt.Errorf("part %d: %w", i+1, err)
		}
	}
	return nil
}

// divide sets the amounts of some parts, if any, to those of a whole by
// weights.
func (s Schedule) divide(amounts []ar.Money, parts []int, whole ar.Money, weights []int64) (err error) {
	if len(parts) == 0 {
		return nil
	}
	var divided []ar.Money
	if s.Increment.IsZero() {
		divided, err = whole.Split(weights...)
	} else {
		divided, err = whole.SplitRounded(s.Increment, len(parts)-1, weights...)
	}
	for j, m := range divided {
		amounts[parts[j]] = m
	}
	return err
}

// weights returns the parts that share what the others leave. A balance is a
// single weight.
func (s Schedule) weights() (parts []int, weights []int64) {
	for i, p := range s.Parts {
		switch {
		case p.Balance:
			parts, weights = append(parts, i), append(weights, 1)
		case p.Weight > 0:
			parts, weights = append(parts, i), append(weights, p.Weight)
		}
	}
	return parts, weights
}

// sharing divides amounts on a document in proportion to its instalments.
type sharing struct {
	doc     Invoice
	amounts []ar.Money            // of the instalments
	bases   map[string][]ar.Money // what was divided, by name
}

// of returns what instalment i has of an amount on the document.
func (s *sharing) of(base string, i int) (ar.Money, error) {
	if base == "" {
		return s.amounts[i], nil
	}
	if divided, ok := s.bases[base]; ok {
		return divided[i], nil
	}
	whole, err := s.doc.base(base)
	if err != nil {
		return ar.Money{}, err
	}
	divided, err := whole.SplitLike(s.amounts...)
	if err != nil {
		return ar.Money{}, err
	}
	if s.bases == nil {
		s.bases = map[string][]ar.Money{}
	}
	s.bases[base] = divided
	return divided[i], nil
}
