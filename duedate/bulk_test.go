package duedate_test

import (
	"math/rand"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

func TestDueDatesAreThoseOneByOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		terms := duedate.MustParse(rapid.SampledFrom([]string{
			"net 30", "net -3", "eom", "eofm", "net 45, eom", "15th prox cutoff 20", "next of 10/20/last", "1 month",
		}).Draw(t, "terms"))
		doc := rapid.SliceOf(rapid.OneOf(
			rapid.Map(rapid.IntRange(739000, 739100), func(n int) ar.Date { return ar.Date(n) }),
			rapid.Map(rapid.Int32Range(-1, int32(ar.MaxDate)+1), func(n int32) ar.Date { return ar.Date(n) }),
		)).Draw(t, "documents")
		due := make([]ar.Date, len(doc))
		bulkErr := terms.DueDates(due, doc, nil)
		for i, d := range doc {
			want, err := terms.DueDate(d, nil)
			if err != nil {
				require.ErrorIs(t, bulkErr, ar.ErrDateRange)
				require.ErrorContains(t, bulkErr, err.Error())
				return
			}
			require.Equal(t, want, due[i], "document %d of %s", i, d)
		}
		require.NoError(t, bulkErr)
		require.NoError(t, terms.DueDates(doc, doc, nil), "in place")
		require.Equal(t, due, doc)
	})
}

func TestDueDatesRefuses(t *testing.T) {
	day := ar.MustDate("2026-06-03")
	require.EqualError(t, duedate.Net(30).DueDates(nil, []ar.Date{day}, nil), "due dates of 1 documents do not fit in 0")
	require.ErrorContains(t, duedate.Net(30).DueDates(make([]ar.Date, 2), []ar.Date{day, 0}, nil), "document 1: ")
	require.NoError(t, duedate.Net(30).DueDates(nil, nil, nil))
}

func TestDueDatesAllocatesNothing(t *testing.T) {
	doc := make([]ar.Date, 10_000)
	for i := range doc {
		doc[i] = ar.Date(739000 + i)
	}
	due := make([]ar.Date, len(doc))
	require.Zero(t, testing.AllocsPerRun(5, func() {
		require.NoError(t, duedate.EOFM().DueDates(due, doc, nil))
	}))
}

// BenchmarkDueDates takes a column of a hundred thousand dates of two years to
// their due dates; "time" does it with package time.
func BenchmarkDueDates(b *testing.B) {
	const n = 100_000
	r := rand.New(rand.NewSource(1))
	doc, due := make([]ar.Date, n), make([]ar.Date, n)
	times, dueTimes := make([]time.Time, n), make([]time.Time, n)
	for i := range doc {
		doc[i] = ar.MustDate("2025-01-01") + ar.Date(r.Intn(730))
		times[i] = doc[i].Time()
	}
	perDate := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/date")
	}
	for _, c := range []struct {
		terms duedate.Terms
		time  func(time.Time) time.Time
	}{
		{duedate.Net(30), func(t time.Time) time.Time { return t.AddDate(0, 0, 30) }},
		{duedate.EOM(), func(t time.Time) time.Time {
			return time.Date(t.Year(), t.Month()+1, 0, 0, 0, 0, 0, time.UTC)
		}},
		{duedate.EOFM(), func(t time.Time) time.Time {
			return time.Date(t.Year(), t.Month()+2, 0, 0, 0, 0, 0, time.UTC)
		}},
	} {
		b.Run(c.terms.String()+"/DueDates", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := c.terms.DueDates(due, doc, nil); err != nil {
					b.Fatal(err)
				}
			}
			perDate(b)
		})
		b.Run(c.terms.String()+"/time", func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				for i, t := range times {
					dueTimes[i] = c.time(t)
				}
			}
			perDate(b)
		})
	}
}
