package ledger

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
)

// Available returns what allocations that count from a date on may still use,
// in the order of Open: of each document the least that is open on any day from
// that date on. It is less than Open says as of the date where a later
// allocation needs part of it already; and documents dated later are among it,
// from their own dates on. So whatever is allocated of it, no later day ends
// with more applied than there is. A date that is not valid is ErrBadDate.
func (a *Account) Available(from ar.Date) ([]Entry, error) {
	if !from.Valid() {
		return nil, fmt.Errorf("available from %s: %w", from, ErrBadDate)
	}
	least := a.least(from)
	var entries []Entry
	var e Entry
	for i := range a.dates {
		a.fitParts(int32(i), least)
		if !least[i].IsZero() {
			a.entries(&e, int32(i), from, least, func(e *Entry) bool {
				entries = append(entries, *e)
				return true
			})
		}
	}
	slices.SortFunc(entries, compareEntries)
	return entries, nil
}

// least returns the least that is open at each index of amounts on any day from
// a date on.
func (a *Account) least(from ar.Date) []ar.Money {
	type event struct {
		date       ar.Date
		allocation int32
		ends       bool
	}
	var events []event
	left := slices.Clone(a.amounts)
	for i := range a.links {
		l := &a.links[i]
		switch {
		case l.live(from):
			a.subtract(left, i)
		case l.from > from && l.until != l.from:
			events = append(events, event{l.from, int32(i), false})
		default:
			continue
		}
		if l.until > from {
			events = append(events, event{l.until, int32(i), true})
		}
	}
	// On one day, what ends makes room for what begins.
	slices.SortFunc(events, func(x, y event) int {
		if c := cmp.Compare(x.date, y.date); c != 0 || x.ends == y.ends {
			return c
		}
		if x.ends {
			return -1
		}
		return 1
	})
	least := slices.Clone(left)
	for _, e := range events {
		a.each(int(e.allocation), func(at int32, amount ar.Money) {
			if e.ends {
				left[at], _ = left[at].Add(amount)
				return
			}
			left[at], _ = left[at].Sub(amount)
			if less, _ := left[at].Cmp(least[at]); less < 0 {
				least[at] = left[at]
			}
		})
	}
	return least
}

// fitParts bounds what is available of a document by what is of its parts,
// which may be least on different days.
func (a *Account) fitParts(document int32, least []ar.Money) {
	parts := a.facts.Documents[document].Parts
	if len(parts) == 0 {
		return
	}
	var sum ar.Money
	for i := range parts {
		sum, _ = sum.Add(least[int(a.parts[document])+i])
	}
	if less, _ := sum.Cmp(least[document]); less < 0 {
		least[document] = sum
	}
}
