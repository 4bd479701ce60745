package store

import (
	"slices"

	"github.com/openreceivables/ar/ledger"
)

// Locations returns the locations that the posting touches, in order: those of
// its documents, and of all documents that its allocations, those that these came
// along with, its reversals, new dates and statuses are about, its own or the
// account's. Details touch none. The account, before the posting or after it, is
// nil where the customer is not there; documents that are in neither are left out.
func (p *Posting) Locations(account *ledger.Account) []string {
	return p.locations(account, func(string) bool { return true })
}

// locations is Locations where the account's documents at some locations are not
// there.
func (p *Posting) locations(account *ledger.Account, views func(string) bool) []string {
	f := finder{own: &p.Facts, account: account, views: views}
	var all []string
	touch := func(ids ...string) {
		for _, id := range ids {
			if d := f.document(id); d != nil {
				all = append(all, d.Location)
			}
		}
	}
	for i := range p.Facts.Documents {
		if l := p.Facts.Documents[i].Location; i == 0 || l != all[len(all)-1] {
			all = append(all, l)
		}
	}
	ends := func(allocation string) {
		if x := f.allocation(allocation); x != nil {
			touch(x.Credit, x.Debit)
		}
	}
	for _, x := range p.Facts.Allocations {
		touch(x.Credit, x.Debit)
		if x.With != "" {
			ends(x.With)
		}
	}
	for _, r := range p.Facts.Reversals {
		ends(r.Allocation)
	}
	for _, r := range p.Facts.Redates {
		touch(r.Document)
	}
	for _, s := range p.Facts.Statuses {
		touch(s.Document)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// finder finds what facts name, in a posting and in an account.
type finder struct {
	own     *ledger.Facts
	account *ledger.Account // or nil
	views   func(location string) bool

	// By ID, once one is asked for.
	documents   map[string]*ledger.Document   // the posting's own
	allocations map[string]*ledger.Allocation // the posting's own
	there       map[string]*ledger.Allocation // the account's
}

// document returns a document, or nil.
func (f *finder) document(id string) *ledger.Document {
	if f.documents == nil {
		f.documents = map[string]*ledger.Document{}
		for i := range f.own.Documents {
			d := &f.own.Documents[i]
			f.documents[d.ID] = d
		}
	}
	if d := f.documents[id]; d != nil || f.account == nil {
		return d
	}
	if d, _ := f.account.Document(id); d != nil && f.views(d.Location) {
		return d
	}
	return nil
}

// allocation returns an allocation of the posting or of the account, or nil. One
// with an end that is not there is not there.
func (f *finder) allocation(id string) *ledger.Allocation {
	if f.allocations == nil {
		f.allocations = byID(f.own.Allocations)
	}
	x := f.allocations[id]
	if x == nil && f.account != nil {
		if f.there == nil {
			f.there = byID(f.account.Facts().Allocations)
		}
		x = f.there[id]
	}
	if x == nil || f.document(x.Credit) == nil || f.document(x.Debit) == nil {
		return nil
	}
	return x
}

func byID(all []ledger.Allocation) map[string]*ledger.Allocation {
	m := make(map[string]*ledger.Allocation, len(all))
	for i := range all {
		m[all[i].ID] = &all[i]
	}
	return m
}
