package intake

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// ItemColumns names, for each field of an open item, the column of the header
// that it is read from. A field with an empty name is not read. Customer, Date
// and Amount are required.
type ItemColumns struct {
	Customer string // the customer's ID
	Name     string // the customer's name
	Number   string // the document's number
	Date     string // the document date
	Posted   string // the posting date
	Due      string // the due date
	Settled  string // the first day the item is open no more
	Amount   string // the outstanding amount; negative: an unapplied credit
	Currency string // a currency's text form, such as EUR
	Location string // where it was sold or is managed
	Terms    string // a code of ItemOptions.Terms, or what duedate.Parse reads
	Footnote string // a remark
	Disputed string // yes, true, y, 1, or no, false, n, 0, or empty for no
	OnHold   string // likewise
}

func (c *ItemColumns) columns() columns {
	return columns{
		{fieldCustomer, &c.Customer},
		{fieldName, &c.Name},
		{fieldNumber, &c.Number},
		{fieldDate, &c.Date},
		{fieldPosted, &c.Posted},
		{fieldDue, &c.Due},
		{fieldSettled, &c.Settled},
		{fieldAmount, &c.Amount},
		{fieldCurrency, &c.Currency},
		{fieldLocation, &c.Location},
		{fieldTerms, &c.Terms},
		{fieldFootnote, &c.Footnote},
		{fieldDisputed, &c.Disputed},
		{fieldOnHold, &c.OnHold},
	}
}

// String returns the text form, which ParseColumns reads.
func (c ItemColumns) String() string { return c.columns().String() }

// ItemOptions say how to read open items. Columns and, where no column has it,
// Currency are required; the zero value of everything else is a usable default.
type ItemOptions struct {
	Columns ItemColumns
	Format

	// Terms are the host's own codes. They go before what duedate.Parse reads; a
	// code of the zero Terms makes a row due on its date.
	Terms        map[string]duedate.Terms
	DefaultTerms duedate.Terms     // of rows with neither a due date nor terms
	Calendars    duedate.Calendars // for terms that name one

	// KeepGood keeps the good rows where others are bad. Else one bad row
	// leaves no rows at all.
	KeepGood bool
}

// Validate reports everything that is wrong with the options.
func (o ItemOptions) Validate() error {
	columns := o.Columns.columns()
	errs := columns.require(fieldCustomer, fieldDate, fieldAmount)
	errs = append(errs, o.currencyFaults(columns.names()[fieldCurrency])...)
	return errors.Join(append(errs, o.faults()...)...)
}

// Batch is what a text of open items gave.
type Batch struct {
	// Rows are the good rows in the order of the text. There are none where a
	// row was bad, unless ItemOptions.KeepGood.
	Rows []Row

	// Customers are those of Rows in the order they first appear. A customer's
	// name is the first that is not empty.
	Customers []ledger.Customer

	// Warnings are what is allowed in good rows, but unusual: ErrDueEarly,
	// ErrOtherName.
	Warnings []*RowError

	Control Control
}

// Row is one row of open items.
type Row struct {
	Item ledger.Item
	Line int // where the row begins, counted from 1

	// Terms gave the due date; nil where the row has its own, or none. Rows of
	// the same terms share them: do not change what it points to.
	Terms *duedate.Terms

	Footnote string
}

// Items is the rows' items as a source for aging.ComputeSeq.
func (b *Batch) Items() iter.Seq2[ledger.Item, error] {
	return func(yield func(ledger.Item, error) bool) {
		for i := range b.Rows {
			if !yield(b.Rows[i].Item, nil) {
				return
			}
		}
	}
}

// ReadItems reads open items from CSV text, to its end.
//
// Wrong options give the error of ItemOptions.Validate, and nothing is read.
// Faults of the text give RowErrors with every one of them;
// ItemOptions.KeepGood keeps the good rows beside it. A reader that fails gives
// its own error, joined to the faults found until then, and no rows: what was
// read is not the whole text.
//
// The Batch is never nil; its warnings and control totals cover what was read,
// whatever the error.
func ReadItems(r io.Reader, opt ItemOptions) (*Batch, error) {
	if err := opt.Validate(); err != nil {
		return &Batch{}, fmt.Errorf("intake options: %w", err)
	}
	p := &itemReader{
		sheet: newSheet("", opt.Format, opt.Columns.columns()), opt: opt,
		documents: map[itemKey]int{},
	}
	p.codes = opt.Terms
	if t := opt.DefaultTerms; !t.IsZero() {
		p.defaultTerms = &t
	}
	_, err := p.read(r, p.parse)
	batch := &Batch{Rows: p.rows, Customers: p.customers.list, Warnings: p.warnings, Control: p.control}
	if err != nil || len(p.faults) > 0 && !opt.KeepGood {
		batch.Rows, batch.Customers = nil, nil
	}
	return batch, joined(p.faults, err)
}

// joined returns the faults of texts and what else went wrong as one error.
func joined(faults RowErrors, err error) error {
	switch {
	case len(faults) == 0:
		return err
	case err == nil:
		return faults
	}
	return errors.Join(faults, err)
}

// itemReader turns a text into rows of items.
type itemReader struct {
	*sheet
	opt          ItemOptions
	rows         []Row
	defaultTerms *duedate.Terms  // nil: none
	documents    map[itemKey]int // the line of each
	customers    roster
}

// itemKey is what must be unique in a text of items.
type itemKey struct{ customer, number string }

// parse takes the row at hand, unless it is bad.
func (p *itemReader) parse() error {
	it := ledger.Item{
		Customer: p.customer(),
		Location: p.recurring(fieldLocation),
		Date:     p.date(ledger.ErrNoDate),
		Posted:   p.day(fieldPosted),
		Closed:   p.day(fieldSettled),

		Outstanding: p.money(fieldAmount, p.currency(p.Currency)),
	}
	if !it.Closed.IsZero() && it.Closed < it.Date {
		p.fault(fieldSettled, fmt.Errorf("%w %s", ledger.ErrClosedEarly, it.Date))
	}
	it.Number = p.number(it.Customer)
	it.Flags = p.status()
	row := Row{Line: p.line, Footnote: p.text(fieldFootnote)}
	if row.Footnote != "" {
		it.Flags |= ledger.Footnote
	}
	var dueFrom field
	it.Due, row.Terms, dueFrom = p.due(it.Date)
	if p.bad {
		return nil
	}
	if !it.Due.IsZero() && it.Due < it.Date {
		p.warn(dueFrom, dueEarly(it.Due, it.Date))
	}
	if name, other := p.customers.add(ledger.Customer{ID: it.Customer, Name: p.cell(fieldName)}); other {
		p.warn(fieldName, otherName(it.Customer, name))
	}
	row.Item = it
	p.rows = append(p.rows, row)
	return p.control.add(it.Outstanding)
}

// number returns the document's number, which must be new to the customer.
func (p *itemReader) number(customer string) string {
	text := p.cell(fieldNumber)
	if text == "" || customer == "" {
		return ""
	}
	if line, ok := p.documents[itemKey{customer, text}]; ok {
		p.fault(fieldNumber, fmt.Errorf("%w: customer %q has it in line %d already", ErrDuplicate, customer, line))
		return ""
	}
	text = strings.Clone(text)
	p.documents[itemKey{customer, text}] = p.line
	return text
}

// due returns the due date of a document of date doc, the terms that gave it,
// and the field that it goes back to.
func (p *itemReader) due(doc ar.Date) (ar.Date, *duedate.Terms, field) {
	if p.cell(fieldDue) != "" {
		return p.day(fieldDue), nil, fieldDue
	}
	t, from := p.defaultTerms, fieldDate
	if p.cell(fieldTerms) != "" {
		t, from = p.rowTerms(), fieldTerms
	}
	if t == nil || doc.IsZero() {
		return 0, nil, from
	}
	d, err := t.DueDate(doc, p.opt.Calendars)
	if err != nil {
		p.fault(from, err)
	}
	return d, t, from
}
