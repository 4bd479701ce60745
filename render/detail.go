package render

import (
	"io"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// DetailOptions say how to write a detail. The zero value is a plain text of
// all buckets, by document number.
type DetailOptions struct {
	Format Format
	Order  aging.LineOrder         // of the items; nil: aging.ByNumber
	View   bucket.View             // of the report's buckets; zero: all of them
	Name   func(key string) string // the name of a key for people; nil: there are none
	Color  bool                    // whether text goes to a terminal that shows colors

	// Caption is lines under the title of text and HTML, as in ReportOptions.
	Caption []string

	// Footnote returns the text of an item's footnote. It is asked for items
	// with the flag ledger.Footnote; nil: only that there is one is shown.
	Footnote func(*ledger.Item) string
}

// Detail writes the open items of a detail, and their totals. The package
// comment describes the forms, and the errors.
func Detail(w io.Writer, d *aging.Detail, opt DetailOptions) error {
	f, err := newFrame(d.Report(), opt.View)
	if err != nil {
		return err
	}
	l := listing{frame: f, opt: opt, lines: append(d.Lines(opt.Order), d.Beside(opt.Order)...), key: d.Key()}
	l.columns = slices.DeleteFunc(slices.Clone(f.extras), func(x extra) bool { return x.column == aging.InNone })
	l.adjusted = slices.ContainsFunc(l.lines, func(line aging.Line) bool { return line.DaysAdjusted != line.DaysPastDue })
	switch opt.Format {
	case Text:
		return l.text(w)
	case CSV:
		return l.csv(w)
	case JSON:
		return l.json(w)
	case HTML:
		return l.html(w)
	}
	return opt.Format.undefined()
}

// listing is a detail to be written.
type listing struct {
	frame
	opt   DetailOptions
	lines []aging.Line // those that make up the balance first
	key   string

	columns  []extra // those that a line can be in
	adjusted bool    // the clock of an item was stopped
}

func (l *listing) footnote(it *ledger.Item) string {
	if l.opt.Footnote == nil || !it.Flags.Has(ledger.Footnote) {
		return ""
	}
	return l.opt.Footnote(it)
}

// split returns what is shown of an item as the columns have it: the part in
// each bucket, and that in each extra column, as positive amounts.
func (l *listing) split(line *aging.Line) (buckets []figure, extras []ar.Money) {
	m := line.Amount
	zero, _ := ar.NewMoney(0, m.Currency()) // a currency that carries m carries 0
	amounts := make([]ar.Money, l.view.Set().Len())
	for i := range amounts {
		amounts[i] = zero
	}
	if line.Column == aging.InBucket {
		amounts[line.Bucket] = m
	}
	for _, x := range l.columns {
		if x.column == line.Column {
			extras = append(extras, m.Abs())
		} else {
			extras = append(extras, zero)
		}
	}
	return l.figures(amounts), extras
}

// columnKey returns the key of the extra column that a line is in. There is none
// where a treatment left nothing in it.
func (l *listing) columnKey(c aging.Column) (key string, ok bool) {
	i := slices.IndexFunc(l.columns, func(x extra) bool { return x.column == c })
	if i < 0 {
		return "", false
	}
	return l.columns[i].key, true
}
