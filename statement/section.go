package statement

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
)

// Section is the part of a statement in one currency. It is as immutable as its
// Statement. The zero Section is of none, and its methods must not be called.
type Section struct {
	// What stands in it, or else the row of a report that has it, and what the
	// report is of.
	*written
	row aging.Row
	of  *grouped
}

// written is what stands in a section.
type written struct {
	frame *frame
	cur   ar.Currency
	sums  []ar.Money // of the buckets, and then by box
	lines []Line
}

// box is one of the sums of a section that follow its buckets. All are ≥ 0 but
// the balance, and what only the balance-forward form has.
type box int

const (
	unapplied box = iota
	overdue
	dueNow
	notYetDue
	balance
	opening
	exchanged
	elsewhere
	boxes // how many there are
)

// at is where a box is, in a section that has its sums.
func (s *Section) at(b box) *ar.Money { return &s.sums[s.frame.buckets.Len()+int(b)] }

// Currency returns the currency of all the section's amounts.
func (s *Section) Currency() ar.Currency {
	if s.of != nil {
		return s.row.Currency()
	}
	return s.cur
}

// Lines returns the lines, by document date. They are made anew, and the
// caller's own. In open-item form they are all that is open: debits, those of
// earlier statements too, and unapplied credits. In balance-forward form they
// are the documents dated in the period.
func (s *Section) Lines() []Line {
	if s.of != nil {
		return s.of.lines(s)
	}
	return slices.Clone(s.lines)
}

// Amount returns what is open of debits in a bucket of the ageing box,
// 0 ≤ i < Buckets().Len().
func (s *Section) Amount(i int) ar.Money {
	if s.of != nil {
		return s.row.Amount(i)
	}
	return s.sums[:s.frame.buckets.Len()][i]
}

// Amounts returns what is open of debits in all buckets, in order.
func (s *Section) Amounts() []ar.Money { return s.AppendAmounts(nil) }

// AppendAmounts appends what Amounts returns, and so lets the memory of one
// section serve for the next.
func (s *Section) AppendAmounts(amounts []ar.Money) []ar.Money {
	if s.of != nil {
		return s.row.AppendAmounts(amounts)
	}
	return append(amounts, s.sums[:s.frame.buckets.Len()]...)
}

// Total returns what is open of all debits.
func (s *Section) Total() ar.Money {
	if s.of != nil {
		return s.row.Total()
	}
	return plus(*s.at(overdue), plus(*s.at(dueNow), *s.at(notYetDue)))
}

// Unapplied returns the unapplied credits as a positive amount.
func (s *Section) Unapplied() ar.Money {
	if s.of != nil {
		return s.row.Unapplied()
	}
	return *s.at(unapplied)
}

// Balance returns what is owed on balance: Total less Unapplied. In
// balance-forward form it is the closing balance.
func (s *Section) Balance() ar.Money {
	if s.of != nil {
		return s.row.Balance()
	}
	return *s.at(balance)
}

// Overdue returns what is open of debits that are overdue (SPEC S3).
func (s *Section) Overdue() ar.Money {
	if s.of != nil {
		return s.row.PastDue()
	}
	return *s.at(overdue)
}

// Current returns what is open of all other debits: DueNow and NotYetDue.
func (s *Section) Current() ar.Money { return plus(s.Total(), s.Overdue().Neg()) }

// DueNow returns the part of Current that has fallen due by the last day.
func (s *Section) DueNow() ar.Money {
	if s.of != nil {
		return plus(s.row.Total(), plus(s.row.PastDue(), s.of.notYetDue(s.row)).Neg())
	}
	return *s.at(dueNow)
}

// NotYetDue returns the part of Current that falls due later.
func (s *Section) NotYetDue() ar.Money {
	if s.of != nil {
		return s.of.notYetDue(s.row)
	}
	return *s.at(notYetDue)
}

// Opening returns the balance at the start of the period, in balance-forward
// form; else 0.
func (s *Section) Opening() ar.Money { return s.ofPeriod(opening) }

// Exchanged returns by how much the balance changed in the period because
// credits in one currency paid debits in another, in balance-forward form; else
// 0.
func (s *Section) Exchanged() ar.Money { return s.ofPeriod(exchanged) }

// Elsewhere returns by how much the balance changed in the period because
// credits of other locations paid debits here, or credits here debits there, in
// balance-forward form; else 0. Other locations are those outside of the scope
// that the statement was made in, and this is all that it tells of them.
func (s *Section) Elsewhere() ar.Money { return s.ofPeriod(elsewhere) }

// ofPeriod returns a box that is of the balance-forward form alone. What is made of
// a report is in open-item form.
func (s *Section) ofPeriod(b box) ar.Money {
	if s.of != nil {
		return zeroOf(s.Currency())
	}
	return *s.at(b)
}

// newSection returns the section of what is open, with everything but its lines.
func (f *frame) newSection(cur ar.Currency, open []Line) Section {
	s := Section{written: &written{frame: f, cur: cur, sums: make([]ar.Money, f.buckets.Len()+int(boxes))}}
	for i := range s.sums {
		s.sums[i] = zeroOf(cur)
	}
	for i := range open {
		s.add(&open[i])
	}
	return s
}

// add adds an open item, whose due date is still there, to the sums.
func (s *Section) add(l *Line) {
	m := l.Outstanding
	s.addTo(s.at(balance), m)
	if m.Sign() < 0 {
		s.addTo(s.at(unapplied), m.Neg())
		return
	}
	offset := s.frame.period.To.DaysSince(l.Due)
	s.addTo(&s.sums[s.frame.buckets.Index(offset)], m)
	switch {
	case offset < 0:
		s.addTo(s.at(notYetDue), m)
	case offset > 0 && (s.frame.overdue == PastDue || l.earlier):
		s.addTo(s.at(overdue), m)
	default:
		s.addTo(s.at(dueNow), m)
	}
}

func (s *Section) addTo(sum *ar.Money, m ar.Money) { *sum = plus(*sum, m) }

// check returns ErrUnbalanced where the amounts do not add up.
func (s *Section) check() error {
	aged := zeroOf(s.cur)
	for i := range s.frame.buckets.Len() {
		aged = plus(aged, s.Amount(i))
	}
	if total := s.Total(); !total.Equal(aged) {
		return s.unbalanced("the ageing box", aged, "overdue and current", total)
	}
	if want := plus(aged, s.Unapplied().Neg()); !s.Balance().Equal(want) {
		return s.unbalanced("the ageing box less unapplied credits", want, "the balance", s.Balance())
	}
	sum := s.Opening()
	for i := range s.lines {
		l := &s.lines[i]
		if sum = plus(sum, s.frame.counted(l)); !l.Balance.Equal(sum) {
			return s.unbalanced("the lines up to document "+strconv.Quote(l.Number), sum, "the running balance", l.Balance)
		}
	}
	if sum = plus(sum, plus(s.Exchanged(), s.Elsewhere())); !sum.Equal(s.Balance()) {
		return s.unbalanced("all that is listed", sum, "the balance", s.Balance())
	}
	return nil
}

func (s *Section) unbalanced(a string, m ar.Money, b string, n ar.Money) error {
	return fmt.Errorf("%w: %s: %s is %s, and %s %s", ErrUnbalanced, s.cur, a, m, b, n)
}

func compareSections(a, b Section) int { return a.Currency().Compare(b.Currency()) }

// counted returns what a line adds to the running balance.
func (f *frame) counted(l *Line) ar.Money {
	if f.form == BalanceForward {
		return l.Amount
	}
	return l.Outstanding
}

// zeroOf returns 0 of a currency that amounts came in, so that there is no error
// to have.
func zeroOf(cur ar.Currency) ar.Money {
	m, _ := ar.NewMoney(0, cur)
	return m
}

// plus adds amounts of one currency, for which Add has no error.
func plus(a, b ar.Money) ar.Money {
	m, _ := a.Add(b)
	return m
}
