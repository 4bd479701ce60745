package storetest

import (
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

var itemCases = []testCase{
	{
		"OpenItems/Order",
		"customers come in ascending order of their IDs, byte by byte, whatever the order of posting, and the items of each one after the other",
		func(p *probe) {
			var want []string
			for i, id := range []string{"b", "Z", "10", "é", "9", "a", "B", "\U0001F600"} {
				p.post(
					opening("k1", id, documents(debit(id+"-1", "EAST", 9-i, "10.00 EUR"), debit(id+"-2", "WEST", 2, "7.00 USD"))),
				)
				want = append(want, id, id, id)
			}
			for _, id := range []string{"a", "10", "é", "Z", "\U0001F600", "9", "B", "b"} {
				p.post(posting("k2", id, documents(debit(id+"-3", "", 1, "5.00 EUR"))))
			}
			slices.Sort(want)
			p.step("OpenItems, of which only the customers are noted")
			var got []string
			for it, err := range p.store.OpenItems(p.ctx, ledger.Query{Scope: everywhere(), AsOf: march(31)}) {
				p.no(err)
				got = append(got, it.Customer)
			}
			p.lines(got, want)
		},
	},
	{
		"OpenItems/AsOf",
		"what is open on a date is what ledger.Account.Items says: with parts, reversals, new dates, statuses, footnotes, " +
			"terms, several currencies, and amounts beyond 64 bits",
		func(p *probe) {
			history, customer := rich()
			var all ledger.Facts
			for i, f := range history {
				x := posting(fmt.Sprint("k", i), customer.ID, f)
				if i == 0 {
					x.Details = &customer
				}
				p.post(x)
				all = both(all, x.Facts)
			}
			account, err := ledger.NewAccount(customer, all, nil)
			p.no(err)
			for day := -31; day <= 60 && !p.stopped(); day++ {
				for _, scope := range []ledger.Scope{everywhere(), mustScope("EAST")} {
					want, err := itemsOf(account, scope, march(day))
					p.no(err)
					p.lines(slices.Sorted(slices.Values(p.items(ledger.Query{Scope: scope, AsOf: march(day)}))), slices.Sorted(slices.Values(want)))
				}
			}
		},
	},
	{
		"OpenItems/Large",
		"an account of thousands of documents comes whole",
		func(p *probe) {
			const n = 6000
			var f ledger.Facts
			var want []string
			for i := range n {
				d := debit(fmt.Sprint("I", i), "EAST", 1, fmt.Sprintf("%d.01 EUR", i))
				f.Documents = append(f.Documents, d)
				if i%3 > 0 {
					want = append(want, fmt.Sprintf("%s: %s", d.Number, d.Amount))
					continue
				}
				f.Documents = append(f.Documents, payment(fmt.Sprint("P", i), "EAST", 2, d.Amount.String()))
				f.Allocations = append(f.Allocations, pays(fmt.Sprint("A", i), fmt.Sprint("P", i), d.ID, d.Amount.String()))
			}
			p.post(opening("k1", "C1", f), opening("k1", "C2", documents(debit("J", "EAST", 1, "1.00 EUR"))))
			want = append(want, "No. J: 1.00 EUR")
			var got []string
			p.step("OpenItems, of which only the numbers and amounts are noted")
			for it, err := range p.store.OpenItems(p.ctx, ledger.Query{Scope: everywhere(), AsOf: march(31)}) {
				p.no(err)
				got = append(got, fmt.Sprintf("%s: %s", it.Number, it.Outstanding))
			}
			p.lines(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(want)))
		},
	},
	{
		"OpenItems/Customers",
		"only the customers asked for come, each once, in order; those that are not there have no items",
		func(p *probe) {
			for _, id := range []string{"C1", "C2", "C3", "C4"} {
				p.post(opening("k1", id, documents(debit("I-"+id, "EAST", 1, "10.00 EUR"))))
			}
			q := ledger.Query{Scope: everywhere(), AsOf: march(31)}
			q.Customers = []string{"C2", "C4"}
			want := p.items(q)
			q.Customers = []string{"C4", "C0", "C2", "C4", "nobody"}
			got := p.items(q)
			p.lines(got, want)
			p.equal(fmt.Sprint(len(got), " items"), "2 items")
			q.Customers = []string{"nobody"}
			p.lines(p.items(q), nil)
		},
	},
	{
		"OpenItems/Scope",
		"only items at locations that the scope views come, and what happens elsewhere changes nothing",
		func(p *probe) {
			p.post(
				opening("k1", "C1", documents(debit("I1", "EAST", 1, "100.00 EUR"), debit("I2", "WEST", 1, "40.00 EUR"))),
				opening("k1", "C2", documents(debit("I3", "WEST", 1, "7.00 EUR"))),
			)
			before := p.open(mustScope("EAST"))
			p.equal(fmt.Sprint(len(before), " items"), "1 items")
			p.post(
				posting("k2", "C1", ledger.Facts{
					Documents:   []ledger.Document{payment("P1", "WEST", 2, "40.00 EUR"), debit("I4", "", 3, "9.00 EUR")},
					Allocations: []ledger.Allocation{pays("A1", "P1", "I2", "40.00 EUR")},
				}),
				opening("k1", "C0", documents(debit("I5", "WEST", 1, "8.00 EUR"))),
			)
			p.lines(p.open(mustScope("EAST")), before)
			q := ledger.Query{Scope: mustScope("EAST"), AsOf: march(31), Customers: []string{"C2"}}
			p.lines(p.items(q), nil)
		},
	},
	{
		"OpenItems/Refusals",
		"a scope that views nothing is ledger.ErrNoLocations, and a query without a date ledger.ErrBadDate; nothing else comes",
		func(p *probe) {
			p.post(opening("k1", "C1", documents(debit("I1", "EAST", 1, "100.00 EUR"))))
			for _, c := range []struct {
				q    ledger.Query
				want error
			}{
				{ledger.Query{AsOf: march(31)}, ledger.ErrNoLocations},
				{ledger.Query{Scope: everywhere()}, ledger.ErrBadDate},
				{ledger.Query{Scope: everywhere(), AsOf: ar.MaxDate + 1}, ledger.ErrBadDate},
			} {
				p.onlyError(p.openItems(c.q), c.want)
			}
		},
	},
}

var accountCases = []testCase{
	{
		"Account/Facts",
		"an account has all that was posted, at all locations, and its customer's name and terms",
		func(p *probe) {
			history, customer := rich()
			var all ledger.Facts
			for i, f := range history {
				x := posting(fmt.Sprint("k", i), customer.ID, f)
				if i == 0 {
					x.Details = &customer
				}
				p.post(x)
				all = both(all, settled(x.Facts, customer.Terms))
			}
			if a := p.account(customer.ID); a != nil {
				p.equal(sortedFacts(a.Facts()), sortedFacts(all))
				p.equal(fmt.Sprintf("%+v", a.Customer()), fmt.Sprintf("%+v", customer))
			}
		},
	},
	{
		"Account/Unknown",
		"a customer that is not there is ledger.ErrUnknownCustomer",
		func(p *probe) {
			p.post(opening("k1", "C1", documents(debit("I1", "EAST", 1, "100.00 EUR"))))
			_, err := p.tryAccount(everywhere(), "C2")
			p.is(err, ledger.ErrUnknownCustomer)
		},
	},
	{
		"Account/Scope",
		"an account is that of all locations, whatever the scope views; a scope that views nothing is ledger.ErrNoLocations, whether the customer is there or not",
		func(p *probe) {
			f := ledger.Facts{
				Documents:   []ledger.Document{debit("I1", "EAST", 1, "100.00 EUR"), payment("P1", "WEST", 2, "40.00 EUR")},
				Allocations: []ledger.Allocation{pays("A1", "P1", "I1", "40.00 EUR")},
			}
			p.post(opening("k1", "C1", f))
			for _, scope := range []ledger.Scope{everywhere(), mustScope("EAST"), mustView([]string{"WEST"}, nil), mustScope("")} {
				a, err := p.tryAccount(scope, "C1")
				p.no(err)
				if a != nil {
					p.equal(sortedFacts(a.Facts()), sortedFacts(settled(f, duedate.Terms{})))
				}
			}
			for _, id := range []string{"C1", "C2"} {
				_, err := p.tryAccount(ledger.Scope{}, id)
				p.is(err, ledger.ErrNoLocations)
			}
		},
	},
}

// onlyError fails unless the sequence yields one error, as wanted, and ends.
func (p *probe) onlyError(seq func(func(string, error) bool), want error) {
	if p.stopped() {
		return
	}
	n := 0
	for s, err := range seq {
		if n++; n > 1 {
			p.fail("an end after the error", s)
			return
		}
		p.is(err, want)
	}
	if n == 0 {
		p.is(nil, want)
	}
}

// sortedFacts is factsText of facts whose order is gone.
func sortedFacts(f ledger.Facts) string {
	return fmt.Sprint(
		sortedTexts(f.Documents), sortedTexts(f.Allocations), sortedTexts(f.Reversals),
		sortedTexts(f.Redates), sortedTexts(f.Statuses),
	)
}

func sortedTexts[T any](facts []T) string {
	all := make([]string, len(facts))
	for i, f := range facts {
		all[i] = fmt.Sprintf("%+v", f)
	}
	slices.Sort(all)
	return block(all)
}

// both returns the facts of f and g.
func both(f, g ledger.Facts) ledger.Facts {
	return ledger.Facts{
		Documents:   slices.Concat(f.Documents, g.Documents),
		Allocations: slices.Concat(f.Allocations, g.Allocations),
		Reversals:   slices.Concat(f.Reversals, g.Reversals),
		Redates:     slices.Concat(f.Redates, g.Redates),
		Statuses:    slices.Concat(f.Statuses, g.Statuses),
	}
}

// rich returns a history with something of everything, posting by posting.
func rich() ([]ledger.Facts, ledger.Customer) {
	customer := ledger.Customer{ID: "C1", Name: "Müller & <Söhne> \U0001F600", Terms: duedate.EOFM()}
	parts := debit("I2", "WEST", 3, "100.00 EUR")
	parts.Parts = []ledger.Part{
		{Due: march(20), Amount: ar.MustMoney("30.00 EUR")},
		{Due: march(10), Amount: ar.MustMoney("30.00 EUR")},
		{Due: march(40), Amount: ar.MustMoney("40.00 EUR")},
	}
	terms := debit("I3", "EAST", 4, "5000 JPY")
	terms.Terms, terms.Posted, terms.Footnote = duedate.Net(7), march(6), "as agreed\non the phone"
	due := debit("I4", "", 5, "1234567890123456789012345678.90 EUR")
	due.Due, due.Flags, due.Number, due.Booking = march(15), ledger.Disputed, "", ar.MustRate("1.25")
	note := payment("N1", "WEST", 6, "20.00 EUR")
	note.Kind = ledger.CreditNote
	dated := pays("A2", "P1", "I2", "30.00 EUR")
	dated.Date, dated.Part, dated.Rule, dated.With = march(12), 1, "by hand", "A1"
	exchange := pays("A4", "P2", "I3", "1600 JPY")
	exchange.Taken, exchange.Rate = ar.MustMoney("10.00 EUR"), ar.MustRate("160")
	return []ledger.Facts{
		documents(debit("I1", "EAST", 1, "80.00 EUR"), parts, terms),
		{
			Documents:   []ledger.Document{payment("P1", "EAST", 8, "90.00 EUR"), due, note},
			Allocations: []ledger.Allocation{pays("A1", "P1", "I1", "50.00 EUR"), dated, pays("A3", "N1", "I2", "20.00 EUR")},
		},
		{
			Documents:   []ledger.Document{payment("P2", "EAST", 14, "10.00 EUR"), payment("P3", "WEST", 16, "0.01 USD")},
			Allocations: []ledger.Allocation{exchange},
			Reversals:   []ledger.Reversal{{Allocation: "A1", Date: march(22), Reason: "bounced"}},
		},
		{
			Redates: []ledger.Redate{{Document: "P1", Revision: 1, Date: march(9), Reason: "value date"}, {Document: "P3", Revision: 1, Date: march(-3)}},
			Statuses: []ledger.Status{
				{Document: "I1", Date: march(5), Flags: ledger.OnHold, Reason: "asked for proof"},
				{Document: "I1", Date: march(11)},
				{Document: "I4", Date: march(25), Flags: ledger.OnHold | ledger.Disputed},
			},
		},
	}, customer
}
