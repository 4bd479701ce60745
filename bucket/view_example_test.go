package bucket_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
)

// balance is one customer's row over the standard buckets: 1,905.50 in all.
func balance() []ar.Money {
	var row []ar.Money
	for _, amount := range []string{"1000.00", "500.00", "250.00", "100.00", "50.00", "5.50"} {
		row = append(row, ar.MustMoney(amount+" EUR"))
	}
	return row
}

func printView(text string) {
	view, err := bucket.ParseView(bucket.Standard(), text)
	if err != nil {
		fmt.Println(err)
		return
	}
	before, columns, beyond, err := view.Fold(balance())
	if err != nil {
		fmt.Println(err)
		return
	}
	if label, ok := view.Before(); ok {
		fmt.Printf("%s: %s (total of less)\n", label, before)
	}
	for i, b := range view.All() {
		fmt.Printf("%s: %s\n", b.Label, columns[i-view.First()])
	}
	if label, ok := view.Beyond(); ok {
		fmt.Printf("%s: %s (total beyond)\n", label, beyond)
	}
}

// The screen "Current – 60" shows three columns and the total beyond 60 days,
// here 100.00 + 50.00 + 5.50.
func ExampleParseView_b5Current60() {
	printView("current-60")
	// Output:
	// Current: 1000.00 EUR
	// 1–30: 500.00 EUR
	// 31–60: 250.00 EUR
	// Over 60: 155.50 EUR (total beyond)
}

// The screen "Over 60" shows the other three and the total of less, here
// 1,000.00 + 500.00 + 250.00. The two screens show the same 1,905.50.
func ExampleParseView_b5Over60() {
	printView("over-60")
	// Output:
	// Up to 60: 1750.00 EUR (total of less)
	// 61–90: 100.00 EUR
	// 91–120: 50.00 EUR
	// Over 120: 5.50 EUR
}

// A view from the middle has a total on either side.
func ExampleView_Fold_b5BothSides() {
	printView("31-90")
	// Output:
	// Up to 30: 1500.00 EUR (total of less)
	// 31–60: 250.00 EUR
	// 61–90: 100.00 EUR
	// Over 90: 55.50 EUR (total beyond)
}

// A view cannot cut a bucket: no bucket ends on day 45.
func ExampleParseView_b5NoBucketIsCut() {
	_, err := bucket.ParseView(bucket.MustParse("0, 30, 60"), "current-45")
	fmt.Println(err)
	// Output:
	// view "current-45": malformed: no bucket ends on "45": want "all", "over-N", "up-to-N" or "FROM-TO", where buckets end on 0, 30, 60, or the labels ["Current" "1–30" "31–60" "Over 60"]
}
