package ar

import (
	"fmt"

	"github.com/openreceivables/ar/internal/exact"
)

// Rounding says what becomes of a number with more decimals than its currency
// has. The zero value refuses to round, so nothing is rounded unnamed.
type Rounding uint8

// The rounding modes.
const (
	NoRounding    = Rounding(exact.None)     // a number that needs rounding is an error
	RoundHalfUp   = Rounding(exact.HalfUp)   // to the nearest; a half away from zero
	RoundHalfEven = Rounding(exact.HalfEven) // to the nearest; a half to the even neighbour
	RoundHalfDown = Rounding(exact.HalfDown) // to the nearest; a half towards zero
	RoundUp       = Rounding(exact.Up)       // away from zero
	RoundDown     = Rounding(exact.Down)     // towards zero
	RoundCeiling  = Rounding(exact.Ceiling)  // towards +∞
	RoundFloor    = Rounding(exact.Floor)    // towards −∞
)

// roundingNames is indexed by Rounding.
var roundingNames = [...]string{"none", "half-up", "half-even", "half-down", "up", "down", "ceiling", "floor"}

// String returns the text form, such as "half-even".
func (r Rounding) String() string {
	if int(r) < len(roundingNames) {
		return roundingNames[r]
	}
	return fmt.Sprintf("Rounding(%d)", uint8(r))
}

// MarshalText implements encoding.TextMarshaler.
func (r Rounding) MarshalText() ([]byte, error) {
	if int(r) >= len(roundingNames) {
		return nil, fmt.Errorf("rounding mode %d is not defined", uint8(r))
	}
	return []byte(r.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (r *Rounding) UnmarshalText(text []byte) error {
	for i, name := range roundingNames {
		if name == string(text) {
			*r = Rounding(i)
			return nil
		}
	}
	return &ParseError{Type: "rounding mode", Text: string(text), Err: fmt.Errorf("%w: want one of %q", ErrSyntax, roundingNames)}
}
