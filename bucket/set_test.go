package bucket_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
)

const maxEdge = int(ar.MaxDate - ar.MinDate)

var edgesGen = rapid.Custom(func(t *rapid.T) []int {
	near := rapid.IntRange(-100, 200)
	edge := rapid.OneOf(near, rapid.IntRange(-maxEdge, maxEdge), rapid.SampledFrom([]int{-maxEdge, -1, 0, 1, 30, maxEdge}))
	edges := rapid.SliceOfNDistinct(edge, 1, 30, rapid.ID).Draw(t, "edges")
	slices.Sort(edges)
	return edges
})

// fixedGen makes fixed sets with labels and alerts of all kinds.
var fixedGen = rapid.Custom(func(t *rapid.T) bucket.Set {
	s, err := bucket.FromEdges(edgesGen.Draw(t, "edges")...)
	require.NoError(t, err)
	return decorate(t, s)
})

// setGen makes sets of every kind.
var setGen = rapid.Custom(func(t *rapid.T) bucket.Set {
	if rapid.Bool().Draw(t, "fixed") {
		return fixedGen.Draw(t, "set")
	}
	return decorate(t, ruledGen.Draw(t, "set"))
})

var ruledGen = rapid.Custom(func(t *rapid.T) bucket.Set {
	count := rapid.IntRange(1, 6).Draw(t, "count")
	var s bucket.Set
	var err error
	switch rapid.IntRange(0, 2).Draw(t, "rule") {
	case 0:
		unit := rapid.SampledFrom([]bucket.Unit{bucket.Months, bucket.Quarters, bucket.Years}).Draw(t, "unit")
		s, err = bucket.Periods(count, rapid.IntRange(1, 5).Draw(t, "n"), unit)
	case 1:
		unit := rapid.SampledFrom([]bucket.Unit{bucket.Weeks, bucket.Months, bucket.Quarters, bucket.Years}).Draw(t, "unit")
		s, err = bucket.Calendar(count, unit)
	default:
		days := rapid.SliceOfNDistinct(rapid.Int32Range(738000, 741000), 1, 6, rapid.ID).Draw(t, "days")
		slices.Sort(days)
		last := make([]ar.Date, len(days))
		for i, d := range days {
			last[i] = ar.Date(d)
		}
		s, err = bucket.FromDates(last...)
	}
	require.NoError(t, err)
	return s
})

func decorate(t *rapid.T, s bucket.Set) bucket.Set {
	if rapid.Bool().Draw(t, "relabel") {
		label := rapid.StringMatching(`[A-Za-z0-9–+":!,\\ é日-]{0,8}[A-Za-z0-9+":!é日]`).Filter(func(l string) bool { return l[0] != ' ' })
		labels := rapid.SliceOfNDistinct(label, s.Len(), s.Len(), rapid.ID).Draw(t, "labels")
		relabelled, err := s.WithLabels(labels...)
		require.NoError(t, err)
		require.Equal(t, labels, relabelled.Labels())
		s = relabelled
	}
	if rapid.Bool().Draw(t, "alerts") {
		alerts := rapid.SliceOf(rapid.SampledFrom(s.Labels())).Draw(t, "alerts")
		alerted, err := s.WithAlerts(alerts...)
		require.NoError(t, err)
		s = alerted
	}
	return s
}

func contains(b bucket.Bucket, offset int) bool { return b.From <= offset && offset <= b.To }

// Ranges that begin at the smallest int, end at the largest, and each follow
// the one before by a day hold every integer exactly once.
func TestEveryIntegerInExactlyOneBucket(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := fixedGen.Draw(t, "set")
		var buckets []bucket.Bucket
		for i, b := range s.All() {
			require.Equal(t, len(buckets), i)
			require.LessOrEqual(t, b.From, b.To)
			if i > 0 {
				require.Equal(t, buckets[i-1].To+1, b.From)
			}
			buckets = append(buckets, b)
		}
		require.Len(t, buckets, s.Len())
		require.Equal(t, math.MinInt, buckets[0].From)
		require.Equal(t, math.MaxInt, buckets[len(buckets)-1].To)

		offsets := []int{math.MinInt, -91, -1, 0, 1, 30, 31, 60, 61, 90, 91, math.MaxInt, rapid.Int().Draw(t, "offset")}
		for _, e := range s.Edges() {
			offsets = append(offsets, e-1, e, e+1)
		}
		for _, offset := range offsets {
			for i, b := range buckets {
				require.Equal(t, i == s.Index(offset), contains(b, offset), "offset %d, bucket %s", offset, b)
			}
		}
	})
}

func TestIndexIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := fixedGen.Draw(t, "set")
		a, b := rapid.Int().Draw(t, "a"), rapid.Int().Draw(t, "b")
		require.LessOrEqual(t, s.Index(min(a, b)), s.Index(max(a, b)))
	})
}

func TestLabelsAndEdgesRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edges := edgesGen.Draw(t, "edges")
		s, err := bucket.FromEdges(edges...)
		require.NoError(t, err)
		require.Equal(t, edges, s.Edges())
		require.Equal(t, len(edges)+1, s.Len())
		again, err := s.WithLabels(s.Labels()...) // also: default labels are valid and unique
		require.NoError(t, err)
		require.True(t, again.Equal(s))
		for i, label := range s.Labels() {
			require.Equal(t, label, s.Label(i))
			require.Equal(t, label, s.Bucket(i).Label)
		}
	})
}

func TestRangesOfASetMakeItAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := fixedGen.Draw(t, "set")
		var buckets []bucket.Bucket
		for _, b := range s.All() {
			buckets = append(buckets, b)
		}
		again, err := bucket.FromRanges(rapid.Permutation(buckets).Draw(t, "order"))
		require.NoError(t, err)
		require.Empty(t, cmp.Diff(s, again))
	})
}

func TestSetIsImmutable(t *testing.T) {
	edges := []int{0, 30}
	s, err := bucket.FromEdges(edges...)
	require.NoError(t, err)
	edges[0] = 7
	s.Edges()[1] = 8
	s.Labels()[0] = "changed"
	_, err = s.WithAlerts("Over 30")
	require.NoError(t, err)
	_, err = s.WithLabels("a", "b", "c")
	require.NoError(t, err)
	want, err := bucket.FromEdges(0, 30)
	require.NoError(t, err)
	require.True(t, want.Equal(s))

	days := []ar.Date{ar.MustDate("2026-01-31"), ar.MustDate("2026-02-28")}
	d, err := bucket.FromDates(days...)
	require.NoError(t, err)
	days[0]++
	require.Equal(t, "dates 2026-01-31, 2026-02-28", d.String())
}

func TestZeroSet(t *testing.T) {
	var s bucket.Set
	require.True(t, s.IsZero())
	require.False(t, s.Fixed())
	require.Equal(t, -1, s.Index(0))
	require.Zero(t, s.Len())
	require.Empty(t, s.Labels())
	require.Nil(t, s.Edges())
	require.Empty(t, s.Label(0))
	require.False(t, s.Alert(0))
	require.Zero(t, s.Bucket(0))
	require.True(t, s.Equal(bucket.Set{}))
	require.False(t, s.Equal(bucket.Standard()))
	for range s.All() {
		require.Fail(t, "the zero Set has no buckets")
	}
	_, err := s.Resolve(ar.MustDate("2026-01-31"))
	require.ErrorIs(t, err, bucket.ErrEmpty)
	_, err = s.WithLabels()
	require.ErrorIs(t, err, bucket.ErrEmpty)
	_, err = s.WithAlerts()
	require.ErrorIs(t, err, bucket.ErrEmpty)
	_, err = s.View(0, 0)
	require.ErrorIs(t, err, bucket.ErrEmpty)
	_, err = bucket.ParseView(s, "all")
	require.ErrorIs(t, err, bucket.ErrEmpty)
}

func TestUnresolvedSet(t *testing.T) {
	s := bucket.MustParse("2 calendar months")
	require.False(t, s.IsZero())
	require.False(t, s.Fixed())
	require.Equal(t, -1, s.Index(0))
	require.Nil(t, s.Edges())
	require.Equal(t, 4, s.Len())
	require.Equal(t, []string{"Later", "This month", "Last month", "Older"}, s.Labels())
	require.Zero(t, s.Bucket(0))
	for range s.All() {
		require.Fail(t, "no days before Resolve")
	}
	_, err := s.View(0, 1)
	require.ErrorIs(t, err, bucket.ErrUnresolved)
	_, err = bucket.ParseView(s, "all")
	require.ErrorIs(t, err, bucket.ErrUnresolved)
}

func TestResolveAsksForADay(t *testing.T) {
	for _, s := range []bucket.Set{bucket.Standard(), bucket.MustParse("2 calendar months")} {
		for _, asOf := range []ar.Date{0, -1, ar.MaxDate + 1} {
			_, err := s.Resolve(asOf)
			require.ErrorIs(t, err, ar.ErrDateRange)
		}
		r, err := s.Resolve(ar.MustDate("2026-03-31"))
		require.NoError(t, err)
		require.True(t, r.Fixed())
		require.Equal(t, s.Labels(), r.Labels())
		require.Equal(t, s.Fixed(), s.Equal(r))
	}
}

func TestOutOfRangeIndexes(t *testing.T) {
	s := bucket.Standard()
	for _, i := range []int{-1, s.Len()} {
		require.Empty(t, s.Label(i))
		require.False(t, s.Alert(i))
		require.Zero(t, s.Bucket(i))
	}
}

func TestWithLabelsRefuses(t *testing.T) {
	s := bucket.Statement()
	for _, c := range []struct {
		labels []string
		want   string
	}{
		{[]string{"a", "b"}, "2 labels for 3 buckets"},
		{[]string{"a", "b", "c", "d"}, "4 labels for 3 buckets"},
		{[]string{"a", "", "c"}, "bucket 2: no label"},
		{[]string{"a", "b", "a"}, `buckets 1 and 3 are both labelled "a"`},
		{[]string{"a", "b\n", "c"}, "begins or ends with a blank"},
		{[]string{"a", "b\x00c", "c"}, "control character"},
		{[]string{"a", "\xff", "c"}, "not UTF-8"},
	} {
		got, err := s.WithLabels(c.labels...)
		require.ErrorContains(t, err, c.want)
		require.True(t, got.IsZero())
	}
	_, err := s.WithLabels("", " b", "")
	require.ErrorContains(t, err, "bucket 1: no label\nbucket 2: label \" b\" begins or ends with a blank\nbucket 3: no label")
}

func TestWithAlerts(t *testing.T) {
	s, err := bucket.Standard().WithAlerts("91–120", "Over 120")
	require.NoError(t, err)
	alerts := func(s bucket.Set) (on []bool) {
		for i := range s.Len() {
			on = append(on, s.Alert(i))
		}
		return on
	}
	require.Equal(t, []bool{false, false, false, false, true, true}, alerts(s))
	s, err = s.WithAlerts("Current")
	require.NoError(t, err)
	require.Equal(t, []bool{true, false, false, false, false, false}, alerts(s))
	_, err = s.WithAlerts("90+")
	require.ErrorContains(t, err, `alert "90+"`)
}

func TestBucketDates(t *testing.T) {
	s := bucket.Standard()
	asOf := ar.MustDate("2024-03-31")
	for i, want := range []struct{ first, last string }{
		{"2024-03-31", ""},
		{"2024-03-01", "2024-03-30"},
		{"2024-01-31", "2024-02-29"},
		{"2024-01-01", "2024-01-30"},
		{"2023-12-02", "2023-12-31"},
		{"", "2023-12-01"},
	} {
		first, last, err := s.Bucket(i).Dates(asOf)
		require.NoError(t, err)
		require.Equal(t, want.first, first.String())
		require.Equal(t, want.last, last.String())
	}
	_, _, err := s.Bucket(1).Dates(ar.MustDate("0001-01-05"))
	require.ErrorIs(t, err, ar.ErrDateRange)
	_, _, err = s.Bucket(1).Dates(0)
	require.ErrorIs(t, err, ar.ErrDateRange)
}

func TestIndexDoesNotAllocate(t *testing.T) {
	s := bucket.Standard()
	require.Zero(t, testing.AllocsPerRun(100, func() { s.Index(45) }))
}
