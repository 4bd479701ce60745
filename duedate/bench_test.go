package duedate_test

import (
	"testing"
	"time"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

var (
	sinkDate ar.Date
	sinkTime time.Time
)

// BenchmarkDueDate sets each ageing type beside package time, which computes
// the same date from a time.Time.
func BenchmarkDueDate(b *testing.B) {
	doc := ar.MustDate("2026-06-03")
	run := func(name string, terms duedate.Terms, reference func(time.Time) time.Time) {
		b.Run(name+"/duedate", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sinkDate, _ = terms.DueDate(doc, nil)
			}
		})
		b.Run(name+"/time", func(b *testing.B) {
			b.ReportAllocs()
			t := doc.Time()
			for b.Loop() {
				sinkTime = reference(t)
			}
		})
	}
	run("net30", duedate.Net(30), func(t time.Time) time.Time { return t.AddDate(0, 0, 30) })
	run("eom", duedate.EOM(), func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC)
	})
	run("eofm", duedate.EOFM(), func(t time.Time) time.Time {
		return time.Date(t.Year(), t.Month()+2, 0, 0, 0, 0, 0, time.UTC)
	})
	run("net45,eom", duedate.MustParse("net 45, eom"), func(t time.Time) time.Time {
		t = t.AddDate(0, 0, 45)
		return time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC)
	})
}

func BenchmarkDueDateOnCalendar(b *testing.B) {
	calendars := duedate.Calendars{"TARGET": target2026()}
	for _, text := range []string{"net 30, roll following TARGET", "10 business days TARGET", "net 30, next of 10/20/last"} {
		terms, doc := duedate.MustParse(text), ar.MustDate("2026-06-03")
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				sinkDate, _ = terms.DueDate(doc, calendars)
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	for _, text := range []string{"net 30", "End of Following Month", "net 45, eom, roll following TARGET"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := duedate.Parse(text); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
