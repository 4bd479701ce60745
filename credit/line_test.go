package credit_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/ledger"
)

func TestLineErrors(t *testing.T) {
	eur, usd := ar.MustMoney("1.00 EUR"), ar.MustMoney("1.00 USD")
	var mismatch *ar.MismatchError
	for name, l := range map[string]credit.Line{
		"limit":    {Limit: usd, Balance: eur},
		"orders":   {Limit: eur, Balance: eur, Orders: usd},
		"deposit":  {Limit: eur, Balance: eur, Deposit: usd},
		"exposure": {Limit: eur, Balance: eur, Exposures: []credit.Exposure{{Label: "guarantee", Amount: usd}}},
	} {
		_, err := l.Available()
		require.ErrorAs(t, err, &mismatch, name)
		_, err = l.Check(eur, credit.Good, credit.Policy{})
		require.ErrorAs(t, err, &mismatch, name)
	}
	_, err := credit.Line{Balance: eur, Limit: eur}.Check(usd, credit.Good, credit.Policy{})
	require.ErrorAs(t, err, &mismatch)
	_, err = credit.Line{Balance: eur, Deposit: eur.Neg()}.Used()
	require.EqualError(t, err, "deposit -1.00 EUR: wrong sign: want what was prepaid, as an amount above zero")
	for _, order := range []ar.Money{{}, eur.Neg(), ar.MustMoney("0.00 EUR")} {
		_, err = credit.Line{}.Check(order, credit.Good, credit.Policy{})
		require.ErrorIs(t, err, credit.ErrAmount)
	}
	_, err = credit.Line{}.Check(eur, 3, credit.Policy{})
	require.ErrorIs(t, err, credit.ErrStatus)
}

func TestNoLimitIsNotALimitOfZero(t *testing.T) {
	order := ar.MustMoney("0.01 EUR")
	_, err := credit.Line{Balance: order}.Available()
	require.ErrorIs(t, err, credit.ErrNoLimit)
	d, err := credit.Line{}.Check(order, credit.Watch, credit.Policy{WarnFrom: ar.MustPercent("1%")})
	require.NoError(t, err)
	require.Equal(t, "warn: the customer is on watch", d.String())
	d, err = credit.Line{Limit: ar.MustMoney("0.00 EUR")}.Check(order, credit.Good, credit.Policy{})
	require.NoError(t, err)
	require.Equal(t, credit.Block, d.Verdict)
	require.Equal(t, "-0.01 EUR", d.Available.String())
}

// The share of the limit from which on there is a warning need not be whole
// cents: a third of 1.00 is 33.33…, and 0.34 is the first amount above it.
func TestWarnFromAShareOfACent(t *testing.T) {
	l := credit.Line{Limit: ar.MustMoney("1.00 EUR")}
	policy := credit.Policy{WarnFrom: ar.MustPercent("33.3333333333%")}
	for order, want := range map[string]credit.Verdict{"0.33 EUR": credit.Allow, "0.34 EUR": credit.Warn, "1.00 EUR": credit.Warn, "1.01 EUR": credit.Block} {
		d, err := l.Check(ar.MustMoney(order), credit.Good, policy)
		require.NoError(t, err)
		require.Equal(t, want, d.Verdict, order)
	}
}

// Two reasons are both given, and the stricter one decides.
func TestAllReasons(t *testing.T) {
	d, err := credit.Line{Limit: ar.MustMoney("1 JPY")}.Check(ar.MustMoney("3 JPY"), credit.OnHold, credit.Policy{WarnOver: true})
	require.NoError(t, err)
	require.Equal(t, "block: the customer is on hold; 3 JPY would be used, 2 JPY over the limit of 1 JPY", d.String())
	require.Equal(t, []credit.Verdict{credit.Block, credit.Warn}, []credit.Verdict{d.Reasons[0].Verdict, d.Reasons[1].Verdict})
}

// Used and available make the limit; the deposit changes neither; and without a
// warning an order is allowed exactly when it does not exceed what is available.
func TestLineLaws(t *testing.T) {
	amount := func(t *rapid.T, label string) ar.Money {
		m, err := ar.NewMoney(rapid.Int64().Draw(t, label), ar.MustCurrency("KWD"))
		require.NoError(t, err)
		return m
	}
	rapid.Check(t, func(t *rapid.T) {
		l := credit.Line{
			Limit: amount(t, "limit").Abs(), Balance: amount(t, "balance"), Orders: amount(t, "orders"),
			Exposures: []credit.Exposure{{Label: "x", Amount: amount(t, "exposure")}},
		}
		used, err := l.Used()
		require.NoError(t, err)
		available, err := l.Available()
		require.NoError(t, err)
		sum, err := used.Add(available)
		require.NoError(t, err)
		require.True(t, sum.Equal(l.Limit))

		with := l
		with.Deposit = amount(t, "deposit").Abs()
		again, err := with.Available()
		require.NoError(t, err)
		require.True(t, again.Equal(available))

		order, err := amount(t, "order").Abs().Add(ar.MustMoney("0.001 KWD"))
		require.NoError(t, err)
		d, err := l.Check(order, credit.Good, credit.Policy{})
		require.NoError(t, err)
		c, err := order.Cmp(available)
		require.NoError(t, err)
		require.Equal(t, c <= 0, d.Verdict == credit.Allow)
	})
}

func TestStatusText(t *testing.T) {
	for _, s := range []credit.Status{credit.Good, credit.Watch, credit.OnHold} {
		text, err := s.MarshalText()
		require.NoError(t, err)
		var back credit.Status
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, s, back)
	}
	_, err := credit.Status(3).MarshalText()
	require.ErrorIs(t, err, credit.ErrStatus)
	var s credit.Status
	require.EqualError(t, s.UnmarshalText([]byte("bad")), `credit status "bad": malformed: want one of ["good" "watch" "on-hold"]`)
	require.Equal(t, "Verdict(9)", credit.Verdict(9).String())
}

// What a scope does not view is in no figure.
func TestFiguresKeepToTheScope(t *testing.T) {
	day := ar.MustDate("2026-03-15")
	doc := func(id, location string, kind ledger.Kind, date ar.Date) ledger.Document {
		return ledger.Document{ID: id, Customer: "C-1", Location: location, Kind: kind, Date: date, Amount: ar.MustMoney("1.00 EUR")}
	}
	facts := ledger.Facts{Documents: []ledger.Document{
		doc("I1", "York", ledger.Invoice, day), doc("I2", "Hull", ledger.Invoice, day),
		doc("D1", "Leeds", ledger.Deposit, day), doc("D2", "Hull", ledger.Deposit, day-1),
	}}
	a, err := ledger.NewAccount(ledger.Customer{ID: "C-1"}, facts, nil)
	require.NoError(t, err)
	s := scope(t)
	for _, figure := range []func() ([]ar.Money, error){
		func() ([]ar.Money, error) { return credit.MonthToDate(a, s, day, day) },
		func() ([]ar.Money, error) { return credit.Deposits(a, s, day) },
	} {
		sums, err := figure()
		require.NoError(t, err)
		require.Len(t, sums, 1)
		require.Equal(t, "1.00 EUR", sums[0].String())
	}
	first, err := credit.AccountDate(a, s)
	require.NoError(t, err)
	require.Equal(t, day, first)

	var none ledger.Scope
	_, err = credit.MonthToDate(a, none, day, day)
	require.ErrorIs(t, err, ledger.ErrNoLocations)
	_, err = credit.Deposits(a, none, day)
	require.ErrorIs(t, err, ledger.ErrNoLocations)
	_, err = credit.AccountDate(a, none)
	require.ErrorIs(t, err, ledger.ErrNoLocations)
	_, err = credit.MonthToDate(a, s, 0, day)
	require.ErrorIs(t, err, ledger.ErrBadDate)
	_, err = credit.Deposits(a, s, 0)
	require.ErrorIs(t, err, ledger.ErrBadDate)
	_, err = credit.YearToDate(nil, 0)
	require.ErrorIs(t, err, ledger.ErrBadDate)
}
