// Package clitest is what the tests of the example programs have in common.
package clitest

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files of testdata anew")

// Golden compares what a program wrote with a file of testdata.
func Golden(t *testing.T, file, got string) {
	t.Helper()
	file = filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	was, is := strings.Split(string(want), "\n"), strings.Split(got, "\n")
	same := 0
	for same < min(len(was), len(is)) && was[same] == is[same] {
		same++
	}
	t.Fatalf("%s; go test -update writes it anew. From line %d on, want\n%s\ngot\n%s",
		file, same+1, strings.Join(was[same:], "\n"), strings.Join(is[same:], "\n"))
}

// Quoted writes arguments as one would type them, in quotes where they are empty
// or have a special character.
func Quoted(args []string, special string) string {
	var b strings.Builder
	for _, arg := range args {
		if arg == "" || strings.ContainsAny(arg, special) {
			arg = strconv.Quote(arg)
		}
		b.WriteString(" " + arg)
	}
	return b.String()
}

// FullDisk is an output that cannot be written to.
type FullDisk struct{}

// Write implements io.Writer.
func (FullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }
