package credit

import (
	"errors"
	"fmt"

	"github.com/openreceivables/ar"
)

// Errors of a Line.
var (
	// ErrNoLimit: a line without a limit has no end that could be available.
	ErrNoLimit = errors.New("no credit limit is set")
	// ErrAmount: an amount has the wrong sign.
	ErrAmount = errors.New("wrong sign")
)

// Line is a customer's credit line in one currency (SPEC C1).
type Line struct {
	// Limit is the credit limit. The zero Money, which has no currency, is none
	// at all; 0.00 of a currency is a limit that leaves no credit.
	Limit ar.Money

	Balance ar.Money // the A/R balance: the aged report's Balance; negative: the customer has credit
	Orders  ar.Money // open orders, not yet invoiced

	// Deposit is the part of Balance that is a prepayment, as an amount above
	// zero. It is shown apart. Balance is less by it already.
	Deposit ar.Money

	Exposures []Exposure // whatever else counts
}

// Exposure is one more thing that uses credit, or, negative, that secures it:
// unbilled deliveries, say, or a bank guarantee of −5,000.00.
type Exposure struct {
	Label  string
	Amount ar.Money
}

// Used returns what the line is used by: Balance, Orders and Exposures. The
// Deposit is in the Balance.
func (l Line) Used() (ar.Money, error) {
	if l.Deposit.Sign() < 0 {
		return ar.Money{}, fmt.Errorf("deposit %s: %w: want what was prepaid, as an amount above zero", l.Deposit, ErrAmount)
	}
	used, err := l.Balance.Add(l.Orders)
	if err != nil {
		return ar.Money{}, fmt.Errorf("open orders: %w", err)
	}
	if _, err := used.Add(l.Deposit); err != nil {
		return ar.Money{}, fmt.Errorf("deposit: %w", err)
	}
	for _, x := range l.Exposures {
		if used, err = used.Add(x.Amount); err != nil {
			return ar.Money{}, fmt.Errorf("%s: %w", x.Label, err)
		}
	}
	return used, nil
}

// Available returns what is left of the limit, negative where more is used. A
// line without a limit is ErrNoLimit.
func (l Line) Available() (ar.Money, error) {
	used, err := l.Used()
	if err != nil {
		return ar.Money{}, err
	}
	if !l.limited() {
		return ar.Money{}, ErrNoLimit
	}
	available, err := l.Limit.Sub(used)
	if err != nil {
		return ar.Money{}, fmt.Errorf("credit limit: %w", err)
	}
	return available, nil
}

func (l Line) limited() bool { return l.Limit.Currency() != ar.Currency{} }
