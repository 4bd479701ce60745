package main

import (
	"context"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/store"
	"github.com/openreceivables/ar/store/memstore"
)

// bookText is the built-in book: a line for each document, with what was paid of
// it. A customer's name and terms stand on its first line.
//
//go:embed book.csv
var bookText string

// kiosk is a customer besides those of the file.
const kiosk = "C-2013"

func locations() []string { return []string{"Hamburg", "Lyon", "Osaka"} }

// openBook returns a new store with the built-in book in it.
func openBook(ctx context.Context) (*memstore.Store, error) {
	scope, err := ledger.NewScope(locations(), locations())
	if err != nil {
		return nil, err
	}
	postings, err := readBook(bookText)
	if err != nil {
		return nil, err
	}
	s := memstore.New(nil)
	for _, p := range append(postings, rolls()) {
		p.Key, p.By, p.At = "opening book", "import", time.Date(2026, 6, 30, 18, 0, 0, 0, time.UTC)
		if err := s.Post(ctx, scope, p); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// readBook returns what is to be posted for each customer.
func readBook(text string) ([]store.Posting, error) {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	var postings []store.Posting
	for i, row := range rows[1:] { // without the header
		if i == 0 || row[0] != rows[i][0] {
			terms, err := duedate.Parse(row[2])
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", i+2, err)
			}
			postings = append(postings, store.Posting{
				Customer: row[0], Details: &ledger.Customer{ID: row[0], Name: row[1], Terms: terms},
			})
		}
		if err := add(&postings[len(postings)-1].Facts, row); err != nil {
			return nil, fmt.Errorf("line %d: %w", i+2, err)
		}
	}
	return postings, nil
}

// add adds the document of a row to the facts, and what was paid of it as a
// payment that is applied to it.
func add(f *ledger.Facts, row []string) error {
	d := ledger.Document{Customer: row[0], Location: row[3], ID: row[4], Number: row[4], Footnote: row[11]}
	date, e1 := ar.ParseDate(row[6])
	amount, e2 := ar.ParseMoney(row[7] + " " + row[8])
	if err := errors.Join(d.Kind.UnmarshalText([]byte(row[5])), e1, e2); err != nil {
		return err
	}
	d.Date, d.Amount = date, amount
	f.Documents = append(f.Documents, d)
	if row[9] == "" {
		return nil
	}
	payment := d
	payment.ID, payment.Number, payment.Kind, payment.Footnote = d.ID+"/paid", "", ledger.Payment, ""
	payment.Amount, e1 = ar.ParseMoney(row[9] + " " + row[8])
	payment.Date, e2 = ar.ParseDate(row[10])
	f.Documents = append(f.Documents, payment)
	f.Allocations = append(f.Allocations, ledger.Allocation{
		ID: payment.ID, Credit: payment.ID, Debit: d.ID, Amount: payment.Amount,
	})
	return errors.Join(e1, e2)
}

// rolls is a customer who takes rolls every morning, and has not paid since March:
// 122 invoices of 12.40 by the end of June.
func rolls() store.Posting {
	p := store.Posting{
		Customer: kiosk,
		Details:  &ledger.Customer{ID: kiosk, Name: "Kiosk am Fischmarkt", Terms: duedate.MustParse("net 7")},
	}
	for day := ar.MustDate("2026-03-01"); day <= ar.MustDate("2026-06-30"); day++ {
		number := "R-" + strings.ReplaceAll(day.String()[5:], "-", "")
		p.Facts.Documents = append(p.Facts.Documents, ledger.Document{
			ID: number, Number: number, Customer: kiosk, Location: "Hamburg", Kind: ledger.Invoice,
			Date: day, Amount: ar.MustMoney("12.40 EUR"),
		})
	}
	return p
}

// user is a user of the page.
type user struct {
	name  string
	views []string // the locations
}

func users() []user {
	return []user{
		{"anna", []string{"Hamburg", "Lyon"}},
		{"ben", []string{"Lyon", "Osaka"}},
	}
}

// parseUser returns the user of that name, alone.
func parseUser(name string) ([]user, error) {
	all := users()
	i := slices.IndexFunc(all, func(u user) bool { return u.name == name })
	if i < 0 {
		return nil, fmt.Errorf("no user %q: want anna or ben", name)
	}
	return all[i : i+1], nil
}
