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

func TestParseAmount(t *testing.T) {
	for _, c := range []struct{ text, currency, want string }{
		{"0", "EUR", "0.00"},
		{"-0.00", "EUR", "0.00"},
		{"-0", "JPY", "0"},
		{"1000", "EUR", "1000.00"},
		{"1000.5", "EUR", "1000.50"},
		{"1000.50", "EUR", "1000.50"},
		{"1000.500", "EUR", "1000.50"}, // zeros are no decimals too many
		{"-1234.56", "EUR", "-1234.56"},
		{"0001.00", "EUR", "1.00"},
		{"+5", "EUR", "5.00"},
		{".5", "EUR", "0.50"},
		{"-.5", "EUR", "-0.50"},
		{"5.", "EUR", "5.00"},
		{"5.", "JPY", "5"},
		{"5.0", "JPY", "5"},
		{"1E+3", "EUR", "1000.00"},
		{"1e3", "JPY", "1000"},
		{"105e-2", "EUR", "1.05"},
		{"1.234", "KWD", "1.234"},
		{"1.2", "KWD", "1.200"},
		{"1.2345", "CLF", "1.2345"},
		{"1.000000000000000001", "ETH:18", "1.000000000000000001"},
		{"999999999999999999", "JPY", "999999999999999999"}, // 18 digits
		{"9999999999999999.99", "EUR", "9999999999999999.99"},
		{"99999999999999999.99", "EUR", "99999999999999999.99"}, // beyond int64
		{"-92233720368547758.08", "EUR", "-92233720368547758.08"},
		{"99999999999999999999999999999999.99", "EUR", "99999999999999999999999999999999.99"}, // 34 digits
		{strings.Repeat("0", 200) + "1", "EUR", "1.00"},
	} {
		m, err := ar.ParseAmount(c.text, ar.MustCurrency(c.currency), ar.NoRounding)
		require.NoError(t, err, c.text)
		require.Equal(t, c.want, m.Amount(), c.text)
		require.Equal(t, ar.MustCurrency(c.currency), m.Currency())
	}
}

func TestParseAmountRefusals(t *testing.T) {
	const syntax = "malformed: want a decimal number such as -1234.50"
	const large = "more than 34 digits or 64 decimals"
	for _, c := range []struct {
		text, currency string
		is             error
		message        string
	}{
		{"", "EUR", ar.ErrSyntax, syntax},
		{"-", "EUR", ar.ErrSyntax, syntax},
		{".", "EUR", ar.ErrSyntax, syntax},
		{"1..2", "EUR", ar.ErrSyntax, syntax},
		{"1.2.3", "KWD", ar.ErrSyntax, syntax},
		{".-5", "EUR", ar.ErrSyntax, syntax},
		{"--5", "EUR", ar.ErrSyntax, syntax},
		{"5-", "EUR", ar.ErrSyntax, syntax},
		{"5:", "EUR", ar.ErrSyntax, syntax}, // the character after 9, and the one before 0
		{"5/", "EUR", ar.ErrSyntax, syntax},
		{" 5", "EUR", ar.ErrSyntax, syntax},
		{"5 ", "EUR", ar.ErrSyntax, syntax},
		{"1,000.00", "EUR", ar.ErrSyntax, syntax},
		{"1_000", "EUR", ar.ErrSyntax, syntax},
		{"0x10", "EUR", ar.ErrSyntax, syntax},
		{"1e", "EUR", ar.ErrSyntax, syntax},
		{"NaN", "EUR", ar.ErrSyntax, syntax},
		{"-Inf", "EUR", ar.ErrSyntax, syntax},
		{"Infinity", "EUR", ar.ErrSyntax, syntax},
		{"١", "EUR", ar.ErrSyntax, syntax},
		{"0.1", "JPY", ar.ErrTooPrecise, "too many decimals: JPY has 0"},
		{"1.005", "EUR", ar.ErrTooPrecise, "too many decimals: EUR has 2"},
		{"-1.0001", "KWD", ar.ErrTooPrecise, "too many decimals: KWD has 3"},
		{"1e-3", "EUR", ar.ErrTooPrecise, "too many decimals: EUR has 2"},
		{"1e9999", "EUR", ar.ErrTooLarge, large},
		{"-1e-9999", "EUR", ar.ErrTooLarge, large},
		{"1e99999999999999999999", "EUR", ar.ErrTooLarge, large},
		{strings.Repeat("9", 35), "JPY", ar.ErrTooLarge, large},
		{strings.Repeat("9", 33), "EUR", ar.ErrTooLarge, large}, // 35 digits with its decimals
		{"5", "XAU", ar.ErrNoMinorUnits, "an amount needs a currency with minor units: XAU has none"},
		{"0", "XXX", ar.ErrNoMinorUnits, "an amount needs a currency with minor units: XXX has none"},
	} {
		m, err := ar.ParseAmount(c.text, ar.MustCurrency(c.currency), ar.NoRounding)
		require.ErrorIs(t, err, c.is, c.text)
		var parse *ar.ParseError
		require.ErrorAs(t, err, &parse, c.text)
		require.Equal(t, c.text, parse.Text)
		require.Equal(t, c.message, parse.Err.Error(), c.text)
		require.True(t, m.Equal(ar.Money{}), "no half of a result")
	}
	_, err := ar.ParseAmount("5", ar.Currency{}, ar.NoRounding)
	require.EqualError(t, err, `amount "5": an amount needs a currency with minor units: none is given`)
	_, err = ar.ParseAmount(strings.Repeat("1", 200), ar.MustCurrency("EUR"), ar.RoundDown)
	require.EqualError(t, err, `amount "`+strings.Repeat("1", 80)+`…": more than 34 digits or 64 decimals`, "a hostile text is not repeated in full")
}

func TestParseAmountRounds(t *testing.T) {
	for _, c := range []struct {
		text, currency string
		mode           ar.Rounding
		want           string
	}{
		{"1.005", "EUR", ar.RoundHalfUp, "1.01"},
		{"1.005", "EUR", ar.RoundHalfEven, "1.00"},
		{"1.015", "EUR", ar.RoundHalfEven, "1.02"},
		{"1.005", "EUR", ar.RoundHalfDown, "1.00"},
		{"-1.005", "EUR", ar.RoundHalfUp, "-1.01"},
		{"-1.001", "EUR", ar.RoundCeiling, "-1.00"},
		{"-1.001", "EUR", ar.RoundFloor, "-1.01"},
		{"-0.004", "EUR", ar.RoundHalfUp, "0.00"}, // never -0.00
		{"0.1", "JPY", ar.RoundUp, "1"},
		{"0.0000001", "EUR", ar.RoundUp, "0.01"}, // far below a cent, and yet up
		{"-0.0000001", "EUR", ar.RoundFloor, "-0.01"},
		{"99999999999999999999999999999999.994", "EUR", ar.RoundDown, ""}, // 35 digits as written
		{"9999999999999999999999999999999.994", "EUR", ar.RoundDown, "9999999999999999999999999999999.99"},
		{"92233720368547758.075", "EUR", ar.RoundHalfUp, "92233720368547758.08"}, // over the edge of int64
	} {
		m, err := ar.ParseAmount(c.text, ar.MustCurrency(c.currency), c.mode)
		if c.want == "" {
			require.ErrorIs(t, err, ar.ErrTooLarge)
			continue
		}
		require.NoError(t, err)
		require.Equal(t, c.want, m.Amount(), "%s %s", c.text, c.mode)
	}
}

func TestParseMoney(t *testing.T) {
	for _, text := range []string{"1000.00 EUR", "-0.05 EUR", "0 JPY", "5 PTS:0", "1.2345 CLF", "0"} {
		m, err := ar.ParseMoney(text)
		require.NoError(t, err)
		require.Equal(t, text, m.String())
	}
	require.Equal(t, "1.00 EUR", ar.MustMoney("1 EUR:2").String())
	for text, message := range map[string]string{
		"":            `money "": malformed: want an amount, a space and a currency`,
		"5":           `money "5": malformed: want an amount, a space and a currency`,
		"5EUR":        `money "5EUR": malformed: want an amount, a space and a currency`,
		"5 ":          `money "5 ": currency "": not a current ISO 4217 code; a currency of your own is written code:decimals`,
		"5  EUR":      `money "5  EUR": currency " EUR": not a current ISO 4217 code; a currency of your own is written code:decimals`,
		"5 eur":       `money "5 eur": currency "eur": not a current ISO 4217 code: want EUR`,
		"EUR 5":       `money "EUR 5": currency "5": not a current ISO 4217 code; a currency of your own is written code:decimals`,
		" EUR":        `amount "": malformed: want a decimal number such as -1234.50`,
		"0.001 EUR":   `amount "0.001": too many decimals: EUR has 2`,
		"NaN EUR":     `amount "NaN": malformed: want a decimal number such as -1234.50`,
		"1 XAU":       `amount "1": an amount needs a currency with minor units: XAU has none`,
		"1.00 EUR\n":  `money "1.00 EUR\n": currency "EUR\n": not a current ISO 4217 code; a currency of your own is written code:decimals`,
		"\u00a05 EUR": `amount "\u00a05": malformed: want a decimal number such as -1234.50`,
	} {
		_, err := ar.ParseMoney(text)
		require.EqualError(t, err, message)
		require.ErrorAs(t, err, new(*ar.ParseError))
	}
	require.Panics(t, func() { ar.MustMoney("5") })
}

func TestMoneyRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := rapid.SampledFrom(currencies).Draw(t, "currency")
		x := minors().Draw(t, "minor")
		m := moneyOf(t, x, c)
		parsed, err := ar.ParseMoney(m.String())
		require.NoError(t, err)
		requireMoney(t, x, c, parsed, "text")
		roundTrips(t, m)
	})
	roundTrips(t, ar.Money{})
}

func TestParseAmountAgainstMathBig(t *testing.T) {
	texts := rapid.OneOf(
		rapid.StringMatching(`[+-]?[0-9]{1,20}(\.[0-9]{0,6})?`),
		rapid.StringMatching(`-?[0-9]{0,2}\.[0-9]{0,8}5?0{0,3}`),
		rapid.StringMatching(`-?[0-9]{1,36}`),
		rapid.StringMatching(`[+-]?[0-9]{1,3}(\.[0-9]{0,3})?[eE][+-]?[0-9]{1,2}`),
	)
	rapid.Check(t, func(t *rapid.T) {
		checkParseAmount(t, texts.Draw(t, "text"),
			rapid.SampledFrom(currencies).Draw(t, "currency"), rapid.SampledFrom(allRounding).Draw(t, "mode"))
	})
}

// checkParseAmount reads a text by both routes.
func checkParseAmount(t require.TestingT, text string, c ar.Currency, mode ar.Rounding) {
	m, err := ar.ParseAmount(text, c, mode)
	value, verdict := judge(t, text)
	if verdict == malformed {
		require.ErrorIs(t, err, ar.ErrSyntax, text)
		return
	}
	if verdict == tooLarge {
		require.ErrorIs(t, err, ar.ErrTooLarge, text)
		return
	}
	minor, ok := round(value.Mul(value, ratPow10(decimalsOf(t, c))), mode)
	switch {
	case !ok:
		require.ErrorIs(t, err, ar.ErrTooPrecise, text)
	case minor.CmpAbs(maxRead) >= 0:
		require.ErrorIs(t, err, ar.ErrTooLarge, text)
	default:
		require.NoError(t, err, text)
		requireMoney(t, minor, c, m, text)
	}
}

func TestMoneyJSON(t *testing.T) {
	for text, want := range map[string]string{
		`{"amount":"1000.00","currency":"EUR"}`:                  "1000.00 EUR",
		`{"currency":"EUR","amount":"1000"}`:                     "1000.00 EUR",
		`{"amount":1000.5,"currency":"EUR"}`:                     "1000.50 EUR",
		`{"amount":-0.00,"currency":"EUR"}`:                      "0.00 EUR",
		`{"amount":1E+3,"currency":"EUR"}`:                       "1000.00 EUR",
		`{"amount":12345678901234567890.12,"currency":"EUR"}`:    "12345678901234567890.12 EUR", // float64 has 17 digits
		`{"amount":0.1,"currency":"ETH:18"}`:                     "0.100000000000000000 ETH:18",
		`{"amount":"\u0031\u002e5","currency":"\u0045UR"}`:       "1.50 EUR",
		` { "amount" : "1" , "currency" : "JPY" , "note" : 1 } `: "1 JPY",
		`{"amount":"0","currency":""}`:                           "0",
		`{"amount":0,"currency":null}`:                           "0",
		`{"amount":0}`:                                           "0",
		`null`:                                                   "0",
	} {
		m := ar.MustMoney("7 USD")
		require.NoError(t, json.Unmarshal([]byte(text), &m), text)
		require.Equal(t, want, m.String(), text)
	}
	const form = `malformed: want {"amount":"1000.00","currency":"EUR"}`
	const syntax = "malformed: want a decimal number such as -1234.50"
	for text, reason := range map[string]string{
		`5`:                                     form,
		`"5.00 EUR"`:                            form,
		`true`:                                  form,
		`[]`:                                    form,
		`{"amount":"5","currency":978}`:         form,
		`{"amount":"5","currency":"eur"}`:       "not a current ISO 4217 code: want EUR",
		`{"currency":"EUR"}`:                    syntax,
		`{"amount":null,"currency":"EUR"}`:      syntax,
		`{"amount":"","currency":"EUR"}`:        syntax,
		`{"amount":true,"currency":"EUR"}`:      syntax,
		`{"amount":["5"],"currency":"EUR"}`:     syntax,
		`{"amount":"NaN","currency":"EUR"}`:     syntax,
		`{"amount":"5"}`:                        "an amount needs a currency with minor units: none is given",
		`{}`:                                    "an amount needs a currency with minor units: none is given",
		`{"amount":"5","currency":"XAU"}`:       "an amount needs a currency with minor units: XAU has none",
		`{"amount":1.005,"currency":"EUR"}`:     "too many decimals: EUR has 2",
		`{"amount":1e9999,"currency":"EUR"}`:    "more than 34 digits or 64 decimals",
		`{"amount":"1e-9999","currency":"EUR"}`: "more than 34 digits or 64 decimals",
	} {
		m := ar.MustMoney("7 USD")
		err := json.Unmarshal([]byte(text), &m)
		var parse *ar.ParseError
		require.ErrorAs(t, err, &parse, text)
		require.Equal(t, reason, parse.Err.Error(), text)
		require.Equal(t, "7.00 USD", m.String(), "a failed read leaves the value alone")
	}
}

// Sums and products may have more than the 34 digits that can be read. They
// still print, in full.
func TestMoneyBeyondWhatCanBeRead(t *testing.T) {
	nines := strings.Repeat("9", 32) + ".99"
	m := ar.MustMoney(nines + " EUR")
	sum, err := m.Add(m)
	require.NoError(t, err)
	require.Equal(t, "1"+strings.Repeat("9", 32)+".98 EUR", sum.String())
	product, err := m.Mul(ar.MustRate("1e33"), ar.NoRounding)
	require.NoError(t, err)
	requireMoney(t, new(big.Int).Mul(
		new(big.Int).Sub(maxRead, big.NewInt(1)),
		new(big.Int).Exp(big.NewInt(10), big.NewInt(33), nil),
	), m.Currency(), product, "product")
	_, err = ar.ParseMoney(sum.String())
	require.ErrorIs(t, err, ar.ErrTooLarge)
}
