package cli_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/examples/internal/cli"
)

// What an error tells from outside moves no cursor, takes back no line and turns
// no text around.
func TestMessagesAreText(t *testing.T) {
	var out strings.Builder
	p := cli.Program{Name: "agereport", Stderr: &out}
	require.Equal(t, 1, p.Status(errors.New("two of 3 rows are bad\nrow \x1b[2J\r1,\u202e0001\u202c EUR")))
	require.Equal(t, "agereport: two of 3 rows are bad\nagereport: row \ufffd[2J\ufffd1,\ufffd0001\ufffd EUR\n", out.String())
}
