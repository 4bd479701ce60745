package bucket_test

import (
	"database/sql"
	"database/sql/driver"
	"encoding"
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
)

var (
	_ encoding.TextMarshaler   = bucket.Set{}
	_ encoding.TextUnmarshaler = (*bucket.Set)(nil)
	_ driver.Valuer            = bucket.Set{}
	_ sql.Scanner              = (*bucket.Set)(nil)
)

func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"0, 30, 60, 90":                       "0, 30, 60, 90",
		"0,30,60,90":                          "0, 30, 60, 90",
		" 0 ,\t30 ":                           "0, 30",
		"0":                                   "0",
		"-1":                                  "-1",
		"all":                                 "all",
		`all: "Total"!`:                       `all: "Total"!`,
		"standard":                            "0, 30, 60, 90, 120",
		"STANDARD":                            "0, 30, 60, 90, 120",
		"pending":                             `-1, 0, 30, 90: "Pending" "Current" "30+" "60+" "90+"!`,
		"statement":                           `-1, 0: "Not yet due" "Due" "Overdue"`,
		`statement: "a" "b" "c"`:              `-1, 0: "a" "b" "c"`,
		"4 periods of 30 days":                "0, 30, 60, 90, 120",
		"2 Periods of 1 Week":                 "0, 7, 14",
		"1 period of 1 month":                 "1 period of 1 month",
		"1 periods of 2 month":                "1 period of 2 months",
		"2 periods of 1 quarter":              "2 periods of 1 quarter",
		"3  calendar   months":                "3 calendar months",
		"1 calendar weeks":                    "1 calendar week",
		"dates 2026-01-31,2026-02-28":         "dates 2026-01-31, 2026-02-28",
		`0, 30: "Current" "1–30" "Over 30"`:   "0, 30",
		`0, 30: "Current" "1–30" "Over 30"!`:  `0, 30: "Current" "1–30" "Over 30"!`,
		`0:"a: \"b\""! "c"`:                   `0: "a: \"b\""! "c"`,
		`1 calendar month: "a" "b" "c"`:       `1 calendar month: "a" "b" "c"`,
		`dates 2026-01-31: "Later" "Earlier"`: `dates 2026-01-31: "Later" "Earlier"`,
	} {
		s, err := bucket.Parse(text)
		require.NoError(t, err)
		require.Equal(t, want, s.String())
	}
}

func TestParseRefuses(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "no buckets: want edges",
		" ":                              "no buckets: want edges",
		`: "a"`:                          "no buckets: want edges",
		"0, 30, x, 90":                   `edge "x": want a whole number`,
		"0, 30,":                         `edge "": want a whole number`,
		"0, 1.5":                         `edge "1.5": want a whole number`,
		"0, 99999999999999999999":        `edge "99999999999999999999": want a whole number`,
		"0, 30, 30":                      "edge 30 follows 30: edges must ascend",
		"0, 4000000":                     "day 4000000: no two dates",
		"monthly":                        "no preset has this name",
		"0 30 60":                        `want edges such as "0, 30, 60, 90"`,
		"four periods of 30 days":        `number of periods "four"`,
		"4 periods of thirty days":       `length "thirty"`,
		"4 periods of 30 fortnights":     `unit "fortnights": want days, weeks`,
		"0 periods of 30 days":           "0 periods: want 1 to 248",
		"4 periods of 30":                `want edges such as "0, 30, 60, 90"`,
		"3 calendar days":                "calendar days: want weeks",
		"x calendar months":              `number of periods "x"`,
		"3 calendar moons":               `unit "moons"`,
		"dates":                          `date "": malformed`,
		"dates 2026-02-30":               `date "2026-02-30": no such day`,
		"dates 2026-02-28, 2026-01-31":   "2026-01-31 follows 2026-02-28: dates must ascend",
		`0, 30: "a" "b"`:                 "2 labels for 3 buckets",
		"0, 30:":                         "0 labels for 3 buckets",
		`0, 30: "a" "b" "b"`:             `buckets 2 and 3 are both labelled "b"`,
		`0, 30: "a" b "c"`:               `labels from "b \"c\"" on: want quoted labels`,
		"0, 30: `a` `b` `c`":             "want quoted labels",
		`0: "a" ! "b"`:                   `labels from "! \"b\"" on`,
		`0: "a" "b`:                      `labels from "\"b" on`,
		`0: "a\nb" "c"`:                  "control character",
		`0, 30: "a" "" "c"`:              "bucket 2: no label",
		"4 periods of 000999999999 days": "longer than the years 1 to 9999",
	} {
		s, err := bucket.Parse(text)
		require.ErrorContains(t, err, want, text)
		require.True(t, s.IsZero())
		var parse *ar.ParseError
		require.ErrorAs(t, err, &parse)
		require.Equal(t, text, parse.Text)
	}
	require.Panics(t, func() { bucket.MustParse("monthly") })
}

func TestTextAndJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := setGen.Draw(t, "set")
		parsed, err := bucket.Parse(s.String())
		require.NoError(t, err, s.String())
		require.Empty(t, cmp.Diff(s, parsed))

		data, err := json.Marshal(s)
		require.NoError(t, err)
		var fromJSON bucket.Set
		require.NoError(t, json.Unmarshal(data, &fromJSON))
		require.Empty(t, cmp.Diff(s, fromJSON))

		value, err := s.Value()
		require.NoError(t, err)
		var scanned bucket.Set
		require.NoError(t, scanned.Scan(value))
		require.Empty(t, cmp.Diff(s, scanned))

		for _, b := range s.All() {
			data, err := json.Marshal(b)
			require.NoError(t, err)
			var again bucket.Bucket
			require.NoError(t, json.Unmarshal(data, &again))
			require.Equal(t, b, again)
		}
	})
}

func TestZeroSetForms(t *testing.T) {
	old := bucket.Standard()
	data, err := json.Marshal(bucket.Set{})
	require.NoError(t, err)
	require.Equal(t, "null", string(data))
	s := old
	require.NoError(t, json.Unmarshal(data, &s))
	require.True(t, s.IsZero())

	value, err := bucket.Set{}.Value()
	require.NoError(t, err)
	require.Nil(t, value)
	s = old
	require.NoError(t, s.Scan(nil))
	require.True(t, s.IsZero())

	text, err := bucket.Set{}.MarshalText()
	require.NoError(t, err)
	require.Empty(t, text)
	s = old
	require.NoError(t, s.UnmarshalText(text))
	require.True(t, s.IsZero())
}

func TestScan(t *testing.T) {
	var s bucket.Set
	require.NoError(t, s.Scan([]byte("standard")))
	require.True(t, s.Equal(bucket.Standard()))
	require.ErrorContains(t, s.Scan(30), "the driver gave a int")
	require.Error(t, s.Scan("monthly"))
	require.True(t, s.Equal(bucket.Standard()), "a failed Scan changes nothing")
}

func TestUnmarshalJSON(t *testing.T) {
	for data, want := range map[string]string{
		`"standard"`: "0, 30, 60, 90, 120",
		`"0,30"`:     "0, 30",
		`""`:         "",
		`[{"label":"old","from":1,"alert":true},{"label":"new","to":0}]`:     `0: "new" "old"!`,
		` [ {"label":"new","to":0,"from":null}, {"label":"old","from":1} ] `: `0: "new" "old"`,
		`[{"label":"everything"}]`: `all: "everything"`,
		`[{"label":"a","to":0},{"label":"b","from":1,"to":1},{"label":"c","from":2}]`: `0, 1: "a" "b" "c"`,
	} {
		var s bucket.Set
		require.NoError(t, json.Unmarshal([]byte(data), &s), data)
		require.Equal(t, want, s.String())
	}
	for data, want := range map[string]string{
		`30`:           "want an array of buckets or a string",
		`{}`:           "want an array of buckets or a string",
		`[]`:           "no buckets",
		`[30]`:         `want {"label":"1–30","from":1,"to":30}`,
		`[null]`:       "bucket 1: no label",
		`"monthly"`:    "no preset has this name",
		`["standard"]`: `want {"label":"1–30","from":1,"to":30}`,
		`[{"label":"a","to":0},{"label":"b","from":2}]`:           `day 1 in no bucket: extend "a" or "b"`,
		`[{"label":"a","to":0},{"label":"b","from":0}]`:           "day 0 in two buckets",
		`[{"label":"a","too":0},{"label":"b","from":1}]`:          `unknown field "too"`,
		`[{"label":"a","to":0.5},{"label":"b","from":1}]`:         "cannot unmarshal number 0.5",
		`[{"label":"a","to":99999999999999999999},{"label":"b"}]`: "cannot unmarshal number",
	} {
		s := bucket.Standard()
		require.ErrorContains(t, json.Unmarshal([]byte(data), &s), want, data)
		require.True(t, s.Equal(bucket.Standard()), "a failed unmarshal changes nothing")
	}
}

func FuzzParse(f *testing.F) {
	for _, text := range []string{
		"standard", "all", "", "0, 30, 60, 90", "-1,0", "4 periods of 30 days", "3 periods of 1 month", "248 periods of 9 years",
		"3 calendar months", "dates 2026-01-31, 2026-02-28", `-1, 0: "a" "b"! "c\u200d"`, "0:", `0: "`, "0,0", "dates", "1 calendar K",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := bucket.Parse(text)
		if err != nil {
			require.True(t, s.IsZero())
			return
		}
		require.Len(t, s.Labels(), s.Len())
		again, err := bucket.Parse(s.String())
		require.NoError(t, err)
		require.True(t, s.Equal(again), s.String())
		require.Equal(t, s.String(), again.String())
	})
}

func FuzzParseJSON(f *testing.F) {
	for _, text := range []string{
		"null", `"standard"`, `"3 calendar months"`, "[]", "{}", `[{"label":"a"}]`,
		`[{"label":"a","to":0},{"label":"b","from":1,"alert":true}]`,
		`[{"label":"a","to":0},{"label":"b","from":0}]`, `[{"label":"a","to":-9223372036854775808},{"label":"b","from":9223372036854775807}]`,
	} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var s bucket.Set
		if err := json.Unmarshal(data, &s); err != nil {
			require.True(t, s.IsZero())
			return
		}
		out, err := json.Marshal(s)
		require.NoError(t, err)
		var again bucket.Set
		require.NoError(t, json.Unmarshal(out, &again))
		require.True(t, s.Equal(again), string(out))
	})
}
