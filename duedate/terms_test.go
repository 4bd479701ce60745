package duedate_test

import (
	"encoding/json"
	"math"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

var (
	_ duedate.Calendar    = (*duedate.TableCalendar)(nil)
	_ duedate.Substituter = (*duedate.TableCalendar)(nil)
)

// check computes due dates from rows of document date, terms, due date.
func check(t *testing.T, calendars duedate.Calendars, rows [][3]string) {
	t.Helper()
	for _, row := range rows {
		terms, err := duedate.Parse(row[1])
		require.NoError(t, err)
		got, err := terms.DueDate(ar.MustDate(row[0]), calendars)
		require.NoError(t, err, row)
		require.Equal(t, row[2], got.String(), row)
	}
}

func TestAgeingTypes(t *testing.T) { // SPEC D1
	check(t, nil, [][3]string{
		{"2026-06-03", "7 days", "2026-06-10"},
		{"2026-06-03", "30 days", "2026-07-03"},
		{"2026-06-03", "End of Month", "2026-06-30"},
		{"2026-06-03", "End of Following Month", "2026-07-31"},
		{"2026-07-03", "7 days", "2026-07-10"},
		{"2023-01-31", "End of Following Month", "2023-02-28"},
		{"2024-01-31", "End of Following Month", "2024-02-29"},
		{"1900-01-31", "End of Following Month", "1900-02-28"},
		{"2000-01-31", "End of Following Month", "2000-02-29"},
		{"2023-12-31", "End of Following Month", "2024-01-31"},
		{"2024-02-29", "End of Month", "2024-02-29"},
		{"2024-02-01", "End of Month", "2024-02-29"},
		{"2023-12-25", "7 days", "2024-01-01"},
	})
	require.Equal(t, duedate.MustParse("7 days"), duedate.Net(7))
	require.Equal(t, duedate.MustParse("30 days"), duedate.Net(30))
	require.Equal(t, duedate.MustParse("End of Month"), duedate.EOM())
	require.Equal(t, duedate.MustParse("End of Following Month"), duedate.EOFM())
}

// The rows of the table in the package comment.
func TestPackageComment(t *testing.T) {
	acme, err := duedate.NewCalendar(duedate.CalendarTable{
		Substitutions: map[ar.Date]ar.Date{ar.MustDate("2026-12-24"): ar.MustDate("2027-01-04")},
	})
	require.NoError(t, err)
	check(t, duedate.Calendars{"TARGET": target2026(), "ACME": acme}, [][3]string{
		{"2026-06-03", "net 30", "2026-07-03"},
		{"2026-06-03", "2 weeks", "2026-06-17"},
		{"2026-01-31", "1 month", "2026-02-28"},
		{"2026-12-23", "5 business days TARGET", "2026-12-31"},
		{"2026-06-03", "day 15", "2026-06-15"},
		{"2026-06-03", "day last-1", "2026-06-29"},
		{"2026-06-03", "eom", "2026-06-30"},
		{"2026-06-03", "15th prox", "2026-07-15"},
		{"2026-01-31", "eofm", "2026-02-28"},
		{"2026-06-21", "15th prox cutoff 20", "2026-08-15"},
		{"2026-06-26", "eom cutoff 25", "2026-07-31"},
		{"2026-06-21", "next of 10/20/last", "2026-06-30"},
		{"2026-10-31", "roll following TARGET", "2026-11-02"},
		{"2026-10-31", "roll modified following TARGET", "2026-10-30"},
		{"2026-10-31", "roll preceding TARGET", "2026-10-30"},
		{"2026-12-24", "substitute ACME", "2027-01-04"},
	})
}

func TestZeroTermsAreDueOnTheDocumentDate(t *testing.T) {
	due, err := duedate.Terms{}.DueDate(ar.MustDate("2026-06-03"), nil)
	require.NoError(t, err)
	require.Equal(t, ar.MustDate("2026-06-03"), due)
	require.True(t, duedate.Terms{}.IsZero())
	require.False(t, duedate.Net(0).IsZero())

	none, err := duedate.New()
	require.NoError(t, err)
	require.Equal(t, duedate.Terms{}, none)
}

func TestNumbers(t *testing.T) {
	check(t, nil, [][3]string{
		{"2026-01-31", "net -1", "2026-01-30"},
		{"2026-01-31", "net 0", "2026-01-31"},
		{"2026-01-31", "net 1", "2026-02-01"},
		{"2026-01-31", "net 30", "2026-03-02"},
		{"2026-01-31", "net 31", "2026-03-03"},
		{"2026-01-31", "net 60", "2026-04-01"},
		{"2026-01-31", "net 61", "2026-04-02"},
		{"2026-01-31", "net 90", "2026-05-01"},
		{"2026-01-31", "net 91", "2026-05-02"},
		{"2024-02-28", "net 1", "2024-02-29"},
		{"2024-02-28", "1 week", "2024-03-06"},
		{"2024-03-06", "-1 week", "2024-02-28"},
		{"2024-01-31", "1 month", "2024-02-29"},
		{"2024-03-31", "-1 month", "2024-02-29"},
		{"2024-02-29", "12 months", "2025-02-28"},
		{"2024-01-31", "1 month, 1 month", "2024-03-29"},
		{"2024-01-31", "2 months", "2024-03-31"},
	})
}

func TestDayOfMonth(t *testing.T) {
	check(t, nil, [][3]string{
		{"2026-06-30", "day 15", "2026-06-15"},
		{"2026-06-03", "31st prox", "2026-07-31"},
		{"2026-01-03", "31st prox", "2026-02-28"},
		{"2026-01-03", "29th prox", "2026-02-28"},
		{"2028-01-03", "29th prox", "2028-02-29"},
		{"2026-01-03", "last-30 prox", "2026-02-01"}, // 28 − 30, cut to the first
		{"2026-07-03", "last-30 prox", "2026-08-01"}, // 31 − 30
		{"2026-12-03", "15th prox", "2027-01-15"},

		{"2026-06-19", "15th prox cutoff 20", "2026-07-15"},
		{"2026-06-20", "15th prox cutoff 20", "2026-07-15"},
		{"2026-06-21", "15th prox cutoff 20", "2026-08-15"},
		{"2026-11-20", "15th prox cutoff 20", "2026-12-15"},
		{"2026-11-21", "15th prox cutoff 20", "2027-01-15"},
		{"2026-12-21", "15th prox cutoff 20", "2027-02-15"},
		{"2026-06-29", "15th prox cutoff last-1", "2026-07-15"},
		{"2026-06-30", "15th prox cutoff last-1", "2026-08-15"},
		{"2026-06-30", "15th prox cutoff last", "2026-07-15"},
		{"2026-02-28", "15th prox cutoff 30", "2026-03-15"}, // the cut-off is cut to the 28th
		{"2026-01-31", "15th prox cutoff 30", "2026-03-15"},
		{"2026-01-01", "eom cutoff last-30", "2026-01-31"},
		{"2026-01-02", "eom cutoff last-30", "2026-02-28"},
		{"2026-06-15", "day 15 cutoff 15", "2026-06-15"},
		{"2026-06-16", "day 15 cutoff 15", "2026-07-15"},
		{"2026-12-26", "eom cutoff 25", "2027-01-31"},
	})
}

func TestEndOfMonthIsOfTheDateAsItIs(t *testing.T) {
	check(t, nil, [][3]string{
		{"2026-06-30", "1 month, eom", "2026-07-31"},
		{"2026-06-30", "eom, 1 month", "2026-07-30"},
		{"2026-06-30", "eofm", "2026-07-31"},
		{"2026-09-13", "net 45, eom", "2026-10-31"},
		{"2026-09-13", "eom, net 45", "2026-11-14"},
	})
}

func TestPaymentDays(t *testing.T) {
	check(t, nil, [][3]string{
		{"2026-06-01", "next of 10/20/last", "2026-06-10"},
		{"2026-06-10", "next of 10/20/last", "2026-06-10"},
		{"2026-06-11", "next of 10/20/last", "2026-06-20"},
		{"2026-06-21", "next of 10/20/last", "2026-06-30"},
		{"2026-06-30", "next of 10/20/last", "2026-06-30"},
		{"2026-12-06", "next of 5", "2027-01-05"},
		{"2026-02-28", "next of 30", "2026-02-28"},
		{"2026-01-31", "next of 30", "2026-02-28"},
		{"2026-02-27", "next of 30/last-1", "2026-02-27"},
		{"2026-01-29", "next of last-1/30", "2026-01-30"},
		{"2026-12-31", "next of last-2", "2027-01-29"},
		{"2026-02-02", "next of last-30", "2026-03-01"},
	})
}

func TestBusinessDays(t *testing.T) {
	check(t, duedate.Calendars{"TARGET": target2026()}, [][3]string{
		{"2026-10-31", "-1 business day TARGET", "2026-10-30"}, // a Saturday
		{"2026-10-31", "0 business days TARGET", "2026-10-31"},
		{"2026-10-31", "1 business day TARGET", "2026-11-02"},
		{"2026-10-30", "1 business day TARGET", "2026-11-02"},
		{"2026-10-30", "-1 business day TARGET", "2026-10-29"},
		{"2026-04-01", "2 business days TARGET", "2026-04-07"}, // over Easter

		{"2026-05-01", "roll following TARGET", "2026-05-04"}, // a Friday, yearly holiday
		{"2026-05-01", "roll modified following TARGET", "2026-05-04"},
		{"2026-05-01", "roll preceding TARGET", "2026-04-30"},
		{"2026-05-30", "roll modified following TARGET", "2026-05-29"}, // Saturday at a month's end
		{"2026-05-31", "roll modified following TARGET", "2026-05-29"},
		{"2026-01-01", "roll preceding TARGET", "2025-12-31"},
		{"2026-01-01", "roll modified following TARGET", "2026-01-02"},
	})
}

// A month without a business day: modified following falls back on the last
// one before the month.
func TestModifiedFollowingOverAClosedMonth(t *testing.T) {
	c, err := duedate.NewCalendar(duedate.CalendarTable{
		Ranges: []duedate.DateRange{{First: ar.MustDate("2026-07-30"), Last: ar.MustDate("2026-09-01")}},
	})
	require.NoError(t, err)
	check(t, duedate.Calendars{"C": c}, [][3]string{
		{"2026-08-15", "roll modified following C", "2026-07-29"},
		{"2026-08-15", "roll following C", "2026-09-02"},
	})
}

func TestTermsAreValues(t *testing.T) {
	require.LessOrEqual(t, unsafe.Sizeof(duedate.Terms{}), uintptr(200))

	a, err := duedate.New(duedate.Days(45), duedate.EndOfMonth())
	require.NoError(t, err)
	customers := map[duedate.Terms]int{a: 1}
	customers[duedate.MustParse("net 45, eom")]++
	customers[duedate.MustParse("eom, net 45")]++
	require.Equal(t, map[duedate.Terms]int{a: 2, duedate.MustParse("eom, net 45"): 1}, customers)

	// The 31st is the last day of every month, and a cut-off there cuts nothing.
	b, err := duedate.New(duedate.Proximo(31).Cutoff(31))
	require.NoError(t, err)
	require.Equal(t, duedate.EOFM(), b)
	c, err := duedate.New(duedate.NextOf(31, 20, 10, 20))
	require.NoError(t, err)
	require.Equal(t, duedate.MustParse("next of 10/20/last"), c)
}

func TestNewReportsEveryFault(t *testing.T) {
	_, err := duedate.New(
		duedate.Step{},
		duedate.DayOfMonth(32),
		duedate.Proximo(-31),
		duedate.EndOfMonth().Cutoff(40),
		duedate.Days(1).Cutoff(5),
		duedate.NextOf(),
		duedate.NextOf(5, 99),
		duedate.RollFollowing("A B"),
		duedate.BusinessDays(5, ""),
	)
	require.EqualError(t, err, `terms: 9 steps, want at most 6
terms: step 1: the zero Step is none
terms: step 2: day 32 of the month: want 1 to 31, or 0 to -30 counted back from the last
terms: step 3: day -31 of the month: want 1 to 31, or 0 to -30 counted back from the last
terms: step 4: day 40 of the month: want 1 to 31, or 0 to -30 counted back from the last
terms: step 5: a cut-off belongs to EndOfMonth, DayOfMonth or Proximo
terms: step 6: no payment days
terms: step 7: day 99 of the month: want 1 to 31, or 0 to -30 counted back from the last
terms: step 8: "A B": want the name of a calendar: 1 to 64 ASCII letters, digits, "_", "-" and ".", a letter or digit first
terms: step 9: "": want the name of a calendar: 1 to 64 ASCII letters, digits, "_", "-" and ".", a letter or digit first`)
}

func TestOutOfRange(t *testing.T) { // SPEC D8
	calendars := duedate.Calendars{"OPEN": &duedate.TableCalendar{}, "SHUT": shut{}}
	for _, row := range [][2]string{
		{"9999-12-31", "net 1"},
		{"9999-12-31", "1 week"},
		{"9999-12-01", "1 month"},
		{"9999-12-01", "eofm"},
		{"9999-12-26", "eom cutoff 25"},
		{"9999-11-26", "15th prox cutoff 25"},
		{"9999-12-21", "next of 10/20"},
		{"9999-12-31", "1 business day OPEN"},
		{"0001-01-01", "-1 business day OPEN"},
		{"9999-12-31", "roll following SHUT"},
		{"0001-01-01", "roll preceding SHUT"},
		{"0001-01-01", "net -1"},
		{"0001-01-31", "-1 month"},
	} {
		_, err := duedate.MustParse(row[1]).DueDate(ar.MustDate(row[0]), calendars)
		require.ErrorIs(t, err, ar.ErrDateRange, row)
		var step *duedate.StepError
		require.ErrorAs(t, err, &step, row)
		require.Equal(t, duedate.MustParse(row[1]), step.Terms)
		require.Equal(t, row[1], step.Step)
		require.Equal(t, ar.MustDate(row[0]), step.From)
	}
	check(t, calendars, [][3]string{
		{"9999-12-31", "eom", "9999-12-31"},
		{"9999-12-25", "eom cutoff 25", "9999-12-31"},
		{"9999-12-20", "next of 10/20", "9999-12-20"},
		{"9999-11-30", "eofm", "9999-12-31"},
		{"0001-01-31", "day 1", "0001-01-01"},
		{"9999-12-31", "roll modified following OPEN", "9999-12-31"},
	})
}

// A number too great for the calendar is an error for every document, not a
// date that an overflow made.
func TestHugeNumbers(t *testing.T) {
	past32 := int64(math.MaxInt32 + 31) // where an int has more bits
	for _, n := range []int{math.MaxInt, math.MaxInt32, int(past32), math.MinInt32, math.MinInt} {
		for _, s := range []duedate.Step{
			duedate.Days(n), duedate.Weeks(n), duedate.Months(n), duedate.BusinessDays(n, "OPEN"),
		} {
			terms, err := duedate.New(s)
			require.NoError(t, err)
			for _, doc := range []ar.Date{ar.MinDate, ar.MaxDate} {
				_, err = terms.DueDate(doc, duedate.Calendars{"OPEN": &duedate.TableCalendar{}})
				require.ErrorIs(t, err, ar.ErrDateRange, terms)
			}
			require.Equal(t, terms, duedate.MustParse(terms.String()))
		}
	}
}

func TestDocumentDateMustBeADate(t *testing.T) {
	for _, doc := range []ar.Date{0, -1, ar.MaxDate + 1} {
		for _, terms := range []duedate.Terms{{}, duedate.Net(30), duedate.EOM()} {
			_, err := terms.DueDate(doc, nil)
			require.ErrorIs(t, err, ar.ErrDateRange)
			_, err = terms.Explain(doc, nil)
			require.ErrorIs(t, err, ar.ErrDateRange)
		}
	}
	_, err := duedate.Net(30).DueDate(0, nil)
	require.EqualError(t, err, `terms "net 30": no document date: outside years 1 to 9999`)
}

func TestExplain(t *testing.T) {
	calendars := duedate.Calendars{"TARGET": target2026()}
	moves, err := duedate.MustParse("net 30, 15th prox, roll following TARGET, roll following NONE").
		Explain(ar.MustDate("2026-09-13"), calendars)
	require.Equal(t, []duedate.Move{
		{Step: "net 30", Date: ar.MustDate("2026-10-13")},
		{Step: "15th prox", Date: ar.MustDate("2026-11-15")}, // a Sunday
		{Step: "roll following TARGET", Date: ar.MustDate("2026-11-16")},
	}, moves)
	require.EqualError(t, err, `terms "net 30, 15th prox, roll following TARGET, roll following NONE": `+
		`step "roll following NONE" from 2026-11-16: calendar "NONE": no such calendar was given`)

	moves, err = duedate.Terms{}.Explain(ar.MustDate("2026-09-13"), nil)
	require.NoError(t, err)
	require.Empty(t, moves)
}

func TestEncoding(t *testing.T) {
	type customer struct {
		Terms   duedate.Terms         `json:"terms"`
		ByTerms map[duedate.Terms]int `json:"by_terms,omitempty"`
	}
	in := customer{duedate.MustParse("net 45, eom"), map[duedate.Terms]int{duedate.EOFM(): 2}}
	data, err := json.Marshal(in)
	require.NoError(t, err)
	require.JSONEq(t, `{"terms":"net 45, eom","by_terms":{"eofm":2}}`, string(data))
	var out customer
	require.NoError(t, json.Unmarshal(data, &out))
	require.Equal(t, in, out)

	data, err = json.Marshal(customer{})
	require.NoError(t, err)
	require.JSONEq(t, `{"terms":""}`, string(data))

	err = json.Unmarshal([]byte(`{"terms":"net"}`), &out)
	require.ErrorIs(t, err, ar.ErrSyntax)
	require.Equal(t, in, out, "an error leaves the value")
}

func TestSQL(t *testing.T) {
	v, err := duedate.Net(30).Value()
	require.NoError(t, err)
	require.Equal(t, "net 30", v)
	v, err = duedate.Terms{}.Value()
	require.NoError(t, err)
	require.Nil(t, v)

	for _, src := range []any{"net 30", []byte("net 30"), "net 30      "} {
		var terms duedate.Terms
		require.NoError(t, terms.Scan(src))
		require.Equal(t, duedate.Net(30), terms)
		require.NoError(t, terms.Scan(nil))
		require.True(t, terms.IsZero())
	}
	var terms duedate.Terms
	require.ErrorIs(t, terms.Scan("nett"), ar.ErrSyntax)
	require.EqualError(t, terms.Scan(time.Time{}), `terms: the driver gave a time.Time, want text such as "net 30"`)
}

func TestDueDateAllocatesNothing(t *testing.T) {
	terms := duedate.MustParse("net 30, 2 weeks, 1 month, eom cutoff 25, next of 10/last-1, 15th prox")
	doc := ar.MustDate("2026-06-03")
	require.Zero(t, testing.AllocsPerRun(100, func() {
		if _, err := terms.DueDate(doc, nil); err != nil {
			t.Fatal(err)
		}
	}))
}
