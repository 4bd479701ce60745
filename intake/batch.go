package intake

import (
	"iter"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// Batch is what a text gave.
type Batch struct {
	// Rows are the good rows in the order of the text. There are none where a
	// row was bad, unless Options.KeepGood.
	Rows []Row

	// Customers are those of Rows in the order they first appear. A customer's
	// name is the first that is not empty.
	Customers []ledger.Customer

	// Warnings are what is allowed in good rows, but unusual: ErrDueEarly,
	// ErrOtherName.
	Warnings []*RowError

	Control Control
}

// Row is one row of the text.
type Row struct {
	Item ledger.Item
	Line int // where the row begins, counted from 1

	// Terms gave the due date; nil where the row has its own, or none. Rows of
	// the same terms share them: do not change what it points to.
	Terms *duedate.Terms

	Footnote string
}

// Items is the rows' items as a source for aging.ComputeSeq.
func (b *Batch) Items() iter.Seq2[ledger.Item, error] {
	return func(yield func(ledger.Item, error) bool) {
		for i := range b.Rows {
			if !yield(b.Rows[i].Item, nil) {
				return
			}
		}
	}
}

// Control is for reconciliation with where the text came from. It covers the
// whole text, whether Rows are kept or not.
type Control struct {
	Read   int     // rows, without the header and empty lines; Good + Bad
	Good   int     // rows without a fault
	Bad    int     // rows with one or more
	Totals []Total // of the good rows, by currency
}

// Total sums the good rows of one currency, settled or not. Their outstanding
// amounts sum to Debits − Credits.
type Total struct {
	Currency ar.Currency
	Rows     int
	Debits   ar.Money // sum of the amounts above zero
	Credits  ar.Money // sum of those below, as a positive amount
}

// add counts a good row's outstanding amount.
func (c *Control) add(m ar.Money) error {
	at, found := slices.BinarySearchFunc(c.Totals, m.Currency(), func(t Total, cur ar.Currency) int {
		return t.Currency.Compare(cur)
	})
	if !found {
		zero, err := ar.NewMoney(0, m.Currency())
		if err != nil {
			return err
		}
		c.Totals = slices.Insert(c.Totals, at, Total{Currency: m.Currency(), Debits: zero, Credits: zero})
	}
	t := &c.Totals[at]
	t.Rows++
	side := &t.Debits
	if m.Sign() < 0 {
		side, m = &t.Credits, m.Neg()
	}
	sum, err := side.Add(m)
	if err == nil {
		*side = sum
	}
	return err
}
