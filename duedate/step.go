package duedate

import (
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/textform"
)

// Step is one step of terms, to be given to New. The package comment has them
// all in a table. The zero Step is none, and New refuses it.
type Step struct {
	step step
	err  error // what New refuses it for
}

// step is plain data, so that terms compare with ==.
type step struct {
	calendar string // name; of business days, rolls and substitute
	days     daySet // of paymentDays
	// n is how many days, weeks, months or business days; for dayOfMonth how
	// many months ahead, 0 or 1.
	n    int32
	kind kind
	// day and cutoff are of dayOfMonth: 1 to 30, or 0 to −30 counted back from
	// the last day. Cutoff 0, the last day, has no day after it: no cut-off.
	day, cutoff int8
}

type kind uint8

const (
	noStep kind = iota // ends the list of steps
	addDays
	addWeeks
	addMonths
	addBusinessDays
	dayOfMonth
	paymentDays
	rollFollowing
	rollModified
	rollPreceding
	substitute
)

// The numbers that lead out of years 1–9999 from every date.
const (
	maxDays   = int(ar.MaxDate)
	maxWeeks  = maxDays/7 + 1
	maxMonths = 12 * 9999
)

// add makes a step that adds n units. Any n beyond most ends in an error as
// most does (SPEC D8), so nothing is lost.
func add(k kind, n, most int) Step {
	return Step{step: step{kind: k, n: int32(max(-most, min(n, most)))}}
}

// Days adds n days. Like the other numbers, n may be negative, and one that is
// greater than the years 1–9999 have days becomes an error when it is applied.
func Days(n int) Step { return add(addDays, n, maxDays) }

// Weeks adds n times seven days.
func Weeks(n int) Step { return add(addWeeks, n, maxWeeks) }

// Months adds n months; a day that the month does not have becomes its last
// (SPEC V1).
func Months(n int) Step { return add(addMonths, n, maxMonths) }

// BusinessDays goes to the n-th business day after the date under a calendar,
// or before it where n is negative. For n = 0 the date stays, even if closed.
func BusinessDays(n int, calendar string) Step {
	s := add(addBusinessDays, n, maxDays)
	s.step.calendar, s.err = calendar, checkName(calendar)
	return s
}

// EndOfMonth goes to the last day of the month that the date is in.
func EndOfMonth() Step { return DayOfMonth(0) }

// DayOfMonth goes to a day of the month that the date is in, which may be back:
// 1 to 31, cut to the month's length, or 0 to −30 counted back from its last
// day, cut to the first.
func DayOfMonth(day int) Step {
	d, err := checkDay(day)
	return Step{step{kind: dayOfMonth, day: d}, err}
}

// Proximo goes to a day, as in DayOfMonth, of the next month.
func Proximo(day int) Step {
	s := DayOfMonth(day)
	s.step.n = 1
	return s
}

// Cutoff returns the step with a cut-off day, as in DayOfMonth: dates after it
// go one month further, the cut-off day itself does not. It belongs to
// EndOfMonth, DayOfMonth and Proximo; New refuses it elsewhere.
func (s Step) Cutoff(day int) Step {
	c, err := checkDay(day)
	if s.step.kind != dayOfMonth {
		err = errors.New("a cut-off belongs to EndOfMonth, DayOfMonth or Proximo")
	}
	if err != nil {
		s.err = errors.Join(s.err, err)
		return s
	}
	s.step.cutoff = c
	return s
}

// NextOf goes to the first of some fixed payment days, each as in DayOfMonth:
// a date that is one stays. Order and repetition of the days mean nothing.
func NextOf(days ...int) Step {
	s := Step{step: step{kind: paymentDays}}
	if len(days) == 0 {
		s.err = errors.New("no payment days")
	}
	for _, day := range days {
		d, err := checkDay(day)
		s.err = errors.Join(s.err, err)
		s.step.days |= setOf(int(d))
	}
	return s
}

// RollFollowing takes a day that is closed under the calendar to the next
// business day. An open day stays.
func RollFollowing(calendar string) Step { return named(rollFollowing, calendar) }

// RollModifiedFollowing is RollFollowing, but where that would leave the month
// it is RollPreceding.
func RollModifiedFollowing(calendar string) Step { return named(rollModified, calendar) }

// RollPreceding takes a day that is closed under the calendar to the last
// business day before it. An open day stays.
func RollPreceding(calendar string) Step { return named(rollPreceding, calendar) }

// Substitute takes a date to the one that the calendar, a Substituter, puts in
// its place, and that to the next, until the calendar has none.
func Substitute(calendar string) Step { return named(substitute, calendar) }

func named(k kind, calendar string) Step {
	return Step{step{kind: k, calendar: calendar}, checkName(calendar)}
}

// checkDay returns the day as steps hold it: 31 is the last day of a month of
// any length, and that is 0.
func checkDay(day int) (int8, error) {
	switch {
	case day < -30 || day > 31:
		return 0, fmt.Errorf("day %d of the month: want 1 to 31, or 0 to -30 counted back from the last", day)
	case day == 31:
		return 0, nil
	}
	return int8(day), nil
}

const (
	letters        = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
	nameChars      = letters + "_-."
	maxName        = 64
	nameSyntax     = `1 to 64 ASCII letters, digits, "_", "-" and ".", a letter or digit first`
	nameOfCalendar = "the name of a calendar: " + nameSyntax
	nameOfBase     = "the name of an amount: " + nameSyntax
)

func checkName(calendar string) error {
	if !isName(calendar) {
		return fmt.Errorf("%q: want %s", textform.Short(calendar), nameOfCalendar)
	}
	return nil
}

func isName(s string) bool {
	return s != "" && len(s) <= maxName && strings.IndexByte(letters, s[0]) >= 0 && strings.Trim(s, nameChars) == ""
}

// daySet holds days of the month from 1 to 30 in the bits of their numbers, and
// from −30 to 0 in the bits 31 to 61: their order is that of the text form.
type daySet uint64

func setOf(day int) daySet {
	if day <= 0 {
		day += 61
	}
	return 1 << day
}

func (s daySet) all() iter.Seq[int] {
	return func(yield func(int) bool) {
		for ; s != 0; s &= s - 1 {
			day := bits.TrailingZeros64(uint64(s))
			if day > 30 {
				day -= 61
			}
			if !yield(day) {
				return
			}
		}
	}
}
