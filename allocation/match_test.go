package allocation_test

import (
	"testing"

	"github.com/stretchr/testify/require"

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
