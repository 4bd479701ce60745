package ledger

import (
	"errors"
	"fmt"
	"iter"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// ErrUnknownCustomer: a document belongs to a customer that is not there.
var ErrUnknownCustomer = errors.New("no such customer")

// Accounts takes the facts of many customers apart, as a host has them in its
// tables, and returns the account of each customer, in the order of the
// customers. IDs of documents and of allocations are unique among all of them.
// Every fault is reported at once, as by NewAccount; besides, a document of a
// customer that is not there (ErrUnknownCustomer), and an allocation between
// the documents of two customers (ErrOtherCustomer).
func Accounts(customers []Customer, f Facts, calendars duedate.Calendars) ([]*Account, error) {
	s := newSorter(customers, f)
	n := len(customers)
	documents := partition(f.Documents, n, s.ofDocument)
	allocations := partition(f.Allocations, n, s.ofAllocation)
	reversals := partition(f.Reversals, n, s.ofReversal)
	redates := partition(f.Redates, n, func(r *Redate) int { return s.find(r.Document, r) })
	statuses := partition(f.Statuses, n, func(t *Status) int { return s.find(t.Document, t) })
	accounts := make([]*Account, n)
	for i, c := range customers {
		a, err := build(c, Facts{documents[i], allocations[i], reversals[i], redates[i], statuses[i]}, calendars)
		if err != nil {
			s.faults = append(s.faults, err)
		}
		accounts[i] = a
	}
	if len(s.faults) > 0 {
		return nil, errors.Join(s.faults...)
	}
	return accounts, nil
}

// ItemsOf returns the open items of many accounts as of a date as a source, for
// the aged report.
func ItemsOf(accounts []*Account, asOf ar.Date) iter.Seq2[Item, error] {
	return ofEach(accounts, func(a *Account) iter.Seq2[Item, error] { return a.Items(asOf) })
}

// ReceiptsOf returns the receipts of many accounts as a source, as
// Account.Receipts does of one.
func ReceiptsOf(accounts []*Account, after, until ar.Date) iter.Seq2[Item, error] {
	return ofEach(accounts, func(a *Account) iter.Seq2[Item, error] { return a.Receipts(after, until) })
}

// ofEach yields what a source has of each account, up to the first error.
func ofEach(accounts []*Account, source func(*Account) iter.Seq2[Item, error]) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for _, a := range accounts {
			for item, err := range source(a) {
				if !yield(item, err) || err != nil {
					return
				}
			}
		}
	}
}

// nobody is the customer of a fact at fault.
const nobody = -1

// partition returns the facts of each of n owners, in slices of their own and in
// the order in which they came.
func partition[T any](facts []T, n int, owner func(*T) int) [][]T {
	owners := make([]int, len(facts))
	counts := make([]int, n)
	for i := range facts {
		owners[i] = owner(&facts[i])
		if owners[i] != nobody {
			counts[owners[i]]++
		}
	}
	all := make([]T, len(facts))
	parts := make([][]T, n)
	for i, count := range counts {
		parts[i], all = all[:0:count], all[count:]
	}
	for i := range facts {
		if o := owners[i]; o != nobody {
			parts[o] = append(parts[o], facts[i])
		}
	}
	return parts
}

// owned is the first fact of its ID, and its customer by number.
type owned[T any] struct {
	first *T
	owner int
}

// sorter finds the customer, by number, that a fact belongs to.
type sorter struct {
	byCustomer   map[string]int
	byDocument   map[string]owned[Document]
	byAllocation map[string]owned[Allocation]
	faults       []error
}

func newSorter(customers []Customer, f Facts) *sorter {
	s := &sorter{
		byCustomer:   make(map[string]int, len(customers)),
		byDocument:   make(map[string]owned[Document], len(f.Documents)),
		byAllocation: make(map[string]owned[Allocation], len(f.Allocations)),
	}
	for i, c := range customers {
		if _, taken := s.byCustomer[c.ID]; taken {
			s.faults = append(s.faults, fmt.Errorf("customer %q: %w", c.ID, ErrDuplicateID))
		}
		s.byCustomer[c.ID] = i
	}
	return s
}

func (s *sorter) fault(fact fmt.Stringer, err error) int {
	s.faults = append(s.faults, &FactError{fact, err})
	return nobody
}

func (s *sorter) ofDocument(d *Document) int {
	owner, ok := s.byCustomer[d.Customer]
	if !ok {
		owner = s.fault(d, fmt.Errorf("%w: %q", ErrUnknownCustomer, d.Customer))
	}
	switch other, taken := s.byDocument[d.ID]; {
	case !taken:
		s.byDocument[d.ID] = owned[Document]{d, owner}
	case owner != other.owner && owner != nobody && d.ID != "": // else the account will say so
		return s.fault(d, fmt.Errorf("%w: %s of customer %q has it", ErrDuplicateID, other.first, other.first.Customer))
	}
	return owner
}

// find returns the customer of a document, and notes a fault where there is no
// such document.
func (s *sorter) find(document string, fact fmt.Stringer) int {
	d, ok := s.byDocument[document]
	if !ok {
		return s.fault(fact, unknownDocument(document, nil))
	}
	return d.owner
}

func (s *sorter) ofAllocation(x *Allocation) int {
	credit, ok1 := s.byDocument[x.Credit]
	debit, ok2 := s.byDocument[x.Debit]
	if !ok1 {
		s.fault(x, unknownDocument(x.Credit, debit.first))
	}
	if !ok2 {
		s.fault(x, unknownDocument(x.Debit, credit.first))
	}
	owner := credit.owner
	switch {
	case !ok1 || !ok2 || credit.owner == nobody || debit.owner == nobody:
		owner = nobody
	case credit.owner != debit.owner:
		owner = s.fault(x, acrossCustomers(credit.first, debit.first))
	}
	switch other, taken := s.byAllocation[x.ID]; {
	case !taken:
		s.byAllocation[x.ID] = owned[Allocation]{x, owner}
	case owner != other.owner && owner != nobody && x.ID != "":
		return s.fault(x, fmt.Errorf("%w: %s of another customer has it", ErrDuplicateID, other.first))
	}
	return owner
}

func (s *sorter) ofReversal(r *Reversal) int {
	x, ok := s.byAllocation[r.Allocation]
	if !ok {
		return s.fault(r, ErrUnknownAllocation)
	}
	return x.owner
}
