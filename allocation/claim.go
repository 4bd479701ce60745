package allocation

import "github.com/openreceivables/ar"

// claim is a debit with what it requires of a credit.
type claim struct {
	*debit
	granted   granted // what the credit may have
	tolerance ar.Money

	discount, required ar.Money // by the discounts that count
}

// claims returns the open debits of the credit's currency that pass, the oldest
// first.
func (p *planner) claims(c *credit, pass func(*debit) bool) (all []claim) {
	for d := range p.queue(c, OldestDue) {
		if d.left.IsZero() || d.currency() != c.left.Currency() || !pass(d) {
			continue
		}
		g, err := d.discountFor(c)
		if err != nil {
			p.fault("%s: %w", d, err)
			continue
		}
		tolerance, err := d.settling.Tolerance.of(d.left)
		if err != nil {
			p.fault("%s: %w", d, err)
		}
		all = append(all, claim{debit: d, granted: g, tolerance: tolerance})
	}
	return all
}

// counting says which discounts count in what debits require.
type counting uint8

const (
	asEarned counting = iota // not those that are granted only as needed
	asNeeded                 // those too
	declined                 // none: the credit pays in full
)

// ways returns which ways of counting differ for claims, in the order in which
// they are tried.
func ways(claims []claim) []counting {
	all := []counting{asEarned}
	for _, way := range []counting{asNeeded, declined} {
		for i := range claims {
			g := &claims[i].granted
			if g.amount.Sign() > 0 && g.asNeeded == (way == asNeeded) {
				all = append(all, way)
				break
			}
		}
	}
	return all
}

// counted returns the claims that require something if discounts count so.
func counted(claims []claim, way counting) (require []claim) {
	for _, claim := range claims {
		if way == asNeeded || way == asEarned && !claim.granted.asNeeded {
			claim.discount = claim.granted.amount
		}
		if claim.required = minus(claim.left, claim.discount); claim.required.Sign() > 0 {
			require = append(require, claim)
		}
	}
	return require
}

func sum(claims []claim) (required ar.Money) {
	for i := range claims {
		required = plus(required, claims[i].required)
	}
	return required
}
