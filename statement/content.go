package statement

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// Version is the version of the format in which statements are saved.
const Version = 1

// What reading a saved statement may fail for, besides ErrUnbalanced.
var (
	// ErrVersion: the content is in a format that this version of the library
	// does not know.
	ErrVersion = errors.New("unknown format of a saved statement")
	// ErrContent: the content is not a statement in the format of its version.
	ErrContent = errors.New("malformed content of a saved statement")
)

// The content of version 1. It never changes: what is new is a new version.
type (
	content struct {
		Customer     string           `json:"customer"`
		Name         string           `json:"name,omitempty"`
		From         ar.Date          `json:"from"`
		To           ar.Date          `json:"to"`
		Form         Form             `json:"form"`
		Overdue      OverdueRule      `json:"overdue_rule"`
		SplitCurrent bool             `json:"split_current,omitempty"`
		NoDueDates   bool             `json:"no_due_dates,omitempty"`
		Buckets      bucket.Set       `json:"buckets"`
		Sections     []sectionContent `json:"sections"`
	}

	// Amounts are of the section's currency; those left out are 0.
	sectionContent struct {
		Currency  ar.Currency   `json:"currency"`
		Opening   string        `json:"opening,omitempty"`
		Lines     []lineContent `json:"lines"`
		Exchanged string        `json:"exchanged,omitempty"`
		Elsewhere string        `json:"elsewhere,omitempty"`
		Balance   string        `json:"balance"`
		Amounts   []string      `json:"amounts"`
		Unapplied string        `json:"unapplied,omitempty"`
		Overdue   string        `json:"overdue,omitempty"`
		DueNow    string        `json:"due_now,omitempty"`
		NotYetDue string        `json:"not_yet_due,omitempty"`
	}

	lineContent struct {
		Document    string      `json:"document,omitempty"`
		Number      string      `json:"number,omitempty"`
		Part        int         `json:"part,omitempty"`
		Kind        ledger.Kind `json:"kind,omitempty"`
		Date        ar.Date     `json:"date"`
		Due         *ar.Date    `json:"due,omitempty"`
		Amount      string      `json:"amount,omitempty"` // left out: not known
		Outstanding string      `json:"outstanding,omitempty"`
		DaysPastDue int         `json:"days_past_due,omitempty"`
		Held        int         `json:"held,omitempty"`
		Disputed    bool        `json:"disputed,omitempty"`
		OnHold      bool        `json:"on_hold,omitempty"`
		HasFootnote bool        `json:"has_footnote,omitempty"`
		Footnote    string      `json:"footnote,omitempty"`
		Balance     string      `json:"balance"`
	}
)

// encode returns the content of a statement, which decode makes the same
// statement of.
func encode(s *Statement) ([]byte, error) {
	c := content{
		Customer: s.Customer(), Name: s.Name(), From: s.period.From, To: s.period.To, Form: s.form,
		Overdue: s.overdue, SplitCurrent: s.splitCurrent, NoDueDates: s.noDueDates,
		Buckets: s.buckets, Sections: make([]sectionContent, len(s.sections)),
	}
	for i := range s.sections {
		c.Sections[i] = s.sections[i].content()
	}
	return json.Marshal(c)
}

func (s *Section) content() sectionContent {
	lines := s.Lines()
	c := sectionContent{
		Currency: s.Currency(), Opening: amount(s.Opening()), Lines: make([]lineContent, len(lines)),
		Exchanged: amount(s.Exchanged()), Elsewhere: amount(s.Elsewhere()), Balance: s.Balance().Amount(),
		Unapplied: amount(s.Unapplied()), Overdue: amount(s.Overdue()),
		DueNow: amount(s.DueNow()), NotYetDue: amount(s.NotYetDue()),
	}
	for i := range lines {
		c.Lines[i] = lines[i].content()
	}
	for _, m := range s.Amounts() {
		c.Amounts = append(c.Amounts, m.Amount())
	}
	return c
}

// amount leaves out 0.
func amount(m ar.Money) string {
	if m.IsZero() {
		return ""
	}
	return m.Amount()
}

func (l *Line) content() lineContent {
	c := lineContent{
		Document: l.Document, Number: l.Number, Part: l.Part, Kind: l.Kind, Date: l.Date,
		Amount: amount(l.Amount), Outstanding: amount(l.Outstanding),
		DaysPastDue: l.DaysPastDue, Held: l.Held,
		Disputed: l.Flags.Has(ledger.Disputed), OnHold: l.Flags.Has(ledger.OnHold),
		HasFootnote: l.Flags.Has(ledger.Footnote), Footnote: l.Footnote, Balance: l.Balance.Amount(),
	}
	if !l.Due.IsZero() {
		c.Due = &l.Due
	}
	return c
}

// decode returns the statement that content of a version says.
func decode(version int, data []byte) (*Statement, error) {
	if version != Version {
		return nil, fmt.Errorf("%w: version %d, and this library knows version %d", ErrVersion, version, Version)
	}
	var c content
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrContent, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%w: more follows after the statement", ErrContent)
	}
	s, err := c.statement()
	if err != nil && !errors.Is(err, ErrUnbalanced) {
		err = fmt.Errorf("%w: %w", ErrContent, err)
	}
	return s, err
}

func (c *content) statement() (*Statement, error) {
	opt := Options{
		Period: Period{c.From, c.To}, Form: c.Form, Buckets: c.Buckets,
		Overdue: c.Overdue, SplitCurrent: c.SplitCurrent, NoDueDates: c.NoDueDates,
	}
	f, err := opt.frame()
	if err != nil {
		return nil, err
	}
	if c.Customer == "" {
		return nil, ledger.ErrNoCustomer
	}
	sections := make([]Section, len(c.Sections))
	for i := range c.Sections {
		if sections[i], err = c.Sections[i].section(f); err != nil {
			return nil, fmt.Errorf("section %d: %w", i+1, err)
		}
	}
	return newStatement(f, c.Customer, c.Name, sections)
}

// parser reads amounts of a currency up to the first error.
type parser struct {
	cur ar.Currency
	err error
}

// money reads an amount; a missing one is 0.
func (p *parser) money(text string) ar.Money {
	if text == "" {
		text = "0"
	}
	m, err := ar.ParseAmount(text, p.cur, ar.NoRounding)
	if p.err == nil {
		p.err = err
	}
	return m
}

func (c *sectionContent) section(f *frame) (Section, error) {
	p := parser{cur: c.Currency}
	s := Section{written: &written{frame: f, cur: c.Currency}}
	if len(c.Amounts) != f.buckets.Len() {
		return s, fmt.Errorf("%d amounts of %d buckets", len(c.Amounts), f.buckets.Len())
	}
	sums := append(slices.Clone(c.Amounts), make([]string, boxes)...)
	for b, text := range map[box]string{
		unapplied: c.Unapplied, overdue: c.Overdue, dueNow: c.DueNow, notYetDue: c.NotYetDue,
		balance: c.Balance, opening: c.Opening, exchanged: c.Exchanged, elsewhere: c.Elsewhere,
	} {
		sums[f.buckets.Len()+int(b)] = text
	}
	for _, text := range sums {
		s.sums = append(s.sums, p.money(text))
	}
	for i := range c.Lines {
		l := c.Lines[i].line(&p)
		if !l.Date.Valid() || l.Due < 0 || l.Due > ar.MaxDate {
			return s, fmt.Errorf("line %d: %w", i+1, ledger.ErrNoDate)
		}
		s.lines = append(s.lines, l)
	}
	return s, p.err
}

func (c *lineContent) line(p *parser) Line {
	l := Line{
		Document: c.Document, Number: c.Number, Part: c.Part, Kind: c.Kind, Date: c.Date,
		Outstanding: p.money(c.Outstanding), DaysPastDue: c.DaysPastDue, Held: c.Held,
		Footnote: c.Footnote, Balance: p.money(c.Balance),
	}
	if m := p.money(c.Amount); !m.IsZero() { // no document has an amount of 0
		l.Amount = m
	}
	if c.Due != nil {
		l.Due = *c.Due
	}
	if c.Disputed {
		l.Flags |= ledger.Disputed
	}
	if c.OnHold {
		l.Flags |= ledger.OnHold
	}
	if c.HasFootnote {
		l.Flags |= ledger.Footnote
	}
	return l
}
