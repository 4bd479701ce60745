package memstore

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/ledger"
)

// Profile implements credit.Book.
func (s *Store) Profile(ctx context.Context, scope ledger.Scope, id string) (credit.Profile, error) {
	if err := cmp.Or(scope.Check(), ctx.Err()); err != nil {
		return credit.Profile{}, err
	}
	return s.now.Load().profile(id), nil
}

func (st *state) profile(id string) credit.Profile {
	p := st.customer(id).profile
	p.Customer = id
	return p
}

// SaveProfile implements credit.Book.
func (s *Store) SaveProfile(ctx context.Context, scope ledger.Scope, p credit.Profile, changes []credit.Change) error {
	if err := scope.Check(); err != nil {
		return err
	}
	changes = slices.Clone(changes)
	for i := range changes {
		changes[i].At = instant(changes[i].At)
	}
	return s.write(ctx, func(next *state) error {
		c := next.customer(p.Customer)
		if c.profile.Revision != p.Revision-1 {
			return fmt.Errorf("%w: customer %q has revision %d, and revision %d was to follow",
				credit.ErrStale, p.Customer, c.profile.Revision, p.Revision)
		}
		c.profile = p
		c.changes = append(c.changes, changes...)
		next.customers = next.customers.put(&c)
		return nil
	})
}

// Changes implements credit.Book.
func (s *Store) Changes(ctx context.Context, scope ledger.Scope, id string) iter.Seq2[credit.Change, error] {
	return func(yield func(credit.Change, error) bool) {
		if err := scope.Check(); err != nil {
			yield(credit.Change{}, err)
			return
		}
		for _, change := range s.now.Load().customer(id).changes {
			if err := ctx.Err(); err != nil {
				yield(credit.Change{}, err)
				return
			}
			if !yield(change, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil {
			yield(credit.Change{}, err)
		}
	}
}
