package store_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/allocation"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/store"
)

var noon = time.Date(2026, time.March, 31, 12, 0, 0, 0, time.UTC)

func scope(t require.TestingT, locations ...string) ledger.Scope {
	s, err := ledger.NewScope(locations, locations)
	require.NoError(t, err)
	return s
}

func doc(kind ledger.Kind, id, location, amount string) ledger.Document {
	return ledger.Document{
		ID: id, Customer: "C1", Location: location, Kind: kind,
		Date: ar.MustDate("2026-03-01"), Amount: ar.MustMoney(amount),
	}
}

func posting(f ledger.Facts) *store.Posting {
	return &store.Posting{Key: "k1", Customer: "C1", Facts: f, At: noon, By: "alice"}
}

func account(t require.TestingT, f ledger.Facts) *ledger.Account {
	a, err := ledger.NewAccount(ledger.Customer{ID: "C1", Name: "Ann"}, f, nil)
	require.NoError(t, err)
	return a
}

func TestValidate(t *testing.T) {
	require.NoError(t, posting(ledger.Facts{Statuses: make([]ledger.Status, 1)}).Validate())
	require.EqualError(t, new(store.Posting).Validate(), `posting "" for customer "": the posting is incomplete: no key
posting "" for customer "": the posting is incomplete: no customer ID
posting "" for customer "": the posting is incomplete: it does not say who wrote it
posting "" for customer "": the posting is incomplete: it does not say when it was written
posting "" for customer "": the posting is incomplete: neither facts nor details`)
	p := posting(ledger.Facts{})
	p.Details = &ledger.Customer{ID: "C2"}
	require.EqualError(t, p.Validate(), `posting "k1" for customer "C1": the posting is incomplete: its details are of another customer`)
	p.Details.ID = "C1"
	require.NoError(t, p.Validate())
}

func TestApplyMakesAnAccount(t *testing.T) {
	f := ledger.Facts{Documents: []ledger.Document{doc(ledger.Invoice, "I1", "EAST", "100.00 EUR")}}
	_, err := posting(f).Apply(nil, nothing, scope(t, "EAST"), nil)
	require.ErrorIs(t, err, ledger.ErrUnknownCustomer)
	require.EqualError(t, err, `no such customer: "C1"`)

	p := posting(f)
	p.Details = &ledger.Customer{ID: "C1", Name: "Ann", Terms: duedate.Net(30)}
	a, err := p.Apply(nil, nothing, scope(t, "EAST"), nil)
	require.NoError(t, err)
	require.Equal(t, *p.Details, a.Customer())
	open, err := a.Open(ar.MustDate("2026-03-01"))
	require.NoError(t, err)
	require.Equal(t, "2026-03-31", open[0].Due.String())

	p.Facts.Documents[0].ID = "I2"
	p.Details = nil
	b, err := p.Apply(a, nothing, scope(t, "EAST"), nil)
	require.NoError(t, err)
	require.Equal(t, "Ann", b.Customer().Name)
	require.Len(t, b.Facts().Documents, 2)
	require.Len(t, a.Facts().Documents, 1, "it stays as it was")
}

// What is posted keeps the due date that the customer's terms gave it then.
func TestTermsThatComeLaterMoveNoDueDate(t *testing.T) {
	parts := doc(ledger.Invoice, "I3", "EAST", "1.00 EUR")
	parts.Parts = []ledger.Part{{Due: ar.MustDate("2026-04-02"), Amount: parts.Amount}}
	posts := func(key, id string, terms string) *store.Posting {
		p := posting(ledger.Facts{Documents: []ledger.Document{doc(ledger.Invoice, id, "EAST", "1.00 EUR")}})
		p.Key, p.Details = key, &ledger.Customer{ID: "C1", Terms: duedate.MustParse(terms)}
		return p
	}
	none := posting(ledger.Facts{Documents: []ledger.Document{
		doc(ledger.Invoice, "I1", "EAST", "1.00 EUR"), doc(ledger.Payment, "P1", "EAST", "1.00 EUR"), parts,
	}})
	none.Details = &ledger.Customer{ID: "C1"}
	var a *ledger.Account
	for _, p := range []*store.Posting{none, posts("k2", "I2", "net 30"), posts("k3", "I4", "net 60")} {
		var err error
		a, err = p.Apply(a, nothing, scope(t, "EAST"), nil)
		require.NoError(t, err)
	}
	due := map[string]string{}
	open, err := a.Open(ar.MustDate("2026-03-01"))
	require.NoError(t, err)
	for _, e := range open {
		due[e.Document.ID] = e.Due.String()
	}
	require.Equal(t, map[string]string{
		"I1": "2026-03-01", "P1": "2026-03-01", "I3": "2026-04-02", "I2": "2026-03-31", "I4": "2026-04-30",
	}, due)
	d, _ := a.Document("I2")
	require.Equal(t, duedate.Net(30), d.Terms, "why it is due then is still known")
	require.True(t, none.Facts.Documents[0].Due.IsZero(), "the caller's facts stay as they were")

	stored := posts("k2", "I2", "net 30")
	stored.Facts.Documents[0].Terms = duedate.Net(30)
	require.True(t, stored.Repeats(posts("k2", "I2", "net 30")))
	require.False(t, posts("k2", "I2", "net 30").Repeats(stored))
}

func TestApplyNeedsModify(t *testing.T) {
	a := account(t, ledger.Facts{Documents: []ledger.Document{doc(ledger.Payment, "P1", "WEST", "60.00 EUR")}})
	p := posting(ledger.Facts{
		Documents:   []ledger.Document{doc(ledger.Invoice, "I1", "EAST", "60.00 EUR")},
		Allocations: []ledger.Allocation{{ID: "A1", Credit: "P1", Debit: "I1", Amount: ar.MustMoney("60.00 EUR")}},
	})
	require.Equal(t, []string{"EAST", "WEST"}, p.Locations(a))
	require.Equal(t, []string{"EAST"}, p.Locations(nil))
	partly, err := ledger.NewScope([]string{"EAST", "WEST"}, []string{"EAST"})
	require.NoError(t, err)
	_, err = p.Apply(a, nothing, partly, nil)
	require.EqualError(t, err, `posting "k1" for customer "C1": location "WEST": the scope may not modify it`)
	_, err = p.Apply(a, nothing, scope(t, "EAST", "WEST"), nil)
	require.NoError(t, err)
	_, err = p.Apply(a, nothing, ledger.Scope{}, nil)
	require.ErrorIs(t, err, ledger.ErrNoLocations)
}

// Whatever happens at a location that the scope does not view, a posting is
// refused in the same words, or, where it went through, may be hidden.
func TestApplySaysNothingOfTheHidden(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all, seen ledger.Facts
		draw := func(id, location string) ledger.Document {
			kind := rapid.SampledFrom([]ledger.Kind{ledger.Invoice, ledger.Payment}).Draw(t, "kind")
			d := doc(kind, id, location, "5.00 EUR")
			d.Date += ar.Date(rapid.IntRange(0, 3).Draw(t, "day"))
			return d
		}
		for i := range rapid.IntRange(1, 6).Draw(t, "documents") {
			d := draw(fmt.Sprint("D", i), rapid.SampledFrom([]string{"EAST", "WEST"}).Draw(t, "location"))
			all.Documents = append(all.Documents, d)
			if d.Location == "EAST" {
				seen.Documents = append(seen.Documents, d)
			}
		}
		ids := []string{"D0", "D1", "D2", "D3", "D4", "D5", "N0", "N1"}
		anID := func() string { return rapid.SampledFrom(ids).Draw(t, "ID") }
		whole := account(t, all)
		applied := func(id string) ledger.Allocation {
			amount := ar.MustMoney(rapid.SampledFrom([]string{"1.00 EUR", "3.00 EUR", "5.00 EUR"}).Draw(t, "amount"))
			with := []string{""}
			for _, x := range whole.Facts().Allocations {
				with = append(with, x.ID)
			}
			return ledger.Allocation{ID: id, Credit: anID(), Debit: anID(), Amount: amount, With: rapid.SampledFrom(with).Draw(t, "with")}
		}
		isSeen := func(id string) bool {
			return slices.ContainsFunc(seen.Documents, func(d ledger.Document) bool { return d.ID == id })
		}
		for i := range 8 {
			x := applied(fmt.Sprint("A", i))
			next, err := whole.Add(ledger.Facts{Allocations: []ledger.Allocation{x}})
			if err != nil {
				continue
			}
			whole = next
			reversal := ledger.Reversal{Allocation: x.ID, Date: ar.MustDate("2026-03-20")}
			reversed := rapid.Bool().Draw(t, "reversed")
			if reversed {
				whole, err = whole.Add(ledger.Facts{Reversals: []ledger.Reversal{reversal}})
				require.NoError(t, err)
			}
			if isSeen(x.Credit) && isSeen(x.Debit) {
				if !slices.ContainsFunc(seen.Allocations, func(with ledger.Allocation) bool { return with.ID == x.With }) {
					x.With = ""
				}
				seen.Allocations = append(seen.Allocations, x)
				if reversed {
					seen.Reversals = append(seen.Reversals, reversal)
				}
			}
		}
		var f ledger.Facts
		for i := range rapid.IntRange(0, 2).Draw(t, "new") {
			f.Documents = append(f.Documents, draw(fmt.Sprint("N", i), "EAST"))
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "allocations") {
			f.Allocations = append(f.Allocations, applied(fmt.Sprint("X", i)))
		}
		if rapid.Bool().Draw(t, "reversal") {
			f.Reversals = append(f.Reversals, ledger.Reversal{Allocation: fmt.Sprint("A", rapid.IntRange(0, 7).Draw(t, "n")), Date: ar.MustDate("2026-03-21")})
		}
		if rapid.Bool().Draw(t, "re-dated") {
			f.Redates = append(f.Redates, ledger.Redate{Document: anID(), Revision: 1, Date: ar.MustDate("2026-03-04")})
		}
		f.Statuses = append(f.Statuses, ledger.Status{Document: anID(), Date: ar.MustDate("2026-03-09")})

		east := scope(t, "EAST")
		p := posting(f)
		after, err := p.Apply(whole, nothing, east, nil)
		_, want := p.Apply(account(t, seen), nothing, east, nil)
		switch {
		case want != nil:
			require.EqualError(t, err, want.Error())
			require.NotErrorIs(t, err, store.ErrHidden)
		case err != nil:
			require.ErrorIs(t, err, store.ErrHidden)
			require.EqualError(t, err, `posting "k1" for customer "C1": it does not fit with what the scope does not view`)
		default:
			require.Equal(t, []string{"EAST"}, p.Locations(whole))
			require.Len(t, after.Facts().Statuses, 1)
		}
	})
}

// York's payment of 98.00 for Leeds's invoice of 100.00 on 2/10, as planned: its
// discount of 2.00 is Leeds's, and came along with what Leeds does not view. Leeds
// goes on posting for the customer, and the discount stays what it was (SPEC A4,
// P5).
func TestADiscountOfAPaymentElsewhere(t *testing.T) {
	invoice, payment := doc(ledger.Invoice, "I1", "Leeds", "100.00 EUR"), doc(ledger.Payment, "P1", "York", "98.00 EUR")
	a := account(t, ledger.Facts{Documents: []ledger.Document{invoice, payment}})
	open, err := a.Open(invoice.Date)
	require.NoError(t, err)
	plan, err := allocation.New(open, allocation.Options{
		Date: invoice.Date, Auto: true,
		Settling: func(*ledger.Entry) (s allocation.Settling, err error) {
			s.Offers, err = duedate.MustParseDiscount("2/10").Offers(duedate.Invoice{Date: invoice.Date, Amount: invoice.Amount}, nil, ar.RoundHalfUp)
			return s, err
		},
	})
	require.NoError(t, err)
	by := posting(plan.Facts(func(line int) string { return fmt.Sprint("L", line) }))
	require.Equal(t, "L1", by.Facts.Allocations[1].With)
	a, err = by.Apply(a, nothing, scope(t, "Leeds", "York"), nil)
	require.NoError(t, err)

	sale := posting(ledger.Facts{Documents: []ledger.Document{doc(ledger.Invoice, "I2", "Leeds", "5.00 EUR")}})
	next, err := sale.Apply(a, nothing, scope(t, "Leeds"), nil)
	require.NoError(t, err)
	require.Equal(t, by.Facts.Allocations, next.Facts().Allocations)

	off := doc(ledger.Discount, "D2", "Leeds", "1.00 EUR")
	along := posting(ledger.Facts{
		Documents:   []ledger.Document{doc(ledger.Invoice, "I3", "Leeds", "5.00 EUR"), off},
		Allocations: []ledger.Allocation{{ID: "D2", Credit: "D2", Debit: "I3", Amount: off.Amount, With: "L1"}},
	})
	require.Equal(t, []string{"Leeds", "York"}, along.Locations(a))
	_, err = along.Apply(a, nothing, scope(t, "Leeds"), nil)
	require.ErrorIs(t, err, ledger.ErrUnknownAllocation, "to Leeds it is not there")
	partly, err := ledger.NewScope([]string{"Leeds", "York"}, []string{"Leeds"})
	require.NoError(t, err)
	_, err = along.Apply(a, nothing, partly, nil)
	require.ErrorIs(t, err, ledger.ErrNotModifiable)
}

// Whoever adds a field to a fact has to have it compared: each makes another
// posting.
func TestRepeatsComparesEveryField(t *testing.T) {
	whole := func() *store.Posting {
		return &store.Posting{
			Key: "k", Customer: "C", Details: &ledger.Customer{}, At: noon, By: "alice",
			Facts: ledger.Facts{
				Documents:   make([]ledger.Document, 1),
				Allocations: make([]ledger.Allocation, 1),
				Reversals:   make([]ledger.Reversal, 1),
				Redates:     make([]ledger.Redate, 1),
				Statuses:    make([]ledger.Status, 1),
			},
		}
	}
	fields := func(of func(*store.Posting) any) {
		n := reflect.TypeOf(of(whole())).Elem().NumField()
		for i := range n {
			p := whole()
			v := reflect.ValueOf(of(p)).Elem()
			change(v.Field(i))
			require.False(t, p.Repeats(whole()), "%s.%s", v.Type(), v.Type().Field(i).Name)
			require.False(t, whole().Repeats(p), "%s.%s", v.Type(), v.Type().Field(i).Name)
		}
	}
	fields(func(p *store.Posting) any { return p.Details })
	fields(func(p *store.Posting) any { return &p.Facts })
	fields(func(p *store.Posting) any { return &p.Facts.Documents[0] })
	fields(func(p *store.Posting) any { return &p.Facts.Allocations[0] })
	fields(func(p *store.Posting) any { return &p.Facts.Reversals[0] })
	fields(func(p *store.Posting) any { return &p.Facts.Redates[0] })
	fields(func(p *store.Posting) any { return &p.Facts.Statuses[0] })

	for _, differ := range []func(*store.Posting){
		func(p *store.Posting) { p.Key = "" },
		func(p *store.Posting) { p.Customer = "" },
		func(p *store.Posting) { p.Details = nil },
	} {
		p := whole()
		differ(p)
		require.False(t, p.Repeats(whole()))
	}
	p := whole()
	p.At, p.By = time.Time{}, "bob"
	require.True(t, p.Repeats(whole()))
}

// change gives a field another value than its zero value.
func change(v reflect.Value) {
	switch v.Interface().(type) {
	case ar.Money:
		v.Set(reflect.ValueOf(ar.MustMoney("1.00 EUR")))
	case ar.Rate:
		v.Set(reflect.ValueOf(ar.MustRate("2")))
	case duedate.Terms:
		v.Set(reflect.ValueOf(duedate.Net(1)))
	default:
		switch v.Kind() {
		case reflect.String:
			v.SetString("x")
		case reflect.Uint8:
			v.SetUint(1)
		case reflect.Slice:
			v.Set(reflect.MakeSlice(v.Type(), v.Len()+1, v.Len()+1))
		default:
			v.SetInt(1)
		}
	}
}
