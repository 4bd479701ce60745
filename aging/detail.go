package aging

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// Line is an open item as a report sees it.
type Line struct {
	Item   ledger.Item
	Column Column // where its amount is
	Bucket int    // where it falls; items of other columns have one too, though no bucket shows them

	// Offset is the number of days from the basis date to the day aged as of,
	// less held days in a report by adjusted days; negative: it lies ahead.
	Offset int

	// DaysPastDue is the number of days from the due date to the day aged as of,
	// by the calendar and whatever the basis: 1 or more is past due, 0 due that
	// day, less not yet due. DaysAdjusted is the same without the days on which
	// a hold stopped the clock (SPEC L7).
	DaysPastDue, DaysAdjusted int

	// Amount is what the detail shows of Item.Outstanding: all of it, unless a
	// treatment of credits took something off, or leaves it out.
	Amount ar.Money
}

// Detail is the list of the open items behind one key's rows (SPEC A6).
type Detail struct {
	key    string
	report *Report
	lines  []Line
	beside []Line
}

// NewDetail reads the items again and keeps those that are open and of the
// key. It ends at the first error, as ComputeSeq does. A key that has no open
// items gives an empty Detail.
func NewDetail(items iter.Seq2[ledger.Item, error], opt Options, key string) (*Detail, error) {
	opt, err := opt.resolved()
	if err != nil {
		return nil, err
	}
	opt.Reuse = nil // is for the report of all
	d := &Detail{key: key}
	mine := func(yield func(ledger.Item, error) bool) {
		var it ledger.Item // one for all, as Key lets it escape to the heap
		for next, err := range items {
			if err != nil {
				yield(next, err)
				return
			}
			if it = next; opt.Group.Key(&it) != key {
				continue
			}
			if !yield(it, nil) {
				return
			}
			switch line := opt.line(&it); line.Column {
			case InBucket, InUnapplied, InApart:
				d.lines = append(d.lines, line)
			case InExcluded, InReceipts:
				d.beside = append(d.beside, line)
			case InNone:
			}
		}
	}
	if d.report, err = ComputeSeq(mine, opt); err != nil {
		return nil, err
	}
	return d, nil
}

// Key returns the key that the items are of, such as a customer's ID.
func (d *Detail) Key() string { return d.key }

// Report returns the report of these items alone: its rows are the key's rows
// in the report of all, one for each currency.
func (d *Detail) Report() *Report { return d.report }

// Lines returns the open items in the order given; nil is ByNumber. They sum to
// the balance.
func (d *Detail) Lines(order LineOrder) []Line { return sorted(d.lines, order) }

// Beside returns the items that have a column beside the balance, excluded ones
// and receipts, in the order given; nil is ByNumber.
func (d *Detail) Beside(order LineOrder) []Line { return sorted(d.beside, order) }

func sorted(lines []Line, order LineOrder) []Line {
	lines = slices.Clone(lines)
	if order == nil {
		order = ByNumber
	}
	slices.SortStableFunc(lines, order)
	return lines
}

// LineOrder compares two lines of a detail, as cmp.Compare does (SPEC A6).
type LineOrder func(a, b Line) int

// ByNumber orders by document number, then document date. It is the default.
func ByNumber(a, b Line) int {
	return cmp.Or(strings.Compare(a.Item.Number, b.Item.Number), cmp.Compare(a.Item.Date, b.Item.Date))
}

// ByDate orders by document date, then number.
func ByDate(a, b Line) int { return cmp.Or(cmp.Compare(a.Item.Date, b.Item.Date), ByNumber(a, b)) }

// ByDueDate orders by due date, then number.
func ByDueDate(a, b Line) int {
	return cmp.Or(cmp.Compare(a.Item.DueDate(), b.Item.DueDate()), ByNumber(a, b))
}
