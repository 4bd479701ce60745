package ledger

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/openreceivables/ar"
)

// Errors of a Scope.
var (
	// ErrNoLocations: a scope without a location that may be viewed sees
	// nothing, and whoever asks in its name is refused (SPEC A4).
	ErrNoLocations = errors.New("the scope has no location that may be viewed")
	// ErrNotViewable: the location is outside of what the scope views.
	ErrNotViewable = errors.New("the scope does not view it")
	// ErrNotModifiable: the scope views the location, but may not modify it.
	ErrNotModifiable = errors.New("the scope may not modify it")
)

// LocationError says which location is refused, and why: ErrNotViewable or
// ErrNotModifiable.
type LocationError struct {
	Location string
	Err      error
}

func (e *LocationError) Error() string { return fmt.Sprintf("location %q: %v", e.Location, e.Err) }

// Unwrap returns the reason.
func (e *LocationError) Unwrap() error { return e.Err }

// Scope says which locations a caller may view, and which of these the caller
// may modify (SPEC A4). Whatever reads or writes storage takes one. The empty
// location, of documents that have none, is a location like any other.
//
// A Scope is immutable. The zero Scope views nothing and is refused everywhere.
type Scope struct{ view, modify []string } // in order, without duplicates

// NewScope returns the scope of some locations to view, and some of them to
// modify. No location to view is ErrNoLocations; one to modify that is not to be
// viewed is a *LocationError with ErrNotViewable.
func NewScope(view, modify []string) (Scope, error) {
	s := Scope{view: distinct(view), modify: distinct(modify)}
	if err := s.Check(); err != nil {
		return Scope{}, err
	}
	if err := s.refuse(s.modify, s.Views, ErrNotViewable); err != nil {
		return Scope{}, err
	}
	return s, nil
}

func distinct(locations []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(locations)))
}

// refuse returns an error for each location that is not allowed.
func (s Scope) refuse(locations []string, allowed func(string) bool, reason error) error {
	var errs []error
	for _, l := range locations {
		if !allowed(l) {
			errs = append(errs, &LocationError{l, reason})
		}
	}
	return errors.Join(errs...)
}

// Check returns ErrNoLocations for a scope that views nothing.
func (s Scope) Check() error {
	if len(s.view) == 0 {
		return ErrNoLocations
	}
	return nil
}

// Views reports whether the scope views a location.
func (s Scope) Views(location string) bool {
	_, ok := slices.BinarySearch(s.view, location)
	return ok
}

// Modifies reports whether the scope may modify a location.
func (s Scope) Modifies(location string) bool {
	_, ok := slices.BinarySearch(s.modify, location)
	return ok
}

// Viewable returns the locations that the scope views, in order.
func (s Scope) Viewable() []string { return slices.Clone(s.view) }

// Modifiable returns the locations that the scope may modify, in order.
func (s Scope) Modifiable() []string { return slices.Clone(s.modify) }

// Narrow returns the scope of some of its locations; none are all of them. A
// location outside the scope is a *LocationError with ErrNotViewable, and all of
// them are reported: asking for it is an error, not an empty result (SPEC A4).
func (s Scope) Narrow(locations ...string) (Scope, error) {
	if err := s.Check(); err != nil {
		return Scope{}, err
	}
	if len(locations) == 0 {
		return s, nil
	}
	n := Scope{view: distinct(locations)}
	if err := s.refuse(n.view, s.Views, ErrNotViewable); err != nil {
		return Scope{}, err
	}
	n.modify = slices.DeleteFunc(slices.Clone(n.view), func(l string) bool { return !s.Modifies(l) })
	return n, nil
}

// CheckModify returns an error unless the scope may modify each of the
// locations, and all that it views where none are given: what is neither viewed
// nor modified is a *LocationError with ErrNotViewable, what is only viewed is
// one with ErrNotModifiable. All are reported.
func (s Scope) CheckModify(locations ...string) error {
	n, err := s.Narrow(locations...)
	if err != nil {
		return err
	}
	return s.refuse(n.view, s.Modifies, ErrNotModifiable)
}

// Items is the part of a source at the locations that the scope views. A scope
// that views none gives ErrNoLocations.
func (s Scope) Items(source iter.Seq2[Item, error]) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		if err := s.Check(); err != nil {
			yield(Item{}, err)
			return
		}
		for it, err := range source {
			if (err != nil || s.Views(it.Location)) && !yield(it, err) {
				return
			}
			if err != nil {
				return
			}
		}
	}
}

// Query says which open items a store is to give.
type Query struct {
	// Scope is who asks. Only items at locations that it views are given;
	// narrowed, only those that are asked for.
	Scope Scope

	AsOf      ar.Date  // what was open on this day (SPEC L2)
	Customers []string // the IDs of the customers asked for; empty: all
}

// Check returns the first thing that is wrong with the query: a scope that
// views nothing (ErrNoLocations), no as-of date (ErrBadDate).
func (q Query) Check() error {
	if err := q.Scope.Check(); err != nil {
		return err
	}
	if !q.AsOf.Valid() {
		return fmt.Errorf("as-of date: %w", ErrBadDate)
	}
	return nil
}
