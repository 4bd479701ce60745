package memstore

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/require"

	"github.com/openreceivables/ar"
	"github.com/openreceivables/ar/duedate"
	"github.com/openreceivables/ar/ledger"
	"github.com/openreceivables/ar/statement"
	"github.com/openreceivables/ar/store"
)

func load(t testing.TB, data []byte) (*Store, error) {
	t.Helper()
	return read(t.Context(), bytes.NewReader(data), calendars())
}

func TestLoadedIsEqualToSaved(t *testing.T) {
	s := filled(t)
	path := filepath.Join(t.TempDir(), "book.store")
	require.NoError(t, s.Save(t.Context(), path))
	loaded, err := Load(t.Context(), path, calendars())
	require.NoError(t, err)
	require.Equal(t, told(t, s), told(t, loaded))
	require.Equal(t, written(t, s), written(t, loaded))

	// It goes on as the one that was saved would: IDs and keys are used.
	again := store.Posting{Key: "k9", Customer: "C0", At: noon, By: "bob", Facts: ledger.Facts{Documents: []ledger.Document{{
		ID: "I1", Customer: "C0", Kind: ledger.Invoice, Date: 1, Amount: s.now.Load().customer("C1").account.Facts().Documents[0].Amount,
	}}}}
	require.ErrorIs(t, loaded.Post(t.Context(), everywhere(t), again), ledger.ErrDuplicateID)
	again.Key = "k1"
	require.ErrorIs(t, loaded.Post(t.Context(), everywhere(t), again), store.ErrKeyUsed)
}

// What is stored is settled: a new date that a later statement forbids is loaded,
// and stays when it is posted again. The next one is judged.
func TestLoadJudgesNoNewDates(t *testing.T) {
	s := filled(t)
	day := ar.MustDate("2026-03-05") // that of P2 now, before the last statement
	loaded, err := load(t, written(t, s))
	require.NoError(t, err)
	_, date := loaded.now.Load().customer("C1").account.Document("P2")
	require.Equal(t, day, date)
	for p, err := range loaded.Postings(t.Context(), everywhere(t), "C1") {
		require.NoError(t, err)
		require.NoError(t, loaded.Post(t.Context(), everywhere(t), p))
	}
	next := store.Posting{Key: "k9", Customer: "C1", At: noon, By: "bob", Facts: ledger.Facts{
		Redates: []ledger.Redate{{Document: "P2", Revision: 2, Date: day}},
	}}
	for _, x := range []*Store{s, loaded} {
		require.ErrorIs(t, x.Post(t.Context(), everywhere(t), next), statement.ErrContent) // it cannot be read, so may forbid it
	}
}

func TestAnEmptyStoreIsSaved(t *testing.T) {
	s, err := load(t, written(t, New(nil)))
	require.NoError(t, err)
	require.Empty(t, told(t, s))
}

var update = flag.Bool("update", false, "rewrite testdata/v1.store, which only a format that was never released may have")

// A file of format 1 must be loaded for ever, with all that was in it. While 1
// is the newest format, it is also what is saved.
func TestFormat1(t *testing.T) {
	if *update {
		require.NoError(t, os.WriteFile("testdata/v1.store", written(t, filled(t)), 0o644))
	}
	data, err := os.ReadFile("testdata/v1.store")
	require.NoError(t, err)
	s, err := load(t, data)
	require.NoError(t, err)
	require.Equal(t, told(t, filled(t)), told(t, s))
	require.Equal(t, data, written(t, s))
}

func TestTornFilesAreRefused(t *testing.T) {
	data := written(t, filled(t))
	for n := range data {
		_, err := load(t, data[:n])
		require.ErrorIs(t, err, ErrDamaged, "%d of %d bytes", n, len(data))
	}
	_, err := load(t, append(bytes.Clone(data), 0))
	require.ErrorIs(t, err, ErrDamaged)
	require.EqualError(t, err, fmt.Sprintf("torn or damaged, at byte %d: there is more after its end", len(data)+1))
	_, err = load(t, append(bytes.Clone(data), data...))
	require.ErrorIs(t, err, ErrDamaged)
	_, err = load(t, data[:len(data)-1])
	require.EqualError(t, err, fmt.Sprintf("torn or damaged, at byte %d: it ends too early", len(data)-1))
}

func TestDamagedFilesAreRefused(t *testing.T) {
	data := written(t, filled(t))
	for i := range data {
		for _, bit := range []byte{1, 0x80} {
			data[i] ^= bit
			_, err := load(t, data)
			require.Error(t, err, "bit %x of byte %d", bit, i)
			if i >= len(magic)+2 {
				require.ErrorIs(t, err, ErrDamaged, "bit %x of byte %d", bit, i)
			}
			data[i] ^= bit
		}
	}
}

// A frame that is missing, or comes twice or at another place, is noticed too.
func TestFramesAreInTheirPlaces(t *testing.T) {
	data := written(t, filled(t))
	r := newReader(bytes.NewReader(data))
	require.NoError(t, r.header())
	starts := []int{int(r.at)}
	for int(r.at) < len(data) {
		_, err := r.frame()
		require.NoError(t, err)
		starts = append(starts, int(r.at))
	}
	require.Len(t, starts, 7, "three customers, two statements, the end")
	for i := range len(starts) - 2 {
		before, frame, after := data[:starts[i]], data[starts[i]:starts[i+1]], data[starts[i+1]:]
		_, err := load(t, bytes.Join([][]byte{before, after}, nil))
		require.ErrorIs(t, err, ErrDamaged)
		_, err = load(t, bytes.Join([][]byte{before, frame, frame, after}, nil))
		require.ErrorIs(t, err, ErrDamaged)
	}
}

func TestForeignFilesAreRefused(t *testing.T) {
	for text, want := range map[string]error{
		"{}":                         ErrForeign,
		"SQLite format 3\x00":        ErrForeign,
		"openreceivables something":  ErrForeign,
		"":                           ErrDamaged,
		"openrec":                    ErrDamaged,
		magic:                        ErrDamaged,
		magic + "1":                  ErrDamaged,
		magic + "x\n":                ErrDamaged,
		magic + "0\n":                ErrDamaged,
		magic + "-1\n":               ErrDamaged,
		magic + "99999999999999\n":   ErrDamaged,
		magic + "2\n":                ErrNewer,
		magic + "2\nwhat else is in": ErrNewer,
		magic + "1\n":                ErrDamaged,
		magic + "1\n\x00":            ErrDamaged,
	} {
		_, err := load(t, []byte(text))
		require.ErrorIs(t, err, want, "%q", text)
	}
	path := filepath.Join(t.TempDir(), "book.store")
	require.NoError(t, os.WriteFile(path, []byte(magic+"2\n"), 0o600))
	_, err := Load(t.Context(), path, nil)
	require.EqualError(t, err, fmt.Sprintf("load store %q: saved by a later version: in format 2, and this one reads up to 1", path))
	_, err = Load(t.Context(), path+"x", nil)
	require.ErrorIs(t, err, fs.ErrNotExist)
}

// framed returns a file of payloads with the right checksums.
func framed(payloads ...[]byte) []byte {
	var b bytes.Buffer
	f := newWriter(&b)
	for _, p := range payloads {
		f.frame(p)
	}
	_ = f.w.Flush() // to memory
	return b.Bytes()
}

// A tiny file that claims to be huge takes no memory to speak of.
func TestClaimsTakeNoMemory(t *testing.T) {
	huge := []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x3f} // as a length
	header := []byte(magic + "1\n")
	for name, data := range map[string][]byte{
		"frame":    append(bytes.Clone(header), huge...),
		"negative": append(bytes.Clone(header), 0, 0, 0, 0, 0, 0, 0, 0xff),
		"ID":       framed(append([]byte{2 * kindCustomer}, huge...)),
		"postings": framed(append([]byte{2 * kindCustomer, 1, 'C'}, huge...)),
		"balances": framed(append([]byte{2 * kindStatement, 1, 'C', 2, 2, 0, 0}, huge...)),
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err := load(t, data)
		runtime.ReadMemStats(&after)
		require.ErrorIs(t, err, ErrDamaged, name)
		require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(1<<20), name)
	}
}

// What has the right checksum, but is not what is saved.
func TestNonsenseIsRefused(t *testing.T) {
	end := []byte{2 * kindEnd}
	var c codec
	v := saved{id: "C1"}
	c.customer(&v)
	customer := append([]byte{2 * kindCustomer}, c.payload...)
	for name, payloads := range map[string][][]byte{
		"unknown kind":  {{2 * 7}, end},
		"no kind":       {{}, end},
		"twice":         {customer, customer, end},
		"more":          {append(bytes.Clone(customer), 0), end},
		"less":          {customer[:len(customer)-1], end},
		"more at end":   {append(bytes.Clone(end), 0)},
		"no end":        {customer},
		"after the end": {end, customer},
	} {
		_, err := load(t, framed(payloads...))
		require.ErrorIs(t, err, ErrDamaged, name)
	}
	_, err := load(t, framed(customer, end))
	require.NoError(t, err)
}

// What the calendars of now make impossible is not called damage.
func TestLoadWithOtherCalendars(t *testing.T) {
	_, err := read(t.Context(), bytes.NewReader(written(t, filled(t))), nil)
	require.ErrorAs(t, err, new(*duedate.StepError))
	require.NotErrorIs(t, err, ErrDamaged)
	require.ErrorContains(t, err, `customer "C1": invoice "I1"`)
}

func TestLoadThatCannotRead(t *testing.T) {
	data := written(t, filled(t))
	broken := errors.New("bad sector")
	for _, n := range []int{0, 10, len(data) / 2, len(data)} {
		r := io.MultiReader(bytes.NewReader(data[:n]), iotest.ErrReader(broken))
		_, err := read(t.Context(), r, calendars())
		require.ErrorIs(t, err, broken)
		require.NotErrorIs(t, err, ErrDamaged)
	}
	_, err := read(t.Context(), iotest.OneByteReader(bytes.NewReader(data)), calendars())
	require.NoError(t, err)
}

func TestSaveAndLoadGiveUp(t *testing.T) {
	path := filepath.Join(t.TempDir(), "book.store")
	require.NoError(t, New(nil).Save(t.Context(), path))
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, filled(t).Save(gone, path), context.Canceled)
	_, err := Load(gone, path, nil)
	require.ErrorIs(t, err, context.Canceled)
	requireOnly(t, path)
	old, err := Load(t.Context(), path, nil)
	require.NoError(t, err)
	require.Empty(t, told(t, old))
}

// requireOnly makes sure that nothing is beside a file.
func requireOnly(t *testing.T, path string) {
	t.Helper()
	entries, err := os.ReadDir(filepath.Dir(path))
	require.NoError(t, err)
	require.Len(t, entries, 1)
	require.Equal(t, filepath.Base(path), entries[0].Name())
}

func TestSaveWhileOthersWrite(t *testing.T) {
	s := filled(t)
	path := filepath.Join(t.TempDir(), "book.store")
	scope := everywhere(t)
	var group sync.WaitGroup
	group.Add(1)
	go func() {
		defer group.Done()
		for i := range 200 {
			p := store.Posting{Key: "k", Customer: fmt.Sprint("D", i), Details: &ledger.Customer{ID: fmt.Sprint("D", i)}, At: noon, By: "bob"}
			if err := s.Post(t.Context(), scope, p); err != nil {
				t.Error(err)
			}
		}
	}()
	for range 5 {
		require.NoError(t, s.Save(t.Context(), path))
		_, err := Load(t.Context(), path, calendars())
		require.NoError(t, err)
	}
	group.Wait()
	requireOnly(t, path)
}

// errDisk is what a faulty disk says.
var errDisk = errors.New("the disk is faulty")

// faulty is a disk on which the nth call fails; after a crash all later calls do
// too. A write that fails has written half.
type faulty struct {
	disk
	fail  int
	crash bool
	calls []string
}

func (d *faulty) call(name string) error {
	d.calls = append(d.calls, name)
	if n := len(d.calls); n == d.fail || d.crash && n > d.fail {
		return errDisk
	}
	return nil
}

func (d *faulty) create(dir, pattern string) (file, error) {
	if err := d.call("create"); err != nil {
		return nil, err
	}
	f, err := d.disk.create(dir, pattern)
	return &faultyFile{f, d}, err
}

func (d *faulty) rename(from, to string) error {
	return errors.Join(d.call("rename"), d.unlessFailed(func() error { return d.disk.rename(from, to) }))
}

func (d *faulty) remove(path string) error {
	return errors.Join(d.call("remove"), d.unlessFailed(func() error { return d.disk.remove(path) }))
}

func (d *faulty) syncDir(dir string) error {
	return errors.Join(d.call("sync directory"), d.unlessFailed(func() error { return d.disk.syncDir(dir) }))
}

// unlessFailed does what the last call stands for, if that did not fail.
func (d *faulty) unlessFailed(do func() error) error {
	if n := len(d.calls); n == d.fail || d.crash && n > d.fail {
		return nil
	}
	return do()
}

type faultyFile struct {
	file
	d *faulty
}

func (f *faultyFile) Write(b []byte) (int, error) {
	if err := f.d.call("write"); err != nil {
		n, _ := f.file.Write(b[:len(b)/2])
		return n, err
	}
	return f.file.Write(b)
}

func (f *faultyFile) Sync() error { return errors.Join(f.d.call("sync"), f.file.Sync()) }

func (f *faultyFile) Close() error { return errors.Join(f.file.Close(), f.d.call("close")) }

// The steps of Save are in the order in which a crash does no harm.
func TestSaveInOrder(t *testing.T) {
	d := &faulty{}
	path := filepath.Join(t.TempDir(), "book.store")
	require.NoError(t, filled(t).save(t.Context(), d, path))
	require.Equal(t, []string{"create", "write", "sync", "close", "rename", "sync directory"}, d.calls)
	requireOnly(t, path)
	info, err := os.Stat(path)
	require.NoError(t, err)
	if runtime.GOOS != "windows" {
		require.Equal(t, fs.FileMode(0o600), info.Mode().Perm())
	}
}

// When any step fails, Save says so, and the path has the whole of the old file
// or, once it is renamed, of the new one. Nothing else is left behind, unless by
// a crash.
func TestSaveOnAFaultyDisk(t *testing.T) {
	old, s := New(nil), filled(t)
	want := map[bool]string{false: told(t, old), true: told(t, s)}
	for _, crash := range []bool{false, true} {
		for fail := 1; fail <= 6; fail++ {
			t.Run(fmt.Sprintf("step %d, crash %t", fail, crash), func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "book.store")
				require.NoError(t, old.Save(t.Context(), path))
				d := &faulty{fail: fail, crash: crash}
				require.ErrorIs(t, s.save(t.Context(), d, path), errDisk)
				loaded, err := Load(t.Context(), path, calendars())
				require.NoError(t, err)
				require.Equal(t, want[fail == 6], told(t, loaded))
				if !crash {
					requireOnly(t, path)
				}
				require.NoError(t, s.Save(t.Context(), path)) // later, on a good one
				loaded, err = Load(t.Context(), path, calendars())
				require.NoError(t, err)
				require.Equal(t, told(t, s), told(t, loaded))
			})
		}
	}
}

func TestSaveWhereThereIsNoDirectory(t *testing.T) {
	require.ErrorIs(t, New(nil).Save(t.Context(), filepath.Join(t.TempDir(), "none", "book.store")), fs.ErrNotExist)
}
