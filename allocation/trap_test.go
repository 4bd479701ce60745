package allocation_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/ledger"
)

// Traps that real systems fell into, each a test.

// Residuals of 0.01 hidden: without a tolerance, a payment that is a cent short
// closes nothing, and one that is a cent over is not used up.
func TestTrapResidualCentIsNeitherClosedNorHidden(t *testing.T) {
	for paid, want := range map[string]string{"99.99 EUR": "I1/0 0.01 EUR\n", "100.01 EUR": "P1/0 -0.01 EUR\n"} {
		a := account(
			doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"), doc(ledger.Payment, "P1", "2026-06-10", paid),
		)
		for _, policy := range []allocation.Policy{allocation.OldestDue, allocation.Largest, allocation.ProRata} {
			p := plan(a, allocation.Options{Date: june(10), Auto: true, Policies: []allocation.Policy{policy}})
			require.Equal(t, want, openText(add(a, p.Facts(number)), june(10)), policy)
		}
	}
}

// The last of three equal parts off by a cent: 100.00 shared among three
// invoices of 50.00 pays 33.34, 33.33 and 33.33.
func TestTrapLastOfThreeEqualSharesOffByACent(t *testing.T) {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", "50.00 EUR"), doc(ledger.Invoice, "I2", "2026-06-01", "50.00 EUR"),
		doc(ledger.Invoice, "I3", "2026-06-01", "50.00 EUR"), doc(ledger.Payment, "P1", "2026-06-10", "100.00 EUR"),
	)
	p := plan(a, allocation.Options{Date: june(10), Auto: true, Policies: []allocation.Policy{allocation.ProRata}})
	require.Equal(t, []string{"applied 33.34 I1", "applied 33.33 I2", "applied 33.33 I3"}, lines(p)[:3])
	require.Equal(t, "I1/0 16.66 EUR\nI2/0 16.67 EUR\nI3/0 16.67 EUR\n", openText(add(a, p.Facts(number)), june(10)))
}

// Invoices paid after the as-of date missing from a back-dated report: a plan
// counts from its own day, whenever it is made.
func TestTrapPlanNeverLeaksBack(t *testing.T) {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"), doc(ledger.Payment, "P1", "2026-06-10", "100.00 EUR"),
	)
	after := add(a, plan(a, allocation.Options{Date: june(20), Auto: true}).Facts(number))
	require.Equal(t, openText(a, june(19)), openText(after, june(19)))
	require.Empty(t, openText(after, june(20)), "the plan's own day counts")
}

// Currencies mixed in one column: 100 JPY do not pay 100.00 EUR.
func TestTrapNoCurrencyPaysAnotherWithoutARate(t *testing.T) {
	a := account(
		doc(ledger.Invoice, "I1", "2026-06-01", "100.00 EUR"), doc(ledger.Payment, "P1", "2026-06-10", "100 JPY"),
	)
	for policy := allocation.OldestDue; policy <= allocation.ClearPastDue; policy++ {
		p := plan(a, allocation.Options{Date: june(10), Auto: true, Policies: []allocation.Policy{policy}})
		require.Equal(t, []ar.Money{ar.MustMoney("100 JPY")}, p.Total(allocation.Unapplied), policy)
		require.Empty(t, p.Total(allocation.Applied), policy)
	}
}
