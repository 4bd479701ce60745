package credit

import (
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// Order is a sales order, for YearToDate.
type Order struct {
	Created ar.Date
	Amount  ar.Money
}

// MonthToDate returns the invoiced sales of the open period (SPEC C2): the
// invoices of an account posted from the first day of the period to the as-of
// date, both included, at the locations that the scope views. There is an amount
// for each currency that has some, by code. Credit notes and charges are no
// invoices. The errors are those of a Scope, and ledger.ErrBadDate.
func MonthToDate(a *ledger.Account, scope ledger.Scope, first, asOf ar.Date) ([]ar.Money, error) {
	if err := scope.Check(); err != nil {
		return nil, err
	}
	if !first.Valid() || !asOf.Valid() {
		return nil, fmt.Errorf("from %q to %q: %w", first, asOf, ledger.ErrBadDate)
	}
	var sums sums
	for i := range a.Facts().Documents {
		d := &a.Facts().Documents[i]
		posted := d.PostingDate()
		if d.Kind == ledger.Invoice && scope.Views(d.Location) && first <= posted && posted <= asOf {
			sums.add(d.Amount)
		}
	}
	return sums, nil
}

// YearToDate returns the sum of the orders created in the calendar year of the
// as-of date, up to and with that day (SPEC C2): an amount for each currency
// that has some, by code. No day is ledger.ErrBadDate.
func YearToDate(orders []Order, asOf ar.Date) ([]ar.Money, error) {
	if !asOf.Valid() {
		return nil, fmt.Errorf("as of %q: %w", asOf, ledger.ErrBadDate)
	}
	year, _, _ := asOf.Civil()
	first, err := ar.NewDate(year, 1, 1)
	if err != nil {
		return nil, err
	}
	var sums sums
	for _, o := range orders {
		if first <= o.Created && o.Created <= asOf {
			sums.add(o.Amount)
		}
	}
	return sums, nil
}

// Deposits returns what is left of the deposits of an account as of a date, at
// the locations that the scope views, for Line.Deposit: an amount above zero for
// each currency that has some, by code. The errors are those of a Scope, and
// ledger.ErrBadDate.
func Deposits(a *ledger.Account, scope ledger.Scope, asOf ar.Date) ([]ar.Money, error) {
	if err := scope.Check(); err != nil {
		return nil, err
	}
	open, err := a.Open(asOf)
	if err != nil {
		return nil, err
	}
	var sums sums
	for _, e := range open {
		if e.Document.Kind == ledger.Deposit && scope.Views(e.Document.Location) {
			sums.add(e.Outstanding.Neg())
		}
	}
	return sums, nil
}

// AccountDate returns the date of the first document of an account at the
// locations that the scope views (SPEC C2), after re-dating; zero where there is
// none. The errors are those of a Scope.
func AccountDate(a *ledger.Account, scope ledger.Scope) (ar.Date, error) {
	if err := scope.Check(); err != nil {
		return 0, err
	}
	var first ar.Date
	for _, d := range a.Facts().Documents {
		if _, date := a.Document(d.ID); scope.Views(d.Location) && (first.IsZero() || date < first) {
			first = date
		}
	}
	return first, nil
}

// sums are amounts of different currencies, by code.
type sums []ar.Money

func (s *sums) add(m ar.Money) {
	i, found := slices.BinarySearchFunc(*s, m, func(a, b ar.Money) int { return a.Currency().Compare(b.Currency()) })
	if !found {
		*s = slices.Insert(*s, i, m)
		return
	}
	(*s)[i], _ = (*s)[i].Add(m) // of one currency, where there is no error to have
}
