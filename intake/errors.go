package intake

import (
	"errors"
	"fmt"
	"strings"

	"github.com/openreceivables/ar/internal/textform"
)

// What a row may be refused or warned for, besides what the package comment
// lists.
var (
	// ErrHeader: the header is missing, lacks a column, has it twice, or cannot
	// be read. No row is read then.
	ErrHeader = errors.New("unusable header")
	// ErrDuplicate: an earlier row has the same customer and document number.
	ErrDuplicate = errors.New("duplicate document number")

	// ErrDepends: the row names a document or an allocation whose own row is bad,
	// or is a part of such a document.
	ErrDepends = errors.New("depends on a bad row")

	// ErrDueEarly, a warning: due before the document date.
	ErrDueEarly = errors.New("due before the document date")
	// ErrOtherName, a warning: an earlier row has another name for the customer.
	ErrOtherName = errors.New("another name for the same customer")
)

// RowError is one fault, or one warning, of a row.
type RowError struct {
	File   string // the name of the text; empty where it has none
	Line   int    // where the row begins, counted from 1
	Column string // its name in the header; empty where the whole row is meant
	Value  string // what the cell holds
	Err    error  // what is wrong with it, and what would be right
}

func (e *RowError) Error() string {
	if e.Column == "" {
		return fmt.Sprintf("%s: %v", place(e.File, e.Line), e.Err)
	}
	return fmt.Sprintf("%s, column %q: %q: %v", place(e.File, e.Line), e.Column, textform.Short(e.Value), e.Err)
}

// place says where a row is, for messages.
func place(file string, line int) string {
	if file == "" {
		return fmt.Sprintf("line %d", line)
	}
	return fmt.Sprintf("%s, line %d", file, line)
}

// Unwrap returns the reason.
func (e *RowError) Unwrap() error { return e.Err }

// RowErrors are all the faults of a text: line by line, and those of one line in
// the order of Columns. A cell has one at most.
type RowErrors []*RowError

// Error returns the faults, one a line.
func (e RowErrors) Error() string {
	lines := make([]string, len(e))
	for i, fault := range e {
		lines[i] = fault.Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the faults, so that errors.Is and errors.As reach each of them.
func (e RowErrors) Unwrap() []error {
	errs := make([]error, len(e))
	for i, fault := range e {
		errs[i] = fault
	}
	return errs
}
