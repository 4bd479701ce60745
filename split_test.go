package ar_test

import (
	"fmt"
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
)

func amounts(parts []ar.Money) string {
	var texts []string
	for _, p := range parts {
		texts = append(texts, p.Amount())
	}
	return fmt.Sprint(texts)
}

func TestSplit(t *testing.T) {
	for _, c := range []struct {
		whole   string
		weights []int64
		want    string
	}{
		{"100.00 EUR", []int64{1, 1, 1}, "[33.34 33.33 33.33]"},
		{"-100.00 EUR", []int64{1, 1, 1}, "[-33.34 -33.33 -33.33]"},
		{"200.00 EUR", []int64{1, 1, 1}, "[66.67 66.67 66.66]"},
		{"100 JPY", []int64{1, 1, 1}, "[34 33 33]"},
		{"0.01 EUR", []int64{1, 1, 1}, "[0.01 0.00 0.00]"},
		{"0.00 EUR", []int64{1, 1}, "[0.00 0.00]"},
		{"5.00 EUR", []int64{7}, "[5.00]"},
		{"10.00 EUR", []int64{0, 1, 0}, "[0.00 10.00 0.00]"},
		// 0.05 by 1 : 2 : 3 is 0.8333, 1.6667 and 2.5 cents: the units left go to
		// the first and the second, which lost 0.8333 and 0.6667.
		{"0.05 EUR", []int64{1, 2, 3}, "[0.01 0.02 0.02]"},
		// 1.00 by 3 : 3 : 1 is 42.857, 42.857 and 14.286 cents.
		{"1.00 EUR", []int64{3, 3, 1}, "[0.43 0.43 0.14]"},
		{"3 JPY", []int64{math.MaxInt64, math.MaxInt64, math.MaxInt64}, "[1 1 1]"}, // weights that sum beyond int64
		{"92233720368547758.07 EUR", []int64{1, 1}, "[46116860184273879.04 46116860184273879.03]"},
		{"92233720368547758.09 EUR", []int64{1, 1}, "[46116860184273879.05 46116860184273879.04]"},
	} {
		parts, err := ar.MustMoney(c.whole).Split(c.weights...)
		require.NoError(t, err)
		require.Equal(t, c.want, amounts(parts), "%s by %d", c.whole, c.weights)
	}
}

// 80 units by the weights 1, 2, 1, 2, … of 100 parts: the exact shares are
// 0.533 and 1.067. The light parts lost more, so 30 of the 50 get a unit: the
// first. There are so many that a sort which is not stable would mix them up.
func TestSplitGivesTheRestToTheFirstOfEqualParts(t *testing.T) {
	var weights []int64
	var want []string
	for i := range 50 {
		light := "0"
		if i < 30 {
			light = "1"
		}
		weights, want = append(weights, 1, 2), append(want, light, "1")
	}
	parts, err := ar.MustMoney("80 JPY").Split(weights...)
	require.NoError(t, err)
	require.Equal(t, fmt.Sprint(want), amounts(parts))
}

func TestTrapLastOfThreeEqualPartsOffByACent(t *testing.T) {
	whole := ar.MustMoney("100.00 EUR")
	parts, err := whole.Split(1, 1, 1)
	require.NoError(t, err)
	require.Equal(t, "[33.34 33.33 33.33]", amounts(parts))
	var sum ar.Money
	for _, p := range parts {
		sum, err = sum.Add(p)
		require.NoError(t, err)
	}
	require.True(t, sum.Equal(whole), "and not 99.99")
}

func TestSplitRounded(t *testing.T) {
	for _, c := range []struct {
		whole, increment string
		rest             int
		weights          []int64
		want             string
	}{
		{"100.00 CHF", "0.05 CHF", 2, []int64{1, 1, 1}, "[33.30 33.30 33.40]"},
		{"100.00 CHF", "0.05 CHF", 0, []int64{1, 1, 1}, "[33.40 33.30 33.30]"},
		{"-100.00 CHF", "0.05 CHF", 2, []int64{1, 1, 1}, "[-33.30 -33.30 -33.40]"},
		{"100.02 CHF", "0.05 CHF", 2, []int64{1, 1, 1}, "[33.30 33.30 33.42]"}, // the rest is what is left
		{"1000.00 EUR", "10.00 EUR", 2, []int64{1, 1, 1}, "[330.00 330.00 340.00]"},
		{"7.00 EUR", "10.00 EUR", 1, []int64{1, 1}, "[0.00 7.00]"},
		{"100.00 EUR", "0.01 EUR", 1, []int64{1, 1, 1}, "[33.33 33.34 33.33]"},
		{"100.00 EUR", "0.01 EUR", 1, []int64{1, 0}, "[100.00 0.00]"},
	} {
		parts, err := ar.MustMoney(c.whole).SplitRounded(ar.MustMoney(c.increment), c.rest, c.weights...)
		require.NoError(t, err)
		require.Equal(t, c.want, amounts(parts), "%s to %s by %d", c.whole, c.increment, c.weights)
	}
}

func TestSplitRefusals(t *testing.T) {
	m, cent := ar.MustMoney("1 EUR"), ar.MustMoney("0.01 EUR")
	for message, weights := range map[string][]int64{
		"weights must not be negative and not all zero: there are 0":                       {},
		"weights must not be negative and not all zero: there are 2":                       {0, 0},
		"weights must not be negative and not all zero: weight 1, counted from 0, is -1":   {3, -1, -2},
		"weights must not be negative and not all zero: weight 0, counted from 0, is -255": {-255},
	} {
		_, err := m.Split(weights...)
		require.ErrorIs(t, err, ar.ErrWeights)
		require.EqualError(t, err, message)
		_, err = m.SplitRounded(cent, 0, weights...)
		require.EqualError(t, err, message)
	}
	for _, increment := range []string{"0 EUR", "-0.05 EUR"} {
		_, err := m.SplitRounded(ar.MustMoney(increment), 0, 1)
		require.ErrorContains(t, err, "want a positive amount")
	}
	_, err := ar.Money{}.SplitRounded(cent, 0, 1)
	require.EqualError(t, err, "currencies differ: no currency and EUR")
	for _, rest := range []int{-1, 2} {
		_, err := m.SplitRounded(cent, rest, 1, 1)
		require.EqualError(t, err, fmt.Sprintf("rest on part %d: there are 2 parts, counted from 0", rest))
	}
}

// drawSplit draws an amount, weights that are not all zero, and what is common
// to the laws of both ways to split: the exact share of each part.
func drawSplit(t *rapid.T) (x *big.Int, c ar.Currency, weights []int64, shares []*big.Rat) {
	c = rapid.SampledFrom(currencies).Draw(t, "currency")
	x = rapid.OneOf(minors(), rapid.Custom(func(t *rapid.T) *big.Int {
		return big.NewInt(rapid.Int64Range(-1000, 1000).Draw(t, "small"))
	})).Draw(t, "minor")
	weight := rapid.OneOf(rapid.Int64Range(0, 4), rapid.Int64Range(0, math.MaxInt64))
	weights = rapid.SliceOfN(weight, 1, 30).Draw(t, "weights")
	total := new(big.Int)
	for _, w := range weights {
		total.Add(total, big.NewInt(w))
	}
	if total.Sign() == 0 {
		weights[0], total = 1, big.NewInt(1)
	}
	for _, w := range weights {
		share := new(big.Rat).SetFrac(big.NewInt(w), total)
		shares = append(shares, share.Mul(share, new(big.Rat).SetInt(x)))
	}
	return x, c, weights, shares
}

func minorOf(t require.TestingT, m ar.Money) *big.Int {
	r := rat(t, m.Amount())
	r.Mul(r, ratPow10(decimalsOf(t, m.Currency())))
	require.True(t, r.IsInt())
	return r.Num()
}

func TestSplitLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, c, weights, shares := drawSplit(t)
		m := moneyOf(t, x, c)
		parts, err := m.Split(weights...)
		require.NoError(t, err)
		require.Len(t, parts, len(weights))
		sum := new(big.Int)
		for i, p := range parts {
			part := minorOf(t, p)
			requireMoney(t, part, c, p, "part")
			sum.Add(sum, part)
			off := new(big.Rat).Sub(new(big.Rat).SetInt(part), shares[i])
			require.Negative(t, off.Abs(off).Cmp(big.NewRat(1, 1)), "within one unit of the exact share")
			for j := range i {
				earlier := minorOf(t, parts[j])
				switch {
				case weights[j] == weights[i]:
					require.GreaterOrEqual(t, earlier.CmpAbs(part), 0, "equal weights: the earlier part is not the smaller")
				case weights[j] > weights[i]:
					require.GreaterOrEqual(t, earlier.CmpAbs(part), 0, "more weight is not less money")
				default:
					require.LessOrEqual(t, earlier.CmpAbs(part), 0, "more weight is not less money")
				}
			}
		}
		require.Zero(t, sum.Cmp(x), "the parts sum to the whole")

		negated, err := m.Neg().Split(weights...)
		require.NoError(t, err)
		for i := range parts {
			require.True(t, negated[i].Equal(parts[i].Neg()), "−m splits into the negated parts")
		}
		requireMoney(t, x, c, m, "the whole is unchanged")
	})
}

func TestSplitRoundedLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, c, weights, shares := drawSplit(t)
		rest := rapid.IntRange(0, len(weights)-1).Draw(t, "rest")
		step := big.NewInt(rapid.OneOf(rapid.SampledFrom([]int64{1, 5, 100}), rapid.Int64Min(1)).Draw(t, "increment"))
		m := moneyOf(t, x, c)
		parts, err := m.SplitRounded(moneyOf(t, step, c), rest, weights...)
		require.NoError(t, err)
		require.Len(t, parts, len(weights))
		sum := new(big.Int)
		for i, p := range parts {
			part := minorOf(t, p)
			sum.Add(sum, part)
			if i == rest {
				continue
			}
			require.Zero(t, new(big.Int).Rem(part, step).Sign(), "a multiple of the increment")
			lost := new(big.Rat).Sub(shares[i], new(big.Rat).SetInt(part))
			require.GreaterOrEqual(t, x.Sign()*lost.Sign(), 0, "cut towards zero")
			require.Negative(t, lost.Abs(lost).Cmp(new(big.Rat).SetInt(step)), "by less than the increment")
		}
		require.Zero(t, sum.Cmp(x), "the parts sum to the whole")
	})
}

// Amounts divide as their minor units do, and beyond int64 too.
func TestSplitLike(t *testing.T) {
	like := func(whole string, amounts ...string) []string {
		var weights []ar.Money
		for _, a := range amounts {
			weights = append(weights, ar.MustMoney(a))
		}
		parts, err := ar.MustMoney(whole).SplitLike(weights...)
		require.NoError(t, err)
		var texts []string
		for _, p := range parts {
			texts = append(texts, p.Amount())
		}
		return texts
	}
	const huge = "99999999999999999999999999.99 USD"
	require.Equal(t, []string{"33.34", "33.33", "33.33"}, like("100 EUR", huge, huge, huge))
	require.Equal(t, []string{"-66.67", "0.00", "-33.33"}, like("-100 EUR", "0.02 EUR", "0 EUR", "0.01 EUR"))
	require.Equal(t, []string{"0.00", "0.01"}, like("0.01 EUR", "0.01 USD", huge))
	require.Equal(t, []string{"33333333333333333333333333.33", "66666666666666666666666666.66"}, like(huge, "1 JPY", "2 JPY"))

	var mismatch *ar.MismatchError
	_, err := ar.MustMoney("1 EUR").SplitLike(ar.Money{}, ar.MustMoney("1 EUR"), ar.MustMoney("1 USD"))
	require.ErrorAs(t, err, &mismatch)
	for _, weights := range [][]ar.Money{nil, {{}, {}}, {ar.MustMoney("2 EUR"), ar.MustMoney("-1 EUR")}} {
		_, err := ar.MustMoney("1 EUR").SplitLike(weights...)
		require.ErrorIs(t, err, ar.ErrWeights)
	}
}
