package allocation

import (
	"fmt"
	"math/bits"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// drawPlanner draws debits of two currencies, with many ties, between which there
// are rates.
func drawPlanner(t *rapid.T) *planner {
	eur, usd := ar.MustCurrency("EUR"), ar.MustCurrency("USD")
	p := &planner{
		o: Options{Rates: []Rate{{eur, usd, ar.MustRate("1.0842")}, {usd, eur, ar.MustRate("0.9223")}}},

		queues: map[queueKey][]*debit{}, rankings: map[queueKey]*ranking{},
	}
	for i := range rapid.IntRange(0, 12).Draw(t, "debits") {
		left, err := ar.NewMoney(rapid.Int64Range(1, 4).Draw(t, "open"), rapid.SampledFrom([]ar.Currency{eur, usd}).Draw(t, "currency"))
		require.NoError(t, err)
		p.debits = append(p.debits, &debit{
			left:  left,
			first: rapid.IntRange(0, 1).Draw(t, "first"),
			kind:  rapid.IntRange(0, 1).Draw(t, "kind"),
			entry: ledger.Entry{
				Document: &ledger.Document{ID: fmt.Sprintf("I%02d", i), Kind: ledger.Invoice, Amount: left},
				Due:      ar.MustDate("2026-06-30") + ar.Date(rapid.IntRange(0, 2).Draw(t, "due")),
			},
		})
	}
	return p
}

// Credit after credit, a ranking yields what all open debits are once they are
// sorted anew, whoever paid them in between, and however many are taken.
func TestRankingIsSortedAnew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlanner(t)
		pay := func(d *debit) {
			minor, _ := d.left.Minor()
			amount, err := ar.NewMoney(rapid.Int64Range(0, minor).Draw(t, "amount"), d.currency())
			require.NoError(t, err)
			p.apply(&credit{left: amount}, d, Line{Kind: Applied, Amount: amount})
		}
		for range rapid.IntRange(1, 8).Draw(t, "turns") {
			policy := rapid.SampledFrom([]Policy{Largest, Smallest}).Draw(t, "policy")
			code := rapid.SampledFrom([]string{"EUR", "USD"}).Draw(t, "credit")
			c := &credit{entry: ledger.Entry{Document: &ledger.Document{ID: "P"}}, left: ar.MustMoney("1000.00 " + code)}

			want := slices.DeleteFunc(slices.Clone(p.debits), func(d *debit) bool { return d.left.IsZero() })
			slices.SortFunc(want, func(x, y *debit) int { return policy.order(x, y, c.left.Currency()) })
			take := rapid.IntRange(0, len(want)+1).Draw(t, "take")
			taken := 0
			for d := range p.queue(c, policy) {
				if taken == take {
					break
				}
				require.Equal(t, want[taken].entry.Document.ID, d.entry.Document.ID)
				taken++
				pay(d)
			}
			require.Equal(t, min(take, len(want)), taken)
			for range rapid.IntRange(0, min(2, len(p.debits))).Draw(t, "others") {
				pay(rapid.SampledFrom(p.debits).Draw(t, "other"))
			}
		}
	})
}

// Each of many credits that pay many debits in part costs few comparisons.
func TestRankingLooksAtFewDebits(t *testing.T) {
	const n = 4096
	compared := 0
	key := queueKey{Largest, ar.MustCurrency("EUR")}
	var debits []*debit
	for i := range n {
		left, err := ar.NewMoney(int64(i%97+2), key.currency)
		require.NoError(t, err)
		debits = append(debits, &debit{left: left, entry: ledger.Entry{Document: &ledger.Document{ID: fmt.Sprint(i)}}})
	}
	r := newRanking(debits, func(x, y *debit) int {
		compared++
		return key.order(x, y)
	})
	p := &planner{queues: map[queueKey][]*debit{}, rankings: map[queueKey]*ranking{key: r}}
	for range n {
		c := &credit{left: ar.MustMoney("0.01 EUR")}
		for d := range p.queue(c, Largest) {
			if c.left.IsZero() {
				break
			}
			p.apply(c, d, Line{Kind: Applied, Amount: c.left})
		}
	}
	require.Less(t, compared, 8*n*bits.Len(n))
}
