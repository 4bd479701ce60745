package aging_test

import (
	"fmt"

	"github.com/openreceivables/ar"
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

// A7: what is past due of Birch, 40.00 EUR, down to its items; and the unapplied
// credit of Acorn.
func ExampleDetail_Cell_a7AnyAmount() {
	for _, cell := range []struct {
		key    string
		figure aging.Figure
	}{{"Birch", aging.PastDue}, {"Acorn", aging.Unapplied}} {
		detail, err := aging.NewDetail(ledger.Items(exampleBook), exampleOptions, cell.key)
		if err != nil {
			fmt.Println(err)
			return
		}
		row, _ := detail.Report().Row(cell.key, ar.MustCurrency("EUR"))
		fmt.Println(cell.key, cell.figure, row.Figure(cell.figure))
		for _, line := range detail.Cell(row.Currency(), cell.figure) {
			fmt.Println(" ", line.Item.Number, line.Amount)
		}
	}
	// Output:
	// Birch past due 40.00 EUR
	//   B-3 25.00 EUR
	//   B-4 10.00 EUR
	//   B-5 5.00 EUR
	// Acorn unapplied 200.00 EUR
	//   A-3 200.00 EUR
}

// A7: where credits come off the oldest debits, each line says what is left of
// it. Elm's payment of 130.00 takes all of E-1 and 30.00 of E-2.
func ExampleDetail_Treat_a7WhatIsLeft() {
	detail, err := aging.NewDetail(ledger.Items([]ledger.Item{
		{Customer: "Elm", Number: "E-1", Date: day("2026-01-30"), Due: day("2026-03-01"), Outstanding: ar.MustMoney("100.00 EUR")},
		{Customer: "Elm", Number: "E-2", Date: day("2026-05-11"), Due: day("2026-06-10"), Outstanding: ar.MustMoney("60.00 EUR")},
		{Customer: "Elm", Number: "E-3", Date: day("2026-06-15"), Due: day("2026-07-15"), Outstanding: ar.MustMoney("40.00 EUR")},
		{Customer: "Elm", Number: "E-4", Date: day("2026-06-20"), Outstanding: ar.MustMoney("-130.00 EUR")},
	}), exampleOptions, "Elm")
	if err != nil {
		fmt.Println(err)
		return
	}
	treated, err := detail.Treat(aging.CreditsOldestFirst)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range treated.Lines(nil) {
		fmt.Println(line.Item.Number, "outstanding", line.Item.Outstanding, "shown", line.Amount)
	}
	for _, row := range treated.Report().All() {
		fmt.Println("total", row.Total())
	}
	// Output:
	// E-1 outstanding 100.00 EUR shown 0.00 EUR
	// E-2 outstanding 60.00 EUR shown 30.00 EUR
	// E-3 outstanding 40.00 EUR shown 40.00 EUR
	// E-4 outstanding -130.00 EUR shown 0.00 EUR
	// total 70.00 EUR
}

// A7: why does Elm's invoice stand at 720.00 EUR in 1–30? From its amount down
// to single allocations, and from its terms to its bucket.
func ExampleExplainDocument_a7DownToAllocations() {
	account, err := ledger.NewAccount(ledger.Customer{ID: "Elm", Terms: duedate.Net(30)}, ledger.Facts{
		Documents: []ledger.Document{
			{ID: "I-1", Customer: "Elm", Kind: ledger.Invoice, Date: day("2026-05-02"), Amount: ar.MustMoney("1000.00 EUR")},
			{ID: "P-1", Customer: "Elm", Kind: ledger.Payment, Date: day("2026-05-20"), Amount: ar.MustMoney("250.00 EUR")},
			{ID: "N-1", Customer: "Elm", Kind: ledger.CreditNote, Date: day("2026-06-10"), Amount: ar.MustMoney("40.00 EUR")},
		},
		Allocations: []ledger.Allocation{
			{ID: "A-1", Credit: "P-1", Debit: "I-1", Amount: ar.MustMoney("250.00 EUR"), Rule: "oldest first"},
			{ID: "A-2", Credit: "N-1", Debit: "I-1", Date: day("2026-06-12"), Amount: ar.MustMoney("30.00 EUR"), Rule: "specified"},
		},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	explanation, err := aging.ExplainDocument(account, "I-1", exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(explanation)
	// Output:
	// invoice "I-1" of 2026-05-02 for 1000.00 EUR
	//   amount       1000.00 EUR
	//   − applied    250.00 EUR on 2026-05-20 from payment "P-1" (oldest first)
	//   − applied    30.00 EUR on 2026-06-12 from credit-note "N-1" (specified)
	//   = open       720.00 EUR as of 2026-06-30
	//   terms        net 30: 2026-05-02 → net 30 → 2026-06-01
	//   due          2026-06-01
	//   as of        2026-06-30: 29 days past due
	//   bucket       1–30: days 1–30
}
