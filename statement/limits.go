package statement

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// RedateLimits returns what bounds the re-dating of a customer's payment, for
// ledger.Account.Redate (SPEC L6): the cut-over date, and what the saved
// statements say that the scope views and that were made for the payment's
// location, whatever others they were made for too. Their dates are the last days
// of their periods.
//
// A statement shows a payment if it has a line of it: in balance-forward form,
// payments dated in the period; in open-item form, those of which something was
// left to apply. The line names the payment by its ID, or, where the statement
// was made of bare items, by its number and date. In balance-forward form it also
// shows those dated before the period, used up or not: they are in its opening
// balance, and a new date would change that. One that was entered later with such
// a date is not told apart from these.
//
// Not among them are statements that are for locations which the scope does not
// view, and those that are saved later: by CheckRedates, a store finds these too
// when the new date is written.
//
// The scope must be one that may modify the location, else the error is a
// *ledger.LocationError. A payment that is not there, or at a location that the
// scope does not view, is ledger.ErrUnknownDocument.
func RedateLimits(ctx context.Context, store Store, scope ledger.Scope, customer, payment string, cutover ar.Date) (ledger.RedateLimits, error) {
	limits := ledger.RedateLimits{Cutover: cutover}
	if err := scope.Check(); err != nil {
		return limits, err
	}
	a, err := store.Account(ctx, scope, customer)
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
	p := []redated{{Document: d, from: date, limits: limits}}
	for r, err := range store.Records(ctx, RecordQuery{Scope: scope, Customer: customer}) {
		if err == nil {
			err = r.bound(p)
		}
		if err != nil {
			return p[0].limits, err
		}
	}
	return p[0].limits, nil
}

// CheckRedates refuses the new dates of an account's payments that the customer's
// saved statements do not allow (SPEC L6): ledger.ErrOnStatement and
// ledger.ErrBeforeStatement, as ledger.RedateLimits.Check says them, with the
// limits of RedateLimits, which says what a statement shows. A store asks it with
// all records of the customer, in the step in which it writes the new dates.
//
// The account is the customer's before that step. A payment that it does not have
// is on no statement, and may have any date. A statement for a payment's location
// that cannot be read has the errors of Record.Statement.
func CheckRedates(a *ledger.Account, redates []ledger.Redate, records []Record) error {
	var payments []redated
	for _, r := range redates {
		if d, from := a.Document(r.Document); d != nil {
			payments = append(payments, redated{Document: d, from: from, to: r.Date})
		}
	}
	for i := range records {
		if err := records[i].bound(payments); err != nil {
			return err
		}
	}
	var refusals []error
	for i := range payments {
		p := &payments[i]
		refusals = append(refusals, p.limits.Check(p.Document, p.to))
	}
	return errors.Join(refusals...)
}

// redated is a payment that is to have another date, and what bounds it.
type redated struct {
	*ledger.Document
	from, to ar.Date
	limits   ledger.RedateLimits
}

// bound puts the limits of a record on the payments at the locations that it was
// made for.
func (r *Record) bound(payments []redated) error {
	var s *Statement // once it is needed
	var lines listed
	for i := range payments {
		p := &payments[i]
		if !slices.Contains(r.Locations, p.Location) {
			continue
		}
		p.limits.LastStatement = max(p.limits.LastStatement, r.Period.To)
		if r.Period.To <= p.limits.ShownOn {
			continue
		}
		if s == nil {
			var err error
			if s, err = r.Statement(); err != nil {
				return err
			}
			lines = s.lists()
		}
		opened := s.form == BalanceForward && p.from < s.period.From
		if opened || lines.has(p.Customer, valid(p.ID), valid(p.Number), p.from) {
			p.limits.ShownOn = r.Period.To
		}
	}
	return nil
}

// lists returns the documents of which the statement has a line.
func (s *Statement) lists() listed {
	all := listed{}
	for _, section := range s.All() {
		for _, l := range section.Lines() {
			all.add(s.customer, &l)
		}
	}
	return all
}
