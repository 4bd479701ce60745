package duedate

import (
	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/civil"
)

// apply takes a valid date through the step. It is all that a step means: a
// function of one date and one calendar.
func (s *step) apply(d ar.Date, calendars Calendars) (ar.Date, error) {
	switch s.kind {
	case addDays:
		return d.AddDays(int(s.n))
	case addWeeks:
		return d.AddDays(7 * int(s.n))
	case addMonths:
		return d.AddMonths(int(s.n))
	case dayOfMonth:
		return s.toDayOfMonth(d)
	case paymentDays:
		return s.toPaymentDay(d)
	default:
		return s.applyOn(calendars[s.calendar], d)
	}
}

func (s *step) applyOn(c Calendar, d ar.Date) (ar.Date, error) {
	if c == nil {
		return 0, ErrNoCalendar
	}
	switch s.kind {
	case addBusinessDays:
		return businessDaysFrom(c, d, int(s.n))
	case rollFollowing:
		return seek(c, d, 1)
	case rollPreceding:
		return seek(c, d, -1)
	case rollModified:
		return modifiedFollowing(c, d)
	default: // substitute
		table, ok := c.(Substituter)
		if !ok {
			return 0, ErrNoSubstitutes
		}
		return follow(table, d)
	}
}

// onDay returns which day of a month of that length is meant by a day that
// may be too great for it or count back from its end.
func onDay(day, length int) int {
	if day > 0 {
		return min(day, length)
	}
	return max(1, length+day)
}

func (s *step) toDayOfMonth(d ar.Date) (ar.Date, error) {
	y, m, day := d.Civil()
	months := 12*y + int(m) - 1 + int(s.n)
	if s.cutoff != 0 && day > onDay(int(s.cutoff), civil.DaysIn(y, int(m))) {
		months++
	}
	return dateIn(months, int(s.day))
}

// dateIn returns a day of a month, counted in months since January of year 0.
func dateIn(months, day int) (ar.Date, error) {
	y, m := months/12, months%12+1
	if y > 9999 {
		return 0, ar.ErrDateRange
	}
	return ar.Date(civil.DayNumber(y, m, onDay(day, civil.DaysIn(y, m)))), nil
}

func (s *step) toPaymentDay(d ar.Date) (ar.Date, error) {
	y, m, day := d.Civil()
	if next, ok := s.days.first(day, civil.DaysIn(y, int(m))); ok {
		return d + ar.Date(next-day), nil
	}
	months := 12*y + int(m)
	next, _ := s.days.first(1, civil.DaysIn(months/12, months%12+1))
	return dateIn(months, next)
}

// first returns the first day from some day on that is in the set, in a month
// of that length.
func (s daySet) first(from, length int) (day int, ok bool) {
	for candidate := range s.all() {
		c := onDay(candidate, length)
		if c >= from && (!ok || c < day) {
			day, ok = c, true
		}
	}
	return day, ok
}

// maxSearch bounds searches in calendars, which come from outside.
const maxSearch = 366

// seek returns the first business day from d on, d included, forwards for
// direction 1 and backwards for −1.
func seek(c Calendar, d, direction ar.Date) (ar.Date, error) {
	for range maxSearch {
		if !d.Valid() {
			return 0, ar.ErrDateRange
		}
		if c.IsBusinessDay(d) {
			return d, nil
		}
		d += direction
	}
	return 0, ErrNoBusinessDay
}

func businessDaysFrom(c Calendar, d ar.Date, n int) (ar.Date, error) {
	direction := ar.Date(1)
	if n < 0 {
		n, direction = -n, -1
	}
	var err error
	for ; n > 0 && err == nil; n-- {
		d, err = seek(c, d+direction, direction)
	}
	return d, err
}

func modifiedFollowing(c Calendar, d ar.Date) (ar.Date, error) {
	for day := d; day <= d.EndOfMonth(); day++ {
		if c.IsBusinessDay(day) {
			return day, nil
		}
	}
	return seek(c, d, -1)
}

// follow returns where a chain of substitutions that begins at d ends.
func follow(table Substituter, d ar.Date) (ar.Date, error) {
	for range maxSearch + 1 {
		next, ok := table.Substitute(d)
		if !ok {
			return d, nil
		}
		if !next.Valid() {
			return 0, ar.ErrDateRange
		}
		d = next
	}
	return 0, ErrCircle
}
