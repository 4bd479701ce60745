package aging

import (
	"iter"
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

// spread calls work on some goroutines at the same time, with runs of [0, n) of
// the length given: each gets the next one when it asks for it, so that none waits
// long for another, whatever else their processors do. After an error there are no
// more runs. It returns the error of the work that was at the first of them, which
// is the same whoever does what.
func spread(workers, n, length int, work func(worker int, runs iter.Seq2[int, int]) error) error {
	if workers == 1 {
		return work(0, func(yield func(from, to int) bool) {
			for from := 0; from < n && yield(from, min(from+length, n)); {
				from += length
			}
		})
	}
	var taken atomic.Int64
	var failed atomic.Bool
	ends := make([]struct {
		at  int // the last run that was begun
		err error
	}, workers)
	do := func(worker int) {
		end := &ends[worker]
		end.err = work(worker, func(yield func(from, to int) bool) {
			for !failed.Load() {
				end.at = int(taken.Add(int64(length))) - length
				if end.at >= n || !yield(end.at, min(end.at+length, n)) {
					return
				}
			}
		})
		if end.err != nil {
			failed.Store(true)
		}
	}
	var wait sync.WaitGroup
	for worker := 1; worker < workers; worker++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			do(worker)
		}()
	}
	defer wait.Wait() // also where work panics: nobody is at it when this has returned
	do(0)
	wait.Wait()
	first := ends[0]
	for _, end := range ends {
		if end.err != nil && (first.err == nil || end.at < first.at) {
			first = end
		}
	}
	return first.err
}

// inRuns is spread where there is no error to have.
func inRuns(workers, n, length int, work func(worker int, runs iter.Seq2[int, int])) {
	_ = spread(workers, n, length, func(worker int, runs iter.Seq2[int, int]) error {
		work(worker, runs)
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
