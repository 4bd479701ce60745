package memstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// Load returns the store that was saved in a file, and checks everything anew.
// The calendars are those of New.
//
// A file that is not there is fs.ErrNotExist; one that is none of a store,
// ErrForeign; one of a later version, ErrNewer; one that is not as it was saved,
// be it a byte short, ErrDamaged. Facts that do not fit, with other calendars
// than those that they were posted with, say, are refused as ledger.NewAccount
// refuses them. There is no way to load a part.
func Load(ctx context.Context, path string, calendars duedate.Calendars) (*Store, error) {
	f, err := disk{}.open(path)
	if err != nil {
		return nil, fmt.Errorf("load store: %w", err)
	}
	//nolint:errcheck // nothing was written to it
	defer f.Close()
	s, err := read(ctx, f, calendars)
	if err != nil {
		return nil, fmt.Errorf("load store %q: %w", path, err)
	}
	return s, nil
}

// loader makes a store of the frames of a file.
type loader struct {
	codec
	store      *Store
	customers  []*customer
	statements []*statement.Record
}

func read(ctx context.Context, r io.Reader, calendars duedate.Calendars) (*Store, error) {
	f := newReader(r)
	if err := f.header(); err != nil {
		return nil, err
	}
	l := loader{store: New(calendars), codec: newCodec()}
	for last := false; !last; {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		payload, err := f.frame()
		if err != nil {
			return nil, err
		}
		last, err = l.take(payload)
		if l.err != nil {
			return nil, f.damaged(l.err)
		}
		if err != nil {
			return nil, err
		}
	}
	if err := f.end(); err != nil {
		return nil, err
	}
	latest := slices.SortedFunc(slices.Values(l.statements), compareLatest)
	l.store.now.Store(&state{
		inOrder(compareCustomers, l.customers), inOrder(compareKeys, l.statements), inOrder(compareLatest, latest),
	})
	return l.store, nil
}

var (
	errKind  = errors.New("a frame of no known kind")
	errOrder = errors.New("it is not in order")
	errRest  = errors.New("there is more in a frame than there should be")
)

// take adds what a payload says, and reports whether it is the last. What is
// wrong with the payload itself is in l.err, too.
func (l *loader) take(payload []byte) (last bool, err error) {
	l.payload = payload
	var kind uint8
	number(&l.codec, &kind)
	switch kind {
	case kindEnd:
		return true, l.done(false)
	case kindCustomer:
		var v saved
		l.customer(&v)
		if err := l.done(len(l.customers) > 0 && l.customers[len(l.customers)-1].id >= v.id); err != nil {
			return false, err
		}
		c, err := l.build(&v)
		if err != nil {
			return false, fmt.Errorf("customer %q: %w", v.id, err)
		}
		l.customers = append(l.customers, c)
		return false, nil
	case kindStatement:
		var r statement.Record
		l.statement(&r)
		l.statements = append(l.statements, &r)
		n := len(l.statements)
		return false, l.done(n > 1 && compareKeys(l.statements[n-2], &r) >= 0)
	}
	l.fail(errKind)
	return false, l.err
}

// done checks that the payload is read up, and came in its order.
func (l *loader) done(disorder bool) error {
	if len(l.payload) > 0 {
		l.fail(errRest)
	}
	if disorder {
		l.fail(errOrder)
	}
	return l.err
}

// build makes the customer that was saved.
func (l *loader) build(v *saved) (*customer, error) {
	c := &customer{id: v.id, profile: v.profile, changes: v.changes}
	if len(v.postings) == 0 {
		return c, nil
	}
	var details ledger.Customer
	for i := range v.postings {
		p := &v.postings[i]
		p.Customer = v.id
		if p.Details != nil {
			p.Details.ID = v.id
			details = *p.Details
		}
	}
	for i := range v.facts.Documents {
		v.facts.Documents[i].Customer = v.id
	}
	var err error
	if c.account, err = ledger.NewAccount(details, v.facts, l.store.calendars); err != nil {
		return nil, err
	}
	if err := l.store.unused(v.facts); err != nil {
		return nil, err
	}
	l.store.use(v.facts)
	var upTo counts
	for i := range v.postings {
		p := &v.postings[i]
		upTo = upTo.plus(count(p.Facts))
		c.postings = append(c.postings, newPosting(p, c.account, upTo))
	}
	return c, nil
}
