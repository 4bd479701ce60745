package aging

import (
	"errors"
	"fmt"
	"slices"

	"github.com/openreceivables/ar/internal/kernel"
)

// ErrMerge: reports of different options cannot be merged.
var ErrMerge = errors.New("reports cannot be merged")

// Merge returns the report of all the items behind the reports, in any order
// and grouping of them (SPEC A10). They must have the same options, as far as
// these say what is in which column, and the same group name; the error says
// what differs. Reports are merged before they are treated or converted. Of no
// reports there is no merger.
func Merge(reports ...*Report) (*Report, error) {
	if len(reports) == 0 {
		return nil, fmt.Errorf("%w: there are none", ErrMerge)
	}
	first := reports[0]
	b := newBuilder(&Report{opt: first.opt, lay: first.lay})
	for _, r := range reports {
		if err := first.mergeable(r); err != nil {
			return nil, err
		}
		if r.derived {
			return nil, fmt.Errorf("%w: %w", ErrMerge, ErrDerived)
		}
		b.addReport(r, nil, 1)
	}
	return b.r, nil
}

// mergeable returns how the options of two reports differ.
func (r *Report) mergeable(o *Report) error {
	switch {
	case r.AsOf() != o.AsOf():
		return fmt.Errorf("%w: as of %s and %s", ErrMerge, r.AsOf(), o.AsOf())
	case r.AgedAsOf() != o.AgedAsOf():
		return fmt.Errorf("%w: aged as of %s and %s", ErrMerge, r.AgedAsOf(), o.AgedAsOf())
	case r.Basis() != o.Basis():
		return fmt.Errorf("%w: by %s and by %s", ErrMerge, r.Basis(), o.Basis())
	case !r.Buckets().Equal(o.Buckets()):
		return fmt.Errorf("%w: buckets %s and %s", ErrMerge, r.Buckets(), o.Buckets())
	case r.GroupName() != o.GroupName():
		return fmt.Errorf("%w: by %s and by %s", ErrMerge, r.GroupName(), o.GroupName())
	case r.opt.Adjusted != o.opt.Adjusted:
		return fmt.Errorf("%w: one by adjusted days, one by the calendar", ErrMerge)
	case r.opt.Exclude != o.opt.Exclude:
		return fmt.Errorf("%w: one excludes flags %#b, one %#b", ErrMerge, r.opt.Exclude, o.opt.Exclude)
	case r.opt.Apart != o.opt.Apart:
		return fmt.Errorf("%w: one sets flags %#b apart, one %#b", ErrMerge, r.opt.Apart, o.opt.Apart)
	case r.opt.Receipts != o.opt.Receipts:
		return fmt.Errorf("%w: one with receipts, one without", ErrMerge)
	}
	return nil
}

// Equal reports whether two reports say the same: options, rows with every
// amount, and what was left out. The order in which items came in is no part
// of it.
func (r *Report) Equal(o *Report) bool {
	if r == nil || o == nil {
		return r == o
	}
	return r.mergeable(o) == nil && r.left == o.left && r.treatment == o.treatment && r.derived == o.derived &&
		slices.EqualFunc(r.exchanges, o.exchanges, Exchange.equal) &&
		slices.EqualFunc(r.Rows(nil), o.Rows(nil), Row.Equal)
}

// addReport adds all rows of a report of the same options, on as many goroutines.
// Groups, if not nil, are those of its rows, and have the same seed as b's.
func (b *builder) addReport(from *Report, groups *kernel.Groups, workers int) {
	if from.credits {
		b.r.widen()
	}
	b.r.size = b.r.size.add(from.size)
	b.r.left.add(from.left)
	tags := make([]uint32, len(from.currencies))
	for i, cur := range from.currencies {
		tags[i] = b.tag(cur)
	}
	b.groups.Index()
	rows := make([]int32, len(from.keys))
	workers = max(1, min(workers, len(rows)/minRows))
	inPieces(workers, len(rows), kernel.Batch, func(h *hand) {
		c := translation{from: from, groups: groups, tags: tags}
		for h.next() {
			c.n = 0
			for i := h.from; i < h.to; i++ {
				c.add(i)
			}
			c.encode(b.groups)
			b.groups.Known(c.words[:c.n], c.metas, rows[h.from:h.to], c.key)
		}
	})
	b.expectNew(from, rows)
	if !b.r.size.fits() {
		workers = 1 // they may share the map of what is wide
	}
	// No two rows are added to the same. Only those that are new have to be told one
	// by one: while one goroutine does, others add what is known. Rows stays as it is.
	inPieces(workers, len(rows), kernel.Batch, func(h *hand) {
		if h.worker == 0 {
			b.addNew(&translation{from: from, groups: groups, tags: tags}, rows)
		}
		for h.next() {
			b.r.addRowsTo(rows[h.from:h.to], from, h.from)
		}
	})
}

// expectNew makes room for the rows of another report that are new; where columns
// have a key twice, for one more.
func (b *builder) expectNew(from *Report, rows []int32) {
	n := len(b.r.keys)
	for i, row := range rows {
		if row < 0 && from.has(i) {
			n++
		}
	}
	if room := cap(b.r.keys); n > room {
		b.groups.Expect(max(n, room+room/2))
		b.r.keys, b.r.tags = b.groups.All()
	}
	b.resizeCells(n)
}

// addNew adds the rows of another report that are new. There is room for them.
func (b *builder) addNew(c *translation, rows []int32) {
	for i, row := range rows {
		if row < 0 && c.from.has(i) {
			c.add(i)
		}
		if c.n == kernel.Batch || i == len(rows)-1 {
			c.encode(b.groups)
			b.groups.Find(c.words[:c.n], c.metas, c.found[:c.n], c.key)
			b.r.keys, b.r.tags = b.groups.All()
			for k, row := range c.found[:c.n] {
				b.r.addRow(int(row), c.from, int(c.rows[k]))
			}
			c.n = 0
		}
	}
}

// translation is some rows of a report as the Groups of another want to know of
// them.
type translation struct {
	from   *Report
	groups *kernel.Groups // of its rows, if they are of the same seed
	tags   []uint32       // of its currencies, there
	n      int
	rows   [kernel.Batch]int32
	words  [kernel.Batch]uint64
	metas  []uint32 // as Find has them
	room   [kernel.Batch]uint32
	found  [kernel.Batch]int32
}

func (c *translation) add(row int) {
	c.rows[c.n] = int32(row)
	c.n++
}

func (c *translation) key(i int) string { return c.from.keys[c.rows[i]] }

func (c *translation) encode(there *kernel.Groups) {
	if c.groups != nil {
		c.metas = c.groups.Encoded(c.rows[:c.n], c.tags, c.words[:], c.room[:])
		return
	}
	for i := range c.n {
		c.words[i], c.room[i] = there.Encode(c.key(i), c.tags[c.from.tags[c.rows[i]]])
	}
	c.metas = c.room[:c.n]
}

// addPart adds what another builder of the same options and seed has, on as many
// goroutines.
func (b *builder) addPart(part *builder, workers int) {
	if !b.appendRows(part) {
		b.addReport(part.r, part.groups, workers)
	}
	for _, in := range part.control {
		b.control[b.tag(in.cur)].addMoney(in.money())
	}
}

// appendRows is addReport where the rows of both came in ascending order, and
// those of the part come after: then none needs to be looked up. It reports
// whether that is so.
func (b *builder) appendRows(part *builder) bool {
	r, from := b.r, part.r
	if !slices.Equal(r.currencies, from.currencies) {
		return false
	}
	first, ok := b.groups.Append(part.groups)
	if !ok {
		return false
	}
	b.growRows()
	if from.credits {
		r.widen()
	}
	r.size = r.size.add(from.size)
	for i := range from.keys {
		r.addRow(first+i, from, i)
	}
	r.left.add(from.left)
	return true
}
