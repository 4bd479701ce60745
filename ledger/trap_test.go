package ledger_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// What real systems got wrong, each with its name in the specification.

func paidOnTheTenth(date string) *ledger.Account {
	x := alloc("A1", "P1", "I1", "100.00 EUR")
	if date != "" {
		x.Date = ar.MustDate(date)
	}
	return account(ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "I1", "2026-06-03", "100.00 EUR"),
			doc(ledger.Payment, "P1", "2026-06-10", "100.00 EUR"),
		},
		Allocations: []ledger.Allocation{x},
	})
}

func TestTrapInvoicesPaidAfterTheAsOfDateAreInABackDatedReport(t *testing.T) {
	a := paidOnTheTenth("")
	require.Equal(t, map[string]int64{"I1": 10000}, openOn(t, a, ar.MustDate("2026-06-09")))
}

func TestTrapPaymentOnTheAsOfDateCounts(t *testing.T) {
	a := paidOnTheTenth("")
	require.Empty(t, openOn(t, a, ar.MustDate("2026-06-10")))
}

func TestTrapLaterMatchingNeverLeaksBack(t *testing.T) {
	a := paidOnTheTenth("2026-06-30")
	both := map[string]int64{"I1": 10000, "P1": -10000}
	require.Equal(t, both, openOn(t, a, ar.MustDate("2026-06-10")))
	require.Equal(t, both, openOn(t, a, ar.MustDate("2026-06-29")))
	require.Empty(t, openOn(t, a, ar.MustDate("2026-06-30")))
}

func TestTrapLaterReversalNeverLeaksBack(t *testing.T) {
	a, err := paidOnTheTenth("").Add(ledger.Facts{Reversals: []ledger.Reversal{{Allocation: "A1", Date: ar.MustDate("2026-06-11")}}})
	require.NoError(t, err)
	require.Empty(t, openOn(t, a, ar.MustDate("2026-06-10")))
	require.Len(t, openOn(t, a, ar.MustDate("2026-06-11")), 2)
}

func TestTrapAllocationReversedOnItsOwnDayNeverCounts(t *testing.T) {
	a, err := paidOnTheTenth("").Add(ledger.Facts{Reversals: []ledger.Reversal{{Allocation: "A1", Date: ar.MustDate("2026-06-10")}}})
	require.NoError(t, err)
	require.Equal(t, map[string]int64{"I1": 10000, "P1": -10000}, openOn(t, a, ar.MustDate("2026-06-10")))
}

func TestTrapResidualCentIsOpen(t *testing.T) {
	a := account(ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "I1", "2026-06-03", "50.84 EUR"),
			doc(ledger.Payment, "P1", "2026-06-10", "50.83 EUR"),
			doc(ledger.Payment, "P2", "2026-06-10", "0.01 EUR"),
		},
		Allocations: []ledger.Allocation{alloc("A1", "P1", "I1", "50.83 EUR")},
	})
	require.Equal(t, map[string]int64{"I1": 1, "P2": -1}, openOn(t, a, ar.MustDate("2026-06-10")))
}

// 100.00 in three equal parts: 33.33, 33.33 and 33.34. Every one is aged on its
// own due date, not the first alone, and they sum to the invoice.
func TestTrapNotOnlyTheFirstInstalmentIsAged(t *testing.T) {
	invoice := doc(ledger.Invoice, "I1", "2026-06-03", "100.00 EUR")
	for i, due := range []string{"2026-09-03", "2026-07-03", "2026-08-03"} {
		amount := []string{"33.34 EUR", "33.33 EUR", "33.33 EUR"}[i]
		invoice.Parts = append(invoice.Parts, ledger.Part{Due: ar.MustDate(due), Amount: ar.MustMoney(amount)})
	}
	a := account(ledger.Facts{
		Documents:   []ledger.Document{invoice, doc(ledger.Payment, "P1", "2026-06-10", "33.34 EUR")},
		Allocations: []ledger.Allocation{alloc("A1", "P1", "I1", "33.34 EUR")},
	})
	var got []string
	for item, err := range a.Items(ar.MustDate("2026-06-09")) {
		require.NoError(t, err)
		got = append(got, item.Number+" "+item.Due.String()+" "+item.Outstanding.String())
	}
	require.ElementsMatch(t, []string{"I1 2026-07-03 33.33 EUR", "I1 2026-08-03 33.33 EUR", "I1 2026-09-03 33.34 EUR"}, got)

	// 33.34 pays the part that is due first, though it is the second in the
	// list, and a cent of the next.
	require.Equal(t, map[string]int64{"I1/3": 3332, "I1/1": 3334}, openOn(t, a, ar.MustDate("2026-06-10")))
}

// A credit is in the open items once, with its sign, whether partly applied or
// not.
func TestTrapCreditsAreNeitherMissingNorNettedTwice(t *testing.T) {
	a := account(ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "I1", "2026-06-03", "100.00 EUR"),
			doc(ledger.CreditNote, "N1", "2026-06-10", "30.00 EUR"),
			doc(ledger.Deposit, "V1", "2026-06-10", "20.00 EUR"),
		},
		Allocations: []ledger.Allocation{alloc("A1", "N1", "I1", "10.00 EUR")},
	})
	asOf := ar.MustDate("2026-06-10")
	require.Equal(t, map[string]int64{"I1": 9000, "N1": -2000, "V1": -2000}, openOn(t, a, asOf))
	require.Equal(t, map[string]int64{"EUR": 5000}, balanceOn(t, a, asOf))
}

func TestTrapCurrenciesAreNotMixed(t *testing.T) {
	a := account(ledger.Facts{Documents: []ledger.Document{
		doc(ledger.Invoice, "I1", "2026-06-03", "100.00 EUR"),
		doc(ledger.Invoice, "I2", "2026-06-03", "100 JPY"),
		doc(ledger.Payment, "P1", "2026-06-03", "100 JPY"),
	}})
	require.Equal(t, map[string]int64{"EUR": 10000, "JPY": 0}, balanceOn(t, a, ar.MustDate("2026-06-03")))
}
