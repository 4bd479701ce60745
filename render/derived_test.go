package render_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
)

// derivedItems are a debit of 100.00 and one of 10.00 that are 20 days past due,
// and a credit of 30.00 that is 10 days old.
var derivedItems = []ledger.Item{
	{Customer: "C-1", Number: "1", Date: ar.MustDate("2026-06-10"), Outstanding: ar.MustMoney("100.00 EUR")},
	{Customer: "C-1", Number: "2", Date: ar.MustDate("2026-06-20"), Outstanding: ar.MustMoney("-30.00 EUR")},
	{Customer: "C-1", Number: "3", Date: ar.MustDate("2026-06-10"), Outstanding: ar.MustMoney("10.05 USD")},
}

var derivedOptions = aging.Options{AsOf: ar.MustDate("2026-06-30"), Buckets: bucket.Statement()}

func TestTreatedReportSaysWhatBecameOfCredits(t *testing.T) {
	r, err := aging.Compute(derivedItems, derivedOptions)
	require.NoError(t, err)
	for by, want := range map[aging.Treatment]string{
		aging.CreditsAged:        "Unapplied credits aged with the debits: 30.00 EUR.",
		aging.CreditsOldestFirst: "Unapplied credits taken off the oldest debits: 30.00 EUR.",
		aging.CreditsLeftOut:     "Unapplied credits left out: 30.00 EUR.",
	} {
		treated, err := r.Treat(by)
		require.NoError(t, err)
		write := func(format render.Format) string {
			var out strings.Builder
			require.NoError(t, render.Report(&out, treated, render.ReportOptions{Format: format}))
			return out.String()
		}
		total := map[bool]string{true: "100.00", false: "70.00"}[by == aging.CreditsLeftOut]
		require.Contains(t, write(render.Text), want)
		require.Contains(t, write(render.CSV), "total,past_due,credits\n2026-06-30,C-1,EUR,")
		require.Contains(t, write(render.CSV), total+","+total+",30.00\n")
		require.Contains(t, write(render.JSON), `"total":"`+total+`","past_due":"`+total+`","credits":"30.00"}`)
	}
}

func TestTreatedDetailShowsWhatIsLeft(t *testing.T) {
	d, err := aging.NewDetail(ledger.Items(derivedItems[:2]), derivedOptions, "C-1")
	require.NoError(t, err)
	for by, want := range map[aging.Treatment]string{
		aging.CreditsAged:        "1,2026-06-10,2026-06-10,EUR,100.00,0.00,0.00,100.00,20\n2,2026-06-20,2026-06-20,EUR,-30.00,0.00,0.00,-30.00,10\n",
		aging.CreditsOldestFirst: "1,2026-06-10,2026-06-10,EUR,100.00,0.00,0.00,70.00,20\n2,2026-06-20,2026-06-20,EUR,-30.00,0.00,0.00,0.00,10\n",
		aging.CreditsLeftOut:     "1,2026-06-10,2026-06-10,EUR,100.00,0.00,0.00,100.00,20\n2,2026-06-20,2026-06-20,EUR,-30.00,0.00,0.00,0.00,10\n",
	} {
		treated, err := d.Treat(by)
		require.NoError(t, err)
		var out strings.Builder
		require.NoError(t, render.Detail(&out, treated, render.DetailOptions{Format: render.CSV}))
		got := strings.ReplaceAll(strings.ReplaceAll(out.String(), "2026-06-30,C-1,", ""), ",false,false,", "")
		require.Contains(t, got, want, by)
	}
}

func TestConvertedReportSaysAtWhichRates(t *testing.T) {
	r, err := aging.Compute(derivedItems, derivedOptions)
	require.NoError(t, err)
	eur := ar.MustCurrency("EUR")
	r, err = r.Convert(aging.Conversion{
		To: eur, Rates: map[ar.Currency]ar.Rate{ar.MustCurrency("USD"): ar.MustRate("0.91")}, Rounding: ar.RoundHalfUp,
	})
	require.NoError(t, err)
	var out strings.Builder
	require.NoError(t, render.Report(&out, r, render.ReportOptions{}))
	require.Contains(t, out.String(), "Converted, by balance:\n  70.00 EUR at 1: 70.00 EUR shown, 70.00 EUR in one piece\n"+
		"  10.05 USD at 0.91: 9.15 EUR shown, 9.15 EUR in one piece\n")
}
