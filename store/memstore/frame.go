package memstore

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"math"
	"strconv"
	"strings"
)

// Why a file is not loaded. The error says more.
var (
	// ErrForeign: the file is none of a store.
	ErrForeign = errors.New("not the file of a store")
	// ErrNewer: a later version of the library saved the file.
	ErrNewer = errors.New("saved by a later version")
	// ErrDamaged: the file is torn, or not as it was saved.
	ErrDamaged = errors.New("torn or damaged")
)

// The first line of a file is magic and the number of its format.
const (
	magic  = "openreceivables store, format "
	format = 1
)

// writer writes the frames of a file, each with the checksum of all that is
// before it but other checksums: a CRC that went over them would know nothing of
// what they stand for.
type writer struct {
	w   *bufio.Writer
	sum hash.Hash32
}

func newWriter(w io.Writer) *writer {
	f := &writer{bufio.NewWriterSize(w, 1<<16), crc32.New(crc32.MakeTable(crc32.Castagnoli))}
	f.write(fmt.Appendf(nil, "%s%d\n", magic, format))
	return f
}

func (f *writer) write(b []byte) {
	f.sum.Write(b) // never fails
	f.w.Write(b)   // keeps its first error for Flush
}

func (f *writer) frame(payload []byte) {
	f.write(binary.LittleEndian.AppendUint64(nil, uint64(len(payload))))
	f.write(payload)
	f.w.Write(binary.LittleEndian.AppendUint32(nil, f.sum.Sum32()))
}

// reader reads the frames of a file.
type reader struct {
	r       *bufio.Reader
	sum     hash.Hash32
	at      int64 // bytes read so far
	one     [1]byte
	payload bytes.Buffer
}

func newReader(r io.Reader) *reader {
	return &reader{r: bufio.NewReaderSize(r, 1<<16), sum: crc32.New(crc32.MakeTable(crc32.Castagnoli))}
}

// damaged says at which byte of the file something is wrong.
func (f *reader) damaged(err error) error {
	return fmt.Errorf("%w, at byte %d: %w", ErrDamaged, f.at, err)
}

// unread says at which byte the file cannot be read: that it ends there is
// damage, all else a failure of the disk.
func (f *reader) unread(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return f.damaged(errShort)
	}
	return fmt.Errorf("at byte %d: %w", f.at, err)
}

// Read implements io.Reader, for what is to be in the checksum.
func (f *reader) Read(b []byte) (int, error) {
	n, err := f.r.Read(b)
	f.at += int64(n)
	f.sum.Write(b[:n]) // never fails
	return n, err
}

// ReadByte implements io.ByteReader.
func (f *reader) ReadByte() (byte, error) {
	_, err := io.ReadFull(f, f.one[:])
	return f.one[0], err
}

// header reads the first line.
func (f *reader) header() error {
	line, err := f.line(len(magic) + 11)
	text, ours := strings.CutPrefix(line, magic)
	if !ours && !strings.HasPrefix(magic, line) {
		return ErrForeign
	}
	if err != nil {
		return f.unread(err)
	}
	n, err := strconv.ParseUint(text, 10, 31)
	switch {
	case err != nil || n == 0:
		return f.damaged(fmt.Errorf("the number of the format is %q", text))
	case n > format:
		return fmt.Errorf("%w: in format %d, and this one reads up to %d", ErrNewer, n, format)
	}
	return nil
}

// line reads a line of at most so many bytes, and returns it without its end.
func (f *reader) line(most int) (string, error) {
	var line []byte
	for len(line) < most {
		b, err := f.ReadByte()
		if err != nil || b == '\n' {
			return string(line), err
		}
		line = append(line, b)
	}
	return string(line), nil
}

// frame returns the payload of the next frame, which is good until the one
// after. It takes no more memory than there are bytes in the file.
func (f *reader) frame() ([]byte, error) {
	var length [8]byte
	if _, err := io.ReadFull(f, length[:]); err != nil {
		return nil, f.unread(err)
	}
	n := binary.LittleEndian.Uint64(length[:])
	if n > math.MaxInt64 {
		return nil, f.damaged(errShort)
	}
	f.payload.Reset()
	if _, err := io.CopyN(&f.payload, f, int64(n)); err != nil {
		return nil, f.unread(err)
	}
	want := f.sum.Sum32()
	var sum [4]byte
	m, err := io.ReadFull(f.r, sum[:])
	f.at += int64(m)
	if err != nil {
		return nil, f.unread(err)
	}
	if got := binary.LittleEndian.Uint32(sum[:]); got != want {
		return nil, f.damaged(fmt.Errorf("the checksum is %08x, and should be %08x", got, want))
	}
	return f.payload.Bytes(), nil
}

// end makes sure that nothing follows.
func (f *reader) end() error {
	switch _, err := f.ReadByte(); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return f.unread(err)
	}
	return f.damaged(errors.New("there is more after its end"))
}
