package aging_test

import (
	"fmt"
	"runtime"
	"slices"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// Whatever a report was made of, in however many parts, or if it failed: the next
// one that takes its memory says the same as one in fresh memory, and what was
// made of it says what it said.
func TestReuseNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reused := new(aging.Report)
		for range rapid.IntRange(2, 5).Draw(t, "reports") {
			items, opt := genItems.Draw(t, "items"), genOptions.Draw(t, "options")
			if rapid.IntRange(0, 9).Draw(t, "many") == 0 && len(items) > 0 {
				items = manyOf(t, items, 100_000)
			}
			opt.Workers = rapid.IntRange(0, 3).Draw(t, "workers")
			way := rapid.SampledFrom([]func([]ledger.Item, aging.Options) (*aging.Report, error){
				aging.Compute, aging.Compute, asSource, asColumns,
			}).Draw(t, "way")
			want, err := way(items, opt)
			require.NoError(t, err)
			said, clone := names(reused), reused.Clone()
			before := clone.Clone()
			opt.Reuse = reused
			if rapid.IntRange(0, 4).Draw(t, "fails") == 0 {
				bad := slices.Concat(items, make([]ledger.Item, 1))
				_, err := aging.Compute(bad, opt)
				require.ErrorIs(t, err, ledger.ErrNoCustomer)
				require.Zero(t, reused.Len(), "the memory is gone")
			}
			got, err := way(items, opt)
			require.NoError(t, err)
			require.Empty(t, gocmp.Diff(want, got))
			require.Equal(t, names(want), names(got), "the order of the rows")
			require.Equal(t, said, names(clone))
			require.True(t, before.Equal(clone))
			reused = got
		}
	})
}

func asSource(items []ledger.Item, opt aging.Options) (*aging.Report, error) {
	return aging.ComputeSeq(ledger.Items(items), opt)
}

func asColumns(items []ledger.Item, opt aging.Options) (*aging.Report, error) {
	c, _ := columnsOf(items)
	opt.Group = aging.Group{}
	return aging.ComputeColumns(c, opt)
}

// What was made of a report stays, when that gives its memory away, and a detail
// takes none.
func TestWhatIsMadeOfAReportOutlivesIt(t *testing.T) {
	items := []ledger.Item{item("C1", "1", "2026-06-29", "1.00 EUR"), item("C2", "2", "2026-06-29", "2.00 USD")}
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Reuse: new(aging.Report)}
	r, err := aging.Compute(items, opt)
	require.NoError(t, err)
	kept := r.Clone()
	treated, err := r.Treat(aging.CreditsAged)
	require.NoError(t, err)
	opt.Reuse = r
	_, err = aging.NewDetail(ledger.Items(items), opt, "C1")
	require.NoError(t, err)
	require.Equal(t, 2, r.Len())
	_, err = aging.Compute([]ledger.Item{item("D1", "1", "2026-06-29", "7.00 USD"), item("D2", "2", "2026-06-29", "7.00 USD")}, opt)
	require.NoError(t, err)
	require.Equal(t, []string{"C1 EUR", "C2 USD"}, names(kept))
	require.Equal(t, []string{"C1 EUR", "C2 USD"}, names(treated))
}

// allocated returns how many bytes f takes.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestReuseTakesTheMemoryOfEveryGoroutine(t *testing.T) {
	items := manyItems(100_000)
	for i := range items {
		items[i].Customer = fmt.Sprintf("C%04d", i*7919%5000)
	}
	for _, credits := range []bool{false, true} {
		if credits {
			items[0].Outstanding = items[0].Outstanding.Neg()
		}
		for _, workers := range []int{1, 2} {
			opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Workers: workers, Reuse: new(aging.Report)}
			compute := func() uint64 {
				return allocated(func() {
					r, err := aging.Compute(items, opt)
					require.NoError(t, err)
					opt.Reuse = r
				})
			}
			fresh, again := compute(), compute()
			require.Less(t, 5*again, fresh, "%d bytes, and %d in fresh memory", again, fresh)
		}
	}
}

// The room for rows follows what items there were, in whatever order.
func TestRoomForRowsOfMixedOrder(t *testing.T) {
	items := manyItems(400_000)
	for i := range items {
		if i < 100_000 {
			items[i].Customer = fmt.Sprintf("A%07d", i*7919%7700)
		} else {
			items[i].Customer = fmt.Sprintf("C%07d", i/20)
		}
	}
	bytes := allocated(func() {
		r, err := aging.Compute(items, aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()})
		require.NoError(t, err)
		require.Equal(t, 22_700, r.Len())
	})
	require.Less(t, bytes, uint64(32<<20))
}
