package allocation_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/ledger"
)

// lines is what a plan does, in short.
func lines(p *allocation.Plan) (all []string) {
	for _, l := range p.All() {
		text := l.Kind.String() + " " + l.Amount.Amount()
		if l.Debit != nil {
			text += " " + l.Debit.ID
		}
		if l.Part > 0 {
			text += "/" + string(rune('0'+l.Part))
		}
		all = append(all, text)
	}
	return all
}

func TestNothingToDo(t *testing.T) {
	p, err := allocation.New(nil, allocation.Options{Date: june(1), Auto: true})
	require.NoError(t, err)
	require.Empty(t, lines(p))
	require.Equal(t, ledger.Facts{}, p.Facts(number))
	require.Equal(t, june(1), p.Date())
	require.Equal(t, "allocation of 2026-06-01\n", p.String())
}

// A part that is named is paid; without a name parts are paid as they fall due.
func TestParts(t *testing.T) {
	a := mixed()
	specified := func(part int, amount string) []allocation.Specified {
		return []allocation.Specified{{Credit: "P1", Debit: "I2", Part: part, Amount: ar.MustMoney(amount)}}
	}
	for _, test := range []struct {
		part   int
		amount string
		want   []string
	}{
		{0, "9.99 EUR", []string{"applied 9.99 I2/1", "open 0.01 I2/1"}},
		{0, "10.00 EUR", []string{"applied 10.00 I2/1"}},
		{0, "10.01 EUR", []string{"applied 10.00 I2/1", "applied 0.01 I2/2", "open 19.99 I2/2"}},
		{2, "15.00 EUR", []string{"applied 15.00 I2/2", "open 5.00 I2/2"}},
	} {
		p := plan(a, allocation.Options{Date: june(10), Specified: specified(test.part, test.amount), Credits: []string{"P1"}})
		got := lines(p)
		require.Equal(t, test.want, got[:len(got)-1])
		require.Contains(t, got[len(got)-1], "unapplied")
	}
}

func TestAmountsBeyondInt64(t *testing.T) {
	const huge = "123456789012345678901234.56 EUR"
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", huge), doc(ledger.Invoice, "I2", "2026-06-02", huge),
		doc(ledger.Payment, "P1", "2026-06-03", "123456789012345678901234.57 EUR"),
	)
	want := []string{
		"applied 123456789012345678901234.56 I1", "applied 0.01 I2", "open 123456789012345678901234.55 I2",
	}
	for _, policies := range [][]allocation.Policy{nil, {allocation.ExactMatch, allocation.ClearAccount, allocation.OldestDated}} {
		require.Equal(t, want, lines(plan(a, allocation.Options{Date: june(3), Auto: true, Policies: policies})))
	}
	shared := plan(a, allocation.Options{Date: june(3), Auto: true, Policies: []allocation.Policy{allocation.ProRata}})
	require.Equal(t, []string{ // …57 is odd, and the unit that is left goes to the older
		"applied 61728394506172839450617.29 I1", "applied 61728394506172839450617.28 I2",
		"open 61728394506172839450617.27 I1", "open 61728394506172839450617.28 I2",
	}, lines(shared))

	usd := allocation.Rate{From: ar.MustCurrency("EUR"), To: ar.MustCurrency("USD"), Rate: ar.MustRate("1.25")}
	b := account(
		doc(ledger.Invoice, "U1", "2026-06-01", "123456789012345678901234.55 USD"),
		doc(ledger.Payment, "P1", "2026-06-03", huge),
	)
	p := plan(b, allocation.Options{Date: june(3), Auto: true, Rates: []allocation.Rate{usd}})
	for _, l := range p.All() {
		if l.Kind == allocation.Applied { // 123456789012345678901234.55 ÷ 1.25
			require.Equal(t, "98765431209876543120987.64 EUR", l.Taken.String())
		}
	}
	add(b, p.Facts(number))
}

// No whole sen pays 12 of a currency that costs 0.09… sen a unit: 1 JPY pays 9
// or 10, 2 pay 18 or 19.
func TestNoWholeUnitPaysTheRest(t *testing.T) {
	points, err := ar.ParseCurrency("PTS:0")
	require.NoError(t, err)
	a := account(
		ledger.Document{ID: "I1", Customer: birch.ID, Kind: ledger.Invoice, Date: june(1), Amount: units(t, 12, points)},
		doc(ledger.Payment, "P1", "2026-06-03", "5 JPY"),
	)
	rate := allocation.Rate{From: ar.MustCurrency("JPY"), To: points, Rate: ar.MustRate("9.3")}
	p := plan(a, allocation.Options{Date: june(3), Auto: true, Rates: []allocation.Rate{rate}})
	require.Equal(t, []string{"applied 10 I1", "open 2 I1", "unapplied 4"}, lines(p))
	add(a, p.Facts(number))
}

// Of two invoices in two currencies the payment's own is paid first, though it
// is due later; what is left goes abroad.
func TestOwnCurrencyFirst(t *testing.T) {
	a := account(
		doc(ledger.Invoice, "U1", "2026-05-01", "50.00 USD"), doc(ledger.Invoice, "I1", "2026-06-01", "50.00 EUR"),
		doc(ledger.Payment, "P1", "2026-06-03", "60.00 EUR"),
	)
	rate := allocation.Rate{From: ar.MustCurrency("EUR"), To: ar.MustCurrency("USD"), Rate: ar.MustRate("2")}
	o := allocation.Options{Date: june(3), Auto: true, Rates: []allocation.Rate{rate}}
	require.Equal(t, []string{"applied 50.00 I1", "applied 20.00 U1", "open 30.00 U1"}, lines(plan(a, o)))
	o.First = []string{"U1"}
	require.Equal(t, []string{"applied 50.00 U1", "applied 35.00 I1", "open 15.00 I1"}, lines(plan(a, o)))
}

// Only what is paid earns a discount for paying early.
func TestCreditNotesEarnNoDiscount(t *testing.T) {
	for kind, want := range map[ledger.Kind][]string{
		ledger.Payment:    {"applied 98.00 I1", "discount 2.00 I1"},
		ledger.Deposit:    {"applied 98.00 I1", "discount 2.00 I1"},
		ledger.CreditNote: {"applied 98.00 I1", "open 2.00 I1"},
	} {
		a := account(doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"), doc(kind, "P1", "2026-06-02", "98.00 EUR"))
		require.Equal(t, want, lines(plan(a, allocation.Options{
			Date: june(2), Auto: true,
			Settling: func(e *ledger.Entry) (allocation.Settling, error) { return offers(e, "2/10") },
		})), kind)
	}
}

// An invoice of 100.00 is paid in halves in time, each with half of the
// discount; and with one discount at the end, where partial payments earn none.
func TestTwoPartialPayments(t *testing.T) {
	for partial, want := range map[allocation.Partial][]string{
		allocation.Proportional: {"applied 49.00 I1", "discount 1.00 I1", "applied 49.00 I1", "discount 1.00 I1"},
		allocation.PartialNone:  {"applied 49.00 I1", "applied 49.00 I1", "discount 2.00 I1"},
	} {
		a := account(
			doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"),
			doc(ledger.Payment, "P1", "2026-06-02", "49.00 EUR"), doc(ledger.Payment, "P2", "2026-06-03", "49.00 EUR"),
		)
		require.Equal(t, want, lines(plan(a, allocation.Options{
			Date: june(3), Auto: true,
			Settling: func(e *ledger.Entry) (allocation.Settling, error) {
				s, err := offers(e, "2/10")
				s.Partial = partial
				return s, err
			},
		})))
	}
}

// A late discount that counts only where it settles the debit takes part in an
// exact match, and is not granted to who pays in full.
func TestExactMatchOfALateDiscount(t *testing.T) {
	for amount, want := range map[string][]string{
		"98.00 EUR":  {"applied 98.00 I1", "discount 2.00 I1"},
		"100.00 EUR": {"applied 100.00 I1"},
		"99.00 EUR":  {"unapplied 99.00"},
	} {
		a := account(doc(ledger.Invoice, "I1", "2026-05-01", "100.00 EUR"), doc(ledger.Payment, "P1", "2026-06-02", amount))
		require.Equal(t, want, lines(plan(a, allocation.Options{
			Date: june(2), Auto: true, Policies: []allocation.Policy{allocation.ExactMatch},
			Settling: func(e *ledger.Entry) (allocation.Settling, error) {
				s, err := offers(e, "2/10")
				s.Late = allocation.LateIfSettled
				return s, err
			},
		})), amount)
	}
}

// The search for a set gives up after as many sets as it may try.
func TestSearchIsBounded(t *testing.T) {
	documents := []ledger.Document{doc(ledger.Payment, "P1", "2026-06-01", "6.00 EUR")}
	for _, id := range []string{"I1", "I2", "I3", "I4"} {
		documents = append(documents, doc(ledger.Invoice, id, "2026-06-01", id[1:]+".00 EUR"))
	}
	o := allocation.Options{Date: june(1), Auto: true, Policies: []allocation.Policy{allocation.ExactMatch}}
	require.Equal(t, []string{"applied 2.00 I2", "applied 4.00 I4"}, lines(plan(account(documents...), o)))
	o.MaxSet = 1
	require.Equal(t, []string{"unapplied 6.00"}, lines(plan(account(documents...), o)))
	o.MaxSet, o.SetsTried = 0, 5
	require.Equal(t, []string{"unapplied 6.00"}, lines(plan(account(documents...), o)))
}

// 15 June's allocation needs 60.00 of I1 already; a payment that is posted later
// with the date of 10 June can have the other 40.00 only.
func TestBackDatedPlanLeavesLaterAllocationsAlone(t *testing.T) {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"), doc(ledger.Payment, "P1", "2026-06-15", "60.00 EUR"),
	)
	a = add(a, plan(a, allocation.Options{Date: june(15), Auto: true}).Facts(number))
	a = add(a, ledger.Facts{Documents: []ledger.Document{doc(ledger.Payment, "P2", "2026-06-10", "100.00 EUR")}})
	p := plan(a, allocation.Options{Date: june(10), Auto: true})
	require.Equal(t, []string{"applied 40.00 I1", "unapplied 60.00"}, lines(p))
	add(a, p.Facts(func(line int) string { return "back " + number(line) }))

	open := must(a.Open(june(10)))
	p, err := allocation.New(open, allocation.Options{Date: june(10), Auto: true})
	require.NoError(t, err)
	_, err = a.Add(p.Facts(func(line int) string { return "back " + number(line) }))
	require.ErrorIs(t, err, ledger.ErrOverApplied)
}

// A plan of the day of the payment goes with it when it is re-dated; one of a
// later day keeps its own.
func TestFactsAreDatedOnlyWhereTheyMust(t *testing.T) {
	a := account(doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"), doc(ledger.Payment, "P1", "2026-06-10", "60.00 EUR"))
	require.Zero(t, plan(a, allocation.Options{Date: june(10), Auto: true}).Facts(number).Allocations[0].Date)
	require.Equal(t, june(11), plan(a, allocation.Options{Date: june(11), Auto: true}).Facts(number).Allocations[0].Date)
}

// 100.00 USD booked at 0.90 EUR are paid with 100.00 USD booked at 0.95: a gain
// of 5.00 EUR. Where a booking rate is not known there is nothing to report.
func TestExchangeDifferenceInOneForeignCurrency(t *testing.T) {
	invoice, payment := doc(ledger.Invoice, "I1", "2026-06-01", "100.00 USD"), doc(ledger.Payment, "P1", "2026-06-03", "100.00 USD")
	o := allocation.Options{Date: june(3), Auto: true, Home: ar.MustCurrency("EUR"), Rounding: ar.RoundHalfUp}
	require.Empty(t, plan(account(invoice, payment), o).Total(allocation.Exchanged))
	invoice.Booking, payment.Booking = ar.MustRate("0.90"), ar.MustRate("0.95")
	p := plan(account(invoice, payment), o)
	require.Equal(t, []string{"applied 100.00 I1", "exchange 5.00 I1"}, lines(p))
	require.Len(t, p.Facts(number).Allocations, 1)

	o.Rounding = ar.NoRounding
	invoice.Booking = ar.MustRate("0.90001")
	open := must(account(invoice, doc(ledger.Payment, "P2", "2026-06-03", "0.01 USD"), payment).Available(june(3)))
	_, err := allocation.New(open, o)
	require.ErrorIs(t, err, ar.ErrTooPrecise)
}

// Of equal amounts the one that is due first is paid first, whatever its number.
func TestEqualAmountsByDueDate(t *testing.T) {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-02", "50.00 EUR"), doc(ledger.Invoice, "I2", "2026-06-01", "50.00 EUR"),
		doc(ledger.Payment, "P1", "2026-06-10", "50.00 EUR"),
	)
	for _, policy := range []allocation.Policy{allocation.Largest, allocation.Smallest} {
		o := allocation.Options{Date: june(10), Auto: true, Policies: []allocation.Policy{policy}}
		require.Equal(t, []string{"applied 50.00 I2"}, lines(plan(a, o)))
	}
}

// A payment that was applied from 10 to 20 June turns out to have been returned
// on 15 June. The refund is of that day, and takes up the payment on the 20th,
// when all of it is free.
func TestBounceBeforeAReversal(t *testing.T) {
	a := account(doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"), doc(ledger.Payment, "P1", "2026-06-10", "60.00 EUR"))
	a = add(a, plan(a, allocation.Options{Date: june(10), Auto: true}).Facts(number))
	a = add(a, must(allocation.Reverse(a, allocation.Undo{Date: june(20)}, "A1")))
	f, err := allocation.Bounce(a, allocation.Undo{Date: june(15), ID: func(int) string { return "U1" }}, "P1")
	require.NoError(t, err)
	require.Equal(t, june(15), f.Documents[0].Date)
	require.Equal(t, june(20), f.Allocations[0].Date)
	require.Empty(t, f.Reversals)
	require.Equal(t, "I1/0 100.00 EUR\n", openText(add(a, f), june(20)))
}

// A payment of 10 June earned 2.00 of discount that day, and turns out to be of
// 1 June. Undone on 5 June, it counts from the 1st to the 4th; the discount, which
// counts only from the 10th, never does.
func TestUndoingBeforeWhatCameAlong(t *testing.T) {
	a := account(doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"), doc(ledger.Payment, "P1", "2026-06-10", "98.00 EUR"))
	a = add(a, plan(a, allocation.Options{
		Date: june(10), Auto: true,
		Settling: func(e *ledger.Entry) (allocation.Settling, error) { return offers(e, "2/10") },
	}).Facts(number))
	a = add(a, must(a.Redate("P1", june(1), ledger.RedateLimits{})))
	undo := allocation.Undo{Date: june(5), ID: func(n int) string { return "U" + number(n) }}
	for name, undone := range map[string]struct {
		facts func() (ledger.Facts, error)
		open  string
	}{
		"bounce":   {func() (ledger.Facts, error) { return allocation.Bounce(a, undo, "P1") }, "I1/0 100.00 EUR\n"},
		"credit":   {func() (ledger.Facts, error) { return allocation.ReverseCredit(a, undo, "P1") }, "P1/0 -98.00 EUR\nI1/0 100.00 EUR\n"},
		"one":      {func() (ledger.Facts, error) { return allocation.Reverse(a, undo, "A1") }, "P1/0 -98.00 EUR\nI1/0 100.00 EUR\n"},
		"discount": {func() (ledger.Facts, error) { return allocation.Reverse(a, undo, "A2", "A1") }, "P1/0 -98.00 EUR\nI1/0 100.00 EUR\n"},
	} {
		f, err := undone.facts()
		require.NoError(t, err, name)
		after := add(a, f)
		require.Equal(t, "I1/0 2.00 EUR\n", openText(after, june(4)), name)
		for _, day := range []int{5, 9, 10, 11} {
			require.Equal(t, undone.open, openText(after, june(day)), "%s, on %d June", name, day)
		}
	}
}

// The parts of a document are as old as one another by document date. They are
// paid as they fall due, whatever their places.
func TestPartsOfOneDateAreFilledOldestDueFirst(t *testing.T) {
	invoice := doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR")
	invoice.Parts = []ledger.Part{
		{Due: june(30), Amount: ar.MustMoney("50.00 EUR")}, {Due: june(10), Amount: ar.MustMoney("50.00 EUR")},
	}
	a := account(invoice, doc(ledger.Payment, "P1", "2026-06-05", "60.00 EUR"))
	want := []string{"applied 50.00 I1/2", "applied 10.00 I1/1", "open 40.00 I1/1"}
	for _, policy := range []allocation.Policy{
		allocation.OldestDue, allocation.OldestDated, allocation.NewestDated, allocation.Largest, allocation.Smallest,
	} {
		require.Equal(t, want, lines(plan(a, allocation.Options{
			Date: june(5), Auto: true, Policies: []allocation.Policy{policy},
		})), policy)
	}
}
