// Command agingpage shows what customers owe and for how long, as each of two
// users may see it: who sees other locations has other rows, and totals that are
// the sums of these. It shows a page of the report, the open items of a customer,
// or collects the open invoices of some into one document. Its -h lists the flags.
//
// It is meant to be copied, with the folder internal/cli beside it: flags.go says
// what is asked for, page.go is what is done about it in the scope of a user, and
// invoices.go the document. book.go makes up a store; a host has its own in place
// of memstore.
//
// It reads no clock, so the same arguments give the same output.
//
// The exit status is 0 on success, 1 where something failed or was refused, and 2
// on bad usage.
package main

import (
	"context"
	"errors"
	"io"
	"os"

	"github.com/openreceivables/ar/examples/internal/cli"
	"github.com/openreceivables/ar/statement"
)

func main() {
	os.Exit(run(context.Background(), os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program but for what belongs to the process: arguments in, exit
// status out.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	p := &cli.Program{Name: "agingpage", Help: help, Stdout: stdout, Stderr: stderr}
	c, err := parseFlags(args)
	if err == nil {
		err = c.run(ctx, stdout)
	}
	if failed := new(statement.DownloadError); errors.As(err, &failed) {
		err = errors.Join(err, failed.Err) // users read the first line, whoever helps them what follows
	}
	return p.Status(err)
}
