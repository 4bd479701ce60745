package duedate

import "github.com/openreceivables/ar"

// Calendar says which days are open for business (SPEC D7). It is asked about
// valid dates only, and should answer the same each time.
type Calendar interface {
	IsBusinessDay(d ar.Date) bool
}

// Substituter is what a Calendar may implement besides: a table of dates that
// others are put in the place of, for holidays and a partner's closures (SPEC
// D3). The second result is false where d has no substitute.
type Substituter interface {
	Substitute(d ar.Date) (ar.Date, bool)
}

// Calendars are the calendars that steps may name. They are passed when a due
// date is computed; terms hold only the name (SPEC D4). A nil entry is missing.
type Calendars map[string]Calendar
