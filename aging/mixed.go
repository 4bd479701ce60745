package aging

import (
	"fmt"

	"github.com/openreceivables/ar/ledger"
)

// mixed are the items of a batch that addPlain can take, and their numbers.
type mixed struct {
	items   []ledger.Item
	numbers []int
}

// special reports whether the options want more of an item than addPlain does.
func (o *Options) special(it *ledger.Item) bool {
	return it.Flags&(o.Exclude|o.Apart) != 0 || o.Adjusted && it.Held != 0 || o.Receipts && it.Date > o.AsOf
}

// ordinary returns how many items from the front are not special. Most options
// make none so, and then none is looked at.
func (o *Options) ordinary(items []ledger.Item) int {
	if o.Exclude|o.Apart == 0 && !o.Adjusted && !o.Receipts {
		return len(items)
	}
	for i := range items {
		if o.special(&items[i]) {
			return i
		}
	}
	return len(items)
}

// addMixed adds at most kernel.Batch items, the first of which is the number given
// and some of which are special.
func (b *builder) addMixed(items []ledger.Item, first int) error {
	if b.inRuns(items) {
		return b.addInTurn(items, first)
	}
	return b.addTogether(items, first)
}

// inRuns reports whether neighbours tend to have the same row, by a sample.
func (b *builder) inRuns(items []ledger.Item) bool {
	const samples = 32
	key, same := b.r.opt.Group.Key, 0
	for i := range samples {
		if at := i * (len(items) - 1) / samples; at+1 < len(items) && key(&items[at]) == key(&items[at+1]) {
			same++
		}
	}
	return same > samples/2
}

// addInTurn adds items as they come: rows in their order are found fast.
func (b *builder) addInTurn(items []ledger.Item, first int) error {
	for i := 0; i < len(items); i++ {
		n := b.r.opt.ordinary(items[i:])
		if i += b.addPlain(items[i:][:n]); i == len(items) {
			break
		}
		if err := b.add(&items[i]); err != nil {
			return fmt.Errorf("item %d: %w", first+i, err)
		}
	}
	return nil
}

// addTogether adds the special items one by one, and brings the others together
// first: where each has another row, addPlain is fast only if it gets many.
func (b *builder) addTogether(items []ledger.Item, first int) error {
	plain, numbers := b.mixed.items[:0], b.mixed.numbers[:0]
	var bad error
	for i := range items {
		it := &items[i]
		if !b.r.opt.special(it) {
			plain, numbers = append(plain, *it), append(numbers, first+i)
			continue
		}
		if err := b.add(it); err != nil {
			bad = fmt.Errorf("item %d: %w", first+i, err)
			break // one before may be bad, too
		}
	}
	b.mixed = mixed{plain, numbers}
	for i := 0; i < len(plain); i++ {
		if i += b.addPlain(plain[i:]); i == len(plain) {
			break
		}
		if err := b.add(&plain[i]); err != nil {
			return fmt.Errorf("item %d: %w", numbers[i], err)
		}
	}
	return bad
}
