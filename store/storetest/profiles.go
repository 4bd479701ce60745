package storetest

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// profile returns a profile of a customer with something in every field.
func profile(customer string, revision int) credit.Profile {
	return credit.Profile{
		Customer: customer, Revision: revision, Limit: ar.MustMoney("5000.00 EUR"), Status: credit.Watch,
		Terms: duedate.Net(30), CallNote: fmt.Sprint("note ", revision), Remark: "remark <é>",
		LastCall: credit.Call{Date: march(revision), Initials: "JD"},
	}
}

func change(customer string, revision int, f credit.Field, from, to string) credit.Change {
	return credit.Change{Customer: customer, Revision: revision, Field: f, From: from, To: to, By: "alice", At: noon()}
}

// trySaveProfile saves by a scope that views all.
func (p *probe) trySaveProfile(x credit.Profile, changes ...credit.Change) error {
	return p.trySaveProfileBy(everywhere(), x, changes...)
}

func (p *probe) trySaveProfileBy(scope ledger.Scope, x credit.Profile, changes ...credit.Change) error {
	if !p.step("SaveProfile %s with %d changes; by a scope that views %q and modifies %q", profileText(&x), len(changes), scope.Viewable(), scope.Modifiable()) {
		return nil
	}
	return p.store.SaveProfile(p.ctx, scope, x, changes)
}

// profile is profileBy a scope that views all.
func (p *probe) profile(customer string) string { return p.profileBy(everywhere(), customer) }

func (p *probe) profileBy(scope ledger.Scope, customer string) string {
	if !p.step("Profile of %q; by a scope that views %q", customer, scope.Viewable()) {
		return ""
	}
	x, err := p.store.Profile(p.ctx, scope, customer)
	p.no(err)
	return profileText(&x)
}

// changes is changesBy a scope that views all.
func (p *probe) changes(customer string) []string { return p.changesBy(everywhere(), customer) }

func (p *probe) changesBy(scope ledger.Scope, customer string) []string {
	p.step("Changes of %q; by a scope that views %q", customer, scope.Viewable())
	return p.collect(texts(p.store.Changes(p.ctx, scope, customer), changeText))
}

var profileCases = []testCase{
	{
		"Profile",
		"a profile comes back as it was saved, whether the customer has an account or not; where there is none, it has revision 0 and nothing but the ID",
		func(p *probe) {
			none := profileText(&credit.Profile{Customer: "C1"})
			p.equal(p.profile("C1"), none)
			p.post(one())
			p.equal(p.profile("C1"), none)
			zero := credit.Profile{Customer: "C2", Revision: 1, Limit: ar.MustMoney("0.00 EUR")} // not without a limit
			want := profile("C1", 1)
			p.no(p.trySaveProfile(want))
			p.no(p.trySaveProfile(zero))
			p.equal(p.profile("C1"), profileText(&want))
			p.equal(p.profile("C2"), profileText(&zero))
			p.equal(fmt.Sprint(len(p.open(everywhere())), " open items"), "1 open items")
		},
	},
	{
		"SaveProfile/Stale",
		"a profile replaces the one of the revision before, and any other is credit.ErrStale: then neither profile nor trail changes",
		func(p *probe) {
			p.is(p.trySaveProfile(profile("C1", 2)), credit.ErrStale)
			p.no(p.trySaveProfile(profile("C1", 1), change("C1", 1, credit.FieldRemark, "", "a")))
			p.no(p.trySaveProfile(profile("C1", 2), change("C1", 2, credit.FieldRemark, "a", "b")))
			want, trail := p.profile("C1"), p.changes("C1")
			for _, revision := range []int{0, 1, 2, 4} {
				stale := profile("C1", revision)
				stale.Remark = "stale"
				p.is(p.trySaveProfile(stale, change("C1", revision, credit.FieldRemark, "b", "stale")), credit.ErrStale)
			}
			p.equal(p.profile("C1"), want)
			p.lines(p.changes("C1"), trail)
			p.no(p.trySaveProfile(profile("C1", 3)))
		},
	},
	{
		"SaveProfile/Concurrent",
		"of edits at once of one revision one is saved, and the others are credit.ErrStale",
		func(p *probe) {
			const rounds = 5
			for revision := 1; revision <= rounds; revision++ {
				p.step("%d goroutines save revision %d", callers, revision)
				won := p.atOnce(func(i int) error {
					x := profile("C1", revision)
					x.Remark = fmt.Sprint(i)
					return p.store.SaveProfile(p.ctx, everywhere(), x, []credit.Change{change("C1", revision, credit.FieldRemark, "", x.Remark)})
				}, credit.ErrStale)
				p.equal(fmt.Sprint(won, " saved"), "1 saved")
			}
			p.equal(fmt.Sprint(len(p.changes("C1")), " changes"), fmt.Sprint(rounds, " changes"))
		},
	},
	{
		"Profiles/Scope",
		"a profile and its trail are the same for any scope that views something, and any such may save, whatever it modifies; one that views nothing is ledger.ErrNoLocations, and saves nothing",
		func(p *probe) {
			p.post(one()) // at EAST
			p.no(p.trySaveProfile(profile("C1", 1), change("C1", 1, credit.FieldRemark, "", "a")))
			want, trail := p.profile("C1"), p.changes("C1")
			for _, scope := range []ledger.Scope{mustScope("EAST"), mustView([]string{"WEST"}, nil), mustScope("")} {
				p.equal(p.profileBy(scope, "C1"), want)
				p.lines(p.changesBy(scope, "C1"), trail)
			}
			nothing := ledger.Scope{}
			p.step("Profile and Changes of %q; by a scope that views nothing", "C1")
			_, err := p.store.Profile(p.ctx, nothing, "C1")
			p.is(err, ledger.ErrNoLocations)
			p.onlyError(texts(p.store.Changes(p.ctx, nothing, "C1"), changeText), ledger.ErrNoLocations)
			p.is(p.trySaveProfileBy(nothing, profile("C1", 2)), ledger.ErrNoLocations)
			p.is(p.trySaveProfileBy(nothing, profile("C1", 1)), ledger.ErrNoLocations) // not ErrStale
			p.equal(p.profile("C1"), want)
			p.no(p.trySaveProfileBy(mustView([]string{"WEST"}, nil), profile("C1", 2)))
		},
	},
	{
		"Changes/Order",
		"the trail of a customer has the earliest revision first and the changes of each in the order in which they were given, as they were",
		func(p *probe) {
			var want []string
			for revision := 1; revision <= 3; revision++ {
				changes := []credit.Change{
					change("C1", revision, credit.FieldTerms, "", "net 30"),
					change("C1", revision, credit.FieldLimit, "1.00 EUR", fmt.Sprint(revision, ".00 EUR")),
					change("C1", revision, credit.FieldCallNote, "\U0001F600", "x\ny"),
				}
				p.no(p.trySaveProfile(profile("C1", revision), changes...))
				p.no(p.trySaveProfile(profile("C2", revision), change("C2", revision, credit.FieldRemark, "", "of C2")))
				for i := range changes {
					want = append(want, changeText(&changes[i]))
					changes[i].To = "scribbled" // it is the caller's
				}
			}
			p.lines(p.changes("C1"), want)
			p.lines(p.changes("nobody"), nil)
		},
	},
}
