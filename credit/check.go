package credit

import (
	"fmt"
	"strings"

	"github.com/openreceivables/ar"
)

// Verdict is what is to become of an order.
type Verdict uint8

// The verdicts, the mildest first.
const (
	Allow Verdict = iota // nothing speaks against it
	Warn                 // it goes through, and somebody should know
	Block                // it does not go through
)

// String returns "allow", "warn" or "block".
func (v Verdict) String() string {
	switch v {
	case Allow:
		return "allow"
	case Warn:
		return "warn"
	case Block:
		return "block"
	}
	return fmt.Sprintf("Verdict(%d)", uint8(v))
}

// Policy says how strict a Check is. The zero Policy blocks what exceeds the
// limit, and warns of nothing below it.
type Policy struct {
	// WarnFrom is how much of the limit may be used before there is a warning:
	// from 80 % on, say. Zero: none.
	WarnFrom ar.Percent

	WarnOver bool // an order that exceeds the limit is warned of, not blocked
}

// Reason is one thing that speaks against an order.
type Reason struct {
	Verdict Verdict // what follows from it: Warn or Block
	Text    string  // in English, with the amounts
}

// Decision is the answer of a Check.
type Decision struct {
	Verdict Verdict  // the strictest of the reasons
	Reasons []Reason // all of them; none: Allow

	// Available is what would be left of the limit after the order, negative
	// where it exceeds it; the zero Money where there is no limit.
	Available ar.Money
}

// String says the verdict and the reasons on one line.
func (d Decision) String() string {
	texts := make([]string, len(d.Reasons))
	for i, r := range d.Reasons {
		texts[i] = r.Text
	}
	if len(texts) == 0 {
		return d.Verdict.String()
	}
	return d.Verdict.String() + ": " + strings.Join(texts, "; ")
}

func (d *Decision) add(v Verdict, format string, args ...any) {
	d.Verdict = max(d.Verdict, v)
	d.Reasons = append(d.Reasons, Reason{v, fmt.Sprintf(format, args...)})
}

// Check decides on an order that the line does not count yet (SPEC C1). A
// customer of status OnHold is blocked, and one on Watch warned of, whatever the
// limit; an order may use up the limit to its last cent. One that is not above
// zero is ErrAmount.
func (l Line) Check(order ar.Money, status Status, policy Policy) (Decision, error) {
	if order.Sign() <= 0 {
		return Decision{}, fmt.Errorf("order of %s: %w: want an amount above zero", order, ErrAmount)
	}
	used, err := l.Used()
	if err != nil {
		return Decision{}, err
	}
	if used, err = used.Add(order); err != nil {
		return Decision{}, fmt.Errorf("order of %s: %w", order, err)
	}
	var d Decision
	switch status {
	case OnHold:
		d.add(Block, "the customer is on hold")
	case Watch:
		d.add(Warn, "the customer is on watch")
	case Good:
	default:
		return Decision{}, fmt.Errorf("%s: %w", status, ErrStatus)
	}
	if !l.limited() {
		return d, nil
	}
	if d.Available, err = l.Limit.Sub(used); err != nil {
		return Decision{}, fmt.Errorf("credit limit: %w", err)
	}
	if d.Available.Sign() < 0 {
		over := Block
		if policy.WarnOver {
			over = Warn
		}
		d.add(over, "%s would be used, %s over the limit of %s", used, d.Available.Neg(), l.Limit)
		return d, nil
	}
	if err := l.warnNear(&d, used, policy.WarnFrom); err != nil {
		return Decision{}, err
	}
	return d, nil
}

// warnNear warns where a share of the limit, or more, would be used. Amounts are
// whole minor units, so a share that is not is reached by the next one up.
func (l Line) warnNear(d *Decision, used ar.Money, from ar.Percent) error {
	if from.Sign() == 0 {
		return nil
	}
	near, err := l.Limit.Mul(from.Rate(), ar.RoundCeiling)
	if err != nil {
		return fmt.Errorf("%s of the limit of %s: %w", from, l.Limit, err)
	}
	c, err := used.Cmp(near)
	if err != nil {
		return fmt.Errorf("credit limit: %w", err)
	}
	if c >= 0 {
		d.add(Warn, "%s would be used, %s or more of the limit of %s", used, from, l.Limit)
	}
	return nil
}
