package statement

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/openreceivables/ar"
)

// Section is the part of a statement in one currency. It is immutable.
type Section struct {
	frame *frame
	cur   ar.Currency
	lines []Line
	lazy  *grouped // where lines are made when they are asked for
	from  int32    // its items in grouped
	to    int32

	// Of the open items, all ≥ 0 but the balance.
	amounts   []ar.Money // of debits, by bucket
	unapplied ar.Money
	overdue   ar.Money
	dueNow    ar.Money
	notYetDue ar.Money
	balance   ar.Money

	// In balance-forward form.
	opening   ar.Money
	exchanged ar.Money
	elsewhere ar.Money
}

// Currency returns the currency of all the section's amounts.
func (s *Section) Currency() ar.Currency { return s.cur }

// Lines returns the lines, by document date. They are made anew, and the
// caller's own. In open-item form they are all that is open: debits, those of
// earlier statements too, and unapplied credits. In balance-forward form they
// are the documents dated in the period.
func (s *Section) Lines() []Line {
	if s.lazy == nil {
		return slices.Clone(s.lines)
	}
	return s.lazy.lines(s)
}

// Amount returns what is open of debits in a bucket of the ageing box,
// 0 ≤ bucket < Buckets().Len().
func (s *Section) Amount(bucket int) ar.Money { return s.amounts[bucket] }

// Amounts returns what is open of debits in all buckets, in order.
func (s *Section) Amounts() []ar.Money { return slices.Clone(s.amounts) }

// Total returns what is open of all debits.
func (s *Section) Total() ar.Money {
	total := units(0, s.cur)
	for _, m := range s.amounts {
		total = plus(total, m)
	}
	return total
}

// Unapplied returns the unapplied credits as a positive amount.
func (s *Section) Unapplied() ar.Money { return s.unapplied }

// Balance returns what is owed on balance: Total less Unapplied. In
// balance-forward form it is the closing balance.
func (s *Section) Balance() ar.Money { return s.balance }

// Overdue returns what is open of debits that are overdue (SPEC S3).
func (s *Section) Overdue() ar.Money { return s.overdue }

// Current returns what is open of all other debits: DueNow and NotYetDue.
func (s *Section) Current() ar.Money { return plus(s.dueNow, s.notYetDue) }

// DueNow returns the part of Current that has fallen due by the last day.
func (s *Section) DueNow() ar.Money { return s.dueNow }

// NotYetDue returns the part of Current that falls due later.
func (s *Section) NotYetDue() ar.Money { return s.notYetDue }

// Opening returns the balance at the start of the period, in balance-forward
// form; else 0.
func (s *Section) Opening() ar.Money { return s.opening }

// Exchanged returns by how much the balance changed in the period because
// credits in one currency paid debits in another, in balance-forward form; else 0.
func (s *Section) Exchanged() ar.Money { return s.exchanged }

// Elsewhere returns by how much the balance changed in the period because
// credits of other locations paid debits here, or credits here debits there, in
// balance-forward form; else 0. Other locations are those outside of the scope
// that the statement was made in, and this is all that it tells of them.
func (s *Section) Elsewhere() ar.Money { return s.elsewhere }

// newSection returns the section of what is open, with everything but its lines.
func (f *frame) newSection(cur ar.Currency, open []Line) Section {
	zero := units(0, cur)
	s := Section{
		frame: f, cur: cur, amounts: make([]ar.Money, f.buckets.Len()),
		unapplied: zero, overdue: zero, dueNow: zero, notYetDue: zero, balance: zero,
		opening: zero, exchanged: zero, elsewhere: zero,
	}
	for i := range s.amounts {
		s.amounts[i] = zero
	}
	for i := range open {
		s.add(&open[i])
	}
	return s
}

// add adds an open item, whose due date is still there, to the boxes.
func (s *Section) add(l *Line) {
	m := l.Outstanding
	s.balance = plus(s.balance, m)
	if m.Sign() < 0 {
		s.unapplied = plus(s.unapplied, m.Neg())
		return
	}
	offset := s.frame.period.To.DaysSince(l.Due)
	at := &s.amounts[s.frame.buckets.Index(offset)]
	*at = plus(*at, m)
	switch {
	case offset < 0:
		s.notYetDue = plus(s.notYetDue, m)
	case offset > 0 && (s.frame.overdue == PastDue || s.frame.shown.has(l.Document, l.Number, l.Date)):
		s.overdue = plus(s.overdue, m)
	default:
		s.dueNow = plus(s.dueNow, m)
	}
}

// check returns ErrUnbalanced where the amounts do not add up.
func (s *Section) check() error {
	total := s.Total()
	if want := plus(total, s.unapplied.Neg()); !s.balance.Equal(want) {
		return s.unbalanced("the ageing box less unapplied credits", want, "the balance", s.balance)
	}
	if boxes := plus(s.overdue, s.Current()); !boxes.Equal(total) {
		return s.unbalanced("overdue and current", boxes, "the ageing box", total)
	}
	if s.lazy != nil { // the balance was added up by item
		return nil
	}
	sum := s.opening
	for i := range s.lines {
		l := &s.lines[i]
		if sum = plus(sum, s.frame.counted(l)); !l.Balance.Equal(sum) {
			return s.unbalanced("the lines up to document "+strconv.Quote(l.Number), sum, "the running balance", l.Balance)
		}
	}
	if sum = plus(sum, plus(s.exchanged, s.elsewhere)); !sum.Equal(s.balance) {
		return s.unbalanced("all that is listed", sum, "the balance", s.balance)
	}
	return nil
}

func (s *Section) unbalanced(a string, m ar.Money, b string, n ar.Money) error {
	return fmt.Errorf("%w: %s: %s is %s, and %s %s", ErrUnbalanced, s.cur, a, m, b, n)
}

// counted returns what a line adds to the running balance.
func (f *frame) counted(l *Line) ar.Money {
	if f.form == BalanceForward {
		return l.Amount
	}
	return l.Outstanding
}

// units returns minor units of a currency that amounts came in, so that there is
// no error to have.
func units(minor int64, cur ar.Currency) ar.Money {
	m, _ := ar.NewMoney(minor, cur)
	return m
}

// plus adds amounts of one currency, for which Add has no error.
func plus(a, b ar.Money) ar.Money {
	m, _ := a.Add(b)
	return m
}
