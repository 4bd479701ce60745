package allocation_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/ledger"
)

// twoPercent offers 2/10 on every debit but I9.
func twoPercent(e *ledger.Entry) (allocation.Settling, error) {
	if e.Document.ID == "I9" {
		return allocation.Settling{}, nil
	}
	return offers(e, "2/10")
}

// A payment in time may take the 2.00 of discount on I1 or not; either way it
// equals I1, which it pays before the older I9; so it is with I3 and 4.00, and
// with two invoices at once. What equals nothing goes to the oldest.
func TestExactMatchWithoutTheDiscount(t *testing.T) {
	for payment, want := range map[string][]string{
		"97.99 EUR":  {"applied 50.00 I9", "applied 47.99 I1", "open 52.01 I1"},
		"98.00 EUR":  {"applied 98.00 I1", "discount 2.00 I1"},
		"99.99 EUR":  {"applied 50.00 I9", "applied 49.99 I1", "open 50.01 I1"},
		"100.00 EUR": {"applied 100.00 I1"},
		"150.00 EUR": {"applied 50.00 I9", "applied 100.00 I1"},
		"196.00 EUR": {"applied 196.00 I3", "discount 4.00 I3"},
		"200.00 EUR": {"applied 200.00 I3"},
	} {
		a := account(
			doc(ledger.Invoice, "I9", "2026-05-01", "50.00 EUR"), doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"),
			doc(ledger.Invoice, "I3", "2026-06-03", "200.00 EUR"), doc(ledger.Payment, "P1", "2026-06-05", payment),
		)
		p := plan(a, allocation.Options{
			Date: june(5), Auto: true, Settling: twoPercent,
			Policies: []allocation.Policy{allocation.ExactMatch, allocation.OldestDue},
		})
		require.Equal(t, want, lines(p), payment)
		add(a, p.Facts(number))
	}
}

// 98.00 are I1 less its discount, and all of I2, which would require 96.04: the
// discount counts first. And an amount that is exact without a discount is
// nearer than one within the tolerance of another debit.
func TestExactMatchPrecedence(t *testing.T) {
	match := func(tolerance string, documents ...ledger.Document) []string {
		return lines(plan(account(documents...), allocation.Options{
			Date: june(5), Auto: true, Policies: []allocation.Policy{allocation.ExactMatch},
			Settling: func(e *ledger.Entry) (allocation.Settling, error) {
				s, err := twoPercent(e)
				s.Tolerance.Amount = ar.MustMoney(tolerance)
				return s, err
			},
		}))
	}
	i1, i2 := doc(ledger.Invoice, "I1", "2026-06-02", "100.00 EUR"), doc(ledger.Invoice, "I2", "2026-06-01", "98.00 EUR")
	require.Equal(t, []string{"applied 98.00 I1", "discount 2.00 I1"},
		match("0.00 EUR", i1, i2, doc(ledger.Payment, "P1", "2026-06-05", "98.00 EUR")))
	i9 := doc(ledger.Invoice, "I9", "2026-06-01", "100.50 EUR")
	require.Equal(t, []string{"applied 100.00 I1"},
		match("0.50 EUR", i1, i9, doc(ledger.Payment, "P1", "2026-06-05", "100.00 EUR")))
}

// Who pays all that is open, with the discount or without it, clears the account,
// and all that is past due.
func TestClearWithoutTheDiscount(t *testing.T) {
	for payment, want := range map[string][]string{
		"196.00 EUR": {"applied 98.00 I1", "discount 2.00 I1", "applied 98.00 I2", "discount 2.00 I2"},
		"200.00 EUR": {"applied 100.00 I1", "applied 100.00 I2"},
		"198.00 EUR": {"unapplied 198.00"},
	} {
		i1, i2 := doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"), doc(ledger.Invoice, "I2", "2026-06-02", "100.00 EUR")
		i1.Due, i2.Due = june(3), june(4)
		a := account(i1, i2, doc(ledger.Payment, "P1", "2026-06-05", payment))
		for _, policy := range []allocation.Policy{allocation.ClearAccount, allocation.ClearPastDue} {
			p := plan(a, allocation.Options{
				Date: june(5), Auto: true, Policies: []allocation.Policy{policy}, Settling: twoPercent,
			})
			require.Equal(t, want, lines(p), "%s, %s", payment, policy)
			add(a, p.Facts(number))
		}
	}
}

// The credits that are still to come count with what they do when they come, by
// the discounts that they earn themselves.
func TestClearAccountByWhatReallyComes(t *testing.T) {
	i1, i2 := doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"), doc(ledger.Invoice, "I2", "2026-06-02", "100.00 EUR")
	pay := func(id, date, amount string) ledger.Document { return doc(ledger.Payment, id, date, amount) }
	note := func(date, amount string) ledger.Document { return doc(ledger.CreditNote, "N1", date, amount) }
	written := func(e *ledger.Entry) (allocation.Settling, error) {
		return allocation.Settling{Rest: allocation.RestWriteOff}, nil
	}
	for name, test := range map[string]struct {
		settling  func(*ledger.Entry) (allocation.Settling, error)
		documents []ledger.Document
		want      []string
	}{
		"the second is late": {
			twoPercent,
			[]ledger.Document{i1, i2, pay("P1", "2026-06-05", "98.00 EUR"), pay("P2", "2026-06-20", "98.00 EUR")},
			[]string{"unapplied 98.00", "unapplied 98.00"},
		},
		"the second is late, and pays in full": {
			twoPercent,
			[]ledger.Document{i1, i2, pay("P1", "2026-06-05", "98.00 EUR"), pay("P2", "2026-06-20", "100.00 EUR")},
			[]string{"applied 98.00 I1", "discount 2.00 I1", "applied 100.00 I2"},
		},
		"both in time": {
			twoPercent,
			[]ledger.Document{i1, i2, pay("P1", "2026-06-05", "98.00 EUR"), pay("P2", "2026-06-06", "98.00 EUR")},
			[]string{"applied 98.00 I1", "discount 2.00 I1", "applied 98.00 I2", "discount 2.00 I2"},
		},
		"both in full": {
			twoPercent,
			[]ledger.Document{i1, i2, pay("P1", "2026-06-05", "60.00 EUR"), pay("P2", "2026-06-06", "140.00 EUR")},
			[]string{"applied 60.00 I1", "applied 40.00 I1", "applied 100.00 I2"},
		},
		"a credit note before the payment that closes": {
			twoPercent,
			[]ledger.Document{i1, note("2026-06-05", "50.00 EUR"), pay("P1", "2026-06-06", "48.00 EUR")},
			[]string{"applied 50.00 I1", "applied 48.00 I1", "discount 2.00 I1"},
		},
		"a credit note after it closes without discount": {
			twoPercent,
			[]ledger.Document{i1, note("2026-06-06", "50.00 EUR"), pay("P1", "2026-06-05", "48.00 EUR")},
			[]string{"unapplied 48.00", "unapplied 50.00"},
		},
		"a cent too much": {
			twoPercent,
			[]ledger.Document{i1, note("2026-06-05", "50.00 EUR"), pay("P1", "2026-06-06", "48.01 EUR")},
			[]string{"unapplied 50.00", "unapplied 48.01"},
		},
		"a rest is written off, and the second finds nothing": {
			written,
			[]ledger.Document{i1, pay("P1", "2026-06-05", "60.00 EUR"), pay("P2", "2026-06-06", "40.00 EUR")},
			[]string{"unapplied 60.00", "unapplied 40.00"},
		},
	} {
		a := account(test.documents...)
		p := plan(a, allocation.Options{
			Date: june(20), Auto: true, Policies: []allocation.Policy{allocation.ClearAccount}, Settling: test.settling,
		})
		require.Equal(t, test.want, lines(p), name)
		add(a, p.Facts(number))
	}
}

// Three payments together are what is past due, I1. P2 alone is also I2, which is
// not past due yet; but P1 is said to clear all past due, and needs P2 for that.
func TestClearPastDueIsNotSpoiled(t *testing.T) {
	i1, i2 := doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"), doc(ledger.Invoice, "I2", "2026-06-02", "50.00 EUR")
	i1.Due = june(3)
	p := plan(
		account(
			i1, i2, doc(ledger.Payment, "P1", "2026-06-05", "30.00 EUR"),
			doc(ledger.Payment, "P2", "2026-06-06", "50.00 EUR"), doc(ledger.Payment, "P3", "2026-06-07", "20.00 EUR"),
		),
		allocation.Options{
			Date: june(10), Auto: true, Policies: []allocation.Policy{allocation.ExactMatch, allocation.ClearPastDue},
		})
	require.Equal(t, []string{"applied 30.00 I1", "applied 50.00 I1", "applied 20.00 I1"}, lines(p))
	for _, l := range p.All() {
		require.Equal(t, "clear all past due of 1 debit by 3 credits", l.Rule)
	}
}

// TestClearIsTrue: what a plan says to clear, it clears, and writes nothing off
// for it. Documents are of few amounts, so that they often come to the same.
func TestClearIsTrue(t *testing.T) {
	kinds := []ledger.Kind{ledger.Invoice, ledger.Invoice, ledger.Payment, ledger.Payment, ledger.CreditNote}
	cleared := false
	check := func(t *rapid.T) {
		var documents []ledger.Document
		for i := range rapid.IntRange(3, 6).Draw(t, "documents") {
			amount := rapid.SampledFrom([]string{"45.00 EUR", "50.00 EUR", "90.00 EUR", "100.00 EUR"}).Draw(t, "amount")
			day := rapid.IntRange(1, 10).Draw(t, "day")
			d := doc(rapid.SampledFrom(kinds).Draw(t, "kind"), fmt.Sprintf("D%d", i), june(day).String(), amount)
			d.Due = june(rapid.IntRange(9, 10).Draw(t, "due"))
			documents = append(documents, d)
		}
		s := allocation.Settling{
			Late:    allocation.Late(rapid.IntRange(0, 2).Draw(t, "late")),
			Partial: allocation.Partial(rapid.IntRange(0, 1).Draw(t, "partial")),
			Rest:    allocation.Rest(rapid.IntRange(0, 3).Draw(t, "rest")),
		}
		s.Tolerance.Amount = rapid.SampledFrom([]ar.Money{{}, ar.MustMoney("5.00 EUR")}).Draw(t, "tolerance")
		policy := rapid.SampledFrom([]allocation.Policy{allocation.ClearAccount, allocation.ClearPastDue}).Draw(t, "policy")
		a := account(documents...)
		p := plan(a, allocation.Options{
			Date: june(10), Auto: true, PreferDiscount: rapid.Bool().Draw(t, "prefer discount"),
			Policies: rapid.SampledFrom([][]allocation.Policy{{policy}, {allocation.ExactMatch, policy}}).Draw(t, "policies"),
			Settling: func(e *ledger.Entry) (allocation.Settling, error) {
				o, err := offers(e, "10/4")
				s.Offers = o.Offers
				return s, err
			},
		})
		clears, says := map[int]bool{}, false
		for n, l := range p.All() {
			clears[n] = l.Kind == allocation.Applied && strings.HasPrefix(l.Rule, policy.String())
			require.False(t, l.Kind == allocation.WrittenOff && clears[l.With], "%s", p)
			says = says || clears[n]
		}
		for _, e := range p.Debits() {
			if says && (policy == allocation.ClearAccount || e.Due < june(10)) {
				require.Zero(t, e.Left.Sign(), "%s\n%s", e.Document, p)
			}
		}
		requireSums(t, p)
		add(a, p.Facts(number))
		cleared = cleared || says
	}
	for range 20 { // until one did: the race detector has few checks
		if rapid.Check(t, check); cleared {
			break
		}
	}
	require.True(t, cleared, "no plan cleared anything")
}
