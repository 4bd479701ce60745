package ar_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
)

func TestCurrencyTakes8Bytes(t *testing.T) {
	require.EqualValues(t, 8, unsafe.Sizeof(ar.Currency{}))
}

func TestCurrencyDecimals(t *testing.T) {
	for text, want := range map[string]int{
		"JPY": 0, "ISK": 0, "EUR": 2, "USD": 2, "CHF": 2, "HUF": 2, "KWD": 3, "BHD": 3, "TND": 3, "CLF": 4, "UYW": 4,
		"PTS:0": 0, "EUR:4": 4, "GWEI:9": 9, "ETH:18": 18, "A:1": 1, "1INCH:18": 18, "ABCDEFG:2": 2,
	} {
		c, err := ar.ParseCurrency(text)
		require.NoError(t, err, text)
		n, ok := c.Decimals()
		require.True(t, ok, text)
		require.Equal(t, want, n, text)
		require.Equal(t, text, c.String())
		code, _, _ := strings.Cut(text, ":")
		require.Equal(t, code, c.Code())
	}
	for _, code := range []string{"XAU", "XAG", "XDR", "XTS", "XXX"} {
		c, err := ar.ParseCurrency(code)
		require.NoError(t, err, code)
		_, ok := c.Decimals()
		require.False(t, ok, "%s cannot carry amounts", code)
		require.False(t, c.IsZero())
		roundTrips(t, c)
	}
}

func TestEveryCurrencyOfTheList(t *testing.T) {
	all := slices.Collect(ar.Currencies())
	require.Len(t, all, 178)
	require.True(t, slices.IsSortedFunc(all, ar.Currency.Compare))
	require.Len(t, slices.Compact(slices.Clone(all)), len(all), "none twice")
	for _, c := range all {
		require.Len(t, c.Code(), 3)
		require.Equal(t, c.Code(), c.String(), "listed: the code alone")
		parsed, err := ar.ParseCurrency(c.Code())
		require.NoError(t, err)
		require.Equal(t, c, parsed)
		roundTrips(t, c)
		if n, ok := c.Decimals(); ok {
			own, err := ar.NewCurrency(c.Code(), n)
			require.NoError(t, err)
			require.Equal(t, c, own, "the code with the decimals of ISO is the one of ISO")
			other, err := ar.NewCurrency(c.Code(), n+1)
			require.NoError(t, err)
			require.NotEqual(t, c, other)
			roundTrips(t, other)
		}
	}
	for c := range ar.Currencies() {
		require.Equal(t, "AED", c.Code())
		break // may be stopped early
	}
}

func TestCurrencyForms(t *testing.T) {
	require.Equal(t, ar.MustCurrency("EUR"), ar.MustCurrency("EUR:2"))
	require.Equal(t, "EUR", ar.MustCurrency("EUR:2").String())
	require.Equal(t, "XAU:4", ar.MustCurrency("XAU:4").String(), "a host may weigh its gold")
	require.NotEqual(t, ar.MustCurrency("XAU:4"), ar.MustCurrency("XAU"))
	require.Equal(t, "JPY:2", ar.MustCurrency("JPY:2").String())

	var padded ar.Currency
	for _, column := range []any{"EUR ", []byte("EUR   ")} {
		require.NoError(t, padded.Scan(column), "as a CHAR column pads")
		require.Equal(t, ar.MustCurrency("EUR"), padded)
	}
}

func TestCurrencyRefusals(t *testing.T) {
	const own = "not a current ISO 4217 code; a currency of your own is written code:decimals"
	const code = "malformed: want one to seven capital letters and digits"
	const colon = "malformed: want the number of decimals after the colon"
	for text, reason := range map[string]string{
		"":             own,
		"EUX":          own,
		"DEM":          own, // withdrawn
		"PTS":          own,
		"EUR ":         own,
		"978":          own,
		"eur":          "not a current ISO 4217 code: want EUR",
		"xAu":          "not a current ISO 4217 code: want XAU",
		":2":           code,
		"pts:0":        code,
		"P S:0":        code,
		"ABCDEFGH:0":   code,
		"ÄÖ:2":         code,
		"A\x00B:2":     code,
		"PTS:":         colon,
		"PTS:x":        colon,
		"PTS:02":       colon,
		"PTS:+2":       colon,
		"PTS:2:2":      colon,
		"PTS: 2":       colon,
		"PTS:1e1":      colon,
		"PTS:-1":       "malformed: -1 decimals, want 0 to 18",
		"PTS:19":       "malformed: 19 decimals, want 0 to 18",
		"PTS:255":      "malformed: 255 decimals, want 0 to 18",
		"PTS:99999999": "malformed: 99999999 decimals, want 0 to 18",
	} {
		c, err := ar.ParseCurrency(text)
		var parse *ar.ParseError
		require.ErrorAs(t, err, &parse, text)
		require.Equal(t, "currency", parse.Type)
		require.Equal(t, text, parse.Text)
		require.Equal(t, reason, parse.Err.Error(), text)
		require.True(t, c.IsZero())
	}
	_, err := ar.ParseCurrency("EUX")
	require.ErrorIs(t, err, ar.ErrUnknownCurrency)
	_, err = ar.NewCurrency("", 2)
	require.ErrorIs(t, err, ar.ErrSyntax)
	_, err = ar.NewCurrency("PTS", 19)
	require.EqualError(t, err, `currency "PTS": malformed: 19 decimals, want 0 to 18`)
	require.Panics(t, func() { ar.MustCurrency("EUX") })

	c := ar.MustCurrency("EUR")
	for _, data := range []string{`"EUX"`, `978`, `{}`} {
		require.Error(t, json.Unmarshal([]byte(data), &c))
		require.Equal(t, "EUR", c.String(), "a failed read leaves the value alone")
	}
}

func TestZeroCurrency(t *testing.T) {
	var none ar.Currency
	require.True(t, none.IsZero())
	require.Empty(t, none.Code())
	require.Empty(t, none.String())
	_, ok := none.Decimals()
	require.False(t, ok)
	require.Equal(t, -1, none.Compare(ar.MustCurrency("AED")))
	roundTrips(t, none)
}

func TestCurrencyLaws(t *testing.T) {
	draw := rapid.Custom(func(t *rapid.T) ar.Currency {
		code := rapid.OneOf(rapid.StringMatching(`[A-Z0-9]{1,7}`), rapid.SampledFrom([]string{"EUR", "JPY", "XAU", "A"})).Draw(t, "code")
		c, err := ar.NewCurrency(code, rapid.IntRange(0, 18).Draw(t, "decimals"))
		require.NoError(t, err)
		require.Equal(t, code, c.Code())
		return c
	})
	rapid.Check(t, func(t *rapid.T) {
		c, d := draw.Draw(t, "c"), draw.Draw(t, "d")
		roundTrips(t, c)
		require.Equal(t, c == d, c.Equal(d))
		require.Equal(t, c == d, c.String() == d.String())
		require.Equal(t, c == d, c.Compare(d) == 0)
		require.Equal(t, c.Compare(d), -d.Compare(c))
		if c.Code() != d.Code() {
			require.Equal(t, strings.Compare(c.Code(), d.Code()), c.Compare(d), "by code first")
		}
	})
}
