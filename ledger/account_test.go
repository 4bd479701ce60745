package ledger_test

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

func TestEmptyAccount(t *testing.T) {
	a := account(ledger.Facts{})
	open, err := a.Open(ar.MaxDate)
	require.NoError(t, err)
	require.Empty(t, open)
	balance, err := a.Balance(ar.MinDate)
	require.NoError(t, err)
	require.Empty(t, balance)
	require.Equal(t, birch, a.Customer())
}

// Neither the host's slices nor two accounts made of one share what is added.
func TestAccountsShareNothing(t *testing.T) {
	f := good()
	a := account(f)
	day := ar.MaxDate
	before := lines(t, a, day)
	f.Documents[0].Amount, f.Allocations[0].Amount = ar.MustMoney("1.00 EUR"), ar.MustMoney("1.00 EUR")
	f.Documents[1].Parts[0].Due = ar.MustDate("2030-01-01")
	require.Equal(t, before, lines(t, a, day))
	add := func(id string) *ledger.Account {
		b, err := a.Add(ledger.Facts{Documents: []ledger.Document{doc(ledger.Charge, id, "2026-06-20", "5.00 EUR")}})
		require.NoError(t, err)
		return b
	}
	x, y := add("X"), add("Y")
	require.Contains(t, openOn(t, x, day), "X")
	require.NotContains(t, openOn(t, x, day), "Y")
	require.Contains(t, openOn(t, y, day), "Y")
	require.Equal(t, before, lines(t, a, day))
}

// 1.00 EUR at 1.0842 is 1.0842 USD: 1.08 or 1.09, as the host rounds.
func TestAllocationAcrossCurrencies(t *testing.T) {
	for _, usd := range []string{"1.08 USD", "1.09 USD"} {
		x := alloc("A9", "P2", "U1", usd)
		x.Taken, x.Rate = ar.MustMoney("1.00 EUR"), ar.MustRate("1.0842")
		a, err := account(good()).Add(ledger.Facts{Allocations: []ledger.Allocation{x}})
		require.NoError(t, err)
		paid, _ := x.Amount.Minor()
		asOf := ar.MustDate("2026-06-12")
		open := openOn(t, a, asOf)
		require.Equal(t, 5000-paid, open["U1"])
		require.Equal(t, int64(-19900), open["P2"])
		require.Equal(t, map[string]int64{"EUR": 19000 - 26000 + 100, "USD": 5000 - paid}, balanceOn(t, a, asOf))
		why, err := a.Explain("P2", asOf)
		require.NoError(t, err)
		require.Contains(t, why.String(), "1.00 EUR on 2026-06-12 to invoice \"U1\"")
	}
}

// Amounts beyond 64 bits go the same way.
func TestHugeAmounts(t *testing.T) {
	f := ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "I1", "2026-06-03", "10000000000000000000000.00 EUR"),
			doc(ledger.Payment, "P1", "2026-06-10", "9999999999999999999999.99 EUR"),
			doc(ledger.Payment, "P2", "2026-06-10", "0.02 EUR"),
		},
		Allocations: []ledger.Allocation{
			alloc("A1", "P1", "I1", "9999999999999999999999.99 EUR"),
			alloc("A2", "P2", "I1", "0.01 EUR"),
		},
	}
	require.Equal(t, map[string]int64{"P2": -1}, openOn(t, account(f), ar.MustDate("2026-06-10")))
	f.Allocations[1].Amount = ar.MustMoney("0.02 EUR")
	_, err := ledger.NewAccount(birch, f, nil)
	require.ErrorIs(t, err, ledger.ErrOverApplied)
	require.ErrorContains(t, err, "10000000000000000000000.01 EUR on 2026-06-10")
}

// An allocation with a date keeps it while its payment moves before it, and
// waits for a payment that moves after it; one without goes along.
func TestAllocationsFollowTheirPayment(t *testing.T) {
	dated := alloc("A2", "P2", "I2", "10.00 EUR")
	dated.Date = ar.MustDate("2026-06-14")
	f := good()
	f.Allocations = append(f.Allocations, dated, alloc("A3", "P2", "I1", "10.00 EUR"))
	from := func(a *ledger.Account) string {
		var out []string
		for x := range a.Applied(ar.MaxDate) {
			out = append(out, x.ID+" "+x.From.String())
		}
		return strings.Join(out, ", ")
	}
	a := account(f)
	require.Equal(t, "A1 2026-06-10, A2 2026-06-14, A3 2026-06-12", from(a))
	for _, test := range []struct{ to, want string }{
		{"2026-06-08", "A1 2026-06-10, A2 2026-06-14, A3 2026-06-08"},
		{"2026-06-01", "A1 2026-06-10, A2 2026-06-14, A3 2026-06-03"},
		{"2026-06-20", "A1 2026-06-10, A2 2026-06-20, A3 2026-06-20"},
		{"2026-06-13", "A1 2026-06-10, A2 2026-06-14, A3 2026-06-13"},
	} {
		g, err := a.Redate("P2", ar.MustDate(test.to), ledger.RedateLimits{})
		require.NoError(t, err)
		a, err = a.Add(g)
		require.NoError(t, err)
		require.Equal(t, test.want, from(a))
	}
	require.Len(t, a.Facts().Redates, 4, "nothing is rewritten")
	d, date := a.Document("P2")
	require.Equal(t, "2026-06-12 2026-06-13", fmt.Sprint(d.Date, " ", date))
	why, err := a.Explain("P2", ar.MustDate("2026-06-12"))
	require.NoError(t, err)
	require.Equal(t, "payment \"P2\" of 2026-06-12 for 200.00 EUR\n  re-dated to 2026-06-13\n  not there as of 2026-06-12\n", why.String())
}

func TestRedateRefusesAReversalThatWouldComeFirst(t *testing.T) {
	a, err := account(good()).Add(ledger.Facts{Reversals: []ledger.Reversal{{Allocation: "A1", Date: ar.MustDate("2026-06-15")}}})
	require.NoError(t, err)
	_, err = a.Redate("P1", ar.MustDate("2026-06-16"), ledger.RedateLimits{})
	require.ErrorIs(t, err, ledger.ErrTooEarly)
	_, err = a.Redate("I1", ar.MustDate("2026-06-16"), ledger.RedateLimits{})
	require.ErrorIs(t, err, ledger.ErrNotPayment)
}

// Held days against a count of days one by one.
func TestHeldDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := ledger.Facts{Documents: []ledger.Document{doc(ledger.Invoice, "I0", "2026-06-01", "1.00 EUR"), doc(ledger.Invoice, "I1", "2026-06-01", "1.00 EUR"), doc(ledger.Invoice, "I2", "2026-06-01", "1.00 EUR")}}
		flags := map[ar.Date]ledger.Flags{}
		for range rapid.IntRange(0, 6).Draw(t, "statuses") {
			day := drawDay(t)
			if _, taken := flags[day]; taken {
				continue
			}
			flags[day] = rapid.SampledFrom([]ledger.Flags{0, ledger.OnHold, ledger.Disputed, ledger.OnHold | ledger.Disputed}).Draw(t, "flags")
			f.Statuses = append(
				f.Statuses,
				ledger.Status{Document: "I1", Date: day, Flags: flags[day]},
				ledger.Status{Document: "I2", Date: day + 1, Flags: ledger.OnHold},
			)
		}
		a, err := ledger.NewAccount(birch, f, nil)
		require.NoError(t, err)
		basis, asOf := drawDay(t), drawDay(t)
		want, now := 0, ledger.Flags(0)
		for day := firstDay; day <= asOf; day++ {
			if change, ok := flags[day]; ok {
				now = change
			}
			if now.Has(ledger.OnHold) && day > basis {
				want++
			}
		}
		got, err := a.HeldDays("I1", basis, asOf)
		require.NoError(t, err)
		require.Equal(t, want, got)
		none, err := a.HeldDays("I0", basis, asOf)
		require.NoError(t, err)
		require.Zero(t, none)
		open, err := a.Open(asOf)
		require.NoError(t, err)
		for _, e := range open {
			if e.Document.ID == "I1" {
				require.Equal(t, now, e.Flags)
				held, err := a.HeldDays("I1", e.Due, asOf)
				require.NoError(t, err)
				require.EqualValues(t, held, e.Item().Held)
			}
		}
	})
}

func TestStatusLeavesTheFootnote(t *testing.T) {
	d := doc(ledger.Invoice, "I1", "2026-06-01", "1.00 EUR")
	d.Footnote, d.Flags = "by instalments on request", ledger.Disputed|ledger.OnHold
	a := account(ledger.Facts{
		Documents: []ledger.Document{d},
		Statuses:  []ledger.Status{{Document: "I1", Date: ar.MustDate("2026-06-10"), Flags: ledger.OnHold}},
	})
	for date, want := range map[string]ledger.Flags{
		"2026-06-09": ledger.Footnote | ledger.Disputed | ledger.OnHold,
		"2026-06-10": ledger.Footnote | ledger.OnHold,
	} {
		for item, err := range a.Items(ar.MustDate(date)) {
			require.NoError(t, err)
			require.Equal(t, want, item.Flags)
		}
	}
	held, err := a.HeldDays("I1", ar.MustDate("2026-06-01"), ar.MustDate("2026-06-10"))
	require.NoError(t, err)
	require.Equal(t, 1, held, "the document's own flags are undated")
}

// The oldest first: by due date, then number, then ID.
func TestOpenIsInOrder(t *testing.T) {
	var f ledger.Facts
	for _, d := range []struct{ id, number, due string }{
		{"1", "A", "2026-07-01"}, {"2", "C", "2026-06-01"}, {"4", "B", "2026-06-01"}, {"3", "B", "2026-06-01"}, {"5", "Z", "2026-05-01"},
	} {
		x := doc(ledger.Invoice, d.id, "2026-04-01", "1.00 EUR")
		x.Number, x.Due = d.number, ar.MustDate(d.due)
		f.Documents = append(f.Documents, x)
	}
	rand.New(rand.NewSource(1)).Shuffle(5, func(i, j int) { f.Documents[i], f.Documents[j] = f.Documents[j], f.Documents[i] })
	open, err := account(f).Open(ar.MustDate("2026-04-01"))
	require.NoError(t, err)
	ids := ""
	for _, e := range open {
		ids += e.Document.ID
	}
	require.Equal(t, "53421", ids)
}

func TestExplainNamesTheTerms(t *testing.T) {
	f := good()
	f.Documents[2].Terms = duedate.EOM()
	f.Documents[3].Terms = duedate.Net(7)
	a := account(f)
	for id, want := range map[string]string{
		"I1": "net 30 2026-07-03", "I2": " 2026-06-05", "U1": "eom 2026-06-30", "P1": "net 7 2026-06-17", "P2": " 2026-06-12",
	} {
		why, err := a.Explain(id, ar.MustDate("2026-06-30"))
		require.NoError(t, err)
		require.Equal(t, want, why.Terms.String()+" "+why.Due.String(), id)
		require.Equal(t, why.Terms.IsZero(), len(why.Moves) == 0)
		if len(why.Moves) > 0 {
			require.Equal(t, why.Due, why.Moves[len(why.Moves)-1].Date, "the moves lead to the due date")
		}
	}
}

// A rule may come from a file: what could command a terminal is escaped.
func TestExplainEscapesRules(t *testing.T) {
	f := good()
	f.Allocations[0].Rule = "oldest \x1b[2Jfirst"
	why, err := account(f).Explain(f.Allocations[0].Debit, ar.MustDate("2026-06-30"))
	require.NoError(t, err)
	require.Contains(t, why.String(), `(oldest \x1b[2Jfirst)`)
}

func TestKinds(t *testing.T) {
	for kind := ledger.Kind(0); kind <= ledger.WriteOff; kind++ {
		text, err := json.Marshal(kind)
		require.NoError(t, err)
		var back ledger.Kind
		require.NoError(t, json.Unmarshal(text, &back))
		require.Equal(t, kind, back)
		require.Equal(t, kind != 0, kind.IsDebit() != kind.IsCredit())
		require.Equal(t, kind >= 1 && kind <= 5, kind.IsDebit())
	}
	_, err := (ledger.WriteOff + 1).MarshalText()
	require.EqualError(t, err, "Kind(12): not a kind of document")
	require.ErrorIs(t, err, ledger.ErrKind)
	var k ledger.Kind
	err = k.UnmarshalText([]byte("Invoice"))
	require.ErrorIs(t, err, ar.ErrSyntax)
	require.ErrorContains(t, err, `kind of document "Invoice": malformed: want one of ["invoice" "charge"`)
}

func FuzzKind(f *testing.F) {
	for _, text := range []string{"", "invoice", "write-off", "Invoice", "credit note", "Kind(1)"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var kind, back ledger.Kind
		if kind.UnmarshalText([]byte(text)) != nil {
			return
		}
		printed, err := kind.MarshalText()
		require.NoError(t, err)
		require.NoError(t, back.UnmarshalText(printed))
		require.Equal(t, kind, back)
		require.Equal(t, text, string(printed))
	})
}

func TestDocumentPostingDate(t *testing.T) {
	d := doc(ledger.Invoice, "I1", "2026-06-01", "1.00 EUR")
	require.NoError(t, d.Validate())
	require.Equal(t, d.Date, d.PostingDate())
	d.Posted = ar.MustDate("2026-06-02")
	require.Equal(t, d.Posted, d.PostingDate())
}

func TestItemsStopWhenAsked(t *testing.T) {
	a := account(good())
	for want := 1; want <= 5; want++ { // of five, the second and third are parts
		seen := 0
		for _, err := range a.Items(ar.MustDate("2026-06-30")) {
			require.NoError(t, err)
			if seen++; seen == want {
				break
			}
		}
		require.Equal(t, want, seen)
	}
}

func TestDueDate(t *testing.T) {
	a, err := ledger.NewAccount(ledger.Customer{ID: "C1", Terms: duedate.Net(30)}, ledger.Facts{
		Documents: []ledger.Document{
			doc(ledger.Invoice, "terms", "2026-06-03", "10.00 EUR"),
			doc(ledger.Payment, "re-dated", "2026-06-03", "10.00 EUR"),
		},
		Redates: []ledger.Redate{{Document: "re-dated", Revision: 1, Date: ar.MustDate("2026-06-09")}},
	}, nil)
	require.NoError(t, err)
	require.Equal(t, ar.MustDate("2026-07-03"), a.DueDate("terms"))
	require.Equal(t, ar.MustDate("2026-06-09"), a.DueDate("re-dated"))
	require.Zero(t, a.DueDate("none"))
}

func TestZeroExplanationSaysNothing(t *testing.T) {
	e, err := account(good()).Explain("I9", ar.MustDate("2026-06-30"))
	require.ErrorIs(t, err, ledger.ErrUnknownDocument)
	require.Empty(t, e.String())
}
