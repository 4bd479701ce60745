package allocation

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// pay pays a debit from a credit, at most upTo in the debit's currency, notes
// what comes along with it, and returns how much of upTo that took. Meant says
// that upTo is for this debit alone. Without a rate it pays nothing in another
// currency.
func (p *planner) pay(c *credit, d *debit, upTo ar.Money, meant bool, rule string) (paid ar.Money) {
	avail, rate, ok := p.available(c, d)
	if !ok {
		return paid
	}
	o, x, err := p.outcome(c, d, least(upTo, avail), rate, meant)
	if err != nil {
		p.fault("%s from %s to %s: %w", upTo, c.entry.Document, d, err)
		return paid
	}
	l := Line{
		Kind: Applied, Credit: c.entry.Document, Debit: d.entry.Document, Part: d.entry.Part,
		Amount: o.pay, Rule: rule, Date: max(p.o.Date, c.entry.Date, d.entry.Date),
	}
	l.dated = l.Date > max(c.entry.Date, d.entry.Date)
	if rate.Sign() != 0 {
		l.Taken, l.Rate = x.taken, rate
	}
	if o.rest.Sign() > 0 && d.settling.Rest == RestRefused {
		l.Kind, l.Taken, l.Rate = Refused, ar.Money{}, ar.Rate{}
		l.Rule = fmt.Sprintf("would leave %s open of %s", o.rest, d.left)
		p.lines = append(p.lines, l)
		return paid
	}
	if o.pay.Sign() > 0 {
		p.apply(c, d, l)
		l.With = len(p.lines)
		p.exchanged(l)
		p.alongWith(c, d, l, &o)
	}
	return plus(o.pay, o.excess)
}

// available returns what a credit has for a debit, in the debit's currency.
func (p *planner) available(c *credit, d *debit) (avail ar.Money, rate ar.Rate, ok bool) {
	if c.left.Currency() == d.currency() {
		return c.left, ar.Rate{}, true
	}
	for _, r := range p.o.Rates {
		if r.From == c.left.Currency() && r.To == d.currency() {
			x, err := worth(c.left, r.Rate, r.To)
			if err != nil {
				p.fault("%s for %s: %w", c.entry.Document, d, err)
			}
			return x.amount, r.Rate, err == nil
		}
	}
	return ar.Money{}, ar.Rate{}, false
}

// outcome settles a debit in one currency, or in two with amounts that whole
// units reach.
func (p *planner) outcome(c *credit, d *debit, avail ar.Money, rate ar.Rate, meant bool) (o outcome, x exchange, err error) {
	g, err := d.discountFor(c)
	if err != nil {
		return o, x, err
	}
	o, err = d.settle(g, avail, meant)
	if err != nil || rate.Sign() == 0 || o.pay.IsZero() {
		return o, x, err
	}
	if x, err = buy(o.pay, c.left, rate); err != nil || x.amount.Equal(o.pay) {
		return o, x, err
	}
	o, err = d.settle(g, x.amount, meant)
	if err == nil && !o.pay.Equal(x.amount) {
		x, err = buy(o.pay, c.left, rate)
		o.pay = x.amount
	}
	return o, x, err
}

// apply notes a line, and takes its amount off its credit and its debit.
func (p *planner) apply(c *credit, d *debit, l Line) {
	c.left = minus(c.left, l.taken())
	d.left = minus(d.left, l.settles())
	d.paid = true
	for _, r := range p.rankings {
		r.moved(d)
	}
	p.lines = append(p.lines, l)
}

// alongWith notes what comes along with a payment, given with its number in
// With.
func (p *planner) alongWith(c *credit, d *debit, l Line, o *outcome) {
	l.Taken, l.Rate = ar.Money{}, ar.Rate{}
	also := func(k Kind, m ar.Money, rule string) {
		if m.Sign() > 0 {
			l.Kind, l.Amount, l.Rule = k, m, rule
			p.apply(c, d, l)
		}
	}
	also(Discounted, o.discount, o.rule)
	also(WrittenOff, o.tolerated, "short, within the tolerance")
	also(Charged, o.excess, "over, within the tolerance")
	switch d.settling.Rest {
	case RestDiscount:
		also(Discounted, o.rest, "rest becomes discount")
	case RestWriteOff:
		also(WrittenOff, o.rest, "rest is written off")
	case RestOpen, RestRefused:
		if o.rest.Sign() > 0 && !less(o.refused, o.rest) {
			also(Refused, o.refused, o.rule)
		}
	}
}

// exchanged notes the realised exchange difference of a payment, given with its
// number in With, where both documents' booking rates are known.
func (p *planner) exchanged(l Line) {
	credit, ok1 := p.booked(l.Credit)
	debit, ok2 := p.booked(l.Debit)
	if p.o.Home.IsZero() || !ok1 || !ok2 {
		return
	}
	got, err1 := l.taken().Convert(credit, p.o.Home, p.o.Rounding)
	owed, err2 := l.Amount.Convert(debit, p.o.Home, p.o.Rounding)
	if err := errors.Join(err1, err2); err != nil {
		p.fault("exchange difference of %s from %s to %s: %w", l.Amount, l.Credit, l.Debit, err)
		return
	}
	l.Rule = fmt.Sprintf("%s booked at %s less %s booked at %s", l.taken(), credit, l.Amount, debit)
	l.Kind, l.Amount, l.Taken, l.Rate = Exchanged, minus(got, owed), ar.Money{}, ar.Rate{}
	if !l.Amount.IsZero() {
		p.lines = append(p.lines, l)
	}
}

// booked returns the price of a document's currency when it was booked, if that
// is known.
func (p *planner) booked(d *ledger.Document) (price ar.Rate, ok bool) {
	if d.Amount.Currency() == p.o.Home {
		return ar.MustRate("1"), true
	}
	return d.Booking, d.Booking.Sign() > 0
}
