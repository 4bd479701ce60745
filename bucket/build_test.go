package bucket_test

import (
	"errors"
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar/bucket"
)

func TestFromEdgesLabels(t *testing.T) {
	for _, c := range []struct {
		edges  []int
		labels []string
	}{
		{[]int{0, 30, 60, 90}, []string{"Current", "1–30", "31–60", "61–90", "Over 90"}},
		{[]int{0}, []string{"Current", "Overdue"}},
		{[]int{-1}, []string{"Not yet due", "Due"}},
		{[]int{-1, 0}, []string{"Not yet due", "Due today", "Overdue"}},
		{[]int{-1, 5, 30}, []string{"Not yet due", "0–5", "6–30", "Over 30"}},
		{[]int{-31, -8, -2, -1, 0}, []string{"Due in 31 days or more", "Due in 8–30 days", "Due in 2–7 days", "Due in 1 day", "Due today", "Overdue"}},
		{[]int{-3, -2, 0, 1}, []string{"Due in 3 days or more", "Due in 2 days", "-1 to 0", "1", "Over 1"}},
		{[]int{-8}, []string{"Due in 8 days or more", "-7 and more"}},
		{[]int{30, 31, 60}, []string{"Up to 30", "31", "32–60", "Over 60"}},
		{[]int{1}, []string{"Up to 1", "Over 1"}},
	} {
		s, err := bucket.FromEdges(c.edges...)
		require.NoError(t, err)
		require.Equal(t, c.labels, s.Labels())
		require.True(t, s.Fixed())
	}
}

func TestFromEdgesRefuses(t *testing.T) {
	_, err := bucket.FromEdges()
	require.ErrorIs(t, err, bucket.ErrEmpty)
	_, err = bucket.FromEdges(0, 30, 30, 90, 60)
	require.EqualError(t, err, "edge 30 follows 30: edges must ascend\nedge 60 follows 90: edges must ascend")
	_, err = bucket.FromEdges(math.MinInt, 0, maxEdge+1, math.MaxInt)
	require.EqualError(t, err, fmt.Sprintf("day %d: no two dates are more than 3652058 days apart\n"+
		"day 3652059: no two dates are more than 3652058 days apart\n"+
		"day %d: no two dates are more than 3652058 days apart", math.MinInt, math.MaxInt))
	_, err = bucket.FromEdges(make([]int, bucket.MaxBuckets)...)
	require.EqualError(t, err, "251 buckets: at most 250")
}

func ranges(bounds ...[2]int) []bucket.Bucket {
	buckets := make([]bucket.Bucket, len(bounds))
	for i, b := range bounds {
		buckets[i] = bucket.Bucket{Label: string(rune('a' + i)), From: b[0], To: b[1]}
	}
	return buckets
}

// faults returns the leaves of joined errors.
func faults(err error) []error {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		var all []error
		for _, e := range joined.Unwrap() {
			all = append(all, faults(e)...)
		}
		return all
	}
	return []error{err}
}

func TestFromRangesReportsEveryFault(t *testing.T) {
	const low, high = bucket.MinOffset, bucket.MaxOffset
	for _, c := range []struct {
		name   string
		ranges []bucket.Bucket
		want   []string
	}{
		{"one gap", ranges([2]int{low, 0}, [2]int{1, 30}, [2]int{32, high}), []string{
			`day 31 in no bucket: extend "b" or "c"`,
		}},
		{"gaps at both ends and between", ranges([2]int{0, 0}, [2]int{5, 6}), []string{
			`days up to -1 in no bucket: extend "a"`,
			`days 1–4 in no bucket: extend "a" or "b"`,
			`days 7 and more in no bucket: extend "b"`,
		}},
		{"gap below zero", ranges([2]int{low, -10}, [2]int{-1, high}), []string{
			`days -9 to -2 in no bucket: extend "a" or "b"`,
		}},
		{"one day in two", ranges([2]int{low, 0}, [2]int{0, high}), []string{
			`day 0 in two buckets, "a: days up to 0" and "b: days 0 and more": want each day in one`,
		}},
		{"one within another, and a third", ranges([2]int{low, 100}, [2]int{10, 20}, [2]int{15, high}), []string{
			`days 10–20 in two buckets, "a: days up to 100" and "b: days 10–20": want each day in one`,
			`days 15–100 in two buckets, "a: days up to 100" and "c: days 15 and more": want each day in one`,
			`days 15–20 in two buckets, "b: days 10–20" and "c: days 15 and more": want each day in one`,
		}},
		{"the same twice", ranges([2]int{low, high}, [2]int{low, high}), []string{
			`every day in two buckets, "a: every day" and "b: every day": want each day in one`,
		}},
		{"gap and overlap", ranges([2]int{low, 0}, [2]int{2, 30}, [2]int{30, high}), []string{
			`day 1 in no bucket: extend "a" or "b"`,
			`day 30 in two buckets, "b: days 2–30" and "c: days 30 and more": want each day in one`,
		}},
		{"no day in it", ranges([2]int{low, 0}, [2]int{30, 1}, [2]int{1, high}), []string{
			`bucket "b": from 30 to 1 holds no day`,
		}},
		{"a forgotten open end", ranges([2]int{low, 90}, [2]int{91, 0}), []string{
			`bucket "b": from 91 to 0 holds no day`,
			`days 91 and more in no bucket: extend "a"`,
		}},
		{"the wrong open end", ranges([2]int{high, 0}, [2]int{1, low}), []string{
			fmt.Sprintf(`bucket "b": from 1 to %d holds no day`, low),
			fmt.Sprintf(`bucket "a": from %d to 0 holds no day`, high),
			`every day in no bucket`,
		}},
		{"labels", []bucket.Bucket{{Label: "", From: low, To: 0}, {Label: "x", From: 1, To: 5}, {Label: "x", From: 6, To: high}}, []string{
			"bucket 1: no label",
			`buckets 2 and 3 are both labelled "x"`,
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, err := bucket.FromRanges(c.ranges)
			require.True(t, s.IsZero())
			var got []string
			for _, f := range faults(err) {
				got = append(got, f.Error())
			}
			require.Equal(t, c.want, got)
		})
	}
}

func TestFromRangesFaultsAreTyped(t *testing.T) {
	_, err := bucket.FromRanges(ranges([2]int{bucket.MinOffset, 0}, [2]int{0, 5}, [2]int{8, bucket.MaxOffset}))
	var gap *bucket.GapError
	require.ErrorAs(t, err, &gap)
	require.Equal(t, bucket.GapError{From: 6, To: 7, After: "b", Before: "c"}, *gap)
	var overlap *bucket.OverlapError
	require.ErrorAs(t, err, &overlap)
	require.Equal(t, [2]int{0, 0}, [2]int{overlap.From, overlap.To})
}

func TestFromRangesLimits(t *testing.T) {
	_, err := bucket.FromRanges(nil)
	require.ErrorIs(t, err, bucket.ErrEmpty)
	_, err = bucket.FromRanges(make([]bucket.Bucket, bucket.MaxBuckets+1))
	require.EqualError(t, err, "251 buckets: at most 250")
	_, err = bucket.FromRanges(ranges([2]int{bucket.MinOffset, maxEdge + 1}, [2]int{maxEdge + 2, bucket.MaxOffset}))
	require.ErrorContains(t, err, `bucket "a": day 3652059: no two dates`)

	s, err := bucket.FromRanges(ranges([2]int{bucket.MinOffset, bucket.MaxOffset}))
	require.NoError(t, err)
	require.True(t, s.Fixed())
	require.Zero(t, s.Index(math.MinInt))
	require.Zero(t, s.Index(math.MaxInt))
}

// Every day from −6 to 26 is judged by counting the buckets that hold it; the
// errors must name exactly the days that are held by none or by several.
func TestFromRangesFindsAllGapsAndOverlaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.IntRange(-5, 25)
		var buckets []bucket.Bucket
		for i := range rapid.IntRange(1, 5).Draw(t, "buckets") {
			a, b := day.Draw(t, "a"), day.Draw(t, "b")
			buckets = append(buckets, ranges([2]int{min(a, b), max(a, b)})[0])
			buckets[i].Label = fmt.Sprint("bucket ", i)
		}
		if rapid.Bool().Draw(t, "open below") {
			buckets[0].From = bucket.MinOffset
		}
		if rapid.Bool().Draw(t, "open above") {
			buckets[len(buckets)-1].To = bucket.MaxOffset
		}
		_, err := bucket.FromRanges(buckets)
		sound := true
		for d := -6; d <= 26; d++ {
			held := 0
			for _, b := range buckets {
				if contains(b, d) {
					held++
				}
			}
			sound = sound && held == 1
			gaps, overlaps := countFaults(err, d)
			require.Equal(t, held == 0, gaps == 1, "day %d", d)
			require.LessOrEqual(t, gaps, 1, "day %d", d)
			require.Equal(t, held*(held-1)/2, overlaps, "day %d", d)
		}
		require.Equal(t, sound, err == nil)
	})
}

func countFaults(err error, day int) (gaps, overlaps int) {
	for _, f := range faults(err) {
		var gap *bucket.GapError
		if errors.As(f, &gap) && gap.From <= day && day <= gap.To {
			gaps++
		}
		var overlap *bucket.OverlapError
		if errors.As(f, &overlap) && overlap.From <= day && day <= overlap.To {
			overlaps++
		}
	}
	return gaps, overlaps
}
