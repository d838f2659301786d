import { type WireRequest } from "../message.ts";
import { type Parameters } from "../operations/query-parameters.ts";
import { type CredentialScope, parseCredentialScope } from "./credential-scope.ts";

/** What a request says of its own signature, not yet verified. */
export type SignatureRead =
  | { readonly kind: "none" }
  /** There is one, but not in the way of SigV4, or parts of it are missing. */
  | { readonly kind: "broken"; readonly why: string; readonly isOtherScheme: boolean }
  | RequestSignature;

export interface RequestSignature {
  readonly kind: "header" | "query";
  readonly scope: CredentialScope;
  /** Lower case, in order. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20130524T000000Z`, as signed. */
  readonly amzDate: string;
  /** When it was signed, in milliseconds since 1970. */
  readonly signedAt: number;
  /** How long a presigned request holds. */
  readonly expiresSeconds: number | undefined;
  readonly sessionToken: string | undefined;
}

const headerForm = /^AWS4-HMAC-SHA256\s+(.{1,4000})$/;

/** Finds the signature in the `Authorization` header or, of a presigned request, in the query. */
export function readSignature(request: WireRequest, query: Parameters): SignatureRead {
  const header = request.headers["authorization"];
  if (header !== undefined) return readHeader(header, request);
  const parameters = new Map(query);
  if (parameters.has("X-Amz-Algorithm") || parameters.has("X-Amz-Signature")) return readQuery(parameters);
  if (parameters.has("AWSAccessKeyId") && parameters.has("Signature"))
    return { kind: "broken", why: "Signature version 2 is not supported", isOtherScheme: true };
  return { kind: "none" };
}

function readHeader(header: string, request: WireRequest): SignatureRead {
  const found = headerForm.exec(header);
  if (found === null) return broken("The authorization header is not AWS4-HMAC-SHA256", true);
  const parts = new Map(
    (found[1] ?? "").split(",").map((part) => {
      const equals = part.indexOf("=");
      return [part.slice(0, Math.max(equals, 0)).trim(), part.slice(equals + 1).trim()] as const;
    }),
  );
  return complete("header", {
    credential: parts.get("Credential"),
    signedHeaders: parts.get("SignedHeaders"),
    signature: parts.get("Signature"),
    amzDate: request.headers["x-amz-date"] ?? isoBasic(request.headers["date"]),
    sessionToken: request.headers["x-amz-security-token"],
    expires: undefined,
  });
}

function readQuery(parameters: ReadonlyMap<string, string>): SignatureRead {
  if (parameters.get("X-Amz-Algorithm") !== "AWS4-HMAC-SHA256")
    return broken("X-Amz-Algorithm is not AWS4-HMAC-SHA256", true);
  return complete("query", {
    credential: parameters.get("X-Amz-Credential"),
    signedHeaders: parameters.get("X-Amz-SignedHeaders"),
    signature: parameters.get("X-Amz-Signature"),
    amzDate: parameters.get("X-Amz-Date"),
    sessionToken: parameters.get("X-Amz-Security-Token"),
    expires: parameters.get("X-Amz-Expires") ?? "",
  });
}

function complete(
  kind: "header" | "query",
  said: {
    readonly credential: string | undefined;
    readonly signedHeaders: string | undefined;
    readonly signature: string | undefined;
    readonly amzDate: string | undefined;
    readonly sessionToken: string | undefined;
    readonly expires: string | undefined;
  },
): SignatureRead {
  const scope = said.credential === undefined ? undefined : parseCredentialScope(said.credential);
  if (scope === undefined) return broken("Credential is missing, or not AccessKeyId/date/region/service/aws4_request");
  if (said.signature === undefined || !/^[0-9a-f]{64}$/.test(said.signature))
    return broken("Signature is missing or not hexadecimal");
  const signedHeaders = said.signedHeaders?.toLowerCase().split(";") ?? [];
  if (signedHeaders.length === 0 || !signedHeaders.includes("host"))
    return broken("SignedHeaders is missing, or has no host");
  const signedAt = said.amzDate === undefined ? Number.NaN : readAmzDate(said.amzDate);
  if (said.amzDate === undefined || Number.isNaN(signedAt))
    return broken("The date of signing is missing, or not as 20130524T000000Z");
  if (!said.amzDate.startsWith(scope.date)) return broken("The credential's date is not that of signing");
  const expiresSeconds =
    said.expires === undefined ? undefined : Number(said.expires === "" ? Number.NaN : said.expires);
  // S3 API Reference, "Authenticating requests: using query parameters": at most seven days.
  if (
    expiresSeconds !== undefined &&
    !(Number.isInteger(expiresSeconds) && expiresSeconds >= 1 && expiresSeconds <= 604_800)
  )
    return broken("X-Amz-Expires is not a number of seconds from 1 to 604800");
  return {
    kind,
    scope,
    signedHeaders,
    signature: said.signature,
    amzDate: said.amzDate,
    signedAt,
    expiresSeconds,
    sessionToken: said.sessionToken,
  };
}

function broken(why: string, isOtherScheme = false): SignatureRead {
  return { kind: "broken", why, isOtherScheme };
}

function readAmzDate(text: string): number {
  const found = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text);
  if (found === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = found;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

function isoBasic(httpDate: string | undefined): string | undefined {
  const at = httpDate === undefined ? Number.NaN : Date.parse(httpDate);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString().replace(/[-:]|\.\d{3}/g, "");
}
