// Command statementrun is the end of a month: it makes the statements of a
// built-in book of 250 customers in batches, says whose could not be made and why,
// prints some, e-mails all, and shows that a reprint says what the print said
// though a payment came since. Its -h lists the flags.
//
// It is meant to be copied, with the folder internal/cli beside it: flags.go says
// what is asked for, month.go is the run, mail.go what is done with saved
// statements afterwards, and pages.go the files that -html writes. book.go and
// names.go make up the book, and are of no other use; a host has a store of its
// own in place of memstore.
//
// It reads no clock, so the same arguments give the same output.
//
// The exit status is 0 on success, 1 where something failed, and 2 on bad usage.
// A customer without a statement is part of the output, and no failure.
package main

import (
	"context"
	"io"
	"os"
	"os/signal"

	"github.com/openreceivables/ar/examples/internal/cli"
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
	p := &cli.Program{Name: "statementrun", Help: help, Stdout: stdout, Stderr: stderr}
	c, err := parseFlags(args)
	if err == nil {
		err = c.run(ctx, stdout)
	}
	return p.Status(err)
}
