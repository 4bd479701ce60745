package aging_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
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
		require.GreaterOrEqual(t, calls, 3)
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

// What Progress is told last of all can end the run too.
func TestProgressOfFewItems(t *testing.T) {
	items := manyItems(10)
	columns, _ := columnsOf(items)
	told := 0
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Progress: func(n int) error {
		told = n
		return context.Canceled
	}}
	for name, compute := range map[string]func() error{
		"Compute":        func() error { _, err := aging.Compute(items, opt); return err },
		"ComputeSeq":     func() error { _, err := aging.ComputeSeq(ledger.Items(items), opt); return err },
		"ComputeColumns": func() error { _, err := aging.ComputeColumns(columns, opt); return err },
		"NewBook":        func() error { _, err := aging.NewBook(items, opt); return err },
	} {
		told = 0
		require.ErrorIs(t, compute(), context.Canceled, name)
		require.Equal(t, 10, told, name)
	}
	told = -1
	_, err := aging.Compute(nil, opt)
	require.NoError(t, err)
	require.Equal(t, -1, told, "no items, no call")
}

func TestFirstBadItemIsNamedWhateverTheWorkers(t *testing.T) {
	items := manyItems(200_000)
	items[120_000].Customer, items[180_000].Customer = "", ""
	for _, workers := range []int{0, 2, 4} {
		_, err := aging.Compute(items, aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Workers: workers})
		require.EqualError(t, err, `item 120000: item "1" of customer "": no customer ID`)
	}
}

// The goroutines' rows are so many that they are brought together by several at a
// time: most have one already, and some are new.
func TestPartsOfManyRows(t *testing.T) {
	const half = 75_000
	plain := func() []ledger.Item {
		items := make([]ledger.Item, 2*half)
		for i := range items {
			customer := i * 7919 % 30_000
			if i >= half {
				customer = i * 7919 % 45_000
			}
			items[i] = item(fmt.Sprintf("C%07d", customer), "1", "2026-06-29", "1.00 EUR")
			items[i].Due -= ar.Date(i % 150)
		}
		return items
	}
	for name, change := range map[string]func(items []ledger.Item){
		"plain": func([]ledger.Item) {},
		"credits come late": func(items []ledger.Item) {
			items[half+7].Outstanding = items[half+7].Outstanding.Neg()
		},
		"sums beyond 64 bits": func(items []ledger.Item) {
			for _, i := range []int{3, 4, half + 3, half + 4, 2*half - 1} {
				items[i].Outstanding = ar.MustMoney("92233720368547758.07 EUR")
			}
		},
		"every sum beyond 64 bits": func(items []ledger.Item) {
			for i := range items {
				items[i].Outstanding = ar.MustMoney("92233720368547758.07 EUR")
			}
		},
		"long IDs": func(items []ledger.Item) {
			for i := range items {
				items[i].Customer = "customer " + items[i].Customer
			}
		},
		"two currencies": func(items []ledger.Item) {
			for i := range items {
				if i%3 == 0 {
					items[i].Outstanding = ar.MustMoney("100 JPY")
				}
			}
		},
		"each goroutine's by customer": func(items []ledger.Item) {
			for _, share := range [][]ledger.Item{items[:half], items[half:]} {
				slices.SortStableFunc(share, func(a, b ledger.Item) int { return strings.Compare(a.Customer, b.Customer) })
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			items := plain()
			change(items)
			opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Workers: 1}
			want, err := aging.Compute(items, opt)
			require.NoError(t, err)
			require.GreaterOrEqual(t, want.Len(), 45_000)
			opt.Reuse = new(aging.Report)
			for _, workers := range []int{2, 3, 2} {
				opt.Workers = workers
				got, err := aging.Compute(items, opt)
				require.NoError(t, err)
				require.True(t, want.Equal(got), "%d workers", workers)
				require.Equal(t, names(want), names(got), "%d workers: the order of the rows", workers)
				opt.Reuse = got
			}
		})
	}
}

// Rows that are known take no room, those of reports by customer neither. Columns
// that have a key twice have one row for it when they are merged.
func TestMergeOfWhatIsKnown(t *testing.T) {
	items := make([]ledger.Item, 50_000)
	for i := range items {
		items[i] = item(fmt.Sprintf("C%07d", i), "1", "2026-06-29", "1.00 EUR")
	}
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	r, err := aging.Compute(items, opt)
	require.NoError(t, err)
	merge := func(reports ...*aging.Report) (m *aging.Report) {
		m, err := aging.Merge(reports...)
		require.NoError(t, err)
		return m
	}
	one := allocated(func() { merge(r) })
	two := allocated(func() { require.Equal(t, r.Len(), merge(r, r).Len()) })
	require.Less(t, two, one+one/2)

	twice, err := aging.ComputeColumns(aging.Columns{
		Keys: []string{"A", "B", "A"}, Key: []int32{0, 1, 2, 2}, Due: []ar.Date{9, 9, 9, 9}, Amount: []int64{1, 2, 3, 4},
		Currency: ar.MustCurrency("EUR"),
	}, opt)
	require.NoError(t, err)
	m := merge(twice, r, twice)
	require.Equal(t, r.Len()+2, m.Len())
	a, ok := m.Row("A", ar.MustCurrency("EUR"))
	require.True(t, ok)
	require.Equal(t, "0.16 EUR", a.Total().String())
	require.Equal(t, "50000.20 EUR", m.Totals()[0].Total().String())
}
