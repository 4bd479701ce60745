package render

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"

	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/ledger"
)

func (s *summary) csv(w io.Writer) error {
	if err := s.checkGroup(); err != nil {
		return err
	}
	head := []string{"as_of", s.group}
	if s.opt.Name != nil {
		head = append(head, "name")
	}
	head = slices.Concat(head, []string{"currency"}, s.labels(), []string{"total", "past_due"})
	if s.credits {
		head = append(head, "unapplied", "balance")
	}
	if s.treated {
		head = append(head, "credits")
	}
	records := [][]string{head}
	for _, row := range s.page.Rows {
		records = append(records, s.record(row))
	}
	return csv.NewWriter(w).WriteAll(records)
}

func (s *summary) record(row aging.Row) []string {
	record := []string{s.report.AsOf().String(), row.Key()}
	if s.opt.Name != nil {
		record = append(record, s.opt.Name(row.Key()))
	}
	record = append(record, row.Currency().String())
	record = appendAmounts(record, s.figures(row.Amounts()))
	record = append(record, row.Total().Amount(), row.PastDue().Amount())
	if s.credits {
		record = append(record, row.Unapplied().Amount(), row.Balance().Amount())
	}
	if s.treated {
		record = append(record, row.Credits().Amount())
	}
	return record
}

func (l *listing) csv(w io.Writer) error {
	if err := l.checkGroup(); err != nil {
		return err
	}
	head := []string{"as_of", l.group}
	if l.opt.Name != nil {
		head = append(head, "name")
	}
	head = slices.Concat(head, []string{"number", "date", "due", "currency", "amount"}, l.labels())
	if l.credits {
		head = append(head, "unapplied")
	}
	records := [][]string{append(head, "days_past_due", "disputed", "on_hold", "footnote")}
	for i := range l.lines {
		records = append(records, l.record(&l.lines[i]))
	}
	return csv.NewWriter(w).WriteAll(records)
}

func (l *listing) record(line *aging.Line) []string {
	it := &line.Item
	record := []string{l.report.AsOf().String(), l.key}
	if l.opt.Name != nil {
		record = append(record, l.opt.Name(l.key))
	}
	record = append(record, it.Number, it.Date.String(), it.DueDate().String(),
		it.Outstanding.Currency().String(), it.Outstanding.Amount())
	buckets, unapplied := l.split(line)
	record = appendAmounts(record, buckets)
	if l.credits {
		record = append(record, unapplied.Amount())
	}
	return append(record, strconv.Itoa(line.DaysPastDue),
		strconv.FormatBool(it.Flags.Has(ledger.Disputed)), strconv.FormatBool(it.Flags.Has(ledger.OnHold)),
		l.footnote(it))
}

func appendAmounts(record []string, figures []figure) []string {
	for _, f := range figures {
		record = append(record, f.amount.Amount())
	}
	return record
}
