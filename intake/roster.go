package intake

import (
	"fmt"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// roster is customers in the order they first appear. A customer's name is the
// first that is not empty.
type roster struct {
	list   []ledger.Customer
	index  map[string]int
	others map[[2]string]bool // IDs and names that were warned of
}

// add notes a customer as a row has it. It returns the customer's name, and
// whether the row has another one, for the first time.
func (r *roster) add(c ledger.Customer) (name string, other bool) {
	if r.index == nil {
		r.index, r.others = map[string]int{}, map[[2]string]bool{}
	}
	i, known := r.index[c.ID]
	if !known {
		i = len(r.list)
		r.index[c.ID] = i
		r.list = append(r.list, ledger.Customer{ID: c.ID, Terms: c.Terms})
	}
	first := &r.list[i].Name
	switch key := [2]string{c.ID, c.Name}; {
	case *first == "":
		*first = strings.Clone(c.Name)
	case c.Name != "" && c.Name != *first && !r.others[key]:
		r.others[[2]string{c.ID, strings.Clone(c.Name)}] = true
		return *first, true
	}
	return *first, false
}

func otherName(id, name string) error {
	return fmt.Errorf("%w: customer %q is %q", ErrOtherName, id, name)
}

func dueEarly(due, date ar.Date) error {
	return fmt.Errorf("%w %s: %s", ErrDueEarly, date, due)
}
