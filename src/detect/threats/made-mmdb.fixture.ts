/** A file in MaxMind's format with one answer for every IPv4 address (maxmind.github.io/MaxMind-DB, version 2.0). */
export function madeMmdb(databaseType: string, row: Value): Buffer {
  const nodes = 1;
  const dataAt = nodes + 16;
  // Both halves of the internet lead to the first row; a record has three bytes.
  const tree = Buffer.alloc(6);
  tree.writeUIntBE(dataAt, 0, 3);
  tree.writeUIntBE(dataAt, 3, 3);
  const metadata = {
    ...{ binary_format_major_version: 2, binary_format_minor_version: 0, build_epoch: 1_763_726_400 },
    ...{ database_type: databaseType, ip_version: 4, node_count: nodes, record_size: 24 },
  };
  const marker = Buffer.from("\u00ab\u00cd\u00efMaxMind.com", "latin1");
  return Buffer.concat([tree, Buffer.alloc(16), encoded(row), marker, encoded(metadata)]);
}

type Value = string | number | { readonly [name: string]: Value };

const kinds = { text: 2, number: 6, map: 7 } as const;
/** More than so many bytes have their length in a byte of its own. */
const shortMax = 29;

function encoded(value: Value): Buffer {
  if (typeof value === "string") return Buffer.concat([head(kinds.text, Buffer.byteLength(value)), Buffer.from(value)]);
  if (typeof value === "number") {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return Buffer.concat([head(kinds.number, bytes.length), bytes]);
  }
  const entries = Object.entries(value);
  return Buffer.concat([
    head(kinds.map, entries.length),
    ...entries.flatMap(([name, of]) => [encoded(name), encoded(of)]),
  ]);
}

function head(kind: number, size: number): Buffer {
  return size < shortMax ? Buffer.from([(kind << 5) | size]) : Buffer.from([(kind << 5) | shortMax, size - shortMax]);
}
