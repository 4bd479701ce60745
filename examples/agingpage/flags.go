package main

import (
	"errors"
	"flag"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
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
	given map[string]bool // the flags that were given, by name

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

// parseFlags reads the arguments. Its error is a *usageError or flag.ErrHelp.
func parseFlags(args []string) (*config, error) {
	c := &config{
		given: map[string]bool{}, users: users(), asOf: ar.MustDate("2026-06-30"), buckets: bucket.Standard(), page: 1,
	}
	fs := c.flags()
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil, err
		}
		return nil, &usageError{err}
	}
	fs.Visit(func(f *flag.Flag) { c.given[f.Name] = true })
	if fs.NArg() > 0 {
		return nil, usage("unexpected argument %q: every value follows its flag, and is quoted where it has blanks", fs.Arg(0))
	}
	if err := c.check(); err != nil {
		return nil, err
	}
	return c, nil
}

// flags returns the flags, bound to their places in c.
func (c *config) flags() *flag.FlagSet {
	fs := flag.NewFlagSet("agingpage", flag.ContinueOnError)
	fs.SetOutput(io.Discard) // run writes errors and help

	fs.Func("user", "", parsed(&c.users, parseUser))
	fs.Func("locations", "", parsed(&c.locations, commaList))

	fs.Func("as-of", "", parsed(&c.asOf, ar.ParseDate))
	fs.Func("buckets", "", parsed(&c.buckets, bucket.Parse))
	fs.Func("customer", "", parsed(&c.customer, text))
	fs.Func("invoices", "", parsed(&c.customers, func(text string) ([]string, error) {
		if text == "" { // nobody is selected, and will be told so
			return nil, nil
		}
		return commaList(text)
	}))
	fs.Func("cap", "", parsed(&c.cap, count))

	fs.Func("sort", "", parsed(&c.sort, text))
	fs.Func("per-page", "", parsed(&c.perPage, count))
	fs.Func("page", "", parsed(&c.page, count))
	fs.TextVar(&c.format, "format", render.Text, "")
	fs.Func("out", "", parsed(&c.out, text))
	return fs
}

// parsed returns what sets a flag's value.
func parsed[T any](to *T, parse func(string) (T, error)) func(string) error {
	return func(text string) (err error) {
		*to, err = parse(text)
		return err
	}
}

func text(value string) (string, error) {
	if value == "" {
		return "", errors.New("empty: want a value, or leave the flag out")
	}
	return value, nil
}

func commaList(value string) ([]string, error) {
	list := strings.Split(value, ",")
	for i := range list {
		if list[i] = strings.TrimSpace(list[i]); list[i] == "" {
			return nil, errors.New("want names with commas between them")
		}
	}
	return list, nil
}

func count(value string) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		return 0, errors.New("want a whole number, 1 or more")
	}
	return n, nil
}

// check finds what does not go together.
func (c *config) check() error {
	if c.format != render.Text && c.format != render.HTML {
		return usage("-format %s: want text or html", c.format)
	}
	orders := []string{"customer", "name", "balance"}
	switch {
	case c.given["invoices"]:
		if err := c.refuse("-invoices", "customer", "buckets", "sort", "page", "per-page"); err != nil {
			return err
		}
	case c.given["cap"]:
		return usage("-cap goes with -invoices alone")
	case c.given["customer"]:
		if err := c.refuse("-customer", "page", "per-page"); err != nil {
			return err
		}
		orders = []string{"number", "date", "due"}
	}
	if c.sort == "" {
		c.sort = orders[0]
	}
	if !slices.Contains(orders, c.sort) {
		return usage("-sort %q: want one of %q here", c.sort, orders)
	}
	if !c.given["user"] && (c.given["invoices"] || c.format == render.HTML) {
		return usage("-user is missing: a document, or a page of HTML, is for one user")
	}
	return nil
}

// refuse is an error where one of some flags is given.
func (c *config) refuse(with string, names ...string) error {
	for _, name := range names {
		if c.given[name] {
			return usage("-%s does not go with %s", name, with)
		}
	}
	return nil
}
