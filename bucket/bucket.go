package bucket

import (
	"fmt"

	"github.com/openreceivables/ar"
)

// Bucket is a labelled range of day offsets, first and last day included. A
// From of MinOffset and a To of MaxOffset are open ends.
//
// In JSON an open end is left out, and so is an alert that is false:
// {"label":"90+","from":91,"alert":true}.
type Bucket struct {
	Label string
	From  int
	To    int
	Alert bool // to be shown red when the amount is above zero (SPEC B4)
}

// String returns the label and the days: `1–30: days 1–30`.
func (b Bucket) String() string { return b.Label + ": " + days(b.From, b.To) }

// Dates returns the first and the last date that fall in the bucket on an as-of
// date. The zero Date is an open end: a bucket of 91 and more has no first date.
// A date outside the years 1 to 9999 is ar.ErrDateRange.
func (b Bucket) Dates(asOf ar.Date) (first, last ar.Date, err error) {
	if b.To != MaxOffset {
		first, err = asOf.AddDays(-b.To)
	}
	if err == nil && b.From != MinOffset {
		last, err = asOf.AddDays(-b.From)
	}
	if err != nil {
		return 0, 0, fmt.Errorf("dates of %s: %w", b, err)
	}
	return first, last, nil
}

// days describes a range of offsets.
func days(from, to int) string {
	switch {
	case from == MinOffset && to == MaxOffset:
		return "every day"
	case from == MinOffset:
		return fmt.Sprintf("days up to %d", to)
	case to == MaxOffset:
		return fmt.Sprintf("days %d and more", from)
	case from == to:
		return fmt.Sprintf("day %d", from)
	}
	return "days " + span(from, to)
}

// span writes a closed range; a dash after a minus sign would be hard to read.
func span(from, to int) string {
	if from < 0 {
		return fmt.Sprintf("%d to %d", from, to)
	}
	return fmt.Sprintf("%d–%d", from, to)
}

// defaultLabel names the range of a bucket in the words used of due dates.
func defaultLabel(from, to int) string {
	switch {
	case from == MinOffset && to == MaxOffset:
		return "All"
	case from == MinOffset:
		return firstLabel(to)
	case to == MaxOffset:
		return lastLabel(from)
	case from == -1 && to == -1:
		return "Due in 1 day"
	case from == 0 && to == 0:
		return "Due today"
	case from == to && to < 0:
		return fmt.Sprintf("Due in %d days", -to)
	case to < 0:
		return fmt.Sprintf("Due in %s days", span(-to, -from))
	case from == to:
		return fmt.Sprint(from)
	}
	return span(from, to)
}

func firstLabel(to int) string {
	switch {
	case to == 0:
		return "Current"
	case to == -1:
		return "Not yet due"
	case to < 0:
		return fmt.Sprintf("Due in %d days or more", -to)
	}
	return fmt.Sprintf("Up to %d", to)
}

func lastLabel(from int) string {
	switch {
	case from == 1:
		return "Overdue"
	case from == 0:
		return "Due"
	case from < 0:
		return fmt.Sprintf("%d and more", from)
	}
	return fmt.Sprintf("Over %d", from-1)
}
