package intake

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/ledger"
)

// side is where a text that has sides puts an amount.
type side int

const (
	noSide side = iota // the text has none, or nobody knows
	debitSide
	creditSide
)

// amount returns the kind and the amount of the row at hand. The kind says which
// way the amount counts; where the text has sides too, they must agree.
func (p *documentReader) amount() (ledger.Kind, ar.Money) {
	cur := p.currency(p.Currency)
	f, on := fieldAmount, noSide
	if p.names[fieldAmount] == "" {
		if f, on = p.filled(cur); on == noSide {
			return p.kind(on), ar.Money{}
		}
	}
	m := p.money(f, cur)
	switch {
	case p.wrong[f] != nil || cur.IsZero():
		return p.kind(on), ar.Money{}
	case p.file.Signed && m.Sign() < 0:
		on, m = creditSide, m.Neg()
	case p.file.Signed && m.Sign() > 0:
		on = debitSide
	}
	k := p.kind(on)
	switch {
	case m.Sign() == 0:
		p.fault(f, ledger.ErrNotPositive)
	case m.Sign() < 0:
		p.fault(f, fmt.Errorf("%w%s", ledger.ErrNotPositive, negativeHint(k, on)))
	case on == debitSide && k.IsCredit():
		p.fault(f, fmt.Errorf("%w: on the side of debits, but %s is a credit", errSide, k))
	case on == creditSide && k.IsDebit():
		p.fault(f, fmt.Errorf("%w: on the side of credits, but %s is a debit; is %q another kind there?", errSide, k, p.cell(fieldKind)))
	}
	return k, m
}

var errSide = fmt.Errorf("%w: side and kind disagree", ar.ErrSyntax)

// negativeHint says what may be meant by an amount below zero.
func negativeHint(k ledger.Kind, on side) string {
	switch {
	case on != noSide:
		return ": the column says which way it counts"
	case k.IsDebit():
		return fmt.Sprintf(": the kind says which way it counts, and %s is a debit; is a credit meant, such as credit-note?", k)
	case k.IsCredit():
		return fmt.Sprintf(": the kind says which way it counts, and %s is a credit; are credits written below zero throughout?", k)
	}
	return ""
}

// filled returns which of the two amounts the row at hand has.
func (p *documentReader) filled(cur ar.Currency) (field, side) {
	var filled []field
	for _, f := range []field{fieldDebitAmount, fieldCreditAmount} {
		if p.cell(f) == "" {
			continue
		}
		if m := p.money(f, cur); p.wrong[f] != nil || m.Sign() != 0 || cur.IsZero() {
			filled = append(filled, f)
		}
	}
	switch {
	case len(filled) == 2:
		p.fault(fieldCreditAmount, errors.New("a debit amount besides: want one of them"))
	case len(filled) == 0:
		p.fault(fieldDebitAmount, fmt.Errorf("%w, or that of the credit", ledger.ErrNotPositive))
	case filled[0] == fieldDebitAmount:
		return fieldDebitAmount, debitSide
	default:
		return fieldCreditAmount, creditSide
	}
	return fieldAmount, noSide
}

// kind returns what the word of the row at hand means on its side.
func (p *documentReader) kind(on side) ledger.Kind {
	word := p.cell(fieldKind)
	if k, ok := p.file.CreditKinds[word]; ok && on == creditSide {
		return k
	}
	if k, ok := p.file.Kinds[word]; ok {
		return k
	}
	var k ledger.Kind
	form := strings.Join(strings.FieldsFunc(strings.ToLower(word), func(r rune) bool { return r == ' ' || r == '_' || r == '-' }), "-")
	err := k.UnmarshalText([]byte(form))
	if err == nil && k == 0 {
		err = fmt.Errorf("%w: there is none", ledger.ErrKind)
	}
	if err != nil {
		err = bare(err)
		if words := slices.Sorted(maps.Keys(p.file.Kinds)); len(words) > 0 {
			err = fmt.Errorf("%w, or of the host's %q", err, words)
		}
		p.fault(fieldKind, err)
	}
	return k
}
