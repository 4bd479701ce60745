// Package cli is what the example programs have in common: how flags are read,
// how people are told what went wrong, and with which exit status a program ends.
// Whoever copies a program copies this folder too, and clitest for its tests.
//
// A program parses its flags with Parse, and hands what came of everything to
// Program.Status. An error made by Usage is the caller's fault; every other one
// is a failure.
package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"strings"

	"github.com/openreceivables/ar/render"
)

// Program is a program that people call by its name.
type Program struct {
	Name   string
	Help   string // what -h prints
	Stdout io.Writer
	Stderr io.Writer
}

// Say writes a message for people to Stderr, each line of it with the name of the
// program. What is in it from outside cannot command their terminal.
func (p *Program) Say(format string, args ...any) {
	for line := range strings.SplitSeq(fmt.Sprintf(format, args...), "\n") {
		_, _ = io.WriteString(p.Stderr, p.Name+": "+render.Printable(line)+"\n") // there is nobody else to tell
	}
}

// Status says what went wrong, or prints the help where the error is
// flag.ErrHelp, and returns the exit status: 0 on success, 1 where something
// failed, and 2 on bad usage.
func (p *Program) Status(err error) int {
	if errors.Is(err, flag.ErrHelp) {
		_, err = io.WriteString(p.Stdout, p.Help)
	}
	if err == nil {
		return 0
	}
	p.Say("%v", err)
	if errors.As(err, new(*usageError)) {
		p.Say("-h lists the flags")
		return 2
	}
	return 1
}

// Usage returns an error that says what is wrong with the arguments. It wraps as
// fmt.Errorf does.
func Usage(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}

type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }
