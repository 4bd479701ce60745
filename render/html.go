package render

import (
	"fmt"
	"io"
	"strings"
)

func (s *summary) html(w io.Writer) error {
	sh := &sheet{title: "Aged receivables", wide: true, under: append([]string{s.asOf()}, s.opt.Caption...)}
	if s.report.Len() == 0 {
		sh.parts = append(sh.parts, part{note: "No open items."})
	} else {
		sh.parts = append(sh.parts, part{table: s.table()})
	}
	if s.page.Pages > 1 {
		sh.parts = append(sh.parts, part{note: fmt.Sprintf("Page %d of %d. The totals are those of all %d rows.", s.page.Number, s.page.Pages, s.report.Len())})
	}
	sh.parts = append(sh.parts, s.leftOut()...)
	return sh.html(w)
}

func (l *listing) html(w io.Writer) error {
	sh := &sheet{title: "Open items", wide: true, under: append([]string{l.asOf()}, l.opt.Caption...)}
	if len(l.lines) == 0 {
		sh.parts = append(sh.parts, part{note: "No open items."})
	} else {
		sh.under = append([]string{title(l.whose())}, sh.under...)
		sh.parts = append(sh.parts, part{table: l.table()})
	}
	sh.parts = append(sh.parts, l.leftOut()...)
	return sh.html(w)
}

// leftOut is the note of what writeLeftOut writes.
func (f *frame) leftOut() []part {
	out := &strings.Builder{}
	f.writeLeftOut(out)
	if out.Len() == 0 {
		return nil
	}
	return []part{{note: strings.TrimSpace(out.String())}}
}
