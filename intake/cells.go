package intake

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/internal/textform"
	"github.com/openreceivables/ar/ledger"
)

// cell returns what a field's cell holds, without space around it; nothing
// where the field has no column.
func (s *sheet) cell(f field) string {
	if s.at[f] < 0 {
		return ""
	}
	return strings.TrimSpace(s.cells[s.at[f]])
}

// checkText reports cells that are not UTF-8.
func (s *sheet) checkText() {
	for f, at := range s.at {
		if at >= 0 && !utf8.ValidString(s.cells[at]) {
			s.fault(field(f), fmt.Errorf("%w: not UTF-8, which the text must be", ar.ErrSyntax))
		}
	}
}

// text returns a copy of what a field's cell holds.
func (s *sheet) text(f field) string { return strings.Clone(s.cell(f)) }

// recurring is text for what many rows have, of which one copy is kept.
func (s *sheet) recurring(f field) string {
	text := s.cell(f)
	if copied, ok := s.texts[text]; ok {
		return copied
	}
	text = strings.Clone(text)
	s.texts[text] = text
	return text
}

// customer returns the customer's ID, which must be there.
func (s *sheet) customer() string {
	id := s.recurring(fieldCustomer)
	if id == "" {
		s.fault(fieldCustomer, ledger.ErrNoCustomer)
	}
	return id
}

// day returns a date, zero where there is none.
func (s *sheet) day(f field) ar.Date {
	text := s.cell(f)
	if text == "" {
		return 0
	}
	d, err := parseDay(text, s.DateLayout)
	if err != nil {
		s.fault(f, err)
	}
	return d
}

// date returns the date of a document, or of what else must have one.
func (s *sheet) date(none error) ar.Date {
	d := s.day(fieldDate)
	if d.IsZero() {
		s.fault(fieldDate, none)
	}
	return d
}

// count returns a number that counts from 1, zero where there is none.
func (s *sheet) count(f field) int {
	text := s.cell(f)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		s.fault(f, fmt.Errorf("%w: want a number that counts from 1", ar.ErrSyntax))
		return 0
	}
	return n
}

// money returns an amount in a currency. Where nobody knows the currency it only
// has to be a number, as nobody knows how many decimals there may be.
func (s *sheet) money(f field, cur ar.Currency) ar.Money {
	var m ar.Money
	var err error
	if cur.IsZero() {
		_, err = s.plain(s.cell(f))
	} else {
		m, err = s.parseAmount(s.cell(f), cur, s.Rounding)
	}
	if err != nil {
		s.fault(f, err)
	}
	return m
}

// currency returns the row's own, or the default; zero where it is at fault.
func (s *sheet) currency(byDefault ar.Currency) ar.Currency {
	text := s.cell(fieldCurrency)
	if text == "" && !byDefault.IsZero() {
		return byDefault
	}
	c, err := ar.ParseCurrency(text)
	if err != nil {
		s.fault(fieldCurrency, bare(err))
		return ar.Currency{}
	}
	if _, ok := c.Decimals(); !ok {
		s.fault(fieldCurrency, ar.ErrNoMinorUnits)
		return ar.Currency{}
	}
	return c
}

// rate returns a rate of exchange, zero where there is none.
func (s *sheet) rate(f field) ar.Rate {
	text := s.cell(f)
	if text == "" {
		return ar.Rate{}
	}
	plain, err := s.plain(text)
	if err != nil {
		s.fault(f, err)
		return ar.Rate{}
	}
	r, err := ar.ParseRate(plain)
	switch {
	case err != nil:
		s.fault(f, bare(err))
	case r.Sign() <= 0:
		s.fault(f, fmt.Errorf("%w: want one above zero, or none", ledger.ErrRate))
	}
	return r
}

// flag returns a flag if the field's cell says yes.
func (s *sheet) flag(f field, flag ledger.Flags) ledger.Flags {
	text := s.cell(f)
	isAny := func(words ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return strings.EqualFold(text, word) })
	}
	switch {
	case isAny("yes", "true", "y", "1"):
		return flag
	case !isAny("no", "false", "n", "0", ""):
		s.fault(f, fmt.Errorf("%w: want yes, true, y or 1, or no, false, n, 0 or nothing", ar.ErrSyntax))
	}
	return 0
}

// status returns the flags that people set and take back.
func (s *sheet) status() ledger.Flags {
	return s.flag(fieldDisputed, ledger.Disputed) | s.flag(fieldOnHold, ledger.OnHold)
}

// rowTerms returns the terms that a row names; nil for those that are due on
// the document's date. Rows of one code share them.
func (s *sheet) rowTerms() *duedate.Terms {
	given := s.cells[s.at[fieldTerms]]
	if t, ok := s.terms[given]; ok {
		return t
	}
	text := strings.TrimSpace(given)
	t, ok := s.codes[given]
	if !ok {
		t, ok = s.codes[text]
	}
	if !ok {
		var err error
		if t, err = duedate.Parse(text); err != nil {
			s.fault(fieldTerms, s.noTerms(err))
			return nil
		}
	}
	var shared *duedate.Terms
	if !t.IsZero() {
		shared = &t
	}
	s.terms[strings.Clone(given)] = shared
	return shared
}

// noTerms says why a cell is not terms, in other words than its *ParseError, as
// the RowError has the text already.
func (s *sheet) noTerms(err error) error {
	why := err.Error()
	if wrong := (*duedate.ParseError)(nil); errors.As(err, &wrong) {
		where := "at the end"
		if wrong.Part != "" {
			where = fmt.Sprintf("%q", textform.Short(wrong.Part))
		}
		why = where + ": " + wrong.Reason
	}
	if len(s.codes) > 0 {
		why = "neither a code of the table nor terms: " + why
	}
	return fmt.Errorf("%w: %s", ar.ErrSyntax, why)
}
