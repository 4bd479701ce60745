package aging

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/openreceivables/ar/internal/kernel"
	"github.com/openreceivables/ar/ledger"
)

// ErrUnbalanced: the rows do not add up to the items. It never happens; the
// check is there so that a report that Compute or ComputeSeq returns can be
// relied upon.
var ErrUnbalanced = errors.New("report does not add up to its items")

// fewRows is for how many rows there may be room before one is known, where items
// come in no order.
const fewRows = 1 << 13

// Compute ages items. It keeps nothing of the slice but customer IDs. The
// first item that is invalid ends it with an error that names the item; no
// items at all give a report without rows.
func Compute(items []ledger.Item, opt Options) (*Report, error) {
	shares := opt.workers(len(items))
	parts, err := start(opt, shares)
	if err != nil {
		return nil, err
	}
	first := parts[0]
	rows := 2 * kernel.Batch // then those will tell how many there are
	if first.areScattered(items[:min(len(items), kernel.Batch)]) {
		rows = fewRows
	}
	done := progress{report: opt.Progress}
	length := (len(items) + shares - 1) / shares
	err = spread(shares, len(items), length, func(h *hand) error {
		for h.next() {
			part, share := parts[h.from/length], items[h.from:h.to]
			part.groups.Reset()
			part.groups.Among(len(share))
			part.groups.Expect(min(len(items)/16, rows)) // most have items in each part
			part.expected, part.far = len(share), len(items) >= farItems
			if h.from == 0 {
				part.expected = len(items) // all rows end up there
			}
			if err := part.addAll(share, h.from, &done); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = done.end()
	}
	if err != nil {
		return nil, err
	}
	for _, part := range parts[1:] {
		first.addPart(part, shares)
	}
	return finish(parts, opt.Reuse != nil)
}

// addAll adds items, of which the first is the number given, and reports them.
func (b *builder) addAll(items []ledger.Item, first int, done *progress) error {
	for some := range slices.Chunk(items, progressEvery) {
		if err := b.addSome(some, first); err != nil {
			return err
		}
		if err := done.add(len(some)); err != nil {
			return err
		}
		first += len(some)
	}
	return nil
}

// addSome adds items, of which the first is the number given.
func (b *builder) addSome(items []ledger.Item, first int) error {
	for i := 0; i < len(items); {
		taken, err := b.addPlain(items[i:])
		i += taken
		if err == nil && i < len(items) && taken < kernel.Batch {
			if err = b.add(&items[i]); err == nil {
				i++
			}
		}
		if err != nil {
			return fmt.Errorf("item %d: %w", first+i, err)
		}
	}
	return nil
}

// ComputeSeq is Compute for items that come one by one. It ends at the first
// error of the source, and returns that; after an invalid item it may read some
// more before it ends. Its memory is that of the report. It uses one goroutine.
func ComputeSeq(items iter.Seq2[ledger.Item, error], opt Options) (*Report, error) {
	parts, err := start(opt, 1)
	if err != nil {
		return nil, err
	}
	b := parts[0]
	b.groups.Reset()
	done := progress{report: opt.Progress}
	some := make([]ledger.Item, 0, kernel.Batch)
	n := 0
	add := func() error {
		if err := b.addSome(some, n); err != nil {
			return err
		}
		n += len(some)
		err := done.add(len(some))
		some = some[:0]
		return err
	}
	for it, err := range items {
		if err != nil {
			return nil, errors.Join(add(), err)
		}
		if some = append(some, it); len(some) == kernel.Batch {
			if err := add(); err != nil {
				return nil, err
			}
		}
	}
	err = add()
	if err == nil {
		err = done.end()
	}
	if err != nil {
		return nil, err
	}
	return finish(parts, opt.Reuse != nil)
}
