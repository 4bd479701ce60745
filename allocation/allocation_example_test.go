package allocation_test

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/ledger"
)

// A payment of 250.00 comes in on 10 June. Birch & Sons owe 100.00 since May,
// and 200.00 of 1 June on "2/10 net 30", so that 196.00 would close it by 11
// June. The plan pays the older invoice and part of the newer one; once its
// facts are added, the books say so from that day on.
func Example() {
	a := account(
		doc(ledger.Invoice, "I1", "2026-05-04", "100.00 EUR"),
		doc(ledger.Invoice, "I2", "2026-06-01", "200.00 EUR"),
		doc(ledger.Payment, "P1", "2026-06-10", "250.00 EUR"),
	)
	open, err := a.Available(june(10))
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := allocation.New(open, allocation.Options{
		Date: june(10),
		Auto: true,
		Settling: func(e *ledger.Entry) (allocation.Settling, error) {
			return offers(e, map[string]string{"I2": "2/10"}[e.Document.ID])
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Print(p)

	a, err = a.Add(p.Facts(func(line int) string { return fmt.Sprintf("P1-%d", line) }))
	if err != nil {
		fmt.Println(err)
		return
	}
	printOpen(a, "2026-06-09", "2026-06-10")
	// Output:
	// allocation of 2026-06-10
	//   1  applied       100.00 EUR  P1  → I1  (oldest due first: due 2026-06-03)
	//   2  applied       150.00 EUR  P1  → I2  (oldest due first: due 2026-07-01)
	//   3  open           50.00 EUR  → I2  (of 200.00 EUR)
	// 2026-06-09:  I1 100.00  I2 200.00
	// 2026-06-10:  I2 50.00
}

// A plan is a value: it says what each credit gives and has left, what each
// debit gets and has left, and the account knows nothing of it until its facts
// are added.
func ExamplePlan_p1Pure() {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"),
		doc(ledger.Payment, "P1", "2026-06-09", "30.00 EUR"),
		doc(ledger.Payment, "P2", "2026-06-10", "90.00 EUR"),
	)
	p := plan(a, allocation.Options{Date: june(10), Auto: true})
	for _, e := range p.Credits() {
		fmt.Println(e.Document.ID, "applied", e.Applied, "unapplied", e.Left)
	}
	for _, e := range p.Debits() {
		fmt.Println(e.Document.ID, "paid", e.Applied, "open", e.Left)
	}
	printOpen(a, "2026-06-10")
	printOpen(add(a, p.Facts(number)), "2026-06-10")
	// Output:
	// P1 applied 30.00 EUR unapplied 0.00 EUR
	// P2 applied 70.00 EUR unapplied 20.00 EUR
	// I1 paid 100.00 EUR open 0.00 EUR
	// 2026-06-10:  P1 -30.00  P2 -90.00  I1 100.00
	// 2026-06-10:  P2 -20.00
}

// A payment, a credit note for no invoice in particular and a credit balance
// adjustment. With auto-allocate off they stay unapplied; with it on they go to
// the oldest debit first.
func ExampleOptions_p3AutoAllocate() {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", "50.00 EUR"),
		doc(ledger.Invoice, "I2", "2026-06-02", "50.00 EUR"),
		doc(ledger.Payment, "P1", "2026-06-08", "40.00 EUR"),
		doc(ledger.CreditNote, "N1", "2026-06-09", "30.00 EUR"),
		doc(ledger.AdjustmentCredit, "J1", "2026-06-10", "20.00 EUR"),
	)
	for _, auto := range []bool{false, true} {
		printOpen(add(a, plan(a, allocation.Options{Date: june(10), Auto: auto}).Facts(number)), "2026-06-10")
	}
	// Output:
	// 2026-06-10:  P1 -40.00  N1 -30.00  J1 -20.00  I1 50.00  I2 50.00
	// 2026-06-10:  I2 10.00
}

// I9 of 10 June is new, and 120.00 are unapplied since May. It draws on them
// first; what is left goes to the oldest.
func ExampleOptions_p3NewDebitDrawsOnOpenCredits() {
	a := account(
		doc(ledger.Payment, "P1", "2026-05-20", "120.00 EUR"),
		doc(ledger.Invoice, "I1", "2026-06-01", "50.00 EUR"),
		doc(ledger.Invoice, "I9", "2026-06-10", "100.00 EUR"),
	)
	fmt.Print(plan(a, allocation.Options{Date: june(10), Auto: true, First: []string{"I9"}}))
	// Output:
	// allocation of 2026-06-10
	//   1  applied       100.00 EUR  P1  → I9  (before all others)
	//   2  applied        20.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   3  open           30.00 EUR  → I1  (of 50.00 EUR)
}

// A payment of 100.00 EUR and an invoice of 108.00 USD. Without a rate they have
// nothing to do with each other. At 1.10 the invoice takes 98.18 EUR: 98.18 ×
// 1.10 = 107.998, rounded up. It was booked at 0.91 EUR, 98.28 EUR: paid with
// less, a loss of 0.10 EUR.
func ExampleRate_p4ExchangeDifference() {
	invoice := doc(ledger.Invoice, "I1", "2026-06-01", "108.00 USD")
	invoice.Booking = ar.MustRate("0.91")
	a := account(invoice, doc(ledger.Payment, "P1", "2026-06-10", "100.00 EUR"))
	fmt.Print(plan(a, allocation.Options{Date: june(10), Auto: true}))
	eur, usd := ar.MustCurrency("EUR"), ar.MustCurrency("USD")
	p := plan(a, allocation.Options{
		Date: june(10), Auto: true,
		Rates:    []allocation.Rate{{From: eur, To: usd, Rate: ar.MustRate("1.10")}},
		Home:     eur,
		Rounding: ar.RoundHalfEven,
	})
	fmt.Print(p)
	printOpen(add(a, p.Facts(number)), "2026-06-10")
	// Output:
	// allocation of 2026-06-10
	//   1  unapplied     100.00 EUR  P1  (of 100.00 EUR, no policy places it)
	// allocation of 2026-06-10
	//   1  applied       108.00 USD  P1  → I1  taking 98.18 EUR at 1.1  (oldest due first: due 2026-07-01)
	//   2  exchange       -0.10 EUR  P1  → I1  (98.18 EUR booked at 1 less 108.00 USD booked at 0.91)
	//   3  unapplied       1.82 EUR  P1  (of 100.00 EUR, no policy places it)
	// 2026-06-10:  P1 -1.82
}

// An invoice of 20 June takes no part in an allocation of 10 June, unless that
// is asked for: then the allocation counts from 20 June.
func ExampleOptions_p4NotToLaterDocuments() {
	a := account(
		doc(ledger.Payment, "P1", "2026-06-10", "100.00 EUR"),
		doc(ledger.Invoice, "I1", "2026-06-20", "80.00 EUR"),
	)
	for _, ahead := range []bool{false, true} {
		fmt.Print(plan(a, allocation.Options{Date: june(10), Auto: true, Ahead: ahead}))
	}
	_, err := allocation.New(must(a.Available(june(10))), allocation.Options{
		Date:      june(10),
		Specified: []allocation.Specified{{Credit: "P1", Debit: "I1", Amount: ar.MustMoney("80.00 EUR")}},
	})
	fmt.Println(err)
	// Output:
	// allocation of 2026-06-10
	//   1  unapplied     100.00 EUR  P1  (of 100.00 EUR, no policy places it)
	// allocation of 2026-06-10
	//   1  applied        80.00 EUR  P1  → I1  (oldest due first: due 2026-07-20)
	//   2  unapplied      20.00 EUR  P1  (of 100.00 EUR, no policy places it)
	// 80.00 EUR from "P1" to "I1": debit "I1" on 2026-06-10: dated before invoice "I1" of 2026-06-20 for 80.00 EUR
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

// I1 was paid in full on 10 June. On 20 June it turns out that the payment was
// meant for something else, and the allocation is reversed: both are open from
// then on, and the books of the days before stay as they were. On 9 June there
// was nothing to reverse yet.
func ExampleReverse_p6OneAllocation() {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"),
		doc(ledger.Payment, "P1", "2026-06-10", "100.00 EUR"),
	)
	a = add(a, plan(a, allocation.Options{Date: june(10), Auto: true}).Facts(number))
	f, err := allocation.Reverse(a, allocation.Undo{Date: june(20), Reason: "meant for something else"}, "A1")
	fmt.Println(len(f.Reversals), err)
	printOpen(add(a, f), "2026-06-09", "2026-06-10", "2026-06-19", "2026-06-20")

	_, err = allocation.Reverse(a, allocation.Undo{Date: june(9)}, "A1")
	fmt.Println(err)
	// Output:
	// 1 <nil>
	// 2026-06-09:  I1 100.00
	// 2026-06-10:
	// 2026-06-19:
	// 2026-06-20:  P1 -100.00  I1 100.00
	// reversal of allocation "A1" on 2026-06-09: dated before allocation "A1" of 100.00 EUR from "P1" to "I1", which counts from 2026-06-10
}

// 98.00 with a discount of 2.00 closed I1, and 50.00 went to I2, all on 10 June.
// On 20 June the whole plan is undone. The discount of 2.00 is a document of its
// own, and is balanced by an adjustment, or 2.00 would stay unapplied.
func ExampleReverseCredit_p6WholePlan() {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"),
		doc(ledger.Invoice, "I2", "2026-06-02", "80.00 EUR"),
		doc(ledger.Payment, "P1", "2026-06-10", "148.00 EUR"),
	)
	a = add(a, plan(a, allocation.Options{
		Date: june(10), Auto: true,
		Settling: func(e *ledger.Entry) (allocation.Settling, error) { return offers(e, "2/10") },
	}).Facts(number))
	f, err := allocation.ReverseCredit(a, allocation.Undo{
		Date: june(20), ID: func(n int) string { return fmt.Sprintf("U%d", n) },
	}, "P1")
	fmt.Println(err)
	for _, d := range f.Documents {
		fmt.Println(&d)
	}
	printOpen(add(a, f), "2026-06-19", "2026-06-20")
	// Output:
	// <nil>
	// adjustment-charge "U1" of 2026-06-20 for 2.00 EUR
	// 2026-06-19:  I2 30.00
	// 2026-06-20:  P1 -148.00  I1 100.00  I2 80.00
}

// The same payment bounces on 20 June: the bank takes the money back, which is a
// refund of 148.00. The customer owes again what was owed before the payment.
func ExampleBounce_p6ReturnedPayment() {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"),
		doc(ledger.Invoice, "I2", "2026-06-02", "80.00 EUR"),
		doc(ledger.Payment, "P1", "2026-06-10", "148.00 EUR"),
	)
	a = add(a, plan(a, allocation.Options{
		Date: june(10), Auto: true,
		Settling: func(e *ledger.Entry) (allocation.Settling, error) { return offers(e, "2/10") },
	}).Facts(number))
	undo := allocation.Undo{Date: june(20), Reason: "returned", ID: func(n int) string { return fmt.Sprintf("U%d", n) }}
	f := must(allocation.Bounce(a, undo, "P1"))
	for _, d := range f.Documents {
		fmt.Println(&d)
	}
	a = add(a, f)
	printOpen(a, "2026-06-09", "2026-06-19", "2026-06-20")
	_, err := allocation.Bounce(a, undo, "P1")
	fmt.Println(errors.Is(err, allocation.ErrGivenBack))
	// Output:
	// adjustment-charge "U1" of 2026-06-20 for 2.00 EUR
	// refund "U2" of 2026-06-20 for 148.00 EUR
	// 2026-06-09:  I1 100.00  I2 80.00
	// 2026-06-19:  I2 30.00
	// 2026-06-20:  I1 100.00  I2 80.00
	// true
}

// Each line says which rule put it there, and the allocation keeps that: the
// account explains what is open by it.
func ExampleLine_p7Explain() {
	a := account(
		doc(ledger.Invoice, "I1", "2026-05-04", "100.00 EUR"),
		doc(ledger.Invoice, "I2", "2026-06-01", "200.00 EUR"),
		doc(ledger.Payment, "P1", "2026-06-10", "150.00 EUR"),
	)
	p := plan(a, allocation.Options{
		Date: june(10), Auto: true,
		Policies: []allocation.Policy{allocation.ExactMatch, allocation.ClearPastDue, allocation.OldestDue},
	})
	for n, l := range p.All() {
		fmt.Printf("%d: %s %s: %s\n", n, l.Kind, l.Amount, l.Rule)
	}
	fmt.Print(must(add(a, p.Facts(number)).Explain("I2", june(10))))
	// Output:
	// 1: applied 100.00 EUR: oldest due first: due 2026-06-03
	// 2: applied 50.00 EUR: oldest due first: due 2026-07-01
	// 3: open 150.00 EUR: of 200.00 EUR
	// invoice "I2" of 2026-06-01 for 200.00 EUR
	//   amount       200.00 EUR
	//   − applied    50.00 EUR on 2026-06-10 from payment "P1" (oldest due first: due 2026-07-01)
	//   = open       150.00 EUR as of 2026-06-10
}

// Two accounts, 0 and 1, in columns. Account 0 owes 100.00 due 1 July and 50.00
// due 10 June, and pays 70.00: the 50.00 first. Account 1 owes 30.00 and pays
// 40.00, of which 10.00 find no debit.
func ExampleOldestFirst() {
	debits := allocation.Columns{
		Account: []int32{0, 0, 1},
		Date:    []ar.Date{ar.MustDate("2026-07-01"), june(10), june(20)},
		Minor:   []int64{100_00, 50_00, 30_00},
	}
	credits := allocation.Columns{
		Account: []int32{1, 0},
		Date:    []ar.Date{june(5), june(6)},
		Minor:   []int64{40_00, 70_00},
	}
	m, err := allocation.OldestFirst(debits, credits, 1, allocation.Matches{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, lines := range m.Lines {
		for _, l := range lines {
			fmt.Printf("credit %d pays debit %d: %d\n", l.Credit, l.Debit, l.Minor)
		}
	}
	// Output:
	// credit 1 pays debit 1: 5000
	// credit 1 pays debit 0: 2000
	// credit 0 pays debit 2: 3000
}
