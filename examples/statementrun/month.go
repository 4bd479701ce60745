package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store/memstore"
)

// month is the end of a month: a store, in whose name it is used, and where its
// story is told.
type month struct {
	*config
	store *memstore.Store
	scope ledger.Scope
	out   *bufio.Writer // keeps its first error for Flush

	runs     []string // the IDs of the batches that were made
	failures []statement.Failure
}

func (c *config) run(ctx context.Context, out io.Writer) error {
	var locations []string
	for _, p := range places() {
		locations = append(locations, p.location)
	}
	scope, err := ledger.NewScope(locations, locations) // a user who sees and may modify all
	if err != nil {
		return err
	}
	m := &month{config: c, scope: scope, out: bufio.NewWriter(out)}
	if c.load != "" {
		m.store, err = memstore.Load(ctx, c.load, nil)
	} else {
		m.store, err = builtinStore(ctx, scope)
	}
	if err != nil {
		return err
	}
	for _, step := range []func(context.Context) error{
		m.preview, m.generate, m.printSome, m.email, m.reprint, m.writePages, m.saveStore,
	} {
		if err := step(ctx); err != nil {
			_ = m.out.Flush() // what was done until then
			return err
		}
	}
	return m.out.Flush()
}

// batch is the nth run of the month, a minute after the one before. A host keeps
// the ID of a run before it generates: after a crash, the same ID goes on.
func (m *month) batch(n int) *statement.Run {
	now := m.now.Add(time.Duration(n-1) * time.Minute)
	return &statement.Run{
		ID:       now.Format("2006-01-02 15:04"),
		Now:      now,
		Criteria: m.criteria,
		Options:  m.options(),
		Cap:      m.cap,
	}
}

func (m *month) options() statement.Options {
	return statement.Options{Form: m.form, Buckets: bucket.Standard(), SplitCurrent: true}
}

// preview counts who is eligible, and names the first few.
func (m *month) preview(ctx context.Context) error {
	run := m.batch(1)
	preview, err := run.Preview(ctx, m.store, m.scope)
	if err != nil {
		return err
	}
	fmt.Fprintf(m.out, "Statements of %s, rule %q, locations: %d. %s:\n",
		m.criteria.Period, m.criteria.Eligible, preview.Locations, preview)
	shown := 0
	for e, err := range run.Eligible(ctx, m.store, m.scope) {
		if err != nil {
			return err
		}
		if shown++; shown > 5 {
			fmt.Fprintln(m.out, "  …")
			break
		}
		fmt.Fprintf(m.out, "  %s %s\n", render.Printable(e.Customer), list(e.Balances))
	}
	return nil
}

// list writes amounts of several currencies.
func list(amounts []ar.Money) string {
	texts := make([]string, len(amounts))
	for i, m := range amounts {
		texts[i] = render.Amount(m) + " " + m.Currency().String()
	}
	return strings.Join(texts, ", ")
}

// generate makes batch after batch until nobody is left. What the batches before
// have made is recent, and skipped; if nobody is to be skipped, the next batch
// would make the first one again, so there is none.
func (m *month) generate(ctx context.Context) error {
	for n := 1; ; n++ {
		run := m.batch(n)
		result, err := run.Generate(ctx, m.store, m.scope)
		m.runs, m.failures = append(m.runs, run.ID), result.Failures
		m.tell(run.ID, &result)
		if err != nil {
			return err
		}
		if !result.CapHit() || m.criteria.SkipRecent == statement.SkipNone {
			return nil
		}
	}
}

func (m *month) tell(id string, r *statement.Result) {
	fmt.Fprintf(m.out, "\nRun %s: %d created, %d failed, %d skipped as recent", id, r.Created, len(r.Failures), r.Skipped)
	if r.Earlier > 0 {
		fmt.Fprintf(m.out, ", %d there already", r.Earlier)
	}
	if r.CapHit() {
		fmt.Fprintf(m.out, "; the cap of %d is hit, and %d remain", r.Cap, r.Remaining)
	}
	fmt.Fprintln(m.out, ".")
	for _, f := range r.Failures {
		fmt.Fprintf(m.out, "  no statement for %s\n", failure(f))
	}
}

// failure is what is said of a customer whose statement failed. IDs, names and
// reasons come from outside.
func failure(f statement.Failure) string {
	return render.Printable(fmt.Sprintf("%s, %s: %s", f.Customer, f.Name, f.Reason))
}

// printSome prints statements as they were saved.
func (m *month) printSome(ctx context.Context) error {
	for _, customer := range m.print {
		fmt.Fprintln(m.out)
		s, err := m.latest(ctx, customer)
		if err != nil {
			return err
		}
		if s == nil {
			fmt.Fprintf(m.out, "%s has no statement of this period.\n", render.Printable(customer))
			continue
		}
		if err := render.Statement(m.out, s, render.StatementOptions{}); err != nil {
			return err
		}
	}
	return nil
}

// latest returns the latest saved statement of a customer in the period, or nil.
func (m *month) latest(ctx context.Context, customer string) (*statement.Statement, error) {
	q := statement.RecordQuery{Scope: m.scope, Customer: customer, Period: m.criteria.Period}
	for record, err := range m.store.Records(ctx, q) {
		if err != nil {
			return nil, err
		}
		return record.Statement()
	}
	return nil, nil
}

func (m *month) saveStore(ctx context.Context) error {
	if m.save == "" {
		return nil
	}
	return m.store.Save(ctx, m.save)
}
