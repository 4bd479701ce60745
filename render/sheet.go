package render

import (
	"bytes"
	_ "embed" // of the page
	"html/template"
	"io"
	"slices"
	"strings"
)

// sheet is what is written for people, as text or as an HTML page.
type sheet struct {
	title string
	under []string // lines under the title
	parts []part
	wide  bool // tables have many columns
}

// part is a table under a heading, or a note.
type part struct {
	heading string
	table   *table
	note    string
}

func (s *sheet) text(color bool) string {
	out := &strings.Builder{}
	out.WriteString(Printable(s.title) + "\n")
	writeLines(out, s.under)
	for i := range s.parts {
		p := &s.parts[i]
		out.WriteByte('\n')
		if p.heading != "" {
			out.WriteString(Printable(p.heading) + "\n\n")
		}
		if p.table != nil {
			p.table.write(out, color)
		}
		if p.note != "" {
			out.WriteString(p.note + "\n")
		}
	}
	return out.String()
}

//go:embed page.html
var pageText string

// page is the pieces of which pages are made, which stand alone: they ask for
// nothing and run nothing. Statements that were saved are printed by it, and their
// print never changes: another look is another page.
var page = template.Must(template.New("page").Parse(pageText))

// What the template sees.
type (
	pageView struct {
		Title string
		Many  bool // of a head: what follows are sections
		Wide  bool // of a head: tables have many columns
		Under []string
		Parts []partView
	}
	partView struct {
		Heading    string
		Note       string
		Head       []cellView
		Body, Foot [][]cellView
	}
	cellView struct{ Text, Label, Class string }
)

func (s *sheet) html(w io.Writer) error {
	var out bytes.Buffer // so that nothing is written before all is well
	v := s.view()
	for _, piece := range []string{"head", "sheet", "foot"} {
		if err := page.ExecuteTemplate(&out, piece, v); err != nil {
			return err
		}
	}
	_, err := w.Write(out.Bytes())
	return err
}

func (s *sheet) view() pageView {
	v := pageView{Title: Printable(s.title), Wide: s.wide}
	for _, line := range s.under {
		v.Under = append(v.Under, Printable(line))
	}
	for i := range s.parts {
		p := &s.parts[i]
		part := partView{Heading: Printable(p.heading), Note: Printable(p.note)}
		if p.table != nil {
			part.Head, part.Body, part.Foot = p.table.view()
		}
		v.Parts = append(v.Parts, part)
	}
	return v
}

// view returns the head of a table, its rows, and those under its last rule.
func (t *table) view() (head []cellView, body, foot [][]cellView) {
	head = t.viewRow(t.rows[0])
	rows := t.rows[2:] // under the rule that follows the head
	end := len(rows)
	if rule := slices.IndexFunc(rows, func(row []cell) bool { return row == nil }); rule >= 0 {
		end = rule
		for _, row := range rows[rule+1:] {
			foot = append(foot, t.viewRow(row))
		}
	}
	for _, row := range rows[:end] {
		body = append(body, t.viewRow(row))
	}
	return head, body, foot
}

func (t *table) viewRow(row []cell) []cellView {
	views := make([]cellView, len(row))
	for i, c := range row {
		var classes []string
		if t.flush[i] {
			classes = append(classes, "number")
		}
		switch c.style {
		case alert:
			classes = append(classes, "alert")
		case emphasis:
			classes = append(classes, "total")
		}
		views[i] = cellView{Printable(c.text), Printable(t.rows[0][i].text), strings.Join(classes, " ")}
	}
	return views
}
