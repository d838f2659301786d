import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { invalidCiphertext } from "../errors.ts";
import { keyArn, type KeyMaterial, type KmsKey } from "./key.ts";

/** What stands before the encrypted bytes: a form, the key, the material, the nonce and the seal. */
const form = 0x01;
const keyIdBytes = 16;
const materialIdBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;
const headBytes = 1 + keyIdBytes + materialIdBytes + nonceBytes + tagBytes;

/** Which key a ciphertext says it is of; undefined when it is none of ours. */
export function keyIdOfCiphertext(ciphertext: Uint8Array): string | undefined {
  if (ciphertext.length < headBytes || ciphertext[0] !== form) return undefined;
  const hex = Buffer.from(ciphertext.subarray(1, 1 + keyIdBytes)).toString("hex");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Encrypts under a symmetric key, bound to the key and the encryption context. */
export function seal(
  key: KmsKey,
  material: KeyMaterial,
  plaintext: Uint8Array,
  context: Readonly<Record<string, string>> | undefined,
): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", Buffer.from(material.secret, "base64"), nonce);
  cipher.setAAD(bound(key, context));
  const encrypted = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const keyId = Buffer.from(key.keyId.replaceAll("-", ""), "hex");
  const materialId = Buffer.from(material.id, "hex");
  return Buffer.concat([Buffer.of(form), keyId, materialId, nonce, cipher.getAuthTag(), encrypted]);
}

/** Decrypts, or refuses what was changed, is of another key, or was bound to another context. */
export function unseal(
  key: KmsKey,
  ciphertext: Uint8Array,
  context: Readonly<Record<string, string>> | undefined,
): Buffer {
  if (keyIdOfCiphertext(ciphertext) !== key.keyId) throw invalidCiphertext();
  const bytes = Buffer.from(ciphertext);
  const materialId = bytes.subarray(1 + keyIdBytes, 1 + keyIdBytes + materialIdBytes).toString("hex");
  const material = key.materials.find(({ id }) => id === materialId);
  if (material === undefined) throw invalidCiphertext();
  const rest = bytes.subarray(1 + keyIdBytes + materialIdBytes);
  const decipher = createDecipheriv(
    "aes-256-gcm",
    Buffer.from(material.secret, "base64"),
    rest.subarray(0, nonceBytes),
  );
  decipher.setAAD(bound(key, context));
  decipher.setAuthTag(rest.subarray(nonceBytes, nonceBytes + tagBytes));
  try {
    return Buffer.concat([decipher.update(rest.subarray(nonceBytes + tagBytes)), decipher.final()]);
  } catch {
    throw invalidCiphertext();
  }
}

/** The order in which a context was written does not count. KMS Developer Guide, 'Encryption context'. */
function bound(key: KmsKey, context: Readonly<Record<string, string>> = {}): Buffer {
  const entries = Object.entries(context).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Buffer.from(JSON.stringify([keyArn(key), entries]));
}
