package duedate_test

import (
	"encoding/json"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// drawnStep is a step of any kind, and what the laws of the package comment
// say of it.
type drawnStep struct {
	step     duedate.Step
	forward  bool
	monotone bool
	// slow computes the step with package time, where it needs no calendar.
	slow func(time.Time) time.Time
}

var (
	anyDate = rapid.Custom(func(t *rapid.T) ar.Date {
		return ar.Date(rapid.IntRange(int(ar.MinDate), int(ar.MaxDate)).Draw(t, "date"))
	})
	monthDay = rapid.IntRange(-30, 31)
	calendar = rapid.SampledFrom([]string{"A", "B"})
)

// mixedDate draws any date, or one about which the calendars know something.
var mixedDate = rapid.OneOf(anyDate, around2024)

// steps without a calendar.
var (
	dayStep = rapid.Custom(func(t *rapid.T) drawnStep {
		n := rapid.IntRange(-100, 400).Draw(t, "days")
		return drawnStep{duedate.Days(n), n >= 0, true, func(d time.Time) time.Time { return d.AddDate(0, 0, n) }}
	})
	weekStep = rapid.Custom(func(t *rapid.T) drawnStep {
		n := rapid.IntRange(-10, 60).Draw(t, "weeks")
		return drawnStep{duedate.Weeks(n), n >= 0, true, func(d time.Time) time.Time { return d.AddDate(0, 0, 7*n) }}
	})
	monthStep = rapid.Custom(func(t *rapid.T) drawnStep {
		n := rapid.IntRange(-30, 30).Draw(t, "months")
		return drawnStep{duedate.Months(n), n >= 0, true, func(d time.Time) time.Time { return inMonth(d, n, d.Day()) }}
	})
	dayOfMonthStep = rapid.Custom(func(t *rapid.T) drawnStep {
		day, cutoff := monthDay.Draw(t, "day"), rapid.OneOf(rapid.Just(0), monthDay).Draw(t, "cutoff")
		months, step := 0, duedate.DayOfMonth(day)
		if rapid.Bool().Draw(t, "prox") {
			months, step = 1, duedate.Proximo(day)
		}
		forward := months == 1
		if !forward {
			forward = true // unless some month's cut-off comes after its day
			for m := range time.Month(12) {
				first := time.Date(2025, m+2, 1, 0, 0, 0, 0, time.UTC)
				forward = forward && !inMonth(first, 0, day).Before(inMonth(first, 0, cutoff))
			}
			first := time.Date(2024, time.February, 1, 0, 0, 0, 0, time.UTC)
			forward = forward && !inMonth(first, 0, day).Before(inMonth(first, 0, cutoff))
		}
		return drawnStep{step.Cutoff(cutoff), forward, true, func(d time.Time) time.Time {
			if d.After(inMonth(d, 0, cutoff)) {
				return inMonth(d, months+1, day)
			}
			return inMonth(d, months, day)
		}}
	})
	paymentStep = rapid.Custom(func(t *rapid.T) drawnStep {
		days := rapid.SliceOfN(monthDay, 1, 5).Draw(t, "days")
		return drawnStep{duedate.NextOf(days...), true, true, func(d time.Time) time.Time {
			for ; ; d = d.AddDate(0, 0, 1) {
				for _, day := range days {
					if d.Equal(inMonth(d, 0, day)) {
						return d
					}
				}
			}
		}}
	})
	calendarFree = rapid.OneOf(dayStep, weekStep, monthStep, dayOfMonthStep, paymentStep)
)

// inMonth returns a day of the month that is some months after that of d: day
// as duedate.DayOfMonth has it. It leans on time's habit to carry over days.
func inMonth(d time.Time, months, day int) time.Time {
	last := time.Date(d.Year(), d.Month()+time.Month(months)+1, 0, 0, 0, 0, 0, time.UTC)
	if day <= 0 {
		day = max(1, last.Day()+day)
	}
	return time.Date(last.Year(), last.Month(), min(day, last.Day()), 0, 0, 0, 0, time.UTC)
}

// steps with a calendar.
var onCalendar = rapid.Custom(func(t *rapid.T) drawnStep {
	c := calendar.Draw(t, "calendar")
	n := rapid.IntRange(-20, 60).Draw(t, "business days")
	return rapid.SampledFrom([]drawnStep{
		{step: duedate.BusinessDays(n, c), forward: n >= 0, monotone: true},
		{step: duedate.RollFollowing(c), forward: true, monotone: true},
		{step: duedate.RollModifiedFollowing(c), monotone: true},
		{step: duedate.RollPreceding(c), monotone: true},
		{step: duedate.Substitute(c)},
	}).Draw(t, "step")
})

var anyStep = rapid.OneOf(calendarFree, onCalendar)

// terms draws terms of up to MaxSteps steps.
func terms(t *rapid.T, step *rapid.Generator[drawnStep]) (duedate.Terms, []drawnStep) {
	drawn := rapid.SliceOfN(step, 0, duedate.MaxSteps).Draw(t, "steps")
	var steps []duedate.Step
	for _, s := range drawn {
		steps = append(steps, s.step)
	}
	v, err := duedate.New(steps...)
	require.NoError(t, err)
	return v, drawn
}

func calendars(t *rapid.T) duedate.Calendars {
	cs := duedate.Calendars{}
	for _, name := range []string{"A", "B"} {
		c, err := duedate.NewCalendar(tables.Draw(t, name))
		require.NoError(t, err)
		cs[name] = c
	}
	return cs
}

func TestLawPrintedTermsParseBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, _ := terms(t, anyStep)
		parsed, err := duedate.Parse(v.String())
		require.NoError(t, err)
		require.Equal(t, v, parsed, "%s", v)

		data, err := json.Marshal(v)
		require.NoError(t, err)
		var fromJSON, fromSQL duedate.Terms
		require.NoError(t, json.Unmarshal(data, &fromJSON))
		require.Equal(t, v, fromJSON)
		column, err := v.Value()
		require.NoError(t, err)
		require.NoError(t, fromSQL.Scan(column))
		require.Equal(t, v, fromSQL)
	})
}

func TestLawForwardTermsNeverGoBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, _ := terms(t, anyStep.Filter(func(s drawnStep) bool { return s.forward }))
		doc := mixedDate.Draw(t, "document")
		due, err := v.DueDate(doc, calendars(t))
		if err == nil && due < doc {
			t.Fatalf("%q: %s falls due on %s", v, doc, due)
		}
	})
}

func TestLawLaterDocumentsAreNeverDueEarlier(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, _ := terms(t, anyStep.Filter(func(s drawnStep) bool { return s.monotone }))
		cs := calendars(t)
		earlier := mixedDate.Draw(t, "document")
		later := min(earlier+ar.Date(rapid.IntRange(0, 70).Draw(t, "days later")), ar.MaxDate)
		due1, err1 := v.DueDate(earlier, cs)
		due2, err2 := v.DueDate(later, cs)
		if err1 == nil && err2 == nil && due1 > due2 {
			t.Fatalf("%q: %s falls due on %s, and %s on %s", v, earlier, due1, later, due2)
		}
	})
}

// The exception to the law above: a table may move one day past the next.
func TestSubstitutionIsNotMonotone(t *testing.T) {
	day := ar.MustDate("2026-12-24")
	c, err := duedate.NewCalendar(duedate.CalendarTable{Substitutions: map[ar.Date]ar.Date{day: day + 11}})
	require.NoError(t, err)
	v, cs := duedate.MustParse("substitute C"), duedate.Calendars{"C": c}
	due1, err := v.DueDate(day, cs)
	require.NoError(t, err)
	due2, err := v.DueDate(day+1, cs)
	require.NoError(t, err)
	require.Greater(t, due1, due2)
}

// Package time gives the same dates, and the same refusals at the ends of the
// calendar.
func TestLawStepsAgreeWithPackageTime(t *testing.T) {
	edge := rapid.Custom(func(t *rapid.T) ar.Date {
		n := ar.Date(rapid.IntRange(0, 1000).Draw(t, "days"))
		if rapid.Bool().Draw(t, "end") {
			return ar.MaxDate - n
		}
		return ar.MinDate + n
	})
	rapid.Check(t, func(t *rapid.T) {
		v, steps := terms(t, calendarFree)
		doc := rapid.OneOf(anyDate, edge, around2024).Draw(t, "document")
		want, inRange := doc.Time(), true
		for _, s := range steps {
			want = s.slow(want)
			if _, err := ar.DateOf(want); err != nil {
				inRange = false
				break
			}
		}
		got, err := v.DueDate(doc, nil)
		if !inRange {
			require.ErrorIs(t, err, ar.ErrDateRange, "%q from %s", v, doc)
			return
		}
		require.NoError(t, err)
		require.Equal(t, want, got.Time(), "%q from %s", v, doc)
	})
}

// A business day is reached by looking at one day after another.
func TestLawBusinessDaysCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cs := calendars(t)
		a := cs["A"]
		n := rapid.IntRange(-30, 30).Draw(t, "n")
		v, err := duedate.New(duedate.BusinessDays(n, "A"))
		require.NoError(t, err)
		doc := around2024.Draw(t, "document")
		due, err := v.DueDate(doc, cs)
		require.NoError(t, err)

		first, last := doc+1, due // the days that were counted
		if n < 0 {
			first, last = due, doc-1
		}
		open := 0
		for d := first; d <= last; d++ {
			if a.IsBusinessDay(d) {
				open++
			}
		}
		require.Equal(t, max(n, -n), open)
		require.True(t, n == 0 || a.IsBusinessDay(due))
		require.True(t, n != 0 || due == doc)
	})
}

// A roll ends on a business day, with none between, and keeps an open day.
func TestLawRolls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		cs := calendars(t)
		a := cs["A"]
		doc := around2024.Draw(t, "document")
		following, err := duedate.MustParse("roll following A").DueDate(doc, cs)
		require.NoError(t, err)
		preceding, err := duedate.MustParse("roll preceding A").DueDate(doc, cs)
		require.NoError(t, err)
		modified, err := duedate.MustParse("roll modified following A").DueDate(doc, cs)
		require.NoError(t, err)

		require.True(t, a.IsBusinessDay(following))
		require.True(t, a.IsBusinessDay(preceding))
		for d := preceding + 1; d < following; d++ {
			require.False(t, a.IsBusinessDay(d))
		}
		require.True(t, preceding <= doc && doc <= following)
		if following <= doc.EndOfMonth() {
			require.Equal(t, following, modified)
		} else {
			require.Equal(t, preceding, modified)
		}
	})
}

func TestLawExplainEndsAtTheDueDate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v, steps := terms(t, anyStep)
		doc, cs := mixedDate.Draw(t, "document"), calendars(t)
		due, err := v.DueDate(doc, cs)
		moves, explainErr := v.Explain(doc, cs)
		require.Equal(t, err, explainErr)

		d := doc // each move is its step, taken alone
		for _, m := range moves {
			d, explainErr = duedate.MustParse(m.Step).DueDate(d, cs)
			require.NoError(t, explainErr)
			require.Equal(t, m.Date, d)
		}
		if err == nil {
			require.Len(t, moves, len(steps))
			require.Equal(t, due, d)
		}
	})
}

// Whatever the terms, the document's date and the calendars are, there is a
// date or one of the errors that the package names.
func FuzzDueDate(f *testing.F) {
	for i, text := range canonical {
		f.Add(text, int32(738000+i))
	}
	f.Add("net 3652059, net -3652059", int32(ar.MaxDate))
	f.Add("roll following A, substitute B, roll preceding C, substitute C", int32(0))
	f.Fuzz(func(t *testing.T, text string, day int32) {
		v, err := duedate.Parse(text)
		if err != nil {
			t.Skip()
		}
		cs := duedate.Calendars{"A": fridays{}, "B": endless{n: 3}, "C": astray{}, "TARGET": target2026()}
		due, err := v.DueDate(ar.Date(day), cs)
		moves, explainErr := v.Explain(ar.Date(day), cs)
		require.Equal(t, err, explainErr)
		if err != nil {
			require.NotEmpty(t, err.Error())
			known := false
			for _, target := range []error{
				ar.ErrDateRange, duedate.ErrNoCalendar, duedate.ErrNoSubstitutes, duedate.ErrNoBusinessDay, duedate.ErrCircle,
			} {
				known = known || errors.Is(err, target)
			}
			require.True(t, known, "%v", err)
			return
		}
		require.True(t, due.Valid())
		if len(moves) > 0 {
			require.Equal(t, due, moves[len(moves)-1].Date)
		}
	})
}
