package aging_test

import (
	"fmt"

	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// A7: why is this invoice here? From its terms to its due date, from there to
// the as-of date, and so to its bucket.
func ExampleExplain_a7FromTermsToBucket() {
	invoice := exampleBook[4]
	explanation, err := aging.Explain(invoice, exampleOptions, duedate.Net(30), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(explanation)
	// Output:
	// item "B-5" of customer "Birch"
	//   outstanding  5.00 EUR
	//   dated        2026-04-30
	//   terms        net 30: 2026-04-30 → net 30 → 2026-05-30
	//   due          2026-05-30
	//   as of        2026-06-30: 31 days past due
	//   bucket       31–60: days 31–60
}

// A7: an item that is not in the report says why not.
func ExampleExplain_a7LeftOut() {
	for _, item := range exampleBook[8:] {
		explanation, err := aging.Explain(item, exampleOptions, duedate.Terms{}, nil)
		fmt.Println(item.Number, "not in the report:", explanation.Reason, err)
	}
	// Output:
	// C-1 not in the report: dated after the as-of date <nil>
	// C-2 not in the report: closed on or before the as-of date <nil>
}

// A7: the items behind one amount: Birch's 35.00 EUR at 1–30 days.
func ExampleDetail_Cell_a7ItemsBehindAnAmount() {
	detail, err := aging.NewDetail(ledger.Items(exampleBook), exampleOptions, "Birch")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range detail.Report().All() {
		for _, line := range detail.Cell(row.Currency(), 1) {
			fmt.Println(line.Item.Number, line.Item.Outstanding, "due", line.Item.Due)
		}
		fmt.Println("sum", row.Amount(1))
	}
	// Output:
	// B-3 25.00 EUR due 2026-06-29
	// B-4 10.00 EUR due 2026-05-31
	// sum 35.00 EUR
}
