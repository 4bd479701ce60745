package aging_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

func TestAdjustedDays(t *testing.T) {
	for _, c := range []struct {
		offset int
		held   int32
		bucket int // of the standard ones
		days   int // adjusted
	}{
		{-1, 0, 0, -1},
		{-1, 5, 0, -1}, // no clock runs yet
		{0, 5, 0, 0},
		{1, 0, 1, 1},
		{1, 1, 0, 0}, // and past due all the same
		{1, 5, 0, 0}, // never not yet due
		{30, 0, 1, 30},
		{31, 0, 2, 31},
		{31, 1, 1, 30},
		{31, 30, 1, 1},
		{61, 1, 2, 60},
		{91, 1, 3, 90},
		{121, 1, 4, 120},
		{121, 0, 5, 121},
		{121, 1 << 30, 0, 0},
	} {
		it := item("C1", "1", (day("2026-06-30") - ar.Date(c.offset)).String(), "1.00 EUR")
		it.Held = c.held
		opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Adjusted: true}
		d, err := aging.NewDetail(ledger.Items([]ledger.Item{it}), opt, "C1")
		require.NoError(t, err)
		line := d.Lines(nil)[0]
		require.Equal(t, []int{c.bucket, c.days, c.days, c.offset}, []int{line.Bucket, line.Offset, line.DaysAdjusted, line.DaysPastDue}, "%+v", c)
		got := row(t, d.Report(), "C1", eur)
		require.Equal(t, "1.00", got.Amount(c.bucket).Amount(), "%+v", c)
		require.Equal(t, c.offset >= 1, !got.PastDue().IsZero(), "%+v", c)

		opt.Adjusted = false
		explained, err := aging.Explain(it, opt, duedate.Terms{}, nil)
		require.NoError(t, err)
		require.Equal(t, []int{c.offset, c.offset, c.days}, []int{explained.Offset, explained.DaysPastDue, explained.DaysAdjusted}, "%+v", c)
	}
}

// Every day around an edge, aged on another day than the balances are of.
func TestAgedAsOfMovesTheEdges(t *testing.T) {
	it := item("C1", "1", "2026-06-30", "1.00 EUR")
	it.Date = day("2026-01-01")
	months, err := bucket.Periods(3, 1, bucket.Months)
	require.NoError(t, err)
	for _, set := range []bucket.Set{bucket.Standard(), bucket.Statement(), months} {
		for days := ar.Date(-130); days <= 130; days++ {
			balances := aging.Options{AsOf: day("2026-05-15"), AgedAsOf: it.Due + days, Buckets: set}
			got, err := aging.Compute([]ledger.Item{it}, balances)
			require.NoError(t, err)
			want, err := aging.Compute([]ledger.Item{it}, aging.Options{AsOf: it.Due + days, Buckets: set})
			require.NoError(t, err)
			w, g := row(t, want, "C1", eur), row(t, got, "C1", eur)
			require.Equal(t, amounts(w), amounts(g), "%d days", days)
			require.True(t, w.PastDue().Equal(g.PastDue()))
			require.Equal(t, balances.AgedAsOf == balances.AsOf, want.Equal(got), "of another day")
		}
	}
}

func TestOptionsThatDoNotGoTogether(t *testing.T) {
	good := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	for _, c := range []struct {
		change func(*aging.Options)
		want   string
		is     error
	}{
		{func(o *aging.Options) { o.AgedAsOf = -1 }, "no as-of date: to age as of Date(-1)", aging.ErrNoAsOf},
		{
			func(o *aging.Options) { o.Adjusted, o.Basis = true, aging.PostingDate },
			"held days count from the due date: a report by adjusted days ages by due date, not by posting date", aging.ErrBasis,
		},
		{func(o *aging.Options) { o.Apart = ledger.Footnote }, "flags 0b100: only what is disputed or on hold can be excluded or set apart", nil},
		{func(o *aging.Options) { o.Exclude = 0xff }, "flags 0b11111100: only what is disputed or on hold can be excluded or set apart", nil},
	} {
		opt := good
		c.change(&opt)
		_, err := aging.Compute(nil, opt)
		require.EqualError(t, err, c.want)
		if c.is != nil {
			require.ErrorIs(t, err, c.is)
		}
	}
	good.Adjusted = true
	_, err := aging.NewBook(nil, good)
	require.EqualError(t, err, "a book ages by due date and the calendar; Compute does by adjusted days")
	require.ErrorIs(t, err, aging.ErrBasis)
}

// Held days below 0 are an error where they are asked for, and only there.
func TestHeldDaysBelowZero(t *testing.T) {
	items := []ledger.Item{item("C1", "1", "2026-06-29", "1.00 EUR"), item("C1", "2", "2026-06-29", "1.00 EUR")}
	items[1].Held = -1
	columns, _ := columnsOf(items)
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	for _, adjusted := range []bool{false, true} {
		opt.Adjusted = adjusted
		_, errItems := aging.Compute(items, opt)
		_, errSeq := aging.ComputeSeq(ledger.Items(items), opt)
		_, errColumns := aging.ComputeColumns(columns, opt)
		if !adjusted {
			require.NoError(t, errItems)
			require.NoError(t, errSeq)
			require.NoError(t, errColumns)
			continue
		}
		require.EqualError(t, errItems, `item 1: item "2" of customer "C1": -1: held days are 0 or more`)
		require.EqualError(t, errSeq, errItems.Error())
		require.EqualError(t, errColumns, "item 1: -1: held days are 0 or more")
		require.ErrorIs(t, errItems, ledger.ErrHeld)
		require.ErrorIs(t, errColumns, ledger.ErrHeld)
	}
}

// Of items some of which are disputed, in runs of one customer and not, the first
// that is bad is named.
func TestFirstBadItemIsNamedAmongDisputedOnes(t *testing.T) {
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Apart: ledger.Disputed}
	for _, customers := range []int{1, 500} {
		good := make([]ledger.Item, 3000)
		for i := range good {
			good[i] = item(fmt.Sprintf("C%04d", i%customers), "1", "2026-06-29", "1.00 EUR")
			if i%3 == 0 {
				good[i].Flags = ledger.Disputed
			}
		}
		for _, bad := range [][]int{{0}, {1}, {3, 4}, {1025, 1026}, {1028, 1029}, {2999}} {
			items := slices.Clone(good)
			for _, i := range bad {
				items[i].Customer = ""
			}
			want := fmt.Sprintf(`item %d: item "1" of customer "": no customer ID`, bad[0])
			_, err := aging.Compute(items, opt)
			require.EqualError(t, err, want)
			_, err = aging.ComputeSeq(ledger.Items(items), opt)
			require.EqualError(t, err, want)
		}
		r, err := aging.Compute(good, opt)
		require.NoError(t, err)
		require.Equal(t, "1000.00 EUR", r.Totals()[0].Apart().String())
		require.Equal(t, "2000.00 EUR", r.Totals()[0].Total().String())
	}
}

func TestExplainTellsOfColumns(t *testing.T) {
	opt := aging.Options{
		AsOf: day("2026-03-31"), AgedAsOf: day("2026-04-15"), Buckets: bucket.Standard(),
		Exclude: ledger.OnHold, Apart: ledger.Disputed, Receipts: true,
	}
	invoice := item("C1", "1", "2026-03-01", "5.00 EUR")
	head := "item \"1\" of customer \"C1\"\n  outstanding  5.00 EUR\n  dated        2025-12-31\n" +
		"  due          2026-03-01, given with the document\n  as of        2026-03-31\n  aged as of   2026-04-15: 45 days past due\n"
	held := invoice
	held.Flags = ledger.OnHold | ledger.Disputed
	disputed := invoice
	disputed.Flags = ledger.Disputed
	for want, it := range map[string]ledger.Item{
		head + "  bucket       31–60: days 31–60\n":                                                                    invoice,
		head + "  bucket       none: what is disputed or on hold has a column of its own\n":                            disputed,
		head + "  not in the report: disputed or on hold, and excluded\n  column       excluded, beside the balance\n": held,
		"item \"2\" of customer \"C1\"\n  outstanding  -3.00 EUR\n  dated        2026-04-01\n  due          2026-04-01, on the document date\n" +
			"  as of        2026-03-31\n  aged as of   2026-04-15: 14 days old\n" +
			"  not in the report: dated after the as-of date\n  column       receipts after the as-of date, beside the balance\n": {
			Customer: "C1", Number: "2", Date: day("2026-04-01"), Outstanding: ar.MustMoney("-3.00 EUR"),
		},
	} {
		got, err := aging.Explain(it, opt, duedate.Terms{}, nil)
		require.NoError(t, err)
		require.Equal(t, want, got.String())
	}
}

// A book is aged as many days after its as-of date as at first, whatever day
// that moves to, but to none outside the calendar.
func TestBookAgedAsOf(t *testing.T) {
	opt := aging.Options{AsOf: day("2026-03-31"), AgedAsOf: day("2026-03-01"), Buckets: bucket.Standard()}
	b, err := aging.NewBook([]ledger.Item{item("C1", "1", "2026-03-31", "1.00 EUR")}, opt)
	require.NoError(t, err)
	require.NoError(t, b.Roll(day("2026-05-01")))
	require.Equal(t, day("2026-04-01"), b.Report().AgedAsOf())
	require.Equal(t, "1.00 EUR", b.Report().Totals()[0].PastDue().String())
	require.NoError(t, b.Roll(day("2026-04-30")))
	require.Equal(t, "0.00 EUR", b.Report().Totals()[0].PastDue().String())
	for _, asOf := range []string{"0001-01-01", "0001-01-30"} { // 30 days before is no day; or the zero Date
		require.ErrorIs(t, b.Roll(day(asOf)), aging.ErrNoAsOf)
		_, err = b.ReportAt(day(asOf), nil)
		require.ErrorIs(t, err, aging.ErrNoAsOf)
	}
	require.NoError(t, b.Roll(day("0001-01-31")))
	require.Equal(t, ar.MinDate, b.Report().AgedAsOf())
}

func TestReportTellsItsOptions(t *testing.T) {
	opt := aging.Options{
		AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Exclude: ledger.Disputed, Reuse: new(aging.Report),
		Progress: func(int) error { return nil },
	}
	r, err := aging.Compute(nil, opt)
	require.NoError(t, err)
	got := r.Options()
	require.Equal(t, []ar.Date{opt.AsOf, opt.AsOf}, []ar.Date{got.AsOf, got.AgedAsOf})
	require.Equal(t, ledger.Disputed, got.Exclude)
	require.Equal(t, "customer", got.Group.Name)
	require.Nil(t, got.Reuse)
	require.Nil(t, got.Progress)
}

// A set of as many buckets as can be leaves room for all columns.
func TestColumnsBehindTheMostBuckets(t *testing.T) {
	edges := make([]int, bucket.MaxBuckets-1)
	for i := range edges {
		edges[i] = 2*i - 101 // none is 0: the bucket of days 0 and 1 is cut in two
	}
	set, err := bucket.FromEdges(edges...)
	require.NoError(t, err)
	items := []ledger.Item{
		item("C1", "1", "2026-06-29", "1.00 EUR"), item("C1", "2", "2026-06-29", "2.00 EUR"), item("C1", "3", "2026-06-29", "4.00 EUR"),
		item("C1", "4", "2026-06-29", "-8.00 EUR"), item("C1", "5", "2020-06-29", "16.00 EUR"),
	}
	items[0].Held = 1
	items[1].Flags, items[2].Flags = ledger.Disputed, ledger.OnHold
	items[3].Date = day("2026-07-01")
	opt := aging.Options{
		AsOf: day("2026-06-30"), Buckets: set, Exclude: ledger.Disputed, Apart: ledger.OnHold, Adjusted: true, Receipts: true,
	}
	columns, _ := columnsOf(items)
	fromColumns, err := aging.ComputeColumns(columns, opt)
	require.NoError(t, err)
	columns.Keys, columns.Key = nil, nil
	totals, err := aging.ComputeColumns(columns, opt)
	require.NoError(t, err)
	fromItems, err := aging.Compute(items, opt)
	require.NoError(t, err)
	for _, r := range []*aging.Report{fromItems, fromColumns, totals} {
		w := r.Totals()[0]
		for _, c := range []struct {
			want string
			got  ar.Money
		}{{"17.00", w.Total()}, {"17.00", w.PastDue()}, {"2.00", w.Excluded()}, {"4.00", w.Apart()}, {"8.00", w.Receipts()}, {"21.00", w.Balance()}, {"0.00", w.Unapplied()}, {"16.00", w.Amount(set.Len() - 1)}} {
			require.Equal(t, c.want, c.got.Amount())
		}
	}
}

// The sum of what is apart, too, may be beyond 64 bits, in a row and in totals.
func TestColumnsApartBeyond64Bits(t *testing.T) {
	var items []ledger.Item
	for _, customer := range []string{"C1", "C2", "C2"} {
		it := item(customer, "1", "2026-06-29", "92233720368547758.07 EUR")
		it.Flags = ledger.Disputed
		items = append(items, it)
	}
	columns, _ := columnsOf(items)
	r, err := aging.ComputeColumns(columns, aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Apart: ledger.Disputed})
	require.NoError(t, err)
	require.Equal(t, "184467440737095516.14 EUR", row(t, r, "C2", eur).Apart().String())
	require.Equal(t, "276701161105643274.21 EUR", r.Totals()[0].Apart().String())
}
