package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
)

// postgreses is PostgreSQL as a throw-away cluster on a socket of its own, by
// the customer's ID. It is left out where PostgreSQL is not installed.
func postgreses() []entry {
	return []entry{{contestant: &postgres{}, slow: true, server: true}}
}

type postgres struct {
	w       *workload
	cluster *cluster
	conn    *pgx.Conn
	version string
	totals  amounts
}

func (p *postgres) Name() string { return "PostgreSQL, string key" }

func (p *postgres) Note() string { return "v" + p.version }

func (p *postgres) Prepare(w *workload) (err error) {
	p.w = w
	ctx := context.Background()
	if p.cluster, err = startCluster(); err != nil {
		return err
	}
	if p.conn, err = pgx.Connect(ctx, fmt.Sprintf("host=%s user=%s dbname=postgres", p.cluster.dir, clusterUser)); err != nil {
		return err
	}
	if err := p.conn.QueryRow(ctx, "SELECT split_part(current_setting('server_version'), ' ', 1)").Scan(&p.version); err != nil {
		return err
	}
	if _, err := p.conn.Exec(ctx, "CREATE UNLOGGED TABLE items (id text, due date, amount numeric(18,2))"); err != nil {
		return err
	}
	from, to := io.Pipe()
	go func() { to.CloseWithError(writeItems(to, w)) }()
	if _, err := p.conn.PgConn().CopyFrom(ctx, from, "COPY items FROM STDIN"); err != nil {
		from.CloseWithError(err)
		return err
	}
	_, err = p.conn.Exec(ctx, "VACUUM ANALYZE items")
	return err
}

// writeItems writes the items in the text form of COPY.
func writeItems(to io.Writer, w *workload) error {
	out := bufio.NewWriterSize(to, 1<<16)
	id := w.separateIDs()
	var line []byte
	for i, cents := range w.cents {
		line = append(line[:0], id(i)...)
		line = append(line, '\t')
		line = append(line, w.due[i].String()...)
		line = append(line, '\t')
		line = strconv.AppendInt(line, cents/100, 10)
		line = append(line, '.', byte('0'+cents/10%10), byte('0'+cents%10), '\n')
		if _, err := out.Write(line); err != nil {
			return err
		}
	}
	return out.Flush()
}

func (p *postgres) Run() error {
	ctx := context.Background()
	for _, statement := range []string{
		"DROP TABLE IF EXISTS report",
		fmt.Sprintf("CREATE TEMP TABLE report AS\nSELECT id,\n  %s\nFROM items GROUP BY id",
			filterSums("amount", fmt.Sprintf("(DATE '%s' - due)", p.w.asOf))),
	} {
		if _, err := p.conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	totals := fmt.Sprintf(totalsOf, bucketNames(fmt.Sprintf(decimalCell, "sum(%s)")))
	return p.conn.QueryRow(ctx, totals).Scan(p.totals.pointers()...)
}

func (p *postgres) Result() (*result, error) {
	rows, err := p.conn.Query(context.Background(), fmt.Sprintf("SELECT id, %s FROM report", bucketNames(decimalCell)))
	if err != nil {
		return nil, err
	}
	r := newResult(p.w.customers)
	var id string
	var row amounts
	_, err = pgx.ForEachRow(rows, append([]any{&id}, row.pointers()...), func() error {
		n, err := customerNumber(id)
		if err != nil {
			return err
		}
		return r.addRow(n, row)
	})
	r.totals = p.totals
	return r, err
}

func (p *postgres) Close() error {
	if p.cluster == nil {
		return nil
	}
	if p.conn != nil {
		p.conn.Close(context.Background()) // the server goes next
	}
	return p.cluster.stop()
}

// cluster is a PostgreSQL server in a directory that goes with it.
type cluster struct {
	dir    string
	pgCtl  string
	asUser []string // the command that changes to a user that may run a server
}

const clusterUser = "bench"

// startCluster makes a cluster and starts its server, on a Unix socket in the
// cluster's directory and no network.
func startCluster() (*cluster, error) {
	initdb, err := postgresProgram("initdb")
	if err != nil {
		return nil, err
	}
	pgCtl, err := postgresProgram("pg_ctl")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "ar-bench-")
	if err != nil {
		return nil, err
	}
	c := &cluster{dir: dir, pgCtl: pgCtl}
	if os.Geteuid() == 0 { // as root, PostgreSQL refuses to run
		c.asUser = []string{"runuser", "-u", "postgres", "--"}
		if err := run("chown", "postgres", dir); err != nil {
			return nil, c.failed(err)
		}
	}
	if err := c.run(initdb, "-D", c.data(), "-U", clusterUser, "--auth=trust", "--no-sync"); err != nil {
		return nil, c.failed(err)
	}
	settings := "-c listen_addresses= -c unix_socket_directories=" + dir +
		" -c fsync=off -c synchronous_commit=off -c autovacuum=off" +
		" -c shared_buffers=2GB -c work_mem=1GB -c temp_buffers=1GB"
	if err := c.run(pgCtl, "-D", c.data(), "-w", "-l", filepath.Join(dir, "log"), "-o", settings, "start"); err != nil {
		return nil, c.failed(err)
	}
	return c, nil
}

func (c *cluster) data() string { return filepath.Join(c.dir, "data") }

func (c *cluster) stop() error {
	err := c.run(c.pgCtl, "-D", c.data(), "-m", "immediate", "stop")
	if err != nil {
		return err // the server may still use the directory
	}
	return os.RemoveAll(c.dir)
}

// failed removes what a start that failed has left.
func (c *cluster) failed(err error) error {
	os.RemoveAll(c.dir) //nolint:errcheck // the first error counts
	return err
}

func (c *cluster) run(command ...string) error {
	return run(slices.Concat(c.asUser, command)...)
}

func run(command ...string) error {
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir = os.TempDir() // the other user need not see ours
	// No pipe: the server inherits it and would keep it open.
	out, err := os.CreateTemp("", "ar-bench-")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name()) //nolint:errcheck // a few bytes
	defer out.Close()
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(out.Name())
		return fmt.Errorf("%s: %w\n%s", strings.Join(command, " "), err, said)
	}
	return nil
}

// postgresProgram finds a program on the path, or where Debian has it.
func postgresProgram(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	paths, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(paths) == 0 {
		return "", fmt.Errorf("%w: PostgreSQL is not installed (no %s)", errAbsent, name)
	}
	return paths[len(paths)-1], nil
}
