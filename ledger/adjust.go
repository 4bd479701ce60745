package ledger

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// ErrNothingOpen: there is nothing left of a debit to adjust.
var ErrNothingOpen = errors.New("nothing is open")

// Adjustment is a balance adjustment to be made (SPEC L5).
type Adjustment struct {
	Debit  string   // the ID of the debit to be "paid"
	Amount ar.Money // zero: all that is open of it on Date
	Date   ar.Date

	// The IDs of what it makes.
	Credit, Allocation, Charge string

	// When the new charge falls due, as in Document.
	Due   ar.Date
	Terms duedate.Terms
}

// Adjust returns the facts of a balance adjustment: a credit balance adjustment,
// its allocation to the debit, and a separate charge of the same amount, which
// is payable from then on. So the balance of the account does not change. They
// are yet to be added.
//
// The errors are those of Add; a debit that has nothing open on the date is
// ErrNothingOpen.
func (a *Account) Adjust(x Adjustment) (Facts, error) {
	before, err := a.Explain(x.Debit, x.Date)
	if err != nil {
		return Facts{}, err
	}
	amount := x.Amount
	if amount.IsZero() && amount.Currency().IsZero() {
		amount = before.Outstanding
	}
	debit := before.Document
	if before.Outstanding.IsZero() {
		return Facts{}, fmt.Errorf("adjust %s as of %s: %w", debit, x.Date, ErrNothingOpen)
	}
	document := func(id string, kind Kind) Document {
		return Document{
			ID: id, Number: id, Customer: debit.Customer, Location: debit.Location,
			Kind: kind, Date: x.Date, Amount: amount, Booking: debit.Booking,
		}
	}
	credit, charge := document(x.Credit, AdjustmentCredit), document(x.Charge, AdjustmentCharge)
	charge.Due, charge.Terms = x.Due, x.Terms
	f := Facts{
		Documents: []Document{credit, charge},
		Allocations: []Allocation{{
			ID: x.Allocation, Credit: x.Credit, Debit: x.Debit, Amount: amount, Rule: "balance adjustment",
		}},
	}
	if _, err := a.Add(f); err != nil {
		return Facts{}, err
	}
	return f, nil
}
