package render

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/openreceivables/ar/statement"
)

// Sheets writes one document of many sheets, statements and open invoices, in the
// order in which they come: the statement.Renderer of a host is
//
//	func (r renderer) Render(_ context.Context, sheets iter.Seq2[statement.Sheet, error]) error {
//		return render.Sheets(r.w, sheets, render.StatementOptions{Format: render.HTML})
//	}
//
// A statement's sheet says what Statement writes of it, and an invoice's what is
// open of the invoice (SPEC R5, A11). In HTML it is a page with a section for each
// sheet, in text there is an empty line and a form feed between two; printed, each
// begins on a new piece of paper. CSV and JSON are refused.
//
// Each sheet is written when it comes, so that a document of any length takes no
// more memory than a sheet; where one fails, those before it have been written,
// and without the end of the document. Without any sheet nothing is written.
func Sheets(w io.Writer, sheets iter.Seq2[statement.Sheet, error], opt StatementOptions) error {
	switch opt.Format {
	case Text, HTML:
	case CSV, JSON:
		return fmt.Errorf("a document of sheets in %s: want text or html", opt.Format)
	default:
		return opt.Format.undefined()
	}
	b := binder{w: w, opt: opt}
	for s, err := range sheets {
		if err == nil {
			err = b.add(&s)
		}
		if err != nil {
			return err
		}
	}
	return b.end()
}

// binder makes one document of sheets.
type binder struct {
	w     io.Writer
	opt   StatementOptions
	begun bool
}

func (b *binder) add(s *statement.Sheet) error {
	sh, title, err := newSheet(s)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if b.opt.Format == HTML {
		err = b.section(&out, sh, title)
	} else {
		if b.begun {
			out.WriteString("\n\f")
		}
		out.WriteString(sh.text(b.opt.Color))
	}
	if err != nil {
		return err
	}
	b.begun = true
	_, err = b.w.Write(out.Bytes())
	return err
}

func (b *binder) section(out *bytes.Buffer, sh *sheet, title string) error {
	if !b.begun {
		if err := page.ExecuteTemplate(out, "head", pageView{Title: title, Many: true}); err != nil {
			return err
		}
	}
	return page.ExecuteTemplate(out, "section", sh.view())
}

func (b *binder) end() error {
	if !b.begun || b.opt.Format != HTML {
		return nil
	}
	return page.ExecuteTemplate(b.w, "foot", nil)
}

// newSheet also returns the title of a document that begins with the sheet.
func newSheet(s *statement.Sheet) (sh *sheet, title string, err error) {
	switch {
	case s.Statement != nil:
		return newLetter(s.Statement).sheet(), "Statements of account", nil
	case s.Invoice != nil:
		return invoiceSheet(s.Invoice), "Open invoices", nil
	}
	return nil, "", errors.New("a sheet without a statement or an invoice")
}

// invoiceSheet is what is open of an invoice, by due date.
func invoiceSheet(v *statement.Invoice) *sheet {
	d := v.Document
	cur := d.Amount.Currency().String()
	lines := make([]statement.Line, len(v.Open))
	noted := false
	for i, e := range v.Open {
		lines[i] = statement.Line{Due: e.Due, Outstanding: e.Outstanding, Part: e.Part, Flags: e.Flags, Footnote: d.Footnote}
		noted = noted || notes(&lines[i]) != ""
	}
	t := newTable()
	t.left("Due")
	t.right("Outstanding")
	if noted {
		t.left("Notes")
	}
	for i := range lines {
		row := []cell{{text: lines[i].Due.String()}, {text: grouped(lines[i].Outstanding)}}
		if noted {
			row = append(row, cell{text: notes(&lines[i])})
		}
		t.row(row...)
	}
	t.rule()
	t.row(cell{text: "Total"}, cell{grouped(v.Outstanding), emphasis})
	return &sheet{
		title: "Invoice " + cmp.Or(d.Number, d.ID),
		under: []string{addressee(v.Customer.Name, v.Customer.ID), fmt.Sprintf("dated %s, %s %s", d.Date, Amount(d.Amount), cur)},
		parts: []part{{heading: fmt.Sprintf("Open as of %s, in %s", v.AsOf, cur), table: t}},
	}
}
