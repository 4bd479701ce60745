package kernel

import (
	"math"
	"math/rand"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var genMinor = rapid.OneOf(
	rapid.Int64Range(-1000, 1000),
	rapid.SampledFrom([]int64{0, 1, -1, math.MaxInt64 >> 8, math.MinInt64 >> 8}),
)

// run is an item as the loops take it, and as one would say it.
type run struct {
	row   int
	day   int32
	minor int64
}

func TestAddRunsIsTheLoopOfRows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const rows, days = 5, 4
		stride := rapid.SampledFrom([]int{2, 4, 8}).Draw(t, "stride")
		credits := rapid.SampledFrom([]int{0, stride}).Draw(t, "credits")
		cellOf := rapid.SliceOfN(rapid.Uint8Range(0, uint8(stride-1)), days, days).Draw(t, "cells")
		var runs []run
		for row := range rows {
			for range rapid.IntRange(1, 4).Draw(t, "items of row") {
				minor := genMinor.Draw(t, "minor")
				if credits == 0 {
					minor = max(minor, -minor)
				}
				runs = append(runs, run{row, rapid.Int32Range(0, days-1).Draw(t, "day"), minor})
			}
		}
		width := stride + credits
		want := make([]int64, rows*width)
		places, amounts := make([]Place, len(runs)), make([]int64, len(runs))
		for i, r := range runs {
			places[i], amounts[i] = Place(r.day), r.minor
			if i == 0 || runs[i-1].row != r.row {
				places[i] |= First
			}
			at := r.row*width + int(cellOf[r.day])
			if r.minor < 0 {
				at += credits
			}
			want[at] += r.minor
		}
		got := make([]int64, len(want))
		cut := rapid.IntRange(0, len(runs)).Draw(t, "cut")
		AddRuns(got, width, credits, -1, places[:cut], amounts[:cut], cellOf)
		row := -1
		if cut > 0 {
			row = runs[cut-1].row
		}
		AddRuns(got, width, credits, row, places[cut:], amounts[cut:], cellOf)
		require.Equal(t, want, got)
	})
}

func TestOpenLeavesOutWhatIsNotOpen(t *testing.T) {
	const never = math.MaxInt32
	rapid.Check(t, func(t *rapid.T) {
		const asOf = 1000
		near := rapid.SampledFrom([]int32{0, 1, asOf - 1, asOf, asOf + 1, 3652059})
		n := rapid.IntRange(0, 20).Draw(t, "items")
		amounts := rapid.SliceOfN(genMinor, n, n).Draw(t, "amounts")
		dated := rapid.SliceOfN(near, n, n).Draw(t, "dated")
		var closed []int32
		if rapid.Bool().Draw(t, "some closed") {
			closed = rapid.SliceOfN(rapid.OneOf(near, rapid.Just[int32](never)), n, n).Draw(t, "closed")
		}
		want := make([]int64, n)
		var future, over, zero int
		for i, a := range amounts {
			switch {
			case dated[i] > asOf:
				future++
			case len(closed) > 0 && closed[i] <= asOf:
				over++
			case a == 0:
				zero++
			default:
				want[i] = a
			}
		}
		got := rapid.SliceOfN(genMinor, n, n).Draw(t, "left from before")
		f, o, z := Open(got, amounts, dated, closed, asOf)
		require.Equal(t, []int{future, over, zero}, []int{f, o, z})
		require.Equal(t, want, got)
	})
}

func TestMoveTakesThereWhatItTakesAway(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const rows, stride = 6, 4
		credits := rapid.SampledFrom([]int{0, stride}).Draw(t, "credits")
		entries := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Entry {
			minor := genMinor.Draw(t, "minor")
			if credits == 0 {
				minor = max(minor, -minor)
			}
			return Entry{Row: rapid.Int32Range(0, rows-1).Draw(t, "row"), Amount: minor}
		}), 0, 20).Draw(t, "entries")
		cell := rapid.IntRange(0, stride-1)
		from, to := cell.Draw(t, "from"), cell.Draw(t, "to")
		width := stride + credits
		want := make([]int64, rows*width)
		got := make([]int64, rows*width)
		for _, e := range entries {
			half := int(e.Row) * width
			if e.Amount < 0 {
				half += credits
			}
			got[half+from] += e.Amount
			want[half+to] += e.Amount
		}
		cut := rapid.IntRange(0, rows).Draw(t, "cut")
		require.Len(t, entries, Move(got[:cut*width], width, credits, 0, entries, from, to))
		require.Len(t, entries, Move(got[cut*width:], width, credits, cut, entries, from, to))
		require.Equal(t, want, got)
	})
}

// BenchmarkAddRuns adds a million items up: most rows are short, and half of all
// items are in the long ones. "rows" is the loop that one would write, "sum"
// adds as many bytes up and does nothing else.
func BenchmarkAddRuns(b *testing.B) {
	const n, days, stride = 1 << 20, 460, 8
	r := rand.New(rand.NewSource(1))
	places, amounts := make([]Place, n), make([]int64, n)
	var begins []int
	for i := range n {
		places[i], amounts[i] = Place(r.Intn(days)), r.Int63n(1e7)
	}
	for i := 0; i < n; i += 1 + int(2/(r.Float64()+0.0001)) {
		places[i] |= First
		begins = append(begins, i)
	}
	cellOf := make([]uint8, days)
	for i := range cellOf {
		cellOf[i] = uint8(min(i/30, 6))
	}
	cells := make([]int64, len(begins)*stride)
	begins = append(begins, n)
	bench := func(name string, loop func()) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				loop()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/item")
		})
	}
	bench("runs", func() {
		clear(cells)
		AddRuns(cells, stride, 0, -1, places, amounts, cellOf)
	})
	bench("rows", func() {
		for row := range len(begins) - 1 {
			sums := cells[row*stride : row*stride+stride]
			clear(sums)
			for i := begins[row]; i < begins[row+1]; i++ {
				sums[cellOf[places[i].Day()]] += amounts[i]
			}
		}
	})
	bench("sum", func() {
		var days, sum int64
		for i, p := range places {
			days += int64(p)
			sum += amounts[i]
		}
		cells[0] = days + sum
	})
}
