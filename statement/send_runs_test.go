package statement_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// batches is a host with saved statements of C-0001 and C-0002 in the run "one",
// of C-0003 in "two", and of C-0004 in "other".
func batches(t *testing.T) *host {
	t.Helper()
	h := newHost(many(t, 4)...)
	for i, run := range []string{"one", "one", "two", "other"} {
		_, err := statement.Save(t.Context(), h, leeds, statement.Request{
			Customer: fmt.Sprintf("C-%04d", i+1), Options: options(), Run: run, At: noon.Add(time.Duration(i)),
		})
		require.NoError(t, err)
	}
	h.calls = nil
	return h
}

func (h *host) sendBatches(ctx context.Context, at time.Time) (statement.Sending, error) {
	return statement.SendRuns(ctx, h, leeds, []string{"one", "two", "one"}, 0, h, at)
}

// mailed is to whom mails went, in order.
func (h *host) mailed() []string {
	var all []string
	for _, r := range h.mails {
		all = append(all, r.Customer)
	}
	return all
}

// Whatever call fails, what is marked was sent, what was not is told, and the next
// call sends the rest: nothing twice but what nobody could mark.
func TestSendRunsFaults(t *testing.T) {
	var n int
	for failAt := 0; failAt <= n; failAt++ {
		t.Run(fmt.Sprint(failAt), func(t *testing.T) {
			h := batches(t)
			h.failAt = failAt
			result, err := h.sendBatches(t.Context(), noon)
			if failAt == 0 {
				require.NoError(t, err)
				require.Equal(t, statement.Sending{Sent: 3}, result)
				require.Equal(t, []string{"C-0001", "C-0002", "C-0003"}, h.mailed())
				n = len(h.calls)
				require.Equal(t, 2+3*3, n, "each run is listed; each statement is found, sent and marked")
				return
			}
			unmarked := 0
			if err == nil {
				require.Len(t, result.Failures, 1)
				require.Equal(t, 2, result.Sent)
				f := result.Failures[0]
				require.ErrorIs(t, f.Err, errBroken)
				require.ErrorContains(t, f.Err, fmt.Sprintf("statement of customer %q, ", f.Customer))
				require.NotContains(t, f.Reason, f.Customer, "it begins with what is wrong")
				if errors.Is(f.Err, statement.ErrSentUnmarked) {
					unmarked++
					require.Equal(t, "sent, but not marked as sent: the line is broken", f.Reason)
				}
			} else {
				require.ErrorIs(t, err, errBroken)
				require.Equal(t, statement.Sending{}, result, "nothing was done before all was listed")
				require.Empty(t, h.mails)
			}
			marked := 0
			for _, r := range h.records {
				if !r.Sent.IsZero() {
					marked++
					require.Contains(t, h.mailed(), r.Customer)
				}
			}
			require.Equal(t, result.Sent, marked)
			require.Len(t, h.mails, marked+unmarked)

			h.failAt = 0
			later := noon.Add(time.Hour)
			again, err := h.sendBatches(t.Context(), later)
			require.NoError(t, err)
			require.Equal(t, statement.Sending{Sent: 3 - marked, Earlier: marked}, again)
			require.Len(t, h.mails, 3+unmarked)
			require.NotContains(t, h.mailed(), "C-0004", "of another run")
			again, err = h.sendBatches(t.Context(), later)
			require.NoError(t, err)
			require.Equal(t, statement.Sending{Earlier: 3}, again)
		})
	}
}

// A failure has the name that the statement has, and one that cannot be read the
// ID; what somebody else sends meanwhile is not sent again.
func TestSendRunsFailures(t *testing.T) {
	h := batches(t)
	h.records[1].Content = h.records[1].Content[:20]
	result, err := statement.SendRuns(t.Context(), h, leeds, []string{"one", "two"}, 0, mailer(func(r statement.Record) error {
		if r.Customer == "C-0001" {
			i := slices.IndexFunc(h.records, func(r statement.Record) bool { return r.Customer == "C-0003" })
			h.records[i].Sent = noon
			return errors.New("no such mailbox")
		}
		_, err := r.Statement()
		return err
	}), noon)
	require.NoError(t, err)
	require.Zero(t, result.Sent)
	require.Equal(t, 1, result.Earlier)
	require.Len(t, result.Failures, 2)
	require.Equal(t, "Customer 1", result.Failures[0].Name)
	require.Equal(t, "not sent: no such mailbox", result.Failures[0].Reason)
	require.Equal(t, "C-0002", result.Failures[1].Name)
	require.ErrorIs(t, result.Failures[1].Err, statement.ErrContent)

	// From before the cut-over date, with nothing outstanding: not reprinted, and
	// not sent either.
	h = newHost(owes(t, "C-1", "Abbey"))
	_, err = statement.Save(t.Context(), h, leeds, statement.Request{Customer: "C-1", Options: options(), Run: "one", At: noon})
	require.NoError(t, err)
	result, err = statement.SendRuns(t.Context(), h, leeds, []string{"one"}, april.From, h, noon)
	require.NoError(t, err)
	require.Len(t, result.Failures, 1)
	require.ErrorIs(t, result.Failures[0].Err, statement.ErrBeforeCutover)
	require.Empty(t, h.mails)
}

// Who gives up is told what was sent until then, and what was sent is marked.
func TestSendRunsGivenUp(t *testing.T) {
	h := batches(t)
	ctx, cancel := context.WithCancel(t.Context())
	result, err := statement.SendRuns(ctx, h, leeds, []string{"one"}, 0, mailer(func(r statement.Record) error {
		cancel()
		return nil
	}), noon)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, statement.Sending{Sent: 1}, result)
	require.Equal(t, noon, h.records[0].Sent)

	h = batches(t)
	ctx, cancel = context.WithCancel(t.Context())
	result, err = statement.SendRuns(ctx, h, leeds, []string{"one"}, 0, mailer(func(r statement.Record) error {
		cancel()
		return errors.New("interrupted")
	}), noon)
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, statement.Sending{}, result)
	require.True(t, h.records[0].Sent.IsZero())
}

// Who may not modify a location of a statement saves, sends and marks none for it
// (SPEC A4, R1), as with runs; to preview and to find need no more than to view.
// What is sent already asks for nothing.
func TestSavingAndSendingNeedModify(t *testing.T) {
	ctx := t.Context()
	partly, err := ledger.NewScope([]string{"Leeds", "York"}, []string{"Leeds"})
	require.NoError(t, err)
	refused := func(err error) {
		t.Helper()
		var location *ledger.LocationError
		require.ErrorAs(t, err, &location)
		require.ErrorIs(t, err, ledger.ErrNotModifiable)
		require.Equal(t, "York", location.Location)
	}
	h := newHost(many(t, 1)...)
	q := statement.Request{Customer: "C-0001", Options: options(), Run: "one", At: noon}
	_, err = statement.Save(ctx, h, partly, q)
	refused(err)
	require.EqualError(t, err, `statement of customer "C-0001", 2026-03-01 to 2026-03-31, of run "one": location "York": the scope may not modify it`)
	_, err = statement.Email(ctx, h, partly, q, h)
	refused(err)
	require.Empty(t, h.records)
	_, err = statement.Preview(ctx, h, partly, q)
	require.NoError(t, err)

	narrow, err := partly.Narrow("Leeds")
	require.NoError(t, err)
	_, err = statement.Save(ctx, h, narrow, q)
	require.NoError(t, err)
	q.Run = "two"
	two, err := statement.Save(ctx, h, both, q)
	require.NoError(t, err)
	_, err = statement.Find(ctx, h, partly, two.Key, 0)
	require.NoError(t, err)
	_, err = statement.Resend(ctx, h, partly, two.Key, 0, h, noon)
	refused(err)
	result, err := statement.SendRuns(ctx, h, partly, []string{"one", "two"}, 0, h, noon)
	refused(err)
	require.Equal(t, statement.Sending{}, result)
	require.Empty(t, h.mails)
	result, err = statement.SendRuns(ctx, h, partly, []string{"one"}, 0, h, noon)
	require.NoError(t, err)
	require.Equal(t, statement.Sending{Sent: 1}, result)
	_, err = statement.Resend(ctx, h, both, two.Key, 0, h, noon)
	require.NoError(t, err)
	result, err = statement.SendRuns(ctx, h, partly, []string{"one", "two"}, 0, h, noon)
	require.NoError(t, err)
	require.Equal(t, statement.Sending{Earlier: 2}, result)
}

func TestSendRunsRefuses(t *testing.T) {
	h := batches(t)
	for name, c := range map[string]struct {
		scope ledger.Scope
		runs  []string
		at    time.Time
		want  error
	}{
		"no run":           {leeds, nil, noon, statement.ErrNoRun},
		"a run without ID": {leeds, []string{"one", ""}, noon, statement.ErrNoRun},
		"no time":          {leeds, []string{"one"}, time.Time{}, statement.ErrNoTime},
		"no view":          {ledger.Scope{}, []string{"one"}, noon, ledger.ErrNoLocations},
		"nothing to send":  {leeds, []string{"never"}, noon, nil},
		"seen by others":   {views("York"), []string{"one"}, noon, nil},
	} {
		result, err := statement.SendRuns(t.Context(), h, c.scope, c.runs, 0, h, c.at)
		require.ErrorIs(t, err, c.want, name)
		require.Equal(t, statement.Sending{}, result, name)
	}
	require.Empty(t, h.mails)
}
