package aging

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
)

// Why an item is not in a report.
var (
	ErrFuture  = errors.New("dated after the as-of date")
	ErrClosed  = errors.New("closed on or before the as-of date")
	ErrSettled = errors.New("nothing is outstanding")
)

// line returns how the report sees an item.
func (o *Options) line(it *ledger.Item) Line {
	offset, days := o.AgedAsOf.DaysSince(o.since(it)), o.AgedAsOf.DaysSince(it.DueDate())
	return Line{
		Item:         *it,
		Column:       o.column(it, o.standing(it)),
		Bucket:       o.Buckets.Index(offset),
		Offset:       offset,
		DaysPastDue:  days,
		DaysAdjusted: days - heldOf(it.Held, days),
		Amount:       it.Outstanding,
	}
}

// Explanation says why an item is where it is in a report (SPEC A7).
type Explanation struct {
	Line
	AsOf     ar.Date
	AgedAsOf ar.Date
	Basis    Basis
	Adjusted bool          // ages are by adjusted days
	Range    bucket.Bucket // the bucket that Line.Bucket counts
	Reason   error         // ErrFuture, ErrClosed, ErrSettled or ErrExcluded where the item is not in the balances; else nil

	// Terms and the moves they take the document date through. Terms that lead
	// elsewhere than to the item's due date did not make it; TermsDue is where
	// they lead. All are zero where no terms were given.
	Terms    duedate.Terms
	Moves    []duedate.Move
	TermsDue ar.Date
}

// Explain says where an item falls in a report of these options, and why. The
// terms are those that its due date came from, and zero where it was given as
// it stands; calendars are what DueDate needs for them.
func Explain(it ledger.Item, opt Options, terms duedate.Terms, calendars duedate.Calendars) (Explanation, error) {
	opt, err := opt.resolved()
	if err != nil {
		return Explanation{}, err
	}
	if err := it.Validate(); err != nil {
		return Explanation{}, err
	}
	e := opt.explain(&it)
	if e.Terms = terms; terms.IsZero() {
		return e, nil
	}
	if e.Moves, err = terms.Explain(it.Date, calendars); err != nil {
		return Explanation{}, fmt.Errorf("%s: %w", &it, err)
	}
	e.TermsDue = e.Moves[len(e.Moves)-1].Date
	return e, nil
}

// explain says all but the terms.
func (o *Options) explain(it *ledger.Item) Explanation {
	line := o.line(it)
	return Explanation{
		Line: line, AsOf: o.AsOf, AgedAsOf: o.AgedAsOf, Basis: o.Basis, Adjusted: o.Adjusted,
		Range: o.Buckets.Bucket(line.Bucket), Reason: o.standing(it).reason(),
	}
}

// String tells it in a few lines of English, from the document date by way of
// the due date and the offset to the bucket.
func (e Explanation) String() string {
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	it := &e.Item
	say("%s", it)
	say("  outstanding  %s", it.Outstanding)
	say("  dated        %s", it.Date)
	e.place(say)
	return b.String()
}

// place tells how it comes from its dates to its bucket.
func (e *Explanation) place(say func(format string, args ...any)) {
	it := &e.Item
	if !it.Posted.IsZero() {
		say("  posted       %s", it.Posted)
	}
	if !e.Terms.IsZero() {
		say("  terms        %s: %s%s", e.Terms, it.Date, arrows(e.Moves))
	}
	say("  due          %s%s", it.DueDate(), e.dueNote())
	if !it.Closed.IsZero() {
		say("  closed       %s", it.Closed)
	}
	if e.AgedAsOf == e.AsOf {
		say("  as of        %s: %s", e.AsOf, e.age())
	} else {
		say("  as of        %s", e.AsOf)
		say("  aged as of   %s: %s", e.AgedAsOf, e.age())
	}
	if e.DaysAdjusted != e.DaysPastDue {
		say("  adjusted     %s held: %s", days(e.DaysPastDue-e.DaysAdjusted), sinceDue(e.DaysAdjusted))
	}
	if e.Basis != DueDate {
		say("  aged by      %s date: %s", e.basisName(), sinceBasis(e.Offset))
	}
	if e.Adjusted {
		say("  aged by      adjusted days")
	}
	if e.Reason != nil {
		say("  not in the report: %s", e.Reason)
	}
	switch e.Column {
	case InBucket:
		say("  bucket       %s", e.Range)
	case InUnapplied:
		say("  bucket       none: unapplied credits have a column of their own; aged, %s", e.Range)
	case InApart:
		say("  bucket       none: what is disputed or on hold has a column of its own")
	case InExcluded:
		say("  column       excluded, beside the balance")
	case InReceipts:
		say("  column       receipts after the as-of date, beside the balance")
	case InNone:
	}
}

func (e *Explanation) credit() bool { return e.Item.Outstanding.Sign() < 0 }

func (e *Explanation) age() string {
	if e.credit() {
		return sinceBasis(e.DaysPastDue)
	}
	return sinceDue(e.DaysPastDue)
}

func arrows(moves []duedate.Move) string {
	var b strings.Builder
	for _, m := range moves {
		fmt.Fprintf(&b, " → %s → %s", m.Step, m.Date)
	}
	return b.String()
}

func (e *Explanation) dueNote() string {
	switch {
	case e.Terms.IsZero() && e.Item.DueDate() == e.Item.Date:
		return ", on the document date"
	case !e.Terms.IsZero() && e.TermsDue != e.Item.Due:
		return fmt.Sprintf(", given with the document; the terms would make it %s", e.TermsDue)
	case e.Terms.IsZero():
		return ", given with the document"
	}
	return ""
}

func (e *Explanation) basisName() string {
	if e.Basis == PostingDate {
		return "posting"
	}
	return "document"
}

// days tells a number of days, which is not negative.
func days(n int) string {
	if n == 1 {
		return "1 day"
	}
	return strconv.Itoa(n) + " days"
}

// sinceDue tells an offset from the due date.
func sinceDue(offset int) string {
	switch {
	case offset > 0:
		return days(offset) + " past due"
	case offset < 0:
		return "due in " + days(-offset)
	}
	return "due that day"
}

// sinceBasis tells an offset from another date.
func sinceBasis(offset int) string {
	if offset < 0 {
		return days(-offset) + " ahead"
	}
	return days(offset) + " old"
}
