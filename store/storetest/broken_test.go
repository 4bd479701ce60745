package storetest

import (
	"context"
	"errors"
	"iter"
	"slices"
	"sync"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
)

// broken is a store that keeps all promises but those that a field breaks.
type broken struct {
	store.Store
	openItems   func(context.Context, ledger.Query) iter.Seq2[ledger.Item, error]
	account     func(context.Context, ledger.Scope, string) (*ledger.Account, error)
	post        func(context.Context, ledger.Scope, store.Posting) error
	postings    func(context.Context, ledger.Scope, string) iter.Seq2[store.Posting, error]
	saveRecord  func(context.Context, ledger.Scope, statement.Record, time.Time) error
	markSent    func(context.Context, ledger.Scope, statement.Key, time.Time) error
	records     func(context.Context, statement.RecordQuery) iter.Seq2[statement.Record, error]
	profile     func(context.Context, ledger.Scope, string) (credit.Profile, error)
	saveProfile func(context.Context, ledger.Scope, credit.Profile, []credit.Change) error
	changes     func(context.Context, ledger.Scope, string) iter.Seq2[credit.Change, error]
}

func (b *broken) OpenItems(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
	if b.openItems != nil {
		return b.openItems(ctx, q)
	}
	return b.Store.OpenItems(ctx, q)
}

func (b *broken) Account(ctx context.Context, scope ledger.Scope, customer string) (*ledger.Account, error) {
	if b.account != nil {
		return b.account(ctx, scope, customer)
	}
	return b.Store.Account(ctx, scope, customer)
}

func (b *broken) Post(ctx context.Context, scope ledger.Scope, p store.Posting) error {
	if b.post != nil {
		return b.post(ctx, scope, p)
	}
	return b.Store.Post(ctx, scope, p)
}

func (b *broken) Postings(ctx context.Context, scope ledger.Scope, customer string) iter.Seq2[store.Posting, error] {
	if b.postings != nil {
		return b.postings(ctx, scope, customer)
	}
	return b.Store.Postings(ctx, scope, customer)
}

func (b *broken) SaveRecord(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
	if b.saveRecord != nil {
		return b.saveRecord(ctx, scope, r, since)
	}
	return b.Store.SaveRecord(ctx, scope, r, since)
}

func (b *broken) MarkSent(ctx context.Context, scope ledger.Scope, key statement.Key, at time.Time) error {
	if b.markSent != nil {
		return b.markSent(ctx, scope, key, at)
	}
	return b.Store.MarkSent(ctx, scope, key, at)
}

func (b *broken) Records(ctx context.Context, q statement.RecordQuery) iter.Seq2[statement.Record, error] {
	if b.records != nil {
		return b.records(ctx, q)
	}
	return b.Store.Records(ctx, q)
}

func (b *broken) Profile(ctx context.Context, scope ledger.Scope, customer string) (credit.Profile, error) {
	if b.profile != nil {
		return b.profile(ctx, scope, customer)
	}
	return b.Store.Profile(ctx, scope, customer)
}

func (b *broken) SaveProfile(ctx context.Context, scope ledger.Scope, p credit.Profile, changes []credit.Change) error {
	if b.saveProfile != nil {
		return b.saveProfile(ctx, scope, p, changes)
	}
	return b.Store.SaveProfile(ctx, scope, p, changes)
}

func (b *broken) Changes(ctx context.Context, scope ledger.Scope, customer string) iter.Seq2[credit.Change, error] {
	if b.changes != nil {
		return b.changes(ctx, scope, customer)
	}
	return b.Store.Changes(ctx, scope, customer)
}

// The ways to break a sequence.

// reordered yields the elements in another order, and errors where they come.
func reordered[T any](seq iter.Seq2[T, error], order func([]T)) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var all []T
		for x, err := range seq {
			if err != nil {
				yield(x, err)
				return
			}
			all = append(all, x)
		}
		order(all)
		for _, x := range all {
			if !yield(x, nil) {
				return
			}
		}
	}
}

// changed yields what a function makes of the elements.
func changed[T any](seq iter.Seq2[T, error], change func(T) T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for x, err := range seq {
			if err == nil {
				x = change(x)
			}
			if !yield(x, err) {
				return
			}
		}
	}
}

// live asks anew for each element, and skips those before.
func live[T any](ask func() iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for n := 0; ; n++ {
			i := 0
			for x, err := range ask() {
				if i++; i > n {
					if !yield(x, err) || err != nil {
						return
					}
					break
				}
			}
			if i <= n {
				return
			}
		}
	}
}

// deaf goes on after the caller stopped.
func deaf[T any](seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for x, err := range seq {
			yield(x, err)
		}
	}
}

// locked holds a lock while it yields, and for ever where the caller stops.
func locked[T any](mu *sync.RWMutex, seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		mu.RLock()
		for x, err := range seq {
			if !yield(x, err) {
				return
			}
		}
		mu.RUnlock()
	}
}

// buffered reads all before it yields the first.
func buffered[T any](seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	return reordered(seq, func([]T) {})
}

// breakage is a way not to keep a promise, and the case that has to find it.
type breakage struct {
	caught string // the case's name
	how    string
	limit  time.Duration // zero: so long that it does not matter
	of     func(store.Store) broken
}

// hanging is how long to wait for what never comes.
const hanging = 300 * time.Millisecond

var breakages = slices.Concat(brokenItems, brokenPosts, brokenRedates, brokenRecords, brokenProfiles, brokenEvery)

var brokenItems = []breakage{
	{"OpenItems/Order", "customers in the order of posting", 0, func(s store.Store) broken {
		var seen []string
		return broken{
			post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
				if !slices.Contains(seen, p.Customer) {
					seen = append(seen, p.Customer)
				}
				return s.Post(ctx, scope, p)
			},
			openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
				return reordered(s.OpenItems(ctx, q), func(all []ledger.Item) {
					slices.SortStableFunc(all, func(x, y ledger.Item) int {
						return slices.Index(seen, x.Customer) - slices.Index(seen, y.Customer)
					})
				})
			},
		}
	}},
	{"OpenItems/Order", "by date, whosever they are", 0, func(s store.Store) broken {
		return broken{openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
			return reordered(s.OpenItems(ctx, q), func(all []ledger.Item) {
				slices.SortStableFunc(all, func(x, y ledger.Item) int { return x.Date.DaysSince(y.Date) })
			})
		}}
	}},
	{"OpenItems/AsOf", "what is open now, whatever the date", 0, func(s store.Store) broken {
		return broken{openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
			if q.AsOf.Valid() {
				q.AsOf = ar.MaxDate
			}
			return s.OpenItems(ctx, q)
		}}
	}},
	{"OpenItems/AsOf", "residuals of 0.01 hidden", 0, func(s store.Store) broken {
		return broken{openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
			return func(yield func(ledger.Item, error) bool) {
				for it, err := range s.OpenItems(ctx, q) {
					minor, small := it.Outstanding.Minor()
					if err == nil && small && minor == -1 {
						continue
					}
					if !yield(it, err) {
						return
					}
				}
			}
		}}
	}},
	{"OpenItems/Large", "a page of 1000 and no more", 0, func(s store.Store) broken {
		return broken{openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
			return func(yield func(ledger.Item, error) bool) {
				n := 0
				for it, err := range s.OpenItems(ctx, q) {
					if n++; n > 1000 || !yield(it, err) {
						return
					}
				}
			}
		}}
	}},
	{"OpenItems/Customers", "a query for each customer asked for", 0, func(s store.Store) broken {
		return broken{openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
			return func(yield func(ledger.Item, error) bool) {
				all := q.Customers
				if len(all) == 0 {
					all = []string{""}
				}
				for _, c := range all {
					if c != "" {
						q.Customers = []string{c}
					}
					for it, err := range s.OpenItems(ctx, q) {
						if !yield(it, err) {
							return
						}
					}
				}
			}
		}}
	}},
	{"OpenItems/Scope", "all locations for everybody", 0, func(s store.Store) broken {
		return broken{openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
			if q.Check() == nil {
				q.Scope = everywhere()
			}
			return s.OpenItems(ctx, q)
		}}
	}},
	{"OpenItems/Refusals", "an empty result for a scope that views nothing", 0, func(s store.Store) broken {
		return broken{openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
			if q.Scope.Check() != nil {
				return ledger.Items(nil)
			}
			return s.OpenItems(ctx, q)
		}}
	}},
	{"Account/Facts", "the statuses are lost", 0, func(s store.Store) broken {
		return broken{account: func(ctx context.Context, scope ledger.Scope, id string) (*ledger.Account, error) {
			a, err := s.Account(ctx, scope, id)
			if err != nil {
				return nil, err
			}
			f := a.Facts()
			f.Statuses = nil
			return ledger.NewAccount(a.Customer(), f, nil)
		}}
	}},
	{"Account/Unknown", "an empty account for a customer that is not there", 0, func(s store.Store) broken {
		return broken{account: func(ctx context.Context, scope ledger.Scope, id string) (*ledger.Account, error) {
			a, err := s.Account(ctx, scope, id)
			if errors.Is(err, ledger.ErrUnknownCustomer) {
				return new(ledger.Account), nil
			}
			return a, err
		}}
	}},
	{"Account/Scope", "only the documents that the scope views", 0, func(s store.Store) broken {
		return broken{account: func(ctx context.Context, scope ledger.Scope, id string) (*ledger.Account, error) {
			a, err := s.Account(ctx, scope, id)
			if err != nil {
				return nil, err
			}
			hidden := func(d ledger.Document) bool { return !scope.Views(d.Location) }
			f := a.Facts()
			if !slices.ContainsFunc(f.Documents, hidden) {
				return a, nil
			}
			return ledger.NewAccount(a.Customer(), documents(slices.DeleteFunc(slices.Clone(f.Documents), hidden)...), nil)
		}}
	}},
	{"Account/Scope", "no such customer where the scope views none of the documents", 0, func(s store.Store) broken {
		return broken{account: func(ctx context.Context, scope ledger.Scope, id string) (*ledger.Account, error) {
			a, err := s.Account(ctx, scope, id)
			if err == nil && !slices.ContainsFunc(a.Facts().Documents, func(d ledger.Document) bool { return scope.Views(d.Location) }) {
				return nil, ledger.ErrUnknownCustomer
			}
			return a, err
		}}
	}},
	{"Account/Scope", "a scope that views nothing reads", 0, func(s store.Store) broken {
		return broken{account: func(ctx context.Context, _ ledger.Scope, id string) (*ledger.Account, error) {
			return s.Account(ctx, everywhere(), id)
		}}
	}},
	{"Account/Scope", "it looks for the customer first", 0, func(s store.Store) broken {
		return broken{account: func(ctx context.Context, scope ledger.Scope, id string) (*ledger.Account, error) {
			if _, err := s.Account(ctx, everywhere(), id); err != nil {
				return nil, err
			}
			return s.Account(ctx, scope, id)
		}}
	}},
}

// inTwo writes documents before the facts about them.
func inTwo(ctx context.Context, s store.Store, scope ledger.Scope, p store.Posting) error {
	if len(p.Facts.Documents) == 0 || len(p.Facts.Allocations) == 0 {
		return s.Post(ctx, scope, p)
	}
	first, second := p, p
	first.Facts = documents(p.Facts.Documents...)
	second.Key += " (2)"
	second.Facts.Documents = nil
	if err := s.Post(ctx, scope, first); err != nil {
		return err
	}
	time.Sleep(time.Millisecond)
	return s.Post(ctx, scope, second)
}

var brokenPosts = []breakage{
	{"Post/Atomic", "documents first, then what is about them", 0, func(s store.Store) broken {
		return broken{post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error { return inTwo(ctx, s, scope, p) }}
	}},
	{"Post/Refusals", "errors as texts", 0, func(s store.Store) broken {
		return broken{post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
			if err := s.Post(ctx, scope, p); err != nil {
				return errors.New(err.Error())
			}
			return nil
		}}
	}},
	{"Post/Refusals", "IDs unique only within a customer", 0, func(s store.Store) broken {
		return broken{post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
			err := s.Post(ctx, scope, p)
			if a, none := s.Account(ctx, everywhere(), p.Customer); errors.Is(err, ledger.ErrDuplicateID) && none == nil {
				if _, fits := a.Add(p.Facts); fits == nil {
					return nil
				}
			}
			return err
		}}
	}},
	{"Post/Repeat", "a key that is used is a success, whatever comes", 0, func(s store.Store) broken {
		return broken{post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
			if err := s.Post(ctx, scope, p); !errors.Is(err, store.ErrKeyUsed) {
				return err
			}
			return nil
		}}
	}},
	{"Post/Repeat", "keys are forgotten", 0, func(s store.Store) broken {
		n := 0
		return broken{post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
			n++
			p.Key += time.Duration(n).String()
			return s.Post(ctx, scope, p)
		}}
	}},
	{"Post/Scope", "only the documents of the posting itself are looked at", 0, func(s store.Store) broken {
		return broken{post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
			own := p
			own.Facts = documents(p.Facts.Documents...)
			if err := errors.Join(scope.Check(), scope.CheckModify(own.Locations(nil)...)); err != nil && len(own.Facts.Documents) > 0 {
				return err
			}
			return s.Post(ctx, everywhere(), p)
		}}
	}},
	{"Post/Hidden", "it names whatever it finds", 0, func(s store.Store) broken {
		return broken{post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
			if err := errors.Join(scope.Check(), scope.CheckModify(p.Locations(nil)...)); err != nil {
				return err
			}
			return s.Post(ctx, everywhere(), p)
		}}
	}},
	{"Post/Hidden", "an allocation that another came along with is missed where it is hidden", 0, func(s store.Store) broken {
		return broken{post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
			if a, _ := s.Account(ctx, everywhere(), p.Customer); a != nil && !scope.Views("WEST") {
				for _, x := range a.Facts().Allocations {
					along := store.Posting{Facts: allocations(x)}
					if x.With != "" && slices.Contains(along.Locations(a), "WEST") {
						return &ledger.FactError{Fact: &x, Err: ledger.ErrUnknownAllocation}
					}
				}
			}
			return s.Post(ctx, scope, p)
		}}
	}},
	{"Post/Hidden", "a location that is not viewed is named in the error", 0, func(s store.Store) broken {
		return broken{post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
			a, _ := s.Account(ctx, everywhere(), p.Customer)
			if err := scope.CheckModify(p.Locations(a)...); err != nil {
				return err
			}
			return s.Post(ctx, scope, p)
		}}
	}},
	{"Post/Details", "details are taken only once", 0, func(s store.Store) broken {
		return broken{post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
			if a, _ := s.Account(ctx, everywhere(), p.Customer); a != nil && p.Details != nil {
				c := a.Customer()
				p.Details = &c
			}
			return s.Post(ctx, scope, p)
		}}
	}},
	{"Post/Details", "later terms move earlier due dates", 0, func(s store.Store) broken {
		latest := func(a *ledger.Account) (*ledger.Account, error) {
			f := a.Facts()
			f.Documents = slices.Clone(f.Documents)
			for i := range f.Documents {
				if d := &f.Documents[i]; d.Due == d.Date || !d.Terms.IsZero() {
					d.Due, d.Terms = 0, duedate.Terms{}
				}
			}
			return ledger.NewAccount(a.Customer(), f, nil)
		}
		return broken{openItems: func(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
			return func(yield func(ledger.Item, error) bool) {
				a, err := s.Account(ctx, everywhere(), "C1")
				if err == nil {
					a, err = latest(a)
				}
				if err != nil {
					yield(ledger.Item{}, err)
					return
				}
				q.Scope.Items(a.Items(q.AsOf))(yield)
			}
		}}
	}},
	{"Post/Kept", "the facts of the caller, not copies", 0, keepsPostings},
	{"Postings/Own", "the facts of the store, not copies", 0, keepsPostings},
	{"Post/Concurrent", "the last writer wins", 0, func(s store.Store) broken {
		return broken{post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
			err := s.Post(ctx, scope, p)
			if errors.Is(err, ledger.ErrOverApplied) {
				return nil // as if it wrote over the others
			}
			return err
		}}
	}},
	{"Postings/Order", "by time", 0, func(s store.Store) broken {
		return broken{postings: func(ctx context.Context, scope ledger.Scope, customer string) iter.Seq2[store.Posting, error] {
			return reordered(s.Postings(ctx, scope, customer), func(all []store.Posting) {
				slices.SortStableFunc(all, func(x, y store.Posting) int { return x.At.Compare(y.At) })
			})
		}}
	}},
	{"Postings/Order", "without the author", 0, func(s store.Store) broken {
		return broken{postings: func(ctx context.Context, scope ledger.Scope, customer string) iter.Seq2[store.Posting, error] {
			return changed(s.Postings(ctx, scope, customer), func(p store.Posting) store.Posting {
				p.By = ""
				return p
			})
		}}
	}},
	{"Postings/Scope", "only the locations of its documents count", 0, postingsAt(func(p *store.Posting, _ *ledger.Account) []string {
		own := store.Posting{Facts: documents(p.Facts.Documents...)}
		return own.Locations(nil)
	})},
	{"Postings/Scope", "what an allocation came along with does not count", 0, postingsAt(func(p *store.Posting, a *ledger.Account) []string {
		alone := *p
		alone.Facts.Allocations = slices.Clone(p.Facts.Allocations)
		for i := range alone.Facts.Allocations {
			alone.Facts.Allocations[i].With = ""
		}
		return alone.Locations(a)
	})},
}

// postingsAt leaves out the postings that touch a hidden location, by its own idea
// of what they touch.
func postingsAt(locations func(p *store.Posting, a *ledger.Account) []string) func(store.Store) broken {
	return func(s store.Store) broken {
		return broken{postings: func(ctx context.Context, scope ledger.Scope, customer string) iter.Seq2[store.Posting, error] {
			return func(yield func(store.Posting, error) bool) {
				if err := scope.Check(); err != nil {
					yield(store.Posting{}, err)
					return
				}
				for p, err := range s.Postings(ctx, everywhere(), customer) {
					a, none := s.Account(ctx, everywhere(), p.Customer)
					hidden := slices.ContainsFunc(locations(&p, a), func(l string) bool { return !scope.Views(l) })
					if !hidden && !yield(p, errors.Join(err, none)) {
						return
					}
				}
			}
		}}
	}
}

// keepsPostings gives back the very slices that it was given, time and again.
func keepsPostings(s store.Store) broken {
	var kept []store.Posting
	return broken{
		post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
			if err := s.Post(ctx, scope, p); err != nil {
				return err
			}
			kept = append(kept, p)
			return nil
		},
		postings: func(context.Context, ledger.Scope, string) iter.Seq2[store.Posting, error] {
			return func(yield func(store.Posting, error) bool) {
				for _, p := range kept {
					if !yield(p, nil) {
						return
					}
				}
			}
		},
	}
}
