package duedate_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// canonical texts print as they are.
var canonical = []string{
	"", "net 30", "net 0", "net -3", "1 week", "2 weeks", "-1 week", "-2 weeks", "0 weeks", "1 month", "6 months",
	"1 business day TARGET", "5 business days US-NY.2026_a", "-5 business days 1",
	"eom", "eofm", "day 15", "day last-1", "day 15 cutoff 15", "eom cutoff 25", "eom cutoff last-5",
	"1st prox", "2nd prox", "3rd prox", "4th prox", "11th prox", "12th prox", "13th prox", "21st prox", "22nd prox",
	"23rd prox", "30th prox", "15th prox cutoff 20", "last prox cutoff 25", "last-1 prox", "last-30 prox cutoff last-30",
	"next of 10/20/last", "next of 30", "next of 1/last-30/last-1/last",
	"roll following TARGET", "roll modified following TARGET", "roll preceding TARGET", "substitute ACME",
	"net 45, eom", "eom, net 45", "net 45, eom, 15th prox, next of 10/20, substitute ACME, roll following TARGET",
}

// spellings are read as the text on the right.
var spellings = [][2]string{
	{"7 days", "net 7"},
	{"30 days", "net 30"},
	{"1 day", "net 1"},
	{"End of Month", "eom"},
	{"End of Following Month", "eofm"},
	{"NET30", "net 30"},
	{"Net 30", "net 30"},
	{"NET_30", "net 30"},
	{"net 30 days", "net 30"},
	{"30 days net", "net 30"},
	{"30days", "net 30"},
	{"N30", "net 30"},
	{"n/30", "net 30"},
	{"net 2 weeks", "2 weeks"},
	{"1 WEEKS", "1 week"},
	{"2 week", "2 weeks"},
	{"1 business days TARGET", "1 business day TARGET"},
	{"EOM", "eom"},
	{"end of the month", "eom"},
	{"Due end of the month", "eom"},
	{"end of next month", "eofm"},
	{"Due end of next month", "eofm"},
	{"EOM+30", "eom, net 30"},
	{"eom + 30 days", "eom, net 30"},
	{"EOFM+10", "eofm, net 10"},
	{"30 days after EOM", "eom, net 30"},
	{"10 Days after End of Next Month", "eofm, net 10"},
	{"5 days after the end of the invoice month", "eom, net 5"},
	{"1 month after eom", "eom, 1 month"},
	{"15 MFI", "15th prox"},
	{"15th mfi", "15th prox"},
	{"15 prox", "15th prox"},
	{"15th proximo", "15th prox"},
	{"20th of the following month", "20th prox"},
	{"20th of month following", "20th prox"},
	{"20 of next month", "20th prox"},
	{"20 of the current month", "day 20"},
	{"31st prox", "eofm"},
	{"31st prox cutoff 31", "eofm"},
	{"last prox", "eofm"},
	{"eofm cutoff 25", "last prox cutoff 25"},
	{"15th prox cut-off 20th", "15th prox cutoff 20"},
	{"15th prox cut off 20", "15th prox cutoff 20"},
	{"15th prox cutoff last", "15th prox"},
	{"LAST - 1 PROX", "last-1 prox"},
	{"day 31", "eom"},
	{"day 15th", "day 15"},
	{"next of 20 / 10 / Last / 10", "next of 10/20/last"},
	{"Roll Modified Following Target", "roll modified following Target"},
	{"due on receipt", "net 0"},
	{"DUE_ON_RECEIPT", "net 0"},
	{"Due immediately", "net 0"},
	{"Immediate Payment", "net 0"},
	{"COD", "net 0"},
	{"Cash on Delivery", "net 0"},
	{" \tnet   45 ,\n eom ", "net 45, eom"},
	{"net45,eom", "net 45, eom"},
	{"   ", ""},
}

// refused texts, with the message that follows the text.
var refused = [][2]string{
	{"net 30, eon", `"eon" at character 9: not a step; did you mean "eom"?`},
	{"emo", `"emo" at character 1: not a step; did you mean "eom"?`},
	{"nett 30", `"nett" at character 1: not a step; did you mean "net"?`},
	{"foo", `"foo" at character 1: not a step; want one such as "net 30", "eom" or "15th prox"`},
	{"é, eon", `"é" at character 1: not a step; want one such as "net 30", "eom" or "15th prox"`},
	{"net 30,", `at the end: not a step; want one such as "net 30", "eom" or "15th prox"`},
	{", eom", `"," at character 1: not a step; want one such as "net 30", "eom" or "15th prox"`},
	{"net 30 eom", `"net 30 eom" at character 1: which comes first? write "net 30, eom" or "eom, net 30"`},
	{"30 days end of month", `"30 days end of month" at character 1: which comes first? write "net 30, eom" or "eom, net 30"`},
	{"30 EOM", `"30 EOM" at character 1: which comes first? write "net 30, eom" or "eom, net 30"`},
	{"EOM 30", `"EOM 30" at character 1: which comes first? write "net 30, eom" or "eom, net 30"`},
	{"eom, 1 month eofm", `"1 month eofm" at character 6: which comes first? write "1 month, eofm" or "eofm, 1 month"`},
	{"net-30", `"-" at character 4: a hyphen or a minus? write "net 30" or "net -30"`},
	{"net", `at the end: want a number`},
	{"net , eom", `"," at character 5: want a number`},
	{"net thirty", `"thirty" at character 5: want a number`},
	{"net 3652060", `"3652060" at character 5: leads out of the years 1 to 9999 from any date`},
	{"net 99999999999999999999", `"99999999999999999999" at character 5: leads out of the years 1 to 9999 from any date`},
	{"521724 weeks", `"521724 weeks" at character 1: leads out of the years 1 to 9999 from any date`},
	{"EOM+-3", `"-" at character 5: want a number of days`},
	{"30 days after", `at the end: want "eom" or "eofm"`},
	{"30", `at the end: want "days", "weeks", "months", "business days", or "prox" after a day of the month`},
	{"2/10 net 30", `"/" at character 2: want "days", "weeks", "months", "business days", or "prox" after a day of the month`},
	{"prox 15", `"prox" at character 1: not a step; want one such as "net 30", "eom" or "15th prox"`},
	{"net 10 prox", `"prox" at character 8: want a comma before the next step`},
	{"0th prox", `"0" at character 1: want a day of the month: 1 to 31, last, or last-1 to last-30`},
	{"32nd prox", `"32" at character 1: want a day of the month: 1 to 31, last, or last-1 to last-30`},
	{"-1 prox", `"-1" at character 1: want a day of the month: 1 to 31, last, or last-1 to last-30`},
	{"last-31 prox", `"31" at character 6: want a day of the month: 1 to 31, last, or last-1 to last-30`},
	{"last-0 prox", `"0" at character 6: want a day of the month: 1 to 31, last, or last-1 to last-30`},
	{"day 32", `"32" at character 5: want a day of the month: 1 to 31, last, or last-1 to last-30`},
	{"eom cutoff", `at the end: want a day of the month: 1 to 31, last, or last-1 to last-30`},
	{"next of 10/x", `"x" at character 12: want a day of the month: 1 to 31, last, or last-1 to last-30`},
	{"net 30 cutoff 5", `"cutoff" at character 8: want a comma before the next step`},
	{"end of moth", `"moth" at character 8: want "month", "the", "following" or "next"`},
	{"due on recept", `"recept" at character 8: want "receipt"`},
	{"roll folloving TARGET", `"folloving" at character 6: want "modified", "following" or "preceding"`},
	{"roll following", `at the end: want the name of a calendar: 1 to 64 ASCII letters, digits, "_", "-" and ".", a letter or digit first`},
	{"roll following -X", `"-X" at character 16: want the name of a calendar: 1 to 64 ASCII letters, digits, "_", "-" and ".", a letter or digit first`},
	{"5 business days, eom", `"," at character 16: want the name of a calendar: 1 to 64 ASCII letters, digits, "_", "-" and ".", a letter or digit first`},
	{"substitute KÖLN", `"KÖLN" at character 12: want the name of a calendar: 1 to 64 ASCII letters, digits, "_", "-" and ".", a letter or digit first`},
	{"substitute ACME now", `"now" at character 17: want a comma before the next step`},
	{"eom, eom, eom, eom, eom, eom, eofm", `"eofm" at character 31: more than 6 steps`},
	{"eom, eom, eom, eom, eom, eom+1", `"eom+1" at character 26: more than 6 steps`},
	{"2 wee\u212as", `"wee` + "\u212a" + `s" at character 3: want "days", "weeks", "months", "business days", or "prox" after a day of the month`}, // Kelvin sign
	{"\xff", `"\xff" at character 1: not a step; want one such as "net 30", "eom" or "15th prox"`},
}

func TestParseCanonical(t *testing.T) {
	for _, text := range canonical {
		terms, err := duedate.Parse(text)
		require.NoError(t, err)
		require.Equal(t, text, terms.String())
	}
}

func TestParseSpellings(t *testing.T) {
	for _, s := range spellings {
		terms, err := duedate.Parse(s[0])
		require.NoError(t, err)
		require.Equal(t, s[1], terms.String(), s[0])
	}
}

func TestParseRefuses(t *testing.T) {
	for _, r := range refused {
		terms, err := duedate.Parse(r[0])
		require.Error(t, err, r[0])
		require.Zero(t, terms)
		require.ErrorIs(t, err, ar.ErrSyntax)
		require.Contains(t, err.Error(), ": "+r[1])
		require.True(t, strings.HasSuffix(err.Error(), ": "+r[1]), "%v", err)

		var parse *duedate.ParseError
		require.ErrorAs(t, err, &parse)
		require.Equal(t, r[0], parse.Text)
		require.True(t, strings.HasPrefix(r[0][parse.Offset:], parse.Part))
	}
	require.PanicsWithError(t, `terms "net": at the end: want a number`, func() { duedate.MustParse("net") })
}

// A message repeats a bounded part of a hostile text, and cuts no letter.
func TestParseErrorIsBounded(t *testing.T) {
	for _, text := range []string{
		"net 30, " + strings.Repeat("é", 1_000_000),
		"net 30, x" + strings.Repeat("é", 1_000_000),
		strings.Repeat("net 30 ", 1_000_000),
	} {
		_, err := duedate.Parse(text)
		require.Error(t, err)
		require.Less(t, len(err.Error()), 300)
		require.NotContains(t, err.Error(), `\x`)
	}
	_, err := duedate.Parse(strings.Repeat("\xb0", 1_000_000)) // no character begins here
	require.Error(t, err)
	require.Less(t, len(err.Error()), 600)
}

// What parses prints, and what prints parses back to the same terms. What does
// not parse says where.
func FuzzParse(f *testing.F) {
	for _, text := range canonical {
		f.Add(text)
	}
	for _, s := range spellings {
		f.Add(s[0])
	}
	for _, r := range refused {
		f.Add(r[0])
	}
	f.Fuzz(func(t *testing.T, text string) {
		terms, err := duedate.Parse(text)
		if err != nil {
			var parse *duedate.ParseError
			require.ErrorAs(t, err, &parse)
			require.True(t, strings.HasPrefix(text[parse.Offset:], parse.Part))
			require.NotEmpty(t, err.Error())
			return
		}
		again, err := duedate.Parse(terms.String())
		require.NoError(t, err)
		require.Equal(t, terms, again)
		require.Equal(t, terms.String(), again.String())
	})
}
