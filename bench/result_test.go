package main

import (
	"fmt"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
)

func TestBucketOf(t *testing.T) {
	for offset, want := range map[int]int{
		-60: 0, -1: 0, 0: 1, 1: 2, 30: 2, 31: 3, 60: 3, 61: 4, 90: 4, 91: 5, 120: 5, 121: 6, 400: 6,
	} {
		require.Equal(t, want, bucketOf(offset), offset)
	}
}

// The reference answer against another that shares nothing with it: package
// time, texts as keys, integers of any size.
func TestReferenceIsRight(t *testing.T) {
	w := newWorkload(5000, randomOrder)
	rows := map[string]*[bucketCount]big.Int{}
	var totals [bucketCount]big.Int
	for i, c := range w.customer {
		id := fmt.Sprintf("customer %d", c)
		if rows[id] == nil {
			rows[id] = new([bucketCount]big.Int)
		}
		bucket := 6
		days := int(w.asOf.Time().Sub(w.due[i].Time()) / (24 * time.Hour))
		for b, last := range []int{-1, 0, 30, 60, 90, 120} {
			if days <= last {
				bucket = b
				break
			}
		}
		cents := big.NewInt(w.cents[i])
		rows[id][bucket].Add(&rows[id][bucket], cents)
		totals[bucket].Add(&totals[bucket], cents)
	}
	require.Len(t, w.want.rows, len(rows))
	for c := range w.want.rows {
		for b := range bucketCount {
			require.Equal(t, rows[fmt.Sprintf("customer %d", c)][b].String(), big.NewInt(w.want.rows[c][b]).String())
		}
	}
	for b := range bucketCount {
		require.Equal(t, totals[b].String(), big.NewInt(w.want.totals[b]).String())
	}
}

func TestCheckFindsEveryDifference(t *testing.T) {
	want := newResult(2)
	require.NoError(t, want.addRow(0, amounts{1: 500}))
	require.NoError(t, want.addRow(1, amounts{1: 7, 6: 100}))
	require.Equal(t, amounts{1: 507, 6: 100}, want.totals)
	require.NoError(t, want.check(want))
	require.NoError(t, want.check(&result{totals: want.totals}), "grand totals only")

	for name, wrong := range map[string]*result{
		"a cent":          {rows: []amounts{{1: 500}, {1: 7, 6: 101}}, totals: want.totals},
		"another bucket":  {rows: []amounts{{1: 500}, {1: 7, 5: 100}}, totals: want.totals},
		"a missing row":   {rows: []amounts{{1: 500}, {}}, totals: want.totals},
		"too few rows":    {rows: []amounts{{1: 500}}, totals: want.totals},
		"no rows at all":  {rows: []amounts{}, totals: want.totals},
		"a wrong total":   {rows: want.rows, totals: amounts{1: 507, 6: 99}},
		"totals and rows": {rows: want.rows, totals: amounts{1: 1014, 6: 200}},
	} {
		require.Error(t, want.check(wrong), name)
	}
}

func TestAddRowRefuses(t *testing.T) {
	r := newResult(2)
	require.NoError(t, r.addRow(1, amounts{0: 1}))
	require.ErrorContains(t, r.addRow(1, amounts{0: 1}), "two rows")
	require.ErrorContains(t, r.addRow(2, amounts{0: 1}), "there are 2")
	require.ErrorContains(t, r.addRow(-1, amounts{0: 1}), "there are 2")
}

// The table and the clamp of the limit loop against the chain of comparisons,
// also for days that lie beyond the table.
func TestLimitLoopFindsTheBucket(t *testing.T) {
	w := newWorkload(20, byCustomer)
	l := &limitLoop{threads: 1}
	require.NoError(t, l.Prepare(w))
	for offset := -2000; offset <= 2000; offset++ {
		due := w.asOf - ar.Date(offset)
		require.Equal(t, bucketOf(offset), int(l.table[clamp(int32(due-l.low))]), offset)
	}
}
