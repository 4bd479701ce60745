package ledger

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
)

// Why a payment may not be given another date (SPEC L6).
var (
	// ErrOnStatement: a saved statement shows the payment.
	ErrOnStatement = errors.New("a saved statement shows the payment")
	// ErrBeforeStatement: the new date is before the last statement.
	ErrBeforeStatement = errors.New("before the last statement")
	// ErrBeforeCutover: the new date is before the cut-over date.
	ErrBeforeCutover = errors.New("before the cut-over date")
)

// RedateLimits is what bounds the re-dating of a payment (SPEC L6). Each date
// may be zero, where there is none.
type RedateLimits struct {
	ShownOn       ar.Date // the date of a saved statement that shows the payment
	LastStatement ar.Date // the date of the customer's last saved statement
	Cutover       ar.Date // the day from which on the host keeps its books here
}

func (d *Document) redatable() bool { return d.Kind == Payment || d.Kind == Deposit }

// Redate returns the facts, yet to be added, by which a payment or a deposit has
// another date: allowed only while no saved statement shows it, not to before the
// last statement, and not to before the cut-over date; to those days themselves
// it is. Each refusal is an error of its own, ErrOnStatement, ErrBeforeStatement
// and ErrBeforeCutover, and all that apply are reported.
//
// Allocations without a date of their own go with the payment. One that has a
// date keeps it, but counts from the payment's date where that is later.
func (a *Account) Redate(payment string, to ar.Date, limits RedateLimits) (Facts, error) {
	d, _ := a.Document(payment)
	if d == nil {
		return Facts{}, fmt.Errorf("re-date %q: %w", payment, ErrUnknownDocument)
	}
	var refusals []error
	refuse := func(reason error, date ar.Date) {
		refusals = append(refusals, fmt.Errorf("re-date %s to %s: %w, %s", d, to, reason, date))
	}
	if !limits.ShownOn.IsZero() {
		refuse(ErrOnStatement, limits.ShownOn)
	}
	if to < limits.LastStatement {
		refuse(ErrBeforeStatement, limits.LastStatement)
	}
	if to < limits.Cutover {
		refuse(ErrBeforeCutover, limits.Cutover)
	}
	revision := 1
	for i := range a.facts.Redates {
		if a.facts.Redates[i].Document == payment {
			revision++
		}
	}
	f := Facts{Redates: []Redate{{Document: payment, Revision: revision, Date: to}}}
	if len(refusals) > 0 {
		return Facts{}, errors.Join(refusals...)
	}
	if _, err := a.Add(f); err != nil {
		return Facts{}, err
	}
	return f, nil
}
