package aging

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/openreceivables/ar"
)

// Why amounts cannot be converted.
var (
	// ErrNoRate: there is no rate for a currency.
	ErrNoRate = errors.New("no rate")
	// ErrBadRate: a rate is not above zero, or the rate of a currency to itself is
	// not 1.
	ErrBadRate = errors.New("not a rate of exchange")
)

// Conversion says how amounts of all currencies become amounts of one (SPEC
// A8).
type Conversion struct {
	To       ar.Currency             // the reporting currency
	Rates    map[ar.Currency]ar.Rate // the price of one unit of each other currency in units of To
	Rounding ar.Rounding             // to the minor unit of To; NoRounding: what needs it is an error
}

// rate returns the rate of a currency, and whether there is one.
func (c *Conversion) rate(cur ar.Currency) (ar.Rate, bool) {
	if cur == c.To {
		return one(), true
	}
	rate, ok := c.Rates[cur]
	return rate, ok
}

// one returns the rate of a currency to itself.
func one() ar.Rate {
	r, _ := ar.ParseRate("1")
	return r
}

// check reports everything that is wrong with the rates, and all that are
// missing of those needed.
func (c *Conversion) check(needed []ar.Currency) error {
	var faults []error
	if _, ok := c.To.Decimals(); !ok {
		faults = append(faults, fmt.Errorf("reporting currency %q: %w", c.To, ar.ErrNoMinorUnits))
	}
	var missing []string
	for _, cur := range needed {
		if _, ok := c.rate(cur); !ok {
			missing = append(missing, cur.String())
		}
	}
	if slices.Sort(missing); missing != nil {
		faults = append(faults, fmt.Errorf("%w from %s to %s", ErrNoRate, strings.Join(missing, ", "), c.To))
	}
	for cur, rate := range c.Rates {
		if err := checkRate(rate, cur, c.To); err != nil {
			faults = append(faults, err)
		}
	}
	slices.SortStableFunc(faults, func(a, b error) int { return cmp.Compare(a.Error(), b.Error()) }) // maps have no order
	return errors.Join(faults...)
}

func checkRate(rate ar.Rate, from, to ar.Currency) error {
	if rate.Sign() <= 0 {
		return fmt.Errorf("%w: %s from %s to %s, want one above zero", ErrBadRate, rate, from, to)
	}
	if from == to && !rate.Equal(one()) {
		return fmt.Errorf("%w: %s from %s to itself, want 1", ErrBadRate, rate, from)
	}
	return nil
}

// Exchange is what became of one currency in a converted report.
type Exchange struct {
	Rate   ar.Rate // the price of one unit of it in the reporting currency
	Source Row     // the totals before, in the currency itself
	Shown  Row     // its part in the totals of the report: the sum of amounts converted and rounded one by one

	rounding ar.Rounding
}

// Whole returns a figure of the totals converted in one piece, rounded once:
// what the general ledger has if it converts the balance of an account.
func (x Exchange) Whole(f Figure) ar.Money {
	// It has no error: what rounding could refuse, it refused of a part.
	m, _ := x.Source.Figure(f).Convert(x.Rate, x.Shown.Currency(), x.rounding)
	return m
}

// Difference returns Whole less what is shown: the rounding difference.
func (x Exchange) Difference(f Figure) ar.Money { return plus(x.Whole(f), x.Shown.Figure(f).Neg()) }

func (x Exchange) equal(y Exchange) bool {
	return x.Rate.Equal(y.Rate) && x.rounding == y.rounding && x.Source.Equal(y.Source) && x.Shown.Equal(y.Shown)
}

// Exchanges returns what became of each currency in a converted report, by
// currency. Of another report it is empty.
func (r *Report) Exchanges() []Exchange { return slices.Clone(r.exchanges) }

// RoundingDifference returns by how much the totals of a converted report would
// be higher, had each currency been converted in one piece: the sum of the
// Differences. Of a report that is not converted it is the zero Money.
func (r *Report) RoundingDifference(f Figure) ar.Money {
	var sum ar.Money
	for _, x := range r.exchanges {
		sum = plus(sum, x.Difference(f))
	}
	return sum
}

// Convert returns the report in one currency, with a row for each key (SPEC
// A8). Every bucket, what is past due and the credits of each row in another
// currency are converted and rounded by themselves; Total, Balance and the
// totals of the report are sums of what is shown, so that they add up.
// Exchanges and RoundingDifference tell by how much that differs from totals
// converted in one piece.
//
// By due date PastDue is a sum of buckets; where it begins inside of one, that
// part is rounded by itself too.
//
// Currencies without a rate are ErrNoRate, and all of them are named; a rate that
// makes no sense is ErrBadRate. An amount that would have to be rounded
// under NoRounding is ar.ErrTooPrecise. Credits are treated before: what is
// converted cannot be converted, treated or merged, that is ErrDerived.
func (r *Report) Convert(c Conversion) (*Report, error) {
	if r.converted() {
		return nil, fmt.Errorf("%w: to %s", ErrDerived, r.currencies[0])
	}
	if err := c.check(r.Currencies()); err != nil {
		return nil, err
	}
	rows, shown := r.in(c.To), r.in(c.To)
	for _, t := range r.Totals() {
		rate, _ := c.rate(t.Currency())
		row := shown.row(t.Currency().String(), 0)
		rows.r.exchanges = append(rows.r.exchanges, Exchange{rate, t, Row{shown.r, row}, c.Rounding})
	}
	converted := make([]ar.Money, r.stride())
	for w := range r.Unsorted() {
		if err := c.row(converted, w); err != nil {
			return nil, fmt.Errorf("%s %q: %w", r.GroupName(), w.Key(), err)
		}
		rows.addCells(rows.row(w.Key(), 0), converted)
		shown.addCells(shown.row(w.Currency().String(), 0), converted)
	}
	return rows.r, nil
}

func (r *Report) converted() bool { return r.exchanges != nil }

// in returns a builder for a report that has converted what is in r.
func (r *Report) in(cur ar.Currency) *builder {
	b := newBuilder(&Report{
		opt: r.opt, lay: r.lay, credits: r.credits, left: r.left,
		derived: true, treatment: r.treatment, exchanges: []Exchange{},
	})
	b.tag(cur)
	return b
}

// addCells adds amounts to a row, one to each cell.
func (b *builder) addCells(row int, amounts []ar.Money) {
	at := row * b.r.stride()
	for c, m := range amounts {
		b.r.size = b.r.size.addMoney(m)
		b.r.cells.addMoney(at+c, m)
	}
}

// row converts the cells of a row: what is shown in one piece is rounded in one.
func (c *Conversion) row(converted []ar.Money, w Row) error {
	lay := &w.r.lay
	rate, _ := c.rate(w.Currency())
	var fault error
	convert := func(m ar.Money) ar.Money {
		m, err := c.convert(m, rate)
		if fault == nil {
			fault = err
		}
		return m
	}
	for b, run := range lay.runs {
		rest := convert(w.Amount(b))
		for cell := int(run.to) - 1; cell > int(run.from); cell-- {
			converted[cell] = convert(w.debits(cell, cell+1))
			rest = plus(rest, converted[cell].Neg())
		}
		converted[run.from] = rest
	}
	for cell := len(lay.bucket); cell < lay.width; cell++ {
		converted[cell] = convert(w.debits(cell, cell+1))
	}
	if w.r.credits { // rounded as they are shown, above zero
		credits := converted[lay.stride:]
		credits[creditsUnapplied] = convert(w.Unapplied()).Neg()
		credits[creditsTreated] = convert(plus(w.Credits(), w.Unapplied().Neg())).Neg()
	}
	return fault
}

// convert converts an amount at a rate.
func (c *Conversion) convert(m ar.Money, rate ar.Rate) (ar.Money, error) {
	switch {
	case m.Currency() == c.To:
		return m, nil
	case m.IsZero():
		return units(0, c.To), nil
	}
	return m.Convert(rate, c.To, c.Rounding)
}
