package storetest

import (
	"fmt"
	"slices"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// made returns a record that was made hours after noon.
func made(hours int, r statement.Record) statement.Record {
	r.At = after(hours)
	return r
}

func of(p statement.Period, r statement.Record) statement.Record {
	r.Period = p
	return r
}

func inApril() statement.Period { return statement.Period{From: march(32), To: march(61)} }

var recordCases = []testCase{
	{
		"SaveRecord/Saved",
		"a record comes back as it was saved; another with its key is statement.ErrSaved, and it stays as it was",
		func(p *probe) {
			r := record("R1", "C1", "EAST", "WEST")
			p.save(r)
			want := []string{recordText(&r)}
			p.lines(p.saved(), want)
			other := made(1, record("R1", "C1", "EAST"))
			other.Content, other.Version, other.Balances = []byte("other"), 2, nil
			for _, since := range []time.Time{{}, noon(), after(24 * 400)} {
				p.is(p.trySave(other, since), statement.ErrSaved)
			}
			p.is(p.trySave(r, time.Time{}), statement.ErrSaved)
			p.lines(p.saved(), want)
			p.save(record("R2", "C1", "EAST"), record("R1", "C2", "EAST"), of(inApril(), record("R1", "C1", "EAST")))
		},
	},
	{
		"SaveRecord/Recent",
		"another record of the customer and period, made at since or later, for all locations of the new one at least, is statement.ErrRecent if the scope views all that it was made for, and nothing is saved",
		func(p *probe) {
			p.save(record("R1", "C1", "EAST", "WEST"))
			before := p.saved()
			both := func() statement.Record { return made(5, record("R2", "C1", "EAST", "WEST")) }
			second := time.Second
			for _, c := range []struct {
				scope ledger.Scope
				r     statement.Record
				since time.Time
			}{
				{everywhere(), both(), noon()}, // made at since
				{everywhere(), both(), noon().Add(-second)},
				{mustScope("EAST", "WEST"), both(), noon()},
				{mustView([]string{"EAST", "WEST"}, nil), both(), noon()},
				{everywhere(), made(5, record("R2", "C1", "EAST")), noon()}, // fewer locations
				{mustScope("EAST", "WEST"), made(5, record("R2", "C1", "WEST")), noon()},
				{everywhere(), made(-5, record("R2", "C1", "EAST", "WEST")), noon()}, // by a clock that goes backwards
			} {
				p.is(p.trySaveBy(c.scope, c.r, c.since), statement.ErrRecent)
			}
			p.lines(p.saved(), before)
			for i, c := range []struct {
				scope ledger.Scope
				r     statement.Record
				since time.Time
			}{
				{everywhere(), both(), noon().Add(second)},                     // made before since
				{everywhere(), record("R2", "C1", "", "EAST", "WEST"), noon()}, // of more locations
				{everywhere(), record("R2", "C1", "", "EAST"), noon()},         // of others
				{mustScope("EAST"), record("R2", "C1", "EAST"), noon()},        // by who does not know of it
				{mustScope("", "WEST"), record("R2", "C1", "WEST"), noon()},    // nor does this one
				{everywhere(), record("R2", "C2", "EAST", "WEST"), noon()},
				{everywhere(), of(inApril(), record("R2", "C1", "EAST", "WEST")), noon()},
				{everywhere(), of(statement.Period{From: march(1), To: march(30)}, record("R2", "C1", "EAST", "WEST")), noon()},
				{everywhere(), of(statement.Period{From: march(2), To: march(31)}, record("R2", "C1", "EAST", "WEST")), noon()},
				{everywhere(), both(), time.Time{}},
			} {
				// A customer of its own for each, who has the record of before.
				name := fmt.Sprint("of case ", i)
				first := record("R1", "C1", "EAST", "WEST")
				first.Customer, c.r.Customer = name+first.Customer, name+c.r.Customer
				p.save(first)
				p.no(p.trySaveBy(c.scope, c.r, c.since))
			}
		},
	},
	{
		"SaveRecord/Refusals",
		"a record that statement.Record.Validate refuses is its error, and nothing is saved: one without locations would be there for everybody; a scope that views nothing is ledger.ErrNoLocations",
		func(p *probe) {
			for _, c := range []struct {
				r    statement.Record
				want error
			}{
				{record("R1", "C1"), ledger.ErrNoLocations},
				{record("", "C1", "EAST"), statement.ErrNoRun},
				{record("R1", "", "EAST"), ledger.ErrNoCustomer},
				{of(statement.Period{}, record("R1", "C1", "EAST")), statement.ErrPeriod},
				{statement.Record{Key: record("R1", "C1").Key, Locations: []string{"EAST"}}, statement.ErrNoTime},
			} {
				p.is(p.trySave(c.r, time.Time{}), c.want)
			}
			p.is(p.trySaveBy(ledger.Scope{}, record("R1", "C1", "EAST"), time.Time{}), ledger.ErrNoLocations)
			p.lines(p.saved(), nil)
		},
	},
	{
		"SaveRecord/Concurrent",
		"of records saved at once, one finds the other: of one customer and period by several runs, one is saved and the others are statement.ErrRecent; under one key the others are statement.ErrSaved",
		func(p *probe) {
			for round := range 5 {
				customer := fmt.Sprint("C", round)
				p.step("%d goroutines save a record of %q, each of a run of its own", callers, customer)
				won := p.atOnce(func(i int) error {
					return p.store.SaveRecord(p.ctx, everywhere(), made(i, record(fmt.Sprint("R", i), customer, "EAST")), noon())
				}, statement.ErrRecent)
				p.equal(fmt.Sprint(won, " saved"), "1 saved")
				p.step("%d goroutines save a record of %q under one key", callers, "D"+customer)
				won = p.atOnce(func(i int) error {
					return p.store.SaveRecord(p.ctx, everywhere(), made(i, record("R", "D"+customer, "EAST")), time.Time{})
				}, statement.ErrSaved)
				p.equal(fmt.Sprint(won, " saved"), "1 saved")
			}
		},
	},
	{
		"SaveRecord/Kept",
		"what the caller does with a record after saving it, and with those that come back, changes nothing",
		func(p *probe) {
			change := func(r statement.Record) {
				clear(r.Content)
				clear(r.Locations)
				r.Balances[0] = ar.MustMoney("9.99 EUR")
			}
			r := record("R1", "C1", "EAST", "WEST")
			want := []string{recordText(&r)}
			p.save(r)
			p.step("change what was saved")
			change(r)
			p.lines(p.saved(), want)
			p.step("change what came back")
			for r, err := range p.store.Records(p.ctx, statement.RecordQuery{Scope: everywhere()}) {
				p.no(err)
				if err == nil {
					change(r)
				}
			}
			p.lines(p.saved(), want)
		},
	},
	{
		"MarkSent",
		"MarkSent sets when a record was sent and nothing else, over an earlier time too; no record with the key is statement.ErrNoRecord",
		func(p *probe) {
			r, other := record("R1", "C1", "EAST"), record("R2", "C2", "EAST")
			p.save(r, other)
			for _, hours := range []int{3, 5, 1} {
				r.Sent = after(hours)
				p.no(p.tryMarkSent(everywhere(), r.Key, r.Sent))
				p.lines(p.saved(), []string{recordText(&r), recordText(&other)})
			}
			for _, k := range []statement.Key{
				{Run: "R2", Customer: "C1", Period: inMarch()},
				{Run: "R1", Customer: "C2", Period: inMarch()},
				{Run: "R1", Customer: "C1", Period: inApril()},
				{},
			} {
				p.is(p.tryMarkSent(everywhere(), k, noon()), statement.ErrNoRecord)
			}
			p.lines(p.saved(), []string{recordText(&r), recordText(&other)})
		},
	},
	{
		"MarkSent/Scope",
		"a record that was made for a location which the scope does not view is statement.ErrNoRecord, in the words for one that is not there, and is not marked; a scope that views nothing is ledger.ErrNoLocations; who views may mark, whatever the scope modifies",
		func(p *probe) {
			r := record("R1", "C1", "EAST", "WEST")
			outside := []ledger.Scope{mustScope("EAST"), mustScope("WEST"), mustScope("", "EAST"), mustScope("")}
			try := func() (errs []string) {
				for _, scope := range outside {
					err := p.tryMarkSent(scope, r.Key, after(3))
					p.is(err, statement.ErrNoRecord)
					errs = append(errs, message(err))
				}
				return errs
			}
			absent := try()
			p.save(r)
			p.lines(try(), absent)
			p.is(p.tryMarkSent(ledger.Scope{}, r.Key, after(3)), ledger.ErrNoLocations)
			p.is(p.tryMarkSent(ledger.Scope{}, record("R2", "C1").Key, after(3)), ledger.ErrNoLocations)
			p.lines(p.saved(), []string{recordText(&r)})
			for i, scope := range []ledger.Scope{mustScope("EAST", "WEST"), everywhere(), mustView([]string{"EAST", "WEST"}, nil)} {
				r.Sent = after(i + 1)
				p.no(p.tryMarkSent(scope, r.Key, r.Sent))
				p.lines(p.saved(), []string{recordText(&r)})
			}
		},
	},
	{
		"Records/Order",
		"the latest record comes first, then by customer, run, and first and last day of the period, whatever the order of saving",
		func(p *probe) {
			in := []statement.Record{
				made(2, record("R1", "C9", "EAST")),
				made(1, record("R1", "B", "EAST")),
				made(1, record("R10", "a", "EAST")),
				made(1, of(statement.Period{From: march(-50), To: march(61)}, record("R2", "a", "EAST"))),
				made(1, record("R2", "a", "EAST")),
				made(1, of(statement.Period{From: march(1), To: march(61)}, record("R2", "a", "EAST"))),
				made(1, of(inApril(), record("R2", "a", "EAST"))),
				record("R0", "a", "EAST"),
				made(-24*40, record("R3", "a", "EAST")),
			}
			for _, i := range []int{3, 0, 6, 8, 5, 1, 7, 4, 2} {
				p.save(in[i])
			}
			var want, wantA []string
			for i := range in {
				want = append(want, recordText(&in[i]))
				if in[i].Customer == "a" {
					wantA = append(wantA, recordText(&in[i]))
				}
			}
			p.lines(p.saved(), want)
			p.lines(p.records(statement.RecordQuery{Scope: everywhere(), Customer: "a"}), wantA)
		},
	},
	{
		"Records/Filter",
		"only records of the run, the customer and the period asked for come; what is left empty is any",
		func(p *probe) {
			var all []statement.Record
			for _, run := range []string{"R1", "R2"} {
				for _, customer := range []string{"C1", "C2"} {
					all = append(all, record(run, customer, "EAST"), of(inApril(), record(run, customer, "EAST")))
				}
			}
			p.save(all...)
			for _, q := range []statement.RecordQuery{
				{Run: "R1"},
				{Customer: "C2"},
				{Period: inApril()},
				{Run: "R2", Customer: "C1"},
				{Run: "R2", Customer: "C1", Period: inMarch()},
				{Run: "R3"},
				{Customer: "C"},
				{Period: statement.Period{From: march(1), To: march(30)}},
			} {
				q.Scope = everywhere()
				var want []string
				for i := range all {
					r := &all[i]
					if (q.Run == "" || q.Run == r.Run) && (q.Customer == "" || q.Customer == r.Customer) && (q.Period == statement.Period{} || q.Period == r.Period) {
						want = append(want, recordText(r))
					}
				}
				p.lines(slices.Sorted(slices.Values(p.records(q))), slices.Sorted(slices.Values(want)))
			}
		},
	},
	{
		"Records/Scope",
		"only records come all of whose locations the scope views; a scope that views nothing is ledger.ErrNoLocations",
		func(p *probe) {
			east, both, west := record("R1", "C1", "EAST"), record("R2", "C1", "EAST", "WEST"), record("R3", "C1", "WEST")
			nowhere := record("R4", "C1", "")
			p.save(east, both, west, nowhere)
			for _, c := range []struct {
				q    statement.RecordQuery
				want []statement.Record
			}{
				{statement.RecordQuery{Scope: mustScope("EAST")}, []statement.Record{east}},
				{statement.RecordQuery{Scope: mustScope("EAST", "WEST")}, []statement.Record{east, both, west}},
				{statement.RecordQuery{Scope: mustScope("WEST"), Customer: "C1"}, []statement.Record{west}},
				{statement.RecordQuery{Scope: mustScope("")}, []statement.Record{nowhere}},
				{statement.RecordQuery{Scope: mustView([]string{"EAST"}, nil)}, []statement.Record{east}},
			} {
				var want []string
				for i := range c.want {
					want = append(want, recordText(&c.want[i]))
				}
				p.lines(p.records(c.q), want)
			}
			p.step("Records of a scope that views nothing")
			p.onlyError(texts(p.store.Records(p.ctx, statement.RecordQuery{}), recordText), ledger.ErrNoLocations)
		},
	},
}
