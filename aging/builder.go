package aging

import (
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// builder fills a report. Nearly all items are plain: addPlain adds those up in
// short loops over integers. add takes any item.
type builder struct {
	r      *Report
	groups *kernel.Groups // rows, by key and index of currency

	control []sum // what came in, by index of currency
	lastTag uint32

	byCustomer bool // the key of an item is its customer
	scattered  bool // items do not come in runs of one row
	expected   int  // items in all, if known
	far        bool // they and those of others are so many that most are in no cache
	taken      int  // of them, in batches
	batch      batch
}

// start returns builders for shares of the items, one or more, of which the first
// is to get the others' parts. The groups are those of the memory, to be reset.
func start(opt Options, shares int) ([]*builder, error) {
	byCustomer := opt.Group.Key == nil
	opt, err := opt.resolved()
	if err != nil {
		return nil, err
	}
	old, err := opt.takeMemory(shares)
	if err != nil {
		return nil, err
	}
	first := newReport(opt)
	parts := make([]*builder, shares)
	for i := range parts {
		r := first
		if i > 0 {
			r = &Report{opt: first.opt, lay: first.lay}
		}
		r.cells.minor = old[i].minor[:0]
		groups := old[i].groups
		if groups == nil && i == 0 {
			groups = kernel.NewGroups()
		} else if groups == nil {
			groups = parts[0].groups.Like()
		}
		parts[i] = &builder{r: r, groups: groups, byCustomer: byCustomer}
	}
	return parts, nil
}

func newBuilder(r *Report) *builder { return &builder{r: r, groups: kernel.NewGroups()} }

// add puts an item where it belongs. It allocates only for new rows.
func (b *builder) add(it *ledger.Item) error {
	r := b.r
	if err := checkItem(it); err != nil {
		return err
	}
	if it.Held < 0 && r.opt.Adjusted {
		return it.Validate()
	}
	s := r.opt.standing(it)
	if s != open {
		r.left.count(s)
	}
	column := r.opt.column(it, s)
	if column == InNone {
		return nil
	}
	m := it.Outstanding
	r.size = r.size.addMoney(m)
	tag := b.tag(m.Currency())
	if cell, ok := r.lay.aside(column); ok {
		m = m.Abs()
		b.control[tag].addMoney(m)
		r.cells.addMoney(b.row(r.opt.Group.Key(it), tag)*r.stride()+cell, m)
		return nil
	}
	credit := 0
	if m.Sign() < 0 {
		r.widen()
		credit = r.lay.stride
	}
	at := b.row(r.opt.Group.Key(it), tag)*r.stride() + credit
	cell := r.lay.cell(r.opt.AsOf, r.opt.since(it))
	r.cells.addMoney(at+cell, m)
	if own, ok := r.lay.ownPastDue(); ok && cell < int(r.lay.pastDue.from) && r.opt.AgedAsOf > it.DueDate() {
		r.cells.addMoney(at+own, m)
	}
	b.control[tag].addMoney(m)
	return nil
}

// checkItem asks of an item what a report relies on.
func checkItem(it *ledger.Item) error {
	if it.Customer == "" || !it.Date.Valid() || !validOrZero(it.Posted) || !validOrZero(it.Due) || !validOrZero(it.Closed) {
		return it.Validate()
	}
	return nil
}

func validOrZero(d ar.Date) bool { return d >= 0 && d <= ar.MaxDate }

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

// row returns the row of a key and a currency.
func (b *builder) row(key string, tag uint32) int {
	word, meta := b.groups.Encode(key, tag)
	row := int(b.groups.FindOne(word, meta, key))
	if row == len(b.r.keys) {
		b.growRows()
	}
	return row
}

// expect makes room for the rows of all items, when that for those of the next
// batch runs out: for as many as there are of those taken, and some more.
func (b *builder) expect() {
	rows := len(b.r.keys)
	if b.expected == 0 || rows+kernel.Batch <= cap(b.r.keys) {
		return
	}
	n := min(rows*b.expected/b.taken, b.expected)
	b.groups.Expect(max(n+n/16+kernel.Batch, rows+rows/2))
	b.growRows()
}

// growRows makes room for new rows.
func (b *builder) growRows() {
	b.r.keys, b.r.tags = b.groups.All()
	b.resizeCells(len(b.r.keys))
}

// resizeCells sets the number of cells to that of so many rows.
func (b *builder) resizeCells(rows int) {
	n := rows * b.r.stride()
	if n > cap(b.r.cells.minor) {
		b.r.cells.reserve(cap(b.r.keys) * b.r.stride())
	}
	b.r.cells.resize(n)
}

// finish checks that nothing was lost, once all parts are in the first. Reuse
// says that their memory is of use later.
func finish(parts []*builder, reuse bool) (*Report, error) {
	r, err := parts[0].r.checked(parts[0].control, len(parts))
	if err != nil || !reuse {
		return r, err
	}
	for _, part := range parts {
		r.spare = append(r.spare, memory{minor: part.r.cells.minor, groups: part.groups})
	}
	return r, nil
}

// checked returns the report if its rows add up to what came in, a sum for each
// of its currencies. It adds up on as many goroutines.
func (r *Report) checked(control []sum, workers int) (*Report, error) {
	totals := r.totals(workers)
	for i := range control {
		in, rows := control[i].money(), units(0, control[i].cur)
		for _, t := range totals {
			if t.Currency() == in.Currency() {
				rows = plus(t.Balance(), plus(t.Excluded(), t.Receipts()))
			}
		}
		if !in.Equal(rows) {
			return nil, fmt.Errorf("%w: items %s, rows %s", ErrUnbalanced, in, rows)
		}
	}
	return r, nil
}
