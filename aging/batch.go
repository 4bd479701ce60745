package aging

import (
	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// batch is plain items in columns, so that the rows of many are looked up, and
// added to, at the same time: fetching them from memory is what takes long.
type batch struct {
	n       int
	odd     bool   // a key is not of kernel.Short bytes
	meta    uint32 // what all metas are, unless they are mixed
	mixed   bool
	nOthers int
	others  [kernel.Batch]int32  // items that are not plain; also below, as 0, to have their rows in turn
	at      [kernel.Batch]int32  // which item it is
	words   [kernel.Batch]uint64 // with metas, what kernel.Groups wants to know of keys
	metas   [kernel.Batch]uint32
	rows    [kernel.Batch]int32
	amounts [kernel.Batch]int64
	cells   [kernel.Batch]uint16 // in the row
}

// addScattered is addPlain for items in any order.
func (b *builder) addScattered(p *plain, items []ledger.Item) (taken int, err error) {
	q := &b.batch
	q.n, q.odd, q.nOthers = 0, !b.byCustomer, 0
	q.expect(p.tag<<8 | kernel.Short)
	for {
		n, sum, size := q.fill(p, items, taken)
		b.r.size += size
		b.control[p.tag].add(sum)
		if taken += n; taken == len(items) || isLarge(&items[taken]) {
			break
		}
		if err = b.fillOther(items, taken); err != nil {
			break
		}
		taken++
	}
	if q.odd {
		q.mixed = true
		for i, at := range q.at[:q.n] {
			q.words[i], q.metas[i] = b.groups.Encode(b.key(&items[at]), q.metas[i]>>8)
		}
	}
	b.flush(items)
	if q.n > 0 {
		b.scattered = q.areScattered()
	}
	for _, at := range q.others[:q.nOthers] {
		if fault := b.add(&items[at]); fault != nil {
			return int(at), fault
		}
	}
	b.taken += taken
	return taken, err
}

// expect sets all metas to that of a plain item.
func (q *batch) expect(meta uint32) {
	if q.meta == meta && !q.mixed {
		return
	}
	q.meta, q.mixed = meta, false
	for i := range q.metas {
		q.metas[i] = meta
	}
}

// fillOther appends an item that is not plain to the batch: if it has a row, that
// is made in the order in which the items came.
func (b *builder) fillOther(items []ledger.Item, at int) error {
	q, it := &b.batch, &items[at]
	if err := checkItem(it); err != nil {
		return err
	}
	q.others[q.nOthers] = int32(at)
	q.nOthers++
	if s := b.r.opt.standing(it); b.r.opt.column(it, s) == InNone {
		return nil
	}
	q.mixed = true
	q.words[q.n], q.metas[q.n] = b.groups.Encode(b.key(it), b.tag(it.Outstanding.Currency()))
	q.at[q.n], q.amounts[q.n], q.cells[q.n] = int32(at), 0, 0
	q.n++
	return nil
}

// fill appends to the batch the items from the one given on, as long as they are
// plain. It returns how many, the sum of their amounts, and that of the sizes of
// these. Customers whose IDs are not of kernel.Short bytes, it leaves to be
// encoded.
func (q *batch) fill(p *plain, items []ledger.Item, from int) (n int, sum int64, total size) {
	first := q.n
	n, sum = q.take(p, items, from)
	if p.credits == 0 {
		return n, sum, size(sum)
	}
	cells := q.cells[first:q.n]
	for i, minor := range q.amounts[first:q.n] {
		cells[i] += uint16(p.credits & int(minor>>63))
		total += sizeOf(minor)
	}
	return n, sum, total
}

// take is fill but for what credits need: their cells, and sizes without signs.
func (q *batch) take(p *plain, items []ledger.Item, from int) (n int, sum int64) {
	at := q.n
	for i := from; i < len(items); i++ {
		it := &items[i]
		if i%prefetched == 0 {
			prefetch(it)
			if p.far {
				prefetchFar(&items[i/farPlaces])
			}
		}
		minor, ok := p.amount(it)
		if !ok {
			break
		}
		day := p.day(it)
		if day >= kernel.Window {
			if day, ok = p.otherDay(it); !ok {
				break
			}
		}
		if !p.opens(it) || p.asks(it) {
			break
		}
		to := at & (kernel.Batch - 1)
		if len(it.Customer) == kernel.Short {
			q.words[to] = kernel.Load8(it.Customer)
		} else {
			if it.Customer == "" {
				break
			}
			q.odd = true
		}
		q.at[to] = int32(i)
		q.amounts[to] = minor
		q.cells[to] = uint16(p.near[day%kernel.Window])
		sum += minor
		at++
	}
	n, q.n = at-q.n, at
	return n, sum
}

// flush adds up the batch, which was filled from the items.
func (b *builder) flush(items []ledger.Item) {
	q, n := &b.batch, b.batch.n
	rows := q.rows[:n]
	key := func(i int) string { return b.key(&items[q.at[i]]) }
	metas := q.metas[:n]
	if !q.mixed {
		metas = q.metas[:1]
	}
	if b.groups.Find(q.words[:n], metas, rows, key) {
		b.growRows()
	}
	kernel.ScatterRows(b.r.cells.minor, b.r.stride(), rows, q.cells[:n], q.amounts[:n])
}

// areScattered is the areScattered of a builder for the items of the batch, by their
// words. It does not fetch them again.
func (q *batch) areScattered() bool {
	const step = 32
	same := 0
	for i := 1; i < q.n; i += step {
		if q.words[i] == q.words[i-1] {
			same++
		}
	}
	return 2*step*same < q.n
}
