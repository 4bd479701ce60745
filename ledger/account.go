package ledger

import (
	"errors"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// Account is what happened between the host and one customer: facts that fit
// together. It is immutable; the zero Account has no customer and no facts.
//
// Guarantees, on every date:
//
//   - no more is applied to a debit than its amount, nor of a credit than its
//     own (SPEC L3); nor to a part of a debit, by name, than the part;
//   - allocations go from a credit to a debit of this customer, in one currency
//     or by a rate, and count from neither document's future;
//   - the open items of a currency sum to its balance;
//   - the open items are the same in whatever order the facts were given, and
//     depend only on facts dated up to then (SPEC L2).
type Account struct {
	customer  Customer
	calendars duedate.Calendars
	facts     Facts

	number names // of documents, by ID

	// What is in force once all facts are taken together, by number of
	// document and of allocation.
	dates    []ar.Date
	dues     []ar.Date
	links    []link
	statuses []status // by document, then date

	// amounts are what is open when nothing is applied: of every document, and
	// after those of every part. parts has the index of a document's first.
	amounts []ar.Money
	parts   map[int32]int32
}

// link is an allocation with its names looked up.
type link struct {
	amount        ar.Money
	credit, debit int32
	part          int32   // that it names, as index in amounts; 0, which is a document's: none
	from          ar.Date // the first day it counts; zero: at fault
	until         ar.Date // the first day it does not, or zero
	exchange      bool    // it takes another amount of its credit
}

// live reports whether the allocation counts on a date.
func (l *link) live(asOf ar.Date) bool {
	return l.from <= asOf && (l.until.IsZero() || l.until > asOf)
}

// status is a Status with its name looked up.
type status struct {
	document int32
	from     ar.Date
	flags    Flags
}

// NewAccount takes facts together, in whatever order they come. Every fault is
// reported at once, those of facts each as a *FactError that names documents,
// amounts and dates: a document that is not valid or belongs to another
// customer; terms that have no due date; an ID that is used twice or not at
// all; an allocation from or to what is not a credit or a debit, between two
// currencies without a rate, or dated before one of its documents; a reversal
// before its allocation, or a second one; and more applied, on any date, than
// the amount.
//
// The calendars are those that terms may name; they answer alike as long as the
// account lives. The facts are copied.
func NewAccount(c Customer, f Facts, calendars duedate.Calendars) (*Account, error) {
	return build(c, f.with(&Facts{}), calendars)
}

// Add returns the account with more facts. It has the errors of NewAccount, and
// a itself stays as it was in any case. It takes the time that NewAccount takes
// for all facts.
func (a *Account) Add(f Facts) (*Account, error) {
	return build(a.customer, a.facts.with(&f), a.calendars)
}

func build(c Customer, f Facts, calendars duedate.Calendars) (*Account, error) {
	b := builder{Account: &Account{customer: c, calendars: calendars, facts: f}}
	if err := c.Validate(); err != nil {
		b.faults = append(b.faults, err)
	}
	b.documents()
	b.redates()
	b.dueDates()
	b.allocations()
	b.reversals()
	b.limits()
	b.status()
	if len(b.faults) > 0 {
		return nil, errors.Join(b.faults...)
	}
	return b.Account, nil
}

// Customer returns whose account it is.
func (a *Account) Customer() Customer { return a.customer }

// Facts returns all that was given, in the order in which it came. The slices
// are those of the account, and not to be changed.
func (a *Account) Facts() Facts { return a.facts }

// Document returns a document by its ID, and the date that it has now that all
// re-dating is done. The document is the account's, and not to be changed. It
// is nil where there is none.
func (a *Account) Document(id string) (*Document, ar.Date) {
	i, ok := a.number.find(id)
	if !ok {
		return nil, 0
	}
	return &a.facts.Documents[i], a.dates[i]
}

// DueDate returns the day that a document falls due, as it is now that all
// re-dating is done; the parts of a document have their own. It is zero where
// there is no such document.
func (a *Account) DueDate(id string) ar.Date {
	i, ok := a.number.find(id)
	if !ok {
		return 0
	}
	return a.dues[i]
}

// statusesOf returns the statuses of a document, by date.
func (a *Account) statusesOf(document int32) []status {
	if len(a.statuses) == 0 {
		return nil
	}
	find := func(document int32) int {
		i, _ := slices.BinarySearchFunc(a.statuses, document, func(s status, d int32) int { return int(s.document - d) })
		return i
	}
	return a.statuses[find(document):find(document+1)]
}
