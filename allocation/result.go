package allocation

import (
	"fmt"

	"github.com/openreceivables/ar"
)

// plan ends with what stays open and unapplied, and checks the sums.
func (p *planner) plan() (*Plan, error) {
	for _, d := range p.debits {
		if d.paid && d.left.Sign() > 0 {
			p.lines = append(p.lines, Line{
				Kind: LeftOpen, Debit: d.entry.Document, Part: d.entry.Part, Amount: d.left, Date: p.o.Date,
				Rule: "of " + d.entry.Outstanding.String(),
			})
		}
	}
	for _, c := range p.credits {
		if c.left.Sign() > 0 && p.uses(c) {
			p.lines = append(p.lines, Line{
				Kind: Unapplied, Credit: c.entry.Document, Amount: c.left, Date: p.o.Date, Rule: p.whyUnapplied(c),
			})
		}
	}
	return p.result()
}

func (p *planner) whyUnapplied(c *credit) string {
	of := "of " + c.entry.Outstanding.Neg().String()
	switch {
	case c.specified:
		return of + ", not specified for any debit"
	case !p.o.Auto:
		return of + ", auto-allocate is off"
	}
	return of + ", no policy places it"
}

// entryKey names an entry.
type entryKey struct {
	id   string
	part int
}

// result adds the lines up anew, so that a mistake of the planner is an error
// and not a plan.
func (p *planner) result() (*Plan, error) {
	applied, taken := map[entryKey]*Effect{}, map[string]*Effect{}
	plan := &Plan{date: p.o.Date, lines: p.lines, debits: make([]Effect, len(p.debits))}
	for i, d := range p.debits {
		plan.debits[i] = Effect{Entry: d.entry, Left: d.entry.Outstanding}
		applied[entryKey{d.entry.Document.ID, d.entry.Part}] = &plan.debits[i]
	}
	for _, c := range p.credits {
		if p.uses(c) {
			plan.credits = append(plan.credits, Effect{Entry: c.entry, Left: c.entry.Outstanding.Neg()})
		}
	}
	for i := range plan.credits {
		taken[plan.credits[i].Document.ID] = &plan.credits[i]
	}
	for i := range p.lines {
		p.lines[i].addTo(applied, taken)
	}
	for i, d := range p.debits {
		if left := plan.debits[i].Left; !left.Equal(d.left) || left.Sign() < 0 {
			return nil, fmt.Errorf("allocation does not add up: %s has %s left, not %s", d, d.left, left)
		}
	}
	for i := range plan.credits {
		e := &plan.credits[i]
		if c := p.byCredit[e.Document.ID]; !e.Left.Equal(c.left) || e.Left.Sign() < 0 {
			return nil, fmt.Errorf("allocation does not add up: %s has %s left, not %s", e.Document, c.left, e.Left)
		}
	}
	return plan, nil
}

// addTo adds a line to what becomes of its credit and its debit.
func (l *Line) addTo(debits map[entryKey]*Effect, credits map[string]*Effect) {
	if taken := l.taken(); !taken.IsZero() {
		e := credits[l.Credit.ID]
		e.Applied, e.Left = plus(e.Applied, taken), minus(e.Left, taken)
	}
	if l.Kind > WrittenOff {
		return
	}
	e := debits[entryKey{l.Debit.ID, l.Part}]
	e.Left = minus(e.Left, l.Amount)
	for kind, sum := range []*ar.Money{&e.Applied, &e.Discount, &e.WrittenOff} {
		if Kind(kind) == l.Kind {
			*sum = plus(*sum, l.Amount)
		}
	}
}
