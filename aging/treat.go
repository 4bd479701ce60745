package aging

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
)

// Why a report cannot be treated or converted.
var (
	// ErrDerived: the report was made of another by Treat or Convert, and what is
	// asked for works on reports as they were computed or merged.
	ErrDerived = errors.New("report is treated or converted already")
	// ErrNotByDueDate: credits are to come off the oldest debits of a report that
	// ages by another date than the due date, or by adjusted days. Its cells do
	// not say how much of a bucket is past due, so neither would they say what of
	// that is left.
	ErrNotByDueDate = errors.New("credits come off the oldest debits only in a report by due date")
)

// Treatment says what a report does with unapplied credits (SPEC A3). Whichever
// it is, Row.Credits reports their amount.
type Treatment uint8

// The treatments.
const (
	// CreditsApart gives them a column of their own: Balance is Total less
	// Unapplied. It is what computing and merging give.
	CreditsApart Treatment = iota
	// CreditsAged puts each into the bucket of its own age, counted from the
	// report's basis, and takes it off what is past due if its own due date, else
	// date, is. Buckets, Total and PastDue may be negative then. Unapplied is 0.
	CreditsAged
	// CreditsOldestFirst takes all credits of a row off its debits, the longest
	// past due first, without applying anything: nothing is written anywhere.
	// Unapplied is what is left of them when no debit is.
	CreditsOldestFirst
	// CreditsLeftOut shows debits alone: Balance is Total.
	CreditsLeftOut
)

// treatmentNames is indexed by Treatment.
var treatmentNames = [...]string{"apart", "aged", "oldest-first", "left-out"}

// String returns the text form, such as "oldest-first".
func (t Treatment) String() string {
	if int(t) < len(treatmentNames) {
		return treatmentNames[t]
	}
	return fmt.Sprintf("Treatment(%d)", uint8(t))
}

// MarshalText implements encoding.TextMarshaler.
func (t Treatment) MarshalText() ([]byte, error) {
	if int(t) >= len(treatmentNames) {
		return nil, t.undefined()
	}
	return []byte(t.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (t *Treatment) UnmarshalText(text []byte) error {
	for i, name := range treatmentNames {
		if name == string(text) {
			*t = Treatment(i)
			return nil
		}
	}
	return fmt.Errorf("treatment of credits %q: want one of %q", text, treatmentNames)
}

func (t Treatment) undefined() error {
	return fmt.Errorf("treatment of credits %d is not defined", uint8(t))
}

// Treatment returns what the report does with unapplied credits.
func (r *Report) Treatment() Treatment { return r.treatment }

// Treat returns the report with its unapplied credits treated (SPEC A3), in
// memory of its own. Merge reports before, and convert them after: what was
// treated cannot be merged or treated again, that is ErrDerived. A report by
// another date than the due date has no CreditsOldestFirst: ErrNotByDueDate.
func (r *Report) Treat(t Treatment) (*Report, error) {
	switch {
	case int(t) >= len(treatmentNames):
		return nil, t.undefined()
	case r.derived:
		return nil, fmt.Errorf("%w: credits %s", ErrDerived, r.treatment)
	case t == CreditsOldestFirst && r.opt.Adjusted:
		return nil, fmt.Errorf("%w: this one is by adjusted days", ErrNotByDueDate)
	case t == CreditsOldestFirst && r.opt.Basis != DueDate:
		return nil, fmt.Errorf("%w: this one is by %s", ErrNotByDueDate, r.opt.Basis)
	}
	d := r.Clone()
	if t == CreditsApart {
		return d, nil
	}
	d.treatment, d.derived = t, true
	if d.credits {
		for i := range d.keys {
			d.treat(i)
		}
	}
	return d, nil
}

// treat treats the credits of row i.
func (r *Report) treat(i int) {
	row, buckets := Row{r, i}, len(r.lay.bucket)
	credits := row.credits(0, buckets)
	if credits.IsZero() {
		return
	}
	at := i * r.stride()
	unapplied := units(0, row.Currency())
	switch r.treatment {
	case CreditsAged:
		for c := range buckets {
			r.cells.set(at+c, plus(row.debits(c, c+1), row.credits(c, c+1)))
		}
		if c, ok := r.lay.ownPastDue(); ok {
			r.cells.set(at+c, plus(row.debits(c, c+1), row.credits(c, c+1)))
		}
	case CreditsOldestFirst:
		unapplied = credits
		for c := buckets - 1; c >= 0 && unapplied.Sign() < 0; c-- {
			var left ar.Money
			left, unapplied = setOff(row.debits(c, c+1), unapplied)
			r.cells.set(at+c, left)
		}
	case CreditsApart, CreditsLeftOut:
	}
	r.setCredits(at+r.lay.stride, unapplied, plus(credits, unapplied.Neg()))
}

// setOff takes a credit, which is not above zero, off a debit, and returns what
// is left of both.
func setOff(debit, credit ar.Money) (ar.Money, ar.Money) {
	none, rest := units(0, debit.Currency()), plus(debit, credit)
	if rest.Sign() < 0 {
		return none, rest
	}
	return rest, none
}

// A row of a derived report has two cells of credits, whatever its buckets:
// what is unapplied still, and what was aged, taken off or left out. There is
// room for them, as the least that a row has is one bucket and what of it is
// past due.
const (
	creditsUnapplied = iota
	creditsTreated
	creditsDerived // how many these are
)

// setCredits writes the cells of a row's credits, of which the first is given,
// as derived reports have them.
func (r *Report) setCredits(at int, unapplied, treated ar.Money) {
	for c := range r.lay.bucket {
		r.cells.set(at+c, ar.Money{})
	}
	if c, ok := r.lay.ownPastDue(); ok {
		r.cells.set(at+c, ar.Money{})
	}
	r.cells.set(at+creditsUnapplied, unapplied)
	r.cells.set(at+creditsTreated, treated)
}
