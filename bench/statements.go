package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/cockroachdb/apd/v3"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// statements is the job of month end: from the open items of all customers to a
// statement of each, with its ageing box, what is overdue and the balance. The
// items of the workload are all dated before the as-of date, and none is a
// credit.
func statements() []entry {
	return []entry{
		ofLibrary(&libraryStatements{name: nameStatementsKept, reporter: &kept{book: book{workers: 2}}}),
		ofLibrary(&libraryStatements{name: "ar, statements, 1 thread", reporter: ofStructs(1, true)}),
		ofLibrary(&libraryStatements{name: nameStatements2, reporter: ofStructs(2, true)}),
		ofLibrary(&libraryStatements{name: nameStatementsFresh, reporter: ofStructs(2, false)}),
		ofLibrary(&libraryStatements{name: "ar, statements, all lines read, 1 thread", reporter: ofStructs(1, false), lines: true}),
		{contestant: &filteredStatements{}, otherJob: true, slow: true},
		{contestant: &apdStatements{name: nameStatementsAPD, lines: true}, otherJob: true, slow: true},
		{contestant: &apdStatements{name: "plain Go, statements without lines, a map and apd"}, otherJob: true, slow: true},
	}
}

func ofLibrary(s *libraryStatements) entry {
	return entry{contestant: s, otherJob: true, peer: nameStatementsAPD}
}

func ofStructs(threads int, again bool) *structs {
	return &structs{items: (*workload).separateItems, compute: onThreads(threads), again: again}
}

// boxes is what a statement says, in cents.
type boxes struct {
	aged             amounts
	overdue, balance int64
}

// statementBoxes is the boxes of all customers, by number.
type statementBoxes []boxes

// check holds the answer against that of the aged report.
func (all statementBoxes) check(w *workload) (*result, error) {
	r := newResult(w.customers)
	for c := range all {
		b := &all[c]
		var total int64
		for _, cents := range b.aged {
			total += cents
		}
		if current := b.aged[0] + b.aged[1]; b.balance != total || b.overdue != total-current {
			return nil, fmt.Errorf("customer %d: overdue %d of %d cents, and the ageing box is %v", c, b.overdue, b.balance, b.aged)
		}
		if err := r.addRow(int32(c), b.aged); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// libraryStatements is statement.FromReport of a report that is made in each run.
type libraryStatements struct {
	name     string
	reporter reporter
	lines    bool // read all lines too
	w        *workload
	items    []ledger.Item
	options  statement.Options
	ids      []string // of the statements, in the order in which they came
	boxes    []boxes
	amounts  []ar.Money // of one section after another
	seen     int
}

// reporter is a contestant that makes a report.
type reporter interface {
	contestant
	last() *aging.Report
}

func (s *structs) last() *aging.Report { return s.report }

func (k *kept) last() *aging.Report { return k.report }

func (s *libraryStatements) Name() string { return s.name }

func (s *libraryStatements) Prepare(w *workload) (err error) {
	s.w = w
	options, err := reportOptions(w)
	if err != nil {
		return err
	}
	s.options.Buckets = options.Buckets
	if s.options.Period, err = statement.LastDays(30, w.asOf); err != nil {
		return err
	}
	if s.items, err = w.separateItems(); err != nil {
		return err
	}
	return s.reporter.Prepare(w)
}

func (s *libraryStatements) Run() error {
	if err := s.reporter.Run(); err != nil {
		return err
	}
	s.ids, s.boxes, s.seen = s.ids[:0], s.boxes[:0], 0
	for st, err := range statement.FromReport(s.reporter.last(), s.items, s.options) {
		if err != nil {
			return err
		}
		for _, section := range st.All() {
			s.ids = append(s.ids, st.Customer())
			s.amounts = section.AppendAmounts(s.amounts[:0])
			s.boxes = append(s.boxes, boxes{})
			s.boxes[len(s.boxes)-1].read(section, s.amounts)
			if s.lines {
				s.seen += len(section.Lines())
			}
		}
	}
	return nil
}

func (b *boxes) read(section *statement.Section, amounts []ar.Money) {
	b.overdue, _ = section.Overdue().Minor()
	b.balance, _ = section.Balance().Minor()
	for i, amount := range amounts {
		b.aged[i], _ = amount.Minor()
	}
}

func (s *libraryStatements) Result() (*result, error) {
	if s.lines && s.seen != len(s.items) {
		return nil, fmt.Errorf("%d lines, want %d", s.seen, len(s.items))
	}
	all := make(statementBoxes, s.w.customers)
	for i, id := range s.ids {
		c, err := customerNumber(id)
		if err != nil {
			return nil, err
		}
		all[c] = s.boxes[i]
	}
	return all.check(s.w)
}

// filteredStatements looks through all items for those of each customer.
type filteredStatements struct {
	w     *workload
	ids   []string
	items []plainItem[int64]
	all   statementBoxes
}

func (s *filteredStatements) Name() string { return nameFiltered }

func (s *filteredStatements) Prepare(w *workload) error {
	if len(w.customer) > hundredThousand {
		return fmt.Errorf("%w: it would take hours", errAbsent)
	}
	s.w, s.ids = w, w.ids()
	s.items = plainItems(w, func(cents int64) int64 { return cents })
	return nil
}

func (s *filteredStatements) Run() error {
	s.all = make(statementBoxes, len(s.ids))
	for c, id := range s.ids {
		b := &s.all[c]
		for i := range s.items {
			it := &s.items[i]
			if it.customer != id {
				continue
			}
			offset := s.w.asOf.DaysSince(it.due)
			b.aged[bucketOf(offset)] += it.amount
			b.balance += it.amount
			if offset > 0 {
				b.overdue += it.amount
			}
		}
	}
	return nil
}

func (s *filteredStatements) Result() (*result, error) { return s.all.check(s.w) }

// apdStatements groups the items in a map, puts those of each customer in order,
// and adds them up in decimals: the boxes in place, the running balance of each
// line in a decimal of its own.
type apdStatements struct {
	name  string
	lines bool
	w     *workload
	items []apdItem
	all   map[string]*apdStatement
}

// apdItem is an item as a host has it.
type apdItem struct {
	customer, number string
	date, due        ar.Date
	amount           apd.Decimal
}

type apdStatement struct {
	lines                     []apdLine
	aged                      [bucketCount]apd.Decimal
	overdue, current, balance apd.Decimal
}

type apdLine struct {
	apdItem
	daysPastDue int
	balance     apd.Decimal // running
}

func (s *apdStatements) Name() string { return s.name }

func (s *apdStatements) Prepare(w *workload) error {
	if len(w.customer) > million {
		return fmt.Errorf("%w: it would take too much memory", errAbsent)
	}
	s.w = w
	items, err := w.separateItems()
	s.items = make([]apdItem, len(items))
	for i := range items {
		it := &items[i]
		s.items[i] = apdItem{it.Customer, it.Number, it.Date, it.Due, *apd.New(w.cents[i], -2)}
	}
	return err
}

func (s *apdStatements) Run() error {
	groups := map[string][]*apdItem{}
	for i := range s.items {
		it := &s.items[i]
		groups[it.customer] = append(groups[it.customer], it)
	}
	s.all = make(map[string]*apdStatement, len(groups))
	for customer, items := range groups {
		st := &apdStatement{}
		if err := st.addUp(items, s.w.asOf); err != nil {
			return err
		}
		if s.lines {
			if err := st.list(items, s.w.asOf); err != nil {
				return err
			}
		}
		s.all[customer] = st
	}
	return nil
}

func (st *apdStatement) addUp(items []*apdItem, asOf ar.Date) error {
	ctx := apd.BaseContext.WithPrecision(34)
	for _, it := range items {
		offset := asOf.DaysSince(it.due)
		summary := &st.current
		if offset > 0 {
			summary = &st.overdue
		}
		for _, sum := range []*apd.Decimal{&st.aged[bucketOf(offset)], summary, &st.balance} {
			if _, err := ctx.Add(sum, sum, &it.amount); err != nil {
				return err
			}
		}
	}
	return nil
}

func (st *apdStatement) list(items []*apdItem, asOf ar.Date) error {
	ctx := apd.BaseContext.WithPrecision(34)
	slices.SortFunc(items, func(a, b *apdItem) int {
		return cmp.Or(cmp.Compare(a.date, b.date), cmp.Compare(a.number, b.number))
	})
	var running apd.Decimal
	for _, it := range items {
		if _, err := ctx.Add(&running, &running, &it.amount); err != nil {
			return err
		}
		line := apdLine{apdItem: *it, daysPastDue: max(0, asOf.DaysSince(it.due))}
		line.balance.Set(&running)
		st.lines = append(st.lines, line)
	}
	return nil
}

func (s *apdStatements) Result() (*result, error) {
	ctx := apd.BaseContext.WithPrecision(34)
	cents := func(sum *apd.Decimal) (int64, error) {
		var d apd.Decimal
		if _, err := ctx.Mul(&d, sum, apd.New(100, 0)); err != nil {
			return 0, err
		}
		return d.Int64()
	}
	all := make(statementBoxes, s.w.customers)
	for id, st := range s.all {
		c, err := customerNumber(id)
		if err != nil {
			return nil, err
		}
		b := &all[c]
		if b.aged, err = toCents(&st.aged, cents); err != nil {
			return nil, err
		}
		if b.overdue, err = cents(&st.overdue); err != nil {
			return nil, err
		}
		if b.balance, err = cents(&st.balance); err != nil {
			return nil, err
		}
	}
	return all.check(s.w)
}

// The names that musts use.
const (
	nameStatementsKept  = "ar, statements, kept book"
	nameStatements2     = "ar, statements, 2 threads"
	nameStatementsFresh = "ar, statements, 2 threads, fresh memory"
	nameFiltered        = "plain Go, statements, filtering the items for each customer"
	nameStatementsAPD   = "plain Go, statements, a map and apd"
)
