package civil_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/openreceivables/ar/internal/civil"
)

// 1970-01-01 is the 719163rd day from 0001-01-01, counted from 1.
const unixDay = 719163

func TestEveryDayAgainstPackageTime(t *testing.T) {
	step := int32(1)
	if testing.Short() {
		step = 29
	}
	for n := int32(civil.Min); n <= civil.Max; n += step {
		year, month, day := time.Unix((int64(n)-unixDay)*86400, 0).UTC().Date()
		if y, m, d := civil.YMD(n); y != year || m != int(month) || d != day {
			t.Fatalf("YMD(%d) = %d, %d, %d, want %d, %d, %d", n, y, m, d, year, month, day)
		}
		if got := civil.DayNumber(year, int(month), day); got != n {
			t.Fatalf("DayNumber(%d, %d, %d) = %d, want %d", year, month, day, got, n)
		}
	}
}

func TestFirstAndLastDay(t *testing.T) {
	assert.EqualValues(t, civil.Min, civil.DayNumber(1, 1, 1))
	assert.EqualValues(t, civil.Max, civil.DayNumber(9999, 12, 31))
}

func TestDaysInAndLeapAgainstPackageTime(t *testing.T) {
	for year := 1; year <= 9999; year++ {
		// Day 0 of a month is the last of the month before.
		if leap := time.Date(year, time.March, 0, 0, 0, 0, 0, time.UTC).Day() == 29; civil.Leap(year) != leap {
			t.Fatalf("Leap(%d) = %t", year, !leap)
		}
		for month := 1; month <= 12; month++ {
			want := time.Date(year, time.Month(month+1), 0, 0, 0, 0, 0, time.UTC).Day()
			if got := civil.DaysIn(year, month); got != want {
				t.Fatalf("DaysIn(%d, %d) = %d, want %d", year, month, got, want)
			}
		}
	}
}

func TestLeapByHand(t *testing.T) {
	for _, year := range []int{4, 400, 1600, 2000, 2024, 9996} {
		assert.True(t, civil.Leap(year), year)
	}
	for _, year := range []int{1, 100, 1900, 2023, 2100, 9999} {
		assert.False(t, civil.Leap(year), year)
	}
}

func BenchmarkYMD(b *testing.B) {
	b.ReportAllocs()
	n := int32(civil.Min)
	for b.Loop() {
		civil.YMD(n)
		if n += 997; n > civil.Max {
			n = civil.Min
		}
	}
}

func BenchmarkYMDWithPackageTime(b *testing.B) {
	b.ReportAllocs()
	n := int64(civil.Min)
	for b.Loop() {
		time.Unix((n-unixDay)*86400, 0).UTC().Date()
		if n += 997; n > civil.Max {
			n = civil.Min
		}
	}
}

func BenchmarkDayNumber(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		civil.DayNumber(2024, 2, 29)
	}
}
