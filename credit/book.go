package credit

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/openreceivables/ar/ledger"
)

// What a Book or an Edit refuses.
var (
	// ErrStale: the profile was edited since it was read.
	ErrStale = errors.New("the credit profile was changed meanwhile")
	// ErrReadOnly: the scope modifies no location.
	ErrReadOnly = errors.New("the scope modifies no location")
	// ErrEditor: an edit does not say who made it, or when.
	ErrEditor = errors.New("an edit says who made it, and when")
)

// Field names a field of a Profile.
type Field string

// The fields, each with the text form of its values.
const (
	FieldLimit    Field = "limit"     // an amount, "5000.00 EUR", or empty
	FieldStatus   Field = "status"    // "good", "watch" or "on-hold"
	FieldTerms    Field = "terms"     // "net 30", or empty
	FieldCallNote Field = "call note" // the text
	FieldRemark   Field = "remark"    // the text
	FieldLastCall Field = "last call" // date and initials, "2026-03-31 JD", or empty
)

// Change is an entry of the audit trail: who changed what, when, from what to
// what (SPEC C3). It never changes.
type Change struct {
	Customer string
	Revision int // of the Profile that has the new value
	Field    Field
	From, To string // text forms
	By       string // who edited it
	At       time.Time
}

// Book keeps profiles and their audit trail, as a host stores them. A profile is
// at no location: any scope that views something reads it.
//
// Every method gives up with the context's error once that is done, and a scope
// that views nothing is ledger.ErrNoLocations.
type Book interface {
	// Profile returns the profile of a customer: one of Revision 0, without
	// anything but the ID, where there is none yet.
	Profile(ctx context.Context, scope ledger.Scope, customer string) (Profile, error)

	// SaveProfile replaces a profile and adds to its audit trail, both or
	// neither. It does so in one step if the stored one is of the Revision before
	// that of p, and returns ErrStale if it is not. Whether the scope may modify
	// anything is asked by those who edit: see Edit.
	SaveProfile(ctx context.Context, scope ledger.Scope, p Profile, changes []Change) error

	// Changes yields the audit trail of a customer, the earliest revision first
	// and its changes in the order in which SaveProfile was given them, and ends
	// after the first error. The caller may stop early.
	Changes(ctx context.Context, scope ledger.Scope, customer string) iter.Seq2[Change, error]
}

// Editor is who edits, and when.
type Editor struct {
	Name string
	At   time.Time
}

// Edit changes the profile of a customer by a function and returns what changed,
// field by field; nothing is written where nothing did. It never changes the
// customer's ID or the revision.
//
// A scope that modifies no location is ErrReadOnly, an editor without name or
// time ErrEditor; what is not valid then is the error of Validate, and a profile
// that somebody else edited in between ErrStale: nothing is written, and the edit
// may be made again.
func Edit(ctx context.Context, book Book, scope ledger.Scope, customer string, by Editor, edit func(*Profile)) ([]Change, error) {
	if err := scope.Check(); err != nil {
		return nil, err
	}
	if len(scope.Modifiable()) == 0 {
		return nil, ErrReadOnly
	}
	if by.Name == "" || by.At.IsZero() {
		return nil, ErrEditor
	}
	old, err := book.Profile(ctx, scope, customer)
	if err != nil {
		return nil, fmt.Errorf("credit profile of %q: %w", customer, err)
	}
	p := old
	edit(&p)
	p.Customer, p.Revision = customer, old.Revision+1
	if err := p.Validate(); err != nil {
		return nil, fmt.Errorf("credit profile of %q: %w", customer, err)
	}
	changes := compare(&old, &p, by)
	if len(changes) == 0 {
		return nil, nil
	}
	if err := book.SaveProfile(ctx, scope, p, changes); err != nil {
		return nil, fmt.Errorf("credit profile of %q: %w", customer, err)
	}
	return changes, nil
}

// compare returns a change for each field that differs.
func compare(from, to *Profile, by Editor) []Change {
	var changes []Change
	for _, f := range []struct {
		field    Field
		from, to string
	}{
		{FieldLimit, from.limit(), to.limit()},
		{FieldStatus, from.Status.String(), to.Status.String()},
		{FieldTerms, from.Terms.String(), to.Terms.String()},
		{FieldCallNote, from.CallNote, to.CallNote},
		{FieldRemark, from.Remark, to.Remark},
		{FieldLastCall, from.LastCall.String(), to.LastCall.String()},
	} {
		if f.from != f.to {
			changes = append(changes, Change{to.Customer, to.Revision, f.field, f.from, f.to, by.Name, by.At})
		}
	}
	return changes
}

// limit returns the text form of the limit, empty where there is none.
func (p *Profile) limit() string {
	if (Line{Limit: p.Limit}).limited() {
		return p.Limit.String()
	}
	return ""
}
