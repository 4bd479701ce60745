package storetest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
)

// recentBy is a SaveRecord that has its own idea of what is recent.
func recentBy(s store.Store, recent func(other, r *statement.Record, since time.Time) bool) func(context.Context, ledger.Scope, statement.Record, time.Time) error {
	return func(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		for other, err := range s.Records(ctx, statement.RecordQuery{Scope: scope, Customer: r.Customer}) {
			if err != nil {
				return err
			}
			if other.Key != r.Key && !since.IsZero() && recent(&other, &r, since) {
				return statement.ErrRecent
			}
		}
		return s.SaveRecord(ctx, scope, r, time.Time{})
	}
}

func covers(other, r *statement.Record) bool { return other.Covers(r.Locations) }

// ofRecords changes what Records gives.
func ofRecords(change func(iter.Seq2[statement.Record, error]) iter.Seq2[statement.Record, error]) func(store.Store) broken {
	return func(s store.Store) broken {
		return broken{records: func(ctx context.Context, q statement.RecordQuery) iter.Seq2[statement.Record, error] {
			return change(s.Records(ctx, q))
		}}
	}
}

// asking changes what Records is asked.
func asking(change func(*statement.RecordQuery)) func(store.Store) broken {
	return func(s store.Store) broken {
		return broken{records: func(ctx context.Context, q statement.RecordQuery) iter.Seq2[statement.Record, error] {
			change(&q)
			return s.Records(ctx, q)
		}}
	}
}

// saving breaks SaveRecord only.
func saving(recent func(other, r *statement.Record, since time.Time) bool) func(store.Store) broken {
	return func(s store.Store) broken { return broken{saveRecord: recentBy(s, recent)} }
}

// marking is a MarkSent that has its own idea of who may mark what is there.
func marking(judge func(ledger.Scope, *statement.Record) error) func(store.Store) broken {
	return func(s store.Store) broken {
		return broken{markSent: func(ctx context.Context, scope ledger.Scope, key statement.Key, at time.Time) error {
			if err := scope.Check(); err != nil {
				return err
			}
			q := statement.RecordQuery{Scope: everywhere(), Run: key.Run, Customer: key.Customer, Period: key.Period}
			for r, err := range s.Records(ctx, q) {
				if err == nil {
					err = judge(scope, &r)
				}
				if err != nil {
					return err
				}
			}
			return s.MarkSent(ctx, everywhere(), key, at)
		}}
	}
}

var brokenRecords = []breakage{
	{"SaveRecord/Saved", "the same key is a success", 0, func(s store.Store) broken {
		return broken{saveRecord: func(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
			if err := s.SaveRecord(ctx, scope, r, since); !errors.Is(err, statement.ErrSaved) {
				return err
			}
			return nil
		}}
	}},
	{"SaveRecord/Saved", "the content cut to a column's width", 0, ofRecords(func(seq iter.Seq2[statement.Record, error]) iter.Seq2[statement.Record, error] {
		return changed(seq, func(r statement.Record) statement.Record {
			r.Content = r.Content[:10]
			return r
		})
	})},
	{"SaveRecord/Recent", "made at since does not count", 0, saving(func(o, r *statement.Record, since time.Time) bool {
		return o.Period == r.Period && covers(o, r) && o.At.After(since)
	})},
	{"SaveRecord/Recent", "what is made later than the new one does not count", 0, saving(func(o, r *statement.Record, since time.Time) bool {
		return o.Period == r.Period && covers(o, r) && !o.At.Before(since) && !o.At.After(r.At)
	})},
	{"SaveRecord/Recent", "of any period", 0, saving(func(o, r *statement.Record, since time.Time) bool {
		return covers(o, r) && !o.At.Before(since)
	})},
	{"SaveRecord/Recent", "of any locations", 0, saving(func(o, r *statement.Record, since time.Time) bool {
		return o.Period == r.Period && !o.At.Before(since)
	})},
	{"SaveRecord/Recent", "of the same locations only", 0, saving(func(o, r *statement.Record, since time.Time) bool {
		return o.Period == r.Period && slices.Equal(o.Locations, r.Locations) && !o.At.Before(since)
	})},
	{"SaveRecord/Recent", "of fewer locations", 0, saving(func(o, r *statement.Record, since time.Time) bool {
		return o.Period == r.Period && r.Covers(o.Locations) && !o.At.Before(since)
	})},
	{"SaveRecord/Recent", "whatever the scope views", 0, func(s store.Store) broken {
		return broken{saveRecord: func(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
			if err := scope.Check(); err != nil {
				return err
			}
			return s.SaveRecord(ctx, everywhere(), r, since)
		}}
	}},
	{"SaveRecord/Refusals", "a scope that views nothing saves", 0, func(s store.Store) broken {
		return broken{saveRecord: func(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
			if scope.Check() != nil {
				scope = everywhere()
			}
			return s.SaveRecord(ctx, scope, r, since)
		}}
	}},
	{"SaveRecord/Recent", "whenever made", 0, saving(func(o, r *statement.Record, _ time.Time) bool {
		return o.Period == r.Period && covers(o, r)
	})},
	{"SaveRecord/Refusals", "no location is the one without a name", 0, func(s store.Store) broken {
		return broken{saveRecord: func(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
			if len(r.Locations) == 0 {
				r.Locations = []string{""}
			}
			return s.SaveRecord(ctx, scope, r, since)
		}}
	}},
	{"SaveRecord/Refusals", "what is not valid is a success", 0, func(s store.Store) broken {
		return broken{saveRecord: func(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
			if r.Validate() != nil {
				return nil
			}
			return s.SaveRecord(ctx, scope, r, since)
		}}
	}},
	{"SaveRecord/Concurrent", "it looks, and then writes", 0, func(s store.Store) broken {
		slow := &broken{Store: s, saveRecord: func(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
			time.Sleep(time.Millisecond) // so that all look before one writes
			return s.SaveRecord(ctx, scope, r, since)
		}}
		return broken{saveRecord: recentBy(slow, func(o, r *statement.Record, since time.Time) bool {
			return o.Period == r.Period && covers(o, r) && !o.At.Before(since)
		})}
	}},
	{"SaveRecord/Kept", "the slices of the caller, not copies", 0, func(s store.Store) broken {
		kept := map[statement.Key]statement.Record{}
		return broken{
			saveRecord: func(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
				kept[r.Key] = r
				return s.SaveRecord(ctx, scope, r, since)
			},
			records: func(ctx context.Context, q statement.RecordQuery) iter.Seq2[statement.Record, error] {
				return changed(s.Records(ctx, q), func(r statement.Record) statement.Record { return kept[r.Key] })
			},
		}
	}},
	{"MarkSent", "the first time stays", 0, func(s store.Store) broken {
		marked := map[statement.Key]bool{}
		return broken{markSent: func(ctx context.Context, scope ledger.Scope, key statement.Key, at time.Time) error {
			if marked[key] {
				return nil
			}
			marked[key] = true
			return s.MarkSent(ctx, scope, key, at)
		}}
	}},
	{"MarkSent", "no record is a success, as of an UPDATE", 0, func(s store.Store) broken {
		return broken{markSent: func(ctx context.Context, scope ledger.Scope, key statement.Key, at time.Time) error {
			if err := s.MarkSent(ctx, scope, key, at); !errors.Is(err, statement.ErrNoRecord) {
				return err
			}
			return nil
		}}
	}},
	{"MarkSent", "of all periods", 0, func(s store.Store) broken {
		return broken{markSent: func(ctx context.Context, scope ledger.Scope, key statement.Key, at time.Time) error {
			for _, p := range []statement.Period{inMarch(), inApril()} {
				key.Period = p
				if err := s.MarkSent(ctx, scope, key, at); err == nil {
					return nil
				}
			}
			return s.MarkSent(ctx, scope, key, at)
		}}
	}},
	{"MarkSent/Scope", "whatever the scope views", 0, func(s store.Store) broken {
		return broken{markSent: func(ctx context.Context, scope ledger.Scope, key statement.Key, at time.Time) error {
			if err := scope.Check(); err != nil {
				return err
			}
			return s.MarkSent(ctx, everywhere(), key, at)
		}}
	}},
	{"MarkSent/Scope", "one location is enough", 0, marking(func(scope ledger.Scope, r *statement.Record) error {
		if !slices.ContainsFunc(r.Locations, scope.Views) {
			return statement.ErrNoRecord
		}
		return nil
	})},
	{"MarkSent/Scope", "it tells of a record that the scope does not view", 0, marking(func(scope ledger.Scope, r *statement.Record) error {
		if _, err := scope.Narrow(r.Locations...); err != nil {
			return fmt.Errorf("%w: %w", statement.ErrNoRecord, err)
		}
		return nil
	})},
	{"MarkSent/Scope", "it asks for modify", 0, func(s store.Store) broken {
		return broken{markSent: func(ctx context.Context, scope ledger.Scope, key statement.Key, at time.Time) error {
			if err := scope.CheckModify(); err != nil {
				return err
			}
			return s.MarkSent(ctx, scope, key, at)
		}}
	}},
	{"MarkSent/Scope", "a scope that views nothing marks", 0, func(s store.Store) broken {
		return broken{markSent: func(ctx context.Context, scope ledger.Scope, key statement.Key, at time.Time) error {
			if scope.Check() != nil {
				scope = everywhere()
			}
			return s.MarkSent(ctx, scope, key, at)
		}}
	}},
	{"Records/Order", "the earliest first", 0, ofRecords(func(seq iter.Seq2[statement.Record, error]) iter.Seq2[statement.Record, error] {
		return reordered(seq, slices.Reverse)
	})},
	{"Records/Order", "by time only", 0, ofRecords(func(seq iter.Seq2[statement.Record, error]) iter.Seq2[statement.Record, error] {
		return reordered(seq, func(all []statement.Record) {
			slices.Reverse(all)
			slices.SortStableFunc(all, func(x, y statement.Record) int { return y.At.Compare(x.At) })
		})
	})},
	{"Records/Order", "by time, customer and run only", 0, ofRecords(func(seq iter.Seq2[statement.Record, error]) iter.Seq2[statement.Record, error] {
		return reordered(seq, func(all []statement.Record) {
			slices.Reverse(all)
			slices.SortStableFunc(all, func(x, y statement.Record) int {
				return cmp.Or(y.At.Compare(x.At), cmp.Compare(x.Customer, y.Customer), cmp.Compare(x.Run, y.Run))
			})
		})
	})},
	{"Records/Order", "the last day of the period before the first", 0, ofRecords(func(seq iter.Seq2[statement.Record, error]) iter.Seq2[statement.Record, error] {
		return reordered(seq, func(all []statement.Record) {
			slices.SortStableFunc(all, func(x, y statement.Record) int {
				return cmp.Or(y.At.Compare(x.At), cmp.Compare(x.Customer, y.Customer), cmp.Compare(x.Run, y.Run), cmp.Compare(x.Period.To, y.Period.To))
			})
		})
	})},
	{"Records/Filter", "of any period", 0, asking(func(q *statement.RecordQuery) { q.Period = statement.Period{} })},
	{"Records/Filter", "of any run", 0, asking(func(q *statement.RecordQuery) { q.Run = "" })},
	{"Records/Filter", "of any customer", 0, asking(func(q *statement.RecordQuery) { q.Customer = "" })},
	{"Records/Scope", "one location is enough", 0, func(s store.Store) broken {
		return broken{records: func(ctx context.Context, q statement.RecordQuery) iter.Seq2[statement.Record, error] {
			views := q.Scope.Views
			if q.Scope.Check() == nil {
				q.Scope = everywhere()
			}
			return func(yield func(statement.Record, error) bool) {
				for r, err := range s.Records(ctx, q) {
					if (err != nil || slices.ContainsFunc(r.Locations, views)) && !yield(r, err) {
						return
					}
				}
			}
		}}
	}},
	{"Records/Scope", "for everybody", 0, asking(func(q *statement.RecordQuery) { q.Scope = everywhere() })},
}

var brokenProfiles = []breakage{
	{"Profile", "no profile is an error", 0, func(s store.Store) broken {
		return broken{profile: func(ctx context.Context, scope ledger.Scope, id string) (credit.Profile, error) {
			p, err := s.Profile(ctx, scope, id)
			if err == nil && p.Revision == 0 {
				err = ledger.ErrUnknownCustomer
			}
			return p, err
		}}
	}},
	{"Profile", "a limit of 0 is none", 0, func(s store.Store) broken {
		return broken{profile: func(ctx context.Context, scope ledger.Scope, id string) (credit.Profile, error) {
			p, err := s.Profile(ctx, scope, id)
			if p.Limit.IsZero() {
				p.Limit = credit.Profile{}.Limit
			}
			return p, err
		}}
	}},
	{"SaveProfile/Stale", "the last one wins", 0, func(s store.Store) broken {
		return broken{saveProfile: func(ctx context.Context, scope ledger.Scope, p credit.Profile, changes []credit.Change) error {
			old, err := s.Profile(ctx, scope, p.Customer)
			if err != nil {
				return err
			}
			p.Revision = old.Revision + 1
			return s.SaveProfile(ctx, scope, p, changes)
		}}
	}},
	{"SaveProfile/Stale", "the trail grows though the profile is stale", 0, func(s store.Store) broken {
		var trail []credit.Change
		return broken{
			saveProfile: func(ctx context.Context, scope ledger.Scope, p credit.Profile, changes []credit.Change) error {
				trail = append(trail, changes...)
				return s.SaveProfile(ctx, scope, p, changes)
			},
			changes: func(_ context.Context, _ ledger.Scope, id string) iter.Seq2[credit.Change, error] {
				return func(yield func(credit.Change, error) bool) {
					for _, c := range trail {
						if c.Customer == id && !yield(c, nil) {
							return
						}
					}
				}
			},
		}
	}},
	{"SaveProfile/Concurrent", "it looks, and then writes", 0, func(s store.Store) broken {
		var mu sync.Mutex
		return broken{saveProfile: func(ctx context.Context, scope ledger.Scope, p credit.Profile, changes []credit.Change) error {
			old, err := s.Profile(ctx, scope, p.Customer)
			if err == nil && old.Revision != p.Revision-1 {
				err = credit.ErrStale
			}
			if err != nil {
				return err
			}
			time.Sleep(time.Millisecond)
			mu.Lock()
			defer mu.Unlock()
			if old, err = s.Profile(ctx, scope, p.Customer); err != nil {
				return err
			}
			p.Revision = old.Revision + 1
			return s.SaveProfile(ctx, scope, p, changes)
		}}
	}},
	{"Profiles/Scope", "a scope that views nothing reads profiles", 0, func(s store.Store) broken {
		return broken{profile: func(ctx context.Context, _ ledger.Scope, id string) (credit.Profile, error) {
			return s.Profile(ctx, everywhere(), id)
		}}
	}},
	{"Profiles/Scope", "a scope that views nothing saves profiles", 0, func(s store.Store) broken {
		return broken{saveProfile: func(ctx context.Context, _ ledger.Scope, p credit.Profile, changes []credit.Change) error {
			return s.SaveProfile(ctx, everywhere(), p, changes)
		}}
	}},
	{"Profiles/Scope", "a scope that views nothing has an empty trail", 0, func(s store.Store) broken {
		return broken{changes: func(ctx context.Context, scope ledger.Scope, id string) iter.Seq2[credit.Change, error] {
			if scope.Check() != nil {
				return func(func(credit.Change, error) bool) {}
			}
			return s.Changes(ctx, scope, id)
		}}
	}},
	{"Profiles/Scope", "a profile is for those who view all locations of the customer", 0, func(s store.Store) broken {
		return broken{profile: func(ctx context.Context, scope ledger.Scope, id string) (credit.Profile, error) {
			if a, err := s.Account(ctx, scope, id); err == nil {
				for _, d := range a.Facts().Documents {
					if !scope.Views(d.Location) {
						return credit.Profile{Customer: id}, nil
					}
				}
			}
			return s.Profile(ctx, scope, id)
		}}
	}},
	{"Profiles/Scope", "it asks for modify", 0, func(s store.Store) broken {
		return broken{saveProfile: func(ctx context.Context, scope ledger.Scope, p credit.Profile, changes []credit.Change) error {
			if scope.Check() == nil && len(scope.Modifiable()) == 0 {
				return credit.ErrReadOnly
			}
			return s.SaveProfile(ctx, scope, p, changes)
		}}
	}},
	{"Changes/Order", "the latest first", 0, func(s store.Store) broken {
		return broken{changes: func(ctx context.Context, scope ledger.Scope, id string) iter.Seq2[credit.Change, error] {
			return reordered(s.Changes(ctx, scope, id), slices.Reverse)
		}}
	}},
	{"Changes/Order", "of all customers", 0, func(s store.Store) broken {
		return broken{changes: func(ctx context.Context, scope ledger.Scope, id string) iter.Seq2[credit.Change, error] {
			return func(yield func(credit.Change, error) bool) {
				for _, id := range []string{id, "C2"} {
					for c, err := range s.Changes(ctx, scope, id) {
						if !yield(c, err) {
							return
						}
					}
				}
			}
		}}
	}},
}

var brokenEvery = []breakage{
	{"Every/Snapshot", "live items", 0, func(s store.Store) broken {
		return broken{openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
			return live(func() iter.Seq2[ledger.Item, error] { return s.OpenItems(ctx, q) })
		}}
	}},
	{"Every/Snapshot", "live postings", 0, func(s store.Store) broken {
		return broken{postings: func(ctx context.Context, scope ledger.Scope, id string) iter.Seq2[store.Posting, error] {
			return live(func() iter.Seq2[store.Posting, error] { return s.Postings(ctx, scope, id) })
		}}
	}},
	{"Every/Snapshot", "live records", 0, func(s store.Store) broken {
		return broken{records: func(ctx context.Context, q statement.RecordQuery) iter.Seq2[statement.Record, error] {
			return live(func() iter.Seq2[statement.Record, error] { return s.Records(ctx, q) })
		}}
	}},
	{"Every/Snapshot", "live changes", 0, func(s store.Store) broken {
		return broken{changes: func(ctx context.Context, scope ledger.Scope, id string) iter.Seq2[credit.Change, error] {
			return live(func() iter.Seq2[credit.Change, error] { return s.Changes(ctx, scope, id) })
		}}
	}},
	{"Every/Snapshot", "the first answer for ever", 0, func(s store.Store) broken {
		var first iter.Seq2[credit.Change, error]
		return broken{changes: func(ctx context.Context, scope ledger.Scope, id string) iter.Seq2[credit.Change, error] {
			if first == nil {
				var all []credit.Change
				for c, err := range s.Changes(ctx, scope, id) {
					if err == nil {
						all = append(all, c)
					}
				}
				first = func(yield func(credit.Change, error) bool) {
					for _, c := range all {
						if !yield(c, nil) {
							return
						}
					}
				}
			}
			return first
		}}
	}},
	{"Every/Snapshot", "an iteration locks out writers", hanging, func(s store.Store) broken {
		var mu sync.RWMutex
		return broken{
			openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
				return locked(&mu, s.OpenItems(ctx, q))
			},
			post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
				mu.Lock()
				defer mu.Unlock()
				return s.Post(ctx, scope, p)
			},
		}
	}},
	{"Every/Snapshot", "reading items locks out who saves statements", hanging, func(s store.Store) broken {
		var mu sync.RWMutex
		return broken{
			openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
				return locked(&mu, s.OpenItems(ctx, q))
			},
			saveRecord: func(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
				mu.Lock()
				defer mu.Unlock()
				return s.SaveRecord(ctx, scope, r, since)
			},
		}
	}},
	{"Every/Snapshot", "one connection for all that reads", hanging, func(s store.Store) broken {
		var mu sync.RWMutex
		return broken{
			openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
				return locked(&mu, s.OpenItems(ctx, q))
			},
			account: func(ctx context.Context, scope ledger.Scope, id string) (*ledger.Account, error) {
				mu.Lock()
				defer mu.Unlock()
				return s.Account(ctx, scope, id)
			},
		}
	}},
	{"Every/Break", "an iteration that is stopped locks out writers", hanging, func(s store.Store) broken {
		var mu sync.RWMutex
		return broken{
			records: func(ctx context.Context, q statement.RecordQuery) iter.Seq2[statement.Record, error] {
				return locked(&mu, s.Records(ctx, q))
			},
			saveRecord: func(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
				mu.Lock()
				defer mu.Unlock()
				return s.SaveRecord(ctx, scope, r, since)
			},
		}
	}},
	{"Every/Break", "items go on after the caller stopped", 0, func(s store.Store) broken {
		return broken{openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
			return deaf(s.OpenItems(ctx, q))
		}}
	}},
	{"Every/Break", "postings go on after the caller stopped", 0, func(s store.Store) broken {
		return broken{postings: func(ctx context.Context, scope ledger.Scope, id string) iter.Seq2[store.Posting, error] {
			return deaf(s.Postings(ctx, scope, id))
		}}
	}},
	{"Every/Break", "records go on after the caller stopped", 0, ofRecords(deaf[statement.Record])},
	{"Every/Break", "changes go on after the caller stopped", 0, func(s store.Store) broken {
		return broken{changes: func(ctx context.Context, scope ledger.Scope, id string) iter.Seq2[credit.Change, error] {
			return deaf(s.Changes(ctx, scope, id))
		}}
	}},
	{"Every/Cancelled", "postings are written whatever the context", 0, func(s store.Store) broken {
		return broken{post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
			return s.Post(context.WithoutCancel(ctx), scope, p)
		}}
	}},
	{"Every/Cancelled", "records are written, and then the context is looked at", 0, func(s store.Store) broken {
		return broken{saveRecord: func(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
			return errors.Join(s.SaveRecord(context.WithoutCancel(ctx), scope, r, since), ctx.Err())
		}}
	}},
	{"Every/Cancelled", "profiles are written whatever the context", 0, func(s store.Store) broken {
		return broken{saveProfile: func(ctx context.Context, scope ledger.Scope, p credit.Profile, changes []credit.Change) error {
			return s.SaveProfile(context.WithoutCancel(ctx), scope, p, changes)
		}}
	}},
	{"Every/Cancelled", "sending is marked whatever the context", 0, func(s store.Store) broken {
		return broken{markSent: func(ctx context.Context, scope ledger.Scope, key statement.Key, at time.Time) error {
			return s.MarkSent(context.WithoutCancel(ctx), scope, key, at)
		}}
	}},
	{"Every/Cancelled", "accounts are read whatever the context", 0, func(s store.Store) broken {
		return broken{account: func(ctx context.Context, scope ledger.Scope, id string) (*ledger.Account, error) {
			return s.Account(context.WithoutCancel(ctx), scope, id)
		}}
	}},
	{"Every/Cancelled", "profiles are read whatever the context", 0, func(s store.Store) broken {
		return broken{profile: func(ctx context.Context, scope ledger.Scope, id string) (credit.Profile, error) {
			return s.Profile(context.WithoutCancel(ctx), scope, id)
		}}
	}},
	{"Every/CancelledAmid", "the context of items is looked at once", 0, func(s store.Store) broken {
		return broken{openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
			return buffered(s.OpenItems(ctx, q))
		}}
	}},
	{"Every/CancelledAmid", "the context of postings is looked at once", 0, func(s store.Store) broken {
		return broken{postings: func(ctx context.Context, scope ledger.Scope, id string) iter.Seq2[store.Posting, error] {
			return buffered(s.Postings(ctx, scope, id))
		}}
	}},
	{"Every/CancelledAmid", "the context of records is looked at once", 0, ofRecords(buffered[statement.Record])},
	{"Every/CancelledAmid", "the context of changes is looked at once", 0, func(s store.Store) broken {
		return broken{changes: func(ctx context.Context, scope ledger.Scope, id string) iter.Seq2[credit.Change, error] {
			return buffered(s.Changes(ctx, scope, id))
		}}
	}},
	{"Every/Consistent", "documents first, then what is about them", 0, func(s store.Store) broken {
		return broken{post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error { return inTwo(ctx, s, scope, p) }}
	}},
	{"Every/Consistent", "the profile first, then its trail", 0, func(s store.Store) broken {
		late := map[string][]credit.Change{}
		var mu sync.Mutex
		return broken{
			saveProfile: func(ctx context.Context, scope ledger.Scope, p credit.Profile, changes []credit.Change) error {
				if err := s.SaveProfile(ctx, scope, p, nil); err != nil {
					return err
				}
				time.Sleep(time.Millisecond)
				mu.Lock()
				defer mu.Unlock()
				late[p.Customer] = append(late[p.Customer], changes...)
				return nil
			},
			changes: func(_ context.Context, _ ledger.Scope, id string) iter.Seq2[credit.Change, error] {
				mu.Lock()
				defer mu.Unlock()
				all := slices.Clone(late[id])
				return func(yield func(credit.Change, error) bool) {
					for _, c := range all {
						if !yield(c, nil) {
							return
						}
					}
				}
			},
		}
	}},
}
