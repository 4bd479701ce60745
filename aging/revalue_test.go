package aging_test

import (
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

var toEUR = aging.Conversion{To: eur, Rates: rates("USD", "0.92", "JPY", "0.0061", "PTS:2", "2"), Rounding: ar.RoundHalfUp}

// bookedBy gives items a booking rate by their number.
func bookedBy(rates map[string]string) func(*ledger.Item) ar.Rate {
	return func(it *ledger.Item) ar.Rate {
		if rate, ok := rates[it.Number]; ok {
			return ar.MustRate(rate)
		}
		return ar.Rate{}
	}
}

func TestRevalue(t *testing.T) {
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	items := []ledger.Item{
		item("C1", "1", "2026-06-10", "100.00 USD"), item("C1", "2", "2026-06-10", "-10.05 USD"), item("C1", "3", "2026-06-10", "7.00 USD"),
		item("C1", "4", "2026-06-10", "50.00 EUR"), item("C2", "5", "2026-06-10", "1000 JPY"), item("C2", "6", "2026-06-10", "10.00 USD"),
		item("C3", "7", "2026-09-10", "1000 JPY"), // dated 12 July
	}
	got, err := aging.Revalue(ledger.Items(items), bookedBy(map[string]string{"1": "0.90", "2": "0.95", "5": "0.0065", "6": "0.92"}), opt, toEUR)
	require.NoError(t, err)
	type told struct{ key, outstanding, unbooked, booked, current, difference string }
	tell := func(rows []aging.Revalued) (all []told) {
		for _, v := range rows {
			all = append(all, told{v.Key, v.Outstanding.String(), v.Unbooked.String(), v.Booked.String(), v.Current.String(), v.Difference().String()})
		}
		return all
	}
	// 100.00 at 0.90 are 90.00 and at 0.92 92.00; −10.05 at 0.95 are −9.5475, so
	// −9.55, and at 0.92 −9.246, so −9.25. 7.00 USD have no booking rate.
	require.Equal(t, []told{
		{"C1", "50.00 EUR", "0.00 EUR", "50.00 EUR", "50.00 EUR", "0.00 EUR"},
		{"C1", "96.95 USD", "7.00 USD", "80.45 EUR", "82.75 EUR", "2.30 EUR"},
		{"C2", "1000 JPY", "0 JPY", "6.50 EUR", "6.10 EUR", "-0.40 EUR"},
		{"C2", "10.00 USD", "0.00 USD", "9.20 EUR", "9.20 EUR", "0.00 EUR"},
	}, tell(got.Rows()))
	require.Equal(t, []told{
		{"", "50.00 EUR", "0.00 EUR", "50.00 EUR", "50.00 EUR", "0.00 EUR"},
		{"", "1000 JPY", "0 JPY", "6.50 EUR", "6.10 EUR", "-0.40 EUR"},
		{"", "106.95 USD", "7.00 USD", "89.65 EUR", "91.95 EUR", "2.30 EUR"},
	}, tell(got.Totals()))
	require.Equal(t, "1.90 EUR", got.Difference().String())
}

func TestRevalueRefuses(t *testing.T) {
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	items := []ledger.Item{item("C1", "1", "2026-06-10", "1.00 USD"), item("C1", "2", "2026-06-10", "1.00 KWD"), item("C1", "3", "2026-06-10", "1.00 EUR")}
	none := bookedBy(nil)
	_, err := aging.Revalue(ledger.Items(items), none, opt, aging.Conversion{To: eur})
	require.ErrorIs(t, err, aging.ErrNoRate)
	require.EqualError(t, err, "no rate from KWD, USD to EUR")
	_, err = aging.Revalue(ledger.Items(items), none, aging.Options{}, toEUR)
	require.ErrorIs(t, err, aging.ErrNoAsOf)
	_, err = aging.Revalue(ledger.Items(items), none, opt, aging.Conversion{To: eur, Rates: rates("USD", "-1")})
	require.ErrorIs(t, err, aging.ErrBadRate)
	_, err = aging.Revalue(ledger.Items(items), bookedBy(map[string]string{"1": "-0.9"}), opt, toEUR)
	require.ErrorIs(t, err, aging.ErrBadRate)
	require.EqualError(t, err, `item "1" of customer "C1": booked: not a rate of exchange: -0.9 from USD to EUR, want one above zero`)
	_, err = aging.Revalue(ledger.Items(items[2:]), bookedBy(map[string]string{"3": "1.1"}), opt, toEUR)
	require.EqualError(t, err, `item "3" of customer "C1": booked: not a rate of exchange: 1.1 from EUR to itself, want 1`)
	exact := toEUR
	exact.Rounding = ar.NoRounding
	_, err = aging.Revalue(ledger.Items(items[:1]), bookedBy(map[string]string{"1": "0.123"}), opt, exact)
	require.ErrorIs(t, err, ar.ErrTooPrecise)
	_, err = aging.Revalue(ledger.Items([]ledger.Item{{}}), none, opt, toEUR)
	require.ErrorIs(t, err, ledger.ErrNoCustomer)
	ends := errors.New("the source ends")
	var broken iter.Seq2[ledger.Item, error] = func(yield func(ledger.Item, error) bool) {
		_ = yield(items[0], nil) && yield(ledger.Item{}, ends) && yield(ledger.Item{}, nil)
	}
	_, err = aging.Revalue(broken, none, opt, toEUR)
	require.ErrorIs(t, err, ends)
}

func TestRevaluationAgreesWithTheReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt, c := genItems.Draw(t, "items"), genOptions.Draw(t, "options"), genConversion.Draw(t, "conversion")
		r, err := aging.Compute(items, opt)
		require.NoError(t, err)
		none, err := aging.Revalue(ledger.Items(items), bookedBy(nil), opt, c)
		require.NoError(t, err)
		equal, err := aging.Revalue(ledger.Items(items), func(it *ledger.Item) ar.Rate { return c.Rates[it.Outstanding.Currency()] }, opt, c)
		require.NoError(t, err)
		var current, booked []ar.Money
		rows := map[string]aging.Row{}
		for _, w := range r.All() {
			rows[w.Key()+w.Currency().String()] = w
		}
		for i, v := range none.Rows() {
			at := v.Key + v.Outstanding.Currency().String()
			w := rows[at]
			delete(rows, at)
			require.True(t, w.Balance().Equal(v.Outstanding))
			require.True(t, v.Difference().IsZero(), "no difference is known")
			if w.Currency() == c.To {
				require.True(t, v.Unbooked.IsZero() && v.Booked.Equal(v.Outstanding))
			} else {
				require.True(t, v.Unbooked.Equal(v.Outstanding) && v.Booked.IsZero())
			}

			v = equal.Rows()[i]
			require.Equal(t, w.Key(), v.Key)
			require.True(t, w.Balance().Equal(v.Outstanding))
			require.True(t, v.Unbooked.IsZero())
			require.True(t, v.Difference().IsZero(), "booked at the rate of the report")
			current, booked = append(current, v.Current), append(booked, v.Booked)
		}
		for _, w := range rows {
			require.True(t, w.Balance().IsZero(), "a row without items in its balance")
		}
		require.True(t, equal.Difference().IsZero())
		require.True(t, sumOf(t, current).Equal(sumOf(t, booked)))
		for _, v := range none.Totals() {
			for _, total := range r.Totals() {
				if total.Currency() == v.Outstanding.Currency() {
					require.True(t, total.Balance().Equal(v.Outstanding))
				}
			}
		}
	})
}

// What a revaluation says is, item by item, the amount at one rate less the same
// at the other.
func TestRevaluationIsThatOfTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt, c := genItems.Draw(t, "items"), genOptions.Draw(t, "options"), genConversion.Draw(t, "conversion")
		at := c
		at.Rates = map[ar.Currency]ar.Rate{}
		for _, cur := range currencies {
			if cur == c.To {
				continue
			}
			at.Rates[cur] = ar.MustRate(rapid.SampledFrom([]string{"0.5", "1.09", "0.00625"}).Draw(t, "booked"))
		}
		got, err := aging.Revalue(ledger.Items(items), func(it *ledger.Item) ar.Rate { return at.Rates[it.Outstanding.Currency()] }, opt, c)
		require.NoError(t, err)
		want := ratOf(t, "0")
		for _, it := range items {
			excluded := it.Outstanding.Sign() > 0 && it.Flags&opt.Exclude != 0
			if it.Date <= opt.AsOf && (it.Closed == 0 || it.Closed > opt.AsOf) && !excluded {
				want.Add(want, convertedByHand(t, it.Outstanding, c))
				want.Sub(want, convertedByHand(t, it.Outstanding, at))
			}
		}
		sameNumber(t, want, got.Difference())
	})
}

func TestRevalueAccountsIsRevalueOfTheirItems(t *testing.T) {
	doc := func(customer, id string, kind ledger.Kind, amount, booking string) ledger.Document {
		d := ledger.Document{ID: id, Number: id, Customer: customer, Kind: kind, Date: day("2026-06-01"), Amount: ar.MustMoney(amount)}
		if booking != "" {
			d.Booking = ar.MustRate(booking)
		}
		return d
	}
	f := ledger.Facts{
		Documents: []ledger.Document{
			doc("C1", "I1", ledger.Invoice, "100.00 USD", "0.9"), doc("C1", "I2", ledger.Invoice, "50.00 USD", ""),
			doc("C1", "P1", ledger.Payment, "30.00 USD", "0.91"), doc("C2", "I3", ledger.Invoice, "20.00 USD", "0.95"),
			doc("C2", "I4", ledger.Invoice, "20.00 EUR", "1"),
		},
		Allocations: []ledger.Allocation{{ID: "A1", Credit: "P1", Debit: "I1", Amount: ar.MustMoney("20.00 USD"), Date: day("2026-06-15")}},
	}
	accounts, err := ledger.Accounts([]ledger.Customer{{ID: "C1"}, {ID: "C2"}}, f, nil)
	require.NoError(t, err)
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	got, err := aging.RevalueAccounts(accounts, opt, toEUR)
	require.NoError(t, err)
	want, err := aging.Revalue(ledger.ItemsOf(accounts, opt.AsOf), bookedBy(map[string]string{"I1": "0.9", "P1": "0.91", "I3": "0.95"}), opt, toEUR)
	require.NoError(t, err)
	require.Equal(t, want, got)
	// 80.00 and −10.00 USD of C1: 73.60 − 9.20 now, 72.00 − 9.10 then.
	require.Equal(t, "1.50 EUR", got.Rows()[0].Difference().String())

	// A balance adjustment is booked at the rate of what it adjusts.
	facts, err := accounts[0].Adjust(ledger.Adjustment{Debit: "I1", Date: day("2026-06-20"), Credit: "K1", Allocation: "A2", Charge: "I5"})
	require.NoError(t, err)
	accounts[0], err = accounts[0].Add(facts)
	require.NoError(t, err)
	adjusted, err := aging.RevalueAccounts(accounts, opt, toEUR)
	require.NoError(t, err)
	require.Equal(t, got, adjusted)

	_, err = aging.RevalueAccounts(accounts, opt, aging.Conversion{To: eur})
	require.EqualError(t, err, "no rate from USD to EUR")
}
