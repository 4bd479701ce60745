package allocation

import (
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// Plan is which credit pays which debit, and what comes along with it (SPEC
// P1). It is immutable, and does nothing until its facts are added to an
// account.
type Plan struct {
	date    ar.Date
	lines   []Line
	credits []Effect
	debits  []Effect
}

// Effect is what a plan does to one open entry.
type Effect struct {
	ledger.Entry // as it was before

	// Of a debit: Applied + Discount + WrittenOff + Left is what was open. Of a
	// credit: Applied + Left is, and the others are zero; Left stays unapplied.
	Applied, Discount, WrittenOff, Left ar.Money
}

// Date returns the day from which the plan counts.
func (p *Plan) Date() ar.Date { return p.date }

// All yields the lines with their numbers, which count from 1, in the order in
// which they were decided on; what stays open and what stays unapplied comes
// last.
func (p *Plan) All() iter.Seq2[int, Line] {
	return func(yield func(int, Line) bool) {
		for i, l := range p.lines {
			if !yield(i+1, l) {
				return
			}
		}
	}
}

// Credits returns what the plan does to each credit that takes part, in the
// order in which they have their turns.
func (p *Plan) Credits() []Effect { return slices.Clone(p.credits) }

// Debits returns what the plan does to each debit or part that could take part,
// the oldest first.
func (p *Plan) Debits() []Effect { return slices.Clone(p.debits) }

// Total returns what the lines of a kind sum to, for each currency, by code.
func (p *Plan) Total(k Kind) []ar.Money {
	var sums []ar.Money
	for i := range p.lines {
		l := &p.lines[i]
		if l.Kind != k {
			continue
		}
		at := slices.IndexFunc(sums, func(m ar.Money) bool { return m.Currency() == l.Amount.Currency() })
		if at < 0 {
			sums = append(sums, l.Amount)
		} else {
			sums[at] = plus(sums[at], l.Amount)
		}
	}
	slices.SortFunc(sums, func(m, n ar.Money) int { return m.Currency().Compare(n.Currency()) })
	return sums
}

// String tells the plan line by line.
func (p *Plan) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "allocation of %s\n", p.date)
	for i := range p.lines {
		fmt.Fprintf(&b, "%3d  %s\n", i+1, &p.lines[i])
	}
	return b.String()
}

// Facts returns the plan as facts, yet to be added: an allocation for each line
// that applies something, and for a discount, a write-off or a charge its
// document too. The id of a line, by its number, names its allocation and its
// document; it must be new for each line of each plan. An allocation has no
// date of its own where it counts from the later of its documents' dates, so
// that it goes with them when one is re-dated.
func (p *Plan) Facts(id func(line int) string) ledger.Facts {
	var f ledger.Facts
	for i := range p.lines {
		l := &p.lines[i]
		if l.Kind > Charged {
			continue
		}
		x := ledger.Allocation{
			ID: id(i + 1), Part: l.Part, Amount: l.Amount, Taken: l.Taken, Rate: l.Rate, Rule: l.Rule,
		}
		if l.With > 0 {
			x.With = id(l.With)
		}
		document := ledger.Document{
			ID: x.ID, Number: x.ID, Customer: l.Debit.Customer, Location: l.Debit.Location,
			Date: l.Date, Amount: l.Amount, Booking: l.Debit.Booking,
		}
		switch l.Kind {
		case Discounted, WrittenOff:
			document.Kind = ledger.Discount
			if l.Kind == WrittenOff {
				document.Kind = ledger.WriteOff
			}
			x.Credit, x.Debit = document.ID, l.Debit.ID
			f.Documents = append(f.Documents, document)
		case Charged:
			document.Kind, document.Booking = ledger.Charge, l.Credit.Booking
			x.Credit, x.Debit, x.Part = l.Credit.ID, document.ID, 0
			f.Documents = append(f.Documents, document)
		default:
			x.Credit, x.Debit = l.Credit.ID, l.Debit.ID
			if l.dated {
				x.Date = l.Date
			}
		}
		f.Allocations = append(f.Allocations, x)
	}
	return f
}
