package ledger

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar/duedate"
)

// ErrNoCustomer: a customer, or what belongs to one, has no customer ID.
var ErrNoCustomer = errors.New("no customer ID")

// Customer is who owes.
type Customer struct {
	ID   string // the key of everything that belongs to the customer; never empty
	Name string // for people; need not be unique

	// Terms say when the customer's documents fall due, unless a document has
	// terms of its own (SPEC D1). The zero Terms make a document due on its date.
	Terms duedate.Terms
}

// Validate reports every fault.
func (c Customer) Validate() error {
	if c.ID == "" {
		return fmt.Errorf("customer named %q: %w", c.Name, ErrNoCustomer)
	}
	return nil
}
