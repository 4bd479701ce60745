package storetest

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
)

// stated is the record of a statement of March, in open-item form, of what is at
// its locations.
func stated(customer string, f ledger.Facts, locations ...string) (statement.Record, error) {
	a, err := ledger.NewAccount(ledger.Customer{ID: customer}, f, nil)
	if err != nil {
		return statement.Record{}, fmt.Errorf("the ledger: %w", err)
	}
	s, err := statement.FromAccount(a, mustScope(locations...), statement.Options{Period: inMarch(), Buckets: bucket.Standard()})
	if err != nil {
		return statement.Record{}, fmt.Errorf("the statement: %w", err)
	}
	return s.Record("R1", locations, noon())
}

// state saves the record of a statement.
func (p *probe) state(customer string, f ledger.Facts, locations ...string) {
	r, err := stated(customer, f, locations...)
	p.no(err)
	if err == nil && p.step("SaveRecord of a statement of March for %q at %q", customer, locations) {
		p.no(p.store.SaveRecord(p.ctx, everywhere(), r, time.Time{}))
	}
}

// redating is a posting of a payment's new date.
func redating(key, customer, payment string, revision int, to ar.Date) store.Posting {
	return posting(key, customer, ledger.Facts{Redates: []ledger.Redate{{Document: payment, Revision: revision, Date: to}}})
}

var redateCases = []testCase{
	{
		"Post/Redate",
		"a payment that a saved statement shows has no new date, ledger.ErrOnStatement, and none has one before the last statement that was made for its location, ledger.ErrBeforeStatement (SPEC L6); nothing is written",
		func(p *probe) {
			f := documents(payment("P1", "EAST", 9, "60.00 EUR"), payment("P2", "WEST", 10, "5.00 EUR"))
			p.post(opening("k1", "C1", f))
			p.state("C1", f, "EAST", "WEST")
			p.post(posting("k2", "C1", documents(payment("P3", "EAST", 20, "7.00 EUR"))))
			items, trail := p.open(everywhere()), p.postings(everywhere(), "")
			p.refused(everywhere(), redating("k3", "C1", "P1", 1, march(40)), ledger.ErrOnStatement)
			p.refused(everywhere(), redating("k3", "C1", "P2", 1, march(40)), ledger.ErrOnStatement)
			p.refused(everywhere(), redating("k3", "C1", "P3", 1, march(30)), ledger.ErrBeforeStatement)
			p.lines(p.open(everywhere()), items)
			p.lines(p.postings(everywhere(), ""), trail)
			p.post(redating("k3", "C1", "P3", 1, march(31)))
		},
	},
	{
		"Post/RedateHidden",
		"what a statement forbids that is for a location which the scope does not view, too, is store.ErrHidden and says nothing of the statement; nothing is written",
		func(p *probe) {
			f := documents(payment("P1", "EAST", 9, "60.00 EUR"))
			p.post(opening("k1", "C1", f))
			p.state("C1", f, "EAST", "WEST")
			p.post(posting("k2", "C1", documents(payment("P2", "EAST", 20, "7.00 EUR"))))
			items, trail := p.open(everywhere()), p.postings(everywhere(), "")
			for _, x := range []store.Posting{redating("k3", "C1", "P1", 1, march(40)), redating("k3", "C1", "P2", 1, march(30))} {
				err := p.tryPost(mustScope("EAST"), x)
				p.is(err, store.ErrHidden)
				for _, secret := range []string{"WEST", "R1", march(1).String(), march(31).String()} {
					if strings.Contains(message(err), secret) {
						p.fail("an error that does not say "+secret, message(err))
					}
				}
			}
			p.lines(p.open(everywhere()), items)
			p.lines(p.postings(everywhere(), ""), trail)
			p.no(p.tryPost(mustScope("EAST"), redating("k3", "C1", "P2", 1, march(31))))
		},
	},
	{
		"Post/RedateSettled",
		"a new date that was posted before a statement forbids it stays, and may be posted again; a payment that the same posting brings may have any date",
		func(p *probe) {
			f, earlier := documents(payment("P1", "EAST", 9, "60.00 EUR")), redating("k2", "C1", "P1", 1, march(10))
			p.post(opening("k1", "C1", f), earlier)
			p.state("C1", f, "EAST")
			late := documents(payment("P2", "EAST", 21, "3.00 EUR"))
			late.Redates = []ledger.Redate{{Document: "P2", Revision: 1, Date: march(2)}}
			p.post(earlier, posting("k3", "C1", late))
			p.equal(fmt.Sprint(p.redates("C1"), " new dates of C1"), "2 new dates of C1")
		},
	},
	{
		"Post/RedateElsewhere",
		"a statement that was made for other locations or another customer bounds no new date",
		func(p *probe) {
			f := documents(payment("P1", "EAST", 9, "60.00 EUR"))
			p.post(opening("k1", "C1", f), opening("k1", "C2", ledger.Facts{}))
			p.state("C1", f, "WEST", "")
			p.state("C2", ledger.Facts{}, "EAST")
			p.post(redating("k2", "C1", "P1", 1, march(8)))
			p.no(p.tryPost(mustScope("EAST"), redating("k3", "C1", "P1", 2, march(7))))
		},
	},
	{
		"Post/RedateConcurrent",
		"of new dates and a statement that shows the payment, written at once, each new date is there before the statement is, or is ledger.ErrOnStatement: when SaveRecord has returned, the payment's date stays",
		func(p *probe) {
			const rounds = 100
			for round := range rounds {
				p.redateWhileSaving(round)
			}
		},
	},
}

// redateWhileSaving gives a payment one date after the other, and meanwhile, with
// each round later, saves a statement that shows it.
func (p *probe) redateWhileSaving(round int) {
	const times = 5
	customer, id := fmt.Sprint("C", round), fmt.Sprint("P", round)
	f := documents(payment(id, "EAST", 9, "60.00 EUR"))
	p.post(opening("k0", customer, f))
	r, err := stated(customer, f, "EAST")
	p.no(err)
	redate := func(revision int) error {
		x := redating(fmt.Sprint("k", revision), customer, id, revision, march(31+revision))
		return p.store.Post(p.ctx, everywhere(), x)
	}
	if !p.step("a goroutine re-dates %q up to %d times; SaveRecord of a statement that shows it, once that has begun %d times", id, times, 1+round%times) {
		return
	}
	begins := make(chan struct{}, times)
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		defer close(begins)
		for revision := 1; revision <= times; revision++ {
			begins <- struct{}{}
			if err := redate(revision); err != nil {
				p.is(err, ledger.ErrOnStatement)
				return
			}
		}
	}()
	for range 1 + round%times {
		<-begins
	}
	p.no(p.store.SaveRecord(p.ctx, everywhere(), r, time.Time{}))
	saved := p.redates(customer)
	group.Wait()
	if n := p.redates(customer); n != saved {
		p.fail(fmt.Sprintf("%d new dates of %q, as when SaveRecord had returned", saved, id), fmt.Sprintf("%d new dates", n))
	}
	p.step("re-date %q once more", id)
	p.is(redate(saved+1), ledger.ErrOnStatement)
}

// redates returns how many new dates there are of a customer's payments.
func (p *probe) redates(customer string) int {
	if a := p.account(customer); a != nil {
		return len(a.Facts().Redates)
	}
	return 0
}
