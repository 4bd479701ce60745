package aging

import (
	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// batch is plain items in columns, so that the rows of many are looked up, and
// added to, at the same time: fetching them from memory is what takes long.
type batch struct {
	n       int
	odd     bool                 // a key is not of kernel.Short bytes
	at      [kernel.Batch]int32  // which item it is
	words   [kernel.Batch]uint64 // with metas, what kernel.Groups wants to know of keys
	metas   [kernel.Batch]uint32
	rows    [kernel.Batch]int32
	amounts [kernel.Batch]int64
	cells   [kernel.Batch]int // in the row, then in all cells
}

// addScattered is addPlain for items in any order.
func (b *builder) addScattered(p *plain, items []ledger.Item) (taken int) {
	q := &b.batch
	q.n, q.odd = 0, !b.byCustomer
	for {
		n, sum, size := q.fill(p, items, taken, b.lastTag)
		b.r.size += size
		b.control[b.lastTag].add(sum)
		if taken += n; taken == len(items) || !b.leavesOut(&items[taken]) {
			break
		}
		taken++
	}
	if q.odd {
		for i, at := range q.at[:q.n] {
			q.words[i], q.metas[i] = b.groups.Encode(b.key(&items[at]), b.lastTag)
		}
	}
	b.flush(items)
	return taken
}

// fill appends to the batch the items from the one given on, as long as they are
// plain. It returns how many, the sum of their amounts, and that of the sizes of
// these. Customers whose IDs are not of kernel.Short bytes, it leaves to be
// encoded.
func (q *batch) fill(p *plain, items []ledger.Item, from int, tag uint32) (n int, sum int64, total size) {
	for i := from; i < len(items); i++ {
		it := &items[i]
		minor, ok := p.amount(it)
		if !ok {
			break
		}
		day, ok := p.day(it)
		if !ok || it.Customer == "" {
			break
		}
		to := (q.n + n) % kernel.Batch
		if len(it.Customer) == kernel.Short {
			q.words[to], q.metas[to] = kernel.Load8(it.Customer), tag<<8|kernel.Short
		} else {
			q.odd = true
		}
		q.at[to] = int32(i)
		q.amounts[to] = minor
		q.cells[to] = p.cell(day, minor)
		sum += minor
		total += sizeOf(minor)
		n++
	}
	q.n += n
	return n, sum, total
}

// flush adds up the batch, which was filled from the items.
func (b *builder) flush(items []ledger.Item) {
	q, n := &b.batch, b.batch.n
	if b.groups.Known(q.words[:n], q.metas[:n], q.rows[:n]) {
		for i, row := range q.rows[:n] {
			if row < 0 {
				q.rows[i] = b.groups.FindOne(q.words[i], q.metas[i], b.key(&items[q.at[i]]))
			}
		}
		b.growRows()
	}
	stride := b.r.stride()
	for i, row := range q.rows[:n] {
		q.cells[i] += int(row) * stride
	}
	kernel.Scatter(b.r.cells.minor, q.cells[:n], q.amounts[:n])
}
