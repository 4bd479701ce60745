package render_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
	"github.com/openreceivables/ar/statement"
)

// saved reads the content of a saved statement of version 1 from testdata.
func saved(t *testing.T, name string) *statement.Statement {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	require.NoError(t, err)
	r := statement.Record{
		Key: statement.Key{Run: "run-1", Customer: "C-1", Period: statement.Period{
			From: ar.MustDate("2026-03-01"), To: ar.MustDate("2026-03-31"),
		}},
		Version: 1, Content: content,
	}
	s, err := r.Statement()
	require.NoError(t, err)
	return s
}

// A statement that was saved in version 1 is written byte for byte the same for
// ever, as text and as a page: -update does not write these files anew, and
// nobody else should (SPEC S4).
func TestVersion1IsWrittenTheSameForEver(t *testing.T) {
	for _, name := range []string{"statement-v1-open-item", "statement-v1-balance-forward"} {
		s := saved(t, name)
		for format, extension := range map[render.Format]string{render.Text: ".txt", render.HTML: ".html"} {
			var out bytes.Buffer
			require.NoError(t, render.Statement(&out, s, render.StatementOptions{Format: format}))
			want, err := os.ReadFile(filepath.Join("testdata", name+extension))
			require.NoError(t, err)
			require.Equal(t, string(want), out.String(), name+extension)
		}
	}
}

func TestStatementGolden(t *testing.T) {
	for _, name := range []string{"statement-v1-open-item", "statement-v1-balance-forward"} {
		s := saved(t, name)
		for format, extension := range map[render.Format]string{render.CSV: ".csv", render.JSON: ".written.json"} {
			var out bytes.Buffer
			require.NoError(t, render.Statement(&out, s, render.StatementOptions{Format: format}))
			golden(t, name+extension, out.Bytes())
			if format == render.JSON {
				require.True(t, json.Valid(out.Bytes()))
			}
		}
	}
}

// What comes from outside cannot leave its place on the page, whatever it is:
// markup, template syntax, an emoji, text that runs the other way.
func TestPageEscapes(t *testing.T) {
	items := []ledger.Item{{
		Customer: evil, Number: evil, Date: ar.MustDate("2026-03-01"), Outstanding: ar.MustMoney("1.00 EUR"), Flags: ledger.Footnote,
	}}
	buckets, err := bucket.MustParse("0").WithLabels(`<b>"now"</b>`, "{{later}}")
	require.NoError(t, err)
	text := func(string) string { return evil }
	pages := map[string]func(*bytes.Buffer) error{
		"statement": func(out *bytes.Buffer) error {
			s, err := statement.FromItems(evil, items, statement.Options{
				Period:  statement.Period{From: ar.MustDate("2026-03-01"), To: ar.MustDate("2026-03-31")},
				Buckets: buckets, Name: text, Footnote: func(*statement.Line) string { return evil },
			})
			require.NoError(t, err)
			return render.Statement(out, s, render.StatementOptions{Format: render.HTML})
		},
		"invoices": func(out *bytes.Buffer) error {
			q := statement.Selection{Customers: []string{evil}, AsOf: asOf}
			return statement.CollectInvoices(t.Context(), openInvoices(t), lyon(t), q, renderer{out, render.StatementOptions{Format: render.HTML}})
		},
		"report": func(out *bytes.Buffer) error {
			r, err := aging.Compute(items, aging.Options{AsOf: ar.MustDate("2026-03-31"), Buckets: buckets})
			require.NoError(t, err)
			return render.Report(out, r, render.ReportOptions{Format: render.HTML, Name: text, Caption: []string{evil}})
		},
		"detail": func(out *bytes.Buffer) error {
			d, err := aging.NewDetail(ledger.Items(items), aging.Options{AsOf: ar.MustDate("2026-03-31"), Buckets: buckets}, evil)
			require.NoError(t, err)
			return render.Detail(out, d, render.DetailOptions{Format: render.HTML, Name: text, Footnote: func(*ledger.Item) string { return evil }})
		},
	}
	for name, write := range pages {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			require.NoError(t, write(&out))
			_, body, _ := strings.Cut(out.String(), "<body>")
			for _, markup := range []string{"<script", "<!--", "<b>", `"'`, "\u202e", "\x00", "onload=x {{.}} <"} {
				require.NotContains(t, body, markup)
			}
			require.Contains(t, body, "&lt;script&gt;alert(1)&lt;/script&gt;&#34;&#39; onload=x {{.}} &lt;!-- &amp; 🐟 שלום\ufffd\ufffd\ufffd")
			if name != "invoices" { // which have no buckets
				require.Contains(t, body, `data-label="&lt;b&gt;&#34;now&#34;&lt;/b&gt;"`)
			}
			// Whatever is opened is closed, and nothing else is there.
			depth := 0
			for _, tag := range tags.FindAllString(body, -1) {
				if strings.HasPrefix(tag, "</") {
					depth--
				} else {
					depth++
				}
			}
			require.Equal(t, -2, depth, "body and html were opened before")
		})
	}
}

var tags = regexp.MustCompile(`</?[a-z0-9]+[ >]`)

func TestPagesGolden(t *testing.T) {
	var out bytes.Buffer
	r := standard(t, book())
	require.NoError(t, render.Report(&out, r, render.ReportOptions{
		Format: render.HTML, Page: 1, PageSize: 3, Name: func(key string) string { return "Customer of a name that is longer than forty columns " + key },
	}))
	golden(t, "report.html", out.Bytes())
	out.Reset()
	d, err := aging.NewDetail(ledger.Items(book()), options(t), "C-1")
	require.NoError(t, err)
	require.NoError(t, render.Detail(&out, d, render.DetailOptions{Format: render.HTML}))
	golden(t, "detail.html", out.Bytes())
	for name, write := range map[string]func() error{
		"report": func() error {
			return render.Report(&out, standard(t, nil), render.ReportOptions{Format: render.HTML})
		},
		"detail": func() error {
			d, err := aging.NewDetail(ledger.Items(nil), options(t), "C-1")
			require.NoError(t, err)
			return render.Detail(&out, d, render.DetailOptions{Format: render.HTML})
		},
	} {
		out.Reset()
		require.NoError(t, write(), name)
		require.Contains(t, out.String(), `<p class="note">No open items.</p>`)
		require.NotContains(t, out.String(), "<table>")
	}
}

func TestEmptyStatement(t *testing.T) {
	s, err := statement.FromItems("C-1", nil, statement.Options{
		Period:  statement.Period{From: ar.MustDate("2026-03-01"), To: ar.MustDate("2026-03-31")},
		Buckets: bucket.Standard(),
	})
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, render.Statement(&out, s, render.StatementOptions{}))
	require.Equal(t, "Statement of account\nC-1\n2026-03-01 to 2026-03-31\n\nNothing is outstanding.\n", out.String())
	require.ErrorContains(t, render.Statement(&out, s, render.StatementOptions{Format: 9}), "Format(9) is not defined")
	for f := render.Text; f <= render.HTML; f++ {
		require.ErrorContains(t, render.Statement(broken{}, s, render.StatementOptions{Format: f}), "disk full")
	}
}
