package main

import (
	"flag"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/examples/internal/cli"
	"github.com/openreceivables/ar/render"
)

const help = `Usage: agingpage [FLAGS]
       agingpage -user NAME -customer ID [FLAGS]
       agingpage -user NAME -invoices A,B [FLAGS]

Shows what the customers of a built-in book owe, as its users may see it: anna,
who sees Hamburg and Lyon, and ben, who sees Lyon and Osaka.

For whom
  -user NAME        anna or ben; without it, both have their page, in text
  -locations A,B    these of the user's locations alone

What
  -as-of DATE       the day to report on (default 2026-06-30)
  -buckets SET      standard, pending, statement, the last days of buckets such
                    as 0,30,60,90, or "3 calendar months" (default standard)
  -customer ID      the open items of this customer
  -invoices A,B     the open invoices of these customers, as one document
  -cap N            the most invoices of a document (default 100)

How to show it
  -sort ORDER       customer, name or balance (default customer); with -customer
                    number, date or due (default number)
  -per-page N       rows of a page (default 50)
  -page N           the page to show (default 1)
  -format FORMAT    text or html (default text)
  -out FILE         write it to this file

The exit status is 0 on success, 1 where something failed or was refused, and 2
on bad usage.
`

// config is what the flags ask for.
type config struct {
	given cli.Given

	users     []user
	locations []string

	asOf      ar.Date
	buckets   bucket.Set
	customer  string
	customers []string // whose invoices are collected
	cap       int

	sort          string
	perPage, page int
	format        render.Format
	out           string
}

// parseFlags reads the arguments. Its error is flag.ErrHelp or one of cli.Usage.
func parseFlags(args []string) (*config, error) {
	c := &config{users: users(), asOf: ar.MustDate("2026-06-30"), buckets: bucket.Standard(), page: 1}
	var err error
	if c.given, err = cli.Parse(c.flags(), args); err != nil {
		return nil, err
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	return c, nil
}

// flags returns the flags, bound to their places in c.
func (c *config) flags() *flag.FlagSet {
	fs := flag.NewFlagSet("agingpage", flag.ContinueOnError)

	fs.Func("user", "", cli.Value(&c.users, parseUser))
	fs.Func("locations", "", cli.Value(&c.locations, cli.List))

	fs.Func("as-of", "", cli.Value(&c.asOf, ar.ParseDate))
	fs.Func("buckets", "", cli.Value(&c.buckets, bucket.Parse))
	fs.Func("customer", "", cli.Value(&c.customer, cli.Text))
	fs.Func("invoices", "", cli.Value(&c.customers, func(text string) ([]string, error) {
		if text == "" { // nobody is selected, and will be told so
			return nil, nil
		}
		return cli.List(text)
	}))
	fs.Func("cap", "", cli.Value(&c.cap, cli.Count))

	fs.Func("sort", "", cli.Value(&c.sort, cli.Text))
	fs.Func("per-page", "", cli.Value(&c.perPage, cli.Count))
	fs.Func("page", "", cli.Value(&c.page, cli.Count))
	fs.TextVar(&c.format, "format", render.Text, "")
	fs.Func("out", "", cli.Value(&c.out, cli.Text))
	return fs
}

// check finds what does not go together.
func (c *config) check() error {
	if c.format != render.Text && c.format != render.HTML {
		return cli.Usage("-format %s: want text or html", c.format)
	}
	orders := []string{"customer", "name", "balance"}
	switch {
	case c.given["invoices"]:
		if err := c.given.Refuse("-invoices", "customer", "buckets", "sort", "page", "per-page"); err != nil {
			return err
		}
	case c.given["cap"]:
		return cli.Usage("-cap goes with -invoices alone")
	case c.given["customer"]:
		if err := c.given.Refuse("-customer", "page", "per-page"); err != nil {
			return err
		}
		orders = []string{"number", "date", "due"}
	}
	if c.sort == "" {
		c.sort = orders[0]
	}
	if !slices.Contains(orders, c.sort) {
		return cli.Usage("-sort %q: want one of %q here", c.sort, orders)
	}
	if !c.given["user"] && (c.given["invoices"] || c.format == render.HTML) {
		return cli.Usage("-user is missing: a document, or a page of HTML, is for one user")
	}
	return nil
}
