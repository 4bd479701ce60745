package aging

import (
	"sync"
	"sync/atomic"
)

// spread calls work on some goroutines at the same time, each with a hand of its
// own. Work takes pieces of [0, n), of the length given, by hand.next until there
// are none, and returns the error of the piece that it is at. So no goroutine waits
// long for another, whatever else their processors do.
//
// After an error no more pieces are given out. It returns the error of the first
// piece that has one; but for those of Options.Progress, which may come at any
// piece, that is the same whoever takes what.
func spread(workers, n, length int, work func(h *hand) error) error {
	p := pile{n: n, length: length}
	hands := make([]hand, workers)
	defer func() { // also where work panics: nobody is at it when this has returned
		p.failed.Store(true)
		p.busy.Wait()
	}()
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

// pile is the pieces that nobody has taken yet.
type pile struct {
	n, length int
	taken     atomic.Int64
	failed    atomic.Bool
	busy      sync.WaitGroup
}

// hand is a goroutine of spread, and the piece that it is at.
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

// next takes the next piece, if there is one.
func (h *hand) next() bool {
	p := h.pile
	if p.failed.Load() {
		return false
	}
	end := int(p.taken.Add(int64(p.length)))
	h.from, h.to = end-p.length, min(end, p.n)
	return h.from < p.n
}

// inPieces is spread where there is no error to have.
func inPieces(workers, n, length int, work func(h *hand)) {
	_ = spread(workers, n, length, func(h *hand) error {
		work(h)
		return nil
	})
}
