package main

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// fake is a contestant that says what it is asked to.
type fake struct {
	name     string
	turns    *[]string // where to write that it ran; nil: nowhere
	answer   func(w *workload) *result
	absent   bool
	w        *workload
	runs     int
	closings int
}

func (f *fake) Name() string { return f.name }

func (f *fake) Prepare(w *workload) error {
	if f.absent {
		return fmt.Errorf("%w: not installed", errAbsent)
	}
	f.w = w
	return nil
}

func (f *fake) Run() error {
	f.runs++
	if f.turns != nil {
		*f.turns = append(*f.turns, f.name)
	}
	return nil
}

func (f *fake) Result() (*result, error) { return f.answer(f.w), nil }

func (f *fake) Close() error {
	f.closings++
	return nil
}

func right(w *workload) *result { return w.want }

func wrong(w *workload) *result {
	return &result{totals: amounts{0: w.want.totals[0] + 1}}
}

func measureFakes(t *testing.T, s settings, fakes ...*fake) ([]*measurement, error) {
	t.Helper()
	s.contestants = func() [][]entry { return [][]entry{entriesOf(fakes...)} }
	s.log = io.Discard
	return s.measure(t.Context())
}

func entriesOf(fakes ...*fake) (all []entry) {
	for _, f := range fakes {
		all = append(all, entry{contestant: f, server: strings.HasPrefix(f.name, "server")})
	}
	return all
}

func TestMeasure(t *testing.T) {
	s := settings{sizes: []int{100}, orders: []order{randomOrder}, rounds: 3}
	a, b, server := &fake{name: "a", answer: right}, &fake{name: "b", absent: true}, &fake{name: "server", answer: right}
	ms, err := measureFakes(t, s, a, b, server)
	require.NoError(t, err)
	require.Len(t, ms, 1, "b is absent, and servers were not asked for")
	require.Equal(t, "a", ms[0].name)
	require.Len(t, ms[0].times, 3)
	require.Equal(t, 5, a.runs, "one to see whether it is right, one to see how long it takes, three rounds")
	require.Equal(t, 1, a.closings)
	require.Equal(t, 1, b.closings)
	require.Zero(t, server.closings)
}

func TestMoreRoundsWhereTheyAreShort(t *testing.T) {
	s := settings{sizes: []int{100}, orders: []order{randomOrder}, rounds: 3, moreRounds: 2}
	ms, err := measureFakes(t, s, &fake{name: "a", answer: right})
	require.NoError(t, err)
	require.Len(t, ms[0].times, 6)
	require.Equal(t, 3, s.roundsOf(largeCase))
}

// Who is held against himself in a smaller case has his rounds there and here by
// turns, and nobody else has any.
func TestMeasureGrowth(t *testing.T) {
	var turns []string
	s := settings{sizes: []int{200, 300}, orders: []order{randomOrder}, rounds: 2, moreRounds: 2, log: io.Discard}
	s.contestants = func() [][]entry {
		turn := func(w *workload) *result {
			turns = append(turns, fmt.Sprint(len(w.due)))
			return w.want
		}
		b := &fake{name: "b", answer: wrong}
		return [][]entry{entriesOf(b), entriesOf(&fake{name: "a", answer: turn}, b)}
	}
	ms, err := s.measureGrowth(t.Context(), []must{
		{"a", 200, randomOrder, smallTimeOf, itselfSmaller, 1.3, none},
		{"a", 200, byCustomer, smallTimeOf, itselfSmaller, 1.3, none},
		{"b", 200, randomOrder, heapObjects, "", 100, none},
		{"b", 400, randomOrder, itemTimeOf, itselfSmaller, 1.5, none},
	})
	require.NoError(t, err)
	require.Len(t, ms, 2)
	require.Equal(t, caseOf{hundredThousand, randomOrder}, ms[0].caseOf)
	require.Equal(t, caseOf{200, randomOrder}, ms[1].caseOf)
	for _, m := range ms {
		require.Equal(t, "a", m.name)
		require.Len(t, m.times, 4)
	}
	there, here := []string{"100000", "100000"}, []string{"200", "200"} // the first and the last answer
	require.Equal(t, slices.Repeat(slices.Concat(there, here), 2), turns)
}

// Those whom musts compare have their turns one after another, forth and back; the
// tables are in the order of the contestants.
func TestTurnsNextToPeers(t *testing.T) {
	var turns []string
	var fakes []*fake
	for _, name := range []string{nameDuck2, nameLimit1, "other", nameColumns1, nameKept} {
		fakes = append(fakes, &fake{name: name, answer: right, turns: &turns})
	}
	ms, err := measureFakes(t, settings{sizes: []int{100}, orders: []order{randomOrder}, rounds: 3}, fakes...)
	require.NoError(t, err)
	var names []string
	for _, m := range ms {
		names = append(names, m.name)
	}
	require.Equal(t, []string{nameDuck2, nameLimit1, "other", nameColumns1, nameKept}, names)
	forth := []string{nameDuck2, nameKept, nameLimit1, nameColumns1, "other"}
	back := slices.Clone(forth)
	slices.Reverse(back)
	require.Equal(t, slices.Concat(forth, back, forth), turns[2*len(fakes):], "after two runs each to prepare")
}

func TestMeasureRefusesAWrongAnswer(t *testing.T) {
	s := settings{sizes: []int{100}, orders: []order{randomOrder}, rounds: 1}
	other, cheat := &fake{name: "other", answer: right}, &fake{name: "cheat", answer: wrong}
	_, err := measureFakes(t, s, other, cheat)
	require.ErrorContains(t, err, "cheat: grand totals")
	require.Equal(t, 1, other.closings)
	require.Equal(t, 1, cheat.closings)
}

func TestMeasureOnly(t *testing.T) {
	s := settings{sizes: []int{100}, orders: []order{byCustomer}, rounds: 1, only: regexp.MustCompile("^a")}
	ms, err := measureFakes(t, s, &fake{name: "a", answer: right}, &fake{name: "b", answer: wrong})
	require.NoError(t, err)
	require.Len(t, ms, 1)
}

func TestBenchPrintsATableAndFailsOnMusts(t *testing.T) {
	var out strings.Builder
	require.NoError(t, bench(t.Context(), []string{"-n", "2000", "-rounds", "1", "-only", "limit|int64"}, &out, io.Discard))
	require.Contains(t, out.String(), "### 2,000 items, random")
	require.Equal(t, 2, strings.Count(out.String(), "| limit loop, 2 threads |"))
	require.Equal(t, 2, strings.Count(out.String(), "| plain Go, int64 cents |"))
	require.NotContains(t, out.String(), "DuckDB,")

	ms := writeVerdicts(io.Discard, judge(musts(), nil, nil))
	require.Positive(t, ms, "nothing measured is nothing reached")
}

func TestParseRefuses(t *testing.T) {
	for _, args := range []string{"-n 0", "-n x", "-orders sideways", "-rounds 0", "-slow-rounds 0", "-small -check", "-only (", "more"} {
		_, _, err := parse(strings.Fields(args), io.Discard)
		require.Error(t, err, args)
	}
	s, check, err := parse([]string{"-check"}, io.Discard)
	require.NoError(t, err)
	require.True(t, check)
	require.Equal(t, []int{10_000, 100_000, 1_000_000, 10_000_000}, s.sizes)
	_, _, err = parse([]string{"-n", "5,x"}, io.Discard)
	require.ErrorContains(t, err, `"x"`)
	require.NotErrorIs(t, err, errMissed)
}

// Of two that meet a slow machine in the same rounds, the ratio is that of the
// rounds.
func TestRatioRoundByRound(t *testing.T) {
	a := &measurement{times: []float64{1, 2, 2, 1, 9}}
	b := &measurement{times: []float64{2, 4, 4, 2, 2}}
	require.InDelta(t, 2, b.timesThatOf(a), 1e-9)
	require.InDelta(t, 0.5, a.timesThatOf(b), 1e-9)
	b.times = b.times[:3] // two fewer
	require.InDelta(t, 2, b.timesThatOf(a), 1e-9, "4 of the median against 2")
	require.InDelta(t, 0.5, a.timesThatOf(b), 1e-9)
}

func TestRoundsNextToPeers(t *testing.T) {
	var runners []*runner
	for _, name := range []string{"a", "b", "c", "d", "peer of c", "peer of both", "another of a"} {
		runners = append(runners, &runner{measurement: &measurement{name: name}})
	}
	var names []string
	for _, r := range nextToPeers(runners, []must{
		{name: "a", peer: "peer of both"},
		{name: "a", peer: "another of a"},
		{name: "b", peer: "nobody"},
		{name: "c", peer: "peer of c"},
		{name: "d", peer: "peer of both"},
		{name: "d", reach: heapObjects},
	}) {
		names = append(names, r.name)
	}
	require.Equal(t, []string{"a", "peer of both", "d", "another of a", "b", "c", "peer of c"}, names)
}
