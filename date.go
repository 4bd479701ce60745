package ar

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"time"

	"github.com/openreceivables/ar/internal/civil"
)

// Date is a civil day of the years 1 to 9999 in the proleptic Gregorian
// calendar (SPEC V1). It knows no time of day and no time zone.
//
// The zero Date means "no date" and is never a real day; it sorts before all
// days. A Date is the number of its day, with 0001-01-01 as 1, so dates
// compare with < and ==, and a slice of them is a column of 32-bit integers.
//
// Text, JSON and SQL forms are 2006-01-02. The zero Date is an empty text, a
// JSON null and an SQL NULL.
type Date int32

// The first and the last day.
const (
	MinDate Date = civil.Min
	MaxDate Date = civil.Max
)

// NewDate returns the civil day. A day that does not exist, such as
// 30 February, is an error (ErrNoSuchDay), never the day that it would
// overflow to; so is a year outside 1–9999 (ErrDateRange).
func NewDate(year int, month time.Month, day int) (Date, error) {
	if err := checkDate(year, int(month), day); err != nil {
		return 0, &ParseError{Type: "date", Text: fmt.Sprintf("%04d-%02d-%02d", year, int(month), day), Err: err}
	}
	return Date(civil.DayNumber(year, int(month), day)), nil
}

func checkDate(year, month, day int) error {
	if year < 1 || year > 9999 {
		return ErrDateRange
	}
	if month < 1 || month > 12 {
		return fmt.Errorf("%w: months are 01 to 12", ErrNoSuchDay)
	}
	if last := civil.DaysIn(year, month); day < 1 || day > last {
		return fmt.Errorf("%w: days of %04d-%02d are 01 to %d", ErrNoSuchDay, year, month, last)
	}
	return nil
}

// MustDate is ParseDate for constants: it panics where that gives an error.
func MustDate(text string) Date {
	d, err := ParseDate(text)
	if err != nil {
		panic(err)
	}
	return d
}

// ParseDate reads the form 2006-01-02, exactly: four, two and two digits. The
// error is a *ParseError.
func ParseDate(text string) (Date, error) {
	d, err := parseDate(text)
	if err != nil {
		return 0, &ParseError{Type: "date", Text: text, Err: err}
	}
	return d, nil
}

func parseDate(text string) (Date, error) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return 0, errDateForm()
	}
	year, ok1 := digits(text[0:4])
	month, ok2 := digits(text[5:7])
	day, ok3 := digits(text[8:10])
	if !ok1 || !ok2 || !ok3 {
		return 0, errDateForm()
	}
	if err := checkDate(year, month, day); err != nil {
		return 0, err
	}
	return Date(civil.DayNumber(year, month, day)), nil
}

func errDateForm() error { return fmt.Errorf("%w: want YYYY-MM-DD", ErrSyntax) }

func digits(s string) (n int, ok bool) {
	for i := range len(s) {
		c := s[i] - '0'
		if c > 9 {
			return 0, false
		}
		n = 10*n + int(c)
	}
	return n, true
}

// DateOf returns the calendar date of t in t's own location: 23:30 on
// 31 December in New York is 31 December. A year outside 1–9999 is
// ErrDateRange. The zero time.Time is a day too, 0001-01-01: where it stands
// for "no date", ask its IsZero first.
func DateOf(t time.Time) (Date, error) {
	return NewDate(t.Date())
}

// IsZero reports whether d is "no date".
func (d Date) IsZero() bool { return d == 0 }

// Valid reports whether d is a real day: neither zero nor a number outside
// MinDate to MaxDate that was converted to a Date.
func (d Date) Valid() bool { return d >= MinDate && d <= MaxDate }

// Civil returns year, month and day, all zero for a Date that is not Valid.
func (d Date) Civil() (year int, month time.Month, day int) {
	if !d.Valid() {
		return 0, 0, 0
	}
	y, m, dd := civil.YMD(int32(d))
	return y, time.Month(m), dd
}

// Weekday returns the day of the week of a Valid Date.
func (d Date) Weekday() time.Weekday { return time.Weekday(((d % 7) + 7) % 7) }

// Time returns midnight UTC of the day, and the zero time.Time for a Date
// that is not Valid.
func (d Date) Time() time.Time {
	if !d.Valid() {
		return time.Time{}
	}
	y, m, dd := d.Civil()
	return time.Date(y, m, dd, 0, 0, 0, 0, time.UTC)
}

// DaysSince returns the number of days from other to d: 1 for the day after
// other, negative where d is earlier. With d the as-of date and other the due
// date this is the day offset that buckets are made of.
func (d Date) DaysSince(other Date) int { return int(d) - int(other) }

// AddDays returns the day n days later, or earlier where n is negative. A
// result outside years 1–9999 is ErrDateRange (SPEC D8).
func (d Date) AddDays(n int) (Date, error) {
	if !d.Valid() {
		return 0, d.invalid()
	}
	if n < int(MinDate-d) || n > int(MaxDate-d) {
		return 0, fmt.Errorf("%s %+d days: %w", d, n, ErrDateRange)
	}
	return d + Date(n), nil
}

// AddMonths returns the same day n months later, or earlier where n is
// negative. Where that month is too short it is the month's last day:
// 31 January + 1 month = 28 or 29 February (SPEC V1). A result outside years
// 1–9999 is ErrDateRange.
func (d Date) AddMonths(n int) (Date, error) {
	if !d.Valid() {
		return 0, d.invalid()
	}
	y, m, day := civil.YMD(int32(d))
	months := 12*y + m - 1
	if n < 12-months || n > 12*9999+11-months {
		return 0, fmt.Errorf("%s %+d months: %w", d, n, ErrDateRange)
	}
	months += n
	y, m = months/12, months%12+1
	return Date(civil.DayNumber(y, m, min(day, civil.DaysIn(y, m)))), nil
}

// DaysInMonth returns the length of d's month, 28 to 31, and 0 for a Date
// that is not Valid.
func (d Date) DaysInMonth() int {
	if !d.Valid() {
		return 0
	}
	y, m, _ := civil.YMD(int32(d))
	return civil.DaysIn(y, m)
}

// EndOfMonth returns the last day of d's month, and d itself where it is not
// Valid.
func (d Date) EndOfMonth() Date {
	if !d.Valid() {
		return d
	}
	y, m, day := civil.YMD(int32(d))
	return d + Date(civil.DaysIn(y, m)-day)
}

func (d Date) invalid() error {
	if d.IsZero() {
		return fmt.Errorf("%w: no date", ErrDateRange)
	}
	return fmt.Errorf("%w: day number %d", ErrDateRange, int32(d))
}

// String returns the form 2006-01-02, an empty string for the zero Date, and
// Date(n) for a number that is no day.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	if !d.Valid() {
		return fmt.Sprintf("Date(%d)", int32(d))
	}
	return string(d.append(make([]byte, 0, 10)))
}

func (d Date) append(b []byte) []byte {
	y, m, day := civil.YMD(int32(d))
	return append(
		b,
		byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+day/10), byte('0'+day%10),
	)
}

// MarshalText implements encoding.TextMarshaler.
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return []byte{}, nil
	}
	if !d.Valid() {
		return nil, d.invalid()
	}
	return d.append(make([]byte, 0, 10)), nil
}

// UnmarshalText implements encoding.TextUnmarshaler. An empty text is the zero
// Date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	v, err := ParseDate(string(text))
	if err == nil {
		*d = v
	}
	return err
}

// MarshalJSON implements json.Marshaler: a string, or null for the zero Date.
func (d Date) MarshalJSON() ([]byte, error) {
	text, err := d.MarshalText()
	if err != nil {
		return nil, err
	}
	if len(text) == 0 {
		return []byte("null"), nil
	}
	return []byte(`"` + string(text) + `"`), nil
}

// UnmarshalJSON implements json.Unmarshaler: a string, or null for the zero
// Date.
func (d *Date) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return &ParseError{Type: "date", Text: string(data), Err: fmt.Errorf("%w: want a JSON string", ErrSyntax)}
	}
	return d.UnmarshalText([]byte(text))
}

// Value implements driver.Valuer: the text, or NULL for the zero Date.
func (d Date) Value() (driver.Value, error) {
	text, err := d.MarshalText()
	if err != nil || len(text) == 0 {
		return nil, err
	}
	return string(text), nil
}

// Scan implements sql.Scanner for a text, a time.Time (its calendar date in
// its own location) and NULL (the zero Date).
func (d *Date) Scan(src any) error {
	if t, ok := src.(time.Time); ok {
		v, err := DateOf(t)
		if err == nil {
			*d = v
		}
		return err
	}
	return scanText("date", "2006-01-02, or a time.Time", d, src)
}
