package aging_test

import (
	"slices"
	"strconv"
	"testing"

	"github.com/cockroachdb/apd/v3"
	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// eachDoor calls check for the reports of all ways in, on one goroutine and on
// two, with the items that the way in takes: columns hold one currency.
func eachDoor(t *testing.T, items []ledger.Item, opt aging.Options, check func(door string, taken []ledger.Item, r *aging.Report)) {
	t.Helper()
	columns, kept := columnsOf(items)
	on := func(workers int) aging.Options {
		opt := opt
		opt.Workers = workers
		return opt
	}
	report := func(r *aging.Report, err error) *aging.Report {
		require.NoError(t, err)
		return r
	}
	check("Compute", items, report(aging.Compute(items, on(1))))
	check("Compute on two", items, report(aging.Compute(items, on(2))))
	check("ComputeSeq", items, report(aging.ComputeSeq(ledger.Items(items), on(1))))
	check("ComputeColumns", kept, report(aging.ComputeColumns(columns, on(1))))
	check("ComputeColumns on two", kept, report(aging.ComputeColumns(columns, on(2))))
	book, err := aging.NewBook(items, on(2))
	require.NoError(t, err)
	check("Book", items, book.Report())
	other := report(book.ReportAt(opt.AsOf+45, nil))
	check("Book on another day and back", items, report(book.ReportAt(opt.AsOf, other)))
}

// So few items so many times over are worth a second goroutine.
const few, many = 2_110, 50

// times returns the reference of the same items so many times over.
func (m *reference) times(t require.TestingT, n int) *reference {
	for _, d := range m.columns {
		_, err := apd.BaseContext.Mul(d, d, apd.New(int64(n), 0))
		require.NoError(t, err)
	}
	m.left.Future *= n
	m.left.Closed *= n
	m.left.Settled *= n
	m.left.Excluded *= n
	return m
}

// itemsOf makes so many items of those that come in turn.
func itemsOf(n int, of func(i int) ledger.Item) []ledger.Item {
	items := make([]ledger.Item, n)
	for i := range items {
		items[i] = of(i)
	}
	return items
}

// dueBefore returns an item that falls due so many days before 30 June 2026, the
// as-of date of these cases, and is dated 200 days before that.
func dueBefore(days int, customer string, minor int64, cur ar.Currency) ledger.Item {
	amount, err := ar.NewMoney(minor, cur)
	if err != nil {
		panic(err)
	}
	asOf := day("2026-06-30")
	return ledger.Item{Customer: customer, Date: asOf - 200, Due: asOf - ar.Date(days), Outstanding: amount}
}

func TestNamedCasesAreThoseOfTheReference(t *testing.T) {
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	customer := func(i int) string { return "C" + strconv.Itoa(i*7919%101) }
	for _, c := range []struct {
		name  string
		items []ledger.Item
	}{
		{"empty input", nil},
		{"one item", itemsOf(1, func(int) ledger.Item { return dueBefore(31, "C1", 12_345, eur) })},
		{"one customer", itemsOf(few, func(i int) ledger.Item {
			return dueBefore(i%211-60, "the only one", int64(1+i*7919%9_999_999), eur)
		})},
		{"all in one bucket", itemsOf(few, func(i int) ledger.Item {
			return dueBefore(31+i%30, customer(i), int64(1+i*7919%9_999_999), eur)
		})},
		{"debits and credits", itemsOf(few, func(i int) ledger.Item {
			return dueBefore(i%211-60, customer(i), int64(i*7919%9_999_999-5_000_000), eur)
		})},
		{"many not open", itemsOf(few, func(i int) ledger.Item {
			it := dueBefore(i%211-60, customer(i), int64(i%3*i), eur)
			if i%4 == 1 {
				it.Closed = opt.AsOf + ar.Date(i%5-2)
			}
			if i%7 == 1 {
				it.Date = opt.AsOf + ar.Date(i%3)
			}
			return it
		})},
		{"sums beyond 64 bits", itemsOf(few, func(i int) ledger.Item {
			return dueBefore(i%211-60, customer(i), 1<<62-int64(i), eur)
		})},
		{"currencies of other decimals", itemsOf(few, func(i int) ledger.Item {
			return dueBefore(i%211-60, customer(i), int64(1+i*7919%9_999_999), currencies[i%len(currencies)])
		})},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := 1
			if len(c.items) == few {
				n = many
			}
			_, kept := columnsOf(c.items)
			all, ofKept := referenceOf(t, c.items, opt).times(t, n), referenceOf(t, kept, opt).times(t, n)
			eachDoor(t, slices.Repeat(c.items, n), opt, func(_ string, taken []ledger.Item, r *aging.Report) {
				if len(taken) < n*len(c.items) {
					ofKept.check(t, r)
					return
				}
				all.check(t, r)
			})
		})
	}
}

// Decimals would take too long for a million rows. Each customer has one item,
// so what the row is to say is known.
func TestAMillionCustomers(t *testing.T) {
	customers := 1_000_000
	if testing.Short() {
		customers = few * many
	}
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	set := bucket.Standard().All()
	var bucketOf [211]aging.Figure // by offset plus 60
	for offset := range bucketOf {
		for i, b := range set {
			if b.From <= offset-60 && offset-60 <= b.To {
				bucketOf[offset] = aging.Figure(i)
			}
		}
	}
	items := itemsOf(customers, func(i int) ledger.Item {
		return dueBefore(i%211-60, "K"+strconv.Itoa(i*7919%customers), int64(1+i%9_999_999), eur)
	})
	total := map[aging.Figure]int64{}
	for i := range items {
		total[bucketOf[i%211]] += int64(1 + i%9_999_999)
	}
	is := func(m ar.Money, want int64) bool {
		n, ok := m.Minor()
		return ok && n == want && m.Currency() == eur
	}
	eachDoor(t, items, opt, func(door string, _ []ledger.Item, r *aging.Report) {
		require.Equal(t, customers, r.Len(), door)
		i := 0
		for w := range r.Unsorted() {
			it := &items[i]
			want, _ := it.Outstanding.Minor()
			if w.Key() != it.Customer || !is(w.Figure(bucketOf[i%211]), want) || !is(w.Balance(), want) {
				require.Fail(t, "another row", "%s: row %d is %s %s, item %v", door, i, w.Key(), w.Amounts(), *it)
			}
			i++
		}
		require.Equal(t, customers, i, door)
		require.Len(t, r.Totals(), 1)
		for f, want := range total {
			require.True(t, is(r.Totals()[0].Figure(f), want), "%s: %s", door, f)
		}
	})
}
