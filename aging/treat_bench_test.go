package aging_test

import (
	"fmt"
	"testing"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// BenchmarkDerive treats and converts a report of 50,000 rows, one in five with
// credits, beside a copy of it, which is the least that either does.
func BenchmarkDerive(b *testing.B) {
	const rows = 50_000
	var items []ledger.Item
	for i := range 5 * rows {
		amount := int64(1000 + i%977)
		if i%25 == 0 {
			amount = -amount
		}
		m, err := ar.NewMoney(amount, usd)
		if err != nil {
			b.Fatal(err)
		}
		due := day("2026-06-30") - ar.Date(i*31%150)
		items = append(items, ledger.Item{Customer: fmt.Sprintf("C%07d", i/5), Date: due, Due: due, Outstanding: m})
	}
	r, err := aging.Compute(items, aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()})
	if err != nil {
		b.Fatal(err)
	}
	for _, derive := range []struct {
		name string
		do   func() (*aging.Report, error)
	}{
		{"clone", func() (*aging.Report, error) { return r.Clone(), nil }},
		{"aged", func() (*aging.Report, error) { return r.Treat(aging.CreditsAged) }},
		{"oldest-first", func() (*aging.Report, error) { return r.Treat(aging.CreditsOldestFirst) }},
		{"converted", func() (*aging.Report, error) {
			return r.Convert(aging.Conversion{To: eur, Rates: rates("USD", "0.91"), Rounding: ar.RoundHalfUp})
		}},
	} {
		b.Run(derive.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := derive.do(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
		})
	}
}
