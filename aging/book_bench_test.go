package aging_test

import (
	"os"
	"slices"
	"strconv"
	"testing"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
)

var benchSum int64

// BenchmarkBook measures a book of a million items, or of as many as AR_ITEMS
// says, beside what there is without one: Compute.
func BenchmarkBook(b *testing.B) {
	n := 1_000_000
	if text := os.Getenv("AR_ITEMS"); text != "" {
		var err error
		if n, err = strconv.Atoi(text); err != nil {
			b.Fatal(err)
		}
	}
	set, err := bucket.FromEdges(-1, 0, 30, 60, 90, 120)
	if err != nil {
		b.Fatal(err)
	}
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: set}
	items := book(n, false)
	bench := func(name string, f func(i int) error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				if err := f(i); err != nil {
					b.Fatal(err)
				}
				i++
			}
		})
	}
	bench("Compute", func(int) error {
		_, err := aging.Compute(items, opt)
		return err
	})
	kept, err := aging.NewBook(items, opt)
	if err != nil {
		b.Fatal(err)
	}
	bench("NewBook", func(int) error {
		_, err := aging.NewBook(items, opt)
		return err
	})
	// As many bytes as a report reads, added up: the limit of the machine.
	numbers := slices.Repeat([]int64{1}, n*12/8)
	bench("12 bytes an item", func(int) error {
		benchSum = 0
		var sums [4]int64
		for i := 0; i+4 <= len(numbers); i += 4 {
			sums[0] += numbers[i]
			sums[1] += numbers[i+1]
			sums[2] += numbers[i+2]
			sums[3] += numbers[i+3]
		}
		benchSum = sums[0] + sums[1] + sums[2] + sums[3]
		return nil
	})
	// Past days are those on which some items were not there yet.
	for _, workers := range []int{1, 2} {
		opt.Workers = workers
		wide, err := aging.NewBook(items, opt)
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range []struct {
			name string
			days ar.Date
		}{{"tomorrow", 1}, {"yesterday", -1}, {"a year ago", -365}} {
			var r *aging.Report
			bench("ReportAt/"+c.name+"/"+strconv.Itoa(workers), func(i int) error {
				r, err = wide.ReportAt(opt.AsOf+c.days, r)
				return err
			})
		}
	}
	bench("Roll/one day", func(i int) error { return kept.Roll(opt.AsOf + ar.Date(1-i&1)) })
	bench("Roll/a month", func(i int) error { return kept.Roll(opt.AsOf + ar.Date(30*(1-i&1))) })
	bench("SetOutstanding", func(i int) error {
		amount, err := ar.NewMoney(int64(i)&0xffff, eur)
		if err != nil {
			return err
		}
		return kept.SetOutstanding(aging.Handle(i*7919%n), amount)
	})
	bench("Add and Remove", func(i int) error {
		h, err := kept.Add(items[i*7919%n])
		if err != nil {
			return err
		}
		return kept.Remove(h)
	})
}
