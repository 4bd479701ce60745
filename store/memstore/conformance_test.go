package memstore_test

import (
	"context"
	"iter"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
	"github.com/openreceivables/ar/store/memstore"
	"github.com/openreceivables/ar/store/storetest"
)

func TestStore(t *testing.T) {
	storetest.Test(t, func(testing.TB) store.Store { return memstore.New(nil) })
}

// A store that is saved and loaded again after every write keeps all promises
// too.
func TestStoreThatIsLoadedAgain(t *testing.T) {
	storetest.Test(t, func(t testing.TB) store.Store {
		t.Helper()
		return &reloading{store: memstore.New(nil), path: filepath.Join(t.TempDir(), "book.store")}
	})
}

type reloading struct {
	path string

	mu    sync.Mutex
	store *memstore.Store
}

func (r *reloading) now() *memstore.Store {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.store
}

// write goes on with what is loaded of what is saved.
func (r *reloading) write(write func(*memstore.Store) error) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := write(r.store); err != nil {
		return err
	}
	if err := r.store.Save(context.Background(), r.path); err != nil {
		return err
	}
	loaded, err := memstore.Load(context.Background(), r.path, nil)
	r.store = loaded
	return err
}

func (r *reloading) Post(ctx context.Context, scope ledger.Scope, p store.Posting) error {
	return r.write(func(s *memstore.Store) error { return s.Post(ctx, scope, p) })
}

func (r *reloading) SaveRecord(ctx context.Context, scope ledger.Scope, x statement.Record, since time.Time) error {
	return r.write(func(s *memstore.Store) error { return s.SaveRecord(ctx, scope, x, since) })
}

func (r *reloading) MarkSent(ctx context.Context, scope ledger.Scope, key statement.Key, at time.Time) error {
	return r.write(func(s *memstore.Store) error { return s.MarkSent(ctx, scope, key, at) })
}

func (r *reloading) SaveProfile(ctx context.Context, scope ledger.Scope, p credit.Profile, changes []credit.Change) error {
	return r.write(func(s *memstore.Store) error { return s.SaveProfile(ctx, scope, p, changes) })
}

func (r *reloading) Account(ctx context.Context, scope ledger.Scope, customer string) (*ledger.Account, error) {
	return r.now().Account(ctx, scope, customer)
}

func (r *reloading) OpenItems(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
	return r.now().OpenItems(ctx, q)
}

func (r *reloading) Postings(ctx context.Context, scope ledger.Scope, customer string) iter.Seq2[store.Posting, error] {
	return r.now().Postings(ctx, scope, customer)
}

func (r *reloading) Records(ctx context.Context, q statement.RecordQuery) iter.Seq2[statement.Record, error] {
	return r.now().Records(ctx, q)
}

func (r *reloading) Profile(ctx context.Context, scope ledger.Scope, customer string) (credit.Profile, error) {
	return r.now().Profile(ctx, scope, customer)
}

func (r *reloading) Changes(ctx context.Context, scope ledger.Scope, customer string) iter.Seq2[credit.Change, error] {
	return r.now().Changes(ctx, scope, customer)
}
