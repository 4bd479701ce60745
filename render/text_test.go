package render

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
)

func TestWidth(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 0},
		{"1–30", 4},
		{"Müller", 6},
		{"Mu\u0308ller", 6}, // u and a combining diaeresis
		{"株式会社", 8},
		{"한", 2},
		{"\u1112\u1161\u11ab", 2}, // the same syllable in three parts
		{"ﾊﾝｶｸ", 4},               // halfwidth
		{"ＺＥＮ", 6},                // fullwidth
		{"שלום", 4},
		{"a\u200db", 2}, // zero width joiner
		{"🏭", 2},
		{"𠮷", 2}, // beyond the basic plane
		{"\u10ff\u1100\u115f\u1160", 1 + 2 + 2 + 0}, // the edges of a run of wide ones
	} {
		require.Equal(t, c.want, width(c.text), "%+q", c.text)
	}
}

func TestWideIsSorted(t *testing.T) {
	require.Zero(t, len(wide)%2)
	for i := 1; i < len(wide); i++ {
		require.Less(t, wide[i-1], wide[i])
	}
}

func TestPrintable(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Ahlström & Söhne", "Ahlström & Söhne"},
		{"\x1b[31mred\x07", "�[31mred�"},
		{"\u009b2J", "�2J"}, // the one-character form of ESC [
		{"a\nb\tc\r\x00\x7f", "a�b�c���"},
		{"a\u2028b\u2029", "a�b�"},
		{"\u202e00.1\u202c \u2066x\u2069", "�00.1� �x�"},
		{"شركة\u200fـ\u200d", "شركة\u200fـ\u200d"}, // marks that letters need stay
		{"bad \xff\xfe", "bad ��"},
	} {
		require.Equal(t, c.want, Printable(c.text), "%+q", c.text)
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		text    string
		columns int
		want    string
	}{
		{"", 5, ""},
		{"abcde", 5, "abcde"},
		{"abcdef", 5, "abcd…"},
		{"株式会社", 8, "株式会社"},
		{"株式会社", 7, "株式会…"},
		{"株式会社", 6, "株式…"}, // half a character is none
		{"e\u0301e\u0301e\u0301", 2, "e\u0301…"},
	} {
		require.Equal(t, c.want, cut(c.text, c.columns), "%q to %d", c.text, c.columns)
	}
}

func TestAmount(t *testing.T) {
	for _, c := range []struct{ amount, want string }{
		{"0.00 EUR", "-"},
		{"0", "-"},
		{"0.01 EUR", "0.01"},
		{"999.99 EUR", "999.99"},
		{"1000.00 EUR", "1,000.00"},
		{"-999 JPY", "-999"},
		{"-1000 JPY", "-1,000"},
		{"1234567.890 KWD", "1,234,567.890"},
		{"123456789012345678901234567890.00 EUR", "123,456,789,012,345,678,901,234,567,890.00"},
	} {
		require.Equal(t, c.want, grouped(ar.MustMoney(c.amount)))
		if c.want != "-" {
			require.Equal(t, c.want, Amount(ar.MustMoney(c.amount)))
		}
	}
	require.Equal(t, "0.00", Amount(ar.MustMoney("0.00 EUR")))
	require.Equal(t, "0", Amount(ar.Money{}))
}

func TestTitle(t *testing.T) {
	require.Equal(t, "Customer", title("customer"))
	require.Equal(t, "Übersee", title("übersee"))
}

// Whatever stands in a table, its columns are aligned, a row takes one line,
// and no control character comes out but the line feeds and, with color, the
// styles, which move nothing.
func TestTableIsAligned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "株", "\x1b[31m", "\u202e", "\xff", "e\u0301", "🏭"}))
		rows := rapid.SliceOf(rapid.Custom(func(t *rapid.T) []cell {
			return []cell{{text: text.Draw(t, "left")}, {text.Draw(t, "right"), alert}, {text: "last"}}
		})).Draw(t, "rows")
		write := func(color bool) string {
			table := newTable()
			table.left("Left")
			table.right("Right", "Last")
			for _, row := range rows {
				table.row(row...)
			}
			var out strings.Builder
			table.write(&out, color)
			return out.String()
		}
		plain := write(false)
		lines := strings.Split(strings.TrimSuffix(plain, "\n"), "\n")
		require.Len(t, lines, len(rows)+2)
		for _, line := range lines {
			require.Equal(t, width(lines[1]), width(line), "%+q", line)
			require.Equal(t, Printable(line), line)
		}
		styled := strings.NewReplacer(string(alert), "", reset, "").Replace(write(true))
		require.Equal(t, plain, styled)
	})
}
