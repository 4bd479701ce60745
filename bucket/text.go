package bucket

import (
	"database/sql/driver"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/internal/textform"
)

// MustParse is Parse for constants: it panics where that gives an error.
func MustParse(text string) Set {
	s, err := Parse(text)
	if err != nil {
		panic(err)
	}
	return s
}

// Parse reads the text form, as the package comment has it, and the names of
// the presets (SPEC B6). Capitals matter in labels only. The error is an
// *ar.ParseError that names the offending part.
func Parse(text string) (Set, error) {
	s, err := parse(text)
	if err != nil {
		return Set{}, &ar.ParseError{Type: "bucket set", Text: text, Err: err}
	}
	return s, nil
}

func parse(text string) (Set, error) {
	body, labels, labelled := strings.Cut(text, ":")
	s, err := parseBody(strings.ToLower(strings.TrimSpace(body)))
	if err != nil || !labelled {
		return s, err
	}
	columns, err := parseLabels(labels)
	if err != nil {
		return Set{}, err
	}
	return s.withColumns(columns)
}

func parseBody(body string) (Set, error) {
	words := strings.Fields(body)
	switch {
	case len(words) == 0:
		return Set{}, fmt.Errorf("%w: %w", ar.ErrSyntax, ErrEmpty)
	case words[0] == "dates":
		return parseDates(strings.TrimPrefix(body, "dates"))
	case strings.Contains(body, ",") || isNumber(body):
		return parseEdges(body)
	case len(words) == 1 && words[0] == "all":
		return fixed(nil, edgeLabels(nil)...), nil
	case len(words) == 1:
		return parsePreset(body)
	case len(words) == 5 && (words[1] == "periods" || words[1] == "period") && words[2] == "of":
		return parsePeriods(words[0], words[3], words[4])
	case len(words) == 3 && words[1] == "calendar":
		return parseCalendar(words[0], words[2])
	}
	return Set{}, fmt.Errorf(`%w: want edges such as "0, 30, 60, 90", "4 periods of 30 days", `+
		`"3 calendar months", "dates 2026-01-31, 2026-02-28" or a preset, one of %q`, ar.ErrSyntax, PresetNames())
}

func isNumber(text string) bool {
	_, err := strconv.Atoi(text)
	return err == nil
}

func parseNumber(text, what string) (int, error) {
	n, err := strconv.Atoi(text)
	if err != nil {
		return 0, fmt.Errorf("%w: %s %q: want a whole number", ar.ErrSyntax, what, text)
	}
	return n, nil
}

func parseEdges(text string) (Set, error) {
	var upper []int
	for part := range strings.SplitSeq(text, ",") {
		edge, err := parseNumber(strings.TrimSpace(part), "edge")
		if err != nil {
			return Set{}, err
		}
		upper = append(upper, edge)
	}
	return FromEdges(upper...)
}

func parseDates(text string) (Set, error) {
	var last []ar.Date
	for part := range strings.SplitSeq(text, ",") {
		d, err := ar.ParseDate(strings.TrimSpace(part))
		if err != nil {
			return Set{}, err
		}
		last = append(last, d)
	}
	return FromDates(last...)
}

func parsePreset(name string) (Set, error) {
	for _, p := range presets {
		if p.name == name {
			return p.set(), nil
		}
	}
	return Set{}, fmt.Errorf("%w: no preset has this name: want one of %q, or edges such as 0, 30, 60, 90", ar.ErrSyntax, PresetNames())
}

func parsePeriods(count, length, unit string) (Set, error) {
	c, err := parseNumber(count, "number of periods")
	if err != nil {
		return Set{}, err
	}
	n, err := parseNumber(length, "length")
	if err != nil {
		return Set{}, err
	}
	u, err := parseUnit(unit)
	if err != nil {
		return Set{}, err
	}
	return Periods(c, n, u)
}

func parseCalendar(count, unit string) (Set, error) {
	c, err := parseNumber(count, "number of periods")
	if err != nil {
		return Set{}, err
	}
	u, err := parseUnit(unit)
	if err != nil {
		return Set{}, err
	}
	return Calendar(c, u)
}

func parseUnit(text string) (Unit, error) {
	for u := Days; u.valid(); u++ {
		if strings.TrimSuffix(text, "s") == units[u].name {
			return u, nil
		}
	}
	return 0, fmt.Errorf("%w: unit %q: want days, weeks, months, quarters or years", ar.ErrSyntax, text)
}

func parseLabels(text string) ([]column, error) {
	var columns []column
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimSpace(rest) {
		quoted, err := strconv.QuotedPrefix(rest)
		if err != nil || rest[0] != '"' {
			return nil, fmt.Errorf(`%w: labels from %q on: want quoted labels such as "90+", with ! after an alert`, ar.ErrSyntax, rest)
		}
		label, err := strconv.Unquote(quoted)
		if err != nil {
			return nil, fmt.Errorf("%w: label %s: %w", ar.ErrSyntax, quoted, err)
		}
		var alert bool
		rest, alert = strings.CutPrefix(rest[len(quoted):], "!")
		columns = append(columns, column{label, alert})
	}
	return columns, nil
}

// String returns the text form, from which Parse makes an equal set; it is
// empty for the zero Set. Labels are written where one of them is not the
// default or there is an alert.
func (s Set) String() string {
	if s.IsZero() {
		return ""
	}
	body, labels := s.definition()
	if slices.Equal(s.columns, plain(labels)) {
		return body
	}
	var b strings.Builder
	b.WriteString(body + ":")
	for _, c := range s.columns {
		b.WriteString(" " + strconv.Quote(c.label))
		if c.alert {
			b.WriteByte('!')
		}
	}
	return b.String()
}

// definition returns the text form without labels, and the labels that Parse
// gives to it.
func (s Set) definition() (body string, labels []string) {
	if s.rule != nil {
		return s.rule.String(), s.rule.labels()
	}
	if len(s.upper) == 0 {
		return "all", edgeLabels(nil)
	}
	edges := make([]string, len(s.upper))
	for i, edge := range s.upper {
		edges[i] = strconv.Itoa(edge)
	}
	return strings.Join(edges, ", "), edgeLabels(s.upper)
}

// MarshalText implements encoding.TextMarshaler.
func (s Set) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler. An empty text is the zero
// Set.
func (s *Set) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*s = Set{}
		return nil
	}
	v, err := Parse(string(text))
	if err == nil {
		*s = v
	}
	return err
}

// Value implements driver.Valuer: the text, or NULL for the zero Set.
func (s Set) Value() (driver.Value, error) {
	if s.IsZero() {
		return nil, nil
	}
	return s.String(), nil
}

// Scan implements sql.Scanner for the text form and NULL.
func (s *Set) Scan(src any) error {
	text, ok := textform.FromSQL(src)
	if !ok {
		return fmt.Errorf("bucket set: the driver gave a %T, want text such as %q", src, Standard())
	}
	return s.UnmarshalText(text)
}
