package aging_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

func manyItems(n int) []ledger.Item {
	items := make([]ledger.Item, n)
	for i := range items {
		items[i] = item(fmt.Sprintf("C%04d", i%1000), "1", "2026-06-29", "1.00 EUR")
	}
	return items
}

func TestProgressCountsAllItemsAndCancels(t *testing.T) {
	items := manyItems(200_000)
	for _, workers := range []int{0, 1, 2, 3} {
		last, calls := 0, 0
		opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Workers: workers}
		opt.Progress = func(n int) error {
			require.Greater(t, n, last)
			last = n
			calls++
			return nil
		}
		_, err := aging.Compute(items, opt)
		require.NoError(t, err)
		require.Equal(t, len(items), last)
		require.GreaterOrEqual(t, calls, 4)
		last, calls = 0, 0
		_, err = aging.ComputeSeq(ledger.Items(items), opt)
		require.NoError(t, err)
		require.Equal(t, len(items), last)
		require.GreaterOrEqual(t, calls, 4)

		ctx, cancel := context.WithCancel(t.Context())
		opt.Progress = func(int) error {
			cancel()
			return ctx.Err()
		}
		_, err = aging.Compute(items, opt)
		require.ErrorIs(t, err, context.Canceled)
		_, err = aging.ComputeSeq(ledger.Items(items), opt)
		require.ErrorIs(t, err, context.Canceled)
	}
}

func TestFirstBadItemIsNamedWhateverTheWorkers(t *testing.T) {
	items := manyItems(200_000)
	items[120_000].Customer, items[180_000].Customer = "", ""
	for _, workers := range []int{0, 2, 4} {
		_, err := aging.Compute(items, aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Workers: workers})
		require.EqualError(t, err, `item 120000: item "1" of customer "": no customer ID`)
	}
}
