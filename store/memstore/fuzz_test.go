package memstore

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"
)

// requireLoadable tries to load a file. One that is loaded saves as a file that
// loads as the same.
func requireLoadable(t *testing.T, data []byte) {
	t.Helper()
	s, err := load(t, data)
	if err != nil {
		return
	}
	saved := written(t, s)
	again, err := load(t, saved)
	require.NoError(t, err)
	require.Equal(t, saved, written(t, again))
	require.Equal(t, told(t, s), told(t, again))
}

func FuzzLoad(f *testing.F) {
	data := written(f, filled(f))
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add([]byte(magic + "1\n\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Add([]byte(magic + "2\n"))
	f.Fuzz(requireLoadable)
}

// FuzzPayload gives the loader what has the right checksums.
func FuzzPayload(f *testing.F) {
	r := newReader(bytes.NewReader(written(f, filled(f))))
	require.NoError(f, r.header())
	for {
		payload, err := r.frame()
		require.NoError(f, err)
		if len(payload) == 1 {
			break
		}
		f.Add(bytes.Clone(payload))
	}
	f.Fuzz(func(t *testing.T, payload []byte) { requireLoadable(t, framed(payload, []byte{2 * kindEnd})) })
}
