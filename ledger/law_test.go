package ledger_test

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// The random histories happen on these days; nothing happens on the last two,
// nor on the first.
var (
	firstDay = ar.MustDate("2026-05-31")
	lastDay  = ar.MustDate("2026-07-02")
)

func units(t require.TestingT, n int64, currency string) ar.Money {
	m, err := ar.NewMoney(n, ar.MustCurrency(currency))
	require.NoError(t, err)
	return m
}

// history is a random account, in the ledger and in the model.
type history struct {
	model
	account *ledger.Account
}

// propose adds a fact to the account, which must agree with the model on
// whether it fits. If it does not, undo takes it out of the model.
func (h *history) propose(t *rapid.T, f ledger.Facts, undo func()) {
	before := h.account
	state := snapshot(t, before)
	after, err := before.Add(f)
	if fits := h.fits(firstDay, lastDay); fits != (err == nil) {
		t.Fatalf("the model says %t, the ledger %v", fits, err)
	}
	require.Equal(t, state, snapshot(t, before), "the account is left as it was")
	if err != nil {
		undo()
		return
	}
	h.account = after
}

// snapshot is what is open as of the end of a history.
func snapshot(t require.TestingT, a *ledger.Account) map[string]int64 {
	return openOn(t, a, lastDay)
}

func openOn(t require.TestingT, a *ledger.Account, asOf ar.Date) map[string]int64 {
	entries, err := a.Open(asOf)
	require.NoError(t, err)
	open := map[string]int64{}
	for _, e := range entries {
		key := e.Document.ID
		if e.Part > 0 {
			key = fmt.Sprintf("%s/%d", key, e.Part)
		}
		_, twice := open[key]
		require.False(t, twice, key)
		minor, ok := e.Outstanding.Minor()
		require.True(t, ok)
		open[key] = minor
	}
	return open
}

func balanceOn(t require.TestingT, a *ledger.Account, asOf ar.Date) map[string]int64 {
	balance, err := a.Balance(asOf)
	require.NoError(t, err)
	sums := map[string]int64{}
	for _, m := range balance {
		sums[m.Currency().Code()], _ = m.Minor()
	}
	return sums
}

func (h *history) addDocument(t *rapid.T) {
	kind := rapid.SampledFrom([]ledger.Kind{
		ledger.Invoice, ledger.Charge, ledger.Refund, ledger.Payment, ledger.CreditNote, ledger.Deposit,
	}).Draw(t, "kind")
	m := &modelDoc{
		id:       fmt.Sprintf("D%d", len(h.docs)),
		currency: rapid.SampledFrom([]string{"EUR", "EUR", "EUR", "USD"}).Draw(t, "currency"),
		debit:    kind.IsDebit(),
		dates:    []ar.Date{drawDay(t)},
		amount:   rapid.Int64Range(1, 30).Draw(t, "amount"),
	}
	d := ledger.Document{
		ID: m.id, Customer: "C1", Kind: kind, Date: m.date(), Amount: units(t, m.amount, m.currency),
	}
	if m.debit && m.amount > 3 && rapid.Bool().Draw(t, "parts") {
		first := rapid.Int64Range(1, m.amount-2).Draw(t, "first part")
		for _, amount := range []int64{first, 1, m.amount - first - 1} {
			due := drawDay(t)
			m.parts = append(m.parts, modelPart{due, amount})
			d.Parts = append(d.Parts, ledger.Part{Due: due, Amount: units(t, amount, m.currency)})
		}
	}
	h.docs = append(h.docs, m)
	h.propose(t, ledger.Facts{Documents: []ledger.Document{d}}, func() { t.Fatal("a document always fits") })
}

func drawDay(t *rapid.T) ar.Date {
	return ar.Date(rapid.IntRange(int(firstDay)+1, int(lastDay)-2).Draw(t, "day"))
}

// pick draws one of the model's documents that pass.
func (h *history) pick(t *rapid.T, pass func(*modelDoc) bool) *modelDoc {
	all := slices.DeleteFunc(slices.Clone(h.docs), func(d *modelDoc) bool { return !pass(d) })
	if len(all) == 0 {
		t.Skip("no such document")
	}
	return rapid.SampledFrom(all).Draw(t, "document")
}

func (h *history) addAllocation(t *rapid.T) {
	m := &modelAlloc{
		id:     fmt.Sprintf("A%d", len(h.allocs)),
		credit: h.pick(t, func(d *modelDoc) bool { return !d.debit }),
		debit:  h.pick(t, func(d *modelDoc) bool { return d.debit }),
		amount: rapid.Int64Range(1, 12).Draw(t, "amount"),
	}
	m.taken = m.amount
	if rapid.Bool().Draw(t, "dated") {
		m.date = drawDay(t)
	}
	if len(m.debit.parts) > 0 {
		m.part = rapid.IntRange(0, 3).Draw(t, "part")
	}
	x := ledger.Allocation{ID: m.id, Credit: m.credit.id, Debit: m.debit.id, Part: m.part, Date: m.date}
	if m.credit.currency != m.debit.currency {
		m.taken = m.amount
		m.amount *= 2
		x.Taken, x.Rate = units(t, m.taken, m.credit.currency), ar.MustRate("2")
	}
	x.Amount = units(t, m.amount, m.debit.currency)
	h.allocs = append(h.allocs, m)
	h.propose(t, ledger.Facts{Allocations: []ledger.Allocation{x}}, func() { h.allocs = h.allocs[:len(h.allocs)-1] })
}

func (h *history) addReversal(t *rapid.T) {
	if len(h.allocs) == 0 {
		t.Skip("no allocation")
	}
	m := rapid.SampledFrom(h.allocs).Draw(t, "allocation")
	if m.reversed != 0 {
		t.Skip("reversed already")
	}
	m.reversed = drawDay(t)
	f := ledger.Facts{Reversals: []ledger.Reversal{{Allocation: m.id, Date: m.reversed}}}
	h.propose(t, f, func() { m.reversed = 0 })
}

func (h *history) addRedate(t *rapid.T) {
	m := h.pick(t, func(d *modelDoc) bool {
		is, _ := h.account.Document(d.id)
		return is.Kind == ledger.Payment || is.Kind == ledger.Deposit
	})
	m.dates = append(m.dates, drawDay(t))
	f := ledger.Facts{Redates: []ledger.Redate{{Document: m.id, Revision: len(m.dates) - 1, Date: m.date()}}}
	h.propose(t, f, func() { m.dates = m.dates[:len(m.dates)-1] })
}

// check compares every day with the model, and the laws of single days.
func (h *history) check(t *rapid.T) {
	ok := h.live(firstDay, lastDay, func(day ar.Date, want map[string]int64) {
		require.Equal(t, want, openOn(t, h.account, day), "as of %s", day)
		require.Equal(t, h.balance(day), balanceOn(t, h.account, day), "as of %s", day)
		sums := map[string]int64{}
		for _, e := range h.docs {
			if e.date() <= day {
				sums[e.currency] += 0
			}
		}
		entries, err := h.account.Open(day)
		require.NoError(t, err)
		for _, e := range entries {
			minor, _ := e.Outstanding.Minor()
			sums[e.Outstanding.Currency().Code()] += minor
		}
		require.Equal(t, sums, balanceOn(t, h.account, day), "open debits less unapplied credits are the balance")
	})
	require.True(t, ok)
}

func drawHistory(t *rapid.T) *history {
	a, err := ledger.NewAccount(birch, ledger.Facts{}, nil)
	require.NoError(t, err)
	h := &history{account: a}
	h.addDocument(t)
	t.Repeat(map[string]func(*rapid.T){
		"document":     h.addDocument,
		"allocation":   h.addAllocation,
		"allocation 2": h.addAllocation,
		"allocation 3": h.addAllocation,
		"reversal":     h.addReversal,
		"redate":       h.addRedate,
	})
	return h
}

func TestHistoryAgreesWithTheModelOnEveryDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { drawHistory(t).check(t) })
}

func TestAppliedAndUnappliedAreTheCredit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		asOf := drawDay(t)
		for _, m := range h.docs {
			why, err := h.account.Explain(m.id, asOf)
			require.NoError(t, err)
			if m.date() > asOf {
				require.Empty(t, why.Open)
				require.Empty(t, why.Applied)
				continue
			}
			sum := why.Outstanding
			require.GreaterOrEqual(t, sum.Sign(), 0)
			for _, x := range why.Applied {
				amount := x.Amount
				if !m.debit && !x.Taken.IsZero() {
					amount = x.Taken
				}
				sum, err = sum.Add(amount)
				require.NoError(t, err)
			}
			require.Equal(t, units(t, m.amount, m.currency).String(), sum.String())
			var open ar.Money
			for _, e := range why.Open {
				open, err = open.Add(e.Outstanding.Abs())
				require.NoError(t, err)
			}
			require.Equal(t, why.Outstanding.IsZero(), open.IsZero())
			if !open.IsZero() {
				require.Equal(t, why.Outstanding.String(), open.String())
			}
		}
	})
}

func shuffled[T any](t *rapid.T, s []T) []T { return rapid.Permutation(s).Draw(t, "order") }

func TestOrderOfFactsIsIrrelevant(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		f := h.account.Facts()
		g := ledger.Facts{
			Documents: shuffled(t, f.Documents), Allocations: shuffled(t, f.Allocations),
			Reversals: shuffled(t, f.Reversals), Redates: shuffled(t, f.Redates),
		}
		other, err := ledger.NewAccount(birch, g, nil)
		require.NoError(t, err)
		asOf := drawDay(t)
		require.Equal(t, lines(t, h.account, asOf), lines(t, other, asOf))
	})
}

// lines are the entries in their order, with all that they say.
func lines(t require.TestingT, a *ledger.Account, asOf ar.Date) []string {
	entries, err := a.Open(asOf)
	require.NoError(t, err)
	var out []string
	for _, e := range entries {
		out = append(out, fmt.Sprint(e.Document, e.Part, e.Date, e.Due, e.Flags, e.Outstanding, e.Held))
	}
	return out
}

func TestOpenDependsOnlyOnFactsUpToTheDate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		asOf := drawDay(t)
		all := h.account.Facts()
		known := func(id string) bool {
			_, date := h.account.Document(id)
			return date <= asOf
		}
		var f ledger.Facts
		for _, d := range all.Documents {
			if known(d.ID) {
				f.Documents = append(f.Documents, d)
			}
		}
		for _, r := range all.Redates {
			if known(r.Document) {
				f.Redates = append(f.Redates, r)
			}
		}
		counts := map[string]bool{}
		for _, x := range all.Allocations {
			if known(x.Credit) && known(x.Debit) && x.Date <= asOf {
				counts[x.ID] = true
				f.Allocations = append(f.Allocations, x)
			}
		}
		for _, r := range all.Reversals {
			if counts[r.Allocation] && r.Date <= asOf {
				f.Reversals = append(f.Reversals, r)
			}
		}
		then, err := ledger.NewAccount(birch, f, nil)
		require.NoError(t, err)
		require.Equal(t, lines(t, then, asOf), lines(t, h.account, asOf))
	})
}

// openPair finds a credit and a debit of one currency that are open at the end.
func openPair(t *rapid.T, a *ledger.Account) (credit, debit ledger.Entry) {
	entries, err := a.Open(lastDay - 2)
	require.NoError(t, err)
	for _, credit := range entries {
		for _, debit := range entries {
			if credit.Outstanding.Sign() < 0 && debit.Outstanding.Sign() > 0 &&
				credit.Outstanding.Currency() == debit.Outstanding.Currency() {
				return credit, debit
			}
		}
	}
	t.Skip("nothing to apply to anything")
	return credit, debit
}

func TestAllocationAndReversalLeaveTheStateOfTheDayBefore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		credit, debit := openPair(t, h.account)
		x := ledger.Allocation{
			ID: "X", Credit: credit.Document.ID, Debit: debit.Document.ID,
			Amount: units(t, 1, credit.Outstanding.Currency().Code()), Date: lastDay - 1,
		}
		a, err := h.account.Add(ledger.Facts{
			Allocations: []ledger.Allocation{x},
			Reversals:   []ledger.Reversal{{Allocation: "X", Date: lastDay}},
		})
		require.NoError(t, err)
		before := lines(t, h.account, lastDay-2)
		require.Equal(t, before, lines(t, a, lastDay-2))
		require.NotEqual(t, before, lines(t, a, lastDay-1))
		require.Equal(t, before, lines(t, a, lastDay))
	})
}

func TestOneAllocationOrSeveralOfTheSameSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		f := h.account.Facts()
		whole := f.Allocations
		f.Allocations = nil
		for _, x := range whole {
			minor, _ := x.Amount.Minor()
			if minor < 2 || !x.Taken.IsZero() || slices.ContainsFunc(f.Reversals, func(r ledger.Reversal) bool { return r.Allocation == x.ID }) {
				f.Allocations = append(f.Allocations, x)
				continue
			}
			first, second := x, x
			cut := rapid.Int64Range(1, minor-1).Draw(t, "cut")
			first.ID, second.ID = x.ID+"a", x.ID+"b"
			first.Amount = units(t, cut, x.Amount.Currency().Code())
			second.Amount = units(t, minor-cut, x.Amount.Currency().Code())
			f.Allocations = append(f.Allocations, first, second)
		}
		split, err := ledger.NewAccount(birch, f, nil)
		require.NoError(t, err)
		asOf := drawDay(t)
		require.Equal(t, lines(t, h.account, asOf), lines(t, split, asOf))
	})
}

func TestAdjustmentNeverChangesTheBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		m := h.pick(t, func(d *modelDoc) bool { return d.debit })
		f, err := h.account.Adjust(ledger.Adjustment{
			Debit: m.id, Date: drawDay(t), Credit: "J", Allocation: "JA", Charge: "K",
		})
		if err != nil {
			t.Skip("nothing open to adjust, then or later")
		}
		require.Len(t, f.Documents, 2)
		after, err := h.account.Add(f)
		require.NoError(t, err)
		on := f.Documents[0].Date
		for day := firstDay; day <= lastDay; day++ {
			require.Equal(t, balanceOn(t, h.account, day), balanceOn(t, after, day))
			if day == on {
				require.NotContains(t, openOn(t, after, day), m.id, "the debit is closed")
			}
		}
	})
}

// A history of thousands of documents over more than a year, replayed as of
// every day.
func TestLongHistoryAgreesWithTheModel(t *testing.T) {
	r := rand.New(rand.NewSource(4))
	first := ar.MustDate("2025-11-01")
	last := first + 400
	var m model
	var f ledger.Facts
	left := map[*modelDoc]int64{}
	var debits, credits []*modelDoc
	for day := first; day < last; day++ {
		for range 8 {
			d := &modelDoc{
				id: fmt.Sprintf("D%d", len(m.docs)), currency: "EUR", debit: r.Intn(2) == 0,
				dates: []ar.Date{day}, amount: 1 + r.Int63n(1_000_000),
			}
			kind := ledger.Payment
			if d.debit {
				kind = ledger.Invoice
				debits = append(debits, d)
			} else {
				credits = append(credits, d)
			}
			left[d] = d.amount
			m.docs = append(m.docs, d)
			f.Documents = append(f.Documents, ledger.Document{
				ID: d.id, Customer: "C1", Kind: kind, Date: day, Amount: units(t, d.amount, "EUR"),
			})
		}
		for range 48 {
			if len(credits) == 0 || len(debits) == 0 {
				continue
			}
			c, d := credits[r.Intn(len(credits))], debits[r.Intn(len(debits))]
			amount := min(left[c], left[d])
			if amount > 1 && r.Intn(3) == 0 {
				amount = 1 + r.Int63n(amount)
			}
			if amount == 0 {
				continue
			}
			left[c] -= amount
			left[d] -= amount
			x := &modelAlloc{id: fmt.Sprintf("A%d", len(m.allocs)), credit: c, debit: d, amount: amount, taken: amount, date: day}
			m.allocs = append(m.allocs, x)
			f.Allocations = append(f.Allocations, ledger.Allocation{
				ID: x.id, Credit: c.id, Debit: d.id, Amount: units(t, amount, "EUR"), Date: day,
			})
		}
		if x := m.allocs; len(x) > 0 && r.Intn(2) == 0 {
			if x := x[r.Intn(len(x))]; x.reversed == 0 {
				x.reversed = day
				left[x.credit] += x.amount
				left[x.debit] += x.amount
				f.Reversals = append(f.Reversals, ledger.Reversal{Allocation: x.id, Date: day})
			}
		}
	}
	require.Greater(t, len(m.docs), 3000)
	require.Greater(t, len(m.allocs), 3000)
	a, err := ledger.NewAccount(birch, f, nil)
	require.NoError(t, err)
	days := 0
	ok := m.live(first, last, func(day ar.Date, want map[string]int64) {
		days++
		require.Equal(t, want, openOn(t, a, day), "as of %s", day)
	})
	require.True(t, ok)
	require.Equal(t, 401, days)
}
