package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
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
                    reason
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
	given map[string]bool // the flags that were given, by name

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

// parseFlags reads the arguments. Its error is a *usageError or flag.ErrHelp.
func parseFlags(args []string) (*config, error) {
	c := &config{given: map[string]bool{}, options: aging.Options{Buckets: bucket.Standard()}}
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
	fs := flag.NewFlagSet("asof", flag.ContinueOnError)
	fs.SetOutput(io.Discard) // run writes errors and help

	fs.Func("documents", "", parsed(&c.documents, text))
	fs.Func("map", "", parsed(&c.document.Columns, intake.ParseColumns))
	fs.Func("kinds", "", parsed(&c.document.Kinds, kinds))
	fs.BoolVar(&c.document.Signed, "signed", false, "")
	fs.Func("allocations", "", parsed(&c.allocations, text))
	fs.Func("map-allocations", "", parsed(&c.allocation.Columns, intake.ParseColumns))
	fs.Func("date-layout", "", parsed(&c.document.DateLayout, text))
	fs.Func("currency", "", parsed(&c.document.Currency, ar.ParseCurrency))
	fs.Func("terms", "", parsed(&c.terms, duedate.Parse))
	fs.BoolVar(&c.keepGood, "keep-good", false, "")

	fs.Func("as-of", "", parsed(&c.options.AsOf, ar.ParseDate))
	fs.Func("buckets", "", parsed(&c.options.Buckets, bucket.Parse))
	fs.Func("customer", "", parsed(&c.customer, text))
	fs.Func("explain", "", parsed(&c.explain, text))
	fs.TextVar(&c.format, "format", render.Text, "")
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
		return usage("-explain goes with neither -customer nor -format: it writes text")
	}
	if !c.given["documents"] {
		for _, name := range []string{"map", "kinds", "signed", "allocations", "map-allocations", "date-layout", "currency", "terms", "keep-good"} {
			if c.given[name] {
				return usage("-%s does not go with the built-in book, but only with -documents", name)
			}
		}
		if !c.given["as-of"] {
			c.options.AsOf = ar.MustDate(builtinAsOf)
		}
		return nil
	}
	switch {
	case !c.given["map"]:
		return usage("-documents needs -map, such as -map id=No,kind=Type,customer=Account,date=Date,amount=Amount")
	case c.given["allocations"] != c.given["map-allocations"]:
		return usage("-allocations and -map-allocations, such as credit=Payment,debit=Invoice,amount=Applied, go together")
	case !c.given["as-of"]:
		return usage("-documents needs -as-of, the day to report on, such as -as-of 2026-03-31; no clock is read")
	}
	c.allocation.DateLayout = c.document.DateLayout
	return nil
}
