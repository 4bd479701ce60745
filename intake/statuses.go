package intake

import (
	"errors"
	"fmt"
	"io"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// StatusColumns names, for each field of a status, the column of the header that
// it is read from. A field with an empty name is not read. Document and Date are
// required.
type StatusColumns struct {
	Document string // the document's ID
	Date     string // the day from which it holds
	Disputed string // yes, true, y, 1, or no, false, n, 0, or empty for no
	OnHold   string // likewise
	Reason   string // for people
}

func (c *StatusColumns) columns() columns {
	return columns{
		{fieldDocument, &c.Document},
		{fieldDate, &c.Date},
		{fieldDisputed, &c.Disputed},
		{fieldOnHold, &c.OnHold},
		{fieldReason, &c.Reason},
	}
}

// String returns the text form, which ParseColumns reads.
func (c StatusColumns) String() string { return c.columns().String() }

// StatusFile is a text of statuses: when disputes and holds began, and when they
// ended. Text and Columns are required.
type StatusFile struct {
	Name    string // for messages
	Text    io.Reader
	Columns StatusColumns
	Format
}

func (f *StatusFile) validate() []error {
	columns := f.Columns.columns()
	errs := columns.require(fieldDocument, fieldDate)
	if name := columns.names(); name[fieldDisputed] == "" && name[fieldOnHold] == "" {
		errs = append(errs, errors.New("no column for disputed or on-hold"))
	}
	if f.Text == nil {
		errs = append(errs, errors.New("no text"))
	}
	return ofFile("statuses", f.Name, append(errs, f.faults()...))
}

// statusRow is a row of a text of statuses.
type statusRow struct {
	origin
	status ledger.Status
}

// statusKey is what must be unique among statuses.
type statusKey struct {
	document string
	date     ar.Date
}

// statusReader turns a text into statuses.
type statusReader struct {
	*sheet
	to *loader
}

// parse takes the row at hand.
func (p *statusReader) parse() error {
	row := &statusRow{status: ledger.Status{
		Document: p.to.named(p.sheet, fieldDocument).id,
		Date:     p.date(fmt.Errorf("%w: want the day from which it holds", ledger.ErrBadDate)),
		Flags:    p.status(),
		Reason:   p.recurring(fieldReason),
	}}
	key := statusKey{row.status.Document, row.status.Date}
	switch other, taken := p.to.statusKeys[key]; {
	case taken:
		p.fault(fieldDate, fmt.Errorf("%w: %s has the other", ledger.ErrTwoStatuses, other.place()))
	case key.document != "" && key.date.Valid():
		p.to.statusKeys[key] = row
		p.to.statuses = append(p.to.statuses, row)
	}
	row.origin = p.origin()
	return nil
}
