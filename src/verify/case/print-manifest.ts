import type { PublicKey } from "../digests/digest-object.ts";
import { type CaseContents, claimsOf } from "./case-contents.ts";
import { sha256Of } from "./case-objects.ts";
import type { CaseFile } from "./pack-case.ts";

/** Grows by one with every change that an older check.mjs could not read. */
const caseVersion = 1;

/** What is in the case and what it claims, with the SHA-256 of every file but this one and its seal. */
export function printManifest(contents: CaseContents, files: readonly CaseFile[]): string {
  const { ask, madeAt, events } = contents;
  const manifest = {
    format: "trailwarden-case",
    version: caseVersion,
    title: ask.title,
    note: ask.note,
    query: ask.query,
    from: isoOf(ask.from),
    to: isoOf(ask.to),
    madeAt: isoOf(madeAt),
    madeBy: ask.by ?? "",
    madeWith: `Trailwarden ${contents.version}`,
    claims: claimsOf(contents),
    eventsFrom: isoOf(events.firstAt),
    eventsTo: isoOf(events.lastAt),
    logFiles: contents.logFiles,
    digests: contents.digests.map(({ judged, region: _region, ...entry }) => ({
      ...entry,
      verdict: judged.verdict.kind,
      reason: judged.verdict.reason,
      startsAt: isoOf(judged.startsAt),
      endsAt: isoOf(judged.endsAt),
      logFiles: judged.object?.digest?.logFiles.length ?? 0,
    })),
    gaps: contents.gaps.map(({ chain, gap, sentence }) => ({
      chain,
      kind: gap.kind,
      from: isoOf(gap.from),
      to: isoOf(gap.to),
      sentence,
    })),
    logFilesLeftOut: contents.leftOut,
    awsCli: contents.commands,
    files,
  };
  return `${JSON.stringify(manifest, undefined, 1)}\n`;
}

/** The seal over the manifest, as `sha256sum -c` reads it: whoever writes it down knows the whole case again. */
export function printSeal(manifest: string): string {
  return `${sha256Of(Buffer.from(manifest))}  manifest.json\n`;
}

/** As `aws cloudtrail list-public-keys` prints them, with the region that each belongs to. */
export function printKeys(keys: readonly PublicKey[]): string {
  const list = keys.map(({ region, fingerprint, der, validFrom, validTo }) => ({
    Value: Buffer.from(der).toString("base64"),
    ValidityStartTime: isoOf(validFrom),
    ValidityEndTime: isoOf(validTo),
    Fingerprint: fingerprint,
    Region: region,
  }));
  return `${JSON.stringify({ PublicKeyList: list }, undefined, 1)}\n`;
}

function isoOf(at: number | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString().replace(".000Z", "Z");
}
