package ledger_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// An open item is plain data. Validate says all that is wrong with one.
func Example() {
	invoice := ledger.Item{
		Customer:    "C0042",
		Number:      "2026-117",
		Date:        ar.MustDate("2026-06-03"),
		Due:         ar.MustDate("2026-07-31"),
		Outstanding: ar.MustMoney("1250.00 EUR"),
	}
	fmt.Println(&invoice, "owes", invoice.Outstanding, "by", invoice.DueDate(), invoice.Validate())

	invoice.Customer, invoice.Closed = "", ar.MustDate("2026-06-01")
	fmt.Println(invoice.Validate())
	// Output:
	// item "2026-117" of customer "C0042" owes 1250.00 EUR by 2026-07-31 <nil>
	// item "2026-117" of customer "": no customer ID
	// item "2026-117" of customer "": 2026-06-01: closed before its document date 2026-06-03
}
