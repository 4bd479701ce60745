package store

import (
	"errors"
	"fmt"
	"slices"

	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// Apply returns a customer's account with the posting added; the account is nil
// where the customer is not there. It is all that a store has to check of one
// customer, so that every store refuses alike:
//
//   - what Validate reports;
//   - a customer that is not there, where there are no Details:
//     ledger.ErrUnknownCustomer;
//   - a scope that may not modify all locations of the posting (see Locations;
//     where there are none, all that it views): *ledger.LocationError;
//   - facts that do not fit together, or with those that are there, as
//     ledger.Account.Add refuses them: *ledger.FactError.
//
// To a scope, documents at locations that it does not view, and what happened to
// them, are not there (SPEC A4): facts that name them are refused as if they
// named nothing. Facts that would fit if it were so, but do not, are ErrHidden.
//
// A debit of the posting that has neither a due date nor terms nor parts gets the
// terms that the customer has then, or is due on its date where there are none:
// terms that come later move no due date (SPEC L2).
//
// The calendars are those that terms may name.
func (p *Posting) Apply(account *ledger.Account, scope ledger.Scope, calendars duedate.Calendars) (*ledger.Account, error) {
	if err := errors.Join(scope.Check(), p.Validate()); err != nil {
		return nil, err
	}
	if account == nil && p.Details == nil {
		return nil, fmt.Errorf("%w: %q", ledger.ErrUnknownCustomer, p.Customer)
	}
	var there ledger.Facts
	var customer ledger.Customer
	if account != nil {
		there, customer = account.Facts(), account.Customer()
	}
	if p.Details != nil {
		customer = *p.Details
	}
	more := p.Facts
	more.Documents = settled(more.Documents, customer.Terms)
	seen := viewed(there, scope)
	if err := scope.CheckModify(p.locations(account, scope.Views)...); err != nil {
		return nil, fmt.Errorf("posting %q for customer %q: %w", p.Key, p.Customer, err)
	}
	next, err := add(customer, seen, more, calendars)
	if err != nil || len(seen.Documents) == len(there.Documents) {
		return next, err
	}
	if next, err = add(customer, there, more, calendars); err != nil {
		return nil, fmt.Errorf("posting %q for customer %q: %w", p.Key, p.Customer, ErrHidden)
	}
	return next, nil
}

// settled returns documents of which each says by itself when it falls due.
func settled(documents []ledger.Document, terms duedate.Terms) []ledger.Document {
	documents = slices.Clone(documents)
	for i := range documents {
		if d := &documents[i]; unsettled(d) {
			if d.Terms = terms; terms.IsZero() {
				d.Due = d.Date
			}
		}
	}
	return documents
}

// unsettled reports whether the customer's terms say when a document falls due.
func unsettled(d *ledger.Document) bool {
	return d.Kind.IsDebit() && d.Due.IsZero() && d.Terms.IsZero() && len(d.Parts) == 0
}

func add(customer ledger.Customer, there, more ledger.Facts, calendars duedate.Calendars) (*ledger.Account, error) {
	return ledger.NewAccount(customer, ledger.Facts{
		Documents:   slices.Concat(there.Documents, more.Documents),
		Allocations: slices.Concat(there.Allocations, more.Allocations),
		Reversals:   slices.Concat(there.Reversals, more.Reversals),
		Redates:     slices.Concat(there.Redates, more.Redates),
		Statuses:    slices.Concat(there.Statuses, more.Statuses),
	}, calendars)
}

// viewed returns the documents at locations that a scope views, and what
// happened among them. Facts that fit together do so without the rest.
func viewed(f ledger.Facts, scope ledger.Scope) ledger.Facts {
	hidden := func(d ledger.Document) bool { return !scope.Views(d.Location) }
	if !slices.ContainsFunc(f.Documents, hidden) {
		return f
	}
	unknown := map[string]bool{} // documents, then allocations
	for i := range f.Documents {
		if hidden(f.Documents[i]) {
			unknown[f.Documents[i].ID] = true
		}
	}
	v := ledger.Facts{
		Documents: without(f.Documents, hidden),
		Redates:   without(f.Redates, func(r ledger.Redate) bool { return unknown[r.Document] }),
		Statuses:  without(f.Statuses, func(s ledger.Status) bool { return unknown[s.Document] }),
	}
	between := func(x ledger.Allocation) bool { return unknown[x.Credit] || unknown[x.Debit] }
	v.Allocations = without(f.Allocations, between)
	clear(unknown)
	for _, x := range f.Allocations {
		unknown[x.ID] = true
	}
	for _, x := range v.Allocations {
		delete(unknown, x.ID)
	}
	v.Reversals = without(f.Reversals, func(r ledger.Reversal) bool { return unknown[r.Allocation] })
	return v
}

func without[T any](facts []T, drop func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(facts), drop)
}
