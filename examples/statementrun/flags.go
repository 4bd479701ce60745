package main

import (
	"errors"
	"flag"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/statement"
)

const help = `Usage: statementrun [FLAGS]

Makes the statements of June 2026 of a built-in book of 250 customers, in batches
until nobody is left; then prints some, e-mails all, and reprints one.

Of what
  -from DATE        first day of the statements (default 2026-06-01)
  -to DATE          last day of the statements (default 2026-06-30)
  -last-days N      the last N days, -to the last of them, in place of -from
  -form FORM        open-item or balance-forward (default open-item)

For whom
  -customers A,B    these customers alone
  -locations A,B    what is owed at these locations alone
  -eligible RULE    open, past-due, threshold or aged (default past-due)
  -threshold AMOUNT with -eligible threshold: who owes more than "500.00 EUR", say
  -bucket VIEW      with -eligible aged: who has anything in this bucket or an
                    older one, such as 31-60 or over-60
  -skip-recent TIME not who has a statement of this period that is no older than
                    24h, 72h, "1 week" or "1 month"; or none, for one batch of
                    everybody again (default 24h)
  -cap N            statements of a batch (default 100)

What to do with them
  -print A,B        print those of these customers; the first one is reprinted
                    (default C-1003,C-1008)
  -html DIR         write a page for each into this new or empty folder, an index,
                    and one page of all to print

  -load FILE        go on with what -save has saved
  -save FILE        save all at the end
  -now TIME         the instant of the run (default 2026-07-01T09:00:00Z)

The exit status is 0 on success, 1 where something failed, and 2 on bad usage. A
customer without a statement is part of the output, and no failure.
`

// config is what the flags ask for.
type config struct {
	given map[string]bool // the flags that were given, by name

	criteria statement.Criteria
	lastDays int
	form     statement.Form
	bucket   string
	cap      int

	print []string
	html  string
	load  string
	save  string
	now   time.Time
}

// parseFlags reads the arguments. Its error is a *usageError or flag.ErrHelp.
func parseFlags(args []string) (*config, error) {
	c := &config{
		given: map[string]bool{},
		criteria: statement.Criteria{
			Period:   statement.Period{From: ar.MustDate("2026-06-01"), To: ar.MustDate("2026-06-30")},
			Eligible: statement.EligiblePastDue, SkipRecent: statement.Skip24Hours,
		},
		print: []string{"C-1003", "C-1008"},
		now:   time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC),
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
		return nil, &usageError{err}
	}
	return c, nil
}

// flags returns the flags, bound to their places in c.
func (c *config) flags() *flag.FlagSet {
	fs := flag.NewFlagSet("statementrun", flag.ContinueOnError)
	fs.SetOutput(io.Discard) // run writes errors and help

	fs.Func("from", "", parsed(&c.criteria.Period.From, ar.ParseDate))
	fs.Func("to", "", parsed(&c.criteria.Period.To, ar.ParseDate))
	fs.Func("last-days", "", parsed(&c.lastDays, count))
	fs.TextVar(&c.form, "form", c.form, "")

	fs.Func("customers", "", parsed(&c.criteria.Customers, commaList))
	fs.Func("locations", "", parsed(&c.criteria.Locations, commaList))
	fs.TextVar(&c.criteria.Eligible, "eligible", c.criteria.Eligible, "")
	fs.Func("threshold", "", parsed(&c.criteria.Threshold, ar.ParseMoney))
	fs.Func("bucket", "", parsed(&c.bucket, text))
	fs.TextVar(&c.criteria.SkipRecent, "skip-recent", c.criteria.SkipRecent, "")
	fs.Func("cap", "", parsed(&c.cap, count))

	fs.Func("print", "", parsed(&c.print, commaList))
	fs.Func("html", "", parsed(&c.html, text))
	fs.Func("load", "", parsed(&c.load, text))
	fs.Func("save", "", parsed(&c.save, text))
	fs.Func("now", "", parsed(&c.now, func(text string) (time.Time, error) { return time.Parse(time.RFC3339, text) }))
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

// check completes the criteria, and says what is wrong with them.
func (c *config) check() error {
	k := &c.criteria
	k.All = len(k.Customers) == 0
	if c.lastDays > 0 {
		if c.given["from"] {
			return errors.New("-from does not go with -last-days")
		}
		var err error
		if k.Period, err = statement.LastDays(c.lastDays, k.Period.To); err != nil {
			return err
		}
	}
	if c.bucket != "" {
		k.Buckets = bucket.Standard()
		view, err := bucket.ParseView(k.Buckets, c.bucket)
		if err != nil {
			return err
		}
		k.Bucket = k.Buckets.Label(view.First())
	}
	return k.Validate()
}
