package aging_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// The book that the examples of this package age, as of 30 June 2026.
//
//	customer  number  due         days    outstanding
//	Birch     B-1     2026-07-15   −15        100.00 EUR  not yet due
//	Birch     B-2     2026-06-30     0         50.00 EUR  due that day
//	Birch     B-3     2026-06-29     1         25.00 EUR  one day past due
//	Birch     B-4     2026-05-31    30         10.00 EUR
//	Birch     B-5     2026-05-30    31          5.00 EUR
//	Acorn     A-1     2026-03-01   121        700.00 EUR
//	Acorn     A-2     2026-06-10    20      90000 JPY
//	Acorn     A-3     2026-06-20    10       −200.00 EUR  a payment, not yet applied
//	Cedar     C-1     2026-07-31   −31         33.00 EUR  dated 1 July: not there yet
//	Cedar     C-2     2026-04-30    61         44.00 EUR  paid on 30 June
var exampleBook = []ledger.Item{
	{Customer: "Birch", Location: "North", Number: "B-1", Date: day("2026-06-15"), Due: day("2026-07-15"), Outstanding: ar.MustMoney("100.00 EUR")},
	{Customer: "Birch", Location: "North", Number: "B-2", Date: day("2026-05-31"), Due: day("2026-06-30"), Outstanding: ar.MustMoney("50.00 EUR")},
	{Customer: "Birch", Location: "North", Number: "B-3", Date: day("2026-05-30"), Due: day("2026-06-29"), Outstanding: ar.MustMoney("25.00 EUR")},
	{Customer: "Birch", Location: "South", Number: "B-4", Date: day("2026-05-01"), Due: day("2026-05-31"), Outstanding: ar.MustMoney("10.00 EUR")},
	{Customer: "Birch", Location: "South", Number: "B-5", Date: day("2026-04-30"), Due: day("2026-05-30"), Outstanding: ar.MustMoney("5.00 EUR")},
	{Customer: "Acorn", Location: "South", Number: "A-1", Date: day("2026-01-31"), Due: day("2026-03-01"), Outstanding: ar.MustMoney("700.00 EUR")},
	{Customer: "Acorn", Location: "South", Number: "A-2", Date: day("2026-05-11"), Due: day("2026-06-10"), Outstanding: ar.MustMoney("90000 JPY")},
	{Customer: "Acorn", Location: "South", Number: "A-3", Date: day("2026-06-20"), Outstanding: ar.MustMoney("-200.00 EUR")},
	{Customer: "Cedar", Location: "North", Number: "C-1", Date: day("2026-07-01"), Due: day("2026-07-31"), Outstanding: ar.MustMoney("33.00 EUR")},
	{Customer: "Cedar", Location: "North", Number: "C-2", Date: day("2026-03-31"), Due: day("2026-04-30"), Closed: day("2026-06-30"), Outstanding: ar.MustMoney("44.00 EUR")},
}

var exampleOptions = aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}

func printRow(row aging.Row) {
	fmt.Printf("%-6s %s", row.Key(), row.Currency())
	for _, m := range row.Amounts() {
		fmt.Printf(" %6s", m.Amount())
	}
	fmt.Printf(" | total %s, past due %s, unapplied %s, balance %s\n",
		row.Total().Amount(), row.PastDue().Amount(), row.Unapplied().Amount(), row.Balance().Amount())
}

// The aged report of a small book.
func Example() {
	report, err := aging.Compute(exampleBook, exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range report.All() {
		fmt.Println(row.Key(), row.Balance(), "of which past due", row.PastDue())
	}
	// Output:
	// Acorn 500.00 EUR of which past due 700.00 EUR
	// Acorn 90000 JPY of which past due 90000 JPY
	// Birch 190.00 EUR of which past due 40.00 EUR
}

// A1: one row per customer and currency, not per invoice; every amount is the
// sum of the customer's open items in that bucket. Total is the sum of the
// buckets, Balance is Total less unapplied credits, past due is everything one
// day or more past its due date. The totals are the sums of the columns, per
// currency: 100.00 + 50.00 = 150.00 current, 25.00 + 10.00 = 35.00 at 1–30 days.
func ExampleCompute_a1RowsAndTotals() {
	report, err := aging.Compute(exampleBook, exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range report.All() {
		printRow(row)
	}
	for _, total := range report.Totals() {
		printRow(total)
	}
	// Output:
	// Acorn  EUR   0.00   0.00   0.00   0.00   0.00 700.00 | total 700.00, past due 700.00, unapplied 200.00, balance 500.00
	// Acorn  JPY      0  90000      0      0      0      0 | total 90000, past due 90000, unapplied 0, balance 90000
	// Birch  EUR 150.00  35.00   5.00   0.00   0.00   0.00 | total 190.00, past due 40.00, unapplied 0.00, balance 190.00
	//        EUR 150.00  35.00   5.00   0.00   0.00 700.00 | total 890.00, past due 740.00, unapplied 200.00, balance 690.00
	//        JPY      0  90000      0      0      0      0 | total 90000, past due 90000, unapplied 0, balance 90000
}

// A2: items age by their due date unless the report says otherwise. B-4 is 30
// days past its due date, and its document is 60 days old: by document date it
// moves from 1–30 to 31–60. What is past due does not change with it.
func ExampleCompute_a2Basis() {
	for _, basis := range []aging.Basis{aging.DueDate, aging.DocumentDate} {
		opt := exampleOptions
		opt.Basis = basis
		report, err := aging.Compute(exampleBook[3:4], opt)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, row := range report.All() {
			printRow(row)
		}
	}
	// Output:
	// Birch  EUR   0.00  10.00   0.00   0.00   0.00   0.00 | total 10.00, past due 10.00, unapplied 0.00, balance 10.00
	// Birch  EUR   0.00   0.00  10.00   0.00   0.00   0.00 | total 10.00, past due 10.00, unapplied 0.00, balance 10.00
}

// A2: C-1 is dated after the as-of date and C-2 is closed on it, so neither is
// in the report, which says how many it left out. The day before, C-2 was open:
// 60 days past due.
func ExampleCompute_a2LeftOut() {
	for _, asOf := range []string{"2026-06-30", "2026-06-29"} {
		opt := exampleOptions
		opt.AsOf = ar.MustDate(asOf)
		report, err := aging.Compute(exampleBook[8:], opt)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %+v\n", asOf, report.LeftOut())
		for _, row := range report.All() {
			printRow(row)
		}
	}
	// Output:
	// 2026-06-30: {Future:1 Closed:1 Settled:0 Excluded:0}
	// 2026-06-29: {Future:1 Closed:0 Settled:0 Excluded:0}
	// Cedar  EUR   0.00   0.00  44.00   0.00   0.00   0.00 | total 44.00, past due 44.00, unapplied 0.00, balance 44.00
}

// A5: the default order is by customer; by name, names decide; by balance, the
// largest comes first, currency by currency.
func ExampleReport_Rows_a5Order() {
	report, err := aging.Compute(exampleBook, exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	names := map[string]string{"Acorn": "Zacharias Acorn Ltd", "Birch": "birch & sons"}
	show := func(title string, order aging.Order) {
		fmt.Print(title, ":")
		for _, row := range report.Rows(order) {
			fmt.Printf(" %s %s;", row.Key(), row.Balance())
		}
		fmt.Println()
	}
	show("by customer", nil)
	show("by name", aging.ByName(func(id string) string { return names[id] }))
	show("by balance", aging.ByBalance)
	// Output:
	// by customer: Acorn 500.00 EUR; Acorn 90000 JPY; Birch 190.00 EUR;
	// by name: Birch 190.00 EUR; Acorn 500.00 EUR; Acorn 90000 JPY;
	// by balance: Acorn 500.00 EUR; Birch 190.00 EUR; Acorn 90000 JPY;
}

// A5: a page shows some of the rows, 50 where no size is given; the totals stay
// those of the whole report.
func ExampleReport_Page_a5Totals() {
	report, err := aging.Compute(exampleBook, exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	page, err := report.Page(nil, 2, 2)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("page %d of %d\n", page.Number, page.Pages)
	for _, row := range page.Rows {
		printRow(row)
	}
	for _, total := range report.Totals() {
		fmt.Println("total", total.Total())
	}
	// Output:
	// page 2 of 2
	// Birch  EUR 150.00  35.00   5.00   0.00   0.00   0.00 | total 190.00, past due 40.00, unapplied 0.00, balance 190.00
	// total 890.00 EUR
	// total 90000 JPY
}

// A6: the detail of a customer lists each open item with its dates, what
// remains of it, its bucket and its days past due; the totals per bucket are
// the customer's row.
func ExampleNewDetail_a6Items() {
	detail, err := aging.NewDetail(ledger.Items(exampleBook), exampleOptions, "Birch")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range detail.Lines(aging.ByDueDate) {
		it := line.Item
		fmt.Printf("%s  %s  due %s  %10s  %-7s %d days past due\n",
			it.Number, it.Date, it.Due, it.Outstanding, exampleOptions.Buckets.Label(line.Bucket), line.DaysPastDue)
	}
	for _, row := range detail.Report().All() {
		printRow(row)
	}
	// Output:
	// B-5  2026-04-30  due 2026-05-30    5.00 EUR  31–60   31 days past due
	// B-4  2026-05-01  due 2026-05-31   10.00 EUR  1–30    30 days past due
	// B-3  2026-05-30  due 2026-06-29   25.00 EUR  1–30    1 days past due
	// B-2  2026-05-31  due 2026-06-30   50.00 EUR  Current 0 days past due
	// B-1  2026-06-15  due 2026-07-15  100.00 EUR  Current -15 days past due
	// Birch  EUR 150.00  35.00   5.00   0.00   0.00   0.00 | total 190.00, past due 40.00, unapplied 0.00, balance 190.00
}

// A9: rows by location, or by any key the host gives: here the first letter of
// the document's number stands for its salesperson.
func ExampleCompute_a9OtherGroups() {
	for _, group := range []aging.Group{
		aging.ByLocation(),
		{Name: "salesperson", Key: func(it *ledger.Item) string { return it.Number[:1] }},
	} {
		opt := exampleOptions
		opt.Group = group
		report, err := aging.Compute(exampleBook, opt)
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, row := range report.All() {
			fmt.Println(report.GroupName(), row.Key(), row.Balance())
		}
	}
	// Output:
	// location North 175.00 EUR
	// location South 515.00 EUR
	// location South 90000 JPY
	// salesperson A 500.00 EUR
	// salesperson A 90000 JPY
	// salesperson B 190.00 EUR
}

// A10: the reports of two halves of a book, merged in either order, are the
// report of the book.
func ExampleMerge_a10Union() {
	whole, err := aging.Compute(exampleBook, exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	first, err := aging.Compute(exampleBook[:4], exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	second, err := aging.Compute(exampleBook[4:], exampleOptions)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, halves := range [][]*aging.Report{{first, second}, {second, first}} {
		merged, err := aging.Merge(halves...)
		fmt.Println(merged.Equal(whole), err)
	}
	// Output:
	// true <nil>
	// true <nil>
}
