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
	head := append(s.dateKeys(), s.group)
	if s.opt.Name != nil {
		head = append(head, "name")
	}
	head = slices.Concat(head, []string{"currency"}, s.labels(), []string{"total", "past_due"})
	for _, x := range s.extras {
		head = append(head, x.key)
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
	record := append(s.dates(), row.Key())
	if s.opt.Name != nil {
		record = append(record, s.opt.Name(row.Key()))
	}
	record = append(record, row.Currency().String())
	record = appendAmounts(record, s.figures(row.Amounts()))
	record = append(record, row.Total().Amount(), row.PastDue().Amount())
	for _, x := range s.extras {
		record = append(record, x.amount(row).Amount())
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
	head := append(l.dateKeys(), l.group)
	if l.opt.Name != nil {
		head = append(head, "name")
	}
	head = slices.Concat(head, []string{"number", "date", "due", "currency", "amount"}, l.labels())
	for _, x := range l.columns {
		head = append(head, x.key)
	}
	head = append(head, "days_past_due")
	if l.adjusted {
		head = append(head, "days_adjusted")
	}
	records := [][]string{append(head, "disputed", "on_hold", "footnote")}
	for i := range l.lines {
		records = append(records, l.record(&l.lines[i]))
	}
	return csv.NewWriter(w).WriteAll(records)
}

func (l *listing) record(line *aging.Line) []string {
	it := &line.Item
	record := append(l.dates(), l.key)
	if l.opt.Name != nil {
		record = append(record, l.opt.Name(l.key))
	}
	record = append(record, it.Number, it.Date.String(), it.DueDate().String(),
		it.Outstanding.Currency().String(), it.Outstanding.Amount())
	buckets, extras := l.split(line)
	record = appendAmounts(record, buckets)
	for _, m := range extras {
		record = append(record, m.Amount())
	}
	record = append(record, strconv.Itoa(line.DaysPastDue))
	if l.adjusted {
		record = append(record, strconv.Itoa(line.DaysAdjusted))
	}
	return append(record,
		strconv.FormatBool(it.Flags.Has(ledger.Disputed)), strconv.FormatBool(it.Flags.Has(ledger.OnHold)),
		l.footnote(it))
}

// dateKeys are the heads of the days that a report speaks of, and dates are the
// days.
func (f *frame) dateKeys() []string {
	if f.report.AgedAsOf() == f.report.AsOf() {
		return []string{"as_of"}
	}
	return []string{"as_of", "aged_as_of"}
}

func (f *frame) dates() []string {
	return []string{f.report.AsOf().String(), f.report.AgedAsOf().String()}[:len(f.dateKeys())]
}

func appendAmounts(record []string, figures []figure) []string {
	for _, f := range figures {
		record = append(record, f.amount.Amount())
	}
	return record
}
