package storetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync"
	"time"

	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
)

// sequence is one of the iterators of a store.
type sequence struct {
	name string
	run  func(context.Context, store.Store) iter.Seq2[string, error]
}

func sequences() []sequence {
	return []sequence{
		{"OpenItems", func(ctx context.Context, s store.Store) iter.Seq2[string, error] {
			return texts(s.OpenItems(ctx, ledger.Query{Scope: everywhere(), AsOf: march(31)}), itemText)
		}},
		{"OpenItems of one customer", func(ctx context.Context, s store.Store) iter.Seq2[string, error] {
			return texts(s.OpenItems(ctx, ledger.Query{Scope: everywhere(), AsOf: march(31), Customers: []string{"C1"}}), itemText)
		}},
		{"Postings", func(ctx context.Context, s store.Store) iter.Seq2[string, error] {
			return texts(s.Postings(ctx, everywhere(), ""), postingText)
		}},
		{"Postings of one customer", func(ctx context.Context, s store.Store) iter.Seq2[string, error] {
			return texts(s.Postings(ctx, everywhere(), "C1"), postingText)
		}},
		{"Records", func(ctx context.Context, s store.Store) iter.Seq2[string, error] {
			return texts(s.Records(ctx, statement.RecordQuery{Scope: everywhere()}), recordText)
		}},
		{"Records of one customer", func(ctx context.Context, s store.Store) iter.Seq2[string, error] {
			return texts(s.Records(ctx, statement.RecordQuery{Scope: everywhere(), Customer: "C1"}), recordText)
		}},
		{"Changes", func(ctx context.Context, s store.Store) iter.Seq2[string, error] {
			return texts(s.Changes(ctx, everywhere(), "C1"), changeText)
		}},
	}
}

// writes adds something of everything to the store, of C1 and others; each
// round something else.
func writes(round int) []struct {
	name string
	run  func(context.Context, store.Store) error
} {
	id := func(prefix string) string { return fmt.Sprint(prefix, round) }
	return []struct {
		name string
		run  func(context.Context, store.Store) error
	}{
		{"Post", func(ctx context.Context, s store.Store) error {
			x := opening(id("k"), "C1", documents(debit(id("I"), "EAST", 1, "1.00 EUR")))
			return s.Post(ctx, everywhere(), x)
		}},
		{"Post for another customer", func(ctx context.Context, s store.Store) error {
			x := opening("k", id("D"), documents(debit(id("J"), "EAST", 1, "1.00 EUR")))
			return s.Post(ctx, everywhere(), x)
		}},
		{"SaveRecord", func(ctx context.Context, s store.Store) error {
			return s.SaveRecord(ctx, everywhere(), made(-round, record(id("R"), "C1", "EAST")), time.Time{})
		}},
		{"SaveProfile", func(ctx context.Context, s store.Store) error {
			return s.SaveProfile(ctx, everywhere(), profile("C1", round), []credit.Change{change("C1", round, credit.FieldRemark, "", "x")})
		}},
		{"MarkSent", func(ctx context.Context, s store.Store) error {
			return s.MarkSent(ctx, everywhere(), record("R1", "C1").Key, after(round))
		}},
	}
}

// fill does some rounds of all writes.
func (p *probe) fill(rounds int) {
	p.step("%d rounds of Post, SaveRecord, SaveProfile and MarkSent for C1, and of Post for others", rounds)
	for round := 1; round <= rounds; round++ {
		for _, w := range writes(round) {
			if err := w.run(p.ctx, p.store); err != nil {
				p.fail("no error of "+w.name, err.Error())
			}
		}
	}
}

// everything returns all that the iterators yield, and the profile.
func (p *probe) everything() []string {
	var all []string
	for _, seq := range sequences() {
		p.step("%s", seq.name)
		all = append(all, seq.name)
		all = append(all, p.collect(seq.run(p.ctx, p.store))...)
	}
	return append(all, p.profile("C1"))
}

// reads does what a run does while it reads open items.
func (p *probe) reads() error {
	_, account := p.store.Account(p.ctx, everywhere(), "C1")
	_, profile := p.store.Profile(p.ctx, everywhere(), "C1")
	all := errors.Join(account, profile)
	for _, err := range p.store.Records(p.ctx, statement.RecordQuery{Scope: everywhere(), Customer: "C1"}) {
		all = errors.Join(all, err)
	}
	return all
}

var everyCases = []testCase{
	{
		"Every/Snapshot",
		"all that an iteration yields is of one moment: what is written meanwhile, also by who is iterating, shows in the next call; who is iterating may read too",
		func(p *probe) {
			p.fill(4)
			round := 4
			for _, seq := range sequences() {
				p.step("%s", seq.name)
				want := p.collect(seq.run(p.ctx, p.store))
				var got []string
				p.step("%s, and after the first yield all writes, Account, Profile and Records", seq.name)
				for s, err := range seq.run(p.ctx, p.store) {
					p.no(err)
					if got = append(got, s); len(got) == 1 {
						round++
						for _, w := range writes(round) {
							p.no(w.run(p.ctx, p.store))
						}
						p.no(p.reads())
					}
				}
				p.lines(got, want)
				p.step("%s again", seq.name)
				if now := block(p.collect(seq.run(p.ctx, p.store))); now == block(want) {
					p.fail("what was written meanwhile", now)
				}
			}
		},
	},
	{
		"Every/Break",
		"a caller may stop an iteration early, and the store goes on as if nothing was",
		func(p *probe) {
			p.fill(3)
			want := p.everything()
			for _, seq := range sequences() {
				for stop := 1; stop <= 2; stop++ {
					p.step("%s, stopped after %d", seq.name, stop)
					n := 0
					for _, err := range seq.run(p.ctx, p.store) {
						p.no(err)
						if n++; n == stop {
							break
						}
					}
				}
			}
			p.lines(p.everything(), want)
			p.step("all writes")
			for _, w := range writes(4) {
				p.no(w.run(p.ctx, p.store))
			}
		},
	},
	{
		"Every/Cancelled",
		"with a context that is done every method gives its error, and nothing is written",
		func(p *probe) {
			p.fill(2)
			want := p.everything()
			gone, cancel := context.WithCancel(p.ctx)
			cancel()
			for _, w := range writes(3) {
				p.step("%s with a cancelled context", w.name)
				p.is(w.run(gone, p.store), context.Canceled)
			}
			p.step("Account with a cancelled context")
			_, err := p.store.Account(gone, everywhere(), "C1")
			p.is(err, context.Canceled)
			p.step("Profile with a cancelled context")
			_, err = p.store.Profile(gone, everywhere(), "C1")
			p.is(err, context.Canceled)
			for _, seq := range sequences() {
				p.step("%s with a cancelled context", seq.name)
				p.onlyError(seq.run(gone, p.store), context.Canceled)
			}
			p.lines(p.everything(), want)
		},
	},
	{
		"Every/CancelledAmid",
		"once its context is done, an iteration ends with the error of the context instead of what it would yield next",
		func(p *probe) {
			p.fill(4)
			for _, seq := range sequences() {
				for stop := 1; stop <= 3; stop++ { // of one customer there are four
					p.cancelAfter(seq, stop)
				}
			}
		},
	},
	{
		"Every/Consistent",
		"who reads while others write sees each posting and each edit as a whole or not at all",
		func(p *probe) {
			p.post(opening("k", "C1", documents(debit("I", "EAST", 1, "5.00 EUR"))))
			p.step("one goroutine posts invoices together with their payments and edits profiles, others read")
			const rounds = 60
			var group sync.WaitGroup
			stop := make(chan struct{})
			group.Add(1)
			go func() {
				defer group.Done()
				defer close(stop)
				for i := 1; i <= rounds; i++ {
					p.no(p.store.Post(p.ctx, everywhere(), paid(i)))
					p.no(p.store.SaveProfile(p.ctx, everywhere(), profile("C1", i), []credit.Change{change("C1", i, credit.FieldRemark, "", "x")}))
				}
			}()
			for range 2 {
				group.Add(1)
				go func() {
					defer group.Done()
					for {
						p.consistent()
						select {
						case <-stop:
							return
						default:
						}
					}
				}()
			}
			group.Wait()
		},
	},
}

// cancelAfter cancels an iteration after some elements.
func (p *probe) cancelAfter(seq sequence, stop int) {
	ctx, cancel := context.WithCancel(p.ctx)
	defer cancel()
	if !p.step("%s, cancelled after %d", seq.name, stop) {
		return
	}
	n := 0
	for s, err := range seq.run(ctx, p.store) {
		switch n++; {
		case n <= stop:
			p.no(err)
		case n == stop+1 && err != nil:
			p.is(err, context.Canceled)
		default:
			p.fail("the error of the context, and the end", s)
		}
		if n == stop {
			cancel()
		}
	}
	if n == stop {
		p.fail("the error of the context", "the end")
	}
}

// paid is an invoice and its payment in one posting.
func paid(i int) store.Posting {
	invoice, payment := debit(fmt.Sprint("I", i), "EAST", 1, "3.00 EUR"), payment(fmt.Sprint("P", i), "EAST", 1, "3.00 EUR")
	return posting(fmt.Sprint("k", i), "C1", ledger.Facts{
		Documents:   []ledger.Document{invoice, payment},
		Allocations: []ledger.Allocation{pays(fmt.Sprint("A", i), payment.ID, invoice.ID, "3.00 EUR")},
	})
}

// consistent fails where half of a paid posting or of an edit shows.
func (p *probe) consistent() {
	if p.stopped() {
		return
	}
	var open []string
	for it, err := range p.store.OpenItems(p.ctx, ledger.Query{Scope: everywhere(), AsOf: march(31)}) {
		p.no(err)
		open = append(open, it.Number)
	}
	p.lines(open, []string{"No. I"})
	a, err := p.store.Account(p.ctx, everywhere(), "C1")
	p.no(err)
	if err == nil {
		if f := a.Facts(); len(f.Documents) != 1+2*len(f.Allocations) {
			p.fail("two documents for each allocation, and one", fmt.Sprintf("%d documents and %d allocations", len(f.Documents), len(f.Allocations)))
		}
	}
	before, err := p.store.Profile(p.ctx, everywhere(), "C1")
	p.no(err)
	n := 0
	for _, err := range p.store.Changes(p.ctx, everywhere(), "C1") {
		p.no(err)
		n++
	}
	if n < before.Revision {
		p.fail(fmt.Sprintf("the changes of %d revisions", before.Revision), fmt.Sprint(n, " changes"))
	}
}
