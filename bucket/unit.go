package bucket

import (
	"fmt"

	"github.com/openreceivables/ar"
)

// Unit is a length of time that buckets are made of. The zero Unit is not
// valid.
type Unit uint8

// The units. A week begins on Monday, a quarter in January, April, July or
// October.
const (
	Days Unit = iota + 1
	Weeks
	Months
	Quarters
	Years
)

// units is indexed by Unit. A length is a number of days or of months.
var units = [...]struct {
	name         string
	days, months int
}{
	Days:     {name: "day", days: 1},
	Weeks:    {name: "week", days: 7},
	Months:   {name: "month", months: 1},
	Quarters: {name: "quarter", months: 3},
	Years:    {name: "year", months: 12},
}

// String returns the plural, such as "months".
func (u Unit) String() string {
	if !u.valid() {
		return fmt.Sprintf("Unit(%d)", uint8(u))
	}
	return units[u].name + "s"
}

func (u Unit) valid() bool { return u > 0 && int(u) < len(units) }

// count writes a number of units: "1 month", "2 months".
func (u Unit) count(n int) string {
	if n == 1 {
		return "1 " + units[u].name
	}
	return fmt.Sprintf("%d %s", n, u)
}

// back returns the day n units before d.
func (u Unit) back(d ar.Date, n int) (ar.Date, error) {
	if m := units[u].months; m > 0 {
		return d.AddMonths(-n * m)
	}
	return d.AddDays(-n * units[u].days)
}

// first returns the first day of the calendar unit that d lies in.
func (u Unit) first(d ar.Date) (ar.Date, error) {
	if u == Weeks {
		sinceMonday := (int(d.Weekday()) + 6) % 7
		return d.AddDays(-sinceMonday)
	}
	_, month, day := d.Civil()
	first, err := d.AddDays(1 - day)
	if err != nil {
		return 0, err
	}
	monthsBefore := (int(month) - 1) % units[u].months
	return first.AddMonths(-monthsBefore)
}

// last returns the last day of the calendar unit that begins on first.
func (u Unit) last(first ar.Date) (ar.Date, error) {
	if u == Weeks {
		return first.AddDays(6)
	}
	month, err := first.AddMonths(units[u].months - 1)
	return month.EndOfMonth(), err
}
