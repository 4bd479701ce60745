package bucket_test

import (
	"fmt"

	"github.com/openreceivables/ar/bucket"
)

// The six buckets of an aged balance. Current is whatever is not past due.
func ExampleStandard_b2SixColumns() {
	for _, b := range bucket.Standard().All() {
		fmt.Println(b)
	}
	// Output:
	// Current: days up to 0
	// 1–30: days 1–30
	// 31–60: days 31–60
	// 61–90: days 61–90
	// 91–120: days 91–120
	// Over 120: days 121 and more
}

// A company that works in fortnights sets its own ranges.
func ExampleFromEdges_b2RangesConfigured() {
	set, err := bucket.FromEdges(0, 14, 28, 42)
	fmt.Printf("%q %v\n", set.Labels(), err)
	// Output:
	// ["Current" "1–14" "15–28" "29–42" "Over 42"] <nil>
}

// The five columns of a collections screen, as its manual describes them: 60+
// is 31–60 and 90+ begins at 91. An item 75 days overdue would be in the total
// and in no column, so the set is refused.
func ExampleFromRanges_b2LiteralTableRefused() {
	_, err := bucket.FromRanges([]bucket.Bucket{
		{Label: "Pending", From: bucket.MinOffset, To: -1},
		{Label: "Current", From: 0, To: 0},
		{Label: "30+", From: 1, To: 30},
		{Label: "60+", From: 31, To: 60},
		{Label: "90+", From: 91, To: bucket.MaxOffset, Alert: true},
	})
	fmt.Println(err)
	// Output:
	// days 61–90 in no bucket: extend "60+" or "90+"
}

// The preset gives the days 61–90 to 60+. Then no item that the manual does
// place moves to another column, and the red 90+ begins where it is documented
// to begin, at 91 days.
func ExamplePending_b2SixtyPlusTakes61To90() {
	set, err := bucket.Pending(0)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range set.All() {
		fmt.Println(b, b.Alert)
	}
	// Output:
	// Pending: days up to -1 false
	// Current: day 0 false
	// 30+: days 1–30 false
	// 60+: days 31–90 false
	// 90+: days 91 and more true
}

// With five days of grace an item stays in Current up to its fifth day overdue.
// Grace of 30 days would leave nothing for 30+.
func ExamplePending_b2Grace() {
	set, err := bucket.Pending(5)
	fmt.Println(set.Label(set.Index(5)), set.Label(set.Index(6)), err)
	_, err = bucket.Pending(30)
	fmt.Println(err)
	// Output:
	// Current 30+ <nil>
	// grace of 30 days: want 0 to 29, as the next bucket ends on day 30
}

// A statement tells what is due on its very day from what is overdue.
func ExampleStatement_b2ThreeColumns() {
	for _, b := range bucket.Statement().All() {
		fmt.Println(b)
	}
	// Output:
	// Not yet due: days up to -1
	// Due: day 0
	// Overdue: days 1 and more
}

// Three equal periods of 15 days.
func ExamplePeriods_b2EqualPeriods() {
	set, err := bucket.Periods(3, 15, bucket.Days)
	fmt.Printf("%q %v\n", set.Labels(), err)
	// Output:
	// ["Current" "1–15" "16–30" "31–45" "Over 45"] <nil>
}
