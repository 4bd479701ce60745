package allocation_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/ledger"
)

// TestOneStepOrSeveral: credits that are allocated one by one, each by a plan of
// its own, go where they go all at once.
func TestOneStepOrSeveral(t *testing.T) {
	policies := []allocation.Policy{
		allocation.OldestDue, allocation.OldestDated, allocation.NewestDue, allocation.NewestDated,
		allocation.Largest, allocation.Smallest,
	}
	rapid.Check(t, func(t *rapid.T) {
		a := account(drawDocuments(t, 14, currencies())...)
		o := allocation.Options{
			Date: june(20), Auto: true,
			Policies: []allocation.Policy{rapid.SampledFrom(policies).Draw(t, "policy")},
		}
		if rapid.Bool().Draw(t, "specified") {
			o.Auto, o.Specified = false, drawSpecified(t, must(a.Available(o.Date)))
		}
		once := plan(a, o)
		steps := a
		for i, e := range once.Credits() {
			one := o
			one.Credits = []string{e.Document.ID}
			one.Specified = slices.DeleteFunc(slices.Clone(o.Specified), func(s allocation.Specified) bool {
				return s.Credit != e.Document.ID
			})
			steps = add(steps, plan(steps, one).Facts(func(line int) string { return fmt.Sprintf("S%d-%d", i, line) }))
		}
		require.Equal(t, openText(add(a, once.Facts(number)), june(20)), openText(steps, june(20)))
	})
}

// drawSpecified draws amounts that what is open allows.
func drawSpecified(t *rapid.T, open []ledger.Entry) (all []allocation.Specified) {
	left := map[*ledger.Document]int64{}
	for _, e := range open {
		minor, _ := e.Outstanding.Abs().Minor()
		left[e.Document] += minor
	}
	for _, c := range open {
		for _, d := range open {
			x, y := c.Document, d.Document
			if !x.Kind.IsCredit() || !y.Kind.IsDebit() || x.Amount.Currency() != y.Amount.Currency() || d.Part > 1 {
				continue
			}
			if most := min(left[x], left[y]); most > 0 && rapid.Bool().Draw(t, "specify") {
				n := rapid.Int64Range(1, most).Draw(t, "amount")
				left[x], left[y] = left[x]-n, left[y]-n
				all = append(all, allocation.Specified{Credit: x.ID, Debit: y.ID, Amount: units(t, n, x.Amount.Currency())})
			}
		}
	}
	return all
}

// TestProRataIsExact: the shares of a credit make the credit, or all that is
// required, and none differs from its exact share by a whole unit.
func TestProRataIsExact(t *testing.T) {
	eur := ar.MustCurrency("EUR")
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.SliceOfN(rapid.Int64Range(1, 1000), 1, 8).Draw(t, "amounts")
		credit := rapid.Int64Range(1, 5000).Draw(t, "credit")
		var sum int64
		documents := []ledger.Document{{
			ID: "P", Customer: birch.ID, Kind: ledger.Payment, Date: june(1), Amount: units(t, credit, eur),
		}}
		for i, n := range amounts {
			sum += n
			documents = append(documents, ledger.Document{
				ID: fmt.Sprintf("I%d", i), Customer: birch.ID, Kind: ledger.Invoice, Date: june(1), Amount: units(t, n, eur),
			})
		}
		p := plan(account(documents...), allocation.Options{
			Date: june(1), Auto: true, Policies: []allocation.Policy{allocation.ProRata},
		})
		var applied int64
		for i, e := range p.Debits() {
			n, _ := e.Applied.Minor()
			applied += n
			off := n*sum - min(credit, sum)*amounts[i] // × sum
			require.Less(t, max(off, -off), sum)
		}
		require.Equal(t, min(credit, sum), applied)
	})
}

// TestExactMatchFindsTheSmallestSet compares with all sets there are.
func TestExactMatchFindsTheSmallestSet(t *testing.T) {
	eur := ar.MustCurrency("EUR")
	rapid.Check(t, func(t *rapid.T) {
		amounts := rapid.SliceOfN(rapid.Int64Range(1, 30), 1, 9).Draw(t, "amounts")
		credit := rapid.Int64Range(1, 90).Draw(t, "credit")
		tolerance := rapid.Int64Range(0, 2).Draw(t, "tolerance")
		documents := []ledger.Document{{
			ID: "P", Customer: birch.ID, Kind: ledger.Payment, Date: june(1), Amount: units(t, credit, eur),
		}}
		for i, n := range amounts {
			documents = append(documents, ledger.Document{
				ID: fmt.Sprintf("I%d", i), Customer: birch.ID, Kind: ledger.Invoice,
				Date: june(1), Due: june(1 + i), Amount: units(t, n, eur),
			})
		}
		p := plan(account(documents...), allocation.Options{
			Date: june(1), Auto: true, Policies: []allocation.Policy{allocation.ExactMatch}, MaxSet: 4,
			Settling: func(*ledger.Entry) (allocation.Settling, error) {
				return allocation.Settling{Tolerance: allocation.Tolerance{Amount: units(t, tolerance, eur)}}, nil
			},
		})
		var got []int
		for i, e := range p.Debits() {
			if !e.Applied.IsZero() {
				got = append(got, i)
			}
		}
		require.Equal(t, bestSet(amounts, credit, 0, tolerance), got)
	})
}

// bestSet is the smallest set that comes to the credit, then the nearest, then
// that with the oldest; sets that are exact before all others.
func bestSet(amounts []int64, credit int64, tolerances ...int64) []int {
	for _, tolerance := range tolerances {
		var best []int
		bestOff := int64(0)
		for bits := range 1 << len(amounts) {
			var set []int
			left := credit
			for i, n := range amounts {
				if bits&(1<<i) != 0 {
					set = append(set, i)
					left -= n
				}
			}
			off := max(left, -left)
			if len(set) == 0 || len(set) > 4 || off > tolerance {
				continue
			}
			if best == nil || len(set) < len(best) ||
				len(set) == len(best) && (off < bestOff || off == bestOff && slices.Compare(set, best) < 0) {
				best, bestOff = set, off
			}
		}
		if best != nil {
			return best
		}
	}
	return nil
}
