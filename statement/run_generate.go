package statement

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"unicode/utf8"

	"github.com/openreceivables/ar/ledger"
)

// Result says what a run has done (SPEC R4).
type Result struct {
	Created  int // statements that this call has saved
	Earlier  int // statements of the run that were there already
	Skipped  int // customers left out, as they have a recent statement of another run
	Failures []Failure

	// Remaining is how many eligible customers were not tried because of the cap:
	// those for the next batch, a run with another ID, whose SkipRecent reaches
	// back to this one. With SkipNone that would begin anew, and never end. It is
	// complete when Generate returns no error.
	Remaining int
	Cap       int // that held: the most that Created and Earlier come to
}

// CapHit reports whether the cap kept eligible customers from their statements.
func (r Result) CapHit() bool { return r.Remaining > 0 }

// Failure is a customer whose statement could not be made, saved or sent. Its
// texts may come from outside, as names do, with characters that command a
// terminal or turn the direction of text: who shows them writes them as they can
// safely stand there, by render.Printable for example.
type Failure struct {
	Customer string // the customer's ID
	Name     string // for people; the ID where the name is not known
	Reason   string // without line feeds; one that is too long ends with an ellipsis
	Err      error  // the whole of it
}

// Generate makes and saves the statement of each customer that Eligible yields,
// in that order, as far as the cap allows (SPEC R4, R5). A customer whose
// statement cannot be made or saved is a failure of the result, does not count
// for the cap, and is tried again by a call of the same run, or of the next; the
// others proceed. So is, with ErrSaved, one whose statement under the ID of the
// run is for locations outside of this one's: somebody else has taken the ID. A
// panic is not caught.
//
// Each statement is saved as a whole or not at all, so that after a crash the
// same call completes the run. Where another run saves a recent statement of the
// customer first, this one is skipped.
//
// What is wrong before anything is done is the error of Eligible, ErrNoRun or
// ErrNoTime. Later, an error means that the run ended early: the context is done,
// or the store could not go on with the open items. The result then says what was
// done until then.
func (r *Run) Generate(ctx context.Context, store Store, scope ledger.Scope) (Result, error) {
	p, err := r.plan(store, scope)
	switch {
	case err != nil:
		return Result{}, err
	case r.ID == "":
		return Result{}, ErrNoRun
	case r.Now.IsZero():
		return Result{}, r.fault(ErrNoTime)
	}
	g := generation{plan: p}
	g.result.Cap = cmp.Or(r.Cap, DefaultCap)
	if err := g.run(ctx); err != nil {
		return g.result, r.fault(err)
	}
	return g.result, nil
}

// generation is a plan that is carried out.
type generation struct {
	*plan
	result  Result
	resumed bool // the run has made statements before
}

func (g *generation) run(ctx context.Context) error {
	made, err := g.made(ctx)
	if err != nil {
		return err
	}
	g.result.Earlier, g.resumed = made, made > 0
	for e, err := range g.candidates(ctx) {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = g.customer(ctx, e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// customer deals with a candidate. An error ends the run.
func (g *generation) customer(ctx context.Context, e Eligible) error {
	has, err := g.has(ctx, &e, g.resumed)
	if err != nil {
		return err
	}
	switch r := &g.result; {
	case has == own: // counted at the start
	case has == recent:
		r.Skipped++
	case r.Created+r.Earlier >= r.Cap:
		r.Remaining++
	default:
		if err := g.count(ctx, e); err != nil {
			return err
		}
	}
	if g.Progress != nil {
		g.Progress(g.result)
	}
	return nil
}

// count makes a customer's statement and counts what became of it.
func (g *generation) count(ctx context.Context, e Eligible) error {
	name, err := g.save(ctx, e)
	switch r := &g.result; {
	case err == nil:
		r.Created++
	case errors.Is(err, ErrSaved) && g.sees(ctx, e.Customer): // by another call of this run, meanwhile
		r.Earlier++
	case errors.Is(err, ErrRecent):
		r.Skipped++
	case ctx.Err() != nil:
		return ctx.Err()
	default:
		r.Failures = append(r.Failures, Failure{
			Customer: e.Customer, Name: cmp.Or(name, g.name(ctx, e.Customer)),
			Reason: shorten(err.Error(), cmp.Or(g.MaxReason, DefaultMaxReason)), Err: err,
		})
	}
	return nil
}

// sees reports whether the run's statement of a customer is one for its locations.
func (g *generation) sees(ctx context.Context, customer string) bool {
	_, err := Find(ctx, g.store, g.scope, Key{g.ID, customer, g.Criteria.Period}, 0)
	return err == nil
}

// save is Save of a customer's statement, but for errors that name it: a failure
// does that. It returns the customer's name as far as it got to know it.
func (g *generation) save(ctx context.Context, e Eligible) (name string, err error) {
	if e.Err != nil {
		return "", e.Err
	}
	s, err := preview(ctx, g.store, g.caller, g.scope, Request{Customer: e.Customer, Options: g.options})
	if err != nil {
		return "", err
	}
	r, err := s.record(g.ID, g.scope.Viewable(), g.Now)
	if err != nil {
		return s.Name(), err
	}
	return s.Name(), g.store.SaveRecord(ctx, g.caller, r, g.since)
}

// name returns what to call a customer who has no statement to tell it.
func (g *generation) name(ctx context.Context, customer string) string {
	if g.options.Name != nil {
		return cmp.Or(g.options.Name(customer), customer)
	}
	if a, err := g.store.Account(ctx, g.scope, customer); err == nil {
		return cmp.Or(a.Customer().Name, customer)
	}
	return customer
}

// shorten puts a text on one line of at most limit characters.
func shorten(text string, limit int) string {
	text = strings.ReplaceAll(valid(text), "\n", "; ")
	if utf8.RuneCountInString(text) <= limit {
		return text
	}
	return string([]rune(text)[:limit-1]) + "…"
}
