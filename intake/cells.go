package intake

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/internal/textform"
	"github.com/openreceivables/ar/ledger"
)

// parse turns the cells at hand into a row, and says which field its due date
// comes from. Where it reports a fault the row is not to be used.
func (p *parser) parse() (row Row, dueFrom field) {
	p.checkText()
	it := ledger.Item{
		Customer: p.recurring(fieldCustomer),
		Location: p.recurring(fieldLocation),
		Date:     p.day(fieldDate),
		Posted:   p.day(fieldPosted),
		Closed:   p.day(fieldSettled),

		Outstanding: p.outstanding(),
	}
	if it.Customer == "" {
		p.fault(fieldCustomer, ledger.ErrNoCustomer)
	}
	if it.Date.IsZero() {
		p.fault(fieldDate, ledger.ErrNoDate)
	}
	if !it.Closed.IsZero() && it.Closed < it.Date {
		p.fault(fieldSettled, fmt.Errorf("%w %s", ledger.ErrClosedEarly, it.Date))
	}
	it.Number = p.number(it.Customer)
	if p.disputed() {
		it.Flags |= ledger.Disputed
	}
	if row.Footnote = strings.Clone(p.cell(fieldFootnote)); row.Footnote != "" {
		it.Flags |= ledger.Footnote
	}
	it.Due, row.Terms, dueFrom = p.due(it.Date)
	row.Item, row.Line = it, p.line
	return row, dueFrom
}

// cell returns what a field's cell holds, without space around it; nothing
// where the field has no column.
func (p *parser) cell(f field) string {
	if p.at[f] < 0 {
		return ""
	}
	return strings.TrimSpace(p.cells[p.at[f]])
}

// checkText reports cells that are not UTF-8.
func (p *parser) checkText() {
	for f, at := range p.at {
		if at >= 0 && !utf8.ValidString(p.cells[at]) {
			p.fault(field(f), fmt.Errorf("%w: not UTF-8, which the text must be", ar.ErrSyntax))
		}
	}
}

// recurring returns a text that many rows have, of which one copy is kept.
func (p *parser) recurring(f field) string {
	text := p.cell(f)
	if copied, ok := p.texts[text]; ok {
		return copied
	}
	text = strings.Clone(text)
	p.texts[text] = text
	return text
}

// number returns the document's number, which must be new to the customer.
func (p *parser) number(customer string) string {
	text := p.cell(fieldNumber)
	if text == "" || customer == "" {
		return ""
	}
	if line, ok := p.documents[document{customer, text}]; ok {
		p.fault(fieldNumber, fmt.Errorf("%w: customer %q has it in line %d already", ErrDuplicate, customer, line))
		return ""
	}
	text = strings.Clone(text)
	p.documents[document{customer, text}] = p.line
	return text
}

// day returns a date, zero where there is none.
func (p *parser) day(f field) ar.Date {
	text := p.cell(f)
	if text == "" {
		return 0
	}
	d, err := parseDay(text, p.opt.DateLayout)
	if err != nil {
		p.fault(f, err)
	}
	return d
}

// outstanding returns the amount.
func (p *parser) outstanding() ar.Money {
	cur, err := p.currency()
	if err != nil {
		p.fault(fieldCurrency, err)
		// Not a word about decimals, as nobody knows how many there may be.
		if _, err := p.plain(p.cell(fieldAmount)); err != nil {
			p.fault(fieldAmount, err)
		}
		return ar.Money{}
	}
	m, err := p.parseAmount(p.cell(fieldAmount), cur, p.opt.Rounding)
	if err != nil {
		p.fault(fieldAmount, err)
	}
	return m
}

// currency returns the row's own, or the default.
func (p *parser) currency() (ar.Currency, error) {
	text := p.cell(fieldCurrency)
	if text == "" && !p.opt.Currency.IsZero() {
		return p.opt.Currency, nil
	}
	c, err := ar.ParseCurrency(text)
	if err != nil {
		return c, bare(err)
	}
	if _, ok := c.Decimals(); !ok {
		return c, ar.ErrNoMinorUnits
	}
	return c, nil
}

// disputed reads a yes or no.
func (p *parser) disputed() bool {
	text := p.cell(fieldDisputed)
	isAny := func(words ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.EqualFold(text, word) })
	}
	yes := isAny("yes", "true", "y", "1")
	if !yes && !isAny("no", "false", "n", "0", "") {
		p.fault(fieldDisputed, fmt.Errorf("%w: want yes, true, y or 1, or no, false, n, 0 or nothing", ar.ErrSyntax))
	}
	return yes
}

// due returns the due date of a document of date doc, the terms that gave it,
// and the field that it goes back to.
func (p *parser) due(doc ar.Date) (ar.Date, *duedate.Terms, field) {
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

// rowTerms returns the terms that a row names; nil for those that are due on
// the document's date.
func (p *parser) rowTerms() *duedate.Terms {
	given := p.cells[p.at[fieldTerms]]
	if t, ok := p.terms[given]; ok {
		return t
	}
	text := strings.TrimSpace(given)
	t, ok := p.opt.Terms[given]
	if !ok {
		t, ok = p.opt.Terms[text]
	}
	if !ok {
		var err error
		if t, err = duedate.Parse(text); err != nil {
			p.fault(fieldTerms, p.noTerms(err))
			return nil
		}
	}
	var shared *duedate.Terms
	if !t.IsZero() {
		shared = &t
	}
	p.terms[strings.Clone(given)] = shared
	return shared
}

// noTerms says why a cell is not terms, in other words than its *ParseError, as
// the RowError has the text already.
func (p *parser) noTerms(err error) error {
	why := err.Error()
	if wrong := (*duedate.ParseError)(nil); errors.As(err, &wrong) {
		where := "at the end"
		if wrong.Part != "" {
			where = fmt.Sprintf("%q", textform.Short(wrong.Part))
		}
		why = where + ": " + wrong.Reason
	}
	if len(p.opt.Terms) > 0 {
		why = "neither a code of the table nor terms: " + why
	}
	return fmt.Errorf("%w: %s", ar.ErrSyntax, why)
}
