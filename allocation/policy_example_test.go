package allocation_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// The Examples are about one customer, whose terms are 30 days.
var birch = ledger.Customer{ID: "C1", Name: "Birch & Sons", Terms: duedate.Net(30)}

// doc makes a document of Birch's.
func doc(kind ledger.Kind, id, date, amount string) ledger.Document {
	return ledger.Document{
		ID: id, Number: id, Customer: birch.ID, Kind: kind,
		Date: ar.MustDate(date), Amount: ar.MustMoney(amount),
	}
}

// account is NewAccount for documents that fit together.
func account(documents ...ledger.Document) *ledger.Account {
	a, err := ledger.NewAccount(birch, ledger.Facts{Documents: documents}, nil)
	if err != nil {
		panic(err)
	}
	return a
}

// plan is New for what is available of an account on the date of the options.
func plan(a *ledger.Account, o allocation.Options) *allocation.Plan {
	open, err := a.Available(o.Date)
	if err != nil {
		panic(err)
	}
	p, err := allocation.New(open, o)
	if err != nil {
		panic(err)
	}
	return p
}

// number names the facts of a plan A1, A2 …, by line.
func number(line int) string { return fmt.Sprintf("A%d", line) }

// add is Account.Add for facts that fit.
func add(a *ledger.Account, f ledger.Facts) *ledger.Account {
	a, err := a.Add(f)
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

// june is a date.
func june(day int) ar.Date { return ar.MustDate("2026-05-31") + ar.Date(day) }

// three invoices of 1, 2 and 3 June, due in the opposite order, and a payment.
func three(payment string) *ledger.Account {
	i1 := doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR")
	i2 := doc(ledger.Invoice, "I2", "2026-06-02", "300.00 EUR")
	i3 := doc(ledger.Invoice, "I3", "2026-06-03", "200.00 EUR")
	i1.Due, i2.Due, i3.Due = ar.MustDate("2026-07-15"), ar.MustDate("2026-07-10"), ar.MustDate("2026-07-05")
	return account(i1, i2, i3, doc(ledger.Payment, "P1", "2026-06-10", payment))
}

// printPolicies prints which debit each policy pays how much.
func printPolicies(a *ledger.Account, policies ...allocation.Policy) {
	for _, policy := range policies {
		p := plan(a, allocation.Options{Date: june(10), Auto: true, Policies: []allocation.Policy{policy}})
		fmt.Printf("%s:", policy)
		for _, l := range p.All() {
			if l.Kind == allocation.Applied {
				fmt.Printf("  %s %s", l.Debit.ID, l.Amount.Amount())
			}
		}
		fmt.Println()
	}
}

// 250.00 of 10 June for three invoices, by the customer's own words 50.00 for
// I1 and 150.00 for I3. That is what is done, and the 50.00 that nobody spoke
// of stay unapplied although auto-allocate is on.
func ExampleSpecified_p2Specified() {
	fmt.Print(plan(three("250.00 EUR"), allocation.Options{
		Date: june(10),
		Auto: true,
		Specified: []allocation.Specified{
			{Credit: "P1", Debit: "I1", Amount: ar.MustMoney("50.00 EUR")},
			{Credit: "P1", Debit: "I3", Amount: ar.MustMoney("150.00 EUR")},
		},
	}))
	// Output:
	// allocation of 2026-06-10
	//   1  applied        50.00 EUR  P1  → I1  (specified)
	//   2  applied       150.00 EUR  P1  → I3  (specified)
	//   3  open           50.00 EUR  → I3  (of 200.00 EUR)
	//   4  open           50.00 EUR  → I1  (of 100.00 EUR)
	//   5  unapplied      50.00 EUR  P1  (of 250.00 EUR, not specified for any debit)
}

// I1 of 1 June is due on 15 July, I2 of 2 June on 10 July and I3 of 3 June on
// 5 July. A payment of 250.00 goes to the oldest first, by due date or by
// document date.
func ExamplePolicy_p2OldestFirst() {
	printPolicies(three("250.00 EUR"), allocation.OldestDue, allocation.OldestDated)
	// Output:
	// oldest due first:  I3 200.00  I2 50.00
	// oldest dated first:  I1 100.00  I2 150.00
}

// The same payment to the newest first.
func ExamplePolicy_p2NewestFirst() {
	printPolicies(three("250.00 EUR"), allocation.NewestDue, allocation.NewestDated)
	// Output:
	// newest due first:  I1 100.00  I2 150.00
	// newest dated first:  I3 200.00  I2 50.00
}

// The same payment to the largest first, I2 of 300.00, or to the smallest, I1
// of 100.00.
func ExamplePolicy_p2LargestAndSmallest() {
	printPolicies(three("250.00 EUR"), allocation.Largest, allocation.Smallest)
	// Output:
	// largest first:  I2 250.00
	// smallest first:  I1 100.00  I3 150.00
}

// Invoices of one due date are paid by number, those of one number by ID.
func ExamplePolicy_p2Ties() {
	a := doc(ledger.Invoice, "X9", "2026-06-01", "10.00 EUR")
	b := doc(ledger.Invoice, "X8", "2026-06-01", "10.00 EUR")
	c := doc(ledger.Invoice, "X7", "2026-06-01", "10.00 EUR")
	a.Number, b.Number, c.Number = "1", "2", "2"
	printPolicies(account(a, b, c, doc(ledger.Payment, "P1", "2026-06-10", "25.00 EUR")), allocation.OldestDue)
	// Output:
	// oldest due first:  X9 10.00  X7 10.00  X8 5.00
}

// 100.01 are shared among open 200.00, 300.00 and 100.00: exactly 33.3366…,
// 50.005 and 16.6683…. Cut to cents, 33.33, 50.00 and 16.66 make 99.99. The two
// cents that are missing go to the shares that lost most by the cut, of I1 and
// I3.
func ExamplePolicy_p2ProRata() {
	printPolicies(three("100.01 EUR"), allocation.ProRata)
	// Output:
	// pro rata:  I3 33.34  I2 50.00  I1 16.67
}

// A payment of 300.00 equals I2. One of 400.00 equals no invoice, but I1 and I2
// together. One of 350.00 equals no set of them, and stays unapplied, if there
// is no other policy.
func ExamplePolicy_p2ExactMatch() {
	for _, payment := range []string{"300.00 EUR", "400.00 EUR", "350.00 EUR"} {
		printPolicies(three(payment), allocation.ExactMatch)
	}
	// Output:
	// exact match:  I2 300.00
	// exact match:  I2 300.00  I1 100.00
	// exact match:
}

// With a tolerance of 0.50 a payment of 299.70 counts as that of I2, and the
// 0.30 are written off. So does one of 300.30: it closes I2, and the 0.30 over
// are charged, so that neither is open.
func ExamplePolicy_p2ExactMatchWithinTolerance() {
	for _, payment := range []string{"299.70 EUR", "300.30 EUR"} {
		fmt.Print(plan(three(payment), allocation.Options{
			Date: june(10), Auto: true, Policies: []allocation.Policy{allocation.ExactMatch},
			Settling: func(*ledger.Entry) (allocation.Settling, error) {
				return allocation.Settling{Tolerance: allocation.Tolerance{Amount: ar.MustMoney("0.50 EUR")}}, nil
			},
		}))
	}
	// Output:
	// allocation of 2026-06-10
	//   1  applied       299.70 EUR  P1  → I2  (exact match of 1 debit)
	//   2  write-off       0.30 EUR  P1  → I2  (short, within the tolerance)
	// allocation of 2026-06-10
	//   1  applied       300.00 EUR  P1  → I2  (exact match of 1 debit)
	//   2  charge          0.30 EUR  P1  → I2  (over, within the tolerance)
}

// 600.00 are all that is open, and clear the account. 599.00 are not, and this
// policy leaves them alone. With a credit note of 1.00 they are.
func ExamplePolicy_p2ClearAccount() {
	printPolicies(three("600.00 EUR"), allocation.ClearAccount)
	printPolicies(three("599.00 EUR"), allocation.ClearAccount)
	printPolicies(
		add(three("599.00 EUR"), ledger.Facts{Documents: []ledger.Document{
			doc(ledger.CreditNote, "N1", "2026-06-09", "1.00 EUR"),
		}}),
		allocation.ClearAccount,
	)
	// Output:
	// clear the account:  I3 200.00  I2 300.00  I1 100.00
	// clear the account:
	// clear the account:  I3 1.00  I3 199.00  I2 300.00  I1 100.00
}

// On 11 July I3, due on the 5th, and I2, due on the 10th, are past due, and I1 is
// not: 500.00 clear all past due. On the 10th I2 is due today, not past due.
func ExamplePolicy_p2ClearPastDue() {
	a := three("500.00 EUR")
	for _, day := range []string{"2026-07-10", "2026-07-11"} {
		p := plan(a, allocation.Options{
			Date: ar.MustDate(day), Auto: true, Policies: []allocation.Policy{allocation.ClearPastDue},
		})
		fmt.Println(day, p.Total(allocation.Applied))
	}
	// Output:
	// 2026-07-10 []
	// 2026-07-11 [500.00 EUR]
}

// A payment of 8 June and a credit note of 9 June, of 150.00 each. By date the
// payment is used first; with credit notes before payments, the credit note is.
func ExampleOptions_p2CreditNotesBeforePayments() {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", "200.00 EUR"),
		doc(ledger.Payment, "P1", "2026-06-08", "150.00 EUR"),
		doc(ledger.CreditNote, "N1", "2026-06-09", "150.00 EUR"),
	)
	for _, kinds := range [][]ledger.Kind{nil, {ledger.CreditNote}} {
		for _, e := range plan(a, allocation.Options{Date: june(10), Auto: true, CreditKinds: kinds}).Credits() {
			fmt.Println(e.Document.ID, "applied", e.Applied, "left", e.Left)
		}
	}
	// Output:
	// P1 applied 150.00 EUR left 0.00 EUR
	// N1 applied 50.00 EUR left 100.00 EUR
	// N1 applied 150.00 EUR left 0.00 EUR
	// P1 applied 50.00 EUR left 100.00 EUR
}

// A payment of 120.00 for an invoice of 100.00, interest of 15.00 and a fee of
// 10.00 that are due later: interest before fees before principal.
func ExampleOptions_p2FeesBeforePrincipal() {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"),
		doc(ledger.Charge, "F1", "2026-06-05", "10.00 EUR"),
		doc(ledger.FinanceCharge, "X1", "2026-06-06", "15.00 EUR"),
		doc(ledger.Payment, "P1", "2026-06-10", "120.00 EUR"),
	)
	fmt.Print(plan(a, allocation.Options{
		Date: june(10), Auto: true, DebitKinds: []ledger.Kind{ledger.FinanceCharge, ledger.Charge},
	}))
	// Output:
	// allocation of 2026-06-10
	//   1  applied        15.00 EUR  P1  → X1  (finance-charge before other kinds, oldest due first: due 2026-07-06)
	//   2  applied        10.00 EUR  P1  → F1  (charge before other kinds, oldest due first: due 2026-07-05)
	//   3  applied        95.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   4  open            5.00 EUR  → I1  (of 100.00 EUR)
}

// A list of policies: an exact match, or else the oldest first. 300.00 match I2;
// 250.00 match nothing and go to the oldest.
func ExampleOptions_p2TheFirstThatMatches() {
	for _, payment := range []string{"300.00 EUR", "250.00 EUR"} {
		p := plan(three(payment), allocation.Options{
			Date: june(10), Auto: true,
			Policies: []allocation.Policy{allocation.ExactMatch, allocation.OldestDue},
		})
		for _, l := range p.All() {
			if l.Kind == allocation.Applied {
				fmt.Println(payment, l.Debit.ID, l.Amount, l.Rule)
			}
		}
	}
	// Output:
	// 300.00 EUR I2 300.00 EUR exact match of 1 debit
	// 250.00 EUR I3 200.00 EUR oldest due first: due 2026-07-05
	// 250.00 EUR I2 50.00 EUR oldest due first: due 2026-07-10
}

// Two invoices of 100.00 of the same day. I1 has 2 % for payment by 11 June, I2
// has 3 %. 97.00 of 10 June would go to I1 by number; where ties prefer the
// better discount, they close I2.
func ExampleOptions_p2TiesPreferTheBetterDiscount() {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"),
		doc(ledger.Invoice, "I2", "2026-06-01", "100.00 EUR"),
		doc(ledger.Payment, "P1", "2026-06-10", "97.00 EUR"),
	)
	settling := func(e *ledger.Entry) (allocation.Settling, error) {
		return offers(e, map[string]string{"I1": "2/10", "I2": "3/10"}[e.Document.ID])
	}
	for _, prefer := range []bool{false, true} {
		p := plan(a, allocation.Options{Date: june(10), Auto: true, Settling: settling, PreferDiscount: prefer})
		for _, e := range p.Debits() {
			fmt.Println(prefer, e.Document.ID, "left", e.Left)
		}
	}
	// Output:
	// false I1 left 3.00 EUR
	// false I2 left 100.00 EUR
	// true I1 left 100.00 EUR
	// true I2 left 0.00 EUR
}

// offers are the offers of a discount on a debit, such as "2/10".
func offers(e *ledger.Entry, discount string) (s allocation.Settling, err error) {
	d, err := duedate.ParseDiscount(discount)
	if err != nil {
		return s, err
	}
	s.Offers, err = d.Offers(duedate.Invoice{Date: e.Date, Amount: e.Document.Amount}, nil, ar.RoundHalfUp)
	return s, err
}
