package statement

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"

	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/ledger"
)

// ErrReport: the aged report does not speak of what the statements are to.
var ErrReport = errors.New("not a report that the statements can be made of")

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
		f, err := opt.itemFrame()
		var report *aging.Report
		if err == nil {
			report, err = aging.Compute(items, aging.Options{AsOf: f.period.To, Buckets: f.buckets})
		}
		if err != nil {
			yield(nil, err)
			return
		}
		newGrouped(f, report, items).yieldAll(yield)
	}
}

// FromReport is ByCustomer where the aged report of the items is there already,
// made on several goroutines perhaps, or that of an aging.Book, which needs no
// look at any item. Customers come in the order of the report's rows. The report
// too must stay as it is as long as a statement is in use: of one that changes,
// statements have the new amounts.
//
// The report is by customer and due date, as of the last day of the period, of the
// buckets of the ageing box, labels and alerts included, and without columns of
// its own; it is neither treated nor converted. Else the error is ErrReport, alone
// and first. Items are not looked at before lines are asked for: it was the report
// that refused invalid ones. Where they are not those of the report, the amounts
// of a statement are not those of its lines, and no record can be made of it
// (ErrUnbalanced); by the rule OnStatement that error comes in its place, and
// ends the loop. Customers that the report does not have get no statement.
func FromReport(report *aging.Report, items []ledger.Item, opt Options) iter.Seq2[*Statement, error] {
	return func(yield func(*Statement, error) bool) {
		f, err := opt.itemFrame()
		if err == nil {
			err = f.checkReport(report)
		}
		if err != nil {
			yield(nil, err)
			return
		}
		newGrouped(f, report, items).yieldAll(yield)
	}
}

// checkReport says why the boxes cannot be those of a report, if so.
func (f *frame) checkReport(r *aging.Report) error {
	fault := func(format string, args ...any) error {
		return fmt.Errorf("%w: "+format, slices.Concat([]any{ErrReport}, args)...)
	}
	if r == nil || r.AsOf().IsZero() {
		return fault("there is none")
	}
	opt, to := r.Options(), f.period.To
	switch {
	case opt.AsOf != to || opt.AgedAsOf != to:
		return fault("as of %s and aged as of %s, and the period ends with %s", opt.AsOf, opt.AgedAsOf, to)
	case opt.Basis != aging.DueDate:
		return fault("aged by %q, want by %q", opt.Basis, aging.DueDate)
	case opt.Adjusted:
		return fault("by adjusted days, want by those of the calendar")
	case opt.Group.Name != aging.ByCustomer().Name:
		return fault("by %s, want by customer", opt.Group.Name)
	case !opt.Buckets.Equal(f.buckets):
		return fault("buckets %s, and those of the ageing box are %s", opt.Buckets, f.buckets)
	case opt.Exclude|opt.Apart != 0 || opt.Receipts:
		return fault("it has columns of its own for some items")
	case r.Treatment() != aging.CreditsApart || r.Exchanges() != nil:
		return fault("it is treated or converted")
	}
	return nil
}

// grouped is what the statements of many customers are made of.
type grouped struct {
	frame  *frame
	items  []ledger.Item
	report *aging.Report

	index func() *index
	spare []single
	made  int // how many of them at a time
}

// single is a statement and its only section, which most have.
type single struct {
	Statement
	section [1]Section
}

// chunk is how many statements are given memory at a time, once there are many.
const chunk = 64

func newGrouped(f *frame, report *aging.Report, items []ledger.Item) *grouped {
	g := &grouped{frame: f, report: report, items: items}
	g.index = sync.OnceValue(g.newIndex)
	return g
}

// yieldAll yields the statements of all customers.
func (g *grouped) yieldAll(yield func(*Statement, error) bool) {
	for rows := range g.rows() {
		s, err := g.statement(rows)
		if !yield(s, err) || err != nil {
			return
		}
	}
}

// rows yields the rows of each customer, in memory that serves for the next.
func (g *grouped) rows() iter.Seq[[]aging.Row] {
	return func(yield func([]aging.Row) bool) {
		if len(g.report.Currencies()) < 2 { // then each row is another customer
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
	if f.overdue == OnStatement { // which the rows do not tell
		s, err := newStatement(f, customer, name, f.openItems(g.open(customer)))
		if err == nil {
			err = g.checkSections(s, rows)
		}
		return s, err
	}
	if len(g.spare) == 0 {
		g.made = min(2*g.made+1, chunk)
		g.spare = make([]single, g.made)
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
	// Field by field: to build one and copy it takes twice as long.
	s.frame, s.customer, s.name, s.sections = f, customer, name, sections
	return &s.Statement, nil
}
