package memstore

import (
	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
)

// What a payload is of; the number that it begins with.
const (
	kindEnd uint8 = iota
	kindCustomer
	kindStatement
)

// saved is a customer as it is saved.
type saved struct {
	id       string
	postings []store.Posting
	facts    ledger.Facts // of all postings that are read
	profile  credit.Profile
	changes  []credit.Change
}

func (c *codec) customer(v *saved) {
	c.text(&v.id)
	list(c, &v.postings, func(c *codec, p *store.Posting) { c.posting(p, &v.facts) })
	c.profile(&v.profile)
	list(c, &v.changes, (*codec).change)
}

// posting leaves out the customer's ID, as each of its documents does. The facts
// that it reads are the last of all.
func (c *codec) posting(v *store.Posting, all *ledger.Facts) {
	c.word(&v.Key)
	c.word(&v.By)
	c.time(&v.At)
	var details []ledger.Customer // none or one
	if v.Details != nil {
		details = []ledger.Customer{*v.Details}
	}
	list(c, &details, (*codec).details)
	if !c.reading {
		c.facts(&v.Facts)
		return
	}
	if len(details) > 0 {
		v.Details = &details[0]
	}
	from := count(*all)
	c.facts(all)
	v.Facts = between(*all, from, count(*all))
}

// facts adds those that it reads to those that are there.
func (c *codec) facts(v *ledger.Facts) {
	list(c, &v.Documents, (*codec).document)
	list(c, &v.Allocations, (*codec).allocation)
	list(c, &v.Reversals, (*codec).reversal)
	list(c, &v.Redates, (*codec).redate)
	list(c, &v.Statuses, (*codec).status)
}

func (c *codec) details(v *ledger.Customer) {
	c.text(&v.Name)
	c.dueTerms(&v.Terms)
}

func (c *codec) document(v *ledger.Document) {
	c.text(&v.ID)
	c.text(&v.Number)
	c.word(&v.Location)
	number(c, &v.Kind)
	c.date(&v.Date)
	c.date(&v.Posted)
	c.date(&v.Due)
	c.money(&v.Amount)
	c.rate(&v.Booking)
	c.text(&v.Footnote)
	number(c, &v.Flags)
	list(c, &v.Parts, func(c *codec, p *ledger.Part) {
		c.date(&p.Due)
		c.money(&p.Amount)
	})
	c.dueTerms(&v.Terms)
}

func (c *codec) allocation(v *ledger.Allocation) {
	c.text(&v.ID)
	c.text(&v.Credit)
	c.text(&v.Debit)
	number(c, &v.Part)
	c.money(&v.Amount)
	c.money(&v.Taken)
	c.rate(&v.Rate)
	c.date(&v.Date)
	c.word(&v.Rule)
	c.text(&v.With)
}

func (c *codec) reversal(v *ledger.Reversal) {
	c.text(&v.Allocation)
	c.date(&v.Date)
	c.word(&v.Reason)
}

func (c *codec) redate(v *ledger.Redate) {
	c.text(&v.Document)
	number(c, &v.Revision)
	c.date(&v.Date)
	c.word(&v.Reason)
}

func (c *codec) status(v *ledger.Status) {
	c.text(&v.Document)
	c.date(&v.Date)
	number(c, &v.Flags)
	c.word(&v.Reason)
}

// profile leaves out the customer's ID.
func (c *codec) profile(v *credit.Profile) {
	number(c, &v.Revision)
	c.money(&v.Limit)
	number(c, &v.Status)
	c.dueTerms(&v.Terms)
	c.text(&v.CallNote)
	c.text(&v.Remark)
	c.date(&v.LastCall.Date)
	c.text(&v.LastCall.Initials)
}

func (c *codec) change(v *credit.Change) {
	c.text(&v.Customer)
	number(c, &v.Revision)
	c.word((*string)(&v.Field))
	c.text(&v.From)
	c.text(&v.To)
	c.word(&v.By)
	c.time(&v.At)
}

func (c *codec) statement(v *statement.Record) {
	c.text(&v.Customer)
	c.date(&v.Period.From)
	c.date(&v.Period.To)
	c.word(&v.Run)
	list(c, &v.Locations, (*codec).word)
	c.time(&v.At)
	list(c, &v.Balances, (*codec).money)
	number(c, &v.Version)
	c.bytes(&v.Content)
	c.time(&v.Sent)
}
