/** The rows of an answer in the format JSONCompactEachRow. */
export function parseRows<Row>(bytes: Buffer): Row[] {
  if (bytes.length === 0) return [];
  const lines = bytes.toString("utf8").trimEnd();
  return lines === "" ? [] : (JSON.parse(`[${lines.replaceAll("\n", ",")}]`) as Row[]);
}

/** A row of the format RowBinary, and where the next one begins. */
export interface RowAt<Row> {
  readonly row: Row;
  readonly end: number;
}

/**
 * The rows of a stream in the format RowBinary, those that a chunk completes together; `rowAt` gives undefined for a row
 * that is not there as a whole.
 */
export async function* readRows<Row>(
  chunks: AsyncIterable<Buffer>,
  rowAt: (bytes: Buffer, start: number) => RowAt<Row> | undefined,
): AsyncGenerator<readonly Row[], void, undefined> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const rows: Row[] = [];
    let used = 0;
    for (let next = rowAt(rest, used); next !== undefined; next = rowAt(rest, used)) {
      rows.push(next.row);
      used = next.end;
    }
    if (rows.length > 0) yield rows;
    rest = rest.subarray(used);
  }
}

/** Where a text of the format RowBinary stands, whose length is in front of it; undefined where it is not there as a whole. */
export function textAt(bytes: Buffer, start: number): { readonly from: number; readonly to: number } | undefined {
  let length = 0;
  let from = start;
  // Seven bits a byte, lowest first.
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[from++];
    if (byte === undefined) return undefined;
    length += (byte & 0x7f) * factor;
    if (byte < 0x80) break;
  }
  return from + length > bytes.length ? undefined : { from, to: from + length };
}
