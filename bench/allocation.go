package main

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/ledger"
)

// allocations is another job: the items are invoices, and as many payments are
// allocated to them, in each customer's account the oldest first.
func allocations() []entry {
	load := &allocationLoad{}
	return []entry{
		{contestant: &allocColumns{load: load, name: nameAllocColumns1, workers: 1}, otherJob: true, peer: nameAllocAPD},
		{contestant: &allocColumns{load: load, name: nameAllocColumns2, workers: 2}, otherJob: true, peer: nameAllocDuck2},
		{contestant: &allocPlans{load: load}, otherJob: true, peer: nameAllocAPD},
		{contestant: &allocPlain[int64]{load: load, name: "plain Go, allocation, int64 cents", numbers: int64s{}}, otherJob: true},
		{contestant: newAllocAPD(load), otherJob: true},
		{contestant: newAllocShopspring(load), otherJob: true},
		{contestant: &allocDuckDB{load: load, threads: 2}, otherJob: true},
	}
}

// The names of these contestants that musts need.
const (
	nameAllocColumns1   = "ar, allocation, columns, 1 thread"
	nameAllocColumns2   = "ar, allocation, columns, 2 threads"
	nameAllocPlans      = "ar, allocation, plans"
	nameAllocAPD        = "plain Go, allocation, apd"
	nameAllocShopspring = "plain Go, allocation, shopspring/decimal"
	nameAllocDuck2      = "DuckDB, allocation, 2 threads"
)

// largestAllocation is the number of invoices beyond which the job is left out:
// its peers would take minutes.
const largestAllocation = million

// maxPaymentCents has payments come to about 0.7 of the invoices, so that each
// goes to about 1.7 of them.
const maxPaymentCents = maxCents * 7 / 10

// allocationLoad is the invoices and payments, made once for all contestants.
type allocationLoad struct {
	*workload
	payer []int32   // of a payment
	paid  []ar.Date // its date
	given []int64   // its cents
	want  []allocation.Match
}

func (l *allocationLoad) make(w *workload) error {
	if l.workload == w {
		return nil
	}
	n := len(w.cents)
	if n > largestAllocation {
		return fmt.Errorf("%w: more than %d invoices", errAbsent, largestAllocation)
	}
	rng := rand.New(rand.NewPCG(seed+1, uint64(n)))
	*l = allocationLoad{
		workload: w, payer: slices.Clone(w.customer), paid: make([]ar.Date, n), given: make([]int64, n),
	}
	if !slices.IsSorted(w.customer) {
		rng.Shuffle(n, func(i, j int) { l.payer[i], l.payer[j] = l.payer[j], l.payer[i] })
	}
	for i := range n {
		l.paid[i] = w.asOf - ar.Date(rng.IntN(behindDays))
		l.given[i] = 1 + rng.Int64N(maxPaymentCents)
	}
	reference := &allocPlain[int64]{load: l, numbers: int64s{}}
	reference.fill()
	if err := reference.Run(); err != nil {
		return err
	}
	l.want = reference.matches()
	return nil
}

// check compares lines, in whatever order they come, with the right ones.
func (l *allocationLoad) check(got []allocation.Match) error {
	got = slices.Clone(got)
	slices.SortFunc(got, compareMatches)
	if len(got) != len(l.want) {
		return fmt.Errorf("%d lines, want %d", len(got), len(l.want))
	}
	for i, m := range got {
		if m != l.want[i] {
			return fmt.Errorf("line %d is %v, want %v", i, m, l.want[i])
		}
	}
	return nil
}

func compareMatches(x, y allocation.Match) int {
	return cmp.Or(cmp.Compare(x.Credit, y.Credit), cmp.Compare(x.Debit, y.Debit), cmp.Compare(x.Minor, y.Minor))
}

func (l *allocationLoad) note(lines int) string {
	return fmt.Sprintf("%.2f lines a payment", float64(lines)/float64(len(l.given)))
}

// allocColumns is allocation.OldestFirst, from columns in no order.
type allocColumns struct {
	load            *allocationLoad
	name            string
	workers         int
	debits, credits allocation.Columns
	got             allocation.Matches
}

func (a *allocColumns) Name() string { return a.name }

func (a *allocColumns) Prepare(w *workload) error {
	if err := a.load.make(w); err != nil {
		return err
	}
	a.debits = allocation.Columns{Account: w.customer, Date: w.due, Minor: w.cents}
	a.credits = allocation.Columns{Account: a.load.payer, Date: a.load.paid, Minor: a.load.given}
	return nil
}

func (a *allocColumns) Run() (err error) {
	a.got, err = allocation.OldestFirst(a.debits, a.credits, a.workers, a.got)
	return err
}

func (a *allocColumns) Result() (*result, error) {
	return nil, a.load.check(slices.Concat(a.got.Lines...))
}

func (a *allocColumns) Note() string { return a.load.note(len(slices.Concat(a.got.Lines...))) }

// allocPlans is allocation.New for one account after another, from the open
// entries to the plan.
type allocPlans struct {
	load     *allocationLoad
	accounts [][]ledger.Entry
	rows     map[*ledger.Document]int32
	got      []*allocation.Plan
}

func (a *allocPlans) Name() string { return nameAllocPlans }

func (a *allocPlans) Prepare(w *workload) error {
	if err := a.load.make(w); err != nil {
		return err
	}
	a.accounts = make([][]ledger.Entry, w.customers)
	a.rows = make(map[*ledger.Document]int32, 2*len(w.cents))
	for row := range w.cents {
		if err := a.add(row, ledger.Invoice, w.customer[row], w.due[row], w.cents[row]); err != nil {
			return err
		}
		if err := a.add(row, ledger.Payment, a.load.payer[row], a.load.paid[row], a.load.given[row]); err != nil {
			return err
		}
	}
	return nil
}

func (a *allocPlans) add(row int, kind ledger.Kind, customer int32, date ar.Date, cents int64) error {
	amount, err := ar.NewMoney(cents, a.load.currency)
	if err != nil {
		return err
	}
	id := fmt.Sprintf("%s%08d", kind, row)
	d := &ledger.Document{ID: id, Number: id, Customer: customerID(customer), Kind: kind, Date: date - aheadDays, Amount: amount}
	e := ledger.Entry{Document: d, Date: d.Date, Due: date, Outstanding: amount}
	if kind == ledger.Payment {
		e.Date, e.Outstanding = date, amount.Neg()
	}
	a.accounts[customer] = append(a.accounts[customer], e)
	a.rows[d] = int32(row)
	return nil
}

func (a *allocPlans) Run() error {
	a.got = make([]*allocation.Plan, len(a.accounts))
	for i, open := range a.accounts {
		var err error
		if a.got[i], err = allocation.New(open, allocation.Options{Date: a.load.asOf, Auto: true}); err != nil {
			return err
		}
	}
	return nil
}

func (a *allocPlans) Result() (*result, error) {
	var lines []allocation.Match
	for _, p := range a.got {
		for _, l := range p.All() {
			if l.Kind == allocation.Applied {
				cents, _ := l.Amount.Minor()
				lines = append(lines, allocation.Match{Credit: a.rows[l.Credit], Debit: a.rows[l.Debit], Minor: cents})
			}
		}
	}
	return nil, a.load.check(lines)
}
