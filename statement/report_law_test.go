package statement_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// liveBook is a book and the items that it has now.
type liveBook struct {
	*aging.Book
	items []ledger.Item // by Handle
	gone  []bool
}

// now returns the items that are there.
func (b *liveBook) now() (items []ledger.Item) {
	for h, it := range b.items {
		if !b.gone[h] {
			items = append(items, it)
		}
	}
	return items
}

// change changes, removes or adds an item, or goes to another day.
func (b *liveBook) change(t *rapid.T) {
	h := rapid.IntRange(0, max(0, len(b.items)-1)).Draw(t, "handle")
	there := len(b.items) > 0 && !b.gone[h]
	switch rapid.IntRange(0, 3).Draw(t, "do") {
	case 0:
		if there {
			b.items[h].Outstanding = drawOutstanding(t, b.items[h].Outstanding.Currency().Code())
			require.NoError(t, b.SetOutstanding(aging.Handle(h), b.items[h].Outstanding))
		}
	case 1:
		if there {
			b.gone[h] = true
			require.NoError(t, b.Remove(aging.Handle(h)))
		}
	case 2:
		it := drawLiveItem(t)
		h, err := b.Add(it)
		require.NoError(t, err)
		require.Equal(t, len(b.items), int(h))
		b.items, b.gone = append(b.items, it), append(b.gone, false)
	case 3:
		require.NoError(t, b.Roll(march.To+ar.Date(rapid.IntRange(-40, 40).Draw(t, "roll"))))
	}
}

// Whatever happens to a book, the statements of its report are those of the items
// that it has.
func TestStatementsOfALiveBookLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		opt := drawOptions(t)
		opt.Form = statement.OpenItem
		opt.Buckets = rapid.SampledFrom([]bucket.Set{bucket.Standard(), must(bucket.FromEdges(0)), must(bucket.FromEdges(45)), must(bucket.Calendar(3, bucket.Months))}).Draw(t, "buckets")
		opt.SplitCurrent = rapid.Bool().Draw(t, "split")
		if rapid.Bool().Draw(t, "on statement") {
			opt.Overdue = statement.OnStatement
		}
		items := rapid.SliceOfN(rapid.Custom(drawLiveItem), 0, 40).Draw(t, "items")
		book, err := aging.NewBook(items, aging.Options{AsOf: march.To, Buckets: opt.Buckets, Workers: 2})
		require.NoError(t, err)
		b := &liveBook{Book: book, items: slices.Clone(items), gone: make([]bool, len(items))}
		var report *aging.Report
		for range rapid.IntRange(0, 12).Draw(t, "steps") {
			b.change(t)
			report, err = b.ReportAt(march.To, report)
			require.NoError(t, err)
			requireStatements(t, report, b.now(), opt)
		}
		require.NoError(t, b.Roll(march.To))
		requireStatements(t, b.Report(), b.now(), opt)
	})
}

// requireStatements holds FromReport against FromItems of each customer.
func requireStatements(t *rapid.T, r *aging.Report, items []ledger.Item, opt statement.Options) {
	got, want := map[string]string{}, map[string]string{}
	say := func(said map[string]string, s *statement.Statement) {
		text := written(t, s)
		for _, x := range s.All() {
			text += fmt.Sprint(x.Total(), x.Current(), x.DueNow(), x.NotYetDue(), x.Overdue(), x.Amount(0))
		}
		said[s.Customer()] = text
	}
	var order, rows []string
	for s, err := range statement.FromReport(r, items, opt) {
		require.NoError(t, err)
		say(got, s)
		order = append(order, s.Customer())
	}
	for row := range r.Unsorted() {
		if id := strings.ToValidUTF8(row.Key(), "\uFFFD"); !slices.Contains(rows, id) {
			rows = append(rows, id)
		}
	}
	require.Equal(t, rows, order, "in the order of the rows")
	alone := map[string][]ledger.Item{}
	for _, it := range items {
		alone[it.Customer] = append(alone[it.Customer], it)
	}
	opt.Cutover = 0
	for customer, items := range alone {
		s, err := statement.FromItems(customer, items, opt)
		require.NoError(t, err)
		if s.Len() > 0 {
			say(want, s)
		}
	}
	require.Equal(t, want, got)
}

// drawOutstanding draws amounts of any size and sign.
func drawOutstanding(t *rapid.T, currency string) ar.Money {
	switch rapid.IntRange(0, 9).Draw(t, "kind of amount") {
	case 0:
		return ar.MustMoney("123456789012345678901234.56 " + currency)
	case 1:
		return ar.MustMoney("-123456789012345678901234.56 " + currency)
	case 2:
		return cents(rapid.SampledFrom([]int64{-1 << 63, 1<<63 - 1, -1<<63 + 1}).Draw(t, "edge"), currency)
	}
	return cents(rapid.Int64Range(-50, 200).Draw(t, "minor"), currency)
}

func drawLiveItem(t *rapid.T) ledger.Item {
	it := drawItem(t)
	it.Customer = rapid.SampledFrom([]string{"C", "C0000001", "C0000002", "a customer of a long name", "\xff\xfe123456"}).Draw(t, "customer of a book")
	it.Outstanding = drawOutstanding(t, it.Outstanding.Currency().Code())
	return it
}
