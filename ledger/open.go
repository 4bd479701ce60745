package ledger

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/openreceivables/ar"
)

// Entry is what is open on a date of one document, or of one part of it.
type Entry struct {
	Document *Document // the account's, not to be changed
	Part     int       // counted from 1; 0 for a document without parts
	Date     ar.Date   // the document's date, after re-dating
	Due      ar.Date   // never zero
	Flags    Flags     // on that date

	// Outstanding is what is left to pay of a debit, or, negative, what is left
	// to apply of a credit. It is never zero.
	Outstanding ar.Money

	// Held is on how many days since it fell due its clock stood still. Past due
	// by calendar days is the as-of date minus Due, and by adjusted days Held
	// less (SPEC L7).
	Held int
}

// Item returns the entry as the aged report reads it.
func (e *Entry) Item() Item {
	d := e.Document
	return Item{
		Customer: d.Customer, Location: d.Location, Number: d.Number, Outstanding: e.Outstanding,
		Date: e.Date, Posted: d.Posted, Due: e.Due, Flags: e.Flags, Held: int32(e.Held),
	}
}

// Open returns what is open as of a date (SPEC L2): of documents dated on or
// before it, what allocations dated on or before it and not reversed by then
// have left. Nothing is hidden for being small (SPEC L4). A debit with parts has
// an entry for each part that is open.
//
// The oldest comes first: by due date, then number, ID and part. An as-of date
// that is not valid is ErrBadDate.
func (a *Account) Open(asOf ar.Date) ([]Entry, error) {
	var open []Entry
	err := a.open(asOf, func(e *Entry) bool {
		open = append(open, *e)
		return true
	})
	slices.SortFunc(open, compareEntries)
	return open, err
}

// open yields what is open in the order of the documents, in one pass.
func (a *Account) open(asOf ar.Date, yield func(*Entry) bool) error {
	if !asOf.Valid() {
		return fmt.Errorf("as of %s: %w", asOf, ErrBadDate)
	}
	left := slices.Clone(a.amounts)
	for i := range a.links {
		if a.links[i].live(asOf) {
			a.subtract(left, i)
		}
	}
	var e Entry // one for all: what a function value is given is on the heap
	for i, date := range a.dates {
		if date <= asOf && !left[i].IsZero() && !a.entries(&e, int32(i), asOf, left, yield) {
			break
		}
	}
	return nil
}

func compareEntries(x, y Entry) int {
	if c := cmp.Compare(x.Due, y.Due); c != 0 {
		return c
	}
	return cmp.Or(
		cmp.Compare(x.Document.Number, y.Document.Number),
		cmp.Compare(x.Document.ID, y.Document.ID),
		cmp.Compare(x.Part, y.Part),
	)
}

// subtract takes an allocation off what is left of its documents.
func (a *Account) subtract(left []ar.Money, allocation int) {
	a.each(allocation, func(at int32, amount ar.Money) {
		left[at], _ = left[at].Sub(amount) // of one currency, as the account is valid
	})
}

// entries yields the entries of a document of which something is left, each in
// e, and reports whether more are wanted. What is left of its parts is after
// named allocations only.
func (a *Account) entries(e *Entry, i int32, asOf ar.Date, left []ar.Money, yield func(*Entry) bool) bool {
	d := &a.facts.Documents[i]
	*e = Entry{
		Document: d, Date: a.dates[i], Due: a.dues[i], Outstanding: left[i],
		Flags: a.flagsOf(i, asOf),
	}
	if d.Kind.IsCredit() {
		e.Outstanding = left[i].Neg()
	}
	if len(d.Parts) == 0 {
		e.Held = a.held(i, e.Due, asOf)
		return yield(e)
	}
	first := a.parts[i]
	parts := left[first : int(first)+len(d.Parts)]
	fill(d.Parts, parts, left[i])
	for p := range parts {
		if parts[p].IsZero() {
			continue
		}
		e.Part, e.Due, e.Outstanding = p+1, d.Parts[p].Due, parts[p]
		e.Held = a.held(i, e.Due, asOf)
		if !yield(e) {
			return false
		}
	}
	return true
}

// fill takes off the parts, the first due first, what was paid of the document
// without naming a part, so that they sum to what is open of the document.
func fill(parts []Part, left []ar.Money, open ar.Money) {
	order := make([]int, len(parts))
	unnamed := open.Neg()
	for i := range parts {
		order[i] = i
		unnamed, _ = unnamed.Add(left[i])
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(parts[i].Due, parts[j].Due) })
	for _, i := range order {
		paid := left[i]
		if less, _ := unnamed.Cmp(paid); less < 0 {
			paid = unnamed
		}
		left[i], _ = left[i].Sub(paid)
		unnamed, _ = unnamed.Sub(paid)
	}
}

// Items returns the open items as of a date as a source, for the aged report,
// which needs no order: they come as their documents were given. An as-of date
// that is not valid is ErrBadDate.
func (a *Account) Items(asOf ar.Date) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		err := a.open(asOf, func(e *Entry) bool { return yield(e.Item(), nil) })
		if err != nil {
			yield(Item{}, err)
		}
	}
}

// Balance returns what the customer owes as of a date, debits less credits, for
// each currency that there are documents in, by code. It is what the open items
// sum to, but computed from the documents alone: an allocation moves nothing
// from or to the balance, but between two currencies.
func (a *Account) Balance(asOf ar.Date) ([]ar.Money, error) {
	if !asOf.Valid() {
		return nil, fmt.Errorf("as of %s: %w", asOf, ErrBadDate)
	}
	sums := map[ar.Currency]ar.Money{}
	add := func(m ar.Money) {
		sums[m.Currency()], _ = sums[m.Currency()].Add(m)
	}
	for i, date := range a.dates {
		if date > asOf {
			continue
		}
		if d := &a.facts.Documents[i]; d.Kind.IsDebit() {
			add(d.Amount)
		} else {
			add(d.Amount.Neg())
		}
	}
	for i := range a.links {
		if l := &a.links[i]; l.exchange && l.live(asOf) {
			add(a.facts.Allocations[i].Taken)
			add(l.amount.Neg())
		}
	}
	return slices.SortedFunc(maps.Values(sums), func(m, n ar.Money) int {
		return m.Currency().Compare(n.Currency())
	}), nil
}
