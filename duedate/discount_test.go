package duedate_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// canonicalDiscounts print as they are.
var canonicalDiscounts = []string{
	"", "2/10", "2/0", "3/10, 2/20", "2.5/10", "0.01/1", "99.99/10", "3/10, 2/20, 1/30 on net-of-tax", "2/10 on net",
	"2% by net -3", "2% by 10th prox", "2% by 10th prox cutoff 25", "2% by 2 weeks", "3% by eom, 1/60", "2% by (eom, net 10)",
	"3/5, 2% by (eom, net 10), 1% by (10th prox, roll following TARGET) on goods", "2% by 5 business days TARGET, 1/30",
	"3% by next of 10/20, 2/40", "2% by roll following TARGET on goods",
}

// discountSpellings are read as the text on the right.
var discountSpellings = [][2]string{
	{"  ", ""},
	{"2 / 10", "2/10"},
	{"2%/10", "2/10"},
	{"2%10", "2/10"},
	{"2 % 10 days", "2/10"},
	{"2/10 days", "2/10"},
	{"2/1 day", "2/1"},
	{"2% within 10 days", "2/10"},
	{"02.50/010", "2.5/10"},
	{"3/10 2/20", "3/10, 2/20"},
	{"3% 10 2% 20", "3/10, 2/20"},
	{"3/10 2/20 ON goods", "3/10, 2/20 on goods"},
	{"2/10 prox", "2% by 10th prox"},
	{"2/10th MFI", "2% by 10th prox"},
	{"2/10 of next month", "2% by 10th prox"},
	{"2/31st prox", "2% by eofm"},
	{"2% by net 10", "2/10"},
	{"2% by (net 10)", "2/10"},
	{"2% by ( eom )", "2% by eom"},
	{"2% by EOM+10", "2% by (eom, net 10)"},
	{"2% by 10 days after eom", "2% by (eom, net 10)"},
	{"2% by 10 days 1% by 20 days", "2/10, 1/20"},
	{"2% by (roll following T)on goods", "2% by roll following T on goods"},
}

// refusedDiscounts, with the message that follows the text.
var refusedDiscounts = [][2]string{
	{"2", `at the end: want a discount such as "2/10" or "2% by 10th prox"`},
	{"2%", `at the end: want a discount such as "2/10" or "2% by 10th prox"`},
	{"2/", `at the end: want a number`},
	{"/10", `"/" at character 1: want a discount such as "2/10" or "2% by 10th prox"`},
	{"two/10", `"two" at character 1: want a discount such as "2/10" or "2% by 10th prox"`},
	{"-2/10", `"-" at character 1: want a discount such as "2/10" or "2% by 10th prox"`},
	{"2,5/10", `"," at character 2: want a discount such as "2/10" or "2% by 10th prox"`},
	{"1.2.3/10", `"1.2.3" at character 1: want a discount such as "2/10" or "2% by 10th prox"`},
	{"0/10", `"0/10" at character 1: 0%: want more than 0 and less than 100%`},
	{"100/10", `"100/10" at character 1: 100%: want more than 0 and less than 100%`},
	{"2/-3", `"-" at character 3: want a number of days`},
	{"2/3652060", `"3652060" at character 3: leads out of the years 1 to 9999 from any date`},
	{"2/10th", `at the end: want "prox" after a day of the month`},
	{"2/32 prox", `"32" at character 3: want a day of the month: 1 to 31, last, or last-1 to last-30`},
	{"2/10 eom", `"10 eom" at character 3: is that part of the discount? write "2/10, eom" or "2% by (eom, net 10)"`},
	{"2/10 end of next month", `"10 end of next month" at character 3: is that part of the discount? write "2/10, eofm" or "2% by (eofm, net 10)"`},
	{"2/10 2/20", `"2/20" at character 6: 2% after 2%: want less with each tier`},
	{"2/10, 3/20", `"3/20" at character 7: 3% after 2%: want less with each tier`},
	{"3/10 2/10", `"2/10" at character 6: 10 days after 10: want more with each tier`},
	{"4/10 3% by eom, 2/9", `"2/9" at character 17: 9 days after 10: want more with each tier`},
	{"11/1 10/2 9/3 8/4 7/5 6/6 5/7 4/8 3/9 2/10 1/11", `"1/11" at character 44: more than 10 tiers`},
	{"2/10 net 30", `"net" at character 6: want another tier such as "2/20", or "on" and the name of an amount`},
	{"2/10,", `"," at character 5: want another tier such as "2/20", or "on" and the name of an amount`},
	{"2/10 on", `at the end: want the name of an amount: 1 to 64 ASCII letters, digits, "_", "-" and ".", a letter or digit first`},
	{"2/10 on x 1/20", `"1" at character 11: want another tier such as "2/20", or "on" and the name of an amount`},
	{"2% by", `at the end: not a step; want one such as "net 30", "eom" or "15th prox"`},
	{"2% by ()", `")" at character 8: not a step; want one such as "net 30", "eom" or "15th prox"`},
	{"2% by (eom", `at the end: want a comma before the next step`},
	{"2% by (eom net 10)", `"net" at character 12: want a comma before the next step`},
	{"2% by 10", `at the end: want "days", "weeks", "months", "business days", or "prox" after a day of the month`},
}

func TestParseDiscount(t *testing.T) {
	for _, text := range canonicalDiscounts {
		d, err := duedate.ParseDiscount(text)
		require.NoError(t, err)
		require.Equal(t, text, d.String())
	}
	for _, s := range discountSpellings {
		d, err := duedate.ParseDiscount(s[0])
		require.NoError(t, err)
		require.Equal(t, s[1], d.String(), s[0])
	}
	for _, r := range refusedDiscounts {
		d, err := duedate.ParseDiscount(r[0])
		require.Error(t, err, r[0])
		require.True(t, d.IsZero())
		require.ErrorIs(t, err, ar.ErrSyntax)
		require.EqualError(t, err, `discount "`+r[0]+`": `+r[1])
	}
	require.Panics(t, func() { duedate.MustParseDiscount("2") })
}

func TestParseWithDiscount(t *testing.T) {
	for _, row := range [][3]string{
		{"", "", ""},
		{"2/10", "2/10", ""},
		{"net 30", "", "net 30"},
		{"2/10 net 30", "2/10", "net 30"},
		{"2/10, net 30", "2/10", "net 30"},
		{"2%10NET30", "2/10", "net 30"},
		{"2% 10 days net 30 days", "2/10", "net 30"},
		{"2% by 10 days net 30", "2/10", "net 30"},
		{"2/10 30 days net", "2/10", "net 30"},
		{"2/10 2 weeks", "2/10", "2 weeks"},
		{"2/10 15 MFI", "2/10", "15th prox"},
		{"2/10 next of 10/20", "2/10", "next of 10/20"},
		{"2/10, eom", "2/10", "eom"},
		{"2% by eom, eom, net 30", "2% by eom", "eom, net 30"},
		{"2% by (eom, net 10) eom, net 30", "2% by (eom, net 10)", "eom, net 30"},
		{"3/10 2/20 on goods net 30, eom", "3/10, 2/20 on goods", "net 30, eom"},
	} {
		terms, discount, err := duedate.ParseWithDiscount(row[0])
		require.NoError(t, err)
		require.Equal(t, row[1], discount.String(), row[0])
		require.Equal(t, row[2], terms.String(), row[0])
	}
	for _, row := range [][2]string{
		{"2/10 nett 30", `"nett" at character 6: not a step; did you mean "net"?`},
		{"2/10,", `at the end: not a step; want one such as "net 30", "eom" or "15th prox"`},
		{"2/10 eom", `"10 eom" at character 3: is that part of the discount? write "2/10, eom" or "2% by (eom, net 10)"`},
		{"2/10 net 30 eom", `"net 30 eom" at character 6: which comes first? write "net 30, eom" or "eom, net 30"`},
		{"2/10/30", `"/" at character 5: not a step; want one such as "net 30", "eom" or "15th prox"`},
		{"net 30 2/10", `"2" at character 8: want a comma before the next step`},
	} {
		terms, discount, err := duedate.ParseWithDiscount(row[0])
		require.EqualError(t, err, `terms "`+row[0]+`": `+row[1])
		require.True(t, terms.IsZero())
		require.True(t, discount.IsZero())
	}
}

func TestNewDiscountReportsEveryFault(t *testing.T) {
	percent := ar.MustPercent
	_, err := duedate.NewDiscount("net of tax",
		duedate.Tier{Percent: percent("0"), Terms: duedate.Net(10)},
		duedate.Tier{Percent: percent("2"), Terms: duedate.Terms{}},
		duedate.Tier{Percent: percent("100"), Terms: duedate.Net(5)},
	)
	require.EqualError(t, err, `discount: base "net of tax": want the name of an amount: 1 to 64 ASCII letters, digits, "_", "-" and ".", a letter or digit first
discount: tier 1: 0%: want more than 0 and less than 100%
discount: tier 2: no terms: want a step, such as "net 10"
discount: tier 3: 100%: want more than 0 and less than 100%`)
	_, err = duedate.NewDiscount("goods")
	require.EqualError(t, err, `discount: base "goods" without a tier`)

	var many []duedate.Tier
	for i := range 12 {
		many = append(many, duedate.Tier{Percent: thousandthsOfPercent(int64(100 - i)), Terms: duedate.Net(i)})
	}
	_, err = duedate.NewDiscount("", many[:10]...)
	require.NoError(t, err)
	_, err = duedate.NewDiscount("", many...)
	require.EqualError(t, err, "discount: tier 11: more than 10 tiers\ndiscount: tier 12: more than 10 tiers")

	none, err := duedate.NewDiscount("")
	require.NoError(t, err)
	require.True(t, none.IsZero())
	require.True(t, none.Equal(duedate.Discount{}))
}

func TestDiscountIsImmutable(t *testing.T) {
	tiers := []duedate.Tier{{ar.MustPercent("3"), duedate.Net(10)}, {ar.MustPercent("2"), duedate.Net(20)}}
	d, err := duedate.NewDiscount("goods", tiers...)
	require.NoError(t, err)
	tiers[0].Percent = ar.MustPercent("50")
	d.Tiers()[1].Percent = ar.MustPercent("60")
	require.Equal(t, "3/10, 2/20 on goods", d.String())
	require.Equal(t, "goods", d.Base())
	require.Len(t, d.Tiers(), 2)
}

func TestDiscountEqual(t *testing.T) {
	equal := duedate.MustParseDiscount("2.0/10 on goods")
	require.True(t, equal.Equal(duedate.MustParseDiscount("2/10 on goods")))
	for _, other := range []string{"", "2/10", "2/10 on tax", "2.1/10 on goods", "2/11 on goods", "2/10, 1/20 on goods"} {
		require.False(t, equal.Equal(duedate.MustParseDiscount(other)), other)
	}
}

func TestDiscountEncoding(t *testing.T) {
	type customer struct {
		Discount duedate.Discount `json:"discount"`
	}
	for _, text := range canonicalDiscounts {
		in := customer{duedate.MustParseDiscount(text)}
		data, err := json.Marshal(in)
		require.NoError(t, err)
		require.Equal(t, `{"discount":"`+text+`"}`, string(data))
		var out customer
		require.NoError(t, json.Unmarshal(data, &out))
		require.True(t, in.Discount.Equal(out.Discount))

		column, err := in.Discount.Value()
		require.NoError(t, err)
		require.Equal(t, text == "", column == nil)
		require.NoError(t, out.Discount.Scan(column))
		require.True(t, in.Discount.Equal(out.Discount))
	}
	d := duedate.MustParseDiscount("2/10")
	require.ErrorIs(t, d.Scan([]byte("2")), ar.ErrSyntax)
	require.EqualError(t, d.Scan(7), `discount: the driver gave a int, want text such as "2/10"`)
	require.Equal(t, "2/10", d.String(), "an error leaves the value")
}

func TestOffersRefuse(t *testing.T) {
	doc := invoice("2026-06-03", "100.00 EUR")
	doc.Bases = map[string]ar.Money{
		"tax": ar.MustMoney("19.00 USD"), "minus": ar.MustMoney("-1.00 EUR"), "order": ar.MustMoney("10000.00 EUR"), "zero": ar.MustMoney("0.00 EUR"),
	}
	for _, row := range [][2]string{
		{"2/10 on goods", `base "goods": no amount of that name is on the document: it has ["minus" "order" "tax" "zero"]`},
		{"2/10 on tax", `base "tax": currencies differ: EUR and USD`},
		{"2/10 on minus", `base "minus": -1.00 EUR: want 0 or more`},
		{"2/10 on order", `2% of 10000.00 EUR is more than the 100.00 EUR to pay`},
		{"2% by roll following T", `terms "roll following T": step "roll following T" from 2026-06-03: calendar "T": no such calendar was given`},
	} {
		offers, err := duedate.MustParseDiscount(row[0]).Offers(doc, nil, ar.RoundHalfUp)
		require.EqualError(t, err, `discount "`+row[0]+`": `+row[1])
		require.Nil(t, offers)
	}
	_, err := duedate.MustParseDiscount("2/10 on goods").Offers(doc, nil, ar.RoundHalfUp)
	require.ErrorIs(t, err, duedate.ErrNoBase)
	_, err = duedate.MustParseDiscount("2/10").Offers(duedate.Invoice{Amount: doc.Amount}, nil, ar.RoundHalfUp)
	require.ErrorIs(t, err, ar.ErrDateRange)
	for _, amount := range []string{"0", "0.00 EUR", "-0.01 EUR"} {
		_, err = duedate.MustParseDiscount("2/10").Offers(invoice("2026-06-03", amount), nil, ar.RoundHalfUp)
		require.EqualError(t, err, `discount "2/10": document amount `+amount+`: want more than 0`)
	}

	all, err := duedate.MustParseDiscount("1/10 on order").Offers(doc, nil, ar.RoundHalfUp)
	require.NoError(t, err, "all of the amount is not more than it")
	require.Equal(t, "100.00 EUR", all[0].Amount.String())
	zero, err := duedate.MustParseDiscount("1/10 on zero").Offers(doc, nil, ar.NoRounding)
	require.NoError(t, err)
	require.True(t, zero[0].Amount.IsZero())
	none, err := duedate.Discount{}.Offers(doc, nil, ar.NoRounding)
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestOffersAt(t *testing.T) {
	offers, err := duedate.MustParseDiscount("2/10").Offers(invoice("2026-06-03", "100.00 EUR"), nil, ar.NoRounding)
	require.NoError(t, err)
	by := ar.MustDate("2026-06-13")
	for _, row := range []struct {
		paid  ar.Date
		grace int
		want  bool
	}{
		{ar.MinDate, 0, true},
		{by - 1, 0, true},
		{by, 0, true},
		{by + 1, 0, false},
		{by + 30, 30, true},
		{by + 31, 30, false},
		{by, -1, false},
		{by - 1, -1, true},
		{0, 0, false},
		{ar.MinDate - 1, 0, false},
		{ar.MaxDate + 1, 1 << 30, false},
	} {
		_, ok := offers.At(row.paid, row.grace)
		require.Equal(t, row.want, ok, "%+v", row)
	}
	_, ok := duedate.Offers(nil).At(by, 1000)
	require.False(t, ok)
}

// anyDiscount draws a discount that NewDiscount takes, or none.
var anyDiscount = rapid.Custom(func(t *rapid.T) duedate.Discount {
	thousandths := int64(99_999)
	days := 0
	var tiers []duedate.Tier
	for range rapid.IntRange(0, 4).Draw(t, "tiers") {
		thousandths = rapid.Int64Range(1, thousandths).Draw(t, "percent")
		v, _ := terms(t, anyStep.Filter(func(s drawnStep) bool { return s.step != duedate.Days(0) }))
		if rapid.Bool().Draw(t, "plain") || v.IsZero() || strings.HasPrefix(v.String(), "net ") {
			days += rapid.IntRange(1, 30).Draw(t, "days")
			v = duedate.Net(days)
		}
		tiers = append(tiers, duedate.Tier{Percent: thousandthsOfPercent(thousandths), Terms: v})
		if thousandths == 1 {
			break
		}
		thousandths--
	}
	base := ""
	if len(tiers) > 0 {
		base = rapid.SampledFrom([]string{"", "net-of-tax", "net", "10"}).Draw(t, "base")
	}
	d, err := duedate.NewDiscount(base, tiers...)
	require.NoError(t, err)
	return d
})

func thousandthsOfPercent(n int64) ar.Percent {
	c, err := ar.NewCurrency("PCT", 3)
	if err != nil {
		panic(err)
	}
	m, err := ar.NewMoney(n, c)
	if err != nil {
		panic(err)
	}
	return ar.MustPercent(m.Amount())
}

func TestLawPrintedDiscountsParseBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDiscount.Draw(t, "discount")
		parsed, err := duedate.ParseDiscount(d.String())
		require.NoError(t, err)
		require.True(t, d.Equal(parsed), "%q, then %q", d, parsed)

		v, _ := terms(t, anyStep)
		both := d.String() + ", " + v.String()
		if d.IsZero() || v.IsZero() {
			both = d.String() + v.String()
		}
		parsedTerms, parsed, err := duedate.ParseWithDiscount(both)
		require.NoError(t, err)
		require.True(t, d.Equal(parsed), "%q: %q, then %q", both, d, parsed)
		require.Equal(t, v, parsedTerms, both)
	})
}

// Who pays later never gets more off; each date is what the tier's terms lead
// to; and a payment earns the best tier that is not over.
func TestLawLaterNeverGetsMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := anyDiscount.Draw(t, "discount")
		cs := calendars(t)
		doc := duedate.Invoice{Date: around2024.Draw(t, "document"), Amount: anyAmount.Draw(t, "amount")}
		doc.Bases = map[string]ar.Money{}
		for _, name := range []string{"net-of-tax", "net", "10"} {
			doc.Bases[name] = doc.Amount
		}
		grace := rapid.IntRange(-2, 10).Draw(t, "grace")
		offers, err := d.Offers(doc, cs, anyRounding.Draw(t, "rounding"))
		require.NoError(t, err)

		paid := doc.Date + ar.Date(rapid.IntRange(-40, 400).Draw(t, "paid after"))
		best := ar.Percent{} // found without Offers
		for _, tier := range d.Tiers() {
			by, err := tier.Terms.DueDate(doc.Date, cs)
			require.NoError(t, err)
			if paid.DaysSince(by) <= grace && tier.Percent.Cmp(best) > 0 {
				best = tier.Percent
			}
		}
		got, ok := offers.At(paid, grace)
		require.Equal(t, best.Sign() > 0, ok)
		require.True(t, best.Equal(got.Percent))

		for i, o := range offers {
			require.GreaterOrEqual(t, o.Amount.Sign(), 0)
			if i == 0 {
				continue
			}
			before := offers[i-1]
			require.Greater(t, o.By, before.By)
			require.Negative(t, o.Percent.Cmp(before.Percent))
			less, err := o.Amount.Cmp(before.Amount)
			require.NoError(t, err)
			require.LessOrEqual(t, less, 0)
		}
	})
}

// What parses prints, and what prints parses back to the same value, also with
// terms after it. What does not parse says where.
func FuzzParseDiscount(f *testing.F) {
	for _, text := range canonicalDiscounts {
		f.Add(text)
	}
	for _, s := range discountSpellings {
		f.Add(s[0])
	}
	for _, r := range refusedDiscounts {
		f.Add(r[0])
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, err := duedate.ParseDiscount(text)
		if err != nil {
			var parse *duedate.ParseError
			require.ErrorAs(t, err, &parse)
			require.True(t, strings.HasPrefix(text[parse.Offset:], parse.Part))
			require.NotEmpty(t, err.Error())
			return
		}
		again, err := duedate.ParseDiscount(d.String())
		require.NoError(t, err)
		require.True(t, d.Equal(again))
		require.Equal(t, d.String(), again.String())
		rebuilt, err := duedate.NewDiscount(d.Base(), d.Tiers()...)
		require.NoError(t, err)
		require.True(t, d.Equal(rebuilt))
	})
}

func FuzzParseWithDiscount(f *testing.F) {
	for _, d := range canonicalDiscounts {
		for _, v := range []string{"", "net 30", "15th prox cutoff 20", "eom, net 45"} {
			f.Add(d + " " + v)
		}
	}
	for _, s := range spellings {
		f.Add("3/10 2/20 " + s[0])
	}
	f.Fuzz(func(t *testing.T, text string) {
		v, d, err := duedate.ParseWithDiscount(text)
		if err != nil {
			var parse *duedate.ParseError
			require.ErrorAs(t, err, &parse)
			require.True(t, strings.HasPrefix(text[parse.Offset:], parse.Part))
			require.NotEmpty(t, err.Error())
			return
		}
		both := d.String() + ", " + v.String()
		if d.IsZero() || v.IsZero() {
			both = d.String() + v.String()
		}
		v2, d2, err := duedate.ParseWithDiscount(both)
		require.NoError(t, err)
		require.True(t, d.Equal(d2))
		require.Equal(t, v, v2)
		if plain, err := duedate.Parse(text); err == nil { // terms alone are read as ever
			require.Equal(t, plain, v)
			require.True(t, d.IsZero())
		}
	})
}
