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
	if !g.daysAreNear() {
		for _, d := range day {
			if !g.isDay(int32(d)) {
				f.Bad = true
				return f
			}
		}
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

// daysAreNear reports whether all days that Table looks up are days.
func (g *Ages) daysAreNear() bool {
	return g.AsOf-g.Table.low <= g.MaxDay && g.AsOf-g.Table.low-Window >= 0
}

func (g *Ages) isDay(d int32) bool { return d >= 1 && d <= g.MaxDay }

// ageRuns adds up item by item: what comes next is likely to be near.
func ageRuns[D ~int32](g *Ages, row []int32, day []D, amount []int64, f *Found) {
	row, amount = row[:len(day)], amount[:len(day)]
	cells, stride, near, base := g.Cells[:g.N*g.Stride], g.Stride, &g.Table.cells, D(g.AsOf-g.Table.low)
	size := f.size
	for i, d := range day {
		a, at := amount[i], int(uint32(row[i]))*stride // too great for a row below 0, too
		if x := uint32(base - d); x < Window {
			at += int(near[x])
		} else if bucket := g.far(int32(d)); bucket >= 0 {
			at += bucket
		} else {
			f.Bad = true
			break
		}
		if a <= 0 {
			if a == 0 {
				f.Zeros++
			}
			f.Negative = f.Negative || a < 0
			at += g.Credits & int(a>>63)
			size |= a ^ a>>63
		} else {
			size |= a
		}
		if at >= len(cells) {
			f.Bad = true
			break
		}
		cells[at] += a
	}
	f.size = size
}

// far returns the bucket of a day that Table does not look up, or −1 if it is
// no day.
func (g *Ages) far(d int32) int {
	if !g.isDay(d) {
		return -1
	}
	return g.Table.Index(g.AsOf - d)
}

// staged is how many items ageScattered takes at a time.
const staged = 512

// ageScattered finds all cells first, and then adds: the shorter a loop that
// waits for memory is, the more of it the processor has under way at once.
func ageScattered[D ~int32](g *Ages, row []int32, day []D, amount []int64, f *Found) {
	row, amount = row[:len(day)], amount[:len(day)]
	n, stride, near, base := uint32(g.N), g.Stride, &g.Table.cells, D(g.AsOf-g.Table.low)
	var cells [staged]int
	size := f.size
	for i, d := range day {
		a, k := amount[i], uint32(row[i])
		x := uint32(base - d)
		var bucket int
		if x < Window {
			bucket = int(near[x])
		} else if bucket = g.far(int32(d)); bucket < 0 {
			f.Bad = true
			return
		}
		if k >= n {
			f.Bad = true
			return
		}
		at := int(k)*stride + bucket
		if a <= 0 {
			if a == 0 {
				f.Zeros++
			}
			f.Negative = f.Negative || a < 0
			at += g.Credits & int(a>>63)
			size |= a ^ a>>63
		} else {
			size |= a
		}
		cells[i] = at
	}
	f.size = size
	Scatter(g.Cells, cells[:len(day)], amount)
}

// AgeAll is Age where all items are of row 0. Without cells for credits there may
// be no amount below 0.
func AgeAll[D ~int32](g *Ages, day []D, amount []int64) (f Found) {
	amount = amount[:len(day)]
	check := !g.daysAreNear()
	near, base := &g.Table.cells, D(g.AsOf-g.Table.low)
	// Neighbours often fall in one cell, and an addition has to wait for the
	// one before to reach memory; so four sums take turns.
	var sums [4][2 * 256]int64
	var size int64
	for i, d := range day {
		a := amount[i]
		x := uint32(base - d)
		var at int
		if x < Window && !check {
			at = int(near[x])
		} else if at = g.far(int32(d)); at < 0 {
			f.Bad = true
			break
		}
		if a <= 0 {
			if a == 0 {
				f.Zeros++
			}
			f.Negative = f.Negative || a < 0
			at += 256 & int(a>>63)
			size |= a ^ a>>63
		} else {
			size |= a
		}
		sums[i&3][at&511] += a
	}
	f.size = size
	for i := range g.Stride {
		at := i
		if g.Credits > 0 && i >= g.Credits {
			at += 256 - g.Credits
		}
		g.Cells[i] += sums[0][at] + sums[1][at] + sums[2][at] + sums[3][at]
	}
	return f
}
