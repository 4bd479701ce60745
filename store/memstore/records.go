package memstore

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// SaveRecord implements statement.Records.
func (s *Store) SaveRecord(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
	if err := scope.Check(); err != nil {
		return err
	}
	if err := r.Validate(); err != nil {
		return fmt.Errorf("%s: %w", describe(r.Key), err)
	}
	r = copyRecord(&r)
	return s.write(ctx, func(next *state) error {
		if _, saved := next.byKey.get(&r); saved {
			return fmt.Errorf("%w: %s", statement.ErrSaved, describe(r.Key))
		}
		if other := next.recent(scope, &r, since); other != nil {
			return fmt.Errorf("%w: %s, made at %s", statement.ErrRecent, describe(other.Key), other.At.Format(time.RFC3339))
		}
		next.put(&r)
		return nil
	})
}

// recent returns a record of the customer and period of r, made at since or
// later, for all locations of r and none that the scope does not view; or nil, and
// so where since is zero.
func (st *state) recent(scope ledger.Scope, r *statement.Record, since time.Time) *statement.Record {
	if since.IsZero() {
		return nil
	}
	first := &statement.Record{Key: statement.Key{Customer: r.Customer, Period: r.Period}}
	for other := range st.byKey.from(first) {
		if other.Customer != r.Customer || other.Period != r.Period {
			break
		}
		if !other.At.Before(since) && other.Covers(r.Locations) && viewed(scope, other) {
			return other
		}
	}
	return nil
}

func (st *state) put(r *statement.Record) {
	st.byKey = st.byKey.put(r)
	st.latest = st.latest.put(r)
}

// MarkSent implements statement.Records.
func (s *Store) MarkSent(ctx context.Context, scope ledger.Scope, key statement.Key, at time.Time) error {
	if err := scope.Check(); err != nil {
		return err
	}
	return s.write(ctx, func(next *state) error {
		old, ok := next.byKey.get(&statement.Record{Key: key})
		if !ok || !viewed(scope, old) {
			return fmt.Errorf("%w: %s", statement.ErrNoRecord, describe(key))
		}
		r := *old
		r.Sent = instant(at)
		next.put(&r)
		return nil
	})
}

// Records implements statement.Records.
func (s *Store) Records(ctx context.Context, q statement.RecordQuery) iter.Seq2[statement.Record, error] {
	return func(yield func(statement.Record, error) bool) {
		fail := func(err error) { yield(statement.Record{}, err) }
		if err := q.Scope.Check(); err != nil {
			fail(err)
			return
		}
		for r := range s.now.Load().records(q.Customer) {
			if !asked(&q, r) {
				continue
			}
			if err := ctx.Err(); err != nil {
				fail(err)
				return
			}
			if !yield(copyRecord(r), nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			fail(err)
		}
	}
}

// saved yields all records of a customer, for store.Posting.Apply.
func (st *state) saved(customer string) iter.Seq2[statement.Record, error] {
	return func(yield func(statement.Record, error) bool) {
		for r := range st.records(customer) {
			if !yield(*r, nil) {
				return
			}
		}
	}
}

// records yields the records of a customer, or all, the latest first.
func (st *state) records(customer string) iter.Seq[*statement.Record] {
	if customer == "" {
		return st.latest.all()
	}
	var own []*statement.Record
	for r := range st.byKey.from(&statement.Record{Key: statement.Key{Customer: customer}}) {
		if r.Customer != customer {
			break
		}
		own = append(own, r)
	}
	slices.SortFunc(own, compareLatest)
	return slices.Values(own)
}

// asked reports whether a query asks for a record, whatever its customer.
func asked(q *statement.RecordQuery, r *statement.Record) bool {
	if q.Run != "" && q.Run != r.Run || q.Period != (statement.Period{}) && q.Period != r.Period {
		return false
	}
	return viewed(q.Scope, r)
}

// viewed reports whether a scope views all locations of a record.
func viewed(scope ledger.Scope, r *statement.Record) bool {
	return !slices.ContainsFunc(r.Locations, func(l string) bool { return !scope.Views(l) })
}

// copyRecord returns a record that shares nothing that could change.
func copyRecord(r *statement.Record) statement.Record {
	c := *r
	c.At, c.Sent = instant(r.At), instant(r.Sent)
	c.Locations = slices.Clone(r.Locations)
	c.Balances = append([]ar.Money(nil), r.Balances...)
	c.Content = slices.Clone(r.Content)
	return c
}

// describe names a record for messages.
func describe(k statement.Key) string {
	return fmt.Sprintf("run %q, customer %q, %s", k.Run, k.Customer, k.Period)
}
