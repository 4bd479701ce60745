package allocation

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// What may not be undone, besides the errors of Account.Add.
var (
	// ErrNotApplied: nothing is applied of the credit.
	ErrNotApplied = errors.New("nothing is applied of it")
	// ErrGivenBack: the payment was given back already.
	ErrGivenBack = errors.New("given back already")
)

// Undo says from when on allocations count no more, and how that is noted.
type Undo struct {
	Date   ar.Date // the first day on which they do not count
	Reason string  // for people; may be empty

	// ID names documents that are needed, and the allocation of each, by a
	// number that counts from 1. Reverse and ReverseCredit need none where
	// nothing came along with what they undo.
	ID func(n int) string
}

// Reverse returns the facts, yet to be added, that undo allocations by dated
// reversals (SPEC P6). What came along with them (ledger.Allocation.With) is
// undone too, on the day from which it counts where that is later than
// Undo.Date, as it may be once a payment has an earlier date; and a discount, a
// write-off or a charge that came along is balanced by an adjustment of the same
// amount, as it would otherwise be open. So the open items are what they were
// before.
//
// The errors are those of Account.Add, such as that for a reversal before its
// allocation or for a second one.
func Reverse(a *ledger.Account, u Undo, allocations ...string) (ledger.Facts, error) {
	wanted := map[string]bool{}
	for _, id := range allocations {
		wanted[id] = true
	}
	r := newReversal(a, u)
	for i := range r.given.Allocations {
		x := &r.given.Allocations[i]
		if wanted[x.ID] {
			delete(wanted, x.ID)
			r.undo(x, u.Date)
			r.undoWith(x, u.Date)
		}
	}
	for _, id := range allocations {
		if wanted[id] {
			return ledger.Facts{}, fmt.Errorf("reverse %q on %s: %w", id, u.Date, ledger.ErrUnknownAllocation)
		}
	}
	return r.checked()
}

// ReverseCredit is Reverse for all that is applied of a credit. A credit of
// which nothing is applied is ErrNotApplied.
func ReverseCredit(a *ledger.Account, u Undo, credit string) (ledger.Facts, error) {
	d, _ := a.Document(credit)
	if d == nil {
		return ledger.Facts{}, fmt.Errorf("reverse %q: %w", credit, ledger.ErrUnknownDocument)
	}
	r := newReversal(a, u)
	applied := r.of(credit)
	if len(applied) == 0 {
		return ledger.Facts{}, fmt.Errorf("reverse %s on %s: %w", d, u.Date, ErrNotApplied)
	}
	for _, x := range applied {
		r.undo(x, u.Date)
		r.undoWith(x, u.Date)
	}
	return r.checked()
}

// Bounce returns the facts, yet to be added, of a payment or a deposit that was
// returned unpaid (SPEC P6): all that is applied of it is undone, as by
// ReverseCredit, and a refund of its whole amount takes it up, so that the
// customer owes what was owed before. An allocation that counts only from a day
// after Undo.Date is undone on that day, and so never counts; and where one was
// reversed on a later day already, the refund takes the payment up on that day.
//
// A document of another kind is ledger.ErrNotPayment, a date before the payment
// ledger.ErrTooEarly, and a payment whose whole amount is applied to a refund
// ErrGivenBack.
func Bounce(a *ledger.Account, u Undo, payment string) (ledger.Facts, error) {
	d, date := a.Document(payment)
	switch {
	case d == nil:
		return ledger.Facts{}, fmt.Errorf("bounce %q: %w", payment, ledger.ErrUnknownDocument)
	case d.Kind != ledger.Payment && d.Kind != ledger.Deposit:
		return ledger.Facts{}, fmt.Errorf("bounce %s: %w", d, ledger.ErrNotPayment)
	case u.Date < date:
		return ledger.Facts{}, fmt.Errorf("bounce on %s: %w %s, dated %s", u.Date, ledger.ErrTooEarly, d, date)
	}
	r := newReversal(a, u)
	free := u.Date // the day from which on the whole of it is
	for i := range r.given.Allocations {
		if x := &r.given.Allocations[i]; x.Credit == payment {
			free = max(free, r.reversed[x.ID])
		}
	}
	for _, x := range r.of(payment) {
		if debit, _ := a.Document(x.Debit); debit.Kind == ledger.Refund && x.Amount.Equal(d.Amount) {
			return ledger.Facts{}, fmt.Errorf("bounce %s: %w, by %s", d, ErrGivenBack, debit)
		}
		on := max(u.Date, r.from(x))
		r.undo(x, on)
		r.undoWith(x, on)
	}
	refund := r.document(d, ledger.Refund, d.Amount, u.Date)
	r.apply(payment, refund, d.Amount, "returned unpaid")
	if free > u.Date {
		r.facts.Allocations[len(r.facts.Allocations)-1].Date = free
	}
	return r.checked()
}

// reversal collects facts that undo others.
type reversal struct {
	Undo
	account  *ledger.Account
	given    ledger.Facts
	reversed map[string]ar.Date              // before
	undone   map[string]bool                 // by facts
	with     map[string][]*ledger.Allocation // that came along with each
	facts    ledger.Facts
}

func newReversal(a *ledger.Account, u Undo) *reversal {
	r := reversal{
		Undo: u, account: a, given: a.Facts(),
		reversed: map[string]ar.Date{}, undone: map[string]bool{}, with: map[string][]*ledger.Allocation{},
	}
	for i := range r.given.Reversals {
		x := &r.given.Reversals[i]
		r.reversed[x.Allocation] = x.Date
	}
	for i := range r.given.Allocations {
		if x := &r.given.Allocations[i]; x.With != "" {
			r.with[x.With] = append(r.with[x.With], x)
		}
	}
	return &r
}

// of returns what is applied of a credit and not reversed.
func (r *reversal) of(credit string) (applied []*ledger.Allocation) {
	for i := range r.given.Allocations {
		if x := &r.given.Allocations[i]; x.Credit == credit && r.reversed[x.ID].IsZero() {
			applied = append(applied, x)
		}
	}
	return applied
}

// from returns the first day that an allocation counts.
func (r *reversal) from(x *ledger.Allocation) ar.Date {
	_, credit := r.account.Document(x.Credit)
	_, debit := r.account.Document(x.Debit)
	return max(x.Date, credit, debit)
}

// undo reverses an allocation once. One that came along with another, and may
// count only from a later day, is reversed on that day at the earliest, and its
// document is balanced.
func (r *reversal) undo(x *ledger.Allocation, on ar.Date) {
	if r.undone[x.ID] {
		return
	}
	r.undone[x.ID] = true
	if x.With != "" {
		on = max(on, r.from(x))
	}
	r.facts.Reversals = append(r.facts.Reversals, ledger.Reversal{Allocation: x.ID, Date: on, Reason: r.Reason})
	credit, _ := r.account.Document(x.Credit)
	debit, _ := r.account.Document(x.Debit)
	switch {
	case x.With == "":
	case credit.Kind == ledger.Discount || credit.Kind == ledger.WriteOff:
		charge := r.document(credit, ledger.AdjustmentCharge, x.Amount, on)
		r.apply(x.Credit, charge, x.Amount, "undoes "+credit.Kind.String())
	case debit.Kind == ledger.Charge:
		r.apply(r.document(debit, ledger.AdjustmentCredit, x.Amount, on), x.Debit, x.Amount, "undoes charge")
	}
}

// undoWith undoes what came along with an allocation.
func (r *reversal) undoWith(x *ledger.Allocation, on ar.Date) {
	for _, w := range r.with[x.ID] {
		if r.reversed[w.ID].IsZero() {
			r.undo(w, on)
		}
	}
}

// document makes a document beside another, and returns its ID.
func (r *reversal) document(beside *ledger.Document, k ledger.Kind, amount ar.Money, on ar.Date) string {
	id := ""
	if r.ID != nil {
		id = r.ID(len(r.facts.Documents) + 1)
	}
	r.facts.Documents = append(r.facts.Documents, ledger.Document{
		ID: id, Number: id, Customer: beside.Customer, Location: beside.Location,
		Kind: k, Date: on, Amount: amount, Booking: beside.Booking,
	})
	return id
}

func (r *reversal) apply(credit, debit string, amount ar.Money, rule string) {
	id := r.facts.Documents[len(r.facts.Documents)-1].ID
	r.facts.Allocations = append(r.facts.Allocations, ledger.Allocation{
		ID: id, Credit: credit, Debit: debit, Amount: amount, Rule: rule,
	})
}

// checked returns the facts if they fit the account.
func (r *reversal) checked() (ledger.Facts, error) {
	if _, err := r.account.Add(r.facts); err != nil {
		return ledger.Facts{}, err
	}
	return r.facts, nil
}
