package ar_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/openreceivables/ar"
)

// A day that does not exist is an error. It never becomes the day that it
// would overflow to: 30 February 2024 is not 1 March.
func ExampleDate_v1Strict() {
	for _, text := range []string{"2024-02-29", "2024-02-30", "2023-02-29", "2024-13-01", "2024-6-3", "10000-01-01", "0000-01-01"} {
		date, err := ar.ParseDate(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(date, "is a", date.Weekday())
	}
	// Output:
	// 2024-02-29 is a Thursday
	// date "2024-02-30": no such day: days of 2024-02 are 01 to 29
	// date "2023-02-29": no such day: days of 2023-02 are 01 to 28
	// date "2024-13-01": no such day: months are 01 to 12
	// date "2024-6-3": malformed: want YYYY-MM-DD
	// date "10000-01-01": malformed: want YYYY-MM-DD
	// date "0000-01-01": outside years 1 to 9999
}

// Adding months keeps the day where the month has it, and takes the month's
// last day where it has not. 29 February stays on the 29th: only End of Month
// means the last day.
func ExampleDate_v1EndOfMonthClamp() {
	for _, c := range []struct {
		date   string
		months int
	}{
		{"2024-01-31", 1}, {"2023-01-31", 1}, {"2026-03-31", 1}, {"2026-03-31", -1}, {"2024-02-29", 12}, {"2024-02-29", 1},
	} {
		date := ar.MustDate(c.date)
		moved, err := date.AddMonths(c.months)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s %+3d months: %s, end of month %s\n", date, c.months, moved, moved.EndOfMonth())
	}
	// Output:
	// 2024-01-31  +1 months: 2024-02-29, end of month 2024-02-29
	// 2023-01-31  +1 months: 2023-02-28, end of month 2023-02-28
	// 2026-03-31  +1 months: 2026-04-30, end of month 2026-04-30
	// 2026-03-31  -1 months: 2026-02-28, end of month 2026-02-28
	// 2024-02-29 +12 months: 2025-02-28, end of month 2025-02-28
	// 2024-02-29  +1 months: 2024-03-29, end of month 2024-03-31
}

// Dates compare with <, and DaysSince counts the civil days between two: as-of
// date minus due date is the day offset. It is negative for a due date that
// lies ahead, and 0 on the day.
func ExampleDate_v1DayOffset() {
	due := ar.MustDate("2024-02-28")
	for _, text := range []string{"2024-02-27", "2024-02-28", "2024-02-29", "2024-03-01", "2024-04-28"} {
		asOf := ar.MustDate(text)
		fmt.Println("as of", asOf, "offset", asOf.DaysSince(due), "past due", due < asOf)
	}
	// Output:
	// as of 2024-02-27 offset -1 past due false
	// as of 2024-02-28 offset 0 past due false
	// as of 2024-02-29 offset 1 past due true
	// as of 2024-03-01 offset 2 past due true
	// as of 2024-04-28 offset 60 past due true
}

// The zero value is "no date". It is no real day: it sorts before all of them,
// and nothing can be added to it.
func ExampleDate_v1NoDate() {
	var none ar.Date
	fmt.Printf("%q, a day: %t, before the first day: %t\n", none, none.Valid(), none < ar.MinDate)
	_, err := none.AddDays(30)
	fmt.Println(err)
	// Output:
	// "", a day: false, before the first day: true
	// outside years 1 to 9999: no date
}

// A time.Time is the date that its own clock shows. Half past eleven at night
// on 31 December in New York is 31 December, though it is 1 January in UTC.
func ExampleDate_v1TimeZone() {
	newYork := time.FixedZone("EST", -5*60*60)
	clock := time.Date(2025, time.December, 31, 23, 30, 0, 0, newYork)
	there, _ := ar.DateOf(clock)
	utc, _ := ar.DateOf(clock.UTC())
	fmt.Println(there)
	fmt.Println(utc)
	// Output:
	// 2025-12-31
	// 2026-01-01
}

// Text, JSON and SQL forms are 2006-01-02. No date is null.
func ExampleDate_v1Forms() {
	data, _ := json.Marshal(map[string]ar.Date{"due": ar.MustDate("2026-06-30"), "settled": 0})
	fmt.Println(string(data))
	column, _ := ar.MustDate("2026-06-30").Value()
	fmt.Printf("%q\n", column)
	// Output:
	// {"due":"2026-06-30","settled":null}
	// "2026-06-30"
}

// A result outside the years 1 to 9999 is an error, by days and by months.
func ExampleDate_d8OutOfRange() {
	_, err := ar.MaxDate.AddDays(1)
	fmt.Println(err)
	_, err = ar.MustDate("9999-11-30").AddMonths(2)
	fmt.Println(err)
	_, err = ar.MinDate.AddDays(-1)
	fmt.Println(err)
	last, err := ar.MustDate("9999-11-30").AddMonths(1)
	fmt.Println(last, err)
	// Output:
	// 9999-12-31 +1 days: outside years 1 to 9999
	// 9999-11-30 +2 months: outside years 1 to 9999
	// 0001-01-01 -1 days: outside years 1 to 9999
	// 9999-12-30 <nil>
}
