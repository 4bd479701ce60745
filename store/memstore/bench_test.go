package memstore_test

import (
	"context"
	"fmt"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
	"github.com/openreceivables/ar/store/memstore"
)

// large is a store of 50,000 customers with 20 invoices each. It is made once,
// in about two seconds, and only if a benchmark asks for it.
var large = sync.OnceValue(func() *memstore.Store {
	const customers, invoices = 50_000, 20
	s := memstore.New(nil)
	scope, err := ledger.NewScope([]string{"EAST", "WEST"}, []string{"EAST", "WEST"})
	if err != nil {
		panic(err)
	}
	for c := range customers {
		p := opening(fmt.Sprintf("C%05d", c))
		for i := range invoices {
			p.Facts.Documents = append(p.Facts.Documents, ledger.Document{
				ID: fmt.Sprintf("%s-%d", p.Customer, i), Number: fmt.Sprintf("2026/%d", c*invoices+i), Customer: p.Customer,
				Location: []string{"EAST", "WEST"}[i%2], Kind: ledger.Invoice,
				Date: ar.MustDate("2026-01-01") + ar.Date(i*3), Amount: ar.MustMoney("100.00 EUR"),
			})
		}
		if err := s.Post(context.Background(), scope, p); err != nil {
			panic(err)
		}
	}
	return s
})

func opening(customer string) store.Posting {
	return store.Posting{
		Key: "opening", Customer: customer, Details: &ledger.Customer{ID: customer, Name: "Customer " + customer},
		At: time.Date(2026, time.March, 31, 12, 0, 0, 0, time.UTC), By: "import",
	}
}

// The reference is one pass over items in memory.
func BenchmarkOpenItems1M(b *testing.B) {
	s := large()
	scope, err := ledger.NewScope([]string{"EAST", "WEST"}, nil)
	require.NoError(b, err)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var all []ledger.Item
	b.Run("store", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			all = all[:0]
			for it, err := range s.OpenItems(ctx, ledger.Query{Scope: scope, AsOf: ar.MustDate("2026-03-31")}) {
				if err != nil {
					b.Fatal(err)
				}
				all = append(all, it)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(all)), "ns/item")
	})
	b.Run("slice", func(b *testing.B) {
		b.ReportAllocs()
		n := 0
		for b.Loop() {
			n = 0
			for _, err := range ledger.Items(all) {
				if err != nil {
					b.Fatal(err)
				}
				n++
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/item")
	})
}

// An invoice for one of the 50,000 customers, and what the ledger alone takes for
// it. The store keeps them.
func BenchmarkPost(b *testing.B) {
	s := large()
	scope, err := ledger.NewScope([]string{"EAST", "WEST"}, []string{"EAST"})
	require.NoError(b, err)
	n := 0
	next := func() store.Posting {
		n++
		p := opening(fmt.Sprintf("C%05d", n%50_000))
		p.Key, p.Details = fmt.Sprintf("k%d", n), nil
		p.Facts.Documents = []ledger.Document{{
			ID: fmt.Sprintf("new-%d", n), Customer: p.Customer, Location: "EAST", Kind: ledger.Invoice,
			Date: ar.MustDate("2026-03-15"), Amount: ar.MustMoney("100.00 EUR"),
		}}
		return p
	}
	b.Run("store", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if err := s.Post(b.Context(), scope, next()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("ledger", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			p := next()
			a, err := s.Account(b.Context(), scope, p.Customer)
			if err == nil {
				_, err = a.Add(p.Facts)
			}
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkSaveRecord(b *testing.B) {
	scope, err := ledger.NewScope([]string{"EAST"}, nil)
	require.NoError(b, err)
	s := memstore.New(nil)
	at := time.Date(2026, time.March, 31, 12, 0, 0, 0, time.UTC)
	n := 0
	b.ReportAllocs()
	for b.Loop() {
		n++
		r := statement.Record{
			Key:       statement.Key{Run: fmt.Sprint(n / 50_000), Customer: fmt.Sprint(n % 50_000), Period: statement.Period{From: 1, To: 2}},
			Locations: []string{"EAST"}, At: at.Add(time.Duration(n)),
		}
		if err := s.SaveRecord(b.Context(), scope, r, at.AddDate(0, 0, 1)); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSave1M(b *testing.B) {
	s := large()
	path := filepath.Join(b.TempDir(), "book.store")
	b.Run("save", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			require.NoError(b, s.Save(b.Context(), path))
		}
	})
	b.Run("load", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			got, err := memstore.Load(b.Context(), path, nil)
			require.NoError(b, err)
			runtime.KeepAlive(got)
		}
	})
}
