package bucket

import (
	"errors"
	"fmt"
	"strings"

	"github.com/openreceivables/ar"
)

// maxPeriods leaves room for the bucket before the periods and the one after.
const maxPeriods = MaxBuckets - 2

// Periods returns count periods of n units, counted back from the as-of date,
// with a bucket before them for the as-of date and later, and one after them for
// what is older (SPEC B2, B3). A date d falls, where "−" clamps to a month's last
// day, in:
//
//	Current   d ≥ as-of
//	period 1  as-of −   n ≤ d < as-of
//	period 2  as-of − 2·n ≤ d < as-of − n
//	…
//	older     d < as-of − count·n
//
// Periods of days and weeks are a fixed set: Periods(4, 30, Days) is Standard.
// Other periods depend on the as-of date. Count is 1 to MaxBuckets−2, n at least
// 1, and all together are no longer than the years 1 to 9999.
func Periods(count, n int, unit Unit) (Set, error) {
	switch {
	case !unit.valid():
		return Set{}, fmt.Errorf("periods of %s: want days, weeks, months, quarters or years", unit)
	case count < 1 || count > maxPeriods:
		return Set{}, fmt.Errorf("%d periods: want 1 to %d", count, maxPeriods)
	case n < 1:
		return Set{}, fmt.Errorf("periods of %d %s: want at least 1", n, unit)
	}
	size, limit := units[unit].days, maxEdge
	if size == 0 {
		size, limit = units[unit].months, 12*9999
	}
	if n > limit/size/count {
		return Set{}, fmt.Errorf("%d periods of %d %s are longer than the years 1 to 9999", count, n, unit)
	}
	if units[unit].days == 0 {
		return ruled(periods{count, n, unit}), nil
	}
	upper := make([]int, count+1)
	for k := range upper {
		upper[k] = k * n * size
	}
	return fixed(upper, edgeLabels(upper)...), nil
}

// Calendar returns count weeks, months, quarters or years as the calendar has
// them, of which the first is the one that the as-of date lies in, with a bucket
// before them for later dates and one after them for older ones (SPEC B3):
//
//	Later, This month, Last month, 2 months ago, …, Older
//
// Count is 1 to MaxBuckets−2.
func Calendar(count int, unit Unit) (Set, error) {
	switch {
	case !unit.valid() || unit == Days:
		return Set{}, fmt.Errorf("calendar %s: want weeks, months, quarters or years", unit)
	case count < 1 || count > maxPeriods:
		return Set{}, fmt.Errorf("%d calendar %s: want 1 to %d", count, unit, maxPeriods)
	}
	return ruled(calendar{count, unit}), nil
}

// FromDates returns the set of buckets that end on these dates, each being the
// last day of its bucket (SPEC B3). The dates ascend, and the buckets, as
// always, go from the future to the past: 2026-01-31, 2026-02-28 is
//
//	After 2026-02-28, 2026-02-01 – 2026-02-28, Up to 2026-01-31
//
// No dates are ErrEmpty.
func FromDates(last ...ar.Date) (Set, error) {
	if len(last) == 0 {
		return Set{}, ErrEmpty
	}
	if err := checkCount(len(last) + 1); err != nil {
		return Set{}, err
	}
	var faults []error
	for i, d := range last {
		if !d.Valid() {
			faults = append(faults, fmt.Errorf("date %d is %q: %w", i+1, d, ar.ErrDateRange))
		} else if i > 0 && d <= last[i-1] {
			faults = append(faults, fmt.Errorf("%s follows %s: dates must ascend", d, last[i-1]))
		}
	}
	if err := errors.Join(faults...); err != nil {
		return Set{}, err
	}
	return ruled(append(dates(nil), last...)), nil
}

// ruled returns the set of a rule that is known to be sound.
func ruled(r rule) Set { return Set{columns: plain(r.labels()), rule: r} }

// periods are counted back from the as-of date, in units that are months.
type periods struct {
	count, n int
	unit     Unit
}

func (p periods) String() string {
	if p.count == 1 {
		return "1 period of " + p.unit.count(p.n)
	}
	return fmt.Sprintf("%d periods of %s", p.count, p.unit.count(p.n))
}

func (p periods) labels() []string {
	labels := []string{"Current", "Up to " + p.unit.count(p.n)}
	for k := 1; k < p.count; k++ {
		labels = append(labels, fmt.Sprintf("%s %s", span(k*p.n, (k+1)*p.n), p.unit))
	}
	return append(labels, "Over "+p.unit.count(p.count*p.n))
}

func (p periods) edges(asOf ar.Date) ([]int, error) {
	upper := make([]int, p.count+1)
	for k := range upper {
		first, err := p.unit.back(asOf, k*p.n)
		if err != nil {
			return nil, err
		}
		upper[k] = asOf.DaysSince(first)
	}
	return upper, nil
}

// calendar has periods that begin and end where the calendar's do.
type calendar struct {
	count int
	unit  Unit
}

func (c calendar) String() string {
	return strings.Replace(c.unit.count(c.count), " ", " calendar ", 1)
}

func (c calendar) labels() []string {
	name := units[c.unit].name
	labels := []string{"Later", "This " + name}
	for k := 1; k < c.count; k++ {
		if k == 1 {
			labels = append(labels, "Last "+name)
			continue
		}
		labels = append(labels, c.unit.count(k)+" ago")
	}
	return append(labels, "Older")
}

func (c calendar) edges(asOf ar.Date) ([]int, error) {
	this, err := c.unit.first(asOf)
	if err != nil {
		return nil, err
	}
	last, err := c.unit.last(this)
	if err != nil {
		return nil, err
	}
	upper := make([]int, c.count+1)
	upper[0] = asOf.DaysSince(last) - 1
	for k := range c.count {
		first, err := c.unit.back(this, k)
		if err != nil {
			return nil, err
		}
		upper[k+1] = asOf.DaysSince(first)
	}
	return upper, nil
}

// dates are the last days of buckets, ascending.
type dates []ar.Date

func (ds dates) String() string {
	text := make([]string, len(ds))
	for i, d := range ds {
		text[i] = d.String()
	}
	return "dates " + strings.Join(text, ", ")
}

func (ds dates) labels() []string {
	labels := []string{"After " + ds[len(ds)-1].String()}
	for i := len(ds) - 1; i > 0; i-- {
		first, last := ds[i-1]+1, ds[i]
		if first == last {
			labels = append(labels, last.String())
			continue
		}
		labels = append(labels, fmt.Sprintf("%s – %s", first, last))
	}
	return append(labels, "Up to "+ds[0].String())
}

func (ds dates) edges(asOf ar.Date) ([]int, error) {
	upper := make([]int, len(ds))
	for i, last := range ds {
		upper[len(ds)-1-i] = asOf.DaysSince(last) - 1
	}
	return upper, nil
}
