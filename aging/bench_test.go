package aging_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// book makes n items of n/20 customers, by customer or in random order.
func book(n int, byCustomer bool) []ledger.Item {
	r := rand.New(rand.NewSource(1))
	asOf := day("2026-06-30")
	items := make([]ledger.Item, n)
	for i := range items {
		due := asOf + ar.Date(60-r.Intn(461))
		amount, err := ar.NewMoney(1+r.Int63n(9_999_999), eur)
		if err != nil {
			panic(err)
		}
		items[i] = ledger.Item{
			Customer: fmt.Sprintf("C%07d", i/20), Number: fmt.Sprint(i), Date: due - 60, Due: due, Outstanding: amount,
		}
	}
	if !byCustomer {
		r.Shuffle(n, func(i, j int) { items[i], items[j] = items[j], items[i] })
	}
	return items
}

// BenchmarkCompute ages a million items; "int64" is the reference, a map of
// plain sums without a check of any kind.
func BenchmarkCompute(b *testing.B) {
	const n = 1_000_000
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	for _, order := range []string{"by customer", "random"} {
		items := book(n, order == "by customer")
		perItem := func(b *testing.B) {
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/item")
		}
		b.Run(order+"/Compute", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := aging.Compute(items, opt); err != nil {
					b.Fatal(err)
				}
			}
			perItem(b)
		})
		b.Run(order+"/ComputeSeq", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := aging.ComputeSeq(ledger.Items(items), opt); err != nil {
					b.Fatal(err)
				}
			}
			perItem(b)
		})
		b.Run(order+"/disputes apart", func(b *testing.B) {
			items := slices.Clone(items)
			for i := 0; i < n; i += 20 {
				items[i].Flags = ledger.Disputed
			}
			opt := opt
			opt.Apart = ledger.Disputed
			b.ReportAllocs()
			for b.Loop() {
				if _, err := aging.Compute(items, opt); err != nil {
					b.Fatal(err)
				}
			}
			perItem(b)
		})
		b.Run(order+"/int64", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				rows := map[string]*[6]int64{}
				for i := range items {
					row := rows[items[i].Customer]
					if row == nil {
						row = new([6]int64)
						rows[items[i].Customer] = row
					}
					minor, _ := items[i].Outstanding.Minor()
					row[opt.Buckets.Index(opt.AsOf.DaysSince(items[i].Due))] += minor
				}
			}
			perItem(b)
		})
	}
}
