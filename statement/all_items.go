package statement

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
)

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

// of returns the positions of a customer's items.
func (x *index) of(customer string) []int32 {
	n, ok := x.numbers[customer]
	if !ok {
		return nil
	}
	return x.items[x.begin[n]:x.begin[n+1]]
}

// open returns the lines of all that is open of a customer.
func (g *grouped) open(customer string) []Line {
	items := g.index().of(customer)
	lines := make([]Line, 0, len(items))
	for _, i := range items {
		if it := &g.items[i]; g.frame.open(it) {
			lines = append(lines, g.frame.itemLine(it))
		}
	}
	return lines
}

// notYetDue returns what of a row falls due after the period, which no bucket
// need tell.
func (g *grouped) notYetDue(row aging.Row) ar.Money {
	sum := zeroOf(row.Currency())
	for _, i := range g.index().of(row.Key()) {
		it := &g.items[i]
		if m := it.Outstanding; m.Sign() > 0 && m.Currency() == row.Currency() && it.DueDate() > g.frame.period.To && g.frame.open(it) {
			sum = plus(sum, m)
		}
	}
	return sum
}

// openIn returns the lines of all that is open of a row.
func (g *grouped) openIn(row aging.Row) []Line {
	return slices.DeleteFunc(g.open(row.Key()), func(l Line) bool { return l.Outstanding.Currency() != row.Currency() })
}

// lines returns the lines of a section.
func (g *grouped) lines(s *Section) []Line { return g.frame.show(g.openIn(s.row), s.Opening()) }

// checkItems returns ErrUnbalanced where the items do not say what the row of a
// section does: it is of a report of others.
func (s *Section) checkItems() error {
	if s.of == nil {
		return nil
	}
	want := s.of.frame.newSection(s.Currency(), s.of.openIn(s.row))
	return s.of.checkRow(&want, s.row)
}

// checkSections is checkItems for a statement whose sections are of the items.
func (g *grouped) checkSections(s *Statement, rows []aging.Row) error {
	if len(s.sections) != len(rows) {
		return fmt.Errorf("customer %q: %w: the items are of %d currencies, the report of %d", s.customer, ErrUnbalanced, len(s.sections), len(rows))
	}
	for _, row := range rows {
		i := slices.IndexFunc(s.sections, func(x Section) bool { return x.Currency() == row.Currency() })
		if i < 0 {
			return fmt.Errorf("customer %q: %w: no item is in %s", s.customer, ErrUnbalanced, row.Currency())
		}
		if err := g.checkRow(&s.sections[i], row); err != nil {
			return fmt.Errorf("customer %q: %w", s.customer, err)
		}
	}
	return nil
}

// checkRow holds a row against a section of its items.
func (g *grouped) checkRow(want *Section, row aging.Row) error {
	for i := range g.frame.buckets.Len() {
		if m := row.Amount(i); !m.Equal(want.Amount(i)) {
			return want.unbalanced("bucket "+strconv.Quote(g.frame.buckets.Label(i))+" of the report", m, "that of the items", want.Amount(i))
		}
	}
	if m := row.Unapplied(); !m.Equal(want.Unapplied()) {
		return want.unbalanced("what is unapplied in the report", m, "of the items", want.Unapplied())
	}
	if m := row.PastDue(); g.frame.overdue == PastDue && !m.Equal(want.Overdue()) {
		return want.unbalanced("what is past due in the report", m, "of the items", want.Overdue())
	}
	return nil
}
