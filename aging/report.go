package aging

import (
	"iter"
	"maps"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/internal/kernel"
)

// Report is the aged report of open items on one day. It is immutable, and
// safe for concurrent use, unless it is that of a Book, which changes with it, or
// its memory is taken (Options.Reuse).
// The zero Report has no rows and no as-of date.
type Report struct {
	opt Options // resolved
	lay layout

	// A row is a key and a currency. Its cells are lay.stride sums of debits
	// and, in reports that have unapplied credits, as many of those, all ≤ 0.
	keys       []string
	tags       []uint32 // index of the row's currency
	currencies []ar.Currency
	cells      cells
	credits    bool
	sparse     bool     // rows may be there in which no item is; they are not shown
	live       bool     // a Book changes it
	size       size     // of all amounts
	spare      []memory // of each goroutine, where there will be reuse

	left LeftOut

	// Of what was made of another report: what became of credits, and of other
	// currencies.
	derived   bool
	treatment Treatment
	exchanges []Exchange
}

// LeftOut counts the items that are not in the balances of a report (SPEC A2,
// L7).
type LeftOut struct {
	Future   int // dated after the as-of date
	Closed   int // closed on or before the as-of date
	Settled  int // with nothing outstanding
	Excluded int // disputed or on hold, and excluded; Row.Excluded is their sum
}

func (l *LeftOut) count(s standing) { l.change(s, 1) }

func (l *LeftOut) change(s standing, by int) {
	switch s {
	case future:
		l.Future += by
	case closed:
		l.Closed += by
	case settled:
		l.Settled += by
	case excluded:
		l.Excluded += by
	case open:
	}
}

func (l *LeftOut) add(m LeftOut) {
	l.Future += m.Future
	l.Closed += m.Closed
	l.Settled += m.Settled
	l.Excluded += m.Excluded
}

// Clone returns a copy, for a report that is going to change: that of a Book, or
// one whose memory is to be used again.
func (r *Report) Clone() *Report {
	c := *r
	c.live, c.spare = false, nil
	if r.spare != nil { // else nobody writes over these
		c.keys, c.tags = slices.Clone(r.keys), slices.Clone(r.tags)
	}
	c.cells = cells{minor: slices.Clone(r.cells.minor), wide: maps.Clone(r.cells.wide)}
	return &c
}

// Options returns what the report was made by, with defaults filled in: Reuse
// and Progress are gone, and Group is the customer for columns.
func (r *Report) Options() Options { return r.opt }

// AsOf returns the day the report speaks of.
func (r *Report) AsOf() ar.Date { return r.opt.AsOf }

// AgedAsOf returns the day to which ages count.
func (r *Report) AgedAsOf() ar.Date { return r.opt.AgedAsOf }

// Buckets returns the bucket set, resolved for AgedAsOf.
func (r *Report) Buckets() bucket.Set { return r.opt.Buckets }

// Basis returns the date that items were aged by.
func (r *Report) Basis() Basis { return r.opt.Basis }

// GroupName returns what a row stands for, such as "customer".
func (r *Report) GroupName() string { return r.opt.Group.Name }

// LeftOut returns how many items are not in the report, and why.
func (r *Report) LeftOut() LeftOut { return r.left }

// Len returns the number of rows.
func (r *Report) Len() int {
	if !r.sparse {
		return len(r.keys)
	}
	n := 0
	for i := range r.keys {
		if r.has(i) {
			n++
		}
	}
	return n
}

// has reports whether an item is in row i. If one is, a cell is not 0, as
// debits and credits are apart, and what is settled is in none.
func (r *Report) has(i int) bool {
	if !r.sparse {
		return true
	}
	n := r.stride()
	for c := i * n; c < i*n+n; c++ {
		if r.cells.minor[c] != 0 {
			return true
		}
		if r.cells.wide != nil {
			if _, ok := r.cells.wide[c]; ok {
				return true
			}
		}
	}
	return false
}

// All yields the rows in default order, by key and currency.
func (r *Report) All() iter.Seq2[int, Row] { return slices.All(r.Rows(nil)) }

// Unsorted yields the rows in the order in which their first items came, or, of
// columns, in that of their keys, for uses that need none. It sorts nothing and
// allocates nothing.
func (r *Report) Unsorted() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		for i := range r.keys {
			if r.has(i) && !yield(Row{r, i}) {
				return
			}
		}
	}
}

// Rows returns the rows in the order given; nil is ByKey.
func (r *Report) Rows(order Order) []Row {
	rows := slices.AppendSeq(make([]Row, 0, len(r.keys)), r.Unsorted())
	if order == nil {
		order = ByKey
	}
	slices.SortFunc(rows, order)
	return rows
}

// Currencies returns the currencies of the rows, by code; of no rows, none.
func (r *Report) Currencies() []ar.Currency {
	var all []ar.Currency
	for row := range r.Unsorted() {
		if cur := row.Currency(); !slices.Contains(all, cur) {
			all = append(all, cur)
		}
		if len(all) == len(r.currencies) {
			break // there can be no others
		}
	}
	slices.SortFunc(all, ar.Currency.Compare)
	return all
}

// Row returns the row of a key in a currency, and whether there is one. It
// looks through all rows.
func (r *Report) Row(key string, cur ar.Currency) (Row, bool) {
	for i, k := range r.keys {
		if row := (Row{r, i}); k == key && row.Currency() == cur && r.has(i) {
			return row, true
		}
	}
	return Row{}, false
}

// Totals returns the grand totals, a Row without a key for each currency, by
// currency. They are those of the whole report.
func (r *Report) Totals() []Row { return r.totals(1) }

// totals is Totals on as many goroutines.
func (r *Report) totals(workers int) []Row {
	t := &Report{opt: r.opt, lay: r.lay, currencies: r.currencies, credits: r.credits, sparse: true, size: r.size}
	t.derived, t.treatment = r.derived, r.treatment
	stride := r.stride()
	for tag := range r.currencies {
		t.keys, t.tags = append(t.keys, ""), append(t.tags, uint32(tag))
	}
	t.cells.resize(len(t.tags) * stride)
	if r.size.fits() {
		workers = max(1, min(workers, len(r.tags)/minRows))
		sums := make([][]int64, workers)
		sums[0] = t.cells.minor
		inPieces(workers, len(r.tags), kernel.Batch, func(h *hand) {
			if h.worker > 0 {
				sums[h.worker] = make([]int64, len(t.cells.minor))
			}
			for h.next() {
				kernel.AddRows(sums[h.worker], r.cells.minor[h.from*stride:h.to*stride], stride, r.tags[h.from:h.to])
			}
		})
		for _, s := range sums[1:] {
			kernel.Add(t.cells.minor, s)
		}
		return t.Rows(nil)
	}
	for i, tag := range r.tags {
		t.addRow(int(tag), r, i)
	}
	return t.Rows(nil)
}

// stride returns the number of cells of a row.
func (r *Report) stride() int {
	if r.credits {
		return 2 * r.lay.stride
	}
	return r.lay.stride
}

// creditsAt returns how far credits lie behind debits in a row, 0 where there is
// no room for any.
func (r *Report) creditsAt() int {
	if r.credits {
		return r.lay.stride
	}
	return 0
}

// widen makes room for unapplied credits in every row.
func (r *Report) widen() {
	if r.credits {
		return
	}
	n, wide := r.lay.stride, r.cells.wide
	r.credits, r.cells.wide = true, nil
	r.cells.resize(len(r.keys) * r.stride())
	for i := len(r.keys) - 1; i >= 0; i-- { // the last first, as each moves to where others are
		row := r.cells.minor[2*n*i:][:2*n]
		copy(row, r.cells.minor[n*i:][:n])
		clear(row[n:])
	}
	for i, m := range wide {
		r.cells.addWide(i/n*2*n+i%n, m)
	}
}

// addRowsTo adds the rows of another report of the same layout, those from the one
// given on, to the rows given, of the same currencies; where that is negative,
// nothing is in the other's row. There is room for credits where the other has
// them.
func (r *Report) addRowsTo(rows []int32, from *Report, first int) {
	if r.size.fits() {
		n := from.stride()
		kernel.AddTo(r.cells.minor, r.stride(), rows, from.cells.minor[first*n:][:len(rows)*n], n)
		return
	}
	for i, row := range rows {
		if row >= 0 {
			r.addRow(int(row), from, first+i)
		}
	}
}

// addRow adds row j of another report of the same layout to row i, which has
// the same currency. There is room for credits where the other has them.
func (r *Report) addRow(i int, from *Report, j int) {
	at, other := i*r.stride(), j*from.stride()
	if r.size.fits() {
		kernel.Add(r.cells.minor[at:][:from.stride()], from.cells.minor[other:])
		return
	}
	cur := r.currencies[r.tags[i]]
	for c := range from.stride() {
		r.cells.add(at+c, from.cells.minor[other+c], cur)
		if m, ok := from.cells.wide[other+c]; ok {
			r.cells.addWide(at+c, m)
		}
	}
}
