package storetest

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/openreceivables/ar/store"
)

// patience is how long a case may take before it is taken for hanging.
const patience = time.Minute

// Test tests the stores that open returns. Each must be empty, and is used by
// one subtest only, to whose end open may tie its cleaning up.
func Test(t *testing.T, open func(t testing.TB) store.Store) {
	t.Helper()
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			if err := c.check(t.Context(), open(t), patience); err != nil {
				t.Error(err)
			}
		})
	}
}

// testCase is one promise and how to put it to the test.
type testCase struct {
	name, promise string
	run           func(*probe)
}

func cases() []testCase {
	var all []testCase
	for _, part := range [][]testCase{itemCases, accountCases, postCases, redateCases, postingCases, recordCases, profileCases, everyCases} {
		all = append(all, part...)
	}
	return all
}

// check returns an error that explains what went wrong.
func (c *testCase) check(ctx context.Context, s store.Store, limit time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	p := &probe{ctx: context.WithoutCancel(ctx), store: s}
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer func() {
			if r := recover(); r != nil {
				p.fail("no panic", fmt.Sprintf("panic: %v\n%s", r, debug.Stack()))
			}
		}()
		c.run(p)
	}()
	select {
	case <-done:
	case <-ctx.Done():
		p.fail("that it comes back", "nothing after "+limit.String()+"; it waits for ever, may be for itself")
	}
	return p.report(c.promise)
}

// probe does things to a store, notes what it did, and stops at the first that
// does not come out as promised: from then on its methods do nothing.
type probe struct {
	//nolint:containedctx // of one run of one case
	ctx   context.Context
	store store.Store

	mu        sync.Mutex
	steps     []string
	want, got string
	failed    bool
}

// step notes what is done next, and reports whether to do it.
func (p *probe) step(format string, args ...any) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.failed {
		p.steps = append(p.steps, fmt.Sprintf(format, args...))
	}
	return !p.failed
}

func (p *probe) fail(want, got string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.failed {
		p.failed, p.want, p.got = true, want, got
	}
}

// equal fails unless what came is what should have come.
func (p *probe) equal(got, want string) {
	if got != want {
		p.fail(want, got)
	}
}

// lines is equal for several lines. Of long lists it tells the first line that
// differs.
func (p *probe) lines(got, want []string) {
	const most = 25 // lines shown
	if max(len(got), len(want)) <= most {
		p.equal(block(got), block(want))
		return
	}
	i := 0
	for i < min(len(got), len(want)) && got[i] == want[i] {
		i++
	}
	if i < max(len(got), len(want)) {
		p.fail(line(want, i), line(got, i))
	}
}

func line(lines []string, i int) string {
	if i == len(lines) {
		return fmt.Sprintf("%d lines and no more", i)
	}
	return fmt.Sprintf("%d lines, of which line %d is %s", len(lines), i+1, lines[i])
}

func block(lines []string) string {
	if len(lines) == 0 {
		return "nothing"
	}
	return strings.Join(lines, "\n")
}

// no fails where there is an error.
func (p *probe) no(err error) {
	if err != nil {
		p.fail("no error", err.Error())
	}
}

// is fails unless the error is as wanted.
func (p *probe) is(err, want error) {
	switch {
	case err == nil:
		p.fail(fmt.Sprintf("the error %q", want), "no error")
	case !errors.Is(err, want):
		p.fail(fmt.Sprintf("the error %q, as errors.Is finds it", want), err.Error())
	}
}

// report explains what went wrong, or returns nil.
func (p *probe) report(promise string) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.failed {
		return nil
	}
	const most = 12 // steps shown
	var done []string
	for i, s := range p.steps {
		if skipped := len(p.steps) - most; i >= skipped {
			done = append(done, fmt.Sprintf("%d. %s", i+1, s))
		}
	}
	var b strings.Builder
	for _, part := range []struct{ name, text string }{
		{"promised", promise}, {"done", block(done)}, {"want", p.want}, {"got", p.got},
	} {
		fmt.Fprintf(&b, "\n%-10s%s", part.name+":", strings.ReplaceAll(part.text, "\n", "\n"+strings.Repeat(" ", 10)))
	}
	return errors.New(b.String())
}
