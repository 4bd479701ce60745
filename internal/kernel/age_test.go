package kernel

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// aged is a column of items as Age takes it.
type aged struct {
	row    []int32
	day    []int32
	amount []int64
}

// want adds the items up one by one, each where the edges put it.
func (c *aged) want(g *Ages, upper []int) (cells []int64, f Found) {
	cells = slices.Clone(g.Cells)
	for i, a := range c.amount {
		if c.day[i] < 1 || c.day[i] > g.MaxDay || c.row[i] < 0 || int(c.row[i]) >= g.N {
			return nil, Found{Bad: true}
		}
		bucket := 0
		for bucket < len(upper) && int(g.AsOf)-int(c.day[i]) > upper[bucket] {
			bucket++
		}
		at := int(c.row[i])*g.Stride + bucket
		switch {
		case a == 0:
			f.Zeros++
		case a < 0:
			f.Negative = true
			at += g.Credits
		}
		cells[at] += a
	}
	return cells, f
}

// bound is the least number that Bound may return, but for what is too large.
func (c *aged) bound() (sum uint64) {
	for _, a := range c.amount {
		size := uint64(a)
		if a < 0 {
			size = -size
		}
		if sum += size; sum < size {
			return math.MaxUint64
		}
	}
	return sum
}

// requireFound holds what Age found to what there is.
func (c *aged) requireFound(t *rapid.T, want, got Found) {
	require.Equal(t, want.Bad, got.Bad)
	if got.Bad {
		return // the rest is as far as the loop came
	}
	require.Equal(t, want.Zeros, got.Zeros)
	require.Equal(t, want.Negative, got.Negative)
	require.GreaterOrEqual(t, got.Bound(len(c.amount)), c.bound())
}

const (
	midway  = 739797  // 30 June 2026
	lastDay = 3652059 // 31 December 9999
)

// genAges draws where to add up, and the edges of the buckets: on most days all
// that the table looks up are days, on the first and last of the calendar not.
func genAges(t *rapid.T, rows int) (*Ages, []int) {
	upper := rapid.SliceOfNDistinct(rapid.IntRange(-60, 120), 0, 6, rapid.ID[int]).Draw(t, "upper")
	slices.Sort(upper)
	g := &Ages{N: rows, Table: NewTable(upper), MaxDay: lastDay}
	g.AsOf = rapid.SampledFrom([]int32{midway, midway, midway, 1, 300, lastDay - 100, lastDay}).Draw(t, "as of")
	stride := Stride(len(upper) + 1)
	g.Stride, g.Credits = stride, rapid.SampledFrom([]int{0, stride}).Draw(t, "credits")
	g.Stride += g.Credits
	g.Cells = rapid.SliceOfN(rapid.Int64Range(-9, 9), rows*g.Stride, rows*g.Stride).Draw(t, "what is there")
	return g, upper
}

// genDay is a day near the as-of date, far from it, at the ends of the table's
// look-up, or an end of the calendar.
func genDay(g *Ages) *rapid.Generator[int32] {
	valid := func(d int32) int32 { return min(max(d, 1), g.MaxDay) }
	low := g.AsOf - g.Table.low
	return rapid.Map(rapid.OneOf(
		rapid.Int32Range(g.AsOf-200, g.AsOf+100), rapid.Int32Range(g.AsOf-5000, g.AsOf+5000),
		rapid.SampledFrom([]int32{1, lastDay, low, low + 1, low - Window + 1, low - Window}),
	), valid)
}

// genAged draws items, in runs of one row or in any order, perhaps one of them of
// no row or no day.
func genAged(t *rapid.T, g *Ages) (c aged) {
	days := genDay(g)
	runs := rapid.Bool().Draw(t, "in runs")
	kinds := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) run {
		return run{rapid.IntRange(0, g.N-1).Draw(t, "row"), days.Draw(t, "day"), genMinor.Draw(t, "minor")}
	}), 1, 20).Draw(t, "items")
	// They come again and again, to fill what Age takes at a time.
	n := rapid.SampledFrom([]int{1, len(kinds), staged - 1, staged, staged + 1, 2*staged + 7}).Draw(t, "number")
	length := 1
	if runs {
		length = rapid.IntRange(4, 100).Draw(t, "length of runs")
	}
	for i := range n {
		k := kinds[i%len(kinds)]
		c.row = append(c.row, int32(kinds[i/length%len(kinds)].row))
		c.day, c.amount = append(c.day, k.day), append(c.amount, k.minor)
	}
	at := rapid.IntRange(0, n-1).Draw(t, "at")
	switch rapid.SampledFrom([]string{"", "", "", "", "row", "day"}).Draw(t, "wrong") {
	case "row":
		c.row[at] = rapid.SampledFrom([]int32{-1, int32(g.N), math.MinInt32, math.MaxInt32}).Draw(t, "no row")
	case "day":
		c.day[at] = rapid.SampledFrom([]int32{0, -1, lastDay + 1, math.MinInt32, math.MaxInt32}).Draw(t, "no day")
	}
	return c
}

func TestAgeIsTheLoopOfItems(t *testing.T) {
	inRunsOf := map[bool]int{}
	rapid.Check(t, func(t *rapid.T) {
		g, upper := genAges(t, rapid.IntRange(1, 9).Draw(t, "rows"))
		c := genAged(t, g)
		want, wanted := c.want(g, upper)
		inRunsOf[inRuns(c.row)]++
		found := Age(g, c.row, c.day, c.amount)
		c.requireFound(t, wanted, found)
		if !found.Bad {
			require.Equal(t, want, g.Cells)
		}
	})
	require.Positive(t, inRunsOf[true], "no column came in runs")
	require.Positive(t, inRunsOf[false], "all columns came in runs")
}

// Whatever the order of a column, both loops say the same of it: which of them
// Age takes is a matter of time only.
func TestBothLoopsOfAgeAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, _ := genAges(t, rapid.IntRange(1, 9).Draw(t, "rows"))
		g.AsOf = midway // for Age looks at the days first where they are not near
		c := genAged(t, g)
		scattered := *g
		scattered.Cells = slices.Clone(g.Cells)
		var inRuns, staging Found
		ageRuns(g, c.row, c.day, c.amount, &inRuns)
		for i := 0; i < len(c.day) && !staging.Bad; i += staged {
			end := min(i+staged, len(c.day))
			ageScattered(&scattered, c.row[i:end], c.day[i:end], c.amount[i:end], &staging)
		}
		require.Equal(t, inRuns.Bad, staging.Bad)
		if !inRuns.Bad {
			require.Equal(t, inRuns, staging)
			require.Equal(t, g.Cells, scattered.Cells)
		}
	})
}

func TestAgeAllIsTheLoopOfItemsOfOneRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, upper := genAges(t, 1)
		c := genAged(t, g)
		clear(c.row)
		want, wanted := c.want(g, upper)
		found := AgeAll(g, c.day, c.amount)
		c.requireFound(t, wanted, found)
		if found.Bad || found.Negative && g.Credits == 0 {
			return // it has no cell for credits then
		}
		require.Equal(t, want, g.Cells)
	})
}

// As many cells as a byte can name, for debits and for credits.
func TestAgeAllOfAllCells(t *testing.T) {
	upper := make([]int, 255)
	for i := range upper {
		upper[i] = i
	}
	g := &Ages{N: 1, Stride: 512, Credits: 256, Table: NewTable(upper), AsOf: midway, MaxDay: lastDay, Cells: make([]int64, 512)}
	var day []int32
	var amount []int64
	for i := range int32(256) {
		day, amount = append(day, midway-i, midway-i), append(amount, int64(i)+1, -int64(i)-1)
	}
	f := AgeAll(g, day, amount)
	require.False(t, f.Bad)
	for i := range 256 {
		require.Equal(t, int64(i)+1, g.Cells[i])
		require.Equal(t, -int64(i)-1, g.Cells[256+i])
	}
}
