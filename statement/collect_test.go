package statement_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// printer is a Renderer of one line for each sheet.
type printer struct {
	text   strings.Builder
	sheets int
	fail   error // after the first sheet
	deaf   bool  // it keeps silent about errors
}

func (p *printer) Render(_ context.Context, sheets iter.Seq2[statement.Sheet, error]) error {
	for sheet, err := range sheets {
		if err != nil && !p.deaf {
			return err
		}
		if err != nil {
			return nil
		}
		p.sheets++
		if inv := sheet.Invoice; inv != nil {
			fmt.Fprintf(&p.text, "%s: invoice %s, %s open\n", inv.Customer.Name, inv.Document.Number, inv.Outstanding)
		}
		if s := sheet.Statement; s != nil {
			fmt.Fprintf(&p.text, "%s: statement %s, %v\n", s.Name(), s.Period(), s.Balances())
		}
		if p.fail != nil {
			return p.fail
		}
	}
	return nil
}

func TestCollectInvoices(t *testing.T) {
	parts, err := ledger.NewAccount(ledger.Customer{ID: "C-3", Name: "Croft"}, ledger.Facts{Documents: []ledger.Document{{
		ID: "I-1", Number: "I-1", Customer: "C-3", Location: "Leeds", Kind: ledger.Invoice, Date: march.From, Amount: ar.MustMoney("30.00 EUR"),
		Parts: []ledger.Part{{Due: ar.MustDate("2026-05-01"), Amount: ar.MustMoney("10.00 EUR")}, {Due: ar.MustDate("2026-04-01"), Amount: ar.MustMoney("20.00 EUR")}},
	}, {
		ID: "P-1", Customer: "C-3", Location: "Leeds", Kind: ledger.Payment, Date: march.From, Amount: ar.MustMoney("5.00 EUR"),
	}}, Allocations: []ledger.Allocation{{ID: "A-1", Credit: "P-1", Debit: "I-1", Amount: ar.MustMoney("5.00 EUR")}}}, nil)
	require.NoError(t, err)
	store := newShelf(
		owes(t, "C-1", "Abbey", "invoice 2026-03-20 2.00 EUR", "invoice 2026-03-10 1.00 EUR", "invoice 2026-03-15 9.00 EUR York"),
		owes(t, "C-2", "Barn", "charge 2026-03-10 1.00 EUR", "finance-charge 2026-03-10 1.00 EUR", "adjustment-charge 2026-03-10 1.00 EUR",
			"refund 2026-03-10 1.00 EUR", "payment 2026-03-10 1.00 EUR", "credit-note 2026-03-10 1.00 EUR"),
		parts,
	)
	collect := func(scope ledger.Scope, limit int, customers ...string) (string, error) {
		var p printer
		err := statement.CollectInvoices(t.Context(), store, scope, statement.Selection{Customers: customers, AsOf: march.To, Cap: limit}, &p)
		return p.text.String(), err
	}
	// In the order of the selection, the oldest due first; an invoice of two open
	// parts is one.
	text, err := collect(both, 4, "C-3", "C-1", "nobody", "C-2", "C-3")
	require.NoError(t, err)
	require.Equal(t, "Croft: invoice I-1, 25.00 EUR open\n"+
		"Abbey: invoice C-1/2, 1.00 EUR open\nAbbey: invoice C-1/3, 9.00 EUR open\nAbbey: invoice C-1/1, 2.00 EUR open\n", text)
	text, err = collect(leeds, 0, "C-1")
	require.NoError(t, err)
	require.Equal(t, "Abbey: invoice C-1/2, 1.00 EUR open\nAbbey: invoice C-1/1, 2.00 EUR open\n", text)

	_, err = collect(both, 3, "C-3", "C-1")
	require.EqualError(t, err, "You can download at most 3 invoices at a time.")
	_, err = collect(leeds, 0)
	require.ErrorIs(t, err, statement.ErrNoCustomers)
	require.EqualError(t, err, "No customers selected.")
	for _, customers := range [][]string{{"C-2"}, {"nobody"}, {""}} {
		_, err = collect(leeds, 0, customers...)
		require.ErrorIs(t, err, statement.ErrNoInvoices)
		require.EqualError(t, err, "No open invoices found for the selected customers.")
	}
	_, err = collect(views("York"), 0, "C-3") // all of C-3 is elsewhere
	require.ErrorIs(t, err, statement.ErrNoInvoices)

	_, err = collect(ledger.Scope{}, 0, "C-1")
	require.ErrorIs(t, err, ledger.ErrNoLocations)
	_, err = collect(leeds, -1, "C-1")
	require.EqualError(t, err, "a cap of -1 invoices: want 1 or more, or 0 for the usual")
	err = statement.CollectInvoices(t.Context(), store, leeds, statement.Selection{Customers: []string{"C-1"}}, &printer{})
	require.ErrorIs(t, err, ledger.ErrBadDate)
}

// The cap counts invoices, not customers, and nothing is rendered above it.
func TestCollectCap(t *testing.T) {
	documents := make([]string, 100)
	for i := range documents {
		documents[i] = "invoice 2026-03-15 1.00 EUR"
	}
	store := newShelf(owes(t, "C-1", "", documents...), owes(t, "C-2", "", "invoice 2026-03-15 1.00 EUR"), owes(t, "C-3", ""))
	q := statement.Selection{Customers: []string{"C-1"}, AsOf: march.To}
	var p printer
	require.NoError(t, statement.CollectInvoices(t.Context(), store, leeds, q, &p))
	require.Equal(t, 100, p.sheets)

	q.Customers = []string{"C-1", "C-2", "C-3"}
	p = printer{}
	err := statement.CollectInvoices(t.Context(), store, leeds, q, &p)
	require.EqualError(t, err, "You can download at most 100 invoices at a time.")
	var above *statement.CapError
	require.ErrorAs(t, err, &above)
	require.Equal(t, 100, above.Cap)
	require.Zero(t, p.sheets)
	require.Zero(t, store.count("account C-3"), "the store was asked on above the cap")
}

func TestDownloadFailed(t *testing.T) {
	store := newShelf(many(t, 3)...)
	generate(t, runFor("r"), store, leeds)
	jam := errors.New("paper jam")
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for name, collect := range map[string]func(context.Context, statement.Renderer) error{
		"invoices": func(ctx context.Context, r statement.Renderer) error {
			q := statement.Selection{Customers: []string{"C-0001", "C-0002"}, AsOf: march.To}
			return statement.CollectInvoices(ctx, store, leeds, q, r)
		},
		"run": func(ctx context.Context, r statement.Renderer) error {
			return statement.CollectRuns(ctx, store, leeds, []string{"r"}, 0, r)
		},
	} {
		check := func(err, cause error) {
			var failed *statement.DownloadError
			require.ErrorAs(t, err, &failed, name)
			require.EqualError(t, err, "Download failed.")
			require.ErrorIs(t, err, cause)
		}
		check(collect(t.Context(), &printer{fail: jam}), jam)
		check(collect(cancelled, &printer{}), context.Canceled)
		store.at = func(step string) error {
			if step == "account C-0002" || step == "record" {
				return jam
			}
			return nil
		}
		check(collect(t.Context(), &printer{}), jam)
		store.at = nil
		ctx, stop := context.WithCancel(t.Context())
		check(collect(ctx, rendererFunc(func(_ context.Context, sheets iter.Seq2[statement.Sheet, error]) error {
			n := 0
			for _, err := range sheets {
				if n++; err != nil {
					require.Equal(t, 2, n)
					return nil // a renderer that keeps silent
				}
				stop()
			}
			return nil
		})), context.Canceled)
	}
}

type rendererFunc func(context.Context, iter.Seq2[statement.Sheet, error]) error

func (f rendererFunc) Render(ctx context.Context, sheets iter.Seq2[statement.Sheet, error]) error {
	return f(ctx, sheets)
}

func TestCollectRuns(t *testing.T) {
	store := newShelf(many(t, 5)...)
	r := runFor("r")
	r.Cap = 2
	generate(t, r, store, leeds)
	r.Cap, r.Now = 5, noon.Add(1) // what is made later comes first from the store
	generate(t, r, store, leeds)
	generate(t, runFor("another"), store, leeds)

	var p printer
	require.NoError(t, statement.CollectRuns(t.Context(), store, leeds, []string{"r"}, 0, &p))
	require.Equal(t, `Customer 1: statement 2026-03-01 to 2026-03-31, [1.00 EUR]
Customer 2: statement 2026-03-01 to 2026-03-31, [2.00 EUR]
Customer 3: statement 2026-03-01 to 2026-03-31, [3.00 EUR]
Customer 4: statement 2026-03-01 to 2026-03-31, [4.00 EUR]
Customer 5: statement 2026-03-01 to 2026-03-31, [5.00 EUR]
`, p.text.String())

	// The batches of a month are one document, by customer; a run named twice is in
	// it once, and one without statements adds nothing.
	p = printer{}
	require.NoError(t, statement.CollectRuns(t.Context(), store, leeds, []string{"r", "another", "none", "r"}, 0, &p))
	require.Equal(t, 10, p.sheets)
	require.True(t, strings.HasPrefix(p.text.String(), strings.Repeat("Customer 1: statement 2026-03-01 to 2026-03-31, [1.00 EUR]\n", 2)))
	require.ErrorIs(t, statement.CollectRuns(t.Context(), store, leeds, nil, 0, &p), statement.ErrNoRun)

	require.ErrorIs(t, statement.CollectRuns(t.Context(), store, views("York"), []string{"r"}, 0, &p), statement.ErrNoRecord)
	require.EqualError(t, statement.CollectRuns(t.Context(), store, leeds, []string{"s"}, 0, &p), `statements of runs ["s"]: no such saved statement`)
	require.ErrorIs(t, statement.CollectRuns(t.Context(), store, leeds, []string{""}, 0, &p), statement.ErrNoRun)
	require.ErrorIs(t, statement.CollectRuns(t.Context(), store, ledger.Scope{}, []string{"r"}, 0, &p), ledger.ErrNoLocations)

	for key, saved := range store.records { // a record that is damaged
		if key.Customer == "C-0003" {
			saved.Content = saved.Content[:20]
			store.records[key] = saved
		}
	}
	p = printer{deaf: true}
	err := statement.CollectRuns(t.Context(), store, leeds, []string{"r"}, 0, &p)
	require.EqualError(t, err, "Download failed.")
	require.ErrorIs(t, err, statement.ErrContent)
	require.Equal(t, 2, p.sheets)
}
