import { hash } from "node:crypto";

import { type WireRequest } from "../message.ts";
import { type RequestSignature } from "./read-signature.ts";

/** The text that stands for a request in its signature; IAM User Guide, "Create a signed AWS API request". */
export function canonicalRequest(
  request: WireRequest,
  signature: Pick<RequestSignature, "scope" | "signedHeaders">,
  payloadHash: string,
): string {
  const isS3 = signature.scope.service === "s3";
  const headers = signature.signedHeaders.map((name) => `${name}:${trimmed(request.headers[name] ?? "")}\n`).join("");
  return [
    request.method,
    isS3 ? canonicalS3Path(request.path) : canonicalPath(request.path),
    canonicalQuery(request.query),
    headers,
    signature.signedHeaders.join(";"),
    payloadHash,
  ].join("\n");
}

export function sha256Hex(data: string | Uint8Array): string {
  return hash("sha256", data, "hex");
}

function trimmed(value: string): string {
  const text = value.trim();
  return text.includes("  ") ? text.replace(/ {2,}/g, " ") : text;
}

/** S3 signs the path as it is, encoded once: its keys may have `//` and `..` in them. */
function canonicalS3Path(path: string): string {
  return path
    .split("/")
    .map((segment) => encode(decodeURIComponent(segment)))
    .join("/");
}

/** The others sign the sent path encoded once more, with `.` and `..` resolved. */
function canonicalPath(path: string): string {
  if (path === "/" || path === "") return "/";
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(encode(segment));
  }
  return `/${segments.join("/")}${path.endsWith("/") && segments.length > 0 ? "/" : ""}`;
}

function canonicalQuery(query: string): string {
  if (query === "") return "";
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const name = equals === -1 ? pair : pair.slice(0, equals);
      return [recode(name), recode(equals === -1 ? "" : pair.slice(equals + 1))] as const;
    })
    .filter(([name]) => name !== "X-Amz-Signature")
    .sort((a, b) => compare(a[0], b[0]) || compare(a[1], b[1]))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function recode(text: string): string {
  return encode(decodeURIComponent(text.replaceAll("+", " ")));
}

/** RFC 3986's unreserved signs stay as they are, nothing else does. */
function encode(text: string): string {
  return /^[\w.~-]*$/.test(text)
    ? text
    : encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
