package render

import (
	"encoding/csv"
	"io"
	"strconv"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

func (l *letter) csv(w io.Writer) error {
	records := [][]string{{
		"customer", "name", "from", "to", "currency", "document", "number", "part", "kind", "date", "due",
		"amount", "outstanding", "days_past_due", "held", "disputed", "on_hold", "footnote", "balance",
	}}
	for i, section := range l.All() {
		balance := section.Opening()
		add := func(e move) {
			records = append(records, l.record(section, &statement.Line{Amount: e.amount, Balance: balance}, e.name))
		}
		if l.forward() {
			add(before(section))
		}
		for n := range l.lines[i] {
			line := &l.lines[i][n]
			balance = line.Balance
			records = append(records, l.record(section, line, kindOf(line)))
		}
		for _, e := range after(section) {
			balance, _ = balance.Add(e.amount)
			add(e)
		}
	}
	return csv.NewWriter(w).WriteAll(records)
}

// kindOf is the text form, empty where it is not known.
func kindOf(line *statement.Line) string {
	if line.Kind == 0 {
		return ""
	}
	return line.Kind.String()
}

func (l *letter) record(section *statement.Section, line *statement.Line, kind string) []string {
	part, amount, outstanding := "", "", ""
	if line.Part > 0 {
		part = strconv.Itoa(line.Part)
	}
	if kind != "" {
		amount = line.Amount.Amount()
	}
	if line.Date != 0 {
		outstanding = line.Outstanding.Amount()
	}
	return []string{
		l.Customer(), l.Name(), l.Period().From.String(), l.Period().To.String(), section.Currency().String(),
		line.Document, line.Number, part, kind, line.Date.String(), line.Due.String(),
		amount, outstanding, strconv.Itoa(line.DaysPastDue), strconv.Itoa(line.Held),
		strconv.FormatBool(line.Flags.Has(ledger.Disputed)), strconv.FormatBool(line.Flags.Has(ledger.OnHold)),
		line.Footnote, line.Balance.Amount(),
	}
}

func (l *letter) json(w io.Writer) error {
	var o object
	o.text("customer", l.Customer())
	if name := l.Name(); name != "" {
		o.text("name", name)
	}
	o.text("from", l.Period().From.String())
	o.text("to", l.Period().To.String())
	o.text("form", l.Form().String())
	o.texts("buckets", l.Buckets().Labels())
	sections := make([]object, l.Len())
	for i, section := range l.All() {
		sections[i] = l.section(section, l.lines[i])
	}
	o.objects("sections", sections)
	return writeJSON(w, o)
}

func (l *letter) section(s *statement.Section, lines []statement.Line) object {
	var o object
	amount := func(key string, m ar.Money) { o.text(key, m.Amount()) }
	o.text("currency", s.Currency().String())
	if l.forward() {
		amount("opening", s.Opening())
	}
	objects := make([]object, len(lines))
	for i := range lines {
		objects[i] = l.line(&lines[i])
	}
	o.objects("lines", objects)
	for _, e := range after(s) {
		amount(e.name, e.amount)
	}
	amounts := make([]string, 0, l.Buckets().Len())
	for _, m := range s.Amounts() {
		amounts = append(amounts, m.Amount())
	}
	amount("balance", s.Balance())
	o.texts("amounts", amounts)
	amount("total", s.Total())
	amount("unapplied", s.Unapplied())
	amount("overdue", s.Overdue())
	amount("current", s.Current())
	if l.SplitCurrent() {
		amount("due_now", s.DueNow())
		amount("not_yet_due", s.NotYetDue())
	}
	return o
}

func (l *letter) line(line *statement.Line) object {
	var o object
	text := func(key, value string) {
		if value != "" {
			o.text(key, value)
		}
	}
	flag := func(key string, f ledger.Flags) {
		if line.Flags.Has(f) {
			o.add(key, []byte("true"))
		}
	}
	text("document", line.Document)
	o.text("number", line.Number)
	if line.Part > 0 {
		o.number("part", line.Part)
	}
	text("kind", kindOf(line))
	o.text("date", line.Date.String())
	text("due", line.Due.String())
	if line.Kind != 0 {
		o.text("amount", line.Amount.Amount())
	}
	o.text("outstanding", line.Outstanding.Amount())
	o.number("days_past_due", line.DaysPastDue)
	if line.Held > 0 {
		o.number("held", line.Held)
	}
	flag("disputed", ledger.Disputed)
	flag("on_hold", ledger.OnHold)
	if line.Flags.Has(ledger.Footnote) {
		o.text("footnote", line.Footnote)
	}
	o.text("balance", line.Balance.Amount())
	return o
}
