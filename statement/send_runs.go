package statement

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// Sending says what became of saved statements that were to be sent.
type Sending struct {
	Sent     int       // by this call
	Earlier  int       // before, and so not again
	Failures []Failure // those that are not marked as sent, by customer
}

// SendRuns sends the saved statements of runs that the scope views and that are
// not marked as sent, and marks them (SPEC S4): by customer, then period, then
// run. What cannot be sent is a failure of the result and stays as it is, and the
// others proceed; to be called again with the same runs sends what is left, and
// nothing twice, but for what was sent and could not be marked: a failure whose
// Err is ErrSentUnmarked. One caller at a time should do so: of two at once, both
// may send a statement.
//
// A run without statements has nothing to send. No run, or one without an ID, is
// ErrNoRun, and no time ErrNoTime; and a scope that may not modify all locations
// that the statements to send were made for is a *ledger.LocationError, and sends
// none of them. Later, an error means that the sending ended early: the store could
// not list the statements, or the context is done. The result then says what was
// done until then.
func SendRuns(
	ctx context.Context, records Records, scope ledger.Scope, runs []string, cutover ar.Date, mailer Mailer, at time.Time,
) (Sending, error) {
	var result Sending
	if at.IsZero() {
		return result, ErrNoTime
	}
	if err := checkRuns(scope, runs); err != nil {
		return result, err
	}
	var unsent []Key
	for r, err := range ofRuns(ctx, records, scope, runs) {
		if err == nil && r.Sent.IsZero() {
			err = r.fault(scope.CheckModify(r.Locations...))
		}
		switch {
		case err != nil:
			return Sending{}, err
		case r.Sent.IsZero():
			unsent = append(unsent, r.Key)
		default:
			result.Earlier++
		}
	}
	sortKeys(unsent)
	for _, key := range unsent {
		r, err := find(ctx, records, scope, key, cutover)
		if err == nil && !r.Sent.IsZero() { // by somebody else, meanwhile
			result.Earlier++
			continue
		}
		if err == nil {
			_, err = send(ctx, records, scope, r, mailer, at)
		}
		switch {
		case err == nil:
			result.Sent++
		case ctx.Err() != nil && !errors.Is(err, ErrSentUnmarked):
			return result, key.fault(ctx.Err())
		default:
			result.Failures = append(result.Failures, Failure{
				Customer: key.Customer, Name: cmp.Or(r.name(), key.Customer),
				Reason: shorten(err.Error(), DefaultMaxReason), Err: key.fault(err),
			})
		}
	}
	return result, nil
}

// name returns the name that a record has of its customer, if it can be read.
func (r *Record) name() string {
	s, err := r.Statement()
	if err != nil {
		return ""
	}
	return s.Name()
}
