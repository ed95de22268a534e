// Checks what portclerk wrote with Go's own implementation of signed notes and transparency logs, and shares no code with it.
//
//	verifier proofs DIR                         every proof in a folder that `audit prove` wrote
//	verifier consistency VKEY OLD NEW PROOF     that checkpoint NEW goes on from OLD; PROOF has a base64 hash a line
//	verifier log VKEY EXPORT CHECKPOINT         that an export in JSON Lines has the checkpoint's root
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "refused:", err)
		os.Exit(1)
	}
}

func run(args []string) error {
	switch {
	case len(args) == 2 && args[0] == "proofs":
		return proofs(args[1])
	case len(args) == 5 && args[0] == "consistency":
		return consistency(args[1], args[2], args[3], args[4])
	case len(args) == 4 && args[0] == "log":
		return log(args[1], args[2], args[3])
	}
	return errors.New("usage: verifier proofs DIR | consistency VKEY OLD NEW PROOF | log VKEY EXPORT CHECKPOINT")
}

func proofs(dir string) error {
	verifier, err := key(filepath.Join(dir, "log.vkey"))
	if err != nil {
		return err
	}
	if _, err := checkpointFile(filepath.Join(dir, "checkpoint"), verifier); err != nil {
		return err
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.tlog-proof"))
	if err != nil || len(names) == 0 {
		return errors.New("there is no proof")
	}
	for _, name := range names {
		index, err := proof(name, verifier)
		if err != nil {
			return fmt.Errorf("%s: %w", filepath.Base(name), err)
		}
		fmt.Printf("entry %d is in the log\n", index)
	}
	return nil
}

func proof(name string, verifier note.Verifier) (int64, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return 0, err
	}
	entry, err := os.ReadFile(strings.TrimSuffix(name, ".tlog-proof") + ".json")
	if err != nil {
		return 0, err
	}
	head, signed, found := bytes.Cut(text, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" || !strings.HasPrefix(lines[1], "index ") {
		return 0, errors.New("no tlog-proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return 0, err
	}
	path, err := hashes(lines[2:])
	if err != nil {
		return 0, err
	}
	tree, err := checkpoint(signed, verifier)
	if err != nil {
		return 0, err
	}
	return index, tlog.CheckRecord(path, tree.N, tree.Hash, index, tlog.RecordHash(entry))
}

func consistency(vkey, older, newer, path string) error {
	verifier, err := key(vkey)
	if err != nil {
		return err
	}
	before, err := checkpointFile(older, verifier)
	if err != nil {
		return err
	}
	after, err := checkpointFile(newer, verifier)
	if err != nil {
		return err
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	steps, err := hashes(strings.Fields(string(text)))
	if err != nil {
		return err
	}
	if err := tlog.CheckTree(steps, after.N, after.Hash, before.N, before.Hash); err != nil {
		return err
	}
	fmt.Printf("%d entries go on from %d\n", after.N, before.N)
	return nil
}

func log(vkey, export, signed string) error {
	verifier, err := key(vkey)
	if err != nil {
		return err
	}
	tree, err := checkpointFile(signed, verifier)
	if err != nil {
		return err
	}
	file, err := os.Open(export)
	if err != nil {
		return err
	}
	defer file.Close()
	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		found := make([]tlog.Hash, len(indexes))
		for k, index := range indexes {
			found[k] = stored[index]
		}
		return found, nil
	})
	var count int64
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() && count < tree.N {
		var line struct{ Entry *string }
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			return err
		}
		if line.Entry == nil {
			continue
		}
		added, err := tlog.StoredHashes(count, []byte(*line.Entry), reader)
		if err != nil {
			return err
		}
		stored = append(stored, added...)
		count++
	}
	root, err := tlog.TreeHash(count, reader)
	if err != nil {
		return err
	}
	if count != tree.N || root != tree.Hash {
		return fmt.Errorf("%d entries with root %s, the checkpoint says %d with %s", count, root, tree.N, tree.Hash)
	}
	fmt.Printf("%d entries have the root that was signed\n", count)
	return nil
}

func key(path string) (note.Verifier, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(strings.TrimSpace(string(text)))
}

func checkpointFile(path string, verifier note.Verifier) (tlog.Tree, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return tlog.Tree{}, err
	}
	return checkpoint(text, verifier)
}

func checkpoint(signed []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(signed, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		return tlog.Tree{}, errors.New("no checkpoint of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := hashes(lines[2:3])
	if err != nil {
		return tlog.Tree{}, err
	}
	return tlog.Tree{N: size, Hash: root[0]}, nil
}

func hashes(lines []string) ([]tlog.Hash, error) {
	var list []tlog.Hash
	for _, line := range lines {
		hash, err := base64.StdEncoding.DecodeString(line)
		if err != nil || len(hash) != tlog.HashSize {
			return nil, fmt.Errorf("%q is no hash", line)
		}
		list = append(list, tlog.Hash(*(*[tlog.HashSize]byte)(hash)))
	}
	return list, nil
}
