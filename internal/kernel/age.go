package kernel

import (
	"math"
	"math/bits"
)

// Found is what Age met in a column.
type Found struct {
	Zeros    int  // amounts of 0
	Negative bool // an amount was below 0
	Bad      bool // a row or a day was out of range; the loop ended there

	size int64 // every bit that any amount has, as if none were negative
}

// Bound returns a number that the sum of the sizes of the n amounts does not
// exceed, or the largest number where that is too large.
func (f *Found) Bound(n int) uint64 {
	hi, lo := bits.Mul64(1<<bits.Len64(uint64(f.size)), uint64(n))
	if hi > 0 {
		return math.MaxUint64
	}
	return lo
}

// Ages says in which of N rows of Stride cells amounts are added up, and how.
// Those below 0 go Credits cells further than others.
type Ages struct {
	Cells   []int64
	N       int
	Stride  int
	Credits int

	Table  *Table
	AsOf   int32
	MaxDay int32
}

// Age adds amount[i] to the cell of row[i] that day[i] falls in: the bucket of
// the offset AsOf − day. Rows are from 0 to N−1, days from 1 to MaxDay. The
// columns have the same length.
//
// Sums are modulo 2⁶⁴: Found says whether they can be wrong. What the loops
// ask of each item they can expect the answer to, so that asking costs next to
// nothing.
func Age[D ~int32](g *Ages, row []int32, day []D, amount []int64) (f Found) {
	if !areDays(g, day) {
		f.Bad = true
		return f
	}
	if inRuns(row) {
		ageRuns(g, row, day, amount, &f)
		return f
	}
	for len(day) > 0 && !f.Bad {
		n := min(len(day), staged)
		ageScattered(g, row[:n], day[:n], amount[:n], &f)
		row, day, amount = row[n:], day[n:], amount[n:]
	}
	return f
}

// inRuns reports whether neighbours tend to have the same row, by a sample.
func inRuns(row []int32) bool {
	const samples = 64
	same := 0
	for i := range samples {
		if at := i * (len(row) - 1) / samples; at+1 < len(row) && row[at] == row[at+1] {
			same++
		}
	}
	return same > samples/2
}

// areDays reports whether those that Table looks up are days; the others are
// looked at where they are met.
func areDays[D ~int32](g *Ages, day []D) bool {
	if last := g.AsOf - g.Table.low; last <= g.MaxDay && last >= Window {
		return true
	}
	for _, d := range day {
		if !g.isDay(int32(d)) {
			return false
		}
	}
	return true
}

func (g *Ages) isDay(d int32) bool { return d >= 1 && d <= g.MaxDay }

// ageRuns adds up item by item: what comes next is likely to be near.
func ageRuns[D ~int32](g *Ages, row []int32, day []D, amount []int64, f *Found) {
	for {
		n := ageUsual(g, row, day, amount, f)
		if n == len(day) {
			return
		}
		at := g.cell(row[n], int32(day[n]), amount[n], f)
		if f.Bad {
			return
		}
		g.Cells[at] += amount[n]
		row, day, amount = row[n+1:], day[n+1:], amount[n+1:]
	}
}

// ageUsual adds up items from the front as long as they are as nearly all are: due
// near the as-of date, of an amount above 0. It returns how many. Its loop calls
// nothing, so that all that it works with stays in registers.
func ageUsual[D ~int32](g *Ages, row []int32, day []D, amount []int64, f *Found) (n int) {
	row, amount = row[:len(day)], amount[:len(day)]
	cells, stride, near, base := g.Cells[:g.N*g.Stride], g.Stride, &g.Table.cells, D(g.AsOf-g.Table.low)
	size := f.size
	for i, d := range day {
		a, x := amount[i], uint32(base-d)
		if x >= Window || a <= 0 {
			break
		}
		at := uint64(uint32(row[i]))*uint64(stride) + uint64(near[x]) // too great for a row below 0, too
		if at >= uint64(len(cells)) {
			break
		}
		cells[at] += a
		size |= a
		n++
	}
	f.size = size
	return n
}

// cell returns the cell that an item belongs to, whatever it is like; if it is out
// of range, it is Bad.
func (g *Ages) cell(row, day int32, amount int64, f *Found) int {
	if !g.isDay(day) || uint32(row) >= uint32(g.N) {
		f.Bad = true
		return -1
	}
	if amount == 0 {
		f.Zeros++
	}
	f.Negative = f.Negative || amount < 0
	f.size |= amount ^ amount>>63
	return int(row)*g.Stride + g.Table.Index(g.AsOf-day) + g.Credits&int(amount>>63)
}

// staged is how many items ageScattered takes at a time.
const staged = 512

// ageScattered finds all cells first, and then adds: the shorter a loop that
// waits for memory is, the more of it the processor has under way at once.
func ageScattered[D ~int32](g *Ages, row []int32, day []D, amount []int64, f *Found) {
	var cells [staged]int
	for from := 0; ; from++ {
		from += findUsual(g, row[from:], day[from:], amount[from:], cells[from:], f)
		if from == len(day) {
			break
		}
		cells[from] = g.cell(row[from], int32(day[from]), amount[from], f)
		if f.Bad {
			return
		}
	}
	Scatter(g.Cells, cells[:len(day)], amount)
}

// findUsual is ageUsual, but that it sets cells to where the amounts belong.
func findUsual[D ~int32](g *Ages, row []int32, day []D, amount []int64, cells []int, f *Found) (n int) {
	row, amount, cells = row[:len(day)], amount[:len(day)], cells[:len(day)]
	rows, stride, near, base := uint32(g.N), g.Stride, &g.Table.cells, D(g.AsOf-g.Table.low)
	size := f.size
	for i, d := range day {
		a, x, k := amount[i], uint32(base-d), uint32(row[i])
		if x >= Window || a <= 0 || k >= rows {
			break
		}
		cells[i] = int(k)*stride + int(near[x])
		size |= a
		n++
	}
	f.size = size
	return n
}

// widest is the number of cells that a row may have for debits, as a byte names
// them.
const widest = 256

// AgeAll is Age where all items are of row 0. Without cells for credits there may
// be no amount below 0.
func AgeAll[D ~int32](g *Ages, day []D, amount []int64) (f Found) {
	amount = amount[:len(day)]
	all := *g
	all.N, all.Stride, all.Credits = 1, 2*widest, widest
	if !areDays(g, day) {
		f.Bad = true
		return f
	}
	// Neighbours often fall in one cell, and an addition has to wait for the
	// one before to reach memory; so four sums take turns.
	var sums [4][2 * widest]int64
	for {
		n := addUsual(&all, day, amount, &sums, &f)
		if n == len(day) {
			break
		}
		at := all.cell(0, int32(day[n]), amount[n], &f)
		if f.Bad {
			break
		}
		sums[n&3][at] += amount[n]
		day, amount = day[n+1:], amount[n+1:]
	}
	for i := range g.Stride {
		at := i
		if g.Credits > 0 && i >= g.Credits {
			at += widest - g.Credits
		}
		g.Cells[i] += sums[0][at] + sums[1][at] + sums[2][at] + sums[3][at]
	}
	return f
}

// addUsual is ageUsual for a row of which there are four.
func addUsual[D ~int32](g *Ages, day []D, amount []int64, sums *[4][2 * widest]int64, f *Found) (n int) {
	amount = amount[:len(day)]
	near, base := &g.Table.cells, D(g.AsOf-g.Table.low)
	size := f.size
	for i, d := range day {
		a, x := amount[i], uint32(base-d)
		if x >= Window || a <= 0 {
			break
		}
		sums[i&3][near[x]] += a
		size |= a
		n++
	}
	f.size = size
	return n
}
