package statement

import (
	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// FromAccount returns the statement of an account's documents at the locations
// that the scope views. What is outstanding of these is the truth, whatever was
// applied to it from elsewhere; Section.Elsewhere tells of that as much as there
// is to tell.
//
// In balance-forward form a document counts on its date, after re-dating. The
// opening balance is that at the end of the day before the period, so that it is
// the closing balance of a statement that ends there.
//
// The errors are those of Options, ErrBeforeCutover, and ledger.ErrNoLocations
// for a scope that views nothing.
func FromAccount(a *ledger.Account, scope ledger.Scope, opt Options) (*Statement, error) {
	f, err := opt.frame()
	if err != nil {
		return nil, err
	}
	if err := scope.Check(); err != nil {
		return nil, err
	}
	f.locations = scope.Viewable()
	if err := f.showCarried(a); err != nil {
		return nil, err
	}
	entries, err := a.Open(f.period.To)
	if err != nil {
		return nil, err
	}
	var open []Line
	for i := range entries {
		if e := &entries[i]; scope.Views(e.Document.Location) {
			open = append(open, f.entryLine(e))
		}
	}
	if len(open) == 0 && f.period.To < f.cutover {
		return nil, f.beforeCutover(f.cutover)
	}
	var sections []Section
	if f.form == OpenItem {
		sections = f.openItems(open)
	} else if sections, err = f.forward(a, scope, open); err != nil {
		return nil, err
	}
	return newStatement(f, a.Customer().ID, f.nameOf(a.Customer()), sections)
}

// movement is what became of the balance in one currency over the period.
type movement struct {
	opening, exchanged, elsewhere ar.Money
	lines                         []Line
}

// forward returns the sections in balance-forward form.
func (f *frame) forward(a *ledger.Account, scope ledger.Scope, open []Line) ([]Section, error) {
	moves := map[ar.Currency]*movement{}
	in := func(cur ar.Currency) *movement {
		m := moves[cur]
		if m == nil {
			zero := zeroOf(cur)
			m = &movement{opening: zero, exchanged: zero, elsewhere: zero}
			moves[cur] = m
		}
		return m
	}
	before := f.period.From - 1
	if before.Valid() {
		for it, err := range a.Items(before) {
			if err != nil {
				return nil, err
			}
			if scope.Views(it.Location) {
				m := in(it.Outstanding.Currency())
				m.opening = plus(m.opening, it.Outstanding)
			}
		}
		applied(a, before, scope, in, ar.Money.Neg)
	}
	applied(a, f.period.To, scope, in, func(m ar.Money) ar.Money { return m })
	for _, l := range f.dated(a, scope, open) {
		m := in(l.Amount.Currency())
		m.lines = append(m.lines, l)
	}
	left := byCurrency(open)
	for cur := range left {
		in(cur)
	}
	var sections []Section
	for cur, m := range moves {
		if m.nothing() && len(left[cur]) == 0 {
			continue
		}
		s := f.newSection(cur, left[cur])
		*s.at(opening), *s.at(exchanged), *s.at(elsewhere) = m.opening, m.exchanged, m.elsewhere
		s.lines = f.show(m.lines, m.opening)
		sections = append(sections, s)
	}
	return sections, nil
}

// applied adds up what the allocations that count on a date do to the balance of
// the documents that the scope views: nothing, unless one document is outside or
// they are in two currencies.
func applied(a *ledger.Account, asOf ar.Date, scope ledger.Scope, in func(ar.Currency) *movement, signed func(ar.Money) ar.Money) {
	for x := range a.Applied(asOf) {
		paid, taken := x.Amount, x.Amount
		exchange := !x.Taken.IsZero()
		if exchange {
			taken = x.Taken
		}
		from, to := scope.Views(x.Credit.Location), scope.Views(x.Debit.Location)
		if from && (exchange || !to) {
			in(taken.Currency()).add(!to, signed(taken))
		}
		if to && (exchange || !from) {
			in(paid.Currency()).add(!from, signed(paid.Neg()))
		}
	}
}

func (m *movement) add(elsewhere bool, amount ar.Money) {
	if elsewhere {
		m.elsewhere = plus(m.elsewhere, amount)
		return
	}
	m.exchanged = plus(m.exchanged, amount)
}

// nothing reports that there was no balance before the period and that nothing
// happened in it.
func (m *movement) nothing() bool {
	return m.opening.IsZero() && m.exchanged.IsZero() && m.elsewhere.IsZero() && len(m.lines) == 0
}

// dated returns the lines of the documents that are dated in the period.
func (f *frame) dated(a *ledger.Account, scope ledger.Scope, open []Line) []Line {
	left := map[string]*Line{} // of each document that is open, the first due of its parts, as Open has them
	outstanding := map[string]ar.Money{}
	for i := range open {
		l := &open[i]
		if left[l.Document] == nil {
			left[l.Document] = l
		}
		outstanding[l.Document] = plus(outstanding[l.Document], l.Outstanding)
	}
	var lines []Line
	documents := a.Facts().Documents
	for i := range documents {
		d := &documents[i]
		_, date := a.Document(d.ID)
		if date < f.period.From || date > f.period.To || !scope.Views(d.Location) {
			continue
		}
		e := ledger.Entry{
			Document: d, Date: date, Due: a.DueDate(d.ID), Flags: d.Flags & ledger.Footnote,
			Outstanding: zeroOf(d.Amount.Currency()),
		}
		if d.Footnote != "" {
			e.Flags |= ledger.Footnote
		}
		l := f.entryLine(&e)
		if o := left[l.Document]; o != nil {
			l.Outstanding, l.Flags = outstanding[l.Document], o.Flags
			l.DaysPastDue, l.Held = o.DaysPastDue, o.Held
		}
		if len(d.Parts) > 0 {
			l.Due = 0
		}
		lines = append(lines, l)
	}
	return lines
}
