package intake

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/openreceivables/ar"
)

// parseDay reads a date of the layout. The error says only why not, as the
// caller names the cell.
func parseDay(text, layout string) (ar.Date, error) {
	var d ar.Date
	t, err := time.Parse(layout, text)
	if err == nil {
		d, err = ar.DateOf(t)
	}
	if err != nil {
		return 0, fmt.Errorf("%w, want %s for 2 January 2006", whyNoDay(err), layout)
	}
	return d, nil
}

// whyNoDay returns the sentinel for what package time or ar says.
func whyNoDay(err error) error {
	var malformed *time.ParseError
	if !errors.As(err, &malformed) {
		return bare(err)
	}
	// Package time has no sentinel for this.
	if strings.HasSuffix(malformed.Message, "day out of range") || strings.HasSuffix(malformed.Message, "month out of range") {
		return ar.ErrNoSuchDay
	}
	return ar.ErrSyntax
}

// bare takes off the type and the text that a *ar.ParseError begins with, as a
// RowError names them itself.
func bare(err error) error {
	var parse *ar.ParseError
	if errors.As(err, &parse) {
		return parse.Err
	}
	return err
}
