package aging

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// block is the number of items between two looks at what the loops found.
const block = 1 << 14

// columnPart ages those blocks of the items of Columns that a goroutine takes. It
// adds one up without looking at each amount, and takes back and does again,
// exactly, the rare block that turns out to need it: one with the first credits, or
// with amounts so large that a sum could leave the range of an int64.
type columnPart struct {
	c    *Columns
	r    *Report
	day  []ar.Date // by which items age
	due  []ar.Date
	kept []int64 // the amounts of a block, with 0 for what is in no bucket

	// Of the block at hand:
	since []ar.Date // from which ages count; of day, or, by adjusted days, in later
	later []ar.Date
	aside []aside
}

func newColumnPart(c *Columns, opt Options, old *memory) *columnPart {
	r := newReport(opt)
	r.currencies, r.sparse, r.keys = []ar.Currency{c.Currency}, true, c.Keys
	if c.Key == nil {
		r.keys, r.credits = []string{""}, true
	}
	r.cells.minor, r.tags = old.minor[:0], old.tags
	p := &columnPart{c: c, r: r, day: c.basis(opt.Basis), due: c.basis(DueDate)}
	if c.Date != nil || c.Closed != nil || c.Flags != nil && opt.Exclude|opt.Apart != 0 {
		p.kept = make([]int64, block)
	}
	if opt.Adjusted && c.Held != nil {
		p.later = make([]ar.Date, block)
	}
	return p
}

// addAll adds the blocks of items that a hand takes.
func (p *columnPart) addAll(h *hand, done *progress) error {
	p.r.cells.resize(len(p.r.keys) * p.r.stride())
	for h.next() {
		if err := p.add(h.from, h.to); err != nil {
			return err
		}
		if err := done.add(h.to - h.from); err != nil {
			return err
		}
	}
	return nil
}

// add adds a block of items.
func (p *columnPart) add(from, to int) error {
	amounts := p.c.Amount[from:to]
	if p.kept != nil {
		var ok bool
		if amounts, ok = p.leaveOut(from, amounts); !ok {
			return p.fault(from, to)
		}
	}
	if p.since = p.day[from:to]; p.later != nil {
		var ok bool
		if p.since, ok = p.adjust(from, p.since); !ok {
			return p.fault(from, to)
		}
	}
	f := p.age(from, amounts)
	if f.Bad {
		return p.fault(from, to)
	}
	if p.kept == nil {
		p.r.left.Settled += f.Zeros
	}
	p.r.size = p.r.size.add(size(f.Bound(len(amounts))))
	if !p.r.size.fits() || f.Negative && !p.r.credits {
		p.takeBack(from, amounts)
		p.addExact(from, amounts)
	}
	p.addAside()
	if own, ok := p.r.lay.ownPastDue(); ok {
		return p.addPastDue(from, to, amounts, own)
	}
	return nil
}

// age adds amounts, those from an item on, modulo 2⁶⁴.
func (p *columnPart) age(from int, amounts []int64) kernel.Found {
	ages := kernel.Ages{
		Cells: p.r.cells.minor, N: len(p.r.keys), Stride: p.r.stride(),
		Table: p.r.lay.table, AsOf: int32(p.r.opt.AsOf), MaxDay: int32(ar.MaxDate),
	}
	if p.r.credits {
		ages.Credits = p.r.lay.stride
	}
	if p.c.Key == nil {
		return kernel.AgeAll(&ages, p.since, amounts)
	}
	return kernel.Age(&ages, p.c.Key[from:from+len(amounts)], p.since, amounts)
}

// cell returns the cell of item i of the block that begins with from.
func (p *columnPart) cell(from, i int, amount int64) int {
	at := p.r.lay.cell(p.r.opt.AsOf, p.since[i])
	if p.c.Key != nil {
		at += int(p.c.Key[from+i]) * p.r.stride()
	}
	if amount < 0 && p.r.credits {
		at += p.r.lay.stride
	}
	return at
}

// takeBack undoes age, which had no room for credits perhaps, or wrapped.
func (p *columnPart) takeBack(from int, amounts []int64) {
	for i, amount := range amounts {
		p.r.cells.minor[p.cell(from, i, amount)] -= amount
	}
}

// addExact adds amounts, those from an item on, whatever their size.
func (p *columnPart) addExact(from int, amounts []int64) {
	for i, amount := range amounts {
		if amount < 0 && !p.r.credits {
			p.r.widen()
		}
		p.r.cells.add(p.cell(from, i, amount), amount, p.c.Currency)
	}
}

// addPastDue adds what is past due, and in no cell that says so, to the cell of
// its own.
func (p *columnPart) addPastDue(from, to int, amounts []int64, own int) error {
	for i, amount := range amounts {
		due := p.due[from+i]
		if !due.Valid() {
			return p.fault(from+i, to)
		}
		if amount == 0 || due >= p.r.opt.AgedAsOf ||
			p.r.lay.cell(p.r.opt.AsOf, p.since[i]) >= int(p.r.lay.pastDue.from) {
			continue
		}
		at := own
		if p.c.Key != nil {
			at += int(p.c.Key[from+i]) * p.r.stride()
		}
		if amount < 0 {
			at += p.r.lay.stride
		}
		p.r.cells.add(at, amount, p.c.Currency)
	}
	return nil
}

// fault says what is wrong with the first of the items that is out of range.
func (p *columnPart) fault(from, to int) error {
	c := p.c
	for i := from; i < to; i++ {
		if len(c.Key) > 0 && (c.Key[i] < 0 || int(c.Key[i]) >= len(c.Keys)) {
			return fmt.Errorf("item %d: %w: key %d, and there are %d Keys, counted from 0", i, ErrColumns, c.Key[i], len(c.Keys))
		}
		for _, column := range []struct {
			name string
			days []ar.Date
			ok   func(ar.Date) bool
		}{
			{"due date", p.due, ar.Date.Valid},
			{"document date", c.Date, ar.Date.Valid},
			{"posting date", c.Posted, ar.Date.Valid},
			{"closed date", c.Closed, validOrZero},
		} {
			if len(column.days) > 0 && !column.ok(column.days[i]) {
				return fmt.Errorf("item %d: %s %q: %w", i, column.name, column.days[i], ledger.ErrBadDate)
			}
		}
		if p.later != nil && c.Held[i] < 0 {
			return fmt.Errorf("item %d: %d: %w", i, c.Held[i], ledger.ErrHeld)
		}
	}
	return nil
}

// joinColumns adds up the parts of the same Columns. Reuse says that their memory
// is of use later.
func joinColumns(parts []*columnPart, reuse bool) *Report {
	r := parts[0].r
	if len(r.tags) != len(r.keys) {
		r.tags = make([]uint32, len(r.keys))
	}
	for _, p := range parts[1:] {
		r.size = r.size.add(p.r.size)
		r.left.add(p.r.left)
		if p.r.credits {
			r.widen()
		}
	}
	for _, p := range parts {
		if r.credits {
			p.r.widen()
		}
		if reuse {
			r.spare = append(r.spare, memory{minor: p.r.cells.minor, tags: p.r.tags})
		}
	}
	workers := len(parts)
	if !r.size.fits() {
		workers = 1 // what is wide is in one map
	}
	inPieces(workers, len(r.keys), kernel.Batch, func(h *hand) {
		for h.next() {
			for _, p := range parts[1:] {
				r.addRows(p.r, h.from, h.to)
			}
		}
	})
	return r
}

// addRows adds the rows from one to before another of a report that has the
// same rows.
func (r *Report) addRows(o *Report, from, to int) {
	if n := r.stride(); r.size.fits() {
		kernel.Add(r.cells.minor[from*n:to*n], o.cells.minor[from*n:])
		return
	}
	for i := from; i < to; i++ {
		r.addRow(i, o, i)
	}
}
