package ledger

import (
	"fmt"

	"github.com/openreceivables/ar"
)

// Kind says what a document is (SPEC L1). Debits are what the customer owes,
// credits what the customer paid or was granted. The zero Kind is none.
//
// The text form, in JSON too, is the name in small letters with hyphens:
// "credit-note".
type Kind uint8

// The kinds of documents.
const (
	// Debits.
	Invoice          Kind = iota + 1 // goods or services sold
	Charge                           // any other amount that is charged
	FinanceCharge                    // interest on what is overdue
	AdjustmentCharge                 // what a balance adjustment charges anew (SPEC L5)
	Refund                           // money given back to the customer

	// Credits.
	Payment          // money received
	CreditNote       // goods or services taken back
	AdjustmentCredit // what a balance adjustment credits (SPEC L5)
	Deposit          // money received before there is a debit to pay
	Discount         // granted, for early payment or otherwise
	WriteOff         // given up
)

// kindNames is indexed by Kind.
var kindNames = [...]string{
	"", "invoice", "charge", "finance-charge", "adjustment-charge", "refund",
	"payment", "credit-note", "adjustment-credit", "deposit", "discount", "write-off",
}

// IsDebit reports whether documents of the kind are owed by the customer.
func (k Kind) IsDebit() bool { return k >= Invoice && k <= Refund }

// IsCredit reports whether documents of the kind reduce what is owed.
func (k Kind) IsCredit() bool { return k >= Payment && k <= WriteOff }

// String returns the text form.
func (k Kind) String() string {
	if k.IsDebit() || k.IsCredit() {
		return kindNames[k]
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// MarshalText implements encoding.TextMarshaler. The zero Kind is an empty
// text.
func (k Kind) MarshalText() ([]byte, error) {
	if int(k) >= len(kindNames) {
		return nil, fmt.Errorf("%s: %w", k, ErrKind)
	}
	return []byte(kindNames[k]), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (k *Kind) UnmarshalText(text []byte) error {
	for i, name := range kindNames {
		if name == string(text) {
			*k = Kind(i)
			return nil
		}
	}
	return &ar.ParseError{
		Type: "kind of document", Text: string(text),
		Err: fmt.Errorf("%w: want one of %q", ar.ErrSyntax, kindNames[1:]),
	}
}
