package render

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/ledger"
)

func (s *summary) text(w io.Writer) error {
	out := &strings.Builder{}
	fmt.Fprintf(out, "Aged receivables %s\n", s.asOf())
	writeLines(out, s.opt.Caption)
	out.WriteByte('\n')
	if s.report.Len() == 0 {
		out.WriteString("No open items.\n")
	} else {
		s.table().write(out, s.opt.Color)
	}
	if s.page.Pages > 1 {
		fmt.Fprintf(out, "\nPage %d of %d. The totals are those of all %d rows.\n", s.page.Number, s.page.Pages, s.report.Len())
	}
	s.writeDerived(out)
	s.writeLeftOut(out)
	_, err := io.WriteString(w, out.String())
	return err
}

// writeLines writes texts from outside, each on a line.
func writeLines(out *strings.Builder, lines []string) {
	for _, line := range lines {
		out.WriteString(Printable(line) + "\n")
	}
}

func (s *summary) table() *table {
	t := newTable()
	t.left(title(s.group))
	if s.opt.Name != nil {
		t.left("Name")
	}
	t.left("Currency")
	t.right(s.labels()...)
	t.right("Total", "Past due")
	for _, x := range s.extras {
		t.right(x.head)
	}
	for _, row := range s.page.Rows {
		name := ""
		if s.opt.Name != nil {
			name = s.opt.Name(row.Key())
		}
		t.row(s.cells(row, row.Key(), name)...)
	}
	t.rule()
	for _, row := range s.totals {
		t.row(s.cells(row, "Total", "")...)
	}
	return t
}

func (s *summary) cells(row aging.Row, key, name string) []cell {
	line := []cell{{text: key}}
	if s.opt.Name != nil {
		if s.opt.Format == Text {
			name = cut(name, maxName)
		}
		line = append(line, cell{text: name})
	}
	line = append(line, cell{text: row.Currency().String()})
	line = append(line, bucketCells(s.figures(row.Amounts()))...)
	line = append(line, cell{grouped(row.Total()), emphasis}, cell{text: grouped(row.PastDue())})
	for _, x := range s.extras {
		line = append(line, cell{text: grouped(x.amount(row))})
	}
	return line
}

func (l *listing) text(w io.Writer) error {
	out := &strings.Builder{}
	if len(l.lines) == 0 {
		fmt.Fprintf(out, "No open items %s\n", l.asOf())
		writeLines(out, l.opt.Caption)
	} else {
		whose := l.whose()
		if l.opt.Name != nil {
			whose += ","
		}
		fmt.Fprintf(out, "Open items of %s %s\n", whose, l.asOf())
		writeLines(out, l.opt.Caption)
		out.WriteByte('\n')
		l.table().write(out, l.opt.Color)
	}
	l.writeDerived(out)
	l.writeLeftOut(out)
	_, err := io.WriteString(w, out.String())
	return err
}

// whose says what all the items have in common.
func (l *listing) whose() string {
	whose := l.group + " " + l.key
	if l.opt.Name != nil {
		whose += ", " + l.opt.Name(l.key)
	}
	return Printable(whose)
}

func (l *listing) table() *table {
	t := newTable()
	t.left("Number", "Date", "Due", "Currency")
	t.right("Amount")
	t.right(l.labels()...)
	for _, x := range l.columns {
		t.right(x.head)
	}
	t.right("Days past due")
	if l.adjusted {
		t.right("Adjusted")
	}
	t.left("Notes")
	for i := range l.lines {
		t.row(l.cells(&l.lines[i])...)
	}
	t.rule()
	for _, row := range l.totals {
		line := []cell{{text: "Total"}, {}, {}, {text: row.Currency().String()}, {grouped(row.Balance()), emphasis}}
		line = append(line, bucketCells(l.figures(row.Amounts()))...)
		for _, x := range l.columns {
			line = append(line, cell{text: grouped(x.amount(row))})
		}
		t.row(line...)
	}
	return t
}

func (l *listing) cells(line *aging.Line) []cell {
	it := &line.Item
	buckets, extras := l.split(line)
	cells := []cell{
		{text: it.Number},
		{text: it.Date.String()},
		{text: it.DueDate().String()},
		{text: it.Outstanding.Currency().String()},
		{text: grouped(it.Outstanding)},
	}
	switch line.Column {
	case aging.InExcluded, aging.InReceipts, aging.InNone:
		cells[4].text = "" // what stands there adds up to the balance
	case aging.InBucket, aging.InUnapplied, aging.InApart:
	}
	cells = append(cells, bucketCells(buckets)...)
	for _, m := range extras {
		cells = append(cells, cell{text: grouped(m)})
	}
	days := func(n int) cell {
		if n <= 0 || it.Outstanding.Sign() < 0 {
			return cell{text: "-"}
		}
		return cell{text: strconv.Itoa(n)}
	}
	cells = append(cells, days(line.DaysPastDue))
	if l.adjusted {
		cells = append(cells, days(line.DaysAdjusted))
	}
	return append(cells, cell{text: l.notes(it)})
}

func (l *listing) notes(it *ledger.Item) string {
	var notes []string
	if it.Flags.Has(ledger.Disputed) {
		notes = append(notes, "disputed")
	}
	if it.Flags.Has(ledger.OnHold) {
		notes = append(notes, "on hold")
	}
	if it.Flags.Has(ledger.Footnote) {
		text := l.footnote(it)
		if text == "" {
			text = "footnote"
		}
		notes = append(notes, text)
	}
	return strings.Join(notes, "; ")
}

// asOf says what the report speaks of.
func (f *frame) asOf() string {
	day := "as of " + f.report.AsOf().String()
	if aged := f.report.AgedAsOf(); aged != f.report.AsOf() {
		day += ", aged as of " + aged.String()
	}
	by := "due"
	switch f.report.Basis() {
	case aging.DueDate:
	case aging.DocumentDate:
		by = "document"
	case aging.PostingDate:
		by = "posting"
	}
	if f.report.Options().Adjusted {
		return fmt.Sprintf("%s, by %s date in adjusted days", day, by)
	}
	return fmt.Sprintf("%s, by %s date", day, by)
}

// writeLeftOut says how many items are not in the report, if any (SPEC A2).
func (f *frame) writeLeftOut(out *strings.Builder) {
	left := f.report.LeftOut()
	var parts []string
	for _, p := range []struct {
		n   int
		why string
	}{
		{left.Future, "dated after that day"},
		{left.Closed, "closed by then"},
		{left.Settled, "with nothing outstanding"},
		{left.Excluded, contested(f.report.Options().Exclude)},
	} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.why))
		}
	}
	if len(parts) > 0 {
		fmt.Fprintf(out, "\nItems left out: %s.\n", strings.Join(parts, ", "))
	}
}

// title writes a name with a capital.
func title(name string) string {
	r, n := utf8.DecodeRuneInString(name)
	return string(unicode.ToUpper(r)) + name[n:]
}

// bucketCells are the columns of buckets, with the alerts in their style.
func bucketCells(figures []figure) []cell {
	cells := make([]cell, len(figures))
	for i, f := range figures {
		cells[i].text = grouped(f.amount)
		if f.alert {
			cells[i].style = alert
		}
	}
	return cells
}

// grouped is Amount with a dash for zero, as tables have it.
func grouped(m ar.Money) string {
	if m.IsZero() {
		return "-"
	}
	return Amount(m)
}

// Amount returns an amount for people: without its currency, with all decimals of
// that, and with commas between thousands, as in "-1,234.50" and "0.00".
func Amount(m ar.Money) string {
	text, negative := strings.CutPrefix(m.Amount(), "-")
	whole, fraction, found := strings.Cut(text, ".")
	var b strings.Builder
	if negative {
		b.WriteByte('-')
	}
	for i := range len(whole) {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteByte(whole[i])
	}
	if found {
		b.WriteString("." + fraction)
	}
	return b.String()
}
