import { type KeyObject, sign } from "node:crypto";
import { bitString, integer, objectIdentifier, sequence, utcTime, utf8String, der } from "./der.ts";

/** Writes a certificate that a key gives to itself: RFC 5280, section 4.1. */
export function selfSigned(
  keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  name: string,
  serial: Uint8Array,
  from: number,
): string {
  const algorithm = sequence(objectIdentifier("1.2.840.113549.1.1.11"), Buffer.of(0x05, 0x00));
  const subject = sequence(der(0x31, sequence(objectIdentifier("2.5.4.3"), utf8String(name))));
  const content = sequence(
    der(0xa0, integer(Buffer.of(2))),
    integer(serial),
    algorithm,
    subject,
    sequence(utcTime(from), utcTime(Date.UTC(2049, 0, 1))),
    subject,
    keys.publicKey.export({ type: "spki", format: "der" }),
  );
  const certificate = sequence(content, algorithm, bitString(sign("sha256", content, keys.privateKey)));
  const lines = certificate.toString("base64").match(/.{1,64}/gu) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----", ""].join("\n");
}
