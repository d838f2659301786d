import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeTemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import { Keys, keysFromListing } from "../digests/public-keys.ts";
import type { MadeObject } from "../made-chain.fixture.ts";
import type { VerifyPlace } from "../place.ts";
import type { TrailState } from "../trail-state.ts";
import { audit } from "./audit.ts";
import { openFolderPlace } from "./folder-place.ts";
import type { AuditAsk, AuditStep, AuditSummary } from "./report.ts";

export interface CopyOptions {
  /** Copies usually lose the metadata of objects; these have it in a file beside them. */
  readonly hasMetadata?: boolean;
  /** The folder that a bucket is copied to; named like it where not given. */
  readonly folderOf?: (bucket: string) => string;
}

/** Writes objects as `aws s3 sync` would. */
export function writeCopy(path: string, objects: readonly MadeObject[], options: CopyOptions = {}): void {
  const { hasMetadata = true, folderOf = (bucket) => bucket } = options;
  const metadata: Record<string, unknown> = {};
  for (const { bucket, key, bytes, metadata: own } of objects) {
    const file = join(path, folderOf(bucket), key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
    if (key.includes("/CloudTrail-Digest/")) metadata[`${bucket}/${key}`] = own;
  }
  if (hasMetadata) writeFileSync(join(path, "metadata.json"), JSON.stringify(metadata));
}

/** What an audit told, in words. */
export interface Audited {
  readonly steps: readonly AuditStep[];
  readonly summary: AuditSummary;
  /** Verdicts that are not proven or valid, as `broken content-differs`, by the last part of the name. */
  readonly problems: Readonly<Record<string, string>>;
  readonly gaps: readonly string[];
}

export interface AuditOptions {
  readonly keys: Keys;
  readonly ask?: Partial<AuditAsk>;
  /** As if it were the bucket itself, to which more may come: what time it is, and how its trail says that it is. */
  readonly live?: { readonly now: number; readonly trail?: TrailState };
}

export const everything: AuditAsk = { from: 0, to: Number.MAX_SAFE_INTEGER };

/** Copies objects into a folder of its own and audits that. */
export async function auditCopy(objects: readonly MadeObject[], options: CopyOptions & AuditOptions): Promise<Audited> {
  using folder = makeTemporaryFolder();
  writeCopy(folder.path, objects, options);
  return await auditFolder(folder.path, options);
}

export async function auditFolder(path: string, { keys, ask = {}, live }: AuditOptions): Promise<Audited> {
  const { signal } = new AbortController();
  await using copy = await openFolderPlace({ path, requestsAtOnce: 2, signal });
  const place: VerifyPlace =
    live === undefined ? copy : { ...copy, isCopy: false, trailOf: () => Promise.resolve(live.trail) };
  const now = () => live?.now ?? Date.UTC(2026, 10, 21);
  const steps = await Array.fromAsync(audit(place, { ...everything, ...ask }, { keys, now, filesAtOnce: 3 }, signal));
  return told(steps);
}

export function told(steps: readonly AuditStep[]): Audited {
  const last = steps.at(-1);
  if (last?.kind !== "summary") throw new TypeError("An audit ends with its summary");
  const problems: Record<string, string> = {};
  for (const step of steps) {
    if (step.kind === "digest" && step.digest.verdict.kind !== "valid")
      problems[nameOf(step.digest.name)] = inWords(step.digest.verdict);
    if (step.kind === "log-file" && step.file.verdict.kind !== "proven")
      problems[nameOf(step.file.name)] = inWords(step.file.verdict);
  }
  const gaps = steps.flatMap((step) => (step.kind === "gap" ? [`${step.gap.kind} ${step.gap.digestsMissing}`] : []));
  return { steps, summary: last.summary, problems, gaps };
}

/** The last part of a key, which is different for each file. */
export function nameOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function inWords({ kind, reason }: { readonly kind: string; readonly reason: string }): string {
  return `${kind} ${reason}`;
}

/** Keys as `aws cloudtrail list-public-keys` printed them. */
export function keysOfFile(text: string, region: string): Keys {
  return new Keys(keysFromListing(JSON.parse(text), region));
}
