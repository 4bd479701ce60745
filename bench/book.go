package main

import (
	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
)

// book is what the contestants of a Book share: one that stands at the
// workload's as-of date or near it.
type book struct {
	name    string
	workers int
	w       *workload
	b       *aging.Book
}

func (b *book) Name() string { return b.name }

func (b *book) build(w *workload, asOf ar.Date) error {
	b.w = w
	options, err := reportOptions(w)
	if err != nil {
		return err
	}
	options.AsOf, options.Workers = asOf, b.workers
	items, err := w.separateItems()
	if err != nil {
		return err
	}
	b.b, err = aging.NewBook(items, options)
	return err
}

func (b *book) Result() (*result, error) { return reportResult(b.w, b.b.Report()) }

// kept is the full report of a book on another day than it stands at.
type kept struct {
	book
	report *aging.Report
}

func (k *kept) Prepare(w *workload) error { return k.build(w, w.asOf+7) }

func (k *kept) Run() (err error) {
	k.report, err = k.b.ReportAt(k.w.asOf, k.report)
	return err
}

func (k *kept) Result() (*result, error) { return reportResult(k.w, k.report) }

// payment pays a cent of one item after another, and takes it back with every
// second run.
type payment struct {
	book
	item  aging.Handle
	owed  ar.Money
	less  ar.Money
	taken bool // the cent is still to be taken back
}

// paymentStride leads from one item to another far from it.
const paymentStride = 7_777_777

func (p *payment) Prepare(w *workload) error { return p.build(w, w.asOf) }

func (p *payment) Run() (err error) {
	if p.taken {
		p.taken = false
		return p.b.SetOutstanding(p.item, p.owed)
	}
	p.item = aging.Handle((int(p.item) + paymentStride) % p.b.Len())
	if p.owed, err = p.b.Outstanding(p.item); err != nil {
		return err
	}
	cent, err := ar.NewMoney(1, p.w.currency)
	if err != nil {
		return err
	}
	if p.less, err = p.owed.Sub(cent); err != nil {
		return err
	}
	p.taken = true
	return p.b.SetOutstanding(p.item, p.less)
}

func (p *payment) Result() (*result, error) {
	if p.taken {
		if err := p.Run(); err != nil {
			return nil, err
		}
	}
	return p.book.Result()
}

// nextDay moves the as-of date to the next day, and back with every second run.
type nextDay struct {
	book
	ahead bool
}

func (n *nextDay) Prepare(w *workload) error { return n.build(w, w.asOf) }

func (n *nextDay) Run() error {
	n.ahead = !n.ahead
	if n.ahead {
		return n.b.Roll(n.w.asOf + 1)
	}
	return n.b.Roll(n.w.asOf)
}

func (n *nextDay) Result() (*result, error) {
	if n.ahead {
		if err := n.Run(); err != nil {
			return nil, err
		}
	}
	return n.book.Result()
}
