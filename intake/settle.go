package intake

import (
	"errors"
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

func dependsOn(bad origin) error { return fmt.Errorf("%w: %s", ErrDepends, bad.place()) }

// missing says why nothing can name a document: it is not there, or bad.
func (l *loader) missing(id string) error {
	e, ok := l.documents[id]
	if !ok {
		return ledger.ErrUnknownDocument
	}
	if e.bad != nil {
		return dependsOn(e.bad.origin)
	}
	return nil
}

// reference is a document that a row names.
type reference struct {
	id       string
	currency ar.Currency // zero: nobody knows
}

// named returns the document that the row at hand names in a field. If a text
// was not read to its end, the document may be in the rest.
func (l *loader) named(s *sheet, f field) reference {
	id := s.cell(f)
	if id == "" {
		s.fault(f, ledger.ErrNoID)
		return reference{}
	}
	if err := l.missing(id); err != nil && !l.partial {
		s.fault(f, err)
	}
	if e, ok := l.documents[id]; ok {
		d := &e.rows[0].document
		return reference{d.ID, d.Amount.Currency()}
	}
	return reference{id: s.recurring(f)}
}

// checkAlong reports what came along with an allocation that is not there.
func (l *loader) checkAlong() {
	for _, row := range l.along {
		if with := row.allocation.With; l.allocationIDs[with] == nil {
			row.refuse(fieldWith, with, ledger.ErrUnknownAllocation)
		}
	}
}

// settle makes accounts of the good rows, and finds those that are bad only
// because they do not fit the others. Whether more is applied than an amount is
// judged when no other fault is left, as it may follow from one. The error is one
// that no row is to blame for.
func (l *loader) settle(result *Ledger) error {
	for {
		l.fall()
		known, _ := l.customers()
		facts := l.facts()
		accounts, err := ledger.Accounts(known.list, facts, l.opt.Calendars)
		if err == nil {
			result.Accounts, result.Customers, result.Facts = accounts, known.list, facts
			return nil
		}
		v := l.judge(err)
		if len(v.rows) == 0 {
			l.overApplied(&v)
		}
		if len(v.rows) == 0 {
			return errors.Join(v.rest...)
		}
		for _, b := range v.rows {
			b.row.refuse(noField, "", b.err)
		}
	}
}

// fall makes those rows bad that name a document or an allocation that has become
// bad.
func (l *loader) fall() {
	for _, e := range l.entries {
		e.fall()
	}
	for _, row := range l.allocations {
		if row.bad {
			continue
		}
		x := &row.allocation
		if err := l.missing(x.Credit); err != nil {
			row.refuse(fieldCredit, x.Credit, err)
		}
		if err := l.missing(x.Debit); err != nil {
			row.refuse(fieldDebit, x.Debit, err)
		}
	}
	l.fallAlong()
	for _, row := range l.statuses {
		if err := l.missing(row.status.Document); err != nil && !row.bad {
			row.refuse(fieldDocument, row.status.Document, err)
		}
	}
}

// fallAlong makes those rows bad that came along with a bad allocation, and so on.
func (l *loader) fallAlong() {
	along := map[string][]*allocationRow{} // by what they came with
	for _, row := range l.along {
		along[row.allocation.With] = append(along[row.allocation.With], row)
	}
	if len(along) == 0 {
		return
	}
	bad := slices.DeleteFunc(slices.Clone(l.allocations), func(row *allocationRow) bool { return !row.bad })
	for len(bad) > 0 {
		row := bad[len(bad)-1]
		bad = bad[:len(bad)-1]
		for _, w := range along[row.allocation.ID] {
			if !w.bad {
				w.refuse(fieldWith, w.allocation.With, dependsOn(row.origin))
				bad = append(bad, w)
			}
		}
	}
}

// blamed is a row, and why it does not fit the others.
type blamed struct {
	row *origin
	err error
}

// verdict is what is behind the errors of ledger.Accounts.
type verdict struct {
	rows []blamed            // those that are to blame
	over []*ledger.FactError // documents that have more applied than there is
	rest []error             // what no row is to blame for
}

// judge finds the rows behind the errors of ledger.Accounts, but for those of
// documents that have more applied than there is.
func (l *loader) judge(err error) (v verdict) {
	var walk func(error)
	walk = func(err error) {
		if !errors.As(err, new(*ledger.FactError)) {
			v.rest = append(v.rest, err)
			return
		}
		//nolint:errorlint // the tree is walked by hand
		switch err := err.(type) {
		case *ledger.FactError:
			row, documents := l.rowOf(err.Fact)
			switch {
			case errors.Is(err, ledger.ErrOverApplied):
				v.over = append(v.over, err)
			case row == nil:
				v.rest = append(v.rest, err)
			default:
				v.rows = append(v.rows, blamed{row, l.withPlaces(err, documents...)})
			}
		case interface{ Unwrap() []error }:
			for _, err := range err.Unwrap() {
				walk(err)
			}
		default:
			walk(errors.Unwrap(err))
		}
	}
	walk(err)
	return v
}

// rowOf returns the row that a fact came from, the first of a document in parts,
// and the documents that it is about. The row is nil where it came from none.
func (l *loader) rowOf(fact fmt.Stringer) (row *origin, documents []string) {
	switch f := fact.(type) {
	case *ledger.Document:
		if e := l.documents[f.ID]; e != nil {
			return &e.rows[0].origin, nil
		}
	case *ledger.Allocation:
		if row := l.allocationIDs[f.ID]; row != nil {
			return &row.origin, []string{f.Credit, f.Debit}
		}
	case *ledger.Reversal:
		if row := l.allocationIDs[f.Allocation]; row != nil {
			return &row.origin, nil
		}
	case *ledger.Status:
		if row := l.statusKeys[statusKey{f.Document, f.Date}]; row != nil {
			return &row.origin, []string{f.Document}
		}
	}
	return nil, nil
}

// withPlaces adds to a fault where the documents are that it names.
func (l *loader) withPlaces(fact *ledger.FactError, documents ...string) error {
	places := ""
	for _, id := range documents {
		if e := l.documents[id]; e != nil {
			places += fmt.Sprintf("; %q is in %s", id, e.rows[0].place())
		}
	}
	return fmt.Errorf("%w%s", fact, places)
}

// overApplied blames all allocations of the documents that have more applied than
// there is, but those that are to blame for something else. The first of each
// document is told what the ledger says.
func (l *loader) overApplied(v *verdict) {
	if len(v.over) == 0 {
		return
	}
	otherwise := map[*origin]bool{}
	for _, b := range v.rows {
		otherwise[b.row] = true
	}
	faults := map[string]*ledger.FactError{} // by document
	for _, fact := range v.over {
		if d, ok := fact.Fact.(*ledger.Document); ok && faults[d.ID] == nil {
			faults[d.ID] = fact
		}
	}
	first := map[string]*origin{} // of the document's allocations
	for _, row := range l.allocations {
		if row.bad || otherwise[&row.origin] {
			continue
		}
		for _, id := range []string{row.allocation.Credit, row.allocation.Debit} {
			switch {
			case faults[id] == nil:
			case first[id] == nil:
				first[id] = &row.origin
				v.rows = append(v.rows, blamed{&row.origin, l.withPlaces(faults[id], id)})
			default:
				err := fmt.Errorf("%q: %w: see %s", id, ledger.ErrOverApplied, first[id].place())
				v.rows = append(v.rows, blamed{&row.origin, err})
			}
		}
	}
	for _, fact := range v.over {
		if d, ok := fact.Fact.(*ledger.Document); !ok || first[d.ID] == nil {
			v.rest = append(v.rest, fact)
		}
	}
}

// Locate finds the rows behind the errors of ledger.Accounts, for a host that
// takes Customers and Facts together with more. It returns RowErrors, joined to
// those errors that no row is to blame for. Of more applied than an amount, all
// rows with allocations of the document are to blame, but those that have another
// fault.
func (l *Ledger) Locate(err error) error {
	if err == nil || l.origins == nil {
		return err
	}
	v := l.origins.judge(err)
	l.origins.overApplied(&v)
	faults := make(RowErrors, len(v.rows))
	for i, b := range v.rows {
		faults[i] = b.row.about(noField, "", b.err)
	}
	return joined(faults, errors.Join(v.rest...))
}
