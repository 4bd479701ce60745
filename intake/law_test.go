package intake_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/ledger"
)

// style is how a text is written.
type style struct {
	layout             string
	decimal, thousands rune
	delimiter          rune
	lineEnd, mark      string
}

// options read what style writes.
func (s style) options() intake.ItemOptions {
	opt := options()
	opt.DateLayout, opt.Decimal, opt.Thousands, opt.Delimiter = s.layout, s.decimal, s.thousands, s.delimiter
	return opt
}

var styles = rapid.Custom(func(t *rapid.T) style {
	separators := rapid.SampledFrom([][2]rune{{'.', ','}, {',', '.'}, {',', ' '}, {'.', '\''}, {',', '\u00a0'}}).Draw(t, "separators")
	return style{
		layout:    rapid.SampledFrom([]string{"2006-01-02", "1/2/2006", "02.01.2006", "2 January 2006", "20060102"}).Draw(t, "layout"),
		decimal:   separators[0],
		thousands: separators[1],
		delimiter: rapid.SampledFrom([]rune{',', ';', '\t', '|'}).Draw(t, "delimiter"),
		lineEnd:   rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(t, "line end"),
		mark:      rapid.SampledFrom([]string{"", "\ufeff"}).Draw(t, "mark"),
	}
})

func (s style) date(d ar.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(s.layout)
}

// amount writes an amount with separators, and a minus in one of its forms.
func (s style) amount(m ar.Money, grouped bool, minus string) string {
	whole, fraction, _ := strings.Cut(m.Abs().Amount(), ".")
	if grouped {
		for i := len(whole) - 3; i > 0; i -= 3 {
			whole = whole[:i] + string(s.thousands) + whole[i:]
		}
	}
	if fraction != "" {
		whole += string(s.decimal) + fraction
	}
	if m.Sign() < 0 {
		return fmt.Sprintf(minus, whole)
	}
	return whole
}

// cell quotes a text where it must be, or where asked.
func (s style) cell(text string, quoted bool) string {
	if quoted || strings.ContainsAny(text, "\"\n"+string(s.delimiter)) {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}

// cells returns an item in the order of header.
func (s style) cells(it ledger.Item, grouped bool, minus string) []string {
	disputed := "no"
	if it.Flags.Has(ledger.Disputed) {
		disputed = "yes"
	}
	note := ""
	if it.Flags.Has(ledger.Footnote) {
		note = "see file"
	}
	return []string{
		it.Customer, "", it.Number, s.date(it.Date), s.date(it.Posted), s.date(it.Due), s.date(it.Closed),
		s.amount(it.Outstanding, grouped, minus), it.Outstanding.Currency().String(), it.Location, "", note, disputed,
	}
}

// texts are what cells may hold: no space around it, which reading drops.
var texts = rapid.StringMatching(`[A-Za-zäß"',;|\n 0-9-]{0,12}`)

var items = rapid.Custom(func(t *rapid.T) ledger.Item {
	day := rapid.Custom(func(t *rapid.T) ar.Date {
		return ar.Date(rapid.Int32Range(int32(ar.MinDate), int32(ar.MaxDate)).Draw(t, "day"))
	})
	maybe := rapid.OneOf(rapid.Just(ar.Date(0)), day)
	cur := ar.MustCurrency(rapid.SampledFrom([]string{"EUR", "JPY", "KWD", "CLF", "PTS:0"}).Draw(t, "currency"))
	m, err := ar.NewMoney(rapid.Int64().Draw(t, "minor"), cur)
	require.NoError(t, err)
	it := ledger.Item{
		Customer:    strings.TrimSpace("C" + texts.Draw(t, "customer")),
		Location:    strings.TrimSpace(texts.Draw(t, "location")),
		Number:      strings.TrimSpace(texts.Draw(t, "number")),
		Outstanding: m,
		Date:        day.Draw(t, "date"),
		Posted:      maybe.Draw(t, "posted"),
		Due:         maybe.Draw(t, "due"),
		Closed:      maybe.Draw(t, "closed"),
		Flags:       rapid.SampledFrom([]ledger.Flags{0, ledger.Disputed, ledger.Footnote, ledger.Disputed | ledger.Footnote}).Draw(t, "flags"),
	}
	if it.Closed < it.Date {
		it.Closed = 0
	}
	return it
})

// Items that are written in any style are read back as they were.
func TestWrittenItemsAreReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := styles.Draw(t, "style")
		quoted := rapid.Bool()
		order := rapid.Permutation(strings.Split(strings.TrimSpace(header), ",")).Draw(t, "columns")
		place := map[string]int{}
		for i, column := range order {
			place[column] = i
		}
		var b strings.Builder
		line := func(cells []string) {
			row := make([]string, len(cells))
			for i, column := range strings.Split(strings.TrimSpace(header), ",") {
				row[place[column]] = s.cell(cells[i], quoted.Draw(t, "quoted"))
			}
			b.WriteString(strings.Join(row, string(s.delimiter)) + s.lineEnd)
		}
		b.WriteString(s.mark)
		line(strings.Split(strings.TrimSpace(header), ","))

		want := rapid.SliceOfN(items, 0, 20).Draw(t, "items")
		for i := range want {
			if want[i].Number != "" {
				want[i].Number += fmt.Sprintf("/%d", i)
			}
			minus := rapid.SampledFrom([]string{"-%s", "\u2212%s", "%s-", "(%s)"}).Draw(t, "minus")
			line(s.cells(want[i], rapid.Bool().Draw(t, "grouped"), minus))
			if rapid.Bool().Draw(t, "blank") {
				b.WriteString(s.lineEnd)
			}
		}

		batch, err := intake.ReadItems(strings.NewReader(b.String()), s.options())
		require.NoError(t, err, b.String())
		requireItems(t, want, batch)
		require.Equal(t, len(want), batch.Control.Read)
		requireControl(t, batch)
	})
}

func requireItems(t require.TestingT, want []ledger.Item, batch *intake.Batch) {
	got := make([]ledger.Item, 0, len(want))
	for it, err := range batch.Items() {
		require.NoError(t, err)
		got = append(got, it)
	}
	require.Empty(t, cmp.Diff(append([]ledger.Item{}, want...), got))
}

// requireControl adds the rows up on another route than Control does.
func requireControl(t require.TestingT, batch *intake.Batch) {
	c := batch.Control
	require.Equal(t, c.Read, c.Good+c.Bad)
	require.Len(t, batch.Rows, c.Good)
	for i, total := range c.Totals {
		if i > 0 {
			require.Negative(t, c.Totals[i-1].Currency.Compare(total.Currency))
		}
		net, err := total.Debits.Sub(total.Credits)
		require.NoError(t, err)
		require.GreaterOrEqual(t, total.Debits.Sign(), 0)
		require.GreaterOrEqual(t, total.Credits.Sign(), 0)
		sum, rows := ar.Money{}, 0
		for _, row := range batch.Rows {
			if m := row.Item.Outstanding; m.Currency() == total.Currency {
				rows++
				sum, err = sum.Add(m)
				require.NoError(t, err)
			}
		}
		require.Equal(t, rows, total.Rows)
		require.Equal(t, sum.String(), net.String())
	}
}

// Whatever rows are bad, the others are kept, and each bad one is reported.
func TestEveryBadRowIsReported(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bad := rapid.SliceOfN(rapid.SampledFrom([]string{
			"", // a good row
			",1,2026-06-03,1", "C,1,2026-02-30,1", "C,1,2026-06-03,NaN", "C,1,2026-06-03", `C,"1"x,2026-06-03,1`, `C,1"x,2026-06-03,1`, "\xff,1,2026-06-03,1",
		}), 0, 30).Draw(t, "rows")
		text := "customer,number,date,amount\n"
		var wantBad, wantGood []int
		for i, row := range bad {
			if row == "" {
				row = fmt.Sprintf("G,%d,2026-06-03,1", i)
				wantGood = append(wantGood, i+2)
			} else {
				wantBad = append(wantBad, i+2)
			}
			text += row + "\n"
		}
		batch, err := intake.ReadItems(strings.NewReader(text), bill())
		var good, faulty []int
		for _, row := range batch.Rows {
			good = append(good, row.Line)
		}
		var faults intake.RowErrors
		if errors.As(err, &faults) {
			for _, fault := range faults {
				if len(faulty) == 0 || faulty[len(faulty)-1] != fault.Line {
					faulty = append(faulty, fault.Line)
				}
			}
		}
		require.Equal(t, wantGood, good)
		require.Equal(t, wantBad, faulty)
		require.Equal(t, len(wantBad), batch.Control.Bad)
		requireControl(t, batch)
	})
}

// Reading never panics; what is kept is valid, adds up, and comes back when it
// is written; a text without faults gives the same whether KeepGood or not.
func FuzzReadItems(f *testing.F) {
	const row = "C1,Acme,1001,2026-06-03,2026-06-04,2026-07-15,2026-07-20,\"1,234.50\",USD,Berlin,net 30,note,yes\n"
	for _, seed := range []string{
		"", header, "\ufeff" + header + row, "\xff\xfea", header + row + row, header + "\n,,\n" + strings.ReplaceAll(row, "30", "99"),
		header + "C,,7,2026-02-30,,,,(1.005),JPY,,nte 30,,maybe\n" + row, header + `C,"x` + "\n" + row,
		header + "C\xe9,,,2026-06-03,,2026-01-01,,-5,EUR,,eofm,,0\r\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		batch, err := intake.ReadItems(strings.NewReader(text), options())
		requireControl(t, batch)
		var faults intake.RowErrors
		if err != nil {
			require.ErrorAs(t, err, &faults)
			require.NotEmpty(t, err.Error())
		}
		if !errors.Is(err, intake.ErrHeader) {
			require.Equal(t, batch.Control.Bad > 0, len(faults) > 0)
		}
		ids := map[string]bool{}
		for _, c := range batch.Customers {
			require.NoError(t, c.Validate())
			ids[c.ID] = true
		}
		var written strings.Builder
		w := csv.NewWriter(&written)
		require.NoError(t, w.Write(strings.Split(strings.TrimSpace(header), ",")))
		var want []ledger.Item
		for _, row := range batch.Rows {
			it := row.Item
			require.NoError(t, it.Validate())
			require.True(t, ids[it.Customer])
			want = append(want, it)
			require.NoError(t, w.Write(style{layout: "2006-01-02", decimal: '.'}.cells(it, false, "-%s")))
		}
		w.Flush()

		all := options()
		all.KeepGood = false
		strict, strictErr := intake.ReadItems(strings.NewReader(text), all)
		require.Equal(t, err, strictErr)
		require.Equal(t, batch.Control, strict.Control)
		if err != nil {
			require.Empty(t, strict.Rows)
		} else {
			requireItems(t, want, strict)
		}

		if !strings.Contains(text, "\r") { // which CSV does not keep in a cell
			again, err := intake.ReadItems(strings.NewReader(written.String()), options())
			require.NoError(t, err)
			requireItems(t, want, again)
		}
	})
}
