package aging

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/kernel"
)

// piecesEach is how many pieces of the items there are for each goroutine.
const piecesEach = 8

// Report returns the report of the book. It is always the same one and changes
// with the book, and so do its rows; Clone keeps what it says.
func (b *Book) Report() *Report { return &b.live }

// ReportAt returns the report of another day, made of the items as they are now.
// It writes over a report that nobody reads any more, such as its own of before,
// or takes new memory where that is nil, which costs more than all the rest:
//
//	var report *aging.Report
//	for … {
//		report, err = book.ReportAt(day, report)
//
// No day is ErrNoAsOf. The report of a book itself cannot be written over: that
// is ErrBookReport.
func (b *Book) ReportAt(asOf ar.Date, reuse *Report) (*Report, error) {
	if reuse == nil {
		reuse = new(Report)
	}
	if reuse.live {
		return nil, ErrBookReport
	}
	opt, lay, err := b.on(asOf)
	if err != nil {
		return nil, err
	}
	*reuse = Report{
		opt: opt, lay: lay, keys: b.live.keys, tags: b.live.tags, currencies: b.live.currencies,
		cells: reuse.cells, credits: b.credits > 0, sparse: true, size: b.live.size,
	}
	b.fill(reuse, b.due.cellsOn(nil, asOf, &lay))
	return reuse, nil
}

// on returns the options and the layout of the book's report on another day.
func (b *Book) on(asOf ar.Date) (Options, layout, error) {
	opt := b.live.opt
	aged := int(asOf) + opt.AgedAsOf.DaysSince(opt.AsOf)
	if asOf.Valid() && (aged < int(ar.MinDate) || aged > int(ar.MaxDate)) {
		return opt, layout{}, fmt.Errorf("%w: as of %s, %d days to the day aged as of lead out of years 1–9999",
			ErrNoAsOf, asOf, aged-int(asOf))
	}
	opt.AsOf, opt.AgedAsOf, opt.Buckets = asOf, ar.Date(aged), b.set
	opt, err := opt.resolved()
	lay := b.live.lay
	if err == nil && !b.set.Fixed() {
		lay = newLayout(&opt)
	}
	return opt, lay, err
}

// fill has a report say what it should. Its memory may hold anything.
func (b *Book) fill(r *Report, cells []uint8) {
	r.left = LeftOut{}
	r.cells.renew(len(r.keys) * r.stride())
	if b.exact() {
		clear(r.cells.minor)
		b.fillExact(r, cells)
		return
	}
	asOf := r.opt.AsOf
	outside := b.dated.count(asOf+1, never) + b.closed.count(0, asOf)
	apart := outside*b.tune.apart <= b.cols.n
	b.addGrouped(r, cells, apart)
	b.addLoose(r, cells, apart)
	if apart {
		b.takeOff(r, cells)
	}
	b.fillBeside(r)
}

// fillExact adds all items, whatever their amounts.
func (b *Book) fillExact(r *Report, cells []uint8) {
	for day, list := range b.due.lists {
		for i := range list {
			e := list[i]
			s := b.cols.standing(b.cols.pos[e.Item], e.Amount, r.opt.AsOf)
			b.put(r, s, int32(day), e, cells[day], 1)
		}
	}
}

// addGrouped adds the items that lie row by row: all of them, or those that are
// open, with a count of the others.
func (b *Book) addGrouped(r *Report, cells []uint8, all bool) {
	c, credits := &b.cols, 0
	if b.credits > 0 {
		credits = r.creditsAt()
	}
	workers := max(1, min(r.opt.Workers, c.grouped/b.tune.share))
	length := c.grouped
	if workers > 1 {
		length = (c.grouped/(workers*piecesEach)/b.tune.piece + 1) * b.tune.piece
	}
	left := make([]LeftOut, workers)
	inPieces(workers, c.grouped, length, func(h *hand) {
		for h.next() {
			left[h.worker].add(c.addRuns(r, cells, credits, c.rowStart(h.from), c.rowStart(h.to), all))
		}
	})
	for _, l := range left {
		r.left.add(l)
	}
}

// addRuns adds the items of some positions that begin and end with rows, credits
// so many cells further than debits; 0: there are none.
func (c *itemColumns) addRuns(r *Report, cells []uint8, credits, from, to int, all bool) (left LeftOut) {
	stride := r.stride()
	var open [stretch]int64
	row, last := c.rowsBefore(from), c.rowsBefore(to)
	for from < to {
		next, begun := to, last
		if end := (from/stretch + 1) * stretch; end < to {
			next, begun = end, int(c.begun[end/stretch])
		}
		clear(r.cells.minor[row*stride : begun*stride]) // now, as they are used next
		amounts := c.amount[from:next]
		if !all {
			var closed []ar.Date
			if c.closed != nil {
				closed = c.closed[from:next]
			}
			future, over, zero := kernel.Open(open[:], amounts, c.dated[from:next], closed, r.opt.AsOf)
			left.add(LeftOut{Future: future, Closed: over, Settled: zero})
			amounts = open[:len(amounts)]
		}
		kernel.AddRuns(r.cells.minor, stride, credits, row-1, c.place[from:next], amounts, cells)
		row, from = begun, next
	}
	return left
}

// addLoose adds the other items, to rows that may be new.
func (b *Book) addLoose(r *Report, cells []uint8, all bool) {
	c, stride := &b.cols, r.stride()
	clear(r.cells.minor[c.rowsBefore(c.grouped)*stride:])
	for i, row := range c.row {
		pos := c.grouped + i
		amount := c.amount[pos]
		if !all {
			if s := c.standing(int32(pos), amount, r.opt.AsOf); s != open {
				r.left.count(s)
				continue
			}
		}
		at := int(row)*stride + int(cells[c.place[pos].Day()])
		if amount < 0 {
			at += r.lay.stride
		}
		r.cells.minor[at] += amount
	}
	// What is gone or was never there has no amount, and so looks settled.
	r.left.Settled -= len(c.place) - c.n
}

// takeOff takes off, where all items were added, those that are not open.
func (b *Book) takeOff(r *Report, cells []uint8) {
	asOf, settled := r.opt.AsOf, b.zeros
	off := func(why standing, pos, day int32, e kernel.Entry) {
		if b.cols.standing(pos, e.Amount, asOf) != why {
			return // it is in the list of its document date too
		}
		r.left.count(why)
		if e.Amount == 0 {
			settled--
		}
		b.shift(r, e, cells[day], -1)
	}
	b.each(&b.dated, asOf+1, never, func(pos, day int32, e kernel.Entry) { off(future, pos, day, e) })
	b.each(&b.closed, 0, asOf, func(pos, day int32, e kernel.Entry) { off(closed, pos, day, e) })
	r.left.Settled = settled
}

// each calls f for the items in the lists from a day to another, and the number
// of the day on which each is due. It looks items up by the batch, so that misses
// of the cache wait for each other as little as can be. It returns the number of
// items that it looked at, those included that are gone.
func (b *Book) each(lists *daily[Handle], from, to ar.Date, f func(pos, due int32, e kernel.Entry)) (looked int) {
	c := &b.cols
	var pos, due, slot [kernel.Batch]int32
	var entries [kernel.Batch]kernel.Entry
	for i, date := range lists.date {
		if date < from || date > to {
			continue
		}
		for list := lists.lists[i]; len(list) > 0; {
			batch := list[:min(len(list), kernel.Batch)]
			list = list[len(batch):]
			looked += len(batch)
			n := 0
			for _, h := range batch {
				if p := c.pos[h]; p != gone {
					pos[n] = p
					n++
				}
			}
			for i, p := range pos[:n] {
				due[i], slot[i] = c.place[p].Day(), c.slot[p]
			}
			for i := range n {
				entries[i] = b.due.lists[due[i]][slot[i]]
			}
			for i := range n {
				f(pos[i], due[i], entries[i])
			}
		}
	}
	return looked
}
