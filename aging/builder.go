package aging

import (
	"fmt"
	"math"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// builder fills a report. It turns items into columns, a batch at a time, and
// has the kernel find the rows of a batch and add it up.
type builder struct {
	r      *Report
	groups *kernel.Groups // rows, by key and index of currency

	control []sum // what came in, by index of currency
	lastTag uint32

	byCustomer bool // the key of an item is its customer

	// room is how much the sizes of all further amounts may add up to without
	// any cell leaving the range of an int64. While there is room, no addition
	// needs to be looked at.
	room uint64

	batch struct {
		n       int
		keys    [kernel.Batch]string
		tags    [kernel.Batch]uint32
		amounts [kernel.Batch]int64
		cells   [kernel.Batch]int   // in the row
		pastDue [kernel.Batch]int64 // amount or 0; where past due has its own cell
		rows    [kernel.Batch]int32
		at      [kernel.Batch]int // in all cells
	}
}

func start(opt Options) (*builder, error) {
	byCustomer := opt.Group.Key == nil
	opt, err := opt.resolved()
	if err != nil {
		return nil, err
	}
	b := newBuilder(&Report{opt: opt, lay: newLayout(opt.Buckets, opt.Basis)})
	b.byCustomer = byCustomer
	return b, nil
}

func newBuilder(r *Report) *builder {
	return &builder{r: r, groups: kernel.NewGroups(), room: math.MaxInt64}
}

// addPlain adds items from the front, as long as they are what nearly all items
// are: open, aged by due date, in the currency of the one before, and no larger
// than there is room for. It returns how many it took; add takes any other.
func (b *builder) addPlain(items []ledger.Item) int {
	r := b.r
	if r.opt.Basis != DueDate || len(r.currencies) == 0 {
		return 0
	}
	q := &b.batch
	n, room, asOf, table := q.n, b.room, r.opt.AsOf, r.lay.table
	tag, cur := b.lastTag, r.currencies[b.lastTag]
	credits := 0
	if r.credits {
		credits = r.lay.stride
	}
	for i := range items {
		it := &items[i]
		minor, fits := it.Outstanding.Minor()
		negative := minor >> 63 // −1 or 0
		size := uint64(minor ^ negative - negative)
		due := it.DueDate()
		if !fits || size-1 >= room || negative != 0 && credits == 0 || it.Outstanding.Currency() != cur ||
			it.Date > asOf || !it.Date.Valid() || !due.Valid() || !validOrZero(it.Posted) ||
			!it.Closed.IsZero() && (it.Closed <= asOf || !it.Closed.Valid()) || it.Customer == "" {
			q.n, b.room = n, room
			return i
		}
		room -= size
		q.keys[n] = it.Customer
		if !b.byCustomer {
			q.keys[n] = r.opt.Group.Key(it)
		}
		q.tags[n] = tag
		q.amounts[n] = minor
		q.cells[n] = int(table.Index(int32(asOf-due))) + credits&int(negative)
		if n++; n == kernel.Batch {
			q.n = n
			b.flush()
			n = 0
		}
	}
	q.n, b.room = n, room
	return len(items)
}

// add puts an item where it belongs. It allocates only for new rows.
func (b *builder) add(it *ledger.Item) error {
	r := b.r
	if it.Customer == "" || !it.Date.Valid() || !validOrZero(it.Posted) || !validOrZero(it.Due) || !validOrZero(it.Closed) {
		return it.Validate()
	}
	if s := r.opt.standing(it); s != open {
		r.left.count(s)
		return nil
	}
	minor, fits := it.Outstanding.Minor()
	size := uint64(minor)
	if minor < 0 {
		size = -size
	}
	if !fits || size > b.room {
		b.addExact(it)
		return nil
	}
	b.room -= size
	if minor < 0 && !r.credits {
		b.flush()
		r.widen()
	}
	q := &b.batch
	i := q.n
	q.keys[i] = r.opt.Group.Key(it)
	q.tags[i] = b.tag(it.Outstanding.Currency())
	q.amounts[i] = minor
	q.cells[i] = b.cell(it, minor < 0)
	if r.lay.ownPastDue() {
		q.pastDue[i] = 0
		if r.opt.AsOf > it.DueDate() {
			q.pastDue[i] = minor
		}
	}
	if q.n++; q.n == kernel.Batch {
		b.flush()
	}
	return nil
}

func validOrZero(d ar.Date) bool { return d.IsZero() || d.Valid() }

// cell returns the cell in its row that an item belongs to.
func (b *builder) cell(it *ledger.Item, credit bool) int {
	cell := int(b.r.lay.table.Index(int32(b.r.opt.AsOf - b.r.opt.Basis.of(it))))
	if credit {
		cell += b.r.lay.stride
	}
	return cell
}

// tag returns the index of a currency.
func (b *builder) tag(cur ar.Currency) uint32 {
	i := slices.Index(b.r.currencies, cur)
	if i < 0 {
		i = len(b.r.currencies)
		b.r.currencies = append(b.r.currencies, cur)
		b.control = append(b.control, sum{cur: cur})
	}
	b.lastTag = uint32(i)
	return b.lastTag
}

// find sets rows to those of the first n keys and tags of the batch, and makes
// room for new ones.
func (b *builder) find(n int) {
	q := &b.batch
	b.groups.Find(q.keys[:n], q.tags[:n], q.rows[:n])
	b.r.keys, b.r.tags = b.groups.All()
	b.r.cells.grow(len(b.r.keys) * b.r.stride())
}

// flush adds up the batch.
func (b *builder) flush() {
	q := &b.batch
	n := q.n
	q.n = 0
	b.find(n)
	stride := b.r.stride()
	for i := range n {
		q.at[i] = int(q.rows[i])*stride + q.cells[i]
	}
	for i := range n {
		b.control[q.tags[i]].add(q.amounts[i])
	}
	kernel.Scatter(b.r.cells.minor, q.at[:n], q.amounts[:n])
	if !b.r.lay.ownPastDue() {
		return
	}
	for i := range n {
		q.at[i] += b.r.lay.pastDue - q.cells[i]
		if q.amounts[i] < 0 {
			q.at[i] += b.r.lay.stride
		}
	}
	kernel.Scatter(b.r.cells.minor, q.at[:n], q.pastDue[:n])
}

// addExact adds an item of any amount, and has all after it added like that.
func (b *builder) addExact(it *ledger.Item) {
	b.room = 0
	b.flush()
	r, m := b.r, it.Outstanding
	if m.Sign() < 0 {
		r.widen()
	}
	q := &b.batch
	q.keys[0], q.tags[0] = r.opt.Group.Key(it), b.tag(m.Currency())
	b.find(1)
	at := int(q.rows[0]) * r.stride()
	r.cells.addMoney(at+b.cell(it, m.Sign() < 0), m)
	if r.lay.ownPastDue() && r.opt.AsOf > it.DueDate() {
		if m.Sign() < 0 {
			at += r.lay.stride
		}
		r.cells.addMoney(at+r.lay.pastDue, m)
	}
	b.control[q.tags[0]].addMoney(m)
}

// addReport adds all rows of a report of the same options.
func (b *builder) addReport(from *Report) {
	if from.credits {
		b.r.widen()
	}
	q := &b.batch
	var rows [kernel.Batch]int
	for i := 0; i < len(from.keys); {
		n := 0
		for ; i < len(from.keys) && n < kernel.Batch; i++ {
			if from.has(i) {
				q.keys[n], q.tags[n], rows[n] = from.keys[i], b.tag(from.currencies[from.tags[i]]), i
				n++
			}
		}
		b.find(n)
		for j, row := range rows[:n] {
			b.r.addRow(int(q.rows[j]), from, row)
		}
	}
	b.r.left.add(from.left)
}

// addPart adds what another builder of the same options has.
func (b *builder) addPart(part *builder) {
	b.addReport(part.r)
	for _, in := range part.control {
		b.control[b.tag(in.cur)].addMoney(in.money())
	}
}

// finish checks that nothing was lost.
func (b *builder) finish() (*Report, error) { return b.r.checked(b.control) }

// checked returns the report if its rows add up to what came in, a sum for each
// of its currencies.
func (r *Report) checked(control []sum) (*Report, error) {
	totals := r.Totals()
	for i := range control {
		in, rows := control[i].money(), units(0, control[i].cur)
		for _, t := range totals {
			if t.Currency() == in.Currency() {
				rows = t.Balance()
			}
		}
		if !in.Equal(rows) {
			return nil, fmt.Errorf("%w: items %s, rows %s", ErrUnbalanced, in, rows)
		}
	}
	return r, nil
}
