package statement

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// Line is a line of a statement: an open item, or, in balance-forward form, a
// document of the period. Amounts of credits are negative.
type Line struct {
	Document string      // the document's ID; empty where the statement was made of bare items
	Number   string      // the document's number
	Part     int         // the instalment, from 1; 0: the whole document
	Kind     ledger.Kind // zero: not known, as of bare items
	Date     ar.Date
	Due      ar.Date // zero: left off, of a credit, or of a document whose parts have their own

	Amount      ar.Money // of the document, or of its part; the zero Money: not known, as of bare items
	Outstanding ar.Money // at the end of the period's last day

	// DaysPastDue is how many days before the period's last day an open debit
	// fell due, 0 where it did not; and Held on how many of these its ageing
	// clock stood still (SPEC L7).
	DaysPastDue int
	Held        int

	Flags    ledger.Flags // on the last day
	earlier  bool         // until it is shown: it was unpaid on an earlier statement
	Footnote string       // its text, of the document or as Options tell it

	// Balance is the running balance: of what is outstanding in open-item form,
	// of the account in balance-forward form.
	Balance ar.Money
}

// itemLine returns the line of an open item.
func (f *frame) itemLine(it *ledger.Item) Line {
	return f.finished(Line{
		Number: it.Number, Date: it.Date, Due: it.DueDate(), Outstanding: it.Outstanding, Held: int(it.Held), Flags: it.Flags,
		earlier: f.carried(it) || f.shown.has(it.Customer, "", valid(it.Number), it.Date),
	})
}

// entryLine returns the line of what is open of an account's document.
func (f *frame) entryLine(e *ledger.Entry) Line {
	d := e.Document
	amount := d.Amount
	if e.Part > 0 {
		amount = d.Parts[e.Part-1].Amount
	}
	if d.Kind.IsCredit() {
		amount = amount.Neg()
	}
	return f.finished(Line{
		Document: d.ID, Number: d.Number, Part: e.Part, Kind: d.Kind, Date: e.Date, Due: e.Due,
		Amount: amount, Outstanding: e.Outstanding, Held: e.Held, Flags: e.Flags, Footnote: valid(d.Footnote),
		earlier: f.shown.has(d.Customer, valid(d.ID), valid(d.Number), e.Date),
	})
}

// finished completes a line with what follows from the others.
func (f *frame) finished(l Line) Line {
	if l.Outstanding.Sign() > 0 {
		l.DaysPastDue = max(0, f.period.To.DaysSince(l.Due))
	}
	if l.DaysPastDue == 0 {
		l.Held = 0
	}
	// What is saved is JSON, which has no other texts.
	l.Document, l.Number = valid(l.Document), valid(l.Number)
	if l.Footnote == "" && f.footnote != nil && l.Flags.Has(ledger.Footnote) {
		asked := l // a line that nobody asks about stays where it is, off the heap
		l.Footnote = valid(f.footnote(&asked))
	}
	return l
}

func valid(text string) string {
	for i := range len(text) {
		if text[i] >= utf8.RuneSelf { // as hardly an ID has
			return strings.ToValidUTF8(text, "\uFFFD")
		}
	}
	return text
}

// show puts lines in the order in which they are shown, with the running balance
// from the one given on, and leaves off what is not to be shown.
func (f *frame) show(lines []Line, balance ar.Money) []Line {
	sortLines(lines)
	for i := range lines {
		l := &lines[i]
		balance = plus(balance, f.counted(l))
		l.Balance = balance
		l.earlier = false
		if f.noDueDates || l.side() == 1 {
			l.Due = 0 // a credit falls due to nobody
		}
	}
	return lines
}

// sortLines sorts lines, which are large, by moving each of them once.
func sortLines(lines []Line) {
	order := make([]int32, len(lines)) // order[i] is where the line for i is
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int { return compareLines(&lines[a], &lines[b]) })
	for i := range order {
		first, to := lines[i], int32(i)
		for from := order[to]; from != int32(i); from = order[to] {
			lines[to] = lines[from]
			order[to] = to
			to = from
		}
		lines[to] = first
		order[to] = to
	}
}

// compareLines orders by document date, debits before credits, then by number.
func compareLines(a, b *Line) int {
	if c := cmp.Compare(a.Date, b.Date); c != 0 {
		return c
	}
	outstanding, _ := a.Outstanding.Cmp(b.Outstanding) // of one currency
	return cmp.Or(
		cmp.Compare(a.side(), b.side()),
		cmp.Compare(a.Number, b.Number),
		cmp.Compare(a.Document, b.Document),
		cmp.Compare(a.Part, b.Part),
		cmp.Compare(a.Due, b.Due),
		outstanding,
		cmp.Compare(a.Flags, b.Flags),
	)
}

// side is 0 for a debit and 1 for a credit.
func (l *Line) side() int {
	if l.Kind.IsCredit() || l.Outstanding.Sign() < 0 {
		return 1
	}
	return 0
}
