import { createHmac } from "node:crypto";

import { type CredentialScope } from "./credential-scope.ts";

const known = new Map<string, Buffer>();
const knownMax = 1000;

/** The key that a day's requests to a service are signed with; made once for each. */
export function signingKey(secret: string, { date, region, service }: CredentialScope): Buffer {
  const name = [secret, date, region, service].join("\n");
  const found = known.get(name);
  if (found !== undefined) return found;
  const parts = [date, region, service, "aws4_request"];
  const key = parts.reduce(hmac, Buffer.from(`AWS4${secret}`, "utf8"));
  if (known.size >= knownMax) known.clear();
  known.set(name, key);
  return key;
}

export function hmac(key: Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text, "utf8").digest();
}
