package main

import (
	"errors"
	"slices"
)

// contestant is one way to do a job. The harness calls Prepare once, Run many
// times, and Result after the first and the last Run.
type contestant interface {
	// Name is how the table and the list of musts call it.
	Name() string

	// Prepare takes the data as the contestant wants it: loads tables, makes
	// structs. It is not timed. errAbsent says that something is not installed.
	Prepare(w *workload) error

	// Run does the whole job once, from the prepared data to all of the
	// answer. It alone is timed.
	Run() error

	// Result returns the answer of the last Run, to be compared with the right
	// one. It is not timed. A contestant whose job is not the aged report
	// checks its answer itself and returns nil.
	Result() (*result, error)
}

// A contestant may also have these; they are not timed.
type (
	// noter has something to say about its last case in the table.
	noter interface{ Note() string }
	// closer gives back what Prepare took, but for the Go heap.
	closer interface{ Close() error }
)

// errAbsent: the contestant cannot run on this machine. It is left out.
var errAbsent = errors.New("left out")

// entry is a contestant and what the harness has to know of it.
type entry struct {
	contestant

	// slow ones take part in fewer rounds of the large cases.
	slow bool

	// server says that the contestant starts a server; -small leaves it out.
	server bool

	// bytes is what a Run on n items has to read at least, for GB/s in the
	// table; nil where that would mean nothing.
	bytes func(n int) int64

	// otherJob says that the job is not the aged report, so that ratios to
	// those who do that mean nothing. Peer is the contestant whose time is
	// divided by this one's in the table instead, if there is any.
	otherJob bool
	peer     string
}

// contestants returns all of them, new ones at every call: those that have their
// rounds together in one list. A new contestant is added to the list of its
// family, in the family's file.
func contestants() [][]entry {
	return [][]entry{
		slices.Concat(
			library(),
			limitLoops(),
			plainGo(),
			duckDBs(),
			sqlites(),
			postgreses(),
			bandwidths(),
			dueDates(),
		),
		statements(),
		allocations(),
		openItems(),
	}
}

// Bytes of an item in the columns that a report is made of.
const (
	dueBytes   = 4
	centsBytes = 8
	indexBytes = 4 // the customer's number
)
