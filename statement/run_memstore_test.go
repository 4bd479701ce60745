package statement_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
	"github.com/openreceivables/ar/store/memstore"
)

// kept is a memstore with some accounts, whose facts were posted to it.
func kept(t *testing.T, accounts ...*ledger.Account) *memstore.Store {
	t.Helper()
	s := memstore.New(nil)
	for _, a := range accounts {
		customer := a.Customer()
		require.NoError(t, s.Post(t.Context(), both, store.Posting{
			Key: "all", Customer: customer.ID, Details: &customer, Facts: a.Facts(), At: noon, By: "test",
		}))
	}
	return s
}

// Several runs at once on the embedded store, while somebody else posts: of those
// with skip-recent set, one makes a customer's statement.
func TestRunsAtOnceOnMemstore(t *testing.T) {
	const customers, runs = 40, 4
	s := kept(t, many(t, customers)...)
	results := make([]statement.Result, runs)
	var wait sync.WaitGroup
	for i := range results {
		wait.Add(1)
		go func() {
			defer wait.Done()
			r := runFor(string(rune('a' + i)))
			r.Criteria.SkipRecent = statement.Skip24Hours
			var err error
			results[i], err = r.Generate(context.Background(), s, leeds)
			assert.NoError(t, err)
		}()
	}
	late := owes(t, "Z", "Late", "invoice 2026-03-15 1.00 EUR York")
	customer := late.Customer()
	wait.Add(1)
	go func() {
		defer wait.Done()
		assert.NoError(t, s.Post(context.Background(), both, store.Posting{
			Key: "late", Customer: "Z", Details: &customer, Facts: late.Facts(), At: noon, By: "test",
		}))
	}()
	wait.Wait()
	created := 0
	for _, r := range results {
		require.Empty(t, r.Failures)
		require.Equal(t, customers, r.Created+r.Skipped)
		created += r.Created
	}
	require.Equal(t, customers, created)
}

// A month end on the embedded store, which is saved and loaded between the calls:
// preview, two calls of a run, and the document of it.
func TestRunOnMemstore(t *testing.T) {
	s := kept(t, many(t, 7)...)
	r := runFor("2026-03")
	r.Criteria.SkipRecent = statement.SkipWeek
	preview, err := r.Preview(t.Context(), s, leeds)
	require.NoError(t, err)
	require.Equal(t, "7 customers eligible", preview.String())
	r.Cap = 3
	require.Equal(t, statement.Result{Created: 3, Remaining: 4, Cap: 3}, generate(t, r, s, leeds))

	path := filepath.Join(t.TempDir(), "book")
	require.NoError(t, s.Save(t.Context(), path))
	s, err = memstore.Load(t.Context(), path, nil)
	require.NoError(t, err)
	r.Cap, r.Now = 0, noon.Add(time.Hour)
	require.Equal(t, statement.Result{Earlier: 3, Created: 4, Cap: 100}, generate(t, r, s, leeds))
	next := runFor("again")
	next.Now, next.Criteria.SkipRecent = noon.Add(24*time.Hour), statement.Skip24Hours
	require.Equal(t, statement.Result{Skipped: 7, Cap: 100}, generate(t, next, s, leeds))

	var p printer
	require.NoError(t, statement.CollectRuns(t.Context(), s, leeds, []string{"2026-03"}, 0, &p))
	require.Equal(t, 7, p.sheets)
	p = printer{}
	q := statement.Selection{Customers: []string{"C-0007", "C-0001"}, AsOf: march.To}
	require.NoError(t, statement.CollectInvoices(t.Context(), s, leeds, q, &p))
	require.Equal(t, "Customer 7: invoice C-0007/1, 7.00 EUR open\nCustomer 1: invoice C-0001/1, 1.00 EUR open\n", p.text.String())
}
