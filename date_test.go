package ar_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
)

// addMonthsClamped is the oracle for AddMonths: package time would normalise
// 31 February to a day of March.
func addMonthsClamped(t time.Time, n int) time.Time {
	year, month, day := t.Date()
	month += time.Month(n)
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
	return time.Date(year, month, min(day, last.Day()), 0, 0, 0, 0, time.UTC)
}

// TestEveryDayAgainstPackageTime compares each day of years 1–9999, and where
// it leads, with package time.
func TestEveryDayAgainstPackageTime(t *testing.T) {
	t.Parallel()
	step := ar.Date(1)
	if testing.Short() {
		step = 101
	}
	const parts = 8
	for part := range ar.Date(parts) {
		t.Run(fmt.Sprintf("%d of %d", part+1, parts), func(t *testing.T) {
			t.Parallel()
			for d := ar.MinDate + part*step; d <= ar.MaxDate; d += parts * step {
				if err := checkDay(d); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// unixDay is the number of the day 1970-01-01.
const unixDay = 719163

func checkDay(d ar.Date) error {
	day := time.Unix(int64(d-unixDay)*86400, 0).UTC()
	year, month, dom := day.Date()
	if y, m, dd := d.Civil(); y != year || m != month || dd != dom {
		return fmt.Errorf("Civil of day %d is %d, %d, %d, want %s", int32(d), y, m, dd, day)
	}
	if got, err := ar.NewDate(year, month, dom); got != d || err != nil {
		return fmt.Errorf("NewDate of %s is %s, %w", day, got, err)
	}
	if got, err := ar.DateOf(day); got != d || err != nil {
		return fmt.Errorf("DateOf %s is %s, %w", day, got, err)
	}
	if !d.Time().Equal(day) {
		return fmt.Errorf("Time of %s is %s", d, d.Time())
	}
	if d.Weekday() != day.Weekday() {
		return fmt.Errorf("Weekday of %s is %s, want %s", d, d.Weekday(), day.Weekday())
	}
	text := day.Format("2006-01-02")
	if d.String() != text {
		return fmt.Errorf("String of %s is %s", text, d)
	}
	if got, err := ar.ParseDate(text); got != d || err != nil {
		return fmt.Errorf("ParseDate of %s is %s, %w", text, got, err)
	}
	last := time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC)
	if d.DaysInMonth() != last.Day() || !d.EndOfMonth().Time().Equal(last) {
		return fmt.Errorf("end of month of %s is %s, %d, want %s", d, d.EndOfMonth(), d.DaysInMonth(), last)
	}
	for _, n := range [...]int{-366, -1, 1, 31, 90} {
		got, err := d.AddDays(n)
		if !leadsTo(got, err, day.AddDate(0, 0, n)) {
			return fmt.Errorf("%s %+d days is %s, %w", d, n, got, err)
		}
	}
	for _, n := range [...]int{-12, -1, 1, 13} {
		got, err := d.AddMonths(n)
		if !leadsTo(got, err, addMonthsClamped(day, n)) {
			return fmt.Errorf("%s %+d months is %s, %w", d, n, got, err)
		}
	}
	return nil
}

// leadsTo reports whether got and err are as they should be where package time
// says want.
func leadsTo(got ar.Date, err error, want time.Time) bool {
	year, month, day := want.Date()
	if year < 1 || year > 9999 {
		return got == 0 && errors.Is(err, ar.ErrDateRange)
	}
	y, m, d := got.Civil()
	return err == nil && y == year && m == month && d == day
}

func dates() *rapid.Generator[ar.Date] {
	return rapid.Custom(func(t *rapid.T) ar.Date {
		return ar.Date(rapid.OneOf(
			rapid.Int32Range(int32(ar.MinDate), int32(ar.MaxDate)),
			rapid.Int32Range(int32(ar.MinDate), int32(ar.MinDate)+400),
			rapid.Int32Range(int32(ar.MaxDate)-400, int32(ar.MaxDate)),
		).Draw(t, "day"))
	})
}

func TestDateArithmeticLaws(t *testing.T) {
	steps := rapid.OneOf(rapid.IntRange(-800, 800), rapid.IntRange(-130000, 130000), rapid.Int())
	rapid.Check(t, func(t *rapid.T) {
		d, e, n := dates().Draw(t, "d"), dates().Draw(t, "e"), steps.Draw(t, "n")

		days := e.DaysSince(d)
		require.Equal(t, e.Time().Unix()-d.Time().Unix(), 86400*int64(days))
		require.Equal(t, days, -d.DaysSince(e))
		sum, err := d.AddDays(days)
		require.NoError(t, err)
		require.Equal(t, e, sum)
		require.Equal(t, d.Time().Before(e.Time()), d < e, "< is before")

		moved, err := d.AddDays(n)
		if err != nil {
			require.ErrorIs(t, err, ar.ErrDateRange)
			require.True(t, n < ar.MinDate.DaysSince(d) || n > ar.MaxDate.DaysSince(d))
		} else {
			require.True(t, moved.Valid())
			require.Equal(t, n, moved.DaysSince(d))
		}

		moved, err = d.AddMonths(n)
		year, month, day := d.Civil()
		to := 12*(year-1) + int(month) - 1
		if n < -to || n > 12*9999-1-to {
			require.ErrorIs(t, err, ar.ErrDateRange)
			return
		}
		require.NoError(t, err)
		require.Equal(t, addMonthsClamped(d.Time(), n), moved.Time())
		_, _, movedDay := moved.Civil()
		require.True(t, movedDay == day || movedDay < day && moved == moved.EndOfMonth(), "the same day, or the last")
	})
}

func TestDateRoundTrips(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := dates().Draw(t, "date")
		roundTrips(t, d)
		var scanned ar.Date
		require.NoError(t, scanned.Scan(d.Time()))
		require.Equal(t, d, scanned)
	})
	roundTrips(t, ar.Date(0))
}

// A time.Time is the day that it shows on its own clock, wherever that hangs.
func TestTrapDateOffByTimeZone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := dates().Draw(t, "date")
		zone := time.FixedZone("zone", rapid.IntRange(-14*3600, 14*3600).Draw(t, "offset"))
		year, month, day := d.Civil()
		second := rapid.SampledFrom([]int{0, 1, 43200, 86399}).Draw(t, "second")
		clock := time.Date(year, month, day, 0, 0, second, 999, zone)
		got, err := ar.DateOf(clock)
		require.NoError(t, err)
		require.Equal(t, d, got)
		var scanned ar.Date
		require.NoError(t, scanned.Scan(clock))
		require.Equal(t, d, scanned)
	})
	// One instant is two days: 31 January in New York and 1 February in UTC.
	newYork := time.Date(2026, 1, 31, 23, 30, 0, 0, time.FixedZone("EST", -5*3600))
	there, err := ar.DateOf(newYork)
	require.NoError(t, err)
	require.Equal(t, "2026-01-31", there.String())
	utc, err := ar.DateOf(newYork.UTC())
	require.NoError(t, err)
	require.Equal(t, "2026-02-01", utc.String())
}

func TestDateOfRange(t *testing.T) {
	for _, instant := range []time.Time{
		time.Date(0, 12, 31, 23, 59, 59, 0, time.UTC),
		time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC),
		time.Date(-44, 3, 15, 0, 0, 0, 0, time.UTC),
	} {
		_, err := ar.DateOf(instant)
		require.ErrorIs(t, err, ar.ErrDateRange)
		var d ar.Date
		require.ErrorIs(t, d.Scan(instant), ar.ErrDateRange)
	}
	// It is 31 December of year 0 in UTC, and the first day where it was read.
	d, err := ar.DateOf(time.Date(1, 1, 1, 0, 0, 0, 0, time.FixedZone("east", 3600)))
	require.NoError(t, err)
	require.Equal(t, ar.MinDate, d)
	d, err = ar.DateOf(time.Time{})
	require.NoError(t, err)
	require.Equal(t, ar.MinDate, d, "as documented: the zero time.Time is a day")
}

func TestDateRefusals(t *testing.T) {
	const form = "malformed: want YYYY-MM-DD"
	const months = "no such day: months are 01 to 12"
	for text, reason := range map[string]string{
		"":                     form,
		"2024":                 form,
		"2024-1-01":            form,
		"24-01-01":             form,
		"2024/01/01":           form,
		"20240101":             form,
		"2024-01-01 ":          form,
		" 2024-01-01":          form,
		"2024-01-01T00:00:00Z": form,
		"2024-01-0x":           form,
		"2024-01-0:":           form, // the character after 9, and the one before 0
		"2024-01-0/":           form,
		"2024-+1-01":           form,
		"-024-01-01":           form,
		"+024-01-01":           form,
		"2024-01--1":           form,
		"02024-01-01":          form,
		"٢٠24-01":              form, // ten bytes
		"2024-00-01":           months,
		"2024-13-01":           months,
		"2024-02-30":           "no such day: days of 2024-02 are 01 to 29",
		"2023-02-29":           "no such day: days of 2023-02 are 01 to 28",
		"1900-02-29":           "no such day: days of 1900-02 are 01 to 28",
		"2024-04-31":           "no such day: days of 2024-04 are 01 to 30",
		"2024-01-32":           "no such day: days of 2024-01 are 01 to 31",
		"2024-01-00":           "no such day: days of 2024-01 are 01 to 31",
		"0000-01-01":           "outside years 1 to 9999",
		"0000-00-00":           "outside years 1 to 9999",
	} {
		d, err := ar.ParseDate(text)
		require.Zero(t, d)
		require.EqualError(t, err, fmt.Sprintf("date %q: %s", text, reason))
		require.ErrorAs(t, err, new(*ar.ParseError))
	}
	_, err := ar.NewDate(2026, time.February, 29)
	require.ErrorIs(t, err, ar.ErrNoSuchDay)
	require.EqualError(t, err, `date "2026-02-29": no such day: days of 2026-02 are 01 to 28`)
	for _, d := range [][3]int{{2026, 0, 1}, {2026, 13, 1}, {2026, -1, 1}, {2026, 1, -1}, {2026, 1, math.MaxInt}, {2026, math.MinInt, 1}} {
		_, err := ar.NewDate(d[0], time.Month(d[1]), d[2])
		require.ErrorIs(t, err, ar.ErrNoSuchDay, d)
	}
	for _, year := range []int{0, -1, 10000, math.MaxInt, math.MinInt} {
		_, err := ar.NewDate(year, time.January, 1)
		require.ErrorIs(t, err, ar.ErrDateRange, year)
	}
	require.Panics(t, func() { ar.MustDate("2024-02-30") })
}

func TestDateJSON(t *testing.T) {
	for text, want := range map[string]ar.Date{
		`"2026-06-03"`:      ar.MustDate("2026-06-03"),
		`"2026\u002d06-03"`: ar.MustDate("2026-06-03"),
		`null`:              0,
		`""`:                0,
	} {
		d := ar.MustDate("2000-01-01")
		require.NoError(t, json.Unmarshal([]byte(text), &d))
		require.Equal(t, want, d)
	}
	for _, text := range []string{`20260603`, `1.5`, `true`, `{}`, `[]`, `"2026-02-30"`, `"x"`} {
		d := ar.MustDate("2000-01-01")
		require.ErrorAs(t, json.Unmarshal([]byte(text), &d), new(*ar.ParseError), text)
		require.Equal(t, ar.MustDate("2000-01-01"), d, "a failed read leaves the value alone")
	}
	var d ar.Date
	require.EqualError(t, json.Unmarshal([]byte(`5`), &d), `date "5": malformed: want a JSON string`)
}

func TestNoDateAndNoDay(t *testing.T) {
	var none ar.Date
	require.True(t, none.IsZero())
	require.Empty(t, none.String())
	for _, d := range []ar.Date{none, ar.MinDate - 2, ar.MaxDate + 1, math.MaxInt32, math.MinInt32} {
		require.False(t, d.Valid())
		_, err := d.AddDays(1)
		require.ErrorIs(t, err, ar.ErrDateRange)
		_, err = d.AddMonths(1)
		require.ErrorIs(t, err, ar.ErrDateRange)
		y, m, day := d.Civil()
		require.Zero(t, y+int(m)+day)
		require.Zero(t, d.DaysInMonth())
		require.Equal(t, d, d.EndOfMonth())
		require.True(t, d.Time().IsZero())
		require.NotPanics(t, func() { _ = d.Weekday().String() })
		if d == none {
			continue
		}
		require.Equal(t, fmt.Sprintf("Date(%d)", int32(d)), d.String())
		_, err = d.MarshalText()
		require.ErrorIs(t, err, ar.ErrDateRange)
		_, err = d.MarshalJSON()
		require.ErrorIs(t, err, ar.ErrDateRange)
		_, err = d.Value()
		require.ErrorIs(t, err, ar.ErrDateRange)
	}
	require.Less(t, none, ar.MinDate, "no date sorts before all days")
	require.True(t, ar.MinDate.Valid() && ar.MaxDate.Valid())
	require.Equal(t, "0001-01-01", ar.MinDate.String())
	require.Equal(t, "9999-12-31", ar.MaxDate.String())
}
