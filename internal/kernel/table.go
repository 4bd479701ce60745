// Package kernel holds the hot loops: plain integers in, plain integers out,
// no decimals, no interfaces, no allocation per item. Package aging says what
// the numbers mean and proves the loops against exact arithmetic.
package kernel

// Span bounds day offsets: two days of the years 1–9999 are never further
// apart.
const Span = 3652058

// Table finds the bucket of a day offset by one look-up. The offsets below the
// first edge and those above the last are clamped to the table's ends.
type Table struct {
	low   int // offset of the first cell
	cells []uint8
}

// NewTable returns the table of len(upper)+1 buckets, at most 256, whose upper
// edges, inclusive and ascending, are given; the last bucket has none.
func NewTable(upper []int) Table {
	if len(upper) == 0 {
		return Table{cells: []uint8{0}}
	}
	low := max(upper[0], -Span)
	high := min(upper[len(upper)-1], Span) + 1
	t := Table{low: low, cells: make([]uint8, max(high-low, 0)+1)}
	bucket := 0
	for i := range t.cells {
		for bucket < len(upper) && low+i > upper[bucket] {
			bucket++
		}
		t.cells[i] = uint8(bucket)
	}
	return t
}

// Index returns the bucket of an offset.
//
// The clamp is made of shifts, because min and max compile to jumps where their
// result is an index, and offsets are anything but predictable.
func (t Table) Index(offset int32) int {
	x := int(offset) - t.low
	x &^= x >> 63
	x -= len(t.cells) - 1
	x &= x >> 63
	return int(t.cells[x+len(t.cells)-1])
}
