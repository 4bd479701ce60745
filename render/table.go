package render

import "strings"

// style is the escape sequence that begins a cell; "" is plain.
type style string

const (
	alert    style = "\x1b[31m" // red
	emphasis style = "\x1b[1m"  // bold
	reset          = "\x1b[0m"
)

// cell is a text in a table. The text may come from anywhere.
type cell struct {
	text  string
	style style
}

// table is a text table in the making. The first row is its head.
type table struct {
	flush []bool   // for each column, whether it is aligned to the right
	rows  [][]cell // nil is a rule across the table
}

func newTable() *table { return &table{rows: [][]cell{{}, nil}} }

// left and right add columns that are aligned so, under their labels.
func (t *table) left(labels ...string)  { t.columns(false, labels) }
func (t *table) right(labels ...string) { t.columns(true, labels) }

func (t *table) columns(right bool, labels []string) {
	for _, label := range labels {
		t.flush = append(t.flush, right)
		t.rows[0] = append(t.rows[0], cell{text: label})
	}
}

func (t *table) row(cells ...cell) { t.rows = append(t.rows, cells) }
func (t *table) rule()             { t.rows = append(t.rows, nil) }

// gap stands between two columns.
const gap = "  "

// write writes the table. Styles are written if color is set, and do not move
// anything.
func (t *table) write(out *strings.Builder, color bool) {
	widths := make([]int, len(t.flush))
	for _, row := range t.rows {
		for i := range row {
			row[i].text = Printable(row[i].text)
			widths[i] = max(widths[i], width(row[i].text))
		}
	}
	all := len(gap) * (len(widths) - 1)
	for _, w := range widths {
		all += w
	}
	for _, row := range t.rows {
		if row == nil {
			out.WriteString(strings.Repeat("-", all))
		}
		t.writeRow(out, row, widths, color)
		out.WriteByte('\n')
	}
}

// writeRow writes a row without blanks at its end.
func (t *table) writeRow(out *strings.Builder, row []cell, widths []int, color bool) {
	blanks := 0
	for i, c := range row {
		space := widths[i] - width(c.text)
		if t.flush[i] {
			blanks, space = blanks+space, 0
		}
		if c.text != "" {
			out.WriteString(strings.Repeat(" ", blanks))
			c.write(out, color)
			blanks = 0
		}
		blanks += space + len(gap)
	}
}

func (c cell) write(out *strings.Builder, color bool) {
	if !color || c.style == "" {
		out.WriteString(c.text)
		return
	}
	out.WriteString(string(c.style) + c.text + reset)
}
