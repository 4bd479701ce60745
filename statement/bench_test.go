package statement_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

func benchItems(n int, random bool) []ledger.Item {
	rng := rand.New(rand.NewPCG(1, 2))
	eur := ar.MustCurrency("EUR")
	to := ar.MustDate("2026-03-31")
	items := make([]ledger.Item, n)
	for i := range items {
		m, _ := ar.NewMoney(1+rng.Int64N(1_000_000), eur)
		due := to + 60 - ar.Date(rng.IntN(460))
		items[i] = ledger.Item{
			Customer: fmt.Sprintf("C%07d", i/20), Number: fmt.Sprint("R", i),
			Outstanding: m, Date: due - 60, Due: due,
		}
	}
	if random {
		rng.Shuffle(n, func(i, j int) { items[i], items[j] = items[j], items[i] })
	}
	return items
}

func BenchmarkByCustomer(b *testing.B) {
	opt := statement.Options{Period: statement.Period{From: ar.MustDate("2026-03-01"), To: ar.MustDate("2026-03-31")}, Buckets: bucket.Standard()}
	for _, n := range []int{100_000, 1_000_000} {
		for _, random := range []bool{false, true} {
			items := benchItems(n, random)
			b.Run(fmt.Sprintf("%d/random=%t", n, random), func(b *testing.B) {
				b.ReportAllocs()
				count := 0
				for b.Loop() {
					for s, err := range statement.ByCustomer(items, opt) {
						if err != nil {
							b.Fatal(err)
						}
						for _, x := range s.All() {
							count += x.Overdue().Sign()
						}
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n/20), "ns/statement")
			})
		}
	}
}
