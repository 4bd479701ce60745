package aging_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// A2: the balances of 31 March, aged on 31 March and again on 15 April. The
// invoice of 1 April is in neither, as it is dated after 31 March; that of 200.00
// is 10 days past due by the end of March and 25 by the middle of April, that of
// 300.00, due on 5 April, not yet and then 10 days. The one paid on 10 April is
// still open as of 31 March, and 31 days past due on 15 April.
func ExampleCompute_a2AgedAsOf() {
	items := []ledger.Item{
		{Customer: "Birch", Number: "R-1", Date: day("2026-02-19"), Due: day("2026-03-21"), Outstanding: ar.MustMoney("200.00 EUR")},
		{Customer: "Birch", Number: "R-2", Date: day("2026-03-06"), Due: day("2026-04-05"), Outstanding: ar.MustMoney("300.00 EUR")},
		{Customer: "Birch", Number: "R-3", Date: day("2026-02-13"), Due: day("2026-03-15"), Closed: day("2026-04-10"), Outstanding: ar.MustMoney("50.00 EUR")},
		{Customer: "Birch", Number: "R-4", Date: day("2026-04-01"), Due: day("2026-05-01"), Outstanding: ar.MustMoney("70.00 EUR")},
	}
	for _, aged := range []string{"2026-03-31", "2026-04-15"} {
		report, err := aging.Compute(items, aging.Options{
			AsOf: day("2026-03-31"), AgedAsOf: day(aged), Buckets: bucket.Standard(),
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println("as of", report.AsOf(), "aged as of", report.AgedAsOf(), "left out", report.LeftOut().Future)
		for _, row := range report.All() {
			printRow(row)
		}
	}
	// Output:
	// as of 2026-03-31 aged as of 2026-03-31 left out 1
	// Birch  EUR 300.00 250.00   0.00   0.00   0.00   0.00 | total 550.00, past due 250.00, unapplied 0.00, balance 550.00
	// as of 2026-03-31 aged as of 2026-04-15 left out 1
	// Birch  EUR   0.00 500.00  50.00   0.00   0.00   0.00 | total 550.00, past due 550.00, unapplied 0.00, balance 550.00
}

// Four invoices of 10.00, 20.00, 40.00 and 80.00, each 29 days past due; the
// second is disputed, the third on hold, the fourth both.
var contested = []ledger.Item{
	{Customer: "Birch", Number: "R-1", Date: day("2026-05-02"), Due: day("2026-06-01"), Outstanding: ar.MustMoney("10.00 EUR")},
	{Customer: "Birch", Number: "R-2", Date: day("2026-05-02"), Due: day("2026-06-01"), Outstanding: ar.MustMoney("20.00 EUR"), Flags: ledger.Disputed},
	{Customer: "Birch", Number: "R-3", Date: day("2026-05-02"), Due: day("2026-06-01"), Outstanding: ar.MustMoney("40.00 EUR"), Flags: ledger.OnHold},
	{Customer: "Birch", Number: "R-4", Date: day("2026-05-02"), Due: day("2026-06-01"), Outstanding: ar.MustMoney("80.00 EUR"), Flags: ledger.Disputed | ledger.OnHold},
}

// L7: disputed debits and those on hold are included in their buckets; or, with
// the sum and the number reported, excluded; or in a column of their own, out of
// the buckets and in the balance. Whatever is chosen, bucket + apart + excluded
// make 150.00, the balance of the account.
func ExampleCompute_l7DisputedAndOnHold() {
	for _, c := range []struct {
		title          string
		exclude, apart ledger.Flags
	}{
		{"included", 0, 0},
		{"disputes excluded", ledger.Disputed, 0},
		{"disputes apart", 0, ledger.Disputed},
		{"both apart", 0, ledger.Disputed | ledger.OnHold},
		{"disputes excluded, holds apart", ledger.Disputed, ledger.OnHold},
	} {
		opt := exampleOptions
		opt.Exclude, opt.Apart = c.exclude, c.apart
		report, err := aging.Compute(contested, opt)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, row := range report.All() {
			fmt.Printf("%s: 1–30 %s, past due %s, apart %s, balance %s; excluded %d of %s\n", c.title,
				row.Amount(1).Amount(), row.PastDue().Amount(), row.Apart().Amount(), row.Balance().Amount(),
				report.LeftOut().Excluded, row.Excluded())
		}
	}
	// Output:
	// included: 1–30 150.00, past due 150.00, apart 0.00, balance 150.00; excluded 0 of 0.00 EUR
	// disputes excluded: 1–30 50.00, past due 50.00, apart 0.00, balance 50.00; excluded 2 of 100.00 EUR
	// disputes apart: 1–30 50.00, past due 50.00, apart 100.00, balance 150.00; excluded 0 of 0.00 EUR
	// both apart: 1–30 10.00, past due 10.00, apart 140.00, balance 150.00; excluded 0 of 0.00 EUR
	// disputes excluded, holds apart: 1–30 10.00, past due 10.00, apart 40.00, balance 50.00; excluded 2 of 100.00 EUR
}

// L7: the items behind such columns, each with the reason why it is there.
func ExampleDetail_Beside_l7Excluded() {
	opt := exampleOptions
	opt.Exclude, opt.Apart = ledger.Disputed, ledger.OnHold
	detail, err := aging.NewDetail(ledger.Items(contested), opt, "Birch")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range detail.Lines(nil) {
		fmt.Println("in the balance:", line.Item.Number, line.Item.Outstanding, "apart:", line.Column == aging.InApart)
	}
	for _, line := range detail.Beside(nil) {
		explanation, err := aging.Explain(line.Item, opt, duedate.Terms{}, nil)
		fmt.Println("beside it:", line.Item.Number, line.Item.Outstanding, explanation.Reason, err)
	}
	// Output:
	// in the balance: R-1 10.00 EUR apart: false
	// in the balance: R-3 40.00 EUR apart: true
	// beside it: R-2 20.00 EUR disputed or on hold, and excluded <nil>
	// beside it: R-4 80.00 EUR disputed or on hold, and excluded <nil>
}

// L7: a hold stops the ageing clock. An invoice due on 1 July is on hold for the
// ten days from 11 to 20 July. On 5 August it is 35 days past due by the
// calendar and 25 by adjusted days, so that it moves from 31–60 to 1–30; past
// due it is in both.
func ExampleCompute_l7AdjustedDays() {
	customer := ledger.Customer{ID: "Birch", Terms: duedate.Net(30)}
	account, err := ledger.NewAccount(customer, ledger.Facts{
		Documents: []ledger.Document{{
			ID: "R-1", Number: "R-1", Customer: "Birch", Kind: ledger.Invoice, Date: day("2026-06-01"), Amount: ar.MustMoney("100.00 EUR"),
		}},
		Statuses: []ledger.Status{
			{Document: "R-1", Date: day("2026-07-11"), Flags: ledger.OnHold, Reason: "short delivery"},
			{Document: "R-1", Date: day("2026-07-21"), Reason: "settled"},
		},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, adjusted := range []bool{false, true} {
		opt := aging.Options{AsOf: day("2026-08-05"), Buckets: bucket.Standard(), Adjusted: adjusted}
		detail, err := aging.NewDetail(account.Items(opt.AsOf), opt, "Birch")
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, row := range detail.Report().All() {
			printRow(row)
		}
		for _, line := range detail.Lines(nil) {
			explanation, err := aging.Explain(line.Item, opt, customer.Terms, nil)
			fmt.Print(explanation)
			fmt.Println(line.DaysPastDue, "calendar days,", line.DaysAdjusted, "adjusted days", err)
		}
	}
	// Output:
	// Birch  EUR   0.00   0.00 100.00   0.00   0.00   0.00 | total 100.00, past due 100.00, unapplied 0.00, balance 100.00
	// item "R-1" of customer "Birch"
	//   outstanding  100.00 EUR
	//   dated        2026-06-01
	//   terms        net 30: 2026-06-01 → net 30 → 2026-07-01
	//   due          2026-07-01
	//   as of        2026-08-05: 35 days past due
	//   adjusted     10 days held: 25 days past due
	//   bucket       31–60: days 31–60
	// 35 calendar days, 25 adjusted days <nil>
	// Birch  EUR   0.00 100.00   0.00   0.00   0.00   0.00 | total 100.00, past due 100.00, unapplied 0.00, balance 100.00
	// item "R-1" of customer "Birch"
	//   outstanding  100.00 EUR
	//   dated        2026-06-01
	//   terms        net 30: 2026-06-01 → net 30 → 2026-07-01
	//   due          2026-07-01
	//   as of        2026-08-05: 35 days past due
	//   adjusted     10 days held: 25 days past due
	//   aged by      adjusted days
	//   bucket       1–30: days 1–30
	// 35 calendar days, 25 adjusted days <nil>
}

// A3: what came in after the as-of date, beside the balances of that date. As of
// 31 March Birch owes 500.00 and has an unapplied payment of 20.00 of that day;
// by 15 April another 450.00 came in, of which no bucket and no balance knows.
// The payment of 16 April comes after the last day asked for.
func ExampleCompute_a3ReceiptsAfterTheAsOfDate() {
	document := func(id string, kind ledger.Kind, date, amount string) ledger.Document {
		return ledger.Document{ID: id, Number: id, Customer: "Birch", Kind: kind, Date: day(date), Amount: ar.MustMoney(amount)}
	}
	accounts, err := ledger.Accounts([]ledger.Customer{{ID: "Birch"}}, ledger.Facts{
		Documents: []ledger.Document{
			document("R-1", ledger.Invoice, "2026-03-01", "500.00 EUR"),
			document("P-1", ledger.Payment, "2026-03-31", "20.00 EUR"),
			document("P-2", ledger.Payment, "2026-04-01", "400.00 EUR"),
			document("P-3", ledger.Deposit, "2026-04-15", "50.00 EUR"),
			document("P-4", ledger.Payment, "2026-04-16", "7.00 EUR"),
		},
		Allocations: []ledger.Allocation{{ID: "A-1", Credit: "P-2", Debit: "R-1", Amount: ar.MustMoney("400.00 EUR")}},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	opt := aging.Options{AsOf: day("2026-03-31"), Buckets: bucket.Standard(), Receipts: true}
	report, err := aging.ComputeSeq(ledger.Join(
		ledger.ItemsOf(accounts, opt.AsOf),
		ledger.ReceiptsOf(accounts, opt.AsOf, day("2026-04-15")),
	), opt)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range report.All() {
		printRow(row)
		fmt.Println("received since:", row.Receipts())
	}
	// Output:
	// Birch  EUR   0.00 500.00   0.00   0.00   0.00   0.00 | total 500.00, past due 500.00, unapplied 20.00, balance 480.00
	// received since: 450.00 EUR
}
