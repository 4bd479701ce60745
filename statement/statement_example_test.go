package statement_test

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
	"github.com/openreceivables/ar/statement"
)

// bakery is the account of the examples: an invoice of November that was paid in
// part, one of February and one of March, and a payment of which 50.00 is left.
func bakery() *ledger.Account {
	return account(ledger.Facts{
		Documents: []ledger.Document{
			invoice("INV-88", "2025-11-03", "2025-11-30", "900.00 EUR"),
			invoice("INV-97", "2026-02-12", "2026-03-14", "240.00 EUR"),
			invoice("INV-104", "2026-03-20", "2026-04-19", "310.00 EUR"),
			payment("PAY-5", "2026-03-05", "450.00 EUR"),
		},
		Allocations: []ledger.Allocation{pays("PAY-5", "INV-88", "400.00 EUR")},
	})
}

func write(s *statement.Statement, err error) {
	if err == nil {
		err = render.Statement(os.Stdout, s, render.StatementOptions{})
	}
	if err != nil {
		fmt.Println(err)
	}
}

// SPEC S1, open-item form: the statement of March lists all that is open at the
// end of 31 March, also the invoice of November that earlier statements listed,
// with what is left of it; and what is left of the payment as an unapplied
// credit. 500.00 + 240.00 + 310.00 − 50.00 is the balance, and the ageing box
// has the three debits.
func ExampleFromAccount_s1OpenItem() {
	write(statement.FromAccount(bakery(), views("Leeds"), statement.Options{
		Period: march, Buckets: bucket.Standard(),
	}))
	// Output:
	// Statement of account
	// Harbour Foods (C-1)
	// 2026-03-01 to 2026-03-31
	//
	// EUR
	//
	// Number   Kind     Date        Due          Amount  Outstanding  Days past due   Balance
	// ---------------------------------------------------------------------------------------
	// INV-88   Invoice  2025-11-03  2025-11-30   900.00       500.00            121    500.00
	// INV-97   Invoice  2026-02-12  2026-03-14   240.00       240.00             17    740.00
	// PAY-5    Payment  2026-03-05              -450.00       -50.00              -    690.00
	// INV-104  Invoice  2026-03-20  2026-04-19   310.00       310.00              -  1,000.00
	// ---------------------------------------------------------------------------------------
	// Balance                                                                        1,000.00
	//
	// Summary
	//
	// Overdue  Current  Unapplied   Balance
	// -------------------------------------
	//  740.00   310.00      50.00  1,000.00
	//
	// Ageing by days past due
	//
	// Current    1–30  31–60  61–90  91–120  Over 120     Total
	// ---------------------------------------------------------
	//  310.00  240.00      -      -       -    500.00  1,050.00
}

// SPEC S1, balance-forward form: at the end of February 900.00 and 240.00 were
// open. In March a payment and an invoice were added, and the closing balance is
// that of the open items. Both forms have the same boxes.
func ExampleFromAccount_s1BalanceForward() {
	write(statement.FromAccount(bakery(), views("Leeds"), statement.Options{
		Period: march, Buckets: bucket.Standard(), Form: statement.BalanceForward,
	}))
	// Output:
	// Statement of account
	// Harbour Foods (C-1)
	// 2026-03-01 to 2026-03-31
	//
	// EUR
	//
	// Number           Kind     Date        Due          Amount  Outstanding  Days past due   Balance
	// -----------------------------------------------------------------------------------------------
	// Opening balance                                                                        1,140.00
	// PAY-5            Payment  2026-03-05              -450.00       -50.00              -    690.00
	// INV-104          Invoice  2026-03-20  2026-04-19   310.00       310.00              -  1,000.00
	// -----------------------------------------------------------------------------------------------
	// Closing balance                                                                        1,000.00
	//
	// Summary
	//
	// Overdue  Current  Unapplied   Balance
	// -------------------------------------
	//  740.00   310.00      50.00  1,000.00
	//
	// Ageing by days past due
	//
	// Current    1–30  31–60  61–90  91–120  Over 120     Total
	// ---------------------------------------------------------
	//  310.00  240.00      -      -       -    500.00  1,050.00
}

// SPEC S1 and A4: the clerk views Leeds only. A customer's invoice at Leeds of
// 100.00 was paid with 30.00 that Hull received on 12 March. 70.00 is what is
// open, and the statement says so; that 30.00 came from another location is all
// that it tells of it.
func ExampleFromAccount_s1OtherLocations() {
	received := payment("PAY-9", "2026-03-12", "80.00 EUR")
	received.Location = "Hull"
	a := account(ledger.Facts{
		Documents:   []ledger.Document{invoice("INV-1", "2026-03-02", "2026-03-16", "100.00 EUR"), received},
		Allocations: []ledger.Allocation{pays("PAY-9", "INV-1", "30.00 EUR")},
	})
	s, err := statement.FromAccount(a, views("Leeds"), statement.Options{
		Period: march, Buckets: bucket.Statement(), Form: statement.BalanceForward,
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, section := range s.All() {
		fmt.Println("opening  ", section.Opening())
		for _, l := range section.Lines() {
			fmt.Println(l.Number, "   ", l.Amount)
		}
		fmt.Println("elsewhere", section.Elsewhere())
		fmt.Println("closing  ", section.Balance())
	}
	// Output:
	// opening   0.00 EUR
	// INV-1     100.00 EUR
	// elsewhere -30.00 EUR
	// closing   70.00 EUR
}

// SPEC S2: due dates are shown unless they are left off.
func ExampleOptions_s2DueDates() {
	for _, off := range []bool{false, true} {
		s, err := statement.FromAccount(bakery(), views("Leeds"), statement.Options{
			Period: march, Buckets: bucket.Standard(), NoDueDates: off,
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, section := range s.All() {
			l := section.Lines()[0]
			fmt.Printf("%s of %s, due %q\n", l.Number, l.Date, l.Due)
		}
	}
	// Output:
	// INV-88 of 2025-11-03, due "2025-11-30"
	// INV-88 of 2025-11-03, due ""
}

// SPEC S3: on 14 March, the day that INV-97 falls due, it is current: of the
// current 240.00 and 0.00, all is due now. Overdue is the 500.00 of November. On
// 31 March INV-97 is overdue too, and what is current is not yet due.
func ExampleSection_s3Summary() {
	for _, to := range []string{"2026-03-14", "2026-03-15", "2026-03-31"} {
		s, err := statement.FromAccount(bakery(), views("Leeds"), statement.Options{
			Period: statement.Period{From: march.From, To: ar.MustDate(to)}, Buckets: bucket.Standard(), SplitCurrent: true,
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, x := range s.All() {
			fmt.Printf("%s: overdue %s, current %s: due now %s, not yet due %s\n",
				to, x.Overdue(), x.Current(), x.DueNow(), x.NotYetDue())
		}
	}
	// Output:
	// 2026-03-14: overdue 500.00 EUR, current 240.00 EUR: due now 240.00 EUR, not yet due 0.00 EUR
	// 2026-03-15: overdue 740.00 EUR, current 0.00 EUR: due now 0.00 EUR, not yet due 0.00 EUR
	// 2026-03-31: overdue 740.00 EUR, current 310.00 EUR: due now 0.00 EUR, not yet due 310.00 EUR
}

// SPEC S3, the other notion of overdue: past its due date, and unpaid on an
// earlier saved statement. February's listed INV-88 and INV-97. On 31 March both
// are past due, and overdue; INV-98, entered in March with a due date that has
// passed, has been on no statement yet, and is due now.
func ExampleOverdueRule_s3OnStatement() {
	ctx := context.Background()
	h := newHost(bakery())
	q := statement.Request{Customer: "C-1", Run: "february", At: noon, Options: statement.Options{
		Period:  statement.Period{From: ar.MustDate("2026-02-01"), To: ar.MustDate("2026-02-28")},
		Buckets: bucket.Standard(), Overdue: statement.OnStatement,
	}}
	if _, err := statement.Save(ctx, h, views("Leeds"), q); err != nil {
		fmt.Println(err)
		return
	}
	late, err := bakery().Add(ledger.Facts{Documents: []ledger.Document{
		invoice("INV-98", "2026-02-20", "2026-03-06", "7.00 EUR"),
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	h = &host{accounts: map[string]*ledger.Account{"C-1": late}, records: h.records}
	q.Period = march
	s, err := statement.Preview(ctx, h, views("Leeds"), q)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, x := range s.All() {
		fmt.Println("overdue", x.Overdue(), "due now", x.DueNow(), "not yet due", x.NotYetDue())
	}
	// Output:
	// overdue 740.00 EUR due now 7.00 EUR not yet due 310.00 EUR
}

// SPEC S3 where the statement of February was in balance-forward form. It has no
// line of the invoice of November, which is older than its period; but the
// invoice was in its opening balance of 900.00 and, unpaid, in its closing
// balance of 1140.00. On 31 March what is left of it, 500.00, is overdue, as are
// the 240.00 of INV-97, which February's statement has a line of.
func ExampleOverdueRule_s3OpeningBalance() {
	opt := statement.Options{
		Period:  statement.Period{From: ar.MustDate("2026-02-01"), To: ar.MustDate("2026-02-28")},
		Buckets: bucket.Standard(), Form: statement.BalanceForward,
	}
	february, err := statement.FromAccount(bakery(), views("Leeds"), opt)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, x := range february.All() {
		fmt.Println("February: opening", x.Opening(), "lines", len(x.Lines()), "closing", x.Balance())
	}
	opt.Period, opt.Overdue, opt.Previous = march, statement.OnStatement, []*statement.Statement{february}
	s, err := statement.FromAccount(bakery(), views("Leeds"), opt)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, x := range s.All() {
		fmt.Println("March: overdue", x.Overdue(), "due now", x.DueNow(), "not yet due", x.NotYetDue())
	}
	// Output:
	// February: opening 900.00 EUR lines 1 closing 1140.00 EUR
	// March: overdue 740.00 EUR due now 0.00 EUR not yet due 310.00 EUR
}

// SPEC S4: a preview saves nothing. An e-mail is saved first; when the mail does
// not go out, the record is there, and is not marked as sent.
func ExampleEmail_s4Saved() {
	ctx := context.Background()
	h := newHost(bakery())
	q := statement.Request{Customer: "C-1", Run: "2026-03", At: noon, Options: statement.Options{
		Period: march, Buckets: bucket.Standard(),
	}}
	_, err := statement.Preview(ctx, h, views("Leeds"), q)
	fmt.Println("previewed:", err, "saved:", len(h.records))

	outage := mailer(func(statement.Record) error { return errors.New("the mail server is down") })
	_, err = statement.Email(ctx, h, views("Leeds"), q, outage)
	fmt.Println(err)
	r := h.records[0]
	fmt.Println("saved:", len(h.records), "run at:", r.At.Format("2006-01-02 15:04"), "period:", r.Period, "balances:", r.Balances, "sent:", !r.Sent.IsZero())

	r, err = statement.Resend(ctx, h, views("Leeds"), r.Key, 0, h, noon)
	fmt.Println("saved:", len(h.records), "sent:", !r.Sent.IsZero(), err)
	// Output:
	// previewed: <nil> saved: 0
	// statement of customer "C-1", 2026-03-01 to 2026-03-31, of run "2026-03": not sent: the mail server is down
	// saved: 1 run at: 2026-04-01 12:00 period: 2026-03-01 to 2026-03-31 balances: [1000.00 EUR] sent: false
	// saved: 1 sent: true <nil>
}

// SPEC S4 and S5: March was saved with 1,000.00 owed. On 7 April all of it is
// paid, with a payment that is entered as of 30 March. A new preview of March
// has nothing outstanding; the reprint of what was saved says what was said.
func ExampleFind_s5Reprint() {
	ctx := context.Background()
	h := newHost(bakery())
	q := statement.Request{Customer: "C-1", Run: "2026-03", At: noon, Options: statement.Options{
		Period: march, Buckets: bucket.Standard(),
	}}
	if _, err := statement.Save(ctx, h, views("Leeds"), q); err != nil {
		fmt.Println(err)
		return
	}
	rest := pays("PAY-5", "INV-88", "50.00 EUR")
	rest.ID = "the rest of PAY-5"
	paid, err := bakery().Add(ledger.Facts{
		Documents: []ledger.Document{payment("PAY-6", "2026-03-30", "1000.00 EUR")},
		Allocations: []ledger.Allocation{
			rest, pays("PAY-6", "INV-88", "450.00 EUR"), pays("PAY-6", "INV-97", "240.00 EUR"), pays("PAY-6", "INV-104", "310.00 EUR"),
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	h.accounts["C-1"] = paid
	s, err := statement.Preview(ctx, h, views("Leeds"), q)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("a new preview:", s.Balances())

	for r, err := range h.Records(ctx, statement.RecordQuery{Scope: views("Leeds"), Customer: "C-1"}) {
		fmt.Println("listed:", r.Run, r.Period, r.Balances, err)
	}
	r, err := statement.Find(ctx, h, views("Leeds"), statement.Key{Run: "2026-03", Customer: "C-1", Period: march}, 0)
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err = r.Statement()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("the reprint:", s.Balances())
	// Output:
	// a new preview: []
	// listed: 2026-03 2026-03-01 to 2026-03-31 [1000.00 EUR] <nil>
	// the reprint: [1000.00 EUR]
}

// SPEC S5: books are kept here from 1 January 2026 on. A statement of December
// with nothing outstanding is from before, and can be neither previewed nor
// reprinted; one with something outstanding can.
func ExamplePreview_s5BeforeCutover() {
	ctx := context.Background()
	q := statement.Request{Customer: "C-1", Run: "2025-12", At: noon, Options: statement.Options{
		Period:  statement.Period{From: ar.MustDate("2025-12-01"), To: ar.MustDate("2025-12-31")},
		Buckets: bucket.Standard(), Cutover: ar.MustDate("2026-01-01"),
	}}
	s, err := statement.Preview(ctx, newHost(bakery()), views("Leeds"), q)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(s.Balances())
	_, err = statement.Preview(ctx, newHost(account(ledger.Facts{})), views("Leeds"), q)
	fmt.Println(errors.Is(err, statement.ErrBeforeCutover), err)
	// Output:
	// [900.00 EUR]
	// true a statement from before the cut-over date with nothing outstanding: 2025-12-01 to 2025-12-31, and the cut-over date is 2026-01-01
}

// SPEC S6: the aged report of 31 March is the same before and after the statement
// of March was run and saved; so are the due dates. An invoice that the statement
// lists is as old as it was.
func ExampleSave_s6NothingAges() {
	ctx := context.Background()
	h := newHost(bakery())
	report := func() {
		for it, err := range h.accounts["C-1"].Items(march.To) {
			if err != nil {
				fmt.Println(err)
				return
			}
			fmt.Printf("%s due %s; ", it.Number, it.Due)
		}
		r, err := aging.ComputeSeq(h.accounts["C-1"].Items(march.To), aging.Options{AsOf: march.To, Buckets: bucket.Standard()})
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, row := range r.All() {
			fmt.Println(row.Amounts())
		}
	}
	report()
	for _, run := range []string{"first", "second"} {
		_, err := statement.Save(ctx, h, views("Leeds"), statement.Request{
			Customer: "C-1", Run: run, At: noon, Options: statement.Options{Period: march, Buckets: bucket.Standard()},
		})
		fmt.Println("saved:", err)
	}
	report()
	// Output:
	// INV-88 due 2025-11-30; INV-97 due 2026-03-14; INV-104 due 2026-04-19; PAY-5 due 2026-03-05; [310.00 EUR 240.00 EUR 0.00 EUR 0.00 EUR 0.00 EUR 500.00 EUR]
	// saved: <nil>
	// saved: <nil>
	// INV-88 due 2025-11-30; INV-97 due 2026-03-14; INV-104 due 2026-04-19; PAY-5 due 2026-03-05; [310.00 EUR 240.00 EUR 0.00 EUR 0.00 EUR 0.00 EUR 500.00 EUR]
}

// SPEC L6: the saved statement of March lists PAY-5, so its date stays. PAY-7 was
// entered after it: it may go to 31 March, the last day of that statement, and
// later, but not to before.
func ExampleRedateLimits_l6SavedStatement() {
	ctx := context.Background()
	h := newHost(bakery())
	_, err := statement.Save(ctx, h, views("Leeds"), statement.Request{
		Customer: "C-1", Run: "2026-03", At: noon, Options: statement.Options{Period: march, Buckets: bucket.Standard()},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	a, err := bakery().Add(ledger.Facts{Documents: []ledger.Document{payment("PAY-7", "2026-04-02", "10.00 EUR")}})
	if err != nil {
		fmt.Println(err)
		return
	}
	h.accounts["C-1"] = a
	for _, try := range []struct{ payment, to string }{
		{"PAY-5", "2026-04-10"}, {"PAY-7", "2026-03-30"}, {"PAY-7", "2026-03-31"},
	} {
		limits, err := statement.RedateLimits(ctx, h, views("Leeds"), "C-1", try.payment, ar.MustDate("2026-01-01"))
		if err != nil {
			fmt.Println(err)
			return
		}
		_, err = a.Redate(try.payment, ar.MustDate(try.to), limits)
		fmt.Println(try.payment, try.to, errors.Is(err, ledger.ErrOnStatement), errors.Is(err, ledger.ErrBeforeStatement), err == nil)
	}
	// Output:
	// PAY-5 2026-04-10 true false false
	// PAY-7 2026-03-30 false true false
	// PAY-7 2026-03-31 false false true
}

// SPEC L6 where the saved statement of March is in balance-forward form. PAY-2, of
// 20 February, has no line of it: it is in the opening balance, 1140.00 less 30.00.
// A new date in April would change that, so it is refused; in open-item form the
// same payment has a line. PAY-8, of 2 April, is on no statement.
func ExampleRedateLimits_l6OpeningBalance() {
	ctx := context.Background()
	a, err := bakery().Add(ledger.Facts{Documents: []ledger.Document{
		payment("PAY-2", "2026-02-20", "30.00 EUR"), payment("PAY-8", "2026-04-02", "10.00 EUR"),
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	h := newHost(a)
	r, err := statement.Save(ctx, h, views("Leeds"), statement.Request{
		Customer: "C-1", Run: "2026-03", At: noon,
		Options: statement.Options{Period: march, Form: statement.BalanceForward, Buckets: bucket.Standard()},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := r.Statement()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, x := range s.All() {
		fmt.Println("opening", x.Opening())
		for _, l := range x.Lines() {
			fmt.Println(l.Number, l.Date, l.Amount)
		}
	}
	for _, payment := range []string{"PAY-2", "PAY-8"} {
		limits, err := statement.RedateLimits(ctx, h, views("Leeds"), "C-1", payment, ar.MustDate("2026-01-01"))
		if err != nil {
			fmt.Println(err)
			return
		}
		_, err = a.Redate(payment, ar.MustDate("2026-04-05"), limits)
		fmt.Println(payment, err)
	}
	// Output:
	// opening 1110.00 EUR
	// PAY-5 2026-03-05 -450.00 EUR
	// INV-104 2026-03-20 310.00 EUR
	// PAY-2 re-date payment "PAY-2" of 2026-02-20 for 30.00 EUR to 2026-04-05: a saved statement shows the payment, 2026-03-31
	// PAY-8 <nil>
}

// The statements of all customers, from their open items in any order.
func ExampleByCustomer() {
	item := func(customer, number, due, outstanding string) ledger.Item {
		d := ar.MustDate(due)
		return ledger.Item{Customer: customer, Number: number, Date: d - 30, Due: d, Outstanding: ar.MustMoney(outstanding)}
	}
	items := []ledger.Item{
		item("C-2", "INV-7", "2026-04-15", "20.00 EUR"),
		item("C-1", "INV-5", "2026-03-20", "100.00 EUR"),
		item("C-2", "INV-3", "2026-03-01", "5.00 EUR"),
		item("C-2", "CN-1", "2026-03-10", "-2.00 EUR"),
	}
	for s, err := range statement.ByCustomer(items, statement.Options{Period: march, Buckets: bucket.Standard()}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, x := range s.All() {
			fmt.Println(s.Customer(), "overdue", x.Overdue(), "balance", x.Balance(), len(x.Lines()), "lines")
		}
	}
	// Output:
	// C-2 overdue 5.00 EUR balance 23.00 EUR 3 lines
	// C-1 overdue 100.00 EUR balance 100.00 EUR 1 lines
}

// The boxes of a month end's statements are those of a live book, whose report
// every payment keeps true.
func ExampleFromReport() {
	item := func(customer, number, due, outstanding string) ledger.Item {
		d := ar.MustDate(due)
		return ledger.Item{Customer: customer, Number: number, Date: d - 30, Due: d, Outstanding: ar.MustMoney(outstanding)}
	}
	items := []ledger.Item{ // item i is Handle i
		item("C-1", "INV-5", "2026-03-20", "100.00 EUR"),
		item("C-2", "INV-3", "2026-03-01", "5.00 EUR"),
		item("C-2", "INV-7", "2026-04-15", "20.00 EUR"),
	}
	book, err := aging.NewBook(items, aging.Options{AsOf: march.To, Buckets: bucket.Standard()})
	if err != nil {
		fmt.Println(err)
		return
	}

	items[0].Outstanding = ar.MustMoney("30.00 EUR") // a payment of 70.00 EUR
	if err := book.SetOutstanding(0, items[0].Outstanding); err != nil {
		fmt.Println(err)
		return
	}

	for s, err := range statement.FromReport(book.Report(), items, statement.Options{Period: march, Buckets: bucket.Standard()}) {
		if err != nil {
			fmt.Println(err)
			return
		}
		for _, x := range s.All() {
			fmt.Println(s.Customer(), "overdue", x.Overdue(), "not yet due", x.NotYetDue(), "balance", x.Balance(), len(x.Lines()), "lines")
		}
	}
	// Output:
	// C-1 overdue 30.00 EUR not yet due 0.00 EUR balance 30.00 EUR 1 lines
	// C-2 overdue 5.00 EUR not yet due 20.00 EUR balance 25.00 EUR 2 lines
}
