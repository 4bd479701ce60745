// Package civil does proleptic Gregorian calendar arithmetic on day numbers.
//
// A day number counts from 0001-01-01 = 1, so that 0 is free to mean "no
// date". The functions trust their arguments: range checks belong to the
// callers, who know what to say about a bad value.
//
// The multiplications and shifts in place of divisions are those of C. Neri
// and L. Schneider, "Euclidean affine functions and their application to
// calendar algorithms" (2022).
package civil

// The day numbers of 0001-01-01 and 9999-12-31.
const (
	Min = 1
	Max = 3652059
)

// epochShift is the number of days from 0000-03-01 to 0000-12-31, the day
// before day number 1. Counting years from March puts the leap day last.
const epochShift = 305

// DayNumber returns the day number of a real civil day of years 1 to 9999.
func DayNumber(year, month, day int) int32 {
	y, m := uint32(year), uint32(month)
	if m <= 2 { // months 13 and 14 of the year before
		y--
		m += 12
	}
	century := y / 100
	// 979·m − 2919 over 32 is the number of days from 1 March to the month.
	return int32(1461*y/4 - century + century/4 + (979*m-2919)>>5 + uint32(day) - 1 - epochShift)
}

// YMD is the inverse of DayNumber, for day numbers from Min to Max.
func YMD(day int32) (year, month, dayOfMonth int) {
	n := 4*uint32(day+epochShift) + 3
	century := n / 146097
	n2 := n%146097 | 3
	p := 2939745 * uint64(n2)
	yearOfCentury := uint32(p >> 32)
	dayOfYear := uint32(p) / 2939745 / 4
	n3 := 2141*dayOfYear + 197913
	y, m := 100*century+yearOfCentury, n3>>16
	if dayOfYear >= 306 {
		y++
		m -= 12
	}
	return int(y), int(m), int(n3&0xffff/2141) + 1
}

// Leap reports whether the year has a 29 February.
func Leap(year int) bool {
	return year%4 == 0 && (year%100 != 0 || year%400 == 0)
}

// DaysIn returns the number of days of a month, 1 to 12, of a year.
func DaysIn(year, month int) int {
	if month == 2 {
		if Leap(year) {
			return 29
		}
		return 28
	}
	return 30 + (month+month>>3)&1 // 31 for odd months, and from August for even
}
