package main

import (
	"github.com/cockroachdb/apd/v3"
	"github.com/shopspring/decimal"

	"github.com/openreceivables/ar"
)

// plainGo is what a developer writes who has no library: a map by customer ID
// and a chain of comparisons, with one or another kind of number. The structs
// hold the customer's ID, the due date and the amount, nothing else.
func plainGo() []entry {
	return []entry{
		{contestant: &plainInt64{}},
		{contestant: &plainAPD{}, slow: true},
		{contestant: &plainShopspring{}, slow: true},
	}
}

// plainItem is an open item with the amount as a T.
type plainItem[T any] struct {
	customer string
	due      ar.Date
	amount   T
}

func plainItems[T any](w *workload, amount func(cents int64) T) []plainItem[T] {
	id := w.separateIDs()
	items := make([]plainItem[T], len(w.customer))
	for i := range items {
		items[i].customer = id(i)
	}
	for i := range items { // what an amount may keep elsewhere does not lie between the IDs
		items[i].due, items[i].amount = w.due[i], amount(w.cents[i])
	}
	return items
}

// plainReport is the report of a plain Go program.
type plainReport[T any] struct {
	rows   map[string]*[bucketCount]T
	totals [bucketCount]T
}

func (p *plainReport[T]) row(customer string) *[bucketCount]T {
	row := p.rows[customer]
	if row == nil {
		row = new([bucketCount]T)
		p.rows[customer] = row
	}
	return row
}

func (p *plainReport[T]) result(customers int, cents func(*T) (int64, error)) (*result, error) {
	r := newResult(customers)
	for id, sums := range p.rows {
		row, err := toCents(sums, cents)
		if err != nil {
			return nil, err
		}
		number, err := customerNumber(id)
		if err != nil {
			return nil, err
		}
		if err := r.addRow(number, row); err != nil {
			return nil, err
		}
	}
	totals, err := toCents(&p.totals, cents)
	r.totals = totals
	return r, err
}

func toCents[T any](sums *[bucketCount]T, cents func(*T) (int64, error)) (row amounts, err error) {
	for b := range sums {
		if row[b], err = cents(&sums[b]); err != nil {
			return row, err
		}
	}
	return row, nil
}

// plainInt64 counts cents in an int64 and does not notice an overflow.
type plainInt64 struct {
	w      *workload
	items  []plainItem[int64]
	report plainReport[int64]
}

func (p *plainInt64) Name() string { return "plain Go, int64 cents" }

func (p *plainInt64) Prepare(w *workload) error {
	p.w = w
	p.items = plainItems(w, func(cents int64) int64 { return cents })
	return nil
}

func (p *plainInt64) Run() error {
	p.report = plainReport[int64]{rows: map[string]*[bucketCount]int64{}}
	for i := range p.items {
		it := &p.items[i]
		p.report.row(it.customer)[bucketOf(p.w.asOf.DaysSince(it.due))] += it.amount
	}
	for _, row := range p.report.rows {
		for b, cents := range row {
			p.report.totals[b] += cents
		}
	}
	return nil
}

func (p *plainInt64) Result() (*result, error) {
	return p.report.result(p.w.customers, func(cents *int64) (int64, error) { return *cents, nil })
}

// plainAPD uses github.com/cockroachdb/apd, adding in place.
type plainAPD struct {
	w      *workload
	items  []plainItem[apd.Decimal]
	report plainReport[apd.Decimal]
}

func (p *plainAPD) Name() string { return "plain Go, apd" }

func (p *plainAPD) Prepare(w *workload) error {
	p.w = w
	p.items = plainItems(w, func(cents int64) apd.Decimal { return *apd.New(cents, -2) })
	return nil
}

func (p *plainAPD) Run() error {
	ctx := apd.BaseContext.WithPrecision(34)
	p.report = plainReport[apd.Decimal]{rows: map[string]*[bucketCount]apd.Decimal{}}
	for i := range p.items {
		it := &p.items[i]
		sum := &p.report.row(it.customer)[bucketOf(p.w.asOf.DaysSince(it.due))]
		if _, err := ctx.Add(sum, sum, &it.amount); err != nil {
			return err
		}
	}
	for _, row := range p.report.rows {
		for b := range row {
			sum := &p.report.totals[b]
			if _, err := ctx.Add(sum, sum, &row[b]); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *plainAPD) Result() (*result, error) {
	ctx := apd.BaseContext.WithPrecision(34)
	return p.report.result(p.w.customers, func(sum *apd.Decimal) (int64, error) {
		var cents apd.Decimal
		if _, err := ctx.Mul(&cents, sum, apd.New(100, 0)); err != nil {
			return 0, err
		}
		return cents.Int64()
	})
}

// plainShopspring uses github.com/shopspring/decimal.
type plainShopspring struct {
	w      *workload
	items  []plainItem[decimal.Decimal]
	report plainReport[decimal.Decimal]
}

func (p *plainShopspring) Name() string { return "plain Go, shopspring/decimal" }

func (p *plainShopspring) Prepare(w *workload) error {
	p.w = w
	p.items = plainItems(w, func(cents int64) decimal.Decimal { return decimal.New(cents, -2) })
	return nil
}

func (p *plainShopspring) Run() error {
	p.report = plainReport[decimal.Decimal]{rows: map[string]*[bucketCount]decimal.Decimal{}}
	for i := range p.items {
		it := &p.items[i]
		sum := &p.report.row(it.customer)[bucketOf(p.w.asOf.DaysSince(it.due))]
		*sum = sum.Add(it.amount)
	}
	for _, row := range p.report.rows {
		for b := range row {
			p.report.totals[b] = p.report.totals[b].Add(row[b])
		}
	}
	return nil
}

func (p *plainShopspring) Result() (*result, error) {
	return p.report.result(p.w.customers, func(sum *decimal.Decimal) (int64, error) {
		return sum.Shift(2).IntPart(), nil
	})
}
