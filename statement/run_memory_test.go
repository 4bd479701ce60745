package statement_test

import (
	"context"
	"fmt"
	"iter"
	"runtime"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// stream is a store of any number of customers, who all have the same account,
// that keeps nothing.
type stream struct {
	customers, items int
	account          *ledger.Account
}

func (s stream) id(i int) string { return fmt.Sprintf("C-%06d", i) }

func (s stream) OpenItems(context.Context, ledger.Query) iter.Seq2[ledger.Item, error] {
	return func(yield func(ledger.Item, error) bool) {
		it := ledger.Item{Location: "Leeds", Number: "1", Outstanding: ar.MustMoney("1.00 EUR"), Date: march.From, Due: march.From}
		for i := range s.customers {
			it.Customer = s.id(i)
			for range s.items {
				if !yield(it, nil) {
					return
				}
			}
		}
	}
}

func (s stream) Account(context.Context, ledger.Scope, string) (*ledger.Account, error) {
	return s.account, nil
}

func (stream) SaveRecord(context.Context, ledger.Scope, statement.Record, time.Time) error {
	return nil
}

func (stream) MarkSent(context.Context, ledger.Scope, statement.Key, time.Time) error { return nil }

func (stream) Records(context.Context, statement.RecordQuery) iter.Seq2[statement.Record, error] {
	return func(func(statement.Record, error) bool) {}
}

// heap returns the bytes in use that the garbage collector cannot free.
func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// grown makes n statements and returns by how many bytes the heap was larger
// after the last than after the first hundredth of them.
func grown(tb testing.TB, n int) int64 {
	tb.Helper()
	store := stream{customers: n, items: 2, account: owes(tb, "C-1", "Customer", "invoice 2026-03-15 1.00 EUR", "invoice 2026-03-15 1.00 EUR")}
	r := runFor("r")
	r.Cap, r.Criteria.SkipRecent = n, statement.SkipWeek
	var early, late uint64
	r.Progress = func(x statement.Result) {
		switch x.Created {
		case n / 100:
			early = heap()
		case n:
			late = heap()
		}
	}
	result, err := r.Generate(context.Background(), store, leeds)
	require.NoError(tb, err)
	require.Equal(tb, n, result.Created)
	return int64(late) - int64(early)
}

// With a store that keeps nothing, a run holds no more memory after many
// statements than after few: 16 bytes for each would be too much here.
func TestRunKeepsNoMemory(t *testing.T) {
	const n = 8_000
	require.Less(t, grown(t, n), int64(16*n), "bytes by which the heap grew")
}

// BenchmarkGenerate has the same time per statement for any number, and the heap
// does not grow with it.
func BenchmarkGenerate(b *testing.B) {
	for _, n := range []int{5_000, 50_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			bytes := int64(0)
			for b.Loop() {
				bytes = grown(b, n)
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/statement")
			b.ReportMetric(float64(bytes)/1024, "KiB-grown")
		})
	}
}

func BenchmarkPreview(b *testing.B) {
	store := stream{customers: 5_000, items: 20}
	r := runFor("")
	r.Criteria.Eligible = statement.EligiblePastDue
	b.ReportAllocs()
	for b.Loop() {
		preview, err := r.Preview(context.Background(), store, leeds)
		if err != nil || preview.Eligible != store.customers {
			b.Fatal(preview, err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*store.customers*store.items), "ns/item")
}

// BenchmarkPreviewSource is the least that a preview can take: to read the items.
func BenchmarkPreviewSource(b *testing.B) {
	store := stream{customers: 5_000, items: 20}
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		for _, err := range store.OpenItems(context.Background(), ledger.Query{}) {
			if err == nil {
				n++
			}
		}
		if n != store.customers*store.items {
			b.Fatal(n)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*store.customers*store.items), "ns/item")
}
