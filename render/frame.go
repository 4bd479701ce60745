package render

import (
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
)

// frame is what a report to be written and a detail have in common: the report
// behind it, and which of its amounts are shown.
type frame struct {
	report         *aging.Report
	totals         []aging.Row
	group          string // what a row stands for
	view           bucket.View
	before, beyond string // labels of what the view folds; empty: it folds nothing there
	extras         []extra
	treated        bool // whether a treatment took credits out of their column
}

// newFrame returns the frame of a report under a view, or under the zero View,
// which here is all buckets.
func newFrame(r *aging.Report, view bucket.View) (frame, error) {
	set := r.Buckets()
	switch {
	case view.Set().IsZero():
		var err error
		if view, err = set.View(0, set.Len()-1); err != nil {
			return frame{}, err
		}
	case !view.Set().Equal(set):
		return frame{}, fmt.Errorf("the view is of the buckets %s, want those of the report, %s", view.Set(), set)
	}
	f := frame{report: r, totals: r.Totals(), group: r.GroupName(), view: view}
	if f.group == "" {
		f.group = "key"
	}
	f.before, _ = view.Before()
	f.beyond, _ = view.Beyond()
	f.extras = extrasOf(f.totals, r.Options())
	f.treated = slices.ContainsFunc(f.totals, func(t aging.Row) bool { return treated(t).Sign() != 0 })
	return f, nil
}

// ownKeys are the names that CSV and JSON have for other things than the group.
var ownKeys = [...]string{
	"as_of", "name", "currency", "buckets", "before", "beyond", "items", "amounts", "total", "totals",
	"past_due", "unapplied", "balance", "credits", "number", "date", "due", "amount", "days_past_due",
	"disputed", "on_hold", "footnote", "aged_as_of", "apart", "excluded", "receipts", "column", "days_adjusted",
}

// checkGroup refuses a name that would make two keys of an object the same.
func (f *frame) checkGroup() error {
	if slices.Contains(ownKeys[:], f.group) {
		return fmt.Errorf("group %q: CSV and JSON have another %q: want a group of another name", f.group, f.group)
	}
	return nil
}

// shown returns the labels of the buckets that the view shows.
func (f *frame) shown() []string {
	return f.view.Set().Labels()[f.view.First() : f.view.Last()+1]
}

// labels returns the heads of all columns of buckets.
func (f *frame) labels() []string {
	var labels []string
	if f.before != "" {
		labels = append(labels, f.before)
	}
	labels = append(labels, f.shown()...)
	if f.beyond != "" {
		labels = append(labels, f.beyond)
	}
	return labels
}

// label returns the head of the column that holds a bucket.
func (f *frame) label(bucket int) string {
	switch {
	case bucket < f.view.First():
		return f.before
	case bucket > f.view.Last():
		return f.beyond
	}
	return f.view.Set().Label(bucket)
}

// fold is View.Fold, which has no error for one amount of one currency for
// each bucket.
func (f *frame) fold(amounts []ar.Money) (before ar.Money, shown []ar.Money, beyond ar.Money) {
	before, shown, beyond, _ = f.view.Fold(amounts)
	return before, shown, beyond
}

// figure is an amount in a column of buckets.
type figure struct {
	amount ar.Money
	alert  bool // part of it is above zero in an alert bucket
}

// figures returns what stands in the columns of buckets for amounts, one for
// each bucket of the set.
func (f *frame) figures(amounts []ar.Money) []figure {
	before, shown, beyond := f.fold(amounts)
	first, last := f.view.First(), f.view.Last()
	var figures []figure
	if f.before != "" {
		figures = append(figures, figure{before, f.alert(amounts, 0, first-1)})
	}
	for i, m := range shown {
		figures = append(figures, figure{m, f.alert(amounts, first+i, first+i)})
	}
	if f.beyond != "" {
		figures = append(figures, figure{beyond, f.alert(amounts, last+1, len(amounts)-1)})
	}
	return figures
}

// alert reports whether an alert bucket, of those from first to last, has an
// amount above zero (SPEC B4).
func (f *frame) alert(amounts []ar.Money, first, last int) bool {
	for i := first; i <= last; i++ {
		if f.view.Set().Alert(i) && amounts[i].Sign() > 0 {
			return true
		}
	}
	return false
}
