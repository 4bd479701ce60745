package memstore

import (
	"errors"
	"io"
	"os"
	"runtime"
)

// files is what saving does to a disk, for tests to fail.
type files interface {
	create(dir, pattern string) (file, error)
	rename(from, to string) error
	remove(path string) error
	syncDir(dir string) error
}

type file interface {
	io.WriteCloser
	Name() string
	Sync() error
}

// disk is the files of the operating system.
type disk struct{}

func (disk) open(path string) (io.ReadCloser, error)  { return os.Open(path) }
func (disk) create(dir, pattern string) (file, error) { return os.CreateTemp(dir, pattern) }
func (disk) rename(from, to string) error             { return os.Rename(from, to) }
func (disk) remove(path string) error                 { return os.Remove(path) }

// syncDir makes the names in a directory last. Windows does that by itself, and
// knows no such call.
func (disk) syncDir(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(d.Sync(), d.Close())
}
