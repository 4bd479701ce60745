package memstore_test

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
	"github.com/openreceivables/ar/store/memstore"
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func scope(locations ...string) ledger.Scope {
	s, err := ledger.NewScope(locations, locations)
	must(err)
	return s
}

// week is a first posting: customer C1 is invoiced 100.00 in Antwerp and 40.00 in
// Ghent on 2 March, and pays 60.00 of the first on 10 March.
func week() store.Posting {
	return store.Posting{
		Key: "2026-w10", Customer: "C1",
		Details: &ledger.Customer{ID: "C1", Name: "Jansen", Terms: duedate.Net(30)},
		Facts: ledger.Facts{
			Documents: []ledger.Document{
				{
					ID: "I1", Number: "2026/117", Customer: "C1", Location: "Antwerp", Kind: ledger.Invoice,
					Date: ar.MustDate("2026-03-02"), Amount: ar.MustMoney("100.00 EUR"),
				},
				{
					ID: "I2", Number: "2026/118", Customer: "C1", Location: "Ghent", Kind: ledger.Invoice,
					Date: ar.MustDate("2026-03-02"), Amount: ar.MustMoney("40.00 EUR"),
				},
				{
					ID: "P1", Customer: "C1", Location: "Antwerp", Kind: ledger.Payment,
					Date: ar.MustDate("2026-03-10"), Amount: ar.MustMoney("60.00 EUR"),
				},
			},
			Allocations: []ledger.Allocation{{ID: "A1", Credit: "P1", Debit: "I1", Amount: ar.MustMoney("60.00 EUR")}},
		},
		At: time.Date(2026, time.March, 13, 17, 0, 0, 0, time.UTC), By: "alice",
	}
}

func printOpen(s *memstore.Store, by ledger.Scope, asOf string) {
	q := ledger.Query{Scope: by, AsOf: ar.MustDate(asOf)}
	for item, err := range s.OpenItems(context.Background(), q) {
		must(err)
		fmt.Printf("%s %-7s %s due %s: %s\n", item.Customer, item.Location, item.Number, item.Due, item.Outstanding)
	}
}

// Documents are posted, what is open of them is asked for as of any date, and the
// store lasts in a file.
func Example() {
	ctx := context.Background()
	s := memstore.New(nil)
	must(s.Post(ctx, scope("Antwerp", "Ghent"), week()))
	// The answer was lost on its way, so the host posts again. Nothing is
	// written twice.
	fmt.Println("again:", s.Post(ctx, scope("Antwerp", "Ghent"), week()))

	dir, err := os.MkdirTemp("", "")
	must(err)
	defer func() { must(os.RemoveAll(dir)) }()
	path := filepath.Join(dir, "receivables.store")
	must(s.Save(ctx, path))
	loaded, err := memstore.Load(ctx, path, nil)
	must(err)
	fmt.Println("as of 9 March:")
	printOpen(loaded, scope("Antwerp", "Ghent"), "2026-03-09")
	fmt.Println("as of 10 March:")
	printOpen(loaded, scope("Antwerp", "Ghent"), "2026-03-10")
	// Output:
	// again: <nil>
	// as of 9 March:
	// C1 Antwerp 2026/117 due 2026-04-01: 100.00 EUR
	// C1 Ghent   2026/118 due 2026-04-01: 40.00 EUR
	// as of 10 March:
	// C1 Antwerp 2026/117 due 2026-04-01: 40.00 EUR
	// C1 Ghent   2026/118 due 2026-04-01: 40.00 EUR
}

// A user in Ghent sees what is open in Ghent. What is in Antwerp is not there for
// this user: to pay an invoice in Antwerp is refused in the words for an invoice
// that does not exist, though it does.
func ExampleStore_a4WhatIsNotViewedIsNotThere() {
	ctx := context.Background()
	s := memstore.New(nil)
	must(s.Post(ctx, scope("Antwerp", "Ghent"), week()))
	ghent := scope("Ghent")
	printOpen(s, ghent, "2026-03-31")

	payment := store.Posting{
		Key: "P2", Customer: "C1",
		Facts: ledger.Facts{
			Documents: []ledger.Document{{
				ID: "P2", Customer: "C1", Location: "Ghent", Kind: ledger.Payment,
				Date: ar.MustDate("2026-03-20"), Amount: ar.MustMoney("40.00 EUR"),
			}},
			Allocations: []ledger.Allocation{{ID: "A2", Credit: "P2", Debit: "I1", Amount: ar.MustMoney("40.00 EUR")}},
		},
		At: time.Date(2026, time.March, 20, 9, 0, 0, 0, time.UTC), By: "bob",
	}
	fmt.Println(s.Post(ctx, ghent, payment))

	// The same payment for the invoice in Ghent goes through; another one under
	// the key does not.
	payment.Facts.Allocations[0].Debit = "I2"
	fmt.Println(s.Post(ctx, ghent, payment))
	payment.Facts.Documents[0].Amount = ar.MustMoney("41.00 EUR")
	fmt.Println(errors.Is(s.Post(ctx, ghent, payment), store.ErrKeyUsed))

	fmt.Println("who did what, as a user of both sees it:")
	for p, err := range s.Postings(ctx, scope("Antwerp", "Ghent"), "C1") {
		must(err)
		fmt.Printf("%s %s: %s, %d documents\n", p.At.Format(time.DateTime), p.By, p.Key, len(p.Facts.Documents))
	}
	// Output:
	// C1 Ghent   2026/118 due 2026-04-01: 40.00 EUR
	// allocation "A2" of 40.00 EUR from "P2" to "I1": no such document: "I1"; there is payment "P2" of 2026-03-20 for 40.00 EUR
	// <nil>
	// true
	// who did what, as a user of both sees it:
	// 2026-03-13 17:00:00 alice: 2026-w10, 3 documents
	// 2026-03-20 09:00:00 bob: P2, 1 documents
}

// SPEC L6: the bank has payment P1 not on 10 but on 9 March. No statement is
// saved, so its date may be edited. Before that is posted, somebody saves the
// statement of March, which lists P1: the new date is refused, and P1 keeps that
// of the statement. A user of Antwerp alone is refused without a word about a
// statement that is for Ghent, too.
func ExampleStore_l6StatementSavedMeanwhile() {
	ctx := context.Background()
	s := memstore.New(nil)
	both := scope("Antwerp", "Ghent")
	must(s.Post(ctx, both, week()))

	limits, err := statement.RedateLimits(ctx, s, both, "C1", "P1", ar.MustDate("2026-01-01"))
	must(err)
	account, err := s.Account(ctx, both, "C1")
	must(err)
	edit, err := account.Redate("P1", ar.MustDate("2026-03-09"), limits)
	must(err)
	fmt.Println("may be posted:", &edit.Redates[0])

	april1 := time.Date(2026, time.April, 1, 9, 0, 0, 0, time.UTC)
	_, err = statement.Save(ctx, s, both, statement.Request{
		Customer: "C1", Run: "2026-03", At: april1,
		Options: statement.Options{
			Period: statement.Period{From: ar.MustDate("2026-03-01"), To: ar.MustDate("2026-03-31")},
			Form:   statement.BalanceForward, Buckets: bucket.Standard(),
		},
	})
	must(err)

	p := store.Posting{Key: "P1 by the bank", Customer: "C1", Facts: edit, At: april1, By: "alice"}
	fmt.Println(s.Post(ctx, both, p))
	fmt.Println(s.Post(ctx, scope("Antwerp"), p))
	account, err = s.Account(ctx, both, "C1")
	must(err)
	_, date := account.Document("P1")
	fmt.Println("P1 is of", date)
	// Output:
	// may be posted: revision 1 of the date of "P1", to 2026-03-09
	// re-date payment "P1" of 2026-03-10 for 60.00 EUR to 2026-03-09: a saved statement shows the payment, 2026-03-31
	// re-date payment "P1" of 2026-03-10 for 60.00 EUR to 2026-03-09: before the last statement, 2026-03-31
	// posting "P1 by the bank" for customer "C1": it does not fit with what the scope does not view
	// P1 is of 2026-03-10
}
