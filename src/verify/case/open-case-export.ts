import { readFile } from "node:fs/promises";
import { keyOfRow } from "../digests/key-rows.ts";
import { Keys } from "../digests/public-keys.ts";
import type { CaseAsk, Verification } from "../verification.ts";
import { awsCliCommands } from "./aws-cli-commands.ts";
import type { CaseContents, ChainGap, DigestEntry } from "./case-contents.ts";
import type { CaseOptions } from "./case-options.ts";
import { type EventSpool, spoolEvents } from "./event-spool.ts";
import { gatherDigests, type Stretch } from "./gather-digests.ts";
import { type FoundLogFile, gatherLogFiles } from "./gather-log-files.ts";
import { type CaseArchive, packCase } from "./pack-case.ts";
import { printKeys, printManifest, printSeal } from "./print-manifest.ts";
import { printPage } from "./print-page.ts";
import { printMetadata, writeDigests } from "./write-digests.ts";
import { namesBeside, namingsOf, writeFilesBeside, writeLogFiles } from "./write-log-files.ts";

/** Makes sealed case files: everything that an auditor needs to check events without us, as a tar.gz. */
export function openCaseExport(options: CaseOptions): Verification["exportCase"] {
  return (ask, signal) => exportCase(options, ask, signal);
}

async function* exportCase(
  options: CaseOptions,
  ask: CaseAsk,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void, undefined> {
  const madeAt = options.clock.now();
  await using events = await spoolEvents(options, ask, signal);
  const keys = new Keys((await options.integrity.keys()).map(keyOfRow));
  const files = await gatherLogFiles(options, events.logFiles);
  const needed = new Set(files.map(({ digest }) => digest).filter((digest) => digest !== ""));
  const stretches = await gatherDigests(options.proofs, needed, keys);
  const found = { ask, madeAt, events, keys, files, needed, stretches };
  yield* packCase(folderName(madeAt), madeAt, (archive, whole) => writeCase(options, found, archive, whole), signal);
}

interface FoundCase {
  readonly ask: CaseAsk;
  readonly madeAt: number;
  readonly events: EventSpool;
  readonly keys: Keys;
  readonly files: readonly FoundLogFile[];
  readonly needed: ReadonlySet<string>;
  readonly stretches: readonly Stretch[];
}

async function writeCase(
  options: CaseOptions,
  found: FoundCase,
  archive: CaseArchive,
  signal: AbortSignal,
): Promise<void> {
  const { ask, madeAt, events, keys, needed } = found;
  const digests: DigestEntry[] = [];
  const gaps: ChainGap[] = [];
  for (const stretch of found.stretches) {
    const written = await writeDigests(options, stretch, needed, keys, archive, signal);
    digests.push(...written.digests);
    gaps.push(...written.gaps);
  }
  const writing = { options, namings: namingsOf(digests), events, archive, signal };
  const logFiles = await writeLogFiles(writing, found.files);
  if (ask.isLean !== true) {
    logFiles.push(...(await writeFilesBeside(writing, digests, new Set(logFiles.map(({ name }) => name)))));
  }
  const held = new Set(logFiles.filter(({ path }) => path !== null).map(({ name }) => name));
  const contents: CaseContents = {
    ask,
    madeAt,
    version: options.version,
    events,
    logFiles,
    digests,
    gaps,
    keys: usedKeys(keys, digests),
    leftOut: namesBeside(digests, held).length,
    commands: awsCliCommands(digests, (name) => held.has(name)),
  };
  await writeRest(contents, archive);
}

async function writeRest(contents: CaseContents, archive: CaseArchive): Promise<void> {
  const { events, digests, keys } = contents;
  const { sizeBytes: size, sha256 } = events;
  await archive.addStream({ path: "events.ndjson", size, sha256 }, events.bytes());
  await archive.add("metadata.json", printMetadata(digests));
  await archive.add("public-keys.json", printKeys(keys));
  for (const name of checkFiles) await archive.add(name, await readFile(new URL(`check/${name}`, import.meta.url)));
  await archive.add("README.html", printPage(contents, archive.files));
  const manifest = printManifest(contents, archive.files);
  await archive.add("manifest.json", manifest);
  await archive.add("manifest.sha256", printSeal(manifest));
}

/** Copied into a case as they are. */
const checkFiles = ["check.mjs", "serve.mjs", "serve.py"];

function usedKeys(keys: Keys, digests: readonly DigestEntry[]): CaseContents["keys"] {
  const used = new Set(
    digests.map(({ region, judged }) => keys.find(region, judged.object?.digest?.digestPublicKeyFingerprint ?? "")),
  );
  return [...used].filter((key) => key !== undefined);
}

/** Every case unpacks into a folder of its own. */
function folderName(at: number): string {
  return `trailwarden-case-${new Date(at).toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
}
