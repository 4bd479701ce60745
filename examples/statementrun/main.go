// Command statementrun is the end of a month: it makes the statements of a
// built-in book of 250 customers in batches, says whose could not be made and why,
// prints some, e-mails all, and shows that a reprint says what the print said
// though a payment came since. Its -h lists the flags.
//
// It is meant to be copied: flags.go says what is asked for, month.go is the run,
// mail.go what is done with saved statements afterwards, and pages.go the files
// that -html writes. book.go and names.go make up the book, and are of no other
// use; a host has a store of its own in place of memstore.
//
// It reads no clock, so the same arguments give the same output.
//
// The exit status is 0 on success, 1 where something failed, and 2 on bad usage.
// A customer without a statement is part of the output, and no failure.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
)

func main() {
	// A run that is interrupted has saved each statement as a whole or not at all.
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run is the program but for what belongs to the process: arguments in, exit
// status out.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	cfg, err := parseFlags(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		_, err = io.WriteString(stdout, help)
	case err == nil:
		err = cfg.run(ctx, stdout)
	}
	if err == nil {
		return 0
	}
	say(stderr, "%v", err)
	if errors.As(err, new(*usageError)) {
		say(stderr, "-h lists the flags")
		return 2
	}
	return 1
}

// say writes a message, each line of it with the name of the program.
func say(to io.Writer, format string, args ...any) {
	for line := range strings.Lines(fmt.Sprintf(format, args...) + "\n") {
		_, _ = io.WriteString(to, "statementrun: "+line) // there is nobody else to tell
	}
}

// usageError says what is wrong with the arguments.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

func usage(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}
