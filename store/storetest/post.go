package storetest

import (
	"errors"
	"fmt"
	"strings"
	"sync"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/store"
)

// one is a customer with an invoice of 100.00 EUR.
func one() store.Posting {
	return opening("k1", "C1", documents(debit("I1", "EAST", 1, "100.00 EUR")))
}

var postCases = []testCase{
	{
		"Post/Atomic",
		"a posting that is refused leaves nothing: no customer, document, allocation or entry, and its key and IDs can be used",
		func(p *probe) {
			p.post(one())
			items, trail := p.open(everywhere()), p.postings(everywhere(), "")
			f := ledger.Facts{
				Documents: []ledger.Document{payment("P1", "EAST", 2, "60.00 EUR"), debit("I2", "EAST", 2, "50.00 EUR")},
				Allocations: []ledger.Allocation{
					pays("A1", "P1", "I1", "60.00 EUR"),
					pays("A2", "P1", "I2", "0.01 EUR"), // more than there is of P1
				},
			}
			bad := posting("k2", "C1", f)
			bad.Details = &ledger.Customer{ID: "C1", Name: "another name"}
			p.refused(everywhere(), bad, ledger.ErrOverApplied)
			other := opening("k2", "C2", documents(debit("I3", "EAST", 1, "1.00 EUR"), debit("I3", "EAST", 1, "1.00 EUR")))
			p.refused(everywhere(), other, ledger.ErrDuplicateID)

			p.lines(p.open(everywhere()), items)
			p.lines(p.postings(everywhere(), ""), trail)
			if a := p.account("C1"); a != nil {
				p.equal(a.Customer().Name, "Name of C1")
				p.equal(fmt.Sprint(len(a.Facts().Documents), " document of C1"), "1 document of C1")
			}
			_, err := p.tryAccount(everywhere(), "C2")
			p.is(err, ledger.ErrUnknownCustomer)

			f.Allocations = f.Allocations[:1]
			p.post(posting("k2", "C1", f), opening("k2", "C2", documents(debit("I3", "EAST", 1, "1.00 EUR"))))
		},
	},
	{
		"Post/Refusals",
		"a posting is refused as Posting.Apply says, and facts as ledger.Account.Add refuses them: with a *ledger.FactError",
		func(p *probe) {
			p.post(one(), opening("k1", "C2", ledger.Facts{
				Documents:   []ledger.Document{debit("I2", "EAST", 1, "5.00 EUR"), payment("P2", "EAST", 1, "5.00 EUR")},
				Allocations: []ledger.Allocation{pays("A2", "P2", "I2", "5.00 EUR")},
			}))
			of := func(customer string, d ledger.Document) ledger.Document {
				d.Customer = customer
				return d
			}
			own := ledger.Facts{
				Documents:   []ledger.Document{payment("P1", "EAST", 2, "60.00 EUR")},
				Allocations: []ledger.Allocation{pays("A2", "P1", "I1", "60.00 EUR")},
			}
			unsigned, undated := posting("k2", "C1", own), posting("k2", "C1", own)
			unsigned.By, undated.At = "", ar.MustDate("0001-01-01").Time()
			another := posting("k2", "C1", own)
			another.Details = &ledger.Customer{ID: "C2"}
			for _, c := range []struct {
				x    store.Posting
				want error
				fact bool
			}{
				{posting("", "C1", own), store.ErrIncomplete, false},
				{posting("k2", "", documents(of("C1", debit("I3", "EAST", 1, "1.00 EUR")))), store.ErrIncomplete, false},
				{posting("k2", "C1", ledger.Facts{}), store.ErrIncomplete, false},
				{unsigned, store.ErrIncomplete, false},
				{undated, store.ErrIncomplete, false},
				{another, store.ErrIncomplete, false},
				{posting("k2", "C3", documents(debit("I3", "EAST", 1, "1.00 EUR"))), ledger.ErrUnknownCustomer, false},
				{posting("k2", "C1", documents(debit("I1", "EAST", 1, "1.00 EUR"))), ledger.ErrDuplicateID, true},
				{posting("k2", "C1", documents(debit("I2", "EAST", 1, "1.00 EUR"))), ledger.ErrDuplicateID, true}, // of C2
				{posting("k2", "C1", own), ledger.ErrDuplicateID, true},                                           // A2 is of C2
				{posting("k2", "C1", documents(of("C2", debit("I3", "EAST", 1, "1.00 EUR")))), ledger.ErrOtherCustomer, true},
				{posting("k2", "C1", allocations(pays("A3", "P2", "I1", "1.00 EUR"))), ledger.ErrUnknownDocument, true},
				{posting("k2", "C1", ledger.Facts{Reversals: []ledger.Reversal{{Allocation: "A2", Date: march(9)}}}), ledger.ErrUnknownAllocation, true},
				{posting("k2", "C1", documents(debit("I3", "EAST", 1, "0.00 EUR"))), ledger.ErrNotPositive, true},
			} {
				err := p.tryPost(everywhere(), c.x)
				p.is(err, c.want)
				if is := errors.As(err, new(*ledger.FactError)); is != c.fact {
					p.fail(fmt.Sprintf("that it is a *ledger.FactError: %t", c.fact), fmt.Sprintf("%T: %v", err, err))
				}
			}
		},
	},
	{
		"Post/Repeat",
		"the same posting again is a success without effect, also by another author and later; another one under the key is store.ErrKeyUsed; each customer has its own keys",
		func(p *probe) {
			p.post(one())
			items, trail := p.open(everywhere()), p.postings(everywhere(), "")
			again := one()
			again.At, again.By = after(24*31), "bob"
			p.post(one(), again)
			renamed := one()
			renamed.Details.Name = "another name"
			p.refused(everywhere(), renamed, store.ErrKeyUsed)
			p.refused(everywhere(), opening("k1", "C1", documents(debit("I1", "EAST", 1, "100.01 EUR"))), store.ErrKeyUsed)
			p.refused(everywhere(), opening("k1", "C1", documents(debit("I2", "EAST", 1, "100.00 EUR"))), store.ErrKeyUsed)
			p.refused(everywhere(), posting("k1", "C1", documents(debit("I1", "EAST", 1, "100.00 EUR"))), store.ErrKeyUsed)
			p.lines(p.open(everywhere()), items)
			p.lines(p.postings(everywhere(), ""), trail)
			p.post(opening("k1", "C2", documents(debit("I2", "EAST", 1, "1.00 EUR"))))
		},
	},
	{
		"Post/Scope",
		"a posting needs modify on the locations of all documents that it touches, and what only views one is refused with *ledger.LocationError; nothing is written",
		func(p *probe) {
			p.post(opening("k1", "C1", ledger.Facts{
				Documents:   []ledger.Document{debit("I1", "EAST", 1, "100.00 EUR"), debit("I2", "WEST", 1, "50.00 EUR"), payment("P1", "WEST", 2, "70.00 EUR")},
				Allocations: []ledger.Allocation{pays("A1", "P1", "I2", "50.00 EUR")},
			}))
			items, trail := p.open(everywhere()), p.postings(everywhere(), "")
			east := mustView([]string{"EAST", "WEST"}, []string{"EAST"})
			fromEast := ledger.Facts{
				Documents:   []ledger.Document{payment("P2", "EAST", 2, "9.00 EUR")},
				Allocations: []ledger.Allocation{pays("A2", "P1", "I1", "20.00 EUR")},
			}
			for _, f := range []ledger.Facts{
				documents(debit("I3", "EAST", 1, "1.00 EUR"), debit("I4", "WEST", 1, "1.00 EUR")),
				allocations(pays("A2", "P1", "I1", "20.00 EUR")), // the credit is in the west
				fromEast,
				{Reversals: []ledger.Reversal{{Allocation: "A1", Date: march(3)}}},
				{Redates: []ledger.Redate{{Document: "P1", Revision: 1, Date: march(3)}}},
				{Statuses: []ledger.Status{{Document: "I2", Date: march(3), Flags: ledger.Disputed}}},
			} {
				p.refusedAt("WEST", ledger.ErrNotModifiable, east, posting("k2", "C1", f))
			}
			p.refusedAt("WEST", ledger.ErrNotViewable, mustScope("EAST"), posting("k2", "C1", documents(debit("I4", "WEST", 1, "1.00 EUR"))))
			p.refusedAt("WEST", ledger.ErrNotModifiable, east, opening("k2", "C1", ledger.Facts{})) // touches none, needs all
			p.refused(ledger.Scope{}, posting("k2", "C1", documents(debit("I3", "EAST", 1, "1.00 EUR"))), ledger.ErrNoLocations)
			p.lines(p.open(everywhere()), items)
			p.lines(p.postings(everywhere(), ""), trail)
			p.no(p.tryPost(mustScope("EAST"), posting("k2", "C1", documents(debit("I3", "EAST", 1, "1.00 EUR")))))
		},
	},
	{
		"Post/Hidden",
		"to a scope, what is at locations that it does not view is not there: facts that name it are refused in the words for what is not there, and those that collide with it are store.ErrHidden and say nothing of it",
		func(p *probe) {
			p.post(one())
			own := payment("P2", "EAST", 3, "90.00 EUR")
			all := []ledger.Facts{
				both(documents(own), allocations(pays("A2", "P2", "HIDDEN", "1.00 EUR"))),
				both(documents(own), allocations(along("X2", pays("A2", "P2", "I1", "1.00 EUR")))),
				{Reversals: []ledger.Reversal{{Allocation: "X1", Date: march(3)}}},
				{Reversals: []ledger.Reversal{{Allocation: "X2", Date: march(3)}}},
				{Statuses: []ledger.Status{{Document: "HIDDEN", Date: march(3), Flags: ledger.Disputed}}},
				{Redates: []ledger.Redate{{Document: "P1", Revision: 1, Date: march(3)}}},
			}
			try := func() (errs []string) {
				for _, f := range all {
					err := p.tryPost(mustScope("EAST"), posting("k2", "C1", f))
					if err == nil {
						p.fail("an error", "none")
					}
					errs = append(errs, message(err))
				}
				return errs
			}
			absent := try()
			p.post(posting("k3", "C1", ledger.Facts{
				Documents:   []ledger.Document{debit("HIDDEN", "WEST", 1, "50.00 EUR"), payment("P1", "WEST", 2, "70.00 EUR")},
				Allocations: []ledger.Allocation{pays("X1", "P1", "HIDDEN", "50.00 EUR"), pays("X2", "P1", "I1", "20.00 EUR")},
			}))
			off := payment("D1", "EAST", 2, "2.00 EUR")
			off.Kind = ledger.Discount
			p.post(posting("k4", "C1", both(documents(off), allocations(along("X2", pays("X3", "D1", "I1", "2.00 EUR"))))))
			p.lines(try(), absent)
			p.no(p.tryPost(mustScope("EAST"), posting("k5", "C1", documents(debit("I2", "EAST", 4, "1.00 EUR")))))
			for _, f := range []ledger.Facts{
				documents(debit("HIDDEN", "EAST", 1, "1.00 EUR")),
				both(documents(own), allocations(pays("A2", "P2", "I1", "78.01 EUR"))), // 20.00 are paid from the west
			} {
				err := p.tryPost(mustScope("EAST"), posting("k2", "C1", f))
				p.is(err, store.ErrHidden)
				for _, secret := range []string{"WEST", "50.00", "20.00", "70.00", `"P1"`, `"X2"`} {
					if strings.Contains(message(err), secret) {
						p.fail("an error that does not say "+secret, message(err))
					}
				}
			}
		},
	},
	{
		"Post/Details",
		"details are the customer's name and terms from then on; a posting without them leaves both; new terms move no due date of what is posted",
		func(p *probe) {
			p.post(one())
			terms := posting("k2", "C1", ledger.Facts{})
			terms.Details = &ledger.Customer{ID: "C1", Name: "Ann", Terms: duedate.Net(30)}
			eom := posting("k4", "C1", documents(debit("I3", "EAST", 3, "1.00 EUR")))
			eom.Details = &ledger.Customer{ID: "C1", Name: "Ann", Terms: duedate.EOM()}
			p.post(terms, posting("k3", "C1", documents(debit("I2", "EAST", 2, "1.00 EUR"))), eom)
			if a := p.account("C1"); a != nil {
				p.equal(fmt.Sprintf("%+v", a.Customer()), fmt.Sprintf("%+v", *eom.Details))
			}
			p.step("OpenItems, of which only the due dates are noted")
			var due []string
			for it, err := range p.store.OpenItems(p.ctx, ledger.Query{Scope: everywhere(), AsOf: march(31)}) {
				p.no(err)
				due = append(due, it.Number+" due "+it.DueDate().String())
			}
			p.lines(due, []string{"No. I1 due 2026-03-01", "No. I2 due 2026-04-01", "No. I3 due 2026-03-31"})
		},
	},
	{
		"Post/Kept",
		"what the caller does with details and facts after posting them changes nothing",
		func(p *probe) {
			history, customer := rich()
			x := posting("k1", customer.ID, both(both(history[0], history[1]), both(history[2], history[3])))
			x.Details = &customer
			p.post(x)
			items, trail := p.open(everywhere()), p.postings(everywhere(), "")
			p.step("change all that was passed")
			scribble(&x)
			p.lines(p.open(everywhere()), items)
			p.lines(p.postings(everywhere(), ""), trail)
			if a := p.account("C1"); a != nil {
				p.equal(a.Customer().Name, "Müller & <Söhne> \U0001F600")
			}
		},
	},
	{
		"Post/Concurrent",
		"of several postings at once each finds what those before it wrote: an invoice is paid in full only once, and the same posting is written only once",
		func(p *probe) {
			p.post(one())
			p.step("%d goroutines pay %q in full, each by a payment of its own", callers, "I1")
			won := p.atOnce(func(i int) error {
				id := fmt.Sprint("P", i)
				return p.store.Post(p.ctx, everywhere(), posting(id, "C1", ledger.Facts{
					Documents:   []ledger.Document{payment(id, "EAST", 2, "100.00 EUR")},
					Allocations: []ledger.Allocation{pays("A-"+id, id, "I1", "100.00 EUR")},
				}))
			}, ledger.ErrOverApplied)
			p.equal(fmt.Sprint(won, " went through"), "1 went through")
			p.step("%d goroutines post the same", callers)
			won = p.atOnce(func(int) error {
				return p.store.Post(p.ctx, everywhere(), posting("same", "C1", documents(debit("I2", "EAST", 3, "7.00 EUR"))))
			}, nil)
			p.equal(fmt.Sprint(won, " went through"), fmt.Sprint(callers, " went through"))
			p.equal(fmt.Sprint(len(p.postings(everywhere(), "C1")), " postings of C1"), "3 postings of C1")
			p.equal(fmt.Sprint(len(p.open(everywhere())), " open items"), "1 open items")
		},
	},
}

func message(err error) string {
	if err == nil {
		return "no error"
	}
	return err.Error()
}

// refusedAt posts what has to be refused for a location.
func (p *probe) refusedAt(location string, why error, scope ledger.Scope, x store.Posting) {
	err := p.tryPost(scope, x)
	p.is(err, why)
	var at *ledger.LocationError
	if errors.As(err, &at) && at.Location != location {
		p.fail(fmt.Sprintf("a refusal for location %q", location), err.Error())
	}
}

// callers is how many goroutines call at once.
const callers = 8

// atOnce has that many goroutines call, and returns how many calls had no error; all
// others must have the one that is wanted.
func (p *probe) atOnce(call func(i int) error, want error) (won int) {
	errs := make([]error, callers)
	start := make(chan struct{})
	var group sync.WaitGroup
	for i := range callers {
		group.Add(1)
		go func() {
			defer group.Done()
			<-start
			errs[i] = call(i)
		}()
	}
	close(start)
	group.Wait()
	for _, err := range errs {
		switch {
		case err == nil:
			won++
		case want == nil:
			p.no(err)
		default:
			p.is(err, want)
		}
	}
	return won
}

// scribble changes all that a posting refers to.
func scribble(x *store.Posting) {
	x.Details.Name = "scribbled"
	for i := range x.Facts.Documents {
		d := &x.Facts.Documents[i]
		for j := range d.Parts {
			d.Parts[j] = ledger.Part{Due: march(99), Amount: ar.MustMoney("9.99 EUR")}
		}
		d.ID, d.Customer, d.Amount, d.Location = "scribbled", "C9", ar.MustMoney("9.99 EUR"), "NOWHERE"
	}
	for i := range x.Facts.Allocations {
		x.Facts.Allocations[i] = ledger.Allocation{ID: "scribbled"}
	}
	for i := range x.Facts.Reversals {
		x.Facts.Reversals[i] = ledger.Reversal{Allocation: "scribbled"}
	}
	for i := range x.Facts.Redates {
		x.Facts.Redates[i] = ledger.Redate{Document: "scribbled"}
	}
	for i := range x.Facts.Statuses {
		x.Facts.Statuses[i] = ledger.Status{Document: "scribbled"}
	}
}
