package aging

import "sync"

// Where work is split, and where it is looked up from.
const (
	minShare      = 50_000 // fewer items are not worth a goroutine
	minRows       = 10_000 // nor are fewer rows to be merged
	progressEvery = 1 << 16
)

// workers returns how many goroutines to use for n items.
func (o *Options) workers(n int) int { return max(1, min(o.Workers, n/minShare)) }

// progress counts items for Options.Progress. The zero progress counts for
// nobody.
type progress struct {
	mu     sync.Mutex
	report func(items int) error
	items  int
	told   int   // how many of them report was told of
	err    error // that ended the run
}

// add counts n more items, and returns the error that the run is to end with.
func (p *progress) add(n int) error { return p.count(n, progressEvery) }

// end tells of the last items.
func (p *progress) end() error { return p.count(0, 1) }

func (p *progress) count(n, worthTelling int) error {
	if p.report == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.items += n
	if p.err == nil && p.items-p.told >= worthTelling {
		p.told = p.items
		p.err = p.report(p.items)
	}
	return p.err
}
