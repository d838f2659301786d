import { ask, type Question } from "./api.ts";

/** What a case is made of, and what a person calls it. */
export interface CaseRequest {
  readonly question: Question;
  readonly title: string;
  readonly note: string;
}

/** The bytes of a case file as they come, and the name that the server gives it. */
export async function exportCase(
  { question, title, note }: CaseRequest,
  onBytes: (bytes: number) => void,
  signal: AbortSignal,
): Promise<{ readonly blob: Blob; readonly fileName: string }> {
  const { query, from, to } = question;
  const body = JSON.stringify({
    query,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    title,
    note,
  });
  const headers = { "content-type": "application/json" };
  const response = await ask("/api/v1/verify/cases", { method: "POST", headers, body, signal });
  const parts: BlobPart[] = [];
  let bytes = 0;
  for await (const part of partsOf(response)) {
    parts.push(part);
    bytes += part.byteLength;
    onBytes(bytes);
  }
  const named = /filename="([\w.-]{1,200})"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
  return { blob: new Blob(parts, { type: "application/gzip" }), fileName: named ?? "case.tar.gz" };
}

async function* partsOf({ body }: Response): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (body === null) return;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
