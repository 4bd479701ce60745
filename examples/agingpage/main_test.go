package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/examples/internal/clitest"
)

func agingpage(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, messages bytes.Buffer
	status = run(t.Context(), args, &out, &messages)
	return status, out.String(), messages.String()
}

// What the program prints, each in its file.
func TestOutput(t *testing.T) {
	for file, args := range map[string][]string{
		"builtin.golden":  nil,
		"help.golden":     {"-h"},
		"lyon.golden":     {"-locations", "Lyon", "-buckets", "pending", "-sort", "name"},
		"page.golden":     {"-user", "anna", "-sort", "balance", "-per-page", "5", "-page", "2", "-as-of", "2026-05-31"},
		"customer.golden": {"-customer", "C-2004", "-sort", "due"},
		"hidden.golden":   {"-user", "anna", "-customer", "C-2003"},
		"invoices.golden": {"-user", "anna", "-invoices", "C-2002,C-2001,C-2009"},
		"page.html":       {"-user", "anna", "-format", "html"},
		"customer.html":   {"-user", "ben", "-format", "html", "-customer", "C-2008"},
		"invoices.html":   {"-user", "anna", "-format", "html", "-invoices", "C-2008,C-2009,C-2001"},
	} {
		t.Run(file, func(t *testing.T) {
			status, stdout, stderr := agingpage(t, args...)
			require.Empty(t, stderr)
			require.Zero(t, status)
			clitest.Golden(t, file, stdout)
		})
	}
}

// What the program says, and its exit status, all in one file.
func TestMessages(t *testing.T) {
	var script strings.Builder
	for _, args := range [][]string{
		// refused
		{"-locations", "Osaka"},
		{"-user", "ben", "-locations", "Berlin,Hamburg,Lyon"},
		{"-user", "ben", "-page", "3", "-per-page", "5"},
		{"-user", "anna", "-invoices", ""},
		{"-user", "anna", "-invoices", "C-2003,C-9999"},
		{"-user", "anna", "-invoices", "C-2001,C-2013"},
		{"-user", "anna", "-invoices", "C-2001", "-cap", "2"},
		{"-user", "anna", "-invoices", "C-2001", "-out", "testdata/none/invoices.html"},

		// usage
		{"-user", "carl"},
		{"-user", "", "-format", "html"},
		{"-as-of", "2026-06-31"},
		{"-buckets", "30,0"},
		{"-sort", "due"},
		{"-sort", "balance", "-customer", "C-2001"},
		{"-page", "0"},
		{"-format", "csv"},
		{"-format", "html"},
		{"-customer", ""},
		{"-customer", "C-2001", "-page", "2"},
		{"-invoices", "C-2001"},
		{"-user", "anna", "-invoices", "C-2001", "-sort", "due"},
		{"-user", "anna", "-invoices", "C-2001,"},
		{"-cap", "10"},
		{"anna"},
	} {
		status, stdout, stderr := agingpage(t, args...)
		fmt.Fprintf(&script, "$ agingpage%s\n%s%sexit status %d\n\n", clitest.Quoted(args, " "), stdout, stderr, status)
	}
	clitest.Golden(t, "messages.golden", script.String())
}

func TestHelp(t *testing.T) {
	var c config
	c.flags().VisitAll(func(f *flag.Flag) {
		require.Contains(t, help, "\n  -"+f.Name+" ")
	})
}

// Two users on one day have two totals, each the sum of its own rows and neither
// that of the company.
func TestTwoTotals(t *testing.T) {
	_, stdout, _ := agingpage(t)
	const sum = "The balances of all rows add up to "
	require.Equal(t, 3, strings.Count(stdout, sum))
	anna, ben, found := strings.Cut(stdout, "For ben")
	require.True(t, found)
	require.Contains(t, anna, "55,486.66\n\n"+sum+"55,486.66 EUR.\n")
	require.Contains(t, ben, sum+"35,711.31 EUR.\n"+sum+"4,036,300 JPY.\n")
	require.NotContains(t, anna, "JPY", "what is sold in Osaka is not Anna's to see")
	require.NotContains(t, ben, "Hamburg")
	_, page, _ := agingpage(t, "-user", "ben", "-format", "html")
	require.Contains(t, page, "<bdi>For ben, at Lyon and Osaka</bdi>")
}

// What customers are called, and what footnotes say, is text in every page.
func TestNamesAreEscaped(t *testing.T) {
	for _, args := range [][]string{
		{"-user", "anna"},
		{"-user", "ben", "-customer", "C-2008"},
		{"-user", "anna", "-invoices", "C-2008,C-2009"},
	} {
		status, page, stderr := agingpage(t, append(args, "-format", "html")...)
		require.Zero(t, status, stderr)
		require.Contains(t, page, "Smith &amp; Sons &lt;script&gt;alert(&#39;paid&#39;)&lt;/script&gt;", args)
		require.NotContains(t, page, "<script", args)
		require.NotContains(t, page, "<b>", args)
	}
	_, page, _ := agingpage(t, "-user", "anna", "-format", "html")
	require.Contains(t, page, "{{.Balance}} Template Traders")
	require.Contains(t, page, "<bdi>شركة النور للتجارة</bdi>", "a name cannot turn what is around it")
}

func TestOut(t *testing.T) {
	for _, args := range [][]string{{"-user", "ben"}, {"-user", "ben", "-invoices", "C-2010,C-2002", "-format", "html"}} {
		file := filepath.Join(t.TempDir(), "page")
		status, stdout, stderr := agingpage(t, append(args, "-out", file)...)
		require.Zero(t, status, stderr)
		require.Empty(t, stdout)
		page, err := os.ReadFile(file)
		require.NoError(t, err)
		_, want, _ := agingpage(t, args...)
		require.Equal(t, want, string(page))
	}
}

func TestBadBook(t *testing.T) {
	for text, want := range map[string]string{
		"header\nC-1,Abbey,net 30":                                               "wrong number of fields",
		"a,b,c,d,e,f,g,h,i,j,k,l\nC-1,Abbey,net,Lyon,1,invoice,,,,,,":            "line 2",
		"a,b,c,d,e,f,g,h,i,j,k,l\nC-1,Abbey,,Lyon,1,bill,2026-06-01,1,EUR,,,":    "bill",
		"a,b,c,d,e,f,g,h,i,j,k,l\nC-1,Abbey,,Lyon,1,invoice,2026-06-01,1,EUR,1,": "wrong number of fields",
	} {
		_, err := readBook(text)
		require.ErrorContains(t, err, want)
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, messages bytes.Buffer
	require.Equal(t, 1, run(ctx, nil, &out, &messages))
	require.Contains(t, messages.String(), context.Canceled.Error())
}

func TestOutputFails(t *testing.T) {
	for _, args := range [][]string{{"-h"}, nil, {"-user", "ben", "-customer", "C-2002"}, {"-user", "ben", "-invoices", "C-2002"}} {
		var messages bytes.Buffer
		require.Equal(t, 1, run(t.Context(), args, clitest.FullDisk{}, &messages))
		require.Contains(t, messages.String(), "agingpage: disk full\n")
	}
}
