package main

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/examples/internal/clitest"
)

// asof runs the program.
func asof(args ...string) (status int, stdout, stderr string) {
	var out, messages bytes.Buffer
	status = run(args, &out, &messages)
	return status, out.String(), messages.String()
}

func TestGolden(t *testing.T) {
	for file, args := range map[string][]string{
		"builtin":          nil,
		"help":             {"-h"},
		"later":            {"-as-of", "2026-06-30"},
		"before":           {"-as-of", "2025-07-07"},
		"buckets":          {"-buckets", "0,30,60,90", "-as-of", "2026-01-31"},
		"csv":              {"-format", "csv"},
		"json":             {"-format", "json"},
		"customer":         {"-customer", "K-05"},
		"customer-csv":     {"-customer", "K-09", "-format", "csv"},
		"customer-json":    {"-customer", "K-06", "-format", "json"},
		"explain":          {"-explain", "INV-1024", "-as-of", "2026-06-30"},
		"explain-bounced":  {"-explain", "INV-1036"},
		"explain-reversed": {"-explain", "INV-1036", "-as-of", "2026-04-07"},
		"explain-credit":   {"-explain", "PAY-2025"},
		"explain-future":   {"-explain", "PAY-2029"},
	} {
		t.Run(file, func(t *testing.T) {
			status, stdout, stderr := asof(args...)
			require.Empty(t, stderr)
			require.Zero(t, status)
			clitest.Golden(t, file+".golden", stdout)
		})
	}
}

// What is reported of a day does not change by anything that happens after it. The built-in book is cut off after the last day of each
// month, and reported on as of that day.
func TestReportsOfThePastStayAsTheyWere(t *testing.T) {
	for _, asOf := range []string{
		"2025-07-31", "2025-08-31", "2025-09-30", "2025-10-31", "2025-11-30", "2025-12-31",
		"2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30",
	} {
		dates := map[string]string{}
		documents := cut(t, builtinDocuments, func(row map[string]string) bool {
			dates[row["id"]] = row["date"]
			return row["date"] <= asOf
		})
		allocations := cut(t, builtinAllocations, func(row map[string]string) bool {
			if row["reversed"] > asOf {
				row["reversed"], row["reason"] = "", ""
			}
			return row["date"] <= asOf && dates[row["credit"]] <= asOf && dates[row["debit"]] <= asOf
		})
		args := []string{"-as-of", asOf, "-format", "json"}
		_, want, _ := asof(args...)
		status, got, stderr := asof(append(
			args, "-documents", documents, "-map", builtinMap, "-allocations", allocations, "-map-allocations", builtinMapAllocations,
		)...)
		require.Zero(t, status, stderr)
		require.Equal(t, want, got, asOf)
	}
}

// cut writes the rows of a text that are to be kept to a file.
func cut(t *testing.T, text string, keep func(map[string]string) bool) (file string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	require.NoError(t, err)
	kept := rows[:1]
	for _, row := range rows[1:] {
		cells := map[string]string{}
		for i, column := range rows[0] {
			cells[column] = row[i]
		}
		if !keep(cells) {
			continue
		}
		for i, column := range rows[0] {
			row[i] = cells[column]
		}
		kept = append(kept, row)
	}
	file = filepath.Join(t.TempDir(), "rows.csv")
	var b bytes.Buffer
	require.NoError(t, csv.NewWriter(&b).WriteAll(kept))
	require.NoError(t, os.WriteFile(file, b.Bytes(), 0o600))
	return file
}

// A trap: invoices paid after the as-of date missing from a back-dated report.
// INV-1034 of 760.25 was due on 20 March, 11 days before the end of March, and
// paid on 9 April.
func TestTrapPaidAfterTheAsOfDate(t *testing.T) {
	const line = "INV-1034,2026-02-18,2026-03-20,EUR,760.25,0.00,760.25,"
	for asOf, open := range map[string]bool{"2026-02-17": false, "2026-03-31": true, "2026-04-08": true, "2026-04-09": false} {
		_, stdout, _ := asof("-customer", "K-01", "-format", "csv", "-as-of", asOf)
		require.Equal(t, open, strings.Contains(stdout, "INV-1034,"), asOf)
		require.Equal(t, asOf == "2026-03-31" || asOf == "2026-04-08", strings.Contains(stdout, line), asOf)
	}
}

// A trap: a payment on the as-of date itself ignored. PAY-2027 of 4,120.00 came
// on 31 March.
func TestTrapPaidOnTheAsOfDate(t *testing.T) {
	_, stdout, _ := asof("-explain", "INV-1028", "-as-of", "2026-03-30")
	require.Contains(t, stdout, "= open       4120.00 EUR as of 2026-03-30")
	_, stdout, _ = asof("-explain", "INV-1028", "-as-of", "2026-03-31")
	require.Contains(t, stdout, "= open       0.00 EUR as of 2026-03-31")
}

// export are the arguments that read the export of another system, with faults.
func export(more ...string) []string {
	return append([]string{
		"-documents", "testdata/export.csv", "-map", "id=Doc. no.,kind=Type,customer=Account,name=Name,date=Doc. date,due=Due,amount=Amount",
		"-kinds", "RV=invoice,DG=credit-note,AB=charge,DZ=payment", "-signed", "-date-layout", "02.01.2006", "-currency", "EUR",
		"-as-of", "2026-03-31", "-buckets", "0,30",
	}, more...)
}

// What the program says, and its exit status, all in one file.
func TestMessages(t *testing.T) {
	applied := []string{"-allocations", "testdata/applied.csv", "-map-allocations", "credit=Payment,debit=Invoice,date=Applied,amount=Amount,reversed=Unapplied"}
	var script strings.Builder
	for _, args := range [][]string{
		// rows
		export(applied...),
		export(append(applied, "-keep-good")...),
		export("-keep-good", "-terms", "net 30"),
		{"-documents", "testdata/applied.csv", "-map", "id=id,customer=customer,date=date,amount=Amount", "-kinds", "=invoice", "-currency", "EUR", "-as-of", "2026-03-31", "-keep-good"},

		// computations
		{"-customer", "K-99"},
		{"-explain", "INV-9999"},
		{"-as-of", "0001-01-01", "-buckets", "2 calendar years"},

		// usage
		{"-explain", "INV-1001", "-customer", "K-01"},
		{"-explain", "INV-1001", "-format", "json"},
		{"-as-of", "31.03.2026"},
		{"-buckets", "30,0"},
		{"-customer", ""},
		{"-map", "id=no"},
		{"-signed"},
		{"-documents", "testdata/export.csv", "-as-of", "2026-03-31"},
		{"-documents", "testdata/export.csv", "-map", "id=no"},
		{"-documents", "testdata/export.csv", "-map", "id=no", "-as-of", "2026-03-31"},
		export("-allocations", "testdata/applied.csv"),
		export("-kinds", "RV=bill"),
		export("-kinds", "RV"),
		export("-map-allocations", "credit=Payment,invoice=Invoice"),
		{"documents.csv"},
	} {
		status, stdout, stderr := asof(args...)
		fmt.Fprintf(&script, "$ asof %q\n%s%sexit status %d\n\n", args, stdout, stderr, status)
	}
	clitest.Golden(t, "messages.golden", script.String())
}

// A file that is not there is no bad usage.
func TestMissingFiles(t *testing.T) {
	for _, args := range [][]string{
		{"-documents", "testdata/none.csv", "-map", builtinMap, "-as-of", "2026-03-31"},
		export("-allocations", "testdata/none.csv", "-map-allocations", builtinMapAllocations),
	} {
		status, stdout, stderr := asof(args...)
		require.Equal(t, 1, status)
		require.Empty(t, stdout)
		require.Contains(t, stderr, "none.csv")
	}
}

func TestHelp(t *testing.T) {
	var c config
	c.flags().VisitAll(func(f *flag.Flag) { require.Contains(t, help, "\n  -"+f.Name+" ") })
	require.Contains(t, help, builtinAsOf)
}

func TestOutputFails(t *testing.T) {
	for _, args := range [][]string{nil, {"-customer", "K-01"}, {"-explain", "INV-1001"}, {"-h"}} {
		var messages bytes.Buffer
		require.Equal(t, 1, run(args, clitest.FullDisk{}, &messages))
		require.Equal(t, "asof: disk full\n", messages.String())
	}
}
