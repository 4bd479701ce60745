package main

import (
	"errors"
	"flag"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
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
	given map[string]bool // the flags that were given, by name

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

// parseFlags reads the arguments. Its error is a *usageError or flag.ErrHelp.
func parseFlags(args []string) (*config, error) {
	c := &config{given: map[string]bool{}}
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
	fs := flag.NewFlagSet("agereport", flag.ContinueOnError)
	fs.SetOutput(io.Discard) // run writes errors and help

	fs.Func("csv", "", parsed(&c.csv, text))
	fs.Func("map", "", parsed(&c.intake.Columns, intake.ParseColumns))
	fs.Func("date-layout", "", parsed(&c.intake.DateLayout, text))
	fs.Func("currency", "", parsed(&c.intake.Currency, ar.ParseCurrency))
	fs.Func("terms", "", parsed(&c.intake.DefaultTerms, duedate.Parse))
	fs.BoolVar(&c.intake.KeepGood, "keep-good", false, "")
	fs.Func("locations", "", parsed(&c.locations, commaList))

	fs.Func("as-of", "", parsed(&c.options.AsOf, ar.ParseDate))
	fs.Func("buckets", "", parsed(&c.options.Buckets, bucket.Parse))
	fs.TextVar(&c.options.Basis, "basis", aging.DueDate, "")
	fs.Func("customer", "", parsed(&c.customer, text))
	fs.Func("explain", "", parsed(&c.explain, text))

	fs.Func("view", "", parsed(&c.view, text))
	fs.Func("sort", "", parsed(&c.sort, text))
	fs.Func("per-page", "", parsed(&c.perPage, count))
	fs.Func("page", "", parsed(&c.page, count))
	fs.TextVar(&c.format, "format", render.Text, "")

	fs.Func("due", "", parsed(&c.due, ar.ParseDate))
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
		if err := c.refuse("the built-in book, but only with -csv", "map", "date-layout", "currency", "terms", "keep-good"); err != nil {
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
			return usage("-%s does not go with -due, which goes with -terms alone", name)
		}
	}
	if !c.given["terms"] {
		return usage(`-due needs -terms, such as -terms "net 30" or -terms eofm`)
	}
	return nil
}

func (c *config) checkCSV() error {
	switch {
	case !c.given["map"]:
		return usage("-csv needs -map, such as -map customer=customerID,date=InvoiceDate,amount=InvoiceAmount")
	case !c.given["as-of"]:
		return usage("-csv needs -as-of, the day to report on, such as -as-of 2012-12-31; no clock is read")
	}
	if err := c.intake.Validate(); err != nil {
		return usage("-map, -currency and -date-layout do not say how to read the file:\n%w", err)
	}
	return nil
}

// checkOutput checks what to print of a book, and in which order.
func (c *config) checkOutput() error {
	orders := []string{"customer", "name", "balance"}
	switch {
	case c.given["explain"]:
		if c.format != render.Text {
			return usage("-format %s does not go with -explain, which writes text", c.format)
		}
		return c.refuse("-explain", "view", "sort", "per-page", "page")
	case c.given["customer"]:
		if err := c.refuse("-customer", "per-page", "page"); err != nil {
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
