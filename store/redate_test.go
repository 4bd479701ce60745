package store_test

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
)

func saved(records ...statement.Record) iter.Seq2[statement.Record, error] {
	return func(yield func(statement.Record, error) bool) {
		for _, r := range records {
			if !yield(r, nil) {
				return
			}
		}
	}
}

// nothing is what a store has that has no statements.
var nothing = saved()

// stated is the record of a statement of what an account has at some locations.
func stated(t require.TestingT, a *ledger.Account, period statement.Period, locations ...string) statement.Record {
	return statedAs(t, statement.OpenItem, a, period, locations...)
}

func statedAs(t require.TestingT, form statement.Form, a *ledger.Account, period statement.Period, locations ...string) statement.Record {
	s, err := statement.FromAccount(a, scope(t, locations...), statement.Options{Period: period, Form: form, Buckets: bucket.Standard()})
	require.NoError(t, err)
	r, err := s.Record("run of "+fmt.Sprint(locations), locations, noon)
	require.NoError(t, err)
	return r
}

func redate(payment string, to ar.Date) *store.Posting {
	return posting(ledger.Facts{Redates: []ledger.Redate{{Document: payment, Revision: 1, Date: to}}})
}

// Whatever payments and statements there are: a new date is refused for what the
// statements show that the scope views, in the same words as if there were no
// others; then, without a word, for what the others show; and else it is there.
func TestApplyJudgesNewDates(t *testing.T) {
	seen := map[string]int{}
	check := func(t *rapid.T) {
		day := func(what string) ar.Date { return march31 - 40 + ar.Date(rapid.IntRange(0, 50).Draw(t, what)) }
		location := rapid.SampledFrom([]string{"EAST", "WEST"})
		var f ledger.Facts
		for i := range rapid.IntRange(1, 3).Draw(t, "payments") {
			d := doc(ledger.Payment, fmt.Sprint("P", i), location.Draw(t, "location"), "5.00 EUR")
			d.Date = day("date")
			f.Documents = append(f.Documents, d)
		}
		a := account(t, f)
		var all, viewed []statement.Record
		for range rapid.IntRange(0, 3).Draw(t, "statements") {
			locations := rapid.SliceOfNDistinct(location, 1, 2, rapid.ID).Draw(t, "locations")
			period := statement.Period{From: quarter.From, To: day("to")}
			if rapid.Bool().Draw(t, "later period") {
				period.From = max(period.From, period.To-10)
			}
			form := rapid.SampledFrom([]statement.Form{statement.OpenItem, statement.BalanceForward}).Draw(t, "form")
			r := statedAs(t, form, a, period, locations...)
			all = append(all, r)
			if !slices.Contains(r.Locations, "WEST") {
				viewed = append(viewed, r)
			}
		}
		// forbidden is the reasons by the words of the rule: all payments are
		// unapplied, and there before any statement, so one of either form shows
		// those at its locations up to its end.
		forbidden := func(d *ledger.Document, to ar.Date, records []statement.Record) (shown, early bool) {
			for _, r := range records {
				if slices.Contains(r.Locations, d.Location) {
					shown = shown || d.Date <= r.Period.To
					early = early || to < r.Period.To
				}
			}
			return shown, early
		}
		d, to := rapid.SampledFrom(f.Documents).Draw(t, "payment"), day("new date")
		p, by := redate(d.ID, to), scope(t, "EAST")
		next, err := p.Apply(a, saved(all...), by, nil)
		_, want := p.Apply(a, saved(viewed...), by, nil)
		shown, early := forbidden(&d, to, viewed)
		otherShown, otherEarly := forbidden(&d, to, all)
		switch {
		case d.Location == "WEST":
			require.ErrorIs(t, err, ledger.ErrUnknownDocument)
			require.EqualError(t, err, want.Error())
			seen["unknown"]++
		case shown || early:
			require.Equal(t, shown, errors.Is(err, ledger.ErrOnStatement))
			require.Equal(t, early, errors.Is(err, ledger.ErrBeforeStatement))
			require.EqualError(t, err, want.Error())
			seen["refused"]++
		case otherShown || otherEarly:
			require.NoError(t, want)
			require.ErrorIs(t, err, store.ErrHidden)
			require.EqualError(t, err, `posting "k1" for customer "C1": it does not fit with what the scope does not view`)
			seen["hidden"]++
		default:
			require.NoError(t, err)
			_, now := next.Document(d.ID)
			require.Equal(t, to, now)
			seen["done"]++
		}
		if d.Location == "EAST" { // who views all is told all
			_, err = p.Apply(a, saved(all...), scope(t, "EAST", "WEST"), nil)
			require.Equal(t, otherShown, errors.Is(err, ledger.ErrOnStatement))
			require.Equal(t, otherEarly, errors.Is(err, ledger.ErrBeforeStatement))
		}
	}
	for range 20 { // until all that can come of it did: the race detector has few checks
		if rapid.Check(t, check); len(seen) == 4 {
			break
		}
	}
	for _, what := range []string{"unknown", "refused", "hidden", "done"} {
		require.Positive(t, seen[what], what)
	}
}

func TestApplySaysWhyANewDateIsRefused(t *testing.T) {
	a := account(t, ledger.Facts{Documents: []ledger.Document{doc(ledger.Payment, "P1", "EAST", "60.00 EUR")}})
	records := saved(stated(t, a, quarter, "EAST"))
	_, err := redate("P1", march31-1).Apply(a, records, scope(t, "EAST"), nil)
	require.EqualError(t, err, `re-date payment "P1" of 2026-03-01 for 60.00 EUR to 2026-03-30: a saved statement shows the payment, 2026-03-31
re-date payment "P1" of 2026-03-01 for 60.00 EUR to 2026-03-30: before the last statement, 2026-03-31`)

	// Each of several payments, and each of the new dates of one.
	two := redate("P1", march31)
	two.Facts.Redates = append(two.Facts.Redates, ledger.Redate{Document: "P1", Revision: 2, Date: march31 + 1})
	_, err = two.Apply(a, records, scope(t, "EAST"), nil)
	require.EqualError(t, err, `re-date payment "P1" of 2026-03-01 for 60.00 EUR to 2026-03-31: a saved statement shows the payment, 2026-03-31
re-date payment "P1" of 2026-03-01 for 60.00 EUR to 2026-04-01: a saved statement shows the payment, 2026-03-31`)
}

// A payment of the posting itself is on no statement, also where the customer is
// new: its new date is as good as a date of its own.
func TestApplyLetsNewPaymentsHaveAnyDate(t *testing.T) {
	p := posting(ledger.Facts{
		Documents: []ledger.Document{doc(ledger.Payment, "P1", "EAST", "60.00 EUR")},
		Redates:   []ledger.Redate{{Document: "P1", Revision: 1, Date: ar.MustDate("2026-02-02")}},
	})
	p.Details = &ledger.Customer{ID: "C1"}
	a := account(t, ledger.Facts{})
	for _, there := range []*ledger.Account{nil, a} {
		next, err := p.Apply(there, saved(stated(t, a, quarter, "EAST")), scope(t, "EAST"), nil)
		require.NoError(t, err)
		_, date := next.Document("P1")
		require.Equal(t, "2026-02-02", date.String())
	}
}

func TestApplyReadsRecordsOnlyForNewDates(t *testing.T) {
	a := account(t, ledger.Facts{Documents: []ledger.Document{doc(ledger.Payment, "P1", "EAST", "60.00 EUR")}})
	broken := func(yield func(statement.Record, error) bool) { yield(statement.Record{}, errFault) }
	_, err := redate("P1", march31).Apply(a, broken, scope(t, "EAST"), nil)
	require.ErrorIs(t, err, errFault)
	_, err = posting(ledger.Facts{Statuses: []ledger.Status{{Document: "P1", Date: march31}}}).Apply(a, broken, scope(t, "EAST"), nil)
	require.NoError(t, err)
}

// What cannot be read may show the payment; who does not view it learns nothing.
func TestApplyRefusesWhatItCannotJudge(t *testing.T) {
	a := account(t, ledger.Facts{Documents: []ledger.Document{doc(ledger.Payment, "P1", "EAST", "60.00 EUR")}})
	r := stated(t, a, quarter, "EAST", "WEST")
	r.Version = 2
	_, err := redate("P1", march31).Apply(a, saved(r), scope(t, "EAST", "WEST"), nil)
	require.ErrorIs(t, err, statement.ErrVersion)
	require.ErrorContains(t, err, r.Run)
	_, err = redate("P1", march31).Apply(a, saved(r), scope(t, "EAST"), nil)
	require.ErrorIs(t, err, store.ErrHidden)
	require.EqualError(t, err, `posting "k1" for customer "C1": it does not fit with what the scope does not view`)
	r.Locations = []string{"WEST"}
	_, err = redate("P1", march31).Apply(a, saved(r), scope(t, "EAST"), nil)
	require.NoError(t, err)
}
