package aging

import (
	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/kernel"
)

// Roll moves the as-of date to any day before or after. It touches only the
// items that are in another bucket then, and those that come or go because their
// document date or closed date lies between; where these are so many that a new
// report costs less, it makes one. No day is ErrNoAsOf.
func (b *Book) Roll(asOf ar.Date) error {
	opt, lay, err := b.on(asOf)
	if err != nil {
		return err
	}
	r := &b.live
	was := r.opt.AsOf
	first, last := min(was, asOf)+1, max(was, asOf)
	b.due.next = b.due.cellsOn(b.due.next[:0], asOf, &lay)
	expected := b.dated.count(first, last) + b.closed.count(first, last) + b.due.crossing()
	anew := lay.stride != r.lay.stride || lay.receipts != r.lay.receipts || expected*b.tune.roll > b.cols.n
	if !anew {
		b.touched = b.cross(was, expected)
	}
	r.opt, r.lay = opt, lay
	b.due.cells, b.due.next = b.due.next, b.due.cells
	if anew {
		b.touched = b.cols.n
		b.fill(r, b.due.cells)
		return nil
	}
	b.touched += b.comeAndGo(was, first, last)
	return nil
}

// crossing returns the number of items that are to be in another cell.
func (d *dueDays) crossing() int {
	n := 0
	for day, cell := range d.next {
		if cell != d.cells[day] {
			n += len(d.lists[day])
		}
	}
	return n
}

// cross moves the items that are in the report to the cells of the next day. It
// returns how often it looked at an item.
func (b *Book) cross(was ar.Date, expected int) (looked int) {
	r, due := &b.live, &b.due
	workers := max(1, min(r.opt.Workers, expected/b.tune.share))
	if workers == 1 {
		looked = b.crossPlain(was, 0, len(r.keys)) // a function value would be on the heap
	} else {
		looked = b.crossShared(was, workers)
	}
	for day, to := range due.next {
		from := due.cells[day]
		if from == to || b.plain(day, was) {
			continue
		}
		for i := range due.lists[day] {
			looked++
			e := due.lists[day][i]
			if b.cols.standing(b.cols.pos[e.Item], e.Amount, was) == open {
				b.shift(r, e, from, -1)
				b.shift(r, e, to, 1)
			}
		}
	}
	return looked
}

// crossShared is crossPlain for all rows, on as many goroutines. For each piece of
// these, all items of those days are looked at.
func (b *Book) crossShared(was ar.Date, workers int) (looked int) {
	looks := make([]int, workers)
	inPieces(workers, len(b.live.keys), len(b.live.keys)/workers+1, func(h *hand) {
		for h.next() {
			looks[h.worker] += b.crossPlain(was, h.from, h.to)
		}
	})
	for _, n := range looks {
		looked += n
	}
	return looked
}

// plain reports whether the items of a due day are all in the report, if not
// settled, and no sum needs to be looked at.
func (b *Book) plain(day int, asOf ar.Date) bool {
	return b.due.dated[day] <= asOf && asOf < b.due.closed[day] && !b.exact()
}

// crossPlain moves the items of plain days in some of the rows. It returns how
// many it looked at.
func (b *Book) crossPlain(was ar.Date, first, last int) (looked int) {
	r, due, stride := &b.live, &b.due, b.live.stride()
	cells := r.cells.minor[first*stride : last*stride]
	for day, to := range due.next {
		if from := due.cells[day]; from != to && b.plain(day, was) {
			looked += kernel.Move(cells, stride, r.creditsAt(), first, due.lists[day], int(from), int(to))
		}
	}
	return looked
}

// comeAndGo puts in the report what was not in it, and takes out what is not. It
// returns how many items it looked at, those of both lists twice.
func (b *Book) comeAndGo(was, first, last ar.Date) (looked int) {
	r, c, now := &b.live, &b.cols, b.live.opt.AsOf
	change := func(pos, day int32, e kernel.Entry) {
		from, to := c.standing(pos, e.Amount, was), c.standing(pos, e.Amount, now)
		if from != to {
			b.put(r, from, day, e, b.due.cells[day], -1)
			b.put(r, to, day, e, b.due.cells[day], 1)
		}
	}
	looked = b.each(&b.dated, first, last, change)
	return looked + b.each(&b.closed, first, last, func(pos, day int32, e kernel.Entry) {
		if c.dated[pos] < first || c.dated[pos] > last { // else it was there before
			change(pos, day, e)
		}
	})
}
