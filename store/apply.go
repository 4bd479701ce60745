package store

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
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
//     ledger.Account.Add refuses them: *ledger.FactError;
//   - a new date of a payment that is there, where a saved statement forbids it,
//     as statement.CheckRedates says (SPEC L6).
//
// The records are all that are saved for the customer, whatever their locations
// and in any order; an error of theirs is returned as it is. They are read at most
// once, and only where the posting has new dates. They and the account are of one
// moment, and what is read of them is not changed before the posting is written.
//
// To a scope, documents at locations that it does not view, and what happened to
// them, are not there (SPEC A4), nor are records of statements for such locations:
// facts that name them are refused as if they named nothing. Facts that would do
// if it were so, but do not, are ErrHidden.
//
// A debit of the posting that has neither a due date nor terms nor parts gets the
// terms that the customer has then, or is due on its date where there are none:
// terms that come later move no due date (SPEC L2).
//
// The calendars are those that terms may name.
func (p *Posting) Apply(account *ledger.Account, records iter.Seq2[statement.Record, error], scope ledger.Scope, calendars duedate.Calendars) (*ledger.Account, error) {
	if err := errors.Join(scope.Check(), p.Validate()); err != nil {
		return nil, err
	}
	if account == nil {
		if p.Details == nil {
			return nil, fmt.Errorf("%w: %q", ledger.ErrUnknownCustomer, p.Customer)
		}
		account = new(ledger.Account)
	}
	if err := scope.CheckModify(p.locations(account, scope.Views)...); err != nil {
		return nil, fmt.Errorf("posting %q for customer %q: %w", p.Key, p.Customer, err)
	}
	saved, err := p.collect(records)
	if err != nil {
		return nil, err
	}
	customer := account.Customer()
	if p.Details != nil {
		customer = *p.Details
	}
	more := p.Facts
	more.Documents = settled(more.Documents, customer.Terms)
	fit := func(there ledger.Facts, saved []statement.Record) (*ledger.Account, error) {
		next, err := add(customer, there, more, calendars)
		if err != nil {
			return nil, err
		}
		return next, statement.CheckRedates(account, more.Redates, saved)
	}
	there := account.Facts()
	seen := viewed(there, scope)
	shown := without(saved, func(r statement.Record) bool {
		return slices.ContainsFunc(r.Locations, func(l string) bool { return !scope.Views(l) })
	})
	next, err := fit(seen, shown)
	if err != nil {
		return nil, err
	}
	if len(seen.Documents) == len(there.Documents) && len(shown) == len(saved) {
		return next, nil
	}
	if next, err = fit(there, saved); err != nil {
		return nil, fmt.Errorf("posting %q for customer %q: %w", p.Key, p.Customer, ErrHidden)
	}
	return next, nil
}

// collect returns the records that may forbid what the posting does.
func (p *Posting) collect(records iter.Seq2[statement.Record, error]) ([]statement.Record, error) {
	if len(p.Facts.Redates) == 0 {
		return nil, nil
	}
	var all []statement.Record
	for r, err := range records {
		if err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, nil
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
// happened among them. Facts that fit together do so without the rest: what came
// along with an allocation that is not among them came along with none.
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
	for i := range v.Allocations {
		if x := &v.Allocations[i]; unknown[x.With] {
			x.With = ""
		}
	}
	v.Reversals = without(f.Reversals, func(r ledger.Reversal) bool { return unknown[r.Allocation] })
	return v
}

func without[T any](facts []T, drop func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(facts), drop)
}
