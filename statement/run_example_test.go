package statement_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// debtors is a book of four customers as of 31 March 2026: Abbey owes 120.00 that
// fell due on 31 January, Barn 80.00 due on 30 March, Croft 300.00 due on 30
// April, and Dale has paid 50.00 in advance. Barn owes 40.00 more at York, the
// others are at Leeds.
func debtors() *shelf {
	return newShelf(
		owes(checked{}, "C-1", "Abbey", "invoice 2026-01-31 120.00 EUR"),
		owes(checked{}, "C-2", "Barn", "invoice 2026-03-30 80.00 EUR", "invoice 2026-03-30 40.00 EUR York"),
		owes(checked{}, "C-3", "Croft", "invoice 2026-04-30 300.00 EUR"),
		owes(checked{}, "C-4", "Dale", "payment 2026-01-15 50.00 EUR"),
	)
}

// checked ends an example that cannot be set up.
type checked struct{}

func (checked) Errorf(format string, args ...any) { panic(fmt.Sprintf(format, args...)) }
func (checked) FailNow()                          { panic("failed") }

func list(r *statement.Run, store statement.Store, scope ledger.Scope) {
	for e, err := range r.Eligible(context.Background(), store, scope) {
		if err != nil {
			fmt.Println("refused:", err)
			return
		}
		fmt.Print(" ", e.Customer, " ", e.Balances)
	}
	fmt.Println()
}

// The criteria of a run for March: of everybody, first those with an open balance
// (Dale's is a credit), then those with anything past due on 31 March, those who
// owe more than 120.00 EUR (exactly 120.00 is not more), and those with anything
// 31 to 60 days past due or older: Abbey's invoice is, by 59 days.
//
// No location is given, so both that the user sees are meant, and Barn owes
// 120.00 in all; at Leeds alone it is 80.00.
func ExampleCriteria_r1WhoGetsAStatement() {
	run := statement.Run{
		Options: statement.Options{Buckets: bucket.Standard()},
		Criteria: statement.Criteria{
			All:    true,
			Period: statement.Period{From: ar.MustDate("2026-03-01"), To: ar.MustDate("2026-03-31")},
		},
	}
	c := &run.Criteria
	within, _ := c.Within(both)
	fmt.Println(len(within.Viewable()), "locations")

	fmt.Print("open:     ")
	list(&run, debtors(), both)
	c.Eligible = statement.EligiblePastDue
	fmt.Print("past due: ")
	list(&run, debtors(), both)
	c.Eligible, c.Threshold = statement.EligibleThreshold, ar.MustMoney("120.00 EUR")
	fmt.Print("threshold:")
	list(&run, debtors(), both)
	c.Eligible, c.Threshold = statement.EligibleAged, ar.Money{}
	c.Buckets, c.Bucket = bucket.Standard(), "31–60"
	fmt.Print("aged:     ")
	list(&run, debtors(), both)
	c.Eligible, c.Buckets, c.Bucket = statement.EligiblePastDue, bucket.Set{}, ""
	c.Locations = []string{"Leeds"}
	fmt.Print("at Leeds: ")
	list(&run, debtors(), both)
	// Output:
	// 2 locations
	// open:      C-1 [120.00 EUR] C-2 [120.00 EUR] C-3 [300.00 EUR] C-4 [-50.00 EUR]
	// past due:  C-1 [120.00 EUR] C-2 [120.00 EUR]
	// threshold: C-3 [300.00 EUR]
	// aged:      C-1 [120.00 EUR]
	// at Leeds:  C-1 [120.00 EUR] C-2 [80.00 EUR]
}

// What criteria are refused for: a threshold that is more precise than its
// currency, an amount where the rule has no use for one, none where it needs one,
// nobody selected; and locations that the user does not see, or sees and may not
// make statements for.
func ExampleCriteria_r1Refused() {
	_, err := ar.ParseMoney("99.995 EUR")
	fmt.Println(err)

	march := statement.Period{From: ar.MustDate("2026-03-01"), To: ar.MustDate("2026-03-31")}
	c := statement.Criteria{All: true, Period: march, Eligible: statement.EligiblePastDue, Threshold: ar.MustMoney("99.99 EUR")}
	fmt.Println(c.Validate())
	c = statement.Criteria{Period: march, Eligible: statement.EligibleThreshold}
	fmt.Println(c.Validate())

	scope, _ := ledger.NewScope([]string{"Leeds", "York"}, []string{"Leeds"}) // sees both, may modify Leeds
	_, err = (&statement.Criteria{Locations: []string{"Hull"}}).Within(scope)
	fmt.Println(err)
	_, err = (&statement.Criteria{}).Within(scope)
	fmt.Println(err)
	// Output:
	// amount "99.995": too many decimals: EUR has 2
	// unusable criteria: eligibility "past-due" has no use for the amount 99.99 EUR
	// unusable criteria: no customers selected; All selects everybody
	// unusable criteria: eligibility "threshold" needs an amount
	// location "Hull": the scope does not view it
	// location "York": the scope may not modify it
}

// On 1 April at noon Abbey gets a statement of March. Whoever runs March for
// everybody on 8 April at noon and skips whom a statement of the last week has
// reached, leaves Abbey out; a minute later the week is over. A statement of
// another period is never recent.
func ExampleRun_r2SkipRecent() {
	store := debtors()
	run := runFor("Abbey's own")
	run.Criteria.All, run.Criteria.Customers = false, []string{"C-1"}
	run.Now = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)
	if _, err := run.Generate(context.Background(), store, leeds); err != nil {
		fmt.Println(err)
	}

	run = runFor("everybody")
	run.Criteria.SkipRecent = statement.SkipWeek
	run.Now = time.Date(2026, 4, 8, 12, 0, 0, 0, time.UTC)
	list(run, store, leeds)
	run.Now = run.Now.Add(time.Minute)
	list(run, store, leeds)
	run.Now = run.Now.Add(-time.Minute)
	run.Criteria.Period = statement.Period{From: ar.MustDate("2026-01-01"), To: ar.MustDate("2026-03-31")}
	list(run, store, leeds)

	// A month goes back to the same day of the month before, or to its last.
	since, _ := statement.SkipMonth.Since(time.Date(2026, 3, 31, 12, 0, 0, 0, time.UTC))
	fmt.Println(since)
	// Output:
	//  C-2 [80.00 EUR] C-3 [300.00 EUR] C-4 [-50.00 EUR]
	//  C-1 [120.00 EUR] C-2 [80.00 EUR] C-3 [300.00 EUR] C-4 [-50.00 EUR]
	//  C-1 [120.00 EUR] C-2 [80.00 EUR] C-3 [300.00 EUR] C-4 [-50.00 EUR]
	// 2026-02-28 12:00:00 +0000 UTC
}

// A preview counts who would get a statement and lists them; nothing is saved.
func ExampleRun_Preview_r3CreatesNothing() {
	store := debtors()
	run := runFor("2026-03")
	run.Criteria.Eligible = statement.EligiblePastDue
	preview, err := run.Preview(context.Background(), store, both)
	fmt.Println(preview, "at", preview.Locations, "locations", err)
	list(run, store, both)
	fmt.Println(len(store.records), "statements saved")
	// Output:
	// 2 customers eligible at 2 locations <nil>
	//  C-1 [120.00 EUR] C-2 [120.00 EUR]
	// 0 statements saved
}

// 250 customers are past due, and a batch makes at most 100 statements: three
// runs with the same criteria, which skip whom those before have reached, serve
// them all. Called again, the last run makes nothing twice.
func ExampleRun_Generate_r4Batches() {
	store := newShelf(many(checked{}, 250)...)
	for _, id := range []string{"first", "second", "third", "third"} {
		run := runFor(id)
		run.Criteria.Eligible = statement.EligiblePastDue
		run.Criteria.SkipRecent = statement.Skip24Hours
		result, err := run.Generate(context.Background(), store, leeds)
		fmt.Printf("%s: %d created, %d failed, %d skipped, cap hit: %t, %d remain; %d were there: %v\n", id,
			result.Created, len(result.Failures), result.Skipped, result.CapHit(), result.Remaining, result.Earlier, err)
	}
	fmt.Println(len(store.records), "statements saved")
	// Output:
	// first: 100 created, 0 failed, 0 skipped, cap hit: true, 150 remain; 0 were there: <nil>
	// second: 100 created, 0 failed, 100 skipped, cap hit: true, 50 remain; 0 were there: <nil>
	// third: 50 created, 0 failed, 200 skipped, cap hit: false, 0 remain; 0 were there: <nil>
	// third: 0 created, 0 failed, 200 skipped, cap hit: false, 0 remain; 50 were there: <nil>
	// 250 statements saved
}

// The account of Barn cannot be read. It is reported by name, with the reason cut
// at 40 characters here, and the others get their statements. When the account is
// mended, the same run makes the one that is missing.
func ExampleRun_Generate_r4OneFailure() {
	store := debtors()
	store.at = func(step string) error {
		if step == "account C-2" {
			return errors.New("page 4711 of table documents: checksum does not match")
		}
		return nil
	}
	run := runFor("2026-03")
	run.MaxReason = 40
	run.Options.Name = func(customer string) string { return store.accounts[customer].Customer().Name }
	result, err := run.Generate(context.Background(), store, leeds)
	fmt.Println(result.Created, "created", err)
	for _, f := range result.Failures {
		fmt.Printf("%s: %s\n", f.Name, f.Reason)
	}

	store.at = nil
	result, err = run.Generate(context.Background(), store, leeds)
	fmt.Println(result.Created, "created,", result.Earlier, "were there", err)
	// Output:
	// 3 created <nil>
	// Barn: page 4711 of table documents: checksum …
	// 1 created, 3 were there <nil>
}

// lines is a Renderer that prints a line for each sheet.
type lines struct{}

func (lines) Render(_ context.Context, sheets iter.Seq2[statement.Sheet, error]) error {
	page := 0
	for sheet, err := range sheets {
		if err != nil {
			return err
		}
		page++
		if s := sheet.Statement; s != nil {
			fmt.Printf("page %d: statement of %s, %s: %v\n", page, s.Name(), s.Period(), s.Balances())
		}
		if inv := sheet.Invoice; inv != nil {
			fmt.Printf("page %d: invoice %s of %s: %s open\n", page, inv.Document.Number, inv.Customer.Name, inv.Outstanding)
		}
	}
	return nil
}

// Each statement of a run is a record of its own, and all of them make one
// document, by customer, as they were saved: that Abbey has paid since is not in
// it.
func ExampleCollectRuns_r5OneDocument() {
	store := debtors()
	run := runFor("2026-03")
	if _, err := run.Generate(context.Background(), store, leeds); err != nil {
		fmt.Println(err)
	}
	store.accounts["C-1"] = owes(checked{}, "C-1", "Abbey", "invoice 2026-01-31 120.00 EUR", "payment 2026-04-02 120.00 EUR")
	fmt.Println(len(store.records), "records")
	fmt.Println(statement.CollectRuns(context.Background(), store, leeds, []string{"2026-03"}, 0, lines{}))
	// Output:
	// 4 records
	// page 1: statement of Abbey, 2026-03-01 to 2026-03-31: [120.00 EUR]
	// page 2: statement of Barn, 2026-03-01 to 2026-03-31: [80.00 EUR]
	// page 3: statement of Croft, 2026-03-01 to 2026-03-31: [300.00 EUR]
	// page 4: statement of Dale, 2026-03-01 to 2026-03-31: [-50.00 EUR]
	// <nil>
}

// SPEC S4: the statements of a run are e-mailed, and Barn's mailbox is full. The
// others are sent and marked, and Barn's is neither. A second call sends that one,
// and nothing twice.
func ExampleSendRuns_s4NothingTwice() {
	ctx := context.Background()
	shelf := debtors()
	if _, err := runFor("2026-03").Generate(ctx, shelf, leeds); err != nil {
		fmt.Println(err)
	}
	store := newHost()
	store.records = shelf.saved()
	full := "C-2"
	server := mailer(func(r statement.Record) error {
		if r.Customer == full {
			return errors.New("the mailbox is full")
		}
		fmt.Println("mail to", r.Customer)
		return nil
	})
	for range 2 {
		result, err := statement.SendRuns(ctx, store, leeds, []string{"2026-03"}, 0, server, noon)
		fmt.Println(result.Sent, "sent,", result.Earlier, "earlier", err)
		for _, f := range result.Failures {
			fmt.Printf("%s: %s\n", f.Name, f.Reason)
		}
		full = ""
	}
	// Output:
	// mail to C-1
	// mail to C-3
	// mail to C-4
	// 3 sent, 0 earlier <nil>
	// Barn: not sent: the mailbox is full
	// mail to C-2
	// 1 sent, 3 earlier <nil>
}

// The open invoices of Barn and Abbey as one document, in the order in which the
// two were selected, and what its users are told where there is none: of Dale
// there is only a payment, and with a cap of 2 the 3 invoices are too many.
func ExampleCollectInvoices_a11BulkDownload() {
	store := debtors()
	collect := func(renderer statement.Renderer, limit int, customers ...string) {
		q := statement.Selection{Customers: customers, AsOf: ar.MustDate("2026-03-31"), Cap: limit}
		if err := statement.CollectInvoices(context.Background(), store, both, q, renderer); err != nil {
			fmt.Println(err)
		}
	}
	collect(lines{}, 100, "C-2", "C-1")
	collect(lines{}, 100)
	collect(lines{}, 100, "C-4")
	collect(lines{}, 2, "C-2", "C-1")
	collect(&printer{fail: errors.New("out of paper")}, 100, "C-1")
	// Output:
	// page 1: invoice C-2/1 of Barn: 80.00 EUR open
	// page 2: invoice C-2/2 of Barn: 40.00 EUR open
	// page 3: invoice C-1/1 of Abbey: 120.00 EUR open
	// No customers selected.
	// No open invoices found for the selected customers.
	// You can download at most 2 invoices at a time.
	// Download failed.
}
