package statement

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/openreceivables/ar/ledger"
)

// The limits of a run that names no others (SPEC R4).
const (
	DefaultCap       = 100 // statements
	DefaultMaxReason = 180 // characters
)

// Run is statements for many customers at once (SPEC R1–R5). A host fills it in
// and calls Preview as often as it likes, then Generate.
//
// The same run, called again, goes on where it ended, be it by the cap, by a
// cancelled context or in a crash: nobody gets two statements of one run and
// period. One caller at a time should do so: several at once make no duplicates
// either, but might together exceed the cap.
type Run struct {
	// ID names the run among all, those for other locations included. The host
	// chooses it, and uses it again only to go on with a run. Eligible and Preview
	// do without.
	ID string

	Criteria Criteria

	// Options are those of each statement. Their period is that of the criteria,
	// and not to be given. Options.Previous need not be given: they are looked up as
	// Preview does, among all that the caller views, whatever the criteria's
	// Locations. Options.Name also names the customers whose data
	// cannot be read.
	Options Options

	// Now is the instant of the run: statements are made at it, and what is recent
	// is measured back from it (SPEC R2).
	Now time.Time

	Cap       int // the most statements that the run makes, in all its calls; zero: DefaultCap
	MaxReason int // the longest reason of a failure, in characters; zero: DefaultMaxReason

	// Progress is told how the result stands after each customer that meets the
	// criteria, in order: who got a statement or failed, who was skipped, who has
	// one of this run already, and who is beyond the cap. Earlier is complete from
	// the first call on. It may be nil; the slice of failures is not to be changed.
	Progress func(Result)
}

// RunPreview says how much a run has before it (SPEC R3).
type RunPreview struct {
	Eligible  int // customers
	Locations int // that the statements would be made for
}

// String returns the count in words: "12 customers eligible".
func (p RunPreview) String() string { return fmt.Sprintf("%d customers eligible", p.Eligible) }

// Preview counts the customers that Generate has still to deal with, whatever the
// cap. It creates nothing and makes no statement: it reads the open items once,
// and asks for earlier statements only of customers that are eligible otherwise.
// Its errors are those of Eligible.
func (r *Run) Preview(ctx context.Context, store Store, scope ledger.Scope) (RunPreview, error) {
	p, err := r.plan(store, scope)
	if err != nil {
		return RunPreview{}, err
	}
	preview := RunPreview{Locations: len(p.scope.Viewable())}
	for _, err := range p.eligible(ctx) {
		if err != nil {
			return RunPreview{}, err
		}
		preview.Eligible++
	}
	return preview, nil
}

// Eligible yields the customers that Preview counts, by ID. What it reads it does
// not keep, so the list may be of any length. An error is the last thing that it
// yields:
//
//   - every fault of the criteria, options and limits;
//   - a scope that views nothing, ledger.ErrNoLocations, or may not view or
//     modify a location, *ledger.LocationError;
//   - what the store says of open items; ErrOrder, if it breaks its promise.
func (r *Run) Eligible(ctx context.Context, store Store, scope ledger.Scope) iter.Seq2[Eligible, error] {
	return func(yield func(Eligible, error) bool) {
		p, err := r.plan(store, scope)
		if err != nil {
			yield(Eligible{}, err)
			return
		}
		p.eligible(ctx)(yield)
	}
}

// plan is a run that was checked, for one caller and store.
type plan struct {
	*Run
	store   Store
	caller  ledger.Scope // who asks, for saved statements: they may be for more locations
	scope   ledger.Scope // narrowed to the locations of the run
	options Options      // with the period
	since   time.Time    // from when on a statement is recent; zero: none is
	scanner *scanner
}

func (r *Run) plan(store Store, scope ledger.Scope) (*plan, error) {
	p := &plan{Run: r, store: store, caller: scope, options: r.Options}
	p.options.Period = r.Criteria.Period
	var within, since, limits error
	p.scope, within = r.Criteria.Within(scope)
	p.since, since = r.Criteria.SkipRecent.Since(r.Now)
	if r.Cap < 0 || r.MaxReason < 0 {
		limits = fmt.Errorf("a cap of %d statements and reasons of %d characters: want numbers from 1 on, or 0 for the usual", r.Cap, r.MaxReason)
	}
	if r.Options.Period != (Period{}) {
		limits = errors.Join(limits, fmt.Errorf("%w: options with %s: the period is that of the criteria", ErrPeriod, r.Options.Period))
	}
	if err := errors.Join(within, r.Criteria.Validate(), since, limits); err != nil {
		return nil, r.fault(err)
	}
	if _, err := p.options.frame(); err != nil {
		return nil, r.fault(err)
	}
	var err error
	p.scanner, err = newScanner(&r.Criteria)
	return p, err
}

func (r *Run) fault(err error) error { return fmt.Errorf("statement run %q: %w", r.ID, err) }

// candidates yields who meets the criteria by open items.
func (p *plan) candidates(ctx context.Context) iter.Seq2[Eligible, error] {
	q := ledger.Query{Scope: p.scope, AsOf: p.Criteria.Period.To, Customers: p.Criteria.Customers}
	return p.scanner.eligible(p.store.OpenItems(ctx, q))
}

// eligible yields the candidates without those that have their statement.
func (p *plan) eligible(ctx context.Context) iter.Seq2[Eligible, error] {
	return func(yield func(Eligible, error) bool) {
		made, err := p.made(ctx)
		if err != nil {
			yield(Eligible{}, p.fault(err))
			return
		}
		for e, err := range p.candidates(ctx) {
			has := none
			if err == nil {
				has, err = p.has(ctx, &e, made > 0)
			}
			if err != nil {
				yield(Eligible{}, p.fault(err))
				return
			}
			if has == none && !yield(e, nil) {
				return
			}
		}
	}
}

// made counts the statements that the run has made before.
func (p *plan) made(ctx context.Context) (int, error) {
	n := 0
	if p.ID == "" {
		return n, nil
	}
	for _, err := range p.store.Records(ctx, RecordQuery{Scope: p.scope, Run: p.ID, Period: p.Criteria.Period}) {
		if err != nil {
			return n, fmt.Errorf("statements of the run: %w", err)
		}
		n++
	}
	return n, nil
}

// held is the statement that a customer has already.
type held uint8

const (
	none   held = iota
	own         // of this run, for its locations
	recent      // of another, for its locations and perhaps more, and recent
)

// has says which statement of the period a customer has already; of the run it
// is asked for only where the run has made any. Where that cannot be told it is
// none, and e.Err says why; the error is that of a context that is done.
func (p *plan) has(ctx context.Context, e *Eligible, resumed bool) (held, error) {
	if p.since.IsZero() && !resumed {
		return none, nil
	}
	has, locations := none, p.scope.Viewable()
	for r, err := range p.store.Records(ctx, RecordQuery{Scope: p.caller, Customer: e.Customer, Period: p.Criteria.Period}) {
		old := p.since.IsZero() || r.At.Before(p.since)
		switch {
		case err != nil:
			e.Err = errors.Join(e.Err, fmt.Errorf("earlier statements: %w", err))
			return none, ctx.Err()
		case r.Run == p.ID:
			if resumed && p.within(&r) {
				return own, nil
			} // else made meanwhile, or for other locations: saving finds it
		case !old && r.Covers(locations):
			has = recent
		}
		if !resumed && (old || has == recent) { // what follows is older
			break
		}
	}
	return has, nil
}

// within reports whether the run makes statements for all locations of a record.
func (p *plan) within(r *Record) bool {
	return !slices.ContainsFunc(r.Locations, func(l string) bool { return !p.scope.Views(l) })
}
