package ledger_test

import (
	"fmt"

	"github.com/openreceivables/ar"
)

// A deliberately naive model of an account: it lives through every day in turn
// and looks at every fact on each. It shares no code and no type with the
// ledger, and imports nothing but dates; keep it so.
type model struct {
	docs   []*modelDoc
	allocs []*modelAlloc
}

type modelDoc struct {
	id, currency string
	debit        bool
	dates        []ar.Date // its own, then those that superseded it
	amount       int64
	parts        []modelPart
}

type modelPart struct {
	due    ar.Date
	amount int64
}

type modelAlloc struct {
	id            string
	credit, debit *modelDoc
	part          int
	amount, taken int64
	date          ar.Date // zero: the later of the documents'
	reversed      ar.Date // zero: never
}

func (d *modelDoc) date() ar.Date { return d.dates[len(d.dates)-1] }

func (x *modelAlloc) start() ar.Date {
	start := x.date
	for _, d := range []*modelDoc{x.credit, x.debit} {
		if d.date() > start {
			start = d.date()
		}
	}
	return start
}

// live lives through the days from first to last, and calls each at the end of
// each with what is open: of "I1", or of its parts "I1/1", "I1/2" …, below zero
// for credits. It stops with false on a day that ends with less than nothing.
func (m *model) live(first, last ar.Date, each func(day ar.Date, open map[string]int64)) bool {
	left, unnamed := map[string]int64{}, map[string]int64{}
	for day := first; day <= last; day++ {
		for _, d := range m.docs {
			if d.date() == day {
				left[d.id] += d.amount
				for i, p := range d.parts {
					left[fmt.Sprintf("%s/%d", d.id, i+1)] += p.amount
				}
			}
		}
		for _, x := range m.allocs {
			if x.start() == day {
				x.move(left, unnamed, 1)
			}
			if x.reversed == day {
				x.move(left, unnamed, -1)
			}
		}
		for _, l := range left {
			if l < 0 {
				return false
			}
		}
		each(day, m.view(left, unnamed))
	}
	return true
}

func (x *modelAlloc) move(left, unnamed map[string]int64, sign int64) {
	left[x.credit.id] -= sign * x.taken
	left[x.debit.id] -= sign * x.amount
	if x.part > 0 {
		left[fmt.Sprintf("%s/%d", x.debit.id, x.part)] -= sign * x.amount
	} else {
		unnamed[x.debit.id] += sign * x.amount
	}
}

// view pays the parts what named none of them, unit by unit, and leaves out what
// is settled.
func (m *model) view(left, unnamed map[string]int64) map[string]int64 {
	open := map[string]int64{}
	for _, d := range m.docs {
		switch {
		case !d.debit:
			open[d.id] = -left[d.id]
		case len(d.parts) == 0:
			open[d.id] = left[d.id]
		default:
			for i := range d.parts {
				key := fmt.Sprintf("%s/%d", d.id, i+1)
				open[key] = left[key]
			}
			for range unnamed[d.id] {
				oldest, key := ar.Date(0), ""
				for i, p := range d.parts {
					k := fmt.Sprintf("%s/%d", d.id, i+1)
					if open[k] > 0 && (key == "" || p.due < oldest) {
						oldest, key = p.due, k
					}
				}
				open[key]--
			}
		}
	}
	for key, amount := range open {
		if amount == 0 {
			delete(open, key)
		}
	}
	return open
}

// balance is debits less credits, and what allocations exchanged.
func (m *model) balance(asOf ar.Date) map[string]int64 {
	sums := map[string]int64{}
	for _, d := range m.docs {
		switch {
		case d.date() > asOf:
		case d.debit:
			sums[d.currency] += d.amount
		default:
			sums[d.currency] -= d.amount
		}
	}
	for _, x := range m.allocs {
		if x.start() <= asOf && (x.reversed == 0 || x.reversed > asOf) && x.credit.currency != x.debit.currency {
			sums[x.credit.currency] += x.taken
			sums[x.debit.currency] -= x.amount
		}
	}
	return sums
}

// early reports whether an allocation or its reversal is dated too early.
func (x *modelAlloc) early() bool {
	earliest := x.credit.dates[0]
	for _, d := range x.credit.dates {
		if d < earliest {
			earliest = d
		}
	}
	return x.date != 0 && (x.date < earliest || x.date < x.debit.dates[0]) ||
		x.reversed != 0 && x.reversed < x.start()
}

func (m *model) fits(first, last ar.Date) bool {
	for _, x := range m.allocs {
		if x.early() {
			return false
		}
	}
	return m.live(first, last, func(ar.Date, map[string]int64) {})
}
