import { type Credentials } from "../clients/client.ts";
import { type WireRequest } from "../message.ts";
import { canonicalRequest, sha256Hex } from "./canonical-request.ts";
import { type CredentialScope, scopeText } from "./credential-scope.ts";
import { hmac, signingKey } from "./signing-key.ts";

export interface SigningOptions {
  readonly credentials: Credentials;
  readonly region: string;
  /** The signing name, such as `s3`. */
  readonly service: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

const emptyHash = sha256Hex("");

/**
 * The headers of a request without a body, signature and all; IAM User Guide, "Create a signed AWS API request". All that
 * are given are signed.
 */
export function signRequest(request: WireRequest, { credentials, region, service, at }: SigningOptions): SignedHeaders {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const amzDate = amzDateOf(at);
  const headers: SignedHeaders = {
    ...request.headers,
    "x-amz-content-sha256": emptyHash,
    "x-amz-date": amzDate,
    ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
  };
  const scope: CredentialScope = { accessKeyId, date: amzDate.slice(0, 8), region, service };
  const signedHeaders = Object.keys(headers).sort();
  const canonical = canonicalRequest({ ...request, headers }, { scope, signedHeaders }, emptyHash);
  const text = ["AWS4-HMAC-SHA256", amzDate, scopeText(scope), sha256Hex(canonical)].join("\n");
  const signature = hmac(signingKey(secretAccessKey, scope), text).toString("hex");
  const credential = `${accessKeyId}/${scopeText(scope)}`;
  headers["authorization"] =
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(";")}, Signature=${signature}`;
  return headers;
}

type SignedHeaders = Record<string, string>;

/** `20130524T000000Z` */
function amzDateOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}
