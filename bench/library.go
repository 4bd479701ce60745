package main

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// library is this library, by its entry points.
func library() []entry {
	return []entry{
		{contestant: &structs{name: nameStructs1, items: (*workload).separateItems, compute: onThreads(1), again: true}},
		{contestant: &structs{name: nameStructs2, items: (*workload).separateItems, compute: onThreads(2), again: true}},
		{contestant: &structs{name: nameFresh2, items: (*workload).separateItems, compute: onThreads(2)}},
		{contestant: &structs{name: nameShared2, items: (*workload).sharedItems, compute: onThreads(2), again: true}},
		{contestant: &structs{name: nameIterator, items: (*workload).separateItems, compute: oneByOne}},

		{contestant: &columns{name: nameColumns1, workers: 1}, bytes: columnBytes},
		{contestant: &columns{name: nameColumns2, workers: 2}, bytes: columnBytes},
		{contestant: &reading{columns: columns{name: "ar, reading all rows as Money"}}, otherJob: true},
		{contestant: &columns{name: nameTotals1, workers: 1, totals: true}, bytes: totalsBytes},
		{contestant: &columns{name: nameTotals2, workers: 2, totals: true}, bytes: totalsBytes},
		{contestant: &bulk{name: nameDue30, terms: duedate.Net(30), words: "net 30"}, otherJob: true, peer: nameTime30},
		{contestant: &bulk{name: nameDueEOM, terms: duedate.EOM(), words: "end of month"}, otherJob: true, peer: nameTimeEOM},
		{contestant: &bulk{name: nameDueEOFM, terms: duedate.EOFM(), words: "end of following month"}, otherJob: true, peer: nameTimeEOFM},

		{contestant: &kept{book: book{name: nameKept, workers: 2}}, bytes: totalsBytes},
		{contestant: &payment{book: book{name: nameLivePayment, workers: 1}}, otherJob: true, peer: nameStructs1},
		{contestant: &nextDay{book: book{name: nameLiveNextDay, workers: 2}}, otherJob: true, peer: nameStructs1},
	}
}

// The names of the library's contestants, by which the musts call them.
// A live book's runs go to and fro, so that there can be any number of them.
const (
	nameStructs1    = "ar, structs, 1 thread"
	nameStructs2    = "ar, structs, 2 threads"
	nameFresh2      = "ar, structs, 2 threads, fresh memory"
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

func columnBytes(n int) int64 { return int64(n) * (indexBytes + dueBytes + centsBytes) }

func totalsBytes(n int) int64 { return int64(n) * (dueBytes + centsBytes) }

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

// structs is the report of a slice of items. Its rows give Money when they are
// asked for it; reading is what that takes for all of them.
type structs struct {
	name    string
	items   func(*workload) ([]ledger.Item, error)
	compute compute
	again   bool // in the memory of the report before
	w       *workload
	input   []ledger.Item
	options aging.Options
	report  *aging.Report
}

func (s *structs) Name() string { return s.name }

func (s *structs) Prepare(w *workload) (err error) {
	s.w = w
	if s.options, err = reportOptions(w); err != nil {
		return err
	}
	if s.again {
		s.report = new(aging.Report)
	}
	s.input, err = s.items(w)
	return err
}

func (s *structs) Run() (err error) {
	if s.again {
		s.options.Reuse = s.report
	}
	s.report, err = s.compute(s.input, s.options)
	return err
}

func (s *structs) Result() (*result, error) { return reportResult(s.w, s.report) }

// reading reads every amount of the rows and the totals of a report as Money,
// into memory that serves for all.
type reading struct {
	columns
	seen int64 // the sum of all amounts of the report
}

func (r *reading) Prepare(w *workload) error {
	if err := r.columns.Prepare(w); err != nil {
		return err
	}
	return r.columns.Run()
}

func (r *reading) Run() error {
	var amounts []ar.Money
	r.seen = 0
	read := func(row aging.Row) {
		amounts = row.AppendAmounts(amounts[:0])
		for i := range amounts {
			cents, _ := amounts[i].Minor()
			r.seen += cents
		}
	}
	for row := range r.report.Unsorted() {
		read(row)
	}
	for _, row := range r.report.Totals() {
		read(row)
	}
	return nil
}

func (r *reading) Result() (*result, error) {
	got, err := r.columns.Result()
	if err != nil {
		return nil, err
	}
	var all int64
	for _, cents := range got.totals {
		all += 2 * cents // once in the rows and once in the totals
	}
	if r.seen != all {
		return nil, fmt.Errorf("the amounts that were read add up to %d cents, want %d", r.seen, all)
	}
	return got, nil
}

// reportResult turns a report into the form in which answers are compared.
func reportResult(w *workload, report *aging.Report) (*result, error) {
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
	var err error
	r.totals, err = reportTotals(w, report)
	return r, err
}

func reportTotals(w *workload, report *aging.Report) (amounts, error) {
	totals := report.Totals()
	if len(totals) != 1 {
		return amounts{}, fmt.Errorf("totals of %d currencies, want 1", len(totals))
	}
	return rowCents(totals[0], w.currency)
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
