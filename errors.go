package ar

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar/internal/exact"
	"github.com/openreceivables/ar/internal/textform"
)

// What a value may be refused for. They come wrapped in a *ParseError where a
// text was read; match them with errors.Is.
var (
	// ErrSyntax: the text is not of the form that was asked for.
	ErrSyntax = errors.New("malformed")
	// ErrNoSuchDay: the month has no such day, or the year no such month.
	ErrNoSuchDay = errors.New("no such day")
	// ErrDateRange: a date outside the years 1 to 9999, or no date at all.
	ErrDateRange = errors.New("outside years 1 to 9999")
	// ErrUnknownCurrency: a code that ISO 4217 does not list today.
	ErrUnknownCurrency = errors.New("not a current ISO 4217 code")
	// ErrNoMinorUnits: a currency that cannot carry amounts, such as XXX or
	// XAU, or no currency.
	ErrNoMinorUnits = errors.New("an amount needs a currency with minor units")
	// ErrTooPrecise: an amount with more decimals than its currency has, and
	// no rounding mode.
	ErrTooPrecise = errors.New("too many decimals")
	// ErrTooLarge: a number of more than 34 digits or 64 decimals.
	ErrTooLarge = exact.ErrTooLarge
)

// MismatchError says that two amounts of different currencies met where one
// currency is needed.
type MismatchError struct {
	Left, Right Currency
}

func (e *MismatchError) Error() string {
	return fmt.Sprintf("currencies differ: %s and %s", e.Left.name(), e.Right.name())
}

// ParseError says that a text is not a value of some type.
type ParseError struct {
	Type string // what was asked for: "date", "amount", …
	Text string // what was given
	Err  error  // why it is not, or what would be right
}

func (e *ParseError) Error() string {
	return fmt.Sprintf("%s %q: %v", e.Type, textform.Short(e.Text), e.Err)
}

// Unwrap returns the reason.
func (e *ParseError) Unwrap() error { return e.Err }
