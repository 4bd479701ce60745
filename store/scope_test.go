package store_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
	"github.com/openreceivables/ar/store/memstore"
)

// Whatever happens at locations that a user does not view, be it documents, what
// becomes of them, whole customers, or statements that are saved, sent and
// collected, and whenever it happens: every byte of what the user gets from any
// entry point that reads or writes stays what it is (SPEC A4).
//
// A user at Leeds and Bath makes the same calls in several worlds, in which others
// do other things at York and Hull in between. Customers are at no location, and
// IDs, of runs and postings too, are those of whoever chose them: these are the
// same in all worlds, or not in use elsewhere.
func TestNothingInvisibleShows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		calls := rapid.SliceOfN(rapid.Custom(drawCall), 1, 12).Draw(t, "calls")
		for _, c := range everyCall() { // each at least once, at the end
			calls = append(calls, call{c, rapid.SliceOfN(rapid.IntRange(0, 999), 12, 12).Draw(t, "of "+c.name)})
		}
		shared := rapid.Bool().Draw(t, "shared")
		var want []string
		for world := range 2 {
			w := newWorld(t, []string{"bridge ", "bank "}[world])
			w.shared = shared
			for i, c := range calls {
				for range rapid.IntRange(0, 2).Draw(t, "elsewhere") {
					w.elsewhere(rapid.SliceOfN(rapid.IntRange(0, 999), 12, 12).Draw(t, "what"))
				}
				got := w.answer(i, c)
				if world == 0 {
					want = append(want, got)
				}
				require.Equal(t, want[i], got, "call %d, %s", i+1, c.name)
			}
		}
	})
}

// The test above is worth something only where others do much, and the user gets
// many different answers.
func TestWorldsAreVaried(t *testing.T) {
	done, answers := map[string]int{}, map[string]map[string]bool{}
	steps := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(0, 999), 12, 12), 20, 20)
	calls := rapid.SliceOfN(rapid.Custom(drawCall), 40, 40)
	for seed := range 100 {
		w := newWorld(t, "bridge ")
		for _, n := range steps.Example(seed) {
			w.elsewhere(n)
		}
		for i, c := range calls.Example(seed) {
			if answers[c.name] == nil {
				answers[c.name] = map[string]bool{}
			}
			answers[c.name][w.answer(i, c)] = true
		}
		for what, n := range w.done {
			done[what] += n
		}
	}
	for _, what := range []string{"documents", "allocation", "reversal", "redate", "status", "new customer", "saved", "sent", "run", "new date", "shown", "too early", "hidden"} {
		require.Greater(t, done[what], 10, what)
	}
	for _, c := range everyCall() {
		require.Greater(t, len(answers[c.name]), 10, c.name)
	}
}

var (
	march31  = ar.MustDate("2026-03-31")
	quarter  = statement.Period{From: ar.MustDate("2026-01-01"), To: march31}
	february = statement.Period{From: ar.MustDate("2026-02-01"), To: ar.MustDate("2026-02-28")}
)

// world is a store, a user who views and modifies Leeds and Bath, and others who
// view and modify York and Hull.
type world struct {
	t      require.TestingT
	store  *memstore.Store
	user   ledger.Scope
	hidden ledger.Scope
	all    ledger.Scope

	bridge string

	// shared: others make statements for all locations too. The user does not get
	// them either, but would learn that they forbid a new date (SPEC L6), so posts
	// none.
	shared bool

	n       int               // of what was done elsewhere, for IDs
	there   []ledger.Document // at York and Hull
	applied []string          // the allocations there, "customer/ID"
	done    map[string]int    // what was done there, with success, and what came of new dates here
}

func names() []string { return []string{"A", "B", "C", "D", "E"} }

// newWorld has the customers, some documents of everybody, and payments at York
// of what was sold at Leeds. The IDs of these begin with bridge.
func newWorld(t require.TestingT, bridge string) *world {
	w := &world{
		t: t, store: memstore.New(nil), bridge: bridge, done: map[string]int{},
		user: scope(t, "Leeds", "Bath"), hidden: scope(t, "York", "Hull"), all: scope(t, "Leeds", "Bath", "York", "Hull"),
	}
	for i, id := range names() {
		p := store.Posting{
			Key: "opening", Customer: id, At: noon.Add(-time.Hour), By: "import",
			Details: &ledger.Customer{ID: id, Name: "Customer <" + id + ">", Terms: duedate.Net(10 * i)},
		}
		if id != "D" { // whom the user never sold to
			p.Facts.Documents = []ledger.Document{
				w.document("open "+id, id, "Leeds", []int{0, 20 + 30*i, 300, 0, 0}),
				w.document("cross "+id, id, "Leeds", []int{0, 40, 500, 0, 0}),
				w.document("paid "+id, id, "Leeds", []int{3, 50, 10, 0, 0}),
				w.document(bridge+id, id, "York", []int{3, 45, 400, 0, 0}),
			}
			p.Facts.Allocations = []ledger.Allocation{{
				ID: bridge + id, Credit: bridge + id, Debit: "cross " + id, Amount: ar.MustMoney("1.00 EUR"),
			}}
		}
		require.NoError(t, w.store.Post(context.Background(), w.all, p))
		if id == "D" {
			continue
		}
		off := w.document("off "+id, id, "Leeds", []int{3, 45, 0, 0, 0}) // came along with York's payment
		off.Kind = ledger.Discount
		p = store.Posting{Key: "discount", Customer: id, At: noon.Add(-time.Hour), By: "import", Facts: ledger.Facts{
			Documents:   []ledger.Document{off},
			Allocations: []ledger.Allocation{{ID: off.ID, Credit: off.ID, Debit: "cross " + id, Amount: off.Amount, With: bridge + id}},
		}}
		require.NoError(t, w.store.Post(context.Background(), w.all, p))
	}
	return w
}

// document makes a document of five numbers: its kind, the day, the amount, the
// currency, and the rest.
func (w *world) document(id, customer, location string, n []int) ledger.Document {
	kinds := []ledger.Kind{ledger.Invoice, ledger.Charge, ledger.Invoice, ledger.Payment, ledger.CreditNote, ledger.Deposit}
	amount, err := ar.NewMoney(int64(1+n[2]), []ar.Currency{ar.MustCurrency("EUR"), ar.MustCurrency("EUR"), ar.MustCurrency("JPY")}[n[3]%3])
	require.NoError(w.t, err)
	d := ledger.Document{
		ID: id, Number: "No. " + id, Customer: customer, Location: location, Kind: kinds[n[0]%len(kinds)],
		Date: ar.MustDate("2025-12-15") + ar.Date(n[1]%120), Amount: amount, Flags: ledger.Flags(n[4] % 8),
	}
	if n[4]%3 == 0 {
		d.Footnote = "of " + id
	}
	if n[4]%4 == 0 && d.Kind.IsDebit() {
		d.Due = d.Date + ar.Date(n[4]%50)
	}
	return d
}

// elsewhere does something at York and Hull.
func (w *world) elsewhere(n []int) {
	w.n++
	id, customer := fmt.Sprintf("y%d", w.n), names()[n[1]%5]
	switch n[0] % 10 {
	case 0, 1, 2:
		w.sell(id, store.Posting{Customer: customer}, n)
	case 3:
		c := []string{"0", "AA", "Z"}[n[1]%3] + id
		w.sell(id, store.Posting{Customer: c, Details: &ledger.Customer{ID: c, Name: "Hidden " + id}}, n)
	case 4, 5, 6, 7:
		w.follow(id, n)
	case 8:
		q, by := w.request("York "+id, customer, n[3:]), w.hidden
		if w.shared && n[2]%2 == 0 {
			by = w.all
		}
		r, err := statement.Save(context.Background(), w.store, by, q)
		w.count("saved", err)
		if n[4]%2 == 0 && err == nil {
			_, err := statement.Resend(context.Background(), w.store, by, r.Key, 0, sender{}, q.At.Add(time.Hour))
			w.count("sent", err)
		}
	case 9:
		result, err := w.run("York "+id, n[3:]).Generate(context.Background(), w.store, w.hidden)
		if result.Created > 0 {
			w.count("run", err)
		}
	}
}

// sell posts a document, and perhaps a payment of it.
func (w *world) sell(id string, p store.Posting, n []int) {
	d := w.document(id, p.Customer, []string{"York", "Hull"}[n[2]%2], n[3:])
	p.Facts.Documents = []ledger.Document{d}
	if n[8]%2 == 0 && d.Kind.IsDebit() {
		pay := d
		pay.ID, pay.Kind, pay.Due, pay.Flags = id+" paid", ledger.Payment, 0, 0
		p.Facts.Documents = append(p.Facts.Documents, pay)
		p.Facts.Allocations = []ledger.Allocation{{ID: id, Credit: pay.ID, Debit: id, Amount: pay.Amount}}
	}
	what := "documents"
	if p.Details != nil {
		what = "new customer"
	}
	if w.post(what, id, p) == nil {
		w.there = append(w.there, p.Facts.Documents...)
		for _, x := range p.Facts.Allocations {
			w.applied = append(w.applied, p.Customer+"/"+x.ID)
		}
	}
}

// follow posts what becomes of documents at York and Hull. The payments that the
// bridges are pay for them, too, with what Leeds leaves of them.
func (w *world) follow(id string, n []int) {
	if len(w.there) == 0 || len(w.applied) == 0 {
		return
	}
	d, day := w.there[n[1]%len(w.there)], ar.MustDate("2026-02-20")+ar.Date(n[2]%50)
	p := store.Posting{Customer: d.Customer}
	what := ""
	switch n[0] % 10 {
	case 4:
		what = "allocation"
		for i := range w.there { // the first that could do
			if d = w.there[(n[1]+i)%len(w.there)]; d.Kind.IsDebit() && d.Amount.Currency() == ar.MustCurrency("EUR") && slices.Contains(names(), d.Customer) {
				break
			}
		}
		p.Customer = d.Customer
		p.Facts.Allocations = []ledger.Allocation{{ID: id, Credit: w.bridge + d.Customer, Debit: d.ID, Amount: ar.MustMoney("0.01 EUR"), Date: day}}
	case 5:
		what = "reversal"
		var x string
		p.Customer, x, _ = strings.Cut(w.applied[n[1]%len(w.applied)], "/")
		p.Facts.Reversals = []ledger.Reversal{{Allocation: x, Date: day}}
	case 6:
		what = "redate"
		p.Facts.Redates = []ledger.Redate{{Document: d.ID, Revision: 1, Date: day}}
	case 7:
		what = "status"
		p.Facts.Statuses = []ledger.Status{{Document: d.ID, Date: day, Flags: ledger.Flags(n[3] % 4)}}
	}
	if w.post(what, id, p) == nil && what == "allocation" {
		w.applied = append(w.applied, p.Customer+"/"+id)
	}
}

func (w *world) post(what, key string, p store.Posting) error {
	p.Key, p.At, p.By = "key "+key, noon, "others"
	err := w.store.Post(context.Background(), w.hidden, p)
	w.count(what, err)
	return err
}

func (w *world) count(what string, err error) {
	if err == nil {
		w.done[what]++
	}
}

// request is that of a statement.
func (w *world) request(run, customer string, n []int) statement.Request {
	return statement.Request{Customer: customer, Options: w.options(n), Run: run, At: noon.Add(time.Duration(n[3]%5) * time.Minute)}
}

func (w *world) options(n []int) statement.Options {
	return statement.Options{
		Period: []statement.Period{quarter, quarter, february}[n[0]%3], Form: statement.Form(n[1] % 2), Buckets: w.buckets(n[2]),
		Overdue: statement.OverdueRule(n[4] % 2), SplitCurrent: n[5]%2 == 0, NoDueDates: n[5]%3 == 0,
	}
}

func (w *world) buckets(n int) bucket.Set {
	return []bucket.Set{bucket.Standard(), bucket.MustParse("pending"), bucket.Statement()}[n%3]
}

// run is a statement run for everybody.
func (w *world) run(id string, n []int) *statement.Run {
	o := w.options(n)
	c := statement.Criteria{All: true, Period: o.Period, Eligible: statement.Eligibility(n[6] % 4), SkipRecent: statement.SkipRecent(n[7] % 5)}
	o.Period = statement.Period{}
	switch c.Eligible {
	case statement.EligibleThreshold:
		c.Threshold = ar.MustMoney("1.00 EUR")
	case statement.EligibleAged:
		c.Buckets = bucket.Standard()
		c.Bucket = c.Buckets.Label(2)
	case statement.EligibleOpen, statement.EligiblePastDue:
	}
	return &statement.Run{ID: id, Criteria: c, Options: o, Now: noon.Add(time.Duration(n[8]%5) * time.Minute), Cap: n[8] % 4}
}

type sender struct{}

func (sender) Send(context.Context, statement.Record) error { return nil }
