package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// entry is what a text says of one document: in one row, or in one for each
// part.
type entry struct {
	rows  []*documentRow
	parts map[int]*documentRow // those of parts
	bad   *documentRow         // a bad one, so that there is no document; nil: none
}

// enter adds a row, unless it clashes with another: with the same part, or with
// any other row if one of them is the whole.
func (e *entry) enter(row *documentRow) (other *documentRow) {
	if len(e.rows) > 0 {
		switch first := e.rows[0]; {
		case row.part < 0 || first.part < 0: // a part, and bad as it is
		case row.part == 0 || first.part == 0:
			return first
		case e.parts[row.part] != nil:
			return e.parts[row.part]
		}
	}
	if row.part > 0 {
		if e.parts == nil {
			e.parts = map[int]*documentRow{}
		}
		e.parts[row.part] = row
	}
	e.rows = append(e.rows, row)
	return nil
}

// finish checks the rows of a document against one another. If one of them is
// bad, so are the others.
func (e *entry) finish() {
	if e.fall(); e.bad == nil && e.rows[0].part > 0 {
		slices.SortFunc(e.rows, func(x, y *documentRow) int { return cmp.Compare(x.part, y.part) })
		for i, row := range e.rows {
			if row.part != i+1 {
				row.refuse(fieldPart, strconv.Itoa(row.part), fmt.Errorf("%w: part %d is missing", ledger.ErrParts, i+1))
				break
			}
			if i > 0 {
				row.agree(e.rows[0])
			}
		}
	}
	e.fall()
}

// fall makes all rows bad where one is.
func (e *entry) fall() {
	if e.bad != nil {
		return
	}
	i := slices.IndexFunc(e.rows, func(r *documentRow) bool { return r.bad })
	if i < 0 {
		return
	}
	e.bad = e.rows[i]
	for _, row := range e.rows {
		if !row.bad {
			row.refuse(fieldID, row.document.ID, dependsOn(e.bad.origin))
		}
	}
}

// agree reports where a part is of another document than the first part.
func (r *documentRow) agree(first *documentRow) {
	x, y := &r.document, &first.document
	for _, c := range []struct {
		field       field
		have, first string
	}{
		{fieldKind, x.Kind.String(), y.Kind.String()},
		{fieldCustomer, x.Customer, y.Customer},
		{fieldNumber, x.Number, y.Number},
		{fieldDate, x.Date.String(), y.Date.String()},
		{fieldPosted, x.Posted.String(), y.Posted.String()},
		{fieldCurrency, x.Amount.Currency().String(), y.Amount.Currency().String()},
		{fieldBooking, x.Booking.String(), y.Booking.String()},
		{fieldLocation, x.Location, y.Location},
		{fieldFootnote, x.Footnote, y.Footnote},
	} {
		if c.have != c.first {
			r.refuse(c.field, c.have, fmt.Errorf("%w: part 1, in %s, has %q", ledger.ErrParts, first.place(), c.first))
		}
	}
}

// document makes one document of the rows, none of which is bad.
func (e *entry) document() ledger.Document {
	d := e.rows[0].document
	if e.rows[0].part == 0 {
		return d
	}
	d.Due, d.Terms, d.Amount = 0, duedate.Terms{}, ar.Money{}
	for _, row := range e.rows {
		p := &row.document
		d.Amount, _ = d.Amount.Add(p.Amount) // of one currency, as they agree
		d.Flags |= p.Flags
		d.Parts = append(d.Parts, ledger.Part{Due: p.Due, Amount: p.Amount})
	}
	return d
}
