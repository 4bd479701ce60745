package store

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/openreceivables/ar/ledger"
)

// What a posting may be refused for, besides what Posting.Apply says.
var (
	// ErrIncomplete: a posting lacks its key, customer, author or time.
	ErrIncomplete = errors.New("the posting is incomplete")
	// ErrKeyUsed: another posting of the customer has the key.
	ErrKeyUsed = errors.New("the key is used by another posting")
	// ErrHidden: the facts do not fit with some at locations that the scope does
	// not view, or a statement for such locations forbids them. No more is said,
	// as the caller is not to know these.
	ErrHidden = errors.New("it does not fit with what the scope does not view")
)

// Posting is facts about one customer that are written together, and the entry
// of the audit trail that tells who wrote them and when.
type Posting struct {
	// Key tells a repetition from a new posting: a host that does not know
	// whether a posting arrived posts it again under the same key. It is unique
	// among the postings of one customer, so one key may do for a whole batch.
	Key      string
	Customer string // the customer's ID

	// Details are the customer's name and terms from now on, and make a customer
	// who is not there yet. Nil leaves them as they are. Terms are for documents
	// of this posting and later ones: see Apply.
	Details *ledger.Customer

	Facts ledger.Facts // may be empty where there are Details
	At    time.Time    // when it was written, by the host's clock
	By    string       // who wrote it
}

// Journal is how documents and all that happens to them come into a store, and
// the trail that this leaves.
type Journal interface {
	// Post writes a posting: all of it, for good, when it returns nil, and
	// nothing when it returns an error. What it writes are the facts as
	// Posting.Apply settles them. It is refused as Posting.Apply refuses;
	// and a document or an allocation whose ID one of another customer has, with
	// a *ledger.FactError and ledger.ErrDuplicateID.
	//
	// Of a posting and a statement that come at once, one is first: either Apply
	// has the statement among its records, or the posting is there when the
	// statement is saved. So no date is written that a saved statement forbids (SPEC
	// L6); and what is written stays, whatever is saved later. The cut-over date is
	// the host's, and not known here: ledger.Account.Redate keeps to it.
	//
	// What the customer has under the key already is not written again: Post
	// returns nil for the same posting (Posting.Repeats), and ErrKeyUsed for
	// another. That comes first: a repetition needs no scope but one that views
	// something. Of several calls at once, each finds what those before it wrote.
	Post(ctx context.Context, scope ledger.Scope, p Posting) error

	// Postings yields what was posted for a customer, or with an empty ID for
	// all: customers in ascending order of their IDs, byte by byte, and the
	// postings of each in the order in which they were written. Left out is what
	// touches a location that the scope does not view (Posting.Locations); a scope
	// that views nothing is ledger.ErrNoLocations. It ends after the first error.
	//
	// All are of one moment, and the caller may stop early. Details and facts are
	// the caller's own; debits have the due dates or terms that Apply gave them. A
	// customer that is not there has no postings.
	Postings(ctx context.Context, scope ledger.Scope, customer string) iter.Seq2[Posting, error]
}

// Validate returns an error for each thing that is missing.
func (p *Posting) Validate() error {
	var faults []error
	need := func(there bool, what string) {
		if !there {
			faults = append(faults, fmt.Errorf("posting %q for customer %q: %w: %s", p.Key, p.Customer, ErrIncomplete, what))
		}
	}
	need(p.Key != "", "no key")
	need(p.Customer != "", "no customer ID")
	need(p.By != "", "it does not say who wrote it")
	need(!p.At.IsZero(), "it does not say when it was written")
	f := &p.Facts
	facts := len(f.Documents) + len(f.Allocations) + len(f.Reversals) + len(f.Redates) + len(f.Statuses)
	need(facts > 0 || p.Details != nil, "neither facts nor details")
	need(p.Details == nil || p.Details.ID == p.Customer, "its details are of another customer")
	return errors.Join(faults...)
}
