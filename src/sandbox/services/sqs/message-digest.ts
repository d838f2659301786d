import { createHash } from "node:crypto";
import { isBinary, type MessageAttributes } from "./message.ts";

export function md5(text: string): string {
  return createHash("md5").update(text, "utf8").digest("hex");
}

/**
 * The digest that clients compare with their own: SQS Developer Guide, "Calculating the MD5 message digest for message
 * attributes". None for no attributes.
 */
export function attributesMd5(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const hash = createHash("md5");
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = attributes[name];
    if (attribute === undefined) continue;
    add(Buffer.from(name, "utf8"));
    add(Buffer.from(attribute.type, "utf8"));
    hash.update(Buffer.of(isBinary(attribute) ? 2 : 1));
    add(Buffer.from(attribute.value, isBinary(attribute) ? "base64" : "utf8"));
  }
  return hash.digest("hex");
}
