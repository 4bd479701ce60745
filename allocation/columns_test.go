package allocation_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/ledger"
)

// side is columns and the same as documents.
type side struct {
	allocation.Columns
	documents []ledger.Document
}

func drawSide(t *rapid.T, name string, kind ledger.Kind, accounts []int32) side {
	s := side{Columns: allocation.Columns{Large: map[int32]ar.Money{}}}
	eur := ar.MustCurrency("EUR")
	days := rapid.SampledFrom([]int{3, 40, 3_600_000}).Draw(t, name+" days")
	for row := range rapid.IntRange(0, 12).Draw(t, name) {
		account := rapid.SampledFrom(accounts).Draw(t, "account")
		date := ar.MinDate + ar.Date(rapid.IntRange(0, days).Draw(t, "date"))
		minor := rapid.Int64Range(1, 40).Draw(t, "minor")
		amount := units(t, minor, eur)
		switch rapid.IntRange(0, 9).Draw(t, "size") {
		case 0:
			minor = math.MaxInt64 - minor
			amount = units(t, minor, eur)
		case 1:
			amount = must(units(t, math.MaxInt64, eur).Add(units(t, minor, eur)))
			minor = 0
			s.Large[int32(row)] = amount
		}
		s.Account, s.Date, s.Minor = append(s.Account, account), append(s.Date, date), append(s.Minor, minor)
		id := fmt.Sprintf("%s%02d", name, row)
		s.documents = append(s.documents, ledger.Document{
			ID: id, Number: id, Customer: fmt.Sprint(account), Kind: kind, Date: date, Amount: amount,
		})
	}
	return s
}

// TestColumnsAreTheControlPlane: the lines of columns are those of New for each
// account, with amounts of any size, accounts and dates far apart or near.
func TestColumnsAreTheControlPlane(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		accounts := rapid.SampledFrom([][]int32{{0}, {0, 1, 2, 3}, {7, 1 << 20, math.MaxInt32}}).Draw(t, "accounts")
		debits, credits := drawSide(t, "I", ledger.Invoice, accounts), drawSide(t, "P", ledger.Payment, accounts)
		workers := rapid.IntRange(0, 3).Draw(t, "workers")
		reuse := allocation.Matches{Lines: make([][]allocation.Match, 3)}
		got, err := allocation.OldestFirst(debits.Columns, credits.Columns, workers, reuse)
		require.NoError(t, err)
		var lines []string
		for _, m := range slices.Concat(got.Lines...) {
			amount, large := got.Large[m]
			require.Equal(t, large, m.Minor == 0)
			if !large {
				amount = units(t, m.Minor, ar.MustCurrency("EUR"))
			}
			lines = append(lines, fmt.Sprintf("P%02d I%02d %s", m.Credit, m.Debit, amount))
		}
		var want []string
		for _, account := range accounts {
			want = append(want, byNew(t, account, debits, credits)...)
		}
		require.Equal(t, want, lines)
	})
}

// byNew is what New says of an account.
func byNew(t *rapid.T, account int32, sides ...side) (lines []string) {
	customer := ledger.Customer{ID: fmt.Sprint(account)}
	var f ledger.Facts
	for _, s := range sides {
		for _, d := range s.documents {
			if d.Customer == customer.ID {
				f.Documents = append(f.Documents, d)
			}
		}
	}
	a := must(ledger.NewAccount(customer, f, nil))
	p, err := allocation.New(must(a.Available(ar.MaxDate)), allocation.Options{Date: ar.MaxDate, Auto: true})
	require.NoError(t, err)
	for _, l := range p.All() {
		if l.Kind == allocation.Applied {
			lines = append(lines, fmt.Sprintf("%s %s %s", l.Credit.ID, l.Debit.ID, l.Amount))
		}
	}
	return lines
}

// TestManyRowsAreLedPastEachOther: many rows give the lines of a loop over
// each account, be its rows together or not, whatever accounts, dates and
// amounts are packed with.
func TestManyRowsAreLedPastEachOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewSource(rapid.Int64().Draw(t, "seed")))
		accounts := rapid.SampledFrom([]int64{1, 100, 5000, 1 << 31}).Draw(t, "accounts")
		days := rapid.SampledFrom([]int64{1, 460, 3_600_000}).Draw(t, "days")
		most := rapid.SampledFrom([]int{4, 28, 50}).Draw(t, "bits of amounts")
		columns := func(name string) (c allocation.Columns) {
			for range rapid.SampledFrom([]int{0, 1, 2000, 20_000}).Draw(t, name) {
				c.Account = append(c.Account, int32(r.Int63n(accounts)))
				c.Date = append(c.Date, ar.MinDate+ar.Date(r.Int63n(days)))
				c.Minor = append(c.Minor, 1+r.Int63n(1<<r.Intn(most)))
			}
			if rapid.Bool().Draw(t, name+" by account") {
				slices.Sort(c.Account)
			}
			return c
		}
		debits, credits := columns("debits"), columns("credits")
		got, err := allocation.OldestFirst(debits, credits, rapid.IntRange(1, 2).Draw(t, "workers"), allocation.Matches{})
		require.NoError(t, err)
		require.Empty(t, got.Large)
		require.True(t, slices.Equal(ledPast(debits, credits), slices.Concat(got.Lines...)))
	})
}

// ledPast is OldestFirst as one would say it.
func ledPast(debits, credits allocation.Columns) (lines []allocation.Match) {
	inOrder := func(c allocation.Columns) []int32 {
		rows := make([]int32, len(c.Minor))
		for i := range rows {
			rows[i] = int32(i)
		}
		slices.SortStableFunc(rows, func(x, y int32) int {
			return cmp.Or(cmp.Compare(c.Account[x], c.Account[y]), cmp.Compare(c.Date[x], c.Date[y]))
		})
		return rows
	}
	open, left := inOrder(debits), slices.Clone(debits.Minor)
	for _, credit := range inOrder(credits) {
		pay := credits.Minor[credit]
		for pay > 0 && len(open) > 0 && debits.Account[open[0]] <= credits.Account[credit] {
			debit := open[0]
			if debits.Account[debit] == credits.Account[credit] && left[debit] > 0 {
				n := min(pay, left[debit])
				lines = append(lines, allocation.Match{Credit: credit, Debit: debit, Minor: n})
				pay -= n
				left[debit] -= n
			}
			if debits.Account[debit] < credits.Account[credit] || left[debit] == 0 {
				open = open[1:]
			}
		}
	}
	return lines
}

func TestColumnsRefuse(t *testing.T) {
	good := func() allocation.Columns {
		return allocation.Columns{Account: []int32{0, 1}, Date: []ar.Date{5, 6}, Minor: []int64{10, 20}}
	}
	large := map[int32]ar.Money{1: ar.MustMoney("92233720368547758.08 EUR")}
	for name, spoil := range map[string]func(c *allocation.Columns){
		"2 accounts, 2 dates, 1 amounts": func(c *allocation.Columns) { c.Minor = c.Minor[:1] },
		"3 accounts":                     func(c *allocation.Columns) { c.Account = append(c.Account, 1) },
		"1 dates":                        func(c *allocation.Columns) { c.Date = c.Date[:1] },
		"row 1: account -1":              func(c *allocation.Columns) { c.Account[1] = -1 },
		"row 0: account 0, date , amount 10": func(c *allocation.Columns) {
			c.Date[0] = 0
		},
		"amount 0":  func(c *allocation.Columns) { c.Minor[0] = 0 },
		"amount -1": func(c *allocation.Columns) { c.Minor[1] = -1; c.Large = large },
	} {
		c := good()
		spoil(&c)
		_, err := allocation.OldestFirst(good(), c, 1, allocation.Matches{})
		require.ErrorIs(t, err, allocation.ErrColumns)
		require.ErrorContains(t, err, "credits")
		require.ErrorContains(t, err, name)
		_, err = allocation.OldestFirst(c, good(), 1, allocation.Matches{})
		require.ErrorContains(t, err, "debits")
	}
	debits, credits := good(), good()
	debits.Minor[1], debits.Large = 0, large
	credits.Minor[1], credits.Large = 0, map[int32]ar.Money{1: ar.MustMoney("92233720368547758.08 USD")}
	_, err := allocation.OldestFirst(debits, credits, 1, allocation.Matches{})
	var mismatch *ar.MismatchError
	require.ErrorAs(t, err, &mismatch)
}

func TestColumnsOfNothing(t *testing.T) {
	some := allocation.Columns{Account: []int32{0}, Date: []ar.Date{1}, Minor: []int64{1}}
	for _, sides := range [][2]allocation.Columns{{}, {some, {}}, {{}, some}} {
		m, err := allocation.OldestFirst(sides[0], sides[1], 2, allocation.Matches{})
		require.NoError(t, err)
		require.Empty(t, slices.Concat(m.Lines...))
	}
	m, err := allocation.OldestFirst(some, some, 0, allocation.Matches{})
	require.NoError(t, err)
	require.Equal(t, [][]allocation.Match{{{Minor: 1}}}, m.Lines)
}
