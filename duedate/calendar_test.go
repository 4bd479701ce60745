package duedate_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// shut is never open; it has no substitutions.
type shut struct{}

func (shut) IsBusinessDay(ar.Date) bool { return false }

// endless puts the next of n dates in place of each, without end.
type endless struct {
	shut
	n ar.Date
}

func (e endless) Substitute(d ar.Date) (ar.Date, bool) { return d - d%e.n + (d+1)%e.n, true }

// astray puts no date in place of a date.
type astray struct{ shut }

func (astray) Substitute(ar.Date) (ar.Date, bool) { return 0, true }

func TestCalendarsThatFail(t *testing.T) {
	calendars := duedate.Calendars{
		"SHUT": shut{}, "NIL": nil, "SELF": endless{n: 1}, "CIRCLE": endless{n: 3}, "ASTRAY": astray{},
	}
	for _, row := range []struct {
		terms string
		want  error
		text  string
	}{
		{"roll following SHUT", duedate.ErrNoBusinessDay, `calendar "SHUT": 366 days in a row are closed`},
		{"roll preceding SHUT", duedate.ErrNoBusinessDay, `calendar "SHUT": 366 days in a row are closed`},
		{"roll modified following SHUT", duedate.ErrNoBusinessDay, `calendar "SHUT": 366 days in a row are closed`},
		{"1 business day SHUT", duedate.ErrNoBusinessDay, `calendar "SHUT": 366 days in a row are closed`},
		{"substitute SHUT", duedate.ErrNoSubstitutes, `calendar "SHUT": the calendar has no substitutions`},
		{"substitute NIL", duedate.ErrNoCalendar, `calendar "NIL": no such calendar was given`},
		{"0 business days GONE", duedate.ErrNoCalendar, `calendar "GONE": no such calendar was given`},
		{"substitute SELF", duedate.ErrCircle, `calendar "SELF": substitutions go round in a circle, or through more than 366 dates`},
		{"substitute CIRCLE", duedate.ErrCircle, `calendar "CIRCLE": substitutions go round in a circle, or through more than 366 dates`},
		{"substitute ASTRAY", ar.ErrDateRange, `calendar "ASTRAY": outside years 1 to 9999`},
	} {
		_, err := duedate.MustParse(row.terms).DueDate(ar.MustDate("2026-06-03"), calendars)
		require.ErrorIs(t, err, row.want)
		require.EqualError(t, err, `terms "`+row.terms+`": step "`+row.terms+`" from 2026-06-03: `+row.text)
	}
}

// closedFor closes n days from 1 June 2026 on.
func closedFor(t *testing.T, n int) *duedate.TableCalendar {
	t.Helper()
	first := ar.MustDate("2026-06-01")
	c, err := duedate.NewCalendar(duedate.CalendarTable{Ranges: []duedate.DateRange{{First: first, Last: first + ar.Date(n) - 1}}})
	require.NoError(t, err)
	return c
}

func TestSearchIsBounded(t *testing.T) {
	terms, doc := duedate.MustParse("roll following C"), ar.MustDate("2026-06-01")
	got, err := terms.DueDate(doc, duedate.Calendars{"C": closedFor(t, 365)})
	require.NoError(t, err)
	require.Equal(t, ar.MustDate("2027-06-01"), got)
	_, err = terms.DueDate(doc, duedate.Calendars{"C": closedFor(t, 366)})
	require.ErrorIs(t, err, duedate.ErrNoBusinessDay)
}

// chain substitutes n times, from 1 June 2026 on.
func chain(n int) duedate.CalendarTable {
	table := duedate.CalendarTable{Substitutions: map[ar.Date]ar.Date{}}
	for d := ar.MustDate("2026-06-01"); n > 0; n-- {
		table.Substitutions[d] = d + 1
		d++
	}
	return table
}

func TestSubstitutionsChain(t *testing.T) {
	for _, n := range []int{0, 1, 2, 366} {
		c, err := duedate.NewCalendar(chain(n))
		require.NoError(t, err)
		got, err := duedate.MustParse("substitute C").DueDate(ar.MustDate("2026-06-01"), duedate.Calendars{"C": c})
		require.NoError(t, err)
		require.Equal(t, ar.MustDate("2026-06-01")+ar.Date(n), got)
	}
	_, err := duedate.NewCalendar(chain(367))
	require.ErrorIs(t, err, duedate.ErrCircle)
}

func TestNewCalendarReportsEveryFault(t *testing.T) {
	day := ar.MustDate
	_, err := duedate.NewCalendar(duedate.CalendarTable{
		Weekend: []time.Weekday{0, 1, 2, 3, 4, 5, 6, 7},
		Yearly:  []duedate.MonthDay{{time.February, 29}, {time.February, 30}, {0, 1}, {13, 1}, {time.May, 0}},
		Dates:   []ar.Date{0},
		Ranges:  []duedate.DateRange{{day("2026-06-02"), day("2026-06-01")}, {First: day("2026-06-02")}},
		Substitutions: map[ar.Date]ar.Date{
			day("2026-06-02"): 0,
			day("2026-06-03"): day("2026-06-03"),
			day("2026-06-04"): day("2026-06-02"),
		},
	})
	require.EqualError(t, err, `calendar: weekend: 7 is no day of the week
calendar: weekend: no day of the week is open
calendar: yearly: month 2, day 30: no such day
calendar: yearly: month 0, day 1: no such day
calendar: yearly: month 13, day 1: no such day
calendar: yearly: month 5, day 0: no such day
calendar: date "": outside years 1 to 9999
calendar: range 2026-06-02 to 2026-06-01: ends before it begins
calendar: range "2026-06-02" to "": outside years 1 to 9999
calendar: substitution of "2026-06-02" by "": outside years 1 to 9999
calendar: substitution of "2026-06-03" by "2026-06-03": substitutions go round in a circle, or through more than 366 dates`)
	require.ErrorIs(t, err, ar.ErrNoSuchDay)
}

func TestCalendarIsACopy(t *testing.T) {
	day := ar.MustDate("2026-06-03")
	table := duedate.CalendarTable{
		Dates:         []ar.Date{day},
		Ranges:        []duedate.DateRange{{day + 2, day + 4}, {day + 1, day + 1}},
		Substitutions: map[ar.Date]ar.Date{day: day + 9},
	}
	c, err := duedate.NewCalendar(table)
	require.NoError(t, err)
	require.Equal(t, day+2, table.Ranges[0].First, "the table is left as it was")
	table.Dates[0], table.Substitutions[day] = day+20, day+30
	table.Ranges[0] = duedate.DateRange{First: day + 20, Last: day + 20}

	require.False(t, c.IsBusinessDay(day))
	require.False(t, c.IsBusinessDay(day+4))
	require.True(t, c.IsBusinessDay(day+20))
	to, ok := c.Substitute(day)
	require.True(t, ok)
	require.Equal(t, day+9, to)
}

func TestZeroTableCalendarIsOpen(t *testing.T) {
	var c duedate.TableCalendar
	require.True(t, c.IsBusinessDay(ar.MinDate))
	require.True(t, c.IsBusinessDay(ar.MaxDate))
	require.False(t, c.IsBusinessDay(0))
	_, ok := c.Substitute(ar.MinDate)
	require.False(t, ok)
}

// The days of 2024, a leap year, with tables about and around it.
var around2024 = rapid.Custom(func(t *rapid.T) ar.Date {
	return ar.MustDate("2024-01-01") + ar.Date(rapid.IntRange(-40, 400).Draw(t, "day"))
})

// A day is closed exactly if some line of the table says so.
func TestTableCalendarIsItsTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		table := tables.Draw(t, "table")
		c, err := duedate.NewCalendar(table)
		if err != nil {
			t.Fatal(err)
		}
		for d := ar.MustDate("2023-11-01"); d < ar.MustDate("2025-04-01"); d++ {
			closed := false
			for _, w := range table.Weekend {
				closed = closed || d.Weekday() == w
			}
			_, m, day := d.Civil()
			for _, y := range table.Yearly {
				closed = closed || y == duedate.MonthDay{Month: m, Day: day}
			}
			for _, e := range table.Dates {
				closed = closed || d == e
			}
			for _, r := range table.Ranges {
				closed = closed || r.First <= d && d <= r.Last
			}
			if c.IsBusinessDay(d) == closed {
				t.Fatalf("%s: closed by the table: %t", d, closed)
			}
		}
	})
}

// tables draws a table without fault. Its substitutions go forwards, so they
// end.
var tables = rapid.Custom(func(t *rapid.T) duedate.CalendarTable {
	table := duedate.CalendarTable{
		Weekend: rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) time.Weekday {
			return time.Weekday(rapid.IntRange(0, 6).Draw(t, "weekday"))
		}), 0, 6, func(w time.Weekday) time.Weekday { return w }).Draw(t, "weekend"),
		Yearly: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) duedate.MonthDay {
			_, m, day := around2024.Draw(t, "yearly").Civil()
			return duedate.MonthDay{Month: m, Day: day}
		}), 0, 4).Draw(t, "yearly"),
		Dates: rapid.SliceOfN(around2024, 0, 5).Draw(t, "dates"),
		Ranges: rapid.SliceOfN(rapid.Custom(func(t *rapid.T) duedate.DateRange {
			first := around2024.Draw(t, "first")
			return duedate.DateRange{First: first, Last: first + ar.Date(rapid.IntRange(0, 60).Draw(t, "days"))}
		}), 0, 3).Draw(t, "ranges"),
		Substitutions: map[ar.Date]ar.Date{},
	}
	for _, from := range rapid.SliceOfN(around2024, 0, 5).Draw(t, "substitutions") {
		table.Substitutions[from] = from + ar.Date(rapid.IntRange(1, 20).Draw(t, "later"))
	}
	return table
})
