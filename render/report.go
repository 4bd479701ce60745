package render

import (
	"io"

	"github.com/openreceivables/ar/aging"
	"github.com/openreceivables/ar/bucket"
)

// ReportOptions say how to write a report. The zero value is a plain text of
// all rows and buckets, by key.
type ReportOptions struct {
	Format   Format
	Order    aging.Order             // of the rows; nil: aging.ByKey
	Page     int                     // the page to write, from 1; 0: all rows
	PageSize int                     // rows of a page; 0: aging.DefaultPageSize
	View     bucket.View             // of the report's buckets; zero: all of them
	Name     func(key string) string // the name of a key for people; nil: there are none
	Color    bool                    // whether text goes to a terminal that shows colors

	// Caption is lines under the title of text and HTML: for whom it is, say, and
	// at which locations.
	Caption []string
}

// Report writes a report. The package comment describes the forms, and the
// errors.
func Report(w io.Writer, r *aging.Report, opt ReportOptions) error {
	f, err := newFrame(r, opt.View)
	if err != nil {
		return err
	}
	s := summary{frame: f, opt: opt}
	if s.page, err = s.pick(); err != nil {
		return err
	}
	switch opt.Format {
	case Text:
		return s.text(w)
	case CSV:
		return s.csv(w)
	case JSON:
		return s.json(w)
	case HTML:
		return s.html(w)
	}
	return opt.Format.undefined()
}

// summary is a report to be written.
type summary struct {
	frame
	opt  ReportOptions
	page aging.Page
}

func (s *summary) pick() (aging.Page, error) {
	if s.opt.Page == 0 {
		return aging.Page{Rows: s.report.Rows(s.opt.Order), Number: 1, Pages: 1}, nil
	}
	return s.report.Page(s.opt.Order, s.opt.Page, s.opt.PageSize)
}
