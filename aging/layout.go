package aging

import (
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/internal/kernel"
)

// layout says how amounts lie in the cells of a row, so that one addition per
// item gives both the buckets and what is past due.
//
// By due date, the bucket that holds both day 0 and day 1 is cut in two, and
// past due is the run of cells from there on. By another date the two have
// nothing to do with each other, and a cell of its own follows the buckets.
type layout struct {
	table   *kernel.Table // day offset → cell
	bucket  []uint8       // cell → bucket, for the cells that the table gives
	runs    []run         // bucket → its cells
	pastDue int           // the cells from here to width are past due
	width   int           // cells in use
	stride  int           // width and what it takes for rows not to straddle cache lines
}

// run is the cells from one to before another.
type run struct{ from, to uint8 }

// An index of one byte names all cells: bucket.MaxBuckets, and the one more of
// a bucket that is cut in two.
const _ = uint8(bucket.MaxBuckets + 1)

func newLayout(set bucket.Set, basis Basis) layout {
	var l layout
	var upper []int
	edges := set.Edges()
	for i := range set.Len() {
		last := i == len(edges)
		if basis == DueDate && (i == 0 || edges[i-1] < 0) && (last || edges[i] > 0) {
			upper, l.bucket = append(upper, 0), append(l.bucket, uint8(i))
		}
		if !last {
			upper = append(upper, edges[i])
		}
		l.bucket = append(l.bucket, uint8(i))
	}
	for i, b := range l.bucket {
		if int(b) == len(l.runs) {
			l.runs = append(l.runs, run{from: uint8(i)})
		}
		l.runs[b].to = uint8(i + 1)
	}
	l.table = kernel.NewTable(upper)
	l.width = len(l.bucket)
	if basis == DueDate {
		for upper[l.pastDue] < 0 {
			l.pastDue++
		}
		l.pastDue++
	} else {
		l.pastDue = l.width
		l.width++
	}
	l.stride = kernel.Stride(l.width)
	return l
}

// ownPastDue reports whether past due is a cell of its own.
func (l *layout) ownPastDue() bool { return l.width > len(l.bucket) }
