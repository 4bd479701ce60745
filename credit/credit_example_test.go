package credit_test

import (
	"context"
	"fmt"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// An order of 900.00 comes from a customer with 250.00 of the limit left.
func Example() {
	line := credit.Line{
		Limit:   ar.MustMoney("5000.00 EUR"),
		Balance: ar.MustMoney("4200.00 EUR"),
		Orders:  ar.MustMoney("550.00 EUR"),
	}
	left, err := line.Available()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("available", left)
	decision, err := line.Check(ar.MustMoney("900.00 EUR"), credit.Good, credit.Policy{})
	fmt.Println(decision, err)
	// Output:
	// available 250.00 EUR
	// block: 5650.00 EUR would be used, 650.00 EUR over the limit of 5000.00 EUR <nil>
}

// SPEC C1: invoices of 3,000.00 are open and a deposit of 500.00 is not used yet,
// so the A/R balance is 2,500.00. The deposit is shown apart but not taken off a
// second time: 5,000.00 − (2,500.00 + 1,000.00 of orders + 200.00 of unbilled
// deliveries − 300.00 of a bank guarantee) leaves 1,600.00.
func ExampleLine_c1DepositOnce() {
	line := credit.Line{
		Limit:   ar.MustMoney("5000.00 EUR"),
		Balance: ar.MustMoney("2500.00 EUR"),
		Deposit: ar.MustMoney("500.00 EUR"),
		Orders:  ar.MustMoney("1000.00 EUR"),
		Exposures: []credit.Exposure{
			{Label: "unbilled deliveries", Amount: ar.MustMoney("200.00 EUR")},
			{Label: "bank guarantee", Amount: ar.MustMoney("-300.00 EUR")},
		},
	}
	fmt.Println(line.Used())
	fmt.Println(line.Available())
	// Output:
	// 3400.00 EUR <nil>
	// 1600.00 EUR <nil>
}

// SPEC C1: 1,000.00 of credit are left. An order that uses it up to the last
// cent is allowed, one cent more is blocked, or warned of where the host says so;
// from 80 % of the limit on this host wants a warning; and a customer on hold is
// blocked whatever is left.
func ExampleLine_c1Check() {
	line := credit.Line{Limit: ar.MustMoney("5000.00 EUR"), Balance: ar.MustMoney("4000.00 EUR")}
	check := func(order string, status credit.Status, policy credit.Policy) {
		fmt.Println(line.Check(ar.MustMoney(order), status, policy))
	}
	check("1000.00 EUR", credit.Good, credit.Policy{})
	check("1000.01 EUR", credit.Good, credit.Policy{})
	check("1000.01 EUR", credit.Good, credit.Policy{WarnOver: true})
	check("0.01 EUR", credit.Good, credit.Policy{WarnFrom: ar.MustPercent("80%")})
	check("0.01 EUR", credit.OnHold, credit.Policy{})
	// Output:
	// allow <nil>
	// block: 5000.01 EUR would be used, 0.01 EUR over the limit of 5000.00 EUR <nil>
	// warn: 5000.01 EUR would be used, 0.01 EUR over the limit of 5000.00 EUR <nil>
	// warn: 4000.01 EUR would be used, 80% or more of the limit of 5000.00 EUR <nil>
	// block: the customer is on hold <nil>
}

// SPEC C2: March is the open period, and today is the 15th. Of the invoices the
// one posted on 1 March and the one of today count, the one posted on 28 February
// does not, though all are of February and March; a charge is no invoice. Of the
// orders those of this calendar year up to today count. The account began with a
// deposit in 2024.
func ExampleMonthToDate_c2Sales() {
	invoice := func(id, date, posted, amount string) ledger.Document {
		return ledger.Document{
			ID: id, Customer: "C-1", Kind: ledger.Invoice,
			Date: ar.MustDate(date), Posted: ar.MustDate(posted), Amount: ar.MustMoney(amount),
		}
	}
	account, err := ledger.NewAccount(ledger.Customer{ID: "C-1"}, ledger.Facts{Documents: []ledger.Document{
		invoice("I1", "2026-02-27", "2026-02-28", "10.00 EUR"),
		invoice("I2", "2026-02-28", "2026-03-01", "200.00 EUR"),
		invoice("I3", "2026-03-15", "2026-03-15", "3000.00 EUR"),
		{ID: "F1", Customer: "C-1", Kind: ledger.Charge, Date: ar.MustDate("2026-03-02"), Amount: ar.MustMoney("5.00 EUR")},
		{ID: "D1", Customer: "C-1", Kind: ledger.Deposit, Date: ar.MustDate("2024-11-05"), Amount: ar.MustMoney("50.00 EUR")},
	}}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	scope, err := ledger.NewScope([]string{""}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	today := ar.MustDate("2026-03-15")
	fmt.Println(credit.MonthToDate(account, scope, ar.MustDate("2026-03-01"), today))
	fmt.Println(credit.YearToDate([]credit.Order{
		{Created: ar.MustDate("2025-12-31"), Amount: ar.MustMoney("1.00 EUR")},
		{Created: ar.MustDate("2026-01-01"), Amount: ar.MustMoney("20.00 EUR")},
		{Created: today, Amount: ar.MustMoney("300.00 EUR")},
		{Created: ar.MustDate("2026-03-16"), Amount: ar.MustMoney("4000.00 EUR")},
	}, today))
	fmt.Println(credit.AccountDate(account, scope))
	fmt.Println(credit.Deposits(account, scope, today))
	// Output:
	// [3200.00 EUR] <nil>
	// [320.00 EUR] <nil>
	// 2024-11-05 <nil>
	// [50.00 EUR] <nil>
}

// SPEC C3: on 16 March, Ms Berg writes down that her colleague JD called the
// customer the day before, puts the customer on watch and lowers the limit. The
// trail tells who changed what, when, from what to what; the call has JD's
// initials, not hers.
func ExampleEdit_c3AuditTrail() {
	ctx, book := context.Background(), newBook()
	clerk, err := ledger.NewScope([]string{"Leeds"}, []string{"Leeds"})
	if err != nil {
		fmt.Println(err)
		return
	}
	berg := credit.Editor{Name: "berg", At: time.Date(2026, 3, 16, 9, 30, 0, 0, time.UTC)}
	_, err = credit.Edit(ctx, book, clerk, "C-1", berg, func(p *credit.Profile) {
		p.Limit, p.Terms = ar.MustMoney("5000.00 EUR"), duedate.Net(30)
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	berg.At = berg.At.Add(time.Hour)
	_, err = credit.Edit(ctx, book, clerk, "C-1", berg, func(p *credit.Profile) {
		p.Limit, p.Status = ar.MustMoney("2000.00 EUR"), credit.Watch
		p.CallNote = "pays on Friday"
		p.LastCall = credit.Call{Date: ar.MustDate("2026-03-15"), Initials: "JD"}
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for c, err := range book.Changes(ctx, clerk, "C-1") {
		fmt.Printf("%d %s %s %s: %q → %q %v\n", c.Revision, c.At.Format("15:04"), c.By, c.Field, c.From, c.To, err)
	}
	// Output:
	// 1 09:30 berg limit: "" → "5000.00 EUR" <nil>
	// 1 09:30 berg terms: "" → "net 30" <nil>
	// 2 10:30 berg limit: "5000.00 EUR" → "2000.00 EUR" <nil>
	// 2 10:30 berg status: "good" → "watch" <nil>
	// 2 10:30 berg call note: "" → "pays on Friday" <nil>
	// 2 10:30 berg last call: "" → "2026-03-15 JD" <nil>
}

// SPEC C3: the call note is offered while the customer has open items; a remark
// and the last call, of JD on 15 March, are always shown; and an open invoice with
// a footnote is named. A customer of whom nothing is written down has no alert.
func ExampleProfile_c3Alerts() {
	p := credit.Profile{
		Customer: "C-1", CallNote: "pays on Friday", Remark: "guaranteed by the parent",
		LastCall: credit.Call{Date: ar.MustDate("2026-03-15"), Initials: "JD"},
	}
	open := []ledger.Item{{Number: "INV-1"}, {Number: "INV-2", Flags: ledger.Footnote}}
	fmt.Printf("%+v\n", p.Alerts(open))
	fmt.Printf("%+v\n", p.Alerts(nil))
	p = credit.Profile{Customer: "C-2"}
	fmt.Printf("%+v\n", p.Alerts(open[:1]))
	// Output:
	// {Open:true CallNote:true Remark:true LastCall:true Footnotes:[INV-2]}
	// {Open:false CallNote:false Remark:true LastCall:true Footnotes:[]}
	// {Open:true CallNote:false Remark:false LastCall:false Footnotes:[]}
}
