export type ProofReadme = { readonly origin: string; readonly size: number; readonly vkey: string; readonly entries: readonly number[] };

/** Tells a stranger what a proof's files are and how to check them with a shell and OpenSSL, trusting nothing of ours. */
export function proofReadme({ origin, size, vkey, entries }: ProofReadme): string {
  return `# Proof of ${entries.length === 1 ? 'an entry' : `${entries.length} entries`} of the audit log ${origin}

| file | is |
|---|---|
| \`checkpoint\` | what the log was when it had ${size} entries: its name, its size, the root of its Merkle tree (RFC 6962), signed (C2SP signed note) |
| \`log.vkey\` | the public key that signs for the log |
| \`N.json\` | entry N, byte for byte as it was hashed |
| \`N.tlog-proof\` | the proof that these bytes are entry N of the log of that checkpoint (C2SP tlog-proof) |

The key decides. Compare it with one that you got in another way, from whoever runs the log or from an earlier proof:

    ${vkey}

Three commands check all of it. They need a POSIX shell and OpenSSL 3, no network and nothing of the program that wrote the log.

## 1. The checkpoint is signed with the key

\`\`\`sh
{ printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; cut -d+ -f3- log.vkey | openssl base64 -d -A | tail -c 32; } >log.der &&
sed '/^$/,$d' checkpoint >checkpoint.text &&
sed -n '/^— /{s/.* //p;q;}' checkpoint | openssl base64 -d -A | tail -c 64 >checkpoint.signature &&
openssl pkeyutl -verify -pubin -keyform DER -inkey log.der -rawin -in checkpoint.text -sigfile checkpoint.signature
\`\`\`

## 2. Each proof is one against this checkpoint

\`\`\`sh
for N in ${entries.join(' ')}; do sed '1,/^$/d' $N.tlog-proof | cmp - checkpoint && echo "proof $N is against the checkpoint"; done
\`\`\`

## 3. Each entry leads to the root that was signed

\`\`\`sh
sha() { openssl dgst -sha256 -binary | openssl base64 -A; }
raw() { printf %s "$1" | openssl base64 -d -A; }
for N in ${entries.join(' ')}; do
  node=$(sed -n 's/^index //p' $N.tlog-proof) last=$(($(sed -n 2p checkpoint) - 1))
  hash=$({ printf '\\000'; cat $N.json; } | sha)
  for sibling in $(sed '1,2d;/^$/,$d' $N.tlog-proof); do
    if [ $((node % 2)) = 1 ] || [ $node = $last ]; then
      hash=$({ printf '\\001'; raw $sibling; raw $hash; } | sha)
      while [ $((node % 2)) = 0 ] && [ $node != 0 ]; do node=$((node / 2)) last=$((last / 2)); done
    else
      hash=$({ printf '\\001'; raw $hash; raw $sibling; } | sha)
    fi
    node=$((node / 2)) last=$((last / 2))
  done
  [ $last = 0 ] && [ "$hash" = "$(sed -n 3p checkpoint)" ] && echo "entry $N is in the log" || echo "entry $N is NOT in the log"
done
\`\`\`

In Go, \`golang.org/x/mod/sumdb/note\` and \`golang.org/x/mod/sumdb/tlog\` check the same.
`;
}
