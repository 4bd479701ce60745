package render

import (
	"io"

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
	l := listing{frame: f, opt: opt, lines: d.Lines(opt.Order), key: d.Key()}
	switch opt.Format {
	case Text:
		return l.text(w)
	case CSV:
		return l.csv(w)
	case JSON:
		return l.json(w)
	}
	return opt.Format.undefined()
}

// listing is a detail to be written.
type listing struct {
	frame
	opt   DetailOptions
	lines []aging.Line
	key   string
}

func (l *listing) footnote(it *ledger.Item) string {
	if l.opt.Footnote == nil || !it.Flags.Has(ledger.Footnote) {
		return ""
	}
	return l.opt.Footnote(it)
}

// split returns what is shown of an item as the columns have it: the part in
// each bucket, and the unapplied credit as a positive amount.
func (l *listing) split(line *aging.Line) (buckets []figure, unapplied ar.Money) {
	m := line.Amount
	zero, _ := ar.NewMoney(0, m.Currency()) // a currency that carries m carries 0
	amounts := make([]ar.Money, l.view.Set().Len())
	for i := range amounts {
		amounts[i] = zero
	}
	if line.Column == aging.InUnapplied {
		return l.figures(amounts), m.Neg()
	}
	if line.Column == aging.InBucket {
		amounts[line.Bucket] = m
	}
	return l.figures(amounts), zero
}
