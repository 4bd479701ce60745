// Command agereport prints aged receivables: the report of a built-in book or
// of a CSV file, the open items of one customer, why an item is where it is, or
// when a document falls due. Its -h lists the flags.
//
// It is meant to be copied, with the folder internal/cli beside it: flags.go says
// what is asked for, book.go where the items come from, and report.go what is done
// with them. It reads no clock, and keeps nothing: the same arguments and file
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
	os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, showsColors(os.Stdout)))
}

// showsColors reports whether a file is a terminal whose user does not mind
// colors.
func showsColors(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == ""
}

// run is the program but for what belongs to the process: arguments in, exit
// status out.
func run(args []string, stdout, stderr io.Writer, color bool) int {
	p := &cli.Program{Name: "agereport", Help: help, Stdout: stdout, Stderr: stderr}
	c, err := parseFlags(args)
	if err == nil {
		c.color = color
		err = c.run(p)
	}
	return p.Status(err)
}
