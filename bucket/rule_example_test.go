package bucket_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
)

// show prints the dates that each bucket holds on an as-of date.
func show(set bucket.Set, err error, asOf string) {
	if err != nil {
		fmt.Println(err)
		return
	}
	day := ar.MustDate(asOf)
	resolved, err := set.Resolve(day)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range resolved.All() {
		first, last, err := b.Dates(day)
		if err != nil {
			fmt.Println(err)
			return
		}
		days := fmt.Sprintf("%s to %s", first, last)
		if last.IsZero() {
			days = fmt.Sprintf("%s and later", first)
		} else if first.IsZero() {
			days = fmt.Sprintf("%s and earlier", last)
		}
		fmt.Printf("%-13s  %s\n", b.Label, days)
	}
}

// Months back from 31 March 2026. One month back is 28 February, as there is no
// 31st, and two months back is 31 January again.
func ExamplePeriods_b3MonthsBack() {
	set, err := bucket.Periods(2, 1, bucket.Months)
	show(set, err, "2026-03-31")
	// Output:
	// Current        2026-03-31 and later
	// Up to 1 month  2026-02-28 to 2026-03-30
	// 1–2 months     2026-01-31 to 2026-02-27
	// Over 2 months  2026-01-30 and earlier
}

// In a leap year the month before 31 March goes back to 29 February.
func ExamplePeriods_b3LeapYear() {
	set, err := bucket.Periods(1, 1, bucket.Months)
	show(set, err, "2024-03-31")
	// Output:
	// Current        2024-03-31 and later
	// Up to 1 month  2024-02-29 to 2024-03-30
	// Over 1 month   2024-02-28 and earlier
}

// Years back from 29 February 2024: a year before is 28 February 2023.
func ExamplePeriods_b3YearsBack() {
	set, err := bucket.Periods(2, 1, bucket.Years)
	show(set, err, "2024-02-29")
	// Output:
	// Current        2024-02-29 and later
	// Up to 1 year   2023-02-28 to 2024-02-28
	// 1–2 years      2022-02-28 to 2023-02-27
	// Over 2 years   2022-02-27 and earlier
}

// Periods of days and weeks are the same on every as-of date. Four of 30 days
// are the standard buckets.
func ExamplePeriods_b3DaysAndWeeksBack() {
	days, err := bucket.Periods(4, 30, bucket.Days)
	fmt.Println(days.Equal(bucket.Standard()), days.Fixed(), err)
	weeks, err := bucket.Periods(2, 1, bucket.Weeks)
	show(weeks, err, "2026-03-31")
	// Output:
	// true true <nil>
	// Current        2026-03-31 and later
	// 1–7            2026-03-24 to 2026-03-30
	// 8–14           2026-03-17 to 2026-03-23
	// Over 14        2026-03-16 and earlier
}

// Calendar months as of 15 March 2026: this month has its days to come, too.
func ExampleCalendar_b3ThisMonthLastMonth() {
	set, err := bucket.Calendar(3, bucket.Months)
	show(set, err, "2026-03-15")
	// Output:
	// Later          2026-04-01 and later
	// This month     2026-03-01 to 2026-03-31
	// Last month     2026-02-01 to 2026-02-28
	// 2 months ago   2026-01-01 to 2026-01-31
	// Older          2025-12-31 and earlier
}

// Weeks run from Monday to Sunday. 15 March 2026 is a Sunday.
func ExampleCalendar_b3Weeks() {
	set, err := bucket.Calendar(2, bucket.Weeks)
	show(set, err, "2026-03-15")
	// Output:
	// Later          2026-03-16 and later
	// This week      2026-03-09 to 2026-03-15
	// Last week      2026-03-02 to 2026-03-08
	// Older          2026-03-01 and earlier
}

// Quarters and years, as of the first day of a year.
func ExampleCalendar_b3QuartersAndYears() {
	quarters, err := bucket.Calendar(2, bucket.Quarters)
	show(quarters, err, "2026-01-01")
	years, err := bucket.Calendar(1, bucket.Years)
	show(years, err, "2026-01-01")
	// Output:
	// Later          2026-04-01 and later
	// This quarter   2026-01-01 to 2026-03-31
	// Last quarter   2025-10-01 to 2025-12-31
	// Older          2025-09-30 and earlier
	// Later          2027-01-01 and later
	// This year      2026-01-01 to 2026-12-31
	// Older          2025-12-31 and earlier
}

// Buckets that end on two balance-sheet dates, whatever the as-of date.
func ExampleFromDates_b3BalanceSheetDates() {
	set, err := bucket.FromDates(ar.MustDate("2025-12-31"), ar.MustDate("2026-02-28"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, asOf := range []string{"2026-03-31", "2026-04-30"} {
		resolved, err := set.Resolve(ar.MustDate(asOf))
		fmt.Println("as of", asOf, "the edges are", resolved.Edges(), err)
	}
	for _, label := range set.Labels() {
		fmt.Println(label)
	}
	// Output:
	// as of 2026-03-31 the edges are [30 89] <nil>
	// as of 2026-04-30 the edges are [60 119] <nil>
	// After 2026-02-28
	// 2026-01-01 – 2026-02-28
	// Up to 2025-12-31
}

// A set by dates has no day offsets until it is resolved, and an edge before
// year 1 is an error.
func ExampleSet_Resolve_b3Errors() {
	set, err := bucket.Periods(3, 1, bucket.Months)
	fmt.Println(set.Fixed(), set.Index(10), err)
	_, err = set.Resolve(ar.MustDate("0001-02-15"))
	fmt.Println(err)
	// Output:
	// false -1 <nil>
	// 3 periods of 1 month as of 0001-02-15: 0001-02-15 -2 months: outside years 1 to 9999
}
