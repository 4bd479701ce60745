package statement_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/statement"
)

func TestPeriod(t *testing.T) {
	to := ar.MustDate("2026-03-31")
	p, err := statement.LastDays(90, to)
	require.NoError(t, err)
	require.Equal(t, "2026-01-01 to 2026-03-31", p.String())
	p, err = statement.LastDays(1, to)
	require.NoError(t, err)
	require.Equal(t, statement.Period{From: to, To: to}, p)

	_, err = statement.LastDays(0, to)
	require.ErrorIs(t, err, statement.ErrPeriod)
	_, err = statement.LastDays(1_000_000, to)
	require.ErrorIs(t, err, statement.ErrPeriod)
	require.ErrorIs(t, err, ar.ErrDateRange)
	require.EqualError(t, statement.Period{From: to, To: ar.MustDate("2026-03-30")}.Validate(),
		`not a statement period: from "2026-03-31" to "2026-03-30"`)
	require.ErrorIs(t, statement.Period{}.Validate(), statement.ErrPeriod)
}
