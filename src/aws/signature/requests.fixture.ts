import { type WireRequest } from "../message.ts";

/** The keys of AWS's own examples; they open nothing. */
export const exampleKeys = {
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};

export const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

/** A request as AWS's pages print it. */
export function printedRequest(method: string, target: string, headers: Readonly<Record<string, string>>): WireRequest {
  const [path = "/", query = ""] = target.split("?");
  return { method, path, query, headers: Object.assign(Object.create(null) as Record<string, string>, headers) };
}

export function authorization(scope: string, signedHeaders: string, signature: string): string {
  return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}
