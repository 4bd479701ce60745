package render_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
)

func TestRefused(t *testing.T) {
	r := standard(t, book())
	other, err := bucket.Statement().View(0, 1)
	require.NoError(t, err)
	byCurrency, err := aging.Compute(book(), aging.Options{AsOf: asOf, Buckets: bucket.Standard(), Group: aging.Group{
		Name: "currency", Key: func(it *ledger.Item) string { return it.Outstanding.Currency().String() },
	}})
	require.NoError(t, err)
	for _, c := range []struct {
		name   string
		report *aging.Report
		opt    render.ReportOptions
		want   string
	}{
		{"view of another set", r, render.ReportOptions{View: other}, `the view is of the buckets -1, 0: "Not yet due" "Due" "Overdue", want those of the report`},
		{"page beyond the last", r, render.ReportOptions{Page: 2}, "no such page: page 2 of 1"},
		{"page before the first", r, render.ReportOptions{Page: -1}, "no such page: page -1 of 1"},
		{"negative page size", r, render.ReportOptions{Page: 1, PageSize: -10}, "no such page: -10 rows a page"},
		{"unknown format", r, render.ReportOptions{Format: 4}, "Format(4) is not defined"},
		{"zero report", &aging.Report{}, render.ReportOptions{}, bucket.ErrEmpty.Error()},
		{"group that is another key, in CSV", byCurrency, render.ReportOptions{Format: render.CSV}, `group "currency"`},
		{"group that is another key, in JSON", byCurrency, render.ReportOptions{Format: render.JSON}, `group "currency"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			require.ErrorContains(t, render.Report(&out, c.report, c.opt), c.want)
			require.Empty(t, out.String())
		})
	}
	require.NoError(t, render.Report(&bytes.Buffer{}, byCurrency, render.ReportOptions{}), "a text has no keys")
}

// A group of another name, and one without, is the key of a row.
func TestGroups(t *testing.T) {
	for group, want := range map[string]string{"location": `"location":"Lyon"`, "": `"key":"Lyon"`} {
		r, err := aging.Compute(book()[:1], aging.Options{AsOf: asOf, Buckets: bucket.Standard(), Group: aging.Group{
			Name: group, Key: func(*ledger.Item) string { return "Lyon" },
		}})
		require.NoError(t, err)
		var out bytes.Buffer
		require.NoError(t, render.Report(&out, r, render.ReportOptions{Format: render.JSON}))
		require.Contains(t, out.String(), want)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, fmt.Errorf("disk full") }

func TestWriterFails(t *testing.T) {
	d, err := aging.NewDetail(ledger.Items(book()), options(t), "C-1")
	require.NoError(t, err)
	for format := range forms {
		require.ErrorContains(t, render.Report(broken{}, standard(t, book()), render.ReportOptions{Format: format}), "disk full")
		require.ErrorContains(t, render.Detail(broken{}, d, render.DetailOptions{Format: format}), "disk full")
	}
}

func TestFormat(t *testing.T) {
	for _, f := range []render.Format{render.Text, render.CSV, render.JSON, render.HTML} {
		text, err := f.MarshalText()
		require.NoError(t, err)
		var back render.Format
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, f, back)
	}
	_, err := render.Format(4).MarshalText()
	require.ErrorContains(t, err, "Format(4)")
	f := render.CSV
	require.ErrorContains(t, f.UnmarshalText([]byte("xml")), `format "xml": want one of ["text" "csv" "json" "html"]`)
	require.Equal(t, render.CSV, f)
}

// A caption is lines under the title, where there is a title: in text and HTML.
// What it says stays in its place.
func TestCaption(t *testing.T) {
	caption := []string{"For Anna <b>", "at Lyon\nand \u202eOsaka"}
	none, err := aging.NewDetail(ledger.Items(nil), options(t), "C-1")
	require.NoError(t, err)
	some, err := aging.NewDetail(ledger.Items(book()), options(t), "C-1")
	require.NoError(t, err)
	for title, write := range map[string]func(*bytes.Buffer, render.Format, []string) error{
		"Aged receivables as of 2026-06-30, by due date": func(out *bytes.Buffer, f render.Format, lines []string) error {
			return render.Report(out, standard(t, book()), render.ReportOptions{Format: f, Caption: lines})
		},
		"Open items of customer C-1 as of 2026-06-30, by due date": func(out *bytes.Buffer, f render.Format, lines []string) error {
			return render.Detail(out, some, render.DetailOptions{Format: f, Caption: lines})
		},
		"No open items as of 2026-06-30, by due date": func(out *bytes.Buffer, f render.Format, lines []string) error {
			return render.Detail(out, none, render.DetailOptions{Format: f, Caption: lines})
		},
	} {
		var plain, with bytes.Buffer
		require.NoError(t, write(&plain, render.Text, nil))
		require.NoError(t, write(&with, render.Text, caption))
		require.Equal(t, title+"\nFor Anna <b>\nat Lyon\ufffdand \ufffdOsaka\n"+strings.TrimPrefix(plain.String(), title+"\n"), with.String())

		with.Reset()
		require.NoError(t, write(&with, render.HTML, caption))
		require.Contains(t, with.String(), ", by due date</bdi></p>\n<p><bdi>For Anna &lt;b&gt;</bdi></p>\n<p><bdi>at Lyon\ufffdand \ufffdOsaka</bdi></p>\n")

		for _, f := range []render.Format{render.CSV, render.JSON} {
			plain.Reset()
			with.Reset()
			require.NoError(t, write(&plain, f, nil))
			require.NoError(t, write(&with, f, caption))
			require.Equal(t, plain.String(), with.String())
		}
	}
}
