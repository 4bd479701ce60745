package main

import (
	"fmt"
	"time"

	"github.com/openreceivables/ar"
)

// dueDates is the other job: from a column of document dates to due dates, by
// the usual terms. The documents are dated on the workload's due dates, for
// want of others.
func dueDates() []entry {
	return []entry{
		{contestant: &timeDates{terms: "net 30", apply: func(t time.Time) time.Time { return t.AddDate(0, 0, 30) }}, otherJob: true},
		{contestant: &timeDates{terms: "end of month", apply: func(t time.Time) time.Time { return endOfMonth(t, 1) }}, otherJob: true},
		{contestant: &timeDates{terms: "end of following month", apply: func(t time.Time) time.Time { return endOfMonth(t, 2) }}, otherJob: true},
	}
}

// endOfMonth is the last day before the month that many months after t's.
func endOfMonth(t time.Time, months int) time.Time {
	year, month, _ := t.Date()
	return time.Date(year, month+time.Month(months), 0, 0, 0, 0, 0, time.UTC)
}

// wantDueDate is the right due date.
func wantDueDate(terms string, document ar.Date) (ar.Date, error) {
	switch terms {
	case "net 30":
		return document.AddDays(30)
	case "end of month":
		return document.EndOfMonth(), nil
	}
	next, err := document.EndOfMonth().AddDays(1)
	return next.EndOfMonth(), err
}

// timeDates computes due dates with package time.
type timeDates struct {
	terms    string
	apply    func(time.Time) time.Time
	document []time.Time
	due      []time.Time
}

func (d *timeDates) Name() string { return "package time, due dates, " + d.terms }

func (d *timeDates) Prepare(w *workload) error {
	d.document = make([]time.Time, len(w.due))
	for i, date := range w.due {
		d.document[i] = date.Time()
	}
	d.due = make([]time.Time, len(d.document))
	return nil
}

func (d *timeDates) Run() error {
	for i, t := range d.document {
		d.due[i] = d.apply(t)
	}
	return nil
}

func (d *timeDates) Result() (*result, error) {
	for i, t := range d.due {
		document, err := ar.DateOf(d.document[i])
		if err != nil {
			return nil, err
		}
		want, err := wantDueDate(d.terms, document)
		if err != nil {
			return nil, err
		}
		if !t.Equal(want.Time()) {
			return nil, fmt.Errorf("%s of %s: %s, want %s", d.terms, document, t, want)
		}
	}
	return nil, nil
}
