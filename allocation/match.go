package allocation

import (
	"fmt"

	"github.com/openreceivables/ar"
)

// allocate gives a credit to the first policy that matches it.
func (p *planner) allocate(c *credit) {
	policies := p.o.Policies
	if len(policies) == 0 {
		policies = []Policy{OldestDue}
	}
	for _, policy := range policies {
		before := len(p.lines)
		switch policy {
		case ProRata:
			p.share(c)
		case ExactMatch, ClearAccount, ClearPastDue:
			p.payMatch(c, policy)
		default:
			p.payInOrder(c, policy)
		}
		if len(p.lines) > before {
			return
		}
	}
}

// payInOrder pays debits one after another, as far as the credit goes. All that
// is left of it is meant for the last one, in its own currency.
func (p *planner) payInOrder(c *credit, policy Policy) {
	var d *debit
	for next := range p.queue(c, policy) {
		if next.left.IsZero() {
			continue
		}
		if d != nil {
			p.pay(c, d, d.left, false, p.rule(d, policy))
		}
		if c.left.IsZero() {
			return
		}
		d = next
	}
	switch {
	case d == nil:
	case d.currency() == c.left.Currency():
		p.pay(c, d, c.left, true, p.rule(d, policy))
	default:
		p.pay(c, d, d.left, false, p.rule(d, policy))
	}
}

// rule says why a debit has its place in an order.
func (p *planner) rule(d *debit, policy Policy) string {
	if d.first < len(p.o.First) {
		return "before all others"
	}
	text := policy.String()
	if d.kind < len(p.o.DebitKinds) {
		text = fmt.Sprintf("%s before other kinds, %s", d.entry.Document.Kind, text)
	}
	switch policy {
	case OldestDue, NewestDue:
		return fmt.Sprintf("%s: due %s", text, d.entry.Due)
	case OldestDated, NewestDated:
		return fmt.Sprintf("%s: dated %s", text, d.entry.Date)
	default:
		return fmt.Sprintf("%s: %s", text, d.left)
	}
}

// share pays all debits in proportion to what they require, or all of that.
func (p *planner) share(c *credit) {
	claims := counted(p.claims(c, func(*debit) bool { return true }), asEarned)
	if len(claims) == 0 {
		return
	}
	rule := fmt.Sprintf("%s: %s for %s required", ProRata, c.left, sum(claims))
	shares := make([]ar.Money, len(claims))
	for i := range claims {
		shares[i] = claims[i].required
	}
	if less(c.left, sum(claims)) {
		var err error
		if shares, err = c.left.SplitLike(shares...); err != nil {
			p.fault("%s: %s: %w", ProRata, c.entry.Document, err)
			return
		}
	}
	for i, claim := range claims {
		if shares[i].Sign() > 0 {
			p.pay(c, claim.debit, shares[i], false, rule)
		}
	}
}

// payMatch pays the debits that a policy finds to require just the credit.
func (p *planner) payMatch(c *credit, policy Policy) {
	claims := p.claims(c, func(d *debit) bool { return policy != ClearPastDue || d.entry.Due < p.o.Date })
	if policy == ExactMatch {
		p.payExactSet(c, claims)
	} else {
		p.payAll(c, claims, policy)
	}
}

// payExactSet pays the smallest set of claims that the credit equals, or else
// comes near enough to.
func (p *planner) payExactSet(c *credit, all []claim) {
	for _, tolerant := range []bool{false, true} {
		for _, way := range ways(all) {
			if set := p.exactSet(c, counted(all, way), tolerant); len(set) > 0 {
				p.payClaims(c, set, way, ExactMatch)
				return
			}
		}
	}
}

// payClaims pays what claims require, as far as the credit goes. The last one
// of an exact match takes what tolerance there is.
func (p *planner) payClaims(c *credit, claims []claim, way counting, policy Policy) {
	c.declines = way == declined
	rule := matchRule(c, policy, len(claims))
	for i, claim := range claims {
		last := policy == ExactMatch && i == len(claims)-1
		upTo := claim.required
		if last {
			upTo = c.left
		}
		if c.left.Sign() > 0 {
			p.pay(c, claim.debit, upTo, last, rule)
		}
	}
}

func matchRule(c *credit, policy Policy, debits int) string {
	rule := fmt.Sprintf("%s of %d debits", policy, debits)
	if debits == 1 {
		rule = fmt.Sprintf("%s of 1 debit", policy)
	}
	if c.declines {
		rule += ", without discount"
	}
	return rule
}

// exactSet returns the smallest set of claims that the credit equals, or within
// the tolerance of its last one comes nearest to.
func (p *planner) exactSet(c *credit, claims []claim, tolerant bool) (set []claim) {
	s := search{claims: claims, tolerant: tolerant, tries: p.o.SetsTried, prefer: p.o.PreferDiscount}
	s.prepare()
	for size := 1; size <= min(p.o.MaxSet, len(claims)) && s.best == nil; size++ {
		s.try(0, size, c.left)
	}
	for _, at := range s.best {
		set = append(set, claims[at])
	}
	return set
}
