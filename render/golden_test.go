package render_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// golden compares what was written with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.WriteFile(file, got, 0o666))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), string(got), "%s; go test -update writes it anew", name)
}

// book is a few items of four customers, as of asOf.
func book() []ledger.Item {
	item := func(customer, number, amount, date, due string) ledger.Item {
		return ledger.Item{
			Customer: customer, Number: number, Outstanding: ar.MustMoney(amount),
			Date: ar.MustDate(date), Due: ar.MustDate(due),
		}
	}
	items := []ledger.Item{
		item("C-1", "R-101", "1200.00 EUR", "2026-06-03", "2026-07-03"), // 3 days ahead
		item("C-1", "R-099", "250.50 EUR", "2026-05-02", "2026-06-01"),  // 29 days
		item("C-1", "R-042", "89.90 EUR", "2026-02-28", "2026-03-30"),   // 92 days
		item("C-1", "R-020", "0.01 EUR", "2025-12-02", "2026-01-01"),    // 180 days
		item("C-1", "G-007", "-50.00 EUR", "2026-06-10", "2026-06-10"),
		item("C-2", "R-102", "1234567.89 EUR", "2026-05-31", "2026-06-30"), // today
		item("C-2", "R-103", "980000 JPY", "2026-04-01", "2026-05-01"),     // 60 days
		item("C-3", "R-104", "77.00 EUR", "2026-03-31", "2026-04-30"),      // 61 days
		item("C-4", "R-105", "12.00 EUR", "2026-05-31", "2026-06-30"),
		item("C-4", "R-106", "12.00 EUR", "2026-07-01", "2026-07-31"),
	}
	items[1].Flags = ledger.Disputed | ledger.Footnote
	items[2].Flags = ledger.OnHold
	items[8].Closed = ar.MustDate("2026-06-30")
	return items
}

var asOf = ar.MustDate("2026-06-30")

// standard ages the book in the standard buckets, the last two of them alerts.
func standard(t *testing.T, items []ledger.Item) *aging.Report {
	t.Helper()
	r, err := aging.Compute(items, options(t))
	require.NoError(t, err)
	return r
}

func options(t *testing.T) aging.Options {
	t.Helper()
	set, err := bucket.Standard().WithAlerts("91–120", "Over 120")
	require.NoError(t, err)
	return aging.Options{AsOf: asOf, Buckets: set}
}

func view(t *testing.T, r *aging.Report, text string) bucket.View {
	t.Helper()
	v, err := bucket.ParseView(r.Buckets(), text)
	require.NoError(t, err)
	return v
}

func name(key string) string {
	return map[string]string{
		"C-1": "Ahlström & Söhne <GmbH>",
		"C-2": "株式会社さくら商事",
		"C-3": `"Zürcher", Nachf.`,
	}[key]
}

func footnote(*ledger.Item) string { return "two pallets damaged, see photos" }

// beside are the options under which every column is there, and quarter a book
// to go with them: balances of 31 March, aged on 15 April.
func beside(t *testing.T) aging.Options {
	t.Helper()
	opt := options(t)
	opt.AsOf, opt.AgedAsOf = ar.MustDate("2026-03-31"), ar.MustDate("2026-04-15")
	opt.Exclude, opt.Apart, opt.Adjusted, opt.Receipts = ledger.OnHold, ledger.Disputed, true, true
	return opt
}

func quarter() []ledger.Item {
	item := func(customer, number, amount, date, due string, flags ledger.Flags, held int32) ledger.Item {
		return ledger.Item{
			Customer: customer, Number: number, Outstanding: ar.MustMoney(amount), Date: ar.MustDate(date), Due: ar.MustDate(due),
			Flags: flags, Held: held,
		}
	}
	return []ledger.Item{
		item("C-1", "R-1", "100.00 EUR", "2026-02-01", "2026-03-03", 0, 0),                            // 43 days
		item("C-1", "R-2", "40.00 EUR", "2026-02-01", "2026-03-03", 0, 20),                            // 23 of 43 days
		item("C-1", "R-3", "7.50 EUR", "2026-02-01", "2026-03-03", ledger.Disputed, 0),                // apart
		item("C-1", "R-4", "12.00 EUR", "2026-02-01", "2026-03-03", ledger.Disputed|ledger.OnHold, 0), // excluded
		item("C-1", "P-5", "-5.00 EUR", "2026-03-31", "2026-03-31", 0, 0),                             // unapplied
		item("C-1", "P-6", "-60.00 EUR", "2026-04-02", "2026-04-02", 0, 0),                            // came in since
		item("C-1", "R-7", "9.00 EUR", "2026-04-02", "2026-05-02", 0, 0),                              // future
		item("C-2", "P-8", "-1.00 EUR", "2026-04-15", "2026-04-15", 0, 0),                             // came in since
	}
}

// forms are the extensions of golden files, by format.
var forms = map[render.Format]string{render.Text: ".txt", render.CSV: ".csv", render.JSON: ".json"}

func TestGoldenReport(t *testing.T) {
	all := standard(t, book())
	debits := standard(t, append(book()[:4], book()[5:]...))
	quarterly, err := aging.Compute(quarter(), beside(t))
	require.NoError(t, err)
	reports := []struct {
		file   string
		report *aging.Report
		opt    render.ReportOptions
	}{
		{"report", all, render.ReportOptions{Name: name}},
		{"plain", debits, render.ReportOptions{}},
		{"current-60", all, render.ReportOptions{Color: true, View: view(t, all, "current-60")}},
		{"31-90", all, render.ReportOptions{View: view(t, all, "31-90")}},
		{"page", all, render.ReportOptions{Page: 2, PageSize: 2, Order: aging.ByBalance, Name: name}},
		{"empty", standard(t, book()[8:]), render.ReportOptions{}},
		{"beside", quarterly, render.ReportOptions{}},
	}
	for _, c := range reports {
		for format, extension := range forms {
			t.Run(c.file+extension, func(t *testing.T) {
				c.opt.Format = format
				var out bytes.Buffer
				require.NoError(t, render.Report(&out, c.report, c.opt))
				golden(t, c.file+extension, out.Bytes())
			})
		}
	}
}

func TestGoldenDetail(t *testing.T) {
	detail := func(items []ledger.Item, key string) *aging.Detail {
		d, err := aging.NewDetail(ledger.Items(items), options(t), key)
		require.NoError(t, err)
		return d
	}
	first := detail(book(), "C-1")
	quarterly, err := aging.NewDetail(ledger.Items(quarter()), beside(t), "C-1")
	require.NoError(t, err)
	details := []struct {
		file   string
		detail *aging.Detail
		opt    render.DetailOptions
	}{
		{"detail", first, render.DetailOptions{Name: name, Footnote: footnote, Order: aging.ByDueDate}},
		{"detail-currencies", detail(book(), "C-2"), render.DetailOptions{}},
		{"detail-over-60", first, render.DetailOptions{View: view(t, first.Report(), "over-60"), Color: true}},
		{"detail-empty", detail(book(), "C-4"), render.DetailOptions{Name: name}},
		{"detail-beside", quarterly, render.DetailOptions{}},
	}
	for _, c := range details {
		for format, extension := range forms {
			t.Run(c.file+extension, func(t *testing.T) {
				c.opt.Format = format
				var out bytes.Buffer
				require.NoError(t, render.Detail(&out, c.detail, c.opt))
				golden(t, c.file+extension, out.Bytes())
			})
		}
	}
}
