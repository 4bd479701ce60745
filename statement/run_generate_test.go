package statement_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// generate runs a run that is to come to its end.
func generate(t require.TestingT, r *statement.Run, store statement.Store, scope ledger.Scope) statement.Result {
	result, err := r.Generate(context.Background(), store, scope)
	require.NoError(t, err)
	return result
}

func TestGenerateSavesOneStatementEach(t *testing.T) {
	store := newShelf(
		owes(t, "C-1", "Abbey", "invoice 2026-03-15 100.00 EUR"),
		owes(t, "C-2", "Barn", "invoice 2026-03-31 30.00 EUR", "invoice 2026-03-31 20.00 EUR York"),
		owes(t, "C-3", "Croft", "invoice 2026-03-31 7.00 EUR York"),
	)
	r := runFor("2026-03")
	r.Criteria.Locations = []string{"Leeds"}
	require.Equal(t, statement.Result{Created: 2, Cap: 100}, generate(t, r, store, both))
	require.Equal(t, []string{"2026-03/C-1", "2026-03/C-2"}, store.keys())
	for _, saved := range store.records {
		require.Equal(t, noon, saved.At)
		require.Equal(t, []string{"Leeds"}, saved.Locations)
		require.True(t, saved.Sent.IsZero())
		s, err := saved.Statement()
		require.NoError(t, err)
		require.Equal(t, march, s.Period())
	}
	r.Criteria.Locations = nil
	r.ID = "2026-03b"
	require.Equal(t, 3, generate(t, r, store, both).Created)
	second := store.records[statement.Key{Run: "2026-03b", Customer: "C-2", Period: march}]
	require.Equal(t, "[50.00 EUR]", fmt.Sprint(second.Balances))
}

func TestGenerateRefusals(t *testing.T) {
	store := newShelf(many(t, 3)...)
	viewer, err := ledger.NewScope([]string{"Leeds"}, nil)
	require.NoError(t, err)
	for _, tt := range []struct {
		name   string
		scope  ledger.Scope
		change func(*statement.Run)
		want   error
		text   string
	}{
		{"no location", ledger.Scope{}, func(*statement.Run) {}, ledger.ErrNoLocations, ""},
		{"may not modify", viewer, func(*statement.Run) {}, ledger.ErrNotModifiable, `statement run "r": location "Leeds": the scope may not modify it`},
		{"outside", leeds, func(r *statement.Run) { r.Criteria.Locations = []string{"York"} }, ledger.ErrNotViewable, `statement run "r": location "York": the scope does not view it`},
		{"criteria", leeds, func(r *statement.Run) { r.Criteria.All = false }, statement.ErrCriteria, ""},
		{"options", leeds, func(r *statement.Run) { r.Options.Form = 9 }, nil, `statement run "r": form of a statement 9 is not defined`},
		{"two periods", leeds, func(r *statement.Run) { r.Options.Period = march }, statement.ErrPeriod, ""},
		{"cap", leeds, func(r *statement.Run) { r.Cap = -1 }, nil, `statement run "r": a cap of -1 statements and reasons of 0 characters: want numbers from 1 on, or 0 for the usual`},
		{"ID", leeds, func(r *statement.Run) { r.ID = "" }, statement.ErrNoRun, ""},
		{"now", leeds, func(r *statement.Run) { r.Now = time.Time{} }, statement.ErrNoTime, ""},
		{"now to measure back from", leeds, func(r *statement.Run) { r.Now, r.Criteria.SkipRecent = time.Time{}, statement.SkipWeek }, statement.ErrNoTime, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := runFor("r")
			tt.change(r)
			result, err := r.Generate(t.Context(), store, tt.scope)
			require.Zero(t, result)
			require.Error(t, err)
			if tt.want != nil {
				require.ErrorIs(t, err, tt.want)
			}
			if tt.text != "" {
				require.EqualError(t, err, tt.text)
			}
			if r.ID != "" && !r.Now.IsZero() { // a preview needs neither
				_, again := r.Preview(t.Context(), store, tt.scope)
				require.EqualError(t, again, err.Error())
			}
		})
	}
	require.Empty(t, store.steps, "a refused run asked the store")
}

// 250 customers, 100 at a time: each batch is a run of its own, and skip-recent
// leaves out whom those before have served.
func TestCapAndNextBatch(t *testing.T) {
	store := newShelf(many(t, 250)...)
	for i, want := range []statement.Result{
		{Created: 100, Remaining: 150, Cap: 100},
		{Created: 100, Skipped: 100, Remaining: 50, Cap: 100},
		{Created: 50, Skipped: 200, Cap: 100},
		{Skipped: 250, Cap: 100},
	} {
		r := runFor(fmt.Sprintf("batch %d", i+1))
		r.Now = noon.Add(time.Duration(i) * time.Hour)
		r.Criteria.SkipRecent = statement.Skip24Hours
		preview, err := r.Preview(t.Context(), store, leeds)
		require.NoError(t, err)
		require.Equal(t, want.Created+want.Remaining, preview.Eligible)
		result := generate(t, r, store, leeds)
		require.Equal(t, want, result)
		require.Equal(t, want.Remaining > 0, result.CapHit())
	}
	require.Len(t, store.records, 250)
}

// As many as the cap: it is reached, but keeps nobody from a statement.
func TestCapReachedExactly(t *testing.T) {
	store := newShelf(many(t, 5)...)
	r := runFor("r")
	r.Cap = 5
	result := generate(t, r, store, leeds)
	require.Equal(t, statement.Result{Created: 5, Cap: 5}, result)
	require.False(t, result.CapHit())
	r.Cap, r.ID = 4, "s"
	result = generate(t, r, store, leeds)
	require.Equal(t, statement.Result{Created: 4, Remaining: 1, Cap: 4}, result)
	require.True(t, result.CapHit())
}

// The same ID goes on with a run: what it has made counts for the cap, is not
// made again and is not skipped as recent.
func TestSameRunGoesOn(t *testing.T) {
	store := newShelf(many(t, 10)...)
	r := runFor("r")
	r.Cap, r.Criteria.SkipRecent = 4, statement.SkipWeek
	require.Equal(t, statement.Result{Created: 4, Remaining: 6, Cap: 4}, generate(t, r, store, leeds))
	require.Equal(t, statement.Result{Earlier: 4, Remaining: 6, Cap: 4}, generate(t, r, store, leeds))
	r.Cap = 7
	store.steps = nil
	preview, err := r.Preview(t.Context(), store, leeds)
	require.NoError(t, err)
	require.Equal(t, 6, preview.Eligible)
	require.Equal(t, statement.Result{Earlier: 4, Created: 3, Remaining: 3, Cap: 7}, generate(t, r, store, leeds))
	require.Zero(t, store.count("account C-0001"), "a statement that is there was made again")

	other := runFor("r") // another period is another statement, with a cap of its own
	other.Criteria.Period.From = ar.MustDate("2026-01-01")
	require.Equal(t, 10, generate(t, other, store, leeds).Created)
}

// A new run without skip-recent repeats on purpose.
func TestNewRunRepeats(t *testing.T) {
	store := newShelf(many(t, 2)...)
	require.Equal(t, 2, generate(t, runFor("a"), store, leeds).Created)
	require.Equal(t, 2, generate(t, runFor("b"), store, leeds).Created)
	require.Equal(t, []string{"a/C-0001", "a/C-0002", "b/C-0001", "b/C-0002"}, store.keys())
}

// A statement that is exactly as old as the window is recent; a moment older, it
// is not. A statement of another period never is.
func TestSkipRecentBoundary(t *testing.T) {
	for _, tt := range []struct {
		skip    statement.SkipRecent
		earlier string // when the other was made
		skipped int
	}{
		{statement.Skip24Hours, "2026-03-31T12:00:00Z", 1},
		{statement.Skip24Hours, "2026-03-31T11:59:59.999999999Z", 0},
		{statement.Skip72Hours, "2026-03-29T12:00:00Z", 1},
		{statement.Skip72Hours, "2026-03-29T11:59:59Z", 0},
		{statement.SkipWeek, "2026-03-25T12:00:00Z", 1},
		{statement.SkipWeek, "2026-03-25T11:59:59Z", 0},
		{statement.SkipMonth, "2026-03-01T12:00:00Z", 1},
		{statement.SkipMonth, "2026-03-01T11:59:59Z", 0},
		{statement.SkipNone, "2026-04-01T12:00:00Z", 0},
		// A clock that went backwards: the other was made tomorrow.
		{statement.Skip24Hours, "2026-04-02T12:00:00Z", 1},
		{statement.SkipMonth, "2027-01-01T00:00:00Z", 1},
	} {
		store := newShelf(many(t, 1)...)
		first := runFor("first")
		var err error
		first.Now, err = time.Parse(time.RFC3339Nano, tt.earlier)
		require.NoError(t, err)
		require.Equal(t, 1, generate(t, first, store, leeds).Created)
		r := runFor("second")
		r.Criteria.SkipRecent = tt.skip
		preview, err := r.Preview(t.Context(), store, leeds)
		require.NoError(t, err)
		require.Equal(t, 1-tt.skipped, preview.Eligible)
		result := generate(t, r, store, leeds)
		require.Equal(t, tt.skipped, result.Skipped, "%s after one of %s", tt.skip, tt.earlier)
		require.Equal(t, 1-tt.skipped, result.Created)

		r.ID = "third"
		r.Criteria.Period.From = ar.MustDate("2026-02-01")
		require.Equal(t, 1, generate(t, r, store, leeds).Created)
	}
}

// The clock goes backwards within a run that is gone on with.
func TestClockGoesBackwards(t *testing.T) {
	store := newShelf(many(t, 4)...)
	r := runFor("r")
	r.Cap, r.Criteria.SkipRecent = 2, statement.SkipWeek
	generate(t, r, store, leeds)
	r.Cap, r.Now = 4, noon.Add(-30*24*time.Hour)
	require.Equal(t, statement.Result{Earlier: 2, Created: 2, Cap: 4}, generate(t, r, store, leeds))
	require.Len(t, store.keys(), 4)
}

// Of two runs at once with skip-recent set, one makes a customer's statement and
// the other skips it; without it, each makes its own; and two calls of one run
// share the work.
func TestTwoRunsAtOnce(t *testing.T) {
	for _, tt := range []struct {
		name    string
		ids     [2]string
		skip    statement.SkipRecent
		created int
	}{
		{"skip recent", [2]string{"a", "b"}, statement.Skip24Hours, 50},
		{"repeat", [2]string{"a", "b"}, statement.SkipNone, 100},
		{"one run", [2]string{"a", "a"}, statement.SkipNone, 50},
	} {
		t.Run(tt.name, func(t *testing.T) {
			store := newShelf(many(t, 50)...)
			var results [2]statement.Result
			var wait sync.WaitGroup
			for i := range results {
				wait.Add(1)
				go func() {
					defer wait.Done()
					r := runFor(tt.ids[i])
					r.Criteria.SkipRecent = tt.skip
					var err error
					results[i], err = r.Generate(context.Background(), store, leeds)
					assert.NoError(t, err)
				}()
			}
			wait.Wait()
			require.Equal(t, tt.created, results[0].Created+results[1].Created)
			require.Len(t, store.records, tt.created)
			for _, r := range results {
				require.Empty(t, r.Failures)
				if tt.ids[0] != tt.ids[1] {
					require.Equal(t, 50, r.Created+r.Skipped)
				}
			}
		})
	}
}

// What a preview counts is what the run then does, customer by customer, whatever
// was done before.
func TestPreviewTellsWhatGenerateDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		store := newShelf(many(t, rapid.IntRange(0, 12).Draw(t, "customers"))...)
		bad := rapid.SliceOfDistinct(rapid.IntRange(1, 12), rapid.ID[int]).Draw(t, "bad")
		store.at = func(step string) error {
			for _, i := range bad {
				if step == fmt.Sprintf("account C-%04d", i) {
					return errors.New("bad")
				}
			}
			return nil
		}
		for range rapid.IntRange(1, 5).Draw(t, "calls") {
			r := runFor(rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "run"))
			r.Cap = rapid.IntRange(1, 15).Draw(t, "cap")
			r.Criteria.SkipRecent = rapid.SampledFrom([]statement.SkipRecent{statement.SkipNone, statement.Skip24Hours}).Draw(t, "skip")
			r.Now = noon.Add(time.Duration(rapid.IntRange(-30, 30).Draw(t, "hours")) * time.Hour)
			before := len(store.records)
			preview, err := r.Preview(t.Context(), store, leeds)
			require.NoError(t, err)
			require.Len(t, store.records, before)
			result := generate(t, r, store, leeds)
			require.Equal(t, preview.Eligible, result.Created+len(result.Failures)+result.Remaining)
			require.Len(t, store.records, before+result.Created)
			if result.Created > 0 {
				require.LessOrEqual(t, result.Created+result.Earlier, r.Cap)
			}
			if result.CapHit() {
				require.GreaterOrEqual(t, result.Created+result.Earlier, r.Cap)
			}
		}
	})
}

// What is wrong with a statement comes first in the reason: the failure itself
// says whose it is, and the reason is short.
func TestReasonDoesNotNameTheStatement(t *testing.T) {
	many := "invoice 2026-03-01 " + strings.Repeat("9", 34) + " JPY"
	store := newShelf(owes(t, "C-1", "Abbey", many, many))
	result, err := runFor("2026-03").Generate(context.Background(), store, leeds)
	require.NoError(t, err)
	require.Len(t, result.Failures, 1)
	require.Contains(t, result.Failures[0].Reason, "more than 34 digits")
	require.NotContains(t, result.Failures[0].Reason, "statement of customer")
}
