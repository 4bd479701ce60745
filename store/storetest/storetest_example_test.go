package storetest_test

import (
	"testing"

	"github.com/openreceivables/ar/store"
	"github.com/openreceivables/ar/store/memstore"
	"github.com/openreceivables/ar/store/storetest"
)

// This is all that an implementer writes: how to open an empty store.
func TestMyStore(t *testing.T) {
	storetest.Test(t, func(testing.TB) store.Store { return memstore.New(nil) })
}
