package statement

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
)

// ErrPeriod: a statement period without a first or last day, or whose last day
// is before its first.
var ErrPeriod = errors.New("not a statement period")

// Period is the days that a statement covers, the first and the last included
// (SPEC R1). What is open, is open at the end of To. The zero Period is invalid.
type Period struct{ From, To ar.Date }

// LastDays returns the period of the n days that end with a day, that day
// included: the last 90 days, say. Fewer than one day, or more than the calendar
// has, are ErrPeriod.
func LastDays(n int, to ar.Date) (Period, error) {
	from, err := to.AddDays(1 - n)
	if err != nil {
		return Period{}, fmt.Errorf("%w: %d days to %q: %w", ErrPeriod, n, to, err)
	}
	p := Period{from, to}
	return p, p.Validate()
}

// Validate returns ErrPeriod where the period is not one.
func (p Period) Validate() error {
	if !p.From.Valid() || !p.To.Valid() || p.To < p.From {
		return fmt.Errorf("%w: from %q to %q", ErrPeriod, p.From, p.To)
	}
	return nil
}

// String returns the first and the last day, as in "2026-03-01 to 2026-03-31".
func (p Period) String() string { return p.From.String() + " to " + p.To.String() }
