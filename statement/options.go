package statement

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// What a statement may be refused for, besides ErrPeriod and bucket.ErrEmpty.
var (
	// ErrBeforeCutover: the statement ends before the cut-over date, and nothing
	// is outstanding on it: it is neither previewed nor reprinted (SPEC S5).
	ErrBeforeCutover = errors.New("a statement from before the cut-over date with nothing outstanding")
	// ErrNeedsAccount: bare open items do not tell what happened in a period, so
	// only an account has a statement in balance-forward form.
	ErrNeedsAccount = errors.New("the balance-forward form needs an account")
)

// Options say what statement to make. Period and Buckets are required; the zero
// values of the others are the usual choices.
type Options struct {
	Period  Period     // what is open, is open at the end of its last day
	Form    Form       // zero: OpenItem
	Buckets bucket.Set // of the ageing box; one that depends on the date is resolved for the last day

	// Overdue says what counts as overdue in the summary box, and Previous are
	// the saved statements that OnStatement asks about. Preview, Save and Email
	// find them by themselves.
	Overdue  OverdueRule
	Previous []*Statement

	SplitCurrent bool // break current into due now and not yet due (SPEC S3)
	NoDueDates   bool // leave the due dates off (SPEC S2)

	Cutover ar.Date // the day from which on the host keeps its books here; zero: there is none

	Name     func(customer string) string // for people; nil: that of the account
	Footnote func(*Line) string           // the text of a footnote that only a flag tells of, as of bare items; nil: it has none
}

// Form is how a statement tells what is owed (SPEC S1).
type Form uint8

// The forms.
const (
	OpenItem       Form = iota // every open item
	BalanceForward             // the opening balance, the period's documents, the closing balance
)

// formNames is indexed by Form.
var formNames = [...]string{"open-item", "balance-forward"}

// String returns the text form: "open-item" or "balance-forward".
func (f Form) String() string { return nameOf("Form", formNames[:], uint8(f)) }

// MarshalText implements encoding.TextMarshaler.
func (f Form) MarshalText() ([]byte, error) {
	return marshalName("form of a statement", formNames[:], uint8(f))
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (f *Form) UnmarshalText(text []byte) error {
	i, err := unmarshalName("form of a statement", formNames[:], text)
	if err == nil {
		*f = Form(i)
	}
	return err
}

// OverdueRule is what counts as overdue (SPEC S3).
type OverdueRule uint8

// The rules.
const (
	PastDue     OverdueRule = iota // what is past its due date
	OnStatement                    // what is past it, and was unpaid on an earlier saved statement, if only in its opening balance
)

// ruleNames is indexed by OverdueRule.
var ruleNames = [...]string{"past-due", "on-statement"}

// String returns the text form: "past-due" or "on-statement".
func (r OverdueRule) String() string { return nameOf("OverdueRule", ruleNames[:], uint8(r)) }

// MarshalText implements encoding.TextMarshaler.
func (r OverdueRule) MarshalText() ([]byte, error) {
	return marshalName("overdue rule", ruleNames[:], uint8(r))
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *OverdueRule) UnmarshalText(text []byte) error {
	i, err := unmarshalName("overdue rule", ruleNames[:], text)
	if err == nil {
		*r = OverdueRule(i)
	}
	return err
}

func nameOf(typ string, names []string, i uint8) string {
	if int(i) < len(names) {
		return names[i]
	}
	return fmt.Sprintf("%s(%d)", typ, i)
}

func marshalName(typ string, names []string, i uint8) ([]byte, error) {
	if int(i) >= len(names) {
		return nil, fmt.Errorf("%s %d is not defined", typ, i)
	}
	return []byte(names[i]), nil
}

func unmarshalName(typ string, names []string, text []byte) (uint8, error) {
	for i, name := range names {
		if name == string(text) {
			return uint8(i), nil
		}
	}
	return 0, &ar.ParseError{Type: typ, Text: string(text), Err: fmt.Errorf("%w: want one of %q", ar.ErrSyntax, names)}
}

// frame is what the statements of one call have in common: the options,
// checked, with the buckets resolved.
type frame struct {
	period       Period
	form         Form
	buckets      bucket.Set
	overdue      OverdueRule
	splitCurrent bool
	noDueDates   bool

	// What only making a statement needs.
	cutover   ar.Date
	name      func(string) string
	footnote  func(*Line) string
	shown     listed
	forwarded []forwarded

	locations []string // that an account's statement was made for, as a later one asks
}

func (o *Options) frame() (*frame, error) {
	if err := o.Period.Validate(); err != nil {
		return nil, err
	}
	set, err := o.Buckets.Resolve(o.Period.To)
	if err != nil {
		return nil, fmt.Errorf("the buckets of the ageing box: %w", err)
	}
	if _, err := o.Form.MarshalText(); err != nil {
		return nil, err
	}
	if _, err := o.Overdue.MarshalText(); err != nil {
		return nil, err
	}
	f := &frame{
		period: o.Period, form: o.Form, buckets: set, overdue: o.Overdue,
		splitCurrent: o.SplitCurrent, noDueDates: o.NoDueDates,
		cutover: o.Cutover, name: o.Name, footnote: o.Footnote,
	}
	if o.Overdue == OnStatement {
		f.shown, f.forwarded = unpaidOn(o.Previous), forwardedBy(o.Previous)
	}
	return f, nil
}

func (f *frame) beforeCutover(cutover ar.Date) error {
	return fmt.Errorf("%w: %s, and the cut-over date is %s", ErrBeforeCutover, f.period, cutover)
}

// nameOf returns the name of a customer, given that of the account.
func (f *frame) nameOf(c ledger.Customer) string {
	if f.name != nil {
		return f.name(c.ID)
	}
	return c.Name
}
