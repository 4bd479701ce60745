package aging

import (
	"fmt"
	"strings"

	"github.com/openreceivables/ar/ledger"
)

// DocumentExplanation is the whole way of a document into a report (SPEC A7):
// from its amount by way of each allocation to what is outstanding, and from
// its terms by way of the due date and the offset to the bucket.
type DocumentExplanation struct {
	Ledger ledger.Explanation // amount − each allocation = outstanding
	Items  []Explanation      // where what is outstanding falls: an item for each of Ledger.Open
	Reason error              // ErrFuture or ErrSettled where there are none; else nil
}

// ExplainDocument says where a document of an account falls in a report of these
// options, and why. A document that is paid in instalments has an item for each
// part that is open. Its errors are those of Compute, and of
// ledger.Account.Explain.
func ExplainDocument(a *ledger.Account, document string, opt Options) (DocumentExplanation, error) {
	opt, err := opt.resolved()
	if err != nil {
		return DocumentExplanation{}, err
	}
	from, err := a.Explain(document, opt.AsOf)
	if err != nil {
		return DocumentExplanation{}, err
	}
	x := DocumentExplanation{Ledger: from}
	for i := range from.Open {
		it := from.Open[i].Item()
		e := opt.explain(&it)
		if e.Terms, e.Moves = from.Terms, from.Moves; len(e.Moves) > 0 {
			e.TermsDue = from.Due
		}
		x.Items = append(x.Items, e)
	}
	switch {
	case len(x.Items) > 0:
	case from.Date > opt.AsOf:
		x.Reason = ErrFuture
	default:
		x.Reason = ErrSettled
	}
	return x, nil
}

// Within returns the explanation as a scope may know it (SPEC A4). It is
// ledger.Explanation.Within, with its errors.
func (x DocumentExplanation) Within(scope ledger.Scope) (DocumentExplanation, error) {
	var err error
	if x.Ledger, err = x.Ledger.Within(scope); err != nil {
		return DocumentExplanation{}, err
	}
	return x, nil
}

// String tells it as a working paper has it, part by part where there are parts.
func (x DocumentExplanation) String() string {
	var b strings.Builder
	b.WriteString(x.Ledger.String())
	for i := range x.Items {
		indent := ""
		if part := x.Ledger.Open[i].Part; part > 0 {
			indent = "  "
			fmt.Fprintf(&b, "  part %d, of which %s is open\n", part, x.Items[i].Item.Outstanding)
		}
		x.Items[i].place(func(format string, args ...any) { fmt.Fprintf(&b, indent+format+"\n", args...) })
	}
	if x.Reason != nil {
		fmt.Fprintf(&b, "  not in the report: %s\n", x.Reason)
	}
	return b.String()
}
