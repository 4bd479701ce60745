package aging

import (
	"sync"
	"sync/atomic"
)

// Where work is split, and where it is looked up from.
const (
	minShare      = 50_000 // fewer items are not worth a goroutine
	minRows       = 10_000 // nor are fewer rows to be merged
	progressEvery = 1 << 16
)

// shares returns how many goroutines to use for n items.
func (o *Options) shares(n int) int { return max(1, min(o.Workers, n/minShare)) }

// spread calls work on some goroutines at the same time, each with a hand that
// takes runs of [0, n) of the length given, one when it is done with another, so
// that none waits long for the others, whatever else their processors do. After an
// error there are no more runs. It returns the error of the work that was at the
// first of them, which is the same whoever does what.
func spread(workers, n, length int, work func(h *hand) error) error {
	p := pile{n: n, length: length}
	hands := make([]hand, workers)
	defer p.busy.Wait() // also where work panics: nobody is at it when this has returned
	for i := range hands {
		h := &hands[i]
		h.worker, h.pile = i, &p
		if i == 0 {
			continue // this goroutine's
		}
		p.busy.Add(1)
		go func() {
			defer p.busy.Done()
			h.do(work)
		}()
	}
	hands[0].do(work)
	p.busy.Wait()
	first := &hands[0]
	for i := range hands {
		if h := &hands[i]; h.err != nil && (first.err == nil || h.from < first.from) {
			first = h
		}
	}
	return first.err
}

// pile is the work of spread that nobody has taken yet.
type pile struct {
	n, length int
	taken     atomic.Int64
	failed    atomic.Bool
	busy      sync.WaitGroup
}

// hand is a goroutine of spread, and the run that it is at.
type hand struct {
	worker   int // from 0 on
	from, to int
	pile     *pile
	err      error
}

func (h *hand) do(work func(h *hand) error) {
	if h.err = work(h); h.err != nil {
		h.pile.failed.Store(true)
	}
}

// next takes the next run, if there is one.
func (h *hand) next() bool {
	p := h.pile
	if p.failed.Load() {
		return false
	}
	end := int(p.taken.Add(int64(p.length)))
	h.from, h.to = end-p.length, min(end, p.n)
	return h.from < p.n
}

// inRuns is spread where there is no error to have.
func inRuns(workers, n, length int, work func(h *hand)) {
	_ = spread(workers, n, length, func(h *hand) error {
		work(h)
		return nil
	})
}

// progress counts items for Options.Progress. The zero progress counts for
// nobody.
type progress struct {
	mu     sync.Mutex
	report func(items int) error
	items  int
	told   int   // of them
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
