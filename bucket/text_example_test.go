package bucket_test

import (
	"encoding/json"
	"fmt"

	"github.com/openreceivables/ar/bucket"
)

// Every set has a text for a configuration file or a database column. What is
// written parses back to an equal set.
func ExampleParse_b6TextForms() {
	for _, text := range []string{
		"standard",
		"0,30,60,90",
		"pending",
		"2 periods of 45 days",
		"3 periods of 1 month",
		"3 calendar months",
		"dates 2026-01-31, 2026-02-28",
		`0, 60: "Fine" "Late" "Very late"!`,
	} {
		set, err := bucket.Parse(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		again, err := bucket.Parse(set.String())
		fmt.Println(set, again.Equal(set), err)
	}
	// Output:
	// 0, 30, 60, 90, 120 true <nil>
	// 0, 30, 60, 90 true <nil>
	// -1, 0, 30, 90: "Pending" "Current" "30+" "60+" "90+"! true <nil>
	// 0, 45, 90 true <nil>
	// 3 periods of 1 month true <nil>
	// 3 calendar months true <nil>
	// dates 2026-01-31, 2026-02-28 true <nil>
	// 0, 60: "Fine" "Late" "Very late"! true <nil>
}

// Errors name the part that is wrong.
func ExampleParse_b6Errors() {
	for _, text := range []string{"0, 30, sixty", "0, 30, 30", "monthly", "3 calendar moons"} {
		_, err := bucket.Parse(text)
		fmt.Println(err)
	}
	// Output:
	// bucket set "0, 30, sixty": malformed: edge "sixty": want a whole number
	// bucket set "0, 30, 30": edge 30 follows 30: edges must ascend
	// bucket set "monthly": malformed: no preset has this name: want one of ["standard" "pending" "statement"], or edges such as 0, 30, 60, 90
	// bucket set "3 calendar moons": malformed: unit "moons": want days, weeks, months, quarters or years
}

// In JSON a set of fixed edges is an array of buckets, where an end that is
// left out is open; other sets are their text. What is read is checked for gaps
// and overlaps.
func ExampleSet_b6JSON() {
	for _, text := range []string{"0, 30", "2 calendar months"} {
		data, err := json.Marshal(bucket.MustParse(text))
		fmt.Println(string(data), err)
	}
	var set bucket.Set
	err := json.Unmarshal([]byte(`[{"label":"New","to":30},{"label":"Old","from":32,"alert":true}]`), &set)
	fmt.Println(err)
	// Output:
	// [{"label":"Current","to":0},{"label":"1–30","from":1,"to":30},{"label":"Over 30","from":31}] <nil>
	// "2 calendar months" <nil>
	// bucket set "[{\"label\":\"New\",\"to\":30},{\"label\":\"Old\",\"from\":32,\"alert\":true}]": day 31 in no bucket: extend "New" or "Old"
}
