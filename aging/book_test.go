package aging_test

import (
	"errors"
	"math"
	"math/rand"
	"strconv"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// bookMachine does the same to a book and to a list of items.
type bookMachine struct {
	book  *aging.Book
	opt   aging.Options
	lag   ar.Date                  // between the as-of date and the one aged as of
	minor *rapid.Generator[string] // amounts, in minor units
	items []ledger.Item            // by Handle
	gone  map[aging.Handle]bool
	spare *aging.Report
}

func newBookMachine(t *rapid.T) *bookMachine {
	m := &bookMachine{gone: map[aging.Handle]bool{}}
	m.opt = genOptions.Draw(t, "options")
	m.opt.Basis, m.opt.Adjusted = aging.DueDate, false
	if m.opt.AgedAsOf != 0 {
		m.lag = ar.Date(rapid.IntRange(-40, 40).Draw(t, "days to the day aged as of"))
		m.opt.AgedAsOf = m.opt.AsOf + m.lag
	}
	m.opt.Workers = rapid.IntRange(0, 4).Draw(t, "workers")
	// Of two months by the calendar, rows are narrower on the first of a month.
	calendar, err := bucket.Calendar(2, bucket.Months)
	require.NoError(t, err)
	m.opt.Buckets = rapid.SampledFrom([]bucket.Set{m.opt.Buckets, m.opt.Buckets, calendar}).Draw(t, "calendar or not")
	// With amounts beyond 64 bits every sum is looked at; with others none is.
	m.minor = rapid.SampledFrom([]*rapid.Generator[string]{
		genMinor, rapid.SampledFrom([]string{"0", "1", "700", "-350", "100000"}),
		// 2⁶² and one less: two of them may fit.
		rapid.SampledFrom([]string{"0", "1", "-1", "2", "-2", "3", "4", "5", "4611686018427387903", "4611686018427387904"}),
	}).Draw(t, "kind of amounts")
	for range rapid.IntRange(0, 40).Draw(t, "items") {
		m.items = append(m.items, m.genItem(t))
	}
	way := func(name string, numbers ...int) int { return rapid.SampledFrom(numbers).Draw(t, name) }
	m.book, err = aging.NewTunedBook(m.items, m.opt,
		way("share", 1, 3, 50_000), way("piece", 1, 3, 1024), way("loose", 1, 4, 1000), way("apart", 0, 1, 1000), way("roll", 0, 1, 1000))
	require.NoError(t, err)
	return m
}

func (m *bookMachine) genItem(t *rapid.T) ledger.Item {
	it := genItem.Draw(t, "item")
	it.Outstanding = ofMinor(m.minor.Draw(t, "minor units"), it.Outstanding.Currency())
	return it
}

// genDay is near the dates of genItem, the first of a month, or far off.
func (m *bookMachine) genDay(t *rapid.T) ar.Date {
	near := rapid.Map(rapid.IntRange(-140, 140), func(n int) ar.Date { return day("2026-06-30") + ar.Date(n) })
	apart := rapid.SampledFrom([]ar.Date{
		day("2026-06-01"), day("2026-07-01"), day("2026-08-01"), day("0600-01-01"), day("2025-01-01"), day("9000-12-31"),
	})
	return rapid.OneOf(near, near, apart).Draw(t, "day")
}

// genHandle is nearly always one of an item.
func (m *bookMachine) genHandle(t *rapid.T) aging.Handle {
	return aging.Handle(rapid.IntRange(-1, len(m.items)).Draw(t, "handle"))
}

func (m *bookMachine) has(h aging.Handle) bool { return h >= 0 && int(h) < len(m.items) && !m.gone[h] }

func (m *bookMachine) left() (items []ledger.Item) {
	for h, it := range m.items {
		if m.has(aging.Handle(h)) {
			items = append(items, it)
		}
	}
	return items
}

func (m *bookMachine) requireReport(t *rapid.T, asOf ar.Date, got *aging.Report) {
	opt := m.opt
	opt.AsOf, opt.AgedAsOf = asOf, asOf+m.lag
	want, err := aging.Compute(m.left(), opt)
	require.NoError(t, err)
	require.Empty(t, gocmp.Diff(want, got))
	require.Equal(t, want.Len(), got.Len())
	require.Len(t, got.Totals(), len(want.Totals()))
	require.Equal(t, want.Currencies(), got.Currencies())
}

func (m *bookMachine) check(t *rapid.T) {
	m.requireReport(t, m.opt.AsOf, m.book.Report())
	require.Equal(t, len(m.left()), m.book.Len())
}

func (m *bookMachine) anotherDay(t *rapid.T) {
	asOf := m.genDay(t)
	var err error
	m.spare, err = m.book.ReportAt(asOf, m.spare)
	require.NoError(t, err)
	m.requireReport(t, asOf, m.spare)
}

func (m *bookMachine) add(t *rapid.T) {
	it := m.genItem(t)
	h, err := m.book.Add(it)
	require.NoError(t, err)
	require.Equal(t, aging.Handle(len(m.items)), h)
	m.items = append(m.items, it)
}

func (m *bookMachine) setOutstanding(t *rapid.T) {
	h := m.genHandle(t)
	cur := eur
	if m.has(h) {
		cur = m.items[h].Outstanding.Currency()
	}
	amount := ofMinor(m.minor.Draw(t, "minor units"), cur)
	err := m.book.SetOutstanding(h, amount)
	if !m.has(h) {
		require.ErrorIs(t, err, aging.ErrNoItem)
		return
	}
	require.NoError(t, err)
	m.items[h].Outstanding = amount
	got, err := m.book.Outstanding(h)
	require.NoError(t, err)
	require.True(t, amount.Equal(got), "%s, want %s", got, amount)
}

func (m *bookMachine) remove(t *rapid.T) {
	h := m.genHandle(t)
	err := m.book.Remove(h)
	if !m.has(h) {
		require.ErrorIs(t, err, aging.ErrNoItem)
		return
	}
	require.NoError(t, err)
	m.gone[h] = true
}

func (m *bookMachine) roll(t *rapid.T) {
	m.opt.AsOf = m.genDay(t)
	require.NoError(t, m.book.Roll(m.opt.AsOf))
}

func (m *bookMachine) rollOneDay(t *rapid.T) {
	m.opt.AsOf += rapid.SampledFrom([]ar.Date{-1, 1}).Draw(t, "days")
	require.NoError(t, m.book.Roll(m.opt.AsOf))
}

func TestBookReportsWhatComputeDoes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := newBookMachine(t)
		t.Repeat(map[string]func(*rapid.T){
			"":                m.check,
			"add":             m.add,
			"set outstanding": m.setOutstanding,
			"remove":          m.remove,
			"roll":            m.roll,
			"roll one day":    m.rollOneDay,
			"another day":     m.anotherDay,
		})
	})
}

// largeBook is of many stretches of positions: most rows are short, one is as
// long as all of them, some items are credits, and some are not always open.
func largeBook(n int) []ledger.Item {
	r := rand.New(rand.NewSource(3))
	items := book(n, false)
	for i := range items {
		it := &items[i]
		if i%2 == 0 {
			it.Customer = "the largest"
		}
		if i%7 == 0 {
			it.Outstanding = it.Outstanding.Neg()
		}
		if i%11 == 0 {
			it.Outstanding = ar.MustMoney("0 EUR")
		}
		if i%13 == 0 {
			it.Closed = it.Date + ar.Date(r.Intn(300))
		}
	}
	return items
}

func TestBookOfManyItems(t *testing.T) {
	items := largeBook(50_000)
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	for _, workers := range []int{0, 1, 2, 3, 4} {
		opt.Workers = workers
		b, err := aging.NewTunedBook(items, opt, 1000, 1024, 16, 100, 8)
		require.NoError(t, err)
		// Some of these come after the last time that all were grouped.
		for i := range items[:5_000] {
			_, err := b.Add(items[i])
			require.NoError(t, err)
			require.NoError(t, b.Remove(aging.Handle(2*i)))
		}
		require.Positive(t, b.Loose())
		var now []ledger.Item
		for i := range items {
			if i >= 10_000 || i%2 == 1 {
				now = append(now, items[i])
			}
		}
		now = append(now, items[:5_000]...)
		require.Equal(t, len(now), b.Len())
		var r *aging.Report
		for _, days := range []ar.Date{0, 1, -1, 40, -40, 500, -300, -600} {
			at := opt
			at.AsOf += days
			want, err := aging.Compute(now, at)
			require.NoError(t, err)
			r, err = b.ReportAt(at.AsOf, r)
			require.NoError(t, err)
			require.True(t, want.Equal(r), "%d workers, %d days", workers, days)
			require.NoError(t, b.Roll(at.AsOf))
			require.True(t, want.Equal(b.Report()), "%d workers, rolled %d days", workers, days)
		}
	}
}

// Rows of a book that are longer than the pieces that goroutines take, and rows that
// end where a piece does.
func TestBookOfLongRows(t *testing.T) {
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	for _, rows := range [][]int{{10_000}, {3 * 1024, 1024, 1, 1023, 5000}, {1, 2047, 2 * 1024, 7, 1500}, {1, 9000}} {
		var items []ledger.Item
		for customer, n := range rows {
			for i := range n {
				it := item("C"+strconv.Itoa(customer), "1", "2026-06-29", "1.00 EUR")
				it.Due -= ar.Date(i % 150)
				items = append(items, it)
			}
		}
		want, err := aging.Compute(items, opt)
		require.NoError(t, err)
		for _, workers := range []int{1, 2, 3, 16} {
			of := opt
			of.Workers = workers
			b, err := aging.NewTunedBook(items, of, 1, 1024, 16, 100, 8)
			require.NoError(t, err)
			got, err := b.ReportAt(opt.AsOf, nil)
			require.NoError(t, err)
			require.True(t, want.Equal(got), "%v, %d workers", rows, workers)
		}
	}
}

// How often a day's roll is to look at items is found out here bucket by bucket.
func TestRollTouchesOnlyWhatCrossesAnEdge(t *testing.T) {
	items := largeBook(20_000)
	set, err := bucket.FromEdges(-1, 0, 30, 60, 90, 120)
	require.NoError(t, err)
	for _, workers := range []int{1, 3} {
		from := day("2026-05-15")
		opt := aging.Options{AsOf: from, Buckets: set, Workers: workers}
		b, err := aging.NewTunedBook(items, opt, 1, 1024, 16, 100, 8) // each item is worth a goroutine
		require.NoError(t, err)
		total := 0
		for _, days := range []ar.Date{1, 1, 1, -1, -1, -1, -1, 0, 2} {
			to := from + days
			want := looksOfRoll(items, set, from, to, workers)
			require.NoError(t, b.Roll(to))
			require.Equal(t, want, b.Touched(), "%d days from %s, %d workers", days, from, workers)
			require.Less(t, want, workers*len(items)/20)
			total += want
			from = to
		}
		require.Positive(t, total)
		// Where most items would have to move, a new report is made.
		require.NoError(t, b.Roll(from+200))
		require.Equal(t, len(items), b.Touched())
	}
}

// looksOfRoll counts an item for each edge that it crosses and each of its dates
// that lies between. With several workers, each looks at what crosses on a day
// whose items are all in the report.
func looksOfRoll(items []ledger.Item, set bucket.Set, from, to ar.Date, workers int) (looks int) {
	first, last := min(from, to)+1, max(from, to)
	between := func(d ar.Date) bool { return first <= d && d <= last }
	mixed := map[ar.Date]bool{} // due days with items that are not in the report
	for i := range items {
		it := &items[i]
		if it.Date > from || it.Closed != 0 && it.Closed <= from {
			mixed[it.Due] = true
		}
	}
	for i := range items {
		it := &items[i]
		if set.Index(from.DaysSince(it.Due)) != set.Index(to.DaysSince(it.Due)) {
			looks++
			if !mixed[it.Due] {
				looks += workers - 1
			}
		}
		if between(it.Date) {
			looks++
		}
		if between(it.Closed) {
			looks++
		}
	}
	return looks
}

// A customer of whom no item is left has no row, nor one in a report that the
// book's is merged into.
func TestMergeOfABookThatLostItems(t *testing.T) {
	item := func(customer string) ledger.Item {
		return ledger.Item{Customer: customer, Date: ar.MustDate("2026-04-01"), Outstanding: ar.MustMoney("5.00 EUR")}
	}
	opt := aging.Options{AsOf: ar.MustDate("2026-05-01"), Buckets: bucket.Standard()}
	book, err := aging.NewBook([]ledger.Item{item("A"), item("B"), item("C")}, opt)
	require.NoError(t, err)
	require.NoError(t, book.Remove(1))
	other, err := aging.Compute([]ledger.Item{item("C"), item("D")}, opt)
	require.NoError(t, err)
	for _, reports := range [][]*aging.Report{{book.Report(), other}, {other, book.Report()}} {
		merged, err := aging.Merge(reports...)
		require.NoError(t, err)
		var rows []string
		for _, row := range merged.All() {
			rows = append(rows, row.Key()+" "+row.Total().String())
		}
		require.Equal(t, []string{"A 5.00 EUR", "C 10.00 EUR", "D 5.00 EUR"}, rows)
	}
}

func TestBookGroupsAgainNowAndThen(t *testing.T) {
	items := largeBook(1000)
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	b, err := aging.NewTunedBook(items[:600], opt, 1, 1024, 4, 100, 8)
	require.NoError(t, err)
	grouped := 0
	for i, it := range items[600:] {
		before := b.Loose()
		h, err := b.Add(it)
		require.NoError(t, err)
		require.Equal(t, aging.Handle(600+i), h)
		if b.Loose() == 0 {
			require.Equal(t, 200, before) // of 800; one more is more than a fourth
			grouped++
		}
	}
	require.Equal(t, 1, grouped)
	for i := range 900 {
		require.NoError(t, b.Remove(aging.Handle(i)))
	}
	require.Less(t, b.Loose(), 100)
	want, err := aging.Compute(items[900:], opt)
	require.NoError(t, err)
	require.True(t, want.Equal(b.Report()))
	for i := range items {
		got, err := b.Outstanding(aging.Handle(i))
		if i < 900 {
			require.EqualError(t, err, "no such item in the book: handle "+strconv.Itoa(i)+" was removed")
			continue
		}
		require.NoError(t, err)
		require.True(t, items[i].Outstanding.Equal(got))
	}
}

func TestBookBeyond64Bits(t *testing.T) {
	// Each item is 2⁶² cents: one fits, two are too many, and with four of them
	// the size of all begins at 0 again if it is kept in 64 bits.
	const n = 9
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	var items []ledger.Item
	for range n {
		items = append(items, item("C1", "1", "2026-06-29", "46116860184273879.04 EUR"))
	}
	b, err := aging.NewBook(items, opt)
	require.NoError(t, err)
	requireReport := func(left []ledger.Item) {
		t.Helper()
		opt.AsOf++ // from one bucket to another every month
		want, err := aging.Compute(left, opt)
		require.NoError(t, err)
		require.NoError(t, b.Roll(opt.AsOf))
		require.True(t, want.Equal(b.Report()), "%d items", len(left))
		at, err := b.ReportAt(opt.AsOf, nil)
		require.NoError(t, err)
		require.True(t, want.Equal(at), "%d items", len(left))
	}
	requireReport(items)
	for i := range n {
		require.NoError(t, b.Remove(aging.Handle(i)))
		requireReport(items[i+1:])
	}
	for i := range n {
		_, err := b.Add(items[i])
		require.NoError(t, err)
		requireReport(items[:i+1])
	}
	require.Equal(t, "415051741658464911.36 EUR", b.Report().Totals()[0].Total().String())
}

func TestNewBookTellsItsProgress(t *testing.T) {
	items := manyItems(150_000)
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	var seen []int
	opt.Progress = func(n int) error {
		seen = append(seen, n)
		return nil
	}
	b, err := aging.NewBook(items, opt)
	require.NoError(t, err)
	require.Equal(t, []int{65_536, 131_072, 150_000}, seen)
	require.NoError(t, b.Roll(opt.AsOf+90))
	require.Len(t, seen, 3)
	stop := errors.New("enough")
	opt.Progress = func(int) error { return stop }
	_, err = aging.NewBook(items, opt)
	require.ErrorIs(t, err, stop)
}

func TestBookWithoutItems(t *testing.T) {
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	b, err := aging.NewBook(nil, opt)
	require.NoError(t, err)
	require.Zero(t, b.Report().Len())
	require.Empty(t, b.Report().Totals())
	require.NoError(t, b.Roll(day("2026-07-01")))
	r, err := b.ReportAt(day("2020-01-01"), nil)
	require.NoError(t, err)
	require.Zero(t, r.Len())
	h, err := b.Add(item("C1", "1", "2026-06-30", "1.00 EUR"))
	require.NoError(t, err)
	require.Equal(t, "1.00 EUR", row(t, b.Report(), "C1", eur).PastDue().String())
	require.NoError(t, b.Remove(h))
	require.Zero(t, b.Report().Len())
	require.Empty(t, b.Report().Rows(nil))
	_, ok := b.Report().Row("C1", eur)
	require.False(t, ok)
}

func TestBookRefusals(t *testing.T) {
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	good := item("C1", "1", "2026-06-29", "1.00 EUR")
	bad := item("", "2", "2026-06-29", "1.00 EUR")
	_, err := aging.NewBook([]ledger.Item{good, bad}, opt)
	require.EqualError(t, err, `item 1: item "2" of customer "": no customer ID`)
	_, err = aging.NewBook(nil, aging.Options{})
	require.ErrorIs(t, err, aging.ErrNoAsOf)
	byDate := opt
	byDate.Basis = aging.DocumentDate
	_, err = aging.NewBook(nil, byDate)
	require.EqualError(t, err, "a book ages by due date; Compute does by date date")

	months, err := bucket.Periods(3, 1, bucket.Months)
	require.NoError(t, err)
	opt.Buckets = months
	b, err := aging.NewBook([]ledger.Item{good, good}, opt)
	require.NoError(t, err)
	require.NoError(t, b.Remove(1))
	before := b.Report().Clone()

	_, err = b.Add(bad)
	require.ErrorIs(t, err, ledger.ErrNoCustomer)
	for _, h := range []aging.Handle{-1, 1, 2, math.MaxInt32, math.MinInt32} {
		require.ErrorIs(t, b.SetOutstanding(h, ar.MustMoney("1.00 EUR")), aging.ErrNoItem)
		require.ErrorIs(t, b.Remove(h), aging.ErrNoItem)
		_, err = b.Outstanding(h)
		require.ErrorIs(t, err, aging.ErrNoItem)
	}
	require.EqualError(t, b.Remove(1), "no such item in the book: handle 1 was removed")
	require.EqualError(t, b.Remove(2), "no such item in the book: handle 2 of 2")
	var mismatch *ar.MismatchError
	require.ErrorAs(t, b.SetOutstanding(0, ar.MustMoney("1 JPY")), &mismatch)
	require.Equal(t, ar.MismatchError{Left: eur, Right: jpy}, *mismatch)
	require.ErrorIs(t, b.Roll(0), aging.ErrNoAsOf)
	require.ErrorIs(t, b.Roll(day("0001-02-03")), ar.ErrDateRange, "three months back is before year 1")
	_, err = b.ReportAt(ar.MaxDate+1, nil)
	require.ErrorIs(t, err, aging.ErrNoAsOf)
	_, err = b.ReportAt(day("2026-07-01"), b.Report())
	require.ErrorIs(t, err, aging.ErrBookReport)
	opt.Reuse = b.Report()
	_, err = aging.Compute(nil, opt)
	require.ErrorIs(t, err, aging.ErrBookReport)
	opt.Reuse = nil
	other, err := aging.NewBook(nil, opt)
	require.NoError(t, err)
	_, err = other.ReportAt(day("2026-07-01"), b.Report())
	require.ErrorIs(t, err, aging.ErrBookReport)

	require.True(t, before.Equal(b.Report()), "after errors")
	require.Equal(t, 1, b.Len())
}

func TestSetOutstandingOfNoCurrency(t *testing.T) {
	// The zero Money goes with any currency, and an item of it has none.
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	none := item("C1", "2", "2026-06-29", "1.00 EUR")
	none.Outstanding = ar.Money{}
	b, err := aging.NewBook([]ledger.Item{item("C1", "1", "2026-06-29", "1.00 EUR"), none}, opt)
	require.NoError(t, err)
	require.Equal(t, 1, b.Report().LeftOut().Settled)
	require.NoError(t, b.SetOutstanding(0, ar.Money{}))
	require.Equal(t, 2, b.Report().LeftOut().Settled)
	require.Zero(t, b.Report().Len())
	got, err := b.Outstanding(0)
	require.NoError(t, err)
	require.Equal(t, "0.00 EUR", got.String())
	require.Error(t, b.SetOutstanding(1, ar.MustMoney("1.00 EUR")))
}

func TestReportsOfABookKeepWhatTheySay(t *testing.T) {
	items := largeBook(3000)
	b, err := aging.NewBook(items[:2000], aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()})
	require.NoError(t, err)
	at, err := b.ReportAt(day("2026-03-31"), nil)
	require.NoError(t, err)
	live := b.Report()
	kept, keptAt := live.Clone(), at.Clone()
	require.True(t, kept.Equal(live))
	for i, it := range items[2000:] {
		_, err := b.Add(it)
		require.NoError(t, err)
		require.NoError(t, b.SetOutstanding(aging.Handle(i), ar.MustMoney("99999999999999999999.99 EUR")))
	}
	require.NoError(t, b.Roll(day("2026-07-31")))
	require.Same(t, live, b.Report())
	require.False(t, kept.Equal(live))
	require.True(t, keptAt.Equal(at), "a report of ReportAt changed with the book")
	want, err := aging.Compute(items[:2000], aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()})
	require.NoError(t, err)
	require.True(t, want.Equal(kept), "a clone changed with the book")
	again, err := b.ReportAt(day("2026-07-31"), kept)
	require.NoError(t, err)
	require.True(t, live.Equal(again))
	require.Same(t, kept, again)

	merged, err := aging.Merge(live)
	require.NoError(t, err)
	require.True(t, live.Equal(merged))
}

func TestReportsOfABookSideBySide(t *testing.T) {
	items := largeBook(20_000)
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Workers: 2}
	b, err := aging.NewTunedBook(items, opt, 1000, 1024, 16, 100, 8)
	require.NoError(t, err)
	var wait sync.WaitGroup
	for i := range 4 {
		wait.Add(1)
		go func() {
			defer wait.Done()
			at := opt
			at.AsOf += ar.Date(30*i - 60)
			want, err := aging.Compute(items, at)
			got, errAt := b.ReportAt(at.AsOf, nil)
			if err != nil || errAt != nil || !want.Equal(got) {
				t.Errorf("as of %s: %v, %v, or another report", at.AsOf, err, errAt)
			}
		}()
	}
	wait.Wait()
}

// A payment of too much, the first that a book sees, moves no row.
func TestFirstCreditOfABook(t *testing.T) {
	b, err := aging.NewBook(book(20_000, false), aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()})
	require.NoError(t, err)
	require.Greater(t, b.Report().Len(), 500)
	amount := ar.MustMoney("-0.01 EUR")
	require.Less(t, allocated(func() { err = b.SetOutstanding(0, amount) }), uint64(4096))
	require.NoError(t, err)
	r, err := b.ReportAt(day("2026-06-30"), nil)
	require.NoError(t, err)
	require.True(t, b.Report().Equal(r))
	var unapplied ar.Money
	for _, row := range r.Totals() {
		unapplied = row.Unapplied()
	}
	require.Equal(t, "0.01 EUR", unapplied.String())
}

func TestPaymentsAndDaysAllocateNothing(t *testing.T) {
	items := largeBook(20_000)
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	b, err := aging.NewBook(items, opt)
	require.NoError(t, err)
	i := int64(0)
	require.Zero(t, testing.AllocsPerRun(1000, func() {
		i++
		amount, err := ar.NewMoney(1000-i, eur)
		require.NoError(t, err)
		require.NoError(t, b.SetOutstanding(aging.Handle(i), amount))
	}))
	require.NoError(t, b.Roll(opt.AsOf-1)) // the memory that a roll takes is kept
	least, most := len(items), 0
	require.Zero(t, testing.AllocsPerRun(100, func() {
		i++
		require.NoError(t, b.Roll(opt.AsOf+ar.Date(i&1)))
		least, most = min(least, b.Touched()), max(most, b.Touched())
	}))
	require.Positive(t, least)
	require.Less(t, most, len(items))
	r, err := b.ReportAt(opt.AsOf, nil)
	require.NoError(t, err)
	require.Less(t, testing.AllocsPerRun(20, func() {
		again, err := b.ReportAt(opt.AsOf, r)
		require.NoError(t, err)
		require.Same(t, r, again)
	}), 20.0, "whatever the number of items")
}
