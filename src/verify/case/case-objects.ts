import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { unpackGzip } from "../../cloudtrail/index.ts";
import type { StoredDigest } from "../../store/index.ts";
import type { PlaceAnswer } from "../place.ts";
import type { CaseOptions } from "./case-options.ts";
import type { Provenance } from "./case-contents.ts";
import type { ObjectName } from "../names.ts";

/** The bytes of an object for the case, or what stands in their way, as the end of a sentence. */
export type CaseObject =
  | { readonly how: Exclude<Provenance, "not-available">; readonly bytes: Buffer; readonly content: Buffer }
  | { readonly how: "not-available"; readonly why: Unavailable; readonly trouble: string };

export type Unavailable = "gone" | "changed" | "unreadable";

/** Several times what CloudTrail lets a log file hold; a few are in memory at once. */
const contentBytesMax = 256 * 1024 * 1024;

/** A digest as its bucket holds it; what was collected of it, compressed anew, where that is gone or was changed. */
export async function digestBytes(
  options: Pick<CaseOptions, "fetch">,
  row: StoredDigest,
  signal: AbortSignal,
): Promise<CaseObject> {
  const answer = await fetched(options, row, signal);
  const found = answer.ok ? cleanContent(answer.bytes) : undefined;
  if (answer.ok && found !== undefined && sha256Of(found) === row.sha256) {
    return { how: "as-stored", bytes: answer.bytes, content: found };
  }
  if (row.text.length > 0) return { how: "rebuilt", bytes: gzipSync(row.text), content: row.text };
  if (answer.ok) return { how: "as-stored", bytes: answer.bytes, content: found ?? Buffer.alloc(0) };
  return { how: "not-available", why: answer.why, trouble: answer.trouble };
}

/** What is known of a log file's content. */
export interface Expected {
  /** By its digest, lower-case hexadecimal; nothing where no digest names it. */
  readonly sha256: string | undefined;
  /** Its id where it was read, for its stored records. */
  readonly logFile: string | undefined;
}

/** A log file as its bucket holds it; made anew from its stored records where these are what its digest names. */
export async function logFileBytes(
  options: Pick<CaseOptions, "fetch" | "proofs">,
  object: ObjectName,
  expected: Expected,
  signal: AbortSignal,
): Promise<CaseObject> {
  const answer = await fetched(options, object, signal);
  const content = answer.ok ? cleanContent(answer.bytes) : undefined;
  const isAsNamed = content !== undefined && sha256Of(content) === expected.sha256;
  if (answer.ok && content !== undefined && (isAsNamed || expected.sha256 === undefined)) {
    return { how: "as-stored", bytes: answer.bytes, content };
  }
  const rebuilt = expected.sha256 === undefined ? undefined : await rebuiltLogFile(options.proofs, expected);
  if (rebuilt !== undefined) return { how: "rebuilt", bytes: gzipSync(rebuilt), content: rebuilt };
  const trouble = answer.ok ? "its bucket holds another content than its digest names" : answer.trouble;
  const why = answer.ok ? "changed" : answer.why;
  return { how: "not-available", why, trouble: `${trouble}, and the records that were collected do not make it up` };
}

type Fetched =
  | Extract<PlaceAnswer, { ok: true }>
  | { readonly ok: false; readonly why: Unavailable; readonly trouble: string };

async function fetched(options: Pick<CaseOptions, "fetch">, object: ObjectName, signal: AbortSignal): Promise<Fetched> {
  try {
    const answer = await options.fetch(object.bucket, object.key, signal);
    return answer.ok ? answer : { ok: false, why: "gone", trouble: "its bucket does not hold it" };
  } catch (error) {
    signal.throwIfAborted();
    const words = error instanceof Error ? error.message : String(error);
    return { ok: false, why: "unreadable", trouble: `its bucket could not be read (${words.slice(0, 300)})` };
  }
}

/** The content of what is one gzip member and nothing else, as CloudTrail writes it. */
function cleanContent(bytes: Buffer): Buffer | undefined {
  const unpacked = unpackGzip(bytes, { bytesMax: contentBytesMax });
  const isClean = unpacked.fault === undefined && unpacked.members === 1 && unpacked.bytesBehind === 0;
  return isClean ? unpacked.bytes : undefined;
}

/** CloudTrail writes the records of a log file after each other between `{"Records":[` and `]}`. */
async function rebuiltLogFile(proofs: CaseOptions["proofs"], expected: Expected): Promise<Buffer | undefined> {
  if (expected.logFile === undefined) return undefined;
  const parts: Buffer[] = [Buffer.from('{"Records":[')];
  let bytes = 0;
  for await (const record of proofs.rawOf(expected.logFile)) {
    bytes += record.length;
    if (bytes > contentBytesMax) return undefined;
    if (parts.length > 1) parts.push(Buffer.from(","));
    parts.push(Buffer.from(record));
  }
  const content = Buffer.concat([...parts, Buffer.from("]}")]);
  return sha256Of(content) === expected.sha256 ? content : undefined;
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
