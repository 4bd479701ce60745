package statement_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// eligible returns the IDs of who is eligible, and the error that came last.
func eligible(t interface {
	require.TestingT
	Context() context.Context
}, r *statement.Run, store statement.Store, scope ledger.Scope,
) ([]string, error) {
	ids := []string{}
	var last error
	for e, err := range r.Eligible(t.Context(), store, scope) {
		require.NoError(t, last, "something came after an error")
		if last = err; err == nil {
			ids = append(ids, e.Customer)
		}
	}
	return ids, last
}

// Boundaries: the period ends on 31 March 2026, so due on 31 March is offset 0,
// on 30 March 1, on 1 March 30, on 28 February 31, on 29 January 61.
func TestEligible(t *testing.T) {
	store := newShelf(
		owes(t, "a-due-today", "", "invoice 2026-03-31 100.00 EUR"),
		owes(t, "b-1-day", "", "invoice 2026-03-30 100.01 EUR"),
		owes(t, "c-30-days", "", "invoice 2026-03-01 99.99 EUR"),
		owes(t, "d-31-days", "", "invoice 2026-02-28 0.01 EUR"),
		owes(t, "e-61-days", "", "invoice 2026-01-29 500.00 USD"),
		owes(t, "f-credit", "", "payment 2026-01-01 50.00 EUR"),
		owes(t, "g-nil", "", "invoice 2026-03-30 50.00 EUR", "payment 2026-01-01 50.00 EUR"),
		owes(t, "h-nil-in-euros", "", "invoice 2026-04-30 50.00 EUR", "payment 2026-01-01 50.00 EUR", "charge 2026-04-30 1 JPY"),
		owes(t, "i-sum", "", "invoice 2026-04-30 60.00 EUR", "charge 2026-04-30 60.00 EUR", "payment 2026-01-01 19.99 EUR"),
		owes(t, "j-elsewhere", "", "invoice 2026-01-29 500.00 EUR York"),
		owes(t, "k-nothing", ""),
	)
	aged := func(label string) statement.Criteria {
		return statement.Criteria{Eligible: statement.EligibleAged, Buckets: bucket.Standard(), Bucket: label}
	}
	above := func(amount string) statement.Criteria {
		return statement.Criteria{Eligible: statement.EligibleThreshold, Threshold: ar.MustMoney(amount)}
	}
	for _, tt := range []struct {
		name     string
		criteria statement.Criteria
		want     string // the first letters
	}{
		{"open", statement.Criteria{}, "abcdefhi"},
		{"past due", statement.Criteria{Eligible: statement.EligiblePastDue}, "bcdeg"},
		{"above 0.00", above("0.00 EUR"), "abcdi"},
		{"above 99.99", above("99.99 EUR"), "abi"},
		{"above 100.00", above("100.00 EUR"), "bi"},
		{"above 100.01", above("100.01 EUR"), ""},
		{"above 499.99 dollars", above("499.99 USD"), "e"},
		{"above an amount in a currency nobody owes", above("0.000 KWD"), ""},
		{"any bucket", aged("Current"), "abcdeghi"},
		{"1–30 or older", aged("1–30"), "bcdeg"},
		{"31–60 or older", aged("31–60"), "de"},
		{"61–90 or older", aged("61–90"), "e"},
		{"91–120 or older", aged("91–120"), ""},
		{"by index", aged(bucket.Standard().Label(2)), "de"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := runFor("")
			tt.criteria.All, tt.criteria.Period = true, march
			r.Criteria = tt.criteria
			ids, err := eligible(t, r, store, leeds)
			require.NoError(t, err)
			letters := ""
			for _, id := range ids {
				letters += id[:1]
			}
			require.Equal(t, tt.want, letters)
			preview, err := r.Preview(t.Context(), store, leeds)
			require.NoError(t, err)
			require.Equal(t, statement.RunPreview{Eligible: len(tt.want), Locations: 1}, preview)
		})
	}

	r := runFor("")
	r.Criteria.All, r.Criteria.Customers = false, []string{"j-elsewhere", "a-due-today", "nobody"}
	ids, err := eligible(t, r, store, both)
	require.NoError(t, err)
	require.Equal(t, []string{"a-due-today", "j-elsewhere"}, ids)
	r.Criteria.Locations = []string{"York"}
	ids, err = eligible(t, r, store, both)
	require.NoError(t, err)
	require.Equal(t, []string{"j-elsewhere"}, ids)
}

func TestEligibleBalances(t *testing.T) {
	store := newShelf(owes(t, "C-1", "", "invoice 2026-03-31 10.00 USD", "charge 2026-03-31 5.00 EUR", "payment 2026-01-01 7.50 USD"))
	for e, err := range runFor("").Eligible(t.Context(), store, leeds) {
		require.NoError(t, err)
		require.NoError(t, e.Err)
		require.Equal(t, "[5.00 EUR 2.50 USD]", fmt.Sprint(e.Balances))
	}
}

// A preview makes no statement: it asks for no account and saves nothing.
func TestPreviewBuildsNoStatement(t *testing.T) {
	store := newShelf(many(t, 50)...)
	r := runFor("2026-03")
	r.Criteria.SkipRecent = statement.SkipWeek
	preview, err := r.Preview(t.Context(), store, leeds)
	require.NoError(t, err)
	require.Equal(t, "50 customers eligible", preview.String())
	require.Equal(t, 1, store.count("open items"))
	require.Equal(t, 50, store.count("item"))
	require.Equal(t, 1+50, store.count("records"))
	require.Len(t, store.steps, 1+50+1+50)

	r.Criteria.SkipRecent = statement.SkipNone
	store.steps = nil
	_, err = r.Preview(t.Context(), store, leeds)
	require.NoError(t, err)
	require.Len(t, store.steps, 1+50+1)
	for _, err := range r.Eligible(t.Context(), store, leeds) {
		require.NoError(t, err)
		break // whoever reads may stop early
	}
}

// An order that a store promised and does not keep would split a customer in two.
func TestCustomersOutOfOrder(t *testing.T) {
	item := func(customer string) ledger.Item {
		return ledger.Item{Customer: customer, Location: "Leeds", Number: "1", Outstanding: ar.MustMoney("1.00 EUR"), Date: march.From}
	}
	store := newShelf()
	store.items = []ledger.Item{item("B"), item("C"), item("C"), item("B")}
	ids, err := eligible(t, runFor("r"), store, leeds)
	require.EqualError(t, err, `statement run "r": customers are not in ascending order: "B" after "C"`)
	require.ErrorIs(t, err, statement.ErrOrder)
	require.Equal(t, []string{"B"}, ids)
	_, err = runFor("r").Preview(t.Context(), store, leeds)
	require.ErrorIs(t, err, statement.ErrOrder)
}

// Nobody can tell what a customer owes whose items are not valid. The customer is
// counted, so that a run that follows says so.
func TestEligibleWithBrokenItem(t *testing.T) {
	store := newShelf()
	good := ledger.Item{Customer: "A", Location: "Leeds", Number: "1", Outstanding: ar.MustMoney("1.00 EUR"), Date: march.From}
	bad, last := good, good
	bad.Customer, bad.Date = "B", 0
	last.Customer = "C"
	store.items = []ledger.Item{good, bad, last}
	r := runFor("")
	r.Criteria.Eligible, r.Criteria.Threshold = statement.EligibleThreshold, ar.MustMoney("0.99 EUR")
	var errs []error
	for e, err := range r.Eligible(t.Context(), store, leeds) {
		require.NoError(t, err)
		errs = append(errs, e.Err)
	}
	require.Len(t, errs, 3)
	require.NoError(t, errors.Join(errs[0], errs[2]))
	require.EqualError(t, errs[1], `item "1" of customer "B": no valid document date`)
}

// Who is eligible is who the aged report says is: the oracle of every rule.
func TestEligibleAgreesWithAgedReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := bucket.Standard()
		currencies := []ar.Currency{ar.MustCurrency("EUR"), ar.MustCurrency("JPY")}
		store := newShelf()
		for range rapid.IntRange(0, 30).Draw(t, "items") {
			cur := rapid.SampledFrom(currencies).Draw(t, "currency")
			amount, err := ar.NewMoney(rapid.Int64Range(-5, 5).Draw(t, "amount"), cur)
			require.NoError(t, err)
			due, err := march.To.AddDays(rapid.SampledFrom([]int{-200, -121, -120, -91, -61, -60, -31, -30, -1, 0, 1, 40}).Draw(t, "due"))
			require.NoError(t, err)
			store.items = append(store.items, ledger.Item{
				Customer: rapid.StringMatching("[A-D]").Draw(t, "customer"), Location: "Leeds",
				Outstanding: amount, Date: ar.MustDate("2025-01-01"), Due: due,
			})
		}
		slices.SortStableFunc(store.items, func(a, b ledger.Item) int { return int(a.Customer[0]) - int(b.Customer[0]) })
		if store.items == nil {
			store.items = []ledger.Item{}
		}
		r := runFor("")
		c := &r.Criteria
		c.Eligible = statement.Eligibility(rapid.IntRange(0, 3).Draw(t, "eligible"))
		first := rapid.IntRange(0, set.Len()-1).Draw(t, "bucket")
		switch c.Eligible {
		case statement.EligibleThreshold:
			c.Threshold, _ = ar.NewMoney(rapid.Int64Range(0, 6).Draw(t, "threshold"), currencies[0])
		case statement.EligibleAged:
			c.Buckets, c.Bucket = set, set.Label(first)
		}

		report, err := aging.Compute(store.items, aging.Options{AsOf: march.To, Buckets: set})
		require.NoError(t, err)
		want := []string{}
		for _, row := range report.All() {
			meets := false
			switch c.Eligible {
			case statement.EligibleOpen:
				meets = !row.Balance().IsZero()
			case statement.EligiblePastDue:
				meets = row.PastDue().Sign() > 0
			case statement.EligibleThreshold:
				above, err := row.Balance().Cmp(c.Threshold)
				meets = err == nil && above > 0
			case statement.EligibleAged:
				for i := first; i < set.Len(); i++ {
					meets = meets || row.Amount(i).Sign() > 0
				}
			}
			if meets && !slices.Contains(want, row.Key()) {
				want = append(want, row.Key())
			}
		}
		ids, err := eligible(t, r, store, leeds)
		require.NoError(t, err)
		require.Equal(t, want, ids)
	})
}
