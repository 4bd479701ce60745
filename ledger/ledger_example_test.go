package ledger_test

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// The Examples below are about one customer, whose terms are 30 days.
var birch = ledger.Customer{ID: "C1", Name: "Birch & Sons", Terms: duedate.Net(30)}

// doc makes a document of Birch's.
func doc(kind ledger.Kind, id, date, amount string) ledger.Document {
	return ledger.Document{
		ID: id, Number: id, Customer: birch.ID, Kind: kind,
		Date: ar.MustDate(date), Amount: ar.MustMoney(amount),
	}
}

// alloc applies a credit to a debit, on the later of their dates.
func alloc(id, credit, debit, amount string) ledger.Allocation {
	return ledger.Allocation{ID: id, Credit: credit, Debit: debit, Amount: ar.MustMoney(amount)}
}

// account is NewAccount for facts that fit together.
func account(f ledger.Facts) *ledger.Account {
	a, err := ledger.NewAccount(birch, f, nil)
	if err != nil {
		panic(err)
	}
	return a
}

// printOpen prints what is open as of some dates.
func printOpen(a *ledger.Account, dates ...string) {
	for _, date := range dates {
		open, err := a.Open(ar.MustDate(date))
		if err != nil {
			panic(err)
		}
		fmt.Printf("%s:", date)
		for _, e := range open {
			fmt.Printf("  %s %s", e.Document.ID, e.Outstanding.Amount())
		}
		fmt.Println()
	}
}

// Every kind of document on 3 June 2026, each of 10.00. Five are owed, six
// reduce what is owed. A debit without a due date or terms is due by the
// customer's terms; without those too, on its date, as a credit is. The balance
// is 5 × 10 − 6 × 10 = −10.00.
func ExampleDocument_l1Kinds() {
	var f ledger.Facts
	for kind := ledger.Invoice; kind <= ledger.WriteOff; kind++ {
		f.Documents = append(f.Documents, doc(kind, kind.String(), "2026-06-03", "10.00 EUR"))
	}
	f.Documents[1].Terms = duedate.EOM()              // of the document's own
	f.Documents[4].Due = ar.MustDate("2026-06-10")    // given
	f.Documents[6].Due = ar.MustDate("2026-06-25")    // a credit's
	f.Documents[2].Flags = ledger.Disputed            // by the customer
	f.Documents[2].Posted = ar.MustDate("2026-06-05") // later than its date
	f.Documents[3].Location = "Antwerp"               // where it was sold
	f.Documents[0].Footnote = "second delivery note to follow"
	f.Documents[0].Number = "2026/117, with its footer" // for people
	a := account(f)
	open, _ := a.Open(ar.MustDate("2026-06-03"))
	for _, e := range open {
		fmt.Printf("%-18s %6s due %s\n", e.Document.Kind, e.Outstanding.Amount(), e.Due)
	}
	balance, _ := a.Balance(ar.MustDate("2026-06-03"))
	fmt.Println("balance", balance)
	// Output:
	// adjustment-credit  -10.00 due 2026-06-03
	// deposit            -10.00 due 2026-06-03
	// discount           -10.00 due 2026-06-03
	// payment            -10.00 due 2026-06-03
	// write-off          -10.00 due 2026-06-03
	// refund              10.00 due 2026-06-10
	// credit-note        -10.00 due 2026-06-25
	// charge              10.00 due 2026-06-30
	// invoice             10.00 due 2026-07-03
	// adjustment-charge   10.00 due 2026-07-03
	// finance-charge      10.00 due 2026-07-03
	// balance [-10.00 EUR]
}

// An allocation counts from the later of its documents' dates unless it has a
// later date of its own. Invoice I1 of 3 June and payment P1 of 10 June meet on
// 10 June; A2 takes from P1 only on 15 June.
func ExampleAllocation_l1Date() {
	a2 := alloc("A2", "P1", "I2", "30.00 EUR")
	a2.Date = ar.MustDate("2026-06-15")
	printOpen(account(ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "I1", "2026-06-03", "100.00 EUR"),
			doc(ledger.Invoice, "I2", "2026-06-04", "50.00 EUR"),
			doc(ledger.Payment, "P1", "2026-06-10", "130.00 EUR"),
		},
		Allocations: []ledger.Allocation{alloc("A1", "P1", "I1", "100.00 EUR"), a2},
	}), "2026-06-09", "2026-06-10", "2026-06-14", "2026-06-15")
	// Output:
	// 2026-06-09:  I1 100.00  I2 50.00
	// 2026-06-10:  P1 -30.00  I2 50.00
	// 2026-06-14:  P1 -30.00  I2 50.00
	// 2026-06-15:  I2 20.00
}

// An invoice of 100.00 of 3 June is paid in full on 10 June; on 20 June the
// payment turns out to be meant for something else, and the allocation is
// reversed. As of each day the books say what they said on that day: the
// payment counts on 10 June itself, the reversal on 20 June itself.
func ExampleAccount_l2AsOf() {
	printOpen(account(ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "I1", "2026-06-03", "100.00 EUR"),
			doc(ledger.Payment, "P1", "2026-06-10", "100.00 EUR"),
		},
		Allocations: []ledger.Allocation{alloc("A1", "P1", "I1", "100.00 EUR")},
		Reversals:   []ledger.Reversal{{Allocation: "A1", Date: ar.MustDate("2026-06-20")}},
	}), "2026-06-02", "2026-06-03", "2026-06-09", "2026-06-10", "2026-06-19", "2026-06-20", "2026-12-31")
	// Output:
	// 2026-06-02:
	// 2026-06-03:  I1 100.00
	// 2026-06-09:  I1 100.00
	// 2026-06-10:
	// 2026-06-19:
	// 2026-06-20:  P1 -100.00  I1 100.00
	// 2026-12-31:  P1 -100.00  I1 100.00
}

// 80.00 and 40.00 cannot both be applied to an invoice of 100.00, unless the
// first is reversed by the day of the second. The account stays as it was.
func ExampleAccount_l3NeverBelowZero() {
	a := account(ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "I1", "2026-06-03", "100.00 EUR"),
			doc(ledger.Payment, "P1", "2026-06-10", "80.00 EUR"),
			doc(ledger.Payment, "P2", "2026-06-12", "40.00 EUR"),
		},
		Allocations: []ledger.Allocation{alloc("A1", "P1", "I1", "80.00 EUR")},
	})
	second := ledger.Facts{Allocations: []ledger.Allocation{alloc("A2", "P2", "I1", "40.00 EUR")}}
	_, err := a.Add(second)
	fmt.Println(err)
	fmt.Println(errors.Is(err, ledger.ErrOverApplied))
	printOpen(a, "2026-06-12")

	second.Reversals = []ledger.Reversal{{Allocation: "A1", Date: ar.MustDate("2026-06-12")}}
	b, err := a.Add(second)
	fmt.Println(err)
	printOpen(b, "2026-06-11", "2026-06-12")
	// Output:
	// invoice "I1" of 2026-06-03 for 100.00 EUR: more is applied than its amount: 120.00 EUR on 2026-06-12, by allocation "A1" of 80.00 EUR from "P1" to "I1"; allocation "A2" of 40.00 EUR from "P2" to "I1"
	// true
	// 2026-06-12:  P2 -40.00  I1 20.00
	// <nil>
	// 2026-06-11:  I1 20.00
	// 2026-06-12:  P1 -80.00  I1 60.00
}

// A payment of 99.99 leaves a cent of an invoice of 100.00 open, for as long as
// nothing is done about it.
func ExampleAccount_l4ResidualCent() {
	a := account(ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "I1", "2026-06-03", "100.00 EUR"),
			doc(ledger.Payment, "P1", "2026-06-10", "99.99 EUR"),
		},
		Allocations: []ledger.Allocation{alloc("A1", "P1", "I1", "99.99 EUR")},
	})
	printOpen(a, "2026-06-10", "2036-06-10")
	why, _ := a.Explain("I1", ar.MustDate("2026-06-10"))
	fmt.Print(why)
	// Output:
	// 2026-06-10:  I1 0.01
	// 2036-06-10:  I1 0.01
	// invoice "I1" of 2026-06-03 for 100.00 EUR
	//   amount       100.00 EUR
	//   − applied    99.99 EUR on 2026-06-10 from payment "P1"
	//   = open       0.01 EUR as of 2026-06-10
}

// Invoice I1 of 100.00, of which 30.00 is paid, is "paid" by adjustment on 30
// June: the credit J1 closes it, and the new charge K1 of the same 70.00, due on
// 31 July, is owed instead. The balance is 70.00 before and after.
func ExampleAccount_Adjust_l5BalanceStays() {
	a := account(ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "I1", "2026-06-03", "100.00 EUR"),
			doc(ledger.Payment, "P1", "2026-06-10", "30.00 EUR"),
		},
		Allocations: []ledger.Allocation{alloc("A1", "P1", "I1", "30.00 EUR")},
	})
	f, err := a.Adjust(ledger.Adjustment{
		Debit: "I1", Date: ar.MustDate("2026-06-30"),
		Credit: "J1", Allocation: "A2", Charge: "K1", Terms: duedate.EOFM(),
	})
	if err != nil {
		panic(err)
	}
	for i := range f.Documents {
		fmt.Println(&f.Documents[i])
	}
	fmt.Println(&f.Allocations[0])
	after, _ := a.Add(f)
	printOpen(after, "2026-06-29", "2026-06-30")
	for _, date := range []string{"2026-06-29", "2026-06-30"} {
		fmt.Println(after.Balance(ar.MustDate(date)))
	}
	// Output:
	// adjustment-credit "J1" of 2026-06-30 for 70.00 EUR
	// adjustment-charge "K1" of 2026-06-30 for 70.00 EUR
	// allocation "A2" of 70.00 EUR from "J1" to "I1"
	// 2026-06-29:  I1 70.00
	// 2026-06-30:  K1 70.00
	// [70.00 EUR] <nil>
	// [70.00 EUR] <nil>
}

// A payment of 10 June was in fact received on 8 June. The correction is a new
// fact; the payment's allocation goes with it.
func ExampleAccount_Redate_l6SupersedingFact() {
	a := account(ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "I1", "2026-06-03", "100.00 EUR"),
			doc(ledger.Payment, "P1", "2026-06-10", "100.00 EUR"),
		},
		Allocations: []ledger.Allocation{alloc("A1", "P1", "I1", "100.00 EUR")},
	})
	f, err := a.Redate("P1", ar.MustDate("2026-06-08"), ledger.RedateLimits{LastStatement: ar.MustDate("2026-05-31")})
	if err != nil {
		panic(err)
	}
	fmt.Println(&f.Redates[0])
	after, _ := a.Add(f)
	printOpen(a, "2026-06-08")
	printOpen(after, "2026-06-07", "2026-06-08")
	// Output:
	// revision 1 of the date of "P1", to 2026-06-08
	// 2026-06-08:  I1 100.00
	// 2026-06-07:  I1 100.00
	// 2026-06-08:
}

// The three refusals: a saved statement of 30 June shows the payment; 29 June is
// before the last statement, of 30 June; and it is before the cut-over date, 1
// July. Each is an error of its own. To the last statement's date and the
// cut-over date themselves a payment may go.
func ExampleAccount_Redate_l6Refusals() {
	a := account(ledger.Facts{Documents: []ledger.Document{doc(ledger.Payment, "P1", "2026-07-10", "100.00 EUR")}})
	limits := ledger.RedateLimits{
		ShownOn:       ar.MustDate("2026-06-30"),
		LastStatement: ar.MustDate("2026-06-30"),
		Cutover:       ar.MustDate("2026-07-01"),
	}
	_, err := a.Redate("P1", ar.MustDate("2026-06-29"), limits)
	fmt.Println(err)
	for _, reason := range []error{ledger.ErrOnStatement, ledger.ErrBeforeStatement, ledger.ErrBeforeCutover} {
		fmt.Println(errors.Is(err, reason))
	}
	_, err = a.Redate("P1", ar.MustDate("2026-07-01"), ledger.RedateLimits{
		LastStatement: ar.MustDate("2026-07-01"), Cutover: ar.MustDate("2026-07-01"),
	})
	fmt.Println(err)
	// Output:
	// re-date payment "P1" of 2026-07-10 for 100.00 EUR to 2026-06-29: a saved statement shows the payment, 2026-06-30
	// re-date payment "P1" of 2026-07-10 for 100.00 EUR to 2026-06-29: before the last statement, 2026-06-30
	// re-date payment "P1" of 2026-07-10 for 100.00 EUR to 2026-06-29: before the cut-over date, 2026-07-01
	// true
	// true
	// true
	// <nil>
}

// An invoice due on 1 July is on hold from 11 July until 20 July, the last day
// of the hold, for ten days. On 31 July it is 30 calendar days past due, and 20
// by adjusted days. On the days of the hold its adjusted age stays at 9.
func ExampleAccount_l7DatedHold() {
	a := account(ledger.Facts{
		Documents: []ledger.Document{doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR")},
		Statuses: []ledger.Status{
			{Document: "I1", Date: ar.MustDate("2026-07-11"), Flags: ledger.OnHold | ledger.Disputed, Reason: "short delivery"},
			{Document: "I1", Date: ar.MustDate("2026-07-21"), Reason: "settled"},
		},
	})
	for _, date := range []string{"2026-07-10", "2026-07-11", "2026-07-20", "2026-07-21", "2026-07-31"} {
		asOf := ar.MustDate(date)
		open, _ := a.Open(asOf)
		e := open[0]
		days := asOf.DaysSince(e.Due)
		fmt.Printf("%s: %d days past due, %d adjusted, disputed %t, on hold %t\n",
			date, days, days-e.Held, e.Flags.Has(ledger.Disputed), e.Flags.Has(ledger.OnHold))
	}
	// Output:
	// 2026-07-10: 9 days past due, 9 adjusted, disputed false, on hold false
	// 2026-07-11: 10 days past due, 9 adjusted, disputed true, on hold true
	// 2026-07-20: 19 days past due, 9 adjusted, disputed true, on hold true
	// 2026-07-21: 20 days past due, 10 adjusted, disputed false, on hold false
	// 2026-07-31: 30 days past due, 20 adjusted, disputed false, on hold false
}

// An invoice of 300.00 in three parts of 100.00. A payment of 150.00 that names
// no part fills the oldest; then one of 40.00 is for part 3.
func ExampleAccount_l1Parts() {
	invoice := doc(ledger.Invoice, "I1", "2026-06-01", "300.00 EUR")
	for _, due := range []string{"2026-07-01", "2026-08-01", "2026-09-01"} {
		invoice.Parts = append(invoice.Parts, ledger.Part{Due: ar.MustDate(due), Amount: ar.MustMoney("100.00 EUR")})
	}
	third := alloc("A2", "P2", "I1", "40.00 EUR")
	third.Part = 3
	a := account(ledger.Facts{
		Documents: []ledger.Document{
			invoice,
			doc(ledger.Payment, "P1", "2026-06-10", "150.00 EUR"),
			doc(ledger.Payment, "P2", "2026-06-20", "40.00 EUR"),
		},
		Allocations: []ledger.Allocation{alloc("A1", "P1", "I1", "150.00 EUR"), third},
	})
	why, _ := a.Explain("I1", ar.MustDate("2026-06-20"))
	fmt.Print(why)
	// Output:
	// invoice "I1" of 2026-06-01 for 300.00 EUR
	//   amount       300.00 EUR
	//   − applied    150.00 EUR on 2026-06-10 from payment "P1"
	//   − applied    40.00 EUR on 2026-06-20 from payment "P2"
	//   = open       110.00 EUR as of 2026-06-20
	//     part 2 of 100.00 EUR, due 2026-08-01: 50.00 EUR
	//     part 3 of 100.00 EUR, due 2026-09-01: 60.00 EUR
}
