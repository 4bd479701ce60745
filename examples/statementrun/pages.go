package main

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"iter"
	"os"

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
		Count    int // of statements
		Batches  []batchView
		Failures []string
	}
	batchView struct {
		ID         string
		Statements []statementView
	}
	statementView struct{ Page, Name, Balance string }
)

// writePages writes the statements of the first batch into the folder batch-1 and
// so on, all of them into all.html, and index.html.
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
	view := indexView{Period: m.criteria.Period}
	for _, f := range m.failures {
		view.Failures = append(view.Failures, failure(f))
	}
	for i, run := range m.runs {
		statements, err := m.writeBatch(ctx, root, run, fmt.Sprintf("batch-%d", i+1))
		if err != nil {
			return err
		}
		if len(statements) > 0 {
			view.Batches = append(view.Batches, batchView{run, statements})
			view.Count += len(statements)
		}
	}
	if view.Count > 0 {
		if err := write(root, "all.html", func(w io.Writer) error {
			return statement.CollectRuns(ctx, m.store, m.scope, m.runs, ar.Date(0), booklet{w})
		}); err != nil {
			return err
		}
	}
	return write(root, "index.html", func(w io.Writer) error { return index.Execute(w, view) })
}

// writeBatch writes the pages of a batch.
func (m *month) writeBatch(ctx context.Context, root *os.Root, run, folder string) ([]statementView, error) {
	if err := root.Mkdir(folder, 0o777); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	var statements []statementView
	for record, err := range m.store.Records(ctx, statement.RecordQuery{Scope: m.scope, Run: run}) {
		if err != nil {
			return nil, err
		}
		s, err := record.Statement()
		if err != nil {
			return nil, err
		}
		page := folder + "/" + s.Customer() + ".html"
		if err := write(root, page, func(w io.Writer) error {
			return render.Statement(w, s, render.StatementOptions{Format: render.HTML})
		}); err != nil {
			return nil, err
		}
		name := render.Printable(fmt.Sprintf("%s (%s)", s.Name(), s.Customer()))
		statements = append(statements, statementView{page, name, list(s.Balances())})
	}
	return statements, nil
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

// Render implements statement.Renderer.
func (b booklet) Render(_ context.Context, sheets iter.Seq2[statement.Sheet, error]) error {
	return render.Sheets(b.w, sheets, render.StatementOptions{Format: render.HTML})
}
