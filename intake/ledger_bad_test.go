package intake_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/ledger"
)

// Each row is bad, behind a ledger that is good.
func TestEveryBadDocumentIsReported(t *testing.T) {
	for _, test := range []struct {
		rows, want string
		is         error
	}{
		{`,invoice,C1,,,2026-06-03,,,,1,,,,,,`, `column "id": "": no ID`, ledger.ErrNoID},
		{`I9,,C1,,,2026-06-03,,,,1,,,,,,`, `column "kind": "": not a kind of document: there is none`, ledger.ErrKind},
		{`I9,CRM,C1,,,2026-06-03,,,,1,,,,,,`, `column "kind": "CRM": malformed: want one of ["invoice" "charge" "finance-charge" "adjustment-charge" "refund" "payment" "credit-note" "adjustment-credit" "deposit" "discount" "write-off"]`, ar.ErrSyntax},
		{`I9,invoice,,,,2026-06-03,,,,1,,,,,,`, `column "customer": "": no customer ID`, ledger.ErrNoCustomer},
		{`I9,invoice,C1,,,,,,,1,,,,,,`, `column "date": "": no valid document date`, ledger.ErrNoDate},
		{`I9,invoice,C1,,,2026-02-30,,,,1,,,,,,`, `column "date": "2026-02-30": no such day, want 2006-01-02 for 2 January 2006`, ar.ErrNoSuchDay},
		{`I9,invoice,C1,,,2026-06-03,soon,,,1,,,,,,`, `column "posted": "soon": malformed, want 2006-01-02 for 2 January 2006`, ar.ErrSyntax},
		{`I9,invoice,C1,,,2026-06-03,,soon,,1,,,,,,`, `column "due": "soon": malformed, want 2006-01-02 for 2 January 2006`, ar.ErrSyntax},
		{`I9,invoice,C1,,,2026-06-03,,,,,,,,,,`, `column "amount": "": malformed: want an amount such as -1,234.56`, ar.ErrSyntax},
		{`I9,invoice,C1,,,2026-06-03,,,,0.00,,,,,,`, `column "amount": "0.00": the amount must be positive`, ledger.ErrNotPositive},
		{`I9,invoice,C1,,,2026-06-03,,,,-5,,,,,,`, `column "amount": "-5": the amount must be positive: the kind says which way it counts, and invoice is a debit; is a credit meant, such as credit-note?`, ledger.ErrNotPositive},
		{`I9,payment,C1,,,2026-06-03,,,,(5),,,,,,`, `column "amount": "(5)": the amount must be positive: the kind says which way it counts, and payment is a credit; are credits written below zero throughout?`, ledger.ErrNotPositive},
		{`I9,invoice,C1,,,2026-06-03,,,,1.005,,,,,,`, `column "amount": "1.005": too many decimals: EUR has 2; is ',' the decimal separator?`, ar.ErrTooPrecise},
		{`I9,invoice,C1,,,2026-06-03,,,,1,QQQ,,,,,`, `column "currency": "QQQ": not a current ISO 4217 code; a currency of your own is written code:decimals`, ar.ErrUnknownCurrency},
		{`I9,invoice,C1,,,2026-06-03,,,,1,,,nte 30,,,`, `column "terms": "nte 30": malformed: "nte": not a step; did you mean "net"?`, ar.ErrSyntax},
		{`I9,invoice,C1,,,2026-06-03,,,,1,,,,,maybe,`, `column "disputed": "maybe": malformed: want yes, true, y or 1, or no, false, n, 0 or nothing`, ar.ErrSyntax},
		{`I1,payment,C2,,,2026-06-20,,,,1,,,,,,`, `column "id": "I1": duplicate ID: documents.csv, line 2 has it already`, ledger.ErrDuplicateID},
		{`I2,invoice,C1,,,2026-06-05,,2026-07-05,2,45,,,,,,`, `column "id": "I2": duplicate ID: documents.csv, line 4 has it already, for part 2 too`, ledger.ErrDuplicateID},
		{`I2,invoice,C1,,,2026-06-05,,2026-07-05,,45,,,,,,`, `column "id": "I2": duplicate ID: documents.csv, line 3 has it already`, ledger.ErrDuplicateID},
		{`I9,invoice,C1,,,2026-06-03,,,first,1,,,,,,`, `column "part": "first": malformed: want a number that counts from 1`, ar.ErrSyntax},
		{`I9,invoice,C1,,,2026-06-03,,,0,1,,,,,,`, `column "part": "0": malformed: want a number that counts from 1`, ar.ErrSyntax},
		{`I9,invoice,C1,,,2026-06-03,,,1,1,,,,,,`, `column "due": "": no due date: a part needs one, or terms`, nil},
		{`I9,invoice,C1,,,9999-12-20,,,1,1,,,net 30,,,`, `column "terms": "net 30": terms "net 30": step "net 30" from 9999-12-20: outside years 1 to 9999`, ar.ErrDateRange},
		{`I9,invoice,C1,,,2026-06-03,,2026-07-01,2,1,,,,,,`, `column "part": "2": parts do not fit: part 1 is missing`, ledger.ErrParts},

		// What only the ledger finds.
		{`I9,invoice,C1,,,9999-12-20,,,,1,,,net 30,,,`, `invoice "I9" of 9999-12-20 for 1.00 EUR: terms "net 30": step "net 30" from 9999-12-20: outside years 1 to 9999`, ar.ErrDateRange},
		{`I9,payment,C1,,,2026-06-03,,2026-07-01,1,1,,,,,,`, `payment "I9" of 2026-06-03 for 1.00 EUR: parts do not fit: only a debit has parts`, ledger.ErrParts},
	} {
		t.Run(test.rows, func(t *testing.T) {
			l, err := intake.ReadLedger(files(goodDocuments+test.rows+"\n", goodAllocations, ""))
			sep := ", "
			if !strings.HasPrefix(test.want, "column") {
				sep = ": "
			}
			require.EqualError(t, err, "documents.csv, line 9"+sep+test.want)
			if test.is != nil {
				require.ErrorIs(t, err, test.is)
			}
			requireGood(t, l)
			require.Equal(t, 1, l.Controls[0].Bad)
		})
	}
}

// requireGood checks that the ledger is that of goodDocuments and
// goodAllocations.
func requireGood(t *testing.T, l *intake.Ledger) {
	t.Helper()
	want, err := intake.ReadLedger(files(goodDocuments, goodAllocations, ""))
	require.NoError(t, err)
	require.Equal(t, want.Facts, l.Facts)
	require.Equal(t, want.Customers, l.Customers)
	require.Len(t, l.Accounts, 2)
	for i, c := range want.Controls {
		require.Equal(t, c.Totals, l.Controls[i].Totals)
		require.Equal(t, c.Good, l.Controls[i].Good)
	}
}

func TestEveryBadAllocationIsReported(t *testing.T) {
	for _, test := range []struct {
		row, want string
		is        error
	}{
		{`,P2,I1,,,1,,,,,,`, `column "id": "": no ID`, ledger.ErrNoID},
		{`A1,P2,I1,,,1,,,,,,`, `column "id": "A1": duplicate ID: allocations.csv, line 2 has it already`, ledger.ErrDuplicateID},
		{`A9,,I1,,,1,,,,,,`, `column "credit": "": no ID`, ledger.ErrNoID},
		{`A9,P9,I1,,,1,,,,,,`, `column "credit": "P9": no such document`, ledger.ErrUnknownDocument},
		{`A9,P2,I9,,,1,,,,,,`, `column "debit": "I9": no such document`, ledger.ErrUnknownDocument},
		{`A9,P2,I1,2026-06-31,,1,,,,,,`, `column "date": "2026-06-31": no such day, want 2006-01-02 for 2 January 2006`, ar.ErrNoSuchDay},
		{`A9,P2,I1,,-1,1,,,,,,`, `column "part": "-1": malformed: want a number that counts from 1`, ar.ErrSyntax},
		{`A9,P2,I1,,,,,,,,,`, `column "amount": "": malformed: want an amount such as -1,234.56`, ar.ErrSyntax},
		{`A9,P2,I1,,,-1,,,,,,`, `column "amount": "-1": the amount must be positive`, ledger.ErrNotPositive},
		{`A9,P2,I1,,,0,,,,,,`, `column "amount": "0": the amount must be positive`, ledger.ErrNotPositive},
		{`A9,P2,I1,,,1,QQQ,,,,,`, `column "currency": "QQQ": not a current ISO 4217 code; a currency of your own is written code:decimals`, ar.ErrUnknownCurrency},
		{`A9,P2,U1,,,1.08,,x,1.08,,,`, `column "taken": "x": malformed: want an amount such as -1,234.56`, ar.ErrSyntax},
		{`A9,P2,U1,,,1.08,,1,1:1,,,`, `column "rate": "1:1": malformed: want an amount such as -1,234.56`, ar.ErrSyntax},
		{`A9,P2,I1,,,1,,,,,soon,`, `column "reversed": "soon": malformed, want 2006-01-02 for 2 January 2006`, ar.ErrSyntax},
		{`A9,P2,I1,,,1,,,,,,bounced`, `column "reversed": "": no date, but a reason`, nil},

		// What only the ledger finds.
		{`A9,I1,P2,,,1,,,,,,`, `allocation "A9" of 1.00 EUR from "I1" to "P2": an allocation applies a credit to a debit: from invoice "I1" of 2026-06-03 for 100.00 EUR to payment "P2" of 2026-06-12 for 200.00 EUR; "I1" is in documents.csv, line 2; "P2" is in documents.csv, line 7`, ledger.ErrSides},
		{`A9,P2,X1,,,1,,,,,,`, `allocation "A9" of 1.00 EUR from "P2" to "X1": payment "P2" of 2026-06-12 for 200.00 EUR of customer "C1" to invoice "X1" of 2026-06-12 for 10.00 EUR: of another customer, "C2"; "P2" is in documents.csv, line 7; "X1" is in documents.csv, line 8`, ledger.ErrOtherCustomer},
		{`A9,P2,I1,2026-06-11,,1,,,,,,`, `allocation "A9" of 1.00 EUR from "P2" to "I1" on 2026-06-11: dated before payment "P2" of 2026-06-12 for 200.00 EUR; "P2" is in documents.csv, line 7; "I1" is in documents.csv, line 2`, ledger.ErrTooEarly},
		{`A9,P2,I2,,3,1,,,,,,`, `allocation "A9" of 1.00 EUR from "P2" to "I2": parts do not fit: part 3 of the 2 of invoice "I2" of 2026-06-05 for 90.00 EUR; "P2" is in documents.csv, line 7; "I2" is in documents.csv, line 3`, ledger.ErrParts},
		{`A9,P2,U1,,,1,,,,,,`, `allocation "A9" of 1.00 USD from "P2" to "U1": from payment "P2" of 2026-06-12 for 200.00 EUR to invoice "U1" of 2026-06-03 for 50.00 USD: currencies differ: EUR and USD, and there is no rate; "P2" is in documents.csv, line 7; "U1" is in documents.csv, line 5`, nil},
		{`A9,P2,U1,,,1.10,,1,1.08,,,`, `allocation "A9" of 1.10 USD from "P2" to "U1": the rate does not fit: 1.00 EUR of payment "P2" of 2026-06-12 for 200.00 EUR at 1.08 is not 1.10 USD; "P2" is in documents.csv, line 7; "U1" is in documents.csv, line 5`, ledger.ErrRate},
		{`A9,P2,I1,,,1,,1,2,,,`, `allocation "A9" of 1.00 EUR from "P2" to "I1": the rate does not fit: both documents are in EUR; "P2" is in documents.csv, line 7; "I1" is in documents.csv, line 2`, ledger.ErrRate},
		{`A9,P2,I1,,,1,,,,,2026-06-11,`, `reversal of allocation "A9" on 2026-06-11: dated before allocation "A9" of 1.00 EUR from "P2" to "I1", which counts from 2026-06-12`, ledger.ErrTooEarly},
		{`A9,P2,I2,,1,45.01,,,,,,`, `invoice "I2" of 2026-06-05 for 90.00 EUR: part 1 of 45.00 EUR: more is applied than its amount: 45.01 EUR on 2026-06-12, by allocation "A9" of 45.01 EUR from "P2" to "I2"; "I2" is in documents.csv, line 3`, ledger.ErrOverApplied},
	} {
		t.Run(test.row, func(t *testing.T) {
			l, err := intake.ReadLedger(files(goodDocuments, goodAllocations+test.row+"\n", ""))
			sep := ", "
			if !strings.HasPrefix(test.want, "column") {
				sep = ": "
				var fact *ledger.FactError
				require.ErrorAs(t, err, &fact)
			}
			require.EqualError(t, err, "allocations.csv, line 3"+sep+test.want)
			if test.is != nil {
				require.ErrorIs(t, err, test.is)
			}
			requireGood(t, l)
			require.Equal(t, 1, l.Controls[1].Bad)
		})
	}
}

func TestEveryBadStatusIsReported(t *testing.T) {
	for row, want := range map[string]string{
		`,2026-06-20,y,,`:         `column "document": "": no ID`,
		`I9,2026-06-20,y,,`:       `column "document": "I9": no such document`,
		`I1,,y,,`:                 `column "date": "": not a valid date: want the day from which it holds`,
		`I1,2026-06-31,y,,`:       `column "date": "2026-06-31": no such day, want 2006-01-02 for 2 January 2006`,
		`I1,2026-06-20,,perhaps,`: `column "on-hold": "perhaps": malformed: want yes, true, y or 1, or no, false, n, 0 or nothing`,
		`I1,2026-06-19,,,`:        `column "date": "2026-06-19": two statuses from one day on: statuses.csv, line 2 has the other`,
	} {
		l, err := intake.ReadLedger(files(goodDocuments, "", statusHeader+"I1,2026-06-19,yes,,\n"+row+"\n"))
		require.EqualError(t, err, "statuses.csv, line 3, "+want)
		require.Equal(t, []ledger.Status{{Document: "I1", Date: ar.MustDate("2026-06-19"), Flags: ledger.Disputed}}, l.Facts.Statuses)
	}
}

// What names a bad row is bad too, and told which row that is; what does not is
// kept.
func TestWhatDependsOnABadRow(t *testing.T) {
	documents := goodDocuments +
		"I3,invoice,C3,Gone,,2026-06-31,,,,10,,,,,,\n" + // line 9
		"I4,invoice,C1,,,2026-06-20,,2026-07-20,1,10,,,,,,\n" +
		"I4,invoice,C1,,,2026-06-20,,2026-08-20,2,1O,,,,,,\n" +
		"I5,invoice,C1,,,9999-12-31,,,,10,,,net 1,,,\n"
	allocations := goodAllocations +
		"A2,P2,I3,,,x,,,,,,\n" + // two faults of its own
		"A3,P2,I4,,1,5,,,,,2026-06-30,bounced\n" +
		"A4,P2,I5,,,5,,,,,,\n"
	statuses := statusHeader + "I3,2026-06-20,y,,\nI5,2026-06-20,y,,\nI1,2026-06-20,y,,\n"
	l, err := intake.ReadLedger(files(documents, allocations, statuses))
	require.EqualError(t, err, strings.Join([]string{
		`documents.csv, line 9, column "date": "2026-06-31": no such day, want 2006-01-02 for 2 January 2006`,
		`documents.csv, line 10, column "id": "I4": depends on a bad row: documents.csv, line 11`,
		`documents.csv, line 11, column "amount": "1O": malformed: want an amount such as -1,234.56`,
		`documents.csv, line 12: invoice "I5" of 9999-12-31 for 10.00 EUR: terms "net 1": step "net 1" from 9999-12-31: outside years 1 to 9999`,
		`allocations.csv, line 3, column "debit": "I3": depends on a bad row: documents.csv, line 9`,
		`allocations.csv, line 3, column "amount": "x": malformed: want an amount such as -1,234.56`,
		`allocations.csv, line 4, column "debit": "I4": depends on a bad row: documents.csv, line 11`,
		`allocations.csv, line 5, column "debit": "I5": depends on a bad row: documents.csv, line 12`,
		`statuses.csv, line 2, column "document": "I3": depends on a bad row: documents.csv, line 9`,
		`statuses.csv, line 3, column "document": "I5": depends on a bad row: documents.csv, line 12`,
	}, "\n"))
	require.ErrorIs(t, err, intake.ErrDepends)
	require.Equal(t, []ledger.Status{{Document: "I1", Date: ar.MustDate("2026-06-20"), Flags: ledger.Disputed}}, l.Facts.Statuses)
	l.Facts.Statuses = nil
	requireGood(t, l)
	require.Equal(t, 4, l.Controls[0].Bad)
	require.Equal(t, 3, l.Controls[1].Bad)
	require.Equal(t, 2, l.Controls[2].Bad)
}

// Nobody can tell which allocations of a document are wrong where they exceed
// it. Without them all the customer's balance is as before.
func TestMoreAppliedThanThereIs(t *testing.T) {
	allocations := allocationHeader +
		"A1,P1,I1,,,60,,,,,,\n" +
		"A2,P2,I1,2026-06-15,,40.01,,,,,2026-06-20,\n" +
		"A3,P2,I1,2026-06-30,,5,,,,,,\n" + // long after A2 is reversed
		"A4,P2,I2,,,90,,,,,,\n"
	l, err := intake.ReadLedger(files(goodDocuments, allocations, ""))
	require.EqualError(t, err, strings.Join([]string{
		`allocations.csv, line 2: invoice "I1" of 2026-06-03 for 100.00 EUR: more is applied than its amount: 100.01 EUR on 2026-06-15, by allocation "A1" of 60.00 EUR from "P1" to "I1"; allocation "A2" of 40.01 EUR from "P2" to "I1" on 2026-06-15; "I1" is in documents.csv, line 2`,
		`allocations.csv, line 3: "I1": more is applied than its amount: see allocations.csv, line 2`,
		`allocations.csv, line 4: "I1": more is applied than its amount: see allocations.csv, line 2`,
	}, "\n"))
	require.Len(t, l.Facts.Allocations, 1)
	require.Equal(t, "A4", l.Facts.Allocations[0].ID)
	balance, err := l.Accounts[0].Balance(ar.MustDate("2026-06-30"))
	require.NoError(t, err)
	require.Equal(t, "-70.00 EUR", balance[0].String(), "100 + 90 − 60 − 200")
}

// Whether more is applied than an amount is judged among rows that are otherwise
// good: what only follows from a bad row is not reported a second time.
func TestOverApplicationIsJudgedLast(t *testing.T) {
	const early = `allocation "A9" of 1.00 EUR from "P2" to "I1" on 2026-06-11: dated before payment "P2" of 2026-06-12 for 200.00 EUR; "P2" is in documents.csv, line 7; "I1" is in documents.csv, line 2`
	for _, test := range []struct {
		name, documents, allocations string
		want                         []string
		good                         []string
	}{
		{
			"a bad row is not told that others apply too much", "",
			"A8,P2,I2,,,50,USD,,,,,\nA9,P2,I2,,,91,,,,,,\n",
			[]string{
				`allocations.csv, line 3: allocation "A8" of 50.00 USD from "P2" to "I2": invoice "I2" of 2026-06-05 for 90.00 EUR: currencies differ: USD and EUR; "P2" is in documents.csv, line 7; "I2" is in documents.csv, line 3`,
				`allocations.csv, line 4: invoice "I2" of 2026-06-05 for 90.00 EUR: more is applied than its amount: 91.00 EUR on 2026-06-12, by allocation "A9" of 91.00 EUR from "P2" to "I2"; "I2" is in documents.csv, line 3`,
			},
			[]string{"A1"},
		},
		{
			"the reversal of A8 is bad: that I1 has 100.01 applied follows from it", "",
			"A8,P2,I1,,,30,,,,,2026-06-11,\nA9,P2,I1,,,10.01,,,,,,\n",
			[]string{
				`allocations.csv, line 3: reversal of allocation "A8" on 2026-06-11: dated before allocation "A8" of 30.00 EUR from "P2" to "I1", which counts from 2026-06-12`,
			},
			[]string{"A1", "A9"},
		},
		{
			"A1 and A9 apply too much of I1 without A8 too", "",
			"A8,P2,I1,,,30,,,,,2026-06-11,\nA9,P2,I1,,,40.01,,,,,,\n",
			[]string{
				`allocations.csv, line 2: invoice "I1" of 2026-06-03 for 100.00 EUR: more is applied than its amount: 100.01 EUR on 2026-06-12, by allocation "A1" of 60.00 EUR from "P1" to "I1"; allocation "A9" of 40.01 EUR from "P2" to "I1"; "I1" is in documents.csv, line 2`,
				`allocations.csv, line 3: reversal of allocation "A8" on 2026-06-11: dated before allocation "A8" of 30.00 EUR from "P2" to "I1", which counts from 2026-06-12`,
				`allocations.csv, line 4: "I1": more is applied than its amount: see allocations.csv, line 2`,
			},
			nil,
		},
		{
			"A8 goes to a bad invoice: without it P2 is enough", "I9,invoice,C1,,,9999-12-31,,,,150,,,net 1,,,\n",
			"A8,P2,I9,,,150,,,,,,\nA9,P2,I2,,,51,,,,,,\n",
			[]string{
				`documents.csv, line 9: invoice "I9" of 9999-12-31 for 150.00 EUR: terms "net 1": step "net 1" from 9999-12-31: outside years 1 to 9999`,
				`allocations.csv, line 3, column "debit": "I9": depends on a bad row: documents.csv, line 9`,
			},
			[]string{"A1", "A9"},
		},
		{
			"another customer's fault hides nothing", "P8,payment,C2,,,2026-06-20,,,,99,,,,,,\n",
			"A9,P2,I1,2026-06-11,,1,,,,,,\nA8,P8,X1,,,10.01,,,,,,\n",
			[]string{
				`allocations.csv, line 3: ` + early,
				`allocations.csv, line 4: invoice "X1" of 2026-06-12 for 10.00 EUR: more is applied than its amount: 10.01 EUR on 2026-06-20, by allocation "A8" of 10.01 EUR from "P8" to "X1"; "X1" is in documents.csv, line 8`,
			},
			[]string{"A1"},
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			l, err := intake.ReadLedger(files(goodDocuments+test.documents, goodAllocations+test.allocations, ""))
			require.EqualError(t, err, strings.Join(test.want, "\n"))
			var good []string
			for _, x := range l.Facts.Allocations {
				good = append(good, x.ID)
			}
			require.Equal(t, test.good, good)
			requireLedger(t, l, err)
		})
	}
}

// What came along with an allocation that is not there is bad, and so is what
// came along with a bad one, and so on, in whatever order the rows are.
func TestAlongWithABadRow(t *testing.T) {
	opt := files(goodDocuments, alongHeader+
		"A9,P2,I1,,,1,,,,,,,A8\n"+ // line 2
		"A8,P2,I1,,,1,,,,,,,A7\n"+
		"A7,P2,I1,,,x,,,,,,,A6\n"+
		"A6,P2,I1,,,1,,,,,,,A0\n"+ // line 5
		"A5,P8,X1,,,1,,,,,,,A1\n"+ // of another customer
		"A4,P2,I1,,,1,,,,,,,A3\n"+
		"A3,P2,I2,,,90.01,,,,,,,\n"+ // line 8
		"A2,P2,I1,,,1,,,,,,,A1\n"+
		"A2,P2,I1,,,1,,,,,,,A0\n"+
		"A1,P1,I1,,,60,,,,,,,\n", "")
	opt.Documents[0].Text = strings.NewReader(goodDocuments + "P8,payment,C2,,,2026-06-20,,,,99,,,,,,\n")
	opt.Allocations[0].Columns.With = "with"
	l, err := intake.ReadLedger(opt)
	require.EqualError(t, err, strings.Join([]string{
		`allocations.csv, line 2, column "with": "A8": depends on a bad row: allocations.csv, line 3`,
		`allocations.csv, line 3, column "with": "A7": depends on a bad row: allocations.csv, line 4`,
		`allocations.csv, line 4, column "amount": "x": malformed: want an amount such as -1,234.56`,
		`allocations.csv, line 5, column "with": "A0": no such allocation`,
		`allocations.csv, line 6: allocation "A5" of 1.00 EUR from "P8" to "X1": no such allocation: with "A1"; "P8" is in documents.csv, line 9; "X1" is in documents.csv, line 8`,
		`allocations.csv, line 7, column "with": "A3": depends on a bad row: allocations.csv, line 8`,
		`allocations.csv, line 8: invoice "I2" of 2026-06-05 for 90.00 EUR: more is applied than its amount: 90.01 EUR on 2026-06-12, by allocation "A3" of 90.01 EUR from "P2" to "I2"; "I2" is in documents.csv, line 3`,
		`allocations.csv, line 10, column "id": "A2": duplicate ID: allocations.csv, line 9 has it already`,
		`allocations.csv, line 10, column "with": "A0": no such allocation`,
	}, "\n"))
	require.ErrorIs(t, err, ledger.ErrUnknownAllocation)
	requireLedger(t, l, err)
	require.Len(t, l.Facts.Allocations, 2)
	require.Equal(t, "A1", l.Facts.Allocations[0].With)

	opt = files(goodDocuments, alongHeader+"A9,P2,I1,,,1,,,,,,,A0\n", "")
	opt.Documents[0].Text = failing(goodDocuments, io.ErrUnexpectedEOF)
	opt.Allocations[0].Columns.With = "with"
	_, err = intake.ReadLedger(opt)
	require.NotErrorIs(t, err, ledger.ErrUnknownAllocation, "it may be in the rest")
}

// IDs are unique in all files together.
func TestDuplicatesAcrossFiles(t *testing.T) {
	opt := files(goodDocuments, "", "")
	opt.Documents = append(opt.Documents, intake.DocumentFile{
		Name: "payments.csv", Text: strings.NewReader("ref,customer,date,amount\nP3,C1,2026-06-20,1\nP1,C1,2026-06-20,1\n"),
		Columns: intake.DocumentColumns{ID: "ref", Customer: "customer", Date: "date", Amount: "amount"},
		Kinds:   map[string]ledger.Kind{"": ledger.Payment}, Format: euro,
	})
	_, err := intake.ReadLedger(opt)
	require.EqualError(t, err, `payments.csv, line 3, column "ref": "P1": duplicate ID: documents.csv, line 6 has it already`)
}

// One bad row leaves nothing, unless the caller asks for what is good. The
// faults are the same.
func TestGoodFactsOnlyOnRequest(t *testing.T) {
	documents, allocations := goodDocuments+"I9,,,,,,,,,,,,,,,\n", goodAllocations+"A2,P9,I9,,,,,,,,,\n"
	kept, keptErr := intake.ReadLedger(files(documents, allocations, ""))
	opt := files(documents, allocations, "")
	opt.KeepGood = false
	l, err := intake.ReadLedger(opt)
	require.Equal(t, keptErr, err)
	require.Equal(t, kept.Controls, l.Controls)
	require.NotEmpty(t, kept.Accounts)
	require.Empty(t, l.Accounts)
	require.Empty(t, l.Customers)
	require.Equal(t, ledger.Facts{}, l.Facts)
}

// Where a text is not read whole, rows are judged by themselves alone, and
// nothing is kept.
func TestUnusableFiles(t *testing.T) {
	l, err := intake.ReadLedger(files("id;kind\n", goodAllocations+"A2,P2,I1,,,x,,,,,,\n", ""))
	require.ErrorIs(t, err, intake.ErrHeader)
	require.ErrorContains(t, err, `documents.csv, line 1: unusable header: no column "id" (id), "kind" (kind)`)
	require.ErrorContains(t, err, `allocations.csv, line 3, column "amount": "x": malformed`)
	require.NotErrorIs(t, err, ledger.ErrUnknownDocument)
	require.Empty(t, l.Accounts)

	broken := errors.New("connection lost")
	opt := files(goodDocuments, goodAllocations, "")
	opt.Documents[0].Text = failing(goodDocuments, broken)
	opt.Allocations[0].Text = failing("id", broken)
	l, err = intake.ReadLedger(opt)
	require.EqualError(t, err, "documents.csv: after line 8: connection lost\nallocations.csv: connection lost")
	require.ErrorIs(t, err, broken)
	require.Empty(t, l.Accounts)
	require.Empty(t, l.Facts)
	require.Equal(t, 7, l.Controls[0].Good)

	opt = files("", "", "")
	opt.Documents[0].Text = failing(documentHeader+"I2,invoice,C1,,,2026-06-05,,2026-07-05,2,45,,,,,,\n", broken)
	_, err = intake.ReadLedger(opt)
	require.EqualError(t, err, "documents.csv: after line 2: connection lost", "part 1 may be in the rest")

	l, err = intake.ReadLedger(intake.LedgerOptions{})
	require.NoError(t, err)
	require.Empty(t, l.Accounts)
}

// A host's own facts beside those of rows.
func TestLocate(t *testing.T) {
	l, err := intake.ReadLedger(files(goodDocuments, goodAllocations, ""))
	require.NoError(t, err)
	f := l.Facts
	f.Allocations = append(f.Allocations[:1:1], ledger.Allocation{ID: "H1", Credit: "P2", Debit: "I1", Amount: ar.MustMoney("50.00 EUR")})
	f.Redates = []ledger.Redate{{Document: "I1", Revision: 1, Date: ar.MustDate("2026-06-04")}}
	_, err = ledger.Accounts(l.Customers, f, nil)
	located := l.Locate(err)
	require.EqualError(t, located, `allocations.csv, line 2: invoice "I1" of 2026-06-03 for 100.00 EUR: more is applied than its amount: 110.00 EUR on 2026-06-12, by allocation "A1" of 60.00 EUR from "P1" to "I1"; allocation "H1" of 50.00 EUR from "P2" to "I1"; "I1" is in documents.csv, line 2
revision 1 of the date of "I1", to 2026-06-04: neither a payment nor a deposit: invoice "I1" of 2026-06-03 for 100.00 EUR`)
	require.ErrorIs(t, located, ledger.ErrNotPayment)
	require.Equal(t, located, l.Locate(fmt.Errorf("the host's words: %w", err)))
	require.NoError(t, l.Locate(nil))
	require.ErrorIs(t, l.Locate(io.EOF), io.EOF)

	// What the host says of a row makes it bad; it is not told besides that others
	// apply too much.
	f.Redates = nil
	f.Reversals = []ledger.Reversal{{Allocation: "A1", Date: ar.MustDate("2026-06-09")}}
	_, err = ledger.Accounts(l.Customers, f, nil)
	require.EqualError(t, l.Locate(err), `allocations.csv, line 2: reversal of allocation "A1" on 2026-06-09: dated before allocation "A1" of 60.00 EUR from "P1" to "I1", which counts from 2026-06-10
invoice "I1" of 2026-06-03 for 100.00 EUR: more is applied than its amount: 110.00 EUR on 2026-06-12, by allocation "A1" of 60.00 EUR from "P1" to "I1"; allocation "H1" of 50.00 EUR from "P2" to "I1"`)

	// All of one document's allocations are the host's: nothing to locate.
	f.Allocations, f.Redates = []ledger.Allocation{{ID: "H1", Credit: "P2", Debit: "I2", Amount: ar.MustMoney("90.01 EUR")}}, nil
	f.Reversals = []ledger.Reversal{{Allocation: "A1", Date: ar.MustDate("2026-06-20")}}
	_, err = ledger.Accounts(l.Customers, f, nil)
	located = l.Locate(err)
	require.ErrorIs(t, located, ledger.ErrOverApplied)
	require.ErrorContains(t, located, `allocations.csv, line 2: reversal of allocation "A1" on 2026-06-20: no such allocation`)
	require.Equal(t, err, (&intake.Ledger{}).Locate(err))
}

func TestLedgerOptionsValidate(t *testing.T) {
	good := func() intake.LedgerOptions { return files(goodDocuments, goodAllocations, statusHeader) }
	require.NoError(t, good().Validate())
	for _, test := range []struct {
		want   string
		change func(*intake.LedgerOptions)
	}{
		{`documents "documents.csv": no column for id`, func(o *intake.LedgerOptions) { o.Documents[0].Columns.ID = "" }},
		{`documents "documents.csv": no text`, func(o *intake.LedgerOptions) { o.Documents[0].Text = nil }},
		{
			`documents "documents.csv": amounts: want a column for amount, or one for debit-amount and one for credit-amount`,
			func(o *intake.LedgerOptions) { o.Documents[0].Columns.Amount = "" },
		},
		{`amounts: want a column for amount, or`, func(o *intake.LedgerOptions) { o.Documents[0].Columns.DebitAmount = "Soll" }},
		{`signed, and a column for each side: want one or the other`, func(o *intake.LedgerOptions) {
			c := &o.Documents[0].Columns
			c.Amount, c.DebitAmount, c.CreditAmount, o.Documents[0].Signed = "", "Soll", "Haben", true
		}},
		{`kinds on the side of credits: want signed, or a column for each side`, func(o *intake.LedgerOptions) {
			o.Documents[0].CreditKinds = map[string]ledger.Kind{"RV": ledger.CreditNote}
		}},
		{`no kind: want a column for it or a kind for the empty word`, func(o *intake.LedgerOptions) { o.Documents[0].Columns.Kind = "" }},
		{`kind for "RV": Kind(0): not a kind of document`, func(o *intake.LedgerOptions) { o.Documents[0].Kinds = map[string]ledger.Kind{"RV": 0} }},
		{`kind for "RV" on the side of credits: invoice: want a credit`, func(o *intake.LedgerOptions) {
			o.Documents[0].Signed, o.Documents[0].CreditKinds = true, map[string]ledger.Kind{"RV": ledger.Invoice}
		}},
		{`no currency: want a column for it or a default`, func(o *intake.LedgerOptions) {
			o.Documents[0].Currency, o.Documents[0].Columns.Currency = ar.Currency{}, ""
		}},
		{`documents "documents.csv": rounding mode 99 is not defined`, func(o *intake.LedgerOptions) { o.Documents[0].Rounding = 99 }},
		{"allocations \"allocations.csv\": no column for credit\nallocations \"allocations.csv\": no column for amount", func(o *intake.LedgerOptions) {
			o.Allocations[0].Columns.Credit, o.Allocations[0].Columns.Amount = "", ""
		}},
		{`allocations "allocations.csv": no text`, func(o *intake.LedgerOptions) { o.Allocations[0].Text = nil }},
		{`statuses "statuses.csv": no column for document`, func(o *intake.LedgerOptions) { o.Statuses[0].Columns.Document = "" }},
		{`no column for disputed or on-hold`, func(o *intake.LedgerOptions) { o.Statuses[0].Columns.Disputed, o.Statuses[0].Columns.OnHold = "", "" }},
		{`statuses "statuses.csv": no text`, func(o *intake.LedgerOptions) { o.Statuses[0].Text = nil }},
		{`customer named "": no customer ID`, func(o *intake.LedgerOptions) { o.Customers = make([]ledger.Customer, 1) }},
		{`customer "C1": duplicate ID`, func(o *intake.LedgerOptions) { o.Customers = []ledger.Customer{{ID: "C1"}, {ID: "C1"}} }},
	} {
		t.Run(test.want, func(t *testing.T) {
			opt := good()
			test.change(&opt)
			require.ErrorContains(t, opt.Validate(), test.want)
			l, err := intake.ReadLedger(opt)
			require.ErrorContains(t, err, "intake options: ")
			require.Equal(t, &intake.Ledger{}, l, "nothing is read")
		})
	}
}

// A file of hostile rows takes no more time than its length.
func TestManyFaultsAtOnce(t *testing.T) {
	const n = 3000
	documents, allocations := goodDocuments, goodAllocations
	for i := range n {
		documents += fmt.Sprintf("D%d,invoice,C1,,,2026-06-20,,,,1,,,,,,\n", i)
		allocations += fmt.Sprintf("B%d,P2,D%d,,,2,,,,,,\n", i, i) // exceeds each invoice, and the payment
	}
	l, err := intake.ReadLedger(files(documents, allocations, ""))
	var faults intake.RowErrors
	require.ErrorAs(t, err, &faults)
	require.Equal(t, n, l.Controls[1].Bad)
	require.Equal(t, 1, l.Controls[1].Good)
	require.Equal(t, 7+n, l.Controls[0].Good)
}

func failing(text string, err error) io.Reader {
	return io.MultiReader(strings.NewReader(text), iotest.ErrReader(err))
}
