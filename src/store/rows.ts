/** The rows of an answer in the format JSONCompactEachRow. */
export function parseRows<Row>(bytes: Buffer): Row[] {
  if (bytes.length === 0) return [];
  const lines = bytes.toString("utf8").trimEnd();
  return lines === "" ? [] : (JSON.parse(`[${lines.replaceAll("\n", ",")}]`) as Row[]);
}

/** ClickHouse's length in front of a string: seven bits a byte, lowest first. */
export function readVarint(bytes: Buffer, from: number): [value: number, next: number] {
  let value = 0;
  let at = from;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes.readUInt8(at++);
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return [value, at];
  }
}

/** Where a text of the format RowBinary stands, whose length is in front of it; undefined where it is not there as a whole. */
export function textAt(bytes: Buffer, start: number): { readonly from: number; readonly to: number } | undefined {
  let lengthEnd = start;
  while (lengthEnd < bytes.length && bytes.readUInt8(lengthEnd) >= 0x80) lengthEnd++;
  if (lengthEnd >= bytes.length) return undefined;
  const [length, from] = readVarint(bytes, start);
  return from + length > bytes.length ? undefined : { from, to: from + length };
}
