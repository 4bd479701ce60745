package bucket

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/openreceivables/ar"
)

// bucketJSON has pointers for ends that may be left out.
type bucketJSON struct {
	Label string `json:"label"`
	From  *int   `json:"from,omitempty"`
	To    *int   `json:"to,omitempty"`
	Alert bool   `json:"alert,omitempty"`
}

// MarshalJSON implements json.Marshaler.
func (b Bucket) MarshalJSON() ([]byte, error) {
	raw := bucketJSON{Label: b.Label, Alert: b.Alert}
	if b.From != MinOffset {
		raw.From = &b.From
	}
	if b.To != MaxOffset {
		raw.To = &b.To
	}
	return json.Marshal(raw)
}

// UnmarshalJSON implements json.Unmarshaler. A key that it does not know is an
// error: a misspelt "to" would otherwise be an open end.
func (b *Bucket) UnmarshalJSON(data []byte) error {
	var raw bucketJSON
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&raw); err != nil {
		return &ar.ParseError{
			Type: "bucket", Text: string(data),
			Err: fmt.Errorf(`%w: %w: want {"label":"1–30","from":1,"to":30}`, ar.ErrSyntax, err),
		}
	}
	*b = Bucket{Label: raw.Label, From: MinOffset, To: MaxOffset, Alert: raw.Alert}
	if raw.From != nil {
		b.From = *raw.From
	}
	if raw.To != nil {
		b.To = *raw.To
	}
	return nil
}

// MarshalJSON implements json.Marshaler: an array of buckets for a fixed set,
// the text form for any other, and null for the zero Set (SPEC B6).
func (s Set) MarshalJSON() ([]byte, error) {
	switch {
	case s.IsZero():
		return []byte("null"), nil
	case s.Fixed():
		buckets := make([]Bucket, 0, s.Len())
		for _, b := range s.All() {
			buckets = append(buckets, b)
		}
		return json.Marshal(buckets)
	}
	return json.Marshal(s.String())
}

// UnmarshalJSON implements json.Unmarshaler. It reads a string as Parse does, an
// array as FromRanges does, and null as the zero Set.
func (s *Set) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(data), []byte("[")) {
		return s.unmarshalBuckets(data)
	}
	var text *string
	if err := json.Unmarshal(data, &text); err != nil {
		return &ar.ParseError{
			Type: "bucket set", Text: string(data),
			Err: fmt.Errorf("%w: want an array of buckets or a string", ar.ErrSyntax),
		}
	}
	if text == nil {
		*s = Set{}
		return nil
	}
	return s.UnmarshalText([]byte(*text))
}

func (s *Set) unmarshalBuckets(data []byte) error {
	var buckets []Bucket
	err := json.Unmarshal(data, &buckets)
	var v Set
	if err == nil {
		v, err = FromRanges(buckets)
	}
	if err != nil {
		return &ar.ParseError{Type: "bucket set", Text: string(data), Err: err}
	}
	*s = v
	return nil
}
