package main

import (
	"bytes"
	"context"
	"io"
	"iter"

	"github.com/openreceivables/ar/render"
	"github.com/openreceivables/ar/statement"
)

// collect makes one document of the open invoices of the customers that were
// selected, as far as the user sees them.
func (v *view) collect(ctx context.Context, stdout io.Writer) error {
	selection := statement.Selection{Customers: v.customers, AsOf: v.asOf, Cap: v.cap}
	return statement.CollectInvoices(ctx, v.book, v.scope, selection, &document{v.config, stdout})
}

// document is a statement.Renderer of open invoices, each on a sheet of paper of
// its own.
type document struct {
	*config
	stdout io.Writer
}

// Render implements statement.Renderer.
func (d *document) Render(_ context.Context, sheets iter.Seq2[statement.Sheet, error]) error {
	var out bytes.Buffer // so that nothing is written where a sheet fails
	if err := render.Sheets(&out, sheets, render.StatementOptions{Format: d.format}); err != nil {
		return err
	}
	return d.deliver(d.stdout, out.Bytes())
}
