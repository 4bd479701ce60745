// Command asof prints what customers owed on any day, past or present, from
// documents (invoices, payments, credit notes …) and allocations, which say what
// was paid with what, and when: the aged report of a built-in book or of CSV
// files, the open items of one customer, or why a document is open. Its -h lists
// the flags.
//
// It is meant to be copied: flags.go says what is asked for, book.go where the
// facts come from, and report.go what is done with them. It reads no clock, and
// keeps nothing: the same arguments and files give the same output.
//
// The exit status is 0 on success, 1 where rows were bad or a computation
// failed, and 2 on bad usage.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program but for what belongs to the process: arguments in, exit
// status out.
func run(args []string, stdout, stderr io.Writer) int {
	say := func(text string) {
		for line := range strings.Lines(text + "\n") {
			_, _ = io.WriteString(stderr, "asof: "+line) // there is nobody else to tell
		}
	}
	c, err := parseFlags(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		_, err = io.WriteString(stdout, help)
	case err == nil:
		err = c.run(stdout, say)
	}
	if err == nil {
		return 0
	}
	say(err.Error())
	if errors.As(err, new(*usageError)) {
		say("-h lists the flags")
		return 2
	}
	return 1
}

// usageError says what is wrong with the arguments.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

func usage(format string, args ...any) error { return &usageError{fmt.Errorf(format, args...)} }
