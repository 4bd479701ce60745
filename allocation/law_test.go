package allocation_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

func units(t require.TestingT, n int64, c ar.Currency) ar.Money {
	m, err := ar.NewMoney(n, c)
	require.NoError(t, err)
	return m
}

func currencies() []ar.Currency {
	return []ar.Currency{ar.MustCurrency("EUR"), ar.MustCurrency("JPY"), ar.MustCurrency("KWD")}
}

// drawDocuments draws documents of up to three currencies, some with parts.
func drawDocuments(t *rapid.T, most int, of []ar.Currency) []ledger.Document {
	kinds := []ledger.Kind{
		ledger.Invoice, ledger.Invoice, ledger.Charge, ledger.FinanceCharge,
		ledger.Payment, ledger.Payment, ledger.CreditNote, ledger.Deposit,
	}
	var all []ledger.Document
	for i := range rapid.IntRange(0, most).Draw(t, "documents") {
		c := rapid.SampledFrom(of).Draw(t, "currency")
		d := ledger.Document{
			ID: fmt.Sprintf("D%d", i), Number: rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, "number"),
			Customer: birch.ID, Kind: rapid.SampledFrom(kinds).Draw(t, "kind"),
			Date: june(rapid.IntRange(1, 20).Draw(t, "day")), Amount: units(t, rapid.Int64Range(1, 60).Draw(t, "amount"), c),
		}
		if rapid.Bool().Draw(t, "booked") {
			d.Booking = ar.MustRate("0.9")
		}
		d.Due = d.Date + ar.Date(rapid.IntRange(-5, 20).Draw(t, "days"))
		if minor, _ := d.Amount.Minor(); d.Kind.IsDebit() && minor > 10 && rapid.Bool().Draw(t, "parts") {
			d.Parts = []ledger.Part{{Due: d.Due + 9, Amount: units(t, 10, c)}, {Due: d.Due, Amount: units(t, minor-10, c)}}
			d.Due = 0
		}
		all = append(all, d)
	}
	return all
}

func drawOptions(t *rapid.T) allocation.Options {
	policies := []allocation.Policy{
		allocation.OldestDue, allocation.OldestDated, allocation.NewestDue, allocation.NewestDated,
		allocation.Largest, allocation.Smallest, allocation.ProRata, allocation.ExactMatch,
		allocation.ClearAccount, allocation.ClearPastDue,
	}
	kinds := [][]ledger.Kind{nil, {ledger.CreditNote}, {ledger.FinanceCharge, ledger.Charge}}
	o := allocation.Options{
		Date:           june(rapid.IntRange(1, 21).Draw(t, "plan's day")),
		Ahead:          rapid.Bool().Draw(t, "ahead"),
		Auto:           rapid.Float64Range(0, 1).Draw(t, "auto") > 0.1,
		Policies:       rapid.SliceOfN(rapid.SampledFrom(policies), 0, 3).Draw(t, "policies"),
		CreditKinds:    rapid.SampledFrom(kinds).Draw(t, "credit kinds"),
		DebitKinds:     rapid.SampledFrom(kinds).Draw(t, "debit kinds"),
		PreferDiscount: rapid.Bool().Draw(t, "prefer discount"),
	}
	if rapid.Bool().Draw(t, "rates") {
		for _, from := range currencies() {
			for _, to := range currencies() {
				if from != to {
					text := rapid.SampledFrom([]string{"0.007", "1.1", "0.33333", "160.5", "3.3", "13"}).Draw(t, "rate")
					o.Rates = append(o.Rates, allocation.Rate{From: from, To: to, Rate: ar.MustRate(text)})
				}
			}
		}
		o.Home, o.Rounding = currencies()[0], ar.RoundHalfEven
	}
	if rapid.Bool().Draw(t, "settling") {
		o.Settling = drawSettling(t)
	}
	return o
}

// drawSettling draws one settling for all debits but every third.
func drawSettling(t *rapid.T) func(e *ledger.Entry) (allocation.Settling, error) {
	discount := rapid.SampledFrom([]string{"", "2/10", "10/3, 5/12"}).Draw(t, "discount")
	s := allocation.Settling{
		Grace:   rapid.IntRange(0, 3).Draw(t, "grace"),
		Late:    allocation.Late(rapid.IntRange(0, 2).Draw(t, "late")),
		Partial: allocation.Partial(rapid.IntRange(0, 1).Draw(t, "partial")),
		Rest:    allocation.Rest(rapid.IntRange(0, 3).Draw(t, "rest")),
	}
	amount := rapid.Int64Range(0, 5).Draw(t, "tolerance")
	if rapid.Bool().Draw(t, "percent") {
		s.Tolerance.Percent = ar.MustPercent("10%")
	}
	return func(e *ledger.Entry) (allocation.Settling, error) {
		if e.Document.ID[len(e.Document.ID)-1]%3 == 0 {
			return allocation.Settling{}, nil
		}
		s := s
		s.Tolerance.Amount = units(t, amount, e.Document.Amount.Currency())
		d, err := duedate.ParseDiscount(discount)
		if err != nil {
			return s, err
		}
		whole := e.Document.Amount
		if e.Part > 0 {
			whole = e.Document.Parts[e.Part-1].Amount
		}
		s.Offers, err = d.Offers(duedate.Invoice{Date: e.Date, Amount: whole}, nil, ar.RoundHalfUp)
		return s, err
	}
}

// requireSums checks that what a plan does to each entry makes what was open.
func requireSums(t *rapid.T, p *allocation.Plan) {
	check := func(e allocation.Effect, sign int) {
		sum := e.Left
		for _, m := range []ar.Money{e.Applied, e.Discount, e.WrittenOff} {
			require.GreaterOrEqual(t, m.Sign(), 0)
			sum = must(sum.Add(m))
		}
		require.GreaterOrEqual(t, e.Left.Sign(), 0, "%s has %s left", e.Document, e.Left)
		require.Equal(t, sign, e.Outstanding.Sign())
		require.True(t, sum.Equal(e.Outstanding.Abs()), "%s: %s, was %s", e.Document, sum, e.Outstanding)
	}
	for _, e := range p.Debits() {
		check(e, 1)
	}
	for _, e := range p.Credits() {
		check(e, -1)
	}
}

// requireBalance checks that on every day the open items sum to the balance.
func requireBalance(t *rapid.T, a *ledger.Account) {
	for day := june(1); day <= june(30); day++ {
		sums := map[ar.Currency]ar.Money{}
		for _, e := range must(a.Open(day)) {
			sums[e.Outstanding.Currency()] = must(sums[e.Outstanding.Currency()].Add(e.Outstanding))
		}
		for _, m := range must(a.Balance(day)) {
			require.Zero(t, must(m.Cmp(sums[m.Currency()])), "on %s the balance is %s, open are %s", day, m, sums[m.Currency()])
		}
	}
}

// openText is what is open on a day, in words.
func openText(a *ledger.Account, day ar.Date) (text string) {
	for _, e := range must(a.Open(day)) {
		text += fmt.Sprintf("%s/%d %s\n", e.Document.ID, e.Part, e.Outstanding)
	}
	return text
}

func TestLawsOfPlans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := account(drawDocuments(t, 12, currencies())...)
		o := drawOptions(t)
		open := must(a.Available(o.Date))
		p, err := allocation.New(open, o)
		require.NoError(t, err)
		requireSums(t, p)

		shuffled := rapid.Permutation(open).Draw(t, "order")
		require.Equal(t, p.String(), must(allocation.New(shuffled, o)).String(), "the order of the entries means nothing")

		after, err := a.Add(p.Facts(number))
		require.NoError(t, err, "%s", p)
		requireBalance(t, after)
		left := map[string]ar.Money{}
		for _, e := range slices.Concat(p.Debits(), p.Credits()) {
			left[fmt.Sprintf("%s/%d", e.Document.ID, e.Part)] = e.Left
		}
		for _, e := range must(after.Open(june(30))) {
			if m, ok := left[fmt.Sprintf("%s/%d", e.Document.ID, e.Part)]; ok {
				require.True(t, m.Equal(e.Outstanding.Abs()), "%s %d: %s, want %s", e.Document, e.Part, e.Outstanding, m)
			}
		}

		undo := allocation.Undo{Date: june(30), ID: func(n int) string { return fmt.Sprintf("U%d", n) }}
		var all []string
		for _, x := range p.Facts(number).Allocations {
			all = append(all, x.ID)
		}
		f, err := allocation.Reverse(after, undo, rapid.Permutation(all).Draw(t, "reversals")...)
		require.NoError(t, err)
		undone := add(after, f)
		require.Equal(t, openText(a, june(30)), openText(undone, june(30)), "reversed, all is as before\n%s", p)
		require.Equal(t, openText(after, june(29)), openText(undone, june(29)), "and the days before stay")
	})
}

// TestHistories takes accounts through plans, also back-dated ones, reversals
// and returned payments.
func TestHistories(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := account(drawDocuments(t, 12, currencies()[:1])...)
		steps := 0
		try := func(f ledger.Facts, err error) {
			require.NoError(t, err)
			a = add(a, f)
		}
		name := func() func(int) string {
			steps++
			return func(n int) string { return fmt.Sprintf("S%d-%d", steps, n) }
		}
		credits := func() (all []string) {
			seen := map[string]bool{}
			facts := a.Facts()
			reversed := map[string]bool{}
			for _, r := range facts.Reversals {
				reversed[r.Allocation] = true
			}
			for _, x := range facts.Allocations {
				d, _ := a.Document(x.Credit)
				if !reversed[x.ID] && !seen[x.Credit] && (d.Kind == ledger.Payment || d.Kind == ledger.Deposit) {
					seen[x.Credit] = true
					all = append(all, x.Credit)
				}
			}
			if len(all) == 0 {
				t.Skip("nothing is applied")
			}
			return all
		}
		t.Repeat(map[string]func(*rapid.T){
			"plan": func(t *rapid.T) {
				o := drawOptions(t)
				p, err := allocation.New(must(a.Available(o.Date)), o)
				require.NoError(t, err)
				requireSums(t, p)
				try(p.Facts(name()), nil)
			},
			"reverse": func(t *rapid.T) {
				credit := rapid.SampledFrom(credits()).Draw(t, "credit")
				try(allocation.ReverseCredit(a, allocation.Undo{Date: june(22), ID: name()}, credit))
			},
			"bounce": func(t *rapid.T) {
				payment := rapid.SampledFrom(credits()).Draw(t, "payment")
				_, date := a.Document(payment)
				day := max(date, june(rapid.IntRange(1, 22).Draw(t, "day")))
				f, err := allocation.Bounce(a, allocation.Undo{Date: day, ID: name()}, payment)
				if err != nil {
					require.ErrorIs(t, err, allocation.ErrGivenBack)
					return
				}
				try(f, nil)
				e := must(a.Explain(payment, june(30)))
				require.Len(t, e.Applied, 1)
				require.Equal(t, ledger.Refund, e.Applied[0].Debit.Kind)
				require.Zero(t, e.Outstanding.Sign())
			},
			"": func(t *rapid.T) { requireBalance(t, a) },
		})
	})
}
