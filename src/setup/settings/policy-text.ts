import type { PolicyDocument } from "./values.ts";

/** A policy's text as AWS answers it; nothing of an empty one. */
export function readPolicyText(text: string | undefined): PolicyDocument | undefined {
  if (text === undefined || text === "") return undefined;
  const document: unknown = JSON.parse(text);
  if (typeof document !== "object" || document === null || Array.isArray(document)) {
    throw new TypeError("AWS answered a policy that is none");
  }
  return document as PolicyDocument;
}
