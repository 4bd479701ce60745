package memstore

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
)

// Store keeps everything in memory. It is made by New or Load and may be used by
// several goroutines at once; it must not be copied.
type Store struct {
	calendars duedate.Calendars
	now       atomic.Pointer[state]

	mu sync.Mutex // writers take turns; readers wait for nobody
	// What IDs there are among all customers, for writers only.
	documents, allocations map[string]struct{}

	saving sync.Mutex
}

var _ store.Store = (*Store)(nil)

// state is all there is at one moment. It is never changed; a writer puts
// another one in its place.
type state struct {
	customers ordered[*customer]
	// The statements in two orders, with the same values.
	byKey, latest ordered[*statement.Record]
}

// customer is all there is of one customer but statements. It is never changed;
// the slices may be longer in a later state.
type customer struct {
	id       string
	account  *ledger.Account // nil: there is only a credit profile
	postings []posting
	profile  credit.Profile
	changes  []credit.Change
}

func compareCustomers(a, b *customer) int { return strings.Compare(a.id, b.id) }

// compareKeys has all statements of a customer and period together.
func compareKeys(a, b *statement.Record) int {
	return cmp.Or(
		strings.Compare(a.Customer, b.Customer), cmp.Compare(a.Period.From, b.Period.From),
		cmp.Compare(a.Period.To, b.Period.To), strings.Compare(a.Run, b.Run),
	)
}

// compareLatest is the order in which statements are listed.
func compareLatest(a, b *statement.Record) int {
	return cmp.Or(
		b.At.Compare(a.At), strings.Compare(a.Customer, b.Customer),
		strings.Compare(a.Run, b.Run), compareKeys(a, b),
	)
}

// New returns an empty store. The calendars are those that terms may name, and
// may be nil where none do.
func New(calendars duedate.Calendars) *Store {
	s := &Store{calendars: calendars, documents: map[string]struct{}{}, allocations: map[string]struct{}{}}
	s.now.Store(&state{
		inOrder(compareCustomers, nil), inOrder(compareKeys, nil), inOrder(compareLatest, nil),
	})
	return s
}

// write changes the state by a function that is given a copy of it. Nothing
// changes where that returns an error.
func (s *Store) write(ctx context.Context, change func(*state) error) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	next := *s.now.Load()
	if err := change(&next); err != nil {
		return err
	}
	s.now.Store(&next)
	return nil
}

// customer returns a customer, without anything but the ID where there is none.
func (st *state) customer(id string) customer {
	if c, ok := st.customers.get(&customer{id: id}); ok {
		return *c
	}
	return customer{id: id}
}

// chosen yields the customers with these IDs, or all, in order.
func (st *state) chosen(ids []string) iter.Seq[*customer] {
	if len(ids) == 0 {
		return st.customers.all()
	}
	return func(yield func(*customer) bool) {
		for i, id := range ids {
			if i > 0 && ids[i-1] == id {
				continue
			}
			if c, ok := st.customers.get(&customer{id: id}); ok && !yield(c) {
				return
			}
		}
	}
}

// Account implements statement.Ledger.
func (s *Store) Account(ctx context.Context, scope ledger.Scope, id string) (*ledger.Account, error) {
	if err := cmp.Or(scope.Check(), ctx.Err()); err != nil {
		return nil, err
	}
	if c := s.now.Load().customer(id); c.account != nil {
		return c.account, nil
	}
	return nil, fmt.Errorf("%w: %q", ledger.ErrUnknownCustomer, id)
}

// OpenItems implements statement.Ledger. The items of a customer come in the
// order in which their documents were posted.
func (s *Store) OpenItems(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
	customers := slices.Sorted(slices.Values(q.Customers))
	return func(yield func(ledger.Item, error) bool) {
		fail := func(err error) { yield(ledger.Item{}, err) }
		if err := q.Check(); err != nil {
			fail(err)
			return
		}
		for c := range s.now.Load().chosen(customers) {
			if c.account == nil {
				continue
			}
			for item, err := range c.account.Items(q.AsOf) {
				if err == nil && !q.Scope.Views(item.Location) {
					continue
				}
				if err == nil {
					err = ctx.Err()
				}
				if err != nil {
					fail(err)
					return
				}
				if !yield(item, nil) {
					return
				}
			}
		}
		if err := ctx.Err(); err != nil {
			fail(err)
		}
	}
}
