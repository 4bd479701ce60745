package statement

import (
	"context"
	"fmt"
	"iter"
)

// What a collection may be refused for, in the words that its users read (SPEC
// A11). Besides there are *CapError and *DownloadError.
var (
	ErrNoCustomers error = sentence("No customers selected.")
	ErrNoInvoices  error = sentence("No open invoices found for the selected customers.")
)

// sentence is an error whose text is for users.
type sentence string

func (s sentence) Error() string { return string(s) }

// CapError says that more invoices are open than may be collected at a time.
type CapError struct{ Cap int }

func (e *CapError) Error() string {
	return fmt.Sprintf("You can download at most %d invoices at a time.", e.Cap)
}

// DownloadError says that a document could not be made. Its text is for users;
// the cause is wrapped.
type DownloadError struct{ Err error }

func (e *DownloadError) Error() string { return "Download failed." }

// Unwrap returns the cause.
func (e *DownloadError) Unwrap() error { return e.Err }

// Renderer makes one document of sheets, in the order in which they come: a PDF
// or a page to print, say. It stops at the first error and returns it.
type Renderer interface {
	Render(ctx context.Context, sheets iter.Seq2[Sheet, error]) error
}

// Sheet is a piece of a document: an open invoice or a statement. One of the two
// is not nil.
type Sheet struct {
	Invoice   *Invoice
	Statement *Statement
}

// download has a document made of sheets. What goes wrong with a sheet is an
// error even where the renderer keeps silent about it.
func download(ctx context.Context, renderer Renderer, sheets iter.Seq2[Sheet, error]) error {
	var failed error
	err := renderer.Render(ctx, func(yield func(Sheet, error) bool) {
		for s, err := range sheets {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				failed = err
				yield(Sheet{}, err)
				return
			}
			if !yield(s, nil) {
				return
			}
		}
	})
	if err == nil {
		err = failed
	}
	if err != nil {
		return &DownloadError{err}
	}
	return nil
}
