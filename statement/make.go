package statement

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// Request says which statement of which customer is wanted.
type Request struct {
	Customer string // the customer's ID
	Options

	// For what is saved: the ID of the run it belongs to, the time it is made,
	// and how recent another statement of the customer, the period and the
	// locations must be for this one not to be saved (zero: however recent). See
	// Records.SaveRecord.
	Run   string
	At    time.Time
	Since time.Time
}

// Mailer sends a saved statement to its customer, as a host does that. It
// returns nil only for what was sent.
type Mailer interface {
	Send(ctx context.Context, r Record) error
}

// ErrSentUnmarked: a statement was sent, but the store did not mark it.
var ErrSentUnmarked = errors.New("sent, but not marked as sent")

// Preview returns a customer's statement at the locations that the scope views,
// and saves nothing (SPEC S4). Options.Previous need not be given: where
// Overdue is OnStatement, they are looked up, those that end before the period
// does and that the scope views.
//
// The errors are those of FromAccount and of the store.
func Preview(ctx context.Context, store Store, scope ledger.Scope, q Request) (*Statement, error) {
	return preview(ctx, store, scope, scope, q)
}

// preview is Preview where the scope may be part of the caller's, who views earlier
// statements that were made for more.
func preview(ctx context.Context, store Store, caller, scope ledger.Scope, q Request) (*Statement, error) {
	if err := scope.Check(); err != nil {
		return nil, err
	}
	if q.Customer == "" {
		return nil, ledger.ErrNoCustomer
	}
	a, err := store.Account(ctx, scope, q.Customer)
	if err != nil {
		return nil, err
	}
	if q.Overdue == OnStatement && q.Previous == nil {
		if q.Previous, err = previous(ctx, store, caller, scope, a, q.Period.To); err != nil {
			return nil, err
		}
	}
	return FromAccount(a, scope, q.Options)
}

// previous returns the saved statements that the caller views and that may list
// what is past due on a day in the scope.
func previous(ctx context.Context, records Records, caller, scope ledger.Scope, a *ledger.Account, to ar.Date) ([]*Statement, error) {
	oldest := to // no older statement lists anything of interest
	for it, err := range a.Items(to) {
		if err != nil {
			return nil, err
		}
		if it.Outstanding.Sign() > 0 && it.DueDate() < to && scope.Views(it.Location) {
			oldest = min(oldest, it.Date)
		}
	}
	var all []*Statement
	for r, err := range records.Records(ctx, RecordQuery{Scope: caller, Customer: a.Customer().ID}) {
		if err != nil {
			return nil, err
		}
		if r.Period.To < oldest || r.Period.To >= to {
			continue
		}
		s, err := r.Statement()
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// Save makes the statement that Preview does, and saves it: for a print, or a
// preview, whose save flag is set (SPEC S4). A statement that is saved already,
// with the same run, is ErrSaved, and one where another is recent enough is
// ErrRecent.
//
// A record writes: it keeps payments from being re-dated (SPEC L6) and others from
// a statement (SPEC R2). So the scope must be one that may modify all locations
// that it views, else the error is a *ledger.LocationError, as a run's is; Preview
// does without.
func Save(ctx context.Context, store Store, scope ledger.Scope, q Request) (Record, error) {
	if err := scope.CheckModify(); err != nil {
		return Record{}, Key{q.Run, q.Customer, q.Period}.fault(err)
	}
	s, err := Preview(ctx, store, scope, q)
	if err != nil {
		return Record{}, err
	}
	r, err := s.Record(q.Run, scope.Viewable(), q.At)
	if err != nil {
		return Record{}, err
	}
	if err := store.SaveRecord(ctx, scope, r, q.Since); err != nil {
		return Record{}, r.fault(err)
	}
	return r, nil
}

// Email saves the statement as Save does, sends it, and marks it as sent (SPEC
// S4). Where sending fails it stays saved, is not marked, and is returned with
// the error; Resend sends it then.
//
// Where the same run has saved it already, that record is sent, unless it was:
// to be called again with the same request after a failure sends nothing twice,
// but for what was sent and could not be marked, ErrSentUnmarked.
func Email(ctx context.Context, store Store, scope ledger.Scope, q Request, mailer Mailer) (Record, error) {
	r, err := Save(ctx, store, scope, q)
	if errors.Is(err, ErrSaved) {
		found, again := Find(ctx, store, scope, Key{q.Run, q.Customer, q.Period}, q.Cutover)
		switch {
		case again == nil && !found.Sent.IsZero():
			return found, nil
		case !errors.Is(again, ErrNoRecord): // else it is not the scope's, and stays ErrSaved
			r, err = found, again
		}
	}
	if err != nil {
		return Record{}, err
	}
	r, err = send(ctx, store, scope, r, mailer, q.At)
	return r, r.fault(err)
}

// Resend sends a saved statement, also one that was sent before, and marks when
// (SPEC S5). The scope must be one that may modify all locations that it was made
// for, else the error is a *ledger.LocationError; the others are those of Find, and
// those of Email. SendRuns sends what was not sent.
func Resend(ctx context.Context, records Records, scope ledger.Scope, key Key, cutover ar.Date, mailer Mailer, at time.Time) (Record, error) {
	if at.IsZero() {
		return Record{}, ErrNoTime
	}
	r, err := Find(ctx, records, scope, key, cutover)
	if err != nil {
		return Record{}, err
	}
	if err := scope.CheckModify(r.Locations...); err != nil {
		return Record{}, r.fault(err)
	}
	r, err = send(ctx, records, scope, r, mailer, at)
	return r, r.fault(err)
}

// send sends a saved statement that the scope may modify, and marks it. Its
// errors do not name it.
func send(ctx context.Context, records Records, scope ledger.Scope, r Record, mailer Mailer, at time.Time) (Record, error) {
	if err := mailer.Send(ctx, r); err != nil {
		return r, fmt.Errorf("not sent: %w", err)
	}
	// It is sent, whoever gives up now.
	if err := records.MarkSent(context.WithoutCancel(ctx), scope, r.Key, at.Round(0)); err != nil {
		return r, fmt.Errorf("%w: %w", ErrSentUnmarked, err)
	}
	r.Sent = at.Round(0)
	return r, nil
}

// Find returns a saved statement, to be opened, printed or downloaded again
// (SPEC S5): Record.Statement is what it said. Records.Records lists them.
//
// One that is not there, or that the scope does not view, is ErrNoRecord. One
// from before the cut-over date with nothing outstanding is ErrBeforeCutover; a
// zero date is none.
func Find(ctx context.Context, records Records, scope ledger.Scope, key Key, cutover ar.Date) (Record, error) {
	if err := scope.Check(); err != nil {
		return Record{}, err
	}
	r, err := find(ctx, records, scope, key, cutover)
	if err != nil {
		return Record{}, key.fault(err)
	}
	return r, nil
}

// find is Find but for errors that name the statement.
func find(ctx context.Context, records Records, scope ledger.Scope, key Key, cutover ar.Date) (Record, error) {
	if key.Run == "" || key.Customer == "" || key.Period.Validate() != nil {
		return Record{}, ErrNoRecord // a query with these would find others
	}
	q := RecordQuery{Scope: scope, Run: key.Run, Customer: key.Customer, Period: key.Period}
	for r, err := range records.Records(ctx, q) {
		if err != nil {
			return Record{}, err
		}
		if r.Period.To < cutover {
			s, err := r.statement()
			if err != nil {
				return Record{}, err
			}
			if !s.outstanding() {
				return Record{}, s.beforeCutover(cutover)
			}
		}
		return r, nil
	}
	return Record{}, ErrNoRecord
}
