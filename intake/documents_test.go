package intake_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/ledger"
)

// sap reads a signed text with codes for kinds, as an export of line items has
// them.
func sap(text string) intake.LedgerOptions {
	return intake.LedgerOptions{
		KeepGood: true,
		Documents: []intake.DocumentFile{{
			Name: "fbl5n.csv", Text: strings.NewReader(text),
			Columns: intake.DocumentColumns{ID: "DocumentNo", Kind: "Type", Customer: "Account", Date: "Doc. Date", Amount: "Amount"},
			Format:  intake.Format{Currency: ar.MustCurrency("EUR"), DateLayout: "02.01.2006", Decimal: ',', Delimiter: ';'},
			Kinds: map[string]ledger.Kind{
				"RV": ledger.Invoice, "DZ": ledger.Payment, "DG": ledger.CreditNote, "AB": ledger.Charge,
			},
			Signed:      true,
			CreditKinds: map[string]ledger.Kind{"AB": ledger.AdjustmentCredit},
		}},
	}
}

func TestSignedAmounts(t *testing.T) {
	const header = "Account;DocumentNo;Type;Doc. Date;Amount\n"
	l, err := intake.ReadLedger(sap(header +
		"100;9001;RV;03.06.2026;1.234,50\n" +
		"100;9002;DZ;10.06.2026;1.000,00-\n" +
		"100;9003;AB;11.06.2026;5,00\n" +
		"100;9004;AB;11.06.2026;-5,00\n" +
		"100;9005;Credit Note;11.06.2026;(5,00)\n"))
	require.NoError(t, err)
	var got []string
	for _, d := range l.Facts.Documents {
		got = append(got, d.String())
		require.Equal(t, d.ID, d.Number, "where there is no column for it")
	}
	require.Equal(t, []string{
		`invoice "9001" of 2026-06-03 for 1234.50 EUR`,
		`payment "9002" of 2026-06-10 for 1000.00 EUR`,
		`charge "9003" of 2026-06-11 for 5.00 EUR`,
		`adjustment-credit "9004" of 2026-06-11 for 5.00 EUR`,
		`credit-note "9005" of 2026-06-11 for 5.00 EUR`,
	}, got)

	_, err = intake.ReadLedger(sap(header +
		"100;9001;RV;03.06.2026;-1,00\n" +
		"100;9002;DZ;10.06.2026;1,00\n" +
		"100;9003;DZ;10.06.2026;0,00\n" +
		"100;9004;ZZ;10.06.2026;1,00\n"))
	require.EqualError(t, err, strings.Join([]string{
		`fbl5n.csv, line 2, column "Amount": "-1,00": malformed: side and kind disagree: on the side of credits, but invoice is a debit; is "RV" another kind there?`,
		`fbl5n.csv, line 3, column "Amount": "1,00": malformed: side and kind disagree: on the side of debits, but payment is a credit`,
		`fbl5n.csv, line 4, column "Amount": "0,00": the amount must be positive`,
		`fbl5n.csv, line 5, column "Type": "ZZ": malformed: want one of ["invoice" "charge" "finance-charge" "adjustment-charge" "refund" "payment" "credit-note" "adjustment-credit" "deposit" "discount" "write-off"], or of the host's ["AB" "DG" "DZ" "RV"]`,
	}, "\n"))
}

func TestAColumnForEachSide(t *testing.T) {
	opt := func(rows string) intake.LedgerOptions {
		return intake.LedgerOptions{
			KeepGood: true,
			Documents: []intake.DocumentFile{{
				Text: strings.NewReader("no,date,account,type,debit,credit,cur\n" + rows),
				Columns: intake.DocumentColumns{
					ID: "no", Customer: "account", Date: "date", Kind: "type", DebitAmount: "debit", CreditAmount: "credit", Currency: "cur",
				},
				Format:      euro,
				Kinds:       map[string]ledger.Kind{"": ledger.Invoice, "Journal": ledger.Charge},
				CreditKinds: map[string]ledger.Kind{"": ledger.Payment, "Journal": ledger.AdjustmentCredit},
			}},
		}
	}
	l, err := intake.ReadLedger(opt("1,2026-06-03,C,,5,,\n2,2026-06-03,C,,0.00,6.00,\n3,2026-06-03,C,Journal,7,0.00,\n4,2026-06-03,C,Journal,,8,\n"))
	require.NoError(t, err)
	var got []string
	for _, d := range l.Facts.Documents {
		got = append(got, d.String())
	}
	require.Equal(t, []string{
		`invoice "1" of 2026-06-03 for 5.00 EUR`, `payment "2" of 2026-06-03 for 6.00 EUR`,
		`charge "3" of 2026-06-03 for 7.00 EUR`, `adjustment-credit "4" of 2026-06-03 for 8.00 EUR`,
	}, got)

	_, err = intake.ReadLedger(opt("1,2026-06-03,C,,5,6,\n2,2026-06-03,C,,0.00,,\n3,2026-06-03,C,,-5,,\n4,2026-06-03,C,,,x,\n" +
		"5,2026-06-03,C,refund,,1,\n6,2026-06-03,C,payment,1,,\n7,2026-06-03,C,,x,1,QQQ\n8,2026-06-03,C,,1,,QQQ\n9,2026-06-03,C,,,-1,\n"))
	require.EqualError(t, err, strings.Join([]string{
		`line 2, column "credit": "6": a debit amount besides: want one of them`,
		`line 3, column "debit": "0.00": the amount must be positive, or that of the credit`,
		`line 4, column "debit": "-5": the amount must be positive: the column says which way it counts`,
		`line 5, column "credit": "x": malformed: want an amount such as -1,234.56`,
		`line 6, column "credit": "1": malformed: side and kind disagree: on the side of credits, but refund is a debit; is "refund" another kind there?`,
		`line 7, column "debit": "1": malformed: side and kind disagree: on the side of debits, but payment is a credit`,
		`line 8, column "debit": "x": malformed: want an amount such as -1,234.56`,
		`line 8, column "credit": "1": a debit amount besides: want one of them`,
		`line 8, column "cur": "QQQ": not a current ISO 4217 code; a currency of your own is written code:decimals`,
		`line 9, column "cur": "QQQ": not a current ISO 4217 code; a currency of your own is written code:decimals`,
		`line 10, column "credit": "-1": the amount must be positive: the column says which way it counts`,
	}, "\n"))
}

func TestKindWords(t *testing.T) {
	for word, want := range map[string]ledger.Kind{
		"invoice": ledger.Invoice, "Invoice": ledger.Invoice, "CREDIT NOTE": ledger.CreditNote, "credit_note": ledger.CreditNote,
		" Write-Off ": ledger.WriteOff, "Finance  Charge": ledger.FinanceCharge, "Deposit": ledger.Payment, // the host's word goes before ours
		"inv": ledger.Invoice,
	} {
		opt := files(documentHeader+"1,"+word+",C,,,2026-06-03,,,,1,,,,,,\n", "", "")
		opt.Documents[0].Kinds = map[string]ledger.Kind{"inv": ledger.Invoice, "Deposit": ledger.Payment}
		l, err := intake.ReadLedger(opt)
		require.NoError(t, err, word)
		require.Equal(t, want, l.Facts.Documents[0].Kind, word)
	}
}

// A document may carry the rate at which it was booked.
func TestBookingRate(t *testing.T) {
	opt := func(rate string) intake.LedgerOptions {
		o := files(documentFields+",booking\n1,invoice,C,,,2026-06-03,,,,1,USD,,,,,,"+rate+"\n", "", "")
		o.Documents[0].Columns.Booking = "booking"
		return o
	}
	for text, want := range map[string]string{"": "0", "0.9215": "0.9215", "1,162.5": "1162.5"} {
		l, err := intake.ReadLedger(opt(`"` + text + `"`))
		require.NoError(t, err)
		require.Equal(t, want, l.Facts.Documents[0].Booking.String())
	}
	for text, want := range map[string]string{
		"0":                     `the rate does not fit: want one above zero, or none`,
		"-1":                    `the rate does not fit: want one above zero, or none`,
		"1:1":                   `malformed: want an amount such as -1,234.56`,
		strings.Repeat("9", 40): `more than 34 digits or 64 decimals`,
	} {
		_, err := intake.ReadLedger(opt(text))
		require.ErrorContains(t, err, `documents.csv, line 2, column "booking": "`+text+`": `+want)
	}
}

// The rows of a document in parts say the same but for due date and amount.
func TestPartsOfOneDocument(t *testing.T) {
	const first = "I9,invoice,C1,,7,2026-06-03,2026-06-04,2026-07-01,1,1,EUR,Lyon,,see file,,\n"
	for name, test := range map[string]struct{ row, want string }{
		"kind":     {"I9,charge,C1,,7,2026-06-03,2026-06-04,2026-08-01,2,1,EUR,Lyon,,see file,,\n", `column "kind": "charge": parts do not fit: part 1, in documents.csv, line 9, has "invoice"`},
		"customer": {"I9,invoice,C2,,7,2026-06-03,2026-06-04,2026-08-01,2,1,EUR,Lyon,,see file,,\n", `column "customer": "C2": parts do not fit: part 1, in documents.csv, line 9, has "C1"`},
		"number":   {"I9,invoice,C1,,8,2026-06-03,2026-06-04,2026-08-01,2,1,EUR,Lyon,,see file,,\n", `column "number": "8": parts do not fit: part 1, in documents.csv, line 9, has "7"`},
		"date":     {"I9,invoice,C1,,7,2026-06-02,2026-06-04,2026-08-01,2,1,EUR,Lyon,,see file,,\n", `column "date": "2026-06-02": parts do not fit: part 1, in documents.csv, line 9, has "2026-06-03"`},
		"posted":   {"I9,invoice,C1,,7,2026-06-03,,2026-08-01,2,1,EUR,Lyon,,see file,,\n", `column "posted": "": parts do not fit: part 1, in documents.csv, line 9, has "2026-06-04"`},
		"currency": {"I9,invoice,C1,,7,2026-06-03,2026-06-04,2026-08-01,2,1,USD,Lyon,,see file,,\n", `column "currency": "USD": parts do not fit: part 1, in documents.csv, line 9, has "EUR"`},
		"location": {"I9,invoice,C1,,7,2026-06-03,2026-06-04,2026-08-01,2,1,EUR,Oslo,,see file,,\n", `column "location": "Oslo": parts do not fit: part 1, in documents.csv, line 9, has "Lyon"`},
		"footnote": {"I9,invoice,C1,,7,2026-06-03,2026-06-04,2026-08-01,2,1,EUR,Lyon,,,,\n", `column "footnote": "": parts do not fit: part 1, in documents.csv, line 9, has "see file"`},
		"gap":      {"I9,invoice,C1,,7,2026-06-03,2026-06-04,2026-08-01,3,1,EUR,Lyon,,see file,,\n", `column "part": "3": parts do not fit: part 2 is missing`},
	} {
		t.Run(name, func(t *testing.T) {
			l, err := intake.ReadLedger(files(goodDocuments+first+test.row, goodAllocations, ""))
			require.EqualError(t, err, `documents.csv, line 9, column "id": "I9": depends on a bad row: documents.csv, line 10`+
				"\ndocuments.csv, line 10, "+test.want)
			require.ErrorIs(t, err, ledger.ErrParts)
			requireGood(t, l)
		})
	}
}

// A trap: only the first instalment aged.
func TestTrapOnlyTheFirstInstalmentAged(t *testing.T) {
	l, err := intake.ReadLedger(files(documentHeader+
		"I1,invoice,C1,,,2026-01-10,,2026-04-10,3,33.34,,,,,,\n"+
		"I1,invoice,C1,,,2026-01-10,,2026-02-10,1,33.33,,,,,,\n"+
		"I1,invoice,C1,,,2026-01-10,,2026-03-10,2,33.33,,,,,,\n", "", ""))
	require.NoError(t, err)
	open, err := l.Accounts[0].Open(ar.MustDate("2026-03-31"))
	require.NoError(t, err)
	var got []string
	for _, e := range open {
		got = append(got, e.Due.String()+" "+e.Outstanding.String())
	}
	require.Equal(t, []string{"2026-02-10 33.33 EUR", "2026-03-10 33.33 EUR", "2026-04-10 33.34 EUR"}, got)
}

// What is due, and when, where a document does not say so itself.
func TestTermsOfCustomers(t *testing.T) {
	opt := files(documentHeader+
		"I1,invoice,C1,,,2026-06-03,,,,1,,,,,,\n"+
		"I2,invoice,C1,,,2026-06-03,,,,1,,,Z10,,,\n"+
		"I3,invoice,C1,,,2026-06-03,,,,1,,,ONDATE,,,\n"+
		"I4,invoice,C1,,,2026-06-03,,2026-06-09,,1,,,whatever,,,\n"+
		"I5,invoice,C2,,,2026-06-03,,,,1,,,,,,\n"+
		"P1,payment,C2,,,2026-06-03,,,,1,,,,,,\n", "", "")
	opt.Documents[0].Terms = map[string]duedate.Terms{"Z10": duedate.Net(10), "ONDATE": {}}
	opt.Customers = []ledger.Customer{{ID: "C0", Name: "No documents"}, {ID: "C1", Name: "Acme", Terms: duedate.EOM()}}
	opt.DefaultTerms = duedate.Net(7)
	l, err := intake.ReadLedger(opt)
	require.NoError(t, err)
	require.Equal(t, []string{"C0", "C1", "C2"}, []string{l.Customers[0].ID, l.Customers[1].ID, l.Customers[2].ID})
	due := map[string]string{}
	for _, a := range l.Accounts {
		open, err := a.Open(ar.MustDate("2026-06-03"))
		require.NoError(t, err)
		for _, e := range open {
			due[e.Document.ID] = e.Due.String()
		}
	}
	require.Equal(t, map[string]string{
		"I1": "2026-06-30", "I2": "2026-06-13", "I3": "2026-06-30", "I4": "2026-06-09", "I5": "2026-06-10", "P1": "2026-06-03",
	}, due, "a code of no terms leaves it to the customer's")
}

func TestLedgerWarnings(t *testing.T) {
	l, err := intake.ReadLedger(files(documentHeader+
		"I1,invoice,C1,Acme,,2026-06-03,,2026-06-02,,1,,,,,,\n"+
		"I2,invoice,C1,ACME,,2026-06-03,,2026-06-03,,1,,,,,,\n"+
		"I3,invoice,C1,ACME,,2026-06-03,,,,1,,,,,,\n"+
		"I4,invoice,C1,Other,,2026-06-03,,2026-06-01,,x,,,,,,\n", "", ""))
	require.EqualError(t, err, `documents.csv, line 5, column "amount": "x": malformed: want an amount such as -1,234.56`)
	require.Len(t, l.Warnings, 2)
	require.EqualError(t, l.Warnings[0], `documents.csv, line 2, column "due": "2026-06-02": due before the document date 2026-06-03: 2026-06-02`)
	require.EqualError(t, l.Warnings[1], `documents.csv, line 3, column "name": "ACME": another name for the same customer: customer "C1" is "Acme"`)
}

// Where allocations have no IDs, they are told apart by what they are.
func TestMadeIDs(t *testing.T) {
	opt := files(goodDocuments, "", "")
	opt.Allocations = []intake.AllocationFile{{
		Name: "applied.csv", Text: strings.NewReader("from,to,part,on,amount\nP1,I1,,,10\nP1,I1,,2026-06-20,10\nP1,I2,2,,10\nP1,I2,2,,10\n,I1,,,1\n"),
		Columns: intake.AllocationColumns{Credit: "from", Debit: "to", Part: "part", Date: "on", Amount: "amount"},
	}}
	l, err := intake.ReadLedger(opt)
	require.EqualError(t, err, `applied.csv, line 5, column "to": "I2": duplicate ID: applied.csv, line 4 has the same documents and date; a column for IDs would tell them apart
applied.csv, line 6, column "from": "": no ID`)
	require.Equal(t, "P1 to I1", l.Facts.Allocations[0].ID)
	require.Equal(t, "P1 to I1 on 2026-06-20", l.Facts.Allocations[1].ID)
	require.Equal(t, "P1 to I2 part 2", l.Facts.Allocations[2].ID)
}

// An allocation may name another that it came along with: in a later row, in
// another file, or by an ID that was made.
func TestAlongWith(t *testing.T) {
	opt := files(goodDocuments, alongHeader+
		"A1,P1,I1,,,1,,,,,,,A2\n"+
		"A2,P1,I1,,,1,,,,,,, P2 to I1 \n"+
		"A3,P1,I1,,,1,,,,,,,\n", "")
	opt.Allocations[0].Columns.With = "with"
	opt.Allocations = append(opt.Allocations, intake.AllocationFile{
		Name: "made.csv", Text: strings.NewReader("from,to,with,amount\nP2,I1,,1\n"),
		Columns: intake.AllocationColumns{Credit: "from", Debit: "to", Amount: "amount", With: "with"},
	})
	l, err := intake.ReadLedger(opt)
	require.NoError(t, err)
	with := map[string]string{}
	for _, x := range l.Facts.Allocations {
		with[x.ID] = x.With
	}
	require.Equal(t, map[string]string{"A1": "A2", "A2": "P2 to I1", "A3": "", "P2 to I1": ""}, with)
}
