package aging_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// weekdays have business days from Monday to Friday.
type weekdays struct{}

func (weekdays) IsBusinessDay(d ar.Date) bool {
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}

func explainedAccount(t *testing.T) *ledger.Account {
	t.Helper()
	doc := func(id string, kind ledger.Kind, date, amount string) ledger.Document {
		return ledger.Document{ID: id, Number: "No " + id, Customer: "C1", Kind: kind, Date: day(date), Amount: ar.MustMoney(amount)}
	}
	allocate := func(id, credit, debit, date, amount, rule string) ledger.Allocation {
		x := ledger.Allocation{ID: id, Credit: credit, Debit: debit, Amount: ar.MustMoney(amount), Rule: rule}
		if date != "" {
			x.Date = day(date)
		}
		return x
	}
	parts := doc("I2", ledger.Invoice, "2026-03-01", "300.00 EUR")
	parts.Parts = []ledger.Part{
		{Due: day("2026-04-01"), Amount: ar.MustMoney("100.00 EUR")},
		{Due: day("2026-05-01"), Amount: ar.MustMoney("100.00 EUR")},
		{Due: day("2026-07-01"), Amount: ar.MustMoney("100.00 EUR")},
	}
	a, err := ledger.NewAccount(ledger.Customer{ID: "C1", Terms: duedate.MustParse("net 30, roll following WEEKDAYS")}, ledger.Facts{
		Documents: []ledger.Document{
			doc("I1", ledger.Invoice, "2026-04-30", "1000.00 EUR"), parts,
			doc("I3", ledger.Invoice, "2026-04-30", "10.00 EUR"), doc("I4", ledger.Invoice, "2026-07-01", "10.00 EUR"),
			doc("P1", ledger.Payment, "2026-05-20", "500.00 EUR"), doc("N1", ledger.CreditNote, "2026-06-10", "40.00 EUR"),
		},
		Allocations: []ledger.Allocation{
			allocate("A1", "P1", "I1", "", "250.00 EUR", "oldest first"), allocate("A2", "N1", "I1", "2026-06-12", "30.00 EUR", "specified"),
			allocate("A3", "P1", "I2", "2026-05-21", "120.00 EUR", ""), allocate("A4", "P1", "I3", "", "10.00 EUR", "exact match"),
			allocate("A5", "P1", "I1", "2026-07-01", "120.00 EUR", "after the as-of date"),
		},
	}, duedate.Calendars{"WEEKDAYS": weekdays{}})
	require.NoError(t, err)
	return a
}

func TestExplainDocumentTells(t *testing.T) {
	a := explainedAccount(t)
	opt := aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()}
	for id, want := range map[string]string{
		"I1": `invoice "I1" of 2026-04-30 for 1000.00 EUR
  amount       1000.00 EUR
  − applied    250.00 EUR on 2026-05-20 from payment "P1" (oldest first)
  − applied    30.00 EUR on 2026-06-12 from credit-note "N1" (specified)
  = open       720.00 EUR as of 2026-06-30
  terms        net 30, roll following WEEKDAYS: 2026-04-30 → net 30 → 2026-05-30 → roll following WEEKDAYS → 2026-06-01
  due          2026-06-01
  as of        2026-06-30: 29 days past due
  bucket       1–30: days 1–30
`,
		"I2": `invoice "I2" of 2026-03-01 for 300.00 EUR
  amount       300.00 EUR
  − applied    120.00 EUR on 2026-05-21 from payment "P1"
  = open       180.00 EUR as of 2026-06-30
    part 2 of 100.00 EUR, due 2026-05-01: 80.00 EUR
    part 3 of 100.00 EUR, due 2026-07-01: 100.00 EUR
  part 2, of which 80.00 EUR is open
    due          2026-05-01, given with the document
    as of        2026-06-30: 60 days past due
    bucket       31–60: days 31–60
  part 3, of which 100.00 EUR is open
    due          2026-07-01, given with the document
    as of        2026-06-30: due in 1 day
    bucket       Current: days up to 0
`,
		"I3": `invoice "I3" of 2026-04-30 for 10.00 EUR
  amount       10.00 EUR
  − applied    10.00 EUR on 2026-05-20 from payment "P1" (exact match)
  = open       0.00 EUR as of 2026-06-30
  not in the report: nothing is outstanding
`,
		"I4": `invoice "I4" of 2026-07-01 for 10.00 EUR
  not there as of 2026-06-30
  not in the report: dated after the as-of date
`,
		"P1": `payment "P1" of 2026-05-20 for 500.00 EUR
  amount       500.00 EUR
  − applied    250.00 EUR on 2026-05-20 to invoice "I1" (oldest first)
  − applied    10.00 EUR on 2026-05-20 to invoice "I3" (exact match)
  − applied    120.00 EUR on 2026-05-21 to invoice "I2"
  = open       120.00 EUR as of 2026-06-30
  due          2026-05-20, on the document date
  as of        2026-06-30: 41 days old
  bucket       none: unapplied credits have a column of their own; aged, 31–60: days 31–60
`,
	} {
		got, err := aging.ExplainDocument(a, id, opt)
		require.NoError(t, err)
		require.Equal(t, want, got.String(), id)
		if id == "I3" {
			require.ErrorIs(t, got.Reason, aging.ErrSettled)
		}
	}
	_, err := aging.ExplainDocument(a, "I9", opt)
	require.ErrorIs(t, err, ledger.ErrUnknownDocument)
	_, err = aging.ExplainDocument(a, "I1", aging.Options{})
	require.ErrorIs(t, err, aging.ErrNoAsOf)
}

// The explanations of all documents are the lines of the detail.
func TestExplainDocumentAgreesWithTheDetail(t *testing.T) {
	a := explainedAccount(t)
	for _, asOf := range []string{"2026-04-29", "2026-04-30", "2026-05-20", "2026-06-30", "2026-07-01", "2026-12-31"} {
		opt := aging.Options{AsOf: day(asOf), Buckets: bucket.Standard()}
		d, err := aging.NewDetail(a.Items(opt.AsOf), opt, "C1")
		require.NoError(t, err)
		var explained []aging.Line
		for i := range a.Facts().Documents {
			x, err := aging.ExplainDocument(a, a.Facts().Documents[i].ID, opt)
			require.NoError(t, err)
			require.Equal(t, x.Reason == nil, len(x.Items) > 0)
			for i := range x.Items {
				explained = append(explained, x.Items[i].Line)
			}
		}
		require.ElementsMatch(t, d.Lines(nil), explained, asOf)
	}
}
