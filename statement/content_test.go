package statement_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/render"
	"github.com/openreceivables/ar/statement"
)

// content is a statement of 70.00, as it is saved.
const content = `{"customer":"C-1","from":"2026-03-01","to":"2026-03-31","form":"open-item","overdue_rule":"past-due",` +
	`"buckets":[{"label":"Current","to":0},{"label":"Overdue","from":1}],"sections":[{"currency":"EUR",` +
	`"lines":[{"document":"d1","number":"INV-1","kind":"invoice","date":"2026-02-10","due":"2026-03-01",` +
	`"amount":"100.00","outstanding":"70.00","days_past_due":30,"balance":"70.00"}],` +
	`"balance":"70.00","amounts":["0.00","70.00"],"overdue":"70.00"}]}`

func record(content string) *statement.Record {
	return &statement.Record{Key: key(), Version: 1, Content: []byte(content)}
}

func TestContent(t *testing.T) {
	s, err := record(content).Statement()
	require.NoError(t, err)
	r, err := s.Record("run-1", []string{"Leeds"}, noon)
	require.NoError(t, err)
	require.Equal(t, content, string(r.Content), "written as it was read")

	replaced := func(old, with string) *statement.Record {
		require.Contains(t, content, old)
		return record(strings.Replace(content, old, with, 1))
	}
	for name, c := range map[string]struct {
		r    *statement.Record
		want error
		text string
	}{
		"nothing":               {record(""), statement.ErrContent, "EOF"},
		"half of it":            {record(content[:len(content)/2]), statement.ErrContent, "unexpected EOF"},
		"something after it":    {record(content + "{}"), statement.ErrContent, "more follows"},
		"an unknown key":        {replaced(`"overdue":`, `"overdone":`), statement.ErrContent, `unknown field "overdone"`},
		"an unknown form":       {replaced("open-item", "closed-item"), statement.ErrContent, `form of a statement "closed-item"`},
		"an unknown rule":       {replaced("past-due", "never"), statement.ErrContent, `overdue rule "never"`},
		"an unknown kind":       {replaced(`"invoice"`, `"bill"`), statement.ErrContent, `kind of document "bill"`},
		"an unknown currency":   {replaced("EUR", "EUX"), statement.ErrContent, `currency "EUX"`},
		"no currency":           {replaced("EUR", ""), statement.ErrContent, "an amount needs a currency"},
		"too many decimals":     {replaced(`"outstanding":"70.00"`, `"outstanding":"70.001"`), statement.ErrContent, "too many decimals"},
		"a day that is none":    {replaced("2026-02-10", "2026-02-30"), statement.ErrContent, "no such day"},
		"no date":               {replaced(`"date":"2026-02-10",`, ``), statement.ErrContent, "line 1: no valid document date"},
		"no customer":           {replaced(`"customer":"C-1",`, ``), statement.ErrContent, "no customer ID"},
		"no period":             {replaced(`"from":"2026-03-01",`, ``), statement.ErrContent, "not a statement period"},
		"a gap between buckets": {replaced(`"from":1}`, `"from":2}`), statement.ErrContent, "day 1"},
		"fewer amounts":         {replaced(`["0.00","70.00"]`, `["70.00"]`), statement.ErrContent, "1 amounts of 2 buckets"},
		"another version":       {&statement.Record{Key: key(), Version: 2, Content: []byte(content)}, statement.ErrVersion, "version 2, and this library knows version 1"},
		"no version":            {&statement.Record{Key: key(), Content: []byte(content)}, statement.ErrVersion, "version 0"},
		"another customer":      {replaced("C-1", "C-2"), statement.ErrContent, `it is that of customer "C-2"`},
		"another period":        {replaced("2026-03-31", "2026-03-30"), statement.ErrContent, "2026-03-01 to 2026-03-30"},
		"another balance":       {replaced(`"balance":"70.00","amounts"`, `"balance":"70.01","amounts"`), statement.ErrUnbalanced, "EUR: the ageing box less unapplied credits is 70.00 EUR, and the balance 70.01 EUR"},
		"another bucket":        {replaced(`["0.00","70.00"]`, `["0.01","70.00"]`), statement.ErrUnbalanced, "the ageing box is 70.01 EUR"},
		"less overdue":          {replaced(`"overdue":"70.00"`, `"overdue":"69.00"`), statement.ErrUnbalanced, "overdue and current 69.00 EUR"},
		"another line":          {replaced(`"outstanding":"70.00"`, `"outstanding":"60.00"`), statement.ErrUnbalanced, `"INV-1" is 60.00 EUR, and the running balance 70.00 EUR`},
		"a line left out":       {replaced(content[strings.Index(content, `{"document"`):strings.Index(content, `],"balance"`)], ""), statement.ErrUnbalanced, "all that is listed is 0.00 EUR, and the balance 70.00 EUR"},
		"a currency twice": {
			replaced(`"sections":[`, `"sections":[`+content[strings.Index(content, `{"currency"`):len(content)-2]+","),
			statement.ErrContent, "want one section for each currency",
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, err := c.r.Statement()
			require.Nil(t, s)
			require.ErrorIs(t, err, c.want)
			require.ErrorContains(t, err, c.text)
			require.ErrorContains(t, err, `statement of customer "C-1", 2026-03-01 to 2026-03-31, of run "run-1": `)
		})
	}
}

// Whatever is read as a statement is written as one, and read as the same again.
func FuzzContent(f *testing.F) {
	f.Add([]byte(content))
	f.Add([]byte(strings.Replace(content, `"amount":"100.00"`, `"amount":"0"`, 1))) // which is written without
	opt := options()
	opt.Form = statement.BalanceForward
	s, err := statement.FromAccount(harbour(), views("Leeds"), opt)
	require.NoError(f, err)
	r, err := s.Record("run-1", []string{"Leeds"}, noon)
	require.NoError(f, err)
	f.Add(r.Content)
	f.Fuzz(func(t *testing.T, content []byte) {
		s, err := record(string(content)).Statement()
		if err != nil {
			return
		}
		r, err := s.Record("run-1", []string{"Leeds"}, noon)
		require.NoError(t, err)
		again, err := r.Statement()
		require.NoError(t, err)
		var want, got bytes.Buffer
		for f := render.Text; f <= render.HTML; f++ {
			require.NoError(t, render.Statement(&want, s, render.StatementOptions{Format: f}))
			require.NoError(t, render.Statement(&got, again, render.StatementOptions{Format: f}))
		}
		require.Equal(t, want.String(), got.String())
	})
}

func TestTexts(t *testing.T) {
	for _, text := range []string{"open-item", "balance-forward"} {
		var f statement.Form
		require.NoError(t, f.UnmarshalText([]byte(text)))
		require.Equal(t, text, f.String())
	}
	for _, text := range []string{"past-due", "on-statement"} {
		var r statement.OverdueRule
		require.NoError(t, r.UnmarshalText([]byte(text)))
		require.Equal(t, text, r.String())
	}
	require.Equal(t, "Form(9)", statement.Form(9).String())
	require.Equal(t, "OverdueRule(9)", statement.OverdueRule(9).String())
}

// Validate tells all that is wrong at once, and nothing of a record that is made
// by the library.
func TestRecordValidate(t *testing.T) {
	var zero statement.Record
	err := zero.Validate()
	for _, want := range []error{
		statement.ErrNoRun, ledger.ErrNoCustomer, statement.ErrPeriod, statement.ErrNoTime, ledger.ErrNoLocations,
	} {
		require.ErrorIs(t, err, want)
	}
	s, err := statement.FromAccount(harbour(), views("Leeds"), options())
	require.NoError(t, err)
	r, err := s.Record("run-1", []string{""}, noon)
	require.NoError(t, err, "a location may have no name")
	require.NoError(t, r.Validate())
	_, err = s.Record("run-1", nil, noon)
	require.ErrorIs(t, err, ledger.ErrNoLocations)
	require.ErrorContains(t, err, "made for no location")
}
