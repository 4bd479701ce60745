package intake

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// Options say how to read a text. Columns and, where no column has it, Currency
// are required; the zero value of everything else is a usable default.
type Options struct {
	Columns Columns

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

	// Terms are the host's own codes. They go before what duedate.Parse reads; a
	// code of the zero Terms makes a row due on its date.
	Terms        map[string]duedate.Terms
	DefaultTerms duedate.Terms     // of rows with neither a due date nor terms
	Calendars    duedate.Calendars // for terms that name one

	// KeepGood keeps the good rows where others are bad. Else one bad row
	// leaves no rows at all.
	KeepGood bool
}

const isoLayout = "2006-01-02"

// withDefaults returns o with its defaults filled in.
func (o Options) withDefaults() Options {
	if o.DateLayout == "" {
		o.DateLayout = isoLayout
	}
	o.Decimal, o.Thousands = fold(o.Decimal), fold(o.Thousands)
	if o.Decimal == 0 {
		o.Decimal = '.'
		if o.Thousands == '.' {
			o.Decimal = ','
		}
	}
	if o.Thousands == 0 {
		o.Thousands = ','
		if o.Decimal == ',' {
			o.Thousands = '.'
		}
	}
	if o.Delimiter == 0 {
		o.Delimiter = ','
	}
	for _, column := range o.Columns.fields() {
		*column = strings.TrimSpace(*column)
	}
	return o
}

// Validate reports everything that is wrong with the options.
func (o Options) Validate() error {
	o = o.withDefaults()
	errs := []error{o.Columns.Validate()}
	fault := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf(format, args...))
	}
	if !completeLayout(o.DateLayout) {
		fault("date layout %q: want 2 January 2006 as the dates are written, such as 2006-01-02 or 1/2/2006", o.DateLayout)
	}
	switch _, ok := o.Currency.Decimals(); {
	case o.Currency.IsZero() && o.Columns.Currency == "":
		fault("no currency: want a column for it or a default")
	case !o.Currency.IsZero() && !ok:
		fault("currency %s: %w", o.Currency, ar.ErrNoMinorUnits)
	}
	if _, err := o.Rounding.MarshalText(); err != nil {
		fault("%w", err)
	}
	if !canSeparate(o.Decimal) || !canSeparate(o.Thousands) {
		fault("decimal separator %q, thousands separator %q: want neither letter, digit, sign nor parenthesis", o.Decimal, o.Thousands)
	}
	if o.Decimal == o.Thousands {
		fault("decimal and thousands separator are both %q: want two different ones", o.Decimal)
	}
	if strings.ContainsRune("\"\r\n", o.Delimiter) || !isCharacter(o.Delimiter) {
		fault("delimiter %q: want neither a quote nor a line break", o.Delimiter)
	}
	return errors.Join(errs...)
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
