package ar

import (
	"errors"
	"fmt"
	"slices"

	"github.com/openreceivables/ar/internal/exact"
)

// ErrWeights: an amount cannot be split by no weights, by a negative one, or
// by weights that are all zero.
var ErrWeights = errors.New("weights must not be negative and not all zero")

// Split divides m by weights into as many parts, which sum to m exactly
// (SPEC V4). Each part is its exact share cut towards zero, and the units left
// over go one each to the parts that lost the largest fraction, the earlier
// first where they are equal. Splitting −m gives the negated parts. Weights
// that are negative or all zero are ErrWeights.
func (m Money) Split(weights ...int64) ([]Money, error) {
	return m.split(integers(weights))
}

// SplitLike divides m as Split does, in proportion to amounts of any size in
// one currency, which may be another than m's; amounts of two currencies are a
// *MismatchError.
func (m Money) SplitLike(amounts ...Money) ([]Money, error) {
	weights := make([]*exact.Int, len(amounts))
	var sum Money
	for i, a := range amounts {
		var err error
		if sum, err = sum.Add(a); err != nil {
			return nil, err
		}
		weights[i] = a.exact()
	}
	return m.split(weights)
}

func integers(weights []int64) []*exact.Int {
	all := make([]*exact.Int, len(weights))
	for i, w := range weights {
		all[i] = exact.NewInt(w)
	}
	return all
}

func (m Money) split(weights []*exact.Int) ([]Money, error) {
	parts, lost, left, err := m.shares(weights, exact.NewInt(1))
	if err != nil {
		return nil, err
	}
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return lost[b].Cmp(lost[a]) })
	// Fewer units are left than there are parts.
	n, _ := left.Int64()
	unit := exact.NewInt(int64(left.Sign()))
	for _, i := range order[:max(n, -n)] {
		parts[i] = parts[i].Add(unit)
	}
	return m.of(parts), nil
}

// SplitRounded divides m by weights as Split does, but each part is its exact
// share cut towards zero to a multiple of the increment, as cash payments and
// instalments want it; what is left over is added to part rest, counted from 0
// (SPEC V4). The increment is a positive amount of m's currency; another
// currency is a *MismatchError.
func (m Money) SplitRounded(increment Money, rest int, weights ...int64) ([]Money, error) {
	if increment.cur != m.cur {
		return nil, &MismatchError{m.cur, increment.cur}
	}
	if increment.Sign() <= 0 {
		return nil, fmt.Errorf("rounding increment %s: want a positive amount", increment)
	}
	parts, _, left, err := m.shares(integers(weights), increment.exact())
	if err != nil {
		return nil, err
	}
	if rest < 0 || rest >= len(parts) {
		return nil, fmt.Errorf("rest on part %d: there are %d parts, counted from 0", rest, len(parts))
	}
	parts[rest] = parts[rest].Add(left)
	return m.of(parts), nil
}

// shares returns the parts of m by weights, each cut towards zero to a
// multiple of step, the size of the fraction each lost, and what is left of m.
func (m Money) shares(weights []*exact.Int, step *exact.Int) (parts, lost []*exact.Int, left *exact.Int, err error) {
	total := exact.NewInt(0)
	for i, w := range weights {
		if w.Sign() < 0 {
			return nil, nil, nil, fmt.Errorf("%w: weight %d, counted from 0, is %s", ErrWeights, i, w.Text(0))
		}
		total = total.Add(w)
	}
	if total.Sign() == 0 {
		return nil, nil, nil, fmt.Errorf("%w: there are %d", ErrWeights, len(weights))
	}
	whole := m.exact()
	left = whole
	divisor := total.Mul(step)
	for _, w := range weights {
		quo, rem := whole.Mul(w).QuoRem(divisor)
		part := quo.Mul(step)
		if rem.Sign() < 0 {
			rem = rem.Neg()
		}
		parts, lost = append(parts, part), append(lost, rem)
		left = left.Add(part.Neg())
	}
	return parts, lost, left, nil
}

func (m Money) of(parts []*exact.Int) []Money {
	out := make([]Money, len(parts))
	for i, p := range parts {
		out[i] = money(p, m.cur)
	}
	return out
}
