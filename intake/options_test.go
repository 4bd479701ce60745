package intake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/ledger"
)

func TestOptionsErrors(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*intake.ItemOptions)
		want   string
	}{
		{"no columns", func(o *intake.ItemOptions) { o.Columns = intake.ItemColumns{} }, "no column for customer\nno column for date\nno column for amount"},
		{"blank column", func(o *intake.ItemOptions) { o.Columns.Amount = " " }, "no column for amount"},
		{"no currency", func(o *intake.ItemOptions) { o.Currency = ar.Currency{} }, "no currency: want a column for it or a default"},
		{"currency without amounts", func(o *intake.ItemOptions) { o.Currency = ar.MustCurrency("XAU") }, "currency XAU: " + ar.ErrNoMinorUnits.Error()},
		{"rounding", func(o *intake.ItemOptions) { o.Rounding = 99 }, "rounding mode 99 is not defined"},
		{
			"layout of another kind", func(o *intake.ItemOptions) { o.DateLayout = "DD.MM.YYYY" },
			`date layout "DD.MM.YYYY": want 2 January 2006 as the dates are written, such as 2006-01-02 or 1/2/2006`,
		},
		{"layout without a day", func(o *intake.ItemOptions) { o.DateLayout = "2006-01" }, `date layout "2006-01": want`},
		{"layout without a year", func(o *intake.ItemOptions) { o.DateLayout = "02.01." }, `date layout "02.01.": want`},
		{"layout without a month", func(o *intake.ItemOptions) { o.DateLayout = "2/2/2006" }, `date layout "2/2/2006": want`},
		{"same separators", func(o *intake.ItemOptions) { o.Decimal, o.Thousands = ',', ',' }, `decimal and thousands separator are both ',': want two different ones`},
		{"same but for the font", func(o *intake.ItemOptions) { o.Decimal, o.Thousands = '\u00a0', ' ' }, `decimal and thousands separator are both ' ': want two different ones`},
		{"digit", func(o *intake.ItemOptions) { o.Decimal = '0' }, `decimal separator '0', thousands separator ',': want neither letter, digit, sign nor parenthesis`},
		{"minus", func(o *intake.ItemOptions) { o.Thousands = '\u2212' }, `decimal separator '.', thousands separator '-': want neither`},
		{"no character", func(o *intake.ItemOptions) { o.Thousands = -1 }, `want neither letter, digit, sign nor parenthesis`},
		{"quote delimits", func(o *intake.ItemOptions) { o.Delimiter = '"' }, `delimiter '"': want neither a quote nor a line break`},
		{"line break delimits", func(o *intake.ItemOptions) { o.Delimiter = '\n' }, `delimiter '\n': want neither a quote nor a line break`},
		{"no delimiter", func(o *intake.ItemOptions) { o.Delimiter = -1 }, `want neither a quote nor a line break`},
		{
			"several", func(o *intake.ItemOptions) { o.Columns.Date, o.Currency = "", ar.Currency{} },
			"no column for date\nno currency: want a column for it or a default",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			opt := bill()
			require.NoError(t, opt.Validate())
			test.change(&opt)
			require.ErrorContains(t, opt.Validate(), test.want)
			batch, err := intake.ReadItems(strings.NewReader(""), opt)
			require.ErrorContains(t, err, test.want)
			require.NotErrorIs(t, err, intake.ErrHeader, "nothing is read")
			require.Equal(t, &intake.Batch{}, batch)
		})
	}
}

func TestDateLayouts(t *testing.T) {
	for _, test := range []struct{ layout, text, want string }{ // want "": refused
		{"", "2026-06-03", "2026-06-03"},
		{"", "2024-02-29", "2024-02-29"},
		{"", "0001-01-01", "0001-01-01"},
		{"", "9999-12-31", "9999-12-31"},
		{"1/2/2006", "6/3/2026", "2026-06-03"},
		{"1/2/2006", "06/03/2026", "2026-06-03"},
		{"1/2/2006", "2/29/2023", ""},
		{"1/2/2006", "13/1/2026", ""},
		{"1/2/2006", "6/3/26", ""},
		{"02.01.2006", "03.06.2026", "2026-06-03"},
		{"02.01.2006", "3.6.2026", ""},
		{"02.01.2006", "31.04.2026", ""},
		{"2 Jan 2006", "3 jun 2026", "2026-06-03"},
		{"20060102", "20260603", "2026-06-03"},
		{"02/01/06", "03/06/26", "2026-06-03"},
		{"2006-01-02T15:04:05Z07:00", "2026-06-03T23:30:00-08:00", "2026-06-03"}, // as written, wherever it is read
		{"2006-01-02 15:04", "2026-06-03 00:00", "2026-06-03"},
		{"2006-01-02 15:04", "2026-06-03 25:00", ""},
	} {
		t.Run(test.layout+test.text, func(t *testing.T) {
			opt := bill()
			opt.DateLayout = test.layout
			text := "customer,number,date,amount\nC,1," + test.text + ",1\n"
			batch, err := intake.ReadItems(strings.NewReader(text), opt)
			if test.want == "" {
				require.Error(t, err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, ar.MustDate(test.want), batch.Rows[0].Item.Date)
		})
	}
}

func TestNoSuchDayInOtherLayouts(t *testing.T) {
	for layout, text := range map[string]string{
		"1/2/2006": "2/30/2026", "02.01.2006": "30.02.2026", "Jan 2, 2006": "Feb 30, 2026", "20060102": "20261301",
	} {
		opt := bill()
		opt.DateLayout = layout
		_, err := intake.ReadItems(strings.NewReader(fmt.Sprintf("customer,number,date,amount\nC,1,%q,1\n", text)), opt)
		require.EqualError(t, err, fmt.Sprintf(`line 2, column "date": %q: no such day, want %s for 2 January 2006`, text, layout))
		require.ErrorIs(t, err, ar.ErrNoSuchDay)
	}
}

func TestDisputedWords(t *testing.T) {
	for word, want := range map[string]bool{
		"yes": true, "Yes": true, "YES": true, "true": true, "TRUE": true, "y": true, "Y": true, "1": true, " yes ": true,
		"no": false, "No": false, "false": false, "n": false, "0": false, "": false, " ": false,
	} {
		batch, err := intake.ReadItems(strings.NewReader(header+"C,,1,2026-06-03,,,,1,,,,,"+word+"\n"), options())
		require.NoError(t, err, word)
		require.Equal(t, want, batch.Rows[0].Item.Flags.Has(ledger.Disputed), word)
	}
}

func TestCurrencies(t *testing.T) {
	text := header + "C,,1,2026-06-03,,,,5,,,,,\nC,,2,2026-06-03,,,,5,KWD,,,,\nC,,3,2026-06-03,,,,5,PTS:0,,,,\n"
	batch, err := intake.ReadItems(strings.NewReader(text), options())
	require.NoError(t, err)
	var got []string
	for _, row := range batch.Rows {
		got = append(got, row.Item.Outstanding.String())
	}
	require.Equal(t, []string{"5.00 EUR", "5.000 KWD", "5 PTS:0"}, got)

	opt := options()
	opt.Currency = ar.Currency{}
	_, err = intake.ReadItems(strings.NewReader(text), opt)
	require.ErrorContains(t, err, `line 2, column "currency": "": not a current ISO 4217 code`)
	require.ErrorIs(t, err, ar.ErrUnknownCurrency)
}

// closedUntil is a calendar that is closed before a day.
type closedUntil ar.Date

func (c closedUntil) IsBusinessDay(d ar.Date) bool { return d >= ar.Date(c) }

func TestTerms(t *testing.T) {
	net10 := duedate.Net(10)
	opt := options()
	opt.DefaultTerms = duedate.EOM()
	opt.Calendars = duedate.Calendars{"BANK": closedUntil(ar.MustDate("2026-06-13"))}
	opt.Terms = map[string]duedate.Terms{
		"Z010":   net10,
		"net 7":  net10, // the host's word goes before ours
		"Z0  ":   duedate.Net(1),
		"Z0":     duedate.Net(2),
		"ONDATE": {},
		"BANK7":  duedate.MustParse("net 7, roll following BANK"),
	}
	for _, test := range []struct{ due, terms, want, by string }{
		{"", "", "2026-06-30", "eom"},
		{"", "Z010", "2026-06-13", "net 10"},
		{"", " Z010 ", "2026-06-13", "net 10"},
		{"", "net 7", "2026-06-13", "net 10"},
		{"", "net 8", "2026-06-11", "net 8"},
		{"", "NET30", "2026-07-03", "net 30"},
		{"", "Z0  ", "2026-06-04", "net 1"},
		{"", "Z0 ", "2026-06-05", "net 2"},
		{"", "ONDATE", "", ""},
		{"", "BANK7", "2026-06-13", "net 7, roll following BANK"},
		{"2026-06-20", "Z010", "2026-06-20", ""},
		{"2026-06-20", "whatever", "2026-06-20", ""}, // not read
	} {
		text := header + "C,,1,2026-06-03,," + test.due + ",,1,,," + test.terms + ",,\n"
		batch, err := intake.ReadItems(strings.NewReader(text), opt)
		require.NoError(t, err, test.terms)
		row := batch.Rows[0]
		require.Equal(t, test.want, row.Item.Due.String(), test.terms)
		if test.by == "" {
			require.Nil(t, row.Terms, test.terms)
		} else {
			require.Equal(t, test.by, row.Terms.String())
		}
	}

	// An unknown code, where there is a table.
	_, err := intake.ReadItems(strings.NewReader(header+"C,,1,2026-06-03,,,,1,,,Z011,,\n"), opt)
	require.EqualError(t, err, `line 2, column "terms": "Z011": malformed: neither a code of the table nor terms: "Z": not a step; want one such as "net 30", "eom" or "15th prox"`)

	// Default terms that give no date: the document date is what one can change.
	opt.DefaultTerms = duedate.Net(30)
	_, err = intake.ReadItems(strings.NewReader(header+"C,,1,9999-12-20,,,,1,,,,,\n"), opt)
	require.EqualError(t, err, `line 2, column "date": "9999-12-20": terms "net 30": step "net 30" from 9999-12-20: outside years 1 to 9999`)
}

// Rows of one code share their terms, and no copy of the text is kept for each.
func TestTermsAreShared(t *testing.T) {
	opt := options()
	opt.DefaultTerms = duedate.EOM()
	text := header
	for i, terms := range []string{"net 30", "net 30", "", ""} {
		text += fmt.Sprintf("C,,%d,2026-06-03,,,,1,,,%s,,\n", i, terms)
	}
	batch, err := intake.ReadItems(strings.NewReader(text), opt)
	require.NoError(t, err)
	require.Same(t, batch.Rows[0].Terms, batch.Rows[1].Terms)
	require.Same(t, batch.Rows[2].Terms, batch.Rows[3].Terms)
}

func TestRowsWithoutTermsAreDueOnTheirDate(t *testing.T) {
	batch, err := intake.ReadItems(strings.NewReader(header+"C,,1,2026-06-03,,,,1,,,,,\n"), options())
	require.NoError(t, err)
	row := batch.Rows[0]
	require.Nil(t, row.Terms)
	require.True(t, row.Item.Due.IsZero())
	require.Equal(t, ar.MustDate("2026-06-03"), row.Item.DueDate())
}
