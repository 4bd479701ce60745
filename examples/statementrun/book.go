package main

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/store"
	"github.com/openreceivables/ar/store/memstore"
)

const (
	customers = 250      // of the built-in book
	broken    = "C-1037" // has amounts that no statement can sum
)

// The half-year that the built-in book has documents of, and the instant at which
// they were posted.
var (
	bookFrom   = ar.MustDate("2026-01-05")
	bookTo     = ar.MustDate("2026-06-30")
	bookPosted = time.Date(2026, 6, 30, 18, 0, 0, 0, time.UTC)
)

// builtinStore is a new store with the built-in book in it.
func builtinStore(ctx context.Context, scope ledger.Scope) (*memstore.Store, error) {
	s := memstore.New(nil)
	for p := range book() {
		if err := s.Post(ctx, scope, p); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// book yields the customers of the built-in book, each with a half-year of
// documents in one posting. It is the same every time.
func book() iter.Seq[store.Posting] {
	return func(yield func(store.Posting) bool) {
		w := writer{dice: 2026, places: places(), odd: oddNames()}
		w.numbers = make([]int, len(w.places))
		w.members = make([]int, len(w.places))
		for n := range customers {
			if !yield(w.customer(fmt.Sprintf("C-%d", 1001+n))) {
				return
			}
		}
	}
}

// dice are pseudo-random numbers (SplitMix64), written out here so that no version
// of Go rolls others.
type dice uint64

// roll returns a number from 0 up to n−1.
func (d *dice) roll(n int) int {
	*d += 0x9e3779b97f4a7c15
	z := uint64(*d)
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return int((z ^ z>>31) % uint64(n))
}

// once reports whether one of n rolls came out.
func (d *dice) once(n int) bool { return d.roll(n) == 0 }

// writer writes the book.
type writer struct {
	dice
	places  []place
	odd     map[string]string // names, by customer
	numbers []int             // of documents so far, by place
	members []int             // customers so far, by place

	posting store.Posting // in the making
	prompt  bool          // whether its customer pays on the day
}

func (w *writer) customer(id string) store.Posting {
	home := 0 // 9 of 20 are customers of the first place, 7 of the second, 4 of the third
	switch n := w.roll(20); {
	case n >= 16:
		home = 2
	case n >= 9:
		home = 1
	}
	name, odd := w.odd[id]
	if !odd {
		name = w.places[home].name(w.members[home])
		w.members[home]++
	}
	terms := []string{"net 14", "net 30", "eom", "eofm", "net 45, eom"}[w.roll(5)]
	w.prompt = w.once(12)
	w.posting = store.Posting{
		Key: "opening book", Customer: id, At: bookPosted, By: "import",
		Details: &ledger.Customer{ID: id, Name: name, Terms: duedate.MustParse(terms)},
	}
	w.trade(home)
	if w.once(12) {
		w.trade((home + 1) % len(w.places))
	}
	if id == broken {
		w.scanned()
	}
	return w.posting
}

// trade writes what is sold to the customer at a place, and what of that is paid.
func (w *writer) trade(at int) {
	for day := bookFrom + ar.Date(w.roll(40)); day <= bookTo; day += ar.Date(20 + w.roll(35)) {
		w.invoice(at, day)
	}
	if w.once(15) { // money that nobody knows what for
		w.document(at, ledger.Payment, bookTo-ar.Date(w.roll(60)), w.amount(at, 400))
	}
	if w.once(20) {
		d := w.document(at, ledger.CreditNote, bookTo-ar.Date(w.roll(90)), w.amount(at, 150))
		d.Footnote = "Bonus of the first quarter"
	}
}

func (w *writer) invoice(at int, day ar.Date) {
	amount := w.amount(at, 4000)
	d := w.document(at, ledger.Invoice, day, amount)
	number := d.Number
	disputed := w.once(25)
	if disputed {
		d.Flags, d.Footnote = ledger.Disputed, "Price agreed by phone, credit note asked for"
	}
	due := must(w.posting.Details.Terms.DueDate(day, nil))
	paid := due
	if !w.prompt {
		paid += ar.Date(w.roll(30) - 3)
	}
	kept := w.roll(10) // prompt or not, the dice roll alike
	switch {
	case paid < day || paid > bookTo || !w.prompt && (disputed || kept < 4):
		return
	case !w.prompt && kept == 4: // in part
		amount = must(amount.Split(2, 1))[0]
	}
	payment := w.document(at, ledger.Payment, paid, amount)
	w.posting.Facts.Allocations = append(w.posting.Facts.Allocations, ledger.Allocation{
		ID: payment.ID + "/1", Credit: payment.ID, Debit: number, Amount: amount,
	})
}

// scanned writes two invoices that had a bar code scanned into their amounts.
// Each has as many digits as an amount may have, and both together have more.
func (w *writer) scanned() {
	for range 2 {
		d := w.document(0, ledger.Invoice, bookFrom, ar.MustMoney("96385074001234567890128471116006.47 EUR"))
		d.Footnote = "Amount: see bar code"
	}
}

// document adds a document to the posting. It stays where it is until the next.
func (w *writer) document(at int, kind ledger.Kind, day ar.Date, amount ar.Money) *ledger.Document {
	p := &w.places[at]
	w.numbers[at]++
	number := fmt.Sprintf("%s-%04d", p.series, w.numbers[at])
	documents := &w.posting.Facts.Documents
	*documents = append(*documents, ledger.Document{
		ID: number, Number: number, Customer: w.posting.Customer, Location: p.location, Kind: kind,
		Date: day, Amount: amount,
	})
	return &(*documents)[len(*documents)-1]
}

// amount returns up to so many euros, or hundreds of yen.
func (w *writer) amount(at, upTo int) ar.Money {
	minor := int64(1000 + w.roll(upTo*100))
	return must(ar.NewMoney(minor, w.places[at].currency))
}

// must is for what cannot fail in a book that is written by hand.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
