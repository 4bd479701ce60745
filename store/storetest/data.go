package storetest

import (
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
)

// noon is when everything is written, unless a case says otherwise. Instants
// are of whole seconds: a database may keep no more than microseconds.
func noon() time.Time { return time.Date(2026, time.March, 31, 12, 0, 0, 0, time.UTC) }

func after(hours int) time.Time { return noon().Add(time.Duration(hours) * time.Hour) }

func march(day int) ar.Date { return ar.MustDate("2026-02-28") + ar.Date(day) }

func inMarch() statement.Period { return statement.Period{From: march(1), To: march(31)} }

// mustScope views some locations, and modifies them too.
func mustScope(locations ...string) ledger.Scope { return mustView(locations, locations) }

func mustView(view, modify []string) ledger.Scope {
	s, err := ledger.NewScope(view, modify)
	if err != nil {
		panic(err)
	}
	return s
}

func everywhere() ledger.Scope { return mustScope("", "EAST", "WEST") }

func debit(id, location string, day int, amount string) ledger.Document {
	return ledger.Document{
		ID: id, Number: "No. " + id, Location: location, Kind: ledger.Invoice,
		Date: march(day), Amount: ar.MustMoney(amount),
	}
}

func payment(id, location string, day int, amount string) ledger.Document {
	d := debit(id, location, day, amount)
	d.Kind = ledger.Payment
	return d
}

func pays(id, credit, debit, amount string) ledger.Allocation {
	return ledger.Allocation{ID: id, Credit: credit, Debit: debit, Amount: ar.MustMoney(amount)}
}

// along returns an allocation that came along with another.
func along(with string, x ledger.Allocation) ledger.Allocation {
	x.With = with
	return x
}

func documents(d ...ledger.Document) ledger.Facts     { return ledger.Facts{Documents: d} }
func allocations(x ...ledger.Allocation) ledger.Facts { return ledger.Facts{Allocations: x} }

// settled returns facts as Apply settles them, for a customer of these terms.
func settled(f ledger.Facts, terms duedate.Terms) ledger.Facts {
	f.Documents = slices.Clone(f.Documents)
	for i := range f.Documents {
		d := &f.Documents[i]
		switch open := d.Kind.IsDebit() && d.Due.IsZero() && d.Terms.IsZero() && len(d.Parts) == 0; {
		case open && terms.IsZero():
			d.Due = d.Date
		case open:
			d.Terms = terms
		}
	}
	return f
}

// posting returns a posting of facts, which belong to the customer.
func posting(key, customer string, f ledger.Facts) store.Posting {
	for i := range f.Documents {
		if f.Documents[i].Customer == "" {
			f.Documents[i].Customer = customer
		}
	}
	return store.Posting{Key: key, Customer: customer, Facts: f, At: noon(), By: "alice"}
}

// opening is the posting that makes a customer.
func opening(key, customer string, f ledger.Facts) store.Posting {
	p := posting(key, customer, f)
	p.Details = &ledger.Customer{ID: customer, Name: "Name of " + customer}
	return p
}

func record(run, customer string, locations ...string) statement.Record {
	return statement.Record{
		Key:       statement.Key{Run: run, Customer: customer, Period: inMarch()},
		Locations: locations, At: noon(), Balances: []ar.Money{ar.MustMoney("100.00 EUR"), ar.MustMoney("-5 JPY")},
		Version: 1, Content: []byte("content of " + run + " for " + customer),
	}
}

// The texts of what comes back have all that there is of it.

// itemText has a date that is left out as the one that is meant.
func itemText(it *ledger.Item) string {
	x := *it
	x.Posted, x.Due = it.PostingDate(), it.DueDate()
	return fmt.Sprintf("%+v", x)
}

func recordText(r *statement.Record) string {
	return fmt.Sprintf("run %q, %q, %s, at %q, made %s: %v, version %d, %q, sent %s",
		r.Run, r.Customer, r.Period, r.Locations, instant(r.At), r.Balances, r.Version, r.Content, instant(r.Sent))
}

// settledText is postingText as it comes back of a customer of these terms.
func settledText(p store.Posting, terms duedate.Terms) string {
	p.Facts = settled(p.Facts, terms)
	return postingText(&p)
}

func postingText(p *store.Posting) string {
	details := "none"
	if p.Details != nil {
		details = fmt.Sprintf("%+v", *p.Details)
	}
	return fmt.Sprintf("%q for %q by %q at %s, details %s: %s", p.Key, p.Customer, p.By, instant(p.At), details, factsText(p.Facts))
}

// factsText has nil slices and empty ones as the same.
func factsText(f ledger.Facts) string {
	return fmt.Sprintf("%+v %+v %+v %+v %+v", f.Documents, f.Allocations, f.Reversals, f.Redates, f.Statuses)
}

func profileText(p *credit.Profile) string { return fmt.Sprintf("%+v", *p) }

func changeText(c *credit.Change) string {
	return fmt.Sprintf("%q revision %d: %s from %q to %q by %q at %s", c.Customer, c.Revision, c.Field, c.From, c.To, c.By, instant(c.At))
}

func instant(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format(time.RFC3339Nano)
}

// texts yields the texts of what a sequence yields.
func texts[T any](seq iter.Seq2[T, error], text func(*T) string) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		for x, err := range seq {
			s := ""
			if err == nil {
				s = text(&x)
			}
			if !yield(s, err) {
				return
			}
		}
	}
}

// brief is what a step says of a posting.
func brief(x *store.Posting) string {
	const most = 5
	var parts []string
	add := func(fact fmt.Stringer) { parts = append(parts, fact.String()) }
	if x.Details != nil {
		parts = append(parts, "details")
	}
	f := &x.Facts
	for i := range f.Documents {
		parts = append(parts, fmt.Sprintf("%s at %q", &f.Documents[i], f.Documents[i].Location))
	}
	for i := range f.Allocations {
		add(&f.Allocations[i])
	}
	for i := range f.Reversals {
		add(&f.Reversals[i])
	}
	for i := range f.Redates {
		add(&f.Redates[i])
	}
	for i := range f.Statuses {
		add(&f.Statuses[i])
	}
	if more := len(parts) - most; more > 0 {
		parts = append(parts[:most], fmt.Sprintf("and %d more", more))
	}
	return fmt.Sprintf("%q for %q: %s", x.Key, x.Customer, strings.Join(parts, ", "))
}
