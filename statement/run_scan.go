package statement

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// ErrOrder: a store does not give open items customer by customer in ascending
// order, as Ledger promises; a customer might be taken for two.
var ErrOrder = errors.New("customers are not in ascending order")

// Eligible is a customer who meets the criteria of a run.
type Eligible struct {
	Customer string     // the customer's ID
	Balances []ar.Money // what the customer owes at the locations of the run, by currency

	// Err is what is wrong with an open item of the customer, or with the saved
	// statements. Whether the criteria are met cannot be told then, and Generate
	// reports a failure.
	Err error
}

// scanner tells from open items who is eligible.
type scanner struct {
	criteria *Criteria
	from     int         // the first day offset that makes an open debit old enough
	item     ledger.Item // the one at hand; one for all, as Validate puts it on the heap

	// What the items of the customer come to whose items are being read.
	customer string
	balances []ar.Money // one for each currency
	oldest   int        // the largest day offset of an open debit
	fault    error      // of the first item that is not valid
}

func newScanner(c *Criteria) (*scanner, error) {
	s := &scanner{criteria: c, from: 1}
	if c.Eligible == EligibleAged {
		set, err := c.Buckets.Resolve(c.Period.To)
		if err != nil {
			return nil, err
		}
		s.from = max(set.Bucket(c.bucket()).From, noDebit+1)
	}
	return s, nil
}

// noDebit is the oldest of a customer without open debits.
const noDebit = bucket.MinOffset

// eligible yields who is eligible, in the order of the items, which it reads
// once and does not keep.
func (s *scanner) eligible(items iter.Seq2[ledger.Item, error]) iter.Seq2[Eligible, error] {
	return func(yield func(Eligible, error) bool) {
		reading := false // the items of s.customer
		for it, err := range items {
			switch {
			case err != nil:
				yield(Eligible{}, err)
				return
			case reading && it.Customer == s.customer:
			case reading && it.Customer < s.customer:
				yield(Eligible{}, fmt.Errorf("%w: %q after %q", ErrOrder, it.Customer, s.customer))
				return
			case reading && s.meets() && !yield(s.result(), nil):
				return
			default:
				s.begin(it.Customer)
				reading = true
			}
			s.item = it
			s.add()
		}
		if reading && s.meets() {
			yield(s.result(), nil)
		}
	}
}

func (s *scanner) begin(customer string) {
	s.customer, s.balances, s.oldest, s.fault = customer, s.balances[:0], noDebit, nil
}

// add counts the item at hand.
func (s *scanner) add() {
	it := &s.item
	if err := checkItem(it); err != nil {
		if s.fault == nil {
			s.fault = err
		}
		return
	}
	same := func(m ar.Money) bool { return m.Currency() == it.Outstanding.Currency() }
	if i := slices.IndexFunc(s.balances, same); i >= 0 {
		s.balances[i] = plus(s.balances[i], it.Outstanding)
	} else {
		s.balances = append(s.balances, it.Outstanding)
	}
	if it.Outstanding.Sign() > 0 {
		s.oldest = max(s.oldest, s.criteria.Period.To.DaysSince(it.DueDate()))
	}
}

// meets reports whether the customer meets the criteria, or may do so.
func (s *scanner) meets() bool {
	if s.fault != nil {
		return true
	}
	switch s.criteria.Eligible {
	case EligiblePastDue, EligibleAged:
		return s.oldest >= s.from
	case EligibleThreshold:
		return slices.ContainsFunc(s.balances, func(m ar.Money) bool {
			over, err := m.Cmp(s.criteria.Threshold) // an error: of another currency
			return err == nil && over > 0
		})
	default:
		return slices.ContainsFunc(s.balances, func(m ar.Money) bool { return !m.IsZero() })
	}
}

func (s *scanner) result() Eligible {
	balances := append([]ar.Money(nil), s.balances...)
	slices.SortFunc(balances, func(a, b ar.Money) int { return a.Currency().Compare(b.Currency()) })
	return Eligible{s.customer, balances, s.fault}
}
