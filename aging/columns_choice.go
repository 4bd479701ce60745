package aging

import (
	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// aside is an item of a block that has another column than the buckets.
type aside struct{ item, cell int }

// leaveOut returns the amounts of a block with 0 for what is in no bucket,
// and counts that; not ok is a date that is none.
func (p *columnPart) leaveOut(from int, amounts []int64) (kept []int64, ok bool) {
	kept, p.aside = p.kept[:copy(p.kept, amounts)], p.aside[:0]
	it := ledger.Item{Date: p.r.opt.AsOf}
	for i, amount := range kept {
		if p.c.Date != nil {
			it.Date = p.c.Date[from+i]
		}
		if p.c.Closed != nil {
			it.Closed = p.c.Closed[from+i]
		}
		if p.c.Flags != nil {
			it.Flags = p.c.Flags[from+i]
		}
		if !it.Date.Valid() || !validOrZero(it.Closed) {
			return nil, false
		}
		it.Outstanding = units(amount, p.c.Currency)
		s := p.r.opt.standing(&it)
		column := p.r.opt.column(&it, s)
		if column == InBucket || column == InUnapplied {
			continue
		}
		if s != open {
			p.r.left.count(s)
		}
		if cell, ok := p.r.lay.aside(column); ok {
			p.aside = append(p.aside, aside{from + i, cell})
		}
		kept[i] = 0
	}
	return kept, true
}

// adjust returns the days of a block from which ages count by adjusted days; not
// ok is a number of held days that is none.
func (p *columnPart) adjust(from int, days []ar.Date) (later []ar.Date, ok bool) {
	later = p.later[:copy(p.later, days)]
	for i, held := range p.c.Held[from:][:len(later)] {
		if held < 0 {
			return nil, false
		}
		if held > 0 && later[i].Valid() {
			later[i] += ar.Date(heldOf(held, p.r.opt.AgedAsOf.DaysSince(later[i])))
		}
	}
	return later, true
}

// addAside adds the amounts of the block that have another column.
func (p *columnPart) addAside() {
	for _, x := range p.aside {
		at, m := x.cell, units(p.c.Amount[x.item], p.c.Currency).Abs()
		if p.c.Key != nil {
			at += int(p.c.Key[x.item]) * p.r.stride()
		}
		p.r.size = p.r.size.addMoney(m)
		p.r.cells.addMoney(at, m)
	}
}
