package statement_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// drawDocuments draws documents at a location for some customers, and
// allocations among them.
func drawDocuments(t *rapid.T, location string, customers []string) map[string]ledger.Facts {
	facts := map[string]ledger.Facts{}
	for i := range rapid.IntRange(0, 12).Draw(t, location) {
		customer := rapid.SampledFrom(customers).Draw(t, "customer")
		amount, err := ar.NewMoney(rapid.Int64Range(1, 500).Draw(t, "amount"), ar.MustCurrency(rapid.SampledFrom([]string{"EUR", "JPY"}).Draw(t, "currency")))
		require.NoError(t, err)
		due, err := march.To.AddDays(rapid.IntRange(-130, 10).Draw(t, "due"))
		require.NoError(t, err)
		d := ledger.Document{
			ID: fmt.Sprintf("%s %d", location, i), Number: fmt.Sprintf("%s %d", location, i), Customer: customer, Location: location,
			Kind: rapid.SampledFrom([]ledger.Kind{ledger.Invoice, ledger.Invoice, ledger.Charge, ledger.Payment}).Draw(t, "kind"),
			Date: min(due, march.To), Due: due, Amount: amount,
		}
		f := facts[customer]
		if n := len(f.Documents); d.Kind.IsCredit() && n > 0 && f.Documents[n-1].Kind.IsDebit() && f.Documents[n-1].Amount.Currency() == amount.Currency() {
			applied := amount
			if less, _ := f.Documents[n-1].Amount.Cmp(amount); less < 0 {
				applied = f.Documents[n-1].Amount
			}
			f.Allocations = append(f.Allocations, ledger.Allocation{ID: d.ID, Credit: d.ID, Debit: f.Documents[n-1].ID, Amount: applied})
		}
		f.Documents = append(f.Documents, d)
		facts[customer] = f
	}
	return facts
}

// world is a store of visible and hidden facts.
func world(t *rapid.T, visible, hidden map[string]ledger.Facts) *shelf {
	store := newShelf()
	for _, customer := range slices.Compact(slices.Sorted(maps.Keys(join(visible, hidden)))) {
		v, h := visible[customer], hidden[customer]
		a, err := ledger.NewAccount(ledger.Customer{ID: customer, Name: "Customer " + customer}, ledger.Facts{
			Documents:   slices.Concat(h.Documents, v.Documents),
			Allocations: slices.Concat(v.Allocations, h.Allocations),
		}, nil)
		require.NoError(t, err)
		store.accounts[customer] = a
	}
	store.at = func(step string) error {
		if step == "account B" {
			return errors.New("damaged")
		}
		return nil
	}
	return store
}

func join(a, b map[string]ledger.Facts) map[string]ledger.Facts {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// Whatever changes at a location that a user does not see, be it documents,
// customers or saved statements: every byte of what the user gets stays.
func TestInvisibleLocationsChangeNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		visible := drawDocuments(t, "Leeds", []string{"A", "B", "C", "D"})
		r := runFor("r")
		r.Cap = rapid.IntRange(1, 4).Draw(t, "cap")
		r.Criteria.Eligible = rapid.SampledFrom([]statement.Eligibility{statement.EligibleOpen, statement.EligiblePastDue, statement.EligibleAged}).Draw(t, "eligible")
		if r.Criteria.Eligible == statement.EligibleAged {
			r.Criteria.Buckets, r.Criteria.Bucket = bucket.Standard(), "31–60"
		}
		r.Criteria.SkipRecent = rapid.SampledFrom([]statement.SkipRecent{statement.SkipNone, statement.SkipWeek}).Draw(t, "skip")
		r.Options.Form = rapid.SampledFrom([]statement.Form{statement.OpenItem, statement.BalanceForward}).Draw(t, "form")
		r.Options.Overdue = rapid.SampledFrom([]statement.OverdueRule{statement.PastDue, statement.OnStatement}).Draw(t, "overdue")
		var want string
		for i := range 2 {
			store := world(t, visible, drawDocuments(t, "York", []string{"A", "B", "C", "D", "E", "0"}))
			if rapid.Bool().Draw(t, "statements elsewhere") {
				other := runFor("other")
				other.Now = noon.Add(-time.Hour)
				generate(t, other, store, rapid.SampledFrom([]ledger.Scope{both, views("York")}).Draw(t, "of"))
			}
			got := everything(t, r, store)
			if i == 0 {
				want = got
			}
			require.Equal(t, want, got)
		}
	})
}

// everything is all that a user at Leeds can get of runs and collections.
func everything(t *rapid.T, r *statement.Run, store *shelf) string {
	ctx := context.Background()
	var b strings.Builder
	say := func(what ...any) { fmt.Fprintln(&b, what...) }
	for e, err := range r.Eligible(ctx, store, leeds) {
		say(e, err)
	}
	preview, err := r.Preview(ctx, store, leeds)
	say(preview, preview.Locations, err)
	for range 2 {
		result, err := r.Generate(ctx, store, leeds)
		say(result.Created, result.Earlier, result.Skipped, result.Remaining, result.Failures, err)
	}
	for saved, err := range store.Records(ctx, statement.RecordQuery{Scope: leeds}) {
		say(saved.Key, saved.Locations, saved.At, saved.Balances, string(saved.Content), err)
	}
	for _, customers := range [][]string{{"A", "C", "D"}, {"B"}, {"E", "0"}} {
		for _, limit := range []int{0, 1} {
			var p printer
			q := statement.Selection{Customers: customers, AsOf: march.To, Cap: limit}
			err := statement.CollectInvoices(ctx, store, leeds, q, &p)
			say(p.text.String(), err, errors.Unwrap(err))
		}
	}
	var p printer
	err = statement.CollectRuns(ctx, store, leeds, []string{r.ID}, 0, &p)
	say(p.text.String(), err, errors.Unwrap(err))

	elsewhere := *r
	elsewhere.Criteria.Locations = []string{"York"}
	_, err = elsewhere.Generate(ctx, store, leeds)
	say(err)
	return b.String()
}

// Two users see two totals on one day, and each gets statements of what that
// user sees.
func TestTwoUsersTwoTotals(t *testing.T) {
	store := newShelf(owes(t, "C-1", "Abbey", "invoice 2026-03-15 60.00 EUR", "invoice 2026-03-15 50.00 EUR York"))
	for _, tt := range []struct {
		scope ledger.Scope
		want  string
	}{{leeds, "[60.00 EUR]"}, {views("York"), "[50.00 EUR]"}, {both, "[110.00 EUR]"}} {
		r := runFor(strings.Join(tt.scope.Viewable(), "+"))
		for e, err := range r.Eligible(t.Context(), store, tt.scope) {
			require.NoError(t, err)
			require.Equal(t, tt.want, fmt.Sprint(e.Balances))
		}
		require.Equal(t, 1, generate(t, r, store, tt.scope).Created)
		saved := store.records[statement.Key{Run: r.ID, Customer: "C-1", Period: march}]
		require.Equal(t, tt.want, fmt.Sprint(saved.Balances))
	}
}

// narrowed is a run for some of the locations that its caller views.
func narrowed(id string, locations ...string) *statement.Run {
	r := runFor(id)
	r.Criteria.Locations, r.Criteria.SkipRecent = locations, statement.Skip24Hours
	return r
}

// A recent statement leaves a customer out where it was made for all locations
// that are asked for now, or more: not one for fewer, which lacks debts; nor one
// that the caller does not view (SPEC R2, A4).
func TestSkipRecentByLocations(t *testing.T) {
	abbey := func() *shelf {
		return newShelf(owes(t, "C-1", "Abbey", "invoice 2026-03-15 60.00 EUR", "invoice 2026-03-15 50.00 EUR York"))
	}
	skipped, created := statement.Result{Skipped: 1, Cap: 100}, statement.Result{Created: 1, Cap: 100}
	for _, tt := range []struct {
		name          string
		first, second *statement.Run
		by            ledger.Scope
		want          statement.Result
		balance       string
	}{
		{"for more locations", narrowed("a"), narrowed("b", "Leeds"), both, skipped, ""},
		{"for the same", narrowed("a", "Leeds"), narrowed("b", "Leeds"), both, skipped, ""},
		{"for all, one by one", narrowed("a"), narrowed("b", "Leeds", "York"), both, skipped, ""},
		{"for fewer", narrowed("a", "Leeds"), narrowed("b"), both, created, "[110.00 EUR]"},
		{"for others", narrowed("a", "York"), narrowed("b", "Leeds"), both, created, "[60.00 EUR]"},
		{"that is not viewed", narrowed("a"), narrowed("b"), leeds, created, "[60.00 EUR]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			store := abbey()
			require.Equal(t, created, generate(t, tt.first, store, both))
			preview, err := tt.second.Preview(t.Context(), store, tt.by)
			require.NoError(t, err)
			require.Equal(t, tt.want.Created, preview.Eligible)
			require.Equal(t, tt.want, generate(t, tt.second, store, tt.by))
			if tt.balance != "" {
				require.Equal(t, tt.balance, fmt.Sprint(store.records[statement.Key{Run: "b", Customer: "C-1", Period: march}].Balances))
			}

			// The same where the first comes only after the second has looked.
			store = abbey()
			store.at = func(step string) error {
				if step == "save" {
					store.at = nil
					require.Equal(t, created, generate(t, tt.first, store, both))
				}
				return nil
			}
			require.Equal(t, tt.want, generate(t, tt.second, store, tt.by))
		})
	}
}

// An older statement for all locations is found behind a later one for fewer.
func TestSkipRecentLooksBeyondTheLatest(t *testing.T) {
	store := newShelf(owes(t, "C-1", "Abbey", "invoice 2026-03-15 60.00 EUR", "invoice 2026-03-15 50.00 EUR York"))
	generate(t, narrowed("all"), store, both)
	later := narrowed("part", "Leeds")
	later.Criteria.SkipRecent, later.Now = statement.SkipNone, noon.Add(time.Hour)
	generate(t, later, store, both)
	again := narrowed("again")
	again.Now = noon.Add(24 * time.Hour)
	require.Equal(t, statement.Result{Skipped: 1, Cap: 100}, generate(t, again, store, both))
	again.Now = again.Now.Add(time.Nanosecond)
	require.Equal(t, statement.Result{Created: 1, Cap: 100}, generate(t, again, store, both))
}

// Who takes a run's ID for fewer locations is told that it is taken, and not that
// the statement is a recent one.
func TestARunIDForFewerLocations(t *testing.T) {
	store := newShelf(owes(t, "C-1", "Abbey", "invoice 2026-03-15 60.00 EUR", "invoice 2026-03-15 50.00 EUR York"))
	generate(t, narrowed("a"), store, both)
	result := generate(t, narrowed("a", "Leeds"), store, both)
	require.Len(t, result.Failures, 1)
	require.ErrorIs(t, result.Failures[0].Err, statement.ErrSaved)
	require.Zero(t, result.Skipped)
}

// By the rule OnStatement, a run for Leeds finds what February's statement for
// Leeds and York listed as unpaid, where its caller views both; who views Leeds
// alone has not seen that statement (SPEC S3, A4).
func TestRunFindsPreviousStatementsOfItsCaller(t *testing.T) {
	for _, tt := range []struct {
		by   ledger.Scope
		want string
	}{{both, "overdue 60.00 EUR, due now 0.00 EUR"}, {leeds, "overdue 0.00 EUR, due now 60.00 EUR"}} {
		store := newShelf(owes(t, "C-1", "Abbey", "invoice 2026-02-15 60.00 EUR", "invoice 2026-02-15 50.00 EUR York"))
		r := runFor("february")
		r.Criteria.Period = statement.Period{From: ar.MustDate("2026-02-01"), To: ar.MustDate("2026-02-28")}
		require.Equal(t, 1, generate(t, r, store, both).Created)
		r = runFor("march")
		r.Criteria.Locations, r.Options.Overdue, r.Now = []string{"Leeds"}, statement.OnStatement, noon.Add(time.Hour)
		require.Equal(t, 1, generate(t, r, store, tt.by).Created)
		saved := store.records[statement.Key{Run: "march", Customer: "C-1", Period: march}]
		s, err := saved.Statement()
		require.NoError(t, err)
		for _, section := range s.All() {
			require.Equal(t, tt.want, fmt.Sprintf("overdue %s, due now %s", section.Overdue(), section.DueNow()))
		}
	}
}
