package memstore

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
)

// Save writes all that is in the store at this moment to a file, in place of the
// one that is there. Others may read and write the store meanwhile, and who saves
// too, saves later.
//
// Whatever happens, a crash or a power failure too, the path has the whole of
// the old file or the whole of the new one; when Save returns nil, the new one
// for good. It is written beside the path under a name of its own ending in
// ".tmp", which a crash may leave behind, and may be read by its owner only.
//
// When the context is done, or something cannot be written, it is the old file
// that stays.
func (s *Store) Save(ctx context.Context, path string) error {
	if err := s.save(ctx, disk{}, path); err != nil {
		return fmt.Errorf("save store: %w", err)
	}
	return nil
}

func (s *Store) save(ctx context.Context, on files, path string) error {
	s.saving.Lock() // so that no older state replaces a newer one
	defer s.saving.Unlock()
	dir, name := filepath.Split(path)
	dir = filepath.Clean(dir)
	f, err := on.create(dir, name+".*.tmp")
	if err != nil {
		return err
	}
	err = s.now.Load().write(ctx, f)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = on.rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, on.remove(f.Name()))
	}
	return on.syncDir(dir)
}

// write writes the file of a state.
func (st *state) write(ctx context.Context, w io.Writer) error {
	f := newWriter(w)
	var c codec
	frame := func(kind uint8, content func()) error {
		c.payload = c.payload[:0]
		number(&c, &kind)
		content()
		f.frame(c.payload)
		return c.err
	}
	for x := range st.customers.all() {
		if err := ctx.Err(); err != nil {
			return err
		}
		v := saved{id: x.id, profile: x.profile, changes: x.changes}
		for i := range x.postings {
			v.postings = append(v.postings, x.posting(i))
		}
		if err := frame(kindCustomer, func() { c.customer(&v) }); err != nil {
			return fmt.Errorf("customer %q: %w", x.id, err)
		}
	}
	for r := range st.byKey.all() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := frame(kindStatement, func() { c.statement(r) }); err != nil {
			return fmt.Errorf("statement of %s: %w", describe(r.Key), err)
		}
	}
	if err := frame(kindEnd, func() {}); err != nil {
		return err
	}
	return f.w.Flush()
}
