package credit_test

import (
	"context"
	"errors"
	"iter"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// book is a Book in memory. It fails on demand.
type book struct {
	profiles map[string]credit.Profile
	trail    []credit.Change
	fail     error
	between  func() // runs before a profile is saved
}

func newBook() *book { return &book{profiles: map[string]credit.Profile{}} }

func (b *book) Profile(_ context.Context, scope ledger.Scope, customer string) (credit.Profile, error) {
	if err := scope.Check(); err != nil {
		return credit.Profile{}, err
	}
	p, ok := b.profiles[customer]
	if !ok {
		p.Customer = customer
	}
	return p, b.fail
}

func (b *book) SaveProfile(_ context.Context, scope ledger.Scope, p credit.Profile, changes []credit.Change) error {
	if err := scope.Check(); err != nil {
		return err
	}
	if between := b.between; between != nil {
		b.between = nil
		between()
	}
	if b.profiles[p.Customer].Revision+1 != p.Revision {
		return credit.ErrStale
	}
	b.profiles[p.Customer] = p
	b.trail = append(b.trail, changes...)
	return nil
}

func (b *book) Changes(_ context.Context, scope ledger.Scope, customer string) iter.Seq2[credit.Change, error] {
	return func(yield func(credit.Change, error) bool) {
		if err := scope.Check(); err != nil {
			yield(credit.Change{}, err)
			return
		}
		for _, c := range b.trail {
			if c.Customer == customer && !yield(c, nil) {
				return
			}
		}
	}
}

var (
	noon   = time.Date(2026, 3, 16, 12, 0, 0, 0, time.UTC)
	editor = credit.Editor{Name: "berg", At: noon}
)

func scope(t require.TestingT, modify ...string) ledger.Scope {
	s, err := ledger.NewScope([]string{"Leeds", "York"}, modify)
	require.NoError(t, err)
	return s
}

func TestEditRefusals(t *testing.T) {
	b := newBook()
	remark := func(p *credit.Profile) { p.Remark = "x" }

	_, err := credit.Edit(t.Context(), b, ledger.Scope{}, "C-1", editor, remark)
	require.ErrorIs(t, err, ledger.ErrNoLocations)
	_, err = credit.Edit(t.Context(), b, scope(t), "C-1", editor, remark)
	require.ErrorIs(t, err, credit.ErrReadOnly)
	for _, by := range []credit.Editor{{Name: "berg"}, {At: noon}} {
		_, err = credit.Edit(t.Context(), b, scope(t, "York"), "C-1", by, remark)
		require.ErrorIs(t, err, credit.ErrEditor)
	}
	_, err = credit.Edit(t.Context(), b, scope(t, "York"), "", editor, remark)
	require.ErrorIs(t, err, ledger.ErrNoCustomer)
	_, err = credit.Edit(t.Context(), b, scope(t, "York"), "C-1", editor, func(p *credit.Profile) {
		p.Limit, p.Status, p.LastCall.Initials = ar.MustMoney("-0.01 EUR"), 3, "JD"
	})
	require.ErrorIs(t, err, credit.ErrNegativeLimit)
	require.ErrorIs(t, err, credit.ErrStatus)
	require.ErrorIs(t, err, credit.ErrCall)
	require.EqualError(t, err, "credit profile of \"C-1\": a credit limit below zero: -0.01 EUR\n"+
		"Status(3): not a credit status\na call has a date and the initials of who called: \"\", \"JD\"")

	b.fail = errors.New("disk full")
	_, err = credit.Edit(t.Context(), b, scope(t, "York"), "C-1", editor, remark)
	require.ErrorIs(t, err, b.fail)
	require.Empty(t, b.profiles)
	require.Empty(t, b.trail)
}

// Of two edits at once, the later one is told, and nothing of the other is lost.
func TestTwoEditsAtOnce(t *testing.T) {
	b := newBook()
	b.between = func() {
		_, err := credit.Edit(t.Context(), b, scope(t, "York"), "C-1", editor, func(p *credit.Profile) { p.CallNote = "first" })
		require.NoError(t, err)
	}
	_, err := credit.Edit(t.Context(), b, scope(t, "York"), "C-1", editor, func(p *credit.Profile) { p.CallNote = "second" })
	require.ErrorIs(t, err, credit.ErrStale)
	require.Equal(t, "first", b.profiles["C-1"].CallNote)
	require.Len(t, b.trail, 1)
}

// The trail, read from the start, leads to the profile as it is; an edit that
// changes nothing leaves no trace.
func TestTrailLeadsToTheProfile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := newBook()
		edits := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 20).Draw(t, "edits")
		for i, kind := range edits {
			before := b.profiles["C-1"]
			v := rapid.IntRange(0, 2).Draw(t, "value")
			changes, err := credit.Edit(context.Background(), b, scope(t, "York"), "C-1", editor, func(p *credit.Profile) {
				p.Customer, p.Revision = "C-2", 99 // are not the edit's
				switch kind {
				case 0:
					p.Limit = []ar.Money{{}, ar.MustMoney("0.00 EUR"), ar.MustMoney("1.00 EUR")}[v]
				case 1:
					p.Status = credit.Status(v)
				case 2:
					p.Terms = []duedate.Terms{{}, duedate.Net(30), duedate.EOM()}[v]
				case 3:
					p.CallNote = []string{"", "a", "b"}[v]
				case 4:
					p.Remark = []string{"", "a", "b"}[v]
				case 5:
					p.LastCall = []credit.Call{{}, {ar.MustDate("2026-03-15"), "JD"}, {ar.MustDate("2026-03-15"), "AB"}}[v]
				}
			})
			require.NoError(t, err)
			after := b.profiles["C-1"]
			require.Equal(t, before.Revision+min(len(changes), 1), after.Revision, "edit %d", i)
		}
		now := map[credit.Field]string{credit.FieldStatus: "good"}
		for _, c := range b.trail {
			require.Equal(t, now[c.Field], c.From)
			require.NotEqual(t, c.From, c.To)
			require.Equal(t, "berg", c.By)
			require.Equal(t, noon, c.At)
			now[c.Field] = c.To
		}
		p, err := b.Profile(context.Background(), scope(t), "C-1")
		require.NoError(t, err)
		require.Equal(t, p.Status.String(), now[credit.FieldStatus])
		require.Equal(t, p.Terms.String(), now[credit.FieldTerms])
		require.Equal(t, p.CallNote, now[credit.FieldCallNote])
		require.Equal(t, p.Remark, now[credit.FieldRemark])
		require.Equal(t, p.LastCall.String(), now[credit.FieldLastCall])
	})
}
