package render_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
)

// Customers whose names try to get out of a cell.
var hostile = []string{
	"C-1",
	"\x1b[2J\x1b[31mred",
	`"quoted", with commas`,
	"two\nlines",
	"&<script>\u2028",
	"=1+1",
	"شركة القلعة",
	"\u202egnp.exe",
	"株式会社さくら商事",
	"👩‍🚀🏭",
	strings.Repeat("Very Long Holding ", 60),
}

var amounts = rapid.Custom(func(t *rapid.T) ar.Money {
	cur := ar.MustCurrency(rapid.SampledFrom([]string{"EUR", "JPY", "KWD"}).Draw(t, "currency"))
	m, err := ar.NewMoney(rapid.Int64().Draw(t, "minor units"), cur) // sums go beyond int64
	require.NoError(t, err)
	return m
})

var items = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) ledger.Item {
	return ledger.Item{
		Customer:    rapid.SampledFrom(hostile).Draw(t, "customer"),
		Number:      rapid.SampledFrom(hostile).Draw(t, "number"),
		Outstanding: amounts.Draw(t, "amount"),
		Date:        rapid.SampledFrom([]ar.Date{asOf - 400, asOf - 400, asOf + 1}).Draw(t, "date"),
		Due:         asOf + ar.Date(rapid.IntRange(-200, 200).Draw(t, "due in")),
		Flags:       ledger.Flags(rapid.IntRange(0, 7).Draw(t, "flags")),
		Held:        int32(rapid.IntRange(0, 40).Draw(t, "held")),
	}
}), 0, 40)

func drawOptions(t *rapid.T, set bucket.Set) aging.Options {
	flags := rapid.SampledFrom([]ledger.Flags{0, ledger.Disputed, ledger.OnHold, ledger.Disputed | ledger.OnHold})
	return aging.Options{
		AsOf: asOf, Buckets: set, Exclude: flags.Draw(t, "exclude"), Apart: flags.Draw(t, "apart"),
		AgedAsOf: asOf + ar.Date(rapid.IntRange(0, 1).Draw(t, "aged later")),
		Adjusted: rapid.Bool().Draw(t, "adjusted"), Receipts: rapid.Bool().Draw(t, "receipts"),
	}
}

// sets have one bucket to seven.
var sets = rapid.Custom(func(t *rapid.T) bucket.Set {
	edges := rapid.SampledFrom([][]int{nil, {0}, {-1, 0}, {-30, 0, 30}, {10, 20}, {0, 30, 60, 90, 120, 180}}).Draw(t, "edges")
	if edges == nil {
		return bucket.MustParse("all")
	}
	s, err := bucket.FromEdges(edges...)
	require.NoError(t, err)
	return s
})

func drawView(t *rapid.T, s bucket.Set) bucket.View {
	if rapid.Bool().Draw(t, "all buckets") {
		return bucket.View{}
	}
	first := rapid.IntRange(0, s.Len()-1).Draw(t, "first")
	v, err := s.View(first, rapid.IntRange(first, s.Len()-1).Draw(t, "last"))
	require.NoError(t, err)
	return v
}

// row is a row or a total in JSON.
type row struct {
	Customer  string
	Currency  ar.Currency
	Amounts   []string
	Before    string
	Beyond    string
	Total     string
	PastDue   string `json:"past_due"`
	Apart     string
	Unapplied string
	Balance   string
	Excluded  string
	Receipts  string
}

func (r *row) money(t require.TestingT, text string) ar.Money {
	if text == "" {
		text = "0"
	}
	m, err := ar.ParseAmount(text, r.Currency, ar.NoRounding)
	require.NoError(t, err)
	return m
}

func sum(t require.TestingT, all ...ar.Money) (total ar.Money) {
	for _, m := range all {
		var err error
		total, err = total.Add(m)
		require.NoError(t, err)
	}
	return total
}

// requireAddsUp checks that a row's buckets are its total, and that the total
// with what is apart, less unapplied credits, is its balance.
func (r *row) requireAddsUp(t require.TestingT) {
	buckets := []ar.Money{r.money(t, r.Before), r.money(t, r.Beyond)}
	for _, text := range r.Amounts {
		buckets = append(buckets, r.money(t, text))
	}
	require.Equal(t, r.Total, sum(t, buckets...).Amount())
	if r.Balance != "" {
		require.Equal(t, r.Balance, sum(t, r.money(t, r.Total), r.money(t, r.Apart), r.money(t, r.Unapplied).Neg()).Amount())
	} else {
		require.Empty(t, r.Apart+r.Unapplied, "without a balance")
	}
}

// requireSum checks that every amount of a total is the sum of those of rows.
func (r *row) requireSum(t require.TestingT, rows []row) {
	column := func(get func(*row) string) {
		var all []ar.Money
		for i := range rows {
			if rows[i].Currency == r.Currency {
				all = append(all, rows[i].money(t, get(&rows[i])))
			}
		}
		require.True(t, sum(t, all...).Equal(r.money(t, get(r))), "%s of %s", get(r), r.Currency)
	}
	for i := range r.Amounts {
		column(func(r *row) string { return r.Amounts[i] })
	}
	for _, get := range []func(*row) string{
		func(r *row) string { return r.Before },
		func(r *row) string { return r.Beyond },
		func(r *row) string { return r.Total },
		func(r *row) string { return r.PastDue },
		func(r *row) string { return r.Unapplied },
		func(r *row) string { return r.Balance },
		func(r *row) string { return r.Apart },
		func(r *row) string { return r.Excluded },
		func(r *row) string { return r.Receipts },
	} {
		column(get)
	}
}

func TestReportAddsUpInEveryForm(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := sets.Draw(t, "set")
		r, err := aging.Compute(items.Draw(t, "items"), drawOptions(t, set))
		require.NoError(t, err)
		opt := render.ReportOptions{View: drawView(t, set), Color: rapid.Bool().Draw(t, "color")}
		write := func(f render.Format) []byte {
			var out bytes.Buffer
			opt.Format = f
			require.NoError(t, render.Report(&out, r, opt))
			return out.Bytes()
		}

		text := write(render.JSON)
		var fromJSON struct {
			AsOf         string  `json:"as_of"`
			AgedAsOf     ar.Date `json:"aged_as_of"`
			Buckets      []string
			Rows, Totals []row
		}
		require.NoError(t, json.Unmarshal(text, &fromJSON))
		require.Len(t, fromJSON.Rows, r.Len())
		require.Len(t, fromJSON.Totals, len(r.Totals()))
		for i := range fromJSON.Rows {
			require.Len(t, fromJSON.Rows[i].Amounts, len(fromJSON.Buckets))
			fromJSON.Rows[i].requireAddsUp(t)
		}
		for i := range fromJSON.Totals {
			fromJSON.Totals[i].requireAddsUp(t)
			fromJSON.Totals[i].requireSum(t, fromJSON.Rows)
		}

		requireSameRows(t, fromJSON.Rows, write(render.CSV), fromJSON.AgedAsOf)
		requireEachRow(t, r, string(write(render.Text)))
	})
}

// requireSameRows checks that CSV has the same rows as JSON.
func requireSameRows(t *rapid.T, rows []row, text []byte, aged ar.Date) {
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	require.NoError(t, err)
	require.Len(t, records, len(rows)+1)
	for i, r := range rows {
		want := []string{asOf.String()}
		if !aged.IsZero() {
			require.Equal(t, asOf+1, aged)
			want = append(want, aged.String())
		}
		want = append(want, r.Customer, r.Currency.String())
		if r.Before != "" {
			want = append(want, r.Before)
		}
		want = append(want, r.Amounts...)
		for _, more := range []string{r.Beyond, r.Total, r.PastDue, r.Apart, r.Unapplied, r.Balance, r.Excluded, r.Receipts} {
			if more != "" {
				want = append(want, more)
			}
		}
		require.Equal(t, want, records[i+1])
	}
}

// requireEachRow checks that text has a line for every row and total, in order.
func requireEachRow(t *rapid.T, r *aging.Report, text string) {
	if r.Len() == 0 {
		require.Contains(t, text, "No open items.")
		return
	}
	table, _, _ := strings.Cut(strings.TrimSuffix(text, "\n"), "\n\nItems left out")
	body := strings.Split(table, "\n")[4:]
	require.Len(t, body, r.Len()+1+len(r.Totals()))
	for i, w := range r.All() {
		require.Contains(t, body[i], " "+w.Currency().String()+" ")
		// What stands before the first odd character is there as it is.
		plain, _, _ := strings.Cut(w.Key(), "\x1b")
		plain, _, _ = strings.Cut(plain, "\n")
		plain, _, _ = strings.Cut(plain, "\u2028")
		plain, _, _ = strings.Cut(plain, "\u202e")
		require.True(t, strings.HasPrefix(body[i], plain), "%q: %q", w.Key(), body[i])
		digits := strings.NewReplacer(",", "", "\x1b[1m", "", "\x1b[0m", "").Replace(body[i])
		if !w.Total().IsZero() {
			require.Contains(t, digits, " "+w.Total().Amount()+" ")
		}
	}
}

func TestDetailAddsUpToTheRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		set := sets.Draw(t, "set")
		all := items.Draw(t, "items")
		key := rapid.SampledFrom(hostile).Draw(t, "key")
		d, err := aging.NewDetail(ledger.Items(all), drawOptions(t, set), key)
		require.NoError(t, err)
		opt := render.DetailOptions{View: drawView(t, set), Format: render.JSON}
		var out bytes.Buffer
		require.NoError(t, render.Detail(&out, d, opt))
		var fromJSON struct {
			Customer       string
			Buckets        []string
			Before, Beyond string
			Items          []struct {
				Currency ar.Currency
				Amount   string
				Bucket   *string
				Column   string
			}
			Totals []row
		}
		require.NoError(t, json.Unmarshal(out.Bytes(), &fromJSON))
		if len(fromJSON.Items) > 0 {
			require.Equal(t, key, fromJSON.Customer)
		}
		columns := append([]string{fromJSON.Before, fromJSON.Beyond}, fromJSON.Buckets...)
		for _, total := range fromJSON.Totals {
			total.requireAddsUp(t)
			want := append([]string{total.Before, total.Beyond}, total.Amounts...)
			got := make([]ar.Money, len(columns))
			beside := map[string]ar.Money{}
			for _, it := range fromJSON.Items {
				if it.Currency != total.Currency {
					continue
				}
				m := total.money(t, it.Amount)
				if it.Bucket == nil {
					beside[it.Column] = sum(t, beside[it.Column], m.Abs())
					continue
				}
				at := indexOf(t, columns, *it.Bucket)
				got[at] = sum(t, got[at], m)
			}
			for i := range columns {
				require.Equal(t, total.money(t, want[i]).IsZero(), got[i].IsZero())
				require.True(t, got[i].IsZero() || got[i].Equal(total.money(t, want[i])), "%s: %s, want %s", columns[i], got[i], want[i])
			}
			for column, text := range map[string]string{
				"unapplied": total.Unapplied, "apart": total.Apart, "excluded": total.Excluded, "receipts": total.Receipts,
			} {
				require.Equal(t, total.money(t, text).IsZero(), beside[column].IsZero(), column)
				require.True(t, beside[column].IsZero() || beside[column].Equal(total.money(t, text)), column)
			}
		}
	})
}

func indexOf(t *rapid.T, all []string, s string) int {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i] == s {
			return i
		}
	}
	t.Fatalf("%q is none of %q", s, all)
	return -1
}
