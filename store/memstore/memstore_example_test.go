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
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
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
