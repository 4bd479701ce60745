package duedate_test

import (
	"fmt"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// target2026 is the calendar of the euro payment system: closed on Saturdays
// and Sundays, on four days of every year, and at Easter, whose dates of 2026
// are listed.
func target2026() *duedate.TableCalendar {
	calendar, err := duedate.NewCalendar(duedate.CalendarTable{
		Weekend: []time.Weekday{time.Saturday, time.Sunday},
		Yearly: []duedate.MonthDay{
			{Month: time.January, Day: 1},
			{Month: time.May, Day: 1},
			{Month: time.December, Day: 25},
			{Month: time.December, Day: 26},
		},
		Dates: []ar.Date{ar.MustDate("2026-04-03"), ar.MustDate("2026-04-06")}, // Good Friday, Easter Monday
	})
	if err != nil {
		panic(err)
	}
	return calendar
}

// A due date on a closed day. Good Friday, 3 April 2026, rolls on to the
// Tuesday after Easter or back to the Thursday before. Saturday 31 October
// rolls on to Monday 2 November, which modified following does not accept, as
// it is in another month.
func ExampleTerms_d3Roll() {
	calendars := duedate.Calendars{"TARGET": target2026()}
	for _, date := range []string{"2026-04-02", "2026-04-03", "2026-10-31"} {
		due("roll following TARGET", date, calendars)
		due("roll modified following TARGET", date, calendars)
		due("roll preceding TARGET", date, calendars)
	}
	// Output:
	// 2026-04-02 on roll following TARGET: 2026-04-02
	// 2026-04-02 on roll modified following TARGET: 2026-04-02
	// 2026-04-02 on roll preceding TARGET: 2026-04-02
	// 2026-04-03 on roll following TARGET: 2026-04-07
	// 2026-04-03 on roll modified following TARGET: 2026-04-07
	// 2026-04-03 on roll preceding TARGET: 2026-04-02
	// 2026-10-31 on roll following TARGET: 2026-11-02
	// 2026-10-31 on roll modified following TARGET: 2026-10-30
	// 2026-10-31 on roll preceding TARGET: 2026-10-30
}

// Business days are counted from the day after the document, or the day
// before. 24 December 2026 is the first after the 23rd; Christmas and the
// weekend with it do not count; the fifth is the 31st.
func ExampleTerms_d3BusinessDays() {
	calendars := duedate.Calendars{"TARGET": target2026()}
	due("5 business days TARGET", "2026-12-23", calendars)
	due("1 business day TARGET", "2026-10-31", calendars)
	due("-1 business day TARGET", "2026-04-07", calendars)
	// Output:
	// 2026-12-23 on 5 business days TARGET: 2026-12-31
	// 2026-10-31 on 1 business day TARGET: 2026-11-02
	// 2026-04-07 on -1 business day TARGET: 2026-04-02
}

// ACME's accounts department is closed over Christmas: what falls due on
// 24 December is paid on the 28th, and as that is in the closure too, on
// 4 January. A table that leads round in a circle is refused.
func ExampleTerms_d3Substitute() {
	day := ar.MustDate
	acme, err := duedate.NewCalendar(duedate.CalendarTable{Substitutions: map[ar.Date]ar.Date{
		day("2026-12-24"): day("2026-12-28"),
		day("2026-12-28"): day("2027-01-04"),
	}})
	if err != nil {
		fmt.Println(err)
	}
	calendars := duedate.Calendars{"ACME": acme}
	due("net 14, substitute ACME", "2026-12-10", calendars)
	due("net 14, substitute ACME", "2026-12-11", calendars)

	_, err = duedate.NewCalendar(duedate.CalendarTable{Substitutions: map[ar.Date]ar.Date{
		day("2026-12-24"): day("2026-12-28"),
		day("2026-12-28"): day("2026-12-24"),
	}})
	fmt.Println(err)
	// Output:
	// 2026-12-10 on net 14, substitute ACME: 2027-01-04
	// 2026-12-11 on net 14, substitute ACME: 2026-12-25
	// calendar: substitution of "2026-12-24" by "2026-12-28": substitutions go round in a circle, or through more than 366 dates
	// calendar: substitution of "2026-12-28" by "2026-12-24": substitutions go round in a circle, or through more than 366 dates
}

// Terms hold the name of a calendar. The calendars come with the computation,
// and without the right one there is no due date, not a wrong one.
func ExampleStepError_d4MissingCalendar() {
	due("net 30, roll following TARGET", "2026-06-03", nil)
	due("net 30, roll following target", "2026-06-03", duedate.Calendars{"TARGET": target2026()})
	// Output:
	// terms "net 30, roll following TARGET": step "roll following TARGET" from 2026-07-03: calendar "TARGET": no such calendar was given
	// terms "net 30, roll following target": step "roll following target" from 2026-07-03: calendar "target": no such calendar was given
}

// fridays is a calendar of the host's own: any type with the one method.
type fridays struct{}

func (fridays) IsBusinessDay(d ar.Date) bool { return d.Weekday() == time.Friday }

// A calendar is one method. The one that ships has a weekend, fixed days of
// every year, single days and closed ranges: here a works holiday from 3 to
// 21 August 2026, between two weekends.
func ExampleCalendar_d7Calendars() {
	works, err := duedate.NewCalendar(duedate.CalendarTable{
		Weekend: []time.Weekday{time.Saturday, time.Sunday},
		Yearly:  []duedate.MonthDay{{Month: time.December, Day: 25}},
		Dates:   []ar.Date{ar.MustDate("2026-08-24")},
		Ranges:  []duedate.DateRange{{First: ar.MustDate("2026-08-03"), Last: ar.MustDate("2026-08-21")}},
	})
	if err != nil {
		fmt.Println(err)
	}
	calendars := duedate.Calendars{"WORKS": works, "FRIDAYS": fridays{}}
	due("roll following WORKS", "2026-07-31", calendars)
	due("roll following WORKS", "2026-08-01", calendars)
	due("roll following WORKS", "2026-12-25", calendars)
	due("roll following FRIDAYS", "2026-07-25", calendars)
	// Output:
	// 2026-07-31 on roll following WORKS: 2026-07-31
	// 2026-08-01 on roll following WORKS: 2026-08-25
	// 2026-12-25 on roll following WORKS: 2026-12-28
	// 2026-07-25 on roll following FRIDAYS: 2026-07-31
}
