package statement_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// A trap that real systems fell into: a statement that loses items over 120 days.
// Whatever the buckets, an item of each age is listed once and is in the box once.
func TestTrapItemsOver120Days(t *testing.T) {
	offsets := []int{-400, -1, 0, 1, 30, 31, 60, 61, 90, 91, 119, 120, 121, 122, 400, 4000}
	var documents []ledger.Document
	for i, offset := range offsets {
		due := march.To - ar.Date(offset)
		documents = append(documents, invoice(fmt.Sprint("INV-", i), min(due, march.To).String(), due.String(), "1.00 EUR"))
	}
	for _, set := range []string{"standard", "pending", "statement", "0, 30, 60, 90, 120", "4 periods of 30 days", "all"} {
		for _, form := range []statement.Form{statement.OpenItem, statement.BalanceForward} {
			s, err := statement.FromAccount(account(ledger.Facts{Documents: documents}), views("Leeds"), statement.Options{
				Period: march, Buckets: bucket.MustParse(set), Form: form,
			})
			require.NoError(t, err)
			require.Equal(t, 1, s.Len())
			for _, x := range s.All() {
				require.Equal(t, "16.00 EUR", x.Balance().String())
				require.Equal(t, "16.00 EUR", sum(t, x.Amounts()...).String(), set)
				require.Equal(t, "13.00 EUR", x.Overdue().String(), "13 are past due, and 3 due on the day or later")
				require.Equal(t, "2.00 EUR", x.NotYetDue().String())
				if form == statement.OpenItem {
					require.Len(t, x.Lines(), 16)
					for _, l := range x.Lines() {
						var n int
						_, err := fmt.Sscanf(l.Number, "INV-%d", &n)
						require.NoError(t, err)
						require.Equal(t, max(0, offsets[n]), l.DaysPastDue, "0 for what is not past due")
					}
				}
				if set == "standard" {
					require.Equal(t, "4.00 EUR", x.Amount(5).String(), "121, 122, 400 and 4000 days")
				}
			}
		}
	}
}

// A trap that real systems fell into: unapplied credits missing, or netted twice.
// They are listed, are in no bucket, and are taken off the balance once.
func TestTrapUnappliedCredits(t *testing.T) {
	a := account(ledger.Facts{Documents: []ledger.Document{
		invoice("INV-1", "2026-03-02", "2026-03-16", "100.00 EUR"),
		payment("PAY-1", "2026-03-20", "30.00 EUR"),
		doc(ledger.CreditNote, "CN-1", "2025-06-01", "", "5.00 EUR"),
		payment("PAY-2", "2026-03-31", "1.00 USD"), // more than there is
	}})
	for _, form := range []statement.Form{statement.OpenItem, statement.BalanceForward} {
		opt := options()
		opt.Form = form
		s, err := statement.FromAccount(a, views("Leeds"), opt)
		require.NoError(t, err)
		got := map[string]string{}
		for _, x := range s.All() {
			got[x.Currency().Code()] = fmt.Sprint(x.Total(), x.Unapplied(), x.Balance(), x.Overdue())
		}
		require.Equal(t, map[string]string{
			"EUR": "100.00 EUR 35.00 EUR 65.00 EUR 100.00 EUR",
			"USD": "0.00 USD 1.00 USD -1.00 USD 0.00 USD",
		}, got, form)
	}
	s, err := statement.FromAccount(a, views("Leeds"), options())
	require.NoError(t, err)
	var lines []string
	for _, x := range s.All() {
		for _, l := range x.Lines() {
			lines = append(lines, fmt.Sprint(l.Number, " ", l.Outstanding, " ", l.Balance))
		}
	}
	require.Equal(t, []string{
		"CN-1 -5.00 EUR -5.00 EUR", "INV-1 100.00 EUR 95.00 EUR", "PAY-1 -30.00 EUR 65.00 EUR", "PAY-2 -1.00 USD -1.00 USD",
	}, lines)
}

// Residuals of 0.01 are listed, a payment on the period's last day counts, and
// one of the day after does not.
func TestTrapEdges(t *testing.T) {
	a := account(ledger.Facts{
		Documents: []ledger.Document{
			invoice("INV-1", "2026-03-02", "2026-03-16", "100.00 EUR"),
			payment("PAY-1", "2026-03-31", "99.99 EUR"),
			payment("PAY-2", "2026-04-01", "0.01 EUR"),
		},
		Allocations: []ledger.Allocation{pays("PAY-1", "INV-1", "99.99 EUR"), pays("PAY-2", "INV-1", "0.01 EUR")},
	})
	s, err := statement.FromAccount(a, views("Leeds"), options())
	require.NoError(t, err)
	require.Equal(t, "[0.01 EUR]", fmt.Sprint(s.Balances()))
	for _, x := range s.All() {
		require.Len(t, x.Lines(), 1)
	}
	opt := options()
	opt.Period = april
	s, err = statement.FromAccount(a, views("Leeds"), opt)
	require.NoError(t, err)
	require.Empty(t, s.Balances())
}

// Customers whose IDs differ in bytes that are not UTF-8 look the same on paper,
// and still each has a statement of its own, which is found, read and saved again
// under the ID as it is.
func TestTrapCustomersThatLookTheSame(t *testing.T) {
	ids := []string{"C-\xfe", "C-\xff", "C-\uFFFD"}
	var accounts []*ledger.Account
	for i, id := range ids {
		accounts = append(accounts, owes(t, id, "", fmt.Sprintf("invoice 2026-03-10 %d.00 EUR", i+1)))
	}
	store := newShelf(accounts...)
	result, err := runFor("r").Generate(t.Context(), store, leeds)
	require.NoError(t, err)
	require.Equal(t, 3, result.Created, result.Failures)
	for i, id := range ids {
		r, err := statement.Find(t.Context(), store, leeds, statement.Key{Run: "r", Customer: id, Period: march}, 0)
		require.NoError(t, err)
		s, err := r.Statement()
		require.NoError(t, err, "%q", id)
		require.Equal(t, "C-\uFFFD", s.Customer())
		require.Equal(t, fmt.Sprintf("%d.00 EUR", i+1), s.Balances()[0].String(), "%q", id)
		again, err := s.Record("again", []string{"Leeds"}, noon)
		require.NoError(t, err)
		require.Equal(t, id, again.Customer)
		require.Equal(t, r.Content, again.Content)
	}
	r := store.records[statement.Key{Run: "r", Customer: ids[0], Period: march}]
	r.Customer = "C-?"
	_, err = r.Statement()
	require.ErrorIs(t, err, statement.ErrContent)
}
