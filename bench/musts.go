package main

// must is one thing that the library has to reach in every run, and what it
// goes for beyond.
type must struct {
	name  string // of the contestant
	n     int
	order order
	reach quantity
	peer  string // the contestant it is measured against; empty where there is none
	bound float64
	goFor float64
}

// none stands for no bound.
const none = -1

// quantity is what a must is about, in the words of the table.
type quantity string

const (
	speedOf      quantity = "× the speed of"
	bandwidthOf  quantity = "× the bytes/s of"
	itemTimeOf   quantity = "× the time per item of itself at 1,000,000"
	smallTimeOf  quantity = "× the time per item of itself at 100,000"
	heapObjects  quantity = "heap objects a run"
	heapMegabyte quantity = "MB of heap a run, counting all that it allocates"
)

// atMost reports whether less is better.
func (q quantity) atMost() bool { return q != speedOf && q != bandwidthOf }

func (q quantity) of(own, peer *measurement) float64 {
	switch q {
	case speedOf:
		return peer.timesThatOf(own)
	case bandwidthOf:
		return peer.timesThatOf(own) * float64(own.reads) / float64(peer.reads)
	case itemTimeOf, smallTimeOf:
		return own.timesThatOf(peer) * float64(peer.n) / float64(own.n)
	case heapObjects:
		return float64(own.allocs)
	case heapMegabyte:
		return float64(own.heap) / 1e6
	}
	return none
}

// The sizes of the musts.
const (
	tenThousand     = 10_000
	hundredThousand = 100_000
	million         = 1_000_000
	tenMillion      = 10_000_000
)

// The peers of the musts.
const (
	nameDuck1     = "DuckDB, string key, 1 thread"
	nameDuck2     = "DuckDB, string key, 2 threads"
	nameLimit1    = "limit loop, 1 thread"
	nameLimit2    = "limit loop, 2 threads"
	nameMemory1   = "memory bandwidth, 1 thread"
	nameMemory2   = "memory bandwidth, 2 threads"
	nameAPD       = "plain Go, apd"
	nameTime30    = "package time, due dates, net 30"
	nameTimeEOM   = "package time, due dates, end of month"
	nameTimeEOFM  = "package time, due dates, end of following month"
	notSlower     = 1 / 1.1 // at most 1.1 times the time
	itselfSmaller = ""      // the peer of itemTimeOf and smallTimeOf
)

// musts is the whole list. What is said of no order in particular holds in
// both; due dates have none.
func musts() []must {
	all := []must{
		{nameStructs2, tenMillion, randomOrder, speedOf, nameDuck2, 2.5, 4},
		{nameStructs2, tenMillion, byCustomer, speedOf, nameDuck2, 4.5, 6},
		{nameStructs1, tenMillion, randomOrder, speedOf, nameDuck1, 2.5, 4},
		{nameStructs1, tenMillion, byCustomer, speedOf, nameDuck1, 5, 6},
		{nameStructs1, tenMillion, byCustomer, itemTimeOf, itselfSmaller, 1.5, none},
		{nameStructs2, tenMillion, byCustomer, itemTimeOf, itselfSmaller, 1.5, none},
		{nameColumns1, tenMillion, randomOrder, speedOf, nameLimit1, notSlower, 1},
		{nameColumns2, tenMillion, randomOrder, speedOf, nameLimit2, notSlower, 1},
		{nameColumns1, tenMillion, byCustomer, speedOf, nameLimit1, notSlower, none},
		{nameColumns2, tenMillion, byCustomer, speedOf, nameLimit2, notSlower, none},
		{nameColumns1, million, randomOrder, speedOf, nameLimit1, notSlower, 1},
		{nameColumns2, million, randomOrder, speedOf, nameLimit2, notSlower, 1},
		{nameColumns1, million, byCustomer, speedOf, nameLimit1, notSlower, none},
		{nameColumns2, million, byCustomer, speedOf, nameLimit2, notSlower, none},
		{nameIterator, tenMillion, byCustomer, itemTimeOf, itselfSmaller, 1.5, none},
	}
	for _, o := range []order{byCustomer, randomOrder} {
		all = append(all, reportMusts(o)...)
		all = append(all, liveMusts(o)...)
		all = append(all, statementMusts(o)...)
		all = append(all, allocationMusts(o)...)
	}
	return append(all, dueDateMusts(byCustomer)...)
}

func reportMusts(o order) []must {
	return []must{
		{nameKept, million, o, speedOf, nameDuck2, 25, none},
		{nameKept, tenMillion, o, speedOf, nameDuck2, 40, 60},
		{nameKept, tenMillion, o, bandwidthOf, nameMemory2, none, 0.8},
		{nameStructs2, tenThousand, o, speedOf, nameDuck2, 20, none},
		{nameStructs2, million, o, speedOf, nameDuck2, 3, none},
		{nameStructs2, million, o, speedOf, nameAPD, 10, 20},
		{nameFresh2, million, o, heapObjects, "", 100, none},
		{nameIterator, tenMillion, o, heapMegabyte, "", 300, none},
		{nameTotals1, tenMillion, o, bandwidthOf, nameMemory1, 0.5, 0.8},
		{nameTotals2, tenMillion, o, bandwidthOf, nameMemory2, 0.5, 0.8},
	}
}

func liveMusts(o order) []must {
	var all []must
	for _, n := range []int{million, tenMillion} {
		all = append(all,
			must{nameLivePayment, n, o, speedOf, nameStructs1, 10_000, none},
			must{nameLiveNextDay, n, o, speedOf, nameStructs1, 50, none},
			must{nameLiveNextDay, n, o, speedOf, nameKept, 10, none},
		)
	}
	return all
}

// statementMusts are asked of items as structs, which are grouped inside the timer
// as the peer's are, in old and in fresh memory, and of a kept book, whose items are
// grouped before it starts.
func statementMusts(o order) []must {
	var all []must
	for _, name := range []string{nameStatementsKept, nameStatements2, nameStatementsFresh} {
		all = append(all,
			must{name, hundredThousand, o, speedOf, nameFiltered, 10, none},
			must{name, hundredThousand, o, speedOf, nameStatementsAPD, 30, none},
			must{name, million, o, smallTimeOf, itselfSmaller, 1.3, none},
		)
	}
	return all
}

func allocationMusts(o order) []must {
	return []must{
		{nameAllocColumns1, million, o, speedOf, nameAllocAPD, 10, none},
		{nameAllocColumns1, million, o, speedOf, nameAllocShopspring, 10, none},
		{nameAllocColumns2, million, o, speedOf, nameAllocDuck2, 30, none},
		{nameAllocColumns1, million, o, heapObjects, "", 20, none},
		{nameOpenAccounts, million, o, smallTimeOf, itselfSmaller, 1.5, none},
		{nameOpenOne, million, o, smallTimeOf, itselfSmaller, 1.5, none},
		{nameOpenBuild, million, o, smallTimeOf, itselfSmaller, 1.5, none},
	}
}

func dueDateMusts(o order) []must {
	return []must{
		{nameDue30, million, o, speedOf, nameTime30, 15, none},
		{nameDueEOM, million, o, speedOf, nameTimeEOM, 15, none},
		{nameDueEOFM, million, o, speedOf, nameTimeEOFM, 15, none},
		{nameDue30, million, o, heapObjects, "", 0, none},
		{nameDueEOM, million, o, heapObjects, "", 0, none},
		{nameDueEOFM, million, o, heapObjects, "", 0, none},
	}
}

// verdict is what became of a must.
type verdict struct {
	must
	reached  float64
	measured bool // contestant and peer were both there
}

// smaller is in what case a contestant is its own peer.
var smaller = map[quantity]int{itemTimeOf: million, smallTimeOf: hundredThousand}

// namesOf returns who is held against himself in a smaller case by musts of a case.
func namesOf(all []must, reach quantity, c caseOf) map[string]bool {
	names := map[string]bool{}
	for _, m := range all {
		if m.reach == reach && m.n == c.n && m.order == c.order {
			names[m.name] = true
		}
	}
	return names
}

// inCase is a contestant in a case.
type inCase struct {
	name string
	caseOf
}

func byCase(ms []*measurement) map[inCase]*measurement {
	found := map[inCase]*measurement{}
	for _, m := range ms {
		found[inCase{m.name, m.caseOf}] = m
	}
	return found
}

// judge holds the measurements against the musts: those of growth for what is held
// against itself.
func judge(all []must, ms, growth []*measurement) []verdict {
	found, grown := byCase(ms), byCase(growth)
	var verdicts []verdict
	for _, m := range all {
		v := verdict{must: m}
		c := caseOf{m.n, m.order}
		own, peer := found[inCase{m.name, c}], found[inCase{m.peer, c}]
		if n, ok := smaller[m.reach]; ok {
			own, peer = grown[inCase{m.name, c}], grown[inCase{m.name, caseOf{n, m.order}}]
		}
		needsPeer := m.reach != heapObjects && m.reach != heapMegabyte
		if v.measured = own != nil && (peer != nil || !needsPeer); v.measured {
			v.reached = m.reach.of(own, peer)
		}
		verdicts = append(verdicts, v)
	}
	return verdicts
}

// String is "ok", "MISSED" or "missing", and for what is no must "–".
func (v *verdict) String() string {
	switch {
	case v.bound == none:
		return "–"
	case !v.measured:
		return "missing"
	case v.meets(v.bound):
		return "ok"
	}
	return "MISSED"
}

func (v *verdict) failed() bool { return v.bound != none && !(v.measured && v.meets(v.bound)) }

func (v *verdict) meets(bound float64) bool {
	if v.reach.atMost() {
		return v.reached <= bound
	}
	return v.reached >= bound
}
