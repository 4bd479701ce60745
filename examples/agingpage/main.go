// Command agingpage shows what customers owe and for how long, as each of two
// users may see it: who sees other locations has other rows, and totals that are
// the sums of these. It shows a page of the report, the open items of a customer,
// or collects the open invoices of some into one document. Its -h lists the flags.
//
// It is meant to be copied: flags.go says what is asked for, page.go is what is
// done about it in the scope of a user, and invoices.go the document. book.go makes
// up a store; a host has its own in place of memstore.
//
// It reads no clock, so the same arguments give the same output.
//
// The exit status is 0 on success, 1 where something failed or was refused, and 2
// on bad usage.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/openreceivables/ar/statement"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
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
	if failed := new(statement.DownloadError); errors.As(err, &failed) {
		say(stderr, "%v", failed.Err) // users read the line above, whoever helps them this one
	}
	if errors.As(err, new(*usageError)) {
		say(stderr, "-h lists the flags")
		return 2
	}
	return 1
}

// say writes a message, each line of it with the name of the program.
func say(to io.Writer, format string, args ...any) {
	for line := range strings.Lines(fmt.Sprintf(format, args...) + "\n") {
		_, _ = io.WriteString(to, "agingpage: "+line) // there is nobody else to tell
	}
}

// usageError says what is wrong with the arguments.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

func usage(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}
