package statement

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
)

// ErrUnbalanced: the amounts of a statement do not add up. No statement that is
// made here has it, but where a report and items do not belong together
// (FromReport); a saved one whose content was changed may.
var ErrUnbalanced = errors.New("the amounts of the statement do not add up")

// Statement is what a customer owes at the end of a period, and how that came
// (SPEC S1). It is immutable, as long as the report and items that it may be made
// of are (ByCustomer, FromReport).
//
// Guarantees, exactly and in every currency:
//
//   - the balance is the total of the ageing box less the unapplied credits, and
//     the sum of what is outstanding; so nothing is in no bucket;
//   - overdue, due now and not yet due sum to the total of the ageing box;
//   - in balance-forward form, the opening balance and all that is listed sum to
//     the closing balance, and that is the balance;
//   - the order of the items or facts makes no difference.
type Statement struct {
	*frame
	customer, name string
	sections       []Section // by currency
}

// Customer returns the customer's ID. Here and in the other texts, bytes that are
// not UTF-8 are shown as U+FFFD; Record.Key has the ID as it is.
func (s *Statement) Customer() string { return valid(s.customer) }

// Name returns the customer's name for people; it may be empty.
func (s *Statement) Name() string { return valid(s.name) }

// Period returns the days that the statement covers.
func (s *Statement) Period() Period { return s.period }

// Form returns how the statement tells what is owed.
func (s *Statement) Form() Form { return s.form }

// Buckets returns the buckets of the ageing box, resolved for the last day.
func (s *Statement) Buckets() bucket.Set { return s.buckets }

// Overdue returns what counts as overdue in the summary box.
func (s *Statement) Overdue() OverdueRule { return s.overdue }

// SplitCurrent reports whether the summary box breaks current into due now and
// not yet due (SPEC S3).
func (s *Statement) SplitCurrent() bool { return s.splitCurrent }

// DueDates reports whether lines have due dates (SPEC S2).
func (s *Statement) DueDates() bool { return !s.noDueDates }

// Len returns the number of sections.
func (s *Statement) Len() int { return len(s.sections) }

// All yields the sections, one for each currency, by currency.
func (s *Statement) All() iter.Seq2[int, *Section] {
	return func(yield func(int, *Section) bool) {
		for i := range s.sections {
			if !yield(i, &s.sections[i]) {
				return
			}
		}
	}
}

// Balances returns what the customer owes, by currency.
func (s *Statement) Balances() []ar.Money {
	balances := make([]ar.Money, len(s.sections))
	for i := range s.sections {
		balances[i] = s.sections[i].Balance()
	}
	return balances
}

// outstanding reports whether anything is.
func (s *Statement) outstanding() bool {
	return slices.ContainsFunc(s.sections, func(x Section) bool {
		return !x.Total().IsZero() || !x.Unapplied().IsZero()
	})
}

// newStatement returns the statement of the sections, if they add up.
func newStatement(f *frame, customer, name string, sections []Section) (*Statement, error) {
	s := &Statement{frame: f, customer: customer, name: name, sections: sections}
	slices.SortFunc(sections, compareSections)
	for i := range sections {
		cur := sections[i].Currency()
		if cur.IsZero() || i > 0 && sections[i-1].Currency() == cur {
			return nil, fmt.Errorf("customer %q: section %d: %q: want one section for each currency", customer, i+1, cur)
		}
		if err := sections[i].check(); err != nil {
			return nil, fmt.Errorf("customer %q: %w", customer, err)
		}
	}
	return s, nil
}
