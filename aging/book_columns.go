package aging

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// itemColumns are the items of a book, column by column. A full report streams
// place and amount; the others are for items that change or may not be open.
type itemColumns struct {
	// By position. Before grouped, the items of a row lie side by side, and each
	// row has one position at least; from there on, they lie as they came.
	place  []kernel.Place // number of the due day; and whether a row begins
	amount []int64        // 0 of what is gone; wideAmount of what is in Book.wide
	dated  []ar.Date      // 0 of what is gone
	closed []ar.Date      // never of what is not closed; nil while nothing is
	slot   []int32        // in the list of the due day

	grouped int
	begun   []int32 // rows that begin before each stretch of positions
	row     []int32 // of the positions from grouped on

	pos []int32 // by Handle
	n   int     // items
}

const (
	stretch            = 1 << 10 // positions that are added up at a time
	gone               = -1      // the position of what is gone
	never      ar.Date = math.MaxInt32
	wideAmount         = math.MinInt64
)

func (c *itemColumns) reserve(n int) {
	c.place = make([]kernel.Place, 0, n)
	c.amount = make([]int64, 0, n)
	c.dated = make([]ar.Date, 0, n)
	c.row = make([]int32, 0, n)
	c.pos = make([]int32, 0, n)
}

// find returns the position of an item.
func (c *itemColumns) find(h Handle) (int32, error) {
	if h < 0 || int(h) >= len(c.pos) {
		return 0, fmt.Errorf("%w: handle %d of %d", ErrNoItem, h, len(c.pos))
	}
	pos := c.pos[h]
	if pos == gone {
		return 0, fmt.Errorf("%w: handle %d was removed", ErrNoItem, h)
	}
	return pos, nil
}

// closedOn returns the closed date of the item at a position, or never.
func (c *itemColumns) closedOn(pos int32) ar.Date {
	if c.closed == nil {
		return never
	}
	return c.closed[pos]
}

// standing returns whether the item at a position, with some amount, is in the
// report of a day.
func (c *itemColumns) standing(pos int32, amount int64, asOf ar.Date) standing {
	switch {
	case c.dated[pos] > asOf:
		return future
	case c.closedOn(pos) <= asOf:
		return closed
	case amount == 0:
		return settled
	}
	return open
}

// rowStart returns the first position from pos on where a row begins.
func (c *itemColumns) rowStart(pos int) int {
	for pos < c.grouped && c.place[pos]&kernel.First == 0 {
		if k := pos / stretch; pos%stretch == 0 && pos+stretch <= c.grouped && c.begun[k] == c.begun[k+1] {
			pos += stretch // none begins there
		} else {
			pos++
		}
	}
	return pos
}

// rowsBefore returns how many rows begin before a position, up to grouped.
func (c *itemColumns) rowsBefore(pos int) int {
	rows := int(c.begun[pos/stretch])
	for _, p := range c.place[pos/stretch*stretch : pos] {
		rows += int(p >> 31)
	}
	return rows
}

// take appends an item to the columns, and lists it nowhere.
func (b *Book) take(it *ledger.Item, row int32) Handle {
	c := &b.cols
	h := Handle(len(c.pos))
	c.pos = append(c.pos, int32(len(c.place)))
	c.place = append(c.place, kernel.Place(b.due.number(b.note(h, it), b.live.opt.AsOf, &b.live.lay)))
	c.dated = append(c.dated, it.Date)
	c.row = append(c.row, row)
	if c.closed == nil && !it.Closed.IsZero() {
		c.closed = make([]ar.Date, len(c.amount), cap(c.amount))
		for i := range c.closed {
			c.closed[i] = never
		}
	}
	if c.closed != nil {
		on := it.Closed
		if on.IsZero() {
			on = never
		}
		c.closed = append(c.closed, on)
	}
	c.amount = append(c.amount, b.enter(h, it.Outstanding))
	c.n++
	return h
}

// enter takes in what is outstanding of an item and returns it as the columns
// have it.
func (b *Book) enter(h Handle, m ar.Money) int64 {
	if m.Sign() < 0 {
		b.credits++
	}
	minor, ok := m.Minor()
	if !ok || minor == wideAmount {
		if b.wide == nil {
			b.wide = map[Handle]ar.Money{}
		}
		b.wide[h] = m
		b.weigh()
		return wideAmount
	}
	if minor == 0 {
		b.zeros++
	}
	b.weight.add(sizeOf(minor))
	b.weigh()
	return minor
}

// leave undoes enter.
func (b *Book) leave(h Handle, minor int64) {
	if minor < 0 && (minor != wideAmount || b.wide[h].Sign() < 0) {
		b.credits--
	}
	if minor == wideAmount {
		delete(b.wide, h)
		b.weigh()
		return
	}
	if minor == 0 {
		b.zeros--
	}
	b.weight.sub(sizeOf(minor))
	b.weigh()
}

// weigh has the report know the size of all amounts.
func (b *Book) weigh() {
	b.live.size = b.weight.size()
	if len(b.wide) > 0 {
		b.live.size = math.MaxUint64
	}
}

// weight is a size in full, which can become smaller again.
type weight struct{ hi, lo uint64 }

func (w *weight) add(s size) {
	var carry uint64
	w.lo, carry = bits.Add64(w.lo, uint64(s), 0)
	w.hi += carry
}

func (w *weight) sub(s size) {
	var borrow uint64
	w.lo, borrow = bits.Sub64(w.lo, uint64(s), 0)
	w.hi -= borrow
}

func (w *weight) size() size {
	if w.hi > 0 {
		return math.MaxUint64
	}
	return size(w.lo)
}
