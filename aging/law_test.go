package aging_test

import (
	"math/big"
	"math/rand"
	"slices"
	"strconv"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// Amounts are drawn in minor units, as currencies differ in their decimals. They
// reach past 64 bits, one by one and in sums.
var genMinor = rapid.OneOf(
	rapid.SampledFrom([]string{
		"0", "1", "-1", "100", "-100", "9223372036854775807", "-9223372036854775808",
		"9223372036854775808", "9999999999999999999999999999", "-9999999999999999999999999999",
	}),
	rapid.Map(rapid.Int64Range(-1e7, 1e7), func(n int64) string { return strconv.FormatInt(n, 10) }),
)

// currencies are those that items are drawn in: of none, two and three decimals.
var currencies = []ar.Currency{eur, usd, pts, jpy, kwd}

// ofMinor returns an amount of so many minor units.
func ofMinor(minor string, cur ar.Currency) ar.Money {
	decimals, _ := cur.Decimals()
	amount, ok := new(big.Rat).SetString(minor + "e-" + strconv.Itoa(decimals))
	if !ok {
		panic(minor)
	}
	return ar.MustMoney(amount.FloatString(decimals) + " " + cur.String())
}

var genItem = genItemIn(currencies...)

func genItemIn(currencies ...ar.Currency) *rapid.Generator[ledger.Item] {
	return rapid.Custom(func(t *rapid.T) ledger.Item { return drawItem(t, rapid.SampledFrom(currencies).Draw(t, "currency")) })
}

func drawItem(t *rapid.T, cur ar.Currency) ledger.Item {
	base := int(day("2026-06-30"))
	near := rapid.Map(rapid.IntRange(-130, 130), func(n int) ar.Date { return ar.Date(base + n) })
	maybe := rapid.OneOf(rapid.Just(ar.Date(0)), near, rapid.SampledFrom([]ar.Date{ar.MinDate, ar.MaxDate}))
	return ledger.Item{
		Customer:    rapid.SampledFrom([]string{"C1", "C2", "C3", "C4"}).Draw(t, "customer"),
		Location:    rapid.SampledFrom([]string{"", "North", "South"}).Draw(t, "location"),
		Number:      rapid.StringN(0, 3, -1).Draw(t, "number"),
		Outstanding: ofMinor(genMinor.Draw(t, "minor units"), cur),
		Date:        near.Draw(t, "date"),
		Posted:      maybe.Draw(t, "posted"),
		Due:         maybe.Draw(t, "due"),
		Closed:      maybe.Draw(t, "closed"),
		Flags:       rapid.SampledFrom([]ledger.Flags{0, 0, 0, ledger.Disputed, ledger.OnHold, ledger.Footnote, 7}).Draw(t, "flags"),
		Held:        rapid.SampledFrom([]int32{0, 0, 0, 1, 10, 31, 200}).Draw(t, "held"),
	}
}

var genItems = rapid.SliceOfN(genItem, 0, 60)

var genOptions = rapid.Custom(func(t *rapid.T) aging.Options {
	edges := rapid.SliceOfNDistinct(rapid.IntRange(-130, 130), 1, 7, rapid.ID[int]).Draw(t, "edges")
	slices.Sort(edges)
	set, err := bucket.FromEdges(edges...)
	if err != nil {
		t.Fatalf("edges %d: %v", edges, err)
	}
	months, err := bucket.Periods(3, 1, bucket.Months)
	if err != nil {
		t.Fatal(err)
	}
	opt := aging.Options{
		AsOf:    day("2026-06-30") + ar.Date(rapid.IntRange(-2, 2).Draw(t, "as of")),
		Buckets: rapid.SampledFrom([]bucket.Set{set, bucket.Standard(), bucket.Statement(), months}).Draw(t, "set"),
		Basis:   rapid.SampledFrom([]aging.Basis{aging.DueDate, aging.DocumentDate, aging.PostingDate}).Draw(t, "basis"),
		Group:   rapid.SampledFrom([]aging.Group{{}, aging.ByCustomer(), aging.ByLocation()}).Draw(t, "group"),
	}
	if rapid.Bool().Draw(t, "plain") {
		return opt
	}
	opt.AgedAsOf = rapid.SampledFrom([]ar.Date{
		0, opt.AsOf, opt.AsOf - 1, opt.AsOf + 1, opt.AsOf + 15, opt.AsOf - 100, day("0600-01-01"), day("9000-12-31"),
	}).Draw(t, "aged as of")
	flags := rapid.SampledFrom([]ledger.Flags{0, ledger.Disputed, ledger.OnHold, ledger.Disputed | ledger.OnHold})
	opt.Exclude, opt.Apart = flags.Draw(t, "exclude"), flags.Draw(t, "apart")
	opt.Adjusted = opt.Basis == aging.DueDate && rapid.Bool().Draw(t, "adjusted")
	opt.Receipts = rapid.Bool().Draw(t, "receipts")
	return opt
})

func TestReportIsThatOfTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt := genItems.Draw(t, "items"), genOptions.Draw(t, "options")
		r, err := aging.Compute(items, opt)
		require.NoError(t, err)
		referenceOf(t, items, opt).check(t, r)
	})
}

func sumOf(t *rapid.T, amounts []ar.Money) (total ar.Money) {
	for _, m := range amounts {
		var err error
		total, err = total.Add(m)
		require.NoError(t, err)
	}
	return total
}

// allOf returns all amounts of a row.
func allOf(w aging.Row) []ar.Money {
	return append(w.Amounts(), w.Total(), w.Unapplied(), w.Balance(), w.PastDue(), w.Apart(), w.Excluded(), w.Receipts())
}

func currenciesOf(rows []aging.Row) (all []ar.Currency) {
	for _, row := range rows {
		all = append(all, row.Currency())
	}
	return all
}

func TestTotalsCrossFoot(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, err := aging.Compute(genItems.Draw(t, "items"), genOptions.Draw(t, "options"))
		require.NoError(t, err)
		columns := map[ar.Currency][][]ar.Money{}
		for _, row := range r.All() {
			require.True(t, sumOf(t, row.Amounts()).Equal(row.Total()))
			require.True(t, sumOf(t, []ar.Money{row.Total(), row.Apart(), row.Unapplied().Neg()}).Equal(row.Balance()))
			columns[row.Currency()] = append(columns[row.Currency()], allOf(row))
		}
		totals := r.Totals()
		require.Len(t, totals, len(columns))
		require.Equal(t, currenciesOf(totals), r.Currencies())
		for _, total := range totals {
			require.Empty(t, total.Key())
			for c, want := range allOf(total) {
				var column []ar.Money
				for _, row := range columns[total.Currency()] {
					column = append(column, row[c])
				}
				require.True(t, sumOf(t, column).Equal(want), "column %d", c)
			}
		}
	})
}

func TestOrderOfItemsNeverMatters(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt := genItems.Draw(t, "items"), genOptions.Draw(t, "options")
		r, err := aging.Compute(items, opt)
		require.NoError(t, err)
		shuffled := slices.Clone(items)
		rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed"))).Shuffle(len(shuffled), func(i, j int) {
			shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
		})
		again, err := aging.ComputeSeq(ledger.Items(shuffled), opt)
		require.NoError(t, err)
		require.Empty(t, gocmp.Diff(r, again))
		for _, order := range []aging.Order{aging.ByKey, aging.ByBalance, aging.ByName(strings.ToLower)} {
			require.True(t, slices.EqualFunc(r.Rows(order), again.Rows(order), aging.Row.Equal))
		}
	})
}

func TestNoItemIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt := genItems.Draw(t, "items"), genOptions.Draw(t, "options")
		r, err := aging.Compute(items, opt)
		require.NoError(t, err)
		left := r.LeftOut()
		n := left.Future + left.Closed + left.Settled + left.Excluded
		for _, key := range []string{"C1", "C2", "C3", "C4", "", "North", "South"} {
			d, err := aging.NewDetail(ledger.Items(items), opt, key)
			require.NoError(t, err)
			n += len(d.Lines(nil))
		}
		require.Equal(t, len(items), n)
	})
}

func TestMergeIsTheReportOfTheUnion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt := genItems.Draw(t, "items"), genOptions.Draw(t, "options")
		all, err := aging.Compute(items, opt)
		require.NoError(t, err)
		i := rapid.IntRange(0, len(items)).Draw(t, "first cut")
		j := rapid.IntRange(i, len(items)).Draw(t, "second cut")
		var parts []*aging.Report
		for _, part := range [][]ledger.Item{items[:i], items[i:j], items[j:]} {
			r, err := aging.Compute(part, opt)
			require.NoError(t, err)
			parts = append(parts, r)
		}
		merge := func(reports ...*aging.Report) *aging.Report {
			m, err := aging.Merge(reports...)
			require.NoError(t, err)
			return m
		}
		a, b, c := parts[0], parts[1], parts[2]
		require.Empty(t, gocmp.Diff(all, merge(a, b, c)))
		require.Empty(t, gocmp.Diff(all, merge(merge(a, b), c)), "associative")
		require.Empty(t, gocmp.Diff(all, merge(a, merge(b, c))), "associative")
		require.Empty(t, gocmp.Diff(all, merge(c, a, b)), "commutative")
		require.Empty(t, gocmp.Diff(a, merge(a)), "merging one")
	})
}

func TestReportsThatDifferAreNotEqual(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt := rapid.SliceOfN(genItem, 1, 30).Draw(t, "items"), genOptions.Draw(t, "options")
		r, err := aging.Compute(items, opt)
		require.NoError(t, err)
		less, err := aging.Compute(items[1:], opt)
		require.NoError(t, err)
		require.False(t, r.Equal(less), "one item less")
		opt.AsOf++
		later, err := aging.Compute(items, opt)
		require.NoError(t, err)
		require.False(t, r.Equal(later), "a day later")
	})
}

func TestDetailAgreesWithTheReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt := genItems.Draw(t, "items"), genOptions.Draw(t, "options")
		r, err := aging.Compute(items, opt)
		require.NoError(t, err)
		for _, row := range r.All() {
			d, err := aging.NewDetail(ledger.Items(items), opt, row.Key())
			require.NoError(t, err)
			mine, ok := d.Report().Row(row.Key(), row.Currency())
			require.True(t, ok)
			require.True(t, row.Equal(mine))
			for i, want := range row.Amounts() {
				sum := ar.Money{}
				for _, line := range d.Cell(row.Currency(), aging.Figure(i)) {
					sum = sumOf(t, []ar.Money{sum, line.Item.Outstanding})
					explained, err := aging.Explain(line.Item, opt, duedate.Terms{}, nil)
					require.NoError(t, err)
					require.NoError(t, explained.Reason)
					require.Equal(t, i, explained.Bucket)
					require.True(t, explained.Range.From <= explained.Offset && explained.Offset <= explained.Range.To)
				}
				require.True(t, sum.IsZero() && want.IsZero() || sum.Equal(want), "bucket %d", i)
			}
			requireColumns(t, row, d, opt)
		}
	})
}

// requireColumns checks that the lines of a detail make up the columns of a row,
// and that Explain knows of those beside the balance.
func requireColumns(t *rapid.T, row aging.Row, d *aging.Detail, opt aging.Options) {
	sums := map[aging.Column]ar.Money{}
	balance := ar.Money{}
	for _, line := range d.Lines(nil) {
		if m := line.Item.Outstanding; m.Currency() == row.Currency() {
			sums[line.Column] = sumOf(t, []ar.Money{sums[line.Column], m.Abs()})
			balance = sumOf(t, []ar.Money{balance, m})
		}
	}
	for _, line := range d.Beside(nil) {
		if m := line.Item.Outstanding; m.Currency() == row.Currency() {
			sums[line.Column] = sumOf(t, []ar.Money{sums[line.Column], m.Abs()})
		}
		if line.Item.Validate() != nil {
			continue // a report minds only what it needs
		}
		explained, err := aging.Explain(line.Item, opt, duedate.Terms{}, nil)
		require.NoError(t, err)
		require.Equal(t, line.Column, explained.Column)
		require.Error(t, explained.Reason)
	}
	for column, want := range map[aging.Column]ar.Money{
		aging.InBucket: row.Total(), aging.InUnapplied: row.Unapplied(), aging.InApart: row.Apart(),
		aging.InExcluded: row.Excluded(), aging.InReceipts: row.Receipts(),
	} {
		require.True(t, sums[column].IsZero() && want.IsZero() || sums[column].Equal(want), "column %d: %s", column, want)
	}
	require.True(t, balance.IsZero() && row.Balance().IsZero() || balance.Equal(row.Balance()))
}

// manyOf lays so many items out, of a few: in runs of each, or in turn, and those
// of the customers who come late not before a third of all did.
func manyOf(t *rapid.T, few []ledger.Item, n int) []ledger.Item {
	layout := rapid.SampledFrom([]string{"in turn", "in runs", "by customer"}).Draw(t, "layout")
	if layout == "by customer" {
		few = slices.Clone(few)
		slices.SortStableFunc(few, func(a, b ledger.Item) int { return strings.Compare(a.Customer, b.Customer) })
	}
	late := rapid.SampledFrom([]string{"C1", "C2", "nobody"}).Draw(t, "late")
	items := make([]ledger.Item, n)
	for i := range items {
		items[i] = few[i*len(few)/n]
		if layout == "in turn" {
			items[i] = few[i%len(few)]
			if i < n/3 && items[i].Customer == late {
				items[i].Customer = "C3"
			}
		}
	}
	return items
}

func TestWorkersNeverMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn, opt := rapid.SliceOfN(genItem, 1, 40).Draw(t, "items"), genOptions.Draw(t, "options")
		items := manyOf(t, drawn, rapid.SampledFrom([]int{100_000, 100_000, 150_000}).Draw(t, "number")) // 50,000 are worth a goroutine
		want, err := aging.Compute(items, opt)
		require.NoError(t, err)
		opt.Workers = rapid.IntRange(2, 5).Draw(t, "workers")
		got, err := aging.Compute(items, opt)
		require.NoError(t, err)
		require.Empty(t, gocmp.Diff(want, got))
		require.Equal(t, names(want), names(got), "the order in which the first items came")
	})
}
