package bucket_test

import (
	"sort"
	"testing"

	"github.com/openreceivables/ar/bucket"
)

// offsets hop over the buckets in an order that a branch predictor cannot learn.
func offsets() []int {
	os := make([]int, 1<<12)
	x := uint32(2463534242)
	for i := range os {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		os[i] = int(x%220) - 60
	}
	return os
}

var benchSink int

func BenchmarkIndex(b *testing.B) {
	os := offsets()
	bench := func(name string, index func(int) int) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				benchSink += index(os[i&(len(os)-1)])
				i++
			}
		})
	}
	standard := bucket.Standard()
	bench("Standard", func(o int) int { return standard.Index(o) })
	bench("Standard/compare-chain", compareChain)
	upper := standard.Edges()
	bench("Standard/sort.Search", func(o int) int {
		return sort.Search(len(upper), func(i int) bool { return o <= upper[i] })
	})
	daily, err := bucket.Periods(240, 1, bucket.Days)
	if err != nil {
		b.Fatal(err)
	}
	bench("Daily", func(o int) int { return daily.Index(o) })
	days := daily.Edges()
	bench("Daily/sort.Search", func(o int) int {
		return sort.Search(len(days), func(i int) bool { return o <= days[i] })
	})
}

func compareChain(o int) int {
	switch {
	case o <= 0:
		return 0
	case o <= 30:
		return 1
	case o <= 60:
		return 2
	case o <= 90:
		return 3
	case o <= 120:
		return 4
	}
	return 5
}
