package statement_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
)

// crashCustomers is how many statements the run makes that crashes.
const crashCustomers = 5

// disk is a shelf that keeps its records in a file, a line each. A line that a
// crash has cut short was never saved.
type disk struct {
	*shelf
	file *os.File
	torn func() bool // whether to crash in the midst of a line
}

func openDisk(t require.TestingT, path string) *disk {
	data, err := os.ReadFile(path)
	if !errors.Is(err, os.ErrNotExist) {
		require.NoError(t, err)
	}
	whole := bytes.LastIndexByte(data, '\n') + 1
	d := &disk{shelf: newShelf(many(t, crashCustomers)...), torn: func() bool { return false }}
	for line := range bytes.Lines(data[:whole]) {
		var r statement.Record
		require.NoError(t, json.Unmarshal(line, &r))
		require.NoError(t, d.put(both, r, time.Time{}), "a duplicate on the disk")
	}
	d.file, err = os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o600)
	require.NoError(t, err)
	require.NoError(t, d.file.Truncate(int64(whole)))
	_, err = d.file.Seek(int64(whole), 0)
	require.NoError(t, err)
	return d
}

func (d *disk) SaveRecord(ctx context.Context, scope ledger.Scope, r statement.Record, since time.Time) error {
	if err := d.step(ctx, "save"); err != nil {
		return err
	}
	if err := d.put(scope, r, since); err != nil {
		return err
	}
	line, err := json.Marshal(r)
	if err != nil {
		return err
	}
	half := len(line) / 2
	if _, err = d.file.Write(line[:half]); err == nil && d.torn() {
		os.Exit(crashed)
	}
	if _, err = d.file.Write(append(line[half:], '\n')); err != nil {
		return err
	}
	if err := d.file.Sync(); err != nil {
		return err
	}
	return d.step(ctx, "saved")
}

// crashed is the exit status of a process that died as it was told.
const crashed = 42

// crashRun is the run that crashes and is gone on with.
func crashRun() *statement.Run {
	r := runFor("2026-03")
	r.Criteria.SkipRecent = statement.SkipWeek
	return r
}

// TestCrashedProcess is the process that TestCrashAtEveryStep starts and that
// dies at a step of the store.
func TestCrashedProcess(t *testing.T) {
	path, at := os.Getenv("AR_CRASH_FILE"), os.Getenv("AR_CRASH_AT")
	if path == "" {
		t.Skip("started by TestCrashAtEveryStep")
	}
	last, err := strconv.Atoi(at)
	require.NoError(t, err)
	d, steps := openDisk(t, path), 0
	d.torn = func() bool { steps++; return steps == last }
	d.at = func(string) error {
		if d.torn() {
			os.Exit(crashed)
		}
		return nil
	}
	generate(t, crashRun(), d, leeds)
}

// A process that dies at any step of the store, within the writing of a record
// too, leaves each statement saved as a whole or not at all. The next process
// goes on, and in the end everybody has one.
func TestCrashAtEveryStep(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a process for each step")
	}
	program, err := os.Executable()
	require.NoError(t, err)
	saved := map[int]bool{}
	for step := 1; ; step++ {
		path := filepath.Join(t.TempDir(), "records")
		//nolint:gosec // this test, again
		child := exec.Command(program, "-test.run=^TestCrashedProcess$")
		child.Env = append(os.Environ(), "AR_CRASH_FILE="+path, fmt.Sprintf("AR_CRASH_AT=%d", step))
		out, err := child.CombinedOutput()
		var exit *exec.ExitError
		if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != crashed) {
			t.Fatalf("step %d: %v\n%s", step, err, out)
		}

		d := openDisk(t, path)
		before := len(d.records)
		saved[before] = true
		for _, r := range d.records {
			_, err := r.Statement()
			require.NoError(t, err, "half a statement after step %d", step)
		}
		require.Equal(t, statement.Result{Earlier: before, Created: crashCustomers - before, Cap: 100},
			generate(t, crashRun(), d, leeds), "after step %d", step)
		require.NoError(t, d.file.Close())
		require.Len(t, openDisk(t, path).records, crashCustomers)
		if err == nil { // it ran to its end
			require.Greater(t, step, 5*crashCustomers)
			break
		}
	}
	require.Len(t, saved, crashCustomers+1, "crashes with none to all of the statements saved")
}

// A store that fails at any step, once, even after it has saved: the result says
// what became of everybody, nothing is half-saved, and the same call completes
// the run without a duplicate.
func TestFaultAtEveryStep(t *testing.T) {
	fault := errors.New("connection lost")
	for _, skip := range []statement.SkipRecent{statement.SkipNone, statement.Skip24Hours} {
		for at := 1; ; at++ {
			store := newShelf(many(t, crashCustomers)...)
			steps := 0
			store.at = func(string) error {
				if steps++; steps == at {
					return fault
				}
				return nil
			}
			r := runFor("r")
			r.Criteria.SkipRecent = skip
			result, err := r.Generate(t.Context(), store, leeds)
			if steps < at {
				require.NoError(t, err)
				require.Equal(t, crashCustomers, result.Created)
				break
			}
			failed := len(result.Failures)
			switch step := store.steps[at-1]; {
			case step == "open items" || step == "item" || at == 1: // 1: the statements of the run
				require.ErrorIs(t, err, fault, "step %d", at)
				require.Zero(t, failed)
			default:
				require.NoError(t, err)
				require.Equal(t, 1, failed, "step %d", at)
				require.ErrorIs(t, result.Failures[0].Err, fault)
			}
			unacknowledged := 0
			if store.steps[at-1] == "saved" {
				unacknowledged = 1
			}
			require.Len(t, store.records, result.Created+unacknowledged)
			if err == nil {
				require.Equal(t, crashCustomers, result.Created+failed)
			}
			_, err = r.Generate(t.Context(), store, leeds)
			require.NoError(t, err)
			require.Len(t, store.keys(), crashCustomers, "step %d", at)
		}
	}
}

// What holds for generating holds for listing and for collecting: the error of
// the store comes out, and nothing is saved.
func TestFaultAtEveryStepOfReading(t *testing.T) {
	fault := errors.New("connection lost")
	for name, read := range map[string]func(statement.Store) error{
		"list": func(s statement.Store) error {
			r := runFor("r")
			r.Criteria.SkipRecent = statement.SkipWeek
			var errs []error
			for e, err := range r.Eligible(t.Context(), s, leeds) {
				errs = append(errs, err, e.Err)
			}
			return errors.Join(errs...)
		},
		"invoices": func(s statement.Store) error {
			q := statement.Selection{Customers: []string{"C-0001", "C-0002"}, AsOf: march.To}
			return statement.CollectInvoices(t.Context(), s, leeds, q, &printer{})
		},
		"run": func(s statement.Store) error {
			return statement.CollectRuns(t.Context(), s, leeds, []string{"r"}, 0, &printer{})
		},
	} {
		for at := 1; ; at++ {
			store := newShelf(many(t, 4)...)
			first := runFor("r")
			first.Cap = 2
			generate(t, first, store, leeds)
			steps := 0
			store.at = func(string) error {
				if steps++; steps == at {
					return fault
				}
				return nil
			}
			err := read(store)
			require.Len(t, store.records, 2)
			if steps < at {
				require.NoError(t, err, name)
				break
			}
			require.ErrorIs(t, err, fault, "%s, step %d", name, at)
		}
	}
}
