package bucket_test

import (
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
)

// The oracle classifies each day by its calendar date with package time, and
// knows nothing of offsets and edges.

func monthsBack(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()-time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	length := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(t.Day(), length)-1)
}

func periodOf(asOf, d time.Time, count, months int) int {
	for k := range count + 1 {
		if !d.Before(monthsBack(asOf, k*months)) {
			return k
		}
	}
	return count + 1
}

// ordinal numbers the calendar unit that a day lies in.
func ordinal(d time.Time, unit bucket.Unit) int {
	switch unit {
	case bucket.Weeks:
		monday := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
		return int((d.Unix() - monday.Unix()) / (7 * 24 * 60 * 60))
	case bucket.Months:
		return d.Year()*12 + int(d.Month())
	case bucket.Quarters:
		return d.Year()*4 + (int(d.Month())-1)/3
	}
	return d.Year()
}

func calendarUnitOf(asOf, d time.Time, count int, unit bucket.Unit) int {
	ago := ordinal(asOf, unit) - ordinal(d, unit)
	return max(0, min(ago+1, count+1))
}

func dateRunOf(d ar.Date, last []ar.Date) int {
	for i := len(last) - 1; i >= 0; i-- {
		if d > last[i] {
			return len(last) - 1 - i
		}
	}
	return len(last)
}

// asOfDates are month ends, leap days and the days around them.
func asOfDates() []ar.Date {
	var asOf []ar.Date
	for _, span := range [][2]string{
		{"1900-02-27", "1900-03-02"},
		{"2000-02-27", "2000-03-02"},
		{"2023-12-28", "2024-01-03"},
		{"2024-01-28", "2024-03-31"},
		{"2025-02-26", "2025-03-31"},
		{"2026-04-29", "2026-05-01"},
		{"2026-09-29", "2026-10-01"},
	} {
		for d := ar.MustDate(span[0]); d <= ar.MustDate(span[1]); d++ {
			asOf = append(asOf, d)
		}
	}
	return asOf
}

func resolve(t require.TestingT, s bucket.Set, asOf ar.Date) bucket.Set {
	r, err := s.Resolve(asOf)
	require.NoError(t, err)
	require.True(t, r.Fixed())
	return r
}

// compare checks each day from two years after the as-of date to days before it.
func compare(t require.TestingT, s bucket.Set, asOf ar.Date, days int, oracle func(d ar.Date) int) {
	r := resolve(t, s, asOf)
	for d := asOf - ar.Date(days); d <= asOf+800; d++ {
		if want, got := oracle(d), r.Index(asOf.DaysSince(d)); want != got {
			require.Equal(t, want, got, "%s as of %s, date %s", s, asOf, d)
		}
	}
}

func TestPeriodsAgainstCalendar(t *testing.T) {
	for _, c := range []struct {
		count, n int
		unit     bucket.Unit
		months   int
	}{{4, 1, bucket.Months, 1}, {13, 1, bucket.Months, 1}, {2, 3, bucket.Months, 3}, {3, 1, bucket.Quarters, 3}, {2, 1, bucket.Years, 12}, {1, 4, bucket.Years, 48}} {
		s, err := bucket.Periods(c.count, c.n, c.unit)
		require.NoError(t, err)
		for _, asOf := range asOfDates() {
			compare(t, s, asOf, c.count*c.months*31+40, func(d ar.Date) int {
				return periodOf(asOf.Time(), d.Time(), c.count, c.months)
			})
		}
	}
}

func TestCalendarAgainstCalendar(t *testing.T) {
	for _, unit := range []bucket.Unit{bucket.Weeks, bucket.Months, bucket.Quarters, bucket.Years} {
		for _, count := range []int{1, 2, 5} {
			s, err := bucket.Calendar(count, unit)
			require.NoError(t, err)
			for _, asOf := range asOfDates() {
				compare(t, s, asOf, count*366+40, func(d ar.Date) int {
					return calendarUnitOf(asOf.Time(), d.Time(), count, unit)
				})
			}
		}
	}
}

func TestFromDatesAgainstCalendar(t *testing.T) {
	for _, text := range [][]string{{"2024-02-29"}, {"2023-12-31", "2024-01-31", "2024-02-29"}, {"2024-02-28", "2024-02-29", "2024-03-01"}} {
		var last []ar.Date
		for _, d := range text {
			last = append(last, ar.MustDate(d))
		}
		s, err := bucket.FromDates(last...)
		require.NoError(t, err)
		for _, asOf := range asOfDates() {
			compare(t, s, asOf, 800, func(d ar.Date) int { return dateRunOf(d, last) })
		}
	}
}

func TestRandomPeriodsAgainstCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		count, n := rapid.IntRange(1, 8).Draw(t, "count"), rapid.IntRange(1, 14).Draw(t, "n")
		asOf := ar.Date(rapid.Int32Range(int32(ar.MinDate)+6000, int32(ar.MaxDate)-1000).Draw(t, "as of"))
		s, err := bucket.Periods(count, n, bucket.Months)
		require.NoError(t, err)
		compare(t, s, asOf, min(count*n*31+40, int(asOf-ar.MinDate)), func(d ar.Date) int {
			return periodOf(asOf.Time(), d.Time(), count, n)
		})
	})
}

// Months are counted from the as-of date, not from the clamped day of the month
// before: from 31 March, two months back is 31 January though one is 28 February.
func TestPeriodsDoNotDrift(t *testing.T) {
	s := resolve(t, bucket.MustParse("3 periods of 1 month"), ar.MustDate("2026-03-31"))
	require.Equal(t, []int{0, 31, 59, 90}, s.Edges()) // 31 Mar, 28 Feb, 31 Jan, 31 Dec
}

func TestPeriodsOfDaysAndWeeksAreFixed(t *testing.T) {
	s, err := bucket.Periods(4, 30, bucket.Days)
	require.NoError(t, err)
	require.True(t, s.Equal(bucket.Standard()))
	s, err = bucket.Periods(2, 2, bucket.Weeks)
	require.NoError(t, err)
	require.Equal(t, []int{0, 14, 28}, s.Edges())
}

func TestRuleLabels(t *testing.T) {
	for text, want := range map[string][]string{
		"3 periods of 1 month":                     {"Current", "Up to 1 month", "1–2 months", "2–3 months", "Over 3 months"},
		"1 period of 1 year":                       {"Current", "Up to 1 year", "Over 1 year"},
		"2 periods of 3 months":                    {"Current", "Up to 3 months", "3–6 months", "Over 6 months"},
		"2 periods of 1 quarter":                   {"Current", "Up to 1 quarter", "1–2 quarters", "Over 2 quarters"},
		"1 calendar week":                          {"Later", "This week", "Older"},
		"4 calendar months":                        {"Later", "This month", "Last month", "2 months ago", "3 months ago", "Older"},
		"2 calendar quarters":                      {"Later", "This quarter", "Last quarter", "Older"},
		"2 calendar years":                         {"Later", "This year", "Last year", "Older"},
		"dates 2026-01-31":                         {"After 2026-01-31", "Up to 2026-01-31"},
		"dates 2026-01-31, 2026-02-01, 2026-02-28": {"After 2026-02-28", "2026-02-02 – 2026-02-28", "2026-02-01", "Up to 2026-01-31"},
	} {
		s, err := bucket.Parse(text)
		require.NoError(t, err)
		require.Equal(t, want, s.Labels())
		require.Equal(t, text, s.String())
	}
}

func TestRulesRefuse(t *testing.T) {
	for _, c := range []struct {
		count, n int
		unit     bucket.Unit
		want     string
	}{
		{0, 1, bucket.Months, "0 periods: want 1 to 248"},
		{-1, 1, bucket.Months, "want 1 to 248"},
		{249, 1, bucket.Days, "want 1 to 248"},
		{math.MaxInt, 1, bucket.Months, "want 1 to 248"},
		{1, 0, bucket.Weeks, "periods of 0 weeks: want at least 1"},
		{1, math.MinInt, bucket.Years, "want at least 1"},
		{1, 10000, bucket.Years, "1 periods of 10000 years are longer than the years 1 to 9999"},
		{2, 5000, bucket.Years, "longer than"},
		{2, maxEdge/2 + 1, bucket.Days, "longer than"},
		{2, math.MaxInt, bucket.Days, "longer than"},
		{248, math.MaxInt, bucket.Quarters, "longer than"},
		{1, 1, 0, "periods of Unit(0): want days"},
		{1, 1, bucket.Years + 1, "periods of Unit(6): want days"},
	} {
		_, err := bucket.Periods(c.count, c.n, c.unit)
		require.ErrorContains(t, err, c.want)
	}
	for _, c := range []struct {
		count int
		unit  bucket.Unit
		want  string
	}{
		{0, bucket.Months, "0 calendar months: want 1 to 248"},
		{math.MaxInt, bucket.Months, "want 1 to 248"},
		{1, bucket.Days, "calendar days: want weeks"},
		{1, 0, "calendar Unit(0): want weeks"},
	} {
		_, err := bucket.Calendar(c.count, c.unit)
		require.ErrorContains(t, err, c.want)
	}
	_, err := bucket.FromDates()
	require.ErrorIs(t, err, bucket.ErrEmpty)
	d := ar.MustDate("2026-01-31")
	_, err = bucket.FromDates(d, 0, d, d-1, ar.MaxDate+1)
	require.EqualError(t, err, "date 2 is \"\": outside years 1 to 9999\n"+
		"2026-01-30 follows 2026-01-31: dates must ascend\n"+
		"date 5 is \"Date(3652060)\": outside years 1 to 9999")
	_, err = bucket.FromDates(make([]ar.Date, bucket.MaxBuckets)...)
	require.ErrorContains(t, err, "at most 250")
}

func TestResolveStaysInTheCalendar(t *testing.T) {
	for _, c := range []struct{ set, asOf, want string }{
		{"3 periods of 1 month", "0001-04-01", ""},
		{"3 periods of 1 month", "0001-03-31", "3 periods of 1 month as of 0001-03-31: 0001-03-31 -3 months: outside years 1 to 9999"},
		{"248 periods of 40 years", "2026-01-01", "outside years 1 to 9999"},
		{"1 calendar year", "9999-12-31", ""},
		{"1 calendar quarter", "9999-12-31", ""},
		{"1 calendar month", "9999-12-01", ""},
		{"1 calendar month", "0001-01-15", ""},
		{"2 calendar months", "0001-01-15", "outside years 1 to 9999"},
		{"1 calendar week", "0001-01-07", ""},
		{"2 calendar weeks", "0001-01-07", "outside years 1 to 9999"},
		{"1 calendar week", "9999-12-26", ""},
		{"1 calendar week", "9999-12-27", "outside years 1 to 9999"}, // its Sunday is in the year 10000
		{"dates 0001-01-01, 9999-12-31", "0001-01-01", ""},
		{"dates 0001-01-01, 9999-12-31", "9999-12-31", ""},
	} {
		_, err := bucket.MustParse(c.set).Resolve(ar.MustDate(c.asOf))
		if c.want == "" {
			require.NoError(t, err, fmt.Sprint(c))
			continue
		}
		require.ErrorContains(t, err, c.want)
		require.ErrorIs(t, err, ar.ErrDateRange)
	}
}

func TestResolvedSetsObeyTheLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := decorate(t, ruledGen.Draw(t, "set"))
		asOf := ar.Date(rapid.Int32Range(735000, 741000).Draw(t, "as of"))
		r := resolve(t, s, asOf)
		require.Equal(t, s.Labels(), r.Labels())
		edges := r.Edges()
		require.Len(t, edges, s.Len()-1)
		for i := 1; i < len(edges); i++ {
			require.Less(t, edges[i-1], edges[i])
		}
		for i := range s.Len() {
			require.Equal(t, s.Alert(i), r.Alert(i))
		}
		require.False(t, s.Equal(r))
		require.True(t, resolve(t, r, asOf+1).Equal(r))
	})
}
