package bucket

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FromEdges returns the set of buckets that end on these offsets, each edge
// being the last day of its bucket, and a last bucket for all that is older:
// 0, 30, 60, 90 is ≤ 0, 1–30, 31–60, 61–90 and over 90 (SPEC B1). There can be
// neither gap nor overlap.
//
// The labels are those days, with "Current" for ≤ 0, "Not yet due" for < 0 and
// "Due today" for 0; WithLabels gives others. Edges that do not ascend are an
// error, and no edges are ErrEmpty.
func FromEdges(upper ...int) (Set, error) {
	if len(upper) == 0 {
		return Set{}, ErrEmpty
	}
	if err := checkCount(len(upper) + 1); err != nil {
		return Set{}, err
	}
	var faults []error
	for i, edge := range upper {
		if i > 0 && edge <= upper[i-1] {
			faults = append(faults, fmt.Errorf("edge %d follows %d: edges must ascend", edge, upper[i-1]))
		}
		faults = append(faults, checkEdge(edge))
	}
	if err := errors.Join(faults...); err != nil {
		return Set{}, err
	}
	return fixed(slices.Clone(upper), edgeLabels(upper)...), nil
}

// FromRanges returns the set of these buckets, in the order of their days
// whatever order they are given in (SPEC B1). The error has a *GapError for
// every gap, an *OverlapError for every two buckets that share days, and says
// what else is wrong with ranges and labels. No buckets are ErrEmpty.
func FromRanges(buckets []Bucket) (Set, error) {
	if len(buckets) == 0 {
		return Set{}, ErrEmpty
	}
	if err := checkCount(len(buckets)); err != nil {
		return Set{}, err
	}
	labels := make([]string, len(buckets))
	for i, b := range buckets {
		labels[i] = b.Label
	}
	sorted := slices.SortedStableFunc(slices.Values(buckets), func(a, b Bucket) int {
		return cmp.Compare(a.From, b.From)
	})
	if err := errors.Join(checkLabels(labels), checkRanges(sorted)); err != nil {
		return Set{}, err
	}
	s := Set{columns: make([]column, len(sorted))}
	for i, b := range sorted {
		s.columns[i] = column{b.Label, b.Alert}
		if b.To != MaxOffset {
			s.upper = append(s.upper, b.To)
		}
	}
	return s, nil
}

// fixed trusts its arguments.
func fixed(upper []int, labels ...string) Set {
	return Set{upper: upper, columns: plain(labels)}
}

// plain returns columns without alerts.
func plain(labels []string) []column {
	columns := make([]column, len(labels))
	for i, label := range labels {
		columns[i].label = label
	}
	return columns
}

func edgeLabels(upper []int) []string {
	labels := make([]string, 0, len(upper)+1)
	from := MinOffset
	for _, to := range upper {
		labels = append(labels, defaultLabel(from, to))
		from = to + 1
	}
	return append(labels, defaultLabel(from, MaxOffset))
}

// GapError says that no bucket holds some days.
type GapError struct {
	From, To int    // the days, as in Bucket
	After    string // label of the bucket before the gap; "" where there is none
	Before   string // label of the bucket after the gap; "" where there is none
}

func (e *GapError) Error() string {
	text := days(e.From, e.To) + " in no bucket"
	switch {
	case e.After != "" && e.Before != "":
		return fmt.Sprintf("%s: extend %q or %q", text, e.After, e.Before)
	case e.After != "" || e.Before != "":
		return fmt.Sprintf("%s: extend %q", text, e.After+e.Before)
	}
	return text
}

// OverlapError says that two buckets hold the same days.
type OverlapError struct {
	From, To      int // the days, as in Bucket
	First, Second Bucket
}

func (e *OverlapError) Error() string {
	return fmt.Sprintf("%s in two buckets, %q and %q: want each day in one",
		days(e.From, e.To), e.First.String(), e.Second.String())
}

// checkRanges finds every fault of buckets that are sorted by From.
func checkRanges(sorted []Bucket) error {
	var faults []error
	sound := make([]Bucket, 0, len(sorted))
	for _, b := range sorted {
		if err := checkRange(b); err != nil {
			faults = append(faults, err)
			continue
		}
		sound = append(sound, b)
	}
	faults = append(faults, gaps(sound)...)
	for i, a := range sound {
		for _, b := range sound[i+1:] {
			if b.From > a.To {
				break
			}
			faults = append(faults, &OverlapError{From: b.From, To: min(a.To, b.To), First: a, Second: b})
		}
	}
	return errors.Join(faults...)
}

func checkRange(b Bucket) error {
	if b.From > b.To {
		return fmt.Errorf("bucket %q: from %d to %d holds no day", b.Label, b.From, b.To)
	}
	if b.To == MaxOffset {
		return nil
	}
	if err := checkEdge(b.To); err != nil {
		return fmt.Errorf("bucket %q: %w", b.Label, err)
	}
	return nil
}

func gaps(sorted []Bucket) []error {
	var faults []error
	next, last := MinOffset, "" // the first day not yet held, and who holds the day before
	for _, b := range sorted {
		if b.From > next {
			faults = append(faults, &GapError{From: next, To: b.From - 1, After: last, Before: b.Label})
		}
		if b.To == MaxOffset {
			return faults
		}
		if b.To >= next {
			next, last = b.To+1, b.Label
		}
	}
	return append(faults, &GapError{From: next, To: MaxOffset, After: last})
}

func checkCount(buckets int) error {
	if buckets > MaxBuckets {
		return fmt.Errorf("%d buckets: at most %d", buckets, MaxBuckets)
	}
	return nil
}

func checkEdge(edge int) error {
	if edge < -maxEdge || edge > maxEdge {
		return fmt.Errorf("day %d: no two dates are more than %d days apart", edge, maxEdge)
	}
	return nil
}

func checkLabels(labels []string) error {
	var faults []error
	first := make(map[string]int, len(labels))
	for i, label := range labels {
		if j, seen := first[label]; seen && label != "" {
			faults = append(faults, fmt.Errorf("buckets %d and %d are both labelled %q", j+1, i+1, label))
			continue
		}
		first[label] = i
		if err := checkLabel(label); err != nil {
			faults = append(faults, fmt.Errorf("bucket %d: %w", i+1, err))
		}
	}
	return errors.Join(faults...)
}

func checkLabel(label string) error {
	switch {
	case label == "":
		return errors.New("no label")
	case strings.TrimSpace(label) != label:
		return fmt.Errorf("label %q begins or ends with a blank", label)
	case !utf8.ValidString(label):
		return fmt.Errorf("label %q is not UTF-8", label)
	case strings.ContainsFunc(label, unicode.IsControl):
		return fmt.Errorf("label %q has a control character", label)
	}
	return nil
}
