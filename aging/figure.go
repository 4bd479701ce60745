package aging

import (
	"fmt"

	"github.com/openreceivables/ar"
)

// Figure names one amount of a row. From 0 on it is the bucket of that number;
// the others have names.
type Figure int

// The figures of a row that are not buckets. Each is the Row's method of the
// same name.
const (
	Total Figure = -1 - iota
	Unapplied
	Credits
	Balance
	PastDue
	Apart
	Excluded
	Receipts
)

// figureNames is indexed by -1 - Figure.
var figureNames = [...]string{"total", "unapplied", "credits", "balance", "past due", "apart", "excluded", "receipts"}

// String returns the name, or "bucket 2" for the third bucket.
func (f Figure) String() string {
	switch {
	case f >= 0:
		return fmt.Sprintf("bucket %d", int(f))
	case int(-1-f) < len(figureNames):
		return figureNames[-1-f]
	}
	return fmt.Sprintf("Figure(%d)", int(f))
}

// Figure returns one of the row's amounts; a bucket is 0 ≤ f < Buckets().Len().
func (w Row) Figure(f Figure) ar.Money {
	switch f {
	case Total:
		return w.Total()
	case Unapplied:
		return w.Unapplied()
	case Credits:
		return w.Credits()
	case Balance:
		return w.Balance()
	case PastDue:
		return w.PastDue()
	case Apart:
		return w.Apart()
	case Excluded:
		return w.Excluded()
	case Receipts:
		return w.Receipts()
	}
	return w.Amount(int(f))
}
