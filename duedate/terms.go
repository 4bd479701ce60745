package duedate

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
)

// MaxSteps is how many steps terms may have.
const MaxSteps = 6

// Terms say when a document falls due: an ordered list of at most MaxSteps
// steps (SPEC D3). They are a value of 192 bytes that compares with == and
// serves as a map key. Terms that print the same are the same; terms that are
// written differently are different, though they may give the same dates, as
// "2 weeks" and "net 14" do.
//
// The zero Terms have no steps: due on the document's date. Their text is
// empty, and they are an SQL NULL.
type Terms struct {
	steps [MaxSteps]step // the first with kind noStep ends them
}

// New makes terms of steps, in their order. The error lists every step that is
// not well formed.
func New(steps ...Step) (Terms, error) {
	var t Terms
	var errs []error
	if len(steps) > MaxSteps {
		errs = append(errs, fmt.Errorf("terms: %d steps, want at most %d", len(steps), MaxSteps))
	}
	for i, s := range steps {
		if s.step.kind == noStep && s.err == nil {
			s.err = errors.New("the zero Step is none")
		}
		if s.err != nil {
			errs = append(errs, fmt.Errorf("terms: step %d: %w", i+1, s.err))
		}
		if i < MaxSteps {
			t.steps[i] = s.step
		}
	}
	if len(errs) > 0 {
		return Terms{}, errors.Join(errs...)
	}
	return t, nil
}

// Net returns the terms "net n": n days after the document. Net(7) and Net(30)
// are the ageing types "7 days" and "30 days" (SPEC D1).
func Net(n int) Terms { return only(Days(n)) }

// EOM returns the terms "eom", the ageing type "End of Month": the last day of
// the document's month (SPEC D1).
func EOM() Terms { return only(EndOfMonth()) }

// EOFM returns the terms "eofm", the ageing type "End of Following Month": the
// last day of the month after the document's (SPEC D1).
func EOFM() Terms { return only(Proximo(0)) }

func only(s Step) Terms { return Terms{steps: [MaxSteps]step{s.step}} }

// IsZero reports whether t has no steps.
func (t Terms) IsZero() bool { return t == Terms{} }

// list returns the steps.
func (t *Terms) list() []step {
	for i := range t.steps {
		if t.steps[i].kind == noStep {
			return t.steps[:i]
		}
	}
	return t.steps[:]
}

// DueDate returns the date on which a document of date doc falls due. Calendars
// may be nil where no step names one; DueDate allocates nothing then.
//
// A doc that is no date is ar.ErrDateRange; so is a result, or the date after
// any step, outside the years 1–9999 (SPEC D8). That and what a calendar may
// fail in come as a *StepError.
func (t Terms) DueDate(doc ar.Date, calendars Calendars) (ar.Date, error) {
	return t.walk(doc, calendars, nil)
}

// Move is a step that was taken: what it was, and the date that it led to.
type Move struct {
	Step string
	Date ar.Date
}

// Explain returns the moves that lead from the document's date to its due date,
// one for each step. On an error, which is that of DueDate, it returns the
// moves before the step that failed.
func (t Terms) Explain(doc ar.Date, calendars Calendars) ([]Move, error) {
	var moves []Move
	_, err := t.walk(doc, calendars, &moves)
	return moves, err
}

// walk takes doc through all steps, and notes the moves where it is given a
// place for them.
func (t *Terms) walk(doc ar.Date, calendars Calendars, moves *[]Move) (ar.Date, error) {
	if !doc.Valid() {
		what := "no document date"
		if !doc.IsZero() {
			what = "document date " + doc.String()
		}
		return 0, fmt.Errorf("terms %q: %s: %w", t.String(), what, ar.ErrDateRange)
	}
	d := doc
	steps := t.list()
	for i := range steps {
		next, err := steps[i].apply(d, calendars)
		if err != nil {
			return 0, t.stepError(&steps[i], d, err)
		}
		d = next
		if moves != nil {
			*moves = append(*moves, Move{steps[i].String(), d})
		}
	}
	return d, nil
}

func (t *Terms) stepError(s *step, from ar.Date, err error) error {
	if errors.Is(err, ar.ErrDateRange) {
		err = ar.ErrDateRange // without the date and the number, which are named anyway
	}
	return &StepError{Terms: *t, Step: s.String(), From: from, Calendar: s.calendar, Err: err}
}
