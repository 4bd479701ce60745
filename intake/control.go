package intake

import (
	"slices"

	"github.com/openreceivables/ar"
)

// Control is for reconciliation with where a text came from. It covers the
// whole text, whether its rows are kept or not.
type Control struct {
	File   string  // its name, where it has one
	Read   int     // rows, without the header and empty lines; Good + Bad
	Good   int     // rows without a fault
	Bad    int     // rows with one or more
	Totals []Total // of the good rows, by currency
}

// Total sums the good rows of one currency, settled or reversed or not. Of items
// and documents Debits − Credits is the balance.
type Total struct {
	Currency ar.Currency
	Rows     int
	Debits   ar.Money // sum of debits, or of what allocations pay of them
	Credits  ar.Money // sum of credits, or of what allocations take of them; not negative
}

// add counts a good row's amount, which is negative for a credit.
func (c *Control) add(m ar.Money) error {
	t, err := c.total(m.Currency())
	if err != nil {
		return err
	}
	t.Rows++
	if m.Sign() < 0 {
		return addTo(&t.Credits, m.Neg())
	}
	return addTo(&t.Debits, m)
}

// apply counts a good row's allocation, in the currency of either document.
func (c *Control) apply(paid, taken ar.Money) error {
	t, err := c.total(paid.Currency())
	if err != nil {
		return err
	}
	t.Rows++
	if err := addTo(&t.Debits, paid); err != nil {
		return err
	}
	if taken.Currency() != paid.Currency() {
		if t, err = c.total(taken.Currency()); err != nil {
			return err
		}
		t.Rows++
	}
	return addTo(&t.Credits, taken)
}

// total returns the total of a currency.
func (c *Control) total(cur ar.Currency) (*Total, error) {
	at, found := slices.BinarySearchFunc(c.Totals, cur, func(t Total, cur ar.Currency) int {
		return t.Currency.Compare(cur)
	})
	if !found {
		zero, err := ar.NewMoney(0, cur)
		if err != nil {
			return nil, err
		}
		c.Totals = slices.Insert(c.Totals, at, Total{Currency: cur, Debits: zero, Credits: zero})
	}
	return &c.Totals[at], nil
}

func addTo(sum *ar.Money, m ar.Money) error {
	s, err := sum.Add(m)
	if err == nil {
		*sum = s
	}
	return err
}
