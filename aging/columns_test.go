package aging_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// columnsOf turns items into columns, and the items into those that a column
// can hold: of the first one's currency, of 64 bits, and with all dates.
func columnsOf(items []ledger.Item) (aging.Columns, []ledger.Item) {
	c := aging.Columns{Currency: eur, Keys: []string{"C4", "C3", "nobody", "C2", "C1", "C0000003", "a customer with a long ID"}, Key: []int32{}}
	if len(items) > 0 {
		c.Currency = items[0].Outstanding.Currency()
	}
	keys := map[string]int32{}
	for i, key := range c.Keys {
		keys[key] = int32(i)
	}
	var kept []ledger.Item
	for _, it := range items {
		minor, ok := it.Outstanding.Minor()
		if !ok || it.Outstanding.Currency() != c.Currency {
			continue
		}
		it.Due, it.Posted = it.DueDate(), it.PostingDate()
		kept = append(kept, it)
		key, ok := keys[it.Customer]
		if !ok {
			key = int32(len(c.Keys))
			keys[it.Customer] = key
			c.Keys = append(c.Keys, it.Customer)
		}
		c.Key = append(c.Key, key)
		c.Amount = append(c.Amount, minor)
		c.Due, c.Date = append(c.Due, it.Due), append(c.Date, it.Date)
		c.Posted, c.Closed = append(c.Posted, it.Posted), append(c.Closed, it.Closed)
		c.Flags, c.Held = append(c.Flags, it.Flags), append(c.Held, it.Held)
	}
	return c, kept
}

func TestColumnsAreAgedAsItems(t *testing.T) {
	reused := new(aging.Report)
	rapid.Check(t, func(t *rapid.T) {
		cur := rapid.SampledFrom(currencies).Draw(t, "currency of the columns")
		drawn := rapid.SliceOfN(genItemIn(cur, cur, cur, eur), 0, 60).Draw(t, "items")
		if rapid.Bool().Draw(t, "by customer") {
			slices.SortStableFunc(drawn, func(a, b ledger.Item) int { return strings.Compare(a.Customer, b.Customer) })
		}
		c, items := columnsOf(drawn)
		opt := genOptions.Draw(t, "options")
		opt.Group = aging.Group{}
		if rapid.Bool().Draw(t, "no dates") {
			// What is nil in the columns is harmless in the items.
			c.Date, c.Closed = nil, nil
			for i := range items {
				items[i].Date, items[i].Closed = min(items[i].Date, opt.AsOf), 0
				if opt.Basis == aging.DocumentDate {
					c.Date = append(c.Date, items[i].Date)
				}
			}
		}
		if rapid.Bool().Draw(t, "no flags") {
			c.Flags, c.Held = nil, nil
			for i := range items {
				items[i].Flags, items[i].Held = 0, 0
			}
		}
		want, err := aging.Compute(items, opt)
		require.NoError(t, err)
		opt.Reuse = reused
		got, err := aging.ComputeColumns(c, opt)
		require.NoError(t, err)
		require.Empty(t, gocmp.Diff(want, got))
		require.Equal(t, want.Len(), got.Len())
		reused, opt.Reuse = got, nil

		c.Keys, c.Key = nil, nil
		opt.Group = aging.Group{Name: "customer", Key: func(*ledger.Item) string { return "" }}
		want, err = aging.Compute(items, opt)
		require.NoError(t, err)
		opt.Group = aging.Group{}
		got, err = aging.ComputeColumns(c, opt)
		require.NoError(t, err)
		require.Empty(t, gocmp.Diff(want, got), "grand totals")
	})
}

func TestColumnsOfManyBlocks(t *testing.T) {
	reused := new(aging.Report)
	rapid.Check(t, func(t *rapid.T) {
		// Mostly small debits; credits and what is too large come late or never.
		usual := []ledger.Item{
			item("C1", "1", "2026-06-29", "1.00 EUR"), item("C2", "2", "2026-04-01", "123.45 EUR"), item("C3", "3", "2026-07-01", "0.00 EUR"),
		}
		items := make([]ledger.Item, 120_000)
		run := rapid.SampledFrom([]int{1, 2, 3, 1000, len(items) / len(usual)}).Draw(t, "items of a customer in a row")
		for i := range items {
			items[i] = usual[i/run%len(usual)]
		}
		for _, extra := range rapid.SliceOfN(genItem, 0, 5).Draw(t, "extra") {
			items[rapid.IntRange(0, len(items)-1).Draw(t, "at")] = extra
		}
		c, items := columnsOf(items)
		opt := genOptions.Draw(t, "options")
		opt.Group = aging.Group{}
		want, err := aging.Compute(items, opt)
		require.NoError(t, err)
		opt.Workers, opt.Reuse = rapid.IntRange(0, 3).Draw(t, "workers"), reused
		got, err := aging.ComputeColumns(c, opt)
		require.NoError(t, err)
		require.Empty(t, gocmp.Diff(want, got))
		reused = got
	})
}

func TestColumnsRefused(t *testing.T) {
	base := func() aging.Columns {
		c, _ := columnsOf([]ledger.Item{item("C1", "1", "2026-06-29", "1.00 EUR"), item("C2", "2", "2026-06-29", "1.00 EUR")})
		return c
	}
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	byDate := opt
	byDate.Basis = aging.DocumentDate
	grouped := opt
	grouped.Group = aging.ByLocation()
	for _, c := range []struct {
		name  string
		spoil func(*aging.Columns)
		opt   aging.Options
		want  string
	}{
		{"short key", func(c *aging.Columns) { c.Key = c.Key[1:] }, opt, "columns do not match: 2 in Amount, 1 in Key"},
		{"long due", func(c *aging.Columns) { c.Due = append(c.Due, 1) }, opt, "columns do not match: 2 in Amount, 3 in Due"},
		{"short flags", func(c *aging.Columns) { c.Flags = c.Flags[1:] }, opt, "columns do not match: 2 in Amount, 1 in Flags"},
		{"long held", func(c *aging.Columns) { c.Held = append(c.Held, 1) }, opt, "columns do not match: 2 in Amount, 3 in Held"},
		{"no date", func(c *aging.Columns) { c.Date = nil }, byDate, "columns do not match: to age by date date takes that column, or Date"},
		{"no due", func(c *aging.Columns) { c.Due, c.Date = nil, nil }, opt, "columns do not match: to age by due date takes that column, or Date"},
		{"key too high", func(c *aging.Columns) { c.Key[1] = 7 }, opt, "item 1: columns do not match: key 7, and there are 7 Keys, counted from 0"},
		{"key below 0", func(c *aging.Columns) { c.Key[1] = -1 }, opt, "item 1: columns do not match: key -1, and there are 7 Keys, counted from 0"},
		{"key far out", func(c *aging.Columns) { c.Key[1] = math.MinInt32 }, opt, "item 1: columns do not match: key -2147483648, and there are 7 Keys, counted from 0"},
		{"due zero", func(c *aging.Columns) { c.Due[1] = 0 }, opt, "item 1: due date \"\": not a valid date"},
		{"due far out", func(c *aging.Columns) { c.Due[0] = math.MinInt32 }, opt, "item 0: due date \"Date(-2147483648)\": not a valid date"},
		{"due too late", func(c *aging.Columns) { c.Due[0] = ar.MaxDate + 1 }, opt, "item 0: due date \"Date(3652060)\": not a valid date"},
		{"due for past due only", func(c *aging.Columns) { c.Due[1] = -5 }, byDate, "item 1: due date \"Date(-5)\": not a valid date"},
		{"date", func(c *aging.Columns) { c.Date[1] = 0 }, opt, "item 1: document date \"\": not a valid date"},
		{"closed", func(c *aging.Columns) { c.Closed[1] = -1 }, opt, "item 1: closed date \"Date(-1)\": not a valid date"},
		{"no currency", func(c *aging.Columns) { c.Currency = ar.MustCurrency("XXX") }, opt, "an amount needs a currency with minor units: XXX has none"},
		{"keys without key", func(c *aging.Columns) { c.Key = nil }, opt, "columns do not match: Keys without Key"},
		{"group", func(*aging.Columns) {}, grouped, "columns do not match: a key of the group and Keys"},
		{"as of", func(*aging.Columns) {}, aging.Options{Buckets: bucket.Standard()}, "no as-of date: the report needs the day that it speaks of"},
	} {
		columns := base()
		c.spoil(&columns)
		_, err := aging.ComputeColumns(columns, c.opt)
		require.EqualError(t, err, c.want, c.name)
	}
	r, err := aging.ComputeColumns(aging.Columns{Currency: eur}, opt)
	require.NoError(t, err)
	require.Zero(t, r.Len(), "no items at all")
}

func TestColumnsReportProgressAndCancel(t *testing.T) {
	c, _ := columnsOf(manyItems(200_000))
	last := 0
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Workers: 2}
	opt.Progress = func(n int) error { last = n; return nil }
	c.Keys = nil
	c.Key = nil
	_, err := aging.ComputeColumns(c, opt)
	require.NoError(t, err)
	require.Equal(t, 200_000, last)
	opt.Progress = func(int) error { return aging.ErrNoPage }
	_, err = aging.ComputeColumns(c, opt)
	require.ErrorIs(t, err, aging.ErrNoPage)
}

func TestFirstBadItemOfColumnsIsNamedWhateverTheWorkers(t *testing.T) {
	c, _ := columnsOf(manyItems(200_000))
	for i := 70_000; i < 200_000; i += 20_000 {
		c.Due[i] = -5
	}
	for _, workers := range []int{0, 2, 3, 4} {
		_, err := aging.ComputeColumns(c, aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Workers: workers})
		require.EqualError(t, err, `item 70000: due date "Date(-5)": not a valid date`, "%d workers", workers)
	}
}

func TestReuseTakesTheMemory(t *testing.T) {
	c, _ := columnsOf(manyItems(1000))
	c.Keys = make([]string, 100_000)
	for i := range c.Keys {
		c.Keys[i] = fmt.Sprint(i)
	}
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Reuse: new(aging.Report)}
	for i := range c.Key {
		c.Key[i] = int32(i % 7)
	}
	r, err := aging.ComputeColumns(c, opt)
	require.NoError(t, err)
	opt.Reuse = r
	again := testing.AllocsPerRun(10, func() {
		r, err = aging.ComputeColumns(c, opt)
		require.NoError(t, err)
		opt.Reuse = r
	})
	opt.Reuse = nil
	fresh := testing.AllocsPerRun(10, func() {
		_, err = aging.ComputeColumns(c, opt)
		require.NoError(t, err)
	})
	require.Equal(t, fresh-2+1, again, "the sums of the rows and their currencies are not made anew; what there is to reuse is noted")
}
