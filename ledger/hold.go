package ledger

import (
	"fmt"

	"github.com/openreceivables/ar"
)

// changing are the flags that a Status says.
const changing = Disputed | OnHold

// flagsOf returns the flags of a document on a date.
func (a *Account) flagsOf(document int32, asOf ar.Date) Flags {
	d := &a.facts.Documents[document]
	flags := d.Flags
	if d.Footnote != "" {
		flags |= Footnote
	}
	for _, s := range a.statusesOf(document) {
		if s.from > asOf {
			break
		}
		flags = flags&^changing | s.flags&changing
	}
	return flags
}

// HeldDays returns for how many days of the as-of date's offset from a basis
// date the ageing clock of a document stood still: the days after the basis
// date, up to and with the as-of date, on which a status has it OnHold (SPEC
// L7). The offset less these is its age in adjusted days, which never falls
// below that on the basis date.
//
// A hold from 10 June that ends with a status from 20 June has ten days. The
// flags that the document itself came with are undated, and hold no clock. An
// ID that is not there is ErrUnknownDocument.
func (a *Account) HeldDays(document string, basis, asOf ar.Date) (int, error) {
	i, ok := a.number.find(document)
	if !ok {
		return 0, fmt.Errorf("held days of %q: %w", document, ErrUnknownDocument)
	}
	return a.held(i, basis, asOf), nil
}

func (a *Account) held(document int32, basis, asOf ar.Date) int {
	days := 0
	statuses := a.statusesOf(document)
	for i, s := range statuses {
		if !s.flags.Has(OnHold) {
			continue
		}
		last := asOf
		if i+1 < len(statuses) {
			last = min(asOf, statuses[i+1].from-1)
		}
		if n := last.DaysSince(max(basis, s.from-1)); n > 0 {
			days += n
		}
	}
	return days
}
