package ar_test

import (
	"encoding/json"
	"math"
	"math/big"
	"strconv"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
)

func TestMoneyTakes24Bytes(t *testing.T) {
	if strconv.IntSize < 64 {
		t.Skip("pointers take less, and amounts as much")
	}
	require.EqualValues(t, 24, unsafe.Sizeof(ar.Money{}))
}

func TestNewMoney(t *testing.T) {
	for _, c := range currencies {
		for _, minor := range []int64{0, 1, -1, math.MaxInt64, math.MinInt64} {
			m, err := ar.NewMoney(minor, c)
			require.NoError(t, err)
			requireMoney(t, big.NewInt(minor), c, m, "new")
		}
	}
	for code, message := range map[string]string{
		"XAU": "an amount needs a currency with minor units: XAU has none",
		"XXX": "an amount needs a currency with minor units: XXX has none",
	} {
		for _, minor := range []int64{0, 1} {
			_, err := ar.NewMoney(minor, ar.MustCurrency(code))
			require.ErrorIs(t, err, ar.ErrNoMinorUnits)
			require.EqualError(t, err, message)
		}
	}
	_, err := ar.NewMoney(1, ar.Currency{})
	require.EqualError(t, err, "an amount needs a currency with minor units: none is given")
	m, err := ar.NewMoney(0, ar.Currency{})
	require.NoError(t, err)
	require.True(t, m.Equal(ar.Money{}))
}

func TestMoneyAgainstMathBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(currencies).Draw(t, "currency")
		x, y := minors().Draw(t, "x"), minors().Draw(t, "y")
		m, n := moneyOf(t, x, c), moneyOf(t, y, c)
		copyM, copyN := m, n

		sum, err := m.Add(n)
		require.NoError(t, err)
		requireMoney(t, new(big.Int).Add(x, y), c, sum, "m + n")
		difference, err := m.Sub(n)
		require.NoError(t, err)
		requireMoney(t, new(big.Int).Sub(x, y), c, difference, "m − n")
		requireMoney(t, new(big.Int).Neg(x), c, m.Neg(), "−m")
		requireMoney(t, new(big.Int).Abs(x), c, m.Abs(), "|m|")
		order, err := m.Cmp(n)
		require.NoError(t, err)
		require.Equal(t, x.Cmp(y), order)

		// One representation per value, by whatever way it was reached.
		back, err := sum.Sub(n)
		require.NoError(t, err)
		require.True(t, back.Equal(m), "(m + n) − n = m")
		requireMoney(t, x, c, back, "(m + n) − n")
		require.Equal(t, x.Cmp(y) == 0, m.Equal(n), "Equal where the numbers are")
		require.Equal(t, m.String() == n.String(), m.Equal(n), "Equal where the texts are")
		require.Equal(t, m.Equal(n), cmp.Equal(m, n), "go-cmp")

		// Nothing of the above has changed an operand or a copy of one.
		for what, m := range map[string]ar.Money{"m": m, "copy of m": copyM} {
			requireMoney(t, x, c, m, what)
		}
		for what, n := range map[string]ar.Money{"n": n, "copy of n": copyN} {
			requireMoney(t, y, c, n, what)
		}
	})
}

func TestMoneyAdditionIsAGroup(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		add := func(m, n ar.Money) ar.Money {
			sum, err := m.Add(n)
			require.NoError(t, err)
			return sum
		}
		c := rapid.SampledFrom(currencies).Draw(t, "currency")
		draw := func(name string) ar.Money { return moneyOf(t, minors().Draw(t, name), c) }
		l, m, n := draw("l"), draw("m"), draw("n")
		require.True(t, add(m, n).Equal(add(n, m)), "commutative")
		require.True(t, add(add(l, m), n).Equal(add(l, add(m, n))), "associative")
		require.True(t, add(m, m.Neg()).IsZero(), "inverse")
		require.True(t, add(m, ar.Money{}).Equal(m), "identity")
		require.True(t, add(ar.Money{}, m).Equal(m), "identity")
		require.True(t, m.Neg().Neg().Equal(m))
	})
}

// Long sums that go beyond int64 and come back, with every intermediate copy
// kept: none of them may change later.
func TestMoneyCopiesNeverAlias(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		eur := ar.MustCurrency("EUR")
		total, m := new(big.Int), ar.Money{}
		var kept []ar.Money
		var texts []string
		for _, x := range rapid.SliceOfN(minors(), 1, 30).Draw(t, "xs") {
			var err error
			m, err = m.Add(moneyOf(t, x, eur))
			require.NoError(t, err)
			total.Add(total, x)
			kept, texts = append(kept, m), append(texts, moneyText(t, total, eur))
		}
		for i := range kept {
			require.Equal(t, texts[i], kept[i].String(), "after step %d", i)
		}
	})
}

func TestMoneyAtTheEdgeOfInt64(t *testing.T) {
	largest := ar.MustMoney("92233720368547758.07 EUR")
	smallest := ar.MustMoney("-92233720368547758.08 EUR")
	cent := ar.MustMoney("0.01 EUR")

	beyond, err := largest.Add(cent)
	require.NoError(t, err)
	require.Equal(t, "92233720368547758.08 EUR", beyond.String())
	minor, ok := beyond.Minor()
	require.False(t, ok)
	require.Zero(t, minor)

	require.True(t, smallest.Neg().Equal(beyond))
	require.True(t, beyond.Neg().Equal(smallest))
	_, ok = beyond.Neg().Minor()
	require.True(t, ok, "−2⁶³ fits again")

	below, err := smallest.Sub(cent)
	require.NoError(t, err)
	require.Equal(t, "-92233720368547758.09 EUR", below.String())
	none, err := smallest.Sub(smallest)
	require.NoError(t, err)
	require.True(t, none.Equal(ar.MustMoney("0 EUR")))

	for _, c := range []struct {
		m, n ar.Money
		want int
	}{
		{largest, beyond, -1},
		{beyond, largest, 1},
		{beyond, beyond.Neg(), 1},
		{below, smallest, -1},
		{below, largest, -1},
		{beyond, beyond, 0},
		{beyond, ar.Money{}, 1},
		{ar.Money{}, below, 1},
	} {
		got, err := c.m.Cmp(c.n)
		require.NoError(t, err)
		require.Equal(t, c.want, got, "%s against %s", c.m, c.n)
	}
}

func TestMoneyMismatchNamesBoth(t *testing.T) {
	for _, pair := range [][2]string{
		{"1 EUR", "1 USD"},
		{"0 EUR", "0 USD"}, // 0 of a currency is not the zero Money
		{"1 EUR", "1 EUR:4"},
		{"1 EUR", "99999999999999999999 USD"},
	} {
		m, n := ar.MustMoney(pair[0]), ar.MustMoney(pair[1])
		require.False(t, m.Equal(n))
		_, addErr := m.Add(n)
		_, subErr := m.Sub(n)
		_, cmpErr := m.Cmp(n)
		_, splitErr := m.SplitRounded(n, 0, 1)
		for _, err := range []error{addErr, subErr, cmpErr, splitErr} {
			var mismatch *ar.MismatchError
			require.ErrorAs(t, err, &mismatch)
			require.Equal(t, m.Currency(), mismatch.Left)
			require.Equal(t, n.Currency(), mismatch.Right)
			require.EqualError(t, err, "currencies differ: "+m.Currency().String()+" and "+n.Currency().String())
		}
	}
}

func TestZeroMoney(t *testing.T) {
	var none ar.Money
	require.True(t, none.IsZero())
	require.Zero(t, none.Sign())
	require.Equal(t, "0", none.String())
	require.Equal(t, "0", none.Amount())
	require.True(t, none.Currency().IsZero())
	require.True(t, none.Neg().Equal(none))
	require.False(t, none.Equal(ar.MustMoney("0 EUR")))
	order, err := none.Cmp(ar.MustMoney("0 EUR"))
	require.NoError(t, err)
	require.Zero(t, order, "as numbers they are equal")
	sum, err := none.Add(none)
	require.NoError(t, err)
	require.True(t, sum.Equal(none))
	parts, err := none.Split(1, 1)
	require.NoError(t, err)
	require.True(t, parts[0].Equal(none) && parts[1].Equal(none))

	// A total over no items multiplies and converts too.
	product, err := none.Mul(ar.MustRate("0.5"), ar.NoRounding)
	require.NoError(t, err)
	require.True(t, product.Equal(none))
	converted, err := none.Convert(ar.MustRate("0.5"), ar.MustCurrency("EUR"), ar.NoRounding)
	require.NoError(t, err)
	require.True(t, converted.Equal(ar.MustMoney("0 EUR")))
}

// Four amounts that make 50.83, and in float64, added in this order,
// 50.83000000000001.
func TestTrapSumWithATailOfDigits(t *testing.T) {
	var sum ar.Money
	var float float64
	for _, amount := range []string{"6.98", "32.84", "2.77", "8.24"} {
		f, err := strconv.ParseFloat(amount, 64)
		require.NoError(t, err)
		float += f
		sum, err = sum.Add(ar.MustMoney(amount + " USD"))
		require.NoError(t, err)
	}
	require.Equal(t, "50.83000000000001", strconv.FormatFloat(float, 'f', -1, 64), "the trap")
	require.Equal(t, "50.83 USD", sum.String())
	data, err := json.Marshal(sum)
	require.NoError(t, err)
	require.Equal(t, `{"amount":"50.83","currency":"USD"}`, string(data))

	var read ar.Money
	require.NoError(t, json.Unmarshal([]byte(`{"amount":50.83,"currency":"USD"}`), &read))
	require.True(t, read.Equal(sum), "a JSON number does not pass through float64")
	err = json.Unmarshal([]byte(`{"amount":50.83000000000001,"currency":"USD"}`), &read)
	require.ErrorIs(t, err, ar.ErrTooPrecise, "and one that did elsewhere is refused")
}

func TestMoneyFastPathAllocatesNothing(t *testing.T) {
	m, n := ar.MustMoney("50.83 EUR"), ar.MustMoney("-0.01 EUR")
	require.Zero(t, testing.AllocsPerRun(100, func() {
		m, _ = m.Add(n)
		m, _ = m.Sub(n)
		m, _ = m.Add(ar.Money{})
		m = m.Neg().Abs()
		_, _ = m.Cmp(n)
		_ = m.Equal(n)
	}))
	require.Equal(t, "50.83 EUR", m.String())
	require.Zero(t, testing.AllocsPerRun(100, func() {
		_, _ = ar.ParseAmount("-50.8", m.Currency(), ar.NoRounding)
	}))
}
