package aging_test

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

var (
	day = ar.MustDate
	eur = ar.MustCurrency("EUR")
	jpy = ar.MustCurrency("JPY")
)

// item is an open item dated 60 days before its due date.
func item(customer, number, due, outstanding string) ledger.Item {
	date, err := day(due).AddDays(-60)
	if err != nil {
		panic(err)
	}
	return ledger.Item{
		Customer: customer, Number: number, Date: date, Due: day(due),
		Outstanding: ar.MustMoney(outstanding),
	}
}

func compute(t *testing.T, asOf string, set bucket.Set, items ...ledger.Item) *aging.Report {
	t.Helper()
	r, err := aging.Compute(items, aging.Options{AsOf: day(asOf), Buckets: set})
	require.NoError(t, err)
	return r
}

func amounts(row aging.Row) []string {
	var texts []string
	for _, m := range row.Amounts() {
		texts = append(texts, m.Amount())
	}
	return texts
}

func row(t *testing.T, r *aging.Report, key string, cur ar.Currency) aging.Row {
	t.Helper()
	w, ok := r.Row(key, cur)
	require.True(t, ok, "no row of %s in %s", key, cur)
	return w
}

func TestBoundaryDays(t *testing.T) {
	// As of 2026-06-30, one item of 1.00 on each boundary of each preset.
	const asOf = "2026-06-30"
	for _, c := range []struct {
		offset             int
		standard, pending0 int
	}{
		{-400, 0, 0},
		{-1, 0, 0},
		{0, 0, 1},
		{1, 1, 2},
		{30, 1, 2},
		{31, 2, 3},
		{60, 2, 3},
		{61, 3, 3},
		{90, 3, 3},
		{91, 4, 4},
		{120, 4, 4},
		{121, 5, 4},
		{3000, 5, 4},
	} {
		due, err := day(asOf).AddDays(-c.offset)
		require.NoError(t, err)
		it := item("C1", "1", due.String(), "1.00 EUR")
		it.Date = day("1990-01-01")
		pending, err := bucket.Pending(0)
		require.NoError(t, err)
		for _, p := range []struct {
			set  bucket.Set
			want int
		}{{bucket.Standard(), c.standard}, {pending, c.pending0}} {
			got := row(t, compute(t, asOf, p.set, it), "C1", eur)
			for i, m := range got.Amounts() {
				want := "0.00"
				if i == p.want {
					want = "1.00"
				}
				require.Equal(t, want, m.Amount(), "offset %d in bucket %s", c.offset, p.set.Label(i))
			}
			require.Equal(t, c.offset >= 1, !got.PastDue().IsZero(), "offset %d past due", c.offset)
		}
	}
}

func TestPastDueWhereNoEdgeIsAtZero(t *testing.T) {
	// One bucket takes both what is due and what is past due.
	set, err := bucket.FromEdges(-10, 15, 45)
	require.NoError(t, err)
	got := row(t, compute(t, "2026-06-30", set,
		item("C1", "1", "2026-07-10", "1.00 EUR"),  // −10
		item("C1", "2", "2026-07-09", "2.00 EUR"),  // −9
		item("C1", "3", "2026-06-30", "4.00 EUR"),  // 0
		item("C1", "4", "2026-06-29", "8.00 EUR"),  // 1
		item("C1", "5", "2026-06-15", "16.00 EUR"), // 15
		item("C1", "6", "2026-06-14", "32.00 EUR"), // 16
	), "C1", eur)
	require.Equal(t, []string{"1.00", "30.00", "32.00", "0.00"}, amounts(got))
	require.Equal(t, "56.00 EUR", got.PastDue().String())
	require.Equal(t, "63.00 EUR", got.Total().String())
}

func TestOneBucketForAll(t *testing.T) {
	set, err := bucket.FromRanges([]bucket.Bucket{{Label: "All", From: bucket.MinOffset, To: bucket.MaxOffset}})
	require.NoError(t, err)
	got := row(t, compute(t, "2026-06-30", set,
		item("C1", "1", "2026-07-10", "1.00 EUR"), item("C1", "2", "2026-06-29", "2.00 EUR")), "C1", eur)
	require.Equal(t, []string{"3.00"}, amounts(got))
	require.Equal(t, "2.00 EUR", got.PastDue().String())
}

func TestNoItems(t *testing.T) {
	r := compute(t, "2026-06-30", bucket.Standard())
	require.Zero(t, r.Len())
	require.Empty(t, r.Totals())
	page, err := r.Page(nil, 1, 0)
	require.NoError(t, err)
	require.Equal(t, aging.Page{Rows: []aging.Row{}, Number: 1, Pages: 1}, page)
	_, ok := r.Row("C1", eur)
	require.False(t, ok)
}

func TestBadOptions(t *testing.T) {
	for _, c := range []struct {
		name string
		opt  aging.Options
		want string
	}{
		{"as-of zero", aging.Options{Buckets: bucket.Standard()}, "no as-of date: the report needs the day that it speaks of"},
		{"as-of no day", aging.Options{AsOf: -1, Buckets: bucket.Standard()}, "no as-of date: the report needs the day that it speaks of"},
		{"no buckets", aging.Options{AsOf: day("2026-06-30")}, "no buckets: bucket.Standard() has the usual ones"},
		{"no such basis", aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Basis: 9}, "basis 9 is not defined"},
		{
			"group without a key",
			aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Group: aging.Group{Name: "region"}},
			`group "region" has no key`,
		},
	} {
		_, err := aging.Compute(nil, c.opt)
		require.EqualError(t, err, c.want, c.name)
	}
	_, err := aging.Compute(nil, aging.Options{})
	require.ErrorIs(t, err, aging.ErrNoAsOf)
	_, err = aging.Compute(nil, aging.Options{AsOf: day("2026-06-30")})
	require.ErrorIs(t, err, aging.ErrNoBuckets)
}

func TestBadItems(t *testing.T) {
	good := item("C1", "7", "2026-06-29", "1.00 EUR")
	for _, c := range []struct {
		name  string
		spoil func(*ledger.Item)
		want  string
		is    error
	}{
		{"customer", func(it *ledger.Item) { it.Customer = "" }, `item 1: item "7" of customer "": no customer ID`, ledger.ErrNoCustomer},
		{"date", func(it *ledger.Item) { it.Date = 0 }, `item 1: item "7" of customer "C1": no valid document date`, ledger.ErrNoDate},
		{"due", func(it *ledger.Item) { it.Due = -7 }, `item 1: item "7" of customer "C1": due date Date(-7): not a valid date`, ledger.ErrBadDate},
		{"posted", func(it *ledger.Item) { it.Posted = math.MaxInt32 }, `item 1: item "7" of customer "C1": posting date Date(2147483647): not a valid date`, ledger.ErrBadDate},
		{"closed", func(it *ledger.Item) { it.Closed = math.MinInt32 }, `item 1: item "7" of customer "C1": closed date Date(-2147483648): not a valid date`, ledger.ErrBadDate},
		{"closed late", func(it *ledger.Item) { it.Closed = ar.MaxDate + 1 }, `item 1: item "7" of customer "C1": closed date Date(3652060): not a valid date`, ledger.ErrBadDate},
	} {
		bad := good
		c.spoil(&bad)
		opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
		_, err := aging.Compute([]ledger.Item{good, bad}, opt)
		require.EqualError(t, err, c.want, c.name)
		require.ErrorIs(t, err, c.is)
		_, err = aging.ComputeSeq(ledger.Items([]ledger.Item{good, bad}), opt)
		require.EqualError(t, err, c.want, c.name)
	}
}

func TestSourceError(t *testing.T) {
	broken := errors.New("connection lost")
	read := 0
	source := iter.Seq2[ledger.Item, error](func(yield func(ledger.Item, error) bool) {
		for i := range 10 {
			read++
			var err error
			if i == 3 {
				err = broken
			}
			if !yield(item("C1", fmt.Sprint(i), "2026-06-29", "1.00 EUR"), err) {
				return
			}
		}
	})
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	_, err := aging.ComputeSeq(source, opt)
	require.ErrorIs(t, err, broken)
	require.Equal(t, 4, read, "reading goes on after an error")
	_, err = aging.NewDetail(source, opt, "C1")
	require.ErrorIs(t, err, broken)
}

func TestPages(t *testing.T) {
	var items []ledger.Item
	for i := range 101 {
		items = append(items, item(fmt.Sprintf("C%03d", i), "1", "2026-06-29", "1.00 EUR"))
	}
	r := compute(t, "2026-06-30", bucket.Standard(), items...)
	for _, c := range []struct{ number, size, rows, pages int }{
		{1, 0, 50, 3}, {3, 0, 1, 3}, {1, 10, 10, 11}, {11, 10, 1, 11}, {1, 101, 101, 1}, {1, math.MaxInt, 101, 1}, {101, 1, 1, 101},
	} {
		page, err := r.Page(nil, c.number, c.size)
		require.NoError(t, err)
		require.Len(t, page.Rows, c.rows)
		require.Equal(t, c.pages, page.Pages)
	}
	for _, c := range []struct {
		number, size int
		want         string
	}{
		{0, 10, "no such page: page 0 of 11"},
		{12, 10, "no such page: page 12 of 11"},
		{-1, 10, "no such page: page -1 of 11"},
		{1, -10, "no such page: -10 rows a page, want 1 or more"},
	} {
		_, err := r.Page(nil, c.number, c.size)
		require.EqualError(t, err, c.want)
		require.ErrorIs(t, err, aging.ErrNoPage)
	}
}

func TestMergeRefuses(t *testing.T) {
	base := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	report := func(change func(*aging.Options)) *aging.Report {
		opt := base
		change(&opt)
		r, err := aging.Compute(nil, opt)
		require.NoError(t, err)
		return r
	}
	first := report(func(*aging.Options) {})
	for _, c := range []struct {
		change func(*aging.Options)
		want   string
	}{
		{func(o *aging.Options) { o.AsOf++ }, "reports cannot be merged: as of 2026-06-30 and 2026-07-01"},
		{func(o *aging.Options) { o.Basis = aging.PostingDate }, "reports cannot be merged: by due and by posting"},
		{func(o *aging.Options) { o.Buckets = bucket.Statement() }, "reports cannot be merged: buckets"},
		{func(o *aging.Options) { o.Group = aging.ByLocation() }, "reports cannot be merged: by customer and by location"},
		{func(o *aging.Options) { o.AgedAsOf = o.AsOf + 1 }, "reports cannot be merged: aged as of 2026-06-30 and 2026-07-01"},
		{func(o *aging.Options) { o.Adjusted = true }, "reports cannot be merged: one by adjusted days, one by the calendar"},
		{func(o *aging.Options) { o.Exclude = ledger.OnHold }, "reports cannot be merged: one excludes flags 0b0, one 0b10"},
		{func(o *aging.Options) { o.Apart = ledger.Disputed }, "reports cannot be merged: one sets flags 0b0 apart, one 0b1"},
		{func(o *aging.Options) { o.Receipts = true }, "reports cannot be merged: one with receipts, one without"},
	} {
		_, err := aging.Merge(first, report(c.change))
		require.ErrorIs(t, err, aging.ErrMerge)
		require.ErrorContains(t, err, c.want)
	}
	_, err := aging.Merge()
	require.EqualError(t, err, "reports cannot be merged: there are none")
}

func TestBasisText(t *testing.T) {
	for _, b := range []aging.Basis{aging.DueDate, aging.DocumentDate, aging.PostingDate} {
		text, err := b.MarshalText()
		require.NoError(t, err)
		var back aging.Basis
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, b, back)
	}
	var b aging.Basis
	require.EqualError(t, b.UnmarshalText([]byte("invoice")), `basis "invoice": want one of ["due" "date" "posting"]`)
	_, err := aging.Basis(3).MarshalText()
	require.EqualError(t, err, "basis 3 is not defined")
}

func TestAddingAllocatesNothing(t *testing.T) {
	// A report of many items allocates no more than one of few does.
	few := []ledger.Item{
		item("C1", "1", "2026-06-29", "1.00 EUR"), item("C2", "2", "2026-05-29", "1.00 JPY:2"), item("C2", "3", "2026-05-29", "-1.00 EUR"),
	}
	var many []ledger.Item
	for range 1000 {
		many = append(many, few...)
	}
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	allocations := func(items []ledger.Item) (slice, seq float64) {
		slice = testing.AllocsPerRun(20, func() {
			_, err := aging.Compute(items, opt)
			require.NoError(t, err)
		})
		seq = testing.AllocsPerRun(20, func() {
			_, err := aging.ComputeSeq(ledger.Items(items), opt)
			require.NoError(t, err)
		})
		return slice, seq
	}
	fewSlice, fewSeq := allocations(few)
	manySlice, manySeq := allocations(many)
	require.LessOrEqual(t, manySlice, fewSlice)
	require.LessOrEqual(t, manySeq, fewSeq)
}
