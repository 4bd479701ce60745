package statement_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
	"github.com/openreceivables/ar/statement"
)

var (
	march = statement.Period{From: ar.MustDate("2026-03-01"), To: ar.MustDate("2026-03-31")}
	april = statement.Period{From: ar.MustDate("2026-04-01"), To: ar.MustDate("2026-04-30")}
	noon  = time.Date(2026, 4, 1, 12, 0, 0, 0, time.UTC)
)

// options are the usual ones for March.
func options() statement.Options {
	return statement.Options{Period: march, Buckets: bucket.Standard()}
}

func doc(kind ledger.Kind, id, date, due, amount string) ledger.Document {
	d := ledger.Document{
		ID: id, Number: id, Customer: "C-1", Location: "Leeds", Kind: kind,
		Date: ar.MustDate(date), Amount: ar.MustMoney(amount),
	}
	if due != "" {
		d.Due = ar.MustDate(due)
	}
	return d
}

func invoice(id, date, due, amount string) ledger.Document {
	return doc(ledger.Invoice, id, date, due, amount)
}

func payment(id, date, amount string) ledger.Document {
	return doc(ledger.Payment, id, date, "", amount)
}

func pays(credit, debit, amount string) ledger.Allocation {
	return ledger.Allocation{ID: credit + ">" + debit, Credit: credit, Debit: debit, Amount: ar.MustMoney(amount)}
}

func account(f ledger.Facts) *ledger.Account {
	a, err := ledger.NewAccount(ledger.Customer{ID: "C-1", Name: "Harbour Foods"}, f, nil)
	if err != nil {
		panic(err)
	}
	return a
}

// views is the scope of some locations, which may be modified too.
func views(locations ...string) ledger.Scope {
	s, err := ledger.NewScope(locations, locations)
	if err != nil {
		panic(err)
	}
	return s
}

// written is all forms of a statement, and the content of its record.
func written(t require.TestingT, s *statement.Statement) string {
	var out bytes.Buffer
	for f := render.Text; f <= render.HTML; f++ {
		require.NoError(t, render.Statement(&out, s, render.StatementOptions{Format: f}))
	}
	r, err := s.Record("run", []string{"Leeds"}, noon)
	require.NoError(t, err)
	fmt.Fprintf(&out, "%s %v", r.Content, r.Balances)
	return out.String()
}

// history is a random account: facts on the days around March, at Leeds and
// Hull, in two currencies. What does not fit is left out.
func history(t *rapid.T) *ledger.Account {
	a := account(ledger.Facts{})
	propose := func(f ledger.Facts) {
		if next, err := a.Add(f); err == nil {
			a = next
		}
	}
	for i := range rapid.IntRange(0, 14).Draw(t, "documents") {
		propose(ledger.Facts{Documents: []ledger.Document{drawDocument(t, fmt.Sprint("D", i))}})
	}
	for i := range rapid.IntRange(3, 20).Draw(t, "allocations") {
		x, ok := drawAllocation(t, fmt.Sprint("A", i), a.Facts().Documents)
		if !ok {
			break
		}
		propose(ledger.Facts{Allocations: []ledger.Allocation{x}})
		if rapid.IntRange(0, 3).Draw(t, "reversed") == 0 {
			propose(ledger.Facts{Reversals: []ledger.Reversal{{Allocation: x.ID, Date: drawDay(t)}}})
		}
	}
	for range rapid.IntRange(0, 3).Draw(t, "others") {
		id := drawID(t)
		propose(ledger.Facts{Redates: []ledger.Redate{{Document: id, Revision: 1, Date: drawDay(t)}}})
		flags := ledger.Flags(rapid.IntRange(0, 3).Draw(t, "flags"))
		propose(ledger.Facts{Statuses: []ledger.Status{{Document: id, Date: drawDay(t), Flags: flags}}})
	}
	return a
}

func drawID(t *rapid.T) string { return fmt.Sprint("D", rapid.IntRange(0, 13).Draw(t, "document")) }

func drawDay(t *rapid.T) ar.Date {
	return march.From - 20 + ar.Date(rapid.IntRange(0, 60).Draw(t, "day"))
}

func cents(n int64, currency string) ar.Money {
	m, err := ar.NewMoney(n, ar.MustCurrency(currency))
	if err != nil {
		panic(err)
	}
	return m
}

func drawDocument(t *rapid.T, id string) ledger.Document {
	cur := rapid.SampledFrom([]string{"EUR", "EUR", "USD"}).Draw(t, "currency")
	n := rapid.Int64Range(1, 60).Draw(t, "amount")
	d := ledger.Document{
		ID: id, Number: rapid.SampledFrom([]string{"", "N1", "N2", id}).Draw(t, "number"), Customer: "C-1",
		Location: rapid.SampledFrom([]string{"Leeds", "Hull"}).Draw(t, "location"),
		Kind:     ledger.Kind(rapid.IntRange(1, 11).Draw(t, "kind")),
		Date:     drawDay(t), Amount: cents(n, cur),
		Footnote: rapid.SampledFrom([]string{"", "", "<b>see delivery & note</b>"}).Draw(t, "footnote"),
		Flags:    ledger.Flags(rapid.IntRange(0, 3).Draw(t, "flags")),
	}
	switch {
	case d.Kind.IsDebit() && n > 2 && rapid.Bool().Draw(t, "parts"):
		d.Parts = []ledger.Part{{Due: drawDay(t), Amount: cents(n-1, cur)}, {Due: drawDay(t), Amount: cents(1, cur)}}
	case rapid.Bool().Draw(t, "due given"):
		d.Due = drawDay(t)
	}
	return d
}

// drawAllocation is one between two of the documents, if there are a credit and a
// debit.
func drawAllocation(t *rapid.T, id string, documents []ledger.Document) (ledger.Allocation, bool) {
	side := func(debit bool) []ledger.Document {
		return slices.DeleteFunc(slices.Clone(documents), func(d ledger.Document) bool { return d.Kind.IsDebit() != debit })
	}
	credits, debits := side(false), side(true)
	if len(credits) == 0 || len(debits) == 0 {
		return ledger.Allocation{}, false
	}
	credit, debit := rapid.SampledFrom(credits).Draw(t, "credit"), rapid.SampledFrom(debits).Draw(t, "debit")
	n := rapid.Int64Range(1, 30).Draw(t, "applied")
	cur := debit.Amount.Currency().Code()
	x := ledger.Allocation{ID: id, Credit: credit.ID, Debit: debit.ID, Amount: cents(n, cur)}
	if from := credit.Amount.Currency().Code(); from != cur {
		x.Amount, x.Taken, x.Rate = cents(2*n, cur), cents(n, from), ar.MustRate("2")
	}
	if rapid.Bool().Draw(t, "dated") {
		x.Date = drawDay(t)
	}
	return x, true
}

func drawOptions(t *rapid.T) statement.Options {
	set := rapid.SampledFrom([]bucket.Set{
		bucket.Standard(), bucket.Statement(), bucket.MustParse("pending"), bucket.MustParse("all"),
		bucket.MustParse("3 calendar months"), bucket.MustParse("-10, 10"),
	}).Draw(t, "buckets")
	return statement.Options{
		Period: march, Buckets: set,
		Form:         statement.Form(rapid.IntRange(0, 1).Draw(t, "form")),
		SplitCurrent: rapid.Bool().Draw(t, "split"),
		NoDueDates:   rapid.Bool().Draw(t, "no due dates"),
	}
}

// The laws are about something: among so many histories, each kind is there. They
// are the same ones every time, however many the laws draw.
func TestHistoriesAreVaried(t *testing.T) {
	drawn := rapid.Custom(func(t *rapid.T) *statement.Statement {
		opt := options()
		opt.Form = statement.BalanceForward
		scope := rapid.SampledFrom([]ledger.Scope{views("Leeds"), views("Hull", "Leeds")}).Draw(t, "scope")
		s, err := statement.FromAccount(history(t), scope, opt)
		require.NoError(t, err)
		return s
	})
	seen := map[string]int{}
	count := func(what string, is bool) {
		if is {
			seen[what]++
		}
	}
	for seed := range 100 {
		s := drawn.Example(seed)
		for _, x := range s.All() {
			count("opening", !x.Opening().IsZero())
			count("exchanged", !x.Exchanged().IsZero())
			count("elsewhere", !x.Elsewhere().IsZero())
			count("unapplied", !x.Unapplied().IsZero())
			count("overdue", !x.Overdue().IsZero())
			count("two currencies", s.Len() == 2)
		}
	}
	for _, what := range []string{"opening", "exchanged", "elsewhere", "unapplied", "overdue", "two currencies"} {
		require.Positive(t, seen[what], "no history has it: %s", what)
	}
	t.Log(seen)
}
