package statement_test

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

func sum(t require.TestingT, amounts ...ar.Money) ar.Money {
	var total ar.Money
	for _, m := range amounts {
		var err error
		total, err = total.Add(m)
		require.NoError(t, err)
	}
	return total
}

func same(t require.TestingT, want, got ar.Money, what string) {
	if !want.Equal(got) {
		require.Failf(t, what, "want %s, got %s", want, got)
	}
}

// All amounts of a statement add up, in every currency and either form.
func TestSumsLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, opt := history(t), drawOptions(t)
		s, err := statement.FromAccount(a, views("Leeds"), opt)
		require.NoError(t, err)
		for _, x := range s.All() {
			same(t, x.Total(), sum(t, append(x.Amounts(), cents(0, x.Currency().Code()))...), "ageing box")
			same(t, x.Total(), sum(t, x.Overdue(), x.Current()), "summary box")
			same(t, x.Current(), sum(t, x.DueNow(), x.NotYetDue()), "current")
			same(t, x.Balance(), sum(t, x.Total(), x.Unapplied().Neg()), "balance")
			running := x.Opening()
			for _, l := range x.Lines() {
				if opt.Form == statement.OpenItem {
					running = sum(t, running, l.Outstanding)
				} else {
					running = sum(t, running, l.Amount)
				}
				same(t, running, l.Balance, "running balance")
			}
			same(t, x.Balance(), sum(t, running, x.Exchanged(), x.Elsewhere()), "all that is listed")
			require.False(t, len(x.Lines()) == 0 && x.Opening().IsZero() && x.Exchanged().IsZero() && x.Elsewhere().IsZero() &&
				x.Total().IsZero() && x.Unapplied().IsZero(), "a section about nothing")
		}
	})
}

// Where the scope views everything, the balances are those of the account, and
// nothing came from elsewhere.
func TestBalanceOfTheAccountLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, opt := history(t), drawOptions(t)
		s, err := statement.FromAccount(a, views("Hull", "Leeds"), opt)
		require.NoError(t, err)
		want, err := a.Balance(march.To)
		require.NoError(t, err)
		got := map[ar.Currency]ar.Money{}
		for _, x := range s.All() {
			got[x.Currency()] = x.Balance()
			require.True(t, x.Elsewhere().IsZero())
		}
		for _, m := range want {
			same(t, m, sum(t, got[m.Currency()], cents(0, m.Currency().Code())), "balance")
			delete(got, m.Currency())
		}
		require.Empty(t, got)
	})
}

// The ageing box is the customer's rows of the aged report of the same items.
func TestAgeingBoxIsTheReportLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, opt, scope := history(t), drawOptions(t), views("Leeds")
		s, err := statement.FromAccount(a, scope, opt)
		require.NoError(t, err)
		report, err := aging.ComputeSeq(scope.Items(a.Items(march.To)), aging.Options{AsOf: march.To, Buckets: opt.Buckets})
		require.NoError(t, err)
		for _, x := range s.All() {
			row, ok := report.Row("C-1", x.Currency())
			if !ok {
				require.Equal(t, statement.BalanceForward, opt.Form)
				require.True(t, x.Total().IsZero() && x.Unapplied().IsZero())
				continue
			}
			for i, m := range x.Amounts() {
				same(t, row.Amount(i), m, "bucket")
				same(t, m, x.Amount(i), "bucket")
			}
			same(t, row.Unapplied(), x.Unapplied(), "unapplied")
			same(t, row.Balance(), x.Balance(), "balance")
			same(t, row.PastDue(), x.Overdue(), "overdue")
		}
		require.GreaterOrEqual(t, s.Len(), report.Len())
	})
}

// Statements in balance-forward form chain: the closing balance of one is the
// opening balance of the next, wherever a period is cut, and the documents of
// the parts are those of the whole.
func TestBalanceForwardChainsLaw(t *testing.T) {
	type totals struct {
		opening, closing, moved ar.Money
		lines                   int
	}
	rapid.Check(t, func(t *rapid.T) {
		a, opt := history(t), options()
		opt.Form = statement.BalanceForward
		totalsOf := func(from, to ar.Date) map[string]totals {
			opt.Period = statement.Period{From: from, To: to}
			s, err := statement.FromAccount(a, views("Leeds"), opt)
			require.NoError(t, err)
			all := map[string]totals{}
			for _, x := range s.All() {
				all[x.Currency().Code()] = totals{x.Opening(), x.Balance(), sum(t, x.Exchanged(), x.Elsewhere()), len(x.Lines())}
			}
			return all
		}
		cut := march.From + ar.Date(rapid.IntRange(0, 29).Draw(t, "cut"))
		whole, first, second := totalsOf(march.From, march.To), totalsOf(march.From, cut), totalsOf(cut+1, march.To)
		for _, cur := range []string{"EUR", "USD"} {
			zero := cents(0, cur)
			w, f, s := whole[cur], first[cur], second[cur]
			same(t, sum(t, zero, f.closing), sum(t, zero, s.opening), "closing and opening")
			same(t, sum(t, zero, w.opening), sum(t, zero, f.opening), "opening")
			same(t, sum(t, zero, w.closing), sum(t, zero, s.closing), "closing")
			same(t, sum(t, zero, w.moved), sum(t, zero, f.moved, s.moved), "moved")
			require.Equal(t, w.lines, f.lines+s.lines)
		}
	})
}

// What is saved reads back as what it was, to the last byte of every form.
func TestRecordLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s, err := statement.FromAccount(history(t), views("Leeds"), drawOptions(t))
		require.NoError(t, err)
		r, err := s.Record("run", []string{"Leeds", "Hull", "Leeds"}, noon)
		require.NoError(t, err)
		require.Equal(t, []string{"Hull", "Leeds"}, r.Locations)
		again, err := r.Statement()
		require.NoError(t, err)
		require.Equal(t, written(t, s), written(t, again))
	})
}

// The order of facts makes no difference.
func TestOrderLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, opt := history(t), drawOptions(t)
		f := a.Facts()
		f.Documents = rapid.Permutation(f.Documents).Draw(t, "documents")
		f.Allocations = rapid.Permutation(f.Allocations).Draw(t, "allocations")
		s1, err := statement.FromAccount(a, views("Leeds"), opt)
		require.NoError(t, err)
		s2, err := statement.FromAccount(account(f), views("Leeds"), opt)
		require.NoError(t, err)
		require.Equal(t, written(t, s1), written(t, s2))
	})
}

// ByCustomer gives what FromItems gives for each customer alone, of items in any
// order, of odd amounts and several currencies too. FromItems says the same
// whatever the order, and FromReport the same of a book.
func TestByCustomerLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(rapid.Custom(drawItem), 0, 60).Draw(t, "items")
		opt := drawOptions(t)
		opt.Form = statement.OpenItem
		opt.Name = func(id string) string { return "the customer " + id }
		opt.Footnote = func(l *statement.Line) string { return "footnote of " + l.Number }
		if rapid.Bool().Draw(t, "on statement") {
			before := opt
			before.Period.To -= 20
			for s, err := range statement.ByCustomer(items, before) {
				require.NoError(t, err)
				opt.Previous = append(opt.Previous, s)
			}
			opt.Overdue = statement.OnStatement
		}
		got := map[string]string{}
		var order []string
		for s, err := range statement.ByCustomer(items, opt) {
			require.NoError(t, err)
			require.NotContains(t, got, s.Customer())
			got[s.Customer()] = written(t, s)
			order = append(order, s.Customer())
		}
		alone := map[string][]ledger.Item{}
		var want []string
		for _, it := range items {
			if it.Date > march.To || !it.Closed.IsZero() && it.Closed <= march.To || it.Outstanding.IsZero() {
				continue
			}
			if alone[it.Customer] == nil {
				want = append(want, it.Customer)
			}
			alone[it.Customer] = append(alone[it.Customer], it)
		}
		require.Equal(t, want, order, "in the order in which customers come")
		for customer, mine := range alone {
			slices.SortFunc(mine, func(a, b ledger.Item) int { return cmp.Compare(a.Location, b.Location) })
			s, err := statement.FromItems(customer, mine, opt)
			require.NoError(t, err)
			require.Equal(t, written(t, s), got[customer])
		}
		book, err := aging.NewBook(items, aging.Options{AsOf: march.To + ar.Date(rapid.IntRange(-40, 40).Draw(t, "the book's day")), Buckets: opt.Buckets})
		require.NoError(t, err)
		report, err := book.ReportAt(march.To, nil)
		require.NoError(t, err)
		var all []*statement.Statement // read when all are made: none is in the memory of another
		for s, err := range statement.FromReport(report, items, opt) {
			require.NoError(t, err)
			all = append(all, s)
		}
		ofBook := map[string]string{}
		for _, s := range all {
			ofBook[s.Customer()] = written(t, s)
			for _, x := range s.All() {
				for i, m := range x.Amounts() {
					require.True(t, m.Equal(x.Amount(i)))
				}
			}
		}
		require.Equal(t, got, ofBook, "of a book")
	})
}

func drawItem(t *rapid.T) ledger.Item {
	minor := rapid.OneOf(rapid.Int64Range(-50, 200), rapid.Int64Range(-1<<62, 1<<62), rapid.Int64Range(1<<31-2, 1<<31+2)).Draw(t, "minor")
	amount := cents(minor, rapid.SampledFrom([]string{"EUR", "EUR", "EUR", "EUR", "USD"}).Draw(t, "currency"))
	if rapid.IntRange(0, 20).Draw(t, "huge") == 0 {
		amount = ar.MustMoney("123456789012345678901234.56 EUR")
	}
	day := drawDay(t)
	it := ledger.Item{
		Customer: rapid.SampledFrom([]string{"C", "C0000001", "C0000002", "a customer of a long name", "another customer of one"}).Draw(t, "customer"),
		Location: rapid.StringN(0, 2, -1).Draw(t, "location"),
		Number:   rapid.SampledFrom([]string{"", "1", "2", "3"}).Draw(t, "number"),
		Date:     day, Outstanding: amount, Flags: ledger.Flags(rapid.IntRange(0, 7).Draw(t, "flags")),
	}
	if rapid.Bool().Draw(t, "due given") {
		it.Due = drawDay(t)
	}
	if rapid.IntRange(0, 4).Draw(t, "closed") == 0 {
		it.Closed = it.Date + ar.Date(rapid.IntRange(0, 60).Draw(t, "after"))
	}
	return it
}

// The statement of an account's items has the boxes of the account's statement.
func TestItemsOfAnAccountLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, scope, opt := history(t), views("Leeds"), drawOptions(t)
		opt.Form = statement.OpenItem
		var items []ledger.Item
		for it, err := range scope.Items(a.Items(march.To)) {
			require.NoError(t, err)
			items = append(items, it)
		}
		s, err := statement.FromItems("C-1", items, opt)
		require.NoError(t, err)
		want, err := statement.FromAccount(a, scope, opt)
		require.NoError(t, err)
		require.Equal(t, boxes(want), boxes(s))
	})
}

func boxes(s *statement.Statement) []string {
	var all []string
	for _, x := range s.All() {
		all = append(all, fmt.Sprint(x.Currency(), x.Amounts(), x.Unapplied(), x.Balance(), x.Overdue(), x.DueNow(), x.NotYetDue(), len(x.Lines())))
	}
	return all
}

// Whatever is added or changed at a location that the scope does not view, not a
// byte of a statement changes; only what pays for what it views does (SPEC A4).
func TestScopeLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, opt := history(t), drawOptions(t)
		f := a.Facts()
		f.Documents = slices.Clone(f.Documents)
		elsewhere := map[string]bool{}
		for i := range f.Documents {
			d := &f.Documents[i]
			if d.Location == "Leeds" {
				continue
			}
			elsewhere[d.ID] = true
			// Its amount and date may decide what pays for Leeds, and stay.
			other := drawDocument(t, d.ID)
			d.Number, d.Flags, d.Footnote = other.Number, other.Flags, other.Footnote
			d.Location = rapid.SampledFrom([]string{"Hull", "York", ""}).Draw(t, "elsewhere")
			if len(d.Parts) == 0 {
				d.Due = other.Due
			}
		}
		f.Statuses = slices.DeleteFunc(slices.Clone(f.Statuses), func(s ledger.Status) bool { return elsewhere[s.Document] })
		changed := account(f)
		propose := func(f ledger.Facts) {
			if next, err := changed.Add(f); err == nil {
				changed = next
			}
		}
		for i := range rapid.IntRange(0, 4).Draw(t, "new documents") {
			d := drawDocument(t, fmt.Sprint("E", i))
			d.Location = "Hull"
			propose(ledger.Facts{Documents: []ledger.Document{d}})
		}
		there := slices.DeleteFunc(slices.Clone(changed.Facts().Documents), func(d ledger.Document) bool { return d.Location == "Leeds" })
		for i := range rapid.IntRange(0, 4).Draw(t, "new allocations") {
			if x, ok := drawAllocation(t, fmt.Sprint("X", i), there); ok {
				propose(ledger.Facts{Allocations: []ledger.Allocation{x}})
			}
		}
		before, err := statement.FromAccount(a, views("Leeds"), opt)
		require.NoError(t, err)
		after, err := statement.FromAccount(changed, views("Leeds"), opt)
		require.NoError(t, err)
		require.Equal(t, written(t, before), written(t, after))
	})
}

// Making statements changes nothing of the account that they are made of.
func TestStatementsChangeNothingLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a := history(t)
		open := func() []ledger.Entry {
			entries, err := a.Open(march.To)
			require.NoError(t, err)
			return entries
		}
		before := fmt.Sprint(open(), a.Facts())
		for range 2 {
			_, err := statement.FromAccount(a, views("Leeds"), drawOptions(t))
			require.NoError(t, err)
		}
		require.Equal(t, before, fmt.Sprint(open(), a.Facts()))
	})
}

// As many items as are worth two goroutines give the statements that one gives.
func TestFromReportIsTheSameForAnyWorkers(t *testing.T) {
	for _, random := range []bool{false, true} {
		items := benchItems(110_000, random)
		opt := options()
		said := func(statements iter.Seq2[*statement.Statement, error]) (all []string) {
			for s, err := range statements {
				require.NoError(t, err)
				for _, x := range s.All() {
					all = append(all, fmt.Sprint(s.Customer(), x.Amounts(), x.Overdue(), x.Balance()))
				}
			}
			return all
		}
		want := said(statement.ByCustomer(items, opt))
		require.Len(t, want, 5_500)
		report := new(aging.Report)
		for _, workers := range []int{1, 2, 2} {
			var err error
			report, err = aging.Compute(items, aging.Options{AsOf: march.To, Buckets: opt.Buckets, Workers: workers, Reuse: report})
			require.NoError(t, err)
			require.Equal(t, want, said(statement.FromReport(report, items, opt)))
		}
	}
}
