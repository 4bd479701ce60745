package statement

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// CollectRun makes one document of the saved statements of a run that the scope
// views, by customer, then period (SPEC R5). A run without any is ErrNoRecord,
// and any other failure a *DownloadError, one of Find with the cut-over date for
// example. It reads one statement at a time.
func CollectRun(ctx context.Context, records Records, scope ledger.Scope, run string, cutover ar.Date, renderer Renderer) error {
	if err := scope.Check(); err != nil {
		return err
	}
	if run == "" { // a query with it would find all runs
		return ErrNoRun
	}
	var keys []Key
	for r, err := range records.Records(ctx, RecordQuery{Scope: scope, Run: run}) {
		if err != nil {
			return &DownloadError{err}
		}
		keys = append(keys, r.Key)
	}
	if len(keys) == 0 {
		return fmt.Errorf("statements of run %q: %w", run, ErrNoRecord)
	}
	slices.SortFunc(keys, func(a, b Key) int {
		return cmp.Or(cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Period.From, b.Period.From), cmp.Compare(a.Period.To, b.Period.To))
	})
	return download(ctx, renderer, func(yield func(Sheet, error) bool) {
		for _, key := range keys {
			s, err := reopen(ctx, records, scope, key, cutover)
			if !yield(Sheet{Statement: s}, err) || err != nil {
				return
			}
		}
	})
}

func reopen(ctx context.Context, records Records, scope ledger.Scope, key Key, cutover ar.Date) (*Statement, error) {
	r, err := Find(ctx, records, scope, key, cutover)
	if err != nil {
		return nil, err
	}
	return r.Statement()
}
