package storetest

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
	"github.com/openreceivables/ar/store/memstore"
)

// judge is a way to judge a posting's new dates before it is posted.
type judge func(ctx context.Context, scope ledger.Scope, p *store.Posting) error

// judging has statements in a place of their own, where Post does not look, and
// judges new dates by itself, if at all.
func judging(by func(all judge) judge) func(store.Store) broken {
	return func(s store.Store) broken {
		shelf := memstore.New(nil)
		judged := by(func(ctx context.Context, scope ledger.Scope, p *store.Posting) error {
			a, err := s.Account(ctx, everywhere(), p.Customer)
			if errors.Is(err, ledger.ErrUnknownCustomer) {
				return nil
			}
			var records []statement.Record
			for r, failed := range shelf.Records(ctx, statement.RecordQuery{Scope: scope, Customer: p.Customer}) {
				err = errors.Join(err, failed)
				records = append(records, r)
			}
			if err != nil {
				return err
			}
			return statement.CheckRedates(a, p.Facts.Redates, records)
		})
		return broken{
			saveRecord: func(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
				time.Sleep(time.Millisecond / 4) // so that who looks does so before
				return shelf.SaveRecord(ctx, scope, r, since)
			},
			records: shelf.Records,
			post: func(ctx context.Context, scope ledger.Scope, p store.Posting) error {
				if err := judged(ctx, scope, &p); err != nil {
					return err
				}
				return s.Post(ctx, scope, p)
			},
		}
	}
}

// twice judges by what the scope views, and then by everything.
func twice(all judge) judge {
	return func(ctx context.Context, scope ledger.Scope, p *store.Posting) error {
		if err := all(ctx, scope, p); err != nil {
			return err
		}
		if all(ctx, everywhere(), p) != nil {
			return store.ErrHidden
		}
		return nil
	}
}

var brokenRedates = []breakage{
	{"Post/Redate", "new dates are not judged", 0, judging(func(judge) judge {
		return func(context.Context, ledger.Scope, *store.Posting) error { return nil }
	})},
	{"Post/RedateHidden", "by the statements that the scope views only", 0, judging(func(all judge) judge { return all })},
	{"Post/RedateHidden", "it tells of a statement that the scope does not view", 0, judging(func(all judge) judge {
		return func(ctx context.Context, _ ledger.Scope, p *store.Posting) error {
			if err := all(ctx, everywhere(), p); err != nil {
				return fmt.Errorf("%w: %w", store.ErrHidden, err)
			}
			return nil
		}
	})},
	{"Post/RedateSettled", "repetitions are judged too", 0, judging(twice)},
	{"Post/RedateSettled", "payments of the posting itself are judged too", 0, judging(func(judge) judge {
		return func(_ context.Context, _ ledger.Scope, p *store.Posting) error {
			if f := p.Facts; len(f.Redates) > 0 && len(f.Documents) > 0 && f.Redates[0].Date < march(31) {
				return ledger.ErrBeforeStatement
			}
			return nil
		}
	})},
	{"Post/Redate", "only the last statement counts", 0, judging(func(all judge) judge {
		return func(ctx context.Context, scope ledger.Scope, p *store.Posting) error {
			if err := all(ctx, scope, p); errors.Is(err, ledger.ErrBeforeStatement) {
				return err
			}
			return nil
		}
	})},
	{"Post/RedateElsewhere", "statements for all locations bound", 0, func(s store.Store) broken {
		return broken{saveRecord: func(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
			r.Locations = []string{"", "EAST", "WEST"}
			return s.SaveRecord(ctx, scope, r, since)
		}}
	}},
	{"Post/RedateConcurrent", "it looks, and then writes", 0, judging(func(all judge) judge {
		return func(ctx context.Context, scope ledger.Scope, p *store.Posting) error {
			err := twice(all)(ctx, scope, p)
			time.Sleep(time.Millisecond) // so that a statement comes in between
			return err
		}
	})},
}
