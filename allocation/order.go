package allocation

import (
	"cmp"
	"iter"
	"slices"

	"github.com/openreceivables/ar"
)

// older is the order of ledger.Account.Open: by due date, number, ID and part.
func older(x, y *debit) int {
	return cmp.Or(cmp.Compare(x.entry.Due, y.entry.Due), byName(x, y))
}

func byName(x, y *debit) int {
	d, e := x.entry.Document, y.entry.Document
	return cmp.Or(
		cmp.Compare(d.Number, e.Number), cmp.Compare(d.ID, e.ID),
		cmp.Compare(x.entry.Due, y.entry.Due), cmp.Compare(x.entry.Part, y.entry.Part),
	)
}

type queueKey struct {
	policy   Policy
	currency ar.Currency // of the credit
}

func (k queueKey) order(x, y *debit) int { return k.policy.order(x, y, k.currency) }

// queue yields the debits that a credit may pay, in the order of a policy; some
// may be paid by now. It is kept for the credits to come: where the order cannot
// change, what is paid at its front is dropped, and where amounts make it, it is a
// ranking. So many credits pay many debits without looking at all of them each
// time. Only where discounts break ties is it put in order for each credit, as
// each may have others.
func (p *planner) queue(c *credit, policy Policy) iter.Seq[*debit] {
	key := queueKey{policy, c.left.Currency()}
	if !policy.fixed() && !p.o.PreferDiscount {
		if p.rankings[key] == nil {
			p.rankings[key] = newRanking(p.payable(c), key.order)
		}
		return p.rankings[key].all
	}
	q, ok := p.queues[key]
	if !ok {
		q = p.payable(c)
	}
	if !ok || p.o.PreferDiscount {
		q = slices.DeleteFunc(q, func(d *debit) bool { return d.left.IsZero() })
		p.prefer(c, q)
		if !slices.IsSortedFunc(q, key.order) {
			slices.SortFunc(q, key.order)
		}
	}
	for len(q) > 0 && q[0].left.IsZero() {
		q = q[1:]
	}
	p.queues[key] = q
	return slices.Values(q)
}

// payable returns the debits that are open and that a credit of this currency
// can pay.
func (p *planner) payable(c *credit) []*debit {
	return slices.DeleteFunc(slices.Clone(p.debits), func(d *debit) bool {
		_, _, ok := p.available(c, d)
		return !ok || d.left.IsZero()
	})
}

// prefer notes which discount each debit may have, if that breaks ties.
func (p *planner) prefer(c *credit, q []*debit) {
	for _, d := range q {
		if p.o.PreferDiscount {
			g, err := d.discountFor(c)
			if err != nil {
				p.fault("%s: %w", d, err)
			}
			d.preferred = g.amount
		}
	}
}

// order compares two debits that a credit in some currency may pay.
func (p Policy) order(x, y *debit, own ar.Currency) int {
	if c := cmp.Compare(x.first, y.first); c != 0 {
		return c
	}
	if from, to := x.currency(), y.currency(); from != to {
		switch own {
		case from:
			return -1
		case to:
			return 1
		}
		return from.Compare(to)
	}
	if c := cmp.Compare(x.kind, y.kind); c != 0 {
		return c
	}
	if c := p.compare(x, y); c != 0 {
		return c
	}
	if c := compareMoney(y.preferred, x.preferred); c != 0 {
		return c
	}
	return p.tie(x, y)
}

func compareMoney(m, n ar.Money) int {
	c, _ := m.Cmp(n)
	return c
}

// compare is what the policy itself says of two debits of one currency.
func (p Policy) compare(x, y *debit) int {
	switch p {
	case OldestDated:
		return cmp.Compare(x.entry.Date, y.entry.Date)
	case NewestDue:
		return cmp.Compare(y.entry.Due, x.entry.Due)
	case NewestDated:
		return cmp.Compare(y.entry.Date, x.entry.Date)
	case Largest:
		return compareMoney(y.left, x.left)
	case Smallest:
		return compareMoney(x.left, y.left)
	default:
		return cmp.Compare(x.entry.Due, y.entry.Due)
	}
}

// tie is what decides between two debits that the policy finds equal.
func (p Policy) tie(x, y *debit) int {
	if p == Largest || p == Smallest {
		return older(x, y)
	}
	return byName(x, y)
}
