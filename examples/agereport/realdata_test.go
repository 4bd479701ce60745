package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// The published figures of the IBM sample "Late Payment Histories", by the
// command that the README shows.
func TestRealDataReport(t *testing.T) {
	folder := os.Getenv("AR_DATA")
	if folder == "" {
		t.Skip("AR_DATA is not set to a folder of real data")
	}
	for _, c := range []struct {
		asOf   string
		items  int
		totals string
	}{
		{"2012-12-31", 99, `"totals":[{"currency":"USD","amounts":["4936.32","788.74","0.00","0.00","0.00"],"total":"5725.06","past_due":"788.74"}]`},
		{"2013-06-30", 84, `"totals":[{"currency":"USD","amounts":["4284.29","835.56","0.00","0.00","0.00"],"total":"5119.85","past_due":"835.56"}]`},
	} {
		t.Run(c.asOf, func(t *testing.T) {
			ibm := func(more ...string) string {
				status, stdout, stderr := agereport(append([]string{
					"-csv", filepath.Join(folder, "ibm-late-payments", "invoices_us_mdy.csv"),
					"-map", "customer=customerID,number=invoiceNumber,date=InvoiceDate,due=DueDate,amount=InvoiceAmount,settled=SettledDate",
					"-date-layout", "1/2/2006", "-currency", "USD", "-as-of", c.asOf, "-buckets", "0,30,60,90", "-format", "json",
				}, more...)...)
				require.Zero(t, status, stderr)
				require.Empty(t, stderr)
				return stdout
			}
			report := ibm()
			require.Contains(t, report, `{"as_of":"`+c.asOf+`","buckets":["Current","1–30","31–60","61–90","Over 90"],"rows":[{"customer":"`)
			require.Contains(t, report, c.totals)

			// The details of all customers are those items, and no more.
			var rows struct {
				Rows []struct{ Customer string }
			}
			require.NoError(t, json.Unmarshal([]byte(report), &rows))
			items := 0
			for _, row := range rows.Rows {
				var detail struct{ Items []json.RawMessage }
				require.NoError(t, json.Unmarshal([]byte(ibm("-customer", row.Customer)), &detail))
				items += len(detail.Items)
			}
			require.Equal(t, c.items, items)
		})
	}
}
