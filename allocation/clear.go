package allocation

import (
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
)

// payAll pays all claims, if they require just what is left of the credit, or
// else if it and those still to come pay them off together. All of these then go
// there, so that no other policy of theirs takes from the rest what the first
// one counts on.
func (p *planner) payAll(c *credit, claims []claim, policy Policy) {
	for _, way := range ways(claims) {
		if all := counted(claims, way); len(all) == len(claims) && sum(all).Equal(c.left) {
			p.payClaims(c, all, way, policy)
			return
		}
	}
	credits := p.stillToCome(c)
	if len(credits) == 1 || len(claims) == 0 || !inReach(credits, claims) {
		return
	}
	for _, declines := range []bool{false, true} {
		for _, next := range credits {
			next.declines = declines
		}
		if payOff(credits, claims) {
			rule := fmt.Sprintf("%s by %d credits", matchRule(c, policy, len(claims)), len(credits))
			for _, next := range credits {
				p.payInTurn(next, claims, rule)
			}
			return
		}
	}
	for _, next := range credits {
		next.declines = false
	}
}

// payInTurn pays one claim after another, as far as the credit goes.
func (p *planner) payInTurn(c *credit, claims []claim, rule string) {
	for _, d := range claims {
		if c.left.Sign() > 0 && d.left.Sign() > 0 {
			p.pay(c, d.debit, c.left, false, rule)
		}
	}
}

// stillToCome returns a credit and those of its currency after it that go by
// policies.
func (p *planner) stillToCome(c *credit) (credits []*credit) {
	for _, next := range p.credits[slices.Index(p.credits, c):] {
		if !next.specified && p.uses(next) && next.left.Sign() > 0 && next.left.Currency() == c.left.Currency() {
			credits = append(credits, next)
		}
	}
	return credits
}

// inReach reports whether credits come to what claims are open for, or to less
// by no more than all that is on offer. It spares most accounts the trial.
func inReach(credits []*credit, claims []claim) bool {
	var total, open, discounts ar.Money
	for _, c := range credits {
		total = plus(total, c.left)
	}
	for _, d := range claims {
		open = plus(open, d.left)
		for _, o := range d.settling.Offers {
			discounts = plus(discounts, o.Amount)
		}
	}
	return !less(open, total) && !less(total, minus(open, discounts))
}

// payOff reports whether credits that pay claims in turn are used up, and leave
// nothing open that is not a discount: it tries it on copies.
func payOff(credits []*credit, claims []claim) bool {
	at, d := 0, *claims[0].debit
	for _, c := range credits {
		for left := c.left; left.Sign() > 0; {
			if at == len(claims) {
				return false
			}
			g, err := d.discountFor(c)
			if err != nil {
				return false
			}
			o, err := d.settle(g, left, false)
			if err != nil || o.pay.IsZero() || o.tolerated.Sign() > 0 || o.rest.Sign() > 0 && d.settling.Rest != RestOpen {
				return false
			}
			left, d.left = minus(left, o.pay), minus(minus(d.left, o.pay), o.discount)
			if d.left.IsZero() {
				if at++; at < len(claims) {
					d = *claims[at].debit
				}
			}
		}
	}
	return at == len(claims)
}
