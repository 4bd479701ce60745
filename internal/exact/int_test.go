package exact_test

import (
	"math"
	"math/big"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar/internal/exact"
)

// value reads an Int's digits: the way out that does not use its arithmetic.
func value(x *exact.Int) *big.Int {
	b, ok := new(big.Int).SetString(x.Text(0), 10)
	if !ok {
		panic(x.Text(0))
	}
	return b
}

// ints draws integers of up to 192 bits, often at the edges of 64 and 128
// bits, where apd changes how it keeps a number.
func ints() *rapid.Generator[*exact.Int] {
	smallest := exact.NewInt(math.MinInt64) // −2⁶³
	word := smallest.Mul(exact.NewInt(-2))  // 2⁶⁴
	half := smallest.Mul(word)              // −2¹²⁷
	edges := []*exact.Int{
		exact.NewInt(0), exact.NewInt(math.MaxInt64), smallest,
		word, word.Neg(), half, half.Neg(), word.Mul(word), word.Mul(word).Neg(),
	}
	small := rapid.Custom(func(t *rapid.T) *exact.Int { return exact.NewInt(rapid.Int64().Draw(t, "int64")) })
	edge := rapid.Custom(func(t *rapid.T) *exact.Int {
		near := exact.NewInt(rapid.Int64Range(-2, 2).Draw(t, "off"))
		return rapid.SampledFrom(edges).Draw(t, "edge").Add(near)
	})
	product := rapid.Custom(func(t *rapid.T) *exact.Int { return edge.Draw(t, "x").Mul(small.Draw(t, "y")) })
	return rapid.OneOf(small, edge, product)
}

func TestIntAgainstMathBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y := ints().Draw(t, "x"), ints().Draw(t, "y")
		a, b := value(x), value(y)

		same := func(what string, got *exact.Int, want *big.Int) {
			assert.Equal(t, want.String(), got.Text(0), what)
			// The sign is kept apart from the digits: there is no −0.
			assert.Equal(t, want.Sign(), got.Sign(), what)
			assert.Zero(t, got.Cmp(exact.NewInt(0).Add(got)), what)
			i, ok := got.Int64()
			assert.Equal(t, want.IsInt64(), ok, what)
			if ok {
				assert.Equal(t, want.Int64(), i, what)
			}
		}
		same("x + y", x.Add(y), new(big.Int).Add(a, b))
		same("x · y", x.Mul(y), new(big.Int).Mul(a, b))
		same("−x", x.Neg(), new(big.Int).Neg(a))
		if b.Sign() != 0 {
			quo, rem := x.QuoRem(y)
			wantQuo, wantRem := new(big.Int).QuoRem(a, b, new(big.Int))
			same("x / y", quo, wantQuo)
			same("x rem y", rem, wantRem)
		}
		assert.Equal(t, a.Cmp(b), x.Cmp(y), "cmp")
		digits := len(strings.TrimPrefix(a.String(), "-"))
		assert.True(t, x.Fits(digits), "fits")
		assert.False(t, x.Fits(digits-1), "fits")

		same("x after all of it", x, a)
		same("y after all of it", y, b)
	})
}

func TestIntText(t *testing.T) {
	beyond := exact.NewInt(math.MaxInt64).Add(exact.NewInt(1))
	for _, c := range []struct {
		x      *exact.Int
		places int
		want   string
	}{
		{exact.NewInt(0), 0, "0"},
		{exact.NewInt(0), 2, "0.00"},
		{exact.NewInt(-5), 0, "-5"},
		{exact.NewInt(-5), 2, "-0.05"},
		{exact.NewInt(50), 2, "0.50"},
		{exact.NewInt(-100), 2, "-1.00"},
		{exact.NewInt(1), 18, "0.000000000000000001"},
		{beyond, 0, "9223372036854775808"},
		{beyond, 3, "9223372036854775.808"},
		{beyond.Neg(), 18, "-9.223372036854775808"},
		{beyond, 19, "0.9223372036854775808"},
	} {
		assert.Equal(t, c.want, c.x.Text(c.places))
		if i, ok := c.x.Int64(); ok {
			assert.Equal(t, "x"+c.want, string(exact.AppendFixed([]byte("x"), i, c.places)))
		}
	}
}

func TestAppendFixedIsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := rapid.OneOf(rapid.Int64(), rapid.Int64Range(-1000, 1000)).Draw(t, "i")
		places := rapid.IntRange(0, 18).Draw(t, "places")
		assert.Equal(t, exact.NewInt(i).Text(places), string(exact.AppendFixed(nil, i, places)))
	})
	for _, i := range []int64{math.MaxInt64, math.MinInt64} {
		assert.Equal(t, strconv.FormatInt(i, 10), string(exact.AppendFixed(nil, i, 0)))
	}
}
