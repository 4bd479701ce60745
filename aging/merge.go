package aging

import (
	"errors"
	"fmt"
	"slices"
)

// ErrMerge: reports of different options cannot be merged.
var ErrMerge = errors.New("reports cannot be merged")

// Merge returns the report of all the items behind the reports, in any order
// and grouping of them (SPEC A10). They must have the same options, as far as
// these say what is in which column, and the same group name; the error says
// what differs. Reports are merged before they are treated or converted. Of no
// reports there is no merger.
func Merge(reports ...*Report) (*Report, error) {
	if len(reports) == 0 {
		return nil, fmt.Errorf("%w: there are none", ErrMerge)
	}
	first := reports[0]
	b := newBuilder(&Report{opt: first.opt, lay: first.lay})
	for _, r := range reports {
		if err := first.mergeable(r); err != nil {
			return nil, err
		}
		if r.derived {
			return nil, fmt.Errorf("%w: %w", ErrMerge, ErrDerived)
		}
		b.addReport(r, nil, 1)
	}
	return b.r, nil
}

// mergeable returns how the options of two reports differ.
func (r *Report) mergeable(o *Report) error {
	switch {
	case r.AsOf() != o.AsOf():
		return fmt.Errorf("%w: as of %s and %s", ErrMerge, r.AsOf(), o.AsOf())
	case r.AgedAsOf() != o.AgedAsOf():
		return fmt.Errorf("%w: aged as of %s and %s", ErrMerge, r.AgedAsOf(), o.AgedAsOf())
	case r.Basis() != o.Basis():
		return fmt.Errorf("%w: by %s and by %s", ErrMerge, r.Basis(), o.Basis())
	case !r.Buckets().Equal(o.Buckets()):
		return fmt.Errorf("%w: buckets %s and %s", ErrMerge, r.Buckets(), o.Buckets())
	case r.GroupName() != o.GroupName():
		return fmt.Errorf("%w: by %s and by %s", ErrMerge, r.GroupName(), o.GroupName())
	case r.opt.Adjusted != o.opt.Adjusted:
		return fmt.Errorf("%w: one by adjusted days, one by the calendar", ErrMerge)
	case r.opt.Exclude != o.opt.Exclude:
		return fmt.Errorf("%w: one excludes flags %#b, one %#b", ErrMerge, r.opt.Exclude, o.opt.Exclude)
	case r.opt.Apart != o.opt.Apart:
		return fmt.Errorf("%w: one sets flags %#b apart, one %#b", ErrMerge, r.opt.Apart, o.opt.Apart)
	case r.opt.Receipts != o.opt.Receipts:
		return fmt.Errorf("%w: one with receipts, one without", ErrMerge)
	}
	return nil
}

// Equal reports whether two reports say the same: options, rows with every
// amount, and what was left out. The order in which items came in is no part
// of it.
func (r *Report) Equal(o *Report) bool {
	if r == nil || o == nil {
		return r == o
	}
	return r.mergeable(o) == nil && r.left == o.left && r.treatment == o.treatment && r.derived == o.derived &&
		slices.EqualFunc(r.exchanges, o.exchanges, Exchange.equal) &&
		slices.EqualFunc(r.Rows(nil), o.Rows(nil), Row.Equal)
}
