package statement_test

import (
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata" // for machines without it

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

func TestCriteriaValidate(t *testing.T) {
	eur := ar.MustMoney("250.00 EUR")
	for _, tt := range []struct {
		name   string
		change func(*statement.Criteria)
		want   string // empty: valid
	}{
		{"everybody", func(*statement.Criteria) {}, ""},
		{"selected", func(c *statement.Criteria) { c.All, c.Customers = false, []string{"C-1"} }, ""},
		{"empty selection", func(c *statement.Criteria) { c.All = false }, "unusable criteria: no customers selected; All selects everybody"},
		{"both", func(c *statement.Criteria) { c.Customers = []string{"C-1"} }, "unusable criteria: 1 customers selected, and All besides"},
		{"no ID", func(c *statement.Criteria) { c.All, c.Customers = false, []string{"C-1", ""} }, "selected customer 2: no customer ID"},
		{"no period", func(c *statement.Criteria) { c.Period = statement.Period{} }, `not a statement period: from "" to ""`},
		{"threshold", func(c *statement.Criteria) { c.Eligible, c.Threshold = statement.EligibleThreshold, eur }, ""},
		{"threshold of zero", func(c *statement.Criteria) {
			c.Eligible, c.Threshold = statement.EligibleThreshold, ar.MustMoney("0.00 EUR")
		}, ""},
		{"no amount", func(c *statement.Criteria) { c.Eligible = statement.EligibleThreshold }, `unusable criteria: eligibility "threshold" needs an amount`},
		{"negative amount", func(c *statement.Criteria) { c.Eligible, c.Threshold = statement.EligibleThreshold, eur.Neg() }, "unusable criteria: the amount -250.00 EUR is below zero"},
		{"amount with another", func(c *statement.Criteria) { c.Eligible, c.Threshold = statement.EligiblePastDue, eur }, `unusable criteria: eligibility "past-due" has no use for the amount 250.00 EUR`},
		{"amount of zero with another", func(c *statement.Criteria) { c.Threshold = ar.MustMoney("0 JPY") }, `unusable criteria: eligibility "open" has no use for the amount 0 JPY`},
		{"aged", func(c *statement.Criteria) {
			c.Eligible, c.Buckets, c.Bucket = statement.EligibleAged, bucket.Standard(), "61–90"
		}, ""},
		{"aged by the calendar", func(c *statement.Criteria) {
			c.Eligible, c.Buckets = statement.EligibleAged, bucket.MustParse("3 calendar months")
			c.Bucket = c.Buckets.Label(1)
		}, ""},
		{"no such bucket", func(c *statement.Criteria) {
			c.Eligible, c.Buckets, c.Bucket = statement.EligibleAged, bucket.Statement(), "60+"
		}, `unusable criteria: no bucket "60+": the buckets are ["Not yet due" "Due" "Overdue"]`},
		{"no buckets", func(c *statement.Criteria) { c.Eligible, c.Bucket = statement.EligibleAged, "60+" }, "the buckets of the eligibility: " + bucket.ErrEmpty.Error()},
		{"bucket with another", func(c *statement.Criteria) { c.Bucket = "60+" }, `unusable criteria: eligibility "open" has no use for the bucket "60+"`},
		{"unknown eligibility", func(c *statement.Criteria) { c.Eligible = 9 }, "unusable criteria: eligibility 9 is not defined"},
		{"unknown window", func(c *statement.Criteria) { c.SkipRecent = 9 }, "unusable criteria: skip-recent window 9 is not defined"},
		{"several faults", func(c *statement.Criteria) { c.All, c.Threshold = false, eur }, "unusable criteria: no customers selected; All selects everybody\n" +
			`unusable criteria: eligibility "open" has no use for the amount 250.00 EUR`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := statement.Criteria{All: true, Period: march}
			tt.change(&c)
			err := c.Validate()
			if tt.want == "" {
				require.NoError(t, err)
				return
			}
			require.EqualError(t, err, tt.want)
		})
	}
	require.ErrorIs(t, (&statement.Criteria{}).Validate(), statement.ErrCriteria)
	require.ErrorIs(t, (&statement.Criteria{}).Validate(), statement.ErrPeriod)
}

// An amount more precise than its currency is refused where it is read, with the
// decimals that the currency has.
func TestThresholdWithTooManyDecimals(t *testing.T) {
	for _, tt := range []struct{ amount, currency, want string }{
		{"100.005", "EUR", `amount "100.005": too many decimals: EUR has 2`},
		{"100.5", "JPY", `amount "100.5": too many decimals: JPY has 0`},
		{"100.0005", "KWD", `amount "100.0005": too many decimals: KWD has 3`},
	} {
		var c statement.Criteria
		err := json.Unmarshal([]byte(`{"Eligible":"threshold","Threshold":{"amount":"`+tt.amount+`","currency":"`+tt.currency+`"}}`), &c)
		require.EqualError(t, err, tt.want)
		require.ErrorIs(t, err, ar.ErrTooPrecise)
		_, err = ar.ParseMoney(tt.amount + " " + tt.currency)
		require.EqualError(t, err, tt.want)
	}
}

func TestCriteriaJSON(t *testing.T) {
	for _, c := range []statement.Criteria{
		{All: true, Period: march},
		{
			Customers: []string{"C-1", "C-2"}, Period: march, Locations: []string{"Leeds"},
			Eligible: statement.EligibleThreshold, Threshold: ar.MustMoney("12345678901234567890.12 EUR"), SkipRecent: statement.SkipWeek,
		},
		{All: true, Period: march, Eligible: statement.EligibleAged, Buckets: bucket.Standard(), Bucket: "61–90", SkipRecent: statement.SkipMonth},
	} {
		data, err := json.Marshal(c)
		require.NoError(t, err)
		var again statement.Criteria
		require.NoError(t, json.Unmarshal(data, &again))
		require.True(t, c.Threshold.Equal(again.Threshold) && c.Buckets.Equal(again.Buckets))
		c.Threshold, again.Threshold, c.Buckets, again.Buckets = ar.Money{}, ar.Money{}, bucket.Set{}, bucket.Set{}
		require.Equal(t, c, again)
	}
	var c statement.Criteria
	require.EqualError(t, json.Unmarshal([]byte(`{"Eligible":"overdue"}`), &c),
		`eligibility "overdue": malformed: want one of ["open" "past-due" "threshold" "aged"]`)
	require.EqualError(t, json.Unmarshal([]byte(`{"SkipRecent":"2 weeks"}`), &c),
		`skip-recent window "2 weeks": malformed: want one of ["none" "24h" "72h" "1 week" "1 month"]`)
	require.Equal(t, "Eligibility(9)", statement.Eligibility(9).String())
	require.Equal(t, "SkipRecent(9)", statement.SkipRecent(9).String())
}

func TestCriteriaWithin(t *testing.T) {
	scope, err := ledger.NewScope([]string{"Leeds", "York", "Hull"}, []string{"Leeds", "York"})
	require.NoError(t, err)
	within := func(locations ...string) ([]string, error) {
		s, err := (&statement.Criteria{Locations: locations}).Within(scope)
		return s.Viewable(), err
	}
	got, err := within("York", "Leeds", "York")
	require.NoError(t, err)
	require.Equal(t, []string{"Leeds", "York"}, got)

	_, err = within() // Hull is seen, so it is part of "all", but may not be modified
	require.EqualError(t, err, `location "Hull": the scope may not modify it`)
	_, err = within("Leeds", "Ripon", "Hull")
	require.EqualError(t, err, `location "Ripon": the scope does not view it`)
	_, err = within("Hull")
	require.ErrorIs(t, err, ledger.ErrNotModifiable)
	_, err = (&statement.Criteria{}).Within(ledger.Scope{})
	require.ErrorIs(t, err, ledger.ErrNoLocations)
	s, err := (&statement.Criteria{}).Within(both)
	require.NoError(t, err)
	require.Equal(t, []string{"Leeds", "York"}, s.Viewable())
}

func TestSkipRecentSince(t *testing.T) {
	berlin, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	at := func(text string) time.Time {
		now, err := time.Parse(time.RFC3339Nano, text)
		require.NoError(t, err)
		return now
	}
	for _, tt := range []struct {
		skip statement.SkipRecent
		now  time.Time
		want string
	}{
		{statement.Skip24Hours, at("2026-04-01T12:00:00Z"), "2026-03-31T12:00:00Z"},
		{statement.Skip72Hours, at("2026-04-01T12:00:00Z"), "2026-03-29T12:00:00Z"},
		{statement.SkipWeek, at("2026-04-01T12:00:00Z"), "2026-03-25T12:00:00Z"},
		{statement.SkipMonth, at("2026-04-01T12:00:00.000000007Z"), "2026-03-01T12:00:00.000000007Z"},
		{statement.SkipMonth, at("2026-03-31T23:59:59Z"), "2026-02-28T23:59:59Z"},
		{statement.SkipMonth, at("2024-03-31T00:00:00Z"), "2024-02-29T00:00:00Z"},
		{statement.SkipMonth, at("2026-03-28T00:00:00Z"), "2026-02-28T00:00:00Z"},
		{statement.SkipMonth, at("2026-01-31T08:00:00Z"), "2025-12-31T08:00:00Z"},
		{statement.SkipMonth, at("2026-05-31T00:30:00+02:00"), "2026-04-30T00:30:00+02:00"}, // the day is that of now's zone
		// Clocks went forward on 29 March 2026: 24 hours earlier it was 11 o'clock.
		{statement.Skip24Hours, time.Date(2026, 3, 29, 12, 0, 0, 0, berlin), "2026-03-28T11:00:00+01:00"},
		{statement.SkipMonth, time.Date(2026, 4, 15, 12, 0, 0, 0, berlin), "2026-03-15T12:00:00+01:00"},
	} {
		since, err := tt.skip.Since(tt.now)
		require.NoError(t, err)
		require.Equal(t, tt.want, since.Format(time.RFC3339Nano), "%s before %s", tt.skip, tt.now)
	}
	since, err := statement.SkipNone.Since(time.Time{})
	require.NoError(t, err)
	require.True(t, since.IsZero())
	_, err = statement.SkipWeek.Since(time.Time{})
	require.ErrorIs(t, err, statement.ErrNoTime)
	_, err = statement.SkipMonth.Since(at("0001-01-15T00:00:00Z"))
	require.ErrorIs(t, err, ar.ErrDateRange)
	_, err = statement.SkipRecent(9).Since(noon)
	require.EqualError(t, err, "skip-recent window 9 is not defined")
}
