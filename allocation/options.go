package allocation

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// What New may refuse, besides the errors of package ledger.
var (
	// ErrEntry: an entry is not one of an open document.
	ErrEntry = errors.New("not an open document")
	// ErrNotOpen: a document is not among the open entries.
	ErrNotOpen = errors.New("nothing is open of such a document")
)

// Options say how New allocates. Only Date must be set; the rest of the zero
// Options allocates nothing.
type Options struct {
	Date  ar.Date // the day from which the allocations count
	Ahead bool    // also from and to documents that are dated later (SPEC P4)

	// Specified are amounts for particular debits (SPEC P2). A credit that has
	// any goes by no policy.
	Specified []Specified

	// Auto is the auto-allocate switch: whether a credit without specified
	// amounts is allocated at all (SPEC P3). The first of Policies that matches
	// it wins; none is OldestDue.
	Auto     bool
	Policies []Policy

	Credits []string // the IDs of the credits to use; empty: all
	First   []string // the IDs of debits to pay before all others, such as a new one

	CreditKinds []ledger.Kind // credits of these are used before others, in this order
	DebitKinds  []ledger.Kind // debits of these are paid before others, in this order

	// PreferDiscount has ties between debits go to the greater discount.
	PreferDiscount bool

	// MaxSet is how many debits ExactMatch tries together, 5 where it is zero;
	// SetsTried bounds how many sets it looks at for a credit, 100,000 where it
	// is zero.
	MaxSet, SetsTried int

	// Settling says how a debit is settled; nil: by being paid in full. It is
	// asked once for each open debit, or part of one, and changes nothing.
	Settling func(*ledger.Entry) (Settling, error)

	Rates []Rate // between currencies; none: each pays its own

	// Home is the currency that the host keeps its books in, in which exchange
	// differences are reported, rounded as Rounding says. Zero: none are.
	Home     ar.Currency
	Rounding ar.Rounding
}

// Specified is an amount of a credit for a debit.
type Specified struct {
	Credit, Debit string   // IDs
	Part          int      // of the debit, counted from 1; zero: its parts as they fall due
	Amount        ar.Money // to be paid, in the debit's currency; above zero
}

// String names the amount for messages.
func (s *Specified) String() string {
	part := ""
	if s.Part > 0 {
		part = fmt.Sprintf(" part %d", s.Part)
	}
	return fmt.Sprintf("%s from %q to %q%s", s.Amount, s.Credit, s.Debit, part)
}

// Rate is the price of one unit of a credit's currency in units of a debit's
// (SPEC P4). The way back needs a rate of its own.
type Rate struct {
	From, To ar.Currency
	Rate     ar.Rate
}

const (
	defaultMaxSet    = 5
	defaultSetsTried = 100_000
)
