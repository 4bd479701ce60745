package main

import (
	"flag"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/examples/internal/cli"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/render"
)

const help = `Usage: agereport [FLAGS]
       agereport -csv FILE -map FIELD=COLUMN,... -as-of DATE [FLAGS]
       agereport -due DATE -terms TERMS

Prints the aged receivables of a built-in book or of a CSV file, or the date on
which a document falls due.

What to read
  -csv FILE         items from this file instead of the built-in book
  -map FIELD=COLUMN,...
                    the columns of the file. Fields: customer, date, amount
                    (these three are needed), number, posted, due, settled, name,
                    currency, location, terms, footnote, disputed, on-hold
  -date-layout L    how 2 January 2006 is written in it (default 2006-01-02)
  -currency CODE    of rows that do not say
  -terms TERMS      of rows with neither a due date nor terms, such as "net 30"
  -keep-good        report the good rows where others are bad
  -locations A,B    only items of these locations

What to report
  -as-of DATE       the day to report on; needed with -csv (default 2026-06-30)
  -buckets SET      standard, pending, statement, the last days of buckets such
                    as 0,30,60,90, or "3 calendar months" (default standard)
  -basis DATE       what ages an item: due, date or posting (default due)
  -customer ID      the open items of this customer
  -explain NUMBER   why the item of this number, with -customer of that customer,
                    is where it is

How to write it
  -view VIEW        current-60, over-60, ...: some buckets, the others folded
  -sort ORDER       customer, name or balance (default customer); with -customer
                    number, date or due (default number)
  -per-page N       rows of a page (default 50)
  -page N           the page to write (default 1). CSV and JSON have all rows
                    where neither is given
  -format FORMAT    text, csv, json or html (default text)

  -due DATE         print the due date of a document of this date, by -terms

The exit status is 0 on success, 1 where rows were bad or a computation failed,
and 2 on bad usage. Text on a terminal has colors unless NO_COLOR is set.
`

// builtinAsOf is the day that the built-in book is reported on.
const builtinAsOf = "2026-06-30"

// config is what the flags ask for.
type config struct {
	given cli.Given

	csv       string
	intake    intake.ItemOptions
	locations []string

	options  aging.Options
	customer string
	explain  string

	view          string
	sort          string
	perPage, page int
	format        render.Format
	color         bool

	due ar.Date
}

// parseFlags reads the arguments. Its error is flag.ErrHelp or one of cli.Usage.
func parseFlags(args []string) (*config, error) {
	c := &config{}
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
	fs := flag.NewFlagSet("agereport", flag.ContinueOnError)

	fs.Func("csv", "", cli.Value(&c.csv, cli.Text))
	fs.Func("map", "", cli.Value(&c.intake.Columns, intake.ParseColumns))
	fs.Func("date-layout", "", cli.Value(&c.intake.DateLayout, cli.Text))
	fs.Func("currency", "", cli.Value(&c.intake.Currency, ar.ParseCurrency))
	fs.Func("terms", "", cli.Value(&c.intake.DefaultTerms, duedate.Parse))
	fs.BoolVar(&c.intake.KeepGood, "keep-good", false, "")
	fs.Func("locations", "", cli.Value(&c.locations, cli.List))

	fs.Func("as-of", "", cli.Value(&c.options.AsOf, ar.ParseDate))
	fs.Func("buckets", "", cli.Value(&c.options.Buckets, bucket.Parse))
	fs.TextVar(&c.options.Basis, "basis", aging.DueDate, "")
	fs.Func("customer", "", cli.Value(&c.customer, cli.Text))
	fs.Func("explain", "", cli.Value(&c.explain, cli.Text))

	fs.Func("view", "", cli.Value(&c.view, cli.Text))
	fs.Func("sort", "", cli.Value(&c.sort, cli.Text))
	fs.Func("per-page", "", cli.Value(&c.perPage, cli.Count))
	fs.Func("page", "", cli.Value(&c.page, cli.Count))
	fs.TextVar(&c.format, "format", render.Text, "")

	fs.Func("due", "", cli.Value(&c.due, ar.ParseDate))
	return fs
}

// check finds what is missing and what does not go together, and fills in
// defaults that depend on other flags.
func (c *config) check() error {
	switch {
	case c.given["due"]:
		return c.checkDue()
	case c.given["csv"]:
		if err := c.checkCSV(); err != nil {
			return err
		}
	default:
		if err := c.given.Refuse("the built-in book, but only with -csv", "map", "date-layout", "currency", "terms", "keep-good"); err != nil {
			return err
		}
	}
	if err := c.checkOutput(); err != nil {
		return err
	}
	if !c.given["as-of"] {
		c.options.AsOf = ar.MustDate(builtinAsOf)
	}
	if !c.given["buckets"] {
		c.options.Buckets = bucket.Standard()
	}
	return nil
}

func (c *config) checkDue() error {
	for name := range c.given {
		if name != "due" && name != "terms" {
			return cli.Usage("-%s does not go with -due, which goes with -terms alone", name)
		}
	}
	if !c.given["terms"] {
		return cli.Usage(`-due needs -terms, such as -terms "net 30" or -terms eofm`)
	}
	return nil
}

func (c *config) checkCSV() error {
	switch {
	case !c.given["map"]:
		return cli.Usage("-csv needs -map, such as -map customer=customerID,date=InvoiceDate,amount=InvoiceAmount")
	case !c.given["as-of"]:
		return cli.Usage("-csv needs -as-of, the day to report on, such as -as-of 2012-12-31; no clock is read")
	}
	if err := c.intake.Validate(); err != nil {
		return cli.Usage("-map, -currency and -date-layout do not say how to read the file:\n%w", err)
	}
	return nil
}

// checkOutput checks what to print of a book, and in which order.
func (c *config) checkOutput() error {
	orders := []string{"customer", "name", "balance"}
	switch {
	case c.given["explain"]:
		if c.format != render.Text {
			return cli.Usage("-format %s does not go with -explain, which writes text", c.format)
		}
		return c.given.Refuse("-explain", "view", "sort", "per-page", "page")
	case c.given["customer"]:
		if err := c.given.Refuse("-customer", "per-page", "page"); err != nil {
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
	return nil
}
