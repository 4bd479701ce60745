package ledger

import (
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
)

// Facts are what happened, in any order. They are never rewritten: a correction
// is one more fact, which supersedes another (SPEC L2).
type Facts struct {
	Documents   []Document
	Allocations []Allocation
	Reversals   []Reversal
	Redates     []Redate
	Statuses    []Status
}

// with returns the facts of f and g in slices of their own.
func (f *Facts) with(g *Facts) Facts {
	return Facts{
		slices.Concat(f.Documents, g.Documents),
		slices.Concat(f.Allocations, g.Allocations),
		slices.Concat(f.Reversals, g.Reversals),
		slices.Concat(f.Redates, g.Redates),
		slices.Concat(f.Statuses, g.Statuses),
	}
}

// Allocation applies part of a credit to a debit of the same customer (SPEC
// L1).
type Allocation struct {
	ID     string // the key that a reversal names; unique among all allocations
	Credit string // the credit's ID
	Debit  string // the debit's ID

	// Part is the part of the debit that is paid, counted from 1. Zero pays the
	// parts as they fall due, after what other allocations pay of each by name.
	Part int

	Amount ar.Money // what is paid of the debit; above zero

	// Taken is what that takes of a credit in another currency, and Rate the
	// price of one unit of the credit's currency in units of the debit's: Amount
	// is Taken × Rate, rounded up or down to a minor unit (SPEC P4). Both are
	// zero where there is one currency.
	Taken ar.Money
	Rate  ar.Rate

	// Date is the day it counts from. Zero is the later of the two documents'
	// dates, and goes with them when one is re-dated; no allocation counts from
	// before its documents.
	Date ar.Date

	Rule string // what put it there, for people (SPEC P7); may be empty

	// With is the ID of the allocation that it came along with, as a discount
	// comes along with the payment that earned it; who undoes that one undoes
	// both (SPEC P6). Most have none.
	With string
}

// String names the allocation for messages, with its documents and amount, and
// its date where it has one.
func (x *Allocation) String() string {
	s := fmt.Sprintf("allocation %q of %s from %q to %q", x.ID, x.Amount, x.Credit, x.Debit)
	if !x.Date.IsZero() {
		s += " on " + x.Date.String()
	}
	return s
}

// taken returns what the allocation takes of its credit.
func (x *Allocation) taken() ar.Money {
	if x.Taken.IsZero() {
		return x.Amount
	}
	return x.Taken
}

// Reversal undoes an allocation: from its date on, the allocation does not
// count (SPEC L1, L2).
type Reversal struct {
	Allocation string  // the allocation's ID
	Date       ar.Date // not before the allocation counts
	Reason     string  // for people; may be empty
}

// String names the reversal for messages.
func (r *Reversal) String() string {
	return fmt.Sprintf("reversal of allocation %q on %s", r.Allocation, r.Date)
}

// Redate gives a payment or a deposit another date (SPEC L6). The one with the
// highest revision supersedes the document's own date and all others.
type Redate struct {
	Document string // the payment's ID
	Revision int    // 1 for the first, then 2, 3 …
	Date     ar.Date
	Reason   string // for people; may be empty
}

// String names the new date for messages.
func (r *Redate) String() string {
	return fmt.Sprintf("revision %d of the date of %q, to %s", r.Revision, r.Document, r.Date)
}

// Status says what Disputed and OnHold are from a date on, until a later
// status: one says that a dispute or a hold begins, and one that it ends. A
// Footnote in it means nothing. While a status has a document OnHold, its
// ageing clock stands still (SPEC L7).
type Status struct {
	Document string // the document's ID
	Date     ar.Date
	Flags    Flags
	Reason   string // for people; may be empty
}

// String names the status for messages.
func (s *Status) String() string {
	return fmt.Sprintf("status of %q from %s on", s.Document, s.Date)
}
