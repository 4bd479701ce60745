package statement

import (
	"context"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// RedateLimits returns what bounds the re-dating of a customer's payment, for
// ledger.Account.Redate (SPEC L6). It asks all saved statements that were made
// for the payment's location, whatever others they were made for too; their
// dates are the last days of their periods.
//
// A statement shows a payment if it has a line of it: in balance-forward form,
// payments dated in the period; in open-item form, those of which something was
// left to apply. The line names the payment by its ID, or, where the statement
// was made of bare items, by its number and date.
//
// The scope must be one that may modify the location, else the error is a
// *ledger.LocationError. A payment that is not there, or at a location that the
// scope does not view, is ledger.ErrUnknownDocument.
func RedateLimits(ctx context.Context, store Store, scope ledger.Scope, customer, payment string, cutover ar.Date) (ledger.RedateLimits, error) {
	limits := ledger.RedateLimits{Cutover: cutover}
	if err := scope.Check(); err != nil {
		return limits, err
	}
	a, err := store.Account(ctx, customer)
	if err != nil {
		return limits, err
	}
	d, date := a.Document(payment)
	if d == nil || !scope.Views(d.Location) {
		return limits, fmt.Errorf("re-date %q: %w", payment, ledger.ErrUnknownDocument)
	}
	if err := scope.CheckModify(d.Location); err != nil {
		return limits, err
	}
	there, err := scope.Narrow(d.Location)
	if err != nil {
		return limits, err
	}
	for r, err := range store.Records(ctx, RecordQuery{Scope: there, Touching: true, Customer: customer}) {
		if err != nil {
			return limits, err
		}
		limits.LastStatement = max(limits.LastStatement, r.Period.To)
		if r.Period.To <= limits.ShownOn {
			continue
		}
		s, err := r.Statement()
		if err != nil {
			return limits, err
		}
		if s.lists(valid(d.ID), valid(d.Number), date) {
			limits.ShownOn = r.Period.To
		}
	}
	return limits, nil
}

// lists reports whether the statement has a line of a document.
func (s *Statement) lists(id, number string, date ar.Date) bool {
	all := listed{}
	for _, section := range s.All() {
		for _, l := range section.Lines() {
			all.add(&l)
		}
	}
	return all.has(id, number, date)
}
