package bucket

import "fmt"

// presets are the sets that have a name.
var presets = [...]struct {
	name string
	set  func() Set
}{
	{"standard", Standard},
	{"pending", func() Set { return pending(0) }},
	{"statement", Statement},
}

// PresetNames returns the names that Parse takes for the presets: "standard",
// "pending" (without grace) and "statement".
func PresetNames() []string {
	names := make([]string, len(presets))
	for i, p := range presets {
		names[i] = p.name
	}
	return names
}

// Standard returns the six buckets of an aged balance (SPEC B2). For other
// ranges give FromEdges other days.
//
//	Current     ≤ 0
//	1–30        1 … 30
//	31–60      31 … 60
//	61–90      61 … 90
//	91–120     91 … 120
//	Over 120  ≥ 121
func Standard() Set {
	upper := []int{0, 30, 60, 90, 120}
	return fixed(upper, edgeLabels(upper)...)
}

// Pending returns the five buckets of a collections screen, of which the last
// is an alert (SPEC B2).
//
//	Pending  ≤ −1
//	Current   0 … grace
//	30+       grace+1 … 30
//	60+      31 … 90
//	90+     ≥ 91, alert
//
// Grace is a number of days, from 0 to 29, in which an item that fell due still
// counts as current. It moves amounts between columns only: such an item is
// past due all the same.
//
// 60+ goes up to 90 days and not, as is also seen, up to 60: then 61–90 would be
// in no bucket and the columns would not add up to their total.
func Pending(grace int) (Set, error) {
	if grace < 0 || grace > 29 {
		return Set{}, fmt.Errorf("grace of %d days: want 0 to 29, as the next bucket ends on day 30", grace)
	}
	return pending(grace), nil
}

func pending(grace int) Set {
	s := fixed([]int{-1, grace, 30, 90}, "Pending", "Current", "30+", "60+", "90+")
	s.columns[4].alert = true
	return s
}

// Statement returns the three buckets of a customer's statement (SPEC B2).
//
//	Not yet due  ≤ −1
//	Due             0
//	Overdue       ≥ 1
func Statement() Set {
	return fixed([]int{-1, 0}, "Not yet due", "Due", "Overdue")
}
