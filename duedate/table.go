package duedate

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sort"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/civil"
)

// CalendarTable lists the days that are closed, and what dates are substituted.
// The zero CalendarTable has every day open.
type CalendarTable struct {
	Weekend       []time.Weekday      // days closed every week, not all seven
	Yearly        []MonthDay          // days closed every year
	Dates         []ar.Date           // single closed days, such as Easter Monday of one year
	Ranges        []DateRange         // closed from the first to the last day
	Substitutions map[ar.Date]ar.Date // a date, and the one that takes its place
}

// MonthDay is a day of every year. 29 February is one of leap years only.
type MonthDay struct {
	Month time.Month
	Day   int
}

// DateRange is the days from First to Last, both included.
type DateRange struct{ First, Last ar.Date }

// TableCalendar is the Calendar and Substituter of a CalendarTable. It is
// immutable. The zero TableCalendar has every day open.
type TableCalendar struct {
	weekend       uint8       // bit of each time.Weekday
	yearly        [13]uint32  // by month, bit of each day
	closed        []DateRange // in order, not overlapping
	substitutions map[ar.Date]ar.Date
}

// NewCalendar returns the calendar of a table, which it copies. The error lists
// every fault: a day that does not exist, a range that ends before it begins, a
// week without an open day, and substitutions that do not end (ErrCircle).
func NewCalendar(t CalendarTable) (*TableCalendar, error) {
	if err := errors.Join(t.faults()...); err != nil {
		return nil, err
	}
	c := new(TableCalendar)
	for _, w := range t.Weekend {
		c.weekend |= 1 << w
	}
	for _, y := range t.Yearly {
		c.yearly[y.Month] |= 1 << y.Day
	}
	c.closed = slices.Clone(t.Ranges)
	for _, d := range t.Dates {
		c.closed = append(c.closed, DateRange{d, d})
	}
	c.closed = union(c.closed)
	c.substitutions = maps.Clone(t.Substitutions)
	return c, nil
}

// union puts ranges in order and joins those that overlap. It works in place.
func union(ranges []DateRange) []DateRange {
	slices.SortFunc(ranges, func(a, b DateRange) int { return cmp.Compare(a.First, b.First) })
	joined := ranges[:0]
	for _, r := range ranges {
		if n := len(joined); n > 0 && r.First <= joined[n-1].Last {
			joined[n-1].Last = max(joined[n-1].Last, r.Last)
			continue
		}
		joined = append(joined, r)
	}
	return joined
}

func (t CalendarTable) faults() (errs []error) {
	fault := func(format string, args ...any) { errs = append(errs, fmt.Errorf("calendar: "+format, args...)) }
	var week uint8
	for _, w := range t.Weekend {
		if w < time.Sunday || w > time.Saturday {
			fault("weekend: %d is no day of the week", w)
			continue
		}
		week |= 1 << w
	}
	if week == 1<<7-1 {
		fault("weekend: no day of the week is open")
	}
	for _, y := range t.Yearly {
		if y.Month < time.January || y.Month > time.December || y.Day < 1 || y.Day > civil.DaysIn(2000, int(y.Month)) {
			fault("yearly: month %d, day %d: %w", y.Month, y.Day, ar.ErrNoSuchDay)
		}
	}
	for _, d := range t.Dates {
		if !d.Valid() {
			fault("date %q: %w", d, ar.ErrDateRange)
		}
	}
	for _, r := range t.Ranges {
		switch {
		case !r.First.Valid() || !r.Last.Valid():
			fault("range %q to %q: %w", r.First, r.Last, ar.ErrDateRange)
		case r.Last < r.First:
			fault("range %s to %s: ends before it begins", r.First, r.Last)
		}
	}
	return append(errs, t.chainFaults()...)
}

func (t CalendarTable) chainFaults() (errs []error) {
	chain := &TableCalendar{substitutions: t.Substitutions}
	for _, from := range slices.Sorted(maps.Keys(t.Substitutions)) {
		to := t.Substitutions[from]
		var err error
		if !from.Valid() || !to.Valid() {
			err = ar.ErrDateRange
		} else if _, e := follow(chain, from); errors.Is(e, ErrCircle) {
			err = e // another fault is that of the date where it arose
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("calendar: substitution of %q by %q: %w", from, to, err))
		}
	}
	return errs
}

// IsBusinessDay implements Calendar. A Date that is not valid is none.
func (c *TableCalendar) IsBusinessDay(d ar.Date) bool {
	if !d.Valid() || c.weekend>>d.Weekday()&1 != 0 {
		return false
	}
	if _, m, day := d.Civil(); c.yearly[m]>>day&1 != 0 {
		return false
	}
	i := sort.Search(len(c.closed), func(i int) bool { return c.closed[i].Last >= d })
	return i == len(c.closed) || d < c.closed[i].First
}

// Substitute implements Substituter.
func (c *TableCalendar) Substitute(d ar.Date) (ar.Date, bool) {
	to, ok := c.substitutions[d]
	return to, ok
}
