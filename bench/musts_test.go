package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestMustsNamePeersThatExist(t *testing.T) {
	names, list := map[string]bool{}, map[string]int{}
	for i, together := range contestants() {
		for _, e := range together {
			require.False(t, names[e.Name()], "two contestants are called %s", e.Name())
			names[e.Name()], list[e.Name()] = true, i
		}
	}
	growth := map[inCase]quantity{} // one of a contestant, or its rounds would be mixed
	for _, m := range musts() {
		if _, ok := smaller[m.reach]; ok {
			who := inCase{m.name, caseOf{0, m.order}}
			require.Contains(t, []quantity{"", m.reach}, growth[who], m.name)
			growth[who] = m.reach
		}
		require.True(t, m.peer == itselfSmaller || names[m.peer], "no contestant is called %s", m.peer)
		require.True(t, names[m.name], "no contestant is called %s", m.name)
		require.True(t, m.peer == "" || list[m.name] == list[m.peer], "%s and %s have no rounds together", m.name, m.peer)
		require.True(t, strings.HasPrefix(m.name, "ar, "), m.name)
		require.True(t, m.bound != none || m.goFor != none, "%v asks for nothing", m)
	}
}

func TestJudge(t *testing.T) {
	measured := func(name string, n int, seconds float64) *measurement {
		return &measurement{
			caseOf: caseOf{n, byCustomer}, name: name, times: []float64{seconds},
			reads: int64(n) * 12, allocs: 50, heap: 2_500_000,
		}
	}
	ms := []*measurement{
		measured("own", 1000, 2),
		measured("own", million, 9000), // at another time
		measured("peer", 1000, 5),
		measured("memory", 1000, 1),
	}
	growth := []*measurement{measured("own", 1000, 2), measured("own", million, 1000)}
	for _, test := range []struct {
		must
		reached float64
		says    string
		fails   bool
	}{
		{must{"own", 1000, byCustomer, speedOf, "peer", 2.5, none}, 2.5, "ok", false},
		{must{"own", 1000, byCustomer, speedOf, "peer", 2.6, none}, 2.5, "MISSED", true},
		{must{"own", 1000, byCustomer, speedOf, "peer", none, 2.6}, 2.5, "–", false},
		{must{"own", 1000, byCustomer, bandwidthOf, "memory", 0.5, none}, 0.5, "ok", false},
		{must{"own", 1000, byCustomer, bandwidthOf, "memory", 0.6, none}, 0.5, "MISSED", true},
		{must{"own", 1000, byCustomer, heapObjects, "", 50, none}, 50, "ok", false},
		{must{"own", 1000, byCustomer, heapObjects, "", 0, none}, 50, "MISSED", true},
		{must{"own", 1000, byCustomer, heapMegabyte, "", 2.4, none}, 2.5, "MISSED", true},
		{must{"own", 1000, byCustomer, itemTimeOf, "", 2, none}, 2, "ok", false}, // 2 ms against 1 ms
		{must{"own", 1000, byCustomer, itemTimeOf, "", 1.5, none}, 2, "MISSED", true},
		{must{"peer", 1000, byCustomer, itemTimeOf, "", 1.5, none}, 0, "missing", true},
		{must{"own", 1000, randomOrder, speedOf, "peer", 2.5, none}, 0, "missing", true},
		{must{"own", 1000, byCustomer, speedOf, "nobody", 2.5, none}, 0, "missing", true},
		{must{"nobody", 1000, byCustomer, heapObjects, "", 50, none}, 0, "missing", true},
	} {
		v := judge([]must{test.must}, ms, growth)[0]
		require.InDelta(t, test.reached, v.reached, 1e-9, "%v", test.must)
		require.Equal(t, test.says, v.String(), "%v", test.must)
		require.Equal(t, test.fails, v.failed(), "%v", test.must)
	}
}

// What counts is the median of the rounds' ratios, whatever that is made of.
func TestJudgeRoundByRound(t *testing.T) {
	at := func(n int) caseOf { return caseOf{n, byCustomer} }
	own := &measurement{caseOf: at(1000), name: "own", reads: 1000, times: []float64{1, 2, 2, 1, 9}}
	peer := &measurement{caseOf: at(1000), name: "peer", reads: 4000, times: []float64{2, 4, 4, 2, 2}}
	small := &measurement{caseOf: at(million), name: "own", times: []float64{500, 1000, 1000, 500, 500}}
	for reach, want := range map[quantity]float64{speedOf: 2, bandwidthOf: 0.5, itemTimeOf: 2} {
		m := must{"own", 1000, byCustomer, reach, "peer", want, none}
		v := judge([]must{m}, []*measurement{own, peer}, []*measurement{own, small})[0]
		require.InDelta(t, want, v.reached, 1e-9, reach)
	}
}

func TestMedian(t *testing.T) {
	require.InDelta(t, 3, (&measurement{times: []float64{9, 1, 3}}).median(), 0)
	require.InDelta(t, 2, (&measurement{times: []float64{9, 1, 3, 1}}).median(), 0)
}

func TestFigure(t *testing.T) {
	for want, x := range map[string]float64{
		"1,234,568": 1234567.5, "100": 100, "99.9": 99.94, "10.0": 10, "9.99": 9.99, "1.00": 1, "0.125": 0.125, "0": 0,
	} {
		require.Equal(t, want, figure(x))
	}
	require.Equal(t, "1,000", grouped(1000))
	require.Equal(t, "999", grouped(999))
}
