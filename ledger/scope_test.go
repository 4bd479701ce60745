package ledger_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

func TestScopeRefusals(t *testing.T) {
	_, err := ledger.NewScope(nil, []string{"Leeds"})
	require.ErrorIs(t, err, ledger.ErrNoLocations)

	_, err = ledger.NewScope([]string{"Leeds"}, []string{"York", "Hull"})
	require.EqualError(t, err, "location \"Hull\": the scope does not view it\nlocation \"York\": the scope does not view it")

	scope, err := ledger.NewScope([]string{"York", "Leeds", "York"}, []string{"York"})
	require.NoError(t, err)
	require.Equal(t, []string{"Leeds", "York"}, scope.Viewable())
	require.Equal(t, []string{"York"}, scope.Modifiable())

	_, err = scope.Narrow("York", "Hull")
	var refused *ledger.LocationError
	require.ErrorAs(t, err, &refused)
	require.Equal(t, "Hull", refused.Location)
	require.ErrorIs(t, err, ledger.ErrNotViewable)

	require.NoError(t, scope.CheckModify("York"))
	require.ErrorIs(t, scope.CheckModify("Leeds"), ledger.ErrNotModifiable)
	require.ErrorIs(t, scope.CheckModify(), ledger.ErrNotModifiable, "none given: all that it views")
	require.ErrorIs(t, scope.CheckModify("Hull"), ledger.ErrNotViewable)

	var none ledger.Scope
	require.ErrorIs(t, none.Check(), ledger.ErrNoLocations)
	_, err = none.Narrow()
	require.ErrorIs(t, err, ledger.ErrNoLocations)
	require.ErrorIs(t, none.CheckModify(), ledger.ErrNoLocations)
	for _, err := range none.Items(ledger.Items([]ledger.Item{{Customer: "C-1"}})) {
		require.ErrorIs(t, err, ledger.ErrNoLocations)
	}
	require.ErrorIs(t, ledger.Query{AsOf: ar.MustDate("2026-03-31")}.Check(), ledger.ErrNoLocations)
	require.ErrorIs(t, ledger.Query{Scope: scope}.Check(), ledger.ErrBadDate)
}

// What a caller is given of a scope is a copy.
func TestScopeIsImmutable(t *testing.T) {
	locations := []string{"York", "Leeds"}
	scope, err := ledger.NewScope(locations, locations)
	require.NoError(t, err)
	locations[0], scope.Viewable()[0], scope.Modifiable()[0] = "Hull", "Hull", "Hull"
	require.False(t, scope.Views("Hull") || scope.Modifies("Hull"))
	require.True(t, scope.Views("York") && scope.Modifies("York"))
}

func TestScopeItemsEndWithTheFirstError(t *testing.T) {
	broken := errors.New("broken")
	scope, err := ledger.NewScope([]string{""}, nil)
	require.NoError(t, err)
	var got []string
	for it, err := range scope.Items(func(yield func(ledger.Item, error) bool) {
		_ = yield(ledger.Item{Number: "1"}, nil) && yield(ledger.Item{Number: "2", Location: "York"}, nil) &&
			yield(ledger.Item{}, broken) && yield(ledger.Item{Number: "3"}, nil)
	}) {
		if err != nil {
			require.Equal(t, broken, err)
			got = append(got, "error")
			continue
		}
		got = append(got, it.Number)
	}
	require.Equal(t, []string{"1", "error"}, got)
}

// A narrowed scope views what was asked for, and modifies of it what the whole
// one does.
func TestScopeNarrowLaw(t *testing.T) {
	places := []string{"", "Hull", "Leeds", "York"}
	some := func(t *rapid.T, of []string, label string) []string {
		return slices.DeleteFunc(slices.Clone(of), func(string) bool { return rapid.Bool().Draw(t, label) })
	}
	rapid.Check(t, func(t *rapid.T) {
		view := append(some(t, places, "view"), rapid.SampledFrom(places).Draw(t, "at least"))
		scope, err := ledger.NewScope(view, some(t, view, "modify"))
		require.NoError(t, err)
		asked := append(some(t, scope.Viewable(), "asked"), scope.Viewable()[0])
		narrow, err := scope.Narrow(asked...)
		require.NoError(t, err)
		for _, p := range places {
			require.Equal(t, slices.Contains(asked, p), narrow.Views(p))
			require.Equal(t, narrow.Views(p) && scope.Modifies(p), narrow.Modifies(p))
		}
		again, err := narrow.Narrow(asked...)
		require.NoError(t, err)
		require.Equal(t, narrow, again)
	})
}

// Of a credit, it is what was taken in its own currency; and to narrow a scope
// further tells less.
func TestExplanationOfNothingWithin(t *testing.T) {
	scope, err := ledger.NewScope([]string{"York"}, nil)
	require.NoError(t, err)
	got, err := ledger.Explanation{}.Within(scope)
	require.NoError(t, err)
	require.Empty(t, got.String())
}

func TestExplanationWithin(t *testing.T) {
	day := ar.MustDate("2026-03-02")
	document := func(id, location string, kind ledger.Kind, amount string) ledger.Document {
		return ledger.Document{ID: id, Customer: "C-1", Location: location, Kind: kind, Date: day, Amount: ar.MustMoney(amount)}
	}
	a, err := ledger.NewAccount(ledger.Customer{ID: "C-1"}, ledger.Facts{
		Documents: []ledger.Document{
			document("P", "Leeds", ledger.Payment, "100.00 EUR"),
			document("I", "York", ledger.Invoice, "22.00 USD"), document("J", "Hull", ledger.Invoice, "5.00 EUR"),
		},
		Allocations: []ledger.Allocation{
			{ID: "1", Credit: "P", Debit: "I", Amount: ar.MustMoney("22.00 USD"), Taken: ar.MustMoney("20.00 EUR"), Rate: ar.MustRate("1.1")},
			{ID: "2", Credit: "P", Debit: "J", Amount: ar.MustMoney("5.00 EUR")},
		},
	}, nil)
	require.NoError(t, err)
	all, err := a.Explain("P", day)
	require.NoError(t, err)
	x := all
	for _, tt := range []struct {
		views     []string
		applied   int
		elsewhere string
	}{
		{[]string{"Hull", "Leeds", "York"}, 2, ""},
		{[]string{"Hull", "Leeds"}, 1, "20.00 EUR"},
		{[]string{"Leeds"}, 0, "25.00 EUR"},
	} {
		scope, err := ledger.NewScope(tt.views, nil)
		require.NoError(t, err)
		x, err = x.Within(scope)
		require.NoError(t, err)
		require.Len(t, x.Applied, tt.applied)
		require.Equal(t, "75.00 EUR", x.Outstanding.String())
		if tt.elsewhere == "" {
			require.True(t, x.Elsewhere.IsZero())
			continue
		}
		require.Equal(t, tt.elsewhere, x.Elsewhere.String())
	}
	require.Len(t, all.Applied, 2, "it stays as it was")
	_, err = all.Within(ledger.Scope{})
	require.ErrorIs(t, err, ledger.ErrNoLocations)
}

// A discount at Leeds that came along with a payment at York tells Leeds nothing of
// that one, in the explanation of either of its documents.
func TestExplanationWithinTellsNotWhatItCameAlongWith(t *testing.T) {
	day := ar.MustDate("2026-03-02")
	document := func(id, location string, kind ledger.Kind, amount string) ledger.Document {
		return ledger.Document{ID: id, Customer: "C-1", Location: location, Kind: kind, Date: day, Amount: ar.MustMoney(amount)}
	}
	a, err := ledger.NewAccount(ledger.Customer{ID: "C-1"}, ledger.Facts{
		Documents: []ledger.Document{
			document("I", "Leeds", ledger.Invoice, "100.00 EUR"), document("P", "York", ledger.Payment, "98.00 EUR"),
			document("D", "Leeds", ledger.Discount, "2.00 EUR"),
		},
		Allocations: []ledger.Allocation{
			{ID: "1", Credit: "P", Debit: "I", Amount: ar.MustMoney("98.00 EUR")},
			{ID: "2", Credit: "D", Debit: "I", Amount: ar.MustMoney("2.00 EUR"), With: "1"},
		},
	}, nil)
	require.NoError(t, err)
	for _, id := range []string{"I", "D"} {
		all, err := a.Explain(id, day)
		require.NoError(t, err)
		for _, tt := range []struct {
			views []string
			with  string
		}{{[]string{"Leeds", "York"}, "1"}, {[]string{"Leeds"}, ""}} {
			scope, err := ledger.NewScope(tt.views, nil)
			require.NoError(t, err)
			x, err := all.Within(scope)
			require.NoError(t, err)
			last := x.Applied[len(x.Applied)-1]
			require.Equal(t, "2", last.ID)
			require.Equal(t, tt.with, last.With)
		}
		require.Equal(t, "1", a.Facts().Allocations[1].With, "the account's own stays as it was")
	}
}
