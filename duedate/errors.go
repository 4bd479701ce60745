package duedate

import (
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/textform"
)

// Why a step has no date. They come wrapped in a *StepError; match them with
// errors.Is. A date outside the years 1–9999 is ar.ErrDateRange (SPEC D8).
var (
	// ErrNoCalendar: no calendar of that name was given (SPEC D4).
	ErrNoCalendar = errors.New("no such calendar was given")
	// ErrNoSubstitutes: the calendar is not a Substituter.
	ErrNoSubstitutes = errors.New("the calendar has no substitutions")
	// ErrNoBusinessDay: 366 closed days in a row.
	ErrNoBusinessDay = errors.New("366 days in a row are closed")
	// ErrCircle: substitutions that lead back to a date they came through, or
	// through more than 366 dates.
	ErrCircle = errors.New("substitutions go round in a circle, or through more than 366 dates")
)

// StepError says which step of which terms has no date, and why.
type StepError struct {
	Terms    Terms
	Step     string  // text of the step
	From     ar.Date // the date that it was applied to
	Calendar string  // name of the calendar, if the step has one
	Err      error
}

func (e *StepError) Error() string {
	where := ""
	if e.Calendar != "" {
		where = fmt.Sprintf("calendar %q: ", e.Calendar)
	}
	return fmt.Sprintf("terms %q: step %q from %s: %s%v", e.Terms, e.Step, e.From, where, e.Err)
}

// Unwrap returns the reason.
func (e *StepError) Unwrap() error { return e.Err }

// ParseError says which part of a text is not terms or a discount, and what
// would be. It matches ar.ErrSyntax.
type ParseError struct {
	Type   string // what was asked for: "terms" or "discount"
	Text   string // what was given
	Part   string // the offending word, "" at the end of the text
	Offset int    // byte offset of Part in Text
	Reason string // what is wrong with it, or what would be right
}

func (e *ParseError) Error() string {
	where := "at the end"
	if e.Part != "" {
		where = fmt.Sprintf("%q at character %d", textform.Short(e.Part), utf8.RuneCountInString(e.Text[:e.Offset])+1)
	}
	return fmt.Sprintf("%s %q: %s: %s", e.Type, textform.Short(e.Text), where, e.Reason)
}

// Unwrap returns ar.ErrSyntax.
func (e *ParseError) Unwrap() error { return ar.ErrSyntax }
