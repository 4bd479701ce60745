package allocation

import "fmt"

// Policy says to which debits a credit goes that has no specified amounts (SPEC
// P2). The package comment has the tie-breaks.
type Policy uint8

// The policies.
const (
	// OldestDue pays the debit first that is due first.
	OldestDue Policy = iota
	// OldestDated pays the debit first that is dated first.
	OldestDated
	// NewestDue pays the debit first that is due last.
	NewestDue
	// NewestDated pays the debit first that is dated last.
	NewestDated
	// Largest pays the debit first that most is open of.
	Largest
	// Smallest pays the debit first that least is open of.
	Smallest
	// ProRata shares the credit among all debits in proportion to what each
	// requires.
	ProRata
	// ExactMatch pays the one debit that requires just the credit, or the
	// smallest set of up to Options.MaxSet debits that does, and matches no
	// other credit. Of equal sets it is the one with the oldest debits. Where
	// none is exact, the one counts whose last debit tolerates the difference,
	// the smallest difference first in sets of the same size. What debits require
	// is tried with the discounts that the credit has earned, then also with those
	// that it may have as needed (LateIfSettled), and then with none, for who
	// declines them and pays in full.
	ExactMatch
	// ClearAccount pays all debits, if they require just what is left of this
	// credit, with discounts or without as ExactMatch; or else if this credit and
	// all of its currency in the plan that are still to come, one after another
	// from the oldest debit on, pay them off and are used up, with the discount
	// that each earns on what it closes, or all without. These then all go there,
	// even one that an earlier policy would match. A credit note that comes after
	// the payment leaves it no discount to earn: Options.CreditKinds has it come
	// before. Nothing may be left to a tolerance or to Settling.Rest.
	ClearAccount
	// ClearPastDue is ClearAccount for the debits that are past due: due before
	// the plan's date.
	ClearPastDue
)

// policyNames is indexed by Policy.
var policyNames = [...]string{
	"oldest due first", "oldest dated first", "newest due first", "newest dated first",
	"largest first", "smallest first", "pro rata", "exact match", "clear the account", "clear all past due",
}

// String returns the policy in words, as the lines of a plan give it.
func (p Policy) String() string {
	if int(p) < len(policyNames) {
		return policyNames[p]
	}
	return fmt.Sprintf("Policy(%d)", uint8(p))
}

// fixed reports whether the order of debits stays the same while some are paid.
func (p Policy) fixed() bool { return p <= NewestDated }
