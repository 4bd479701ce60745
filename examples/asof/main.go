// Command asof prints what customers owed on any day, past or present, from
// documents (invoices, payments, credit notes …) and allocations, which say what
// was paid with what, and when: the aged report of a built-in book or of CSV
// files, the open items of one customer, or why a document is open. Its -h lists
// the flags.
//
// It is meant to be copied, with the folder internal/cli beside it: flags.go says
// what is asked for, book.go where the facts come from, and report.go what is done
// with them. It reads no clock, and keeps nothing: the same arguments and files
// give the same output.
//
// The exit status is 0 on success, 1 where rows were bad or a computation
// failed, and 2 on bad usage.
package main

import (
	"io"
	"os"

	"github.com/openreceivables/ar/examples/internal/cli"
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program but for what belongs to the process: arguments in, exit
// status out.
func run(args []string, stdout, stderr io.Writer) int {
	p := &cli.Program{Name: "asof", Help: help, Stdout: stdout, Stderr: stderr}
	c, err := parseFlags(args)
	if err == nil {
		err = c.run(p)
	}
	return p.Status(err)
}
