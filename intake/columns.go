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

// Columns names, for each field of an item, the column of the header that it is
// read from. A field with an empty name is not read. Customer, Date and Amount
// are required.
type Columns struct {
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
	Terms    string // a code of Options.Terms, or what duedate.Parse reads
	Footnote string // a remark
	Disputed string // yes, true, y, 1, or no, false, n, 0, or empty for no
}

// field is one of Columns.
type field int

const (
	fieldCustomer field = iota
	fieldName
	fieldNumber
	fieldDate
	fieldPosted
	fieldDue
	fieldSettled
	fieldAmount
	fieldCurrency
	fieldLocation
	fieldTerms
	fieldFootnote
	fieldDisputed
	numFields
)

// keys are the fields' names in the text form of Columns.
var keys = [numFields]string{
	"customer", "name", "number", "date", "posted", "due", "settled",
	"amount", "currency", "location", "terms", "footnote", "disputed",
}

func (c *Columns) fields() [numFields]*string {
	return [...]*string{
		&c.Customer, &c.Name, &c.Number, &c.Date, &c.Posted, &c.Due, &c.Settled,
		&c.Amount, &c.Currency, &c.Location, &c.Terms, &c.Footnote, &c.Disputed,
	}
}

// ParseColumns reads the text form: field=column pairs with commas between
// them, as in
//
//	customer=customerID,number=invoiceNumber,date=InvoiceDate,amount=Total
//
// The fields are customer, name, number, date, posted, due, settled, amount,
// currency, location, terms, footnote and disputed. A pair whose column has a
// comma or a quote is quoted as a cell of CSV is: "amount=Amount, net". The
// error, which reports every wrong pair, is a *ar.ParseError and ar.ErrSyntax.
// Whether the required fields are there is not checked here, but by
// Options.Validate.
func ParseColumns(text string) (Columns, error) {
	var c Columns
	pairs, err := splitPairs(text)
	if err != nil {
		return Columns{}, mappingError(text, err.Error())
	}
	var errs []error
	for _, pair := range pairs {
		if fault := c.set(pair); fault != "" {
			errs = append(errs, mappingError(pair, fault))
		}
	}
	if len(errs) > 0 {
		return Columns{}, errors.Join(errs...)
	}
	return c, nil
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
func (c *Columns) set(pair string) (fault string) {
	key, column, ok := strings.Cut(pair, "=")
	key, column = strings.TrimSpace(key), strings.TrimSpace(column)
	f := slices.Index(keys[:], key)
	switch {
	case !ok || column == "":
		return "want field=column"
	case f < 0:
		return fmt.Sprintf("no field %q, want one of %s", key, strings.Join(keys[:], ", "))
	}
	to := c.fields()[f]
	if *to != "" {
		return fmt.Sprintf("%s has column %q already", key, *to)
	}
	*to = column
	return ""
}

// String returns the text form, in the order of the fields.
func (c Columns) String() string {
	var pairs []string
	for f, column := range c.fields() {
		if *column != "" {
			pairs = append(pairs, keys[f]+"="+*column)
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

// Validate reports every required field that has no column.
func (c Columns) Validate() error {
	var errs []error
	for _, f := range []field{fieldCustomer, fieldDate, fieldAmount} {
		if *c.fields()[f] == "" {
			errs = append(errs, fmt.Errorf("no column for %s", keys[f]))
		}
	}
	return errors.Join(errs...)
}

// places says where in a row each field stands, or −1.
type places [numFields]int

// locate finds the columns in the header.
func (c Columns) locate(header []string) (places, error) {
	var at places
	var missing, faults []string
	for f, column := range c.fields() {
		at[f] = slices.Index(header, *column)
		switch {
		case *column == "":
			at[f] = -1
		case at[f] < 0:
			missing = append(missing, fmt.Sprintf("%q (%s)", *column, keys[f]))
		case slices.Contains(header[at[f]+1:], *column):
			faults = append(faults, fmt.Sprintf("column %q (%s) is there twice", *column, keys[f]))
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
