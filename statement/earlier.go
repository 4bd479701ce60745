package statement

import (
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// listed is the documents that statements list.
type listed map[listedKey]bool

// listedKey names a document by its ID; and besides by customer, number and date,
// for when either side has no IDs, as statements made of bare items.
type listedKey struct {
	id, customer, number string
	date                 ar.Date
	bare                 bool // the statement that lists it has no ID for it
}

func (s listed) add(customer string, l *Line) {
	if l.Document != "" {
		s[listedKey{id: l.Document}] = true
	}
	s[listedKey{customer: customer, number: l.Number, date: l.Date, bare: l.Document == ""}] = true
}

func (s listed) has(customer, id, number string, date ar.Date) bool {
	key := listedKey{customer: customer, number: number, date: date}
	bare := key
	bare.bare = true
	return id != "" && s[listedKey{id: id}] || number != "" && (s[bare] || id == "" && s[key])
}

// unpaidOn returns the debits that have a line as unpaid on any of the statements.
func unpaidOn(statements []*Statement) listed {
	s := listed{}
	for _, st := range statements {
		for _, section := range st.All() {
			for _, l := range section.Lines() {
				if l.Outstanding.Sign() > 0 {
					s.add(st.customer, &l)
				}
			}
		}
	}
	return s
}

// forwarded is an earlier statement in balance-forward form. What was open before
// its period is in its opening balance, and has no line.
type forwarded struct {
	customer  string
	period    Period
	locations []string
}

// forwardedBy returns those of the statements that are in balance-forward form,
// without what they say, which need not be kept.
func forwardedBy(statements []*Statement) []forwarded {
	var all []forwarded
	for _, st := range statements {
		if st.form == BalanceForward {
			all = append(all, forwarded{st.customer, st.period, st.locations})
		}
	}
	return all
}

// opensWith reports whether an item that is open later was in the opening balance.
func (s *forwarded) opensWith(it *ledger.Item) bool {
	return it.Date < s.period.From && it.Customer == s.customer && slices.Contains(s.locations, it.Location)
}

// carried reports whether a bare item was in an earlier opening balance. It may
// have been paid then, and be open again: only an account tells.
func (f *frame) carried(it *ledger.Item) bool {
	return slices.ContainsFunc(f.forwarded, func(s forwarded) bool { return s.opensWith(it) })
}

// showCarried adds the account's debits that were in an earlier opening balance,
// and unpaid at the end of that statement, to what was shown as unpaid.
func (f *frame) showCarried(a *ledger.Account) error {
	for _, s := range f.forwarded {
		entries, err := a.Open(s.period.To)
		if err != nil {
			return err
		}
		for i := range entries {
			e := &entries[i]
			if it := e.Item(); e.Outstanding.Sign() > 0 && s.opensWith(&it) {
				f.shown[listedKey{id: valid(e.Document.ID)}] = true
			}
		}
	}
	return nil
}
