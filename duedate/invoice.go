package duedate

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/openreceivables/ar"
)

// ErrNoBase: no amount of that name is on the document.
var ErrNoBase = errors.New("no amount of that name is on the document")

// Invoice is what instalments and discounts look at in a document.
type Invoice struct {
	Date   ar.Date
	Amount ar.Money // the whole, more than 0

	// Bases are further amounts on the document that percents may name, such
	// as "net-of-tax": 0 or more, in the currency of Amount.
	Bases map[string]ar.Money
}

func (d Invoice) validate() error {
	if d.Amount.Sign() <= 0 {
		return fmt.Errorf("document amount %s: want more than 0", d.Amount)
	}
	return nil
}

// base returns the amount of that name, and the whole for no name.
func (d Invoice) base(name string) (ar.Money, error) {
	if name == "" {
		return d.Amount, nil
	}
	m, ok := d.Bases[name]
	switch {
	case !ok:
		return ar.Money{}, fmt.Errorf("base %q: %w: it has %q", name, ErrNoBase, slices.Sorted(maps.Keys(d.Bases)))
	case m.Currency() != d.Amount.Currency():
		return ar.Money{}, fmt.Errorf("base %q: %w", name, &ar.MismatchError{Left: d.Amount.Currency(), Right: m.Currency()})
	case m.Sign() < 0:
		return ar.Money{}, fmt.Errorf("base %q: %s: want 0 or more", name, m)
	}
	return m, nil
}
