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
