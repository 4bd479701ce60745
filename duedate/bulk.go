package duedate

import (
	"fmt"

	"github.com/openreceivables/ar"
)

// remembered is how many days DueDates remembers the answers for: more than
// five years, in 16 KiB.
const remembered = 1 << 11

// DueDates sets due[i] to the due date of a document of date doc[i], as DueDate
// gives it, and allocates nothing. The two may be the same slice, and due is at
// least as long as doc. The first document that has no due date ends it with an
// error that names its index; the due dates before that are set.
//
// A column of documents has few different dates, so each is taken through the
// steps once and remembered. Calendars must answer alike throughout the call.
func (t Terms) DueDates(due, doc []ar.Date, calendars Calendars) error {
	if len(due) < len(doc) {
		return fmt.Errorf("due dates of %d documents do not fit in %d", len(doc), len(due))
	}
	due = due[:len(doc)]
	var memory [remembered]struct{ doc, due ar.Date }
	for i, d := range doc {
		m := &memory[uint32(d)%remembered]
		if m.doc != d || d.IsZero() {
			answer, err := t.DueDate(d, calendars)
			if err != nil {
				return fmt.Errorf("document %d: %w", i, err)
			}
			m.doc, m.due = d, answer
		}
		due[i] = m.due
	}
	return nil
}
