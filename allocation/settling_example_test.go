package allocation_test

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/ledger"
)

// pay prints the plan of a payment for one invoice of 100.00 of 1 June on 2/10:
// 2.00 off for payment by 11 June.
func pay(date, amount string, s allocation.Settling, specified bool) {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"),
		doc(ledger.Payment, "P1", date, amount),
	)
	o := allocation.Options{
		Date: ar.MustDate(date), Auto: true,
		Settling: func(e *ledger.Entry) (allocation.Settling, error) {
			with, err := offers(e, "2/10")
			s.Offers = with.Offers
			return s, err
		},
	}
	if specified {
		o.Specified = []allocation.Specified{{Credit: "P1", Debit: "I1", Amount: ar.MustMoney(amount)}}
	}
	fmt.Print(plan(a, o))
}

// 98.00 close the invoice of 100.00 on 11 June, the last day of the discount.
// With three days of grace they still do on the 14th, and no more on the 15th,
// when the discount is refused and 2.00 stay open.
func ExampleSettling_p5DiscountAndGrace() {
	pay("2026-06-11", "98.00 EUR", allocation.Settling{}, false)
	pay("2026-06-14", "98.00 EUR", allocation.Settling{Grace: 3}, false)
	pay("2026-06-15", "98.00 EUR", allocation.Settling{Grace: 3}, false)
	// Output:
	// allocation of 2026-06-11
	//   1  applied        98.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  discount        2.00 EUR  P1  → I1  (discount of 2% by 2026-06-11, paid on 2026-06-11)
	// allocation of 2026-06-14
	//   1  applied        98.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  discount        2.00 EUR  P1  → I1  (discount of 2% by 2026-06-11, paid on 2026-06-14, within grace)
	// allocation of 2026-06-15
	//   1  applied        98.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  refused         2.00 EUR  P1  → I1  (late discount of 2% by 2026-06-11, paid on 2026-06-15)
	//   3  open            2.00 EUR  → I1  (of 100.00 EUR)
}

// A tolerance of 0.50 closes the invoice either way. 97.60 are 0.40 short of the
// required 98.00, which are written off. 98.30 meant for the invoice are 0.30
// over, and the discount is 0.30 less. 97.49 are 0.51 short: too much, so that
// there is no discount either.
func ExampleTolerance_p5EitherWay() {
	s := allocation.Settling{Tolerance: allocation.Tolerance{Amount: ar.MustMoney("0.50 EUR")}}
	pay("2026-06-11", "97.60 EUR", s, true)
	pay("2026-06-11", "98.30 EUR", s, true)
	pay("2026-06-11", "97.49 EUR", s, true)
	// Output:
	// allocation of 2026-06-11
	//   1  applied        97.60 EUR  P1  → I1  (specified)
	//   2  discount        2.00 EUR  P1  → I1  (discount of 2% by 2026-06-11, paid on 2026-06-11)
	//   3  write-off       0.40 EUR  P1  → I1  (short, within the tolerance)
	// allocation of 2026-06-11
	//   1  applied        98.30 EUR  P1  → I1  (specified)
	//   2  discount        1.70 EUR  P1  → I1  (discount of 2% by 2026-06-11, paid on 2026-06-11)
	// allocation of 2026-06-11
	//   1  applied        97.49 EUR  P1  → I1  (specified)
	//   2  open            2.51 EUR  → I1  (of 100.00 EUR)
}

// A payment of 100.30 that names no invoice pays the one of 100.00, and the 0.30
// over, within the tolerance of 0.50, are charged, so that both are closed. With
// another invoice open, the 0.30 go there.
func ExampleTolerance_p5NothingElseIsOpen() {
	invoice := doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR")
	another := doc(ledger.Invoice, "I2", "2026-06-08", "50.00 EUR")
	payment := doc(ledger.Payment, "P1", "2026-06-20", "100.30 EUR")
	o := allocation.Options{
		Date: june(20), Auto: true,
		Settling: func(*ledger.Entry) (allocation.Settling, error) {
			return allocation.Settling{Tolerance: allocation.Tolerance{Amount: ar.MustMoney("0.50 EUR")}}, nil
		},
	}
	fmt.Print(plan(account(invoice, payment), o))
	fmt.Print(plan(account(invoice, another, payment), o))
	// Output:
	// allocation of 2026-06-20
	//   1  applied       100.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  charge          0.30 EUR  P1  → I1  (over, within the tolerance)
	// allocation of 2026-06-20
	//   1  applied       100.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  applied         0.30 EUR  P1  → I2  (oldest due first: due 2026-07-08)
	//   3  open           49.70 EUR  → I2  (of 50.00 EUR)
}

// 1 % and 0.50: of 100.00 the 0.50 are less, so 0.51 short stay open.
func ExampleTolerance_p5AmountAndPercent() {
	s := allocation.Settling{Tolerance: allocation.Tolerance{
		Amount: ar.MustMoney("0.50 EUR"), Percent: ar.MustPercent("1%"),
	}}
	pay("2026-06-20", "99.50 EUR", s, false)
	pay("2026-06-20", "99.49 EUR", s, false)
	// Output:
	// allocation of 2026-06-20
	//   1  applied        99.50 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  write-off       0.50 EUR  P1  → I1  (short, within the tolerance)
	// allocation of 2026-06-20
	//   1  applied        99.49 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  refused         2.00 EUR  P1  → I1  (late discount of 2% by 2026-06-11, paid on 2026-06-20)
	//   3  open            0.51 EUR  → I1  (of 100.00 EUR)
}

// Beyond the tolerance an excess stays unapplied: the invoice takes the required
// 98.00 of 105.00.
func ExampleSettling_p5ExcessStaysUnapplied() {
	pay("2026-06-11", "105.00 EUR", allocation.Settling{}, false)
	// Output:
	// allocation of 2026-06-11
	//   1  applied        98.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  discount        2.00 EUR  P1  → I1  (discount of 2% by 2026-06-11, paid on 2026-06-11)
	//   3  unapplied       7.00 EUR  P1  (of 105.00 EUR, no policy places it)
}

// A late discount, on 20 June: accepted, 98.00 close the invoice, and of 100.00
// 2.00 stay unapplied. Accepted if it settles the invoice, it is granted as far
// as the payment needs it: all of it to 98.00, 0.60 to 99.40, nothing to 100.00.
func ExampleLate_p5LateDiscount() {
	pay("2026-06-20", "100.00 EUR", allocation.Settling{Late: allocation.LateAccepted}, false)
	for _, amount := range []string{"98.00 EUR", "99.40 EUR", "100.00 EUR"} {
		pay("2026-06-20", amount, allocation.Settling{Late: allocation.LateIfSettled}, false)
	}
	// Output:
	// allocation of 2026-06-20
	//   1  applied        98.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  discount        2.00 EUR  P1  → I1  (late discount of 2% by 2026-06-11, paid on 2026-06-20)
	//   3  unapplied       2.00 EUR  P1  (of 100.00 EUR, no policy places it)
	// allocation of 2026-06-20
	//   1  applied        98.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  discount        2.00 EUR  P1  → I1  (late discount of 2% by 2026-06-11, paid on 2026-06-20)
	// allocation of 2026-06-20
	//   1  applied        99.40 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  discount        0.60 EUR  P1  → I1  (late discount of 2% by 2026-06-11, paid on 2026-06-20)
	// allocation of 2026-06-20
	//   1  applied       100.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
}

// 49.00 in time are half of the required 98.00. They earn nothing, or half of
// the discount.
func ExamplePartial_p5PartialPayment() {
	pay("2026-06-11", "49.00 EUR", allocation.Settling{Partial: allocation.PartialNone}, false)
	pay("2026-06-11", "49.00 EUR", allocation.Settling{Partial: allocation.Proportional}, false)
	// Output:
	// allocation of 2026-06-11
	//   1  applied        49.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  open           51.00 EUR  → I1  (of 100.00 EUR)
	// allocation of 2026-06-11
	//   1  applied        49.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  discount        1.00 EUR  P1  → I1  (discount of 2% by 2026-06-11, paid on 2026-06-11)
	//   3  open           50.00 EUR  → I1  (of 100.00 EUR)
}

// What a payment of 90.00 leaves of 100.00 may stay open, become discount, be
// written off, or have the payment refused.
func ExampleRest_p5WhatRemains() {
	for _, rest := range []allocation.Rest{
		allocation.RestOpen, allocation.RestDiscount, allocation.RestWriteOff, allocation.RestRefused,
	} {
		pay("2026-06-11", "90.00 EUR", allocation.Settling{Rest: rest}, false)
	}
	// Output:
	// allocation of 2026-06-11
	//   1  applied        90.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  open           10.00 EUR  → I1  (of 100.00 EUR)
	// allocation of 2026-06-11
	//   1  applied        90.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  discount       10.00 EUR  P1  → I1  (rest becomes discount)
	// allocation of 2026-06-11
	//   1  applied        90.00 EUR  P1  → I1  (oldest due first: due 2026-07-01)
	//   2  write-off      10.00 EUR  P1  → I1  (rest is written off)
	// allocation of 2026-06-11
	//   1  refused        90.00 EUR  P1  → I1  (would leave 10.00 EUR open of 100.00 EUR)
	//   2  unapplied      90.00 EUR  P1  (of 90.00 EUR, no policy places it)
}
