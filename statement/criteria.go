package statement

import (
	"errors"
	"fmt"
	"slices"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/bucket"
	"github.com/openreceivables/ar/ledger"
)

// ErrCriteria: the criteria of a run do not say for whom it makes statements, or
// say it in two ways.
var ErrCriteria = errors.New("unusable criteria")

// Criteria say for whom a run makes statements (SPEC R1). The zero Criteria are
// invalid: they have no period, and neither customers nor All.
type Criteria struct {
	// Customers are the IDs of the customers that are selected. All is the choice
	// of everybody: an empty selection is an error, not a statement for all.
	Customers []string
	All       bool

	Period Period // what counts is what is open at the end of its last day

	// Locations narrow the caller's scope; empty: all that it views. Within tells
	// how many that is.
	Locations []string

	// Eligible says which of the customers get a statement, by what they owe at
	// the locations. Threshold is the amount of EligibleThreshold. Buckets and
	// Bucket, a label (Buckets.Label gives that of an index), are the bucket of
	// EligibleAged; a set that depends on the date is resolved for the period's
	// last day. Each is an error elsewhere.
	Eligible  Eligibility
	Threshold ar.Money
	Buckets   bucket.Set
	Bucket    string

	// SkipRecent leaves out who has a recent statement of the period, for all the
	// locations or more, that the caller views: see Records.SaveRecord.
	SkipRecent SkipRecent
}

// Eligibility is a rule that says who gets a statement (SPEC R1).
type Eligibility uint8

// The rules. A balance is open debits less unapplied credits, in one currency;
// of several, one that meets the rule will do.
const (
	EligibleOpen      Eligibility = iota // a balance that is not zero; below zero too
	EligiblePastDue                      // an open debit past its due date, whatever credits there are
	EligibleThreshold                    // a balance above an amount, in the currency of that
	EligibleAged                         // an open debit in a bucket or an older one, by due date
)

// eligibilityNames is indexed by Eligibility.
var eligibilityNames = [...]string{"open", "past-due", "threshold", "aged"}

// String returns the text form: "open", "past-due", "threshold" or "aged".
func (e Eligibility) String() string { return nameOf("Eligibility", eligibilityNames[:], uint8(e)) }

// MarshalText implements encoding.TextMarshaler.
func (e Eligibility) MarshalText() ([]byte, error) {
	return marshalName("eligibility", eligibilityNames[:], uint8(e))
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (e *Eligibility) UnmarshalText(text []byte) error {
	i, err := unmarshalName("eligibility", eligibilityNames[:], text)
	if err == nil {
		*e = Eligibility(i)
	}
	return err
}

// Validate reports every fault: ErrPeriod, ErrCriteria, ledger.ErrNoCustomer for
// a selected customer without an ID, and what bucket.Set.Resolve refuses.
func (c *Criteria) Validate() error {
	_, err := c.SkipRecent.MarshalText()
	return errors.Join(c.Period.Validate(), c.checkSelection(), c.checkAmount(), c.checkBucket(), criteriaFault(err))
}

func criteriaFault(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", ErrCriteria, err)
}

func (c *Criteria) checkSelection() error {
	if i := slices.Index(c.Customers, ""); i >= 0 {
		return fmt.Errorf("selected customer %d: %w", i+1, ledger.ErrNoCustomer)
	}
	switch n := len(c.Customers); {
	case n == 0 && !c.All:
		return fmt.Errorf("%w: no customers selected; All selects everybody", ErrCriteria)
	case n > 0 && c.All:
		return fmt.Errorf("%w: %d customers selected, and All besides", ErrCriteria, n)
	}
	return nil
}

func (c *Criteria) checkAmount() error {
	if _, err := c.Eligible.MarshalText(); err != nil {
		return criteriaFault(err)
	}
	given, wanted := !c.Threshold.Currency().IsZero(), c.Eligible == EligibleThreshold
	switch {
	case wanted && !given:
		return fmt.Errorf("%w: eligibility %q needs an amount", ErrCriteria, c.Eligible)
	case given && !wanted:
		return fmt.Errorf("%w: eligibility %q has no use for the amount %s", ErrCriteria, c.Eligible, c.Threshold)
	case c.Threshold.Sign() < 0:
		return fmt.Errorf("%w: the amount %s is below zero", ErrCriteria, c.Threshold)
	}
	return nil
}

func (c *Criteria) checkBucket() error {
	if c.Eligible != EligibleAged {
		if c.Bucket != "" || !c.Buckets.IsZero() {
			return fmt.Errorf("%w: eligibility %q has no use for the bucket %q", ErrCriteria, c.Eligible, c.Bucket)
		}
		return nil
	}
	if c.Period.To.Valid() {
		if _, err := c.Buckets.Resolve(c.Period.To); err != nil {
			return fmt.Errorf("the buckets of the eligibility: %w", err)
		}
	}
	if c.bucket() < 0 {
		return fmt.Errorf("%w: no bucket %q: the buckets are %q", ErrCriteria, c.Bucket, c.Buckets.Labels())
	}
	return nil
}

// bucket returns the index of Bucket, or −1.
func (c *Criteria) bucket() int { return slices.Index(c.Buckets.Labels(), c.Bucket) }

// Within returns the scope that the criteria select: that of Locations, or the
// whole scope where there are none. Its Viewable locations are those that the
// statements are made for.
//
// Each of them must be one that the scope views and may modify, else the error
// is a *ledger.LocationError, also where Locations are empty: a run covers all
// that its caller sees, or what is listed, and nothing is dropped silently.
func (c *Criteria) Within(scope ledger.Scope) (ledger.Scope, error) {
	if err := scope.CheckModify(c.Locations...); err != nil {
		return ledger.Scope{}, err
	}
	return scope.Narrow(c.Locations...)
}
