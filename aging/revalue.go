package aging

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// Revaluation compares what is open at the rates of a report with the same at
// the rates it was booked at (SPEC A8): the exchange difference that is not
// realized yet. Items are converted and rounded one by one, as their documents
// were booked.
type Revaluation struct {
	rows []Revalued
}

// Revalued is a row's part of it: one key in one currency. The balance is that
// of the row in a report that leaves no credits out.
type Revalued struct {
	Key         string
	Outstanding ar.Money // the row's balance, in its own currency
	Unbooked    ar.Money // of that, what has no booking rate; it is in neither of the next
	Booked      ar.Money // the rest at booking rates, in the reporting currency
	Current     ar.Money // the rest at the report's rate
}

// Difference returns Current less Booked: above zero, the host has gained.
func (v Revalued) Difference() ar.Money { return plus(v.Current, v.Booked.Neg()) }

// Revalue reads the items of a report again, and values those that are open at
// both rates. The rate at which an item was booked is, as in ledger.Document,
// the price of one unit of its currency in units of the reporting currency, and
// zero where there is none; items in the reporting currency itself need none.
//
// It ends at the first error of the source, at an item that is not valid, and
// at a booking rate that is not above zero, or not 1 for the reporting currency
// (ErrBadRate). Other errors are those of Compute and Report.Convert.
func Revalue(items iter.Seq2[ledger.Item, error], booked func(*ledger.Item) ar.Rate, opt Options, c Conversion) (*Revaluation, error) {
	v, err := newRevaluer(opt, c)
	if err != nil {
		return nil, err
	}
	var it ledger.Item // one for all, as the functions let it escape to the heap
	for next, err := range items {
		if err != nil {
			return nil, err
		}
		it = next
		if err := v.add(&it, booked(&it)); err != nil {
			return nil, err
		}
	}
	return v.finish()
}

// RevalueAccounts is Revalue of what is open in accounts as of the report's day,
// at the booking rates of their documents. An account is of all locations: for
// those of a scope, Revalue takes what a store's OpenItems yields to it.
func RevalueAccounts(accounts []*ledger.Account, opt Options, c Conversion) (*Revaluation, error) {
	v, err := newRevaluer(opt, c)
	if err != nil {
		return nil, err
	}
	for _, a := range accounts {
		entries, err := a.Open(opt.AsOf)
		if err != nil {
			return nil, err
		}
		for i := range entries {
			it := entries[i].Item()
			if err := v.add(&it, entries[i].Document.Booking); err != nil {
				return nil, err
			}
		}
	}
	return v.finish()
}

// Rows returns a row for each key and currency, in this order.
func (v *Revaluation) Rows() []Revalued { return slices.Clone(v.rows) }

// Totals returns the sums of the rows without a key, one for each currency, by
// currency.
func (v *Revaluation) Totals() []Revalued {
	rows := v.Rows()
	slices.SortStableFunc(rows, func(a, b Revalued) int {
		return a.Outstanding.Currency().Compare(b.Outstanding.Currency())
	})
	var totals []Revalued
	for _, row := range rows {
		last := len(totals) - 1
		if last < 0 || totals[last].Outstanding.Currency() != row.Outstanding.Currency() {
			row.Key = ""
			totals = append(totals, row)
			continue
		}
		totals[last].add(&row)
	}
	return totals
}

// Difference returns the difference of all rows, in the reporting currency, or
// the zero Money if there are none.
func (v *Revaluation) Difference() ar.Money {
	var sum ar.Money
	for _, row := range v.rows {
		sum = plus(sum, row.Difference())
	}
	return sum
}

func (v *Revalued) add(w *Revalued) {
	v.Outstanding = plus(v.Outstanding, w.Outstanding)
	v.Unbooked = plus(v.Unbooked, w.Unbooked)
	v.Booked = plus(v.Booked, w.Booked)
	v.Current = plus(v.Current, w.Current)
}

// revaluer collects a revaluation.
type revaluer struct {
	opt     Options
	by      Conversion
	rows    map[revaluedRow]*Revalued
	unrated map[ar.Currency]bool
}

type revaluedRow struct {
	key string
	cur ar.Currency
}

func newRevaluer(opt Options, c Conversion) (*revaluer, error) {
	opt, err := opt.resolved()
	if err != nil {
		return nil, err
	}
	if err := c.check(nil); err != nil {
		return nil, err
	}
	return &revaluer{opt: opt, by: c, rows: map[revaluedRow]*Revalued{}, unrated: map[ar.Currency]bool{}}, nil
}

func (v *revaluer) add(it *ledger.Item, booking ar.Rate) error {
	if err := checkItem(it); err != nil {
		return err
	}
	if v.opt.standing(it) != open {
		return nil
	}
	cur, to := it.Outstanding.Currency(), v.by.To
	w := Revalued{
		Outstanding: it.Outstanding, Unbooked: units(0, cur),
		Booked: units(0, to), Current: units(0, to),
	}
	rate, rated := v.by.rate(cur)
	if !rated {
		v.unrated[cur] = true // reported with all the others, at the end
		return nil
	}
	if booking.Sign() == 0 && cur == to {
		booking = rate
	}
	if booking.Sign() == 0 {
		w.Unbooked = it.Outstanding
	} else if err := v.value(&w, rate, booking); err != nil {
		return fmt.Errorf("%s: %w", it, err)
	}
	at := revaluedRow{v.opt.Group.Key(it), cur}
	if row := v.rows[at]; row != nil {
		row.add(&w)
		return nil
	}
	w.Key = at.key
	v.rows[at] = &w
	return nil
}

// value values what is outstanding of an item at both rates.
func (v *revaluer) value(w *Revalued, rate, booking ar.Rate) (err error) {
	if err := checkRate(booking, w.Outstanding.Currency(), v.by.To); err != nil {
		return fmt.Errorf("booked: %w", err)
	}
	if w.Current, err = v.by.convert(w.Outstanding, rate); err != nil {
		return err
	}
	w.Booked, err = v.by.convert(w.Outstanding, booking)
	return err
}

func (v *revaluer) finish() (*Revaluation, error) {
	var unrated []ar.Currency
	for cur := range v.unrated {
		unrated = append(unrated, cur)
	}
	if err := v.by.check(unrated); err != nil {
		return nil, err
	}
	r := &Revaluation{}
	for _, row := range v.rows {
		r.rows = append(r.rows, *row)
	}
	slices.SortFunc(r.rows, func(a, b Revalued) int {
		return cmp.Or(strings.Compare(a.Key, b.Key), a.Outstanding.Currency().Compare(b.Outstanding.Currency()))
	})
	return r, nil
}
