package aging_test

import (
	"slices"
	"testing"

	"github.com/cockroachdb/apd/v3"
	gocmp "github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

var treatments = []aging.Treatment{aging.CreditsApart, aging.CreditsAged, aging.CreditsOldestFirst, aging.CreditsLeftOut}

func treat(t require.TestingT, r *aging.Report, by aging.Treatment) *aging.Report {
	treated, err := r.Treat(by)
	require.NoError(t, err)
	return treated
}

// figures are the buckets of a row and its other amounts, as text.
func figures(w aging.Row) []string {
	texts := amounts(w)
	for _, f := range []aging.Figure{aging.Total, aging.Unapplied, aging.Credits, aging.Balance, aging.PastDue} {
		texts = append(texts, w.Figure(f).Amount())
	}
	return texts
}

func TestTreatments(t *testing.T) {
	// As of 2026-06-30: 40.00 not yet due, 100.00 due 20 days ago, 10.00 due 121
	// days ago; a credit of 30.00 that is 10 days old, and one of 25.00 dated that
	// day, which is not past due.
	items := []ledger.Item{
		item("C1", "1", "2026-07-10", "40.00 EUR"), item("C1", "2", "2026-06-10", "100.00 EUR"), item("C1", "3", "2026-03-01", "10.00 EUR"),
		item("C1", "4", "2026-06-20", "-30.00 EUR"), item("C1", "5", "2026-06-30", "-25.00 EUR"),
		item("C2", "6", "2026-06-10", "7.00 EUR"),
		item("C3", "7", "2026-06-10", "-7.00 EUR"),
		item("C4", "8", "2026-06-10", "7.00 EUR"), item("C4", "9", "2026-06-29", "-7.00 EUR"),
		item("C5", "8", "2026-06-10", "7.00 EUR"), item("C5", "9", "2026-06-29", "-7.01 EUR"),
	}
	r := compute(t, "2026-06-30", bucket.Standard(), items...)
	for _, c := range []struct {
		by   aging.Treatment
		want map[string][]string // Current, 1–30 … Over 120; total, unapplied, credits, balance, past due
	}{
		{aging.CreditsApart, map[string][]string{
			"C1": {"40.00", "100.00", "0.00", "0.00", "0.00", "10.00", "150.00", "55.00", "55.00", "95.00", "110.00"},
			"C2": {"0.00", "7.00", "0.00", "0.00", "0.00", "0.00", "7.00", "0.00", "0.00", "7.00", "7.00"},
			"C3": {"0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "7.00", "7.00", "-7.00", "0.00"},
			"C4": {"0.00", "7.00", "0.00", "0.00", "0.00", "0.00", "7.00", "7.00", "7.00", "0.00", "7.00"},
			"C5": {"0.00", "7.00", "0.00", "0.00", "0.00", "0.00", "7.00", "7.01", "7.01", "-0.01", "7.00"},
		}},
		{aging.CreditsAged, map[string][]string{
			"C1": {"15.00", "70.00", "0.00", "0.00", "0.00", "10.00", "95.00", "0.00", "55.00", "95.00", "80.00"},
			"C2": {"0.00", "7.00", "0.00", "0.00", "0.00", "0.00", "7.00", "0.00", "0.00", "7.00", "7.00"},
			"C3": {"0.00", "-7.00", "0.00", "0.00", "0.00", "0.00", "-7.00", "0.00", "7.00", "-7.00", "-7.00"},
			"C4": {"0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "7.00", "0.00", "0.00"},
			"C5": {"0.00", "-0.01", "0.00", "0.00", "0.00", "0.00", "-0.01", "0.00", "7.01", "-0.01", "-0.01"},
		}},
		{aging.CreditsOldestFirst, map[string][]string{
			"C1": {"40.00", "55.00", "0.00", "0.00", "0.00", "0.00", "95.00", "0.00", "55.00", "95.00", "55.00"},
			"C2": {"0.00", "7.00", "0.00", "0.00", "0.00", "0.00", "7.00", "0.00", "0.00", "7.00", "7.00"},
			"C3": {"0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "7.00", "7.00", "-7.00", "0.00"},
			"C4": {"0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "7.00", "0.00", "0.00"},
			"C5": {"0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.01", "7.01", "-0.01", "0.00"},
		}},
		{aging.CreditsLeftOut, map[string][]string{
			"C1": {"40.00", "100.00", "0.00", "0.00", "0.00", "10.00", "150.00", "0.00", "55.00", "150.00", "110.00"},
			"C2": {"0.00", "7.00", "0.00", "0.00", "0.00", "0.00", "7.00", "0.00", "0.00", "7.00", "7.00"},
			"C3": {"0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "7.00", "0.00", "0.00"},
			"C4": {"0.00", "7.00", "0.00", "0.00", "0.00", "0.00", "7.00", "0.00", "7.00", "7.00", "7.00"},
			"C5": {"0.00", "7.00", "0.00", "0.00", "0.00", "0.00", "7.00", "0.00", "7.01", "7.00", "7.00"},
		}},
	} {
		got := treat(t, r, c.by)
		require.Equal(t, c.by, got.Treatment())
		require.Equal(t, len(c.want), got.Len())
		for key, want := range c.want {
			require.Equal(t, want, figures(row(t, got, key, eur)), "%s of %s", c.by, key)
		}
	}
}

func TestTreatRefuses(t *testing.T) {
	items := []ledger.Item{item("C1", "1", "2026-06-10", "7.00 EUR"), item("C1", "2", "2026-06-10", "-7.00 EUR")}
	r := compute(t, "2026-06-30", bucket.Standard(), items...)
	_, err := r.Treat(9)
	require.EqualError(t, err, "treatment of credits 9 is not defined")
	byDate, err := aging.Compute(items, aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard(), Basis: aging.DocumentDate})
	require.NoError(t, err)
	_, err = byDate.Treat(aging.CreditsOldestFirst)
	require.ErrorIs(t, err, aging.ErrNotByDueDate)
	require.EqualError(t, err, "credits come off the oldest debits only in a report by due date: this one is by date")
	for _, by := range treatments[1:] {
		treated := treat(t, r, by)
		_, err := treated.Treat(aging.CreditsAged)
		require.ErrorIs(t, err, aging.ErrDerived)
		for _, reports := range [][]*aging.Report{{r, treated}, {treated, r}, {treated}} {
			_, err = aging.Merge(reports...)
			require.ErrorIs(t, err, aging.ErrMerge)
			require.ErrorIs(t, err, aging.ErrDerived)
		}
	}
	merged, err := aging.Merge(treat(t, r, aging.CreditsApart), r)
	require.NoError(t, err, "apart is as they were computed")
	require.Equal(t, "14.00", row(t, merged, "C1", eur).Unapplied().Amount())
}

func TestTreatmentText(t *testing.T) {
	for i, want := range []string{"apart", "aged", "oldest-first", "left-out"} {
		text, err := aging.Treatment(i).MarshalText()
		require.NoError(t, err)
		require.Equal(t, want, string(text))
		var back aging.Treatment
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, treatments[i], back)
	}
	_, err := aging.Treatment(4).MarshalText()
	require.Error(t, err)
	require.Equal(t, "Treatment(4)", aging.Treatment(4).String())
	require.ErrorContains(t, new(aging.Treatment).UnmarshalText([]byte("netted")), `treatment of credits "netted": want one of`)
}

// A treated report stays what it was when the book behind it goes on.
func TestTreatedReportOfABookStandsStill(t *testing.T) {
	for _, by := range treatments {
		book, err := aging.NewBook([]ledger.Item{
			item("C1", "1", "2026-06-10", "7.00 EUR"), item("C1", "2", "2026-06-10", "-3.00 EUR"), item("C2", "3", "2026-06-10", "5.00 EUR"),
		}, aging.Options{AsOf: day("2026-06-30"), Buckets: bucket.Standard()})
		require.NoError(t, err)
		require.NoError(t, book.Remove(2))
		treated := treat(t, book.Report(), by)
		before := treated.Clone()
		require.Equal(t, 1, treated.Len(), "C2 has nothing open")
		require.NoError(t, book.SetOutstanding(0, ar.MustMoney("9.00 EUR")))
		_, err = book.Add(item("C3", "4", "2026-06-10", "-1.00 EUR"))
		require.NoError(t, err)
		require.Empty(t, gocmp.Diff(before, treated), by)
		require.Equal(t, 2, treat(t, book.Report(), by).Len())
	}
}

// treatedReference is the treated report as one would compute it by hand: the
// reference of other items, of which the credits are gone, are debits to be taken
// off, or are paid out to the oldest debits.
func treatedReference(t require.TestingT, items []ledger.Item, opt aging.Options, by aging.Treatment) *reference {
	var others, credits []ledger.Item
	for _, it := range items {
		if it.Outstanding.Sign() < 0 && it.Date <= opt.AsOf && (it.Closed == 0 || it.Closed > opt.AsOf) {
			credits = append(credits, it)
		} else {
			others = append(others, it)
		}
	}
	all := referenceOf(t, items, opt)
	m := all
	switch by {
	case aging.CreditsApart:
	case aging.CreditsLeftOut:
		m = referenceOf(t, others, opt)
	case aging.CreditsAged:
		m = referenceOf(t, others, opt)
		for i := range credits {
			credits[i].Flags = 0
			credits[i].Outstanding = credits[i].Outstanding.Neg()
		}
		for at, d := range referenceOf(t, credits, opt).columns {
			if m.columns[at] == nil {
				m.columns[at] = new(apd.Decimal)
			}
			_, err := apd.BaseContext.Sub(m.columns[at], m.columns[at], d)
			require.NoError(t, err)
		}
	case aging.CreditsOldestFirst:
		m = referenceOf(t, payOut(t, others, credits, opt), opt)
	}
	m.left = all.left
	for at, d := range all.columns {
		if at.column == unapplied {
			at.column = creditsColumn
			m.columns[at] = d
		}
	}
	return m
}

const creditsColumn = "\x00credits"

// payOut takes each credit off the debits of its row, the longest due first, and
// returns what all of them then are.
func payOut(t require.TestingT, others, credits []ledger.Item, opt aging.Options) []ledger.Item {
	due := func(it ledger.Item) ar.Date {
		if it.Due != 0 {
			return it.Due
		}
		return it.Date
	}
	key := func(it ledger.Item) string {
		if opt.Group.Key != nil {
			return opt.Group.Key(&it)
		}
		return it.Customer
	}
	slices.SortStableFunc(others, func(a, b ledger.Item) int { return int(due(a)) - int(due(b)) })
	for i := range credits {
		credit := &credits[i]
		for j := range others {
			debit := &others[j]
			if debit.Date > opt.AsOf || debit.Closed != 0 && debit.Closed <= opt.AsOf || debit.Outstanding.Sign() < 0 ||
				debit.Flags&(opt.Exclude|opt.Apart) != 0 || key(*debit) != key(*credit) ||
				debit.Outstanding.Currency() != credit.Outstanding.Currency() {
				continue
			}
			take := debit.Outstanding
			if less, err := credit.Outstanding.Neg().Cmp(take); err == nil && less < 0 {
				take = credit.Outstanding.Neg()
			}
			var err error
			debit.Outstanding, err = debit.Outstanding.Sub(take)
			require.NoError(t, err)
			credit.Outstanding, err = credit.Outstanding.Add(take)
			require.NoError(t, err)
		}
	}
	return append(others, credits...)
}

// checkTreated holds a treated report to the reference.
func (m *reference) checkTreated(t require.TestingT, r *aging.Report) {
	require.Equal(t, m.left, r.LeftOut())
	seen := 0
	for _, row := range r.All() {
		same := func(column string, got ar.Money) {
			want := m.columns[place{row.Key(), column, row.Currency()}]
			if want == nil {
				want = new(apd.Decimal)
			} else {
				seen++
			}
			amount, _, err := apd.NewFromString(got.Amount())
			require.NoError(t, err)
			require.Zero(t, want.Cmp(amount), "%s %q: %s, want %s", row.Key(), column, got, want)
		}
		for i, m := range row.Amounts() {
			same(r.Buckets().Label(i), m)
		}
		same(pastDue, row.PastDue())
		same(unapplied, row.Unapplied())
		same(creditsColumn, row.Credits())
		same(balance, row.Balance())
		same(apart, row.Apart())
		same(excluded, row.Excluded())
		same(receipts, row.Receipts())
	}
	require.Equal(t, len(m.columns), seen, "an amount of the reference is in no row")
}

// treatable draws a treatment that a report of these options can have.
func treatable(t *rapid.T, opt aging.Options) aging.Treatment {
	by := rapid.SampledFrom(treatments).Draw(t, "treatment")
	if by == aging.CreditsOldestFirst && (opt.Basis != aging.DueDate || opt.Adjusted) {
		return aging.CreditsAged
	}
	return by
}

func TestTreatedReportIsThatOfTheReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt := genItems.Draw(t, "items"), genOptions.Draw(t, "options")
		by := treatable(t, opt)
		cut := rapid.IntRange(0, len(items)).Draw(t, "cut")
		first, err := aging.Compute(items[:cut], opt)
		require.NoError(t, err)
		second, err := aging.Compute(items[cut:], opt)
		require.NoError(t, err)
		merged, err := aging.Merge(first, second)
		require.NoError(t, err)
		before := merged.Clone()
		treatedReference(t, items, opt, by).checkTreated(t, treat(t, merged, by))
		require.Empty(t, gocmp.Diff(before, merged), "the report itself is as it was")
	})
}

func TestTreatmentsConserve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt := genItems.Draw(t, "items"), genOptions.Draw(t, "options")
		r, err := aging.Compute(items, opt)
		require.NoError(t, err)
		treated := treat(t, r, treatable(t, opt))
		before, after := append(r.Rows(nil), r.Totals()...), append(treated.Rows(nil), treated.Totals()...)
		require.Len(t, after, len(before))
		for i, w := range before {
			got := after[i]
			require.True(t, sumOf(t, got.Amounts()).Equal(got.Total()), "Σ buckets")
			require.True(t, got.Credits().Equal(w.Credits()), "the amount of credits is reported")
			require.True(t, sumOf(t, []ar.Money{got.Total(), got.Apart(), got.Unapplied().Neg()}).Equal(got.Balance()))
			if treated.Treatment() == aging.CreditsLeftOut {
				require.True(t, sumOf(t, []ar.Money{got.Balance(), got.Credits().Neg()}).Equal(w.Balance()))
				continue
			}
			require.True(t, got.Balance().Equal(w.Balance()), "the balance does not depend on the treatment")
		}
	})
}

func TestTreatedDetailAgreesWithTheReport(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items, opt := genItems.Draw(t, "items"), genOptions.Draw(t, "options")
		r, err := aging.Compute(items, opt)
		require.NoError(t, err)
		treated := treat(t, r, treatable(t, opt))
		for _, w := range treated.All() {
			d, err := aging.NewDetail(ledger.Items(items), opt, w.Key())
			require.NoError(t, err)
			d, err = d.Treat(treated.Treatment())
			require.NoError(t, err)
			mine, ok := d.Report().Row(w.Key(), w.Currency())
			require.True(t, ok)
			require.True(t, w.Equal(mine))
			for f := aging.Receipts; int(f) < r.Buckets().Len(); f++ {
				parts := []ar.Money{}
				for _, l := range d.Cell(w.Currency(), f) {
					parts = append(parts, l.Amount)
				}
				sum := sumOf(t, parts)
				require.True(t, sum.IsZero() && w.Figure(f).IsZero() || sum.Equal(w.Figure(f)), "%s: items %s, row %s", f, sum, w.Figure(f))
			}
		}
	})
}

func TestTrapCreditsAreMissingOrNettedTwiceWhenTreated(t *testing.T) {
	r := compute(t, "2026-06-30", bucket.Standard(),
		item("C1", "1", "2026-06-01", "100.00 EUR"), item("C1", "2", "2026-06-01", "-30.00 EUR"))
	for _, by := range treatments {
		got := row(t, treat(t, r, by), "C1", eur)
		want := "70.00 EUR"
		if by == aging.CreditsLeftOut {
			want = "100.00 EUR"
		}
		require.Equal(t, want, got.Balance().String(), by)
		require.Equal(t, "30.00 EUR", got.Credits().String(), by)
	}
}
