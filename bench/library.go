package main

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// library is this library, by its entry points. Each gives all its amounts as
// Money inside the timer.
func library() []entry {
	return []entry{
		{contestant: &structs{name: nameStructs1, items: (*workload).separateItems, compute: onThreads(1)}},
		{contestant: &structs{name: nameStructs2, items: (*workload).separateItems, compute: onThreads(2)}},
		{contestant: &structs{name: nameShared2, items: (*workload).sharedItems, compute: onThreads(2)}},
		{contestant: &structs{name: nameIterator, items: (*workload).separateItems, compute: oneByOne}},

		// To come: the kept book, columns, grand totals of columns (with bytes:
		// dueBytes + centsBytes an item), the live book's payment and next day
		// (otherJob), and due dates in bulk (otherJob; beside dueDates).
	}
}

// The names of the library's contestants, by which the musts call them. Those
// that no contestant has yet are to come; -check fails until they are there.
// A live book's runs go to and fro, so that there can be any number of them.
const (
	nameStructs1    = "ar, structs, 1 thread"
	nameStructs2    = "ar, structs, 2 threads"
	nameShared2     = "ar, structs, 2 threads, shared strings"
	nameIterator    = "ar, iterator, 1 thread" // structs one by one
	nameColumns1    = "ar, columns, 1 thread"
	nameColumns2    = "ar, columns, 2 threads"
	nameTotals1     = "ar, grand totals, 1 thread" // of columns, without customers
	nameTotals2     = "ar, grand totals, 2 threads"
	nameKept        = "ar, kept book"          // grouped for one day, reporting on another
	nameLivePayment = "ar, live book, payment" // and taken back
	nameLiveNextDay = "ar, live book, next day"
	nameDue30       = "ar, due dates, net 30"
	nameDueEOM      = "ar, due dates, end of month"
	nameDueEOFM     = "ar, due dates, end of following month"
)

// reportOptions are the options of the workload's report.
func reportOptions(w *workload) (aging.Options, error) {
	edges := lastDays()
	set, err := bucket.FromEdges(edges[:]...)
	return aging.Options{AsOf: w.asOf, Buckets: set}, err
}

// onThreads is aging.Compute with that many workers.
func onThreads(workers int) compute {
	return func(items []ledger.Item, options aging.Options) (*aging.Report, error) {
		options.Workers = workers
		return aging.Compute(items, options)
	}
}

// oneByOne is aging.ComputeSeq.
func oneByOne(items []ledger.Item, options aging.Options) (*aging.Report, error) {
	return aging.ComputeSeq(ledger.Items(items), options)
}

type compute func(items []ledger.Item, options aging.Options) (*aging.Report, error)

// structs is the report of a slice of items.
type structs struct {
	name    string
	items   func(*workload) ([]ledger.Item, error)
	compute compute
	w       *workload
	input   []ledger.Item
	options aging.Options
	report  *aging.Report
	seen    int64 // the sum of all amounts of the report
}

func (s *structs) Name() string { return s.name }

func (s *structs) Prepare(w *workload) (err error) {
	s.w = w
	if s.options, err = reportOptions(w); err != nil {
		return err
	}
	s.input, err = s.items(w)
	return err
}

func (s *structs) Run() (err error) {
	if s.report, err = s.compute(s.input, s.options); err != nil {
		return err
	}
	s.seen = readAll(s.report)
	return nil
}

// readAll reads every amount of the rows and the totals as Money, into memory
// that serves for all, and adds up the cents so that nothing of it can be left
// undone.
func readAll(r *aging.Report) (seen int64) {
	var row []ar.Money
	read := func(w aging.Row) {
		row = w.AppendAmounts(row[:0])
		for i := range row {
			cents, _ := row[i].Minor()
			seen += cents
		}
	}
	for w := range r.Unsorted() {
		read(w)
	}
	for _, w := range r.Totals() {
		read(w)
	}
	return seen
}

func (s *structs) Result() (*result, error) { return reportResult(s.w, s.report, s.seen) }

// reportResult turns a report into the form in which answers are compared.
func reportResult(w *workload, report *aging.Report, seen int64) (*result, error) {
	r := newResult(w.customers)
	for row := range report.Unsorted() {
		number, err := customerNumber(row.Key())
		if err != nil {
			return nil, err
		}
		cells, err := rowCents(row, w.currency)
		if err != nil {
			return nil, err
		}
		if err := r.addRow(number, cells); err != nil {
			return nil, err
		}
	}
	totals := report.Totals()
	if len(totals) != 1 {
		return nil, fmt.Errorf("totals of %d currencies, want 1", len(totals))
	}
	var err error
	if r.totals, err = rowCents(totals[0], w.currency); err != nil {
		return nil, err
	}
	var all int64
	for _, cents := range r.totals {
		all += 2 * cents // once in the rows and once in the totals
	}
	if seen != all {
		return nil, fmt.Errorf("the amounts that were read add up to %d cents, want %d", seen, all)
	}
	return r, nil
}

func rowCents(row aging.Row, want ar.Currency) (a amounts, err error) {
	for b := range a {
		cents, ok := row.Amount(b).Minor()
		if !ok || row.Currency() != want {
			return a, fmt.Errorf("%s: bucket %d is %s", row.Key(), b, row.Amount(b))
		}
		a[b] = cents
	}
	return a, nil
}
