// Package store is what the library needs of a host's storage, all of it in one
// interface, and how documents get in. Store composes what the packages that
// read and write ask for (statement.Ledger, statement.Records, credit.Book) and
// adds a Journal. Package memstore is one, in memory and in a file; package
// storetest tests any.
//
// # The contract
//
// Each method says what it promises. These hold for all of them:
//
//   - Moments. What an iteration yields is of one moment, not before the method
//     was called and not after the first element. What is written meanwhile shows
//     in later calls, and the caller may read and write while iterating, and stop
//     early.
//   - Wholes. A write happens as a whole or not at all, and is done for good, as
//     far as the store is durable, when the method returns nil. What returned nil
//     is seen by every call that begins afterwards.
//   - Turns. All methods may be called by several goroutines at once. A method
//     that looks before it writes does both in one step: what it looks at is not
//     changed in between, by no other method either.
//   - Contexts. With a context that is done a method returns its error, wrapped
//     or not, and writes nothing. An iteration looks at the context before each
//     element, and yields the error as its last.
//   - Order. IDs are compared byte by byte ("COLLATE C"). What is not said to be
//     in order is in any.
//   - Copies. Arguments belong to the caller again when the method returns, and
//     so do results, but accounts, which never change.
//   - Values. Texts of valid UTF-8 without NUL come back as they were, amounts
//     and rates to the last digit. Instants come back to the microsecond at
//     least, in any time zone.
//   - Locations. Every method is called in the name of a scope, and one that views
//     nothing is ledger.ErrNoLocations. What a scope does not view changes nothing
//     of what its caller gets, down to the texts of errors (SPEC A4). The exception
//     is Account: it gives all locations, and the functions that take a scope along
//     with an account tell what of it the caller may know. Customers, with their
//     names, terms and credit profiles, are at no location. What is taken there is
//     taken here too: the IDs of documents and allocations, the keys of a customer's
//     postings, and the IDs of runs; hosts choose those that nobody could guess.
//   - Errors are found by errors.Is and errors.As.
//
// # How a database answers
//
// Two tables are enough for what is open. A row of documents has the date and the
// due date in force (re-dating and new terms update them), and side 1 for a debit
// and -1 for a credit. An allocation makes two rows of applications: what it takes
// of its credit, and what it pays of its debit; since is the first day it counts,
// until the day of its reversal, or null.
//
//	SELECT d.customer, d.location, d.number, d.date, d.posted, d.due, d.currency,
//	       d.side * (d.amount - COALESCE(SUM(a.amount), 0)) AS outstanding
//	FROM documents d
//	LEFT JOIN applications a
//	       ON a.document = d.id AND a.since <= :as_of AND (a.until IS NULL OR a.until > :as_of)
//	WHERE d.date <= :as_of
//	  AND d.location IN (:viewable)
//	  AND d.customer IN (:customers)  -- where there are any
//	GROUP BY d.id
//	HAVING d.amount <> COALESCE(SUM(a.amount), 0)
//	ORDER BY d.customer COLLATE "C"
//
// For the few customers that have parts, statuses or held days, the rows of the
// query are replaced by what ledger.Account.Items says. A column with the first
// day on which a document is open no more, and an index on it, spares the query
// the settled ones.
//
// A posting is a transaction: lock the customer's row; if there is a posting with
// the key, compare (Posting.Repeats) and be done; read the customer's facts;
// Posting.Apply, with a sequence that queries the customer's records once it is
// read; insert the facts, the posting and its Posting.Locations; on a unique
// violation of the ID of a document or an allocation, roll back and return a
// *ledger.FactError with ledger.ErrDuplicateID; commit. SaveRecord and SaveProfile
// look and write under the same lock. MarkSent is an update of the record none of
// whose locations is outside of :viewable; no row is statement.ErrNoRecord.
package store
