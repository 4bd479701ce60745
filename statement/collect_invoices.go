package statement

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// Invoice is an invoice of which something is open.
type Invoice struct {
	Customer    ledger.Customer
	Document    *ledger.Document // the account's, not to be changed
	AsOf        ar.Date          // open at the end of this day
	Outstanding ar.Money         // what is left to pay, of all parts
	Open        []ledger.Entry   // what is open of it, the oldest due first: one entry, or one for each open part
}

// Selection says whose open invoices are to be collected.
type Selection struct {
	Customers []string // their IDs, in the order of the document
	AsOf      ar.Date  // open at the end of this day
	Cap       int      // the most invoices; zero: DefaultCap
}

// CollectInvoices makes one document of the open invoices of the selected
// customers at the locations that the scope views (SPEC A11): customer by
// customer as they are selected, the oldest due first.
//
// An invoice is a document of the kind ledger.Invoice, which its account knows:
// charges, adjustments and refunds are open debits, but no invoices, and credits
// are neither. One of several open parts counts once. A customer who is not there
// has no invoices.
//
// Nobody selected is ErrNoCustomers, nothing open ErrNoInvoices, more invoices
// than the cap a *CapError, and then nothing is rendered. Any other failure, of
// the store, of the renderer, or for a context that is done, is a *DownloadError.
// A scope that views nothing is ledger.ErrNoLocations, an as-of date that is no
// day ledger.ErrBadDate.
func CollectInvoices(ctx context.Context, store Ledger, scope ledger.Scope, q Selection, renderer Renderer) error {
	if err := (ledger.Query{Scope: scope, AsOf: q.AsOf}).Check(); err != nil {
		return err
	}
	if q.Cap < 0 {
		return fmt.Errorf("a cap of %d invoices: want 1 or more, or 0 for the usual", q.Cap)
	}
	if len(q.Customers) == 0 {
		return ErrNoCustomers
	}
	limit := cmp.Or(q.Cap, DefaultCap)
	var invoices []Invoice
	seen := make(map[string]bool, len(q.Customers))
	for _, customer := range q.Customers {
		if seen[customer] {
			continue
		}
		seen[customer] = true
		a, err := store.Account(ctx, scope, customer)
		if errors.Is(err, ledger.ErrUnknownCustomer) {
			continue
		}
		if err != nil {
			return &DownloadError{err}
		}
		more, err := openInvoices(a, scope, q.AsOf)
		if err != nil {
			return &DownloadError{err}
		}
		if invoices = append(invoices, more...); len(invoices) > limit {
			return &CapError{limit}
		}
	}
	if len(invoices) == 0 {
		return ErrNoInvoices
	}
	return download(ctx, renderer, func(yield func(Sheet, error) bool) {
		for i := range invoices {
			if !yield(Sheet{Invoice: &invoices[i]}, nil) {
				return
			}
		}
	})
}

// openInvoices returns the open invoices of an account at the locations that a
// scope views, the oldest due first.
func openInvoices(a *ledger.Account, scope ledger.Scope, asOf ar.Date) ([]Invoice, error) {
	entries, err := a.Open(asOf)
	if err != nil {
		return nil, err
	}
	var invoices []Invoice
	at := map[*ledger.Document]int{}
	for _, e := range entries {
		d := e.Document
		if d.Kind != ledger.Invoice || !scope.Views(d.Location) {
			continue
		}
		i, ok := at[d]
		if !ok {
			i = len(invoices)
			at[d] = i
			invoices = append(invoices, Invoice{Customer: a.Customer(), Document: d, AsOf: asOf})
		}
		inv := &invoices[i]
		inv.Outstanding = plus(inv.Outstanding, e.Outstanding)
		inv.Open = append(inv.Open, e)
	}
	return invoices, nil
}
