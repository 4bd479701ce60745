package render

import (
	"io"

	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/ledger"
)

func (s *summary) json(w io.Writer) error {
	if err := s.checkGroup(); err != nil {
		return err
	}
	var o object
	s.addDates(&o)
	s.addLabels(&o)
	if s.opt.Page != 0 {
		o.number("page", s.page.Number)
		o.number("pages", s.page.Pages)
	}
	rows := make([]object, len(s.page.Rows))
	for i, row := range s.page.Rows {
		rows[i].text(s.group, row.Key())
		if s.opt.Name != nil {
			rows[i].text("name", s.opt.Name(row.Key()))
		}
		s.addAmounts(&rows[i], row)
	}
	o.objects("rows", rows)
	s.addTotals(&o)
	return writeJSON(w, o)
}

func (l *listing) json(w io.Writer) error {
	if err := l.checkGroup(); err != nil {
		return err
	}
	var o object
	l.addDates(&o)
	if len(l.lines) > 0 {
		o.text(l.group, l.key)
		if l.opt.Name != nil {
			o.text("name", l.opt.Name(l.key))
		}
	}
	l.addLabels(&o)
	items := make([]object, len(l.lines))
	for i := range l.lines {
		items[i] = l.item(&l.lines[i])
	}
	o.objects("items", items)
	l.addTotals(&o)
	return writeJSON(w, o)
}

func (l *listing) item(line *aging.Line) object {
	it := &line.Item
	var o object
	o.text("number", it.Number)
	o.text("date", it.Date.String())
	o.text("due", it.DueDate().String())
	o.text("currency", it.Outstanding.Currency().String())
	o.text("amount", it.Outstanding.Amount())
	if line.Column == aging.InBucket {
		o.text("bucket", l.label(line.Bucket))
	} else {
		o.add("bucket", []byte("null"))
		if key, ok := l.columnKey(line.Column); ok {
			o.text("column", key)
		}
	}
	o.number("days_past_due", line.DaysPastDue)
	if l.adjusted {
		o.number("days_adjusted", line.DaysAdjusted)
	}
	if it.Flags.Has(ledger.Disputed) {
		o.add("disputed", []byte("true"))
	}
	if it.Flags.Has(ledger.OnHold) {
		o.add("on_hold", []byte("true"))
	}
	if it.Flags.Has(ledger.Footnote) {
		o.text("footnote", l.footnote(it))
	}
	return o
}

// addDates adds the days that the report speaks of.
func (f *frame) addDates(o *object) {
	dates := f.dates()
	for i, key := range f.dateKeys() {
		o.text(key, dates[i])
	}
}

// addTotals adds the grand totals of the report.
func (f *frame) addTotals(o *object) {
	var totals []object
	for _, row := range f.totals {
		var total object
		f.addAmounts(&total, row)
		totals = append(totals, total)
	}
	o.objects("totals", totals)
}

// addLabels adds the labels of the buckets.
func (f *frame) addLabels(o *object) {
	o.texts("buckets", f.shown())
	if f.before != "" {
		o.text("before", f.before)
	}
	if f.beyond != "" {
		o.text("beyond", f.beyond)
	}
}

// addAmounts adds a row's currency and amounts.
func (f *frame) addAmounts(o *object, row aging.Row) {
	before, shown, beyond := f.fold(row.Amounts())
	amounts := make([]string, len(shown))
	for i, m := range shown {
		amounts[i] = m.Amount()
	}
	o.text("currency", row.Currency().String())
	o.texts("amounts", amounts)
	if f.before != "" {
		o.text("before", before.Amount())
	}
	if f.beyond != "" {
		o.text("beyond", beyond.Amount())
	}
	o.text("total", row.Total().Amount())
	o.text("past_due", row.PastDue().Amount())
	for _, x := range f.extras {
		o.text(x.key, x.amount(row).Amount())
	}
	if f.treated {
		o.text("credits", row.Credits().Amount())
	}
}

func writeJSON(w io.Writer, o object) error {
	_, err := w.Write(append(o, "}\n"...))
	return err
}
