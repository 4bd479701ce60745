package aging_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

func TestExplainTells(t *testing.T) {
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	posted := opt
	posted.Basis = aging.PostingDate
	for _, c := range []struct {
		name  string
		item  ledger.Item
		opt   aging.Options
		terms string
		want  string
	}{
		{
			"due on its date",
			ledger.Item{Customer: "C1", Number: "1", Date: day("2026-06-30"), Outstanding: ar.MustMoney("5 JPY")},
			opt, "",
			"item \"1\" of customer \"C1\"\n  outstanding  5 JPY\n  dated        2026-06-30\n" +
				"  due          2026-06-30, on the document date\n  as of        2026-06-30: due that day\n  bucket       Current: days up to 0\n",
		},
		{
			"a due date that the terms do not give", item("C1", "1", "2026-07-01", "5.00 EUR"), opt, "net 30",
			"item \"1\" of customer \"C1\"\n  outstanding  5.00 EUR\n  dated        2026-05-02\n" +
				"  terms        net 30: 2026-05-02 → net 30 → 2026-06-01\n" +
				"  due          2026-07-01, given with the document; the terms would make it 2026-06-01\n" +
				"  as of        2026-06-30: due in 1 day\n  bucket       Current: days up to 0\n",
		},
		{
			"a credit by posting date",
			ledger.Item{Customer: "C1", Number: "9", Date: day("2026-06-01"), Posted: day("2026-06-29"), Outstanding: ar.MustMoney("-5.00 EUR")},
			posted, "",
			"item \"9\" of customer \"C1\"\n  outstanding  -5.00 EUR\n" +
				"  dated        2026-06-01\n  posted       2026-06-29\n  due          2026-06-01, on the document date\n" +
				"  as of        2026-06-30: 29 days old\n  aged by      posting date: 1 day old\n  bucket       none: unapplied credits have a column of their own; aged, 1–30: days 1–30\n",
		},
		{
			"settled",
			ledger.Item{Customer: "C1", Number: "3", Date: day("2026-06-01"), Due: day("2026-06-02"), Closed: day("2026-06-05"), Outstanding: ar.MustMoney("0.00 EUR")},
			opt, "",
			"item \"3\" of customer \"C1\"\n  outstanding  0.00 EUR\n  dated        2026-06-01\n" +
				"  due          2026-06-02, given with the document\n  closed       2026-06-05\n  as of        2026-06-30: 28 days past due\n" +
				"  not in the report: closed on or before the as-of date\n",
		},
	} {
		var terms duedate.Terms
		require.NoError(t, terms.UnmarshalText([]byte(c.terms)))
		got, err := aging.Explain(c.item, c.opt, terms, nil)
		require.NoError(t, err, c.name)
		require.Equal(t, c.want, got.String(), c.name)
	}
}

func TestExplainRefuses(t *testing.T) {
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	good := item("C1", "1", "2026-07-01", "5.00 EUR")
	_, err := aging.Explain(good, aging.Options{}, duedate.Terms{}, nil)
	require.ErrorIs(t, err, aging.ErrNoAsOf)
	_, err = aging.Explain(ledger.Item{}, opt, duedate.Terms{}, nil)
	require.ErrorIs(t, err, ledger.ErrNoCustomer)
	_, err = aging.Explain(good, opt, duedate.MustParse("5 business days TARGET"), nil)
	require.ErrorContains(t, err, `item "1" of customer "C1"`)
	require.ErrorIs(t, err, duedate.ErrNoCalendar)
}
