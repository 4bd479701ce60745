package intake_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/intake"
)

// From a file to the aged report. One invoice is 9 days past due at the end of
// June; of the other, due on 15 July, nothing is; and C2 has an unapplied
// payment.
func Example() {
	const file = `Client,Invoice,Issued,Due,Open
C1,1001,2026-05-22,2026-06-21,"1,250.00"
C1,1002,2026-06-15,2026-07-15,80.00
C2,P-7,2026-06-20,,-300.00
`
	columns, err := intake.ParseColumns[intake.ItemColumns]("customer=Client,number=Invoice,date=Issued,due=Due,amount=Open")
	if err != nil {
		fmt.Println(err)
		return
	}
	batch, err := intake.ReadItems(strings.NewReader(file), intake.ItemOptions{Columns: columns, Format: intake.Format{Currency: ar.MustCurrency("EUR")}})
	if err != nil {
		fmt.Println(err)
		return
	}
	report, err := aging.ComputeSeq(batch.Items(), aging.Options{AsOf: ar.MustDate("2026-06-30"), Buckets: bucket.Standard()})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, row := range report.All() {
		fmt.Println(row.Key(), "total", row.Total(), "past due", row.PastDue(), "unapplied", row.Unapplied())
	}
	// Output:
	// C1 total 1330.00 EUR past due 1250.00 EUR unapplied 0.00 EUR
	// C2 total 0.00 EUR past due 0.00 EUR unapplied 300.00 EUR
}

// An invoice of 2 January 2013 that was settled on 15 January is open from its
// date until the day before it was settled: it is in the report as of
// 14 January, and not in that as of 15 January. An invoice without a settled
// date stays open.
func Example_a2SettledDate() {
	const file = `customer,invoice,date,due,amount,settled
0379,611365,1/2/2013,2/1/2013,55.94,1/15/2013
0379,611366,1/2/2013,2/1/2013,10.00,
`
	batch, err := intake.ReadItems(strings.NewReader(file), intake.ItemOptions{
		Columns: intake.ItemColumns{Customer: "customer", Number: "invoice", Date: "date", Due: "due", Amount: "amount", Settled: "settled"},
		Format:  intake.Format{DateLayout: "1/2/2006", Currency: ar.MustCurrency("USD")},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, asOf := range []string{"2013-01-01", "2013-01-02", "2013-01-14", "2013-01-15"} {
		report, err := aging.ComputeSeq(batch.Items(), aging.Options{AsOf: ar.MustDate(asOf), Buckets: bucket.Standard()})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Print(asOf, ":")
		for _, total := range report.Totals() {
			fmt.Print(" ", total.Total())
		}
		fmt.Printf(" (not yet dated %d, closed %d)\n", report.LeftOut().Future, report.LeftOut().Closed)
	}
	// Output:
	// 2013-01-01: (not yet dated 2, closed 0)
	// 2013-01-02: 65.94 USD (not yet dated 0, closed 0)
	// 2013-01-14: 65.94 USD (not yet dated 0, closed 0)
	// 2013-01-15: 10.00 USD (not yet dated 0, closed 1)
}

// Every bad row is reported, each of its faults with line, column, value and
// what would be right. The good rows are kept because that was asked for; the
// control totals say what they come to, so that nobody takes them for the whole.
func ExampleReadItems_badRows() {
	const file = `customer,number,date,due,amount
C1,1001,2026-06-03,2026-07-03,"1,200.00"
,1002,2026-06-31,2026-07-31,"1,50"
C1,1001,2026-06-04,2026-07-04,10.00
C2,1003,2026-06-05,2026-06-01,75.25
C2,1004,2026-06-05
C2,1005,2026-06-06,2026-07-06,-20.00
`
	batch, err := intake.ReadItems(strings.NewReader(file), intake.ItemOptions{
		Columns:  intake.ItemColumns{Customer: "customer", Number: "number", Date: "date", Due: "due", Amount: "amount"},
		Format:   intake.Format{Currency: ar.MustCurrency("EUR")},
		KeepGood: true,
	})
	fmt.Println(err)
	fmt.Println("no such day among them:", errors.Is(err, ar.ErrNoSuchDay))
	for _, warning := range batch.Warnings {
		fmt.Println("warning:", warning)
	}
	fmt.Printf("read %d, good %d, bad %d\n", batch.Control.Read, batch.Control.Good, batch.Control.Bad)
	for _, total := range batch.Control.Totals {
		fmt.Printf("%d rows: debits %s, credits %s\n", total.Rows, total.Debits, total.Credits)
	}
	for _, row := range batch.Rows {
		fmt.Println("line", row.Line, "is", row.Item.Number)
	}
	// Output:
	// line 3, column "customer": "": no customer ID
	// line 3, column "date": "2026-06-31": no such day, want 2006-01-02 for 2 January 2006
	// line 3, column "amount": "1,50": malformed: want an amount such as -1,234.56; is ',' the decimal separator?
	// line 4, column "number": "1001": duplicate document number: customer "C1" has it in line 2 already
	// line 6: wrong number of fields: 3, the header has 5
	// no such day among them: true
	// warning: line 5, column "due": "2026-06-01": due before the document date 2026-06-05: 2026-06-01
	// read 6, good 3, bad 3
	// 3 rows: debits 1275.25 EUR, credits 20.00 EUR
	// line 2 is 1001
	// line 5 is 1003
	// line 7 is 1005
}

// Amounts come in many notations. Each Options has one: here what is German,
// French and Swiss for 1234.50. The German decimal comma in a file that was said
// to be English is refused, not taken for thousands.
func ExampleReadItems_separators() {
	for _, book := range []struct {
		decimal, thousands rune
		amount             string
	}{
		{',', '.', "1.234,50"},
		{',', ' ', "1\u202f234,50"},
		{'.', '\'', "1\u2019234.50"},
		{'.', ',', "1,234.50"},
		{'.', ',', "12,34,567.00"}, // as in India
		{'.', ',', "(1,234.50)"},   // as accountants write credits
		{'.', ',', "1.234,50"},
	} {
		batch, err := intake.ReadItems(strings.NewReader("customer;date;amount\nC1;2026-06-03;"+book.amount+"\n"), intake.ItemOptions{
			Columns: intake.ItemColumns{Customer: "customer", Date: "date", Amount: "amount"},
			Format:  intake.Format{Currency: ar.MustCurrency("EUR"), Decimal: book.decimal, Thousands: book.thousands, Delimiter: ';'},
		})
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Printf("%+q is %s\n", book.amount, batch.Rows[0].Item.Outstanding)
	}
	// Output:
	// "1.234,50" is 1234.50 EUR
	// "1\u202f234,50" is 1234.50 EUR
	// "1\u2019234.50" is 1234.50 EUR
	// "1,234.50" is 1234.50 EUR
	// "12,34,567.00" is 1234567.00 EUR
	// "(1,234.50)" is -1234.50 EUR
	// line 2, column "amount": "1.234,50": malformed: want an amount such as -1,234.56; is ',' the decimal separator?
}

// Terms per row, through the host's own codes: Z010 is 10 days here, and M1 the
// end of the following month. What is no code is read as terms; a row without
// terms has the default, and a due date of its own goes before all terms. All
// invoices are of 3 June.
func ExampleReadItems_d1HostCodes() {
	const file = `customer,number,date,due,terms,amount
C1,1,2026-06-03,,Z010,5
C1,2,2026-06-03,,M1,5
C1,3,2026-06-03,,7 days,5
C1,4,2026-06-03,,,5
C1,5,2026-06-03,2026-06-08,Z010,5
C1,6,2026-06-03,,Z011,5
`
	batch, err := intake.ReadItems(strings.NewReader(file), intake.ItemOptions{
		Columns:      intake.ItemColumns{Customer: "customer", Number: "number", Date: "date", Due: "due", Terms: "terms", Amount: "amount"},
		Format:       intake.Format{Currency: ar.MustCurrency("EUR")},
		Terms:        map[string]duedate.Terms{"Z010": duedate.Net(10), "M1": duedate.EOFM()},
		DefaultTerms: duedate.Net(30),
		KeepGood:     true,
	})
	for _, row := range batch.Rows {
		by := "its own"
		if row.Terms != nil {
			by = row.Terms.String()
		}
		fmt.Printf("%s due %s: %s\n", row.Item.Number, row.Item.Due, by)
	}
	fmt.Println(err)
	// Output:
	// 1 due 2026-06-13: net 10
	// 2 due 2026-07-31: eofm
	// 3 due 2026-06-10: net 7
	// 4 due 2026-07-03: net 30
	// 5 due 2026-06-08: its own
	// line 7, column "terms": "Z011": malformed: neither a code of the table nor terms: "Z": not a step; want one such as "net 30", "eom" or "15th prox"
}

// 10.005 has more decimals than the euro. That is an error, unless a rounding
// mode is named.
func ExampleReadItems_v3Rounding() {
	const file = "customer,date,amount\nC1,2026-06-03,10.005\n"
	opt := intake.ItemOptions{
		Columns: intake.ItemColumns{Customer: "customer", Date: "date", Amount: "amount"},
		Format:  intake.Format{Currency: ar.MustCurrency("EUR")},
	}
	_, err := intake.ReadItems(strings.NewReader(file), opt)
	fmt.Println(errors.Is(err, ar.ErrTooPrecise))

	opt.Rounding = ar.RoundHalfEven
	batch, err := intake.ReadItems(strings.NewReader(file), opt)
	fmt.Println(batch.Rows[0].Item.Outstanding, err)
	// Output:
	// true
	// 10.00 EUR <nil>
}
