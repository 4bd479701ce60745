package main

import (
	_ "embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/openreceivables/ar/examples/internal/cli"
	"github.com/openreceivables/ar/intake"
)

// The built-in book, which is read where no file is given: a year of twelve
// customers.
var (
	//go:embed documents.csv
	builtinDocuments string
	//go:embed allocations.csv
	builtinAllocations string
)

// The columns of the built-in book.
const (
	builtinMap = "id=id,kind=kind,customer=customer,name=name,date=date,due=due,part=part,terms=terms," +
		"amount=amount,currency=currency,disputed=disputed,footnote=footnote"
	builtinMapAllocations = "id=id,credit=credit,debit=debit,date=date,part=part,amount=amount,taken=taken,rate=rate," +
		"reversed=reversed,reason=reason"
)

// read reads the built-in book or the files, and says what is wrong with them. A
// book beside an error has what is good, if that is to be reported.
func (c *config) read(p *cli.Program) (*intake.Ledger, error) {
	opt := intake.LedgerOptions{DefaultTerms: c.terms, KeepGood: c.keepGood}
	if c.documents == "" {
		if err := c.builtin(); err != nil {
			return nil, err
		}
		opt.Allocations = []intake.AllocationFile{c.allocation}
	} else {
		documents, err := os.Open(c.documents)
		if err != nil {
			return nil, err
		}
		defer documents.Close() //nolint:errcheck // it is only read
		c.document.Name, c.document.Text = filepath.Base(c.documents), documents
	}
	if c.allocations != "" {
		allocations, err := os.Open(c.allocations)
		if err != nil {
			return nil, err
		}
		defer allocations.Close() //nolint:errcheck // it is only read
		c.allocation.Name, c.allocation.Text = filepath.Base(c.allocations), allocations
		opt.Allocations = []intake.AllocationFile{c.allocation}
	}
	opt.Documents = []intake.DocumentFile{c.document}
	if err := opt.Validate(); err != nil {
		return nil, cli.Usage("the flags do not say how to read the files:\n%w", err)
	}
	book, err := intake.ReadLedger(opt)
	for _, warning := range book.Warnings {
		p.Say("warning: %v", warning)
	}
	return book, c.sum(book, err, p)
}

// builtin reads the built-in book as files are read.
func (c *config) builtin() (err error) {
	c.document.Name, c.document.Text = "documents.csv", strings.NewReader(builtinDocuments)
	if c.document.Columns, err = intake.ParseColumns[intake.DocumentColumns](builtinMap); err != nil {
		return err
	}
	c.allocation.Name, c.allocation.Text = "allocations.csv", strings.NewReader(builtinAllocations)
	c.allocation.Columns, err = intake.ParseColumns[intake.AllocationColumns](builtinMapAllocations)
	return err
}

// sum says every fault, and returns what they come to.
func (c *config) sum(book *intake.Ledger, err error, p *cli.Program) error {
	var faults intake.RowErrors
	if !errors.As(err, &faults) {
		return err
	}
	p.Say("%v", err)
	bad, read := 0, 0
	for _, control := range book.Controls {
		bad, read = bad+control.Bad, read+control.Read
	}
	switch {
	case len(book.Accounts) > 0:
		return fmt.Errorf("%d of %d rows are bad, and are not in the report", bad, read)
	case bad < read && !c.keepGood:
		return fmt.Errorf("%d of %d rows are bad: no report, unless -keep-good", bad, read)
	}
	return errors.New("no report can be made")
}
