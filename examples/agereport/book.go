package main

import (
	_ "embed"
	"fmt"
	"io"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/openreceivables/ar/examples/internal/cli"
	"github.com/openreceivables/ar/intake"
	"github.com/openreceivables/ar/ledger"
)

// builtin is the book that is read where no file is given.
//
//go:embed book.csv
var builtin string

// builtinColumns are the columns of the built-in book.
const builtinColumns = "customer=customer,name=name,location=location,number=number,date=date,posted=posted," +
	"terms=terms,due=due,amount=amount,currency=currency,settled=settled,disputed=disputed,footnote=footnote"

// book is what was read.
type book struct {
	title string // the file's name
	rows  []intake.Row
	names map[string]string // of customers, by ID
}

// read reads the built-in book or the file, and says what is wrong with it. A
// book beside an error has the good rows, if they are to be reported.
func (c *config) read(p *cli.Program) (*book, error) {
	if !c.given["csv"] {
		columns, err := intake.ParseColumns[intake.ItemColumns](builtinColumns)
		if err != nil {
			return nil, err
		}
		return readBook(strings.NewReader(builtin), "the built-in book", intake.ItemOptions{Columns: columns}, p)
	}
	f, err := os.Open(c.csv)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // it is only read
	return readBook(f, filepath.Base(c.csv), c.intake, p)
}

func readBook(r io.Reader, title string, opt intake.ItemOptions, p *cli.Program) (*book, error) {
	batch, err := intake.ReadItems(r, opt)
	for _, warning := range batch.Warnings {
		p.Say("%s: warning: %v", title, warning)
	}
	b := &book{title: title, rows: batch.Rows, names: map[string]string{}}
	for _, c := range batch.Customers {
		if c.Name != "" {
			b.names[c.ID] = c.Name
		}
	}
	if err == nil {
		return b, nil
	}
	for line := range strings.Lines(err.Error()) {
		p.Say("%s: %s", title, strings.TrimSuffix(line, "\n"))
	}
	bad, read := batch.Control.Bad, batch.Control.Read
	switch {
	case len(batch.Rows) > 0:
		return b, fmt.Errorf("%s: %d of %d rows are bad, and are not in the report", title, bad, read)
	case batch.Control.Good > 0:
		return nil, fmt.Errorf("%s: %d of %d rows are bad: no report, unless -keep-good", title, bad, read)
	}
	return nil, fmt.Errorf("%s: no row can be read", title)
}

// only returns the book with the items of some locations alone.
func (b *book) only(locations []string) (*book, error) {
	known := map[string]bool{}
	for i := range b.rows {
		known[b.rows[i].Item.Location] = true
	}
	for _, location := range locations {
		if !known[location] {
			return nil, fmt.Errorf("%s has no location %q: want one of %q", b.title, location, slices.Sorted(maps.Keys(known)))
		}
	}
	part := &book{title: b.title, names: b.names}
	for _, row := range b.rows {
		if slices.Contains(locations, row.Item.Location) {
			part.rows = append(part.rows, row)
		}
	}
	return part, nil
}

// items is the source of the items for reports.
func (b *book) items() iter.Seq2[ledger.Item, error] {
	return func(yield func(ledger.Item, error) bool) {
		for i := range b.rows {
			if !yield(b.rows[i].Item, nil) {
				return
			}
		}
	}
}

// has reports whether a customer has items, open or not.
func (b *book) has(customer string) bool {
	return slices.ContainsFunc(b.rows, func(row intake.Row) bool { return row.Item.Customer == customer })
}

func (b *book) name(customer string) string { return b.names[customer] }

// footnote returns the text of an item's footnote.
func (b *book) footnote(it *ledger.Item) string {
	i := slices.IndexFunc(b.rows, func(row intake.Row) bool {
		return row.Item.Customer == it.Customer && row.Item.Number == it.Number && row.Item.Date == it.Date && row.Footnote != ""
	})
	if i < 0 {
		return ""
	}
	return b.rows[i].Footnote
}
