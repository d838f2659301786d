import { RecordScanner } from "../../cloudtrail/index.ts";
import { judgeNamed, seenOf } from "../files/judge-log-file.ts";
import { nameOf, nameOfLogFile, objectOfName } from "../names.ts";
import { sayVerdict } from "../say/say.ts";
import type { LogVerdict, VerdictKind, VerdictReason } from "../verdict.ts";
import type { DigestEntry, LogFileEntry } from "./case-contents.ts";
import { type CaseObject, logFileBytes, sha256Of } from "./case-objects.ts";
import type { CaseOptions } from "./case-options.ts";
import type { EventSpool } from "./event-spool.ts";
import type { FoundLogFile } from "./gather-log-files.ts";
import { inOrder } from "../audit/in-order.ts";
import { memberPath } from "./member-path.ts";
import type { CaseArchive } from "./pack-case.ts";
import { fetchesAtOnce } from "./write-digests.ts";

/** What a digest says of a log file. */
export interface Naming {
  readonly hashValue: string;
  readonly digest: DigestEntry;
}

/** What the case's digests say of log files, by `s3://bucket/key`; a valid digest before any other. */
export function namingsOf(digests: readonly DigestEntry[]): Map<string, Naming> {
  const namings = new Map<string, Naming>();
  for (const digest of digests) {
    for (const file of digest.judged.object?.digest?.logFiles ?? []) {
      const name = nameOfLogFile(file);
      if (namings.get(name)?.digest.judged.verdict.kind === "valid") continue;
      namings.set(name, { hashValue: file.hashValue, digest });
    }
  }
  return namings;
}

/** What writing log files needs. */
export interface LogFileWriting {
  readonly options: Pick<CaseOptions, "fetch" | "proofs">;
  readonly namings: ReadonlyMap<string, Naming>;
  readonly events: EventSpool;
  readonly archive: CaseArchive;
  readonly signal: AbortSignal;
}

/** Puts the log files that events came in into the archive, each judged as it lies there. */
export async function writeLogFiles(writing: LogFileWriting, files: readonly FoundLogFile[]): Promise<LogFileEntry[]> {
  const entries: LogFileEntry[] = [];
  const read = async (file: FoundLogFile) => ({ file, found: await readFound(writing, file) });
  for await (const { file, found } of inOrder(files, fetchesAtOnce, read)) {
    entries.push(await writeOne(writing, file, found));
  }
  return entries;
}

async function readFound({ options, namings, signal }: LogFileWriting, file: FoundLogFile): Promise<CaseObject> {
  if (file.object === undefined) {
    const trouble = "it was imported from a file, and no digest is known that names it";
    return { how: "not-available", why: "unreadable", trouble };
  }
  const sha256 = namings.get(nameOf(file.object))?.hashValue.toLowerCase();
  return logFileBytes(options, file.object, { sha256, logFile: file.logFile }, signal);
}

async function writeOne(writing: LogFileWriting, file: FoundLogFile, found: CaseObject): Promise<LogFileEntry> {
  const { bucket, key } = file.object ?? { bucket: "", key: "" };
  const name = file.object === undefined ? file.name : nameOf(file.object);
  const naming = writing.namings.get(name);
  const base = { name, bucket, key, digest: naming?.digest.name ?? file.digest, events: file.events };
  const path = file.object === undefined ? undefined : memberPath(bucket, key);
  if (found.how === "not-available" || path === undefined) {
    const isHeld = found.how !== "not-available";
    const trouble = isHeld ? "its key is longer than the name of a file may be" : found.trouble;
    const verdict = isHeld ? unavailable.unreadable : unavailable[found.why];
    return {
      ...base,
      path: null,
      how: "not-available",
      ...verdict,
      sentence: `${name} is not available: ${trouble}.`,
      sha256: "",
    };
  }
  await writing.archive.add(path, found.bytes);
  const verdict =
    naming === undefined
      ? verdictOfUnnamed(file)
      : judgeNamed({ hashValue: naming.hashValue, name }, naming.digest.judged, seenOf(bucket, key, found.bytes));
  if (verdict.kind === "proven") proveRecords(found.content, writing.events);
  const { kind, reason } = verdict;
  const anew = " Its bucket no longer gives it as it was; here it is made anew from the records that were collected.";
  const sentence = `${sayVerdict(verdict)}${found.how === "rebuilt" ? anew : ""}`;
  return { ...base, path, how: found.how, verdict: kind, reason, sentence, sha256: sha256Of(found.content) };
}

const unavailable = {
  gone: { verdict: "missing", reason: "not-found" },
  changed: { verdict: "broken", reason: "content-differs" },
  unreadable: { verdict: "unproven", reason: "not-read-yet" },
} as const;

/** No digest of the case names it: it is as it was judged, or waits to be. */
function verdictOfUnnamed({ known }: FoundLogFile): LogVerdict {
  const waiting: LogVerdict = {
    kind: "waiting",
    reason: "digest-not-due",
    digest: "",
    chainSince: undefined,
    dueAt: known?.dueAt,
  };
  if (known === undefined || known.verdict === "proven") return waiting;
  return { ...waiting, kind: known.verdict as VerdictKind, reason: known.reason as VerdictReason };
}

function proveRecords(content: Buffer, events: EventSpool): void {
  const scanner = new RecordScanner({
    onRecord: (bytes, start, end) => events.prove(bytes.subarray(start, end)),
    onReject: () => undefined,
  });
  scanner.push(content);
  scanner.end();
}

const besideMax = 2_000;
const besideBytesMax = 1024 * 1024 * 1024;

/**
 * The other log files of the case's digests, so that the AWS CLI finds all that these name; as many as may be, and only
 * such as are proven.
 */
export async function writeFilesBeside(
  writing: LogFileWriting,
  digests: readonly DigestEntry[],
  held: ReadonlySet<string>,
): Promise<LogFileEntry[]> {
  const names = namesBeside(digests, held).slice(0, besideMax);
  const known = names.length === 0 ? new Map() : await writing.options.proofs.readLogFiles(names);
  const entries: LogFileEntry[] = [];
  let bytes = 0;
  const read = async (name: string) => {
    const object = objectOfName(name);
    if (object === undefined || bytes > besideBytesMax) return undefined;
    const file: FoundLogFile = {
      logFile: known.get(name)?.logFile ?? "0",
      name,
      object,
      events: 0,
      digest: "",
      known: undefined,
    };
    return { file, found: await readFound(writing, file) };
  };
  for await (const one of inOrder(names, fetchesAtOnce, read)) {
    if (one === undefined || one.found.how === "not-available") continue;
    bytes += one.found.bytes.length;
    entries.push(await writeOne(writing, one.file, one.found));
  }
  return entries;
}

/** Log files that the needed digests name, and that are not in the case. */
export function namesBeside(digests: readonly DigestEntry[], held: ReadonlySet<string>): string[] {
  const names = digests
    .filter(({ isNeeded, judged }) => isNeeded && judged.verdict.kind === "valid")
    .flatMap(({ judged }) => judged.object?.digest?.logFiles ?? [])
    .map((file) => nameOfLogFile(file));
  return [...new Set(names)].filter((name) => !held.has(name));
}
