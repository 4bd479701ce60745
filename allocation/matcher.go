package allocation

import (
	"sort"

	"github.com/openreceivables/ar"
)

// span is places in an order.
type span struct{ from, to int }

func (o *order) whole() span { return span{0, len(o.records)} }

// next returns the places from one on that are of its account, and whether one
// of them is of a large amount.
func (o *order) next(from int) (all span, large bool) {
	all = span{from, from}
	for all.to < len(o.records) && o.account(all.to) == o.account(from) {
		large = large || o.records[all.to].minor == 0
		all.to++
	}
	return all, large
}

// money returns an amount of any size.
func (o *order) money(at int, of *Columns, c ar.Currency) (ar.Money, error) {
	if o.records[at].minor == 0 {
		return of.Large[o.row(at)], nil
	}
	return ar.NewMoney(o.records[at].minor, c)
}

// matcher leads credits and debits past each other.
type matcher struct{ Matches }

// match allocates the credits of a span to debits of a span, both of whole
// accounts without large amounts, and appends the lines.
func (m *matcher) match(lines []Match, debits, credits span) []Match {
	d, dShift, dMask := m.debits.records[:debits.to], m.debits.shift&63, m.debits.mask
	c, cShift, cMask := m.credits.records[:credits.to], m.credits.shift&63, m.credits.mask
	at, account := debits.from, uint64(1<<63) // no account
	var left int64                            // of the debit at at
	for i := credits.from; i < len(c); i++ {
		if a := c[i].key >> cShift; a != account {
			account = a
			for at < len(d) && d[at].key>>dShift < account {
				at++
			}
			left = 0
			if at < len(d) {
				left = d[at].minor
			}
		}
		credit := int32(c[i].key & cMask)
		for pay := c[i].minor; pay > 0 && at < len(d) && d[at].key>>dShift == account; {
			n := min(pay, left)
			lines = append(lines, Match{credit, int32(d[at].key & dMask), n})
			pay -= n
			if left -= n; left == 0 {
				if at++; at < len(d) {
					left = d[at].minor
				}
			}
		}
	}
	return lines
}

// matchHalves is match of everything, by two goroutines.
func (m *matcher) matchHalves() {
	credits, debits := m.credits.whole(), m.debits.whole()
	middle := credits.to / 2
	for middle > 0 && middle < credits.to && m.credits.account(middle) == m.credits.account(middle-1) {
		middle++
	}
	cut := debits.to
	if middle < credits.to {
		account := m.credits.account(middle)
		cut = sort.Search(debits.to, func(at int) bool { return m.debits.account(at) >= account })
	}
	// The second half begins where the first can end at most.
	most := middle + cut
	lines := m.Lines[:cap(m.Lines)]
	var first, second []Match
	both(2,
		func() { first = m.match(lines[:0:most], span{0, cut}, span{0, middle}) },
		func() { second = m.match(lines[most:most], span{cut, debits.to}, span{middle, credits.to}) })
	n := copy(lines[len(first):], second)
	m.Lines = lines[:len(first)+n]
}

// accountByAccount allocates in plain integers what has no large amount, and
// the rest exactly.
func (m *matcher) accountByAccount(debits, credits *Columns) error {
	for d, c := 0, 0; d < len(m.debits.records) && c < len(m.credits.records); {
		ofDebits, large1 := m.debits.next(d)
		ofCredits, large2 := m.credits.next(c)
		switch x, y := m.debits.account(d), m.credits.account(c); {
		case x < y:
			d = ofDebits.to
			continue
		case x > y:
			c = ofCredits.to
			continue
		case large1 || large2:
			if err := m.matchExactly(debits, credits, ofDebits, ofCredits); err != nil {
				return err
			}
		default:
			m.Lines = m.match(m.Lines, ofDebits, ofCredits)
		}
		d, c = ofDebits.to, ofCredits.to
	}
	return nil
}

// matchExactly is match in amounts of any size, for one account.
func (m *matcher) matchExactly(debits, credits *Columns, ofDebits, ofCredits span) error {
	var currency ar.Currency
	for _, large := range []map[int32]ar.Money{debits.Large, credits.Large} {
		for _, m := range large {
			currency = m.Currency() // one for all
		}
	}
	at := ofDebits.from
	left, err := m.debits.money(at, debits, currency)
	for i := ofCredits.from; i < ofCredits.to && err == nil; i++ {
		var pay ar.Money
		pay, err = m.credits.money(i, credits, currency)
		for pay.Sign() > 0 && at < ofDebits.to && err == nil {
			n := least(pay, left)
			m.add(m.credits.row(i), m.debits.row(at), n)
			pay, left = minus(pay, n), minus(left, n)
			if left.IsZero() {
				if at++; at < ofDebits.to {
					left, err = m.debits.money(at, debits, currency)
				}
			}
		}
	}
	return err
}

// add notes a line of any size.
func (m *matcher) add(credit, debit int32, amount ar.Money) {
	minor, fits := amount.Minor()
	if !fits {
		minor = 0
		if m.Large == nil {
			m.Large = map[int]ar.Money{}
		}
		m.Large[len(m.Lines)] = amount
	}
	m.Lines = append(m.Lines, Match{credit, debit, minor})
}
