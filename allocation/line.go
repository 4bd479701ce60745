package allocation

import (
	"fmt"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// Kind says what a line of a plan does.
type Kind uint8

// The kinds of lines. Those up to Charged become facts.
const (
	Applied    Kind = iota // a credit pays a debit
	Discounted             // a discount is granted on a debit
	WrittenOff             // part of a debit is written off
	Charged                // what a credit is more than its debit, within the tolerance, is charged
	Exchanged              // a realised exchange difference: a gain, or below zero a loss
	Refused                // a discount or a payment is refused
	LeftOpen               // what stays open of a debit that the plan pays a part of
	Unapplied              // what stays unapplied of a credit
)

var kindNames = [...]string{
	"applied", "discount", "write-off", "charge", "exchange", "refused", "open", "unapplied",
}

// String returns the kind in a word.
func (k Kind) String() string {
	if int(k) < len(kindNames) {
		return kindNames[k]
	}
	return fmt.Sprintf("Kind(%d)", uint8(k))
}

// Line is one thing that a plan does, and why (SPEC P7).
type Line struct {
	Kind   Kind
	Credit *ledger.Document // nil for LeftOpen
	Debit  *ledger.Document // nil for Unapplied
	Part   int              // of the debit, counted from 1; zero: it has no parts

	// Amount is in the debit's currency; in Options.Home for Exchanged, and in
	// the credit's for Unapplied. Taken is what it takes of a credit in another
	// currency, at Rate.
	Amount ar.Money
	Taken  ar.Money
	Rate   ar.Rate

	Date ar.Date // the day it counts from
	With int     // the number of the line that it came along with; zero: none
	Rule string  // what put it there, for people

	dated bool // Date is later than its documents
}

// String tells the line in a few words.
func (l *Line) String() string {
	text := fmt.Sprintf("%-9s %14s", l.Kind, l.Amount)
	if l.Credit != nil {
		text += fmt.Sprintf("  %s", l.Credit.ID)
	}
	if l.Debit != nil {
		text += "  → " + l.debit()
	}
	if !l.Taken.IsZero() {
		text += fmt.Sprintf("  taking %s at %s", l.Taken, l.Rate)
	}
	return text + "  (" + l.Rule + ")"
}

func (l *Line) debit() string {
	if l.Part > 0 {
		return fmt.Sprintf("%s part %d", l.Debit.ID, l.Part)
	}
	return l.Debit.ID
}

// taken returns what the line takes of its credit.
func (l *Line) taken() ar.Money {
	switch {
	case l.Kind != Applied && l.Kind != Charged:
		return ar.Money{}
	case l.Taken.IsZero():
		return l.Amount
	}
	return l.Taken
}

// settles returns what the line takes off its debit.
func (l *Line) settles() ar.Money {
	if l.Kind <= WrittenOff {
		return l.Amount
	}
	return ar.Money{}
}
