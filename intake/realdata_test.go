package intake_test

import (
	"bytes"
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/ledger"
)

// The IBM sample of late payments says for each invoice how many days late it
// was settled. That must be what its dates give.
func TestRealDataIBMLatePayments(t *testing.T) {
	folder := os.Getenv("AR_DATA")
	if folder == "" {
		t.Skip("AR_DATA is not set: it names the folder with ibm-late-payments")
	}
	path := filepath.Join(folder, "ibm-late-payments", "invoices_us_mdy.csv")
	columns, err := intake.ParseColumns[intake.ItemColumns]("customer=customerID,number=invoiceNumber,date=InvoiceDate,due=DueDate," +
		"amount=InvoiceAmount,settled=SettledDate,disputed=Disputed,location=countryCode")
	require.NoError(t, err)
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	batch, err := intake.ReadItems(bytes.NewReader(text), intake.ItemOptions{Columns: columns, Format: intake.Format{DateLayout: "1/2/2006", Currency: ar.MustCurrency("USD")}})
	require.NoError(t, err)
	require.Empty(t, batch.Warnings)

	require.Len(t, batch.Rows, 2466)
	require.Len(t, batch.Customers, 100)
	require.Equal(t, 2466, batch.Control.Good)
	require.Zero(t, batch.Control.Bad)
	require.Len(t, batch.Control.Totals, 1)
	require.Equal(t, "147703.18 USD", batch.Control.Totals[0].Debits.String())
	require.Equal(t, "0.00 USD", batch.Control.Totals[0].Credits.String())

	truth := lateness(t, text)
	require.Len(t, truth, len(batch.Rows))
	disputed, late, days := 0, 0, 0
	locations := map[string]bool{}
	for i, row := range batch.Rows {
		it := row.Item
		require.Equal(t, i+2, row.Line)
		require.Equal(t, 30, it.Due.DaysSince(it.Date), "line %d", row.Line)
		require.Equal(t, truth[i].toSettle, it.Closed.DaysSince(it.Date), "line %d", row.Line)
		pastDue := max(0, it.Closed.DaysSince(it.Due))
		require.Equal(t, truth[i].late, pastDue, "line %d", row.Line)
		days += pastDue
		if pastDue > 0 {
			late++
		}
		if it.Flags.Has(ledger.Disputed) {
			disputed++
		}
		locations[it.Location] = true
	}
	require.Equal(t, 8489, days)
	require.Equal(t, 877, late)
	require.Equal(t, 561, disputed)
	require.Len(t, locations, 5)
}

type settlement struct{ toSettle, late int }

// lateness returns the columns DaysToSettle and DaysLate, which intake does not
// read.
func lateness(t *testing.T, text []byte) []settlement {
	t.Helper()
	records, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	require.NoError(t, err)
	require.Equal(t, []string{"DaysToSettle", "DaysLate"}, records[0][10:])
	var truth []settlement
	for _, record := range records[1:] {
		toSettle, err := strconv.Atoi(record[10])
		require.NoError(t, err)
		late, err := strconv.Atoi(record[11])
		require.NoError(t, err)
		truth = append(truth, settlement{toSettle, late})
	}
	return truth
}
