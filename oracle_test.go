package ar_test

import (
	"fmt"
	"math"
	"math/big"
	"regexp"
	"strings"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
)

// The tests of Money, Rate and Percent compute everything a second time with
// math/big. Values pass between the two routes as text that is written and
// read here, not by the library.

// currencies are one of each number of decimals that there is, and 1 and 18.
var currencies = []ar.Currency{
	ar.MustCurrency("JPY"), ar.MustCurrency("TEN:1"), ar.MustCurrency("EUR"),
	ar.MustCurrency("KWD"), ar.MustCurrency("CLF"), ar.MustCurrency("ETH:18"),
}

var allRounding = []ar.Rounding{
	ar.NoRounding, ar.RoundHalfUp, ar.RoundHalfEven, ar.RoundHalfDown,
	ar.RoundUp, ar.RoundDown, ar.RoundCeiling, ar.RoundFloor,
}

func decimalsOf(t require.TestingT, c ar.Currency) int {
	n, ok := c.Decimals()
	require.True(t, ok, c)
	return n
}

// moneyText writes minor units as the library should.
func moneyText(t require.TestingT, minor *big.Int, c ar.Currency) string {
	decimals := decimalsOf(t, c)
	digits := fmt.Sprintf("%0*s", decimals+1, new(big.Int).Abs(minor).String())
	if decimals > 0 {
		digits = digits[:len(digits)-decimals] + "." + digits[len(digits)-decimals:]
	}
	if minor.Sign() < 0 {
		digits = "-" + digits
	}
	return digits + " " + c.String()
}

func moneyOf(t require.TestingT, minor *big.Int, c ar.Currency) ar.Money {
	if minor.IsInt64() {
		m, err := ar.NewMoney(minor.Int64(), c)
		require.NoError(t, err)
		return m
	}
	m, err := ar.ParseMoney(moneyText(t, minor, c))
	require.NoError(t, err)
	return m
}

// requireMoney checks all that can be seen of a Money: its text, its sign, and
// that it is in the form of an int64 exactly where it fits one.
func requireMoney(t require.TestingT, want *big.Int, c ar.Currency, got ar.Money, what string) {
	require.Equal(t, moneyText(t, want, c), got.String(), what)
	require.Equal(t, c, got.Currency(), what)
	require.Equal(t, want.Sign(), got.Sign(), what)
	require.Equal(t, want.Sign() == 0, got.IsZero(), what)
	minor, ok := got.Minor()
	require.Equal(t, want.IsInt64(), ok, what)
	if ok {
		require.Equal(t, want.Int64(), minor, what)
	}
}

// maxRead is the first number of minor units with too many digits to be read.
var maxRead = new(big.Int).Exp(big.NewInt(10), big.NewInt(34), nil)

// minors draws numbers of minor units that can be read, most of them where
// int64 ends and the exact path begins.
func minors() *rapid.Generator[*big.Int] {
	edge := rapid.Custom(func(t *rapid.T) *big.Int {
		around := rapid.SampledFrom([]int64{0, math.MaxInt64, math.MinInt64, math.MaxInt64 / 2, math.MinInt64 / 2}).Draw(t, "around")
		times := rapid.SampledFrom([]int64{1, 1, 1, 2, -1}).Draw(t, "times")
		x := new(big.Int).Mul(big.NewInt(around), big.NewInt(times))
		return x.Add(x, big.NewInt(rapid.Int64Range(-3, 3).Draw(t, "off")))
	})
	any64 := rapid.Custom(func(t *rapid.T) *big.Int { return big.NewInt(rapid.Int64().Draw(t, "int64")) })
	large := rapid.Custom(func(t *rapid.T) *big.Int {
		x := new(big.Int).Mul(big.NewInt(rapid.Int64().Draw(t, "high")), big.NewInt(rapid.Int64().Draw(t, "low")))
		return x.Rem(x, maxRead)
	})
	return rapid.OneOf(edge, edge, any64, large)
}

// rat reads a decimal number.
func rat(t require.TestingT, text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	require.True(t, ok, text)
	return r
}

func ratPow10(n int) *big.Rat {
	p := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n, -n))), nil))
	if n < 0 {
		p.Inv(p)
	}
	return p
}

// round rounds by the definition of each mode: floor and ceiling are the two
// neighbours, and the mode picks one. ok is false where NoRounding refuses.
func round(x *big.Rat, mode ar.Rounding) (integer *big.Int, ok bool) {
	floor := new(big.Int).Div(x.Num(), x.Denom()) // Euclidean, and Denom > 0
	if x.IsInt() {
		return floor, true
	}
	ceiling := new(big.Int).Add(floor, big.NewInt(1))
	outwards, inwards := ceiling, floor
	if x.Sign() < 0 {
		outwards, inwards = floor, ceiling
	}
	even := floor
	if floor.Bit(0) == 1 {
		even = ceiling
	}
	fraction := new(big.Rat).Sub(x, new(big.Rat).SetInt(floor))
	nearest := func(tie *big.Int) *big.Int {
		switch fraction.Cmp(big.NewRat(1, 2)) {
		case -1:
			return floor
		case 1:
			return ceiling
		}
		return tie
	}
	switch mode {
	case ar.RoundHalfUp:
		return nearest(outwards), true
	case ar.RoundHalfEven:
		return nearest(even), true
	case ar.RoundHalfDown:
		return nearest(inwards), true
	case ar.RoundUp:
		return outwards, true
	case ar.RoundDown:
		return inwards, true
	case ar.RoundCeiling:
		return ceiling, true
	case ar.RoundFloor:
		return floor, true
	}
	return nil, false
}

// number is the grammar of a decimal number, and its parts.
var number = regexp.MustCompile(`^[+-]?(?:([0-9]+)\.?([0-9]*)|\.([0-9]+))(?:[eE]([+-]?[0-9]+))?$`)

// verdict is what becomes of a text that should be a decimal number.
type verdict int

const (
	fine verdict = iota
	malformed
	tooLarge
)

// judge reads a text by the grammar and counts its digits. The number is nil
// unless it is fine.
func judge(t require.TestingT, text string) (*big.Rat, verdict) {
	parts := number.FindStringSubmatch(text)
	if parts == nil {
		return nil, malformed
	}
	whole, fraction := parts[1], parts[2]+parts[3]
	var exponent int
	if e := parts[4]; e != "" {
		digits := strings.TrimLeft(strings.TrimLeft(e, "+-"), "0")
		if len(digits) > 3 {
			return nil, tooLarge
		}
		if digits != "" {
			_, err := fmt.Sscan(digits, &exponent)
			require.NoError(t, err)
		}
		if e[0] == '-' {
			exponent = -exponent
		}
	}
	// In plain notation, with the point moved as the exponent says.
	decimals := max(len(fraction)-exponent, 0)
	digits := len(strings.TrimLeft(whole+fraction, "0")) + max(exponent-len(fraction), 0)
	if digits > 34 || decimals > 64 {
		return nil, tooLarge
	}
	return rat(t, text), fine
}
