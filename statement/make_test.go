package statement_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// harbour is an account with an overdue invoice, a current one and a payment.
func harbour() *ledger.Account {
	return account(ledger.Facts{
		Documents: []ledger.Document{
			invoice("INV-1", "2026-02-10", "2026-03-10", "100.00 EUR"),
			invoice("INV-2", "2026-03-20", "2026-04-20", "50.00 EUR"),
			payment("PAY-1", "2026-03-15", "30.00 EUR"),
		},
		Allocations: []ledger.Allocation{pays("PAY-1", "INV-1", "30.00 EUR")},
	})
}

func request() statement.Request {
	return statement.Request{Customer: "C-1", Options: options(), Run: "run-1", At: noon}
}

func key() statement.Key {
	return statement.Key{Run: "run-1", Customer: "C-1", Period: march}
}

func TestPreviewSavesNothing(t *testing.T) {
	h := newHost(harbour())
	s, err := statement.Preview(context.Background(), h, views("Leeds"), request())
	require.NoError(t, err)
	require.Equal(t, []ar.Money{ar.MustMoney("120.00 EUR")}, s.Balances())
	require.Equal(t, []string{"account"}, h.calls)
	require.Empty(t, h.records)
}

// Whatever call fails, Email has saved the statement wholly or not at all, and
// marked it only if it was sent. Called again with the same request, it sends it
// once.
func TestEmailFaults(t *testing.T) {
	ctx := context.Background()
	for failAt, want := range map[int]struct {
		calls               string
		saved, sent, marked bool
	}{
		0: {"account save send mark", true, true, true},
		1: {"account", false, false, false},
		2: {"account save", false, false, false},
		3: {"account save send", true, false, false},
		4: {"account save send mark", true, true, false},
	} {
		t.Run(fmt.Sprint(failAt), func(t *testing.T) {
			h := newHost(harbour())
			h.failAt = failAt
			r, err := statement.Email(ctx, h, views("Leeds"), request(), h)
			require.Equal(t, want.calls, strings.Join(h.calls, " "))
			if failAt == 0 {
				require.NoError(t, err)
			} else {
				require.ErrorIs(t, err, errBroken)
			}
			require.Equal(t, failAt == 4, errors.Is(err, statement.ErrSentUnmarked))
			require.Equal(t, want.saved, len(h.records) == 1)
			require.Equal(t, want.saved, r.Content != nil, "what is saved is returned")
			require.Equal(t, want.sent, len(h.mails) == 1)
			require.Equal(t, want.marked, !r.Sent.IsZero())
			require.Equal(t, want.marked, want.saved && !h.records[0].Sent.IsZero())

			h.failAt = 0
			r, err = statement.Email(ctx, h, views("Leeds"), request(), h)
			require.NoError(t, err)
			require.Equal(t, noon, r.Sent)
			require.Len(t, h.records, 1)
			require.Equal(t, noon, h.records[0].Sent)
			mails := 1
			if failAt == 4 {
				mails = 2 // nobody knew that it was sent
			}
			require.Len(t, h.mails, mails)
		})
	}
}

// A caller who gives up while it is sent does not keep it from being marked.
func TestGivenUpWhileSending(t *testing.T) {
	h := newHost(harbour())
	ctx, cancel := context.WithCancel(context.Background())
	_, err := statement.Email(ctx, h, views("Leeds"), request(), mailer(func(statement.Record) error {
		cancel()
		return nil
	}))
	require.NoError(t, err)
	require.Equal(t, noon, h.records[0].Sent)

	_, err = statement.Preview(ctx, h, views("Leeds"), request())
	require.ErrorIs(t, err, context.Canceled)
}

type mailer func(statement.Record) error

func (m mailer) Send(_ context.Context, r statement.Record) error { return m(r) }

func TestSaveRefuses(t *testing.T) {
	ctx := context.Background()
	h := newHost(harbour())
	h.records = []statement.Record{{Key: statement.Key{Run: "other", Customer: "C-1", Period: march}, At: noon, Locations: []string{"Leeds"}}}
	for name, c := range map[string]struct {
		change func(*statement.Request)
		want   error
	}{
		"no customer":      {func(q *statement.Request) { q.Customer = "" }, ledger.ErrNoCustomer},
		"unknown customer": {func(q *statement.Request) { q.Customer = "C-9" }, ledger.ErrUnknownCustomer},
		"no run":           {func(q *statement.Request) { q.Run = "" }, statement.ErrNoRun},
		"no time":          {func(q *statement.Request) { q.At = time.Time{} }, statement.ErrNoTime},
		"no period":        {func(q *statement.Request) { q.Period = statement.Period{} }, statement.ErrPeriod},
		"no buckets":       {func(q *statement.Request) { q.Buckets = bucket.Set{} }, bucket.ErrEmpty},
		"saved already":    {func(q *statement.Request) { q.Run = "other" }, statement.ErrSaved},
		"a recent one":     {func(q *statement.Request) { q.Since = noon }, statement.ErrRecent},
	} {
		t.Run(name, func(t *testing.T) {
			q := request()
			c.change(&q)
			_, err := statement.Save(ctx, h, views("Leeds"), q)
			require.ErrorIs(t, err, c.want)
			require.Len(t, h.records, 1)
		})
	}
	_, err := statement.Save(ctx, h, ledger.Scope{}, request())
	require.ErrorIs(t, err, ledger.ErrNoLocations)
	q := request()
	q.Since = noon.Add(time.Nanosecond)
	_, err = statement.Save(ctx, h, views("Leeds"), q)
	require.NoError(t, err, "the other is older")
	q = request()
	q.Form = 7
	_, err = statement.Preview(ctx, h, views("Leeds"), q)
	require.EqualError(t, err, "form of a statement 7 is not defined")
	q = request()
	q.Overdue = 7
	_, err = statement.Preview(ctx, h, views("Leeds"), q)
	require.EqualError(t, err, "overdue rule 7 is not defined")
}

// Somebody else has taken the run ID for a statement that the scope does not view:
// it is neither sent nor said not to be there.
func TestEmailOfARunElsewhere(t *testing.T) {
	h := newHost(harbour())
	_, err := statement.Save(t.Context(), h, views("Hull"), request())
	require.NoError(t, err)
	r, err := statement.Email(t.Context(), h, views("Leeds"), request(), h)
	require.ErrorIs(t, err, statement.ErrSaved)
	require.Zero(t, r)
	require.Empty(t, h.mails)
}

func TestFindAndResend(t *testing.T) {
	ctx := context.Background()
	h := newHost(harbour())
	_, err := statement.Save(ctx, h, views("Leeds", "Hull"), request())
	require.NoError(t, err)

	r, err := statement.Find(ctx, h, views("Hull", "Leeds", "York"), key(), 0)
	require.NoError(t, err)
	require.Equal(t, noon, r.At)
	later := noon.Add(time.Hour)
	h.failAt = len(h.calls) + 2
	_, err = statement.Resend(ctx, h, views("Hull", "Leeds"), key(), 0, h, later)
	require.EqualError(t, err, `statement of customer "C-1", 2026-03-01 to 2026-03-31, of run "run-1": not sent: the line is broken`)
	require.True(t, h.records[0].Sent.IsZero())
	r, err = statement.Resend(ctx, h, views("Hull", "Leeds"), key(), 0, h, later)
	require.NoError(t, err)
	require.Equal(t, later, r.Sent)
	require.Equal(t, h.mails[0].Content, h.records[0].Content)
	_, err = statement.Resend(ctx, h, views("Hull", "Leeds"), key(), 0, h, time.Time{})
	require.ErrorIs(t, err, statement.ErrNoTime)

	// What a scope does not view wholly is not there for it.
	for _, scope := range []ledger.Scope{views("Leeds"), views("York")} {
		_, err = statement.Find(ctx, h, scope, key(), 0)
		require.ErrorIs(t, err, statement.ErrNoRecord)
		_, err = statement.Resend(ctx, h, scope, key(), 0, h, later)
		require.ErrorIs(t, err, statement.ErrNoRecord)
	}
	_, err = statement.Find(ctx, h, ledger.Scope{}, key(), 0)
	require.ErrorIs(t, err, ledger.ErrNoLocations)
	for _, k := range []statement.Key{{}, {Run: "run-1"}, {Run: "run-1", Customer: "C-1"}, {Customer: "C-1", Period: march}, {Run: "run-2", Customer: "C-1", Period: march}} {
		_, err = statement.Find(ctx, h, views("Hull", "Leeds"), k, 0)
		require.ErrorIs(t, err, statement.ErrNoRecord, k)
	}
	require.Len(t, h.mails, 1)
}

// Before the cut-over date a statement needs something outstanding; on it, and
// with an unapplied credit, none is refused.
func TestCutover(t *testing.T) {
	ctx := context.Background()
	paid := account(ledger.Facts{
		Documents:   []ledger.Document{invoice("INV-1", "2026-02-10", "2026-03-10", "30.00 EUR"), payment("PAY-1", "2026-03-15", "30.00 EUR")},
		Allocations: []ledger.Allocation{pays("PAY-1", "INV-1", "30.00 EUR")},
	})
	prepaid := account(ledger.Facts{Documents: []ledger.Document{payment("PAY-1", "2026-03-15", "30.00 EUR")}})
	for _, form := range []statement.Form{statement.OpenItem, statement.BalanceForward} {
		for _, c := range []struct {
			of      *ledger.Account
			cutover ar.Date
			refused bool
		}{
			{paid, 0, false},
			{paid, march.To, false},
			{paid, march.To + 1, true},
			{prepaid, march.To + 1, false},
			{harbour(), march.To + 1, false},
		} {
			h := newHost(c.of)
			q := request()
			q.Form, q.Cutover = form, c.cutover
			_, err := statement.Preview(ctx, h, views("Leeds"), q)
			require.Equal(t, c.refused, errors.Is(err, statement.ErrBeforeCutover), "%s %v", form, err)
			require.Equal(t, c.refused, err != nil)

			q.Cutover = 0 // it was saved before there was a cut-over
			_, err = statement.Save(ctx, h, views("Leeds"), q)
			require.NoError(t, err)
			_, err = statement.Find(ctx, h, views("Leeds"), key(), c.cutover)
			require.Equal(t, c.refused, errors.Is(err, statement.ErrBeforeCutover), "%s %v", form, err)
			require.Equal(t, c.refused, err != nil)
		}
	}
	_, err := statement.FromItems("C-1", nil, statement.Options{Period: march, Buckets: bucket.Standard(), Cutover: april.From})
	require.EqualError(t, err, "a statement from before the cut-over date with nothing outstanding: 2026-03-01 to 2026-03-31, and the cut-over date is 2026-04-01")
}

// By the rule OnStatement, only what an earlier saved statement listed as unpaid
// is overdue: one that ended before this one, and that the scope views.
func TestOverdueOnStatement(t *testing.T) {
	ctx := context.Background()
	a := account(ledger.Facts{
		Documents: []ledger.Document{
			invoice("OLD", "2026-01-10", "2026-02-10", "100.00 EUR"),
			invoice("NEW", "2026-03-02", "2026-03-09", "10.00 EUR"),
			invoice("LATE", "2026-02-20", "2026-02-27", "1.00 EUR"), // entered after February's statement
		},
	})
	overdue := func(h *host, scope ledger.Scope) string {
		q := request()
		q.Overdue = statement.OnStatement
		s, err := statement.Preview(ctx, h, scope, q)
		require.NoError(t, err)
		for _, x := range s.All() {
			require.Equal(t, "111.00 EUR", x.Total().String())
			require.Equal(t, x.Current().String(), x.DueNow().String(), "nothing is due later")
			return x.Overdue().String()
		}
		return ""
	}
	h := newHost(a)
	require.Equal(t, "0.00 EUR", overdue(h, views("Leeds")), "no earlier statement")

	first, err := ledger.NewAccount(a.Customer(), ledger.Facts{Documents: a.Facts().Documents[:2]}, nil)
	require.NoError(t, err)
	february, err := statement.LastDays(28, ar.MustDate("2026-02-28"))
	require.NoError(t, err)
	for _, form := range []statement.Form{statement.OpenItem, statement.BalanceForward} {
		h.records, h.accounts["C-1"] = nil, first
		q := request()
		q.Form, q.Period, q.Run = form, february, "february"
		_, err = statement.Save(ctx, h, views("Hull", "Leeds"), q)
		require.NoError(t, err)
		_, err = statement.Save(ctx, h, views("Hull", "Leeds"), request()) // of March itself
		require.NoError(t, err)
		h.accounts["C-1"] = a
		// In balance-forward form, OLD has no line, but stood unpaid in the
		// opening balance, the ageing box and the closing balance: the customer
		// was told of it.
		require.Equal(t, "100.00 EUR", overdue(h, views("Hull", "Leeds")), form)
		require.Equal(t, "0.00 EUR", overdue(h, views("Leeds")), "it is not hers to see")
	}
	h.records[0].Version = 2
	_, err = statement.Preview(ctx, h, views("Hull", "Leeds"), func() statement.Request {
		q := request()
		q.Overdue = statement.OnStatement
		return q
	}())
	require.ErrorIs(t, err, statement.ErrVersion)
}

// What was in the opening balance of an earlier statement in balance-forward form
// is told by date, customer and location; and that it was still unpaid then, by
// the account.
// Numbers are the same with many customers: an invoice that an earlier statement
// of another customer lists was on none of this one's.
func TestOverdueOnStatementOfTheCustomer(t *testing.T) {
	item := func(customer string) []ledger.Item {
		return []ledger.Item{{
			Customer: customer, Number: "INV-1", Outstanding: ar.MustMoney("5.00 EUR"),
			Date: ar.MustDate("2026-01-10"), Due: ar.MustDate("2026-02-10"),
		}}
	}
	february := options()
	february.Period = statement.Period{From: ar.MustDate("2026-02-01"), To: ar.MustDate("2026-02-28")}
	opt := options()
	opt.Overdue = statement.OnStatement
	opt.Previous = []*statement.Statement{must(statement.FromItems("C-1", item("C-1"), february))}
	for customer, want := range map[string]string{"C-1": "5.00 EUR", "C-2": "0.00 EUR"} {
		s := must(statement.FromItems(customer, item(customer), opt))
		for _, x := range s.All() {
			require.Equal(t, want, x.Overdue().String(), customer)
		}
	}
}

func TestOverdueOnOpeningBalance(t *testing.T) {
	hull := invoice("HULL", "2026-01-10", "2026-02-10", "100.00 EUR")
	hull.Location = "Hull"
	f := ledger.Facts{
		Documents: []ledger.Document{
			invoice("LAST-BEFORE", "2026-01-31", "2026-02-10", "1.00 EUR"),
			hull,
			invoice("BOUNCED", "2026-01-05", "2026-01-25", "1000.00 EUR"),
			payment("PAY", "2026-02-28", "1000.00 EUR"),
		},
		Allocations: []ledger.Allocation{pays("PAY", "BOUNCED", "1000.00 EUR")},
	}
	opt := options()
	opt.Form = statement.BalanceForward
	opt.Period = statement.Period{From: ar.MustDate("2026-02-01"), To: ar.MustDate("2026-02-28")}
	made, err := statement.FromAccount(account(f), views("Leeds"), opt)
	require.NoError(t, err)
	r, err := made.Record("february", []string{"Leeds"}, noon)
	require.NoError(t, err)
	read, err := r.Statement()
	require.NoError(t, err)

	f.Documents = append(f.Documents, invoice("FIRST-DAY", "2026-02-01", "2026-02-10", "10.00 EUR")) // entered after the statement, or it had a line
	f.Reversals = []ledger.Reversal{{Allocation: "PAY>BOUNCED", Date: ar.MustDate("2026-03-05")}}
	a := account(f)
	var items, others []ledger.Item
	for it, err := range a.Items(march.To) {
		require.NoError(t, err)
		items = append(items, it)
		it.Customer = "C-2"
		others = append(others, it)
	}
	overdue := func(s *statement.Statement, err error) string {
		require.NoError(t, err)
		for _, x := range s.All() {
			require.Equal(t, "1111.00 EUR", x.Total().String())
			return x.Overdue().String()
		}
		return ""
	}
	opt = options()
	opt.Overdue = statement.OnStatement
	for what, previous := range map[string]*statement.Statement{"made": made, "read": read} {
		opt.Previous = []*statement.Statement{previous}
		for _, opt.Form = range []statement.Form{statement.OpenItem, statement.BalanceForward} {
			require.Equal(t, "1.00 EUR", overdue(statement.FromAccount(a, views("Hull", "Leeds"), opt)), what)
		}
		opt.Form = statement.OpenItem
		require.Equal(t, "1001.00 EUR", overdue(statement.FromItems("C-1", items, opt)), "%s: items do not tell that it bounced", what)
		require.Equal(t, "0.00 EUR", overdue(statement.FromItems("C-2", others, opt)), what)
		for s, err := range statement.ByCustomer(append(others, items...), opt) {
			want := map[string]string{"C-1": "1001.00 EUR", "C-2": "0.00 EUR"}[s.Customer()]
			require.Equal(t, want, overdue(s, err), what)
		}
		alone, err := statement.FromItems("C-1", items, opt)
		require.NoError(t, err)
		plain := opt
		plain.Overdue, plain.Previous = statement.PastDue, nil
		same, err := statement.FromItems("C-1", items, plain)
		require.NoError(t, err)
		for i, x := range alone.All() {
			for j, y := range same.All() {
				require.Equal(t, i, j)
				require.Equal(t, y.Lines(), x.Lines(), "%s: the lines are the same", what)
			}
		}
	}
}

func TestRedateLimits(t *testing.T) {
	ctx := context.Background()
	free := payment("FREE", "2026-03-10", "7.00 EUR")
	hull := payment("HULL", "2026-03-10", "9.00 EUR")
	hull.Location = "Hull"
	a, err := harbour().Add(ledger.Facts{
		Documents: []ledger.Document{
			free, hull,
			payment("USED", "2026-02-28", "5.00 EUR"),
			payment("OPENED", "2026-02-28", "3.00 EUR"),
			payment("LATER", "2026-04-01", "2.00 EUR"),
		},
		Allocations: []ledger.Allocation{pays("USED", "INV-1", "5.00 EUR")},
	})
	require.NoError(t, err)
	limits := func(h *host, scope ledger.Scope, payment string) ledger.RedateLimits {
		l, err := statement.RedateLimits(ctx, h, scope, "C-1", payment, ar.MustDate("2026-01-01"))
		require.NoError(t, err)
		require.Equal(t, ar.MustDate("2026-01-01"), l.Cutover)
		return l
	}
	h := newHost(a)
	require.Equal(t, ledger.RedateLimits{Cutover: ar.MustDate("2026-01-01")}, limits(h, views("Leeds"), "FREE"), "no statement yet")

	for form, shown := range map[statement.Form]map[string]bool{
		statement.OpenItem:       {"FREE": true, "PAY-1": false, "OPENED": true, "USED": false, "LATER": false}, // some are used up
		statement.BalanceForward: {"FREE": true, "PAY-1": true, "OPENED": true, "USED": true, "LATER": false},
	} {
		h.records = nil
		q := request()
		q.Form = form
		_, err := statement.Save(ctx, h, views("Leeds", "York"), q)
		require.NoError(t, err)
		for payment, want := range shown {
			l := limits(h, views("Leeds", "York"), payment)
			require.Equal(t, march.To, l.LastStatement)
			require.Equal(t, want, l.ShownOn == march.To, "%s %s", form, payment)
			require.Equal(t, want, !l.ShownOn.IsZero())

			// Whoever does not view York is told nothing of it, but is refused.
			require.Equal(t, ledger.RedateLimits{Cutover: ar.MustDate("2026-01-01")}, limits(h, views("Leeds"), payment))
			err := statement.CheckRedates(a, []ledger.Redate{{Document: payment, Revision: 1, Date: march.To - 1}}, h.records)
			require.ErrorIs(t, err, ledger.ErrBeforeStatement)
			require.Equal(t, want, errors.Is(err, ledger.ErrOnStatement))
		}
		february, err := statement.LastDays(28, ar.MustDate("2026-02-28"))
		require.NoError(t, err)
		q.Period, q.Run, q.At = february, "made later", noon.Add(time.Hour)
		_, err = statement.Save(ctx, h, views("Leeds"), q)
		require.NoError(t, err)
		require.Equal(t, march.To, limits(h, views("Leeds", "York"), "FREE").LastStatement)
		require.Equal(t, march.To, limits(h, views("Leeds", "York"), "FREE").ShownOn)
		require.Equal(t, february.To, limits(h, views("Leeds"), "FREE").LastStatement)

		l := limits(h, views("Hull"), "HULL")
		require.True(t, l.LastStatement.IsZero() && l.ShownOn.IsZero(), "no statement was made for Hull")
	}

	for name, c := range map[string]struct {
		scope   ledger.Scope
		payment string
		want    error
	}{
		"not viewed":     {views("Leeds"), "HULL", ledger.ErrUnknownDocument},
		"not there":      {views("Leeds"), "NONE", ledger.ErrUnknownDocument},
		"views nothing":  {ledger.Scope{}, "FREE", ledger.ErrNoLocations},
		"not modifiable": {must(ledger.NewScope([]string{"Leeds"}, nil)), "FREE", ledger.ErrNotModifiable},
	} {
		_, err := statement.RedateLimits(ctx, h, c.scope, "C-1", c.payment, 0)
		require.ErrorIs(t, err, c.want, name)
	}
	_, err = statement.RedateLimits(ctx, h, views("Leeds"), "C-9", "FREE", 0)
	require.ErrorIs(t, err, ledger.ErrUnknownCustomer)
	for failAt := 1; failAt <= 2; failAt++ {
		h.calls, h.failAt = nil, failAt
		_, err = statement.RedateLimits(ctx, h, views("Leeds"), "C-1", "FREE", 0)
		require.ErrorIs(t, err, errBroken)
	}
}

// What is dated in the period of a balance-forward statement and has no line of it
// came after it, and is not shown; its opening balance is of the days before the
// period, at its locations.
func TestCheckRedatesOfOpeningBalance(t *testing.T) {
	opt := options()
	opt.Form = statement.BalanceForward
	s, err := statement.FromAccount(harbour(), views("Leeds"), opt)
	require.NoError(t, err)
	r, err := s.Record("run-1", []string{"Leeds"}, noon)
	require.NoError(t, err)
	hull := payment("HULL", "2026-02-28", "1.00 EUR")
	hull.Location = "Hull"
	a, err := harbour().Add(ledger.Facts{Documents: []ledger.Document{
		hull, payment("BEFORE", "2026-02-28", "1.00 EUR"), payment("FIRST-DAY", "2026-03-01", "1.00 EUR"),
	}})
	require.NoError(t, err)
	for payment, want := range map[string]error{"BEFORE": ledger.ErrOnStatement, "FIRST-DAY": nil, "HULL": nil} {
		redates := []ledger.Redate{{Document: payment, Revision: 1, Date: march.To + 5}}
		require.ErrorIs(t, statement.CheckRedates(a, redates, []statement.Record{r}), want, payment)
	}
}

// A statement of bare items shows a payment by its number and date.
func TestRedateLimitsOfBareItems(t *testing.T) {
	ctx := context.Background()
	h := newHost(harbour())
	s, err := statement.FromItems("C-1", []ledger.Item{
		{Customer: "C-1", Number: "PAY-1", Date: ar.MustDate("2026-03-15"), Outstanding: ar.MustMoney("-30.00 EUR")},
	}, options())
	require.NoError(t, err)
	r, err := s.Record("run-1", []string{"Leeds"}, noon)
	require.NoError(t, err)
	h.records = []statement.Record{r}
	l, err := statement.RedateLimits(ctx, h, views("Leeds"), "C-1", "PAY-1", 0)
	require.NoError(t, err)
	require.Equal(t, ledger.RedateLimits{ShownOn: march.To, LastStatement: march.To}, l)
}

// The boundary is the last day of the last statement, and each payment has its
// own: that of the statements for its location.
func TestCheckRedates(t *testing.T) {
	leeds, hull := payment("LEEDS", "2026-03-10", "7.00 EUR"), payment("HULL", "2026-04-10", "9.00 EUR")
	hull.Location = "Hull"
	a, err := harbour().Add(ledger.Facts{Documents: []ledger.Document{leeds, hull}})
	require.NoError(t, err)
	s, err := statement.FromAccount(a, views("Hull", "Leeds"), options())
	require.NoError(t, err)
	r, err := s.Record("run-1", []string{"Hull"}, noon)
	require.NoError(t, err)
	redate := func(payment string, to ar.Date) ledger.Redate {
		return ledger.Redate{Document: payment, Revision: 1, Date: to}
	}
	for name, c := range map[string]struct {
		redates []ledger.Redate
		records []statement.Record
		want    error
	}{
		"no record":               {[]ledger.Redate{redate("HULL", 1)}, nil, nil},
		"the day before":          {[]ledger.Redate{redate("HULL", march.To-1)}, []statement.Record{r}, ledger.ErrBeforeStatement},
		"the last day":            {[]ledger.Redate{redate("HULL", march.To)}, []statement.Record{r}, nil},
		"another location":        {[]ledger.Redate{redate("LEEDS", 1)}, []statement.Record{r}, nil},
		"one of several":          {[]ledger.Redate{redate("LEEDS", 1), redate("HULL", 1)}, []statement.Record{r}, ledger.ErrBeforeStatement},
		"a payment not there yet": {[]ledger.Redate{redate("NEW", 1)}, []statement.Record{r}, nil},
	} {
		require.ErrorIs(t, statement.CheckRedates(a, c.redates, c.records), c.want, name)
	}
	bad := r
	bad.Content = nil
	require.ErrorIs(t, statement.CheckRedates(a, []ledger.Redate{redate("HULL", march.To)}, []statement.Record{bad}), statement.ErrContent)
	require.NoError(t, statement.CheckRedates(a, []ledger.Redate{redate("LEEDS", march.To)}, []statement.Record{bad}), "it is for Hull")
}

// Statements, limits and errors say the same whatever lies at Hull (SPEC A4).
func TestEntryPointsAndScopes(t *testing.T) {
	ctx := context.Background()
	outputs := func(extra ...ledger.Document) string {
		a, err := harbour().Add(ledger.Facts{Documents: extra})
		require.NoError(t, err)
		h := newHost(a)
		if len(extra) > 0 { // statements for Hull alone, and for Hull and others
			q := request()
			q.Run = "hull"
			for _, scope := range []ledger.Scope{views("Hull"), views("Hull", "York"), views("Hull", "Leeds")} {
				q.Run += "!"
				_, err := statement.Save(ctx, h, scope, q)
				require.NoError(t, err)
			}
		}
		var out strings.Builder
		for _, form := range []statement.Form{statement.OpenItem, statement.BalanceForward} {
			q := request()
			q.Form, q.Overdue, q.Run = form, statement.OnStatement, form.String()
			s, err := statement.Preview(ctx, h, views("Leeds"), q)
			require.NoError(t, err)
			r, err := statement.Email(ctx, h, views("Leeds"), q, h)
			require.NoError(t, err)
			out.WriteString(written(t, s) + fmt.Sprint(r))
		}
		for _, id := range []string{"PAY-1", "X-1", "none"} {
			l, err := statement.RedateLimits(ctx, h, views("Leeds"), "C-1", id, 0)
			fmt.Fprintln(&out, l, err)
		}
		for _, run := range []string{"open-item", "hull!"} {
			r, err := statement.Find(ctx, h, views("Leeds"), statement.Key{Run: run, Customer: "C-1", Period: march}, 0)
			fmt.Fprintln(&out, r, err)
		}
		return strings.ReplaceAll(out.String(), `"X-1"`, `"none"`)
	}
	want := outputs()
	rapid.Check(t, func(t *rapid.T) {
		d := drawDocument(t, "X-1")
		d.Location = "Hull"
		require.Equal(t, want, outputs(d))
	})
}

// A statement that could not be read again is not saved.
func TestUnreadableIsNotSaved(t *testing.T) {
	var items []ledger.Item
	m := ar.MustMoney("99999999999999999999999999999999.99 EUR")
	for range 2 {
		items = append(items, ledger.Item{Customer: "C-1", Date: march.To, Outstanding: m})
	}
	s, err := statement.FromItems("C-1", items, options())
	require.NoError(t, err)
	_, err = s.Record("run-1", []string{"Leeds"}, noon)
	require.ErrorIs(t, err, ar.ErrTooLarge)
	_, err = s.Record("run-1", nil, noon)
	require.ErrorContains(t, err, "no location")
}

func TestBadItems(t *testing.T) {
	good := ledger.Item{Customer: "C-1", Number: "1", Date: march.To, Outstanding: cents(math.MaxInt64, "EUR")}
	for name, c := range map[string]struct {
		change func(*ledger.Item)
		want   error
	}{
		"no customer":    {func(it *ledger.Item) { it.Customer = "" }, ledger.ErrNoCustomer},
		"no date":        {func(it *ledger.Item) { it.Date = 0 }, ledger.ErrNoDate},
		"bad due date":   {func(it *ledger.Item) { it.Due = -1 }, ledger.ErrBadDate},
		"bad posting":    {func(it *ledger.Item) { it.Posted = ar.MaxDate + 1 }, ledger.ErrBadDate},
		"held":           {func(it *ledger.Item) { it.Held = -1 }, ledger.ErrHeld},
		"closed early":   {func(it *ledger.Item) { it.Closed = it.Date - 1 }, ledger.ErrClosedEarly},
		"another's item": {func(it *ledger.Item) { it.Customer = "C-2" }, ledger.ErrOtherCustomer},
	} {
		t.Run(name, func(t *testing.T) {
			bad := good
			c.change(&bad)
			_, err := statement.FromItems("C-1", []ledger.Item{good, bad}, options())
			require.ErrorIs(t, err, c.want)
			require.ErrorContains(t, err, "item 1: ")
			n := 0
			for s, err := range statement.ByCustomer([]ledger.Item{good, bad}, options()) {
				if n++; bad.Customer == "C-2" || bad.Held < 0 || bad.Closed != 0 {
					require.NoError(t, err)
					continue
				}
				require.ErrorIs(t, err, c.want)
				require.Nil(t, s)
			}
			require.Positive(t, n)
		})
	}
	opt := options()
	opt.Form = statement.BalanceForward
	_, err := statement.FromItems("C-1", nil, opt)
	require.ErrorIs(t, err, statement.ErrNeedsAccount)
	for _, err := range statement.ByCustomer(nil, opt) {
		require.ErrorIs(t, err, statement.ErrNeedsAccount)
	}
	_, err = statement.FromItems("", nil, options())
	require.ErrorIs(t, err, ledger.ErrNoCustomer)
	s, err := statement.FromItems("C-1", nil, options())
	require.NoError(t, err)
	require.Zero(t, s.Len())
	for s, err := range statement.ByCustomer(nil, options()) {
		require.Fail(t, "no items, no statements", "%v %v", s, err)
	}
}

// What is dated, or closed, on the period's last day counts; what is so a day
// later does not.
func TestItemsAtTheEdge(t *testing.T) {
	item := func(number string, date, closed ar.Date, minor int64) ledger.Item {
		return ledger.Item{Customer: "C-1", Number: number, Date: date, Closed: closed, Outstanding: cents(minor, "EUR")}
	}
	items := []ledger.Item{
		item("dated on it", march.To, 0, 1), item("dated after it", march.To+1, 0, 10),
		item("closed before it", march.From, march.To-1, 100), item("closed on it", march.From, march.To, 1000),
		item("closed after it", march.From, march.To+1, 10_000), item("settled", march.From, 0, 0),
	}
	s, err := statement.FromItems("C-1", items, options())
	require.NoError(t, err)
	require.Equal(t, "[100.01 EUR]", fmt.Sprint(s.Balances()))
	for s, err := range statement.ByCustomer(items, options()) {
		require.NoError(t, err)
		require.Equal(t, "[100.01 EUR]", fmt.Sprint(s.Balances()))
	}
}

// The boxes are right with as many buckets as there may be, on both sides of day 0.
func TestMostBuckets(t *testing.T) {
	var edges []int
	for i := range bucket.MaxBuckets - 1 {
		edges = append(edges, i-bucket.MaxBuckets/2)
	}
	opt := options()
	opt.Buckets = must(bucket.FromEdges(edges...))
	items := []ledger.Item{
		{Customer: "C-1", Date: march.To, Due: march.To + 1, Outstanding: cents(1, "EUR")},
		{Customer: "C-1", Date: march.To, Outstanding: cents(2, "EUR")},
		{Customer: "C-1", Date: march.To - 1, Outstanding: cents(4, "EUR")},
	}
	want := written(t, must(statement.FromItems("C-1", items, opt)))
	var got []string
	for s, err := range statement.ByCustomer(items, opt) {
		require.NoError(t, err)
		got = append(got, written(t, s))
	}
	require.Equal(t, []string{want}, got)
}

// Held days are told of what is past due.
func TestHeldItems(t *testing.T) {
	for _, c := range []struct {
		due        ar.Date
		minor      int64
		days, held int
	}{
		{march.To - 20, 1, 20, 5}, {march.To - 20, -1, 0, 0}, {march.To, 1, 0, 0}, {march.To + 1, 1, 0, 0},
	} {
		s, err := statement.FromItems("C-1", []ledger.Item{
			{Customer: "C-1", Date: march.From, Due: c.due, Outstanding: cents(c.minor, "EUR"), Held: 5},
		}, options())
		require.NoError(t, err)
		for _, x := range s.All() {
			l := x.Lines()[0]
			require.Equal(t, []int{c.days, c.held}, []int{l.DaysPastDue, l.Held})
		}
	}
}

// Sums beyond 64 bits go on in integers of any size.
func TestLargeAmounts(t *testing.T) {
	var items []ledger.Item
	for i := range 20 {
		minor := []int64{math.MaxInt64, math.MaxInt64, math.MaxInt64 >> 1, math.MinInt64}[i%4]
		items = append(items, ledger.Item{
			Customer: []string{"C-1", "C-2"}[i%2], Number: fmt.Sprint(i), Date: march.From, Outstanding: cents(minor, "EUR"),
		})
	}
	want := map[string]string{
		"C-1": "691752902764108185.50 EUR 0.00 EUR 691752902764108185.50 EUR",
		"C-2": "461168601842738790.35 EUR 461168601842738790.40 EUR -0.05 EUR",
	}
	for s, err := range statement.ByCustomer(items, options()) {
		require.NoError(t, err)
		for _, x := range s.All() {
			require.Equal(t, want[s.Customer()], fmt.Sprint(x.Overdue(), x.Unapplied(), x.Balance()))
		}
	}
}

// The parts of a document have due dates of their own: one line for each that is
// open, and in balance-forward form one line of the document without.
func TestParts(t *testing.T) {
	lease := invoice("LEASE", "2026-03-01", "", "100.00 EUR")
	lease.Parts = []ledger.Part{
		{Due: ar.MustDate("2026-03-20"), Amount: ar.MustMoney("40.00 EUR")},
		{Due: ar.MustDate("2026-03-10"), Amount: ar.MustMoney("20.00 EUR")},
		{Due: ar.MustDate("2026-03-20"), Amount: ar.MustMoney("40.00 EUR")},
	}
	a := account(ledger.Facts{Documents: []ledger.Document{lease}})
	tell := func(form statement.Form) (lines []string) {
		opt := options()
		opt.Form = form
		s, err := statement.FromAccount(a, views("Leeds"), opt)
		require.NoError(t, err)
		for _, x := range s.All() {
			for _, l := range x.Lines() {
				lines = append(lines, fmt.Sprint(l.Part, " due ", l.Due, " ", l.Amount, " ", l.Outstanding, " ", l.DaysPastDue))
			}
		}
		return lines
	}
	require.Equal(t, []string{
		"1 due 2026-03-20 40.00 EUR 40.00 EUR 11", "2 due 2026-03-10 20.00 EUR 20.00 EUR 21", "3 due 2026-03-20 40.00 EUR 40.00 EUR 11",
	}, tell(statement.OpenItem))
	require.Equal(t, []string{"0 due  100.00 EUR 100.00 EUR 21"}, tell(statement.BalanceForward), "the oldest part tells the days")
}

// A statement of bare items and one of an account know each other's documents by
// number and date.
func TestPreviousWithAndWithoutIDs(t *testing.T) {
	opt := options()
	opt.Period.To = ar.MustDate("2026-03-05")
	withIDs, err := statement.FromAccount(harbour(), views("Leeds"), opt)
	require.NoError(t, err)
	bare := []ledger.Item{
		{Customer: "C-1", Number: "INV-1", Date: ar.MustDate("2026-02-10"), Due: ar.MustDate("2026-03-10"), Outstanding: cents(1, "EUR")},
		{Customer: "C-1", Number: "INV-1", Date: ar.MustDate("2026-02-11"), Due: ar.MustDate("2026-03-10"), Outstanding: cents(10, "EUR")},
		{Customer: "C-1", Date: ar.MustDate("2026-02-10"), Due: ar.MustDate("2026-03-10"), Outstanding: cents(100, "EUR")},
	}
	withoutIDs, err := statement.FromItems("C-1", bare, opt)
	require.NoError(t, err)

	opt = options()
	opt.Overdue, opt.Previous = statement.OnStatement, []*statement.Statement{withIDs}
	s, err := statement.FromItems("C-1", bare, opt)
	require.NoError(t, err)
	for _, x := range s.All() {
		require.Equal(t, "0.01 EUR", x.Overdue().String(), "of that number and date alone")
	}
	opt.Previous = []*statement.Statement{withoutIDs}
	s, err = statement.FromAccount(harbour(), views("Leeds"), opt)
	require.NoError(t, err)
	for _, x := range s.All() {
		require.Equal(t, "70.00 EUR", x.Overdue().String())
	}
}

// The loop may end early, and an error comes alone.
func TestByCustomerEndsEarly(t *testing.T) {
	items := []ledger.Item{
		{Customer: "C-1", Date: march.To, Outstanding: cents(1, "EUR")},
		{Customer: "C-2", Date: march.To, Outstanding: cents(1, "EUR")},
	}
	for s, err := range statement.ByCustomer(items, options()) {
		require.NoError(t, err)
		require.Equal(t, "C-1", s.Customer())
		break
	}
	errs := 0
	for _, err := range statement.ByCustomer(make([]ledger.Item, 1), options()) {
		require.ErrorIs(t, err, ledger.ErrNoCustomer)
		errs++
	}
	require.Equal(t, 1, errs)
}

// A report has to speak of what the statements do, and the error says where it
// does not.
func TestFromReportAsksForTheReport(t *testing.T) {
	items := []ledger.Item{
		{Customer: "C-1", Date: march.To, Outstanding: cents(1, "EUR")},
		{Customer: "C-1", Date: march.To, Outstanding: cents(-1, "EUR")},
	}
	good := aging.Options{AsOf: march.To, Buckets: options().Buckets}
	report := func(change func(*aging.Options)) *aging.Report {
		opt := good
		change(&opt)
		return must(aging.Compute(items, opt))
	}
	asIs := report(func(*aging.Options) {})
	rates := aging.Conversion{To: ar.MustCurrency("EUR")}
	for fault, r := range map[string]*aging.Report{
		"there is none": nil,
		"as of 2026-03-30 and aged as of 2026-03-30, and the period ends with 2026-03-31": report(func(o *aging.Options) { o.AsOf-- }),
		"as of 2026-03-31 and aged as of 2026-04-30, and the period ends with 2026-03-31": report(func(o *aging.Options) { o.AgedAsOf = march.To + 30 }),
		`aged by "date", want by "due"`:                   report(func(o *aging.Options) { o.Basis = aging.DocumentDate }),
		"by adjusted days, want by those of the calendar": report(func(o *aging.Options) { o.Adjusted = true }),
		"by location, want by customer":                   report(func(o *aging.Options) { o.Group = aging.ByLocation() }),
		"and those of the ageing box are":                 report(func(o *aging.Options) { o.Buckets = must(bucket.FromEdges(0)) }),
		"it has columns of its own for some items":        report(func(o *aging.Options) { o.Apart = ledger.Disputed }),
		"it has columns of its own for some items ":       report(func(o *aging.Options) { o.Exclude = ledger.OnHold }),
		"it has columns of its own for some items  ":      report(func(o *aging.Options) { o.Receipts = true }),
		"it is treated or converted":                      must(asIs.Treat(aging.CreditsAged)),
		"it is treated or converted ":                     must(asIs.Convert(rates)),
		"there is none ":                                  new(aging.Report),
	} {
		errs := 0
		for s, err := range statement.FromReport(r, items, options()) {
			require.Nil(t, s)
			require.ErrorIs(t, err, statement.ErrReport)
			require.ErrorContains(t, err, strings.TrimSpace(fault))
			errs++
		}
		require.Equal(t, 1, errs, fault)
	}
	for _, err := range statement.FromReport(asIs, items, statement.Options{}) {
		require.ErrorIs(t, err, statement.ErrPeriod)
	}
}

// Of other items than the report is of, no statement can be saved; and where they
// alone tell what is overdue, none is made. Both say what differs.
func TestFromReportOfOtherItems(t *testing.T) {
	item := ledger.Item{Customer: "C-1", Date: march.From, Due: march.To - 20, Outstanding: cents(100, "EUR")}
	credit := ledger.Item{Customer: "C-1", Date: march.From, Outstanding: cents(-1, "EUR")}
	with := func(change func(*ledger.Item)) []ledger.Item {
		other := item
		change(&other)
		return []ledger.Item{other, credit}
	}
	opt := options()
	report := must(aging.Compute([]ledger.Item{item, credit}, aging.Options{AsOf: march.To, Buckets: opt.Buckets}))
	for _, c := range []struct {
		items                 []ledger.Item
		saved, byOnStatements string
	}{
		{with(func(*ledger.Item) {}), "", ""},
		{nil, `bucket "1–30" of the report is 1.00 EUR`, "the items are of 0 currencies, the report of 1"},
		{with(func(it *ledger.Item) { it.Outstanding = cents(99, "EUR") }), "that of the items 0.99 EUR", "that of the items 0.99 EUR"},
		{with(func(it *ledger.Item) { it.Outstanding = cents(100, "USD") }), `bucket "1–30" of the report is 1.00 EUR`, "the items are of 2 currencies, the report of 1"},
		{with(func(it *ledger.Item) { it.Due = march.To + 30 }), `bucket "Current" of the report is 0.00 EUR`, `bucket "Current" of the report is 0.00 EUR`},
		{with(func(*ledger.Item) {})[:1], "what is unapplied in the report is 0.01 EUR, and of the items 0.00 EUR", "what is unapplied in the report"},
		{[]ledger.Item{{Customer: "C-1", Date: march.From, Outstanding: cents(100, "USD")}}, `bucket "1–30" of the report is 1.00 EUR`, "no item is in EUR"},
	} {
		opt.Overdue = statement.PastDue
		for s, err := range statement.FromReport(report, c.items, opt) {
			require.NoError(t, err)
			_, err = s.Record("run", []string{"Leeds"}, noon)
			requireUnbalanced(t, err, c.saved)
		}
		opt.Overdue = statement.OnStatement
		for _, err := range statement.FromReport(report, c.items, opt) {
			requireUnbalanced(t, err, c.byOnStatements)
		}
	}
}

func requireUnbalanced(t *testing.T, err error, text string) {
	t.Helper()
	if text == "" {
		require.NoError(t, err)
		return
	}
	require.ErrorIs(t, err, statement.ErrUnbalanced)
	require.ErrorContains(t, err, text)
	require.ErrorContains(t, err, "C-1")
}

// What is past due may differ where no bucket does.
func TestFromReportOfOtherDueDates(t *testing.T) {
	item := ledger.Item{Customer: "C-1", Date: march.From, Due: march.To, Outstanding: cents(100, "EUR")}
	opt := options()
	opt.Buckets = must(bucket.FromEdges(45))
	report := must(aging.Compute([]ledger.Item{item}, aging.Options{AsOf: march.To, Buckets: opt.Buckets}))
	item.Due--
	for s, err := range statement.FromReport(report, []ledger.Item{item}, opt) {
		require.NoError(t, err)
		_, err = s.Record("run", []string{"Leeds"}, noon)
		requireUnbalanced(t, err, "what is past due in the report is 0.00 EUR, and of the items 1.00 EUR")
	}
}

// On the first day that there is, nothing is before the period.
func TestPeriodFromTheFirstDay(t *testing.T) {
	opt := options()
	opt.Form, opt.Period.From = statement.BalanceForward, ar.MinDate
	s, err := statement.FromAccount(harbour(), views("Leeds"), opt)
	require.NoError(t, err)
	for _, x := range s.All() {
		require.Equal(t, "0.00 EUR", x.Opening().String())
		require.Len(t, x.Lines(), 3)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
