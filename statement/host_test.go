package statement_test

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// host is a store and a mailer in memory, whose calls can be made to fail.
type host struct {
	accounts map[string]*ledger.Account
	records  []statement.Record
	mails    []statement.Record

	failAt int // the call, from 1, that fails; 0: none
	calls  []string
}

func newHost(accounts ...*ledger.Account) *host {
	h := &host{accounts: map[string]*ledger.Account{}}
	for _, a := range accounts {
		h.accounts[a.Customer().ID] = a
	}
	return h
}

var errBroken = fmt.Errorf("the line is broken")

func (h *host) call(ctx context.Context, name string) error {
	h.calls = append(h.calls, name)
	if len(h.calls) == h.failAt {
		return errBroken
	}
	return ctx.Err()
}

func (h *host) OpenItems(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error] {
	return func(yield func(ledger.Item, error) bool) {
		yield(ledger.Item{}, fmt.Errorf("no statement of one customer asks for all items"))
	}
}

func (h *host) Account(ctx context.Context, scope ledger.Scope, customer string) (*ledger.Account, error) {
	if err := cmp.Or(h.call(ctx, "account"), scope.Check()); err != nil {
		return nil, err
	}
	a, ok := h.accounts[customer]
	if !ok {
		return nil, fmt.Errorf("%q: %w", customer, ledger.ErrUnknownCustomer)
	}
	return a, nil
}

func (h *host) SaveRecord(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
	if err := h.call(ctx, "save"); err != nil {
		return err
	}
	for _, o := range h.records {
		if o.Key == r.Key {
			return statement.ErrSaved
		}
		hidden := func(l string) bool { return !scope.Views(l) }
		if !since.IsZero() && o.Customer == r.Customer && o.Period == r.Period && !o.At.Before(since) &&
			o.Covers(r.Locations) && !slices.ContainsFunc(o.Locations, hidden) {
			return statement.ErrRecent
		}
	}
	h.records = append(h.records, r)
	return nil
}

func (h *host) MarkSent(ctx context.Context, scope ledger.Scope, key statement.Key, at time.Time) error {
	if err := cmp.Or(h.call(ctx, "mark"), scope.Check()); err != nil {
		return err
	}
	hidden := func(l string) bool { return !scope.Views(l) }
	for i := range h.records {
		if r := &h.records[i]; r.Key == key && !slices.ContainsFunc(r.Locations, hidden) {
			r.Sent = at
			return nil
		}
	}
	return statement.ErrNoRecord
}

func (h *host) Records(ctx context.Context, q statement.RecordQuery) iter.Seq2[statement.Record, error] {
	return func(yield func(statement.Record, error) bool) {
		err := h.call(ctx, "records")
		if err == nil {
			err = q.Scope.Check()
		}
		if err != nil {
			yield(statement.Record{}, err)
			return
		}
		all := slices.DeleteFunc(slices.Clone(h.records), func(r statement.Record) bool {
			outside := func(l string) bool { return !q.Scope.Views(l) }
			return slices.ContainsFunc(r.Locations, outside) || q.Run != "" && r.Run != q.Run || q.Customer != "" && r.Customer != q.Customer ||
				q.Period != statement.Period{} && r.Period != q.Period
		})
		slices.SortFunc(all, func(a, b statement.Record) int {
			return cmp.Or(b.At.Compare(a.At), cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Run, b.Run))
		})
		for _, r := range all {
			if !yield(r, nil) {
				return
			}
		}
	}
}

func (h *host) Send(ctx context.Context, r statement.Record) error {
	if err := h.call(ctx, "send"); err != nil {
		return err
	}
	h.mails = append(h.mails, r)
	return nil
}
