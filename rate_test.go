package ar_test

import (
	"encoding/json"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
)

func TestParseRate(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "-0.000": "0", "1.08420": "1.0842", "+1.5": "1.5", ".5": "0.5", "5.": "5", "-0.5": "-0.5",
		"1E+3": "1000", "1e-3": "0.001", "1e33": "1" + strings.Repeat("0", 33),
		strings.Repeat("9", 34): strings.Repeat("9", 34),
	} {
		r, err := ar.ParseRate(text)
		require.NoError(t, err, text)
		require.Equal(t, want, r.String(), text)
	}
	for text, is := range map[string]error{
		"": ar.ErrSyntax, " 1": ar.ErrSyntax, "1,5": ar.ErrSyntax, "1%": ar.ErrSyntax, "NaN": ar.ErrSyntax,
		"Inf": ar.ErrSyntax, ".-5": ar.ErrSyntax, "0x1p-2": ar.ErrSyntax,
		"1e9999": ar.ErrTooLarge, "1e-9999": ar.ErrTooLarge, "1e34": ar.ErrTooLarge,
		strings.Repeat("9", 35): ar.ErrTooLarge, strings.Repeat("3", 200): ar.ErrTooLarge,
	} {
		_, err := ar.ParseRate(text)
		require.ErrorIs(t, err, is, text)
		require.ErrorAs(t, err, new(*ar.ParseError), text)
	}
	_, err := ar.ParseRate("1,5")
	require.EqualError(t, err, `rate "1,5": malformed: want a decimal number such as 1.0842`)
	require.Panics(t, func() { ar.MustRate("x") })
}

func TestParsePercent(t *testing.T) {
	for text, want := range map[string]string{
		"2": "2%", "2%": "2%", "2 %": "2%", "2.50%": "2.5%", "-0%": "0%", "1e2%": "100%", ".5": "0.5%", "-3.25 %": "-3.25%",
	} {
		p, err := ar.ParsePercent(text)
		require.NoError(t, err, text)
		require.Equal(t, want, p.String(), text)
	}
	for _, text := range []string{"", "%", " %", "2 ", "2%%", "2  %", "% 2", "2 % ", "two%", "2‰", "NaN%"} {
		_, err := ar.ParsePercent(text)
		require.ErrorIs(t, err, ar.ErrSyntax, text)
		var parse *ar.ParseError
		require.ErrorAs(t, err, &parse, text)
		require.Equal(t, text, parse.Text)
	}
	require.Panics(t, func() { ar.MustPercent("x") })
}

func TestZeroRateAndPercent(t *testing.T) {
	var r ar.Rate
	require.Equal(t, "0", r.String())
	require.Zero(t, r.Sign())
	require.True(t, r.Equal(ar.MustRate("0.00")))
	require.Equal(t, r, ar.MustRate("-0"), "one representation")
	product, err := ar.MustMoney("5 EUR").Mul(r, ar.NoRounding)
	require.NoError(t, err)
	require.True(t, product.Equal(ar.MustMoney("0 EUR")))

	var p ar.Percent
	require.Equal(t, "0%", p.String())
	require.Zero(t, p.Sign())
	require.True(t, p.Equal(ar.MustPercent("0.00%")))
	require.True(t, p.Rate().Equal(r))
}

// rates draws the text of a rate.
func rates() *rapid.Generator[string] {
	return rapid.OneOf(
		rapid.StringMatching(`-?[0-9]{1,4}(\.[0-9]{0,8})?`),
		rapid.StringMatching(`-?[0-9]{1,17}\.[0-9]{1,17}`),
		rapid.StringMatching(`-?[1-9](\.[05])?e(-[123]?[0-9]|[12]?[0-9])`),
		rapid.Just("0"),
	)
}

func TestRateLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		textR, textS := rates().Draw(t, "r"), rates().Draw(t, "s")
		r, s := ar.MustRate(textR), ar.MustRate(textS)
		x, y := rat(t, textR), rat(t, textS)
		require.Zero(t, rat(t, r.String()).Cmp(x))
		require.Equal(t, x.Sign(), r.Sign())
		require.Equal(t, x.Cmp(y), r.Cmp(s))
		require.Equal(t, x.Cmp(y) == 0, r.Equal(s))
		require.Equal(t, r.Equal(s), r.String() == s.String(), "one text per number")
		roundTrips(t, r)

		p, q := ar.MustPercent(textR), ar.MustPercent(textS+" %")
		require.Equal(t, x.Sign(), p.Sign())
		require.Equal(t, x.Cmp(y), p.Cmp(q))
		require.Equal(t, x.Cmp(y) == 0, p.Equal(q))
		require.Zero(t, rat(t, p.Rate().String()).Cmp(new(big.Rat).Quo(x, big.NewRat(100, 1))))
		roundTrips(t, p)
	})
}

func TestConvertAgainstMathBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := rapid.SampledFrom(currencies).Draw(t, "from")
		to := rapid.SampledFrom(currencies).Draw(t, "to")
		mode := rapid.SampledFrom(allRounding).Draw(t, "mode")
		text := rates().Draw(t, "rate")
		minor := rapid.OneOf(minors(), rapid.Custom(func(t *rapid.T) *big.Int {
			return big.NewInt(rapid.Int64Range(-1000, 1000).Draw(t, "small"))
		})).Draw(t, "minor")
		m, rate := moneyOf(t, minor, from), ar.MustRate(text)

		exact := new(big.Rat).Mul(new(big.Rat).SetInt(minor), rat(t, text))
		check := func(got ar.Money, err error, c ar.Currency) {
			scaled := new(big.Rat).Mul(exact, ratPow10(decimalsOf(t, c)-decimalsOf(t, from)))
			want, ok := round(scaled, mode)
			if !ok {
				require.ErrorIs(t, err, ar.ErrTooPrecise)
				return
			}
			require.NoError(t, err)
			requireMoney(t, want, c, got, "product")
		}
		converted, err := m.Convert(rate, to, mode)
		check(converted, err, to)
		product, err := m.Mul(rate, mode)
		check(product, err, from)
		requireMoney(t, minor, from, m, "the operand is unchanged")
		require.Zero(t, rat(t, rate.String()).Cmp(rat(t, text)), "and so is the rate")
	})
}

func TestConvertBetweenDecimals(t *testing.T) {
	for _, c := range []struct{ from, rate, to, want string }{
		{"1000 JPY", "0.0061", "EUR", "6.10 EUR"},
		{"6.10 EUR", "163.93", "JPY", "1000 JPY"}, // 999.973
		{"1.00 EUR", "0.3345", "KWD", "0.335 KWD"},
		{"1.000 KWD", "2.98955", "EUR", "2.99 EUR"},
		{"1.00 EUR", "0.0256", "CLF", "0.0256 CLF"},
		{"0.0256 CLF", "6123450", "JPY", "156760 JPY"}, // 156760.32
		{"-1.00 EUR", "1.005", "USD", "-1.01 USD"},
		{"5 PTS:0", "0.01", "EUR", "0.05 EUR"},
	} {
		got, err := ar.MustMoney(c.from).Convert(ar.MustRate(c.rate), ar.MustCurrency(c.to), ar.RoundHalfUp)
		require.NoError(t, err)
		require.Equal(t, c.want, got.String(), "%s at %s", c.from, c.rate)
	}
}

func TestConvertRefusals(t *testing.T) {
	m := ar.MustMoney("1.00 EUR")
	_, err := m.Mul(ar.MustRate("0.333"), ar.NoRounding)
	require.ErrorIs(t, err, ar.ErrTooPrecise)
	require.EqualError(t, err, "1.00 EUR × 0.333 in EUR: too many decimals")
	_, err = m.Convert(ar.MustRate("1"), ar.MustCurrency("XAU"), ar.RoundDown)
	require.ErrorIs(t, err, ar.ErrNoMinorUnits)
	_, err = m.Convert(ar.MustRate("1"), ar.Currency{}, ar.RoundDown)
	require.ErrorIs(t, err, ar.ErrNoMinorUnits)
	_, err = m.Mul(ar.MustRate("0.333"), ar.RoundFloor+1)
	require.ErrorContains(t, err, "rounding mode 8 is not defined")
}

func TestRateJSON(t *testing.T) {
	for text, want := range map[string]string{
		`"1.0842"`: "1.0842", `1.0842`: "1.0842", `1.08420`: "1.0842", `"\u0031.5"`: "1.5", `1E+2`: "100",
		`0.1234567890123456789012345678901234`: "0.1234567890123456789012345678901234", // float64 has 17 digits
	} {
		var r ar.Rate
		require.NoError(t, json.Unmarshal([]byte(text), &r), text)
		require.Equal(t, want, r.String())
		var p ar.Percent
		require.NoError(t, json.Unmarshal([]byte(text), &p), text)
		require.Equal(t, want+"%", p.String())
	}
	var p ar.Percent
	require.NoError(t, json.Unmarshal([]byte(`"2.5 %"`), &p))
	require.Equal(t, "2.5%", p.String())
	for _, text := range []string{`null`, `true`, `{}`, `[1]`, `""`, `"x"`, `1e9999`} {
		r := ar.MustRate("7")
		require.ErrorAs(t, json.Unmarshal([]byte(text), &r), new(*ar.ParseError), text)
		require.Equal(t, "7", r.String())
		p := ar.MustPercent("7")
		require.ErrorAs(t, json.Unmarshal([]byte(text), &p), new(*ar.ParseError), text)
		require.Equal(t, "7%", p.String())
	}
	var r ar.Rate
	require.ErrorAs(t, r.UnmarshalJSON([]byte(`"1`)), new(*ar.ParseError), "not even JSON")
	require.ErrorAs(t, p.UnmarshalJSON([]byte(`"1`)), new(*ar.ParseError), "not even JSON")
}
