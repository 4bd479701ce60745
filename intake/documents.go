package intake

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"

	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// DocumentColumns names, for each field of a document, the column of the header
// that it is read from. A field with an empty name is not read. ID, Customer,
// Date and an amount are required.
type DocumentColumns struct {
	ID       string // the key that allocations name
	Kind     string // a word for what it is; see DocumentFile.Kinds
	Customer string // the customer's ID
	Name     string // the customer's name
	Number   string // the document's number, for people; where it is not read, the ID
	Date     string // the document date
	Posted   string // the posting date
	Due      string // the due date
	Part     string // 1, 2, 3 … in the rows of a debit in parts; empty in others

	// Amount, or DebitAmount and CreditAmount, of which a row has one: an empty
	// or a zero one is none. Of a part, it is the part's.
	Amount       string
	DebitAmount  string
	CreditAmount string

	Currency string // a currency's text form, such as EUR
	Booking  string // the price of one unit of it when booked, in the currency of the books
	Location string // where it was sold or is managed
	Terms    string // a code of DocumentFile.Terms, or what duedate.Parse reads
	Footnote string // a remark
	Disputed string // yes, true, y, 1, or no, false, n, 0, or empty for no
	OnHold   string // likewise
}

func (c *DocumentColumns) columns() columns {
	return columns{
		{fieldID, &c.ID},
		{fieldKind, &c.Kind},
		{fieldCustomer, &c.Customer},
		{fieldName, &c.Name},
		{fieldNumber, &c.Number},
		{fieldDate, &c.Date},
		{fieldPosted, &c.Posted},
		{fieldDue, &c.Due},
		{fieldPart, &c.Part},
		{fieldAmount, &c.Amount},
		{fieldDebitAmount, &c.DebitAmount},
		{fieldCreditAmount, &c.CreditAmount},
		{fieldCurrency, &c.Currency},
		{fieldBooking, &c.Booking},
		{fieldLocation, &c.Location},
		{fieldTerms, &c.Terms},
		{fieldFootnote, &c.Footnote},
		{fieldDisputed, &c.Disputed},
		{fieldOnHold, &c.OnHold},
	}
}

// String returns the text form, which ParseColumns reads.
func (c DocumentColumns) String() string { return c.columns().String() }

// DocumentFile is a text of documents. Text, Columns and, where no column has
// them, Currency and a kind for the empty word are required.
type DocumentFile struct {
	Name    string // for messages
	Text    io.Reader
	Columns DocumentColumns
	Format

	// Kinds are the host's own words for kinds, such as "CRM" for
	// ledger.CreditNote. They go before the text forms of the kinds, in which
	// small and capital letters are the same, and spaces and underscores are
	// hyphens: "Credit Note". The empty word is for rows without one.
	Kinds map[string]ledger.Kind

	// Signed says that credits are written below zero. Else all amounts are above
	// zero, and the kind alone says which way they count.
	Signed bool

	// CreditKinds are what words mean on the side of the credits, below zero or
	// in the column of credits, where Kinds do not say it: "Journal", which may be
	// either, or "Invoice" below zero for a credit note.
	CreditKinds map[string]ledger.Kind

	// Terms are the host's own codes. They go before what duedate.Parse reads; a
	// code of the zero Terms leaves it to the customer's terms.
	Terms map[string]duedate.Terms
}

// validate reports everything that is wrong with how the file is to be read.
func (f *DocumentFile) validate() []error {
	columns := f.Columns.columns()
	errs, name := columns.require(fieldID, fieldCustomer, fieldDate), columns.names()
	fault := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if f.Text == nil {
		fault("no text")
	}
	one, debit, credit := name[fieldAmount] != "", name[fieldDebitAmount] != "", name[fieldCreditAmount] != ""
	switch sides := debit && credit; {
	case one && (debit || credit), !one && !sides:
		fault("amounts: want a column for amount, or one for debit-amount and one for credit-amount")
	case sides && f.Signed:
		fault("signed, and a column for each side: want one or the other")
	case !sides && !f.Signed && len(f.CreditKinds) > 0:
		fault("kinds on the side of credits: want signed, or a column for each side")
	}
	if _, ok := f.Kinds[""]; !ok && name[fieldKind] == "" {
		fault("no kind: want a column for it or a kind for the empty word")
	}
	for _, word := range slices.Sorted(maps.Keys(f.Kinds)) {
		if kind := f.Kinds[word]; !kind.IsDebit() && !kind.IsCredit() {
			fault("kind for %q: %s: %w", word, kind, ledger.ErrKind)
		}
	}
	for _, word := range slices.Sorted(maps.Keys(f.CreditKinds)) {
		if kind := f.CreditKinds[word]; !kind.IsCredit() {
			fault("kind for %q on the side of credits: %s: want a credit", word, kind)
		}
	}
	errs = append(errs, f.currencyFaults(name[fieldCurrency])...)
	return ofFile("documents", f.Name, append(errs, f.faults()...))
}

// documentRow is a row of a text of documents.
type documentRow struct {
	origin
	document ledger.Document // of a part: its Amount and Due
	part     int             // 0: the row is the whole; −1: nobody knows
	name     string          // the customer's
	warning  *RowError
}

// documentReader turns a text into documents.
type documentReader struct {
	*sheet
	file *DocumentFile
	to   *loader
}

// parse takes the row at hand: a bad one too, for what names its ID.
func (p *documentReader) parse() error {
	d := ledger.Document{
		ID:       p.text(fieldID),
		Customer: p.customer(),
		Location: p.recurring(fieldLocation),
		Date:     p.date(ledger.ErrNoDate),
		Posted:   p.day(fieldPosted),
		Due:      p.day(fieldDue),
		Booking:  p.rate(fieldBooking),
		Footnote: p.text(fieldFootnote),
		Flags:    p.status(),
	}
	if d.ID == "" {
		p.fault(fieldID, ledger.ErrNoID)
	}
	if d.Number = d.ID; p.at[fieldNumber] >= 0 && p.cell(fieldNumber) != d.ID {
		d.Number = p.text(fieldNumber)
	}
	d.Kind, d.Amount = p.amount()
	if p.cell(fieldDue) == "" && p.cell(fieldTerms) != "" {
		if t := p.rowTerms(); t != nil {
			d.Terms = *t
		}
	}
	row := &documentRow{part: p.part(&d), name: p.recurring(fieldName)}
	row.document = d
	if d.ID != "" {
		p.enter(row)
	}
	if !p.bad && !d.Due.IsZero() && d.Due < d.Date {
		row.warning = p.about(fieldDue, dueEarly(d.Due, d.Date))
	}
	row.origin = p.origin()
	return nil
}

// part returns which part of its document the row is, and computes the part's
// due date where the row has terms.
func (p *documentReader) part(d *ledger.Document) int {
	n := p.count(fieldPart)
	switch {
	case p.wrong[fieldPart] != nil:
		return -1
	case n == 0 || p.cell(fieldDue) != "":
		return n
	case d.Terms.IsZero() && p.wrong[fieldTerms] == nil:
		p.fault(fieldDue, errors.New("no due date: a part needs one, or terms"))
	case d.Date.Valid():
		var err error
		if d.Due, err = d.Terms.DueDate(d.Date, p.to.opt.Calendars); err != nil {
			p.fault(fieldTerms, err)
		}
	}
	return n
}

// enter files the row under its ID, which must be new, or that of other parts.
func (p *documentReader) enter(row *documentRow) {
	id := row.document.ID
	e, known := p.to.documents[id]
	if !known {
		e = &entry{}
		p.to.documents[id] = e
		p.to.entries = append(p.to.entries, e)
	}
	other := e.enter(row)
	if other == nil {
		return
	}
	hint := ""
	switch {
	case row.part > 0 && row.part == other.part:
		hint = fmt.Sprintf(", for part %d too", row.part)
	case p.names[fieldPart] == "" && other.sheet == p.sheet:
		hint = "; rows that are parts of one document need a column for part"
	}
	p.fault(fieldID, fmt.Errorf("%w: %s has it already%s", ledger.ErrDuplicateID, other.place(), hint))
}
