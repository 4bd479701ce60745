package duedate

import (
	"database/sql/driver"
	"fmt"
	"strconv"

	"github.com/openreceivables/ar/internal/textform"
)

// String returns the text form, which parses back to t.
func (t Terms) String() string {
	b, _ := t.AppendText(nil)
	return string(b)
}

// AppendText implements encoding.TextAppender.
func (t Terms) AppendText(b []byte) ([]byte, error) {
	for i, s := range t.list() {
		if i > 0 {
			b = append(b, ", "...)
		}
		b = s.append(b)
	}
	return b, nil
}

// MarshalText implements encoding.TextMarshaler: the text form, in JSON too.
func (t Terms) MarshalText() ([]byte, error) { return t.AppendText([]byte{}) }

// UnmarshalText implements encoding.TextUnmarshaler. It reads what Parse reads.
func (t *Terms) UnmarshalText(text []byte) error {
	v, err := Parse(string(text))
	if err == nil {
		*t = v
	}
	return err
}

// Value implements driver.Valuer: the text form, or NULL for terms without
// steps.
func (t Terms) Value() (driver.Value, error) {
	if t.IsZero() {
		return nil, nil
	}
	return t.String(), nil
}

// Scan implements sql.Scanner for a text, as Parse reads it, and for NULL.
func (t *Terms) Scan(src any) error {
	text, ok := textform.FromSQL(src)
	if !ok {
		return fmt.Errorf("terms: the driver gave a %T, want text such as %q", src, Net(30))
	}
	return t.UnmarshalText(text)
}

// String returns the text form of the step.
func (s *step) String() string { return string(s.append(nil)) }

func (s *step) append(b []byte) []byte {
	switch s.kind {
	case addDays:
		return strconv.AppendInt(append(b, "net "...), int64(s.n), 10)
	case addWeeks:
		return s.appendNumberOf(b, "week")
	case addMonths:
		return s.appendNumberOf(b, "month")
	case addBusinessDays:
		return append(append(s.appendNumberOf(b, "business day"), ' '), s.calendar...)
	case dayOfMonth:
		return s.appendDayOfMonth(b)
	case paymentDays:
		return s.appendPaymentDays(b)
	case rollFollowing:
		return append(append(b, "roll following "...), s.calendar...)
	case rollModified:
		return append(append(b, "roll modified following "...), s.calendar...)
	case rollPreceding:
		return append(append(b, "roll preceding "...), s.calendar...)
	default: // substitute
		return append(append(b, "substitute "...), s.calendar...)
	}
}

func (s *step) appendNumberOf(b []byte, unit string) []byte {
	b = strconv.AppendInt(b, int64(s.n), 10)
	b = append(append(b, ' '), unit...)
	if s.n != 1 && s.n != -1 {
		b = append(b, 's')
	}
	return b
}

func (s *step) appendDayOfMonth(b []byte) []byte {
	switch {
	case s.n == 0 && s.day == 0:
		b = append(b, "eom"...)
	case s.n == 0:
		b = appendDay(append(b, "day "...), int(s.day))
	case s.day == 0 && s.cutoff == 0:
		b = append(b, "eofm"...)
	default:
		b = appendDay(b, int(s.day))
		if s.day > 0 {
			b = append(b, ordinal(int(s.day))...)
		}
		b = append(b, " prox"...)
	}
	if s.cutoff != 0 {
		b = appendDay(append(b, " cutoff "...), int(s.cutoff))
	}
	return b
}

func (s *step) appendPaymentDays(b []byte) []byte {
	b = append(b, "next of"...)
	separator := byte(' ')
	for day := range s.days.all() {
		b = appendDay(append(b, separator), day)
		separator = '/'
	}
	return b
}

// appendDay writes 15, last, or last-1.
func appendDay(b []byte, day int) []byte {
	if day > 0 {
		return strconv.AppendInt(b, int64(day), 10)
	}
	b = append(b, "last"...)
	if day < 0 {
		b = strconv.AppendInt(b, int64(day), 10)
	}
	return b
}

func ordinal(day int) string {
	switch {
	case day%10 == 1 && day != 11:
		return "st"
	case day%10 == 2 && day != 12:
		return "nd"
	case day%10 == 3 && day != 13:
		return "rd"
	}
	return "th"
}
