package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/examples/internal/cli"
	"github.com/openreceivables/ar/render"
)

// run does what the flags ask for.
func (c *config) run(p *cli.Program) error {
	if c.given["due"] {
		return c.writeDueDate(p.Stdout)
	}
	all, bad := c.read(p)
	if all == nil {
		return bad
	}
	return errors.Join(c.write(p.Stdout, all), bad)
}

func (c *config) writeDueDate(out io.Writer) error {
	due, err := c.intake.DefaultTerms.DueDate(c.due, nil)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, due)
	return err
}

func (c *config) write(out io.Writer, all *book) error {
	if c.customer != "" && !all.has(c.customer) {
		return fmt.Errorf("%s has no customer %q", all.title, c.customer)
	}
	b := all
	if c.locations != nil {
		var err error
		if b, err = all.only(c.locations); err != nil {
			return err
		}
	}
	switch {
	case c.explain != "":
		return c.writeExplanations(out, b)
	case c.customer != "":
		return c.writeDetail(out, b)
	}
	return c.writeReport(out, b)
}

func (c *config) writeReport(out io.Writer, b *book) error {
	report, err := aging.ComputeSeq(b.items(), c.options)
	if err != nil {
		return err
	}
	view, err := c.parseView(report)
	if err != nil {
		return err
	}
	opt := render.ReportOptions{Format: c.format, View: view, Color: c.color, PageSize: c.perPage}
	if c.page > 0 || c.perPage > 0 || c.format == render.Text {
		opt.Page = max(1, c.page)
	}
	switch c.sort {
	case "name":
		opt.Order = aging.ByName(b.name)
	case "balance":
		opt.Order = aging.ByBalance
	}
	if len(b.names) > 0 {
		opt.Name = b.name
	}
	if err := render.Report(out, report, opt); err != nil {
		return err
	}
	if c.format != render.Text {
		return nil
	}
	left := report.LeftOut()
	open := len(b.rows) - left.Future - left.Closed - left.Settled
	_, err = fmt.Fprintf(out, "\n%d of %d items are open.\n", open, len(b.rows))
	return err
}

func (c *config) writeDetail(out io.Writer, b *book) error {
	detail, err := aging.NewDetail(b.items(), c.options, c.customer)
	if err != nil {
		return err
	}
	view, err := c.parseView(detail.Report())
	if err != nil {
		return err
	}
	opt := render.DetailOptions{Format: c.format, View: view, Color: c.color, Footnote: b.footnote}
	switch c.sort {
	case "date":
		opt.Order = aging.ByDate
	case "due":
		opt.Order = aging.ByDueDate
	}
	if len(b.names) > 0 {
		opt.Name = b.name
	}
	return render.Detail(out, detail, opt)
}

// parseView reads -view, which can name days and labels of the report's buckets.
func (c *config) parseView(r *aging.Report) (bucket.View, error) {
	if c.view == "" {
		return bucket.View{}, nil
	}
	view, err := bucket.ParseView(r.Buckets(), c.view)
	if err != nil {
		return bucket.View{}, cli.Usage("-view: %w", err)
	}
	return view, nil
}

func (c *config) writeExplanations(out io.Writer, b *book) error {
	before := ""
	for _, row := range b.rows {
		if row.Item.Number != c.explain || c.customer != "" && row.Item.Customer != c.customer {
			continue
		}
		var terms duedate.Terms
		if row.Terms != nil {
			terms = *row.Terms
		}
		explanation, err := aging.Explain(row.Item, c.options, terms, nil)
		if err != nil {
			return err
		}
		if _, err := fmt.Fprint(out, before, explanation); err != nil {
			return err
		}
		before = "\n"
	}
	switch {
	case before != "":
		return nil
	case c.customer != "":
		return fmt.Errorf("%s has no item with the number %q of customer %q", b.title, c.explain, c.customer)
	}
	return fmt.Errorf("%s has no item with the number %q", b.title, c.explain)
}
