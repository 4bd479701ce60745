package aging

import (
	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/internal/kernel"
)

// layout says how amounts lie in the cells of a row, so that one addition per
// item gives both the buckets and what is past due.
//
// By due date, the bucket that holds both day 0 and day 1 is cut in two, and
// past due is the run of cells from there on. By another date the two have
// nothing to do with each other, and a cell of its own follows the buckets. By
// adjusted days both come together: the cell of its own is for what is past due
// by the calendar and not by adjusted days. The other columns follow.
//
// The table counts days to the as-of date, whatever day ages count to: the
// edges are moved instead, once.
type layout struct {
	table   *kernel.Table // day offset → cell
	bucket  []uint8       // cell → bucket, for the cells that the table gives
	runs    []run         // bucket → its cells
	pastDue run           // the cells that are past due
	width   int           // cells in use
	stride  int           // width and what it takes for rows not to straddle cache lines

	// The cells of columns that the options ask for; 0, which is a bucket's: not
	// there. All of them hold amounts above 0, and lie among those of debits.
	apart, excluded, receipts uint8
}

// run is the cells from one to before another.
type run struct{ from, to uint8 }

// An index of one byte names all cells: bucket.MaxBuckets, one more of a bucket
// that is cut in two, and four columns.
const _ = uint8(bucket.MaxBuckets + 5)

func newLayout(opt *Options) layout {
	var l layout
	var upper []int
	edges := opt.Buckets.Edges()
	for i := range opt.Buckets.Len() {
		last := i == len(edges)
		if opt.Basis == DueDate && (i == 0 || edges[i-1] < 0) && (last || edges[i] > 0) {
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
	l.width = len(l.bucket)
	l.pastDue = run{uint8(l.width), uint8(l.width)}
	if opt.Basis == DueDate {
		l.pastDue.from = 1
		for upper[l.pastDue.from-1] < 0 {
			l.pastDue.from++
		}
	}
	own := func(asked bool) (cell uint8) {
		if asked {
			cell = uint8(l.width)
			l.width++
		}
		return cell
	}
	if own(opt.Basis != DueDate || opt.Adjusted) > 0 {
		l.pastDue.to++
	}
	l.apart, l.excluded, l.receipts = own(opt.Apart != 0), own(opt.Exclude != 0), own(opt.Receipts)
	l.stride = kernel.Stride(l.width)
	for i := range upper {
		upper[i] -= opt.AgedAsOf.DaysSince(opt.AsOf)
	}
	l.table = kernel.NewTable(upper)
	return l
}

// ownPastDue returns the cell that past due has of its own, its last; ok is
// whether there is one.
func (l *layout) ownPastDue() (cell int, ok bool) {
	return len(l.bucket), int(l.pastDue.to) > len(l.bucket)
}

// cell returns the cell of an item that is in a bucket on the as-of date when it
// counts from some day.
func (l *layout) cell(asOf, day ar.Date) int { return l.table.Index(int32(asOf - day)) }

// aside returns the cell of a column that is none of the buckets; ok is whether
// there is one.
func (l *layout) aside(c Column) (cell int, ok bool) {
	switch c {
	case InApart:
		return int(l.apart), true
	case InExcluded:
		return int(l.excluded), true
	case InReceipts:
		return int(l.receipts), true
	case InBucket, InUnapplied, InNone:
	}
	return 0, false
}
