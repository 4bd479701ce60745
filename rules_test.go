package ar_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// rules are those of the specification that the library realises so far. Each
// has at least one Example, so that an auditor finds it shown with its numbers.
var rules = []string{
	"V1", "V2", "V3", "V4", "V5",
	"D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8",
	"B1", "B2", "B3", "B4", "B5", "B6",
	"L1", "L2", "L3", "L4", "L5", "L6", "L7",
	"A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "A10", "A11",
	"S1", "S2", "S3", "S4", "S5", "S6",
	"R1", "R2", "R3", "R4", "R5",
	"C1", "C2", "C3",
	"P1", "P2", "P3", "P4", "P5", "P6", "P7",
}

// exampleRule finds the rule in the last part of an Example's name, as in
// ExampleTerms_d3EndOfMonth.
var exampleRule = regexp.MustCompile(`^Example(?:[A-Za-z0-9]*_)*([a-z][0-9]+)[A-Z]\w*$`)

func TestEveryRuleHasAnExample(t *testing.T) {
	shown := map[string][]string{}
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if m := exampleRule.FindStringSubmatch(f.Name.Name); m != nil {
				require.True(t, hasOutput(file, f), "%s: %s has no Output comment, so it does not run", path, f.Name.Name)
				rule := strings.ToUpper(m[1])
				shown[rule] = append(shown[rule], f.Name.Name)
			}
		}
		return nil
	})
	require.NoError(t, err)
	for _, rule := range rules {
		require.NotEmpty(t, shown[rule], "rule %s has no Example named Example…_%sSomething", rule, strings.ToLower(rule))
		delete(shown, rule)
	}
	require.Empty(t, shown, "Examples of rules that are not in the list")
}

func hasOutput(file *ast.File, f *ast.FuncDecl) bool {
	for _, c := range file.Comments {
		if c.Pos() > f.Body.Lbrace && c.End() < f.Body.Rbrace && strings.HasPrefix(c.Text(), "Output:") {
			return true
		}
	}
	return false
}
