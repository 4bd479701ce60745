package credit

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// What a Profile may be refused for, besides ledger.ErrNoCustomer.
var (
	// ErrStatus: not a credit status.
	ErrStatus = errors.New("not a credit status")
	// ErrNegativeLimit: a credit limit is 0 or more.
	ErrNegativeLimit = errors.New("a credit limit below zero")
	// ErrCall: a call has a date and the caller's initials, or neither.
	ErrCall = errors.New("a call has a date and the initials of who called")
)

// Status is a customer's credit status. The text form, in JSON too, is "good",
// "watch" or "on-hold".
type Status uint8

// The statuses.
const (
	Good   Status = iota // orders go by the limit
	Watch                // orders are warned of
	OnHold               // orders are blocked
)

// statusNames is indexed by Status.
var statusNames = [...]string{"good", "watch", "on-hold"}

// String returns the text form.
func (s Status) String() string {
	if int(s) < len(statusNames) {
		return statusNames[s]
	}
	return fmt.Sprintf("Status(%d)", uint8(s))
}

// MarshalText implements encoding.TextMarshaler.
func (s Status) MarshalText() ([]byte, error) {
	if int(s) >= len(statusNames) {
		return nil, fmt.Errorf("%s: %w", s, ErrStatus)
	}
	return []byte(statusNames[s]), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (s *Status) UnmarshalText(text []byte) error {
	for i, name := range statusNames {
		if name == string(text) {
			*s = Status(i)
			return nil
		}
	}
	return &ar.ParseError{
		Type: "credit status", Text: string(text),
		Err: fmt.Errorf("%w: want one of %q", ar.ErrSyntax, statusNames),
	}
}

// Profile is what people set and write down about a customer's credit (SPEC C1,
// C3).
type Profile struct {
	Customer string // the customer's ID
	Revision int    // how many edits there were; a Book counts them

	Limit  ar.Money // the zero Money, which has no currency: no limit
	Status Status
	Terms  duedate.Terms // agreed for documents to come; zero: none

	CallNote string // on what is open now
	Remark   string // on the customer's credit
	LastCall Call
}

// Call is a call with the customer. The zero Call is none.
type Call struct {
	Date     ar.Date
	Initials string // of who called, not of who wrote it down
}

// String returns date and initials, as in "2026-03-31 JD", or nothing for no
// call.
func (c Call) String() string {
	if c == (Call{}) {
		return ""
	}
	return c.Date.String() + " " + c.Initials
}

// Validate reports every fault.
func (p *Profile) Validate() error {
	var errs []error
	if p.Customer == "" {
		errs = append(errs, ledger.ErrNoCustomer)
	}
	if p.Limit.Sign() < 0 {
		errs = append(errs, fmt.Errorf("%w: %s", ErrNegativeLimit, p.Limit))
	}
	if int(p.Status) >= len(statusNames) {
		errs = append(errs, fmt.Errorf("%s: %w", p.Status, ErrStatus))
	}
	if c := p.LastCall; c != (Call{}) && (!c.Date.Valid() || c.Initials == "") {
		errs = append(errs, fmt.Errorf("%w: %q, %q", ErrCall, c.Date, c.Initials))
	}
	return errors.Join(errs...)
}

// Alerts says what is written down, for the flags that people watch (SPEC C3).
type Alerts struct {
	Open      bool     // there are open items, so that a call note is offered
	CallNote  bool     // there is one, and it is offered
	Remark    bool     // there is one
	LastCall  bool     // there was one
	Footnotes []string // the numbers of the open items that have one
}

// Alerts returns the alerts of a customer who has these open items.
func (p *Profile) Alerts(open []ledger.Item) Alerts {
	a := Alerts{
		Open: len(open) > 0, CallNote: len(open) > 0 && p.CallNote != "",
		Remark: p.Remark != "", LastCall: p.LastCall != (Call{}),
	}
	for i := range open {
		if open[i].Flags.Has(ledger.Footnote) {
			a.Footnotes = append(a.Footnotes, open[i].Number)
		}
	}
	return a
}
