package intake_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/ledger"
)

const (
	documentFields   = "id,kind,customer,name,number,date,posted,due,part,amount,currency,location,terms,footnote,disputed,on-hold"
	documentHeader   = documentFields + "\n"
	allocationFields = "id,credit,debit,date,part,amount,currency,taken,rate,rule,reversed,reason"
	allocationHeader = allocationFields + "\n"
	alongHeader      = allocationFields + ",with\n"
	statusHeader     = "document,date,disputed,on-hold,reason\n"
)

// columnsOf returns columns that are named as the fields are.
func columnsOf[C intake.ItemColumns | intake.DocumentColumns | intake.AllocationColumns | intake.StatusColumns](header string) C {
	fields := strings.Split(strings.TrimSpace(header), ",")
	for i, f := range fields {
		fields[i] = f + "=" + f
	}
	c, err := intake.ParseColumns[C](strings.Join(fields, ","))
	if err != nil {
		panic(err)
	}
	return c
}

var euro = intake.Format{Currency: ar.MustCurrency("EUR")}

// files are a file of each kind, without those whose text is empty.
func files(documents, allocations, statuses string) intake.LedgerOptions {
	opt := intake.LedgerOptions{KeepGood: true}
	opt.Documents = []intake.DocumentFile{{
		Name: "documents.csv", Text: strings.NewReader(documents),
		Columns: columnsOf[intake.DocumentColumns](documentHeader), Format: euro,
	}}
	if allocations != "" {
		opt.Allocations = []intake.AllocationFile{{
			Name: "allocations.csv", Text: strings.NewReader(allocations), Columns: columnsOf[intake.AllocationColumns](allocationHeader),
		}}
	}
	if statuses != "" {
		opt.Statuses = []intake.StatusFile{{
			Name: "statuses.csv", Text: strings.NewReader(statuses), Columns: columnsOf[intake.StatusColumns](statusHeader),
		}}
	}
	return opt
}

// good is a small ledger to which tests add.
const (
	goodDocuments = documentHeader +
		"I1,invoice,C1,Acme,,2026-06-03,,,,100.00,,,,,,\n" + // line 2
		"I2,invoice,C1,,,2026-06-05,,2026-07-05,1,45.00,,,,,,\n" +
		"I2,invoice,C1,,,2026-06-05,,2026-08-05,2,45.00,,,,,,\n" +
		"U1,invoice,C1,,,2026-06-03,,,,50.00,USD,,,,,\n" + // line 5
		"P1,payment,C1,,,2026-06-10,,,,60.00,,,,,,\n" +
		"P2,payment,C1,,,2026-06-12,,,,200.00,,,,,,\n" +
		"X1,invoice,C2,,,2026-06-12,,,,10.00,,,,,,\n" // line 8
	goodAllocations = allocationHeader +
		"A1,P1,I1,,,60.00,,,,,,\n"
)

func TestLedgerAllFields(t *testing.T) {
	documents := documentHeader +
		"I1,invoice,C1,Acme,2026/1,2026-06-03,2026-06-04,,,\"1,234.50\",USD,Berlin,net 30,see file,yes,\n" +
		"I2,Invoice,C1,,,2026-06-05,,2026-07-05,2,66.67,,,,,,\n" +
		"I2,INVOICE,C1,,,2026-06-05,,,1,33.33,,,eom,,,y\n" +
		"P1,Payment,C1,,,2026-06-10,,,,130,,,,,,\n" +
		"W1,write_off,C2,Late,,2026-06-11,,2026-06-30,,7,KWD,,,,,\n"
	allocations := allocationHeader +
		"A1,P1,I2,2026-06-12,2,60.00,EUR,,,by hand,2026-06-20,bounced\n" +
		"A2,P1,I1,,,64.80,USD,60.00,1.08,,,\n" +
		"A3,P1,I2,,,1.00,EUR,1.00,1,,,\n"
	statuses := statusHeader + "I1,2026-06-20,no,yes,waiting\n"
	l, err := intake.ReadLedger(files(documents, allocations, statuses))
	require.NoError(t, err)
	require.Empty(t, l.Warnings)
	require.Equal(t, []ledger.Customer{{ID: "C1", Name: "Acme"}, {ID: "C2", Name: "Late"}}, l.Customers)
	day, money := ar.MustDate, ar.MustMoney
	require.Equal(t, ledger.Facts{
		Documents: []ledger.Document{
			{
				ID: "I1", Number: "2026/1", Customer: "C1", Location: "Berlin", Kind: ledger.Invoice,
				Date: day("2026-06-03"), Posted: day("2026-06-04"), Amount: money("1234.50 USD"),
				Footnote: "see file", Flags: ledger.Disputed, Terms: duedate.Net(30),
			},
			{
				ID: "I2", Customer: "C1", Kind: ledger.Invoice, Date: day("2026-06-05"), Amount: money("100.00 EUR"),
				Flags: ledger.OnHold,
				Parts: []ledger.Part{{Due: day("2026-06-30"), Amount: money("33.33 EUR")}, {Due: day("2026-07-05"), Amount: money("66.67 EUR")}},
			},
			{ID: "P1", Customer: "C1", Kind: ledger.Payment, Date: day("2026-06-10"), Amount: money("130.00 EUR")},
			{
				ID: "W1", Customer: "C2", Kind: ledger.WriteOff, Date: day("2026-06-11"),
				Due: day("2026-06-30"), Amount: money("7.000 KWD"),
			},
		},
		Allocations: []ledger.Allocation{
			{ID: "A1", Credit: "P1", Debit: "I2", Part: 2, Amount: money("60.00 EUR"), Date: day("2026-06-12"), Rule: "by hand"},
			{ID: "A2", Credit: "P1", Debit: "I1", Amount: money("64.80 USD"), Taken: money("60.00 EUR"), Rate: ar.MustRate("1.08")},
			{ID: "A3", Credit: "P1", Debit: "I2", Amount: money("1.00 EUR")},
		},
		Reversals: []ledger.Reversal{{Allocation: "A1", Date: day("2026-06-20"), Reason: "bounced"}},
		Statuses:  []ledger.Status{{Document: "I1", Date: day("2026-06-20"), Flags: ledger.OnHold, Reason: "waiting"}},
	}, l.Facts)
	require.Len(t, l.Accounts, 2)
	require.Equal(t, "C2", l.Accounts[1].Customer().ID)

	require.Len(t, l.Controls, 3)
	require.Equal(t, "documents.csv", l.Controls[0].File)
	require.Equal(t, 5, l.Controls[0].Good)
	require.Equal(t, []string{"EUR 3 100.00 EUR 130.00 EUR", "KWD 1 0.000 KWD 7.000 KWD", "USD 1 1234.50 USD 0.00 USD"}, totals(l.Controls[0]))
	require.Equal(t, []string{"EUR 3 61.00 EUR 121.00 EUR", "USD 1 64.80 USD 0.00 USD"}, totals(l.Controls[1]))
	require.Equal(t, intake.Control{File: "statuses.csv", Read: 1, Good: 1}, l.Controls[2])
}

func totals(c intake.Control) (lines []string) {
	for _, t := range c.Totals {
		lines = append(lines, strings.Join([]string{t.Currency.String(), strconv.Itoa(t.Rows), t.Debits.String(), t.Credits.String()}, " "))
	}
	return lines
}
