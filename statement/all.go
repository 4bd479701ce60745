package statement

import (
	"iter"
	"slices"
	"sync"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// ByCustomer yields the statement of each customer that has open items, in
// open-item form, from the items of all customers in any order. It says what
// FromItems says of the items of each, in the order in which customers first
// come, but faster: one aged report has the boxes of all, and lines are made when
// they are asked for. The items must stay as they are as long as a statement is
// in use.
//
// An error comes alone and first: those of Options, ErrNeedsAccount, and those
// of aging.Compute, which names the first invalid item, but takes no offence at
// one that is closed before its date, or has less than 0 held days.
func ByCustomer(items []ledger.Item, opt Options) iter.Seq2[*Statement, error] {
	return func(yield func(*Statement, error) bool) {
		g, err := newGrouped(items, opt)
		if err != nil {
			yield(nil, err)
			return
		}
		for rows := range g.rows() {
			s, err := g.statement(rows)
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

// grouped is what the statements of many customers are made of.
type grouped struct {
	frame  *frame
	items  []ledger.Item
	report *aging.Report

	// The buckets of the report are those of the frame, with what is before day 0
	// cut from what follows: ends[i] is the first after bucket i, and ahead the
	// first that is not ahead of day 0. Whole means that nothing had to be cut.
	ends  []int
	ahead int
	whole bool

	byLine bool // the rows do not tell all boxes

	index func() *index
	spare []single
}

// single is a statement and its only section, which most have.
type single struct {
	Statement
	section [1]Section
}

// Memory is what the statements of many customers take, to serve for others when
// they are no longer needed. The zero Memory is empty.
type Memory struct {
	report     *aging.Report
	statements []single
}

// chunk is how many statements are given memory at a time.
const chunk = 64

func newGrouped(items []ledger.Item, opt Options) (*grouped, error) {
	f, err := opt.itemFrame()
	if err != nil {
		return nil, err
	}
	g := &grouped{frame: f, items: items}
	g.index = sync.OnceValue(g.newIndex)
	set, err := g.cut(f.buckets)
	g.byLine = err != nil || f.overdue == OnStatement
	if err != nil { // one bucket too many
		set = f.buckets
	}
	age := aging.Options{AsOf: f.period.To, Buckets: set, Workers: opt.Workers}
	m := opt.Reuse
	if m != nil {
		if age.Reuse = m.report; age.Reuse == nil {
			age.Reuse = new(aging.Report)
		}
		m.report = nil
	}
	if g.report, err = aging.Compute(items, age); err != nil || m == nil {
		return g, err
	}
	m.report = g.report
	switch n := g.report.Len(); {
	case g.byLine: // none is made there
	case n > len(m.statements):
		m.statements = make([]single, n)
	default:
		clear(m.statements[n:]) // they keep the items of calls before
	}
	g.spare = m.statements
	return g, nil
}

// cut returns a set whose buckets end where those of a set do, and before day 0.
func (g *grouped) cut(set bucket.Set) (bucket.Set, error) {
	var edges []int
	for _, b := range set.All() {
		if b.From < 0 && b.To >= 0 {
			edges = append(edges, -1)
		}
		edges = append(edges, b.To)
		g.ends = append(g.ends, len(edges))
	}
	set, err := bucket.FromEdges(edges[:len(edges)-1]...)
	g.ahead, g.whole = set.Index(-1)+1, len(edges) == len(g.ends)
	return set, err
}

// rows yields the rows of each customer, in memory that serves for the next.
func (g *grouped) rows() iter.Seq[[]aging.Row] {
	return func(yield func([]aging.Row) bool) {
		if len(g.report.Totals()) < 2 {
			one := make([]aging.Row, 1)
			for one[0] = range g.report.Unsorted() {
				if !yield(one) {
					return
				}
			}
			return
		}
		numbers := map[string]int{} // of customers
		var all [][]aging.Row
		for row := range g.report.Unsorted() {
			n, ok := numbers[row.Key()]
			if !ok {
				n = len(all)
				numbers[row.Key()] = n
				all = append(all, nil)
			}
			all[n] = append(all[n], row)
		}
		for _, rows := range all {
			if !yield(rows) {
				return
			}
		}
	}
}

// statement returns the statement of a customer's rows.
func (g *grouped) statement(rows []aging.Row) (*Statement, error) {
	f, customer := g.frame, rows[0].Key()
	name := f.nameOf(ledger.Customer{ID: customer})
	if g.byLine {
		return newStatement(f, customer, name, f.openItems(g.open(customer)))
	}
	if len(g.spare) == 0 {
		g.spare = make([]single, min(chunk, g.report.Len()))
	}
	s := &g.spare[0]
	g.spare = g.spare[1:]
	sections := s.section[:0]
	for _, row := range rows {
		sections = append(sections, Section{row: row, of: g})
	}
	if len(sections) > 1 {
		slices.SortFunc(sections, compareSections)
	}
	s.Statement = Statement{frame: f, customer: customer, name: name, sections: sections}
	return &s.Statement, nil
}

// bucket returns what a row has in a bucket of the frame.
func (g *grouped) bucket(row aging.Row, i int) ar.Money {
	if g.whole {
		return row.Amount(i)
	}
	from := 0
	if i > 0 {
		from = g.ends[i-1]
	}
	return g.sum(row, from, g.ends[i])
}

func (g *grouped) sum(row aging.Row, from, to int) ar.Money {
	if from == to {
		return zeroOf(row.Currency())
	}
	total := row.Amount(from)
	for i := from + 1; i < to; i++ {
		total = plus(total, row.Amount(i))
	}
	return total
}

// box returns one of the other sums of a row.
func (g *grouped) box(row aging.Row, b box) ar.Money {
	switch b {
	case unapplied:
		return row.Unapplied()
	case overdue:
		return row.PastDue()
	case notYetDue:
		return g.sum(row, 0, g.ahead)
	case dueNow:
		return plus(g.sum(row, g.ahead, g.ends[len(g.ends)-1]), row.PastDue().Neg())
	case balance:
		return row.Balance()
	default: // of the balance-forward form
		return zeroOf(row.Currency())
	}
}

// index is where the items of each customer are.
type index struct {
	numbers map[string]int32 // of customers
	begin   []int32          // of each customer's items in items; one more for the end
	items   []int32
}

func (g *grouped) newIndex() *index {
	x := &index{numbers: map[string]int32{}, items: make([]int32, len(g.items))}
	of := make([]int32, len(g.items))
	next := []int32{0} // first the counts, each one further on
	for i := range g.items {
		n, ok := x.numbers[g.items[i].Customer]
		if !ok {
			n = int32(len(x.numbers))
			x.numbers[g.items[i].Customer] = n
			next = append(next, 0)
		}
		of[i] = n
		next[n+1]++
	}
	for n := 1; n < len(next); n++ {
		next[n] += next[n-1]
	}
	x.begin = slices.Clone(next)
	for i, n := range of {
		x.items[next[n]] = int32(i)
		next[n]++
	}
	return x
}

// open returns the lines of all that is open of a customer.
func (g *grouped) open(customer string) []Line {
	x := g.index()
	n := x.numbers[customer]
	items := x.items[x.begin[n]:x.begin[n+1]]
	lines := make([]Line, 0, len(items))
	for _, i := range items {
		if it := &g.items[i]; g.frame.open(it) {
			lines = append(lines, g.frame.itemLine(it))
		}
	}
	return lines
}

// lines returns the lines of a section.
func (g *grouped) lines(s *Section) []Line {
	open := slices.DeleteFunc(g.open(s.row.Key()), func(l Line) bool { return l.Outstanding.Currency() != s.row.Currency() })
	return g.frame.show(open, s.Opening())
}
