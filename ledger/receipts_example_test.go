package ledger_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// As of 31 March, invoice I1 of 100.00 is open. What came in after that day, up
// to 15 April, is the payment of 2 April, with its whole 60.00, 40.00 of which
// is applied to the invoice. A credit note of 3 April is no money; a payment
// of 31 March came in on the day itself, and one of 16 April comes too late.
func ExampleAccount_Receipts_a3AfterTheAsOfDate() {
	a := account(ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "I1", "2026-03-01", "100.00 EUR"),
			doc(ledger.Payment, "P1", "2026-03-31", "5.00 EUR"),
			doc(ledger.Payment, "P2", "2026-04-02", "60.00 EUR"),
			doc(ledger.CreditNote, "N1", "2026-04-03", "7.00 EUR"),
			doc(ledger.Payment, "P3", "2026-04-16", "8.00 EUR"),
		},
		Allocations: []ledger.Allocation{alloc("A1", "P2", "I1", "40.00 EUR")},
	})
	asOf, until := ar.MustDate("2026-03-31"), ar.MustDate("2026-04-15")
	for it, err := range ledger.Join(a.Items(asOf), a.Receipts(asOf, until)) {
		fmt.Println(it.Number, it.Date, it.Outstanding, err)
	}
	// Output:
	// I1 2026-03-01 100.00 EUR <nil>
	// P1 2026-03-31 -5.00 EUR <nil>
	// P2 2026-04-02 -60.00 EUR <nil>
}
