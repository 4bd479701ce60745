package ledger_test

import (
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// collect reads a source to its end.
func collect(t require.TestingT, source iter.Seq2[ledger.Item, error]) (items []ledger.Item) {
	for it, err := range source {
		require.NoError(t, err)
		items = append(items, it)
	}
	return items
}

func TestReceiptsAreWholePaymentsAndDeposits(t *testing.T) {
	var f ledger.Facts
	for kind := ledger.Invoice; kind <= ledger.WriteOff; kind++ {
		f.Documents = append(f.Documents, doc(kind, kind.String(), "2026-07-02", "10.00 EUR"))
	}
	f.Documents = append(
		f.Documents,
		doc(ledger.Payment, "that day", "2026-06-30", "1.00 EUR"),
		doc(ledger.Payment, "moved in", "2026-06-29", "2.00 EUR"),
		doc(ledger.Payment, "moved out", "2026-07-05", "3.00 EUR"),
		doc(ledger.Payment, "the last day", "2026-07-31", "4.00 EUR"),
		doc(ledger.Payment, "later", "2026-08-01", "5.00 EUR"),
	)
	f.Allocations = []ledger.Allocation{alloc("A1", "payment", "invoice", "9.00 EUR")}
	f.Redates = []ledger.Redate{
		{Document: "moved in", Revision: 1, Date: ar.MustDate("2026-07-01")},
		{Document: "moved out", Revision: 1, Date: ar.MustDate("2026-06-30")},
	}
	a := account(f)
	numbers := func(after, until ar.Date) (numbers []string) {
		for _, it := range collect(t, a.Receipts(after, until)) {
			require.NoError(t, it.Validate())
			numbers = append(numbers, it.Number+" "+it.Outstanding.Amount())
		}
		return numbers
	}
	june, july := ar.MustDate("2026-06-30"), ar.MustDate("2026-07-31")
	require.Equal(t, []string{"payment -10.00", "deposit -10.00", "moved in -2.00", "the last day -4.00"}, numbers(june, july))
	require.Equal(t, []string{"payment -10.00", "deposit -10.00", "moved in -2.00", "the last day -4.00", "later -5.00"}, numbers(june, 0))
	require.Empty(t, numbers(july, june), "there is no day after July up to June")
	require.Empty(t, numbers(june, june))
}

// What came in from one day to a third came in from the one to a second, or
// from there to the third; and all of it is in the documents.
func TestReceiptsOfPeriodsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		first, second, third := firstDay, drawDay(t), lastDay
		all := collect(t, h.account.Receipts(first, third))
		require.ElementsMatch(t, all, collect(t, ledger.Join(h.account.Receipts(first, second), h.account.Receipts(second, third))))
		want := map[string]int64{}
		for _, m := range h.docs {
			if d, _ := h.account.Document(m.id); d.Kind == ledger.Payment || d.Kind == ledger.Deposit {
				want[m.currency] -= m.amount // all days of a history are between the two
			}
		}
		got := map[string]int64{}
		for _, it := range all {
			minor, _ := it.Outstanding.Minor()
			got[it.Outstanding.Currency().Code()] += minor
		}
		require.Equal(t, want, got)
	})
}

func TestReceiptsNeedDays(t *testing.T) {
	a := account(good())
	for _, days := range [][2]ar.Date{{0, 0}, {-1, 5}, {ar.MaxDate + 1, 0}, {5, -1}, {5, ar.MaxDate + 1}} {
		n := 0
		for _, err := range a.Receipts(days[0], days[1]) {
			require.ErrorIs(t, err, ledger.ErrBadDate)
			n++
		}
		require.Equal(t, 1, n)
	}
}

func TestReceiptsOfManyAccounts(t *testing.T) {
	customers, f := twoCustomers()
	f.Documents = append(f.Documents, doc(ledger.Deposit, "U9", "2026-06-20", "3.00 EUR"))
	accounts, err := ledger.Accounts(customers, f, nil)
	require.NoError(t, err)
	var numbers []string
	for _, it := range collect(t, ledger.ReceiptsOf(accounts, ar.MustDate("2026-06-05"), 0)) {
		numbers = append(numbers, it.Customer+" "+it.Number)
	}
	require.Contains(t, numbers, "C1 U9")
	require.Equal(t, "C2 P8", numbers[len(numbers)-1])
	n := 0
	for _, err := range ledger.ReceiptsOf(accounts, ar.MustDate("2026-06-05"), 0) {
		require.NoError(t, err)
		n++
		break
	}
	require.Equal(t, 1, n)
}

func TestJoinEndsAtTheFirstError(t *testing.T) {
	broken := errors.New("connection lost")
	bad := func(yield func(ledger.Item, error) bool) { yield(ledger.Item{}, broken) }
	three := ledger.Items(make([]ledger.Item, 3))
	n := 0
	for _, err := range ledger.Join(three, ledger.Join(), bad, ledger.Items(make([]ledger.Item, 2))) {
		if n++; n == 4 {
			require.ErrorIs(t, err, broken)
			continue
		}
		require.NoError(t, err)
	}
	require.Equal(t, 4, n)
	n = 0
	for _, err := range ledger.Join(three, ledger.Items(make([]ledger.Item, 2))) {
		require.NoError(t, err)
		if n++; n == 4 {
			break
		}
	}
	require.Equal(t, 4, n)
}
