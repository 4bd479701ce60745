package duedate

import (
	"errors"
	"fmt"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/exact"
	"github.com/openreceivables/ar/internal/textform"
)

// Validate reports every fault of the schedule, each with its part, counted
// from 1: a part that does not say how much it takes, or says it twice, or
// takes nothing; a first part that counts from the one before; two balances, or
// a balance beside weights; and percents of one base that make more than 100 %,
// or without a balance or weights less, as an ErrNotWhole that says the sum.
func (s Schedule) Validate() error {
	var errs []error
	if len(s.Parts) == 0 || len(s.Parts) > MaxParts {
		errs = append(errs, fmt.Errorf("schedule: %d parts, want 1 to %d", len(s.Parts), MaxParts))
	}
	if s.Increment.Sign() < 0 {
		errs = append(errs, fmt.Errorf("schedule: increment %s: want a positive amount", s.Increment))
	}
	for i, p := range s.Parts[:min(len(s.Parts), MaxParts)] {
		for _, err := range p.faults() {
			errs = append(errs, partError(i, err))
		}
	}
	if len(s.Parts) > 0 && s.Parts[0].AfterPrevious {
		errs = append(errs, partError(0, errors.New("counts from the part before, and there is none")))
	}
	if len(errs) == 0 {
		errs = s.sumFaults()
	}
	return errors.Join(errs...)
}

// faults are those of the part alone.
func (p *Part) faults() (errs []error) {
	fault := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	percent := p.Percent.Sign() != 0
	said := 0
	for _, has := range []bool{!p.Fixed.IsZero(), percent, p.Weight != 0, p.Balance} {
		if has {
			said++
		}
	}
	if said != 1 {
		fault("has %d of fixed amount, percent, weight and balance, want exactly one", said)
	}
	if p.Fixed.Sign() < 0 {
		fault("fixed amount %s: want more than 0", p.Fixed)
	}
	if p.Weight < 0 {
		fault("weight %d: want more than 0", p.Weight)
	}
	if _, ok := percentUnits(p.Percent); percent && !ok {
		fault("percent %s: want more than 0%%, at most 100%%, and at most %d decimals", p.Percent, percentDecimals)
	}
	if p.Base != "" && !percent {
		fault("base %q without a percent", textform.Short(p.Base))
	}
	if p.Base != "" && !isName(p.Base) {
		fault("base %q: want %s", textform.Short(p.Base), nameOfBase)
	}
	return errs
}

// sumFaults are those of parts together that have no faults alone.
func (s Schedule) sumFaults() (errs []error) {
	parts, _ := s.weights()
	for _, i := range parts {
		if s.Parts[i].Balance && len(parts) > 1 {
			errs = append(errs, partError(i, errors.New("a balance leaves nothing to another balance or to weights; want weights only")))
		}
	}
	for _, g := range s.percents() {
		of := "the whole"
		if g.base != "" {
			of = fmt.Sprintf("%q", g.base)
		}
		switch {
		case g.sum > wholeUnits:
			errs = append(errs, fmt.Errorf("schedule: %w: percents of %s make %s, want at most 100%%", ErrNotWhole, of, percentText(g.sum)))
		case g.sum < wholeUnits && len(parts) == 0:
			errs = append(errs, fmt.Errorf("schedule: %w: percents of %s make %s, want 100%% or a balance", ErrNotWhole, of, percentText(g.sum)))
		}
	}
	return errs
}

// percentGroup is the parts that are percents of one base.
type percentGroup struct {
	base  string
	parts []int   // their indexes
	units []int64 // their percents in percentUnits
	sum   int64   // of units
}

// percents returns the parts that are percents by their bases, in the order of
// their first parts.
func (s Schedule) percents() []percentGroup {
	var groups []percentGroup
	index := map[string]int{}
	for i, p := range s.Parts {
		if p.Percent.Sign() == 0 {
			continue
		}
		at, ok := index[p.Base]
		if !ok {
			at = len(groups)
			index[p.Base] = at
			groups = append(groups, percentGroup{base: p.Base})
		}
		units, _ := percentUnits(p.Percent)
		g := &groups[at]
		g.parts, g.units, g.sum = append(g.parts, i), append(g.units, units), g.sum+units
	}
	return groups
}

// Percents are added, and divide a whole, in units of 10^−12 %. As many as
// MaxParts of them fit an int64.
const (
	percentDecimals = 12
	wholeUnits      = 100_000_000_000_000
)

// percentUnits returns p in units, if it is above 0 % and up to 100 %, and has
// no more decimals than they have.
func percentUnits(p ar.Percent) (units int64, ok bool) {
	if p.Sign() <= 0 || p.Cmp(hundred) > 0 {
		return 0, false
	}
	d, err := exact.ParseDecimal(strings.TrimSuffix(p.String(), "%"))
	if err != nil {
		return 0, false
	}
	x, err := d.Shift(percentDecimals).Int(exact.None)
	if err != nil {
		return 0, false
	}
	return x.Int64()
}

func percentText(units int64) string {
	text := strings.TrimRight(string(exact.AppendFixed(nil, units, percentDecimals)), "0")
	return strings.TrimSuffix(text, ".") + "%"
}
