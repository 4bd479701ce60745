package allocation_test

import (
	"fmt"
	"math/rand"
	"testing"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/ledger"
)

// columnsOf makes n documents of n/20 accounts in random order.
func columnsOf(n int, most int64, r *rand.Rand) allocation.Columns {
	var c allocation.Columns
	first := ar.MustDate("2025-06-30")
	for range n {
		c.Account = append(c.Account, int32(r.Intn(max(1, n/20))))
		c.Date = append(c.Date, first+ar.Date(r.Intn(460)))
		c.Minor = append(c.Minor, 1+r.Int63n(most))
	}
	return c
}

// BenchmarkOldestFirst is n payments over n invoices, 1.7 lines a payment.
func BenchmarkOldestFirst(b *testing.B) {
	for _, n := range []int{10_000, 100_000, 1_000_000} {
		r := rand.New(rand.NewSource(1))
		debits, credits := columnsOf(n, 9_999_999, r), columnsOf(n, 7_000_000, r)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			var m allocation.Matches
			for b.Loop() {
				var err error
				if m, err = allocation.OldestFirst(debits, credits, 1, m); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/payment")
		})
	}
}

// BenchmarkNew is one account of n invoices and n payments, by a policy whose
// order stays and by one whose order changes with each payment.
func BenchmarkNew(b *testing.B) {
	for _, policy := range []allocation.Policy{allocation.OldestDue, allocation.Largest} {
		for _, n := range []int{20, 200, 2000} {
			r := rand.New(rand.NewSource(1))
			var f ledger.Facts
			for i := range n {
				f.Documents = append(
					f.Documents,
					doc(ledger.Invoice, fmt.Sprintf("I%06d", i), "2026-06-01", fmt.Sprintf("%d.00 EUR", 1+r.Intn(1000))),
					doc(ledger.Payment, fmt.Sprintf("P%06d", i), "2026-06-10", fmt.Sprintf("%d.00 EUR", 1+r.Intn(700))),
				)
			}
			open := must(account(f.Documents...).Available(june(10)))
			o := allocation.Options{Date: june(10), Auto: true, Policies: []allocation.Policy{policy}}
			b.Run(fmt.Sprintf("%s/%d", policy, n), func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if _, err := allocation.New(open, o); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/payment")
			})
		}
	}
}
