package allocation

import (
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// allocateSpecified pays what is specified, credit by credit.
func (p *planner) allocateSpecified() {
	byCredit := map[string][]*Specified{}
	for i := range p.o.Specified {
		s := &p.o.Specified[i]
		if p.checkSpecified(s) {
			byCredit[s.Credit] = append(byCredit[s.Credit], s)
			p.byCredit[s.Credit].specified = true
		}
	}
	for _, c := range p.credits {
		for _, s := range byCredit[c.entry.Document.ID] {
			p.paySpecified(c, s)
		}
	}
}

func (p *planner) checkSpecified(s *Specified) bool {
	before := len(p.faults)
	if p.byCredit[s.Credit] == nil {
		p.missing(s.String()+": ", "credit", s.Credit)
	}
	if p.byDebit[s.Debit] == nil {
		p.missing(s.String()+": ", "debit", s.Debit)
	} else if len(p.parts(s)) == 0 {
		p.fault("%s on %s: %w: part %d", s, p.o.Date, ErrNotOpen, s.Part)
	}
	if s.Amount.Sign() <= 0 {
		p.fault("%s on %s: %w", s, p.o.Date, ledger.ErrNotPositive)
	}
	return len(p.faults) == before
}

// parts returns the debit that an amount is specified for, or its parts.
func (p *planner) parts(s *Specified) []*debit {
	all := p.byDebit[s.Debit]
	if s.Part == 0 {
		return all
	}
	i := slices.IndexFunc(all, func(d *debit) bool { return d.entry.Part == s.Part })
	if i < 0 {
		return nil
	}
	return all[i : i+1]
}

// paySpecified pays an amount to a debit, or to its parts as they fall due.
func (p *planner) paySpecified(c *credit, s *Specified) {
	all := p.parts(s)
	avail, rate, ok := p.available(c, all[0])
	if from, to := s.Amount.Currency(), all[0].currency(); from != to {
		p.fault("%s: %s: %w", s, all[0], &ar.MismatchError{Left: from, Right: to})
		return
	}
	if !ok {
		p.fault("%s: from %s to %s: %w, and there is no rate", s, c.entry.Document, all[0],
			&ar.MismatchError{Left: c.left.Currency(), Right: all[0].currency()})
		return
	}
	if less(avail, s.Amount) {
		p.fault("%s on %s: %w: %s is left of %s", s, p.o.Date, ledger.ErrOverApplied, c.left, c.entry.Document)
		return
	}
	open := slices.DeleteFunc(slices.Clone(all), func(d *debit) bool { return d.left.IsZero() })
	sum, limit := p.limit(all, rate.Sign() != 0)
	if less(limit, s.Amount) {
		p.fault("%s on %s: %w: %s is open of %s", s, p.o.Date, ledger.ErrOverApplied, sum, all[0].entry.Document)
		return
	}
	amount := s.Amount
	for i, d := range open {
		if amount.Sign() > 0 {
			amount = minus(amount, p.pay(c, d, amount, i == len(open)-1, "specified"))
		}
	}
}

// limit returns what is open of a debit or its parts, and how much a credit that
// is meant for it may bring: the tolerance of the last more, in one currency.
func (p *planner) limit(parts []*debit, exchange bool) (open, limit ar.Money) {
	var tolerance ar.Money
	for _, d := range parts {
		open = plus(open, d.left)
		if d.left.IsZero() || exchange {
			continue
		}
		var err error
		if tolerance, err = d.settling.Tolerance.of(d.left); err != nil {
			p.fault("%s: %w", d, err)
		}
	}
	return open, plus(open, tolerance)
}
