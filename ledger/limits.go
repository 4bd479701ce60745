package ledger

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/openreceivables/ar"
)

// limits checks that on no date more is applied than there is (SPEC L3).
//
// Hardly ever do all allocations of a document, reversed or not, exceed its
// amount; so one pass over the allocations clears all but a few documents, and
// only those few are followed through their dates.
func (b *builder) limits() {
	open := slices.Clone(b.amounts)
	suspects := map[int32]bool{}
	apply := func(at int32, amount ar.Money) {
		left, err := open[at].Sub(amount)
		if err != nil || left.Sign() < 0 {
			suspects[at] = true
			return
		}
		open[at] = left
	}
	for i := range b.links {
		l := &b.links[i]
		if l.from.IsZero() {
			continue
		}
		b.each(i, apply)
	}
	if len(suspects) == 0 {
		return
	}
	applied := map[int32][]int32{} // the allocations of a suspect
	for i := range b.links {
		if !b.links[i].from.IsZero() {
			b.each(i, func(at int32, _ ar.Money) {
				if suspects[at] {
					applied[at] = append(applied[at], int32(i))
				}
			})
		}
	}
	for at := range int32(len(b.amounts)) {
		if suspects[at] && b.amounts[at].Sign() > 0 { // else that is the fault
			b.limit(at, applied[at])
		}
	}
}

// each gives what an allocation takes of its credit, pays of its debit, and of
// the part that it names, with their indexes in amounts.
func (a *Account) each(allocation int, yield func(at int32, amount ar.Money)) {
	l := &a.links[allocation]
	taken := l.amount
	if l.exchange {
		taken = a.facts.Allocations[allocation].Taken
	}
	yield(l.credit, taken)
	yield(l.debit, l.amount)
	if l.part != 0 {
		yield(l.part, l.amount)
	}
}

// limit reports the first date on which more is applied at an index of amounts
// than there is, given the allocations that ever were.
func (b *builder) limit(at int32, allocations []int32) {
	type event struct {
		date       ar.Date
		allocation int32
		ends       bool
	}
	var events []event
	for _, i := range allocations {
		events = append(events, event{b.links[i].from, i, false})
		if until := b.links[i].until; !until.IsZero() {
			events = append(events, event{until, i, true})
		}
	}
	slices.SortFunc(events, func(x, y event) int { return cmp.Compare(x.date, y.date) })
	var applied ar.Money
	for i, e := range events {
		b.each(int(e.allocation), func(index int32, amount ar.Money) {
			if e.ends {
				amount = amount.Neg()
			}
			if index == at {
				applied, _ = applied.Add(amount) // of one currency, as ends checked
			}
		})
		if i+1 < len(events) && events[i+1].date == e.date {
			continue
		}
		if over, _ := applied.Cmp(b.amounts[at]); over > 0 {
			live := slices.DeleteFunc(allocations, func(i int32) bool { return !b.links[i].live(e.date) })
			b.overApplied(at, e.date, applied, live)
			return
		}
	}
}

// overApplied reports what is applied too much, and by which allocations.
func (b *builder) overApplied(at int32, on ar.Date, applied ar.Money, live []int32) {
	const most = 5 // allocations named
	d, what := at, ""
	if at >= int32(len(b.facts.Documents)) {
		d = b.links[live[0]].debit
		what = fmt.Sprintf("part %d of %s: ", at-b.parts[d]+1, b.amounts[at])
	}
	names := make([]string, len(live))
	for i, n := range live {
		names[i] = b.facts.Allocations[n].String()
	}
	slices.Sort(names)
	if extra := len(names) - most; extra > 0 {
		names = append(names[:most], fmt.Sprintf("%d more", extra))
	}
	b.fault(&b.facts.Documents[d], fmt.Errorf("%s%w: %s on %s, by %s", what, ErrOverApplied, applied, on, strings.Join(names, "; ")))
}
