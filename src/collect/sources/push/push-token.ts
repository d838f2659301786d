import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { PushRequest } from "../source.ts";

/** Under what name the token's hash is kept. */
const secretName = "tokenSha256";

/** A new token: shown to a person this one time, and kept as a hash that tells nothing about it. */
export function makeToken(): {
  readonly secrets: Readonly<Record<string, string>>;
  readonly shown: Readonly<Record<string, string>>;
} {
  const token = randomBytes(32).toString("base64url");
  return { secrets: { [secretName]: hashOf(token).toString("hex") }, shown: { token } };
}

/**
 * Whether a post carries the token: as a bearer, as the password of HTTP's own log-in, in Firehose's header
 * (Data Firehose Developer Guide, "HTTP endpoint delivery request and response specifications"), or in the one that the
 * source's settings name (EventBridge User Guide, "Connections for API destination targets": API key).
 */
export function carriesToken(
  headers: PushRequest["headers"],
  secrets: Readonly<Record<string, string>>,
  tokenHeader: string | undefined,
): boolean {
  const expected = Buffer.from(secrets[secretName] ?? "", "hex");
  const given = [
    ...authorizations(headers["authorization"]),
    headers["x-amz-firehose-access-key"],
    tokenHeader === undefined ? undefined : headers[tokenHeader.toLowerCase()],
  ].filter((token) => token !== undefined);
  // Hashes are of one length, so comparing them takes the same time however much is right.
  return given.some((token) => {
    const hash = hashOf(token);
    return hash.length === expected.length && timingSafeEqual(hash, expected);
  });
}

function authorizations(header: string | undefined): string[] {
  const [, scheme = "", value = ""] = /^(Bearer|Basic) +(\S+) *$/i.exec(header ?? "") ?? [];
  if (scheme.toLowerCase() !== "basic") return value === "" ? [] : [value];
  const pair = Buffer.from(value, "base64").toString("utf8");
  return [pair.slice(pair.indexOf(":") + 1)];
}

function hashOf(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
