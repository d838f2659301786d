import type { Transform } from "./modifiers.ts";

/** The bytes of a value in the encoding that a modifier names; `wide` is `utf16le` by another name. */
export function encodeText(text: string, encoding: Transform & ("wide" | `utf16${string}`)): Buffer {
  const little = Buffer.from(text, "utf16le");
  switch (encoding) {
    case "wide":
    case "utf16le":
      return little;
    case "utf16be":
      return Buffer.from(little).swap16();
    case "utf16":
      return Buffer.concat([Buffer.from([0xff, 0xfe]), little]);
  }
}

/** How many characters of each shifted form also depend on the bytes before, and on those behind. */
const dependOnBefore = [0, 2, 3];
const dependOnBehind = [0, 3, 2];

/**
 * The three texts of which one stands in the Base64 of any bytes that hold these: they may begin at any of three places
 * in a group, and what depends on their neighbours is cut off.
 */
export function base64AtOffsets(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((shift) => {
    const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    const behind = dependOnBehind[(bytes.length + shift) % 3] ?? 0;
    return encoded.slice(dependOnBefore[shift], encoded.length - behind);
  });
}
