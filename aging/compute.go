package aging

import (
	"errors"
	"fmt"
	"iter"

	"github.com/openreceivables/ar/ledger"
)

// ErrUnbalanced: the rows do not add up to the items. It never happens; the
// check is there so that a report that is returned can be relied upon.
var ErrUnbalanced = errors.New("report does not add up to its items")

// Compute ages items. It keeps nothing of the slice but customer IDs. The
// first item that is invalid ends it with an error that names the item; no
// items at all give a report without rows.
func Compute(items []ledger.Item, opt Options) (*Report, error) {
	shares := opt.shares(len(items))
	parts := make([]*builder, shares)
	for i := range parts {
		var err error
		if parts[i], err = start(opt); err != nil {
			return nil, err
		}
	}
	done := progress{report: opt.Progress}
	err := eachShare(shares, len(items), func(share, from, to int) error {
		return parts[share].addAll(items[from:to], from, &done)
	})
	if err != nil {
		return nil, err
	}
	for _, part := range parts[1:] {
		parts[0].addPart(part)
	}
	return parts[0].finish()
}

// addAll adds items, of which the first is the number given.
func (b *builder) addAll(items []ledger.Item, first int, done *progress) error {
	for len(items) > 0 {
		chunk := items[:min(progressEvery, len(items))]
		for i := 0; i < len(chunk); i++ {
			if i += b.addPlain(chunk[i:]); i == len(chunk) {
				break
			}
			if err := b.add(&chunk[i]); err != nil {
				return fmt.Errorf("item %d: %w", first+i, err)
			}
		}
		if err := done.add(len(chunk)); err != nil {
			return err
		}
		first += len(chunk)
		items = items[len(chunk):]
	}
	b.flush()
	return nil
}

// ComputeSeq is Compute for items that come one by one. It ends at the first
// error of the source, and returns that. Its memory is that of the report. It
// uses one goroutine.
func ComputeSeq(items iter.Seq2[ledger.Item, error], opt Options) (*Report, error) {
	b, err := start(opt)
	if err != nil {
		return nil, err
	}
	done := progress{report: opt.Progress}
	var it ledger.Item // one for all, as Key lets it escape to the heap
	n := 0
	for next, err := range items {
		if err != nil {
			return nil, err
		}
		it = next
		if err := b.add(&it); err != nil {
			return nil, fmt.Errorf("item %d: %w", n, err)
		}
		if n++; n%progressEvery == 0 {
			if err := done.add(progressEvery); err != nil {
				return nil, err
			}
		}
	}
	b.flush()
	return b.finish()
}
