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
	LastStatement ar.Date // the date of the last saved statement for the payment's location
	Cutover       ar.Date // the day from which on the host keeps its books here
}

// Check returns an error for each reason why the payment may not have the date:
// ErrOnStatement, whatever the date; ErrBeforeStatement and ErrBeforeCutover,
// where it is before these days, not on them.
func (l RedateLimits) Check(payment *Document, to ar.Date) error {
	var refusals []error
	refuse := func(reason error, date ar.Date) {
		refusals = append(refusals, fmt.Errorf("re-date %s to %s: %w, %s", payment, to, reason, date))
	}
	if !l.ShownOn.IsZero() {
		refuse(ErrOnStatement, l.ShownOn)
	}
	if to < l.LastStatement {
		refuse(ErrBeforeStatement, l.LastStatement)
	}
	if to < l.Cutover {
		refuse(ErrBeforeCutover, l.Cutover)
	}
	return errors.Join(refusals...)
}

func (d *Document) redatable() bool { return d.Kind == Payment || d.Kind == Deposit }

// Redate returns the facts, yet to be added, by which a payment or a deposit has
// another date. What the limits refuse it for is all reported: see
// RedateLimits.Check. A store judges the facts again, by the statements that are
// saved by then.
//
// Allocations without a date of their own go with the payment. One that has a
// date keeps it, but counts from the payment's date where that is later.
func (a *Account) Redate(payment string, to ar.Date, limits RedateLimits) (Facts, error) {
	d, _ := a.Document(payment)
	if d == nil {
		return Facts{}, fmt.Errorf("re-date %q: %w", payment, ErrUnknownDocument)
	}
	if err := limits.Check(d, to); err != nil {
		return Facts{}, err
	}
	revision := 1
	for i := range a.facts.Redates {
		if a.facts.Redates[i].Document == payment {
			revision++
		}
	}
	f := Facts{Redates: []Redate{{Document: payment, Revision: revision, Date: to}}}
	if _, err := a.Add(f); err != nil {
		return Facts{}, err
	}
	return f, nil
}
