package intake_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/ledger"
)

// What did the book look like on 31 March? An invoice that was paid in April was
// open; the allocation of a payment that bounced on 2 April counted; and of a
// payment of 31 March itself, 50.00 had not been used. On 30 April all that looks
// otherwise, and nothing of it leaks back.
func ExampleReadLedger_l2AsOfAnyDate() {
	const documents = `ref,type,client,date,due,amount
I-1,Invoice,Acme,2026-02-10,2026-03-12,400.00
I-2,Invoice,Acme,2026-02-20,2026-03-22,300.00
P-1,Payment,Acme,2026-04-10,,400.00
P-2,Payment,Acme,2026-03-31,,350.00
`
	const applied = `payment,invoice,applied,amount,unapplied
P-1,I-1,,400.00,
P-2,I-2,2026-03-31,300.00,2026-04-02
`
	book, err := intake.ReadLedger(intake.LedgerOptions{
		Documents: []intake.DocumentFile{{
			Name: "documents.csv", Text: strings.NewReader(documents),
			Columns: intake.DocumentColumns{ID: "ref", Kind: "type", Customer: "client", Date: "date", Due: "due", Amount: "amount"},
			Format:  intake.Format{Currency: ar.MustCurrency("EUR")},
		}},
		Allocations: []intake.AllocationFile{{
			Name: "applied.csv", Text: strings.NewReader(applied),
			Columns: intake.AllocationColumns{Credit: "payment", Debit: "invoice", Date: "applied", Amount: "amount", Reversed: "unapplied"},
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, day := range []string{"2026-03-31", "2026-04-30"} {
		asOf := ar.MustDate(day)
		report, err := aging.ComputeSeq(ledger.ItemsOf(book.Accounts, asOf), aging.Options{AsOf: asOf, Buckets: bucket.Standard()})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, row := range report.All() {
			fmt.Println(day, row.Key(), "open", row.Total(), "unapplied", row.Unapplied(), "balance", row.Balance())
		}
	}
	// Output:
	// 2026-03-31 Acme open 400.00 EUR unapplied 50.00 EUR balance 350.00 EUR
	// 2026-04-30 Acme open 300.00 EUR unapplied 350.00 EUR balance -50.00 EUR
}

// An export of line items writes credits below zero, and says with a code of its
// own what a document is. A journal entry may be either; a debit in two parts has
// two rows.
func ExampleDocumentFile_l1Kinds() {
	const export = `Account;Doc. no.;Type;Part;Doc. date;Due;Amount
100;9001;RV;1;03.06.2026;03.07.2026;600,00
100;9001;RV;2;03.06.2026;03.08.2026;634,50
100;9002;DG;;10.06.2026;;100,00-
100;9003;AB;;11.06.2026;;5,00
100;9004;AB;;12.06.2026;;5,00-
100;9005;DZ;;30.06.2026;;1.000,00-
`
	book, err := intake.ReadLedger(intake.LedgerOptions{Documents: []intake.DocumentFile{{
		Name: "export.csv", Text: strings.NewReader(export),
		Columns: intake.DocumentColumns{
			ID: "Doc. no.", Kind: "Type", Customer: "Account", Date: "Doc. date", Due: "Due", Part: "Part", Amount: "Amount",
		},
		Format: intake.Format{DateLayout: "02.01.2006", Decimal: ',', Delimiter: ';', Currency: ar.MustCurrency("EUR")},
		Kinds: map[string]ledger.Kind{
			"RV": ledger.Invoice, "DG": ledger.CreditNote, "DZ": ledger.Payment, "AB": ledger.Charge,
		},
		Signed:      true,
		CreditKinds: map[string]ledger.Kind{"AB": ledger.AdjustmentCredit},
	}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range book.Facts.Documents {
		d := &book.Facts.Documents[i]
		fmt.Println(d)
		for _, p := range d.Parts {
			fmt.Println("  due", p.Due, "for", p.Amount)
		}
	}
	balance, err := book.Accounts[0].Balance(ar.MustDate("2026-06-30"))
	fmt.Println("balance", balance, err)
	fmt.Printf("control totals: %d rows, debits %s, credits %s\n",
		book.Controls[0].Good, book.Controls[0].Totals[0].Debits, book.Controls[0].Totals[0].Credits)
	// Output:
	// invoice "9001" of 2026-06-03 for 1234.50 EUR
	//   due 2026-07-03 for 600.00 EUR
	//   due 2026-08-03 for 634.50 EUR
	// credit-note "9002" of 2026-06-10 for 100.00 EUR
	// charge "9003" of 2026-06-11 for 5.00 EUR
	// adjustment-credit "9004" of 2026-06-12 for 5.00 EUR
	// payment "9005" of 2026-06-30 for 1000.00 EUR
	// balance [134.50 EUR] <nil>
	// control totals: 6 rows, debits 1239.50 EUR, credits 1105.00 EUR
}

// A payment of 98.00 was within the ten days in which an invoice of 100.00 earns
// 2 % discount, so 2.00 was granted along with it. On 20 March the payment is
// returned. Because the file says what the discount came along with, both are
// undone: the customer owes the whole 100.00 again.
func ExampleReadLedger_p6Bounce() {
	const documents = `id,kind,customer,date,amount
I-1,invoice,Acme,2026-03-02,100.00
P-1,payment,Acme,2026-03-10,98.00
D-1,discount,Acme,2026-03-10,2.00
`
	const applied = `id,credit,debit,amount,with
A-1,P-1,I-1,98.00,
A-2,D-1,I-1,2.00,A-1
`
	book, err := intake.ReadLedger(intake.LedgerOptions{
		Documents: []intake.DocumentFile{{
			Name: "documents.csv", Text: strings.NewReader(documents),
			Columns: intake.DocumentColumns{ID: "id", Kind: "kind", Customer: "customer", Date: "date", Amount: "amount"},
			Format:  intake.Format{Currency: ar.MustCurrency("EUR")},
		}},
		Allocations: []intake.AllocationFile{{
			Name: "applied.csv", Text: strings.NewReader(applied),
			Columns: intake.AllocationColumns{ID: "id", Credit: "credit", Debit: "debit", Amount: "amount", With: "with"},
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	account := book.Accounts[0]
	facts, err := allocation.Bounce(account, allocation.Undo{
		Date: ar.MustDate("2026-03-20"), Reason: "returned", ID: func(n int) string { return fmt.Sprintf("U-%d", n) },
	}, "P-1")
	if err != nil {
		fmt.Println(err)
		return
	}
	for i := range facts.Reversals {
		fmt.Println(&facts.Reversals[i])
	}
	for i := range facts.Documents {
		fmt.Println(&facts.Documents[i])
	}
	if account, err = account.Add(facts); err != nil {
		fmt.Println(err)
		return
	}
	for _, day := range []string{"2026-03-19", "2026-03-20"} {
		balance, err := account.Balance(ar.MustDate(day))
		fmt.Println("balance on", day, balance, err)
	}
	// Output:
	// reversal of allocation "A-1" on 2026-03-20
	// reversal of allocation "A-2" on 2026-03-20
	// adjustment-charge "U-1" of 2026-03-20 for 2.00 EUR
	// refund "U-2" of 2026-03-20 for 98.00 EUR
	// balance on 2026-03-19 [0.00 EUR] <nil>
	// balance on 2026-03-20 [100.00 EUR] <nil>
}

// Every fault is reported with the file and line it came from, also one that
// shows only when rows meet: a payment that is used twice. I-1 has a date that
// does not exist, so what was paid of it has nothing to go to. Because that was
// asked for, the rest is kept: both payments, and nothing applied.
func ExampleReadLedger_l3BadRows() {
	const documents = `id,kind,customer,date,amount
I-1,invoice,Acme,2026-02-30,400.00
I-2,invoice,Acme,2026-03-02,300.00
I-3,invoice,Acme,2026-03-03,90.00
P-1,payment,Acme,2026-03-10,400.00
P-2,payment,Acme,2026-03-31,300.00
`
	const applied = `credit,debit,amount
P-1,I-1,400.00
P-2,I-2,300.00
P-2,I-3,90.00
`
	book, err := intake.ReadLedger(intake.LedgerOptions{
		Documents: []intake.DocumentFile{{
			Name: "documents.csv", Text: strings.NewReader(documents),
			Columns: intake.DocumentColumns{ID: "id", Kind: "kind", Customer: "customer", Date: "date", Amount: "amount"},
			Format:  intake.Format{Currency: ar.MustCurrency("EUR")},
		}},
		Allocations: []intake.AllocationFile{{
			Name: "applied.csv", Text: strings.NewReader(applied),
			Columns: intake.AllocationColumns{Credit: "credit", Debit: "debit", Amount: "amount"},
		}},
		KeepGood: true,
	})
	fmt.Println(strings.ReplaceAll(err.Error(), "; ", ";\n  "))
	fmt.Println("more applied than an amount among them:", errors.Is(err, ledger.ErrOverApplied))
	balance, err := book.Accounts[0].Balance(ar.MustDate("2026-03-31"))
	fmt.Println("balance of the rest", balance, err)
	for _, c := range book.Controls {
		fmt.Printf("%s: %d rows, %d of them bad\n", c.File, c.Read, c.Bad)
	}
	// Output:
	// documents.csv, line 2, column "date": "2026-02-30": no such day, want 2006-01-02 for 2 January 2006
	// applied.csv, line 2, column "debit": "I-1": depends on a bad row: documents.csv, line 2
	// applied.csv, line 3: payment "P-2" of 2026-03-31 for 300.00 EUR: more is applied than its amount: 390.00 EUR on 2026-03-31, by allocation "P-2 to I-2" of 300.00 EUR from "P-2" to "I-2";
	//   allocation "P-2 to I-3" of 90.00 EUR from "P-2" to "I-3";
	//   "P-2" is in documents.csv, line 6
	// applied.csv, line 4: "P-2": more is applied than its amount: see applied.csv, line 3
	// more applied than an amount among them: true
	// balance of the rest [-310.00 EUR] <nil>
	// documents.csv: 5 rows, 1 of them bad
	// applied.csv: 3 rows, 3 of them bad
}
