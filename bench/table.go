package main

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"os"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"time"
)

// writeMachine says what was measured on, and with what.
func writeMachine(out io.Writer, now time.Time) {
	fmt.Fprintf(out, "%s; %s; %d cores; %s/%s; %s\n\n", now.Format("2006-01-02"),
		processor(), runtime.NumCPU(), runtime.GOOS, runtime.GOARCH, runtime.Version())
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return
	}
	var peers []string
	for _, m := range info.Deps {
		switch m.Path {
		case "github.com/cockroachdb/apd/v3", "github.com/duckdb/duckdb-go/v2", "github.com/jackc/pgx/v5",
			"github.com/shopspring/decimal", "modernc.org/sqlite":
			peers = append(peers, m.Path+" "+m.Version)
		}
	}
	fmt.Fprintf(out, "%s\n", strings.Join(peers, "; "))
}

// processor is the name of the machine's processor, where Linux tells it.
func processor() string {
	f, err := os.Open("/proc/cpuinfo")
	if err != nil {
		return "processor not known"
	}
	defer f.Close()
	for lines := bufio.NewScanner(f); lines.Scan(); {
		if name, value, _ := strings.Cut(lines.Text(), ":"); strings.TrimSpace(name) == "model name" {
			return strings.TrimSpace(value)
		}
	}
	return "processor not known"
}

// ratioColumns are the peers whose time is divided by each contestant's.
func ratioColumns() [][2]string {
	return [][2]string{
		{"DuckDB 2t", nameDuck2},
		{"DuckDB 1t", nameDuck1},
		{"limit 2t", nameLimit2},
		{"limit 1t", nameLimit1},
	}
}

// writeCases writes a table for each case, in Markdown.
func writeCases(out io.Writer, ms []*measurement) {
	for len(ms) > 0 {
		n := 1
		for n < len(ms) && ms[n].caseOf == ms[0].caseOf {
			n++
		}
		writeCase(out, ms[:n])
		ms = ms[n:]
	}
}

func writeCase(out io.Writer, ms []*measurement) {
	byName := map[string]*measurement{}
	for _, m := range ms {
		byName[m.name] = m
	}
	fmt.Fprintf(out, "\n### %s\n\n| contestant |", ms[0].caseOf)
	for _, c := range ratioColumns() {
		fmt.Fprintf(out, " × %s |", c[0])
	}
	fmt.Fprint(out, " × its peer | ms (fastest–slowest) | rounds | ns/item | GB/s | heap objects | MB | |\n|---|")
	fmt.Fprintln(out, strings.Repeat("--:|", len(ratioColumns())+7)+"---|")
	for _, m := range ms {
		fmt.Fprintf(out, "| %s |", m.name)
		for _, c := range ratioColumns() {
			ratio := ""
			if peer := byName[c[1]]; peer != nil && !m.otherJob {
				ratio = figure(speedOf.of(m, peer))
			}
			fmt.Fprintf(out, " %s |", ratio)
		}
		toPeer := ""
		if peer := byName[m.peer]; peer != nil {
			toPeer = fmt.Sprintf("%s (%s)", figure(speedOf.of(m, peer)), m.peer)
		}
		fmt.Fprintf(out, " %s |", toPeer)
		writeFigures(out, m)
	}
}

func writeFigures(out io.Writer, m *measurement) {
	times := m.sorted()
	bandwidth := ""
	if m.reads > 0 {
		bandwidth = figure(m.bandwidth() / 1e9)
	}
	fmt.Fprintf(out, " %s (%s–%s) | %d | %s | %s | %s | %s | %s |\n",
		figure(m.median()*1e3), figure(times[0]*1e3), figure(times[len(times)-1]*1e3),
		len(times), figure(m.perItem()), bandwidth, grouped(int64(m.allocs)), figure(float64(m.heap)/1e6), m.note)
}

// writeGrowth writes what those took who were held against themselves, in Markdown.
func writeGrowth(out io.Writer, ms []*measurement) {
	fmt.Fprint(out, "\n### Growth, by turns\n\n| contestant | items | order | ns/item (fastest–slowest) | rounds |\n|---|--:|---|--:|--:|\n")
	for _, m := range ms {
		times, n := m.sorted(), float64(m.n)
		fmt.Fprintf(out, "| %s | %s | %s | %s (%s–%s) | %d |\n", m.name, grouped(int64(m.n)), m.order,
			figure(m.perItem()), figure(times[0]*1e9/n), figure(times[len(times)-1]*1e9/n), len(times))
	}
}

// writeVerdicts writes the musts and what became of them, in Markdown, and
// returns how many were not reached.
func writeVerdicts(out io.Writer, verdicts []verdict) (failed int) {
	fmt.Fprint(out, "\n### Musts\n\n| contestant | items | order | reached | | against | must | go for |\n|---|--:|---|--:|---|---|--:|--:|\n")
	for _, v := range verdicts {
		if v.failed() {
			failed++
		}
		fmt.Fprintf(out, "| %s | %s | %s | %s %s | %s | %s | %s | %s |\n", v.name, grouped(int64(v.n)), v.order,
			v.figure(), &v, v.reach, v.peer, v.limit(v.bound), v.limit(v.goFor))
	}
	return failed
}

func (v *verdict) figure() string {
	if !v.measured {
		return ""
	}
	return figure(v.reached)
}

func (v *verdict) limit(bound float64) string {
	switch {
	case bound == none:
		return ""
	case v.reach.atMost():
		return "≤ " + figure(bound)
	}
	return "≥ " + figure(bound)
}

// figure writes a number with the digits that matter.
func figure(x float64) string {
	switch {
	case x >= 100:
		return grouped(int64(math.Round(x)))
	case x >= 10:
		return fmt.Sprintf("%.1f", x)
	case x >= 1:
		return fmt.Sprintf("%.2f", x)
	case x == 0:
		return "0"
	case x < 0.01:
		return fmt.Sprintf("%.2g", x)
	}
	return fmt.Sprintf("%.3f", x)
}

// grouped writes a whole number with commas between thousands.
func grouped(n int64) string {
	digits := strconv.FormatInt(n, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
