package intake

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/openreceivables/ar"
)

// field is what a column can mean, in a text of any kind. The faults of a line
// come in this order, in which the fields of every Columns type are too.
type field int

const (
	fieldID field = iota
	fieldKind
	fieldDocument
	fieldCredit
	fieldDebit
	fieldCustomer
	fieldName
	fieldNumber
	fieldDate
	fieldPosted
	fieldDue
	fieldSettled
	fieldPart
	fieldAmount
	fieldDebitAmount
	fieldCreditAmount
	fieldCurrency
	fieldBooking
	fieldTaken
	fieldRate
	fieldLocation
	fieldTerms
	fieldFootnote
	fieldDisputed
	fieldOnHold
	fieldRule
	fieldReversed
	fieldReason
	fieldWith
	numFields
)

// keys are the fields' names in the text form of columns.
var keys = [numFields]string{
	"id", "kind", "document", "credit", "debit", "customer", "name", "number", "date", "posted", "due", "settled",
	"part", "amount", "debit-amount", "credit-amount", "currency", "booking", "taken", "rate", "location", "terms",
	"footnote", "disputed", "on-hold", "rule", "reversed", "reason", "with",
}

// column says which column of a header a field is read from.
type column struct {
	field field
	name  *string // a field of a Columns type; empty: not read
}

// columns are what a Columns type says, in the order of its fields.
type columns []column

// ParseColumns reads the text form of columns: field=column pairs with commas
// between them, as in
//
//	customer=customerID,number=invoiceNumber,date=InvoiceDate,amount=Total
//
// The fields are those of the type, in small letters and with hyphens:
// debit-amount. A pair whose column has a comma or a quote is quoted as a cell
// of CSV is: "amount=Amount, net". The error, which reports every wrong pair, is
// a *ar.ParseError and ar.ErrSyntax. Whether the required fields are there is
// not checked here, but where the columns are used.
func ParseColumns[C ItemColumns | DocumentColumns | AllocationColumns | StatusColumns](text string) (C, error) {
	var c, none C
	pairs, err := splitPairs(text)
	if err != nil {
		return none, mappingError(text, err.Error())
	}
	var errs []error
	for _, pair := range pairs {
		if fault := columnsOf(&c).set(pair); fault != "" {
			errs = append(errs, mappingError(pair, fault))
		}
	}
	if len(errs) > 0 {
		return none, errors.Join(errs...)
	}
	return c, nil
}

// columnsOf returns the columns of a pointer to one of the Columns types.
func columnsOf(c any) columns {
	switch c := c.(type) {
	case *ItemColumns:
		return c.columns()
	case *DocumentColumns:
		return c.columns()
	case *AllocationColumns:
		return c.columns()
	case *StatusColumns:
		return c.columns()
	}
	return nil
}

func mappingError(text, fault string) error {
	return &ar.ParseError{Type: "column mapping", Text: text, Err: fmt.Errorf("%w: %s", ar.ErrSyntax, fault)}
}

func splitPairs(text string) ([]string, error) {
	r := csv.NewReader(strings.NewReader(text))
	r.TrimLeadingSpace = true
	pairs, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, nil
	}
	if err != nil {
		return nil, errors.New(`quote a whole pair, as in "amount=Amount, net", and double the quotes in it`)
	}
	if _, err := r.Read(); !errors.Is(err, io.EOF) {
		return nil, errors.New("want one line")
	}
	return pairs, nil
}

// set takes one pair, and returns what is wrong with it.
func (cs columns) set(pair string) (fault string) {
	key, name, ok := strings.Cut(pair, "=")
	key, name = strings.TrimSpace(key), strings.TrimSpace(name)
	i := slices.IndexFunc(cs, func(c column) bool { return keys[c.field] == key })
	switch {
	case !ok || name == "":
		return "want field=column"
	case i < 0:
		known := make([]string, len(cs))
		for i, c := range cs {
			known[i] = keys[c.field]
		}
		return fmt.Sprintf("no field %q, want one of %s", key, strings.Join(known, ", "))
	case *cs[i].name != "":
		return fmt.Sprintf("%s has column %q already", key, *cs[i].name)
	}
	*cs[i].name = name
	return ""
}

// String returns the text form, in the order of the fields.
func (cs columns) String() string {
	var pairs []string
	for _, c := range cs {
		if *c.name != "" {
			name := strings.ReplaceAll(*c.name, "\r\n", "\r\r\n") // to read CSV takes one \r off before \n
			pairs = append(pairs, keys[c.field]+"="+name)
		}
	}
	if len(pairs) == 0 {
		return ""
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	_ = w.Write(pairs) // a Builder takes all, and the error would come from Flush
	w.Flush()
	return strings.TrimSuffix(b.String(), "\n")
}

// require reports each of some fields that has no column.
func (cs columns) require(fields ...field) (errs []error) {
	names := cs.names()
	for _, f := range fields {
		if names[f] == "" {
			errs = append(errs, fmt.Errorf("no column for %s", keys[f]))
		}
	}
	return errs
}

// names returns the names of the columns, by field.
func (cs columns) names() (names [numFields]string) {
	for _, c := range cs {
		names[c.field] = strings.TrimSpace(*c.name)
	}
	return names
}

// locate finds columns in the header: where in a row each field stands, or −1.
func locate(names *[numFields]string, header []string) (at [numFields]int, err error) {
	var missing, faults []string
	for f, name := range names {
		at[f] = slices.Index(header, name)
		switch {
		case name == "":
			at[f] = -1
		case at[f] < 0:
			missing = append(missing, fmt.Sprintf("%q (%s)", name, keys[f]))
		case slices.Contains(header[at[f]+1:], name):
			faults = append(faults, fmt.Sprintf("column %q (%s) is there twice", name, keys[f]))
		}
	}
	if len(missing) > 0 {
		faults = append(faults, "no column "+strings.Join(missing, ", "))
	}
	if len(faults) > 0 {
		return at, fmt.Errorf("%w: %s; it has %s", ErrHeader, strings.Join(faults, "; "), quoteAll(header))
	}
	return at, nil
}

func quoteAll(texts []string) string {
	quoted := make([]string, len(texts))
	for i, t := range texts {
		quoted[i] = fmt.Sprintf("%q", t)
	}
	return strings.Join(quoted, ", ")
}
