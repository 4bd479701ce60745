package memstore

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
)

var noon = time.Date(2026, time.March, 31, 12, 0, 0, 123456789, time.UTC)

func everywhere(t testing.TB) ledger.Scope {
	t.Helper()
	scope, err := ledger.NewScope([]string{"", "EAST", "WEST"}, []string{"", "EAST", "WEST"})
	require.NoError(t, err)
	return scope
}

// always is a calendar without holidays.
type always struct{}

func (always) IsBusinessDay(ar.Date) bool { return true }

func calendars() duedate.Calendars { return duedate.Calendars{"BE": always{}} }

// filled is a store that has something of everything that is saved. The file
// testdata/v1.store is of it.
func filled(t testing.TB) *Store {
	t.Helper()
	march := func(day int) ar.Date { return ar.MustDate("2026-02-28") + ar.Date(day) }
	own, err := ar.NewCurrency("PTS", 0)
	require.NoError(t, err)
	points, err := ar.NewMoney(7, own)
	require.NoError(t, err)
	factor := ar.MustRate("1000000000000000000000000000000003")
	huge, err := ar.MustMoney("1234567890123456789.99 EUR").Mul(factor, ar.NoRounding) // more digits than can be parsed
	require.NoError(t, err)
	tied, err := duedate.Parse("net 3, roll following BE")
	require.NoError(t, err)

	s := New(calendars())
	post := func(p store.Posting) {
		p.At, p.By = noon, "alice"
		require.NoError(t, s.Post(t.Context(), everywhere(t), p))
	}
	doc := func(id, customer, location string, kind ledger.Kind, amount ar.Money) ledger.Document {
		return ledger.Document{ID: id, Customer: customer, Location: location, Kind: kind, Date: march(3), Amount: amount}
	}
	full := doc("I1", "C1", "EAST", ledger.Invoice, ar.MustMoney("100.00 EUR"))
	full.Number, full.Posted, full.Footnote, full.Flags = "2026/\xff1", march(4), "note\n\U0001F600", ledger.Disputed|ledger.OnHold
	full.Terms, full.Booking = tied, ar.MustRate("0.925")
	parts := doc("I2", "C1", "", ledger.Charge, ar.MustMoney("1.500 KWD"))
	parts.Parts = []ledger.Part{{Due: march(30), Amount: ar.MustMoney("0.500 KWD")}, {Due: march(60), Amount: ar.MustMoney("1.000 KWD")}}
	due := doc("I3", "C1", "WEST", ledger.Invoice, huge)
	due.Due = march(-400)
	post(store.Posting{
		Key: "k1", Customer: "C1", Details: &ledger.Customer{ID: "C1", Name: "Ann <é>", Terms: duedate.EOFM()},
		Facts: ledger.Facts{Documents: []ledger.Document{full, parts, due, doc("I4", "C1", "EAST", ledger.FinanceCharge, points)}},
	})
	post(store.Posting{Key: "k2", Customer: "C1", Facts: ledger.Facts{
		Documents: []ledger.Document{
			doc("P1", "C1", "EAST", ledger.Payment, ar.MustMoney("60.00 USD")),
			doc("P2", "C1", "EAST", ledger.Deposit, ar.MustMoney("0.01 EUR")),
		},
		Allocations: []ledger.Allocation{
			{
				ID: "A1", Credit: "P1", Debit: "I1", Amount: ar.MustMoney("46.13 EUR"), Taken: ar.MustMoney("50.00 USD"),
				Rate: ar.MustRate("0.9225"), Date: march(9), Rule: "oldest first",
			},
			{ID: "A2", Credit: "P2", Debit: "I1", Amount: ar.MustMoney("0.01 EUR")},
		},
	}})
	post(store.Posting{Key: "k3", Customer: "C1", Facts: ledger.Facts{
		Documents:   []ledger.Document{doc("P3", "C1", "", ledger.CreditNote, ar.MustMoney("0.250 KWD"))},
		Allocations: []ledger.Allocation{{ID: "A3", Credit: "P3", Debit: "I2", Part: 2, Amount: ar.MustMoney("0.250 KWD"), With: "A2"}},
		Reversals:   []ledger.Reversal{{Allocation: "A2", Date: march(20), Reason: "bounced"}},
		Redates:     []ledger.Redate{{Document: "P2", Revision: 1, Date: march(5), Reason: "value date"}},
		Statuses:    []ledger.Status{{Document: "I1", Date: march(21), Flags: ledger.OnHold, Reason: "asked"}, {Document: "I1", Date: march(25)}},
	}})
	post(store.Posting{Key: "k1", Customer: "C0", Details: &ledger.Customer{ID: "C0"}})
	post(store.Posting{Key: "k4", Customer: "C1", Details: &ledger.Customer{ID: "C1", Name: "Ann & sons", Terms: duedate.Net(30)}})

	p := credit.Profile{
		Customer: "C1", Revision: 1, Limit: ar.MustMoney("0.00 EUR"), Status: credit.OnHold, Terms: duedate.Net(14),
		CallNote: "call", Remark: "remark", LastCall: credit.Call{Date: march(30), Initials: "JD"},
	}
	changes := []credit.Change{{Customer: "C1", Revision: 1, Field: credit.FieldRemark, From: "", To: "remark", By: "bob", At: noon}}
	require.NoError(t, s.SaveProfile(t.Context(), everywhere(t), p, changes))
	require.NoError(t, s.SaveProfile(t.Context(), everywhere(t), credit.Profile{Customer: "only a profile", Revision: 1}, nil))

	for i, customer := range []string{"C1", "C2"} {
		r := statement.Record{
			Key:       statement.Key{Run: "R1", Customer: customer, Period: statement.Period{From: march(1), To: march(31)}},
			Locations: []string{"", "EAST"}, At: noon.Add(time.Duration(i) * time.Second),
			Balances: []ar.Money{huge.Neg(), ar.MustMoney("-5 JPY"), {}}, Version: 1, Content: []byte("content\x00\xff"),
		}
		require.NoError(t, s.SaveRecord(t.Context(), everywhere(t), r, time.Time{}))
	}
	require.NoError(t, s.MarkSent(t.Context(), everywhere(t), statement.Key{Run: "R1", Customer: "C2", Period: statement.Period{From: march(1), To: march(31)}}, noon.Add(time.Hour)))
	return s
}

// written returns the bytes that a store is saved as.
func written(t testing.TB, s *Store) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, s.now.Load().write(t.Context(), &b))
	return b.Bytes()
}

// told returns all that a store says when asked, as text.
func told(t testing.TB, s *Store) string {
	t.Helper()
	var b bytes.Buffer
	ctx := t.Context()
	say := func(x any, err error) {
		require.NoError(t, err)
		fmt.Fprintf(&b, "%+v\n", x)
	}
	for c := range s.now.Load().customers.all() {
		if a, err := s.Account(ctx, everywhere(t), c.id); err == nil {
			say(a.Facts(), nil)
			say(a.Customer(), nil)
		}
		say(s.Profile(ctx, everywhere(t), c.id))
		for x, err := range s.Changes(ctx, everywhere(t), c.id) {
			say(x, err)
		}
	}
	for _, day := range []string{"2026-03-02", "2026-03-08", "2026-03-24", "2026-04-30"} {
		for x, err := range s.OpenItems(ctx, ledger.Query{Scope: everywhere(t), AsOf: ar.MustDate(day)}) {
			say(x, err)
		}
	}
	for x, err := range s.Postings(ctx, everywhere(t), "") {
		if x.Details != nil {
			say(*x.Details, nil)
			x.Details = nil
		}
		say(x, err)
	}
	for x, err := range s.Records(ctx, statement.RecordQuery{Scope: everywhere(t)}) {
		say(x, err)
	}
	return b.String()
}
