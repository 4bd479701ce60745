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
	b, err := start(opt)
	if err != nil {
		return nil, err
	}
	for i := range items {
		if err := b.add(&items[i]); err != nil {
			return nil, fmt.Errorf("item %d: %w", i, err)
		}
	}
	return b.finish()
}

// ComputeSeq is Compute for items that come one by one. It ends at the first
// error of the source, and returns that. Its memory is that of the report.
func ComputeSeq(items iter.Seq2[ledger.Item, error], opt Options) (*Report, error) {
	b, err := start(opt)
	if err != nil {
		return nil, err
	}
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
		n++
	}
	return b.finish()
}
