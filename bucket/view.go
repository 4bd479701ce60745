package bucket

import (
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/openreceivables/ar"
)

// View picks a run of a fixed set's buckets as columns, and folds the buckets
// before and beyond them into one total each, so that nothing disappears
// (SPEC B5). It is immutable.
//
// The zero View shows nothing, and Fold refuses it.
type View struct {
	set         Set
	first, last int
}

// View returns the view of buckets first to last, counted from 0, both shown.
// The set must be fixed, else the error is ErrUnresolved or ErrEmpty.
func (s Set) View(first, last int) (View, error) {
	switch {
	case s.IsZero():
		return View{}, ErrEmpty
	case !s.Fixed():
		return View{}, ErrUnresolved
	case first < 0 || last < first || last >= s.Len():
		return View{}, fmt.Errorf("view of buckets %d to %d: the set has 0 to %d", first, last, s.Len()-1)
	}
	return View{set: s, first: first, last: last}, nil
}

// ParseView reads the text form of a view of a fixed set:
//
//	all           every bucket
//	current-60    from the bucket that holds day 0 up to day 60
//	31-90         from day 31 up to day 90
//	over-60       from day 61 on
//	up-to-60      from the beginning up to day 60
//	30+-90+       from one label to another
//	90+           one label
//
// Days must be those on which buckets begin and end: a view never cuts one. A
// label goes before a day, and capitals do not matter. The error is an
// *ar.ParseError, about ErrUnresolved or ErrEmpty where the set is not fixed.
func ParseView(s Set, text string) (View, error) {
	first, last, err := s.parseView(strings.TrimSpace(text))
	var v View
	if err == nil {
		v, err = s.View(first, last)
	}
	if err != nil {
		return View{}, &ar.ParseError{Type: "view", Text: text, Err: err}
	}
	return v, nil
}

func (s Set) parseView(text string) (first, last int, err error) {
	if !s.Fixed() {
		return 0, 0, nil // View has the error
	}
	end := s.Len() - 1
	if i, ok := s.named(text); ok {
		return i, i, nil
	}
	lower := strings.ToLower(text)
	if lower == "all" {
		return 0, end, nil
	}
	if day, ok := strings.CutPrefix(lower, "over-"); ok {
		if i, ok := s.ending(day); ok {
			return i + 1, end, nil
		}
		return 0, 0, s.viewError(fmt.Sprintf("no bucket ends on %q", day))
	}
	if day, ok := strings.CutPrefix(lower, "up-to-"); ok {
		if i, ok := s.ending(day); ok {
			return 0, i, nil
		}
		return 0, 0, s.viewError(fmt.Sprintf("no bucket ends on %q", day))
	}
	return s.parseSpan(text)
}

// parseSpan tries every dash, as labels and negative days have dashes too.
func (s Set) parseSpan(text string) (first, last int, err error) {
	fault := "no such view"
	for i := range len(text) {
		if text[i] != '-' {
			continue
		}
		first, begins := s.beginning(text[:i])
		last, ends := s.ending(text[i+1:])
		switch {
		case begins && ends:
			return first, last, nil
		case begins:
			fault = fmt.Sprintf("no bucket ends on %q", text[i+1:])
		case ends:
			fault = fmt.Sprintf("no bucket begins on %q", text[:i])
		}
	}
	return 0, 0, s.viewError(fault)
}

func (s Set) viewError(fault string) error {
	edges, _ := s.definition()
	return fmt.Errorf(`%w: %s: want "all", "over-N", "up-to-N" or "FROM-TO", where buckets end on %s, or the labels %q`,
		ar.ErrSyntax, fault, edges, s.Labels())
}

// beginning returns the bucket that begins on a day or is named.
func (s Set) beginning(text string) (int, bool) {
	if i, ok := s.named(text); ok {
		return i, true
	}
	day, err := strconv.Atoi(text)
	i := s.Index(day)
	return i, err == nil && s.Bucket(i).From == day
}

// ending returns the bucket that ends on a day or is named.
func (s Set) ending(text string) (int, bool) {
	if i, ok := s.named(text); ok {
		return i, true
	}
	day, err := strconv.Atoi(text)
	i := s.Index(day)
	return i, err == nil && s.Bucket(i).To == day
}

// named returns the bucket of a label, or of the day that "current" stands for.
func (s Set) named(text string) (int, bool) {
	i := slices.IndexFunc(s.columns, func(c column) bool { return c.label == text })
	if i < 0 {
		i = slices.IndexFunc(s.columns, func(c column) bool { return strings.EqualFold(c.label, text) })
	}
	if i < 0 && strings.EqualFold(text, "current") {
		i = s.Index(0)
	}
	return i, i >= 0
}

// Set returns the set that the view is of.
func (v View) Set() Set { return v.set }

// First returns the index in the set of the first bucket shown.
func (v View) First() int { return v.first }

// Last returns the index in the set of the last bucket shown.
func (v View) Last() int { return v.last }

// All yields the buckets shown, with their index in the set.
func (v View) All() iter.Seq2[int, Bucket] {
	return func(yield func(int, Bucket) bool) {
		for i, b := range v.set.All() {
			if i >= v.first && i <= v.last && !yield(i, b) {
				return
			}
		}
	}
}

// Before returns the label of the total of the buckets before the first shown,
// such as "Up to 60", or the label of the one bucket that it is. ok is false
// where there are none.
func (v View) Before() (label string, ok bool) {
	switch v.first {
	case 0:
		return "", false
	case 1:
		return v.set.Label(0), true
	}
	return fmt.Sprintf("Up to %d", v.set.upper[v.first-1]), true
}

// Beyond returns the label of the total of the buckets after the last shown,
// such as "Over 60", or the label of the one bucket that it is. ok is false
// where there are none.
func (v View) Beyond() (label string, ok bool) {
	end := v.set.Len() - 1
	switch {
	case v.last >= end:
		return "", false
	case v.last == end-1:
		return v.set.Label(end), true
	}
	return fmt.Sprintf("Over %d", v.set.upper[v.last]), true
}

// Fold splits amounts, one for each bucket of the set, into the columns shown
// and the totals of those before and beyond them. The three together are the
// amounts' sum, exactly. A total of no buckets is the zero Money.
//
// Another number of amounts is an error; so are different currencies within a
// total, an *ar.MismatchError.
func (v View) Fold(amounts []ar.Money) (before ar.Money, columns []ar.Money, beyond ar.Money, err error) {
	if v.set.IsZero() {
		return before, nil, beyond, ErrEmpty
	}
	if len(amounts) != v.set.Len() {
		return before, nil, beyond, fmt.Errorf("%d amounts for %d buckets", len(amounts), v.set.Len())
	}
	if before, err = sum(amounts[:v.first]); err != nil {
		return ar.Money{}, nil, ar.Money{}, err
	}
	if beyond, err = sum(amounts[v.last+1:]); err != nil {
		return ar.Money{}, nil, ar.Money{}, err
	}
	return before, slices.Clone(amounts[v.first : v.last+1]), beyond, nil
}

func sum(amounts []ar.Money) (total ar.Money, err error) {
	for _, m := range amounts {
		if total, err = total.Add(m); err != nil {
			return ar.Money{}, err
		}
	}
	return total, nil
}
