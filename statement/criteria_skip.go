package statement

import (
	"fmt"
	"time"

	"github.com/openreceivables/ar"
)

// SkipRecent is how far back a statement of the same customer and period counts
// as recent, so that the customer gets no other (SPEC R2). One from after now, as
// where a clock went backwards, is recent too. One that was not made for all the
// locations that are asked for now is not: it lacks what is owed at the others.
type SkipRecent uint8

// The windows, which end now and include the instant at which they begin.
//
// With SkipNone each run begins anew with the first customers: batch after batch
// until nobody remains would make the first batch for ever.
const (
	SkipNone    SkipRecent = iota // nobody is left out
	Skip24Hours                   // 24 hours, whatever clocks were changed meanwhile
	Skip72Hours
	SkipWeek  // 168 hours
	SkipMonth // to the same day and time of the month before, or that month's last day
)

// skipNames is indexed by SkipRecent.
var skipNames = [...]string{"none", "24h", "72h", "1 week", "1 month"}

// String returns the text form: "none", "24h", "72h", "1 week" or "1 month".
func (s SkipRecent) String() string { return nameOf("SkipRecent", skipNames[:], uint8(s)) }

// MarshalText implements encoding.TextMarshaler.
func (s SkipRecent) MarshalText() ([]byte, error) {
	return marshalName("skip-recent window", skipNames[:], uint8(s))
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *SkipRecent) UnmarshalText(text []byte) error {
	i, err := unmarshalName("skip-recent window", skipNames[:], text)
	if err == nil {
		*s = SkipRecent(i)
	}
	return err
}

// Since returns the instant from which on a statement is recent, and the zero
// time for SkipNone. A month is one of the calendar in the time zone of now: from
// 31 March it goes back to the last day of February.
//
// A zero now is ErrNoTime, and a month before the year 1 ar.ErrDateRange.
func (s SkipRecent) Since(now time.Time) (time.Time, error) {
	if s != SkipNone && now.IsZero() {
		return time.Time{}, fmt.Errorf("skip who has a statement within %s: %w", s, ErrNoTime)
	}
	switch s {
	case SkipNone:
		return time.Time{}, nil
	case Skip24Hours:
		return now.Add(-24 * time.Hour), nil
	case Skip72Hours:
		return now.Add(-72 * time.Hour), nil
	case SkipWeek:
		return now.Add(-7 * 24 * time.Hour), nil
	case SkipMonth:
		return monthBefore(now)
	default:
		_, err := s.MarshalText()
		return time.Time{}, err
	}
}

func monthBefore(now time.Time) (time.Time, error) {
	today, err := ar.DateOf(now)
	if err != nil {
		return time.Time{}, err
	}
	then, err := today.AddMonths(-1)
	if err != nil {
		return time.Time{}, fmt.Errorf("a month before %s: %w", today, err)
	}
	year, month, day := then.Civil()
	hour, minute, second := now.Clock()
	return time.Date(year, month, day, hour, minute, second, now.Nanosecond(), now.Location()), nil
}
