package main

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/render"
	"github.com/openreceivables/ar/statement"
)

//go:embed index.html
var indexText string

var index = template.Must(template.New("index").Parse(indexText))

// What the index tells.
type (
	indexView struct {
		Period   statement.Period
		Batches  []batchView
		Failures []statement.Failure
	}
	batchView struct {
		ID, Booklet, Title string
		Statements         []statementView
	}
	statementView struct{ Page, Name, Balance string }
)

// writePages writes the statements of the batches as pages: the first batch into
// batch-1 and, all in one, batch-1.html, and so on; and index.html.
func (m *month) writePages(ctx context.Context) (err error) {
	if m.html == "" {
		return nil
	}
	if err := os.MkdirAll(m.html, 0o777); err != nil {
		return err
	}
	root, err := os.OpenRoot(m.html) // whatever a customer's ID is, its page is not written elsewhere
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, root.Close()) }()
	view := indexView{Period: m.criteria.Period, Failures: m.failures}
	for i, run := range m.runs {
		batch, err := m.writeBatch(ctx, root, run, fmt.Sprintf("batch-%d", i+1))
		if err != nil {
			return err
		}
		if len(batch.Statements) > 0 {
			view.Batches = append(view.Batches, batch)
		}
	}
	return write(root, "index.html", func(w io.Writer) error { return index.Execute(w, view) })
}

// writeBatch writes the pages of a batch, and its booklet.
func (m *month) writeBatch(ctx context.Context, root *os.Root, run, folder string) (batchView, error) {
	batch := batchView{ID: run, Booklet: folder + ".html"}
	if err := root.Mkdir(folder, 0o777); err != nil && !errors.Is(err, os.ErrExist) {
		return batch, err
	}
	for record, err := range m.store.Records(ctx, statement.RecordQuery{Scope: m.scope, Run: run}) {
		if err != nil {
			return batch, err
		}
		s, err := record.Statement()
		if err != nil {
			return batch, err
		}
		page := folder + "/" + s.Customer() + ".html"
		if err := write(root, page, func(w io.Writer) error {
			return render.Statement(w, s, render.StatementOptions{Format: render.HTML})
		}); err != nil {
			return batch, err
		}
		batch.Statements = append(batch.Statements, statementView{page, fmt.Sprintf("%s (%s)", s.Name(), s.Customer()), list(s.Balances())})
	}
	if len(batch.Statements) == 0 {
		return batch, nil
	}
	batch.Title = fmt.Sprintf("All %d to print", len(batch.Statements))
	return batch, write(root, batch.Booklet, func(w io.Writer) error {
		return statement.CollectRun(ctx, m.store, m.scope, run, ar.Date(0), booklet{w})
	})
}

// write writes a file.
func write(root *os.Root, name string, to func(io.Writer) error) error {
	f, err := root.Create(name)
	if err != nil {
		return err
	}
	return errors.Join(to(f), f.Close())
}

// booklet is a statement.Renderer: one page of all statements, each of which
// begins a new sheet of paper.
type booklet struct{ w io.Writer }

const (
	bookletHead = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Statements of account</title>
<style>%s
section + section { margin-top: 4em; }
@media print { section + section { margin-top: 0; break-before: page; } }
</style>
</head>
<body>
`
	bookletFoot = "</body>\n</html>\n"
)

// Render implements statement.Renderer. It takes out of each statement's page what
// is in its body, which has no other tag of this name: all text is escaped.
func (b booklet) Render(_ context.Context, sheets iter.Seq2[statement.Sheet, error]) error {
	first := true
	for sheet, err := range sheets {
		if err != nil {
			return err
		}
		var page bytes.Buffer
		if err := render.Statement(&page, sheet.Statement, render.StatementOptions{Format: render.HTML}); err != nil {
			return err
		}
		if first {
			if _, err := fmt.Fprintf(b.w, bookletHead, between(page.String(), "<style>\n", "\n</style>")); err != nil {
				return err
			}
			first = false
		}
		if _, err := fmt.Fprintf(b.w, "<section>%s</section>\n", between(page.String(), "<body>", "</body>")); err != nil {
			return err
		}
	}
	_, err := io.WriteString(b.w, bookletFoot)
	return err
}

func between(text, begin, end string) string {
	_, text, _ = strings.Cut(text, begin)
	text, _, _ = strings.Cut(text, end)
	return text
}
