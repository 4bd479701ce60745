package intake_test

import (
	"encoding/csv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/ledger"
)

// Each cell is bad in a row that is otherwise good, between two good rows.
func TestEveryBadCellIsReported(t *testing.T) {
	const good1, good2 = "G,,1,2026-06-03,,,,1.00,,,,,\n", "G,,2,2026-06-03,,,,2.00,,,,,\n"
	for _, test := range []struct {
		row, want string
		is        error
	}{
		{`,,7,2026-06-03,,,,1,,,,,`, `column "customer": "": no customer ID`, ledger.ErrNoCustomer},
		{`"  ",,7,2026-06-03,,,,1,,,,,`, `column "customer": "  ": no customer ID`, ledger.ErrNoCustomer},
		{"C\xe9,,7,2026-06-03,,,,1,,,,,", `column "customer": "C\xe9": malformed: not UTF-8, which the text must be`, ar.ErrSyntax},

		{`C,,7,,,,,1,,,,,`, `column "date": "": no valid document date`, ledger.ErrNoDate},
		{`C,,7,2026-02-30,,,,1,,,,,`, `column "date": "2026-02-30": no such day, want 2006-01-02 for 2 January 2006`, ar.ErrNoSuchDay},
		{`C,,7,2026-13-01,,,,1,,,,,`, `column "date": "2026-13-01": no such day, want 2006-01-02 for 2 January 2006`, ar.ErrNoSuchDay},
		{`C,,7,2026-00-10,,,,1,,,,,`, `column "date": "2026-00-10": no such day, want 2006-01-02 for 2 January 2006`, ar.ErrNoSuchDay},
		{`C,,7,2026-01-00,,,,1,,,,,`, `column "date": "2026-01-00": no such day, want 2006-01-02 for 2 January 2006`, ar.ErrNoSuchDay},
		{`C,,7,2025-02-29,,,,1,,,,,`, `column "date": "2025-02-29": no such day, want 2006-01-02 for 2 January 2006`, ar.ErrNoSuchDay},
		{`C,,7,0000-06-03,,,,1,,,,,`, `column "date": "0000-06-03": outside years 1 to 9999, want 2006-01-02 for 2 January 2006`, ar.ErrDateRange},
		{`C,,7,2026-6-3,,,,1,,,,,`, `column "date": "2026-6-3": malformed, want 2006-01-02 for 2 January 2006`, ar.ErrSyntax},
		{`C,,7,3/6/2026,,,,1,,,,,`, `column "date": "3/6/2026": malformed, want 2006-01-02 for 2 January 2006`, ar.ErrSyntax},
		{`C,,7,2026-06-03 x,,,,1,,,,,`, `column "date": "2026-06-03 x": malformed, want 2006-01-02 for 2 January 2006`, ar.ErrSyntax},
		{`C,,7,46176,,,,1,,,,,`, `column "date": "46176": malformed, want 2006-01-02 for 2 January 2006`, ar.ErrSyntax},
		{`C,,7,2026-06-03,2026-06-31,,,1,,,,,`, `column "posted": "2026-06-31": no such day, want 2006-01-02 for 2 January 2006`, ar.ErrNoSuchDay},
		{`C,,7,2026-06-03,,soon,,1,,,,,`, `column "due": "soon": malformed, want 2006-01-02 for 2 January 2006`, ar.ErrSyntax},
		{`C,,7,2026-06-03,,,never,1,,,,,`, `column "settled": "never": malformed, want 2006-01-02 for 2 January 2006`, ar.ErrSyntax},
		{`C,,7,2026-06-03,,,2026-06-02,1,,,,,`, `column "settled": "2026-06-02": closed before its document date 2026-06-03`, ledger.ErrClosedEarly},

		{`C,,7,2026-06-03,,,,,,,,,`, `column "amount": "": malformed: want an amount such as -1,234.56`, ar.ErrSyntax},
		{`C,,7,2026-06-03,,,,NaN,,,,,`, `column "amount": "NaN": malformed: want an amount such as -1,234.56`, ar.ErrSyntax},
		{`C,,7,2026-06-03,,,,-Inf,,,,,`, `column "amount": "-Inf": malformed: want an amount such as -1,234.56`, ar.ErrSyntax},
		{`C,,7,2026-06-03,,,,1E+05,,,,,`, `column "amount": "1E+05": malformed: want an amount such as -1,234.56`, ar.ErrSyntax},
		{`C,,7,2026-06-03,,,,$5,,,,,`, `column "amount": "$5": malformed: want an amount such as -1,234.56`, ar.ErrSyntax},
		{`C,,7,2026-06-03,,,,"1,50",,,,,`, `column "amount": "1,50": malformed: want an amount such as -1,234.56; is ',' the decimal separator?`, ar.ErrSyntax},
		{`C,,7,2026-06-03,,,,"1.234,50",,,,,`, `column "amount": "1.234,50": malformed: want an amount such as -1,234.56; is ',' the decimal separator?`, ar.ErrSyntax},
		{`C,,7,2026-06-03,,,,1.005,,,,,`, `column "amount": "1.005": too many decimals: EUR has 2; is ',' the decimal separator?`, ar.ErrTooPrecise},
		{`C,,7,2026-06-03,,,,0.0001,,,,,`, `column "amount": "0.0001": too many decimals: EUR has 2`, ar.ErrTooPrecise},
		{`C,,7,2026-06-03,,,,1.5,JPY,,,,`, `column "amount": "1.5": too many decimals: JPY has 0`, ar.ErrTooPrecise},
		{`C,,7,2026-06-03,,,,` + strings.Repeat("9", 33) + `,,,,,`, `column "amount": "` + strings.Repeat("9", 33) + `": more than 34 digits or 64 decimals`, ar.ErrTooLarge},

		{`C,,7,2026-06-03,,,,1,QQQ,,,,`, `column "currency": "QQQ": not a current ISO 4217 code; a currency of your own is written code:decimals`, ar.ErrUnknownCurrency},
		{`C,,7,2026-06-03,,,,1,usd,,,,`, `column "currency": "usd": not a current ISO 4217 code: want USD`, ar.ErrUnknownCurrency},
		{`C,,7,2026-06-03,,,,1,XXX,,,,`, `column "currency": "XXX": an amount needs a currency with minor units`, ar.ErrNoMinorUnits},

		{`C,,7,2026-06-03,,,,1,,,nte 30,,`, `column "terms": "nte 30": malformed: "nte": not a step; did you mean "net"?`, ar.ErrSyntax},
		{`C,,7,2026-06-03,,,,1,,,net,,`, `column "terms": "net": malformed: at the end: want a number`, ar.ErrSyntax},
		{`C,,7,2026-06-03,,,,1,,,roll following TARGET,,`, `column "terms": "roll following TARGET": terms "roll following TARGET": step "roll following TARGET" from 2026-06-03: calendar "TARGET": no such calendar was given`, duedate.ErrNoCalendar},
		{`C,,7,9999-12-20,,,,1,,,net 30,,`, `column "terms": "net 30": terms "net 30": step "net 30" from 9999-12-20: outside years 1 to 9999`, ar.ErrDateRange},

		{`C,,7,2026-06-03,,,,1,,,,,maybe`, `column "disputed": "maybe": malformed: want yes, true, y or 1, or no, false, n, 0 or nothing`, ar.ErrSyntax},
		{`G,,1,2026-06-03,,,,1,,,,,`, `column "number": "1": duplicate document number: customer "G" has it in line 2 already`, intake.ErrDuplicate},
		{"C,N\xff,7,2026-06-03,,,,1,,,,,", `column "name": "N\xff": malformed: not UTF-8, which the text must be`, ar.ErrSyntax},
	} {
		t.Run(test.row, func(t *testing.T) {
			batch, err := intake.ReadItems(strings.NewReader(header+good1+test.row+"\n"+good2), options())
			require.EqualError(t, err, "line 3, "+test.want)
			require.ErrorIs(t, err, test.is)
			var faults intake.RowErrors
			require.ErrorAs(t, err, &faults)
			require.Len(t, faults, 1)
			require.Equal(t, 3, faults[0].Line)

			require.Len(t, batch.Rows, 2, "the good rows are kept")
			require.Equal(t, "1", batch.Rows[0].Item.Number)
			require.Equal(t, "2", batch.Rows[1].Item.Number)
			require.Equal(t, []ledger.Customer{{ID: "G"}}, batch.Customers)
			require.Equal(t, 3, batch.Control.Read)
			require.Equal(t, 2, batch.Control.Good)
			require.Equal(t, 1, batch.Control.Bad)
			require.Len(t, batch.Control.Totals, 1)
			require.Equal(t, "3.00 EUR", batch.Control.Totals[0].Debits.String())
		})
	}
}

// What makes a whole row bad, and how reading goes on after it.
func TestBadRows(t *testing.T) {
	for _, test := range []struct {
		name, rows string
		want       string
		is         error
		numbers    []string // of the rows that are good
	}{
		{
			"too few cells", "C,1,2026-06-03,1\nC,2,2026-06-03\nC,3,2026-06-03,3\n",
			"line 3: wrong number of fields: 3, the header has 4", csv.ErrFieldCount,
			[]string{"1", "3"},
		},
		{
			"too many cells", "C,1,2026-06-03,1,000\nC,3,2026-06-03,3\n",
			"line 2: wrong number of fields: 5, the header has 4", csv.ErrFieldCount,
			[]string{"3"},
		},
		{
			"bare quote", "C,12\" pipe,2026-06-03,1\nC,3,2026-06-03,3\n",
			`line 2: bare " in non-quoted-field at byte 5: double the quotes inside a cell, and enclose it in quotes`,
			csv.ErrBareQuote,
			[]string{"3"},
		},
		{
			"quote inside a quoted cell", "C,\"12\" pipe\",2026-06-03,1\nC,3,2026-06-03,3\n",
			`line 2: extraneous or missing " in quoted-field at byte 6: double the quotes inside a cell, and enclose it in quotes`,
			csv.ErrQuote,
			[]string{"3"},
		},
		{
			"quote never closed", "C,1,2026-06-03,1\nC,\"2,2026-06-03,1\nC,3,2026-06-03,3\nC,4,2026-06-03,3\n",
			`line 3: extraneous or missing " in quoted-field: double the quotes inside a cell, and enclose it in quotes; the row took lines 3 to 5`,
			csv.ErrQuote,
			[]string{"1"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			batch, err := intake.ReadItems(strings.NewReader("customer,number,date,amount\n"+test.rows), bill())
			require.EqualError(t, err, test.want)
			require.ErrorIs(t, err, test.is)
			var numbers []string
			for _, row := range batch.Rows {
				numbers = append(numbers, row.Item.Number)
			}
			require.Equal(t, test.numbers, numbers)
			require.Equal(t, len(numbers), batch.Control.Good)
			require.Equal(t, 1, batch.Control.Bad)
			require.Equal(t, len(numbers)+1, batch.Control.Read)
		})
	}
}

func TestAllFaultsOfARow(t *testing.T) {
	text := header +
		"C1,,1,2026-02-30,x,2026-06-31,,1.234,QQQ,,,,maybe\n" + // of 1.234 nothing can be said
		"C1,,1,,,,,\"1,50\",QQQ,,?,,\n"
	batch, err := intake.ReadItems(strings.NewReader(text), options())
	require.EqualError(t, err, strings.Join([]string{
		`line 2, column "date": "2026-02-30": no such day, want 2006-01-02 for 2 January 2006`,
		`line 2, column "posted": "x": malformed, want 2006-01-02 for 2 January 2006`,
		`line 2, column "due": "2026-06-31": no such day, want 2006-01-02 for 2 January 2006`,
		`line 2, column "currency": "QQQ": not a current ISO 4217 code; a currency of your own is written code:decimals`,
		`line 2, column "disputed": "maybe": malformed: want yes, true, y or 1, or no, false, n, 0 or nothing`,
		`line 3, column "number": "1": duplicate document number: customer "C1" has it in line 2 already`,
		`line 3, column "date": "": no valid document date`,
		`line 3, column "amount": "1,50": malformed: want an amount such as -1,234.56; is ',' the decimal separator?`,
		`line 3, column "currency": "QQQ": not a current ISO 4217 code; a currency of your own is written code:decimals`,
		`line 3, column "terms": "?": malformed: "?": not a step; want one such as "net 30", "eom" or "15th prox"`,
	}, "\n"))
	require.Empty(t, batch.Rows)
	require.Equal(t, intake.Control{Read: 2, Bad: 2}, batch.Control)
}

// A long cell is cut in the message, between characters.
func TestLongValues(t *testing.T) {
	text := "customer,number,date,amount\nC,1,2026-06-03," + strings.Repeat("é", 50) + "\n"
	_, err := intake.ReadItems(strings.NewReader(text), bill())
	require.EqualError(t, err, `line 2, column "amount": "`+strings.Repeat("é", 40)+`…": malformed: want an amount such as -1,234.56`)
	text = "customer,number,date,amount\nC,1,2026-06-03,x" + strings.Repeat("é", 50) + "\n"
	_, err = intake.ReadItems(strings.NewReader(text), bill())
	require.EqualError(t, err, `line 2, column "amount": "x`+strings.Repeat("é", 39)+`…": malformed: want an amount such as -1,234.56`)
	var faults intake.RowErrors
	require.ErrorAs(t, err, &faults)
	require.Len(t, faults[0].Value, 101, "the value itself is whole")
}
