package render

import (
	"fmt"
)

// Format is a form of output. The zero Format is Text.
type Format uint8

// The formats. The package comment describes them.
const (
	Text Format = iota
	CSV
	JSON
	HTML
)

// formatNames is indexed by Format.
var formatNames = [...]string{"text", "csv", "json", "html"}

// String returns the text form: "text", "csv", "json" or "html".
func (f Format) String() string {
	if int(f) < len(formatNames) {
		return formatNames[f]
	}
	return fmt.Sprintf("Format(%d)", uint8(f))
}

// MarshalText implements encoding.TextMarshaler.
func (f Format) MarshalText() ([]byte, error) {
	if int(f) >= len(formatNames) {
		return nil, f.undefined()
	}
	return []byte(f.String()), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (f *Format) UnmarshalText(text []byte) error {
	for i, name := range formatNames {
		if name == string(text) {
			*f = Format(i)
			return nil
		}
	}
	return fmt.Errorf("format %q: want one of %q", text, formatNames)
}

func (f Format) undefined() error { return fmt.Errorf("%s is not defined", f) }
