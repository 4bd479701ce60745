package store_test

import (
	"context"
	"errors"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
	"github.com/openreceivables/ar/store/memstore"
)

// Every entry point, on a store and a mailer that fail at one step: before a call,
// at an element of an iteration, or after a write was done and before the caller
// is told. Where the step fails, or the caller gives up there, the error comes out;
// and the same call again brings the store, to the last byte, to where it had been
// without. Nothing is lost, nothing there twice, nothing half-saved.
func TestAFaultAtEveryStepOfEveryEntryPoint(t *testing.T) {
	for _, e := range faultyEntries() {
		for mode, broken := range map[string]bool{"fails": true, "gives up": false} {
			t.Run(e.name+" "+mode, func(t *testing.T) {
				smooth := newFaulty(t)
				require.NoError(t, e.run(t.Context(), smooth))
				want := smooth.dump()
				require.NotZero(t, smooth.steps)
				for at := 1; at <= smooth.steps; at++ {
					f := newFaulty(t)
					before := f.dump()
					ctx, cancel := context.WithCancel(t.Context())
					f.at, f.fault, f.cancel = at, context.Canceled, cancel
					if broken {
						f.fault, f.cancel = errFault, func() {}
					}
					err := e.run(ctx, f)
					cancel()
					if broken {
						require.ErrorIs(t, err, errFault, "step %d, %s", at, f.what)
					} else if err != nil {
						require.ErrorIs(t, err, context.Canceled, "step %d, %s", at, f.what)
					}
					f.whole()
					if e.reads {
						require.Equal(t, before, f.dump(), "step %d, %s", at, f.what)
					}
					f.at = 0
					require.NoError(t, e.run(t.Context(), f), "again after step %d, %s", at, f.what)
					require.Equal(t, want, f.dump(), "again after step %d, %s", at, f.what)
					if sent := len(f.mails); f.what != "sent" && f.what != "MarkSent" && f.what != "marked" {
						require.Len(t, smooth.mails, sent, "mails, step %d, %s", at, f.what)
					}
				}
			})
		}
	}
}

var errFault = errors.New("connection lost")

// faultyEntry is an entry point. The error is nil only where all was done.
type faultyEntry struct {
	name  string
	reads bool // only
	run   func(ctx context.Context, f *faulty) error
}

func faultyEntries() []faultyEntry {
	noted := func(id string) statement.Request {
		return statement.Request{
			Customer: "A", Run: id, At: noon.Add(time.Hour), Since: noon,
			Options: statement.Options{Period: quarter, Buckets: bucket.Standard(), Overdue: statement.OnStatement},
		}
	}
	run := func() *statement.Run {
		return &statement.Run{
			ID: "month", Now: noon.Add(2 * time.Hour), Options: statement.Options{Buckets: bucket.Standard(), Overdue: statement.OnStatement},
			Criteria: statement.Criteria{All: true, Period: quarter, SkipRecent: statement.SkipWeek},
		}
	}
	key := statement.Key{Run: "before", Customer: "A", Period: february}
	return []faultyEntry{
		{"report", true, func(ctx context.Context, f *faulty) error {
			q := ledger.Query{Scope: f.scope, AsOf: march31}
			_, err := aging.ComputeSeq(f.OpenItems(ctx, q), aging.Options{AsOf: march31, Buckets: bucket.Standard()})
			return err
		}},
		{"Post", false, func(ctx context.Context, f *faulty) error {
			p := store.Posting{Key: "k", Customer: "A", At: noon, By: "user", Facts: ledger.Facts{
				Documents: []ledger.Document{doc(ledger.Invoice, "new", "Leeds", "1.00 EUR"), doc(ledger.Payment, "paid", "Leeds", "1.00 EUR")},
			}}
			p.Facts.Documents[0].Customer, p.Facts.Documents[1].Customer = "A", "A"
			p.Facts.Allocations = []ledger.Allocation{{ID: "x", Credit: "paid", Debit: "new", Amount: ar.MustMoney("1.00 EUR")}}
			return f.Post(ctx, f.scope, p)
		}},
		{"Postings", true, func(ctx context.Context, f *faulty) error { return drain(f.Postings(ctx, f.scope, "")) }},
		{"Preview", true, func(ctx context.Context, f *faulty) error {
			_, err := statement.Preview(ctx, f, f.scope, noted("")) // looks up earlier statements
			return err
		}},
		{"Save", false, func(ctx context.Context, f *faulty) error {
			_, err := statement.Save(ctx, f, f.scope, noted("one"))
			if errors.Is(err, statement.ErrSaved) { // after a fault that came too late
				return nil
			}
			return err
		}},
		{"Email", false, func(ctx context.Context, f *faulty) error {
			_, err := statement.Email(ctx, f, f.scope, noted("one"), f)
			return err
		}},
		{"Find", true, func(ctx context.Context, f *faulty) error {
			_, err := statement.Find(ctx, f, f.scope, key, march31)
			return err
		}},
		{"Resend", false, func(ctx context.Context, f *faulty) error {
			_, err := statement.Resend(ctx, f, f.scope, key, 0, f, noon.Add(time.Hour))
			return err
		}},
		{"RedateLimits", true, func(ctx context.Context, f *faulty) error {
			_, err := statement.RedateLimits(ctx, f, f.scope, "A", "bridge A", 0)
			return err
		}},
		{"Run.Preview", true, func(ctx context.Context, f *faulty) error {
			_, err := run().Preview(ctx, f, f.scope)
			for e, failed := range run().Eligible(ctx, f, f.scope) {
				err = errors.Join(err, failed, e.Err)
			}
			if f.fired() && err == nil { // the preview counts who cannot be judged
				err = f.fault
			}
			return err
		}},
		{"Run.Generate", false, func(ctx context.Context, f *faulty) error {
			result, err := run().Generate(ctx, f, f.scope)
			for _, failure := range result.Failures {
				err = errors.Join(err, failure.Err)
			}
			return err
		}},
		{"CollectInvoices", true, func(ctx context.Context, f *faulty) error {
			return statement.CollectInvoices(ctx, f, f.scope, statement.Selection{Customers: names(), AsOf: march31}, f)
		}},
		{"CollectRuns", true, func(ctx context.Context, f *faulty) error {
			return statement.CollectRuns(ctx, f, f.scope, []string{"before", "none"}, 0, f)
		}},
		{"SendRuns", false, func(ctx context.Context, f *faulty) error {
			sending, err := statement.SendRuns(ctx, f, f.scope, []string{"before"}, 0, f, noon.Add(time.Hour))
			for _, failure := range sending.Failures {
				err = errors.Join(err, failure.Err)
			}
			return err
		}},
		{"credit.Edit", false, func(ctx context.Context, f *faulty) error {
			_, err := credit.Edit(ctx, f, f.scope, "A", credit.Editor{Name: "user", At: noon}, func(p *credit.Profile) {
				p.Remark, p.Status = "late", credit.Watch
			})
			return err
		}},
		{"Profile and Changes", true, func(ctx context.Context, f *faulty) error {
			_, err := f.Profile(ctx, f.scope, "B")
			return errors.Join(err, drain(f.Changes(ctx, f.scope, "B")))
		}},
	}
}

func drain[T any](all iter.Seq2[T, error]) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// faulty is a store, a mailer and a renderer, with a fault at one step.
type faulty struct {
	t     *testing.T
	store *memstore.Store
	scope ledger.Scope
	mails []statement.Key

	steps, at int
	what      string // the step at
	fault     error
	cancel    func()
}

// newFaulty is a world in which something is in every part of the store.
func newFaulty(t *testing.T) *faulty {
	t.Helper()
	w := newWorld(t, "bridge ")
	for _, id := range []string{"A", "B"} {
		q := w.request("before", id, make([]int, 12))
		q.Period = february
		_, err := statement.Save(t.Context(), w.store, w.all, q)
		require.NoError(t, err)
	}
	_, err := credit.Edit(t.Context(), w.store, w.all, "B", credit.Editor{Name: "user", At: noon}, func(p *credit.Profile) { p.Remark = "x" })
	require.NoError(t, err)
	return &faulty{t: t, store: w.store, scope: w.all, cancel: func() {}}
}

// dump is the whole of the store, as its file has it.
func (f *faulty) dump() string {
	path := filepath.Join(f.t.TempDir(), "store")
	require.NoError(f.t, f.store.Save(context.Background(), path))
	data, err := os.ReadFile(path)
	require.NoError(f.t, err)
	return string(data)
}

// whole makes sure that each statement is one, and of a customer and period there
// is one in a run.
func (f *faulty) whole() {
	var keys []statement.Key
	for r, err := range f.store.Records(context.Background(), statement.RecordQuery{Scope: f.scope}) {
		require.NoError(f.t, err)
		_, err = r.Statement()
		require.NoError(f.t, err)
		require.False(f.t, slices.Contains(keys, r.Key))
		require.True(f.t, r.Sent.IsZero() || slices.Contains(f.mails, r.Key), "marked as sent, and was not")
		keys = append(keys, r.Key)
	}
}

func (f *faulty) fired() bool { return f.at > 0 && f.steps >= f.at }

// step is told of what is done next, and returns the fault where it is due.
func (f *faulty) step(what string) error {
	f.steps++
	if f.steps != f.at {
		return nil
	}
	f.what = what
	f.cancel()
	if errors.Is(f.fault, context.Canceled) {
		return nil // whoever looks at the context finds it
	}
	return f.fault
}

// write does something of which there is no word at a fault after it.
func (f *faulty) write(before, after string, do func() error) error {
	if err := f.step(before); err != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	return f.step(after)
}

func read[T any](f *faulty, what string, all iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		if err := f.step(what); err != nil {
			yield(none, err)
			return
		}
		for v, err := range all {
			if err == nil {
				err = f.step("element of " + what)
			}
			if !yield(v, err) || err != nil {
				return
			}
		}
	}
}

func (f *faulty) OpenItems(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
	return read(f, "OpenItems", f.store.OpenItems(ctx, q))
}

func (f *faulty) Account(ctx context.Context, scope ledger.Scope, customer string) (*ledger.Account, error) {
	if err := f.step("Account"); err != nil {
		return nil, err
	}
	return f.store.Account(ctx, scope, customer)
}

func (f *faulty) Post(ctx context.Context, scope ledger.Scope, p store.Posting) error {
	return f.write("Post", "posted", func() error { return f.store.Post(ctx, scope, p) })
}

func (f *faulty) Postings(ctx context.Context, scope ledger.Scope, customer string) iter.Seq2[store.Posting, error] {
	return read(f, "Postings", f.store.Postings(ctx, scope, customer))
}

func (f *faulty) SaveRecord(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
	return f.write("SaveRecord", "saved", func() error { return f.store.SaveRecord(ctx, scope, r, since) })
}

func (f *faulty) MarkSent(ctx context.Context, scope ledger.Scope, key statement.Key, at time.Time) error {
	return f.write("MarkSent", "marked", func() error { return f.store.MarkSent(ctx, scope, key, at) })
}

func (f *faulty) Records(ctx context.Context, q statement.RecordQuery) iter.Seq2[statement.Record, error] {
	return read(f, "Records", f.store.Records(ctx, q))
}

func (f *faulty) Profile(ctx context.Context, scope ledger.Scope, customer string) (credit.Profile, error) {
	if err := f.step("Profile"); err != nil {
		return credit.Profile{}, err
	}
	return f.store.Profile(ctx, scope, customer)
}

func (f *faulty) SaveProfile(ctx context.Context, scope ledger.Scope, p credit.Profile, changes []credit.Change) error {
	return f.write("SaveProfile", "profile saved", func() error { return f.store.SaveProfile(ctx, scope, p, changes) })
}

func (f *faulty) Changes(ctx context.Context, scope ledger.Scope, customer string) iter.Seq2[credit.Change, error] {
	return read(f, "Changes", f.store.Changes(ctx, scope, customer))
}

// Send implements statement.Mailer.
func (f *faulty) Send(ctx context.Context, r statement.Record) error {
	return f.write("Send", "sent", func() error {
		if err := ctx.Err(); err != nil {
			return err
		}
		f.mails = append(f.mails, r.Key)
		return nil
	})
}

// Render implements statement.Renderer.
func (f *faulty) Render(_ context.Context, sheets iter.Seq2[statement.Sheet, error]) error {
	return drain(read(f, "Render", sheets))
}
