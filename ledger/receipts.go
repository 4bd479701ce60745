package ledger

import (
	"fmt"
	"iter"

	"github.com/openreceivables/ar"
)

// Receipts returns the money that came in after a date, up to and with another,
// as a source for the aged report, which can show it beside the balances of the
// earlier date (SPEC A3): of each payment and deposit dated so, after
// re-dating, an item of its whole amount, below zero, whatever it was applied
// to. Until zero is for ever. The items come as their documents were given.
//
// A date that is not valid is ErrBadDate.
func (a *Account) Receipts(after, until ar.Date) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		if !after.Valid() || !validOrZero(until) {
			yield(Item{}, fmt.Errorf("receipts after %s until %s: %w", after, until, ErrBadDate))
			return
		}
		for i, date := range a.dates {
			d := &a.facts.Documents[i]
			if d.Kind != Payment && d.Kind != Deposit || date <= after || date > until && !until.IsZero() {
				continue
			}
			e := Entry{Document: d, Date: date, Due: a.dues[i], Flags: a.flagsOf(int32(i), date), Outstanding: d.Amount.Neg()}
			if !yield(e.Item(), nil) {
				return
			}
		}
	}
}
