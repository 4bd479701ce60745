package aging_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/ledger"
)

// A3: Elm owes 100.00 that is 121 days past due, 60.00 that is 20 days past due
// and 40.00 that is not due yet, 200.00 in all, and paid 130.00 ten days ago
// that nobody applied yet. Four ways to show that, as of 30 June 2026:
//
//	apart          200.00 of debits, and 130.00 in a column of its own;
//	aged           the payment has the age of its own date, 10 days, and makes
//	               60.00 − 130.00 = −70.00 of the bucket 1–30;
//	oldest first   100.00 of it take off the oldest debit, 30.00 the next;
//	left out       200.00 of debits, and the balance is 200.00 too.
//
// Each reports that the credits are 130.00. In all but the last the balance is
// what Elm owes, 70.00.
func ExampleReport_Treat_a3FourTreatments() {
	items := []ledger.Item{
		{Customer: "Elm", Number: "E-1", Date: day("2026-01-30"), Due: day("2026-03-01"), Outstanding: ar.MustMoney("100.00 EUR")},
		{Customer: "Elm", Number: "E-2", Date: day("2026-05-11"), Due: day("2026-06-10"), Outstanding: ar.MustMoney("60.00 EUR")},
		{Customer: "Elm", Number: "E-3", Date: day("2026-06-15"), Due: day("2026-07-15"), Outstanding: ar.MustMoney("40.00 EUR")},
		{Customer: "Elm", Number: "E-4", Date: day("2026-06-20"), Outstanding: ar.MustMoney("-130.00 EUR")},
	}
	report, err := aging.Compute(items, exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, treatment := range []aging.Treatment{aging.CreditsApart, aging.CreditsAged, aging.CreditsOldestFirst, aging.CreditsLeftOut} {
		treated, err := report.Treat(treatment)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, row := range treated.All() {
			fmt.Println(treatment, "reports credits of", row.Credits())
			printRow(row)
		}
	}
	// Output:
	// apart reports credits of 130.00 EUR
	// Elm    EUR  40.00  60.00   0.00   0.00   0.00 100.00 | total 200.00, past due 160.00, unapplied 130.00, balance 70.00
	// aged reports credits of 130.00 EUR
	// Elm    EUR  40.00 -70.00   0.00   0.00   0.00 100.00 | total 70.00, past due 30.00, unapplied 0.00, balance 70.00
	// oldest-first reports credits of 130.00 EUR
	// Elm    EUR  40.00  30.00   0.00   0.00   0.00   0.00 | total 70.00, past due 30.00, unapplied 0.00, balance 70.00
	// left-out reports credits of 130.00 EUR
	// Elm    EUR  40.00  60.00   0.00   0.00   0.00 100.00 | total 200.00, past due 160.00, unapplied 0.00, balance 200.00
}

// A3: credits that are more than all debits take them to nothing, never below,
// and what is left of them stays unapplied: 50.00 less 80.00.
func ExampleReport_Treat_a3MoreCreditsThanDebits() {
	report, err := aging.Compute([]ledger.Item{
		{Customer: "Fir", Number: "F-1", Date: day("2026-05-11"), Due: day("2026-06-10"), Outstanding: ar.MustMoney("50.00 EUR")},
		{Customer: "Fir", Number: "F-2", Date: day("2026-06-20"), Outstanding: ar.MustMoney("-80.00 EUR")},
	}, exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	treated, err := report.Treat(aging.CreditsOldestFirst)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range treated.All() {
		printRow(row)
	}
	// Output:
	// Fir    EUR   0.00   0.00   0.00   0.00   0.00   0.00 | total 0.00, past due 0.00, unapplied 30.00, balance -30.00
}

// A3: merge first, then treat. Two halves of a book each have a part of what a
// customer owes and paid, so what was treated by halves is not to be merged.
func ExampleMerge_a3MergeBeforeTreating() {
	report, err := aging.Compute(exampleBook, exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	treated, err := report.Treat(aging.CreditsOldestFirst)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = aging.Merge(treated, report)
	fmt.Println(err)
	// Output:
	// reports cannot be merged: report is treated or converted already
}
