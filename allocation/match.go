package allocation

import (
	"fmt"
	"slices"

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
	for _, next := range p.queue(c, policy) {
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

// claim is a debit with what it requires of a credit.
type claim struct {
	*debit
	required, discount, tolerance ar.Money
}

// claims returns the open debits of the credit's currency that pass, the oldest
// first. A late discount that is granted only as needed counts with late, and
// needed reports whether there is any.
func (p *planner) claims(c *credit, late bool, pass func(*debit) bool) (all []claim, needed bool) {
	for _, d := range p.queue(c, OldestDue) {
		if d.left.IsZero() || d.currency() != c.left.Currency() || !pass(d) {
			continue
		}
		g, err := d.discountFor(c)
		if err != nil {
			p.fault("%s: %w", d, err)
			continue
		}
		if g.asNeeded {
			needed = true
			if !late {
				g.amount = ar.Money{}
			}
		}
		tolerance, err := d.settling.Tolerance.of(d.left)
		if err != nil {
			p.fault("%s: %w", d, err)
		}
		if required := minus(d.left, g.amount); required.Sign() > 0 {
			all = append(all, claim{d, required, g.amount, tolerance})
		}
	}
	return all, needed
}

func sum(claims []claim) (required ar.Money) {
	for i := range claims {
		required = plus(required, claims[i].required)
	}
	return required
}

// share pays all debits in proportion to what they require, or all of that.
func (p *planner) share(c *credit) {
	claims, _ := p.claims(c, false, func(*debit) bool { return true })
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

// payMatch pays the debits that a policy finds to require just the credit. The
// last one takes what tolerance there is.
func (p *planner) payMatch(c *credit, policy Policy) {
	for _, late := range []bool{false, true} {
		claims, needed := p.claims(c, late, func(d *debit) bool {
			return policy != ClearPastDue || d.entry.Due < p.o.Date
		})
		if late && !needed {
			return
		}
		if policy == ExactMatch {
			claims = p.exactSet(c, claims)
		} else if all := sum(claims); !all.Equal(c.left) && !all.Equal(p.stillToCome(c)) {
			claims = nil
		}
		for i, claim := range claims {
			last := policy == ExactMatch && i == len(claims)-1
			upTo := claim.required
			if last {
				upTo = c.left
			}
			if c.left.Sign() > 0 {
				p.pay(c, claim.debit, upTo, last, matchRule(policy, len(claims)))
			}
		}
		if len(claims) > 0 {
			return
		}
	}
}

func matchRule(policy Policy, debits int) string {
	if debits == 1 {
		return fmt.Sprintf("%s of 1 debit", policy)
	}
	return fmt.Sprintf("%s of %d debits", policy, debits)
}

// stillToCome returns what is left of a credit and of those after it that go by
// policies.
func (p *planner) stillToCome(c *credit) (left ar.Money) {
	from := slices.Index(p.credits, c)
	for _, d := range p.credits[from:] {
		if !d.specified && p.uses(d) && d.left.Currency() == c.left.Currency() {
			left = plus(left, d.left)
		}
	}
	return left
}

// exactSet returns the smallest set of claims that the credit equals, or else
// comes near enough to.
func (p *planner) exactSet(c *credit, claims []claim) []claim {
	for _, tolerant := range []bool{false, true} {
		s := search{claims: claims, tolerant: tolerant, tries: p.o.SetsTried, prefer: p.o.PreferDiscount}
		s.prepare()
		for size := 1; size <= min(p.o.MaxSet, len(claims)) && s.best == nil; size++ {
			s.try(0, size, c.left)
		}
		if s.best != nil {
			set := make([]claim, len(s.best))
			for i, at := range s.best {
				set[i] = claims[at]
			}
			return set
		}
	}
	return nil
}
