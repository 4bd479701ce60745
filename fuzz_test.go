package ar_test

import (
	"encoding/json"
	"math"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
)

// The second route is package time, which reads the year 0 too.
func FuzzParseDate(f *testing.F) {
	for _, text := range []string{
		"2024-02-29", "2023-02-29", "0001-01-01", "9999-12-31", "0000-01-01", "2024-13-01", "2024-1-1", "", "2024-01-01T", "-024-01-01",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ar.ParseDate(text)
		day, timeErr := time.Parse("2006-01-02", text)
		if timeErr != nil || day.Year() == 0 {
			require.ErrorAs(t, err, new(*ar.ParseError))
			require.Zero(t, d)
			return
		}
		require.NoError(t, err)
		require.Equal(t, day, d.Time())
		require.Equal(t, text, d.String())
	})
}

func FuzzParseCurrency(f *testing.F) {
	for _, text := range []string{"EUR", "eur", "XAU", "PTS:0", "EUR:2", "EUR:02", "ABCDEFG:18", "ABCDEFGH:1", ":", "A:-1", "A:255", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		c, err := ar.ParseCurrency(text)
		if err != nil {
			require.ErrorAs(t, err, new(*ar.ParseError))
			require.True(t, c.IsZero())
			return
		}
		code, decimals, own := strings.Cut(text, ":")
		require.Equal(t, code, c.Code())
		if !own {
			require.Equal(t, text, c.String())
		} else {
			require.Contains(t, []string{code, code + ":" + decimals}, c.String())
		}
		roundTrips(t, c)
	})
}

func FuzzParseAmount(f *testing.F) {
	for _, text := range []string{
		"0", "-0.00", "1000.50", "1E+3", "1e9999", "-1e-9999", "0.1", "+5", ".5", "5.", ".-5", "NaN", "Inf", "1_0", "0E100000A", "0x1p-2", "1.005", "-0.0001",
		"9223372036854775807", "92233720368547758.08", strings.Repeat("9", 34), strings.Repeat("9", 200), "0." + strings.Repeat("0", 63) + "1",
	} {
		for mode := range allRounding {
			f.Add(text, uint8(2), uint8(mode))
		}
		f.Add(text, uint8(0), uint8(0))
		f.Add(text, uint8(18), uint8(1))
	}
	f.Fuzz(func(t *testing.T, text string, decimals, mode uint8) {
		c, err := ar.NewCurrency("FUZZ", int(decimals%19))
		require.NoError(t, err)
		checkParseAmount(t, text, c, allRounding[int(mode)%len(allRounding)])
	})
}

func FuzzParseMoney(f *testing.F) {
	for _, text := range []string{
		"1000.00 EUR", "-0.00 EUR", "0", "5", "1E+3 JPY", "0.1 JPY", "5 PTS:0", "1.2345 CLF", "1 XAU", "1  EUR", "1 EUR ", "99999999999999999999 USD",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		m, err := ar.ParseMoney(text)
		if err != nil {
			require.ErrorAs(t, err, new(*ar.ParseError))
			require.True(t, m.Equal(ar.Money{}))
			return
		}
		roundTrips(t, m)
		if m.Currency().IsZero() {
			require.Equal(t, "0", text)
			return
		}
		amount, _, _ := strings.Cut(text, " ")
		checkParseAmount(t, amount, m.Currency(), ar.NoRounding)
	})
}

func FuzzMoneyJSON(f *testing.F) {
	for _, data := range []string{
		`{"amount":"1000.00","currency":"EUR"}`, `{"amount":1E+3,"currency":"EUR"}`, `{"amount":-0.00,"currency":"JPY"}`, `null`, `5`, `{}`,
		`{"amount":"5","currency":""}`, `{"amount":null,"currency":null}`, `{"amount":{"a":1},"currency":"EUR"}`, `{"amount":"\u0031","currency":"EUR"}`,
		`{"amount":"1","amount":"2","Currency":"EUR"}`, `{"amount":12345678901234567890.12,"currency":"EUR"}`,
	} {
		f.Add([]byte(data))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var m ar.Money
		if err := m.UnmarshalJSON(data); err != nil {
			require.ErrorAs(t, err, new(*ar.ParseError))
			require.True(t, m.Equal(ar.Money{}))
			return
		}
		require.True(t, json.Valid(data))
		roundTrips(t, m)
	})
}

// FuzzMoneyAdd adds a·10^i and b·10^j minor units: by int64 where all is
// small, exactly beyond, and by math/big.
func FuzzMoneyAdd(f *testing.F) {
	for _, a := range []int64{0, 1, -1, math.MaxInt64, math.MinInt64, math.MaxInt64/2 + 1, math.MinInt64 / 2} {
		for _, b := range []int64{1, -1, math.MaxInt64, math.MinInt64} {
			f.Add(a, b, uint8(0), uint8(0))
			f.Add(a, b, uint8(1), uint8(15))
		}
	}
	f.Fuzz(func(t *testing.T, a, b int64, i, j uint8) {
		scaled := func(x int64, exponent uint8) *big.Int {
			r := ratPow10(int(exponent % 16)) // stays below 34 digits
			return new(big.Int).Mul(big.NewInt(x), r.Num())
		}
		c := ar.MustCurrency("EUR")
		x, y := scaled(a, i), scaled(b, j)
		m, n := moneyOf(t, x, c), moneyOf(t, y, c)
		sum, err := m.Add(n)
		require.NoError(t, err)
		requireMoney(t, new(big.Int).Add(x, y), c, sum, "m + n")
		difference, err := m.Sub(n)
		require.NoError(t, err)
		requireMoney(t, new(big.Int).Sub(x, y), c, difference, "m − n")
		requireMoney(t, x, c, m, "m")
		requireMoney(t, y, c, n, "n")
	})
}

func FuzzParseRate(f *testing.F) {
	for _, text := range []string{
		"0", "-0", "1.0842", "1E+3", "1e33", "1e34", "1e-64", "1e-65", ".5", "5.", ".-5", "NaN", "1/2", "0e100000A", strings.Repeat("9", 35), "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r, err := ar.ParseRate(text)
		checkNumber(t, text, err)
		if err != nil {
			require.Zero(t, r)
			return
		}
		require.Zero(t, rat(t, text).Cmp(rat(t, r.String())))
		roundTrips(t, r)
	})
}

func FuzzParsePercent(f *testing.F) {
	for _, text := range []string{"2", "2%", "2 %", "2.50%", "-0%", "1e2%", "%", " %", "2%%", "1e33 %", "1e34", ""} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		p, err := ar.ParsePercent(text)
		number, signed := strings.CutSuffix(text, "%")
		if signed {
			number = strings.TrimSuffix(number, " ")
		}
		checkNumber(t, number, err)
		if err != nil {
			require.Zero(t, p)
			return
		}
		hundredth := new(big.Rat).Mul(rat(t, number), big.NewRat(1, 100))
		require.Zero(t, hundredth.Cmp(rat(t, p.Rate().String())))
		roundTrips(t, p)
	})
}

// checkNumber checks that err is what the grammar of numbers has for a text.
func checkNumber(t *testing.T, text string, err error) {
	t.Helper()
	switch _, verdict := judge(t, text); verdict {
	case malformed:
		require.ErrorIs(t, err, ar.ErrSyntax)
	case tooLarge:
		require.ErrorIs(t, err, ar.ErrTooLarge)
	default:
		require.NoError(t, err)
	}
	if err != nil {
		require.ErrorAs(t, err, new(*ar.ParseError))
	}
}
