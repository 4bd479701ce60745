package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// StatementOptions say how to write a statement, or sheets. The zero value is a
// plain text.
type StatementOptions struct {
	Format Format
	Color  bool // whether text goes to a terminal that shows colors
}

// Statement writes a statement. The package comment describes the forms. What is
// written depends on the statement alone: one that was saved is written the same
// for ever (SPEC S4).
func Statement(w io.Writer, s *statement.Statement, opt StatementOptions) error {
	l := newLetter(s)
	switch opt.Format {
	case Text:
		_, err := io.WriteString(w, l.sheet().text(opt.Color))
		return err
	case HTML:
		return l.sheet().html(w)
	case CSV:
		return l.csv(w)
	case JSON:
		return l.json(w)
	}
	return opt.Format.undefined()
}

// letter is a statement to be written.
type letter struct {
	*statement.Statement
	lines [][]statement.Line // of each section
	kinds bool               // whether kinds and amounts of documents are known
	notes bool               // whether a line has any
}

func newLetter(s *statement.Statement) *letter {
	l := &letter{Statement: s}
	for _, section := range s.All() {
		lines := section.Lines()
		for i := range lines {
			l.kinds = l.kinds || lines[i].Kind != 0
			l.notes = l.notes || notes(&lines[i]) != ""
		}
		l.lines = append(l.lines, lines)
	}
	return l
}

// move is what a section in balance-forward form lists beside documents.
type move struct {
	name, label string
	amount      ar.Money
}

// before and after are what stands before and after the documents. What did not
// happen is left out.
func before(s *statement.Section) move {
	return move{"opening", "Opening balance", s.Opening()}
}

func after(s *statement.Section) []move {
	var moves []move
	for _, e := range []move{
		{"exchanged", "Applied between currencies", s.Exchanged()},
		{"elsewhere", "Applied from or to other locations", s.Elsewhere()},
	} {
		if !e.amount.IsZero() {
			moves = append(moves, e)
		}
	}
	return moves
}

func (l *letter) forward() bool { return l.Form() == statement.BalanceForward }

func (l *letter) sheet() *sheet {
	sh := &sheet{title: "Statement of account", under: []string{addressee(l.Name(), l.Customer()), l.Period().String()}}
	for i, section := range l.All() {
		sh.parts = append(sh.parts,
			part{heading: section.Currency().String(), table: l.table(section, l.lines[i])},
			part{heading: "Summary", table: l.summary(section)},
			part{heading: "Ageing by days past due", table: l.ageing(section)},
		)
	}
	if l.Len() == 0 {
		sh.parts = append(sh.parts, part{note: "Nothing is outstanding."})
	}
	return sh
}

// addressee is a customer as a sheet has it; the name may not be known.
func addressee(name, id string) string {
	if name == "" {
		return id
	}
	return fmt.Sprintf("%s (%s)", name, id)
}

func (l *letter) table(section *statement.Section, lines []statement.Line) *table {
	t := newTable()
	t.left("Number")
	if l.kinds {
		t.left("Kind")
	}
	t.left("Date")
	if l.DueDates() {
		t.left("Due")
	}
	if l.kinds {
		t.right("Amount")
	}
	t.right("Outstanding", "Days past due", "Balance")
	if l.notes {
		t.left("Notes")
	}
	balance := section.Opening()
	if l.forward() {
		t.row(l.row(texts{number: before(section).label, balance: cell{text: grouped(balance)}})...)
	}
	for i := range lines {
		balance = lines[i].Balance
		t.row(l.row(l.cells(&lines[i]))...)
	}
	for _, e := range after(section) {
		balance, _ = balance.Add(e.amount) // of one currency
		t.row(l.row(texts{number: e.label, amount: grouped(e.amount), balance: cell{text: grouped(balance)}})...)
	}
	t.rule()
	label := "Balance"
	if l.forward() {
		label = "Closing balance"
	}
	t.row(l.row(texts{number: label, balance: cell{grouped(section.Balance()), emphasis}})...)
	return t
}

// texts are what stands in the columns of a row, where these are there.
type texts struct {
	number, kind, date, due, amount, outstanding, days, notes string

	balance cell
}

func (l *letter) cells(line *statement.Line) texts {
	t := texts{
		number: line.Number, date: line.Date.String(), due: line.Due.String(), amount: grouped(line.Amount),
		outstanding: grouped(line.Outstanding), days: "-", notes: notes(line), balance: cell{text: grouped(line.Balance)},
	}
	if line.DaysPastDue > 0 {
		t.days = strconv.Itoa(line.DaysPastDue)
	}
	if line.Kind != 0 {
		t.kind = title(strings.ReplaceAll(line.Kind.String(), "-", " "))
	}
	return t
}

// row returns the cells of the columns that are there.
func (l *letter) row(t texts) []cell {
	cells := []cell{{text: t.number}}
	if l.kinds {
		cells = append(cells, cell{text: t.kind})
	}
	cells = append(cells, cell{text: t.date})
	if l.DueDates() {
		cells = append(cells, cell{text: t.due})
	}
	if l.kinds {
		cells = append(cells, cell{text: t.amount})
	}
	cells = append(cells, cell{text: t.outstanding}, cell{text: t.days}, t.balance)
	if l.notes {
		cells = append(cells, cell{text: t.notes})
	}
	return cells
}

func notes(line *statement.Line) string {
	var notes []string
	if line.Part > 0 {
		notes = append(notes, fmt.Sprintf("part %d", line.Part))
	}
	if line.Flags.Has(ledger.Disputed) {
		notes = append(notes, "disputed")
	}
	if line.Flags.Has(ledger.OnHold) {
		notes = append(notes, "on hold")
	}
	if line.Held > 0 {
		notes = append(notes, fmt.Sprintf("%d days past due without holds", line.DaysPastDue-line.Held))
	}
	if line.Flags.Has(ledger.Footnote) {
		text := line.Footnote
		if text == "" {
			text = "footnote"
		}
		notes = append(notes, text)
	}
	return strings.Join(notes, "; ")
}

// summary is the summary box (SPEC S3).
func (l *letter) summary(s *statement.Section) *table {
	t := newTable()
	t.right("Overdue")
	amounts := []ar.Money{s.Overdue()}
	if l.SplitCurrent() {
		t.right("Due now", "Not yet due")
		amounts = append(amounts, s.DueNow(), s.NotYetDue())
	} else {
		t.right("Current")
		amounts = append(amounts, s.Current())
	}
	t.right("Unapplied", "Balance")
	var cells []cell
	for _, m := range append(amounts, s.Unapplied()) {
		cells = append(cells, cell{text: grouped(m)})
	}
	t.row(append(cells, cell{grouped(s.Balance()), emphasis})...)
	return t
}

// ageing is the ageing box.
func (l *letter) ageing(s *statement.Section) *table {
	t := newTable()
	set := l.Buckets()
	t.right(set.Labels()...)
	t.right("Total")
	var cells []cell
	for i, m := range s.Amounts() {
		c := cell{text: grouped(m)}
		if set.Alert(i) && m.Sign() > 0 {
			c.style = alert
		}
		cells = append(cells, c)
	}
	t.row(append(cells, cell{grouped(s.Total()), emphasis})...)
	return t
}
