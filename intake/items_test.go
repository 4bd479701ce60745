package intake_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/ledger"
)

const header = "customer,name,number,date,posted,due,settled,amount,currency,location,terms,footnote,disputed\n"

// options read every field from the column of its own name.
func options() intake.ItemOptions {
	return intake.ItemOptions{
		Columns: intake.ItemColumns{
			Customer: "customer", Name: "name", Number: "number", Date: "date", Posted: "posted",
			Due: "due", Settled: "settled", Amount: "amount", Currency: "currency", Location: "location",
			Terms: "terms", Footnote: "footnote", Disputed: "disputed",
		},
		Format:   intake.Format{Currency: ar.MustCurrency("EUR")},
		KeepGood: true,
	}
}

// bill is the option set of the shorter tests: customer, number, date, amount.
func bill() intake.ItemOptions {
	return intake.ItemOptions{
		Columns:  intake.ItemColumns{Customer: "customer", Number: "number", Date: "date", Amount: "amount"},
		Format:   intake.Format{Currency: ar.MustCurrency("EUR")},
		KeepGood: true,
	}
}

func TestAllFields(t *testing.T) {
	batch, err := intake.ReadItems(strings.NewReader(header+
		"C1,Acme,1001,2026-06-03,2026-06-04,2026-07-15,2026-07-20,\"1,234.50\",USD,Berlin,net 30,see file,yes\n"+
		"C2,,,2026-06-03,,,,-7,,,eofm,,\n"), options())
	require.NoError(t, err)
	require.Empty(t, batch.Warnings)
	require.Len(t, batch.Rows, 2)

	first := batch.Rows[0]
	require.Equal(t, "1234.50 USD", first.Item.Outstanding.String())
	first.Item.Outstanding = ar.Money{}
	require.Equal(t, intake.Row{
		Item: ledger.Item{
			Customer: "C1", Location: "Berlin", Number: "1001",
			Date: ar.MustDate("2026-06-03"), Posted: ar.MustDate("2026-06-04"),
			Due: ar.MustDate("2026-07-15"), Closed: ar.MustDate("2026-07-20"),
			Flags: ledger.Disputed | ledger.Footnote,
		},
		Line:     2,
		Footnote: "see file",
	}, first, "a due date of its own goes before terms")

	second := batch.Rows[1]
	require.Equal(t, "-7.00 EUR", second.Item.Outstanding.String())
	second.Item.Outstanding = ar.Money{}
	terms := duedate.EOFM()
	require.Equal(t, intake.Row{
		Item:  ledger.Item{Customer: "C2", Date: ar.MustDate("2026-06-03"), Due: ar.MustDate("2026-07-31")},
		Line:  3,
		Terms: &terms,
	}, second)

	require.Equal(t, []ledger.Customer{{ID: "C1", Name: "Acme"}, {ID: "C2"}}, batch.Customers)
}

// One bad row leaves no rows, unless the caller asks for the good ones.
func TestGoodRowsOnlyOnRequest(t *testing.T) {
	text := "customer,number,date,amount\nC1,1,2026-06-03,5\nC1,2,2026-06-03,x\nC1,3,2026-06-03,-7\n"
	opt := bill()
	opt.KeepGood = false
	batch, err := intake.ReadItems(strings.NewReader(text), opt)
	require.ErrorIs(t, err, ar.ErrSyntax)
	require.Empty(t, batch.Rows)
	require.Empty(t, batch.Customers)
	require.Equal(t, 3, batch.Control.Read)
	require.Equal(t, 2, batch.Control.Good)
	require.Equal(t, 1, batch.Control.Bad)

	opt.KeepGood = true
	kept, err := intake.ReadItems(strings.NewReader(text), opt)
	require.ErrorIs(t, err, ar.ErrSyntax)
	require.Len(t, kept.Rows, 2)
	require.Equal(t, batch.Control, kept.Control)
}

func TestOnHold(t *testing.T) {
	opt := bill()
	opt.Columns.OnHold, opt.Columns.Disputed = "hold", "disputed"
	batch, err := intake.ReadItems(strings.NewReader("customer,number,date,amount,hold,disputed\nC,1,2026-06-03,1,y,\nC,2,2026-06-03,1,no,y\nC,3,2026-06-03,1,maybe,\n"), opt)
	require.EqualError(t, err, `line 4, column "hold": "maybe": malformed: want yes, true, y or 1, or no, false, n, 0 or nothing`)
	require.Equal(t, ledger.OnHold, batch.Rows[0].Item.Flags)
	require.Equal(t, ledger.Disputed, batch.Rows[1].Item.Flags)
}

// Settled on its own date, an item was never open; the day before is a fault,
// which TestEveryBadCellIsReported has.
func TestSettledOnItsDate(t *testing.T) {
	batch, err := intake.ReadItems(strings.NewReader(header+"C,,1,2026-06-03,,,2026-06-03,1,,,,,\n"), options())
	require.NoError(t, err)
	require.Equal(t, ar.MustDate("2026-06-03"), batch.Rows[0].Item.Closed)
}

func TestControlTotals(t *testing.T) {
	text := header +
		"C1,,1,2026-06-03,,,,92233720368547758.07,USD,,,,\n" +
		"C1,,2,2026-06-03,,,,0.01,USD,,,,\n" +
		"C1,,3,2026-06-03,,,,-0.02,USD,,,,\n" +
		"C2,,4,2026-06-03,,,,0,USD,,,,\n" +
		"C2,,5,2026-06-03,,,,-5,,,,,\n" +
		"C2,,6,2026-06-03,,,,bad,,,,,\n"
	batch, err := intake.ReadItems(strings.NewReader(text), options())
	require.Error(t, err)
	require.Len(t, batch.Control.Totals, 2)
	eur, usd := batch.Control.Totals[0], batch.Control.Totals[1]

	require.Equal(t, ar.MustCurrency("EUR"), eur.Currency)
	require.Equal(t, 1, eur.Rows)
	require.Equal(t, "0.00 EUR", eur.Debits.String())
	require.Equal(t, "5.00 EUR", eur.Credits.String())

	require.Equal(t, ar.MustCurrency("USD"), usd.Currency)
	require.Equal(t, 4, usd.Rows)
	require.Equal(t, "92233720368547758.08 USD", usd.Debits.String(), "beyond 64 bits")
	require.Equal(t, "0.02 USD", usd.Credits.String())
}

func TestWarnings(t *testing.T) {
	text := header +
		"C1,Acme,1,2026-06-03,,2026-06-02,,5,,,,,\n" +
		"C1,Acme,2,2026-06-03,,2026-06-03,,5,,,,,\n" +
		"C1,ACME,3,2026-06-03,,,,5,,,net -1,,\n" +
		"C1,ACME,4,2026-06-03,,,,5,,,,,\n" +
		"C1,,5,2026-06-03,,,,5,,,,,\n" +
		"C2,,6,2026-06-03,,,,5,,,,,\n" +
		"C2,Late,7,2026-06-03,,,,5,,,,,\n" +
		"C1,Other,8,2026-06-03,,2026-06-01,,bad,,,,,\n"
	batch, err := intake.ReadItems(strings.NewReader(text), options())
	require.EqualError(t, err, `line 9, column "amount": "bad": malformed: want an amount such as -1,234.56`)
	require.Len(t, batch.Rows, 7, "warnings are no errors")
	require.Equal(t, []ledger.Customer{{ID: "C1", Name: "Acme"}, {ID: "C2", Name: "Late"}}, batch.Customers)
	require.Equal(t, ar.MustDate("2026-06-02"), batch.Rows[0].Item.Due)

	var got []string
	for _, w := range batch.Warnings {
		got = append(got, w.Error())
	}
	require.Equal(t, []string{
		`line 2, column "due": "2026-06-02": due before the document date 2026-06-03: 2026-06-02`,
		`line 4, column "terms": "net -1": due before the document date 2026-06-03: 2026-06-02`,
		`line 4, column "name": "ACME": another name for the same customer: customer "C1" is "Acme"`,
	}, got, "each other name once, and none of a bad row")
	require.ErrorIs(t, batch.Warnings[0], intake.ErrDueEarly)
	require.ErrorIs(t, batch.Warnings[2], intake.ErrOtherName)
}

func TestDuplicates(t *testing.T) {
	text := "customer,number,date,amount\n" +
		"C1,1,2026-06-03,bad\n" + // a bad row has its number all the same
		"C1,1,2026-06-03,1\n" +
		"C1,1,2026-06-03,1\n" +
		"C2,1,2026-06-03,1\n" + // another customer's
		"C1,,2026-06-03,1\n" + // documents may have none
		"C1,,2026-06-03,1\n" +
		"C1,01,2026-06-03,1\n" // a number is text
	batch, err := intake.ReadItems(strings.NewReader(text), bill())
	require.EqualError(t, err, `line 2, column "amount": "bad": malformed: want an amount such as -1,234.56
line 3, column "number": "1": duplicate document number: customer "C1" has it in line 2 already
line 4, column "number": "1": duplicate document number: customer "C1" has it in line 2 already`)
	require.Equal(t, 4, batch.Control.Good)
}

func TestText(t *testing.T) {
	const want = "C1"
	for name, text := range map[string]string{
		"plain":               "customer,date,amount\nC1,2026-06-03,1\n",
		"no line break last":  "customer,date,amount\nC1,2026-06-03,1",
		"CRLF":                "customer,date,amount\r\nC1,2026-06-03,1\r\n",
		"byte-order mark":     "\ufeffcustomer,date,amount\nC1,2026-06-03,1\n",
		"mark before a quote": "\ufeff\"customer\",date,amount\nC1,2026-06-03,1\n",
		"space around cells":  " customer , date ,amount\u00a0\n C1\t, 2026-06-03 ,\u00a01 \n",
		"space before quotes": "customer,date,amount\n  \"C1\", \"2026-06-03\",1\n",
		"quoted":              "\"customer\",\"date\",\"amount\"\n\"C1\",\"2026-06-03\",\"1\"\n",
		"other columns":       "x,customer,x,date,,amount,\n\xff,C1,\"a\nb\",2026-06-03,,1,\n",
		"empty lines":         "\n , ,\ncustomer,date,amount\n\n,,\n,,,,\n   \nC1,2026-06-03,1\n\n\"\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			opt := bill()
			opt.Columns.Number = ""
			batch, err := intake.ReadItems(strings.NewReader(text), opt)
			require.NoError(t, err)
			require.Len(t, batch.Rows, 1)
			require.Equal(t, want, batch.Rows[0].Item.Customer)
			require.Equal(t, ar.MustDate("2026-06-03"), batch.Rows[0].Item.Date)
			require.Equal(t, "1.00 EUR", batch.Rows[0].Item.Outstanding.String())
			require.Equal(t, 1, batch.Control.Read)
		})
	}
}

func TestTabsDelimitEmptyCells(t *testing.T) {
	opt := options()
	opt.Delimiter = '\t'
	text := strings.ReplaceAll(header+"C1,,1,2026-06-03,,,,5,,,,,\n", ",", "\t")
	batch, err := intake.ReadItems(strings.NewReader(text), opt)
	require.NoError(t, err)
	require.Equal(t, ar.MustDate("2026-06-03"), batch.Rows[0].Item.Date)
}

// A row's line is where it begins, also after cells with line breaks.
func TestLines(t *testing.T) {
	opt := bill()
	opt.Columns.Footnote = "note"
	text := "\ncustomer,number,date,amount,note\nC,1,2026-06-03,1,\"a\nb\n\"\n\nC,2,2026-06-03,1,\nC,3,2026-06-03,?,\n"
	batch, err := intake.ReadItems(strings.NewReader(text), opt)
	require.EqualError(t, err, `line 8, column "amount": "?": malformed: want an amount such as -1,234.56`)
	require.Equal(t, 3, batch.Rows[0].Line)
	require.Equal(t, "a\nb", batch.Rows[0].Footnote)
	require.True(t, batch.Rows[0].Item.Flags.Has(ledger.Footnote))
	require.Equal(t, 7, batch.Rows[1].Line)
	require.False(t, batch.Rows[1].Item.Flags.Has(ledger.Footnote))
}

func TestHeader(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"nothing", "", "line 1: unusable header: the text is empty"},
		{"mark only", "\ufeff", "line 1: unusable header: the text is empty"},
		{"blank lines only", "\n\n,,\n", "line 1: unusable header: the text is empty"},
		{
			"columns missing", "customer,Date\nC1,2026-06-03\n",
			`line 1: unusable header: no column "number" (number), "date" (date), "amount" (amount); it has "customer", "Date"`,
		},
		{
			"column twice", "customer,number,date,amount,amount,x,x\n",
			`line 1: unusable header: column "amount" (amount) is there twice; it has "customer", "number", "date", "amount", "amount", "x", "x"`,
		},
		{
			"other delimiter", "\ncustomer;number;date;amount\n",
			`line 2: unusable header: no column "customer" (customer), "number" (number), "date" (date), "amount" (amount); it has "customer;number;date;amount"; is ',' the delimiter?`,
		},
		{
			"stray quote", "customer,num\"ber,date,amount\n",
			`line 1: unusable header: bare " in non-quoted-field at byte 13: double the quotes inside a cell, and enclose it in quotes`,
		},
		{"UTF-16 little-endian", "\xff\xfec\x00", "line 1: unusable header: the text is UTF-16, want UTF-8"},
		{"UTF-16 big-endian", "\xfe\xff\x00c", "line 1: unusable header: the text is UTF-16, want UTF-8"},
	} {
		t.Run(test.name, func(t *testing.T) {
			batch, err := intake.ReadItems(strings.NewReader(test.text), bill())
			require.EqualError(t, err, test.want)
			require.ErrorIs(t, err, intake.ErrHeader)
			require.Equal(t, &intake.Batch{}, batch)
		})
	}
}

func TestHeaderOnly(t *testing.T) {
	batch, err := intake.ReadItems(strings.NewReader("customer,number,date,amount\n"), bill())
	require.NoError(t, err)
	require.Equal(t, &intake.Batch{}, batch)
}

// A reader that fails is not the end of the text, and leaves no rows.
func TestFailingReader(t *testing.T) {
	broken := errors.New("connection lost")
	for _, test := range []struct{ text, want string }{
		{"", "connection lost"},
		{"customer,num", "connection lost"},
		{"customer,number,date,amount\n", "after line 1: connection lost"},
		{"customer,number,date,amount\nC,1,2026-06-03,1\nC,2,2026-0", "after line 2: connection lost"},
		{"customer,number,date,amount\nC,1,2026-06-03,1\nC,\"2,2026-0", "after line 2: connection lost"},
		{
			"customer,number,date,amount\nC,1,2026-06-03,x\nC,2,2026-06-03,1\n",
			"line 2, column \"amount\": \"x\": malformed: want an amount such as -1,234.56\nafter line 3: connection lost",
		},
	} {
		r := io.MultiReader(strings.NewReader(test.text), iotest.ErrReader(broken))
		batch, err := intake.ReadItems(r, bill())
		require.EqualError(t, err, test.want)
		require.ErrorIs(t, err, broken)
		require.Empty(t, batch.Rows)
		require.Empty(t, batch.Customers)
	}
}

func TestItems(t *testing.T) {
	batch, err := intake.ReadItems(strings.NewReader("customer,number,date,amount\nC,1,2026-06-03,1\nC,2,2026-06-03,1\n"), bill())
	require.NoError(t, err)
	var numbers []string
	for item, err := range batch.Items() {
		require.NoError(t, err)
		numbers = append(numbers, item.Number)
	}
	require.Equal(t, []string{"1", "2"}, numbers)
	for _, err := range batch.Items() {
		require.NoError(t, err)
		break // a consumer may stop
	}
}
