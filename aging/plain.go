package aging

import (
	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// 1<<plainBits is the greatest size of a plain amount: small enough for those of a
// batch to be summed without looking.
const plainBits = 48

// plain is what the loops over items ask of each: whether it is as nearly all
// are. They ask by methods that are inlined and call nothing, so that what the
// loops work with stays in registers. Items that are not plain go to
// builder.add.
type plain struct {
	asking  bool         // something is asked for by the next two
	flags   ledger.Flags // that ask for a column of their own
	clock   int32        // all ones where held days count, else 0
	asOf    ar.Date
	days    uint32               // from ar.MinDate to asOf
	last    int32                // the day of near[0]
	near    *[kernel.Window]byte // cells of the days up to last
	cur     ar.Currency
	tag     uint32 // its index
	credits int    // how far they lie behind debits; 0: there is no room for any
	far     bool   // most items are in no cache
}

// plain returns what makes the items to come plain, if any are.
func (b *builder) plain() (p plain, ok bool) {
	r := b.r
	if r.opt.Basis != DueDate || len(r.currencies) == 0 || !r.size.add(kernel.Batch<<plainBits).fits() {
		return p, false
	}
	p.flags = r.opt.Exclude | r.opt.Apart
	if r.opt.Adjusted {
		p.clock = -1
	}
	p.far = b.far
	p.asking = p.flags != 0 || p.clock != 0
	p.asOf, p.tag, p.cur, p.credits = r.opt.AsOf, b.lastTag, r.currencies[b.lastTag], r.creditsAt()
	p.days = uint32(p.asOf - ar.MinDate)
	p.near, p.last, ok = r.lay.table.Near(int32(r.opt.AsOf), int32(ar.MaxDate))
	return p, ok
}

// amount returns the minor units of an item, and whether they are plain: in the
// currency of the item before, not so large that a sum might be, and of a sign
// that there is room for.
func (p *plain) amount(it *ledger.Item) (minor int64, ok bool) {
	minor, fits := it.Outstanding.Minor()
	return minor, fits && (uint64(minor-1)>>plainBits == 0 || p.credits != 0 && uint64(^minor)>>plainBits == 0) &&
		it.Outstanding.Currency() == p.cur
}

// day returns the index in near of the day that an item falls due. If it is not
// below kernel.Window, it is otherDay that tells: together they are too long to be
// inlined.
func (p *plain) day(it *ledger.Item) uint32 { return uint32(p.last - int32(it.Due)) }

// otherDay is day where that is none: an item without a due date falls due on its
// date. It reports whether the day is neither long ago nor far ahead.
func (p *plain) otherDay(it *ledger.Item) (day uint32, ok bool) {
	day = uint32(p.last - int32(it.Date))
	return day, it.Due.IsZero() && day < kernel.Window
}

// opens reports whether an item is open, and its dates are some.
func (p *plain) opens(it *ledger.Item) bool {
	return uint32(it.Date-ar.MinDate) <= p.days && (it.Posted|it.Closed == 0 ||
		validOrZero(it.Posted) && (it.Closed == 0 || it.Closed > p.asOf && it.Closed <= ar.MaxDate))
}

// asks reports whether the options want an item in a column of its own, or its
// age counted otherwise.
func (p *plain) asks(it *ledger.Item) bool {
	return p.asking && (it.Flags&p.flags != 0 || it.Held&p.clock != 0)
}

// cell returns the cell of its row that a plain item belongs to.
func (p *plain) cell(day uint32, minor int64) int {
	return int(p.near[day%kernel.Window]) + p.credits&int(minor>>63)
}

// addPlain adds items from the front, kernel.Batch at most, and returns how many
// it took: as long as plain ones are safe to sum up with them. The error is that
// of the item after those.
func (b *builder) addPlain(items []ledger.Item) (taken int, err error) {
	p, ok := b.plain()
	if !ok {
		return 0, nil
	}
	items = items[:min(len(items), kernel.Batch)]
	if len(b.r.keys) <= 1 {
		b.scattered = b.areScattered(items)
	}
	if b.scattered {
		return b.addScattered(&p, items)
	}
	return b.addRuns(&p, items)
}

// areScattered reports whether neighbours seldom have the same key, by a sample.
func (b *builder) areScattered(items []ledger.Item) bool {
	const step = 32
	runs := 0
	for i := 1; i < len(items); i += step {
		if b.key(&items[i]) != b.key(&items[i-1]) {
			runs++
		}
	}
	return 2*step*runs > len(items)
}

// key returns what tells the row of an item.
func (b *builder) key(it *ledger.Item) string {
	if b.byCustomer {
		return it.Customer
	}
	return b.r.opt.Group.Key(it)
}

// addRuns is addPlain for items that come in runs of one row: it is looked up
// once for each run.
func (b *builder) addRuns(p *plain, items []ledger.Item) (taken int, err error) {
	r, runs := b.r, 0
	for taken < len(items) {
		run := items[taken:]
		if !p.is(&run[0]) {
			if isLarge(&run[0]) {
				break
			}
			if err := b.add(&run[0]); err != nil {
				return taken, err
			}
			if next, ok := b.plain(); ok {
				*p = next
			}
			taken++
			continue
		}
		if !b.byCustomer {
			run = run[:1] // of others, nobody knows the key
		}
		row := b.row(b.key(&run[0]), p.tag) * r.stride()
		n, sum, size := p.addRun(run, r.cells.minor[row:][:r.stride()])
		r.size += size
		b.control[p.tag].add(sum)
		taken += n
		runs++
	}
	b.taken += taken
	if 2*taken >= kernel.Batch { // enough to judge what comes next by
		b.scattered = 2*runs > taken
		if !b.scattered {
			b.expect()
		}
	}
	return taken, nil
}

// isLarge reports whether the amount of an item is too large for sums to be
// formed without looking.
func isLarge(it *ledger.Item) bool {
	minor, fits := it.Outstanding.Minor()
	return !fits || sizeOf(minor) > 1<<plainBits
}

// is reports whether an item is plain.
func (p *plain) is(it *ledger.Item) bool {
	if _, ok := p.amount(it); !ok || it.Customer == "" || !p.opens(it) || p.asks(it) {
		return false
	}
	if p.day(it) < kernel.Window {
		return true
	}
	_, ok := p.otherDay(it)
	return ok
}

// addRun adds items from the front to a row as long as they are plain and have
// the first one's customer. It returns how many, the sum of their amounts, and
// that of the sizes of these.
func (p *plain) addRun(items []ledger.Item, row []int64) (taken int, sum int64, total size) {
	customer, word := items[0].Customer, uint64(0)
	if len(customer) == kernel.Short {
		word = kernel.Load8(customer)
	}
	for i := range items {
		it := &items[i]
		if i%prefetched == 0 {
			prefetch(it)
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
		if len(it.Customer) != len(customer) {
			break
		}
		if len(it.Customer) == kernel.Short {
			if kernel.Load8(it.Customer) != word {
				break
			}
		} else if it.Customer != customer {
			break
		}
		row[p.cell(day, minor)] += minor
		sum += minor
		total += sizeOf(minor)
		taken++
	}
	return taken, sum, total
}
