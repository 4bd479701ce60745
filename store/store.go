package store

import (
	"github.com/openreceivables/ar/credit"
	"github.com/openreceivables/ar/statement"
)

// Store is all that the library needs of a host's storage. The comment of the
// package says what holds for every method; those of the interfaces, what each
// promises.
type Store interface {
	Journal
	statement.Store
	credit.Book
}
