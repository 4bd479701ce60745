package aging_test

import (
	"fmt"
	"math/big"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

var (
	usd = ar.MustCurrency("USD")
	kwd = ar.MustCurrency("KWD")
	pts = ar.MustCurrency("PTS:2")
)

// rates reads currencies and their rates in turn.
func rates(texts ...string) map[ar.Currency]ar.Rate {
	m := map[ar.Currency]ar.Rate{}
	for i := 0; i < len(texts); i += 2 {
		m[ar.MustCurrency(texts[i])] = ar.MustRate(texts[i+1])
	}
	return m
}

func TestConvert(t *testing.T) {
	// 0.125 of each unit, and halves go up: 10.02 USD are 1.2525 and so 1.25 EUR,
	// 0.04 USD are 0.005 and so 0.01 EUR; 1.000 KWD is 3.005 and so 3.01 EUR.
	r := compute(t, "2026-06-30", bucket.Standard(),
		item("C1", "1", "2026-06-10", "1.00 EUR"), item("C1", "2", "2026-06-10", "10.02 USD"), item("C1", "3", "2026-06-10", "1.000 KWD"),
		item("C1", "4", "2026-07-10", "0.04 USD"), item("C1", "5", "2026-06-10", "-0.04 USD"),
		item("C2", "6", "2026-03-01", "0.04 USD"), item("C3", "7", "2026-03-01", "100 JPY"),
	)
	got, err := r.Convert(aging.Conversion{
		To: eur, Rates: rates("USD", "0.125", "KWD", "3.005", "JPY", "0.0066", "PTS:2", "7"), Rounding: ar.RoundHalfUp,
	})
	require.NoError(t, err)
	require.Equal(t, r.LeftOut(), got.LeftOut())
	require.Equal(t, 3, got.Len())
	require.Equal(t, []string{"0.01", "5.26", "0.00", "0.00", "0.00", "0.00", "5.27", "0.01", "0.01", "5.26", "5.26"}, figures(row(t, got, "C1", eur)))
	require.Equal(t, []string{"0.00", "0.00", "0.00", "0.00", "0.00", "0.01", "0.01", "0.00", "0.00", "0.01", "0.01"}, figures(row(t, got, "C2", eur)))
	require.Equal(t, []string{"0.00", "0.00", "0.00", "0.00", "0.00", "0.66", "0.66", "0.00", "0.00", "0.66", "0.66"}, figures(row(t, got, "C3", eur)))
	require.Len(t, got.Totals(), 1)
	require.Equal(t, "5.93", got.Totals()[0].Balance().Amount())

	// In one piece 10.10 USD are 1.2625, and so 1.26 EUR; shown are 1.25 and
	// twice 0.01.
	var told []string
	for _, x := range got.Exchanges() {
		told = append(told, fmt.Sprint(x.Source.Total(), " at ", x.Rate, " = ", x.Whole(aging.Total), ", shown ", x.Shown.Total(), ", difference ", x.Difference(aging.Total)))
	}
	require.Equal(t, []string{
		"1.00 EUR at 1 = 1.00 EUR, shown 1.00 EUR, difference 0.00 EUR",
		"100 JPY at 0.0066 = 0.66 EUR, shown 0.66 EUR, difference 0.00 EUR",
		"1.000 KWD at 3.005 = 3.01 EUR, shown 3.01 EUR, difference 0.00 EUR",
		"10.10 USD at 0.125 = 1.26 EUR, shown 1.27 EUR, difference -0.01 EUR",
	}, told)
	require.Equal(t, "-0.01 EUR", got.RoundingDifference(aging.Total).String())
	require.Equal(t, "0.00 EUR", got.RoundingDifference(aging.Unapplied).String())
}

// Where past due begins inside of a bucket, the bucket is still converted in one
// piece, and so is what of it is past due.
func TestConvertABucketThatIsCut(t *testing.T) {
	set, err := bucket.FromEdges(-10, 15)
	require.NoError(t, err)
	r := compute(t, "2026-06-30", set, item("C1", "1", "2026-06-30", "0.04 USD"), item("C1", "2", "2026-06-29", "0.04 USD"))
	got, err := r.Convert(aging.Conversion{To: eur, Rates: rates("USD", "0.125"), Rounding: ar.RoundHalfUp})
	require.NoError(t, err)
	w := row(t, got, "C1", eur)
	require.Equal(t, []string{"0.00", "0.01", "0.00"}, amounts(w), "0.08 USD are 0.01 EUR, not twice 0.005")
	require.Equal(t, "0.01", w.PastDue().Amount())
}

func TestConvertRefuses(t *testing.T) {
	r := compute(t, "2026-06-30", bucket.Standard(),
		item("C1", "1", "2026-06-10", "1.00 EUR"), item("C1", "2", "2026-06-10", "10.02 USD"), item("C2", "3", "2026-06-10", "1 JPY"))
	for _, c := range []struct {
		by   aging.Conversion
		is   []error
		want string
	}{
		{
			aging.Conversion{To: kwd, Rates: rates("USD", "0.3"), Rounding: ar.RoundHalfUp},
			[]error{aging.ErrNoRate},
			"no rate from EUR, JPY to KWD",
		},
		{
			aging.Conversion{To: eur, Rates: rates("USD", "0", "PTS:2", "-1", "EUR", "1.01"), Rounding: ar.RoundHalfUp},
			[]error{aging.ErrNoRate, aging.ErrBadRate},
			"no rate from JPY to EUR\n" +
				"not a rate of exchange: -1 from PTS:2 to EUR, want one above zero\n" +
				"not a rate of exchange: 0 from USD to EUR, want one above zero\n" +
				"not a rate of exchange: 1.01 from EUR to itself, want 1",
		},
		{
			aging.Conversion{To: eur, Rates: rates("USD", "0.125", "JPY", "1")},
			[]error{ar.ErrTooPrecise},
			`customer "C1": 10.02 USD × 0.125 in EUR: too many decimals`,
		},
		{
			aging.Conversion{To: ar.MustCurrency("XAU"), Rates: rates("USD", "1", "JPY", "1", "EUR", "1")},
			[]error{ar.ErrNoMinorUnits},
			"reporting currency",
		},
		{aging.Conversion{}, []error{ar.ErrNoMinorUnits, aging.ErrNoRate}, "no rate from EUR, JPY, USD to "},
	} {
		_, err := r.Convert(c.by)
		for _, is := range c.is {
			require.ErrorIs(t, err, is)
		}
		require.ErrorContains(t, err, c.want)
	}
	converted, err := r.Convert(aging.Conversion{To: eur, Rates: rates("USD", "0.5", "JPY", "1")})
	require.NoError(t, err, "nothing needs rounding")
	_, err = converted.Convert(aging.Conversion{To: eur})
	require.ErrorIs(t, err, aging.ErrDerived)
	_, err = converted.Treat(aging.CreditsAged)
	require.ErrorIs(t, err, aging.ErrDerived)
	_, err = aging.Merge(converted, converted)
	require.ErrorIs(t, err, aging.ErrMerge)
}

func TestConvertOfNothing(t *testing.T) {
	got, err := compute(t, "2026-06-30", bucket.Standard()).Convert(aging.Conversion{To: eur})
	require.NoError(t, err)
	require.Zero(t, got.Len())
	require.Empty(t, got.Totals())
	require.Empty(t, got.Exchanges())
	require.True(t, got.RoundingDifference(aging.Balance).IsZero())
	_, err = got.Convert(aging.Conversion{To: eur})
	require.ErrorIs(t, err, aging.ErrDerived)
}

var genConversion = rapid.Custom(func(t *rapid.T) aging.Conversion {
	c := aging.Conversion{
		To: rapid.SampledFrom([]ar.Currency{eur, jpy, kwd}).Draw(t, "to"),
		Rounding: rapid.SampledFrom([]ar.Rounding{
			ar.RoundHalfUp, ar.RoundHalfEven, ar.RoundHalfDown, ar.RoundUp, ar.RoundDown, ar.RoundCeiling, ar.RoundFloor,
		}).Draw(t, "rounding"),
		Rates: map[ar.Currency]ar.Rate{},
	}
	for _, cur := range currencies {
		if cur != c.To {
			c.Rates[cur] = ar.MustRate(rapid.SampledFrom([]string{"1", "0.125", "1.0842", "0.0061", "163.335", "0.333333333333"}).Draw(t, "rate"))
		}
	}
	return c
})

// convertedByHand is an amount at a rate in fractions, rounded as named.
func convertedByHand(t require.TestingT, m ar.Money, c aging.Conversion) *big.Rat {
	rate := "1"
	if m.Currency() != c.To {
		rate = c.Rates[m.Currency()].String()
	}
	exact := new(big.Rat).Mul(ratOf(t, m.Amount()), ratOf(t, rate))
	decimals, _ := c.To.Decimals()
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(decimals)), nil))
	units := exact.Mul(exact, scale)
	sign := int64(units.Sign())
	size := new(big.Rat).Abs(units)
	floor := new(big.Int).Quo(size.Num(), size.Denom())
	rest := new(big.Rat).Sub(size, new(big.Rat).SetInt(floor))
	half := rest.Cmp(big.NewRat(1, 2))
	var up bool
	switch c.Rounding {
	case ar.RoundHalfUp:
		up = half >= 0
	case ar.RoundHalfDown:
		up = half > 0
	case ar.RoundHalfEven:
		up = half > 0 || half == 0 && floor.Bit(0) == 1
	case ar.RoundUp:
		up = rest.Sign() > 0
	case ar.RoundCeiling:
		up = rest.Sign() > 0 && sign > 0
	case ar.RoundFloor:
		up = rest.Sign() > 0 && sign < 0
	case ar.RoundDown, ar.NoRounding:
	}
	if up {
		floor.Add(floor, big.NewInt(1))
	}
	result := new(big.Rat).SetInt(floor.Mul(floor, big.NewInt(sign)))
	return result.Quo(result, scale)
}

func ratOf(t require.TestingT, text string) *big.Rat {
	x, ok := new(big.Rat).SetString(text)
	require.True(t, ok)
	return x
}

func sameNumber(t require.TestingT, want *big.Rat, got ar.Money, what ...any) {
	require.Zero(t, want.Cmp(ratOf(t, got.Amount())), "%s: got %s, want %s", fmt.Sprint(what...), got, want.FloatString(6))
}

func TestConvertedReportIsThatOfTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt, c := genItems.Draw(t, "items"), genOptions.Draw(t, "options"), genConversion.Draw(t, "conversion")
		r, err := aging.Compute(items, opt)
		require.NoError(t, err)
		r = treat(t, r, treatable(t, opt))
		got, err := r.Convert(c)
		require.NoError(t, err)
		require.Equal(t, r.Treatment(), got.Treatment())

		// What each row shows is the sum over its currencies.
		type cell struct {
			key string
			f   aging.Figure
		}
		want := map[cell]*big.Rat{}
		inAll := map[ar.Currency]map[aging.Figure]*big.Rat{}
		add := func(w aging.Row, f aging.Figure, x *big.Rat) {
			at := cell{w.Key(), f}
			if want[at] == nil {
				want[at] = new(big.Rat)
			}
			want[at].Add(want[at], x)
			if inAll[w.Currency()] == nil {
				inAll[w.Currency()] = map[aging.Figure]*big.Rat{}
			}
			if inAll[w.Currency()][f] == nil {
				inAll[w.Currency()][f] = new(big.Rat)
			}
			inAll[w.Currency()][f].Add(inAll[w.Currency()][f], x)
		}
		for _, w := range r.All() {
			for i, m := range w.Amounts() {
				x := convertedByHand(t, m, c)
				add(w, aging.Figure(i), x)
				add(w, aging.Total, x)
				add(w, aging.Balance, x)
			}
			for _, f := range []aging.Figure{aging.Apart, aging.Excluded, aging.Receipts} {
				add(w, f, convertedByHand(t, w.Figure(f), c))
			}
			add(w, aging.Balance, convertedByHand(t, w.Apart(), c))
			x := convertedByHand(t, w.Unapplied(), c)
			add(w, aging.Unapplied, x)
			add(w, aging.Balance, x.Neg(x))
		}
		keys := map[string]bool{}
		for _, w := range got.All() {
			require.False(t, keys[w.Key()], "one row for each key")
			keys[w.Key()] = true
			require.Equal(t, c.To, w.Currency())
			for f := aging.Receipts; int(f) < r.Buckets().Len(); f++ {
				if f != aging.Credits && f != aging.PastDue {
					sameNumber(t, want[cell{w.Key(), f}], w.Figure(f), w.Key(), f)
				}
			}
			require.True(t, sumOf(t, w.Amounts()).Equal(w.Total()))
		}
		for _, w := range r.All() {
			require.True(t, keys[w.Key()])
		}

		// The totals are the sums of what is shown, and the difference to totals in
		// one piece is told.
		exchanges := got.Exchanges()
		require.Len(t, exchanges, len(r.Totals()))
		for f := aging.Receipts; int(f) < r.Buckets().Len(); f++ {
			difference := new(big.Rat)
			for i, total := range r.Totals() {
				x := exchanges[i]
				require.True(t, x.Source.Equal(total))
				whole := convertedByHand(t, total.Figure(f), c)
				sameNumber(t, whole, x.Whole(f), f)
				if f != aging.Credits && f != aging.PastDue {
					sameNumber(t, inAll[total.Currency()][f], x.Shown.Figure(f), f)
				}
				sameNumber(t, whole.Sub(whole, ratOf(t, x.Shown.Figure(f).Amount())), x.Difference(f), f)
				difference.Add(difference, whole)
			}
			sameNumber(t, difference, got.RoundingDifference(f), f)
			var column []ar.Money
			for _, w := range got.All() {
				column = append(column, w.Figure(f))
			}
			for _, total := range got.Totals() {
				require.True(t, sumOf(t, column).Equal(total.Figure(f)), "the totals shown are the sum of the rows shown")
			}
		}
	})
}

func TestConvertAtRateOneIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt := genItems.Draw(t, "items"), genOptions.Draw(t, "options")
		cur := rapid.SampledFrom([]ar.Currency{eur, usd}).Draw(t, "one currency")
		for i := range items {
			items[i].Outstanding = ofMinor(genMinor.Draw(t, "minor units"), cur)
		}
		r, err := aging.Compute(items, opt)
		require.NoError(t, err)
		r = treat(t, r, treatable(t, opt))
		got, err := r.Convert(aging.Conversion{To: eur, Rates: rates("USD", "1")})
		require.NoError(t, err)
		rows, want := append(got.Rows(nil), got.Totals()...), append(r.Rows(nil), r.Totals()...)
		require.Len(t, rows, len(want))
		for i, w := range want {
			require.Equal(t, w.Key(), rows[i].Key())
			require.Equal(t, figures(w), figures(rows[i]))
		}
		for f := aging.Receipts; int(f) < r.Buckets().Len(); f++ {
			require.True(t, got.RoundingDifference(f).IsZero())
		}
	})
}

func TestConvertedDetailAgreesWithTheReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt, c := genItems.Draw(t, "items"), genOptions.Draw(t, "options"), genConversion.Draw(t, "conversion")
		by := treatable(t, opt)
		r, err := aging.Compute(items, opt)
		require.NoError(t, err)
		r, err = treat(t, r, by).Convert(c)
		require.NoError(t, err)
		for _, w := range r.All() {
			d, err := aging.NewDetail(ledger.Items(items), opt, w.Key())
			require.NoError(t, err)
			d, err = d.Treat(by)
			require.NoError(t, err)
			d, err = d.Convert(c)
			require.NoError(t, err)
			mine, ok := d.Report().Row(w.Key(), c.To)
			require.True(t, ok)
			require.True(t, w.Equal(mine))
			require.Empty(t, d.Cell(ar.MustCurrency("CHF"), aging.Balance))
			for f := aging.Receipts; int(f) < r.Buckets().Len(); f++ {
				parts := map[ar.Currency]ar.Money{}
				for _, l := range d.Cell(c.To, f) {
					cur := l.Amount.Currency()
					parts[cur] = sumOf(t, []ar.Money{parts[cur], l.Amount})
				}
				var shown []ar.Money
				for _, x := range d.Report().Exchanges() {
					sum := parts[x.Source.Currency()]
					require.True(t, sum.IsZero() && x.Source.Figure(f).IsZero() || sum.Equal(x.Source.Figure(f)))
					shown = append(shown, x.Shown.Figure(f))
				}
				require.True(t, sumOf(t, shown).Equal(w.Figure(f)))
			}
		}
	})
}

func TestEqualKnowsTheConversion(t *testing.T) {
	r := compute(t, "2026-06-30", bucket.Standard(), item("C1", "1", "2026-06-10", "0.00 EUR"), item("C1", "2", "2026-06-10", "1.00 USD"))
	by := aging.Conversion{To: eur, Rates: rates("USD", "1"), Rounding: ar.RoundHalfUp}
	convert := func(by aging.Conversion) *aging.Report {
		got, err := r.Convert(by)
		require.NoError(t, err)
		return got
	}
	one := convert(by)
	require.Empty(t, gocmp.Diff(one, convert(by)))
	by.Rounding = ar.RoundFloor
	require.False(t, one.Equal(convert(by)))
	by.Rounding, by.Rates = ar.RoundHalfUp, rates("USD", "1.004")
	require.False(t, one.Equal(convert(by)), "the same amounts, at another rate")
	require.False(t, one.Equal(r))
	require.False(t, treat(t, r, aging.CreditsAged).Equal(r), "treated")
}

func TestTrapCurrenciesAreMixedInOneColumnByConversion(t *testing.T) {
	r := compute(t, "2026-06-30", bucket.Standard(), item("C1", "1", "2026-06-01", "1.00 EUR"), item("C1", "2", "2026-06-01", "100 JPY"))
	_, err := r.Convert(aging.Conversion{To: eur, Rounding: ar.RoundHalfUp})
	require.ErrorIs(t, err, aging.ErrNoRate, "a rate that is missing is neither 1 nor 0")
	got, err := r.Convert(aging.Conversion{To: eur, Rates: rates("JPY", "0.0061"), Rounding: ar.RoundHalfUp})
	require.NoError(t, err)
	require.Equal(t, "1.61 EUR", row(t, got, "C1", eur).Total().String(), "not 101")
	for _, m := range row(t, got, "C1", eur).Amounts() {
		require.Equal(t, eur, m.Currency())
	}
}
