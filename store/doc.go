// Package store is what a host's storage does for the library.
package store
