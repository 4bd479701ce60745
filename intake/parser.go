package intake

import (
	"encoding/csv"
	"fmt"
	"strings"

	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// parser turns a text into a batch.
type parser struct {
	opt Options // with defaults
	notation
	csv    *csv.Reader
	batch  *Batch
	faults RowErrors

	width int    // number of columns
	at    places // where they are

	// The row at hand. The cells share one string, so what is kept of them is
	// copied.
	line  int
	cells []string
	wrong [numFields]*RowError // the fault of each field

	texts        map[string]string         // one copy of each text that recurs
	terms        map[string]*duedate.Terms // by cell
	defaultTerms *duedate.Terms            // nil: none
	documents    map[document]int          // the line of each
	customers    map[string]int            // the index in batch.Customers, by ID
	otherNames   map[[2]string]bool        // IDs and names that were warned of
}

// document is what must be unique in a text.
type document struct{ customer, number string }

func newParser(opt Options) *parser {
	p := &parser{
		opt:        opt,
		notation:   notation{opt.Decimal, opt.Thousands},
		batch:      &Batch{},
		texts:      map[string]string{},
		terms:      map[string]*duedate.Terms{},
		documents:  map[document]int{},
		customers:  map[string]int{},
		otherNames: map[[2]string]bool{},
	}
	if t := opt.DefaultTerms; !t.IsZero() {
		p.defaultTerms = &t
	}
	return p
}

// row takes the row at hand into the batch, or its faults into the list. The
// error is none that a text can give.
func (p *parser) row() error {
	p.wrong = [numFields]*RowError{}
	row, dueFrom := p.parse()
	p.batch.Control.Read++
	if p.wrong != [numFields]*RowError{} {
		p.batch.Control.Bad++
		for _, fault := range p.wrong {
			if fault != nil {
				p.faults = append(p.faults, fault)
			}
		}
		return nil
	}
	p.batch.Control.Good++
	if it := &row.Item; !it.Due.IsZero() && it.Due < it.Date {
		p.warn(dueFrom, fmt.Errorf("%w %s: %s", ErrDueEarly, it.Date, it.Due))
	}
	p.customer(row.Item.Customer)
	p.batch.Rows = append(p.batch.Rows, row)
	return p.batch.Control.add(row.Item.Outstanding)
}

// badRow counts the row at hand, which cannot be told into cells, as bad.
func (p *parser) badRow(err error) {
	p.batch.Control.Read++
	p.batch.Control.Bad++
	p.faultRow(err)
}

func (p *parser) faultRow(err error) {
	p.faults = append(p.faults, &RowError{Line: p.line, Err: err})
}

// fault notes what is wrong with a field's cell, unless it has a fault already.
func (p *parser) fault(f field, err error) {
	if p.wrong[f] == nil {
		p.wrong[f] = p.about(f, err)
	}
}

func (p *parser) warn(f field, err error) {
	p.batch.Warnings = append(p.batch.Warnings, p.about(f, err))
}

func (p *parser) about(f field, err error) *RowError {
	return &RowError{
		Line:   p.line,
		Column: *p.opt.Columns.fields()[f],
		Value:  strings.Clone(p.cells[p.at[f]]),
		Err:    err,
	}
}

// customer notes a good row's customer and its name.
func (p *parser) customer(id string) {
	text := p.cell(fieldName)
	i, known := p.customers[id]
	if !known {
		i = len(p.batch.Customers)
		p.customers[id] = i
		p.batch.Customers = append(p.batch.Customers, ledger.Customer{ID: id})
	}
	c := &p.batch.Customers[i]
	switch {
	case c.Name == "":
		c.Name = strings.Clone(text)
	case text != "" && text != c.Name && !p.otherNames[[2]string{id, text}]:
		p.otherNames[[2]string{id, strings.Clone(text)}] = true
		p.warn(fieldName, fmt.Errorf("%w: customer %q is %q", ErrOtherName, id, c.Name))
	}
}
