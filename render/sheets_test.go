package render_test

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
	"github.com/openreceivables/ar/statement"
)

// books are a Ledger of single accounts.
type books struct {
	statement.Ledger
	accounts map[string]*ledger.Account
}

func (b books) Account(_ context.Context, _ ledger.Scope, customer string) (*ledger.Account, error) {
	if a, ok := b.accounts[customer]; ok {
		return a, nil
	}
	return nil, ledger.ErrUnknownCustomer
}

// renderer is the Renderer that the comment of Sheets shows.
type renderer struct {
	w   *bytes.Buffer
	opt render.StatementOptions
}

func (r renderer) Render(_ context.Context, sheets iter.Seq2[statement.Sheet, error]) error {
	return render.Sheets(r.w, sheets, r.opt)
}

const evil = `<script>alert(1)</script>"' onload=x {{.}} <!-- & 🐟 שלום` + "\u202e\x00\n"

// openInvoices are those of two customers: one invoice that is paid in part, one
// in yen, one of which two parts of three are open, the second in dispute; and one
// of texts that try to get out of their places.
func openInvoices(t *testing.T) books {
	t.Helper()
	facts := ledger.Facts{
		Documents: []ledger.Document{
			{ID: "d1", Number: "R-101", Kind: ledger.Invoice, Date: ar.MustDate("2026-05-02"), Due: ar.MustDate("2026-06-01"), Amount: ar.MustMoney("1250.50 EUR")},
			{ID: "d2", Kind: ledger.Invoice, Date: ar.MustDate("2026-05-03"), Due: ar.MustDate("2026-06-02"), Amount: ar.MustMoney("980000 JPY")},
			{
				ID: "d3", Number: "R-103", Kind: ledger.Invoice, Date: ar.MustDate("2026-05-04"), Amount: ar.MustMoney("300.00 EUR"),
				Footnote: "Pay by instalments", Parts: []ledger.Part{
					{Due: ar.MustDate("2026-05-10"), Amount: ar.MustMoney("100.00 EUR")},
					{Due: ar.MustDate("2026-06-10"), Amount: ar.MustMoney("100.00 EUR")},
					{Due: ar.MustDate("2026-07-10"), Amount: ar.MustMoney("100.00 EUR")},
				},
			},
			{ID: "p1", Kind: ledger.Payment, Date: ar.MustDate("2026-05-20"), Amount: ar.MustMoney("350.50 EUR")},
		},
		Allocations: []ledger.Allocation{
			{ID: "a1", Credit: "p1", Debit: "d1", Amount: ar.MustMoney("250.50 EUR")},
			{ID: "a2", Credit: "p1", Debit: "d3", Part: 1, Amount: ar.MustMoney("100.00 EUR")},
		},
		Statuses: []ledger.Status{{Document: "d3", Date: ar.MustDate("2026-05-21"), Flags: ledger.Disputed}},
	}
	hostile := ledger.Facts{Documents: []ledger.Document{{
		ID: "e1", Number: evil, Kind: ledger.Invoice, Date: ar.MustDate("2026-05-02"), Amount: ar.MustMoney("1.00 EUR"), Footnote: evil,
	}}}
	b := books{accounts: map[string]*ledger.Account{}}
	for _, c := range []struct {
		ledger.Customer
		facts ledger.Facts
	}{{ledger.Customer{ID: "C-1", Name: "Ahlström & Söhne <GmbH>"}, facts}, {ledger.Customer{ID: evil, Name: evil}, hostile}} {
		for i := range c.facts.Documents {
			c.facts.Documents[i].Customer, c.facts.Documents[i].Location = c.ID, "Lyon"
		}
		a, err := ledger.NewAccount(c.Customer, c.facts, nil)
		require.NoError(t, err)
		b.accounts[c.ID] = a
	}
	return b
}

func lyon(t *testing.T) ledger.Scope {
	t.Helper()
	scope, err := ledger.NewScope([]string{"Lyon"}, nil)
	require.NoError(t, err)
	return scope
}

func TestInvoicesGolden(t *testing.T) {
	for format, name := range map[render.Format]string{render.Text: "invoices.txt", render.HTML: "invoices.html"} {
		var out bytes.Buffer
		q := statement.Selection{Customers: []string{"C-1"}, AsOf: asOf}
		require.NoError(t, statement.CollectInvoices(t.Context(), openInvoices(t), lyon(t), q, renderer{&out, render.StatementOptions{Format: format}}))
		golden(t, name, out.Bytes())
	}
}

// A document of statements says of each to the last byte what is said of it alone.
func TestSheetsAreThoseOfSingleStatements(t *testing.T) {
	all := []*statement.Statement{saved(t, "statement-v1-open-item"), saved(t, "statement-v1-balance-forward"), hostileStatement(t)}
	write := func(f render.Format) (document string, single []string) {
		var out bytes.Buffer
		opt := render.StatementOptions{Format: f, Color: true}
		require.NoError(t, render.Sheets(&out, sheetsOf(all...), opt))
		for _, s := range all {
			var one bytes.Buffer
			require.NoError(t, render.Statement(&one, s, opt))
			single = append(single, one.String())
		}
		return out.String(), single
	}
	document, single := write(render.Text)
	require.Equal(t, strings.Join(single, "\n\f"), document)

	document, single = write(render.HTML)
	head, rest, found := strings.Cut(document, "<body>\n")
	require.True(t, found)
	foot := ""
	for i, page := range single {
		pageHead, body, _ := strings.Cut(page, "<body>\n")
		body, pageFoot, found := strings.Cut(body, "</body>")
		require.True(t, found)
		rest, found = strings.CutPrefix(rest, "<section>\n"+body+"</section>\n")
		require.True(t, found, "sheet %d", i)
		_, style, _ := strings.Cut(pageHead, "<style>")
		style, _, _ = strings.Cut(style, "</style>")
		require.Contains(t, head, strings.TrimSuffix(style, "\n"), "what a sheet looks like")
		foot = "</body>" + pageFoot
	}
	require.Equal(t, foot, rest)
	require.Contains(t, head, "<title>Statements of account</title>")
	require.Contains(t, head, "section + section { margin-top: 0; break-before: page; }")
	require.NotContains(t, single[0], "section", "a single page has none")
}

func hostileStatement(t *testing.T) *statement.Statement {
	t.Helper()
	items := []ledger.Item{{Customer: evil, Number: evil, Date: ar.MustDate("2026-03-01"), Outstanding: ar.MustMoney("1.00 EUR")}}
	s, err := statement.FromItems(evil, items, statement.Options{
		Period:  statement.Period{From: ar.MustDate("2026-03-01"), To: ar.MustDate("2026-03-31")},
		Buckets: bucket.Standard(), Name: func(string) string { return evil },
	})
	require.NoError(t, err)
	return s
}

func sheetsOf(all ...*statement.Statement) iter.Seq2[statement.Sheet, error] {
	return func(yield func(statement.Sheet, error) bool) {
		for _, s := range all {
			if !yield(statement.Sheet{Statement: s}, nil) {
				return
			}
		}
	}
}

// Each sheet is written before the next is asked for; after a fault none is asked
// for, and the document has no end.
func TestSheetsComeOneByOne(t *testing.T) {
	s := saved(t, "statement-v1-open-item")
	jam := errors.New("paper jam")
	for _, format := range []render.Format{render.Text, render.HTML} {
		opt := render.StatementOptions{Format: format}
		var out bytes.Buffer
		err := render.Sheets(&out, func(yield func(statement.Sheet, error) bool) {
			for range 2 {
				before := out.Len()
				require.True(t, yield(statement.Sheet{Statement: s}, nil))
				require.Greater(t, out.Len(), before+1000)
			}
			require.False(t, yield(statement.Sheet{}, jam))
		}, opt)
		require.ErrorIs(t, err, jam)
		require.NotContains(t, out.String(), "</body>")

		for name, sheet := range map[string]statement.Sheet{"paper jam": {}, "a sheet without a statement or an invoice": {}} {
			out.Reset()
			err = render.Sheets(&out, func(yield func(statement.Sheet, error) bool) {
				var err error
				if name == jam.Error() {
					err = jam
				}
				require.False(t, yield(sheet, err))
			}, opt)
			require.EqualError(t, err, name)
			require.Empty(t, out.String())
		}

		err = render.Sheets(broken{}, func(yield func(statement.Sheet, error) bool) {
			require.False(t, yield(statement.Sheet{Statement: s}, nil))
		}, opt)
		require.ErrorContains(t, err, "disk full")

		require.NoError(t, render.Sheets(&out, sheetsOf(), opt))
		require.Empty(t, out.String(), "nothing comes of nothing")
	}
	for format, want := range map[render.Format]string{
		render.CSV: "a document of sheets in csv: want text or html", render.JSON: "in json", 9: "Format(9) is not defined",
	} {
		err := render.Sheets(broken{}, func(func(statement.Sheet, error) bool) {
			require.Fail(t, "nothing is to be asked for")
		}, render.StatementOptions{Format: format})
		require.ErrorContains(t, err, want)
	}
}
