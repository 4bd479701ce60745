package aging

import (
	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// mark is what a book keeps of an item that Options.Exclude or Apart concern
// while it is a debit. Such a debit is in the list of all excluded items or of
// all set apart, and a credit in that of its due day, as any.
type mark struct {
	flags ledger.Flags
	due   ar.Date
}

// list returns the date of the list that the item is in, given what is
// outstanding of it.
func (m mark) list(o *Options, outstanding ar.Money) ar.Date {
	switch {
	case outstanding.Sign() <= 0:
		return m.due
	case m.flags&o.Exclude != 0:
		return excludedDay
	}
	return apartDay
}

// note keeps the mark of an item, if it is to have one, and returns the date of
// the list that it is in.
func (b *Book) note(h Handle, it *ledger.Item) ar.Date {
	opt := &b.live.opt
	flags := it.Flags & (opt.Exclude | opt.Apart)
	if flags == 0 {
		return it.DueDate()
	}
	if b.marked == nil {
		b.marked = map[Handle]mark{}
	}
	m := mark{flags, it.DueDate()}
	b.marked[h] = m
	return m.list(opt, it.Outstanding)
}

// relocate moves an item to the list of a date, if it is in another.
func (b *Book) relocate(pos int32, date ar.Date) {
	c := &b.cols
	day := b.due.number(date, b.live.opt.AsOf, &b.live.lay)
	if day == c.place[pos].Day() {
		return
	}
	e := *b.entry(pos)
	b.unlist(pos)
	c.place[pos] = c.place[pos]&kernel.First | kernel.Place(day)
	b.listDue(pos, e)
}

// fillBeside counts excluded items, and adds up receipts, where a report wants
// them.
func (b *Book) fillBeside(r *Report) {
	asOf := r.opt.AsOf
	if b.due.excluded > 0 {
		for _, e := range b.due.lists[b.due.excluded-1] {
			if b.cols.standing(b.cols.pos[e.Item], e.Amount, asOf) == open {
				r.left.count(excluded)
			}
		}
	}
	if r.lay.receipts > 0 {
		b.each(&b.dated, asOf+1, never, func(_, _ int32, e kernel.Entry) { b.shiftReceipt(r, e, 1) })
	}
}

// shiftReceipt adds an item dated after the as-of date to the receipts of its
// row, if it is one, or, with sign −1, takes it off.
func (b *Book) shiftReceipt(r *Report, e kernel.Entry, sign int64) {
	at := int(e.Row)*r.stride() + int(r.lay.receipts)
	if r.lay.receipts == 0 || e.Amount >= 0 {
		return
	}
	if !b.exact() {
		r.cells.minor[at] -= sign * e.Amount
		return
	}
	m := b.money(e)
	if m.Sign() > 0 {
		return // too large for an int64, and no credit
	}
	if sign > 0 {
		m = m.Neg()
	}
	r.cells.addMoney(at, m)
	r.cells.settle(at, b.currency(e))
}
