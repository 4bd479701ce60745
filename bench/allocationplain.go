package main

import (
	"cmp"
	"slices"

	"github.com/cockroachdb/apd/v3"
	"github.com/shopspring/decimal"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
)

// allocPlain is what a developer writes who has no library: documents in a
// slice for each customer, sorted by date, and two of these led past each
// other, with one or another kind of number.
type allocPlain[T any] struct {
	load    *allocationLoad
	name    string
	numbers numbers[T]

	invoices, payments []allocDocument[T]
	lines              []allocLine[T]
}

type allocDocument[T any] struct {
	row, customer int32
	date          ar.Date
	amount        T
}

type allocLine[T any] struct {
	payment, invoice int32
	amount           T
}

// numbers are what allocating takes of a kind of number.
type numbers[T any] interface {
	of(cents int64) T
	cents(T) int64
	less(x, y *T) bool
	positive(x *T) bool
	subtract(from, x *T) error // in place
}

func (a *allocPlain[T]) Name() string { return a.name }

func (a *allocPlain[T]) Prepare(w *workload) error {
	if err := a.load.make(w); err != nil {
		return err
	}
	a.fill()
	return nil
}

func (a *allocPlain[T]) fill() {
	l := a.load
	a.invoices, a.payments = make([]allocDocument[T], len(l.cents)), make([]allocDocument[T], len(l.given))
	for i := range l.cents {
		a.invoices[i] = allocDocument[T]{int32(i), l.customer[i], l.due[i], a.numbers.of(l.cents[i])}
		a.payments[i] = allocDocument[T]{int32(i), l.payer[i], l.paid[i], a.numbers.of(l.given[i])}
	}
}

func (a *allocPlain[T]) Run() error {
	invoices, payments := byPayer(a.invoices, a.load.customers), byPayer(a.payments, a.load.customers)
	a.lines = a.lines[:0]
	for customer := range payments {
		open := invoices[customer]
		for i := range payments[customer] {
			left := payments[customer][i].amount
			for len(open) > 0 && a.numbers.positive(&left) {
				n := left
				if a.numbers.less(&open[0].amount, &n) {
					n = open[0].amount
				}
				a.lines = append(a.lines, allocLine[T]{payments[customer][i].row, open[0].row, n})
				if err := a.numbers.subtract(&left, &n); err != nil {
					return err
				}
				if err := a.numbers.subtract(&open[0].amount, &n); err != nil {
					return err
				}
				if !a.numbers.positive(&open[0].amount) {
					open = open[1:]
				}
			}
		}
	}
	return nil
}

// byPayer copies the documents of each customer, and sorts them by date.
func byPayer[T any](all []allocDocument[T], customers int) [][]allocDocument[T] {
	of := make([][]allocDocument[T], customers)
	for _, d := range all {
		of[d.customer] = append(of[d.customer], d)
	}
	for _, docs := range of {
		slices.SortFunc(docs, func(x, y allocDocument[T]) int {
			return cmp.Or(cmp.Compare(x.date, y.date), cmp.Compare(x.row, y.row))
		})
	}
	return of
}

func (a *allocPlain[T]) matches() []allocation.Match {
	all := make([]allocation.Match, len(a.lines))
	for i, l := range a.lines {
		all[i] = allocation.Match{Credit: l.payment, Debit: l.invoice, Minor: a.numbers.cents(l.amount)}
	}
	slices.SortFunc(all, compareMatches)
	return all
}

func (a *allocPlain[T]) Result() (*result, error) { return nil, a.load.check(a.matches()) }

// int64s counts cents in an int64.
type int64s struct{}

func (int64s) of(cents int64) int64       { return cents }
func (int64s) cents(x int64) int64        { return x }
func (int64s) less(x, y *int64) bool      { return *x < *y }
func (int64s) positive(x *int64) bool     { return *x > 0 }
func (int64s) subtract(x, y *int64) error { *x -= *y; return nil }

// apds uses github.com/cockroachdb/apd, in place.
type apds struct{ *apd.Context }

func newAllocAPD(l *allocationLoad) contestant {
	return &allocPlain[apd.Decimal]{load: l, name: nameAllocAPD, numbers: apds{apd.BaseContext.WithPrecision(34)}}
}

func (apds) of(cents int64) apd.Decimal { return *apd.New(cents, -2) }

func (a apds) cents(x apd.Decimal) int64 {
	var cents apd.Decimal
	if _, err := a.Mul(&cents, &x, apd.New(100, 0)); err != nil {
		return 0
	}
	n, err := cents.Int64()
	if err != nil {
		return 0
	}
	return n
}

func (apds) less(x, y *apd.Decimal) bool  { return x.Cmp(y) < 0 }
func (apds) positive(x *apd.Decimal) bool { return x.Sign() > 0 }

func (a apds) subtract(x, y *apd.Decimal) error {
	_, err := a.Sub(x, x, y)
	return err
}

// shopsprings uses github.com/shopspring/decimal.
type shopsprings struct{}

func newAllocShopspring(l *allocationLoad) contestant {
	return &allocPlain[decimal.Decimal]{load: l, name: nameAllocShopspring, numbers: shopsprings{}}
}

func (shopsprings) of(cents int64) decimal.Decimal   { return decimal.New(cents, -2) }
func (shopsprings) cents(x decimal.Decimal) int64    { return x.Shift(2).IntPart() }
func (shopsprings) less(x, y *decimal.Decimal) bool  { return x.LessThan(*y) }
func (shopsprings) positive(x *decimal.Decimal) bool { return x.IsPositive() }

func (shopsprings) subtract(x, y *decimal.Decimal) error {
	*x = x.Sub(*y)
	return nil
}
