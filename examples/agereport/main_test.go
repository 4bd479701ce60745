package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/examples/internal/clitest"
)

// agereport runs the program without a terminal.
func agereport(args ...string) (status int, stdout, stderr string) {
	var out, messages bytes.Buffer
	status = run(args, &out, &messages, false)
	return status, out.String(), messages.String()
}

// What the program prints, each in its file. The plain run is also what the
// README promises a newcomer.
func TestOutput(t *testing.T) {
	for file, args := range map[string][]string{
		"builtin":        nil,
		"help":           {"-h"},
		"json":           {"-format", "json"},
		"csv":            {"-format", "csv"},
		"earlier":        {"-as-of", "2026-05-31"},
		"before":         {"-as-of", "2025-01-01"},
		"pending":        {"-buckets", "pending"},
		"calendar":       {"-buckets", "3 calendar months", "-basis", "date"},
		"posting":        {"-buckets", "30,60,90", "-basis", "posting"},
		"locations":      {"-locations", "Lyon, Osaka"},
		"current-60":     {"-view", "current-60", "-sort", "name"},
		"over-60":        {"-view", "over-60", "-sort", "balance"},
		"over-60-json":   {"-view", "over-60", "-format", "json", "-locations", "Hamburg"},
		"page":           {"-per-page", "5", "-page", "2"},
		"page-json":      {"-per-page", "5", "-format", "json", "-sort", "balance"},
		"customer":       {"-customer", "C-1012", "-sort", "due"},
		"customer-json":  {"-customer", "C-1011", "-format", "json", "-view", "current-60"},
		"customer-csv":   {"-customer", "C-1005", "-format", "csv", "-sort", "date"},
		"customer-place": {"-customer", "C-1011", "-locations", "Hamburg"},
		"explain":        {"-explain", "L-2211"},
		"explain-open":   {"-explain", "2026-0344", "-as-of", "2026-06-11"},
		"explain-closed": {"-explain", "2026-0344", "-customer", "C-1005"},
		"explain-credit": {"-explain", "G-0031", "-basis", "posting"},
		"due":            {"-due", "2026-06-03", "-terms", "eofm"},
	} {
		t.Run(file, func(t *testing.T) {
			status, stdout, stderr := agereport(args...)
			require.Empty(t, stderr)
			require.Zero(t, status)
			clitest.Golden(t, file+".golden", stdout)
		})
	}
}

const (
	mapBad = "customer=customerID,number=invoiceNumber,date=InvoiceDate,due=DueDate,amount=InvoiceAmount,settled=SettledDate,disputed=Disputed"
	mapOdd = "customer=id,name=label,number=no,date=day,due=due,amount=total,currency=currency,terms=terms"
)

// bad are the arguments that read bad.csv, and odd those for odd.csv.
func bad(more ...string) []string {
	return append([]string{
		"-csv", "testdata/bad.csv", "-map", mapBad,
		"-date-layout", "1/2/2006", "-currency", "USD", "-as-of", "2026-06-30", "-buckets", "0,30,60,90",
	}, more...)
}

func odd(more ...string) []string {
	return append([]string{"-csv", "testdata/odd.csv", "-map", mapOdd, "-as-of", "2026-06-30", "-view", "current-60"}, more...)
}

// What the program says, and its exit status, all in one file.
func TestMessages(t *testing.T) {
	var script strings.Builder
	for _, args := range [][]string{
		// rows
		bad(),
		bad("-keep-good"),
		odd(),
		odd("-terms", "net 30"),
		{"-csv", "testdata/odd.csv", "-map", "customer=CUSTOMER,date=day,amount=total", "-currency", "EUR", "-as-of", "2026-06-30"},
		{"-csv", "testdata/odd.csv", "-map", "customer=id,date=day,amount=total", "-currency", "EUR", "-as-of", "2026-06-30", "-date-layout", "02.01.2006", "-keep-good"},

		// computations
		{"-page", "3", "-per-page", "10"},
		{"-locations", "Hamburg,Berlin"},
		{"-customer", "C-9999"},
		{"-customer", "\x1b[2J"},
		{"-explain", "L-9999"},
		{"-explain", "L-2211", "-customer", "C-1001"},
		{"-as-of", "0001-01-01", "-buckets", "2 calendar years"},
		{"-due", "9999-12-31", "-terms", "net 1"},
		{"-due", "2026-06-03", "-terms", "net 30, roll following TARGET"},

		// usage: a value
		{"-as-of", "2026-02-30"},
		{"-as-of", ""},
		{"-as-of", "30.06.2026"},
		{"-as-of"},
		{"-buckets", ""},
		{"-buckets", "standrad"},
		{"-buckets", "30,0"},
		{"-basis", "invoice"},
		{"-view", "current-45"},
		{"-view", ""},
		{"-sort", "amount"},
		{"-sort", "due"},
		{"-sort", "balance", "-customer", "C-1001"},
		{"-page", "0"},
		{"-per-page", "many"},
		{"-format", "xml"},
		{"-locations", "Lyon,,Osaka"},
		{"-customer", ""},
		{"-due", "2026-06-31", "-terms", "eom"},
		{"-due", "2026-06-03", "-terms", "30 days end of month"},
		{"-csv", "testdata/bad.csv", "-map", "customer=customerID,invoice=invoiceNumber", "-as-of", "2026-06-30"},
		{"-csv", "testdata/bad.csv", "-map", mapBad, "-as-of", "2026-06-30", "-currency", "usd"},

		// usage: what is missing, and what does not go together
		{"-csv", "testdata/bad.csv", "-as-of", "2026-06-30"},
		{"-csv", "testdata/bad.csv", "-map", mapBad, "-currency", "USD"},
		{"-csv", "testdata/bad.csv", "-map", "customer=customerID", "-as-of", "2026-06-30", "-date-layout", "MM/DD/YYYY"},
		{"-csv", "", "-map", mapBad, "-as-of", "2026-06-30"},
		{"-map", mapBad},
		{"-terms", "net 30"},
		{"-keep-good"},
		{"-due", "2026-06-03"},
		{"-due", "2026-06-03", "-terms", "eofm", "-csv", "testdata/bad.csv"},
		{"-customer", "C-1001", "-page", "1"},
		{"-explain", "L-2211", "-format", "json"},
		{"-explian", "L-2211"},
		{"invoices.csv"},
		{"-locations", "Lyon", "Osaka"},
	} {
		status, stdout, stderr := agereport(args...)
		fmt.Fprintf(&script, "$ agereport%s\n%s%sexit status %d\n\n", clitest.Quoted(args, " ,\x1b"), stdout, stderr, status)
	}
	clitest.Golden(t, "messages.golden", script.String())
}

func TestStatus(t *testing.T) {
	status, stdout, _ := agereport(bad()...)
	require.Equal(t, 1, status)
	require.Empty(t, stdout, "no report where rows are bad")
	status, stdout, _ = agereport(bad("-keep-good")...)
	require.Equal(t, 1, status, "bad rows are a failure even where the others are reported")
	require.Contains(t, stdout, "2 of 2 items are open")
	status, _, stderr := agereport(odd()...)
	require.Zero(t, status, "warnings are no failure")
	require.Contains(t, stderr, "warning")
}

func TestMissingFile(t *testing.T) {
	status, stdout, stderr := agereport("-csv", "testdata/none.csv", "-map", mapOdd, "-as-of", "2026-06-30")
	require.Equal(t, 1, status)
	require.Empty(t, stdout)
	require.Contains(t, stderr, "none.csv")
}

func TestHelp(t *testing.T) {
	var c config
	c.flags().VisitAll(func(f *flag.Flag) {
		require.Contains(t, help, "\n  -"+f.Name+" ")
	})
	require.Contains(t, help, builtinAsOf)
}

func TestColor(t *testing.T) {
	args := []string{"-buckets", "pending"}
	var plain, color bytes.Buffer
	require.Zero(t, run(args, &plain, io.Discard, false))
	require.Zero(t, run(args, &color, io.Discard, true))
	require.NotContains(t, plain.String(), "\x1b")
	require.Contains(t, color.String(), "\x1b[31m745.20\x1b[0m", "what is 91 days past due is red")
	styles := strings.NewReplacer("\x1b[31m", "", "\x1b[1m", "", "\x1b[0m", "")
	require.Equal(t, plain.String(), styles.Replace(color.String()))
}

// A file is no terminal, whatever NO_COLOR says.
func TestFileHasNoColors(t *testing.T) {
	t.Setenv("NO_COLOR", "")
	f, err := os.Create(filepath.Join(t.TempDir(), "out"))
	require.NoError(t, err)
	require.False(t, showsColors(f))
	require.NoError(t, f.Close())
}

func TestOutputFails(t *testing.T) {
	for _, args := range [][]string{nil, {"-customer", "C-1001"}, {"-explain", "L-2211"}, {"-due", "2026-06-03", "-terms", "eom"}} {
		var messages bytes.Buffer
		require.Equal(t, 1, run(args, clitest.FullDisk{}, &messages, false))
		require.Equal(t, "agereport: disk full\n", messages.String())
	}
}
