package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"iter"

	"github.com/openreceivables/ar"
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

//go:embed invoices.html
var invoicesText string

var invoices = template.Must(template.New("invoices").Parse(invoicesText))

// Render implements statement.Renderer. Nothing is written where a sheet fails.
func (d *document) Render(_ context.Context, sheets iter.Seq2[statement.Sheet, error]) error {
	var all []*statement.Invoice
	for sheet, err := range sheets {
		if err != nil {
			return err
		}
		all = append(all, sheet.Invoice)
	}
	var out bytes.Buffer
	if d.format == render.HTML {
		view := struct {
			AsOf     ar.Date
			Invoices []*statement.Invoice
		}{d.asOf, all}
		if err := invoices.Execute(&out, view); err != nil {
			return err
		}
		return d.deliver(d.stdout, out.Bytes())
	}
	for _, invoice := range all {
		writeInvoice(&out, invoice)
	}
	return d.deliver(d.stdout, out.Bytes())
}

// writeInvoice writes names quoted, so that none can command a terminal.
func writeInvoice(out *bytes.Buffer, v *statement.Invoice) {
	fmt.Fprintf(out, "Invoice %q of %s to %s %q: %s, of which %s is open, due",
		v.Document.Number, v.Document.Date, v.Customer.ID, v.Customer.Name, v.Document.Amount, v.Outstanding)
	for _, part := range v.Open {
		fmt.Fprintf(out, " %s", part.Due)
	}
	fmt.Fprintln(out)
}
