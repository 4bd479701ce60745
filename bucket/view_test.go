package bucket_test

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
)

func TestParseView(t *testing.T) {
	pending := bucket.MustParse("pending")
	months := resolve(t, bucket.MustParse("3 calendar months"), ar.MustDate("2026-03-15"))
	for _, c := range []struct {
		set            bucket.Set
		text           string
		first, last    int
		before, beyond string
	}{
		{bucket.Standard(), "all", 0, 5, "", ""},
		{bucket.Standard(), "ALL", 0, 5, "", ""},
		{bucket.Standard(), "current-60", 0, 2, "", "Over 60"},
		{bucket.Standard(), " Current-60 ", 0, 2, "", "Over 60"},
		{bucket.Standard(), "up-to-60", 0, 2, "", "Over 60"},
		{bucket.Standard(), "over-60", 3, 5, "Up to 60", ""},
		{bucket.Standard(), "Over-60", 3, 5, "Up to 60", ""},
		{bucket.Standard(), "over-0", 1, 5, "Current", ""},
		{bucket.Standard(), "over-120", 5, 5, "Up to 120", ""},
		{bucket.Standard(), "31-90", 2, 3, "Up to 30", "Over 90"},
		{bucket.Standard(), "1-120", 1, 4, "Current", "Over 120"},
		{bucket.Standard(), "1-30", 1, 1, "Current", "Over 30"},
		{bucket.Standard(), "1–30", 1, 1, "Current", "Over 30"},
		{bucket.Standard(), "31–60-Over 120", 2, 5, "Up to 30", ""},
		{bucket.Standard(), "current", 0, 0, "", "Over 0"},
		{pending, "current-90", 1, 3, "Pending", "90+"},
		{pending, "current-60+", 1, 3, "Pending", "90+"},
		{pending, "0-90", 1, 3, "Pending", "90+"},
		{pending, "pending-current", 0, 1, "", "Over 0"},
		{pending, "30+-90+", 2, 4, "Up to 0", ""},
		{pending, "up-to--1", 0, 0, "", "Over -1"},
		{pending, "over--1", 1, 4, "Pending", ""},
		{bucket.MustParse("-31, -8, -1, 0, 30"), "-30--1", 1, 2, "Due in 31 days or more", "Over -1"},
		{bucket.MustParse("-31, -8, -1, 0, 30"), "current-30", 3, 4, "Up to -1", "Over 30"},
		{bucket.MustParse("all"), "all", 0, 0, "", ""},
		{bucket.MustParse("all"), "current", 0, 0, "", ""},
		{months, "this month-2 months ago", 1, 3, "Later", "Older"},
		{months, "last month", 2, 2, "Up to 14", "Over 42"},
	} {
		t.Run(c.text, func(t *testing.T) {
			v, err := bucket.ParseView(c.set, c.text)
			require.NoError(t, err)
			require.True(t, v.Set().Equal(c.set))
			require.Equal(t, [2]int{c.first, c.last}, [2]int{v.First(), v.Last()})
			before, ok := v.Before()
			require.Equal(t, c.before, before)
			require.Equal(t, c.first > 0, ok)
			beyond, ok := v.Beyond()
			require.Equal(t, c.beyond, beyond)
			require.Equal(t, c.last < c.set.Len()-1, ok)
			next := c.first
			for i, b := range v.All() {
				require.Equal(t, next, i)
				require.Equal(t, c.set.Bucket(i), b)
				next++
			}
			require.Equal(t, c.last+1, next)
		})
	}
}

func TestParseViewRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                         "no such view",
		"-":                        "no such view",
		"everything":               "no such view",
		"current-45":               `no bucket ends on "45"`,
		"current-":                 `no bucket ends on ""`,
		"30-60":                    `no bucket begins on "30"`,
		"-60":                      `no bucket begins on ""`,
		"over-61":                  `no bucket ends on "61"`,
		"over-":                    `no bucket ends on ""`,
		"up-to-x":                  `no bucket ends on "x"`,
		"up-to-":                   `no bucket ends on ""`,
		"91-60":                    "view of buckets 4 to 2",
		"over-Over 120":            "view of buckets 6 to 5",
		"31-Current":               "view of buckets 2 to 0",
		"1-30-61-90":               `no bucket begins on "1-30-61"`,
		"over-9999999999999999999": `no bucket ends on "9999999999999999999"`,
	} {
		_, err := bucket.ParseView(bucket.Standard(), text)
		require.ErrorContains(t, err, want, text)
		var parse *ar.ParseError
		require.ErrorAs(t, err, &parse)
		require.Equal(t, text, parse.Text)
	}
	_, err := bucket.ParseView(bucket.MustParse("0, 30"), "over-60")
	require.EqualError(t, err, `view "over-60": malformed: no bucket ends on "60": want "all", "over-N", "up-to-N" or "FROM-TO", `+
		`where buckets end on 0, 30, or the labels ["Current" "1–30" "Over 30"]`)
}

func TestViewRefusesRanges(t *testing.T) {
	s := bucket.Standard()
	for _, c := range [][2]int{{-1, 2}, {2, 1}, {0, 6}, {6, 6}, {math.MinInt, math.MaxInt}} {
		_, err := s.View(c[0], c[1])
		require.ErrorContains(t, err, "the set has 0 to 5")
	}
}

func amounts(texts ...string) []ar.Money {
	ms := make([]ar.Money, len(texts))
	for i, t := range texts {
		ms[i] = ar.MustMoney(t)
	}
	return ms
}

func TestFoldEdges(t *testing.T) {
	v, err := bucket.Statement().View(0, 0)
	require.NoError(t, err)
	given := amounts("1.00 EUR", "2.00 EUR", "4.00 EUR")
	before, columns, beyond, err := v.Fold(given)
	require.NoError(t, err)
	require.Equal(t, ar.Money{}, before)
	require.Equal(t, "6.00 EUR", beyond.String())
	columns[0] = ar.Money{}
	require.Equal(t, "1.00 EUR", given[0].String(), "columns are a copy")

	_, _, _, err = v.Fold(given[:2])
	require.EqualError(t, err, "2 amounts for 3 buckets")
	_, _, _, err = v.Fold(nil)
	require.EqualError(t, err, "0 amounts for 3 buckets")
	var mismatch *ar.MismatchError
	_, _, _, err = v.Fold(amounts("1.00 EUR", "2.00 EUR", "4.00 USD"))
	require.ErrorAs(t, err, &mismatch)
	last, err := bucket.Statement().View(2, 2)
	require.NoError(t, err)
	_, _, _, err = last.Fold(amounts("1.00 USD", "2.00 EUR", "4.00 EUR"))
	require.ErrorAs(t, err, &mismatch)

	var zero bucket.View
	_, _, _, err = zero.Fold(nil)
	require.ErrorIs(t, err, bucket.ErrEmpty)
	_, ok := zero.Before()
	require.False(t, ok)
	_, ok = zero.Beyond()
	require.False(t, ok)
	for range zero.All() {
		require.Fail(t, "the zero View shows nothing")
	}
}

// Before, columns and beyond add up to the amounts, checked with math/big on
// yen, which have no decimals, up to and past the edge of int64.
func TestFoldLosesNothing(t *testing.T) {
	jpy := ar.MustCurrency("JPY")
	rapid.Check(t, func(t *rapid.T) {
		s := fixedGen.Draw(t, "set")
		last := rapid.IntRange(0, s.Len()-1).Draw(t, "last")
		first := rapid.IntRange(0, last).Draw(t, "first")
		v, err := s.View(first, last)
		require.NoError(t, err)
		want := new(big.Int)
		given := make([]ar.Money, s.Len())
		minor := rapid.OneOf(rapid.Int64(), rapid.SampledFrom([]int64{math.MinInt64, math.MaxInt64, -1, 0, 1}))
		for i := range given {
			n := minor.Draw(t, "minor")
			want.Add(want, big.NewInt(n))
			given[i], err = ar.NewMoney(n, jpy)
			require.NoError(t, err)
		}
		before, columns, beyond, err := v.Fold(given)
		require.NoError(t, err)
		require.Len(t, columns, last-first+1)
		got := new(big.Int)
		for _, m := range append(columns, before, beyond) {
			n, ok := new(big.Int).SetString(m.Amount(), 10)
			require.True(t, ok, m.Amount())
			got.Add(got, n)
		}
		require.Zero(t, want.Cmp(got))
		for i, m := range columns {
			require.True(t, m.Equal(given[first+i]))
		}
		_, ok := v.Before()
		require.Equal(t, ok, before.Currency() == jpy)
		_, ok = v.Beyond()
		require.Equal(t, ok, beyond.Currency() == jpy)
	})
}

func FuzzParseView(f *testing.F) {
	for _, set := range []string{"standard", "pending", "-8, -1, 0, 30", "3 calendar months", "all"} {
		for _, view := range []string{"all", "current-60", "over-60", "up-to--1", "31-90", "-30--1", "30+-90+", "this month-older", "-", "", "over-"} {
			f.Add(set, view)
		}
	}
	f.Fuzz(func(t *testing.T, set, view string) {
		s, err := bucket.Parse(set)
		if err != nil {
			return
		}
		if s, err = s.Resolve(ar.MustDate("2026-03-31")); err != nil {
			return
		}
		v, err := bucket.ParseView(s, view)
		if err != nil {
			require.Zero(t, v)
			return
		}
		require.True(t, 0 <= v.First() && v.First() <= v.Last() && v.Last() < s.Len())
		shown := 0
		for range v.All() {
			shown++
		}
		require.Equal(t, v.Last()-v.First()+1, shown)
	})
}
