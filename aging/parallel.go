package aging

import "sync"

// Where work is split, and where it is looked up from.
const (
	minShare      = 50_000 // fewer items are not worth a goroutine
	minRows       = 10_000 // nor are fewer rows to be merged
	progressEvery = 1 << 16
)

// shares returns how many goroutines to use for n items.
func (o *Options) shares(n int) int { return max(1, min(o.Workers, n/minShare)) }

// eachShare calls f for runs of [0, n) of about the same length, at the same time,
// and returns the error of the first run that has one.
func eachShare(shares, n int, f func(share, from, to int) error) error {
	if shares == 1 {
		return f(0, 0, n)
	}
	errs := make([]error, shares)
	var wait sync.WaitGroup
	for i := 1; i < shares; i++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			errs[i] = f(i, i*n/shares, (i+1)*n/shares)
		}()
	}
	defer wait.Wait() // also where f panics: nobody is at work when this has returned
	errs[0] = f(0, 0, n/shares)
	wait.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// inShares is eachShare where there is no error to have.
func inShares(shares, n int, f func(from, to int)) {
	_ = eachShare(shares, n, func(_, from, to int) error {
		f(from, to)
		return nil
	})
}

// progress counts items for Options.Progress. The zero progress counts for
// nobody.
type progress struct {
	mu     sync.Mutex
	report func(items int) error
	items  int
	err    error // that ended the run
}

// add reports n more items, and returns the error that the run is to end with.
func (p *progress) add(n int) error {
	if p.report == nil {
		return nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.err == nil {
		p.items += n
		p.err = p.report(p.items)
	}
	return p.err
}
