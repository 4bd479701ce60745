package intake

import (
	"errors"
	"fmt"
	"io"
	"strconv"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// AllocationColumns names, for each field of an allocation, the column of the
// header that it is read from. A field with an empty name is not read. Credit,
// Debit and Amount are required.
type AllocationColumns struct {
	ID       string // its key; where it is not read, one is made of Credit, Debit, Date and Part
	Credit   string // the credit's ID
	Debit    string // the debit's ID
	Date     string // the day it counts from; where there is none, the later of the documents' dates
	Part     string // the part of the debit, counted from 1; empty: none by name
	Amount   string // what is paid of the debit, in its currency
	Currency string // of Amount, where it is to be checked
	Taken    string // what that takes of a credit in another currency
	Rate     string // the price of one unit of the credit's currency in the debit's
	Rule     string // what put it there, for people
	Reversed string // the first day it does not count again
	Reason   string // why it was reversed, for people
	With     string // the ID of the allocation that it came along with, as a discount does with a payment's
}

func (c *AllocationColumns) columns() columns {
	return columns{
		{fieldID, &c.ID},
		{fieldCredit, &c.Credit},
		{fieldDebit, &c.Debit},
		{fieldDate, &c.Date},
		{fieldPart, &c.Part},
		{fieldAmount, &c.Amount},
		{fieldCurrency, &c.Currency},
		{fieldTaken, &c.Taken},
		{fieldRate, &c.Rate},
		{fieldRule, &c.Rule},
		{fieldReversed, &c.Reversed},
		{fieldReason, &c.Reason},
		{fieldWith, &c.With},
	}
}

// String returns the text form, which ParseColumns reads.
func (c AllocationColumns) String() string { return c.columns().String() }

// AllocationFile is a text of allocations, each with its reversal if it has one.
// Text and Columns are required. Amounts are in the currencies of the documents,
// so Currency is not used.
type AllocationFile struct {
	Name    string // for messages
	Text    io.Reader
	Columns AllocationColumns
	Format
}

func (f *AllocationFile) validate() []error {
	errs := f.Columns.columns().require(fieldCredit, fieldDebit, fieldAmount)
	if f.Text == nil {
		errs = append(errs, errors.New("no text"))
	}
	return ofFile("allocations", f.Name, append(errs, f.faults()...))
}

// allocationRow is a row of a text of allocations.
type allocationRow struct {
	origin
	allocation ledger.Allocation
	reversal   ledger.Reversal // without a date: none
}

// allocationReader turns a text into allocations.
type allocationReader struct {
	*sheet
	to *loader
}

// parse takes the row at hand.
func (p *allocationReader) parse() error {
	credit, debit := p.to.named(p.sheet, fieldCredit), p.to.named(p.sheet, fieldDebit)
	x := ledger.Allocation{
		Credit: credit.id,
		Debit:  debit.id,
		Date:   p.day(fieldDate),
		Part:   p.count(fieldPart),
		Rule:   p.recurring(fieldRule),
		With:   p.text(fieldWith),
	}
	paid := debit.currency
	if p.cell(fieldCurrency) != "" {
		paid = p.currency(ar.Currency{})
	}
	if x.Amount = p.money(fieldAmount, paid); x.Amount.Sign() <= 0 && !paid.IsZero() {
		p.fault(fieldAmount, ledger.ErrNotPositive)
	}
	if p.cell(fieldTaken) != "" {
		x.Taken = p.money(fieldTaken, credit.currency)
	}
	x.Rate = p.rate(fieldRate)
	if credit.currency == debit.currency && (p.cell(fieldTaken) == "" || x.Taken.Equal(x.Amount)) &&
		(p.cell(fieldRate) == "" || x.Rate.Equal(ar.MustRate("1"))) {
		x.Taken, x.Rate = ar.Money{}, ar.Rate{} // one currency, said at length
	}
	row := &allocationRow{allocation: x}
	p.identify(row)
	row.reversal = ledger.Reversal{Allocation: row.allocation.ID, Date: p.day(fieldReversed), Reason: p.text(fieldReason)}
	if row.reversal.Reason != "" && p.cell(fieldReversed) == "" {
		p.fault(fieldReversed, errors.New("no date, but a reason"))
	}
	row.origin = p.origin()
	if x.With != "" {
		p.to.along = append(p.to.along, row)
	}
	return nil
}

// identify gives the row its ID, which must be new, and files it.
func (p *allocationReader) identify(row *allocationRow) {
	x := &row.allocation
	x.ID = p.text(fieldID)
	made := p.names[fieldID] == ""
	if made && x.Credit != "" && x.Debit != "" {
		x.ID = x.Credit + " to " + x.Debit
		if x.Part > 0 {
			x.ID += " part " + strconv.Itoa(x.Part)
		}
		if !x.Date.IsZero() {
			x.ID += " on " + x.Date.String()
		}
	}
	other, taken := p.to.allocationIDs[x.ID]
	switch {
	case x.ID == "" && !made:
		p.fault(fieldID, ledger.ErrNoID)
	case taken && made:
		p.fault(fieldDebit, fmt.Errorf("%w: %s has the same documents and date; a column for IDs would tell them apart", ledger.ErrDuplicateID, other.place()))
	case taken:
		p.fault(fieldID, fmt.Errorf("%w: %s has it already", ledger.ErrDuplicateID, other.place()))
	case x.ID != "":
		p.to.allocationIDs[x.ID] = row
		p.to.allocations = append(p.to.allocations, row)
	}
}
