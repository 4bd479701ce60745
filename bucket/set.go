package bucket

import (
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"

	"github.com/openreceivables/ar"
)

// The open ends of a bucket: "up to 0" is From MinOffset To 0, and "91 and
// more" is From 91 To MaxOffset. They are the smallest and the largest int, so
// From <= offset && offset <= To holds for open ends too.
const (
	MinOffset = math.MinInt
	MaxOffset = math.MaxInt
)

// MaxBuckets is how many buckets a set may have.
const MaxBuckets = 250

// maxEdge is the largest distance between two dates; an edge beyond it could
// never part two items.
const maxEdge = int(ar.MaxDate - ar.MinDate)

// What a set may be refused for, beside *GapError and *OverlapError.
var (
	// ErrEmpty: a set without buckets, such as the zero Set.
	ErrEmpty = errors.New("no buckets: want edges such as 0, 30, 60, 90, or a preset such as standard")
	// ErrUnresolved: an answer needs day offsets, and the set has none before
	// Resolve.
	ErrUnresolved = errors.New("the edges depend on the as-of date: Resolve the set for one first")
)

// Set is an ordered, labelled sequence of buckets that holds every day offset
// exactly once (SPEC B1). It is immutable.
//
// A set is fixed, or its edges depend on the as-of date and Resolve gives a
// fixed one (SPEC B3). Labels and alerts are known before that; offsets are
// not.
//
// The zero Set has no buckets and is not valid: Resolve refuses it, and Index
// finds nothing in it. Its text is empty, its JSON null and its SQL form NULL.
type Set struct {
	upper   []int    // the last offset of each bucket but the last; nil while there is a rule
	columns []column // one for each bucket
	rule    rule     // how the edges follow the as-of date; nil for a fixed set
}

type column struct {
	label string
	alert bool
}

// rule is a definition by dates. Its text tells it from every other rule.
type rule interface {
	fmt.Stringer
	labels() []string
	// edges returns upper as it is for one as-of date.
	edges(asOf ar.Date) ([]int, error)
}

// IsZero reports whether the set has no buckets.
func (s Set) IsZero() bool { return len(s.columns) == 0 }

// Fixed reports whether the set has day offsets: whether it is the same on
// every as-of date, or resolved for one. The zero Set is not fixed.
func (s Set) Fixed() bool { return s.rule == nil && !s.IsZero() }

// Resolve returns the fixed set for an as-of date, which is s itself where s is
// fixed (SPEC B3). It keeps labels and alerts.
//
// The zero Set is ErrEmpty. An as-of date that is no day, and an edge that falls
// outside the years 1 to 9999, are ar.ErrDateRange.
func (s Set) Resolve(asOf ar.Date) (Set, error) {
	switch {
	case s.IsZero():
		return Set{}, ErrEmpty
	case !asOf.Valid():
		return Set{}, fmt.Errorf("as-of date %q: %w: want a real day", asOf, ar.ErrDateRange)
	case s.rule == nil:
		return s, nil
	}
	upper, err := s.rule.edges(asOf)
	if err != nil {
		return Set{}, fmt.Errorf("%s as of %s: %w", s.rule, asOf, err)
	}
	return Set{upper: upper, columns: s.columns}, nil
}

// Index returns the bucket that holds a day offset, from 0 to Len()−1; a larger
// offset is never in an earlier bucket. It is −1 for a set that is not fixed,
// and for no other. It does not allocate.
func (s Set) Index(offset int) int {
	if len(s.upper) == 0 || len(s.upper) > fewEdges {
		return s.search(offset)
	}
	i := 0
	for _, edge := range s.upper {
		if edge < offset { // counted on to the end: a branch out would be hard to predict
			i++
		}
	}
	return i
}

// fewEdges is how many edges are counted faster than searched.
const fewEdges = 16

func (s Set) search(offset int) int {
	if !s.Fixed() {
		return -1
	}
	i, _ := slices.BinarySearch(s.upper, offset)
	return i
}

// Edges returns the last offset of each bucket but the last, in ascending
// order: bucket i holds the offsets above edge i−1 and up to edge i. It is a
// copy, nil for a set that is not fixed.
func (s Set) Edges() []int { return slices.Clone(s.upper) }

// Len returns the number of buckets.
func (s Set) Len() int { return len(s.columns) }

// Label returns the label of bucket i, and "" where there is no such bucket.
func (s Set) Label(i int) string { return s.column(i).label }

// Alert reports whether bucket i is an alert: one to be shown red when its
// amount is above zero (SPEC B4).
func (s Set) Alert(i int) bool { return s.column(i).alert }

func (s Set) column(i int) column {
	if i < 0 || i >= len(s.columns) {
		return column{}
	}
	return s.columns[i]
}

// Labels returns the labels of all buckets, in order.
func (s Set) Labels() []string {
	labels := make([]string, len(s.columns))
	for i, c := range s.columns {
		labels[i] = c.label
	}
	return labels
}

// Bucket returns bucket i, and the zero Bucket where there is no such bucket or
// the set is not fixed.
func (s Set) Bucket(i int) Bucket {
	if !s.Fixed() || i < 0 || i >= len(s.columns) {
		return Bucket{}
	}
	b := Bucket{Label: s.columns[i].label, From: MinOffset, To: MaxOffset, Alert: s.columns[i].alert}
	if i > 0 {
		b.From = s.upper[i-1] + 1
	}
	if i < len(s.upper) {
		b.To = s.upper[i]
	}
	return b
}

// All yields the buckets of a fixed set in order, from the future to the oldest.
// FromRanges makes the same set of them again.
func (s Set) All() iter.Seq2[int, Bucket] {
	return func(yield func(int, Bucket) bool) {
		if !s.Fixed() {
			return
		}
		for i := range s.columns {
			if !yield(i, s.Bucket(i)) {
				return
			}
		}
	}
}

// Equal reports whether two sets have the same buckets, labels and alerts, or
// the same definition by dates. A set that depends on the as-of date does not
// equal what it resolves to.
func (s Set) Equal(t Set) bool {
	if (s.rule == nil) != (t.rule == nil) || s.rule != nil && s.rule.String() != t.rule.String() {
		return false
	}
	return slices.Equal(s.upper, t.upper) && slices.Equal(s.columns, t.columns)
}

// WithLabels returns the set with other labels, one for each bucket. A label
// must be unique, not empty, and printable on one line.
func (s Set) WithLabels(labels ...string) (Set, error) {
	columns := make([]column, len(labels))
	for i, label := range labels {
		columns[i] = column{label, s.Alert(i)}
	}
	return s.withColumns(columns)
}

// WithAlerts returns the set with the buckets of these labels, and no others,
// as alerts (SPEC B4). None of the labels may be unknown.
func (s Set) WithAlerts(labels ...string) (Set, error) {
	if s.IsZero() {
		return Set{}, ErrEmpty
	}
	known := s.Labels()
	for _, label := range labels {
		if !slices.Contains(known, label) {
			return Set{}, fmt.Errorf("alert %q: the buckets are %q", label, known)
		}
	}
	s.columns = slices.Clone(s.columns)
	for i, c := range s.columns {
		s.columns[i].alert = slices.Contains(labels, c.label)
	}
	return s, nil
}

func (s Set) withColumns(columns []column) (Set, error) {
	if s.IsZero() {
		return Set{}, ErrEmpty
	}
	if len(columns) != s.Len() {
		return Set{}, fmt.Errorf("%d labels for %d buckets", len(columns), s.Len())
	}
	s.columns = columns
	if err := checkLabels(s.Labels()); err != nil {
		return Set{}, err
	}
	return s, nil
}
