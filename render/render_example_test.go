package render_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
	"github.com/openreceivables/ar/statement"
)

// invoice is an open item of the examples.
func invoice(customer, number, amount, date, due string) ledger.Item {
	return ledger.Item{
		Customer: customer, Number: number, Outstanding: ar.MustMoney(amount),
		Date: ar.MustDate(date), Due: ar.MustDate(due),
	}
}

// report ages items as of 30 June 2026.
func report(items []ledger.Item, set bucket.Set) *aging.Report {
	r, err := aging.Compute(items, aging.Options{AsOf: ar.MustDate("2026-06-30"), Buckets: set})
	if err != nil {
		panic(err)
	}
	return r
}

// Two customers as of 30 June 2026. Brandt's invoice fell due on 1 June, 29
// days before; Adler's is due on 3 July.
func ExampleReport() {
	r := report([]ledger.Item{
		invoice("Adler", "R-101", "1200.00 EUR", "2026-06-03", "2026-07-03"),
		invoice("Brandt", "R-099", "250.50 EUR", "2026-05-02", "2026-06-01"),
	}, bucket.MustParse("0, 30, 60, 90"))
	for _, format := range []render.Format{render.Text, render.CSV, render.JSON} {
		if err := render.Report(os.Stdout, r, render.ReportOptions{Format: format}); err != nil {
			fmt.Println(err)
		}
		fmt.Println()
	}

	// Output:
	// Aged receivables as of 2026-06-30, by due date
	//
	// Customer  Currency   Current    1–30  31–60  61–90  Over 90     Total  Past due
	// -------------------------------------------------------------------------------
	// Adler     EUR       1,200.00       -      -      -        -  1,200.00         -
	// Brandt    EUR              -  250.50      -      -        -    250.50    250.50
	// -------------------------------------------------------------------------------
	// Total     EUR       1,200.00  250.50      -      -        -  1,450.50    250.50
	//
	// as_of,customer,currency,Current,1–30,31–60,61–90,Over 90,total,past_due
	// 2026-06-30,Adler,EUR,1200.00,0.00,0.00,0.00,0.00,1200.00,0.00
	// 2026-06-30,Brandt,EUR,0.00,250.50,0.00,0.00,0.00,250.50,250.50
	//
	// {"as_of":"2026-06-30","buckets":["Current","1–30","31–60","61–90","Over 90"],"rows":[{"customer":"Adler","currency":"EUR","amounts":["1200.00","0.00","0.00","0.00","0.00"],"total":"1200.00","past_due":"0.00"},{"customer":"Brandt","currency":"EUR","amounts":["0.00","250.50","0.00","0.00","0.00"],"total":"250.50","past_due":"250.50"}],"totals":[{"currency":"EUR","amounts":["1200.00","250.50","0.00","0.00","0.00"],"total":"1450.50","past_due":"250.50"}]}
}

// Three customers owe 100, 300 and 200 euro. By balance, the largest first, the
// second page of two rows has the customer who owes least. The totals below it
// are those of all three, 600.00, and not of the page.
func ExampleReport_a5SortAndPage() {
	r := report([]ledger.Item{
		invoice("Adler", "R-1", "100.00 EUR", "2026-06-01", "2026-06-15"),
		invoice("Brandt", "R-2", "300.00 EUR", "2026-06-01", "2026-06-15"),
		invoice("Cordes", "R-3", "200.00 EUR", "2026-06-01", "2026-07-15"),
	}, bucket.Statement())
	for page := 1; page <= 2; page++ {
		err := render.Report(os.Stdout, r, render.ReportOptions{Order: aging.ByBalance, Page: page, PageSize: 2})
		if err != nil {
			fmt.Println(err)
		}
		fmt.Println()
	}

	// Output:
	// Aged receivables as of 2026-06-30, by due date
	//
	// Customer  Currency  Not yet due  Due  Overdue   Total  Past due
	// ---------------------------------------------------------------
	// Brandt    EUR                 -    -   300.00  300.00    300.00
	// Cordes    EUR            200.00    -        -  200.00         -
	// ---------------------------------------------------------------
	// Total     EUR            200.00    -   400.00  600.00    400.00
	//
	// Page 1 of 2. The totals are those of all 3 rows.
	//
	// Aged receivables as of 2026-06-30, by due date
	//
	// Customer  Currency  Not yet due  Due  Overdue   Total  Past due
	// ---------------------------------------------------------------
	// Adler     EUR                 -    -   100.00  100.00    100.00
	// ---------------------------------------------------------------
	// Total     EUR            200.00    -   400.00  600.00    400.00
	//
	// Page 2 of 2. The totals are those of all 3 rows.
}

// The detail behind a customer's row, by due date: each open item with its
// number, dates, remaining amount, bucket, days past due and footnote. Of the
// invoice of 2 May, due on 1 June, 29 days have passed by 30 June. The credit
// of 50.00 is in no bucket. The totals are the customer's row: 1,200.00 current
// and 250.50 in 1–30.
func ExampleDetail_a6Customer() {
	items := []ledger.Item{
		invoice("Adler", "R-101", "1200.00 EUR", "2026-06-03", "2026-07-03"),
		invoice("Adler", "R-099", "250.50 EUR", "2026-05-02", "2026-06-01"),
		invoice("Adler", "G-007", "-50.00 EUR", "2026-06-10", "2026-06-10"),
		invoice("Brandt", "R-102", "77.00 EUR", "2026-05-01", "2026-05-31"),
	}
	items[1].Flags = ledger.Disputed | ledger.Footnote
	d, err := aging.NewDetail(ledger.Items(items), aging.Options{
		AsOf: ar.MustDate("2026-06-30"), Buckets: bucket.MustParse("0, 30, 60"),
	}, "Adler")
	if err != nil {
		fmt.Println(err)
		return
	}
	err = render.Detail(os.Stdout, d, render.DetailOptions{
		Order:    aging.ByDueDate,
		Footnote: func(it *ledger.Item) string { return map[string]string{"R-099": "2 pallets damaged"}[it.Number] },
	})
	if err != nil {
		fmt.Println(err)
	}

	// Output:
	// Open items of customer Adler as of 2026-06-30, by due date
	//
	// Number  Date        Due         Currency    Amount   Current    1–30  31–60  Over 60  Unapplied  Days past due  Notes
	// -------------------------------------------------------------------------------------------------------------------------------------------
	// R-099   2026-05-02  2026-06-01  EUR         250.50         -  250.50      -        -          -             29  disputed; 2 pallets damaged
	// G-007   2026-06-10  2026-06-10  EUR         -50.00         -       -      -        -      50.00              -
	// R-101   2026-06-03  2026-07-03  EUR       1,200.00  1,200.00       -      -        -          -              -
	// -------------------------------------------------------------------------------------------------------------------------------------------
	// Total                           EUR       1,400.50  1,200.00  250.50      -        -      50.00
}

// The last column of the preset "pending", 90+, is an alert: on a terminal, what
// is above zero there is red (escape sequence 31), and every row's total is
// bold (1). Adler's invoice is 91 days past due on 30 June, Brandt's 90: one day
// short of the alert.
func ExampleReport_b4AlertAndTotal() {
	r := report([]ledger.Item{
		invoice("Adler", "R-1", "10.00 EUR", "2026-03-01", "2026-03-31"),
		invoice("Brandt", "R-2", "20.00 EUR", "2026-03-02", "2026-04-01"),
	}, bucket.MustParse("pending"))
	var out bytes.Buffer
	if err := render.Report(&out, r, render.ReportOptions{Color: true}); err != nil {
		fmt.Println(err)
	}
	for line := range strings.Lines(out.String()) {
		fmt.Printf("%q\n", strings.TrimSuffix(line, "\n"))
	}

	// Output:
	// "Aged receivables as of 2026-06-30, by due date"
	// ""
	// "Customer  Currency  Pending  Current  30+    60+    90+  Total  Past due"
	// "------------------------------------------------------------------------"
	// "Adler     EUR             -        -    -      -  \x1b[31m10.00\x1b[0m  \x1b[1m10.00\x1b[0m     10.00"
	// "Brandt    EUR             -        -    -  20.00      -  \x1b[1m20.00\x1b[0m     20.00"
	// "------------------------------------------------------------------------"
	// "Total     EUR             -        -    -  20.00  \x1b[31m10.00\x1b[0m  \x1b[1m30.00\x1b[0m     30.00"
}

// The two screens of one report. "Current–60" shows three buckets and the total
// beyond 60 days, "Over 60" the other three and the total of less; in both, each
// row adds up to 150.00.
func ExampleReport_b5Views() {
	r := report([]ledger.Item{
		invoice("Adler", "R-1", "100.00 EUR", "2026-06-01", "2026-07-01"), // 1 day ahead
		invoice("Adler", "R-2", "20.00 EUR", "2026-05-01", "2026-05-31"),  // 30 days
		invoice("Adler", "R-3", "7.00 EUR", "2026-04-01", "2026-05-01"),   // 60 days
		invoice("Adler", "R-4", "3.00 EUR", "2026-03-31", "2026-04-30"),   // 61 days
		invoice("Adler", "R-5", "20.00 EUR", "2026-01-31", "2026-03-01"),  // 121 days
	}, bucket.Standard())
	for _, text := range []string{"current-60", "over-60"} {
		view, err := bucket.ParseView(r.Buckets(), text)
		if err != nil {
			fmt.Println(err)
			return
		}
		if err := render.Report(os.Stdout, r, render.ReportOptions{View: view}); err != nil {
			fmt.Println(err)
		}
		fmt.Println()
	}

	// Output:
	// Aged receivables as of 2026-06-30, by due date
	//
	// Customer  Currency  Current   1–30  31–60  Over 60   Total  Past due
	// --------------------------------------------------------------------
	// Adler     EUR        100.00  20.00   7.00    23.00  150.00     50.00
	// --------------------------------------------------------------------
	// Total     EUR        100.00  20.00   7.00    23.00  150.00     50.00
	//
	// Aged receivables as of 2026-06-30, by due date
	//
	// Customer  Currency  Up to 60  61–90  91–120  Over 120   Total  Past due
	// -----------------------------------------------------------------------
	// Adler     EUR         127.00   3.00       -     20.00  150.00     50.00
	// -----------------------------------------------------------------------
	// Total     EUR         127.00   3.00       -     20.00  150.00     50.00
}

// Names and reasons come from outside. What a host writes of them itself, in a list
// of failures say, is made safe first: this name would turn "Pay to 10" around, and
// this reason clear the screen.
func ExamplePrintable() {
	name, reason := "\u202e01 ot yaP", "host \x1b[2J not found"
	fmt.Printf("%s: %s\n", render.Printable(name), render.Printable(reason))
	fmt.Println(render.Printable("Café Zuckerwolke ☕, שלום"))

	// Output:
	// �01 ot yaP: host �[2J not found
	// Café Zuckerwolke ☕, שלום
}

func ExampleAmount() {
	for _, text := range []string{"1234567.8 EUR", "-980000 JPY", "0 KWD"} {
		m := ar.MustMoney(text)
		fmt.Println(render.Amount(m), m.Currency())
	}

	// Output:
	// 1,234,567.80 EUR
	// -980,000 JPY
	// 0.000 KWD
}

// onPaper is a statement.Renderer of a text to print; here it shows where a new
// page begins.
type onPaper struct{ w io.Writer }

func (p onPaper) Render(_ context.Context, sheets iter.Seq2[statement.Sheet, error]) error {
	var text bytes.Buffer
	if err := render.Sheets(&text, sheets, render.StatementOptions{}); err != nil {
		return err
	}
	_, err := io.WriteString(p.w, strings.ReplaceAll(text.String(), "\f", "(a new page)\n"))
	return err
}

// SPEC A11: the open invoices of Adler as one document. Of the first, 250.50 was
// paid; the second is one of two parts, the first of which was paid in full.
func ExampleSheets_a11OneDocument() {
	adler, err := ledger.NewAccount(ledger.Customer{ID: "C-7", Name: "Adler"}, ledger.Facts{
		Documents: []ledger.Document{
			{ID: "R-101", Number: "R-101", Customer: "C-7", Kind: ledger.Invoice, Date: ar.MustDate("2026-05-02"), Due: ar.MustDate("2026-06-01"), Amount: ar.MustMoney("1250.50 EUR")},
			{ID: "R-102", Number: "R-102", Customer: "C-7", Kind: ledger.Invoice, Date: ar.MustDate("2026-05-04"), Amount: ar.MustMoney("200.00 EUR"), Parts: []ledger.Part{
				{Due: ar.MustDate("2026-05-10"), Amount: ar.MustMoney("100.00 EUR")},
				{Due: ar.MustDate("2026-06-10"), Amount: ar.MustMoney("100.00 EUR")},
			}},
			{ID: "P-9", Customer: "C-7", Kind: ledger.Payment, Date: ar.MustDate("2026-05-20"), Amount: ar.MustMoney("350.50 EUR")},
		},
		Allocations: []ledger.Allocation{
			{ID: "1", Credit: "P-9", Debit: "R-101", Amount: ar.MustMoney("250.50 EUR")},
			{ID: "2", Credit: "P-9", Debit: "R-102", Part: 1, Amount: ar.MustMoney("100.00 EUR")},
		},
	}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	scope, err := ledger.NewScope([]string{""}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	store := books{accounts: map[string]*ledger.Account{"C-7": adler}}
	q := statement.Selection{Customers: []string{"C-7"}, AsOf: ar.MustDate("2026-06-30")}
	if err := statement.CollectInvoices(context.Background(), store, scope, q, onPaper{os.Stdout}); err != nil {
		fmt.Println(err)
	}

	// Output:
	// Invoice R-101
	// Adler (C-7)
	// dated 2026-05-02, 1,250.50 EUR
	//
	// Open as of 2026-06-30, in EUR
	//
	// Due         Outstanding
	// -----------------------
	// 2026-06-01     1,000.00
	// -----------------------
	// Total          1,000.00
	//
	// (a new page)
	// Invoice R-102
	// Adler (C-7)
	// dated 2026-05-04, 200.00 EUR
	//
	// Open as of 2026-06-30, in EUR
	//
	// Due         Outstanding  Notes
	// -------------------------------
	// 2026-06-10       100.00  part 2
	// -------------------------------
	// Total            100.00
}
