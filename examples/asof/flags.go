package main

import (
	"flag"
	"fmt"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/examples/internal/cli"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
)

const help = `Usage: asof [FLAGS]
       asof -documents FILE -map FIELD=COLUMN,... -as-of DATE [FLAGS]

Prints what customers owed on a day, from documents and allocations: those of a
built-in book, or of CSV files.

What to read
  -documents FILE   documents from this file instead of the built-in book
  -map FIELD=COLUMN,...
                    its columns. Fields: id, customer, date and amount, or
                    debit-amount and credit-amount (these are needed), kind, name,
                    number, posted, due, part, currency, booking, location, terms,
                    footnote, disputed, on-hold
  -kinds WORD=KIND,...
                    its words for kinds, such as CRM=credit-note. Kinds: invoice,
                    charge, finance-charge, adjustment-charge, refund; payment,
                    credit-note, adjustment-credit, deposit, discount, write-off.
                    =invoice is for rows without a word
  -signed           it writes credits below zero
  -allocations FILE allocations from this file; without it, nothing is applied
  -map-allocations FIELD=COLUMN,...
                    its columns. Fields: credit, debit, amount (these three are
                    needed), id, date, part, currency, taken, rate, rule, reversed,
                    reason, with
  -date-layout L    how 2 January 2006 is written in both (default 2006-01-02)
  -currency CODE    of documents that do not say
  -terms TERMS      of debits with neither a due date nor terms, such as "net 30"
  -keep-good        report what is good where rows are bad

What to report
  -as-of DATE       the day to report on; needed with -documents (default
                    2026-03-31)
  -buckets SET      standard, pending, statement, the last days of buckets such
                    as 0,30,60,90, or "3 calendar months" (default standard)
  -customer ID      the open items of this customer
  -explain ID       what is open of this document, down to single allocations,
                    and in which bucket it is

  -format FORMAT    text, csv, json or html (default text)

The exit status is 0 on success, 1 where rows were bad or a computation failed,
and 2 on bad usage.
`

// builtinAsOf is the day that the built-in book is reported on.
const builtinAsOf = "2026-03-31"

// config is what the flags ask for.
type config struct {
	given cli.Given

	documents, allocations string // names of files
	document               intake.DocumentFile
	allocation             intake.AllocationFile
	terms                  duedate.Terms
	keepGood               bool

	options  aging.Options
	customer string
	explain  string
	format   render.Format
}

// parseFlags reads the arguments. Its error is flag.ErrHelp or one of cli.Usage.
func parseFlags(args []string) (*config, error) {
	c := &config{options: aging.Options{Buckets: bucket.Standard()}}
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
	fs := flag.NewFlagSet("asof", flag.ContinueOnError)

	fs.Func("documents", "", cli.Value(&c.documents, cli.Text))
	fs.Func("map", "", cli.Value(&c.document.Columns, intake.ParseColumns))
	fs.Func("kinds", "", cli.Value(&c.document.Kinds, kinds))
	fs.BoolVar(&c.document.Signed, "signed", false, "")
	fs.Func("allocations", "", cli.Value(&c.allocations, cli.Text))
	fs.Func("map-allocations", "", cli.Value(&c.allocation.Columns, intake.ParseColumns))
	fs.Func("date-layout", "", cli.Value(&c.document.DateLayout, cli.Text))
	fs.Func("currency", "", cli.Value(&c.document.Currency, ar.ParseCurrency))
	fs.Func("terms", "", cli.Value(&c.terms, duedate.Parse))
	fs.BoolVar(&c.keepGood, "keep-good", false, "")

	fs.Func("as-of", "", cli.Value(&c.options.AsOf, ar.ParseDate))
	fs.Func("buckets", "", cli.Value(&c.options.Buckets, bucket.Parse))
	fs.Func("customer", "", cli.Value(&c.customer, cli.Text))
	fs.Func("explain", "", cli.Value(&c.explain, cli.Text))
	fs.TextVar(&c.format, "format", render.Text, "")
	return fs
}

func kinds(value string) (map[string]ledger.Kind, error) {
	table := map[string]ledger.Kind{}
	for _, pair := range strings.Split(value, ",") {
		word, name, ok := strings.Cut(pair, "=")
		var kind ledger.Kind
		if !ok || name == "" {
			return nil, fmt.Errorf("%q: want word=kind", pair)
		}
		if err := kind.UnmarshalText([]byte(strings.TrimSpace(name))); err != nil {
			return nil, err
		}
		table[strings.TrimSpace(word)] = kind
	}
	return table, nil
}

// check finds what is missing and what does not go together, and fills in
// defaults that depend on other flags.
func (c *config) check() error {
	if c.explain != "" && (c.customer != "" || c.format != render.Text) {
		return cli.Usage("-explain goes with neither -customer nor -format: it writes text")
	}
	if !c.given["documents"] {
		if err := c.given.Refuse("the built-in book, but only with -documents",
			"map", "kinds", "signed", "allocations", "map-allocations", "date-layout", "currency", "terms", "keep-good"); err != nil {
			return err
		}
		if !c.given["as-of"] {
			c.options.AsOf = ar.MustDate(builtinAsOf)
		}
		return nil
	}
	switch {
	case !c.given["map"]:
		return cli.Usage("-documents needs -map, such as -map id=No,kind=Type,customer=Account,date=Date,amount=Amount")
	case c.given["allocations"] != c.given["map-allocations"]:
		return cli.Usage("-allocations and -map-allocations, such as credit=Payment,debit=Invoice,amount=Applied, go together")
	case !c.given["as-of"]:
		return cli.Usage("-documents needs -as-of, the day to report on, such as -as-of 2026-03-31; no clock is read")
	}
	c.allocation.DateLayout = c.document.DateLayout
	return nil
}
