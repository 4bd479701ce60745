// Package storetest tests whether a store keeps what package store promises. An
// implementer runs all of it in one line:
//
//	func TestStore(t *testing.T) {
//		storetest.Test(t, func(t testing.TB) store.Store { return mystore.New(t.TempDir()) })
//	}
//
// Each case is a subtest that begins with an empty store. One that fails says
// what was promised, what was done, what should have come, and what came. Run it
// under the race detector too.
package storetest
