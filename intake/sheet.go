package intake

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"github.com/openreceivables/ar/duedate"
)

// sheet reads one text row by row. It is what all readers share: telling rows
// into cells, finding columns, noting faults.
type sheet struct {
	Format // with defaults
	notation
	file  string // its name; may be empty
	names [numFields]string
	codes map[string]duedate.Terms // the host's own

	csv   *csv.Reader
	width int            // number of columns
	at    [numFields]int // where they are, or −1

	control  Control
	faults   RowErrors
	warnings []*RowError

	// The row at hand. The cells share one string, so what is kept of them is
	// copied.
	line  int
	cells []string
	wrong [numFields]*RowError // the fault of each field
	bad   bool                 // there is one

	texts map[string]string         // one copy of each text that recurs
	terms map[string]*duedate.Terms // by cell
}

func newSheet(file string, f Format, cs columns) *sheet {
	f = f.withDefaults()
	return &sheet{
		Format: f, notation: notation{f.Decimal, f.Thousands}, file: file, names: cs.names(),
		control: Control{File: file}, texts: map[string]string{}, terms: map[string]*duedate.Terms{},
	}
}

// read gives every row that can be told into cells to parse, which notes its
// faults. The error is the reader's or parse's; faults of the text are in
// s.faults. Where it is not ok the text was not read to its end, or not at all.
func (s *sheet) read(r io.Reader, parse func() error) (ok bool, err error) {
	text := bufio.NewReader(r)
	if ok, err := s.encoding(text); !ok {
		return false, s.named(err)
	}
	s.csv = csv.NewReader(text)
	s.csv.Comma = s.Delimiter
	s.csv.FieldsPerRecord = -1 // read compares them, and says more
	s.csv.ReuseRecord = true
	s.csv.TrimLeadingSpace = !unicode.IsSpace(s.Delimiter) // it would take a tab, and a cell with it
	if ok, err := s.header(); !ok {
		return false, s.named(err)
	}
	for {
		stray, err := s.record()
		switch {
		case err == io.EOF: //nolint:errorlint // a wrapped one would be the reader's, and no end
			return true, nil
		case err != nil:
			return false, s.named(fmt.Errorf("after line %d: %w", s.line, err))
		case stray != nil:
			s.badRow(stray)
		case len(s.cells) != s.width:
			s.badRow(fmt.Errorf("%w: %d, the header has %d", csv.ErrFieldCount, len(s.cells), s.width))
		default:
			if err := s.row(parse); err != nil {
				return false, err
			}
		}
	}
}

// named says which file an error is about.
func (s *sheet) named(err error) error {
	if err == nil || s.file == "" {
		return err
	}
	return fmt.Errorf("%s: %w", s.file, err)
}

// encoding skips the byte-order mark of UTF-8 and refuses that of UTF-16.
func (s *sheet) encoding(text *bufio.Reader) (ok bool, err error) {
	const utf8Mark = "\xef\xbb\xbf"
	mark, err := text.Peek(len(utf8Mark))
	if err != nil && err != io.EOF {
		return false, err
	}
	switch mark := string(mark); {
	case mark == utf8Mark:
		_, err = text.Discard(len(mark))
		return err == nil, err
	case strings.HasPrefix(mark, "\xff\xfe"), strings.HasPrefix(mark, "\xfe\xff"):
		s.line = 1
		s.faultRow(fmt.Errorf("%w: the text is UTF-16, want UTF-8", ErrHeader))
		return false, nil
	}
	return true, nil
}

// header reads the first line and finds the columns in it.
func (s *sheet) header() (ok bool, err error) {
	stray, err := s.record()
	switch {
	case err == io.EOF: //nolint:errorlint // as in read
		s.line = 1
		s.faultRow(fmt.Errorf("%w: the text is empty", ErrHeader))
		return false, nil
	case err != nil:
		return false, err
	case stray != nil:
		s.faultRow(fmt.Errorf("%w: %w", ErrHeader, stray))
		return false, nil
	}
	header := make([]string, len(s.cells))
	for i, cell := range s.cells {
		header[i] = strings.TrimSpace(cell)
	}
	s.width = len(header)
	if s.at, err = locate(&s.names, header); err != nil {
		if len(header) == 1 {
			err = fmt.Errorf("%w; is %q the delimiter?", err, s.Delimiter)
		}
		s.faultRow(err)
	}
	return err == nil, nil
}

// record takes the cells of the next line that is not empty. If it cannot be
// told into cells, stray says which quote is to blame. The error is io.EOF or
// the reader's.
func (s *sheet) record() (stray, err error) {
	for {
		cells, err := s.csv.Read()
		if err != nil {
			var quote *csv.ParseError
			if !errors.As(err, &quote) {
				return nil, err
			}
			s.line = quote.StartLine
			return strayQuote(quote), nil
		}
		if slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			s.cells = cells
			s.line, _ = s.csv.FieldPos(0)
			return nil, nil
		}
	}
}

// strayQuote says what to do about a quote that does not belong where it is. One
// that is not closed takes the lines after it into its row: it says which.
func strayQuote(e *csv.ParseError) error {
	const want = "double the quotes inside a cell, and enclose it in quotes"
	if e.Line > e.StartLine {
		return fmt.Errorf("%w: %s; the row took lines %d to %d", e.Err, want, e.StartLine, e.Line)
	}
	return fmt.Errorf("%w at byte %d: %s", e.Err, e.Column, want)
}

// row parses the row at hand, counts it, and takes its faults into the list. The
// error is none that a text can give.
func (s *sheet) row(parse func() error) error {
	s.checkText()
	err := parse()
	s.control.Read++
	if !s.bad {
		s.control.Good++
		return err
	}
	s.control.Bad++
	for _, fault := range s.wrong {
		if fault != nil {
			s.faults = append(s.faults, fault)
		}
	}
	s.wrong, s.bad = [numFields]*RowError{}, false
	return err
}

// badRow counts the row at hand, which cannot be told into cells, as bad.
func (s *sheet) badRow(err error) {
	s.control.Read++
	s.control.Bad++
	s.faultRow(err)
}

func (s *sheet) faultRow(err error) {
	s.faults = append(s.faults, &RowError{File: s.file, Line: s.line, Err: err})
}

// fault notes what is wrong with a field's cell, unless it has a fault already.
// A row with a fault is bad.
func (s *sheet) fault(f field, err error) {
	if s.wrong[f] == nil {
		s.wrong[f] = s.about(f, err)
	}
	s.bad = true
}

func (s *sheet) warn(f field, err error) {
	s.warnings = append(s.warnings, s.about(f, err))
}

// about is a fault or a warning of a field's cell, or, where the field has no
// column, of the row.
func (s *sheet) about(f field, err error) *RowError {
	e := &RowError{File: s.file, Line: s.line, Err: err}
	if s.at[f] >= 0 {
		e.Column, e.Value = s.names[f], strings.Clone(s.cells[s.at[f]])
	}
	return e
}
