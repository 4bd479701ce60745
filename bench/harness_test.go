package main

import (
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// fake is a contestant that says what it is asked to.
type fake struct {
	name     string
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
	s.contestants = func() [][]entry {
		var together []entry
		for _, f := range fakes {
			together = append(together, entry{contestant: f, server: strings.HasPrefix(f.name, "server")})
		}
		return [][]entry{together}
	}
	s.log = io.Discard
	return s.measure(t.Context())
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

	ms := writeVerdicts(io.Discard, judge(musts(), nil))
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
