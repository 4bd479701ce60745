package statement

import (
	"cmp"
	"context"
	"fmt"
	"iter"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// CollectRuns makes one document of the saved statements of runs that the scope
// views, such as the batches of a month: by customer, then period, then run (SPEC
// R5). Runs none of which has any are ErrNoRecord, and any other failure is a
// *DownloadError, one of Find with the cut-over date for example. It reads one
// statement at a time.
func CollectRuns(ctx context.Context, records Records, scope ledger.Scope, runs []string, cutover ar.Date, renderer Renderer) error {
	if err := checkRuns(scope, runs); err != nil {
		return err
	}
	var keys []Key
	for r, err := range ofRuns(ctx, records, scope, runs) {
		if err != nil {
			return &DownloadError{err}
		}
		keys = append(keys, r.Key)
	}
	if len(keys) == 0 {
		return fmt.Errorf("statements of runs %q: %w", runs, ErrNoRecord)
	}
	sortKeys(keys)
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

// checkRuns refuses a selection of runs that is none: a query without a run would
// find those of all.
func checkRuns(scope ledger.Scope, runs []string) error {
	if err := scope.Check(); err != nil {
		return err
	}
	if len(runs) == 0 || slices.Contains(runs, "") {
		return ErrNoRun
	}
	return nil
}

// ofRuns yields the saved statements of each run once. An error is the last thing
// that it yields.
func ofRuns(ctx context.Context, records Records, scope ledger.Scope, runs []string) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		for i, run := range runs {
			if slices.Contains(runs[:i], run) {
				continue
			}
			for r, err := range records.Records(ctx, RecordQuery{Scope: scope, Run: run}) {
				if !yield(r, err) || err != nil {
					return
				}
			}
		}
	}
}

// sortKeys sorts by customer, then period, then run.
func sortKeys(keys []Key) {
	slices.SortFunc(keys, func(a, b Key) int {
		return cmp.Or(
			cmp.Compare(a.Customer, b.Customer), cmp.Compare(a.Period.From, b.Period.From),
			cmp.Compare(a.Period.To, b.Period.To), cmp.Compare(a.Run, b.Run),
		)
	})
}
