// Package memstore is a store in memory that saves itself to a file: for hosts
// without a database, for tests, and for trying things out.
//
// # In memory
//
// New makes an empty store, which keeps all the promises of package store. A read
// is of the moment in which it begins and waits for nobody: the state is never
// changed, and a writer puts another one in its place that shares nearly all of
// it. Writers take turns. A posting costs what ledger.Account.Add costs for the
// customer's account, and copies a few hundred pointers besides.
//
// What is written is there until the process ends: only Save makes it last.
//
// # The file
//
// Save writes all of it to a file, and Load reads it again. A crash at any moment
// leaves the old file or the new one, each whole. Load checks every byte, and
// refuses a file that is torn or damaged (ErrDamaged), of something else
// (ErrForeign) or of a later version of the library (ErrNewer). The state of one
// customer at a time is held besides the store itself.
//
// Save and Load take no scope: a file is the whole store, for who runs the
// program, and not for one of its users.
//
// A file is a line, "openreceivables store, format 1", and frames up to its end:
//
//	frame   = length payload checksum
//	length  = of the payload; 8 bytes, the lowest first
//	payload = kind, and what is of that kind; the last frame is of kind 0, empty
//	checksum = CRC-32C of all bytes before it that are of no other checksum;
//	           4 bytes, the lowest first
//
// Kind 1 is a customer, in ascending order of their IDs: the ID; the postings,
// with their facts; the profile; and its changes. Kind 2 is a statement, in
// ascending order of customer, period and run. The fields of each come in the
// order of format.go, made of:
//
//	number   a varint as in encoding/binary, signed; also dates, by number of day
//	text     its length in bytes, an unsigned varint, and the bytes
//	list     its length, an unsigned varint, and the elements
//	instant  the seconds since 1970, and the nanoseconds
//	amount   the currency's code as text, and nothing more for the zero Money;
//	         its decimals; the minor units, or 0 where these are 0 or do not fit
//	         an int64; after a 0 their digits as text, which is empty for 0
//	rate     its text, empty for 0
//	terms    their text, empty for none
package memstore
