package statement_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

func TestFailures(t *testing.T) {
	broken := errors.New("account damaged:\n" + strings.Repeat("ä", 200))
	store := newShelf(many(t, 5)...)
	store.at = func(step string) error {
		if step == "account C-0002" {
			return broken
		}
		return nil
	}
	saves := 0
	failing := store.at
	store.at = func(step string) error {
		if step == "save" {
			if saves++; saves == 2 { // C-0003, as C-0002 does not get there
				return errors.New("disk full")
			}
		}
		return failing(step)
	}
	var progress []string
	r := runFor("r")
	r.Cap = 3
	r.Progress = func(x statement.Result) {
		progress = append(progress, fmt.Sprintf("%d+%d", x.Created, len(x.Failures)))
	}
	result := generate(t, r, store, leeds)
	require.Equal(t, []string{"1+0", "1+1", "1+2", "2+2", "3+2"}, progress)
	require.Equal(t, 3, result.Created)
	require.False(t, result.CapHit())
	require.Len(t, result.Failures, 2)
	require.Equal(t, statement.Failure{
		Customer: "C-0002", Name: "C-0002", Err: broken, // the name is in what cannot be read
		Reason: "account damaged:; " + strings.Repeat("ä", 180-len("account damaged:; ")-1) + "…",
	}, result.Failures[0])
	require.Equal(t, 180, utf8.RuneCountInString(result.Failures[0].Reason))
	require.Equal(t, "C-0003", result.Failures[1].Customer)
	require.Equal(t, "Customer 3", result.Failures[1].Name)
	require.Equal(t, "disk full", result.Failures[1].Reason)

	// Who failed is tried again, and a host's names are there without an account.
	r.Cap, r.MaxReason = 0, 9
	r.Options.Name = func(id string) string { return map[string]string{"C-0002": "𝔅𝔞𝔯𝔫 🐑"}[id] }
	result = generate(t, r, store, leeds)
	require.Equal(t, 3, result.Earlier)
	require.Equal(t, 1, result.Created)
	require.Equal(t, []statement.Failure{{Customer: "C-0002", Name: "𝔅𝔞𝔯𝔫 🐑", Reason: "account …", Err: broken}}, result.Failures)
}

// A reason is cut between characters, whatever their length, with the ellipsis
// within the limit.
func TestReasonIsCut(t *testing.T) {
	reason := func(text string, limit int) string {
		store := newShelf(many(t, 1)...)
		store.at = func(step string) error {
			if step == "save" {
				return errors.New(text)
			}
			return nil
		}
		r := runFor("r")
		r.MaxReason = limit
		return generate(t, r, store, leeds).Failures[0].Reason
	}
	for _, tt := range []struct {
		text  string
		limit int
		want  string
	}{
		{"12345", 5, "12345"},
		{"123456", 5, "1234…"},
		{"🐑🐑🐑", 3, "🐑🐑🐑"},
		{"🐑🐑🐑🐑", 3, "🐑🐑…"},
		{"שלום", 3, "של…"},
		{"ab", 1, "…"},
		{"a\xffb", 9, "a\uFFFDb"},
		{"", 9, ""},
		{strings.Repeat("x", 180), 0, strings.Repeat("x", 180)},
		{strings.Repeat("x", 181), 0, strings.Repeat("x", 179) + "…"},
	} {
		require.Equal(t, tt.want, reason(tt.text, tt.limit))
	}
}

// A customer whose items are not valid, in the midst of others.
func TestBrokenItemInTheMidst(t *testing.T) {
	store := newShelf(many(t, 3)...)
	for id := range store.open(march.To) {
		if id.Customer == "C-0002" {
			id.Due = -5
		}
		store.items = append(store.items, id)
	}
	result := generate(t, runFor("r"), store, leeds)
	require.Equal(t, 2, result.Created)
	require.Len(t, result.Failures, 1)
	require.Equal(t, "Customer 2", result.Failures[0].Name)
	require.Equal(t, `item "C-0002/1" of customer "C-0002": due date Date(-5): not a valid date`, result.Failures[0].Reason)
}

// Earlier statements that cannot be read are the failure of their customer alone.
func TestEarlierStatementsUnreadable(t *testing.T) {
	store := newShelf(many(t, 3)...)
	n := 0
	store.at = func(step string) error {
		if step == "records" {
			if n++; n == 3 { // first those of the run, then a query for each customer
				return errors.New("index damaged")
			}
		}
		return nil
	}
	r := runFor("r")
	r.Criteria.SkipRecent = statement.SkipWeek
	preview, err := r.Preview(t.Context(), store, leeds)
	require.NoError(t, err)
	require.Equal(t, 3, preview.Eligible)
	n = 0
	result := generate(t, r, store, leeds)
	require.Equal(t, 2, result.Created)
	require.Len(t, result.Failures, 1)
	require.Equal(t, "Customer 2", result.Failures[0].Name)
	require.Equal(t, "earlier statements: index damaged", result.Failures[0].Reason)
}

// Others save between the look and the leap: another call of the run, and another
// run.
func TestSavedMeanwhile(t *testing.T) {
	store := newShelf(many(t, 3)...)
	n := 0
	store.at = func(step string) error {
		if step == "save" {
			n++
			return map[int]error{2: fmt.Errorf("C-0002: %w", statement.ErrRecent)}[n]
		}
		if step == "account C-0001" {
			other := newShelf(many(t, 1)...) // another call of the run, on the same records
			other.records = store.records
			require.Equal(t, 1, generate(t, runFor("r"), other, leeds).Created)
		}
		return nil
	}
	require.Equal(t, statement.Result{Created: 1, Earlier: 1, Skipped: 1, Cap: 100}, generate(t, runFor("r"), store, leeds))
}

// Two users take the same ID for runs at different places. Nobody is told of the
// other's statements as if they were the run's own, and no customer goes without
// one unnoticed.
func TestRunIDTakenElsewhere(t *testing.T) {
	store := newShelf(
		owes(t, "C-1", "Abbey", "invoice 2026-03-15 60.00 EUR", "invoice 2026-03-15 50.00 EUR York"),
		owes(t, "C-2", "Byre", "invoice 2026-03-15 60.00 EUR"),
	)
	require.Equal(t, 1, generate(t, runFor("2026-03"), store, views("York")).Created)
	for _, earlier := range []int{0, 1} { // again, nothing gets better
		result := generate(t, runFor("2026-03"), store, leeds)
		require.Equal(t, earlier, result.Earlier)
		require.Equal(t, 1-earlier, result.Created)
		require.Len(t, result.Failures, 1)
		require.Equal(t, "Abbey", result.Failures[0].Name)
		require.ErrorIs(t, result.Failures[0].Err, statement.ErrSaved)
	}
	require.Equal(t, 2, generate(t, runFor("2026-03 Leeds"), store, leeds).Created)
}

// Who pays between the count and the statement gets the statement that is true.
func TestAccountChangesMeanwhile(t *testing.T) {
	store := newShelf(many(t, 2)...)
	store.items = []ledger.Item{}
	for it := range newShelf(many(t, 3)...).open(march.To) {
		store.items = append(store.items, it)
	}
	result := generate(t, runFor("r"), store, leeds)
	require.Equal(t, 2, result.Created)
	require.Len(t, result.Failures, 1)
	require.ErrorIs(t, result.Failures[0].Err, ledger.ErrUnknownCustomer)
}

func TestNamesOfAllKinds(t *testing.T) {
	names := []string{"Zoë 🧾👩🏽‍💻", "شركة الاختبار", "<b>&amp;</b><script>", "{{.Secret}}", "a\u202Eb", "x\xffy", "line\nbreak"}
	store := newShelf()
	for i, name := range names {
		id := fmt.Sprintf("%d %s", i, strings.ToValidUTF8(name, "?"))
		store.accounts[id] = owes(t, id, name, "invoice 2026-03-15 1.00 EUR")
	}
	require.Equal(t, len(names), generate(t, runFor("r"), store, leeds).Created)
	for _, saved := range store.saved() {
		s, err := saved.Statement()
		require.NoError(t, err)
		require.Equal(t, strings.ToValidUTF8(store.accounts[saved.Customer].Customer().Name, "\uFFFD"), s.Name())
	}
	store.at = func(step string) error {
		if step == "save" {
			return errors.New("no")
		}
		return nil
	}
	for _, f := range generate(t, runFor("s"), store, leeds).Failures {
		require.Equal(t, strings.ToValidUTF8(store.accounts[f.Customer].Customer().Name, "\uFFFD"), f.Name)
	}
}

// Progress comes for everybody that the run passes, so that it shows one too where
// it goes on, or counts those beyond the cap; and nobody is passed twice.
func TestProgressOfEverybody(t *testing.T) {
	store := newShelf(many(t, 6)...)
	var progress []string
	told := func(id string) *statement.Run {
		progress = nil
		r := runFor(id)
		r.Cap = 2
		r.Progress = func(x statement.Result) {
			progress = append(progress, fmt.Sprintf("earlier %d, created %d, skipped %d, remaining %d", x.Earlier, x.Created, x.Skipped, x.Remaining))
		}
		return r
	}
	generate(t, told("r"), store, leeds)
	beyond := []string{
		"earlier 0, created 1, skipped 0, remaining 0", "earlier 0, created 2, skipped 0, remaining 0",
		"earlier 0, created 2, skipped 0, remaining 1", "earlier 0, created 2, skipped 0, remaining 2",
		"earlier 0, created 2, skipped 0, remaining 3", "earlier 0, created 2, skipped 0, remaining 4",
	}
	require.Equal(t, beyond, progress)
	r := told("r")
	r.Cap = 4
	generate(t, r, store, leeds)
	require.Equal(t, []string{
		"earlier 2, created 0, skipped 0, remaining 0", "earlier 2, created 0, skipped 0, remaining 0",
		"earlier 2, created 1, skipped 0, remaining 0", "earlier 2, created 2, skipped 0, remaining 0",
		"earlier 2, created 2, skipped 0, remaining 1", "earlier 2, created 2, skipped 0, remaining 2",
	}, progress)
	r = told("s")
	r.Criteria.SkipRecent = statement.SkipWeek
	generate(t, r, store, leeds)
	require.Equal(t, []string{
		"earlier 0, created 0, skipped 1, remaining 0", "earlier 0, created 0, skipped 2, remaining 0",
		"earlier 0, created 0, skipped 3, remaining 0", "earlier 0, created 0, skipped 4, remaining 0",
		"earlier 0, created 1, skipped 4, remaining 0", "earlier 0, created 2, skipped 4, remaining 0",
	}, progress)
}

func TestNobodyEligible(t *testing.T) {
	require.Equal(t, statement.Result{Cap: 100}, generate(t, runFor("r"), newShelf(), leeds))
	preview, err := runFor("").Preview(t.Context(), newShelf(), leeds)
	require.NoError(t, err)
	require.Equal(t, "0 customers eligible", preview.String())
}

// A run that is cancelled says what it has done, and can be gone on with.
func TestCancel(t *testing.T) {
	store := newShelf(many(t, 10)...)
	r := runFor("r")
	ctx, cancel := context.WithCancel(t.Context())
	r.Progress = func(x statement.Result) {
		if x.Created == 4 {
			cancel()
		}
	}
	result, err := r.Generate(ctx, store, leeds)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, statement.Result{Created: 4, Cap: 100}, result)
	require.Len(t, store.records, 4)
	require.Equal(t, statement.Result{Earlier: 4, Created: 6, Cap: 100}, generate(t, r, store, leeds))

	result, err = runFor("s").Generate(ctx, store, leeds)
	require.ErrorIs(t, err, context.Canceled)
	require.Zero(t, result.Created)
	_, err = runFor("s").Preview(ctx, store, leeds)
	require.ErrorIs(t, err, context.Canceled)

	// In the midst of a customer, the customer is no failure.
	ctx, cancel = context.WithCancel(t.Context())
	store.at = func(step string) error {
		if step == "account C-0003" {
			cancel()
			return context.Canceled
		}
		return nil
	}
	result, err = runFor("t").Generate(ctx, store, leeds)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, statement.Result{Created: 2, Cap: 100}, result)
}

func TestPanicIsNotCaught(t *testing.T) {
	store := newShelf(many(t, 1)...)
	store.at = func(step string) error {
		if step == "save" {
			panic("store")
		}
		return nil
	}
	require.PanicsWithValue(t, "store", func() { _, _ = runFor("r").Generate(t.Context(), store, leeds) })
}
