package ledger_test

import (
	"cmp"
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// book makes n/3 documents, half of them payments, and twice as many
// allocations, in random order or by date. Four fifths of all invoices are paid
// in full, in five allocations each; a tenth of the allocations is reversed, and
// those reversals are not among the n facts.
func book(n, perCustomer int, byDate bool) ([]ledger.Customer, ledger.Facts) {
	r := rand.New(rand.NewSource(1))
	documents := n / 3
	eur := ar.MustCurrency("EUR")
	money := func(minor int64) ar.Money {
		m, err := ar.NewMoney(minor, eur)
		if err != nil {
			panic(err)
		}
		return m
	}
	start := ar.MustDate("2025-01-01")
	var customers []ledger.Customer
	var f ledger.Facts
	for i := range documents / 2 {
		if i%perCustomer == 0 {
			customers = append(customers, ledger.Customer{ID: fmt.Sprintf("C%07d", i/perCustomer), Terms: duedate.Net(30)})
		}
		customer := customers[len(customers)-1].ID
		day := start + ar.Date(r.Intn(700))
		invoice, payment := fmt.Sprintf("I%07d", i), fmt.Sprintf("P%07d", i)
		f.Documents = append(
			f.Documents,
			ledger.Document{ID: invoice, Number: invoice, Customer: customer, Kind: ledger.Invoice, Date: day, Amount: money(5000)},
			ledger.Document{ID: payment, Number: payment, Customer: customer, Kind: ledger.Payment, Date: day + ar.Date(r.Intn(90)), Amount: money(5000)},
		)
		for k := range 5 {
			if i%5 == 0 {
				break
			}
			f.Allocations = append(f.Allocations, ledger.Allocation{
				ID: fmt.Sprintf("A%07d-%d", i, k), Credit: payment, Debit: invoice, Amount: money(1000),
			})
			if r.Intn(10) == 0 {
				f.Reversals = append(f.Reversals, ledger.Reversal{Allocation: f.Allocations[len(f.Allocations)-1].ID, Date: start + 800})
			}
		}
	}
	r.Shuffle(len(f.Documents), func(i, j int) { f.Documents[i], f.Documents[j] = f.Documents[j], f.Documents[i] })
	r.Shuffle(len(f.Allocations), func(i, j int) { f.Allocations[i], f.Allocations[j] = f.Allocations[j], f.Allocations[i] })
	if byDate {
		dates := make(map[string]ar.Date, len(f.Documents))
		for i := range f.Documents {
			dates[f.Documents[i].ID] = f.Documents[i].Date
		}
		slices.SortFunc(f.Documents, func(x, y ledger.Document) int { return cmp.Compare(x.Date, y.Date) })
		slices.SortFunc(f.Allocations, func(x, y ledger.Allocation) int { return cmp.Compare(dates[x.Credit], dates[y.Credit]) })
	}
	return customers, f
}

// BenchmarkAccount takes the facts of one account together, and says what is
// open on a date: 3M facts are a million documents and two million allocations.
// "int64" is the reference, the same sums over a map of plain integers without
// a check of any kind.
func BenchmarkAccount(b *testing.B) {
	asOf := ar.MustDate("2026-06-30")
	for _, order := range []string{"by date", "random"} {
		for _, n := range []int{30_000, 300_000, 3_000_000} {
			customers, f := book(n, n, order == "by date")
			run := func(name string, f func() error) {
				b.Run(fmt.Sprintf("%s/%d/%s", order, n, name), func(b *testing.B) {
					b.ReportAllocs()
					for b.Loop() {
						if err := f(); err != nil {
							b.Fatal(err)
						}
					}
					b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(n), "ns/fact")
				})
			}
			a, err := ledger.NewAccount(customers[0], f, nil)
			if err != nil {
				b.Fatal(err)
			}
			run("NewAccount", func() error {
				_, err := ledger.NewAccount(customers[0], f, nil)
				return err
			})
			run("Open", func() error {
				_, err := a.Open(asOf)
				return err
			})
			run("Items", func() error {
				for _, err := range a.Items(asOf) {
					if err != nil {
						return err
					}
				}
				return nil
			})
			run("int64", func() error {
				reference(&f, asOf)
				return nil
			})
		}
	}
}

func reference(f *ledger.Facts, asOf ar.Date) map[string]int64 {
	open := map[string]int64{}
	dates := map[string]ar.Date{}
	for i := range f.Documents {
		d := &f.Documents[i]
		dates[d.ID] = d.Date
		if d.Date <= asOf {
			open[d.ID], _ = d.Amount.Minor()
		}
	}
	reversed := map[string]ar.Date{}
	for _, r := range f.Reversals {
		reversed[r.Allocation] = r.Date
	}
	for i := range f.Allocations {
		x := &f.Allocations[i]
		if until, ok := reversed[x.ID]; max(dates[x.Credit], dates[x.Debit]) > asOf || ok && until <= asOf {
			continue
		}
		minor, _ := x.Amount.Minor()
		open[x.Credit] -= minor
		open[x.Debit] -= minor
	}
	return open
}

// BenchmarkAccounts is the same for the accounts of many customers, of 20
// documents each.
func BenchmarkAccounts(b *testing.B) {
	asOf := ar.MustDate("2026-06-30")
	const n = 3_000_000
	customers, f := book(n, 10, false)
	perFact := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/fact")
	}
	accounts, err := ledger.Accounts(customers, f, nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Run("Accounts", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := ledger.Accounts(customers, f, nil); err != nil {
				b.Fatal(err)
			}
		}
		perFact(b)
	})
	b.Run("ItemsOf", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			for _, err := range ledger.ItemsOf(accounts, asOf) {
				if err != nil {
					b.Fatal(err)
				}
			}
		}
		perFact(b)
	})
}
