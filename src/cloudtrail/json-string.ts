const escapes = new Uint8Array(128);
for (const [letter, byte] of Object.entries({
  '"': 0x22,
  "\\": 0x5c,
  "/": 0x2f,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
})) {
  escapes[letter.charCodeAt(0)] = byte;
}

/**
 * The UTF-8 bytes that a JSON string literal stands for. `start` and `end` include its quotes. Bytes that JSON would
 * refuse (raw control characters, unknown escapes, invalid UTF-8) are passed on as they are, so that the text inside
 * can be judged on its own; an escaped lone surrogate, which UTF-8 cannot hold, becomes U+FFFD.
 */
export function decodeJsonString(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const out = new Uint8Array(end - start);
  let length = 0;
  let i = start + 1;
  const last = end - 1;
  while (i < last) {
    const c = bytes[i] ?? 0;
    if (c !== 0x5c || i + 1 >= last) {
      out[length++] = c;
      i++;
      continue;
    }
    const kind = bytes[i + 1] ?? 0;
    const plain = escapes[kind] ?? 0;
    if (plain !== 0) {
      out[length++] = plain;
      i += 2;
      continue;
    }
    const unit = kind === 0x75 ? hexUnit(bytes, i + 2, last) : -1;
    if (unit < 0) {
      out[length++] = 0x5c;
      i++;
      continue;
    }
    i += 6;
    let point = unit;
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const low = bytes[i] === 0x5c && bytes[i + 1] === 0x75 ? hexUnit(bytes, i + 2, last) : -1;
      const isPair = unit < 0xdc00 && low >= 0xdc00 && low <= 0xdfff;
      point = isPair ? 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00) : 0xfffd;
      i += isPair ? 6 : 0;
    }
    length = writePoint(out, length, point);
  }
  return out.subarray(0, length);
}

function hexUnit(bytes: Uint8Array, from: number, last: number): number {
  if (from + 4 > last) {
    return -1;
  }
  let unit = 0;
  for (let i = from; i < from + 4; i++) {
    const c = bytes[i] ?? 0;
    const lower = c | 0x20;
    const digit = c >= 0x30 && c <= 0x39 ? c - 0x30 : lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
    if (digit < 0) {
      return -1;
    }
    unit = unit * 16 + digit;
  }
  return unit;
}

function writePoint(out: Uint8Array, at: number, point: number): number {
  let i = at;
  if (point < 0x80) {
    out[i++] = point;
  } else if (point < 0x800) {
    out[i++] = 0xc0 | (point >> 6);
    out[i++] = 0x80 | (point & 0x3f);
  } else if (point < 0x10000) {
    out[i++] = 0xe0 | (point >> 12);
    out[i++] = 0x80 | ((point >> 6) & 0x3f);
    out[i++] = 0x80 | (point & 0x3f);
  } else {
    out[i++] = 0xf0 | (point >> 18);
    out[i++] = 0x80 | ((point >> 12) & 0x3f);
    out[i++] = 0x80 | ((point >> 6) & 0x3f);
    out[i++] = 0x80 | (point & 0x3f);
  }
  return i;
}
