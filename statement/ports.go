package statement

import (
	"context"
	"errors"
	"iter"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// Ledger is what statements are made of, as a host stores it.
//
// Every method gives up with the context's error once that is done.
type Ledger interface {
	// OpenItems yields what is open on q.AsOf at the locations that q.Scope
	// views, of q.Customers or of all customers, and ends after the first error;
	// q.Check says what is wrong with a query. Customers come in ascending order
	// of their IDs, byte by byte, and the items of each one after the other. All
	// items are of one moment: what is written meanwhile shows in the next call.
	// The caller may read and write meanwhile, as a run does that saves its
	// statements, and stop early. Customers that are not there have no items.
	OpenItems(ctx context.Context, q ledger.Query) iter.Seq2[ledger.Item, error]

	// Account returns the facts of one customer, those at all locations, whichever
	// of them the scope views: what is applied across locations counts at both, and
	// an account of some would be wrong about what is open there. What the scope may
	// know of the facts is told by the functions that take both, as FromAccount
	// does. A scope that views nothing is ledger.ErrNoLocations, and then a customer
	// that is not there is ledger.ErrUnknownCustomer.
	Account(ctx context.Context, scope ledger.Scope, customer string) (*ledger.Account, error)
}

// What a store says when it does not save a record.
var (
	// ErrSaved: a record with the same key is there already.
	ErrSaved = errors.New("the statement is saved already")
	// ErrRecent: another record of the customer, the period and the locations is
	// recent enough.
	ErrRecent = errors.New("a recent statement of the period is saved already")
	// ErrNoRecord: there is no such record, or none that the scope views.
	ErrNoRecord = errors.New("no such saved statement")
)

// Key names a saved statement. A run makes one statement of a customer and
// period; a statement made by itself is a run of one.
type Key struct {
	Run      string // the run's ID, chosen by the host
	Customer string // the customer's ID
	Period   Period
}

// Record is a saved statement (SPEC S4). But for Sent it never changes.
type Record struct {
	Key
	Locations []string   // that the statement was made for, one or more, in order; viewed by those who view all of them
	At        time.Time  // when it was made
	Balances  []ar.Money // what the customer owed, by currency

	// Content is all that the statement says, in the format of the version, so
	// that a reprint is the same for ever.
	Version int
	Content []byte

	Sent time.Time // when it was sent to the customer; zero: not, or not successfully
}

// RecordQuery says which records a store is to give.
type RecordQuery struct {
	// Scope is who asks. Only records are given all of whose locations it views.
	Scope ledger.Scope

	Run      string // empty: of any run
	Customer string // empty: of any customer
	Period   Period // zero: of any period
}

// Records keeps saved statements, as a host stores them.
//
// Every method gives up with the context's error once that is done; what is
// written is then there as a whole or not at all.
type Records interface {
	// SaveRecord keeps a record. It is there as a whole and for good when
	// SaveRecord returns nil, and not at all when it returns an error. What
	// Record.Validate says is wrong with it is such an error, and so is
	// ledger.ErrNoLocations for a scope that views nothing.
	//
	// A record with the same key, that is there already, is ErrSaved, and stays
	// as it was, whatever the scope. If since is not zero, another record of the
	// same customer and period is ErrRecent if it was made at since or later, for
	// all locations of this one at least (Record.Covers), and the scope views all
	// that it was made for (SPEC R2, A4). So what is owed at a location is left out
	// only where a statement for it was made, which the caller knows of. The store
	// looks and writes in one step: of two that come at once, one finds the other.
	// Nor is a record saved between the judging of a payment's new date
	// (CheckRedates) and its writing.
	//
	// The scope is that of the caller, which may view more than the record is for.
	// Whether it may modify the locations is asked by those who save: see Save.
	SaveRecord(ctx context.Context, scope ledger.Scope, r Record, since time.Time) error

	// MarkSent sets when a record was sent, over an earlier time too. A scope that
	// views nothing is ledger.ErrNoLocations. No record with the key is ErrNoRecord,
	// and so, word for word, is one that was made for a location that the scope does
	// not view; it stays as it was.
	//
	// As with SaveRecord, whether the scope may modify the locations is not asked
	// here, but by those who send: see Email, Resend and SendRuns.
	MarkSent(ctx context.Context, scope ledger.Scope, key Key, at time.Time) error

	// Records yields records, the latest first, then by customer, run, and the
	// first and the last day of the period, and ends after the first error. A scope
	// that views nothing is ledger.ErrNoLocations. All are of one moment; the caller
	// may read and write meanwhile, and stop early. Their slices are the caller's
	// own.
	Records(ctx context.Context, q RecordQuery) iter.Seq2[Record, error]
}

// Store is what statements and statement runs need of a host's storage.
type Store interface {
	Ledger
	Records
}
