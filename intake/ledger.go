package intake

import (
	"errors"
	"fmt"
	"slices"

	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// LedgerOptions say which texts make a ledger, and how to read them.
type LedgerOptions struct {
	Documents   []DocumentFile
	Allocations []AllocationFile
	Statuses    []StatusFile

	// Customers are those that are known beforehand, with their names and terms.
	// Customers of documents are added to them.
	Customers    []ledger.Customer
	DefaultTerms duedate.Terms     // of the customers that are added
	Calendars    duedate.Calendars // for terms that name one

	// KeepGood keeps what is good where rows are bad. Else one bad row leaves
	// nothing at all.
	KeepGood bool
}

// Validate reports everything that is wrong with the options.
func (o LedgerOptions) Validate() error {
	var errs []error
	for i := range o.Documents {
		errs = append(errs, o.Documents[i].validate()...)
	}
	for i := range o.Allocations {
		errs = append(errs, o.Allocations[i].validate()...)
	}
	for i := range o.Statuses {
		errs = append(errs, o.Statuses[i].validate()...)
	}
	known := map[string]bool{}
	for _, c := range o.Customers {
		errs = append(errs, c.Validate())
		if known[c.ID] {
			errs = append(errs, fmt.Errorf("customer %q: %w", c.ID, ledger.ErrDuplicateID))
		}
		known[c.ID] = true
	}
	return errors.Join(errs...)
}

// ofFile says of each error which file it is about.
func ofFile(what, name string, errs []error) []error {
	for i, err := range errs {
		errs[i] = fmt.Errorf("%s %q: %w", what, name, err)
	}
	return errs
}

// Ledger is what texts of documents, allocations and statuses gave.
type Ledger struct {
	// Accounts are the facts by customer, which fit together. Customers and Facts
	// are the same unsorted, for ledger.Accounts to take with more. There are
	// none where a row was bad, unless LedgerOptions.KeepGood.
	Accounts  []*ledger.Account
	Customers []ledger.Customer // those known beforehand, then as documents name them
	Facts     ledger.Facts

	// Warnings are what is allowed in good rows, but unusual: ErrDueEarly,
	// ErrOtherName.
	Warnings []*RowError

	// Controls are those of the files: documents, allocations, statuses, each in
	// the order in which they were given.
	Controls []Control

	origins *loader
}

// ReadLedger reads documents, allocations and statuses from CSV texts, to their
// ends, and takes them together as accounts.
//
// Wrong options give the error of LedgerOptions.Validate, and nothing is read.
// Faults of the texts give RowErrors with every one of them: those of single
// cells, and those that show only when rows meet, such as an allocation to a
// document that is not there, or more applied than an amount. A row is good or
// bad as a whole.
//
// LedgerOptions.KeepGood keeps what is good beside the error. What names a bad
// document or allocation is then bad too, and reported (ErrDepends); so are all
// allocations of a document that has more applied than its amount, as nobody can
// tell which of them are wrong; that is judged among rows without other faults,
// from which it could follow. What is kept is a valid ledger always.
//
// Where a whole text is unusable (ErrHeader), or its reader fails, rows are not
// held against one another, and nothing is kept: what was read is not the whole.
//
// The Ledger is never nil; its warnings and control totals cover what was read,
// whatever the error.
func ReadLedger(opt LedgerOptions) (*Ledger, error) {
	if err := opt.Validate(); err != nil {
		return &Ledger{}, fmt.Errorf("intake options: %w", err)
	}
	l := &loader{
		opt: opt, documents: map[string]*entry{},
		allocationIDs: map[string]*allocationRow{}, statusKeys: map[statusKey]*statusRow{},
	}
	err := l.read()
	result := &Ledger{origins: l}
	if err == nil && !l.partial {
		err = l.settle(result)
	}
	l.report(result)
	faults := l.faults()
	if err != nil || l.partial || len(faults) > 0 && !opt.KeepGood {
		result.Accounts, result.Customers, result.Facts = nil, nil, ledger.Facts{}
	}
	return result, joined(faults, err)
}

// loader gathers the rows of all texts.
type loader struct {
	opt     LedgerOptions
	sheets  []*sheet
	partial bool // a text was not read to its end

	documents     map[string]*entry
	entries       []*entry // in the order of their first rows
	allocationIDs map[string]*allocationRow
	allocations   []*allocationRow
	along         []*allocationRow // those that came along with another
	statusKeys    map[statusKey]*statusRow
	statuses      []*statusRow
}

// read reads the texts: documents first, as the others name them. The error is
// that of readers.
func (l *loader) read() error {
	var errs []error
	add := func(s *sheet, ok bool, err error) {
		l.sheets = append(l.sheets, s)
		l.partial = l.partial || !ok
		errs = append(errs, err)
	}
	for i := range l.opt.Documents {
		f := &l.opt.Documents[i]
		s := newSheet(f.Name, f.Format, f.Columns.columns())
		s.codes = f.Terms
		ok, err := s.read(f.Text, (&documentReader{s, f, l}).parse)
		add(s, ok, err)
	}
	if !l.partial {
		for _, e := range l.entries {
			e.finish()
		}
	}
	for i := range l.opt.Allocations {
		f := &l.opt.Allocations[i]
		s := newSheet(f.Name, f.Format, f.Columns.columns())
		ok, err := s.read(f.Text, (&allocationReader{s, l}).parse)
		add(s, ok, err)
	}
	for i := range l.opt.Statuses {
		f := &l.opt.Statuses[i]
		s := newSheet(f.Name, f.Format, f.Columns.columns())
		ok, err := s.read(f.Text, (&statusReader{s, l}).parse)
		add(s, ok, err)
	}
	if !l.partial {
		l.checkAlong()
	}
	return errors.Join(errs...)
}

// faults returns those of all texts, each line by line.
func (l *loader) faults() RowErrors {
	var all RowErrors
	for _, s := range l.sheets {
		slices.SortStableFunc(s.faults, func(x, y *RowError) int { return x.Line - y.Line })
		all = append(all, s.faults...)
	}
	return all
}

// customers are those known beforehand and those of good documents, with a
// warning where a row has another name.
func (l *loader) customers() (known roster, warnings []*RowError) {
	for _, c := range l.opt.Customers {
		known.add(c)
	}
	for _, e := range l.entries {
		for _, row := range e.rows {
			if row.bad {
				continue
			}
			id := row.document.Customer
			if name, other := known.add(ledger.Customer{ID: id, Name: row.name, Terms: l.opt.DefaultTerms}); other {
				warnings = append(warnings, row.about(fieldName, row.name, otherName(id, name)))
			}
		}
	}
	return known, warnings
}

// facts are those of the good rows.
func (l *loader) facts() (f ledger.Facts) {
	for _, e := range l.entries {
		if e.bad == nil {
			f.Documents = append(f.Documents, e.document())
		}
	}
	for _, row := range l.allocations {
		if !row.bad {
			f.Allocations = append(f.Allocations, row.allocation)
			if !row.reversal.Date.IsZero() {
				f.Reversals = append(f.Reversals, row.reversal)
			}
		}
	}
	for _, row := range l.statuses {
		if !row.bad {
			f.Statuses = append(f.Statuses, row.status)
		}
	}
	return f
}

// report gives the result its warnings and control totals.
func (l *loader) report(result *Ledger) {
	for _, e := range l.entries {
		for _, row := range e.rows {
			if row.bad {
				continue
			}
			row.count()
			if row.warning != nil {
				result.Warnings = append(result.Warnings, row.warning)
			}
		}
	}
	_, otherNames := l.customers()
	result.Warnings = append(result.Warnings, otherNames...)
	for _, row := range l.allocations {
		if !row.bad {
			row.count()
		}
	}
	for _, s := range l.sheets {
		result.Controls = append(result.Controls, s.control)
	}
}

// count adds a good row to its text's control totals.
func (r *documentRow) count() {
	m := r.document.Amount
	if r.document.Kind.IsCredit() {
		m = m.Neg()
	}
	_ = r.sheet.control.add(m) // amounts of one currency can be added
}

// count adds a good row to its text's control totals.
func (r *allocationRow) count() {
	c, taken := &r.sheet.control, r.allocation.Amount
	if !r.allocation.Taken.IsZero() {
		taken = r.allocation.Taken
	}
	_ = c.apply(r.allocation.Amount, taken) // as above
}

// origin is the row that a fact came from.
type origin struct {
	sheet *sheet
	line  int
	bad   bool
}

func (s *sheet) origin() origin { return origin{s, s.line, s.bad} }

func (o *origin) place() string { return place(o.sheet.file, o.line) }

// about is a fault or a warning of what a field of the row held.
func (o *origin) about(f field, value string, err error) *RowError {
	e := &RowError{File: o.sheet.file, Line: o.line, Err: err}
	if f >= 0 && o.sheet.names[f] != "" {
		e.Column, e.Value = o.sheet.names[f], value
	}
	return e
}

// refuse makes a bad row of one that was read as good, or notes one more fault.
func (o *origin) refuse(f field, value string, err error) {
	if !o.bad {
		o.bad = true
		o.sheet.control.Good--
		o.sheet.control.Bad++
	}
	o.sheet.faults = append(o.sheet.faults, o.about(f, value, err))
}

// noField is for faults of a row as a whole.
const noField field = -1
