package aging

import (
	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/kernel"
)

// daily has a list for each day that something falls on. Days are numbered in
// the order in which they first come.
type daily[T any] struct {
	date  []ar.Date // by number, as lists
	lists [][]T
	room  []int              // that clear is to make
	pages []*[pageDays]int32 // number plus 1, by date
}

const pageDays = 1 << 9

// number returns the number of a day.
func (d *daily[T]) number(date ar.Date) int32 {
	at := int(date) / pageDays
	for at >= len(d.pages) {
		d.pages = append(d.pages, nil)
	}
	if d.pages[at] == nil {
		d.pages[at] = new([pageDays]int32)
	}
	n := &d.pages[at][int(date)%pageDays]
	if *n == 0 {
		d.date, d.lists = append(d.date, date), append(d.lists, nil)
		*n = int32(len(d.date))
	}
	return *n - 1
}

func (d *daily[T]) add(date ar.Date, x T) {
	n := d.number(date)
	d.lists[n] = append(d.lists[n], x)
}

// count returns how many there are in the lists from a day to another.
func (d *daily[T]) count(from, to ar.Date) int {
	n := 0
	for i, date := range d.date {
		if from <= date && date <= to {
			n += len(d.lists[i])
		}
	}
	return n
}

// expect has the next clear make room for one more in a list.
func (d *daily[T]) expect(number int32) {
	for int(number) >= len(d.room) {
		d.room = append(d.room, 0)
	}
	d.room[number]++
}

// clear empties all lists, and has them hold what is expected and not much more.
func (d *daily[T]) clear() {
	for i, list := range d.lists {
		want := 0
		if i < len(d.room) {
			want = d.room[i]
		}
		if cap(list) < want || cap(list) > 2*want {
			list = make([]T, 0, want)
		}
		d.lists[i] = list[:0]
	}
	d.room = nil
}

// dueDays list the items by due date. Items that Options.Apart and Exclude keep
// out of the buckets fall due on no day; they have a list of their own each, the
// date of which is no day.
type dueDays struct {
	daily[kernel.Entry]
	apart, excluded int32 // numbers of these lists, plus 1

	// By number: the cell that the items of the day are in; the last document
	// date and the first closed date of any, or later and earlier ones.
	cells  []uint8
	next   []uint8 // cells, while Roll is at it
	dated  []ar.Date
	closed []ar.Date
}

// The dates of lists whose items fall due on no day.
const (
	apartDay    ar.Date = -1
	excludedDay ar.Date = -2
)

// number returns the number of a day. A new one is in a cell of the layout.
func (d *dueDays) number(date, asOf ar.Date, lay *layout) int32 {
	n := d.numberOf(date)
	if int(n) == len(d.cells) {
		d.cells = append(d.cells, lay.cellOn(date, asOf))
		d.dated, d.closed = append(d.dated, 0), append(d.closed, never)
	}
	return n
}

func (d *dueDays) numberOf(date ar.Date) int32 {
	if date.Valid() {
		return d.daily.number(date)
	}
	number := &d.apart
	if date == excludedDay {
		number = &d.excluded
	}
	if *number == 0 {
		d.date, d.lists = append(d.date, date), append(d.lists, nil)
		*number = int32(len(d.date))
	}
	return *number - 1
}

// isExcluded reports whether a number is that of the list of excluded items.
func (d *dueDays) isExcluded(number int32) bool { return number == d.excluded-1 }

// cellsOn appends the cells that the lists are in on another day.
func (d *dueDays) cellsOn(cells []uint8, asOf ar.Date, lay *layout) []uint8 {
	for _, date := range d.date {
		cells = append(cells, lay.cellOn(date, asOf))
	}
	return cells
}

// cellOn returns the cell of the items of a list, given its date.
func (l *layout) cellOn(date, asOf ar.Date) uint8 {
	if date == apartDay {
		return l.apart
	}
	if date == excludedDay {
		return l.excluded
	}
	return uint8(l.cell(asOf, date))
}
