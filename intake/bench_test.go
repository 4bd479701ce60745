package intake_test

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/openreceivables/ar/intake"
)

// What reading items costs beside taking the text apart.
func BenchmarkReadItems(b *testing.B) {
	const rows = 100_000
	var text strings.Builder
	text.WriteString(header)
	random := rand.New(rand.NewPCG(1, 2))
	for i := range rows {
		c := random.IntN(1000)
		fmt.Fprintf(
			&text, "C%04d,Customer %d,%d,2026-%02d-%02d,,,,\"%d,%03d.%02d\",EUR,L%d,net 30,,no\n",
			c, c, i, 1+random.IntN(12), 1+random.IntN(28), 1+random.IntN(9), random.IntN(1000), random.IntN(100), random.IntN(5),
		)
	}
	perRow := func(b *testing.B) {
		b.Helper()
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
	}
	b.Run("intake", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(text.Len()))
		for b.Loop() {
			batch, err := intake.ReadItems(strings.NewReader(text.String()), options())
			if err != nil || len(batch.Rows) != rows {
				b.Fatal(len(batch.Rows), err)
			}
		}
		perRow(b)
	})
	b.Run("encoding/csv alone", func(b *testing.B) {
		b.ReportAllocs()
		b.SetBytes(int64(text.Len()))
		for b.Loop() {
			r := csv.NewReader(strings.NewReader(text.String()))
			r.ReuseRecord = true
			n := 0
			for {
				if _, err := r.Read(); err != nil {
					break
				}
				n++
			}
			if n != rows+1 {
				b.Fatal(n)
			}
		}
		perRow(b)
	})
}

// What a ledger of invoices, payments and allocations costs, a row.
func BenchmarkReadLedger(b *testing.B) {
	const n = 30_000
	var documents, allocations strings.Builder
	documents.WriteString(documentHeader)
	allocations.WriteString(allocationHeader)
	for i := range n {
		fmt.Fprintf(&documents, "I%d,invoice,C%04d,,%d,2026-%02d-15,,,,100.00,EUR,,net 30,,,\n", i, i%1000, i, 1+i%12)
		fmt.Fprintf(&documents, "P%d,payment,C%04d,,%d,2026-12-31,,,,60.00,EUR,,,,,\n", i, i%1000, i)
		fmt.Fprintf(&allocations, "A%d,P%d,I%d,,,60.00,,,,,,\n", i, i, i)
	}
	b.ReportAllocs()
	b.SetBytes(int64(documents.Len() + allocations.Len()))
	for b.Loop() {
		l, err := intake.ReadLedger(files(documents.String(), allocations.String(), ""))
		if err != nil || len(l.Accounts) != 1000 {
			b.Fatal(len(l.Accounts), err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/(3*n), "ns/row")
}
