package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"runtime"
	"runtime/debug"
	"slices"
	"time"
)

// settings say what to measure.
type settings struct {
	contestants func() [][]entry // new ones for every case; those of a list have their rounds together

	sizes      []int
	orders     []order
	rounds     int
	moreRounds int           // times as many in cases that are not large; 0: as many
	slowRounds int           // of slow contestants in large cases
	sample     time.Duration // a round takes at least this long
	servers    bool
	only       *regexp.Regexp // of names; nil: all
	log        io.Writer      // progress
}

// largeCase is the number of items from which on slow contestants take part in
// fewer rounds, and none in more.
const largeCase = 5_000_000

// roundsOf returns the number of rounds of a case of n items.
func (s *settings) roundsOf(n int) int {
	if n >= largeCase {
		return s.rounds
	}
	return s.rounds * max(1, s.moreRounds)
}

// caseOf names a workload.
type caseOf struct {
	n     int
	order order
}

func (c caseOf) String() string { return fmt.Sprintf("%s items, %s", grouped(int64(c.n)), c.order) }

// measurement is what one contestant did in one case.
type measurement struct {
	caseOf
	name     string
	note     string
	otherJob bool
	peer     string
	reads    int64 // bytes that a Run has to read; 0: not told

	times  []float64 // seconds of one Run, from each round
	allocs uint64    // heap objects that a Run makes, in the best round
	heap   uint64    // bytes of them
}

func (m *measurement) sorted() []float64 { return slices.Sorted(slices.Values(m.times)) }

func (m *measurement) median() float64 { return median(m.times) }

func median(all []float64) float64 {
	all = slices.Sorted(slices.Values(all))
	mid := len(all) / 2
	if len(all)%2 == 0 {
		return (all[mid-1] + all[mid]) / 2
	}
	return all[mid]
}

// timesThatOf returns how many times the time of another this one takes: the median
// of what it is in each round, which both had one soon after the other; or, where one
// of them had fewer, the ratio of their medians.
func (m *measurement) timesThatOf(other *measurement) float64 {
	if len(m.times) != len(other.times) {
		return m.median() / other.median()
	}
	var ratios []float64
	for round, took := range m.times {
		ratios = append(ratios, took/other.times[round])
	}
	return median(ratios)
}

// perItem is in nanoseconds.
func (m *measurement) perItem() float64 { return m.median() * 1e9 / float64(m.n) }

// bandwidth is in bytes per second; 0 where that means nothing.
func (m *measurement) bandwidth() float64 { return float64(m.reads) / m.median() }

// seat is a contestant that takes part in a case.
type seat struct {
	entry
	caseOf
	w      *workload
	rounds int
}

// measure measures every case. With an error it returns the cases before.
func (s *settings) measure(ctx context.Context) ([]*measurement, error) {
	var all []*measurement
	for _, n := range s.sizes {
		for _, o := range s.orders {
			c := caseOf{n, o}
			w := newWorkload(c.n, c.order)
			for _, together := range s.contestants() {
				var seats []seat
				for _, e := range together {
					seats = append(seats, seat{e, c, w, s.roundsOf(n)})
				}
				ms, err := s.play(ctx, seats)
				if err != nil {
					return all, fmt.Errorf("%s: %w", c, err)
				}
				all = append(all, ms...)
			}
		}
	}
	return all, nil
}

// measureGrowth measures contestants that musts hold against themselves in a
// smaller case: now in the one, now in the other, so that what the machine does at
// one time and not at another meets both; a few rounds in a row, as the first after
// preparing is slower, more so in the smaller case. The structs of the one are gone
// while the other plays, or the garbage collector would let off those in the smaller.
func (s *settings) measureGrowth(ctx context.Context, all []must) ([]*measurement, error) {
	var ms []*measurement
	for _, o := range s.orders {
		for _, reach := range []quantity{itemTimeOf, smallTimeOf} {
			for _, large := range s.sizes {
				grown, err := s.measurePair(ctx, namesOf(all, reach, caseOf{large, o}), caseOf{smaller[reach], o}, caseOf{large, o})
				if err != nil {
					return nil, err
				}
				ms = append(ms, grown...)
			}
		}
	}
	return ms, nil
}

// measurePair measures the contestants of some names in two cases by turns.
func (s *settings) measurePair(ctx context.Context, names map[string]bool, small, large caseOf) (ms []*measurement, err error) {
	if len(names) == 0 {
		return nil, nil
	}
	cases, workloads := []caseOf{small, large}, []*workload{newWorkload(small.n, small.order), newWorkload(large.n, large.order)}
	found := map[inCase]*measurement{}
	for list := range s.contestants() {
		for range s.rounds {
			for i, c := range cases {
				var seats []seat
				for _, e := range s.contestants()[list] { // new ones, who hold nothing
					if names[e.Name()] {
						seats = append(seats, seat{e, c, workloads[i], s.roundsOf(large.n) / s.rounds})
					}
				}
				played, err := s.play(ctx, seats)
				if err != nil {
					return nil, fmt.Errorf("%s: %w", c, err)
				}
				for _, m := range played {
					if before := found[inCase{m.name, c}]; before != nil {
						before.times = append(before.times, m.times...)
						continue
					}
					found[inCase{m.name, c}] = m
					ms = append(ms, m)
				}
			}
		}
	}
	return ms, nil
}

// play measures contestants together. What others hold does not slow the garbage
// collector down for them.
func (s *settings) play(ctx context.Context, seats []seat) (ms []*measurement, err error) {
	if len(seats) == 0 {
		return nil, nil
	}
	start := time.Now()
	say := func(format string, args ...any) {
		fmt.Fprintf(s.log, "%3.0fs: %s\n", time.Since(start).Seconds(), fmt.Sprintf(format, args...))
	}
	defer debug.FreeOSMemory()
	var runners []*runner
	defer func() {
		for _, r := range runners {
			err = errors.Join(err, r.close())
		}
	}()
	most := 0
	for _, p := range seats {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if !s.wants(&p.entry) {
			continue
		}
		say("%s: prepare %s", p.caseOf, p.Name())
		r := s.newRunner(p)
		runners = append(runners, r)
		if err := r.prepare(p.w, s.sample); errors.Is(err, errAbsent) {
			say("%s: %v", p.Name(), err)
			r.rounds = 0
			continue
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", p.Name(), err)
		}
		ms = append(ms, r.measurement)
		most = max(most, r.rounds)
		if p.n >= largeCase { // what preparing leaves would be as much again
			debug.FreeOSMemory()
		}
	}
	for _, p := range seats {
		p.w.separate, p.w.shared = nil, nil // who needs them has them
	}
	runners = nextToPeers(runners, musts())
	runtime.GC()
	var garbage uint64
	for round := 1; slices.ContainsFunc(runners, (*runner).running); round++ {
		say("%s: round %d of %d", seats[0].caseOf, round, most)
		if err := playRound(ctx, runners, &garbage); err != nil {
			return nil, err
		}
		slices.Reverse(runners) // so that nobody always comes after the same one
	}
	return ms, nil
}

// nextToPeers puts those whom musts compare, of whatever case, next to each other or
// near.
func nextToPeers(runners []*runner, all []must) []*runner {
	var line []*runner
	var join func(r *runner)
	join = func(r *runner) {
		if slices.Contains(line, r) {
			return
		}
		line = append(line, r)
		for _, m := range all {
			for _, other := range runners {
				if m.name == r.name && m.peer == other.name || m.name == other.name && m.peer == r.name {
					join(other)
				}
			}
		}
	}
	for _, r := range runners {
		join(r)
	}
	return line
}

func (s *settings) wants(e *entry) bool {
	return (s.servers || !e.server) && (s.only == nil || s.only.MatchString(e.Name()))
}

// playRound lets all contestants that still run do so once, one after another,
// so that what else the machine does meets all of them alike. Garbage is how much
// of it the turns have left.
func playRound(ctx context.Context, runners []*runner, garbage *uint64) error {
	for _, r := range runners {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if !r.running() {
			continue
		}
		if err := r.round(garbage); err != nil {
			return fmt.Errorf("%s: %w", r.name, err)
		}
	}
	return nil
}

// runner is a contestant in a case.
type runner struct {
	entry
	*measurement
	want   *result
	brief  bool // slow in this case: no warm-up
	rounds int  // still to go
	batch  int  // runs in a round
}

func (s *settings) newRunner(p seat) *runner {
	r := &runner{
		entry:       p.entry,
		measurement: &measurement{caseOf: p.caseOf, name: p.Name(), otherJob: p.otherJob, peer: p.peer},
		want:        p.w.want,
		brief:       p.slow && p.n >= largeCase,
		rounds:      p.rounds,
		batch:       1,
	}
	if p.bytes != nil {
		r.reads = p.bytes(p.n)
	}
	if r.brief {
		r.rounds = min(s.rounds, s.slowRounds)
	}
	return r
}

func (r *runner) running() bool { return r.rounds > 0 }

// prepare also checks the first answer, and finds out how many runs make a
// round that is long enough for the clock.
func (r *runner) prepare(w *workload, sample time.Duration) error {
	if err := r.Prepare(w); err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	if r.brief {
		return nil
	}
	if err := r.Run(); err != nil {
		return err
	}
	if err := r.verify(); err != nil {
		return err
	}
	for {
		start := time.Now()
		if err := r.runBatch(); err != nil {
			return err
		}
		if time.Since(start) >= sample {
			return nil
		}
		r.batch *= 2
	}
}

func (r *runner) runBatch() error {
	for range r.batch {
		if err := r.Run(); err != nil {
			return err
		}
	}
	return nil
}

// little garbage is left where it is: no turn is long enough for it to matter.
const little = 1 << 20

// round takes the time. After the last one it checks the answer and lets go of
// what the contestant holds.
func (r *runner) round(garbage *uint64) error {
	if *garbage > little {
		runtime.GC()
		*garbage = 0
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	err := r.runBatch()
	took := time.Since(start).Seconds()
	runtime.ReadMemStats(&after)
	if err != nil {
		return err
	}
	*garbage += after.TotalAlloc - before.TotalAlloc
	batch := uint64(r.batch)
	allocs, heap := (after.Mallocs-before.Mallocs)/batch, (after.TotalAlloc-before.TotalAlloc)/batch
	if len(r.times) == 0 || allocs < r.allocs {
		r.allocs, r.heap = allocs, heap
	}
	r.times = append(r.times, took/float64(r.batch))
	if r.rounds--; r.running() {
		return nil
	}
	if err := r.verify(); err != nil {
		return err
	}
	return r.close()
}

// verify compares the answer of the last Run with the right one.
func (r *runner) verify() error {
	got, err := r.Result()
	if err != nil || got == nil {
		return err
	}
	return r.want.check(got)
}

// close lets go of the contestant and all it holds. Only the measurement stays.
func (r *runner) close() (err error) {
	if n, ok := r.contestant.(noter); ok {
		r.note = n.Note()
	}
	if c, ok := r.contestant.(closer); ok {
		err = c.Close()
	}
	r.contestant = nil
	return err
}
