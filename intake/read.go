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
)

// ReadCSV reads open items from CSV text, to its end.
//
// Wrong options give the error of Options.Validate, and nothing is read. Faults
// of the text give RowErrors with every one of them; Options.KeepGood keeps the
// good rows beside it. A reader that fails gives its own error, joined to the
// faults found until then, and no rows: what was read is not the whole text.
//
// The Batch is never nil; its warnings and control totals cover what was read,
// whatever the error.
func ReadCSV(r io.Reader, opt Options) (*Batch, error) {
	if err := opt.Validate(); err != nil {
		return &Batch{}, fmt.Errorf("intake options: %w", err)
	}
	p := newParser(opt.withDefaults())
	err := p.read(r)
	if err != nil || len(p.faults) > 0 && !opt.KeepGood {
		p.batch.Rows, p.batch.Customers = nil, nil
	}
	switch {
	case len(p.faults) == 0:
		return p.batch, err
	case err == nil:
		return p.batch, p.faults
	}
	return p.batch, errors.Join(p.faults, err)
}

// read parses the whole text. Its error is the reader's; those of the text are
// in p.faults.
func (p *parser) read(r io.Reader) error {
	text := bufio.NewReader(r)
	if ok, err := p.encoding(text); !ok {
		return err
	}
	p.csv = csv.NewReader(text)
	p.csv.Comma = p.opt.Delimiter
	p.csv.FieldsPerRecord = -1 // read compares them, and says more
	p.csv.ReuseRecord = true
	p.csv.TrimLeadingSpace = !unicode.IsSpace(p.opt.Delimiter) // it would take a tab, and a cell with it
	if ok, err := p.header(); !ok {
		return err
	}
	for {
		stray, err := p.record()
		switch {
		case err == io.EOF: //nolint:errorlint // a wrapped one would be the reader's, and no end
			return nil
		case err != nil:
			return fmt.Errorf("after line %d: %w", p.line, err)
		case stray != nil:
			p.badRow(stray)
		case len(p.cells) != p.width:
			p.badRow(fmt.Errorf("%w: %d, the header has %d", csv.ErrFieldCount, len(p.cells), p.width))
		default:
			if err := p.row(); err != nil {
				return err
			}
		}
	}
}

// encoding skips the byte-order mark of UTF-8 and refuses that of UTF-16.
func (p *parser) encoding(text *bufio.Reader) (ok bool, err error) {
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
		p.line = 1
		p.faultRow(fmt.Errorf("%w: the text is UTF-16, want UTF-8", ErrHeader))
		return false, nil
	}
	return true, nil
}

// header reads the first line and finds the columns in it.
func (p *parser) header() (ok bool, err error) {
	stray, err := p.record()
	switch {
	case err == io.EOF: //nolint:errorlint // as in read
		p.line = 1
		p.faultRow(fmt.Errorf("%w: the text is empty", ErrHeader))
		return false, nil
	case err != nil:
		return false, err
	case stray != nil:
		p.faultRow(fmt.Errorf("%w: %w", ErrHeader, stray))
		return false, nil
	}
	header := make([]string, len(p.cells))
	for i, cell := range p.cells {
		header[i] = strings.TrimSpace(cell)
	}
	p.width = len(header)
	if p.at, err = p.opt.Columns.locate(header); err != nil {
		if len(header) == 1 {
			err = fmt.Errorf("%w; is %q the delimiter?", err, p.opt.Delimiter)
		}
		p.faultRow(err)
	}
	return err == nil, nil
}

// record takes the cells of the next line that is not empty. If it cannot be
// told into cells, stray says which quote is to blame. The error is io.EOF or
// the reader's.
func (p *parser) record() (stray, err error) {
	for {
		cells, err := p.csv.Read()
		if err != nil {
			var quote *csv.ParseError
			if !errors.As(err, &quote) {
				return nil, err
			}
			p.line = quote.StartLine
			return strayQuote(quote), nil
		}
		if slices.ContainsFunc(cells, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			p.cells = cells
			p.line, _ = p.csv.FieldPos(0)
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
