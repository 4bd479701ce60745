package statement

import (
	"fmt"
	"iter"
	"math"
	"slices"

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
		g := &grouped{frame: f, items: items, table: kernel.NewTable(f.buckets.Edges())}
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
	spare []single      // memory for the next statements
	sums  []int64       // likewise
}

// place is what the sums want to know of an open item.
type place struct {
	minor int64
	item  int32
	due   ar.Date
}

// single is a statement and its only section.
type single struct {
	Statement
	section [1]Section
}

// maxMinor keeps the sum of 2³¹ amounts within an int64.
const maxMinor = math.MaxInt64 >> 32

// group reads the items, and puts those of each customer side by side.
func (g *grouped) group() error {
	if len(g.items) > math.MaxInt32 {
		return fmt.Errorf("%d items: want at most %d at a time", len(g.items), math.MaxInt32)
	}
	groups, b := kernel.NewGroups(), new(batch)
	numbers := make([]int32, 0, len(g.items)) // the customer of each open item
	found := make([]place, 0, len(g.items))
	for from := 0; from < len(g.items); from += kernel.Batch {
		var err error
		numbers, found, err = g.batch(b, groups, from, numbers, found)
		if err != nil {
			return err
		}
	}
	g.customers, _ = groups.All()
	g.place(numbers, found)
	return nil
}

// batch is the customers of some items. Where one item follows another of the
// same customer, that is looked up once.
type batch struct {
	n     int // customers to look up
	keys  [kernel.Batch]string
	words [kernel.Batch]uint64
	metas [kernel.Batch]uint32
	found [kernel.Batch]int32
	of    [kernel.Batch]int32 // of each item, the index of its customer in the others
}

// add notes the customer of item i of the batch.
func (b *batch) add(groups *kernel.Groups, i int, customer string) {
	var word uint64
	var meta uint32
	if len(customer) == kernel.Short {
		word, meta = kernel.Load8(customer), kernel.Short
	} else {
		word, meta = groups.Encode(customer, 0)
	}
	if last := b.n - 1; last < 0 || word != b.words[last] || meta != b.metas[last] ||
		len(customer) > kernel.Short && customer != b.keys[last] {
		b.keys[b.n], b.words[b.n], b.metas[b.n] = customer, word, meta
		b.n++
	}
	b.of[i] = int32(b.n - 1)
}

// batch appends the open items of a batch that starts with an item, and their
// customers' numbers.
func (g *grouped) batch(b *batch, groups *kernel.Groups, from int, numbers []int32, found []place) ([]int32, []place, error) {
	items := g.items[from:min(from+kernel.Batch, len(g.items))]
	cur := items[0].Outstanding.Currency()
	plain := true
	before := len(found)
	b.n = 0
	for i := range items {
		it := &items[i]
		if err := checkItem(it); err != nil {
			return nil, nil, fmt.Errorf("item %d: %w", from+i, err)
		}
		if !g.frame.open(it) {
			continue
		}
		minor, fits := it.Outstanding.Minor()
		plain = plain && fits && minor <= maxMinor && minor >= -maxMinor && it.Outstanding.Currency() == cur
		b.add(groups, len(found)-before, it.Customer)
		found = append(found, place{minor, int32(from + i), it.DueDate()})
	}
	groups.Find(b.words[:b.n], b.metas[:b.n], b.keys[:b.n], b.found[:b.n])
	for i := range len(found) - before {
		numbers = append(numbers, b.found[b.of[i]])
	}
	g.note(numbers[before:], found[before:], cur, plain)
	return numbers, found, nil
}

// note notes the currencies of new customers, and who is odd, of a batch that is
// plain if all its amounts are small ones of one currency.
func (g *grouped) note(numbers []int32, found []place, cur ar.Currency, plain bool) {
	for i, c := range numbers {
		if int(c) == len(g.currencies) {
			g.currencies = append(g.currencies, g.items[found[i].item].Outstanding.Currency())
		}
		if plain && g.currencies[c] == cur {
			continue
		}
		m := g.items[found[i].item].Outstanding
		minor, fits := m.Minor()
		if !fits || minor > maxMinor || minor < -maxMinor || m.Currency() != g.currencies[c] {
			if g.odd == nil {
				g.odd = map[int32]bool{}
			}
			g.odd[c] = true
		}
	}
}

// checkItem asks of an item what Validate does, faster where nothing is wrong.
func checkItem(it *ledger.Item) error {
	if it.Customer == "" || !it.Date.Valid() || !validOrZero(it.Posted) || !validOrZero(it.Due) || !it.Closed.IsZero() || it.Held < 0 {
		return it.Validate()
	}
	return nil
}

func validOrZero(d ar.Date) bool { return d >= 0 && d <= ar.MaxDate }

// place puts items in the order of their customers, each customer's in the order
// in which they came. Those that came so stay where they are.
func (g *grouped) place(numbers []int32, found []place) {
	next := make([]int32, len(g.customers)+1)
	sorted := true
	for i, c := range numbers {
		next[c+1]++
		sorted = sorted && (i == 0 || numbers[i-1] <= c)
	}
	for c := range g.customers {
		next[c+1] += next[c]
	}
	g.begin, g.placed = next, found
	if sorted {
		return
	}
	g.begin, g.placed = slices.Clone(next), make([]place, len(found))
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
	if len(g.spare) == 0 {
		g.spare = make([]single, min(chunk, len(g.customers)-c))
		g.sums = make([]int64, len(g.spare)*g.width())
	}
	s := &g.spare[0]
	s.section[0] = Section{
		frame: f, cur: g.currencies[c], minor: g.sums[:g.width():g.width()], lazy: g, from: from, to: to,
	}
	s.Statement = Statement{frame: f, customer: customer, name: name, sections: s.section[:]}
	g.spare, g.sums = g.spare[1:], g.sums[g.width():]
	if !g.addUp(s.section[0].minor, g.placed[from:to]) {
		return nil, s.section[0].check()
	}
	return &s.Statement, nil
}

// chunk is how many statements are given memory at a time.
const chunk = 64

// width is the number of sums of a section.
func (g *grouped) width() int { return g.frame.buckets.Len() + int(boxes) }

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
	return g.frame.show(g.open(s.from, s.to), s.Opening())
}

// addUp is newSection of items whose amounts are plain integers, and sum to plain
// integers. It reports whether the sums agree.
func (g *grouped) addUp(sums []int64, placed []place) bool {
	f, to := g.frame, g.frame.period.To
	var credits, past, ahead, total int64
	for _, p := range placed {
		if p.minor < 0 {
			credits -= p.minor
			continue
		}
		total += p.minor
		offset := int32(to - p.due)
		sums[g.table.Index(offset)] += p.minor
		if offset < 0 {
			ahead += p.minor
		} else if offset > 0 && (f.overdue == PastDue || g.shown(p.item)) {
			past += p.minor
		}
	}
	aged := total
	for _, minor := range sums {
		aged -= minor
	}
	rest := sums[f.buckets.Len():]
	rest[unapplied], rest[overdue], rest[notYetDue] = credits, past, ahead
	rest[dueNow], rest[balance] = total-past-ahead, total-credits
	return aged == 0
}

func (g *grouped) shown(item int32) bool {
	it := &g.items[item]
	return g.frame.shown.has("", it.Number, it.Date)
}
