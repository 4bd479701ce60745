package statement_test

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// shelf is a small Store for tests of runs, which can be made to fail.
type shelf struct {
	accounts map[string]*ledger.Account
	items    []ledger.Item // in place of those of the accounts, if any

	// at is told of each step before it is done, and makes it fail by an error.
	// The step "saved" comes after a record was saved.
	at func(step string) error

	mu      sync.Mutex
	records map[statement.Key]statement.Record
	steps   []string
}

func newShelf(accounts ...*ledger.Account) *shelf {
	s := &shelf{accounts: map[string]*ledger.Account{}, records: map[statement.Key]statement.Record{}}
	for _, a := range accounts {
		s.accounts[a.Customer().ID] = a
	}
	return s
}

func (s *shelf) step(ctx context.Context, step string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	s.steps = append(s.steps, step)
	s.mu.Unlock()
	if s.at != nil {
		return s.at(step)
	}
	return nil
}

// count returns how often a step was taken.
func (s *shelf) count(step string) int {
	n := 0
	for _, done := range s.steps {
		if done == step {
			n++
		}
	}
	return n
}

func (s *shelf) OpenItems(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
	return func(yield func(ledger.Item, error) bool) {
		if err := cmp.Or(q.Check(), s.step(ctx, "open items")); err != nil {
			yield(ledger.Item{}, err)
			return
		}
		for it := range s.open(q.AsOf) {
			if !q.Scope.Views(it.Location) || len(q.Customers) > 0 && !slices.Contains(q.Customers, it.Customer) {
				continue
			}
			err := s.step(ctx, "item")
			if !yield(it, err) || err != nil {
				return
			}
		}
	}
}

func (s *shelf) open(asOf ar.Date) iter.Seq[ledger.Item] {
	if s.items != nil {
		return slices.Values(s.items)
	}
	return func(yield func(ledger.Item) bool) {
		for _, id := range slices.Sorted(maps.Keys(s.accounts)) {
			for it, err := range s.accounts[id].Items(asOf) {
				if err != nil || !yield(it) {
					return
				}
			}
		}
	}
}

func (s *shelf) Account(ctx context.Context, scope ledger.Scope, customer string) (*ledger.Account, error) {
	if err := cmp.Or(scope.Check(), s.step(ctx, "account "+customer)); err != nil {
		return nil, err
	}
	a, ok := s.accounts[customer]
	if !ok {
		return nil, fmt.Errorf("%w: %q", ledger.ErrUnknownCustomer, customer)
	}
	return a, nil
}

func (s *shelf) SaveRecord(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
	if err := s.step(ctx, "save"); err != nil {
		return err
	}
	if err := s.put(scope, r, since); err != nil {
		return err
	}
	return s.step(context.WithoutCancel(ctx), "saved")
}

func (s *shelf) put(scope ledger.Scope, r statement.Record, since time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, there := s.records[r.Key]; there {
		return statement.ErrSaved
	}
	for _, other := range s.records {
		outside := func(l string) bool { return !scope.Views(l) }
		if !since.IsZero() && !other.At.Before(since) && other.Customer == r.Customer && other.Period == r.Period &&
			other.Covers(r.Locations) && !slices.ContainsFunc(other.Locations, outside) {
			return statement.ErrRecent
		}
	}
	s.records[r.Key] = r
	return nil
}

func (s *shelf) MarkSent(context.Context, ledger.Scope, statement.Key, time.Time) error {
	panic("a run sends nothing")
}

func (s *shelf) Records(ctx context.Context, q statement.RecordQuery) iter.Seq2[statement.Record, error] {
	return func(yield func(statement.Record, error) bool) {
		if err := cmp.Or(q.Scope.Check(), s.step(ctx, "records")); err != nil {
			yield(statement.Record{}, err)
			return
		}
		for _, r := range s.saved() {
			outside := func(l string) bool { return !q.Scope.Views(l) }
			if q.Run != "" && q.Run != r.Run || q.Customer != "" && q.Customer != r.Customer ||
				q.Period != (statement.Period{}) && q.Period != r.Period || slices.ContainsFunc(r.Locations, outside) {
				continue
			}
			err := s.step(ctx, "record")
			if !yield(r, err) || err != nil {
				return
			}
		}
	}
}

// saved returns all records, the latest first.
func (s *shelf) saved() []statement.Record {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.SortedFunc(maps.Values(s.records), func(a, b statement.Record) int {
		return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Run, b.Run))
	})
}

// keys returns what was saved as "run/customer", in order.
func (s *shelf) keys() []string {
	keys := []string{}
	for _, r := range s.saved() {
		keys = append(keys, r.Run+"/"+r.Customer)
	}
	slices.Sort(keys)
	return keys
}

// runFor is a run for all customers with the usual criteria.
func runFor(id string) *statement.Run {
	return &statement.Run{
		ID: id, Now: noon, Options: statement.Options{Buckets: bucket.Standard()},
		Criteria: statement.Criteria{All: true, Period: march},
	}
}

// leeds is a scope of one location, and both of two.
var leeds, both = views("Leeds"), views("Leeds", "York")

// owes is the account of a customer with documents at Leeds, given as
// "kind due amount" or "kind due amount location". They are dated 1 January.
func owes(t require.TestingT, id, name string, documents ...string) *ledger.Account {
	var f ledger.Facts
	for i, text := range documents {
		var kind, due, amount, currency string
		location := "Leeds"
		_, err := fmt.Sscan(text, &kind, &due, &amount, &currency, &location)
		require.True(t, err == nil || location == "Leeds", "%q: %v", text, err)
		d := ledger.Document{
			ID: fmt.Sprintf("%s/%d", id, i+1), Number: fmt.Sprintf("%s/%d", id, i+1), Customer: id,
			Location: location, Date: ar.MustDate("2026-01-01"), Due: ar.MustDate(due), Amount: ar.MustMoney(amount + " " + currency),
		}
		require.NoError(t, d.Kind.UnmarshalText([]byte(kind)))
		f.Documents = append(f.Documents, d)
	}
	a, err := ledger.NewAccount(ledger.Customer{ID: id, Name: name}, f, nil)
	require.NoError(t, err)
	return a
}

// many is n customers "C-0001", "C-0002" …, who owe n euros each since March.
func many(t require.TestingT, n int) []*ledger.Account {
	all := make([]*ledger.Account, n)
	for i := range all {
		all[i] = owes(t, fmt.Sprintf("C-%04d", i+1), fmt.Sprintf("Customer %d", i+1), fmt.Sprintf("invoice 2026-03-15 %d.00 EUR", i+1))
	}
	return all
}
