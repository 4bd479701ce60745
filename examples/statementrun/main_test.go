package main

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/examples/internal/clitest"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
	"github.com/openreceivables/ar/store/memstore"
)

func statementrun(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, messages bytes.Buffer
	status = run(t.Context(), args, &out, &messages)
	return status, out.String(), messages.String()
}

// What the program prints, each in its file.
func TestOutput(t *testing.T) {
	for file, args := range map[string][]string{
		"builtin":         nil,
		"help":            {"-h"},
		"balance-forward": {"-form", "balance-forward", "-eligible", "threshold", "-threshold", "12000.00 EUR", "-print", "C-1070"},
		"aged":            {"-eligible", "aged", "-bucket", "over-60", "-locations", "Osaka", "-skip-recent", "none", "-cap", "10", "-print", "C-1005"},
		"customers":       {"-customers", "C-1003,C-1034,C-1037,C-9999", "-eligible", "open", "-last-days", "90", "-print", "C-1034,C-1037"},
	} {
		t.Run(file, func(t *testing.T) {
			status, stdout, stderr := statementrun(t, args...)
			require.Empty(t, stderr)
			require.Zero(t, status)
			clitest.Golden(t, file+".golden", stdout)
		})
	}
}

// What the program says, and its exit status, all in one file.
func TestMessages(t *testing.T) {
	var script strings.Builder
	for _, args := range [][]string{
		{"-to", "2026-06-31"},
		{"-from", "2026-07-01"},
		{"-last-days", "0"},
		{"-last-days", "30", "-from", "2026-06-01"},
		{"-form", "letter"},
		{"-eligible", "everybody"},
		{"-eligible", "threshold"},
		{"-threshold", "500.00 EUR"},
		{"-eligible", "threshold", "-threshold", "99.995 EUR"},
		{"-eligible", "aged"},
		{"-eligible", "aged", "-bucket", "over-45"},
		{"-bucket", "over-60"},
		{"-skip-recent", "1 year"},
		{"-cap", "many"},
		{"-customers", "C-1001,,C-1002"},
		{"-html", ""},
		{"-now", "yesterday"},
		{"-print", "C-1003", "C-1008"},
		{"-locations", "Hamburg,Berlin"},
		{"-load", "testdata/none.store"},
		{"-load", "main.go"},
	} {
		status, stdout, stderr := statementrun(t, args...)
		fmt.Fprintf(&script, "$ statementrun%s\n%s%sexit status %d\n\n", clitest.Quoted(args, " "), stdout, stderr, status)
	}
	clitest.Golden(t, "messages.golden", script.String())
}

func TestHelp(t *testing.T) {
	var c config
	c.flags().VisitAll(func(f *flag.Flag) {
		require.Contains(t, help, "\n  -"+f.Name+" ")
	})
}

// Customers whose names have markup, template syntax, two directions and emoji
// have pages in which these are text.
func TestPages(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "june")
	status, _, stderr := statementrun(t, "-html", dir, "-customers", "C-1003,C-1008,C-1012,C-1015,C-1021,C-1034,C-1037")
	require.Zero(t, status, stderr)
	pages := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		page, err := os.ReadFile(path)
		require.NoError(t, err)
		name, err := filepath.Rel(dir, path)
		pages[filepath.ToSlash(name)] = string(page)
		return err
	}))
	require.Equal(t, []string{
		"all.html", "batch-1/C-1003.html", "batch-1/C-1008.html", "batch-1/C-1012.html", "batch-1/C-1015.html",
		"batch-1/C-1021.html", "batch-1/C-1034.html", "index.html",
	}, slices.Sorted(maps.Keys(pages)))
	for name, page := range pages {
		require.NotContains(t, page, "<script", name)
		require.NotContains(t, page, "<b>", name)
	}
	for name, text := range map[string]string{
		"C-1003": "Café Zuckerwolke ☕🍰",
		"C-1008": "Smith &amp; Sons &lt;script&gt;alert(&#39;paid&#39;)&lt;/script&gt;",
		"C-1012": "{{.Balance}} Template Traders",
		"C-1015": "מאפיית השחר בע״מ",
		"C-1021": "&#34;Zum Anker&#34; &lt;b&gt;Ehlers&lt;/b&gt; &amp; Co.",
	} {
		text = "<bdi>" + text + " (" + name + ")</bdi>" // a name cannot turn what is around it
		require.Contains(t, pages["batch-1/"+name+".html"], text)
		require.Contains(t, pages["all.html"], text)
		require.Contains(t, pages["index.html"], text)
	}
	clitest.Golden(t, "index.html", pages["index.html"])
	clitest.Golden(t, "C-1008.html", pages["batch-1/C-1008.html"])
	clitest.Golden(t, "all.html", pages["all.html"])
}

// All batches together have made one statement for everybody who was eligible but
// for one, and each is marked as sent.
func TestEverybodyHasOneStatement(t *testing.T) {
	file := filepath.Join(t.TempDir(), "june.store")
	status, stdout, stderr := statementrun(t, "-save", file)
	require.Zero(t, status, stderr)

	store, err := memstore.Load(t.Context(), file, nil)
	require.NoError(t, err)
	all, err := ledger.NewScope([]string{"Hamburg", "Lyon", "Osaka"}, nil)
	require.NoError(t, err)
	statements := map[string]int{}
	for r, err := range store.Records(t.Context(), statement.RecordQuery{Scope: all}) {
		require.NoError(t, err)
		require.False(t, r.Sent.IsZero(), r.Key)
		statements[r.Customer]++
	}
	pastDue := map[string]bool{}
	june := ar.MustDate("2026-06-30")
	for it, err := range store.OpenItems(t.Context(), ledger.Query{Scope: all, AsOf: june}) {
		require.NoError(t, err)
		if it.Outstanding.Sign() > 0 && it.DueDate() < june {
			pastDue[it.Customer] = true
		}
	}
	require.Contains(t, stdout, fmt.Sprintf("%d customers eligible", len(pastDue)))
	require.Greater(t, len(pastDue), 200, "two batches and more")
	require.Less(t, len(pastDue), customers, "some are not past due")
	require.True(t, pastDue[broken])
	delete(pastDue, broken)
	require.ElementsMatch(t, slices.Collect(maps.Keys(pastDue)), slices.Collect(maps.Keys(statements)))
	for customer, n := range statements {
		require.Equal(t, 1, n, customer)
	}
}

// What was saved goes on: at the same instant, the runs are the same and make
// nothing twice; an hour later everybody's statement is recent; two days later
// everybody gets another.
func TestLoad(t *testing.T) {
	file := filepath.Join(t.TempDir(), "june.store")
	few := []string{"-customers", "C-1003,C-1004,C-1005"}
	status, _, stderr := statementrun(t, append(few, "-save", file)...)
	require.Zero(t, status, stderr)
	for now, want := range map[string]string{
		"2026-07-01T09:00:00Z": "0 created, 0 failed, 0 skipped as recent, 3 there already.",
		"2026-07-01T10:00:00Z": "0 created, 0 failed, 3 skipped as recent.",
		"2026-07-03T09:00:00Z": "3 created, 0 failed, 0 skipped as recent.",
	} {
		status, stdout, stderr := statementrun(t, append(few, "-load", file, "-now", now)...)
		require.Zero(t, status, stderr)
		require.Contains(t, stdout, want, now)
		require.Contains(t, stdout, "the same byte for byte: true", now)
	}
}

// What a foreign store says of its customers is text to a terminal, whatever is in
// their IDs and names: no escape sequence, no line of its own, no turned text.
func TestForeignTextsArePrintable(t *testing.T) {
	odd := []string{"C-\x1b[2J\u202e1", "C\n2", "C\r3\xff"}
	book := memstore.New(nil)
	scope, err := ledger.NewScope([]string{"Lyon"}, []string{"Lyon"})
	require.NoError(t, err)
	for i, id := range odd {
		invoice := ledger.Document{
			ID: id, Number: id, Customer: id, Location: "Lyon", Kind: ledger.Invoice,
			Date: ar.MustDate("2026-05-04"), Amount: ar.MustMoney("500.00 EUR"), Footnote: id,
		}
		facts := ledger.Facts{Documents: []ledger.Document{invoice}}
		if i == 2 { // whose statement fails
			for _, more := range []string{"a", "b"} {
				invoice.ID, invoice.Amount = id+more, ar.MustMoney("99999999999999999999999999999999.99 EUR")
				facts.Documents = append(facts.Documents, invoice)
			}
		}
		require.NoError(t, book.Post(t.Context(), scope, store.Posting{
			Key: "opening", Customer: id, At: bookPosted, By: "import", Details: &ledger.Customer{ID: id, Name: "Name of " + id}, Facts: facts,
		}))
	}
	file := filepath.Join(t.TempDir(), "foreign.store")
	require.NoError(t, book.Save(t.Context(), file))

	status, stdout, stderr := statementrun(t, "-load", file, "-print", strings.Join(odd, ","))
	require.Zero(t, status, stderr)
	for _, text := range []string{
		"  C-\ufffd[2J\ufffd1 500.00 EUR\n", "  C\ufffd2 500.00 EUR\n", // who is eligible
		"no statement for C\ufffd3\ufffd, Name of C\ufffd3\ufffd: ", "C\ufffd3\ufffd has no statement of this period.\n",
		"the bank reports a payment of C-\ufffd[2J\ufffd1: ",
	} {
		require.Contains(t, stdout, text)
	}
	for line := range strings.Lines(stdout) {
		line = strings.TrimSuffix(line, "\n")
		require.Equal(t, render.Printable(line), line)
	}
}

// The book is the same every time, and has what a book has.
func TestBook(t *testing.T) {
	kinds := map[ledger.Kind]int{}
	currencies := map[string]map[string]bool{} // by customer
	n := 0
	for p := range book() {
		n++
		currencies[p.Customer] = map[string]bool{}
		for _, d := range p.Facts.Documents {
			kinds[d.Kind]++
			currencies[p.Customer][d.Amount.Currency().Code()] = true
		}
	}
	require.Equal(t, customers, n)
	for _, kind := range []ledger.Kind{ledger.Invoice, ledger.Payment, ledger.CreditNote} {
		require.Positive(t, kinds[kind], kind)
	}
	both := 0
	for _, of := range currencies {
		if len(of) == 2 {
			both++
		}
	}
	require.Positive(t, both, "customers with debts in two currencies")
}

func TestSaveFails(t *testing.T) {
	status, stdout, stderr := statementrun(t, "-customers", "C-1003", "-save", "testdata/none/june.store")
	require.Equal(t, 1, status)
	require.Contains(t, stdout, "1 created", "what was done is told")
	require.Contains(t, stderr, "none")
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var out, messages bytes.Buffer
	require.Equal(t, 1, run(ctx, nil, &out, &messages))
	require.Contains(t, messages.String(), context.Canceled.Error())
}

func TestOutputFails(t *testing.T) {
	for _, args := range [][]string{{"-h"}, {"-customers", "C-1003"}} {
		var messages bytes.Buffer
		require.Equal(t, 1, run(t.Context(), args, clitest.FullDisk{}, &messages))
		require.Equal(t, "statementrun: disk full\n", messages.String())
	}
}
