package bucket_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
)

// Five invoices are open on 31 March 2026. Each falls in the bucket of the days
// since its due date.
func Example() {
	asOf := ar.MustDate("2026-03-31")
	set := bucket.Standard()
	for _, due := range []string{"2026-04-10", "2026-03-31", "2026-03-01", "2026-02-28", "2025-11-30"} {
		offset := asOf.DaysSince(ar.MustDate(due))
		fmt.Printf("due %s, %3d days past due: %s\n", due, offset, set.Label(set.Index(offset)))
	}
	// Output:
	// due 2026-04-10, -10 days past due: Current
	// due 2026-03-31,   0 days past due: Current
	// due 2026-03-01,  30 days past due: 1–30
	// due 2026-02-28,  31 days past due: 31–60
	// due 2025-11-30, 121 days past due: Over 120
}

// Edges are the last days of the buckets. What is older than the last edge has
// a bucket of its own, so no day is left out.
func ExampleFromEdges_b1Edges() {
	set, err := bucket.FromEdges(0, 30, 60, 90)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, b := range set.All() {
		fmt.Println(b)
	}
	for _, offset := range []int{-1, 0, 1, 30, 31, 90, 91, 5000} {
		fmt.Println("day", offset, "is in", set.Label(set.Index(offset)))
	}
	// Output:
	// Current: days up to 0
	// 1–30: days 1–30
	// 31–60: days 31–60
	// 61–90: days 61–90
	// Over 90: days 91 and more
	// day -1 is in Current
	// day 0 is in Current
	// day 1 is in 1–30
	// day 30 is in 1–30
	// day 31 is in 31–60
	// day 90 is in 61–90
	// day 91 is in Over 90
	// day 5000 is in Over 90
}

// Edges must ascend: the day 60 cannot end a bucket after day 90 did.
func ExampleFromEdges_b1MustAscend() {
	_, err := bucket.FromEdges(0, 90, 60)
	fmt.Println(err)
	// Output:
	// edge 60 follows 90: edges must ascend
}

// Buckets may be given day by day. These leave out day 0 and hold day 60 twice,
// and an item could get lost or be counted double: both are refused at once.
func ExampleFromRanges_b1GapAndOverlapRefused() {
	_, err := bucket.FromRanges([]bucket.Bucket{
		{Label: "Not yet due", From: bucket.MinOffset, To: -1},
		{Label: "1–60", From: 1, To: 60},
		{Label: "60 and over", From: 60, To: bucket.MaxOffset},
	})
	fmt.Println(err)
	// Output:
	// day 0 in no bucket: extend "Not yet due" or "1–60"
	// day 60 in two buckets, "1–60: days 1–60" and "60 and over: days 60 and more": want each day in one
}

// The controller wants everything over 90 days in red, not only the oldest
// column.
func ExampleSet_WithAlerts_b4Alert() {
	set, err := bucket.Standard().WithAlerts("91–120", "Over 120")
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, b := range set.All() {
		fmt.Println(b.Label, set.Alert(i))
	}
	// Output:
	// Current false
	// 1–30 false
	// 31–60 false
	// 61–90 false
	// 91–120 true
	// Over 120 true
}

// As of 31 March 2026 the bucket 31–60 holds the due dates from 30 January to
// 28 February; the oldest bucket has no first date.
func ExampleBucket_Dates_b1DueDates() {
	asOf := ar.MustDate("2026-03-31")
	for _, i := range []int{2, 5} {
		b := bucket.Standard().Bucket(i)
		first, last, err := b.Dates(asOf)
		fmt.Printf("%s: from %q to %q %v\n", b.Label, first, last, err)
	}
	// Output:
	// 31–60: from "2026-01-30" to "2026-02-28" <nil>
	// Over 120: from "" to "2025-11-30" <nil>
}
