/** What the first bytes of a file say it is, whatever its name says. */
export type FileKind =
  | { readonly kind: "gzip" | "zip" | "tar" | "plain" | "empty" }
  | { readonly kind: "unsupported"; readonly reason: string };

/** How many bytes `fileKindOf` wants to see; fewer only if the file is shorter. */
export const sniffBytes = 512;

const magics: readonly { readonly magic: string; readonly what: string }[] = [
  { magic: "\x28\xb5\x2f\xfd", what: "zstd compressed" },
  { magic: "BZh", what: "bzip2 compressed" },
  { magic: "\xfd7zXZ\0", what: "xz compressed" },
  { magic: "7z\xbc\xaf\x27\x1c", what: "a 7-Zip archive" },
  { magic: "Rar!", what: "a RAR archive" },
  { magic: "PAR1", what: "a Parquet file" },
  { magic: "ORC", what: "an ORC file" },
  { magic: "SQLite format 3", what: "an SQLite database" },
  { magic: "%PDF", what: "a PDF document" },
  { magic: "\x89PNG", what: "a picture" },
  { magic: "\x7fELF", what: "a program" },
];

export function fileKindOf(head: Buffer): FileKind {
  if (head.length === 0) return { kind: "empty" };
  if (head[0] === 0x1f && head[1] === 0x8b) return { kind: "gzip" };
  const text = head.toString("latin1");
  if (text.startsWith("PK\x03\x04") || text.startsWith("PK\x05\x06")) return { kind: "zip" };
  if (text.slice(257, 262) === "ustar") return { kind: "tar" };
  const known = magics.find(({ magic }) => text.startsWith(magic));
  if (known) return { kind: "unsupported", reason: `The file is ${known.what}, which cannot be read; unpack it first` };
  return { kind: "plain" };
}
