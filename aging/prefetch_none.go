//go:build !gc || purego || !(amd64 || arm64)

package aging

import "github.com/openreceivables/ar/ledger"

func prefetch(*ledger.Item) {}

func prefetchFar(*ledger.Item) {}
