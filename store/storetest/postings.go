package storetest

import (
	"fmt"

	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

var postingCases = []testCase{
	{
		"Postings/Order",
		"postings come back as they were posted, each debit with its due date or terms: by customer in ascending order of IDs, byte by byte, then in the order of writing, whatever their times say",
		func(p *probe) {
			history, customer := rich()
			customer.ID = "b"
			var want []string
			var none duedate.Terms
			for i, f := range history {
				x := posting(fmt.Sprint("k", 9-i), "b", f)
				if i == 0 {
					x.Details = &customer
				}
				x.At, x.By = after(-24*i), fmt.Sprint("author ", i)
				p.post(x)
				want = append(want, settledText(x, customer.Terms))
			}
			first, last := opening("k1", "B", documents(debit("J1", "EAST", 1, "1.00 EUR"))), opening("k1", "é", documents(debit("J2", "EAST", 1, "1.00 EUR")))
			p.post(last, first)
			p.lines(p.postings(everywhere(), "b"), want)
			p.lines(p.postings(everywhere(), ""), append(append([]string{settledText(first, none)}, want...), settledText(last, none)))
			p.lines(p.postings(everywhere(), "nobody"), nil)
		},
	},
	{
		"Postings/Scope",
		"left out is a posting that touches a location that the scope does not view, also by what its facts name, and by what an allocation came along with; a scope that views nothing is ledger.ErrNoLocations",
		func(p *probe) {
			x := opening("k1", "C1", documents(debit("I1", "EAST", 1, "100.00 EUR")))
			p.post(x)
			want := []string{settledText(x, duedate.Terms{})}
			p.post(
				posting("k2", "C1", documents(debit("I2", "WEST", 1, "40.00 EUR"), payment("P1", "WEST", 1, "50.00 EUR"))),
				posting("k3", "C1", documents(debit("I3", "EAST", 1, "40.00 EUR"), debit("I4", "", 1, "40.00 EUR"))),
				posting("k4", "C1", allocations(pays("A1", "P1", "I1", "10.00 EUR"))), // from the west
				posting("k5", "C1", ledger.Facts{Reversals: []ledger.Reversal{{Allocation: "A1", Date: march(9)}}}),
				posting("k6", "C1", ledger.Facts{Redates: []ledger.Redate{{Document: "P1", Revision: 1, Date: march(9)}}}),
				posting("k7", "C1", ledger.Facts{Statuses: []ledger.Status{{Document: "I2", Date: march(9), Flags: ledger.OnHold}}}),
				opening("k1", "C2", documents(debit("I5", "WEST", 1, "40.00 EUR"))),
			)
			off := payment("D1", "EAST", 1, "1.00 EUR")
			off.Kind = ledger.Discount
			p.post(posting("k9", "C1", both(documents(off), allocations(along("A1", pays("A2", "D1", "I1", "1.00 EUR")))))) // with what is from the west
			y := posting("k8", "C1", ledger.Facts{Statuses: []ledger.Status{{Document: "I1", Date: march(9), Flags: ledger.OnHold}}})
			p.post(y)
			want = append(want, postingText(&y))
			p.lines(p.postings(mustScope("EAST"), "C1"), want)
			p.lines(p.postings(mustScope("EAST"), ""), want)
			p.step("Postings of a scope that views nothing")
			p.onlyError(texts(p.store.Postings(p.ctx, ledger.Scope{}, ""), postingText), ledger.ErrNoLocations)
		},
	},
	{
		"Postings/Own",
		"what the caller does with postings that come back changes nothing",
		func(p *probe) {
			history, customer := rich()
			x := posting("k1", customer.ID, both(both(history[0], history[1]), both(history[2], history[3])))
			x.Details = &customer
			p.post(x)
			items, trail := p.open(everywhere()), p.postings(everywhere(), "")
			p.step("change all postings that come back")
			for got, err := range p.store.Postings(p.ctx, everywhere(), "") {
				p.no(err)
				if got.Details != nil {
					scribble(&got)
				}
			}
			p.lines(p.postings(everywhere(), ""), trail)
			p.lines(p.open(everywhere()), items)
		},
	},
}
