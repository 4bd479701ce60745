// Command agereport prints aged receivables: the report of a built-in book or
// of a CSV file, the open items of one customer, why an item is where it is, or
// when a document falls due. Its -h lists the flags.
//
// It is meant to be copied: flags.go says what is asked for, book.go where the
// items come from, and report.go what is done with them. It reads no clock, and
// keeps nothing: the same arguments and file give the same output.
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
	to := &messages{stderr}
	cfg, err := parseFlags(args)
	switch {
	case errors.Is(err, flag.ErrHelp):
		_, err = io.WriteString(stdout, help)
	case err == nil:
		cfg.color = color
		err = cfg.run(stdout, to)
	}
	if err == nil {
		return 0
	}
	to.say("%v", err)
	if errors.As(err, new(*usageError)) {
		to.say("-h lists the flags")
		return 2
	}
	return 1
}

// messages go to people, on standard error.
type messages struct{ to io.Writer }

// say writes a message, each line of it with the name of the program.
func (m *messages) say(format string, args ...any) {
	for line := range strings.Lines(fmt.Sprintf(format, args...) + "\n") {
		_, _ = io.WriteString(m.to, "agereport: "+line) // there is nobody else to tell
	}
}

// usageError says what is wrong with the arguments.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

func usage(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}
