package ledger

import (
	"cmp"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
)

// Applied is an allocation that counts on a date.
type Applied struct {
	*Allocation         // the account's, not to be changed
	From        ar.Date // the first day it counts, after re-dating
	Credit      *Document
	Debit       *Document
}

// Applied yields the allocations that count as of a date, in the order in which
// they were given.
func (a *Account) Applied(asOf ar.Date) iter.Seq[Applied] {
	return func(yield func(Applied) bool) {
		for i := range a.links {
			if a.links[i].live(asOf) && !yield(a.applied(i)) {
				return
			}
		}
	}
}

func (a *Account) applied(allocation int) Applied {
	l := &a.links[allocation]
	return Applied{
		&a.facts.Allocations[allocation], l.from,
		&a.facts.Documents[l.credit], &a.facts.Documents[l.debit],
	}
}

// Explanation says why what is open of a document on a date is what it is:
// its amount less each allocation (SPEC A7, L3).
type Explanation struct {
	Document *Document // the account's, not to be changed
	AsOf     ar.Date
	Date     ar.Date        // the document's date, after re-dating
	Due      ar.Date        // of a document without parts
	Terms    duedate.Terms  // that led from Date to Due; zero: it was given, or is Date
	Moves    []duedate.Move // of the Terms, from Date to Due
	Applied  []Applied      // by the day they count from, then ID

	// Elsewhere is what was applied from or to documents that a scope does not
	// view, of those that Within has taken out of Applied: all that it tells of
	// them. The zero Money: nothing.
	Elsewhere ar.Money

	Open []Entry // what is left: none, one, or one for each open part

	// Outstanding is amount − allocations, above zero for credits too; or zero
	// where the document is dated after AsOf.
	Outstanding ar.Money

	account *Account // that it is of; nil: none made it
}

// Explain says what is open of a document as of a date, and why. An ID that is
// not there is ErrUnknownDocument.
func (a *Account) Explain(document string, asOf ar.Date) (Explanation, error) {
	i, ok := a.number.find(document)
	if !ok {
		return Explanation{}, unexplained(document)
	}
	if !asOf.Valid() {
		return Explanation{}, fmt.Errorf("as of %s: %w", asOf, ErrBadDate)
	}
	d := &a.facts.Documents[i]
	e := Explanation{Document: d, AsOf: asOf, Date: a.dates[i], Due: a.dues[i], Terms: d.terms(&a.customer), account: a}
	if !e.Terms.IsZero() {
		e.Moves, _ = e.Terms.Explain(e.Date, a.calendars) // as they did when the account was made
	}
	if e.Date > asOf {
		return e, nil
	}
	left := slices.Clone(a.amounts)
	for n := range a.links {
		if l := &a.links[n]; l.live(asOf) && (l.credit == i || l.debit == i) {
			e.Applied = append(e.Applied, a.applied(n))
			a.subtract(left, n)
		}
	}
	slices.SortFunc(e.Applied, func(x, y Applied) int {
		return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.ID, y.ID))
	})
	e.Outstanding = left[i]
	if !e.Outstanding.IsZero() {
		a.entries(new(Entry), i, asOf, left, func(open *Entry) bool {
			e.Open = append(e.Open, *open)
			return true
		})
	}
	return e, nil
}

// Within returns the explanation as a scope may know it (SPEC A4): what was
// applied from or to documents at locations that it does not view is one sum,
// Elsewhere, and nothing came along with it (Allocation.With). A document that it
// does not view is ErrUnknownDocument, as if it were not there, and a scope that
// views nothing ErrNoLocations.
func (e Explanation) Within(scope Scope) (Explanation, error) {
	if err := scope.Check(); err != nil {
		return Explanation{}, err
	}
	if e.Document == nil { // comes beside an error
		return e, nil
	}
	if !scope.Views(e.Document.Location) {
		return Explanation{}, unexplained(e.Document.ID)
	}
	viewed := make([]Applied, 0, len(e.Applied))
	for _, x := range e.Applied {
		amount, other := e.side(&x)
		if scope.Views(other.Location) {
			viewed = append(viewed, x)
		} else {
			e.Elsewhere, _ = e.Elsewhere.Add(amount) // of the document's currency
		}
	}
	e.Applied = viewed
	e.account.hideWith(viewed, scope)
	return e, nil
}

// hideWith takes the names of allocations from or to what a scope does not view
// out of those that came along with them.
func (a *Account) hideWith(applied []Applied, scope Scope) {
	along := map[string][]*Applied{} // by what they came along with
	for i := range applied {
		if x := &applied[i]; x.With != "" {
			along[x.With] = append(along[x.With], x)
		}
	}
	if a == nil || len(along) == 0 {
		return
	}
	for i := range a.links {
		id, of := a.facts.Allocations[i].ID, a.applied(i)
		if scope.Views(of.Credit.Location) && scope.Views(of.Debit.Location) {
			continue
		}
		for _, x := range along[id] {
			alone := *x.Allocation
			alone.With, x.Allocation = "", &alone
		}
	}
}

func unexplained(document string) error {
	return fmt.Errorf("explain %q: %w", document, ErrUnknownDocument)
}

// side returns what an allocation takes off the document, and the other one.
func (e *Explanation) side(x *Applied) (amount ar.Money, other *Document) {
	if e.Document.Kind.IsCredit() {
		return x.taken(), x.Debit
	}
	return x.Amount, x.Credit
}

// String tells it in a few lines of English; the zero Explanation in none.
func (e Explanation) String() string {
	if e.Document == nil {
		return ""
	}
	var b strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	say("%s", e.Document)
	if e.Date != e.Document.Date {
		say("  re-dated to %s", e.Date)
	}
	if e.Date > e.AsOf {
		say("  not there as of %s", e.AsOf)
		return b.String()
	}
	say("  amount       %s", e.Document.Amount)
	for i := range e.Applied {
		x := &e.Applied[i]
		amount, other := e.side(x)
		side := "from"
		if e.Document.Kind.IsCredit() {
			side = "to"
		}
		say("  − applied    %s on %s %s %s %q%s", amount, x.From, side, other.Kind, other.ID, note(x.Rule))
	}
	if !e.Elsewhere.IsZero() {
		say("  − applied    %s at other locations", e.Elsewhere)
	}
	say("  = open       %s as of %s", e.Outstanding, e.AsOf)
	for i := range e.Open {
		if p := &e.Open[i]; p.Part > 0 {
			say("    part %d of %s, due %s: %s", p.Part, e.Document.Parts[p.Part-1].Amount, p.Due, p.Outstanding)
		}
	}
	return b.String()
}

// note returns a text that came from outside, in parentheses. What could command
// a terminal is escaped.
func note(text string) string {
	if text == "" {
		return ""
	}
	quoted := strconv.Quote(text)
	return " (" + quoted[1:len(quoted)-1] + ")"
}
