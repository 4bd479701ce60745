package exact_test

import (
	"math"
	"math/big"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar/internal/exact"
)

func TestParseDecimal(t *testing.T) {
	nines := strings.Repeat("9", exact.MaxDigits)
	for text, want := range map[string]string{
		"0": "0", "-0": "0", "-0.00": "0", "0e34": "0", "0.000": "0", "+0": "0",
		"1": "1", "+1": "1", "-1": "-1", "007": "7", "1.50": "1.5", "-1.05": "-1.05",
		".5": "0.5", "5.": "5", "-.5": "-0.5", "+.5": "0.5",
		"1E+3": "1000", "1e3": "1000", "1E-3": "0.001", "120e-2": "1.2", "1.5e1": "15",
		nines: nines, "-" + nines: "-" + nines, "0000" + nines: nines,
		"0." + nines:                       "0." + nines,
		"1e33":                             "1" + strings.Repeat("0", 33),
		"1e-64":                            "0." + strings.Repeat("0", 63) + "1",
		"100e-64":                          "0." + strings.Repeat("0", 61) + "1",
		"." + strings.Repeat("0", 64):      "0",
		strings.Repeat("0", 200):           "0",
		strings.Repeat("0", 200) + "1.0e1": "10",
	} {
		d, err := exact.ParseDecimal(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, d.Text(), text)
	}
	for want, texts := range map[error][]string{
		exact.ErrSyntax: {
			"", " ", "-", "+", ".", "-.", "e", "e3", ".e3", "1e", "1e+", "1e1.5", "1ee3", "1e3e3", "1e 3", "1e100000x", "1e-", "1e++1", "xe99999",
			"--1", "+-1", "-+1", "1-", "1+1", ".-5", ".+5", "-.-5", "1.2.3", "1..2", "1,000", "1 000", "1_000",
			" 1", "1 ", "0x10", "1p3", "NaN", "-NaN", "sNaN", "nan1", "Inf", "-Infinity", "infinity", "½", "١", "1/2",
			strings.Repeat("x", 1000),
		},
		exact.ErrTooLarge: {
			"1" + nines, nines + ".0", nines + "0", "1e34", "10e33", "0.1e35", "1e9999", "-1e9999", "1e-9999", "0e9999",
			"1e999999999999999999999", "1e-999999999999999999999", "1e-65", "0e35",
			strings.Repeat("1", 200), "0." + strings.Repeat("0", 65), "1e32768", "1e-32769", "0." + strings.Repeat("1", 35),
		},
	} {
		for _, text := range texts {
			d, err := exact.ParseDecimal(text)
			assert.Equal(t, want, err, "%.50q", text)
			assert.Nil(t, d, "%.50q", text)
		}
	}
}

// decimals draws the text of a number that ParseDecimal takes.
func decimals() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		return rapid.OneOf(
			rapid.StringMatching(`[+-]?[0-9]{1,17}(\.[0-9]{0,17})?`),
			rapid.StringMatching(`-?[0-9]{0,3}\.[0-9]{1,31}`),
			rapid.StringMatching(`-?[1-9][0-9]?(\.[05]0?)?[eE]-?[12]?[0-9]`),
		).Draw(t, "decimal")
	})
}

func rat(t require.TestingT, text string) *big.Rat {
	r, ok := new(big.Rat).SetString(text)
	require.True(t, ok, text)
	return r
}

func pow10(n int) *big.Rat {
	p := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(n, -n))), nil))
	if n < 0 {
		p.Inv(p)
	}
	return p
}

var plain = regexp.MustCompile(`^(0|-?(0|[1-9][0-9]*)(\.[0-9]*[1-9])?)$`)

func TestDecimalAgainstMathBig(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		textD, textE := decimals().Draw(t, "d"), decimals().Draw(t, "e")
		d, err := exact.ParseDecimal(textD)
		require.NoError(t, err)
		e, err := exact.ParseDecimal(textE)
		require.NoError(t, err)
		a, b := rat(t, textD), rat(t, textE)

		same := func(what string, got *exact.Decimal, want *big.Rat) {
			assert.Zero(t, want.Cmp(rat(t, got.Text())), "%s: %s, want %s", what, got.Text(), want)
			assert.Equal(t, want.Sign(), got.Sign(), what)
		}
		same("d", d, a)
		assert.Regexp(t, plain, d.Text(), "one form per number")
		assert.Equal(t, a.Cmp(b), d.Cmp(e), "cmp")
		places := rapid.IntRange(-20, 20).Draw(t, "places")
		same("shift", d.Shift(places), new(big.Rat).Mul(a, pow10(places)))
		x := ints().Draw(t, "x")
		same("d · x", d.MulInt(x), new(big.Rat).Mul(a, new(big.Rat).SetInt(value(x))))
		same("d after all of it", d, a)
		same("e after all of it", e, b)
	})
}

// The modes by hand, from the tables that textbooks give: what each makes of
// the tenths in the first column.
func TestDecimalInt(t *testing.T) {
	type row = map[exact.Mode]string
	for text, want := range map[string]row{
		"5.5":  {exact.HalfUp: "6", exact.HalfEven: "6", exact.HalfDown: "5", exact.Up: "6", exact.Down: "5", exact.Ceiling: "6", exact.Floor: "5"},
		"2.5":  {exact.HalfUp: "3", exact.HalfEven: "2", exact.HalfDown: "2", exact.Up: "3", exact.Down: "2", exact.Ceiling: "3", exact.Floor: "2"},
		"1.6":  {exact.HalfUp: "2", exact.HalfEven: "2", exact.HalfDown: "2", exact.Up: "2", exact.Down: "1", exact.Ceiling: "2", exact.Floor: "1"},
		"1.1":  {exact.HalfUp: "1", exact.HalfEven: "1", exact.HalfDown: "1", exact.Up: "2", exact.Down: "1", exact.Ceiling: "2", exact.Floor: "1"},
		"-1.1": {exact.HalfUp: "-1", exact.HalfEven: "-1", exact.HalfDown: "-1", exact.Up: "-2", exact.Down: "-1", exact.Ceiling: "-1", exact.Floor: "-2"},
		"-1.6": {exact.HalfUp: "-2", exact.HalfEven: "-2", exact.HalfDown: "-2", exact.Up: "-2", exact.Down: "-1", exact.Ceiling: "-1", exact.Floor: "-2"},
		"-2.5": {exact.HalfUp: "-3", exact.HalfEven: "-2", exact.HalfDown: "-2", exact.Up: "-3", exact.Down: "-2", exact.Ceiling: "-2", exact.Floor: "-3"},
		"-5.5": {exact.HalfUp: "-6", exact.HalfEven: "-6", exact.HalfDown: "-5", exact.Up: "-6", exact.Down: "-5", exact.Ceiling: "-5", exact.Floor: "-6"},
		// apd's Quantize makes 0 of the next two in every mode.
		"0.001":  {exact.HalfUp: "0", exact.HalfEven: "0", exact.HalfDown: "0", exact.Up: "1", exact.Down: "0", exact.Ceiling: "1", exact.Floor: "0"},
		"-0.001": {exact.HalfUp: "0", exact.HalfEven: "0", exact.HalfDown: "0", exact.Up: "-1", exact.Down: "0", exact.Ceiling: "0", exact.Floor: "-1"},
		"9.99":   {exact.HalfUp: "10", exact.HalfEven: "10", exact.HalfDown: "10", exact.Up: "10", exact.Down: "9", exact.Ceiling: "10", exact.Floor: "9"},
	} {
		d, err := exact.ParseDecimal(text)
		require.NoError(t, err)
		require.Len(t, want, 7)
		for mode, integer := range want {
			x, err := d.Int(mode)
			require.NoError(t, err)
			assert.Equal(t, integer, x.Text(0), "%s in mode %d", text, mode)
		}
		_, err = d.Int(exact.None)
		assert.Equal(t, exact.ErrInexact, err)
		_, err = d.Int(exact.Floor + 1)
		assert.ErrorContains(t, err, "rounding mode 8 is not defined")
	}
	// What needs no rounding needs no mode, whatever decimals it was made with.
	fifth, err := exact.ParseDecimal("0.2")
	require.NoError(t, err)
	one, err := fifth.MulInt(exact.NewInt(-5)).Int(exact.None)
	require.NoError(t, err)
	assert.Equal(t, "-1", one.Text(0))
	for text, want := range map[string]string{"0": "0", "-0.00": "0", "5.0": "5", "-12e1": "-120", "1e33": "1" + strings.Repeat("0", 33)} {
		d, err := exact.ParseDecimal(text)
		require.NoError(t, err)
		for mode := exact.None; mode <= exact.Floor+1; mode++ {
			x, err := d.Int(mode)
			require.NoError(t, err)
			assert.Equal(t, want, x.Text(0))
		}
	}
}

// In plain integers or not, the product is the same, in every mode, ties and both
// signs among the numbers.
func TestMulInt64IsExact(t *testing.T) {
	rates := rapid.OneOf(
		decimals(),
		rapid.StringMatching(`-?[0-9]{1,3}\.[0-9]{0,4}[05]`), // ties
		rapid.SampledFrom([]string{"0", "1", "-1", "1e19", "1e-19", "1e-20", "18446744073709551615", "18446744073709551616", "1.8446744073709551615"}),
	)
	amounts := rapid.OneOf(
		rapid.Int64(), rapid.Int64Range(-1000, 1000),
		rapid.SampledFrom([]int64{math.MinInt64, math.MinInt64 + 1, math.MaxInt64, math.MaxInt64 - 1, math.MaxInt64 / 2, 1e18}),
	)
	decimals := rapid.SampledFrom([]int{0, 2, 3, 18})
	rapid.Check(t, func(t *rapid.T) {
		d, err := exact.ParseDecimal(rates.Draw(t, "d"))
		require.NoError(t, err)
		x, places := amounts.Draw(t, "x"), decimals.Draw(t, "to")-decimals.Draw(t, "from")
		for mode := exact.None; mode <= exact.Floor+1; mode++ {
			want, err := d.MulInt(exact.NewInt(x)).Shift(places).Int(mode)
			got, ok := d.MulInt64(x, places, mode)
			if ok {
				require.NoError(t, err, "mode %d", mode)
				require.Equal(t, want.Text(0), strconv.FormatInt(got, 10), "mode %d", mode)
			}
		}
	})
}

// What rates and amounts usually are, plain integers do.
func TestMulInt64IsUsual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, err := exact.ParseDecimal(rapid.StringMatching(`-?[0-9]{1,4}\.[0-9]{1,6}`).Draw(t, "d"))
		require.NoError(t, err)
		x := rapid.Int64Range(-1e11, 1e11).Draw(t, "x")
		places := rapid.IntRange(-3, 3).Draw(t, "places")
		for mode := exact.HalfUp; mode <= exact.Floor; mode++ {
			_, ok := d.MulInt64(x, places, mode)
			require.True(t, ok)
		}
		_, err = d.MulInt(exact.NewInt(x)).Shift(places).Int(exact.None)
		_, ok := d.MulInt64(x, places, exact.None)
		require.Equal(t, err == nil, ok)
	})
}

// Where plain integers end.
func TestMulInt64Limits(t *testing.T) {
	for _, c := range []struct {
		d      string
		x      int64
		places int
		want   string // empty: not in plain integers
	}{
		{"1", math.MaxInt64 - 1, 0, "9223372036854775806"},
		{"-1", math.MaxInt64 - 1, 0, "-9223372036854775806"},
		{"1", math.MaxInt64, 0, ""},
		{"1", math.MinInt64, 0, ""},
		{"0.5", math.MinInt64, 0, "-4611686018427387904"},
		{"0.1", math.MinInt64, 0, "-922337203685477581"}, // …580.8
		{"1e18", 9, 0, "9000000000000000000"},
		{"1e18", 10, 0, ""},
		{"1e19", 0, 0, "0"},
		{"1", 0, 20, ""},
		{"18446744073709551615", 1, -19, "2"}, // 2⁶⁴ − 1, 1.8…
		{"18446744073709551616", 1, -19, ""},
		{"1844674407370955161.5", 10, -1, "1844674407370955162"}, // …161.5
		{"1e-18", math.MaxInt64, -1, "1"},                        // 0.92…
		{"1e-18", math.MaxInt64, -2, ""},
		{"595056260442243600.5", 31, 0, ""}, // 2⁶⁴ − 0.5: one more than 64 bits hold
	} {
		d, err := exact.ParseDecimal(c.d)
		require.NoError(t, err)
		got, ok := d.MulInt64(c.x, c.places, exact.HalfUp)
		require.Equal(t, c.want != "", ok, "%s · %d · 10^%d", c.d, c.x, c.places)
		if ok {
			require.Equal(t, c.want, strconv.FormatInt(got, 10))
		}
	}
}
