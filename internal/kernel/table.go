// Package kernel holds the hot loops: plain integers in, plain integers out,
// no decimals, no interfaces, no allocation per item. Package aging says what
// the numbers mean and proves the loops against exact arithmetic.
package kernel

import "sort"

// Table finds the bucket of a day offset: by one look-up if it is near the
// first edge, as nearly all are, and else by a search.
type Table struct {
	low   int32 // offset of the first cell
	cells [Window]uint8
	upper []int
}

// Window is the number of offsets that are looked up, and before how many of
// them lie before the first edge. It takes in five years of overdue items.
const (
	Window = 1 << 11
	before = 1 << 8
)

// NewTable returns the table of len(upper)+1 buckets, at most 256, whose upper
// edges, inclusive, ascending and no further from 0 than four dates can be, are
// given; the last bucket has none.
func NewTable(upper []int) *Table {
	t := &Table{low: -before, upper: upper}
	if len(upper) > 0 {
		t.low += int32(upper[0])
	}
	bucket := 0
	for i := range t.cells {
		for bucket < len(upper) && int(t.low)+i > upper[bucket] {
			bucket++
		}
		t.cells[i] = uint8(bucket)
	}
	return t
}

// Index returns the bucket of an offset.
func (t *Table) Index(offset int32) int {
	if x := uint32(offset - t.low); x < Window {
		return int(t.cells[x])
	}
	return t.search(offset)
}

// Near returns the buckets of Window days that end with the last, the day d at
// last−d. It reports whether all of them are days; then day 0 is not among them.
func (t *Table) Near(asOf, maxDay int32) (near *[Window]uint8, last int32, ok bool) {
	last = asOf - t.low
	return &t.cells, last, last <= maxDay && last-Window >= 0
}

func (t *Table) search(offset int32) int { return sort.SearchInts(t.upper, int(offset)) }
