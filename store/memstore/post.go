package memstore

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/store"
)

// posting is a store.Posting whose facts are the account's.
type posting struct {
	key, by   string
	at        time.Time
	details   *ledger.Customer
	locations []string // that it touches
	upTo      counts   // of the account's facts, with its own
}

// counts is how many facts there are of each kind.
type counts struct{ documents, allocations, reversals, redates, statuses int }

func count(f ledger.Facts) counts {
	return counts{len(f.Documents), len(f.Allocations), len(f.Reversals), len(f.Redates), len(f.Statuses)}
}

func (c counts) plus(d counts) counts {
	return counts{
		c.documents + d.documents, c.allocations + d.allocations, c.reversals + d.reversals,
		c.redates + d.redates, c.statuses + d.statuses,
	}
}

// posting returns a customer's posting by number. Its slices are those of the
// account.
func (c *customer) posting(i int) store.Posting {
	var from counts
	if i > 0 {
		from = c.postings[i-1].upTo
	}
	p := &c.postings[i]
	return store.Posting{
		Key: p.key, Customer: c.id, Details: p.details, At: p.at, By: p.by,
		Facts: between(c.account.Facts(), from, p.upTo),
	}
}

// between returns the facts from some counts on up to others.
func between(f ledger.Facts, from, to counts) ledger.Facts {
	return ledger.Facts{
		Documents:   f.Documents[from.documents:to.documents],
		Allocations: f.Allocations[from.allocations:to.allocations],
		Reversals:   f.Reversals[from.reversals:to.reversals],
		Redates:     f.Redates[from.redates:to.redates],
		Statuses:    f.Statuses[from.statuses:to.statuses],
	}
}

// Post implements store.Journal.
func (s *Store) Post(ctx context.Context, scope ledger.Scope, p store.Posting) error {
	if err := scope.Check(); err != nil {
		return err
	}
	return s.write(ctx, func(next *state) error {
		c := next.customer(p.Customer)
		if i := slices.IndexFunc(c.postings, func(old posting) bool { return old.key == p.Key }); i >= 0 {
			first := c.posting(i)
			if !first.Repeats(&p) {
				return fmt.Errorf("posting %q for customer %q: %w", p.Key, p.Customer, store.ErrKeyUsed)
			}
			return nil
		}
		account, err := p.Apply(c.account, next.saved(p.Customer), scope, s.calendars)
		if err != nil {
			return err
		}
		if err := s.unused(p.Facts); err != nil {
			return err
		}
		c.account = account
		c.postings = append(c.postings, newPosting(&p, account, count(account.Facts())))
		next.customers = next.customers.put(&c)
		s.use(p.Facts)
		return nil
	})
}

// newPosting returns what is kept of a posting besides its facts.
func newPosting(p *store.Posting, account *ledger.Account, upTo counts) posting {
	q := posting{key: p.Key, by: p.By, at: instant(p.At), locations: p.Locations(account), upTo: upTo}
	if p.Details != nil {
		details := *p.Details
		q.details = &details
	}
	return q
}

// instant returns a time without what its saved form lacks.
func instant(t time.Time) time.Time { return t.Round(0).UTC() }

// unused returns an error for each document and allocation whose ID is used. That
// of the account itself is refused before, so it is another customer's.
func (s *Store) unused(f ledger.Facts) error {
	var faults []error
	check := func(fact fmt.Stringer, id string, used map[string]struct{}, what string) {
		if _, ok := used[id]; ok {
			faults = append(faults, &ledger.FactError{
				Fact: fact, Err: fmt.Errorf("%w: %s of another customer has it", ledger.ErrDuplicateID, what),
			})
		}
	}
	for i := range f.Documents {
		check(&f.Documents[i], f.Documents[i].ID, s.documents, "a document")
	}
	for i := range f.Allocations {
		check(&f.Allocations[i], f.Allocations[i].ID, s.allocations, "an allocation")
	}
	return errors.Join(faults...)
}

func (s *Store) use(f ledger.Facts) {
	for i := range f.Documents {
		s.documents[f.Documents[i].ID] = struct{}{}
	}
	for i := range f.Allocations {
		s.allocations[f.Allocations[i].ID] = struct{}{}
	}
}

// Postings implements store.Journal.
func (s *Store) Postings(ctx context.Context, scope ledger.Scope, id string) iter.Seq2[store.Posting, error] {
	return func(yield func(store.Posting, error) bool) {
		fail := func(err error) { yield(store.Posting{}, err) }
		if err := scope.Check(); err != nil {
			fail(err)
			return
		}
		var ids []string
		if id != "" {
			ids = []string{id}
		}
		for c := range s.now.Load().chosen(ids) {
			for i := range c.postings {
				if slices.ContainsFunc(c.postings[i].locations, func(l string) bool { return !scope.Views(l) }) {
					continue
				}
				if err := ctx.Err(); err != nil {
					fail(err)
					return
				}
				if !yield(copied(c.posting(i)), nil) {
					return
				}
			}
		}
		if err := ctx.Err(); err != nil {
			fail(err)
		}
	}
}

// copied returns a posting that shares nothing with the store.
func copied(p store.Posting) store.Posting {
	if p.Details != nil {
		details := *p.Details
		p.Details = &details
	}
	f := &p.Facts
	p.Facts = ledger.Facts{
		Documents:   slices.Clone(f.Documents),
		Allocations: slices.Clone(f.Allocations),
		Reversals:   slices.Clone(f.Reversals),
		Redates:     slices.Clone(f.Redates),
		Statuses:    slices.Clone(f.Statuses),
	}
	for i := range f.Documents {
		f.Documents[i].Parts = slices.Clone(f.Documents[i].Parts)
	}
	return p
}
