package intake_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/intake"
)

// amountOf reads one amount.
func amountOf(t *testing.T, text string, opt intake.ItemOptions) (string, error) {
	t.Helper()
	csv := "customer,number,date,amount\nC,1,2026-06-03,\"" + text + "\"\n"
	batch, err := intake.ReadItems(strings.NewReader(csv), opt)
	if err != nil {
		require.Empty(t, batch.Rows)
		return "", err
	}
	require.Len(t, batch.Rows, 1)
	return batch.Rows[0].Item.Outstanding.String(), nil
}

func TestAmounts(t *testing.T) {
	const (
		english = ".,"
		german  = ",."
		french  = ", "
		swiss   = ".'"
	)
	for _, test := range []struct{ notation, text, want string }{ // want "": refused
		{english, "0", "0.00 EUR"},
		{english, "12", "12.00 EUR"},
		{english, "12.3", "12.30 EUR"},
		{english, "12.34", "12.34 EUR"},
		{english, "12.3400", "12.34 EUR"},
		{english, ".5", "0.50 EUR"},
		{english, "007.50", "7.50 EUR"},
		{english, "1234.56", "1234.56 EUR"},
		{english, "1,234.56", "1234.56 EUR"},
		{english, "12,345", "12345.00 EUR"},
		{english, "999,999,999.99", "999999999.99 EUR"},
		{english, "12,34,567.00", "1234567.00 EUR"},
		{english, "1,00,00,000", "10000000.00 EUR"},
		{english, "92233720368547758.08", "92233720368547758.08 EUR"}, // one more than 64 bits hold

		{english, "-12", "-12.00 EUR"},
		{english, "+12", "12.00 EUR"},
		{english, "\u221212", "-12.00 EUR"},
		{english, "12-", "-12.00 EUR"},
		{english, "12\u2212", "-12.00 EUR"},
		{english, "(12.00)", "-12.00 EUR"},
		{english, "( 1,234.50 )", "-1234.50 EUR"},
		{english, "- 12", "-12.00 EUR"},
		{english, "-0.00", "0.00 EUR"},
		{english, "(0)", "0.00 EUR"},

		{english, "", ""},
		{english, "-", ""},
		{english, "()", ""},
		{english, "(", ""},
		{english, "(12", ""},
		{english, "12)", ""},
		{english, "(-12)", ""},
		{english, "-(12)", ""},
		{english, "--12", ""},
		{english, "-12-", ""},
		{english, "+12-", ""},
		{english, ".", ""},
		{english, "12.", ""},
		{english, "1.2.3", ""},
		{english, "1 234", ""},
		{english, "1'234", ""},
		{english, ",123", ""},
		{english, "123,", ""},
		{english, "1,,234", ""},
		{english, "1,23", ""},
		{english, "1,2345", ""},
		{english, "1234,567", ""},
		{english, "0,123", ""}, // rather 0.123 of somewhere else
		{english, "1,234,56", ""},
		{english, "12,345,67,890", ""},
		{english, "1,23,45,678,901", ""},
		{english, "123,45,678", ""},
		{english, "1.234,56", ""},
		{english, "1.000,000", ""},
		{english, "0x10", ""},
		{english, "1e2", ""},
		{english, "1_000", ""},
		{english, "٣", ""}, // a digit, but not one of ours
		{english, "5 EUR", ""},
		{english, "€5", ""},
		{english, "infinity", ""},

		{german, "1.234,56", "1234.56 EUR"},
		{german, "1234,5", "1234.50 EUR"},
		{german, "-1.234.567,00", "-1234567.00 EUR"},
		{german, "1.23", ""},
		{german, "1,234.56", ""},

		{french, "1 234 567,89", "1234567.89 EUR"},
		{french, "1\u00a0234,50", "1234.50 EUR"},
		{french, "1\u202f234,50", "1234.50 EUR"},
		{french, "- 1 234,50", "-1234.50 EUR"},
		{french, "1  234", ""},
		{french, "1.234", ""},

		{swiss, "1'234.50", "1234.50 EUR"},
		{swiss, "1\u2019234.50", "1234.50 EUR"},
		{swiss, "1,234.50", ""},
	} {
		t.Run(test.notation+test.text, func(t *testing.T) {
			opt := bill()
			opt.Decimal, opt.Thousands = rune(test.notation[0]), rune(test.notation[1])
			got, err := amountOf(t, test.text, opt)
			if test.want == "" {
				require.ErrorIs(t, err, ar.ErrSyntax)
				return
			}
			require.NoError(t, err)
			require.Equal(t, test.want, got)
		})
	}
}

// Of the two separators one may be left to its default.
func TestSeparatorDefaults(t *testing.T) {
	for _, test := range []struct {
		decimal, thousands rune
		text               string
	}{
		{0, 0, "1,234.50"},
		{',', 0, "1.234,50"},
		{0, '.', "1.234,50"},
		{0, ' ', "1 234.50"},
		{'.', 0, "1,234.50"},
		{0, '\u2019', "1'234.50"},
		{'·', 0, "1,234·50"},
	} {
		opt := bill()
		opt.Decimal, opt.Thousands = test.decimal, test.thousands
		got, err := amountOf(t, test.text, opt)
		require.NoError(t, err, "%q %q", test.decimal, test.thousands)
		require.Equal(t, "1234.50 EUR", got)
	}
}

func TestRounding(t *testing.T) {
	opt := bill()
	_, err := amountOf(t, "2.345", opt)
	require.ErrorIs(t, err, ar.ErrTooPrecise)
	for rounding, want := range map[ar.Rounding]string{
		ar.RoundHalfUp: "2.35 EUR", ar.RoundHalfEven: "2.34 EUR", ar.RoundDown: "2.34 EUR", ar.RoundUp: "2.35 EUR",
	} {
		opt.Rounding = rounding
		got, err := amountOf(t, "2.345", opt)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
}
