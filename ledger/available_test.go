package ledger_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// TestAvailableIsTheLeastOpen: what is available of a document from a date on
// is the least that is open of it on any day from then on, by what Open says of
// each. Parts may be least on different days, so that less is available of a
// document that has some.
func TestAvailableIsTheLeastOpen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		from := drawDay(t)
		entries, err := h.account.Available(from)
		require.NoError(t, err)
		got := map[string]int64{}
		for _, e := range entries {
			minor, _ := e.Outstanding.Abs().Minor()
			got[e.Document.ID] += minor
		}
		for _, d := range h.docs {
			least := d.amount
			for day := max(from, d.date()); day <= lastDay; day++ {
				least = min(least, openOf(t, h.account, d.id, day))
			}
			if len(d.parts) == 0 {
				require.Equal(t, least, got[d.id], d.id)
			} else {
				require.LessOrEqual(t, got[d.id], least, d.id)
			}
		}
	})
}

func openOf(t require.TestingT, a *ledger.Account, id string, day ar.Date) int64 {
	why, err := a.Explain(id, day)
	require.NoError(t, err)
	minor, _ := why.Outstanding.Minor()
	return minor
}

// TestAllThatIsAvailableFits: allocations of all that is available, from that
// day on, are never too much on any other.
func TestAllThatIsAvailableFits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := drawHistory(t)
		from := drawDay(t)
		entries, err := h.account.Available(from)
		require.NoError(t, err)
		var f ledger.Facts
		for i, c := range entries {
			for j, d := range entries {
				if c.Outstanding.Sign() > 0 || d.Outstanding.Sign() < 0 || c.Outstanding.Currency() != d.Outstanding.Currency() {
					continue
				}
				amount := c.Outstanding.Neg()
				if less, err := d.Outstanding.Cmp(amount); less < 0 {
					require.NoError(t, err)
					amount = d.Outstanding
				}
				if amount.IsZero() {
					continue
				}
				entries[i].Outstanding, err = entries[i].Outstanding.Add(amount)
				require.NoError(t, err)
				entries[j].Outstanding, err = d.Outstanding.Sub(amount)
				require.NoError(t, err)
				c = entries[i]
				f.Allocations = append(f.Allocations, ledger.Allocation{
					ID: fmt.Sprintf("X%d", len(f.Allocations)), Credit: c.Document.ID, Debit: d.Document.ID, Part: d.Part,
					Amount: amount, Date: max(from, c.Date, d.Date),
				})
			}
		}
		_, err = h.account.Add(f)
		require.NoError(t, err)
	})
}

func TestAvailableOnNoDate(t *testing.T) {
	a, err := ledger.NewAccount(birch, ledger.Facts{}, nil)
	require.NoError(t, err)
	_, err = a.Available(0)
	require.ErrorIs(t, err, ledger.ErrBadDate)
}

// An allocation that came along with another names it; it must be there.
func TestWithNamesAnAllocation(t *testing.T) {
	a1, a2 := alloc("A1", "P1", "I1", "98.00 EUR"), alloc("A2", "D1", "I1", "2.00 EUR")
	a2.With = "A1"
	f := ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "I1", "2026-06-03", "100.00 EUR"),
			doc(ledger.Payment, "P1", "2026-06-10", "98.00 EUR"), doc(ledger.Discount, "D1", "2026-06-10", "2.00 EUR"),
		},
		Allocations: []ledger.Allocation{a2, a1},
	}
	_, err := ledger.NewAccount(birch, f, nil)
	require.NoError(t, err)
	f.Allocations[0].With = "A9"
	_, err = ledger.NewAccount(birch, f, nil)
	require.ErrorIs(t, err, ledger.ErrUnknownAllocation)
	require.ErrorContains(t, err, `"A9"`)
}
