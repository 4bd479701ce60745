package statement

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// FromItems returns the statement of a customer in open-item form, from its
// items in any order. Items dated after the period's last day, closed by then, or
// with nothing outstanding are left out, as from the aged report.
//
// Bare items do not tell what kind of document they are of, nor its original
// amount or ID. The errors are those of Options, ErrNeedsAccount, and those of
// invalid items and of items of other customers (ledger.ErrOtherCustomer).
func FromItems(customer string, items []ledger.Item, opt Options) (*Statement, error) {
	f, err := opt.itemFrame()
	if err != nil {
		return nil, err
	}
	if customer == "" {
		return nil, ledger.ErrNoCustomer
	}
	var open []Line
	for i := range items {
		it := &items[i]
		if err := checkItem(it); err != nil {
			return nil, fmt.Errorf("item %d: %w", i, err)
		}
		if it.Customer != customer {
			return nil, fmt.Errorf("item %d: %s: %w, and the statement is that of %q", i, it, ledger.ErrOtherCustomer, customer)
		}
		if f.open(it) {
			open = append(open, f.itemLine(it))
		}
	}
	if len(open) == 0 && f.period.To < f.cutover {
		return nil, f.beforeCutover(f.cutover)
	}
	return newStatement(f, customer, f.nameOf(ledger.Customer{ID: customer}), f.openItems(open))
}

// checkItem is Validate, in less time where nothing is wrong.
func checkItem(it *ledger.Item) error {
	if it.Customer == "" || !it.Date.Valid() || !validOrZero(it.Posted) || !validOrZero(it.Due) || !it.Closed.IsZero() || it.Held < 0 {
		return it.Validate()
	}
	return nil
}

func validOrZero(d ar.Date) bool { return d >= 0 && d <= ar.MaxDate }

// itemFrame is the frame of statements from bare items.
func (o *Options) itemFrame() (*frame, error) {
	if o.Form == BalanceForward {
		return nil, ErrNeedsAccount
	}
	return o.frame()
}

// open reports whether a valid item is open at the end of the period.
func (f *frame) open(it *ledger.Item) bool {
	to := f.period.To
	return it.Date <= to && (it.Closed.IsZero() || it.Closed > to) && !it.Outstanding.IsZero()
}

// openItems returns the sections of the lines of all that is open.
func (f *frame) openItems(open []Line) []Section {
	var sections []Section
	for cur, lines := range byCurrency(open) {
		s := f.newSection(cur, lines)
		s.lines = f.show(lines, s.Opening())
		sections = append(sections, s)
	}
	return sections
}

func byCurrency(lines []Line) map[ar.Currency][]Line {
	m := map[ar.Currency][]Line{}
	for i := range lines {
		cur := lines[i].Outstanding.Currency()
		m[cur] = append(m[cur], lines[i])
	}
	return m
}
