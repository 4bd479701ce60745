package kernel

import (
	"math"
	"math/bits"
)

// Found is what Age met in a column.
type Found struct {
	Zeros int   // amounts of 0
	Sum   int64 // of all amounts, modulo 2⁶⁴

	size     uint64 // every bit that any amount has, as if none were negative
	negative int64  // below 0 where an amount is
	bad      int64  // below 0 where a row or a day is out of range
}

// Negative reports whether an amount was below 0.
func (f Found) Negative() bool { return f.negative < 0 }

// Bad reports whether a row or a day was out of range. What Age added then is
// of no use.
func (f Found) Bad() bool { return f.bad < 0 }

// Bound returns a number that the sum of the sizes of the n amounts does not
// exceed, or the largest number where that is too large.
func (f Found) Bound(n int) uint64 {
	hi, lo := bits.Mul64(1<<bits.Len64(f.size), uint64(n))
	if hi > 0 {
		return math.MaxUint64
	}
	return lo
}

// Rows are sums in N rows of Stride cells. After them comes one more, for what
// is out of range. Amounts below 0 go Credits cells further than others.
type Rows struct {
	Cells   []int64
	N       int
	Stride  int
	Credits int
}

// Age adds amount[i] to the cell of row[i] that day[i] falls in: the bucket of
// the offset asOf − day. Rows are from 0 to N−1, days from 1 to maxDay. The
// columns have the same length.
//
// Sums are modulo 2⁶⁴. The loop looks at nothing itself: Found says whether
// what it did is right.
func Age[D ~int32](r Rows, row []int32, day []D, amount []int64, asOf, maxDay D, t Table) (f Found) {
	row, amount = row[:len(day)], amount[:len(day)]
	n := r.N
	for i, d := range day {
		a, k := amount[i], row[i]
		f.Zeros += int((uint64(a) - 1) &^ uint64(a) >> 63)
		f.Sum += a
		f.size |= uint64(a ^ a>>63)
		f.negative |= a
		f.bad |= int64(n-1-int(k)) | int64(k) | int64(d-1) | int64(maxDay-d)
		at := int(min(uint32(k), uint32(n)))*r.Stride + t.Index(int32(asOf-d)) + r.Credits&int(a>>63)
		r.Cells[at] += a
	}
	return f
}

// AgeAll is Age where all items are of row 0.
func AgeAll[D ~int32](r Rows, day []D, amount []int64, asOf, maxDay D, t Table) (f Found) {
	amount = amount[:len(day)]
	// Neighbours often fall in one cell, and an addition has to wait for the
	// one before to reach memory; so four sums take turns.
	var sums [4][2 * 256]int64
	for i, d := range day {
		a := amount[i]
		f.Zeros += int((uint64(a) - 1) &^ uint64(a) >> 63)
		f.Sum += a
		f.size |= uint64(a ^ a>>63)
		f.negative |= a
		f.bad |= int64(d-1) | int64(maxDay-d)
		sums[i&3][t.Index(int32(asOf-d))+256&int(a>>63)] += a
	}
	for i := range r.Stride {
		at := i
		if r.Credits > 0 && i >= r.Credits {
			at += 256 - r.Credits
		}
		r.Cells[i] += sums[0][at] + sums[1][at] + sums[2][at] + sums[3][at]
	}
	return f
}
