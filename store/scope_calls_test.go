package store_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
)

// call is one thing that the user does, of some numbers.
type call struct {
	entry
	n []int
}

// entry is an entry point of the library, or a few that go together. What it
// writes to out is all that the user gets of it.
type entry struct {
	name string
	run  func(w *world, out *answer, n []int)
}

// everyCall is every entry point that reads or writes storage, with what is then
// done with what it gives.
func everyCall() []entry {
	return []entry{
		{"report", (*world).callReport},
		{"detail and explain", (*world).callDetail},
		{"explain document", (*world).callExplainDocument},
		{"post", (*world).callPost},
		{"post what is not the user's", (*world).callPostWrong},
		{"postings", (*world).callPostings},
		{"preview", (*world).callPreview},
		{"of items", (*world).callItems},
		{"save and e-mail", (*world).callSave},
		{"find and resend", (*world).callFind},
		{"records", (*world).callRecords},
		{"redate", (*world).callRedate},
		{"run", (*world).callRun},
		{"collect", (*world).callCollect},
		{"send runs", (*world).callSendRuns},
		{"credit", (*world).callCredit},
		{"statement for all locations", (*world).callAll},
	}
}

func drawCall(t *rapid.T) call {
	c := rapid.SampledFrom(everyCall()).Draw(t, "call")
	return call{c, rapid.SliceOfN(rapid.IntRange(0, 999), 12, 12).Draw(t, "of")}
}

// answer is what the user gets.
type answer struct {
	bytes.Buffer
	call  int          // its number
	scope ledger.Scope // that of the user, or part of it
}

func (a *answer) say(what ...any) { _, _ = fmt.Fprintln(a, what...) }

// fail says all of an error that a program could find out.
func (a *answer) fail(err error) {
	for ; err != nil; err = errors.Unwrap(err) {
		a.say("error:", err)
	}
}

// id is an ID that nobody else uses.
func (a *answer) id() string { return fmt.Sprint("call ", a.call) }

func (w *world) answer(number int, c call) string {
	a := &answer{call: number, scope: w.user}
	var err error
	switch c.n[11] % 12 {
	case 0:
		a.scope, err = w.user.Narrow("Leeds")
	case 1:
		a.scope, err = ledger.NewScope([]string{"Leeds", "Bath"}, []string{"Leeds"})
	case 2:
		a.scope, err = ledger.NewScope([]string{"Bath"}, nil)
	case 3:
		a.scope = ledger.Scope{}
	}
	require.NoError(w.t, err)
	c.run(w, a, c.n)
	return a.String()
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

func customerOf(n int) string { return append(names(), "nobody")[n%6] }

func dayOf(n int) ar.Date { return ar.MustDate("2026-02-10") + ar.Date(n%60) }

// items is what the user's scope has open.
func (w *world) items(a *answer, day ar.Date, customers ...string) iter.Seq2[ledger.Item, error] {
	return w.store.OpenItems(context.Background(), ledger.Query{Scope: a.scope, AsOf: day, Customers: customers})
}

func (w *world) reportOptions(n []int) aging.Options {
	o := aging.Options{
		AsOf: dayOf(n[0]), Buckets: w.buckets(n[1]), Basis: aging.Basis(n[2] % 3), Apart: ledger.Flags(n[3] % 2), Exclude: ledger.Flags(n[4] % 3),
	}
	if n[5]%3 == 0 {
		o.Group = aging.ByLocation()
	}
	return o
}

func (w *world) callReport(a *answer, n []int) {
	report, err := aging.ComputeSeq(w.items(a, dayOf(n[0])), w.reportOptions(n))
	a.fail(err)
	if err != nil {
		return
	}
	a.say(report.Len(), report.LeftOut(), len(report.Totals()))
	for page := range 4 {
		p, err := report.Page(aging.ByBalance, page, 2)
		a.say(len(p.Rows), p.Number, p.Pages)
		a.fail(err)
		for _, f := range []render.Format{render.Text, render.CSV, render.JSON, render.HTML} {
			a.fail(render.Report(a, report, render.ReportOptions{Format: f, Page: page, PageSize: 1 + n[6]%3}))
		}
	}
	treated, err := report.Treat(aging.CreditsOldestFirst)
	a.fail(err)
	if err == nil {
		a.fail(render.Report(a, treated, render.ReportOptions{}))
	}
}

func (w *world) callDetail(a *answer, n []int) {
	customer, opt := customerOf(n[6]), w.reportOptions(n)
	detail, err := aging.NewDetail(w.items(a, opt.AsOf, customer), opt, customer)
	a.fail(err)
	if err != nil {
		return
	}
	for _, f := range []render.Format{render.Text, render.CSV, render.JSON, render.HTML} {
		a.fail(render.Detail(a, detail, render.DetailOptions{Format: f}))
	}
	for _, line := range detail.Lines(nil) {
		x, err := aging.Explain(line.Item, opt, duedate.Terms{}, nil)
		a.say(x)
		a.fail(err)
	}
	a.say(detail.Cell(ar.MustCurrency("EUR"), aging.PastDue))
}

// callExplainDocument explains documents of the user, those that were paid from
// York, and what is at York.
func (w *world) callExplainDocument(a *answer, n []int) {
	account, err := w.store.Account(context.Background(), a.scope, customerOf(n[6]))
	a.fail(err)
	if err != nil {
		return
	}
	opt := w.reportOptions(n)
	ids := []string{"open A", "y1", "y2", "y3", "y4"}
	for _, d := range account.Facts().Documents {
		if w.user.Views(d.Location) {
			ids = append(ids, d.ID)
		}
	}
	for _, id := range ids {
		x, err := aging.ExplainDocument(account, id, opt)
		if err == nil {
			x, err = x.Within(a.scope)
		}
		if err == nil {
			a.say(x, len(x.Ledger.Applied), x.Ledger.Elsewhere)
			for _, applied := range x.Ledger.Applied {
				a.say(*applied.Allocation)
			}
		}
		a.fail(err)
	}
}

func (w *world) callPost(a *answer, n []int) {
	id, customer := a.id(), customerOf(n[0])
	location := []string{"Leeds", "Bath"}[n[1]%2]
	p := store.Posting{Key: id, Customer: customer, At: noon, By: "user", Facts: ledger.Facts{
		Documents: []ledger.Document{w.document(id, customer, location, n[2:])},
	}}
	if n[7]%3 > 0 {
		d := p.Facts.Documents[0]
		d.ID, d.Number, d.Flags, d.Due = id+"/2", "", 0, 0
		d.Kind = ledger.Payment
		p.Facts.Documents = append(p.Facts.Documents, d)
		if p.Facts.Documents[0].Kind.IsDebit() {
			p.Facts.Allocations = []ledger.Allocation{{ID: id, Credit: d.ID, Debit: id, Amount: must(ar.NewMoney(1, d.Amount.Currency()))}}
		}
	}
	if n[8]%4 == 0 {
		p.Details = &ledger.Customer{ID: customer, Name: "renamed in " + id}
	}
	for range 2 { // a repetition is a success
		a.fail(w.store.Post(context.Background(), a.scope, p))
	}
	p.Facts.Documents[0].Number = "another"
	a.fail(w.store.Post(context.Background(), a.scope, p))
}

// callPostWrong posts what does not fit, or names what is at York.
func (w *world) callPostWrong(a *answer, n []int) {
	id, customer := a.id(), customerOf(n[0])
	there := []string{"y1", "y2", "y3 paid", "bridge A", "none", "open " + customer, "cross " + customer}
	some := func(k int) string { return there[k%len(there)] }
	pay := w.document(id+"/pay", customer, "Leeds", []int{3, n[2], 999, 0, 1})
	for i, f := range []ledger.Facts{
		{},
		{Documents: []ledger.Document{w.document(id, customer, "York", n[2:])}},
		{Documents: []ledger.Document{w.document(id, "another", "Leeds", n[2:])}},
		{Documents: []ledger.Document{w.document("open B", customer, "Leeds", n[2:])}},
		{ // more than York's payment leaves to be paid
			Documents:   []ledger.Document{pay},
			Allocations: []ledger.Allocation{{ID: id + "/pay", Credit: pay.ID, Debit: "cross " + customer, Amount: ar.MustMoney("4.50 EUR")}},
		},
		{Allocations: []ledger.Allocation{{ID: id, Credit: some(n[3]), Debit: some(n[4]), Amount: ar.MustMoney("9.00 EUR")}}},
		{Reversals: []ledger.Reversal{{Allocation: some(n[5]), Date: march31}}},
		{Redates: []ledger.Redate{{Document: some(n[6]), Revision: 1 + n[7]%2, Date: march31}}},
		{Statuses: []ledger.Status{{Document: some(n[8]), Date: march31, Flags: ledger.OnHold}}},
	} {
		p := store.Posting{Key: fmt.Sprint(id, i), Customer: customer, At: noon, By: "user", Facts: f}
		a.fail(w.store.Post(context.Background(), a.scope, p))
	}
}

func (w *world) callPostings(a *answer, n []int) {
	for _, customer := range []string{"", customerOf(n[0])} {
		for p, err := range w.store.Postings(context.Background(), a.scope, customer) {
			a.say(p.Key, p.Customer, p.At, p.By, p.Details != nil, p.Facts)
			a.fail(err)
		}
	}
}

func (a *answer) statement(s *statement.Statement) {
	for _, f := range []render.Format{render.Text, render.CSV, render.JSON, render.HTML} {
		a.fail(render.Statement(a, s, render.StatementOptions{Format: f}))
	}
}

func (w *world) callPreview(a *answer, n []int) {
	q := w.request("", customerOf(n[6]), n)
	q.Cutover = []ar.Date{0, ar.MustDate("2026-03-15"), march31 + 1}[n[7]%3]
	s, err := statement.Preview(context.Background(), w.store, a.scope, q)
	a.fail(err)
	if err == nil {
		a.statement(s)
	}
}

func (w *world) callItems(a *answer, n []int) {
	var items, own []ledger.Item
	opt := w.options(n)
	customer := customerOf(n[6])
	for it, err := range w.items(a, opt.Period.To) {
		a.fail(err)
		items = append(items, it)
		if it.Customer == customer {
			own = append(own, it)
		}
	}
	for s, err := range statement.ByCustomer(items, opt) {
		a.fail(err)
		if err == nil {
			a.statement(s)
		}
	}
	s, err := statement.FromItems(customer, own, opt)
	a.fail(err)
	if err == nil {
		a.statement(s)
	}
}

func (a *answer) record(r *statement.Record) {
	a.say(r.Key, r.Locations, r.At, r.Balances, r.Version, string(r.Content), r.Sent)
}

func (w *world) callSave(a *answer, n []int) {
	q := w.request(a.id(), customerOf(n[6]), n)
	if n[7]%2 == 0 {
		q.Since = q.At.Add(-time.Duration(n[8]%6) * time.Minute)
	}
	if n[9]%2 == 0 {
		r, err := statement.Save(context.Background(), w.store, a.scope, q)
		a.record(&r)
		a.fail(err)
	}
	if n[10]%2 == 0 {
		for range 2 {
			r, err := statement.Email(context.Background(), w.store, a.scope, q, sender{})
			a.record(&r)
			a.fail(err)
		}
	}
}

// runs are the IDs of runs: of the user, of others, and of nobody.
func runs(a *answer, n int) string {
	ids := []string{"York y1", "York y2", "York y3", "York y4", "none", "all 0"}
	for i := range a.call {
		ids = append(ids, fmt.Sprint("call ", i))
	}
	return ids[n%len(ids)]
}

func (w *world) callFind(a *answer, n []int) {
	for i := range 6 {
		key := statement.Key{Run: runs(a, n[i]), Customer: customerOf(n[i+1]), Period: []statement.Period{quarter, february}[n[i+2]%2]}
		r, err := statement.Find(context.Background(), w.store, a.scope, key, []ar.Date{0, march31}[n[i+3]%2])
		a.record(&r)
		a.fail(err)
		r, err = statement.Resend(context.Background(), w.store, a.scope, key, 0, sender{}, noon)
		a.record(&r)
		a.fail(err)
		a.fail(w.store.MarkSent(context.Background(), a.scope, key, noon))
	}
}

func (w *world) callRecords(a *answer, n []int) {
	q := statement.RecordQuery{Scope: a.scope}
	for _, q.Run = range []string{"", runs(a, n[1])} {
		for _, q.Customer = range []string{"", customerOf(n[2])} {
			for _, q.Period = range []statement.Period{{}, quarter} {
				for r, err := range w.store.Records(context.Background(), q) {
					a.record(&r)
					a.fail(err)
				}
			}
		}
	}
}

// callRedate re-dates payments of the user, and tries to with others.
func (w *world) callRedate(a *answer, n []int) {
	for _, customer := range append(names(), "nobody") {
		ids, revisions := []string{"y1 paid", "bridge " + customer, "open " + customer}, map[string]int{}
		if account, err := w.store.Account(context.Background(), w.user, customer); err == nil {
			for _, d := range account.Facts().Documents {
				if d.Kind == ledger.Payment && w.user.Views(d.Location) {
					ids = append(ids, d.ID)
				}
			}
			for _, r := range account.Facts().Redates {
				if slices.Contains(ids[3:], r.Document) {
					revisions[r.Document]++
				}
			}
		}
		for i, id := range ids {
			limits, err := statement.RedateLimits(context.Background(), w.store, a.scope, customer, id, dayOf(n[0]))
			a.say(limits)
			a.fail(err)
			w.redate(a, customer, ledger.Redate{Document: id, Revision: revisions[id] + 1, Date: dayOf(n[1+i%10])})
		}
	}
}

func (w *world) redate(a *answer, customer string, r ledger.Redate) {
	if w.shared {
		return
	}
	err := w.store.Post(context.Background(), a.scope, store.Posting{
		Key: a.id() + r.Document, Customer: customer, At: noon, By: "user", Facts: ledger.Facts{Redates: []ledger.Redate{r}},
	})
	a.fail(err)
	for what, reason := range map[string]error{
		"new date": nil, "shown": ledger.ErrOnStatement, "too early": ledger.ErrBeforeStatement, "hidden": store.ErrHidden,
	} {
		if errors.Is(err, reason) {
			w.done[what]++
		}
	}
}

func (w *world) callRun(a *answer, n []int) {
	ctx := context.Background()
	r := w.run(a.id(), n)
	r.Criteria.Locations = [][]string{nil, nil, {"Leeds"}, {"Leeds", "York"}}[n[9]%4]
	if n[10]%3 == 0 {
		r.Criteria.All, r.Criteria.Customers = false, []string{"D", customerOf(n[1]), "A"}
	}
	r.Progress = func(result statement.Result) { a.say("progress", result) }
	for range 2 {
		preview, err := r.Preview(ctx, w.store, a.scope)
		a.say(preview, preview.Locations)
		a.fail(err)
		for e, err := range r.Eligible(ctx, w.store, a.scope) {
			a.say(e)
			a.fail(err)
		}
		result, err := r.Generate(ctx, w.store, a.scope)
		a.say(result)
		a.fail(err)
	}
	a.fail(statement.CollectRuns(ctx, w.store, a.scope, []string{r.ID}, 0, a))
}

// Render implements statement.Renderer.
func (a *answer) Render(_ context.Context, sheets iter.Seq2[statement.Sheet, error]) error {
	for sheet, err := range sheets {
		if err != nil {
			return err
		}
		if inv := sheet.Invoice; inv != nil {
			a.say(inv.Customer, *inv.Document, inv.Outstanding)
			for _, e := range inv.Open {
				a.say(e.Part, e.Date, e.Due, e.Outstanding, e.Flags, e.Held)
			}
		}
		if sheet.Statement != nil {
			a.statement(sheet.Statement)
		}
	}
	return nil
}

func (w *world) callCollect(a *answer, n []int) {
	q := statement.Selection{AsOf: dayOf(n[0]), Cap: 1 + n[1]%5}
	for i := range n[2] % 5 {
		q.Customers = append(q.Customers, customerOf(n[3+i]))
	}
	a.fail(statement.CollectInvoices(context.Background(), w.store, a.scope, q, a))
	ids := []string{runs(a, n[8]), runs(a, n[10]), runs(a, n[11])}
	a.fail(statement.CollectRuns(context.Background(), w.store, a.scope, ids, []ar.Date{0, march31}[n[9]%2], a))
}

func (w *world) callSendRuns(a *answer, n []int) {
	ids := []string{"York y1", "York y2", "all 0"}
	for i := range a.call {
		if n[i%10]%3 > 0 {
			ids = append(ids, fmt.Sprint("call ", i))
		}
	}
	sending, err := statement.SendRuns(context.Background(), w.store, a.scope, ids, []ar.Date{0, march31 + 1}[n[3]%2], sender{}, noon)
	a.say(sending)
	a.fail(err)
}

func (w *world) callCredit(a *answer, n []int) {
	ctx, customer := context.Background(), customerOf(n[0])
	edited, err := credit.Edit(ctx, w.store, a.scope, customer, credit.Editor{Name: "user", At: noon}, func(p *credit.Profile) {
		p.Remark, p.Limit = a.id(), ar.MustMoney("5.00 EUR")
	})
	a.say(edited)
	a.fail(err)
	profile, err := w.store.Profile(ctx, a.scope, customer)
	a.say(profile)
	a.fail(err)
	for change, err := range w.store.Changes(ctx, a.scope, customer) {
		a.say(change)
		a.fail(err)
	}
	var open []ledger.Item
	for it, err := range w.items(a, dayOf(n[1]), customer) {
		a.fail(err)
		open = append(open, it)
	}
	a.say(profile.Alerts(open))
	account, err := w.store.Account(ctx, a.scope, customer)
	a.fail(err)
	if err != nil {
		return
	}
	sales, err := credit.MonthToDate(account, a.scope, ar.MustDate("2026-01-01"), dayOf(n[2]))
	a.say(sales)
	a.fail(err)
	deposits, err := credit.Deposits(account, a.scope, dayOf(n[2]))
	a.say(deposits)
	a.fail(err)
	first, err := credit.AccountDate(account, a.scope)
	a.say(first)
	a.fail(err)
}

// callAll is a statement that somebody makes who views everything, in all worlds.
func (w *world) callAll(a *answer, n []int) {
	q := w.request(fmt.Sprint("all ", a.call), customerOf(n[6]), n)
	_, err := statement.Save(context.Background(), w.store, w.all, q)
	a.say(q.Customer, q.Period, err == nil)
}
