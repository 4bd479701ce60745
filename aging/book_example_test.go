package aging_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
)

// The book above, kept from one day to the next. On 1 July the 50.00 that fell
// due on 30 June are one day past due, the 10.00 that were 30 days are 31, and
// Cedar's invoice of that day comes in. Then Birch pays 20.00 of the 50.00.
func ExampleBook() {
	book, err := aging.NewBook(exampleBook, exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	const invoiceB2 = aging.Handle(1) // the second of the items
	show := func(title string, report *aging.Report) {
		fmt.Println(title)
		for _, row := range report.All() {
			if row.Key() != "Acorn" {
				printRow(row)
			}
		}
	}
	show("30 June", book.Report())

	if err := book.Roll(day("2026-07-01")); err != nil {
		fmt.Println(err)
		return
	}
	show("1 July", book.Report())

	if err := book.SetOutstanding(invoiceB2, ar.MustMoney("30.00 EUR")); err != nil {
		fmt.Println(err)
		return
	}
	show("1 July, after the payment", book.Report())

	august, err := book.ReportAt(day("2026-08-01"), nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	show("1 August, if nobody pays", august)
	// Output:
	// 30 June
	// Birch  EUR 150.00  35.00   5.00   0.00   0.00   0.00 | total 190.00, past due 40.00, unapplied 0.00, balance 190.00
	// 1 July
	// Birch  EUR 100.00  75.00  15.00   0.00   0.00   0.00 | total 190.00, past due 90.00, unapplied 0.00, balance 190.00
	// Cedar  EUR  33.00   0.00   0.00   0.00   0.00   0.00 | total 33.00, past due 0.00, unapplied 0.00, balance 33.00
	// 1 July, after the payment
	// Birch  EUR 100.00  55.00  15.00   0.00   0.00   0.00 | total 170.00, past due 70.00, unapplied 0.00, balance 170.00
	// Cedar  EUR  33.00   0.00   0.00   0.00   0.00   0.00 | total 33.00, past due 0.00, unapplied 0.00, balance 33.00
	// 1 August, if nobody pays
	// Birch  EUR   0.00 100.00  55.00  15.00   0.00   0.00 | total 170.00, past due 170.00, unapplied 0.00, balance 170.00
	// Cedar  EUR   0.00  33.00   0.00   0.00   0.00   0.00 | total 33.00, past due 33.00, unapplied 0.00, balance 33.00
}
