package aging

import (
	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// Add takes one more item in and names it. An item that is invalid is the error
// of its Validate; a book without Handles left is ErrBookFull.
//
// Now and then an Add or a Remove brings the items of each row together again,
// which takes about as long as NewBook; shared out among all, that is a few
// microseconds for each.
func (b *Book) Add(it ledger.Item) (Handle, error) {
	if err := checkItem(&it); err != nil {
		return 0, err
	}
	if len(b.cols.pos) >= maxItems {
		return 0, ErrBookFull
	}
	var row [1]int32
	b.findRows([]ledger.Item{it}, row[:])
	b.live.cells.resize(len(b.live.keys) * b.live.stride())
	h := b.take(&it, row[0])
	pos := b.cols.pos[h]
	b.cols.slot = append(b.cols.slot, 0)
	b.list(pos, h, row[0])
	b.count(pos, *b.entry(pos), 1)
	b.loosen()
	return h, nil
}

// SetOutstanding changes what is outstanding of an item: a payment lowers it.
// Any amount of the item's currency goes, 0 and a credit among them; one of
// another is a *ar.MismatchError. No such item is ErrNoItem.
//
// It takes as long in a large book as in a small one.
func (b *Book) SetOutstanding(h Handle, m ar.Money) error {
	pos, err := b.cols.find(h)
	if err != nil {
		return err
	}
	e := b.entry(pos)
	if cur := b.currency(*e); m.Currency() != cur && !m.Currency().IsZero() {
		return &ar.MismatchError{Left: cur, Right: m.Currency()}
	}
	b.count(pos, *e, -1)
	b.leave(h, e.Amount)
	e.Amount = b.enter(h, m)
	b.cols.amount[pos] = e.Amount
	if mark, ok := b.marked[h]; ok {
		b.relocate(pos, mark.list(&b.live.opt, m))
	}
	b.count(pos, *b.entry(pos), 1)
	return nil
}

// Remove takes an item out, as if it had never been there. No such item is
// ErrNoItem. It costs what Add does.
func (b *Book) Remove(h Handle) error {
	pos, err := b.cols.find(h)
	if err != nil {
		return err
	}
	c, e := &b.cols, *b.entry(pos)
	b.count(pos, e, -1)
	b.leave(h, e.Amount)
	b.unlist(pos)
	delete(b.marked, h)
	c.pos[h] = gone
	c.amount[pos], c.dated[pos] = 0, 0
	if c.closed != nil {
		c.closed[pos] = never
	}
	c.n--
	b.loosen()
	return nil
}

// loosen notes that an item was added or removed, and groups them again when
// there are many.
func (b *Book) loosen() {
	if b.loose++; b.loose*b.tune.loose > b.cols.n+b.tune.share {
		b.regroup()
	}
}

// unlist takes an item out of the list of its due day.
func (b *Book) unlist(pos int32) {
	c := &b.cols
	day, slot := c.place[pos].Day(), c.slot[pos]
	list := b.due.lists[day]
	last := list[len(list)-1]
	list[slot], b.due.lists[day] = last, list[:len(list)-1]
	c.slot[c.pos[last.Item]] = slot
}

// count puts an item into the report of the book, or, with sign −1, takes it
// out.
func (b *Book) count(pos int32, e kernel.Entry, sign int64) {
	day := b.cols.place[pos].Day()
	b.put(&b.live, b.cols.standing(pos, e.Amount, b.live.opt.AsOf), day, e, b.due.cells[day], sign)
}

// put puts an item of some standing, which is in a list and a cell, into a
// report, or, with sign −1, takes it out.
func (b *Book) put(r *Report, s standing, list int32, e kernel.Entry, cell uint8, sign int64) {
	if s != open {
		r.left.change(s, int(sign))
		if s == future {
			b.shiftReceipt(r, e, sign)
		}
		return
	}
	if b.due.isExcluded(list) {
		r.left.change(excluded, int(sign))
	}
	b.shift(r, e, cell, sign)
}

// shift adds an item to a cell of its row, or, with sign −1, takes it off.
func (b *Book) shift(r *Report, e kernel.Entry, cell uint8, sign int64) {
	at := int(e.Row)*r.stride() + int(cell)
	if !b.exact() {
		if e.Amount < 0 {
			at += r.lay.stride
		}
		r.cells.minor[at] += sign * e.Amount
		return
	}
	m := b.money(e)
	if m.Sign() < 0 {
		at += r.lay.stride
	}
	if sign < 0 {
		m = m.Neg()
	}
	r.cells.addMoney(at, m)
	r.cells.settle(at, b.currency(e))
}
