import { createHash, createHmac } from "node:crypto";

import { type Credentials } from "../aws/index.ts";

/**
 * Posts JSON with a signature of its own making, for services that the SDK here has no client of; IAM User Guide,
 * "Create a signed AWS API request".
 */
export function signedFetch(
  url: URL,
  { credentials, service, region }: { credentials: Credentials; service: string; region: string },
  body: unknown,
): Promise<Response> {
  const text = JSON.stringify(body);
  const amzDate = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const headers: Record<string, string> = {
    host: url.host,
    "x-amz-date": amzDate,
    ...(sessionToken === undefined ? {} : { "x-amz-security-token": sessionToken }),
  };
  const names = Object.keys(headers).sort();
  const query = [...url.searchParams]
    .map((pair) => pair.map((part) => encodeURIComponent(part)).join("="))
    .sort()
    .join("&");
  const canonical = [
    "POST",
    url.pathname,
    query,
    ...names.map((name) => `${name}:${headers[name]}`),
    "",
    names.join(";"),
    sha256(text),
  ].join("\n");
  const scope = [amzDate.slice(0, 8), region, service, "aws4_request"];
  const key = scope.reduce<Buffer | string>((before, part) => hmac(before, part), `AWS4${secretAccessKey}`);
  const toSign = ["AWS4-HMAC-SHA256", amzDate, scope.join("/"), sha256(canonical)].join("\n");
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope.join("/")}, SignedHeaders=${names.join(";")}, Signature=${hmac(key, toSign).toString("hex")}`;
  const { host: _, ...sent } = headers;
  return fetch(`${url.origin}${url.pathname}?${query}`, {
    method: "POST",
    headers: { ...sent, authorization, "content-type": "application/json" },
    body: text,
  });
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
