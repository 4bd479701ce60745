package intake

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/openreceivables/ar"
)

// Format says how a text is written. The zero Format is a usable default where
// a column has the currency.
type Format struct {
	// DateLayout is how dates are written, in the notation of package time:
	// 2 January 2006 as the text would have it. Default 2006-01-02. A layout
	// such as 1/2/2006 also takes figures with a leading zero, 01/02/2006; what
	// a layout has besides the date, such as a time, is read and dropped.
	DateLayout string

	Currency ar.Currency // of rows whose currency cell is empty, or where there is no such column
	Rounding ar.Rounding // of amounts with too many decimals; zero: they are errors

	// Decimal and Thousands are the separators of amounts. Default '.' and ',';
	// where one is given, the other's default is whichever of the two is left.
	// A space stands for the no-break spaces U+00A0 and U+202F too, and an
	// apostrophe for U+2019.
	//
	// Thousands separators may be left out. Where there are some they must make
	// groups of three (1,234,567.00), or of two before the last three
	// (12,34,567.00).
	Decimal   rune
	Thousands rune

	Delimiter rune // between cells; default ','
}

const isoLayout = "2006-01-02"

// withDefaults returns f with its defaults filled in.
func (f Format) withDefaults() Format {
	if f.DateLayout == "" {
		f.DateLayout = isoLayout
	}
	f.Decimal, f.Thousands = fold(f.Decimal), fold(f.Thousands)
	if f.Decimal == 0 {
		f.Decimal = '.'
		if f.Thousands == '.' {
			f.Decimal = ','
		}
	}
	if f.Thousands == 0 {
		f.Thousands = ','
		if f.Decimal == ',' {
			f.Thousands = '.'
		}
	}
	if f.Delimiter == 0 {
		f.Delimiter = ','
	}
	return f
}

// faults reports everything that is wrong with the format.
func (f Format) faults() (errs []error) {
	f = f.withDefaults()
	fault := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf(format, args...))
	}
	if !completeLayout(f.DateLayout) {
		fault("date layout %q: want 2 January 2006 as the dates are written, such as 2006-01-02 or 1/2/2006", f.DateLayout)
	}
	if _, ok := f.Currency.Decimals(); !f.Currency.IsZero() && !ok {
		fault("currency %s: %w", f.Currency, ar.ErrNoMinorUnits)
	}
	if _, err := f.Rounding.MarshalText(); err != nil {
		fault("%w", err)
	}
	if !canSeparate(f.Decimal) || !canSeparate(f.Thousands) {
		fault("decimal separator %q, thousands separator %q: want neither letter, digit, sign nor parenthesis", f.Decimal, f.Thousands)
	}
	if f.Decimal == f.Thousands {
		fault("decimal and thousands separator are both %q: want two different ones", f.Decimal)
	}
	if strings.ContainsRune("\"\r\n", f.Delimiter) || !isCharacter(f.Delimiter) {
		fault("delimiter %q: want neither a quote nor a line break", f.Delimiter)
	}
	return errs
}

// currencyFaults reports that neither the format nor a column has a currency.
func (f Format) currencyFaults(column string) []error {
	if f.Currency.IsZero() && column == "" {
		return []error{errors.New("no currency: want a column for it or a default")}
	}
	return nil
}

// completeLayout reports whether the layout has year, month and day: whether a
// date comes back from it.
func completeLayout(layout string) bool {
	want := time.Date(2023, time.November, 25, 0, 0, 0, 0, time.UTC)
	got, err := time.Parse(layout, want.Format(layout))
	return err == nil && got.Year() == want.Year() && got.YearDay() == want.YearDay()
}

func canSeparate(r rune) bool {
	return isCharacter(r) && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("+-()", r)
}

func isCharacter(r rune) bool { return utf8.ValidRune(r) && r != utf8.RuneError }
