package aging_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// The traps that real systems fell into, as the specification lists them at its
// end, one test each for those that an aged report can fall into.

func TestTrapNotYetDueIsInNoBucket(t *testing.T) {
	got := row(t, compute(t, "2026-06-30", bucket.Standard(), item("C1", "1", "2026-07-31", "5.00 EUR")), "C1", eur)
	require.Equal(t, []string{"5.00", "0.00", "0.00", "0.00", "0.00", "0.00"}, amounts(got))
}

func TestTrapItemsPastTheLastEdgeAreDropped(t *testing.T) {
	got := row(t, compute(t, "2026-06-30", bucket.Standard(), item("C1", "1", "1999-12-31", "5.00 EUR")), "C1", eur)
	require.Equal(t, []string{"0.00", "0.00", "0.00", "0.00", "0.00", "5.00"}, amounts(got))
}

func TestTrapEveryColumnIsShiftedByOne(t *testing.T) {
	r := compute(t, "2026-06-30", bucket.Standard(), item("C1", "1", "2026-06-01", "5.00 EUR"))
	require.Equal(t, "1–30", r.Buckets().Label(1), "29 days past due")
	require.Equal(t, "5.00 EUR", row(t, r, "C1", eur).Amount(1).String())
}

func TestTrapPaidAfterTheAsOfDateIsMissing(t *testing.T) {
	paid := item("C1", "1", "2026-06-01", "5.00 EUR")
	paid.Closed = day("2026-07-01")
	require.Equal(t, 1, compute(t, "2026-06-30", bucket.Standard(), paid).Len(), "open the day before it was paid")
}

func TestTrapPaymentOnTheAsOfDateIsIgnored(t *testing.T) {
	paid := item("C1", "1", "2026-06-01", "5.00 EUR")
	paid.Closed = day("2026-07-01")
	r := compute(t, "2026-07-01", bucket.Standard(), paid)
	require.Zero(t, r.Len(), "paid on the day itself")
	require.Equal(t, aging.LeftOut{Closed: 1}, r.LeftOut())
}

func TestTrapAgeIsMeasuredFromToday(t *testing.T) {
	it := item("C1", "1", "2001-01-15", "5.00 EUR")
	require.Equal(t, []string{"0.00", "5.00", "0.00", "0.00", "0.00", "0.00"},
		amounts(row(t, compute(t, "2001-02-14", bucket.Standard(), it), "C1", eur)), "30 days after its due date in 2001")
}

func TestTrapCreditsAreMissingOrNettedTwice(t *testing.T) {
	got := row(t, compute(t, "2026-06-30", bucket.Standard(),
		item("C1", "1", "2026-06-01", "100.00 EUR"), item("C1", "2", "2026-06-01", "-30.00 EUR")), "C1", eur)
	require.Equal(t, "100.00 EUR", got.Total().String())
	require.Equal(t, "30.00 EUR", got.Unapplied().String())
	require.Equal(t, "70.00 EUR", got.Balance().String())
	require.Equal(t, "100.00 EUR", got.PastDue().String())
}

func TestTrapResidualsOfOneCentAreHidden(t *testing.T) {
	got := row(t, compute(t, "2026-06-30", bucket.Standard(), item("C1", "1", "2026-06-01", "0.01 EUR")), "C1", eur)
	require.Equal(t, "0.01 EUR", got.Total().String())
}

func TestTrapFloatingPoint(t *testing.T) {
	var items []ledger.Item
	for range 1000 {
		items = append(items, item("C1", "1", "2026-06-01", "50.83 EUR"))
	}
	require.Equal(t, "50830.00 EUR", row(t, compute(t, "2026-06-30", bucket.Standard(), items...), "C1", eur).Total().String())
}

func TestTrapTotalsOfAPageAreShownAsThoseOfTheReport(t *testing.T) {
	r := compute(t, "2026-06-30", bucket.Standard(),
		item("C1", "1", "2026-06-01", "1.00 EUR"), item("C2", "2", "2026-06-01", "2.00 EUR"), item("C3", "3", "2026-06-01", "4.00 EUR"))
	page, err := r.Page(nil, 1, 2)
	require.NoError(t, err)
	require.Len(t, page.Rows, 2)
	require.Equal(t, "7.00 EUR", r.Totals()[0].Total().String())
}

func TestTrapCurrenciesAreMixedInOneColumn(t *testing.T) {
	r := compute(t, "2026-06-30", bucket.Standard(),
		item("C1", "1", "2026-06-01", "1.00 EUR"), item("C1", "2", "2026-06-01", "100 JPY"), item("C1", "3", "2026-06-01", "2.00 EUR"))
	require.Equal(t, 2, r.Len())
	require.Equal(t, "3.00 EUR", row(t, r, "C1", eur).Total().String())
	require.Equal(t, "100 JPY", row(t, r, "C1", jpy).Total().String())
	require.Len(t, r.Totals(), 2)
}
