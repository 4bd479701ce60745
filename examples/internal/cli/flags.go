package cli

import (
	"errors"
	"flag"
	"io"
	"strconv"
	"strings"
)

// Given are the flags that were given, by name.
type Given map[string]bool

// Parse reads the arguments, all of which are flags and their values. The set is
// one that continues on an error. The error of Parse is flag.ErrHelp or one of
// Usage.
func Parse(fs *flag.FlagSet, args []string) (Given, error) {
	fs.SetOutput(io.Discard) // Status writes errors and help
	if err := fs.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil, err
		}
		return nil, Usage("%w", err)
	}
	if fs.NArg() > 0 {
		return nil, Usage("unexpected argument %q: every value follows its flag, and is quoted where it has blanks", fs.Arg(0))
	}
	given := Given{}
	fs.Visit(func(f *flag.Flag) { given[f.Name] = true })
	return given, nil
}

// Refuse is an error of Usage where one of some flags is given.
func (g Given) Refuse(with string, names ...string) error {
	for _, name := range names {
		if g[name] {
			return Usage("-%s does not go with %s", name, with)
		}
	}
	return nil
}

// Value returns what sets a flag's value, for flag.FlagSet.Func.
func Value[T any](to *T, parse func(string) (T, error)) func(string) error {
	return func(text string) (err error) {
		*to, err = parse(text)
		return err
	}
}

// Text is the value of a flag that is not empty.
func Text(value string) (string, error) {
	if value == "" {
		return "", errors.New("empty: want a value, or leave the flag out")
	}
	return value, nil
}

// List is the value of a flag that has names with commas between them.
func List(value string) ([]string, error) {
	list := strings.Split(value, ",")
	for i := range list {
		if list[i] = strings.TrimSpace(list[i]); list[i] == "" {
			return nil, errors.New("want names with commas between them")
		}
	}
	return list, nil
}

// Count is the value of a flag that is a whole number, 1 or more.
func Count(value string) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		return 0, errors.New("want a whole number, 1 or more")
	}
	return n, nil
}
