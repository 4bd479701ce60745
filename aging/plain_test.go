package aging_test

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/ledger"
)

// A few drawn items are dealt to many customers, most of them as drawn, so that
// the loops for plain items have whole batches of them, in runs and in any
// order, and meet all kinds of others on their way.
func TestManyItemsAreThoseOfTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		drawn, opt := rapid.SliceOfN(genItem, 1, 20).Draw(t, "items"), genOptions.Draw(t, "options")
		opt.Basis = rapid.SampledFrom([]aging.Basis{aging.DueDate, aging.DueDate, opt.Basis}).Draw(t, "basis")
		format := rapid.SampledFrom([]string{"C%07d", "%d", "customer %d"}).Draw(t, "IDs")
		usual := rapid.IntRange(0, 100).Draw(t, "usual items in a hundred")
		shuffle := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		items := make([]ledger.Item, 1500)
		for i := range items {
			items[i] = drawn[shuffle.Intn(len(drawn))]
			if shuffle.Intn(100) < usual {
				items[i] = item("", "1", "2026-05-01", fmt.Sprintf("%d.50 EUR", 1+i%1000))
			}
			items[i].Customer = fmt.Sprintf(format, shuffle.Intn(200))
		}
		if rapid.Bool().Draw(t, "by customer") {
			slices.SortStableFunc(items, func(a, b ledger.Item) int { return strings.Compare(a.Customer, b.Customer) })
		}
		r, err := aging.Compute(items, opt)
		require.NoError(t, err)
		referenceOf(t, items, opt).check(t, r)
		require.Equal(t, inOrder(t, items, opt), names(r))
	})
}

// names returns what rows stand for, as they are in the report.
func names(r *aging.Report) (all []string) {
	for row := range r.Unsorted() {
		all = append(all, row.Key()+" "+row.Currency().String())
	}
	return all
}

// inOrder returns the names of the rows of items, in the order in which the first
// item of each comes.
func inOrder(t require.TestingT, items []ledger.Item, opt aging.Options) (all []string) {
	seen := map[string]bool{}
	for i := range items {
		r, err := aging.Compute(items[i:i+1], opt)
		require.NoError(t, err)
		for _, name := range names(r) {
			if !seen[name] {
				seen[name] = true
				all = append(all, name)
			}
		}
	}
	return all
}
