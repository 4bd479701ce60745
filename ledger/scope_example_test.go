package ledger_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// SPEC A4: a clerk views Leeds and York. Of three open invoices the one at Hull
// is not hers to see; asking for Hull is an error, not an empty result; and a
// caller who views nothing at all is refused.
func ExampleScope_a4Locations() {
	clerk, err := ledger.NewScope([]string{"Leeds", "York"}, []string{"York"})
	if err != nil {
		fmt.Println(err)
		return
	}
	day := ar.MustDate("2026-03-02")
	items := []ledger.Item{
		{Customer: "C-1", Number: "INV-1", Location: "Leeds", Date: day, Outstanding: ar.MustMoney("100.00 EUR")},
		{Customer: "C-1", Number: "INV-2", Location: "Hull", Date: day, Outstanding: ar.MustMoney("20.00 EUR")},
		{Customer: "C-2", Number: "INV-3", Location: "York", Date: day, Outstanding: ar.MustMoney("3.00 EUR")},
	}
	for it, err := range clerk.Items(ledger.Items(items)) {
		fmt.Println(it.Number, it.Location, it.Outstanding, err)
	}
	_, err = clerk.Narrow("Hull")
	fmt.Println(err)
	fmt.Println(clerk.CheckModify("Leeds"))
	_, err = ledger.NewScope(nil, nil)
	fmt.Println(err)
	// Output:
	// INV-1 Leeds 100.00 EUR <nil>
	// INV-3 York 3.00 EUR <nil>
	// location "Hull": the scope does not view it
	// location "Leeds": the scope may not modify it
	// the scope has no location that may be viewed
}

// SPEC A4, A7: an invoice of 100.00 at Leeds was paid in part at Leeds, 30.00, and
// in part from a payment that York received, 20.00. A clerk who views Leeds is told
// that 50.00 are open and why, but not which payment came in at York; and the
// payment itself is not there for her.
func ExampleExplanation_Within_a4OtherLocations() {
	day := ar.MustDate("2026-03-02")
	document := func(id, location string, kind ledger.Kind, amount string) ledger.Document {
		return ledger.Document{ID: id, Customer: "C-1", Location: location, Kind: kind, Date: day, Amount: ar.MustMoney(amount)}
	}
	account, err := ledger.NewAccount(ledger.Customer{ID: "C-1"}, ledger.Facts{
		Documents: []ledger.Document{
			document("INV-1", "Leeds", ledger.Invoice, "100.00 EUR"),
			document("PAY-1", "Leeds", ledger.Payment, "30.00 EUR"),
			document("PAY-2", "York", ledger.Payment, "20.00 EUR"),
		},
		Allocations: []ledger.Allocation{
			{ID: "A-1", Credit: "PAY-1", Debit: "INV-1", Amount: ar.MustMoney("30.00 EUR")},
			{ID: "A-2", Credit: "PAY-2", Debit: "INV-1", Amount: ar.MustMoney("20.00 EUR")},
		},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	clerk, err := ledger.NewScope([]string{"Leeds"}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, id := range []string{"INV-1", "PAY-2", "PAY-3"} {
		explanation, err := account.Explain(id, day)
		if err == nil {
			explanation, err = explanation.Within(clerk)
		}
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Print(explanation)
	}
	// Output:
	// invoice "INV-1" of 2026-03-02 for 100.00 EUR
	//   amount       100.00 EUR
	//   − applied    30.00 EUR on 2026-03-02 from payment "PAY-1"
	//   − applied    20.00 EUR at other locations
	//   = open       50.00 EUR as of 2026-03-02
	// explain "PAY-2": no such document
	// explain "PAY-3": no such document
}
