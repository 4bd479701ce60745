package aging_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/ledger"
)

// A8: Gorse owes in two currencies. At 0.91 EUR for a dollar:
//
//	              1–30                    31–60
//	Gorse   10.05 USD = 9.1455, 9.15   20.05 USD = 18.2455, 18.25   and 5.00 EUR at 1–30
//	Hazel   30.05 USD = 27.3455, 27.35
//
// One row for each customer, rounded half up amount by amount; the totals add up
// to what is shown: 9.15 + 5.00 + 27.35 = 41.50, and 18.25. The general ledger
// converts 60.15 USD in one piece: 54.7365, 54.74, and not 54.75. That is the
// rounding difference.
func ExampleReport_Convert_a8OneCurrency() {
	report, err := aging.Compute([]ledger.Item{
		{Customer: "Gorse", Number: "G-1", Date: day("2026-05-11"), Due: day("2026-06-10"), Outstanding: ar.MustMoney("10.05 USD")},
		{Customer: "Gorse", Number: "G-2", Date: day("2026-04-11"), Due: day("2026-05-11"), Outstanding: ar.MustMoney("20.05 USD")},
		{Customer: "Gorse", Number: "G-3", Date: day("2026-05-11"), Due: day("2026-06-10"), Outstanding: ar.MustMoney("5.00 EUR")},
		{Customer: "Hazel", Number: "H-1", Date: day("2026-05-11"), Due: day("2026-06-10"), Outstanding: ar.MustMoney("30.05 USD")},
	}, exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	converted, err := report.Convert(aging.Conversion{
		To:       ar.MustCurrency("EUR"),
		Rates:    map[ar.Currency]ar.Rate{ar.MustCurrency("USD"): ar.MustRate("0.91")},
		Rounding: ar.RoundHalfUp,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range converted.All() {
		printRow(row)
	}
	for _, total := range converted.Totals() {
		printRow(total)
	}
	for _, x := range converted.Exchanges() {
		fmt.Printf("%s at %s = %s, shown %s, difference %s\n",
			x.Source.Balance(), x.Rate, x.Whole(aging.Balance), x.Shown.Balance(), x.Difference(aging.Balance))
	}
	fmt.Println("rounding difference in all", converted.RoundingDifference(aging.Balance))
	// Output:
	// Gorse  EUR   0.00  14.15  18.25   0.00   0.00   0.00 | total 32.40, past due 32.40, unapplied 0.00, balance 32.40
	// Hazel  EUR   0.00  27.35   0.00   0.00   0.00   0.00 | total 27.35, past due 27.35, unapplied 0.00, balance 27.35
	//        EUR   0.00  41.50  18.25   0.00   0.00   0.00 | total 59.75, past due 59.75, unapplied 0.00, balance 59.75
	// 5.00 EUR at 1 = 5.00 EUR, shown 5.00 EUR, difference 0.00 EUR
	// 60.15 USD at 0.91 = 54.74 EUR, shown 54.75 EUR, difference -0.01 EUR
	// rounding difference in all -0.01 EUR
}

// A8: a rate that is missing is neither 1 nor 0. All that are missing are named.
func ExampleReport_Convert_a8MissingRates() {
	report, err := aging.Compute(exampleBook, exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = report.Convert(aging.Conversion{To: ar.MustCurrency("USD"), Rounding: ar.RoundHalfEven})
	fmt.Println(err)
	// Output:
	// no rate from EUR, JPY to USD
}

// A8: an invoice of 1000.00 USD was booked at 0.90, for 900.00 EUR; of it 400.00
// were paid. What is open, 600.00 USD, stands in the books at 540.00 EUR and is
// worth 552.00 EUR at the report's rate, 0.92: 12.00 EUR gained, not realized
// yet. An advance of 50.00 USD, booked at 0.95 for 47.50 EUR, is owed to the
// customer, and now 46.00 EUR: 1.50 EUR more. An invoice of 10.00 USD carries no
// booking rate, which is said, not guessed.
func ExampleRevalueAccounts_a8BookingRates() {
	account, err := ledger.NewAccount(ledger.Customer{ID: "Gorse"}, ledger.Facts{
		Documents: []ledger.Document{
			{ID: "I-1", Customer: "Gorse", Kind: ledger.Invoice, Date: day("2026-05-11"), Amount: ar.MustMoney("1000.00 USD"), Booking: ar.MustRate("0.90")},
			{ID: "P-1", Customer: "Gorse", Kind: ledger.Payment, Date: day("2026-06-01"), Amount: ar.MustMoney("400.00 USD"), Booking: ar.MustRate("0.93")},
			{ID: "D-1", Customer: "Gorse", Kind: ledger.Deposit, Date: day("2026-06-02"), Amount: ar.MustMoney("50.00 USD"), Booking: ar.MustRate("0.95")},
			{ID: "I-2", Customer: "Gorse", Kind: ledger.Invoice, Date: day("2026-06-03"), Amount: ar.MustMoney("10.00 USD")},
		},
		Allocations: []ledger.Allocation{{ID: "A-1", Credit: "P-1", Debit: "I-1", Amount: ar.MustMoney("400.00 USD")}},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	revaluation, err := aging.RevalueAccounts([]*ledger.Account{account}, exampleOptions, aging.Conversion{
		To:       ar.MustCurrency("EUR"),
		Rates:    map[ar.Currency]ar.Rate{ar.MustCurrency("USD"): ar.MustRate("0.92")},
		Rounding: ar.RoundHalfUp,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range revaluation.Rows() {
		fmt.Printf("%s: %s outstanding, of which %s without a booking rate; the rest booked %s, now %s, difference %s\n",
			row.Key, row.Outstanding, row.Unbooked, row.Booked, row.Current, row.Difference())
	}
	// Output:
	// Gorse: 560.00 USD outstanding, of which 10.00 USD without a booking rate; the rest booked 492.50 EUR, now 506.00 EUR, difference 13.50 EUR
}

// A8: a host that has open items of its own gives the rates by a function.
func ExampleRevalue_a8OwnItems() {
	booked := map[string]ar.Rate{"A-2": ar.MustRate("0.0065")}
	revaluation, err := aging.Revalue(ledger.Items(exampleBook),
		func(it *ledger.Item) ar.Rate { return booked[it.Number] }, exampleOptions, aging.Conversion{
			To:       ar.MustCurrency("EUR"),
			Rates:    map[ar.Currency]ar.Rate{ar.MustCurrency("JPY"): ar.MustRate("0.0061")},
			Rounding: ar.RoundHalfUp,
		})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, total := range revaluation.Totals() {
		fmt.Println(total.Outstanding, "booked", total.Booked, "now", total.Current, "difference", total.Difference())
	}
	fmt.Println("in all", revaluation.Difference())
	// Output:
	// 690.00 EUR booked 690.00 EUR now 690.00 EUR difference 0.00 EUR
	// 90000 JPY booked 585.00 EUR now 549.00 EUR difference -36.00 EUR
	// in all -36.00 EUR
}
