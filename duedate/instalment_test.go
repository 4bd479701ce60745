package duedate_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

var (
	fixed   = func(m string) duedate.Part { return duedate.Part{Fixed: ar.MustMoney(m)} }
	percent = func(p string) duedate.Part { return duedate.Part{Percent: ar.MustPercent(p)} }
	of      = func(p, base string) duedate.Part { return duedate.Part{Percent: ar.MustPercent(p), Base: base} }
	weight  = func(n int64) duedate.Part { return duedate.Part{Weight: n} }
	balance = duedate.Part{Balance: true}
	parts   = func(p ...duedate.Part) duedate.Schedule { return duedate.Schedule{Parts: p} }
)

func TestSplitAmounts(t *testing.T) {
	for _, row := range []struct {
		amount   string
		schedule duedate.Schedule
		want     string
	}{
		{"100.00 EUR", parts(balance), "100.00"},
		{"100.00 EUR", parts(percent("100")), "100.00"},
		{"100.00 EUR", parts(weight(7)), "100.00"},
		{"100.00 EUR", parts(fixed("100.00 EUR")), "100.00"},
		{"100.00 EUR", parts(fixed("40.00 EUR"), fixed("60.00 EUR")), "40.00 60.00"},
		{"100.00 EUR", parts(fixed("100.00 EUR"), balance), "100.00 0.00"},
		{"0.01 EUR", parts(weight(1), weight(1), weight(1)), "0.01 0.00 0.00"},
		{"0.02 EUR", parts(weight(1), weight(1), weight(1)), "0.01 0.01 0.00"},
		{"100.00 EUR", parts(weight(1), weight(2), weight(1)), "25.00 50.00 25.00"},
		{"100.00 EUR", parts(percent("33.333333333333"), percent("33.333333333333"), percent("33.333333333334")), "33.33 33.33 33.34"},
		{"100.00 EUR", parts(percent("0.000000000001"), percent("99.999999999999")), "0.00 100.00"},
		// Fixed amounts first, then percents of the whole, then weights.
		{"100.00 EUR", parts(weight(1), percent("30"), fixed("10.00 EUR"), weight(2)), "20.00 30.00 10.00 40.00"},
		{"100.00 EUR", parts(balance, percent("30"), fixed("10.00 EUR")), "60.00 30.00 10.00"},
		{"100.00 EUR", parts(percent("100"), balance), "100.00 0.00"},
		// Percents of a base that make 100 % divide it; others are rounded alone.
		{"100.03 EUR", parts(of("50", "net"), of("50", "net"), balance), "42.02 42.01 16.00"}, // net 84.03
		{"100.03 EUR", parts(of("50", "net"), of("49", "net"), balance), "42.02 41.17 16.84"}, // 42.015, 41.1747
		{"100.03 EUR", parts(of("100", "tax"), of("50", "net"), of("50", "net")), "16.00 42.02 42.01"},
		{"100.03 EUR", parts(of("100", "tax"), of("100", "net")), "16.00 84.03"},
		{"100.03 EUR", parts(of("1", "order"), balance), "50.00 50.03"}, // more than the document
		// In multiples of 0.05.
		{"100.03 EUR", duedate.Schedule{Increment: ar.MustMoney("0.05 EUR"), Parts: []duedate.Part{percent("30"), percent("30"), balance}}, "30.00 30.00 40.03"},
		{"100.03 EUR", duedate.Schedule{Increment: ar.MustMoney("0.05 EUR"), Parts: []duedate.Part{percent("50"), percent("50")}}, "50.00 50.03"},
		{"100.03 EUR", duedate.Schedule{Increment: ar.MustMoney("0.05 EUR"), Parts: []duedate.Part{fixed("0.01 EUR"), weight(1), weight(1)}}, "0.01 50.00 50.02"},
		{"100.03 EUR", duedate.Schedule{Increment: ar.MustMoney("1000.00 EUR"), Parts: []duedate.Part{weight(1), weight(1)}}, "0.00 100.03"},
	} {
		doc := invoice("2026-06-03", row.amount)
		doc.Bases = map[string]ar.Money{
			"net": ar.MustMoney("84.03 EUR"), "tax": ar.MustMoney("16.00 EUR"), "order": ar.MustMoney("5000.00 EUR"),
		}
		instalments, err := row.schedule.Split(doc, nil, ar.RoundHalfUp)
		require.NoError(t, err, row.want)
		got := slices.Repeat([]string{"0.00"}, len(row.schedule.Parts))
		for _, i := range instalments {
			got[i.Part-1] = i.Amount.Amount()
			require.Positive(t, i.Amount.Sign())
			require.Equal(t, doc.Amount.Currency(), i.Amount.Currency())
		}
		require.Equal(t, row.want, strings.Join(got, " "))
	}
}

// A part that comes to nothing makes no instalment, and is still counted from.
func TestPartOfNothing(t *testing.T) {
	s := parts(fixed("100.00 EUR"), balance)
	s.Parts[1].Terms = duedate.Net(30)
	got, err := s.Split(invoice("2026-06-03", "100.00 EUR"), nil, ar.NoRounding)
	require.NoError(t, err)
	require.Equal(t, []duedate.Installment{{Part: 1, Amount: ar.MustMoney("100.00 EUR"), Due: ar.MustDate("2026-06-03")}}, got)

	s = parts(percent("0.1"), balance)
	s.Parts[0].Terms = duedate.Net(30)
	s.Parts[1].Terms, s.Parts[1].AfterPrevious = duedate.Net(30), true
	got, err = s.Split(invoice("2026-06-03", "1.00 EUR"), nil, ar.RoundHalfUp)
	require.NoError(t, err)
	require.Equal(t, []duedate.Installment{{Part: 2, Amount: ar.MustMoney("1.00 EUR"), Due: ar.MustDate("2026-08-02")}}, got)
}

func TestScheduleReportsEveryFault(t *testing.T) {
	s := parts(
		duedate.Part{AfterPrevious: true},
		duedate.Part{Weight: 1, Balance: true},
		duedate.Part{Fixed: ar.MustMoney("-1.00 EUR"), Base: "net"},
		weight(-1), percent("-1"), percent("100.1"), percent("0.0000000000001"), of("1", "net of tax"),
	)
	s.Increment = ar.MustMoney("-0.05 EUR")
	require.EqualError(t, s.Validate(), strings.Join([]string{
		`schedule: increment -0.05 EUR: want a positive amount`,
		`schedule: part 1: has 0 of fixed amount, percent, weight and balance, want exactly one`,
		`schedule: part 2: has 2 of fixed amount, percent, weight and balance, want exactly one`,
		`schedule: part 3: fixed amount -1.00 EUR: want more than 0`,
		`schedule: part 3: base "net" without a percent`,
		`schedule: part 4: weight -1: want more than 0`,
		`schedule: part 5: percent -1%: want more than 0%, at most 100%, and at most 12 decimals`,
		`schedule: part 6: percent 100.1%: want more than 0%, at most 100%, and at most 12 decimals`,
		`schedule: part 7: percent 0.0000000000001%: want more than 0%, at most 100%, and at most 12 decimals`,
		`schedule: part 8: base "net of tax": want the name of an amount: 1 to 64 ASCII letters, digits, "_", "-" and ".", a letter or digit first`,
		`schedule: part 1: counts from the part before, and there is none`,
	}, "\n"))

	for _, row := range []struct {
		schedule duedate.Schedule
		want     string
	}{
		{parts(), "schedule: 0 parts, want 1 to 1000"},
		{parts(slices.Repeat([]duedate.Part{weight(1)}, 1001)...), "schedule: 1001 parts, want 1 to 1000"},
		{parts(balance, balance), "schedule: part 1: a balance leaves nothing to another balance or to weights; want weights only\n" +
			"schedule: part 2: a balance leaves nothing to another balance or to weights; want weights only"},
		{parts(weight(1), balance), "schedule: part 2: a balance leaves nothing to another balance or to weights; want weights only"},
		{parts(percent("99.999999999999")), "schedule: the parts do not make the whole: percents of the whole make 99.999999999999%, want 100% or a balance"},
		{parts(of("50", "net"), of("60", "net"), percent("10"), percent("10.5")), "schedule: the parts do not make the whole: percents of \"net\" make 110%, want at most 100%\n" +
			"schedule: the parts do not make the whole: percents of the whole make 20.5%, want 100% or a balance"},
		{parts(slices.Repeat([]duedate.Part{percent("100")}, 1000)...), "schedule: the parts do not make the whole: percents of the whole make 100000%, want at most 100%"},
	} {
		require.EqualError(t, row.schedule.Validate(), row.want)
		instalments, err := row.schedule.Split(invoice("2026-06-03", "100.00 EUR"), nil, ar.RoundHalfUp)
		require.EqualError(t, err, row.want)
		require.Nil(t, instalments)
	}
	require.NoError(t, parts(slices.Repeat([]duedate.Part{percent("0.1")}, 1000)...).Validate())
	require.ErrorIs(t, parts(percent("50")).Validate(), duedate.ErrNotWhole)
}

func TestSplitRefuses(t *testing.T) {
	swiss := parts(balance)
	swiss.Increment = ar.MustMoney("0.05 CHF")
	late := balance
	late.Terms = duedate.Net(30)
	discounted := duedate.Part{Weight: 1, Discount: duedate.MustParseDiscount("2/10 on goods")}
	dear := duedate.Part{Weight: 1, Discount: duedate.MustParseDiscount("50/10 on order")}
	for _, row := range []struct {
		amount   string
		date     string
		schedule duedate.Schedule
		want     string
	}{
		{"0.00 EUR", "2026-06-03", parts(balance), "schedule: document amount 0.00 EUR: want more than 0"},
		{"-1.00 EUR", "2026-06-03", parts(balance), "schedule: document amount -1.00 EUR: want more than 0"},
		{"99.99 EUR", "2026-06-03", parts(fixed("100.00 EUR")), "schedule: the parts do not make the whole: they take 100.00 EUR of 99.99 EUR"},
		{"100.01 EUR", "2026-06-03", parts(fixed("100.00 EUR")), "schedule: the parts do not make the whole: they take 100.00 EUR of 100.01 EUR"},
		{"99.99 EUR", "2026-06-03", parts(fixed("100.00 EUR"), balance), "schedule: the parts do not make the whole: they take 100.00 EUR of 99.99 EUR"},
		{"99.99 EUR", "2026-06-03", parts(percent("100"), fixed("0.01 EUR"), weight(1)), "schedule: the parts do not make the whole: they take 100.00 EUR of 99.99 EUR"},
		{"99.99 EUR", "2026-06-03", parts(percent("10"), fixed("1.00 USD"), balance), "schedule: part 2: currencies differ: EUR and USD"},
		{"99.99 EUR", "2026-06-03", swiss, "schedule: increment 0.05 CHF: currencies differ: EUR and CHF"},
		{"99.99 EUR", "2026-06-03", parts(balance, of("10", "goods")), `schedule: part 2: base "goods": no amount of that name is on the document: it has ["net" "order"]`},
		{"99.99 EUR", "2026-06-03", parts(of("100", "net")), "schedule: the parts do not make the whole: they take 84.03 EUR of 99.99 EUR"},
		{"99.99 EUR", "9999-12-31", parts(late), `schedule: part 1: terms "net 30": step "net 30" from 9999-12-31: outside years 1 to 9999`},
		{"99.99 EUR", "2026-06-03", parts(weight(1), discounted), `schedule: part 2: base "goods": no amount of that name is on the document: it has ["net" "order"]`},
		{"99.99 EUR", "2026-06-03", parts(weight(1), dear), `schedule: part 2: discount "50/10 on order": 50% of 2499.75 EUR is more than the 49.99 EUR to pay`},
		{"92233720368547758.08 EUR", "2026-06-03", parts(discounted), `schedule: part 1: base "goods": no amount of that name is on the document: it has ["net" "order"]`},
	} {
		doc := invoice(row.date, row.amount)
		doc.Bases = map[string]ar.Money{"net": ar.MustMoney("84.03 EUR"), "order": ar.MustMoney("5000.00 EUR")}
		instalments, err := row.schedule.Split(doc, nil, ar.RoundHalfUp)
		require.EqualError(t, err, row.want)
		require.Nil(t, instalments)
	}
}

func TestScheduleJSON(t *testing.T) {
	in := parts(
		duedate.Part{Percent: ar.MustPercent("2.5"), Base: "net", Terms: duedate.EOM()},
		duedate.Part{Fixed: ar.MustMoney("10.00 EUR"), AfterPrevious: true, Discount: duedate.MustParseDiscount("3/10, 2/20 on net")},
		weight(3),
	)
	in.Increment = ar.MustMoney("0.05 EUR")
	data, err := json.Marshal(in)
	require.NoError(t, err)
	require.Equal(t, `{"parts":[{"percent":"2.5%","base":"net","terms":"eom"},`+
		`{"fixed":{"amount":"10.00","currency":"EUR"},"discount":"3/10, 2/20 on net","after_previous":true},`+
		`{"weight":3}],"increment":{"amount":"0.05","currency":"EUR"}}`, string(data))
	var out duedate.Schedule
	require.NoError(t, json.Unmarshal(data, &out))
	again, err := json.Marshal(out)
	require.NoError(t, err)
	require.Equal(t, string(data), string(again))
	require.NoError(t, out.Validate())
}

// anyAmount draws an amount of a currency with 0, 2, 3 or 4 decimals; some do
// not fit an int64.
var anyAmount = rapid.Custom(func(t *rapid.T) ar.Money {
	c := ar.MustCurrency(rapid.SampledFrom([]string{"JPY", "EUR", "KWD", "CLF"}).Draw(t, "currency"))
	m, err := ar.NewMoney(rapid.OneOf(rapid.Int64Range(1, 1000), rapid.Int64Range(1, 1<<62)).Draw(t, "minor units"), c)
	require.NoError(t, err)
	if rapid.IntRange(0, 9).Draw(t, "huge") == 0 {
		m, err = m.Mul(ar.MustRate("1000003"), ar.NoRounding)
		require.NoError(t, err)
	}
	return m
})

var anyRounding = rapid.SampledFrom([]ar.Rounding{
	ar.RoundHalfUp, ar.RoundHalfEven, ar.RoundHalfDown, ar.RoundUp, ar.RoundDown, ar.RoundCeiling, ar.RoundFloor,
})

// anySchedule draws a schedule that is valid for a document of the amount.
func anySchedule(t *rapid.T, amount ar.Money) duedate.Schedule {
	var s duedate.Schedule
	left := int64(100_000)
	for left > 0 && rapid.Bool().Draw(t, "percent") {
		p := rapid.Int64Range(1, left).Draw(t, "thousandths")
		left -= p
		s.Parts = append(s.Parts, duedate.Part{Percent: thousandthsOfPercent(p)})
	}
	switch {
	case rapid.Bool().Draw(t, "balance"):
		s.Parts = append(s.Parts, balance)
	case rapid.Bool().Draw(t, "weights"):
		for _, w := range rapid.SliceOfN(rapid.Int64Range(1, 1<<40), 1, 5).Draw(t, "weights") {
			s.Parts = append(s.Parts, weight(w))
		}
	case left > 0:
		s.Parts = append(s.Parts, duedate.Part{Percent: thousandthsOfPercent(left)})
	}
	s.Parts = rapid.Permutation(s.Parts).Draw(t, "order")
	for i := range s.Parts {
		s.Parts[i].Terms, _ = terms(t, anyStep)
		s.Parts[i].AfterPrevious = i > 0 && rapid.Bool().Draw(t, "after previous")
	}
	if rapid.Bool().Draw(t, "in multiples") {
		var err error
		s.Increment, err = ar.NewMoney(rapid.SampledFrom([]int64{1, 5, 100}).Draw(t, "increment"), amount.Currency())
		require.NoError(t, err)
	}
	return s
}

// Instalments make the whole; all are positive; each is due when its terms say; a
// percent or weight is off its exact share by no more than the mechanism that
// rounds it allows.
func TestLawInstalmentsMakeTheWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		doc := duedate.Invoice{Date: around2024.Draw(t, "document"), Amount: anyAmount.Draw(t, "amount")}
		s := anySchedule(t, doc.Amount)
		cs := calendars(t)
		got, err := s.Split(doc, cs, anyRounding.Draw(t, "rounding"))
		if err != nil { // percents rounded up, and nothing left to take that from
			require.ErrorIs(t, err, duedate.ErrNotWhole)
			minor, ok := doc.Amount.Minor()
			require.True(t, ok && minor < int64(100_000*len(s.Parts)), "%s: %v", doc.Amount, err)
			return
		}
		zero, err := doc.Amount.Sub(doc.Amount)
		require.NoError(t, err)
		all := make([]duedate.Installment, len(s.Parts)) // by part
		for i := range all {
			all[i].Amount = zero
		}
		for i, instalment := range got {
			require.True(t, i == 0 || got[i-1].Part < instalment.Part)
			require.Positive(t, instalment.Amount.Sign())
			all[instalment.Part-1] = instalment
		}
		var sum ar.Money
		before := doc.Date
		for i, part := range s.Parts {
			sum, err = sum.Add(all[i].Amount)
			require.NoError(t, err)
			from := doc.Date
			if part.AfterPrevious {
				from = before
			}
			before, err = part.Terms.DueDate(from, cs)
			require.NoError(t, err)
			if all[i].Part > 0 {
				require.Equal(t, before, all[i].Due)
				require.Empty(t, all[i].Offers)
			}
			if part.Percent.Sign() > 0 && s.Increment.IsZero() {
				requireNear(t, all[i].Amount, doc.Amount, part.Percent)
			}
		}
		require.True(t, sum.Equal(doc.Amount), "%s of %s", sum, doc.Amount)
	})
}

// requireNear checks that part is less than one unit off its percent of the
// whole, in fractions.
func requireNear(t *rapid.T, part, whole ar.Money, p ar.Percent) {
	number := func(text string) *big.Rat {
		r, ok := new(big.Rat).SetString(text)
		require.True(t, ok)
		return r
	}
	decimals, _ := whole.Currency().Decimals()
	unit := number(fmt.Sprintf("1e-%d", decimals))
	off := new(big.Rat).Mul(number(whole.Amount()), number(p.Rate().String()))
	off.Sub(off, number(part.Amount())).Abs(off)
	require.Negative(t, off.Cmp(unit), "%s is %s off %s of %s", part, off, p, whole)
}

// What each instalment has of a named amount makes that amount: a discount of
// 50 % on it, unrounded, comes to half of it.
func TestLawNamedBaseIsDividedExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minor := rapid.Int64Range(1, 1<<40).Draw(t, "amount")
		net := rapid.Int64Range(0, minor).Draw(t, "net")
		var s duedate.Schedule
		for _, w := range rapid.SliceOfN(rapid.Int64Range(1, 100), 1, 6).Draw(t, "weights") {
			s.Parts = append(s.Parts, duedate.Part{Weight: w, Discount: duedate.MustParseDiscount("50/10 on net")})
		}
		eur := ar.MustCurrency("EUR")
		amount, err := ar.NewMoney(minor, eur)
		require.NoError(t, err)
		base, err := ar.NewMoney(net, eur)
		require.NoError(t, err)
		doc := duedate.Invoice{Date: ar.MustDate("2026-06-03"), Amount: amount, Bases: map[string]ar.Money{"net": base}}
		up, err := s.Split(doc, nil, ar.RoundUp)
		require.NoError(t, err)
		down, err := s.Split(doc, nil, ar.RoundDown)
		require.NoError(t, err)
		sum := int64(0) // a half rounded up and a half rounded down make the share
		for i := range up {
			for _, offers := range []duedate.Offers{up[i].Offers, down[i].Offers} {
				half, ok := offers[0].Amount.Minor()
				require.True(t, ok)
				sum += half
			}
		}
		require.Equal(t, net, sum)
	})
}

// A base is divided by instalments beyond int64 as by all others: 5000.00
// is 2500.00 for each, and 50% of that is 1250.00.
func TestNamedBaseOfHugeInstalments(t *testing.T) {
	half := duedate.Part{Weight: 1, Discount: duedate.MustParseDiscount("50/10 on order")}
	doc := invoice("2026-06-03", "184467440737095516.16 EUR") // 2 × 2⁶³ cents
	doc.Bases = map[string]ar.Money{"order": ar.MustMoney("5000.00 EUR")}
	instalments, err := parts(half, half).Split(doc, nil, ar.RoundHalfUp)
	require.NoError(t, err)
	for _, i := range instalments {
		require.Equal(t, "92233720368547758.08 EUR", i.Amount.String())
		require.Equal(t, "1250.00 EUR", i.Offers[0].Amount.String())
	}
}

// A trap: the last of three equal parts off by a cent.
func TestTrapLastOfThreeInstalmentsOffByACent(t *testing.T) {
	for amount, want := range map[string][]string{
		"100.00 EUR":  {"33.34 EUR", "33.33 EUR", "33.33 EUR"},
		"0.02 EUR":    {"0.01 EUR", "0.01 EUR"}, // a third part would be of nothing
		"100 JPY":     {"34 JPY", "33 JPY", "33 JPY"},
		"100.000 KWD": {"33.334 KWD", "33.333 KWD", "33.333 KWD"},
	} {
		instalments, err := parts(weight(1), weight(1), weight(1)).Split(invoice("2026-06-03", amount), nil, ar.RoundHalfUp)
		require.NoError(t, err, amount)
		require.Len(t, instalments, len(want), amount)
		for i, part := range instalments {
			require.Equal(t, want[i], part.Amount.String())
		}
	}
}
