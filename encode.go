package ar

import (
	"encoding"
	"encoding/json"
	"fmt"

	"github.com/openreceivables/ar/internal/textform"
)

// scanText reads what a database driver hands over, of which want is an
// example. NULL is the empty text.
func scanText(typ, want string, v encoding.TextUnmarshaler, src any) error {
	text, ok := textform.FromSQL(src)
	if !ok {
		return &ParseError{
			Type: typ, Text: fmt.Sprint(src),
			Err: fmt.Errorf("%w: the driver gave a %T, want text such as %s", ErrSyntax, src, want),
		}
	}
	return v.UnmarshalText(text)
}

// jsonNumber returns the text of a JSON string, and any other JSON value as it
// is written: a number keeps every digit.
func jsonNumber(typ string, data []byte) (string, error) {
	if len(data) == 0 || data[0] != '"' {
		return string(data), nil
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return "", &ParseError{Type: typ, Text: string(data), Err: err}
	}
	return text, nil
}
