package aging_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// Batches of one kind follow batches of another: currencies, keys of eight bytes
// and of others, of which some have the same word, and both at once.
func TestBatchesOfEachKindAfterEach(t *testing.T) {
	const stretch = 1200 // some batches
	kinds := []func(i int) (customer, currency string){
		func(i int) (string, string) { return fmt.Sprintf("%c%c%c%cdefg", 'a'+i%20, 'b', 'c', 'd'), "EUR" },
		func(i int) (string, string) { return fmt.Sprintf("%c%c%c%cdefg", 'a'+i%20, 'b', 'c', 'd'), "USD" },
		func(i int) (string, string) { return fmt.Sprintf("%c%c%cdefg", 'a'+i%20, 'b', 'c'), "EUR" }, // as words the same as the first
		func(i int) (string, string) { return fmt.Sprintf("%c%c%cdefg", 'a'+i%20, 'b', 'c'), "USD" },
		func(i int) (string, string) { return fmt.Sprintf("customer %d", i%20), "USD" },
		func(i int) (string, string) { return fmt.Sprintf("%d", i%2000), []string{"EUR", "USD", "JPY"}[i%3] },
	}
	opt := aging.Options{AsOf: ar.MustDate("2026-05-01"), Buckets: bucket.Standard()}
	for a := range kinds {
		for b := range kinds {
			for _, reuse := range []*aging.Report{nil, new(aging.Report)} {
				opt.Reuse = reuse
				var items []ledger.Item
				rng := rand.New(rand.NewPCG(1, 2))
				for n, kind := range []int{a, b, a} {
					_, cur := kinds[kind](0)
					items = append(items, ledger.Item{ // it is added alone, so that its currency is the last one
						Customer: "large", Date: ar.MustDate("2026-04-01"), Outstanding: ar.MustMoney("1000000000000000 " + cur),
					})
					for range stretch {
						i := rng.IntN(2000)
						customer, cur := kinds[kind](i)
						m, err := ar.NewMoney(int64(1+i), ar.MustCurrency(cur))
						require.NoError(t, err)
						items = append(items, ledger.Item{Customer: customer, Date: ar.MustDate("2026-04-01") - ar.Date(n), Outstanding: m})
					}
				}
				want := map[string]int64{}
				for _, it := range items {
					minor, _ := it.Outstanding.Minor()
					want[it.Customer+" "+it.Outstanding.Currency().Code()] += minor
				}
				for range 2 {
					r, err := aging.Compute(items, opt)
					require.NoError(t, err)
					got, rows := map[string]int64{}, 0
					for row := range r.Unsorted() {
						key := row.Key() + " " + row.Currency().Code()
						minor, _ := row.Total().Minor()
						got[key] += minor
						rows++
					}
					require.Equal(t, want, got, "kinds %d and %d", a, b)
					require.Len(t, want, rows, "kinds %d and %d", a, b)
					if reuse != nil {
						opt.Reuse = r
					}
				}
			}
		}
	}
}

// Amounts that are summed up without looking leave the range of an int64 together.
func TestBatchesBeyond64Bits(t *testing.T) {
	const items, minor = 200_000, 1<<48 - 1 // the largest that a batch takes
	for _, credits := range []bool{false, true} {
		for _, workers := range []int{1, 2} {
			all := make([]ledger.Item, items)
			for i := range all {
				amount := int64(minor)
				if credits && i%4 >= 2 {
					amount = -amount
				}
				m, err := ar.NewMoney(amount, ar.MustCurrency("JPY"))
				require.NoError(t, err)
				all[i] = ledger.Item{Customer: fmt.Sprintf("C%07d", i%2), Date: ar.MustDate("2026-06-01"), Outstanding: m}
			}
			r, err := aging.Compute(all, aging.Options{AsOf: ar.MustDate("2026-06-30"), Buckets: bucket.Standard(), Workers: workers})
			require.NoError(t, err)
			require.Equal(t, 2, r.Len())
			for row := range r.Unsorted() {
				want := new(big.Int).Mul(big.NewInt(minor), big.NewInt(items/2))
				unapplied := "0"
				if credits {
					want.Rsh(want, 1)
					unapplied = want.String()
				}
				require.Equal(t, ar.MustMoney(want.String()+" JPY").String(), row.Total().String())
				require.Equal(t, ar.MustMoney(unapplied+" JPY").String(), row.Unapplied().String())
			}
		}
	}
}
