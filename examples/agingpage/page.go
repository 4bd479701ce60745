package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"iter"
	"os"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
	"github.com/openreceivables/ar/statement"
)

// view is the book as one user sees it.
type view struct {
	*config
	user  string
	scope ledger.Scope // of the user, narrowed to the locations asked for
	book  statement.Ledger
}

func (c *config) run(ctx context.Context, stdout io.Writer) error {
	book, err := openBook(ctx)
	if err != nil {
		return err
	}
	var page bytes.Buffer // so that nothing is written before all is well
	for i, user := range c.users {
		v, err := c.see(book, user)
		if err != nil {
			return err
		}
		if c.given["invoices"] {
			return v.collect(ctx, stdout)
		}
		if i > 0 {
			fmt.Fprint(&page, "\n\n")
		}
		if err := v.write(ctx, &page); err != nil {
			return err
		}
	}
	return c.deliver(stdout, page.Bytes())
}

// see returns what a user sees. A location that the user does not see is refused,
// and not taken for an empty one.
func (c *config) see(book statement.Ledger, user user) (*view, error) {
	scope, err := ledger.NewScope(user.views, nil)
	if err != nil {
		return nil, err
	}
	if scope, err = scope.Narrow(c.locations...); err != nil {
		return nil, fmt.Errorf("%s: %w", user.name, err)
	}
	return &view{config: c, user: user.name, scope: scope, book: book}, nil
}

// deliver writes a page to -out, if there is one.
func (c *config) deliver(stdout io.Writer, page []byte) error {
	if c.out != "" {
		return os.WriteFile(c.out, page, 0o666)
	}
	_, err := stdout.Write(page)
	return err
}

func (v *view) write(ctx context.Context, out *bytes.Buffer) error {
	if v.customer != "" {
		return v.writeDetail(ctx, out)
	}
	return v.writeReport(ctx, out)
}

// caption says whose page it is, and of where.
func (v *view) caption() []string {
	return []string{fmt.Sprintf("For %s, at %s", v.user, strings.Join(v.scope.Viewable(), " and "))}
}

// items are the open items that the user sees, of some customers or of all.
func (v *view) items(ctx context.Context, customers ...string) iter.Seq2[ledger.Item, error] {
	return v.book.OpenItems(ctx, ledger.Query{Scope: v.scope, AsOf: v.asOf, Customers: customers})
}

func (v *view) writeReport(ctx context.Context, out *bytes.Buffer) error {
	report, err := aging.ComputeSeq(v.items(ctx), aging.Options{AsOf: v.asOf, Buckets: v.buckets})
	if err != nil {
		return err
	}
	opt := render.ReportOptions{Format: v.format, Page: v.page, PageSize: v.perPage, Name: v.namer(ctx), Caption: v.caption()}
	switch v.sort {
	case "name":
		opt.Order = aging.ByName(opt.Name)
	case "balance":
		opt.Order = aging.ByBalance
	}
	if err := render.Report(out, report, opt); err != nil || v.format != render.Text {
		return err
	}
	return writeSums(out, report)
}

// writeSums adds up the rows once more: a total is theirs, and not one of the whole
// company.
func writeSums(out *bytes.Buffer, report *aging.Report) error {
	fmt.Fprintln(out)
	for _, total := range report.Totals() {
		var sum ar.Money
		for _, row := range report.All() {
			if row.Currency() != total.Currency() {
				continue
			}
			var err error
			if sum, err = sum.Add(row.Balance()); err != nil {
				return err
			}
		}
		fmt.Fprintf(out, "The balances of all rows add up to %s %s.\n", render.Amount(sum), sum.Currency())
	}
	return nil
}

func (v *view) writeDetail(ctx context.Context, out *bytes.Buffer) error {
	detail, err := aging.NewDetail(v.items(ctx, v.customer), aging.Options{AsOf: v.asOf, Buckets: v.buckets}, v.customer)
	if err != nil {
		return err
	}
	opt := render.DetailOptions{Format: v.format, Name: v.namer(ctx), Footnote: v.footnotes(ctx), Caption: v.caption()}
	switch v.sort {
	case "date":
		opt.Order = aging.ByDate
	case "due":
		opt.Order = aging.ByDueDate
	}
	return render.Detail(out, detail, opt)
}

// namer returns what tells the names of customers.
func (v *view) namer(ctx context.Context) func(string) string {
	return func(customer string) string {
		account, err := v.book.Account(ctx, v.scope, customer)
		if err != nil {
			return "" // the row stands without it
		}
		return account.Customer().Name
	}
}

// footnotes returns what tells the footnotes of items.
func (v *view) footnotes(ctx context.Context) func(*ledger.Item) string {
	return func(item *ledger.Item) string {
		account, err := v.book.Account(ctx, v.scope, item.Customer)
		if err != nil {
			return ""
		}
		for _, d := range account.Facts().Documents {
			if d.Number == item.Number && d.Location == item.Location {
				return d.Footnote
			}
		}
		return ""
	}
}
