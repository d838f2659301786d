import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sharedData } from "../fixtures/shared-data.ts";
import { makeTemporaryFolder, type TemporaryFolder } from "../fixtures/temporary-folder.ts";

/** Real log files under digests that were made for them, tampered with in one way, and what AWS CLI said of that. */
export interface Scenario extends Disposable {
  readonly folder: string;
  readonly publicKeys: string;
  readonly trailArn: string;
  readonly from: string;
  readonly to: string;
  readonly expected: Expected;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Expected {
  readonly exitCode: number;
  /** By `bucket/key`. */
  readonly objects: Readonly<Record<string, { readonly kind: "digest" | "log"; readonly verdict: string }>>;
}

interface Overlay {
  readonly trailArn: string;
  readonly startTime: string;
  readonly endTime: string;
  readonly delete: readonly string[];
  readonly put: Readonly<
    Record<string, { readonly file: string; readonly metadata: Readonly<Record<string, string>> }>
  >;
}

const suite = join(sharedData, "digest-suite");

/** The scenarios that there are. */
export const scenarioNames = [
  "01-all-valid",
  "02-log-record-removed",
  "06-log-deleted",
  "10-digest-missing-middle",
  "13-digest-edited",
  "21-logging-gap",
] as const;

/** Lays a scenario out as a folder that was copied from the bucket, its metadata beside it. */
export function layOutScenario(name: string): Scenario {
  const place: TemporaryFolder = makeTemporaryFolder();
  const own = join(suite, "scenarios", name);
  const text = (file: string) => readFileSync(join(own, file), "utf8");
  const folder = join(place.path, "copy");
  cpSync(join(suite, "base"), folder, { recursive: true });
  const overlay = JSON.parse(text("overlay.json")) as Overlay;
  const metadata = JSON.parse(readFileSync(join(folder, "metadata.json"), "utf8")) as Record<string, unknown>;
  for (const key of overlay.delete) rmSync(join(folder, key));
  for (const [key, { file, metadata: given }] of Object.entries(overlay.put)) {
    cpSync(join(own, file), join(folder, key));
    if (key.includes("/CloudTrail-Digest/")) metadata[key] = given;
  }
  writeFileSync(join(folder, "metadata.json"), JSON.stringify(metadata));
  return {
    folder,
    publicKeys: join(own, "public-keys.json"),
    trailArn: overlay.trailArn,
    from: overlay.startTime,
    to: overlay.endTime,
    expected: JSON.parse(text("expected.json")) as Expected,
    stdout: text("aws-cli-stdout.txt"),
    stderr: text("aws-cli-stderr.txt"),
    [Symbol.dispose]: () => place[Symbol.dispose](),
  };
}
