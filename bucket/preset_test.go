package bucket_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/bucket"
)

func TestPresetBoundaries(t *testing.T) {
	pending, err := bucket.Pending(0)
	require.NoError(t, err)
	grace5, err := bucket.Pending(5)
	require.NoError(t, err)
	grace29, err := bucket.Pending(29)
	require.NoError(t, err)
	weeks, err := bucket.Periods(3, 1, bucket.Weeks)
	require.NoError(t, err)
	days, err := bucket.Periods(2, 45, bucket.Days)
	require.NoError(t, err)
	type run struct {
		label    string
		from, to int
	}
	const low, high = math.MinInt, math.MaxInt
	for name, c := range map[string]struct {
		set  bucket.Set
		runs []run
	}{
		"standard": {bucket.Standard(), []run{
			{"Current", low, 0}, {"1–30", 1, 30}, {"31–60", 31, 60}, {"61–90", 61, 90}, {"91–120", 91, 120}, {"Over 120", 121, high},
		}},
		"pending": {pending, []run{
			{"Pending", low, -1}, {"Current", 0, 0}, {"30+", 1, 30}, {"60+", 31, 90}, {"90+", 91, high},
		}},
		"pending with grace 5": {grace5, []run{
			{"Pending", low, -1}, {"Current", 0, 5}, {"30+", 6, 30}, {"60+", 31, 90}, {"90+", 91, high},
		}},
		"pending with grace 29": {grace29, []run{
			{"Pending", low, -1}, {"Current", 0, 29}, {"30+", 30, 30}, {"60+", 31, 90}, {"90+", 91, high},
		}},
		"statement": {bucket.Statement(), []run{
			{"Not yet due", low, -1}, {"Due", 0, 0}, {"Overdue", 1, high},
		}},
		"weeks": {weeks, []run{
			{"Current", low, 0}, {"1–7", 1, 7}, {"8–14", 8, 14}, {"15–21", 15, 21}, {"Over 21", 22, high},
		}},
		"days": {days, []run{
			{"Current", low, 0}, {"1–45", 1, 45}, {"46–90", 46, 90}, {"Over 90", 91, high},
		}},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, len(c.runs), c.set.Len())
			for i, r := range c.runs {
				require.Equal(t, r.label, c.set.Label(i))
				require.Equal(t, i, c.set.Index(r.from), "first day of %s", r.label)
				require.Equal(t, i, c.set.Index(r.to), "last day of %s", r.label)
				b := c.set.Bucket(i)
				require.Equal(t, bucket.Bucket{Label: r.label, From: r.from, To: r.to, Alert: b.Alert}, b)
			}
		})
	}
}

func TestPendingAlertAndGrace(t *testing.T) {
	for _, grace := range []int{0, 29} {
		s, err := bucket.Pending(grace)
		require.NoError(t, err)
		for i := range s.Len() {
			require.Equal(t, s.Label(i) == "90+", s.Alert(i), s.Label(i))
		}
	}
	for _, grace := range []int{-1, 30, math.MinInt, math.MaxInt} {
		_, err := bucket.Pending(grace)
		require.ErrorContains(t, err, "want 0 to 29")
	}
}

func TestPresetNames(t *testing.T) {
	pending, err := bucket.Pending(0)
	require.NoError(t, err)
	want := map[string]bucket.Set{"standard": bucket.Standard(), "pending": pending, "statement": bucket.Statement()}
	require.Len(t, bucket.PresetNames(), len(want))
	for _, name := range bucket.PresetNames() {
		s, err := bucket.Parse(name)
		require.NoError(t, err)
		require.True(t, want[name].Equal(s), name)
	}
	_, err = bucket.Parse("monthly")
	require.ErrorContains(t, err, `want one of ["standard" "pending" "statement"]`)
}
