package ledger

import (
	"errors"
	"fmt"
)

// What a fact may be refused for, besides ErrNoCustomer, ErrNoDate and
// ErrBadDate. They come wrapped in a *FactError. Amounts of two currencies that
// meet without a rate are an *ar.MismatchError.
var (
	// ErrNoID: a document or an allocation has no ID.
	ErrNoID = errors.New("no ID")
	// ErrDuplicateID: another document, or another allocation, has the ID.
	ErrDuplicateID = errors.New("duplicate ID")
	// ErrKind: the document is of no kind.
	ErrKind = errors.New("not a kind of document")
	// ErrNotPositive: an amount is zero or negative. What kind a document is
	// says which way its amount counts.
	ErrNotPositive = errors.New("the amount must be positive")
	// ErrParts: the parts of a document do not sum to its amount, or are none
	// of a debit; or an allocation names a part that is not there.
	ErrParts = errors.New("parts do not fit")
	// ErrOtherCustomer: a document belongs to another customer.
	ErrOtherCustomer = errors.New("of another customer")
	// ErrUnknownDocument: a fact names a document that is not there.
	ErrUnknownDocument = errors.New("no such document")
	// ErrUnknownAllocation: a fact names an allocation that is not there.
	ErrUnknownAllocation = errors.New("no such allocation")
	// ErrSides: an allocation does not go from a credit to a debit.
	ErrSides = errors.New("an allocation applies a credit to a debit")
	// ErrRate: the rate of exchange does not lead from the one amount to the
	// other, or there are no two currencies; or a booking rate is below zero.
	ErrRate = errors.New("the rate does not fit")
	// ErrTooEarly: dated before what it is about.
	ErrTooEarly = errors.New("dated before")
	// ErrOverApplied: on some date more is applied to a debit, or of a credit,
	// than its amount.
	ErrOverApplied = errors.New("more is applied than its amount")
	// ErrReversedTwice: an allocation has two reversals.
	ErrReversedTwice = errors.New("reversed twice")
	// ErrRevision: the new dates of a payment are not numbered 1, 2, 3 ….
	ErrRevision = errors.New("revisions are numbered from 1 without a gap")
	// ErrNotPayment: only the dates of payments and deposits are edited.
	ErrNotPayment = errors.New("neither a payment nor a deposit")
	// ErrTwoStatuses: a document has two statuses from the same day on.
	ErrTwoStatuses = errors.New("two statuses from one day on")
)

// FactError says which fact is wrong, and why. NewAccount and Add join one for
// every fault; errors.As finds the first.
type FactError struct {
	Fact fmt.Stringer // *Document, *Allocation, *Reversal, *Redate or *Status
	Err  error
}

func (e *FactError) Error() string { return fmt.Sprintf("%s: %v", e.Fact, e.Err) }

// Unwrap returns the reason.
func (e *FactError) Unwrap() error { return e.Err }
