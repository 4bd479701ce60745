package main

import (
	"errors"
	"flag"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/examples/internal/cli"
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
	given cli.Given

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

// parseFlags reads the arguments. Its error is flag.ErrHelp or one of cli.Usage.
func parseFlags(args []string) (*config, error) {
	c := &config{
		criteria: statement.Criteria{
			Period:   statement.Period{From: ar.MustDate("2026-06-01"), To: ar.MustDate("2026-06-30")},
			Eligible: statement.EligiblePastDue, SkipRecent: statement.Skip24Hours,
		},
		print: []string{"C-1003", "C-1008"},
		now:   time.Date(2026, 7, 1, 9, 0, 0, 0, time.UTC),
	}
	var err error
	if c.given, err = cli.Parse(c.flags(), args); err != nil {
		return nil, err
	}
	if err := c.check(); err != nil {
		return nil, cli.Usage("%w", err)
	}
	return c, nil
}

// flags returns the flags, bound to their places in c.
func (c *config) flags() *flag.FlagSet {
	fs := flag.NewFlagSet("statementrun", flag.ContinueOnError)

	fs.Func("from", "", cli.Value(&c.criteria.Period.From, ar.ParseDate))
	fs.Func("to", "", cli.Value(&c.criteria.Period.To, ar.ParseDate))
	fs.Func("last-days", "", cli.Value(&c.lastDays, cli.Count))
	fs.TextVar(&c.form, "form", c.form, "")

	fs.Func("customers", "", cli.Value(&c.criteria.Customers, cli.List))
	fs.Func("locations", "", cli.Value(&c.criteria.Locations, cli.List))
	fs.TextVar(&c.criteria.Eligible, "eligible", c.criteria.Eligible, "")
	fs.Func("threshold", "", cli.Value(&c.criteria.Threshold, ar.ParseMoney))
	fs.Func("bucket", "", cli.Value(&c.bucket, cli.Text))
	fs.TextVar(&c.criteria.SkipRecent, "skip-recent", c.criteria.SkipRecent, "")
	fs.Func("cap", "", cli.Value(&c.cap, cli.Count))

	fs.Func("print", "", cli.Value(&c.print, cli.List))
	fs.Func("html", "", cli.Value(&c.html, cli.Text))
	fs.Func("load", "", cli.Value(&c.load, cli.Text))
	fs.Func("save", "", cli.Value(&c.save, cli.Text))
	fs.Func("now", "", cli.Value(&c.now, func(text string) (time.Time, error) { return time.Parse(time.RFC3339, text) }))
	return fs
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
