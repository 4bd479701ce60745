package aging

import (
	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// maxPlain is how many items addPlain may be given at a time, and plainBits the
// bits that the size of each may have: few enough for their sum to be formed
// without looking.
const (
	maxPlain  = 1 << 10
	plainBits = 48
)

// addPlain adds items from the front as long as they are plain: valid, aged by
// due date, in the currency of the one before, and not so large that a sum
// might be. It returns how many it took.
//
// Where items come in runs of one row, each is added to that row at once. Else
// they are put in a batch first, so that the rows of many are looked up, and
// added to, at the same time: fetching them from memory is what takes long.
func (b *builder) addPlain(items []ledger.Item) (taken int) {
	r := b.r
	if r.opt.Basis != DueDate || len(r.currencies) == 0 || !r.size.add(maxPlain<<plainBits).fits() {
		return 0
	}
	asOf, table, key, tag := r.opt.AsOf, r.lay.table, r.opt.Group.Key, b.lastTag
	cur, total, control := r.currencies[tag], r.size, int64(0)
	credits := 0
	if r.credits {
		credits = r.lay.stride
	}
	var (
		q        = &b.batch
		row      []int64 // of the run
		lastWord uint64
		lastMeta = ^uint32(0) // of no key
		lastKey  string
		runs     int
	)
	for i := range items {
		it := &items[i]
		minor, fits := it.Outstanding.Minor()
		due, size := it.DueDate(), sizeOf(minor)
		if !fits || size>>plainBits != 0 || minor < 0 && credits == 0 || it.Outstanding.Currency() != cur || it.Customer == "" ||
			!due.Valid() || !validOrZero(it.Posted) {
			break
		}
		// One question for nearly all items; the others are asked more closely.
		if !it.Date.Valid() || it.Date > asOf || !it.Closed.IsZero() || minor == 0 {
			if checkItem(it) != nil {
				break
			}
			if s := r.opt.standing(it); s != open {
				r.left.count(s)
				taken++
				continue
			}
		}
		taken++
		total += size
		control += minor
		cell := table.Index(int32(asOf-due)) + credits&int(minor>>63)
		k := it.Customer
		if !b.byCustomer {
			k = key(it)
		}
		var word uint64
		var meta uint32
		var same bool
		switch {
		case len(k) == kernel.Short:
			word, meta = kernel.Load8(k), tag<<8|kernel.Short
			same = word == lastWord && meta == lastMeta
		case len(k) > kernel.Short && k == lastKey:
			same = true
		default:
			word, meta = b.groups.Encode(k, tag)
			same = word == lastWord && meta == lastMeta && len(k) < kernel.Short
		}
		if !same {
			lastWord, lastMeta, lastKey = word, meta, k
			runs++
		}
		if b.scattered {
			q.keys[q.n], q.words[q.n], q.metas[q.n], q.amounts[q.n], q.cells[q.n] = k, lastWord, lastMeta, minor, cell
			if q.n++; q.n == kernel.Batch {
				b.flush()
			}
			continue
		}
		if !same {
			n := int(b.groups.FindOne(word, meta, k))
			if n == len(r.keys) {
				b.growRows()
			}
			row = r.cells.minor[n*r.stride():][:r.stride()]
		}
		row[cell] += minor
	}
	b.flush()
	if 2*taken >= maxPlain { // enough to judge what comes next by
		b.scattered = 4*runs > taken
		if !b.scattered {
			b.expect(runs, taken)
		}
	}
	r.size = total
	b.control[tag].add(control)
	return taken
}

// flush adds up the batch.
func (b *builder) flush() {
	q := &b.batch
	n := q.n
	q.n = 0
	b.groups.Find(q.words[:n], q.metas[:n], q.keys[:n], q.rows[:n])
	b.growRows()
	stride := b.r.stride()
	for i, row := range q.rows[:n] {
		q.cells[i] += int(row) * stride
	}
	kernel.Scatter(b.r.cells.minor, q.cells[:n], q.amounts[:n])
}
