package statement

import (
	"fmt"
	"iter"
	"math"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// ByCustomer yields the statement of each customer that has open items, in
// open-item form, from the items of all customers in any order. It is what
// FromItems makes of the items of each, in the order in which customers first
// come, but faster: it reads the items once and makes lines when they are asked
// for. The items must stay as they are as long as a statement is in use.
//
// An error comes alone and first: those of Options, ErrNeedsAccount, and that of
// the first invalid item.
func ByCustomer(items []ledger.Item, opt Options) iter.Seq2[*Statement, error] {
	return func(yield func(*Statement, error) bool) {
		f, err := opt.itemFrame()
		if err != nil {
			yield(nil, err)
			return
		}
		g := &grouped{frame: f, items: items, table: kernel.NewTable(f.buckets.Edges()), sums: make([]int64, f.buckets.Len())}
		if err := g.group(); err != nil {
			yield(nil, err)
			return
		}
		for c := range g.customers {
			s, err := g.statement(c)
			if !yield(s, err) || err != nil {
				return
			}
		}
	}
}

// grouped is items by customer.
type grouped struct {
	frame *frame
	items []ledger.Item

	customers  []string       // by number
	currencies []ar.Currency  // of a customer's first item
	odd        map[int32]bool // customers whose amounts want more than plain integers
	begin      []int32        // of each customer's items in placed; one more for the end
	placed     []place

	table *kernel.Table // day offset → bucket
	sums  []int64       // of the buckets; those of one customer after the other
}

// place is what the sums want to know of an open item.
type place struct {
	minor int64
	item  int32
	due   ar.Date
}

// maxMinor keeps the sum of 2³¹ amounts within an int64.
const maxMinor = math.MaxInt64 >> 32

// group reads the items, and puts those of each customer side by side.
func (g *grouped) group() error {
	if len(g.items) > math.MaxInt32 {
		return fmt.Errorf("%d items: want at most %d at a time", len(g.items), math.MaxInt32)
	}
	var (
		groups  = kernel.NewGroups()
		numbers = make([]int32, 0, len(g.items)) // the customer of each open item
		found   = make([]place, 0, len(g.items))
		keys    [kernel.Batch]string
		words   [kernel.Batch]uint64
		metas   [kernel.Batch]uint32
	)
	for from := 0; from < len(g.items); from += kernel.Batch {
		n := 0
		for i := from; i < min(from+kernel.Batch, len(g.items)); i++ {
			it := &g.items[i]
			if err := checkItem(it); err != nil {
				return fmt.Errorf("item %d: %w", i, err)
			}
			if !g.frame.open(it) {
				continue
			}
			keys[n] = it.Customer
			words[n], metas[n] = groups.Encode(it.Customer, 0)
			minor, _ := it.Outstanding.Minor()
			found = append(found, place{minor, int32(i), it.DueDate()})
			n++
		}
		numbers = numbers[:len(numbers)+n]
		groups.Find(words[:n], metas[:n], keys[:n], numbers[len(numbers)-n:])
		g.note(numbers[len(numbers)-n:], found[len(found)-n:])
	}
	g.customers, _ = groups.All()
	g.place(numbers, found)
	return nil
}

// checkItem asks of an item what Validate does, faster where nothing is wrong.
func checkItem(it *ledger.Item) error {
	if it.Customer == "" || !it.Date.Valid() || !validOrZero(it.Posted) || !validOrZero(it.Due) || !it.Closed.IsZero() {
		return it.Validate()
	}
	return nil
}

func validOrZero(d ar.Date) bool { return d >= 0 && d <= ar.MaxDate }

// note notes the currencies of new customers, and who is odd.
func (g *grouped) note(numbers []int32, found []place) {
	for i, c := range numbers {
		m := g.items[found[i].item].Outstanding
		if int(c) == len(g.currencies) {
			g.currencies = append(g.currencies, m.Currency())
		}
		minor, fits := m.Minor()
		if !fits || minor > maxMinor || minor < -maxMinor || m.Currency() != g.currencies[c] {
			if g.odd == nil {
				g.odd = map[int32]bool{}
			}
			g.odd[c] = true
		}
	}
}

// place puts items in the order of their customers, each customer's in the order
// in which they came.
func (g *grouped) place(numbers []int32, found []place) {
	next := make([]int32, len(g.customers)+1)
	for _, c := range numbers {
		next[c+1]++
	}
	for c := range g.customers {
		next[c+1] += next[c]
	}
	g.begin = append([]int32(nil), next...)
	g.placed = make([]place, len(found))
	for i, c := range numbers {
		g.placed[next[c]] = found[i]
		next[c]++
	}
}

// statement returns the statement of a customer by number.
func (g *grouped) statement(c int) (*Statement, error) {
	f, customer := g.frame, g.customers[c]
	name := f.nameOf(ledger.Customer{ID: customer})
	from, to := g.begin[c], g.begin[c+1]
	if g.odd[int32(c)] {
		return newStatement(f, customer, name, f.openItems(g.open(from, to)))
	}
	return newStatement(f, customer, name, []Section{g.section(g.currencies[c], from, to)})
}

// open returns the lines of some items, in the order in which these came.
func (g *grouped) open(from, to int32) []Line {
	lines := make([]Line, 0, to-from)
	for _, p := range g.placed[from:to] {
		lines = append(lines, g.frame.itemLine(&g.items[p.item]))
	}
	return lines
}

// lines returns the lines of a section whose lines are made when asked for.
func (g *grouped) lines(s *Section) []Line {
	lines := g.open(s.from, s.to)
	g.frame.show(lines, s.opening, g.frame.counted)
	return lines
}

// section is newSection of some items whose amounts are plain integers, which
// sum to plain integers.
func (g *grouped) section(cur ar.Currency, from, to int32) Section {
	f := g.frame
	clear(g.sums)
	var unapplied, overdue, notYetDue, total int64
	for _, p := range g.placed[from:to] {
		if p.minor < 0 {
			unapplied -= p.minor
			continue
		}
		total += p.minor
		offset := int32(f.period.To - p.due)
		g.sums[g.table.Index(offset)] += p.minor
		if offset < 0 {
			notYetDue += p.minor
		} else if offset > 0 && (f.overdue == PastDue || g.shown(p.item)) {
			overdue += p.minor
		}
	}
	zero := units(0, cur)
	s := Section{
		frame: f, cur: cur, lazy: g, from: from, to: to,
		amounts: make([]ar.Money, len(g.sums)), unapplied: units(unapplied, cur),
		overdue: units(overdue, cur), dueNow: units(total-overdue-notYetDue, cur), notYetDue: units(notYetDue, cur),
		balance: units(total-unapplied, cur), opening: zero, exchanged: zero, elsewhere: zero,
	}
	for i, minor := range g.sums {
		s.amounts[i] = units(minor, cur)
	}
	return s
}

func (g *grouped) shown(item int32) bool {
	it := &g.items[item]
	return g.frame.shown.has("", it.Number, it.Date)
}
