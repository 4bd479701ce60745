package storetest

import (
	"fmt"
	"iter"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
)

// What the cases do to a store. Each notes what it does.

// tryPost posts, and returns the error.
func (p *probe) tryPost(scope ledger.Scope, x store.Posting) error {
	if !p.step("Post %s; by a scope that views %q and modifies %q", brief(&x), scope.Viewable(), scope.Modifiable()) {
		return nil
	}
	return p.store.Post(p.ctx, scope, x)
}

// post posts what has to go well.
func (p *probe) post(all ...store.Posting) {
	for _, x := range all {
		p.no(p.tryPost(everywhere(), x))
	}
}

// refused posts what has to be refused.
func (p *probe) refused(scope ledger.Scope, x store.Posting, want error) {
	err := p.tryPost(scope, x)
	p.is(err, want)
}

// items returns the texts of what is open.
func (p *probe) items(q ledger.Query) []string {
	return p.collect(p.openItems(q))
}

func (p *probe) openItems(q ledger.Query) iter.Seq2[string, error] {
	p.step("OpenItems as of %s at %q of customers %q", q.AsOf, q.Scope.Viewable(), q.Customers)
	return texts(p.store.OpenItems(p.ctx, q), itemText)
}

// open is items as of 31 March, of all customers.
func (p *probe) open(scope ledger.Scope) []string {
	return p.items(ledger.Query{Scope: scope, AsOf: march(31)})
}

func (p *probe) postings(scope ledger.Scope, customer string) []string {
	p.step("Postings at %q of customer %q", scope.Viewable(), customer)
	return p.collect(texts(p.store.Postings(p.ctx, scope, customer), postingText))
}

// account returns an account that has to be there, or nil.
func (p *probe) account(id string) *ledger.Account {
	a, err := p.tryAccount(everywhere(), id)
	p.no(err)
	if err != nil {
		return nil
	}
	return a
}

func (p *probe) tryAccount(scope ledger.Scope, id string) (*ledger.Account, error) {
	if !p.step("Account of %q; by a scope that views %q", id, scope.Viewable()) {
		return nil, nil
	}
	return p.store.Account(p.ctx, scope, id)
}

// trySave saves by a scope that views all.
func (p *probe) trySave(r statement.Record, since time.Time) error {
	return p.trySaveBy(everywhere(), r, since)
}

func (p *probe) trySaveBy(scope ledger.Scope, r statement.Record, since time.Time) error {
	if !p.step("SaveRecord since %s: %s; by a scope that views %q", instant(since), recordText(&r), scope.Viewable()) {
		return nil
	}
	return p.store.SaveRecord(p.ctx, scope, r, since)
}

// save saves what has to go well, whatever else there is.
func (p *probe) save(all ...statement.Record) {
	for _, r := range all {
		p.no(p.trySave(r, time.Time{}))
	}
}

func (p *probe) tryMarkSent(scope ledger.Scope, k statement.Key, at time.Time) error {
	if !p.step("MarkSent %v at %s; by a scope that views %q and modifies %q", k, instant(at), scope.Viewable(), scope.Modifiable()) {
		return nil
	}
	return p.store.MarkSent(p.ctx, scope, k, at)
}

func (p *probe) records(q statement.RecordQuery) []string {
	p.step("Records at %q, run %q, customer %q, period %s", q.Scope.Viewable(), q.Run, q.Customer, q.Period)
	return p.collect(texts(p.store.Records(p.ctx, q), recordText))
}

// saved is records without a filter.
func (p *probe) saved() []string { return p.records(statement.RecordQuery{Scope: everywhere()}) }

// collect returns all that a sequence yields.
func (p *probe) collect(seq iter.Seq2[string, error]) []string {
	var all []string
	if p.stopped() {
		return nil
	}
	for s, err := range seq {
		if err != nil {
			p.fail("no error", err.Error())
			break
		}
		all = append(all, s)
	}
	return all
}

func (p *probe) stopped() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.failed
}

// itemsOf returns the texts of what the ledger says is open of an account.
func itemsOf(a *ledger.Account, scope ledger.Scope, asOf ar.Date) ([]string, error) {
	var all []string
	for it, err := range scope.Items(a.Items(asOf)) {
		if err != nil {
			return nil, fmt.Errorf("the ledger: %w", err)
		}
		all = append(all, itemText(&it))
	}
	return all, nil
}
