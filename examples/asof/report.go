package main

import (
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/examples/internal/cli"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
)

// run does what the flags ask for.
func (c *config) run(p *cli.Program) error {
	book, bad := c.read(p)
	if book == nil || len(book.Accounts) == 0 && bad != nil {
		return bad
	}
	write := c.writeReport
	switch {
	case c.explain != "":
		write = c.writeExplanation
	case c.customer != "":
		write = c.writeDetail
	}
	return errors.Join(write(p.Stdout, book), bad)
}

func (c *config) writeReport(out io.Writer, book *intake.Ledger) error {
	report, err := aging.ComputeSeq(ledger.ItemsOf(book.Accounts, c.options.AsOf), c.options)
	if err != nil {
		return err
	}
	return render.Report(out, report, render.ReportOptions{Format: c.format, Name: names(book)})
}

func (c *config) writeDetail(out io.Writer, book *intake.Ledger) error {
	i := slices.IndexFunc(book.Accounts, func(a *ledger.Account) bool { return a.Customer().ID == c.customer })
	if i < 0 {
		return fmt.Errorf("there is no customer %q", c.customer)
	}
	account := book.Accounts[i]
	detail, err := aging.NewDetail(account.Items(c.options.AsOf), c.options, c.customer)
	if err != nil {
		return err
	}
	footnotes := map[string]string{}
	for _, d := range account.Facts().Documents {
		footnotes[d.Number] = d.Footnote
	}
	return render.Detail(out, detail, render.DetailOptions{
		Format: c.format, Name: names(book),
		Footnote: func(it *ledger.Item) string { return footnotes[it.Number] },
	})
}

func (c *config) writeExplanation(out io.Writer, book *intake.Ledger) error {
	for _, a := range book.Accounts {
		if d, _ := a.Document(c.explain); d == nil {
			continue
		}
		explanation, err := aging.ExplainDocument(a, c.explain, c.options)
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(out, explanation)
		return err
	}
	return fmt.Errorf("there is no document %q", c.explain)
}

// names returns the names of customers by ID, nil where they have none.
func names(book *intake.Ledger) func(string) string {
	byID := map[string]string{}
	for _, c := range book.Customers {
		if c.Name != "" {
			byID[c.ID] = c.Name
		}
	}
	if len(byID) == 0 {
		return nil
	}
	return func(id string) string { return byID[id] }
}
