import assert from "node:assert/strict";
import { existsSync, globSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { Keys, keysFromListing } from "./digests/public-keys.ts";
import { inWords, judgeBucket, type JudgedBucket } from "./judge-bucket.fixture.ts";
import { nameOf } from "./names.ts";
import type { MadeObject } from "./made-chain.fixture.ts";

const suite = fileURLToPath(new URL("../../../shared/data/digest-suite/", import.meta.url));
const skip = existsSync(suite) ? false : "the folder ../shared/data/digest-suite is not there";

interface Overlay {
  readonly trailArn: string;
  readonly startTime: string;
  readonly delete: readonly string[];
  readonly put: Readonly<
    Record<string, { readonly file: string; readonly metadata: Readonly<Record<string, string>> }>
  >;
}

interface Expected {
  readonly gapMessages: readonly string[];
  readonly objects: Readonly<
    Record<string, { kind: "digest" | "log"; verdict: "valid" | "invalid"; reason: string | null }>
  >;
}

/** AWS CLI's words for our verdicts. */
const cliWords: Readonly<Record<string, readonly string[]>> = {
  "hash value doesn't match": ["broken content-differs", "broken second-member"],
  "not found": ["missing not-found"],
  "invalid format": ["broken invalid-format", "broken not-gzip", "broken cut-off", "broken not-inflatable"],
  "signature verification failed": ["broken signature-wrong", "broken signature-missing"],
  "has been moved from its original location": ["broken moved"],
  "unexpected data after end of compressed stream": ["broken bytes-behind", "broken second-member"],
};

/**
 * Where we say more than AWS CLI does, by scenario: what our verdict is on objects that it calls valid or does not look at.
 * What is not listed here must be the same.
 */
const improvements: Readonly<
  Record<string, readonly { readonly ours: string; readonly count: number; readonly why: string }[]>
> = {
  "10-digest-missing-middle": [
    { ours: "unproven digest-missing", count: 44, why: "its digest is gone; AWS CLI leaves these out of its count" },
  ],
  "13-digest-edited": [
    { ours: "unproven digest-broken", count: 48, why: "its digest was edited; AWS CLI leaves these out of its count" },
  ],
  "21-logging-gap": [],
};

const base = new Map(skip === false ? readBase().map((object) => [nameOf(object), object] as const) : []);

for (const scenario of skip === false ? readdirSync(`${suite}scenarios`).sort() : ["none"]) {
  test(`the scenario ${scenario} is judged as AWS CLI judges it, or better with a reason`, { skip }, () => {
    const { judged, expected, objects } = judgeScenario(scenario);
    const ours = verdictsOf(judged);
    const said: string[] = [];
    for (const [path, { verdict, reason }] of Object.entries(expected.objects)) {
      const own = ours.get(`s3://${path}`);
      ours.delete(`s3://${path}`);
      const isSame =
        verdict === "valid" ? own === "valid" || own === "proven" : cliWords[reason ?? ""]?.includes(own ?? "");
      if (isSame !== true) said.push(own ?? `nothing, where AWS CLI says ${reason}`);
    }
    // What is left is what AWS CLI did not look at.
    said.push(...ours.values());
    const counts = new Map([...Map.groupBy(said, (own) => own)].map(([own, all]) => [own, all.length]));
    const listed = (improvements[scenario] ?? []).map(({ ours: own, count }) => [own, count] as const);
    assert.deepEqual([...counts].sort(), [...listed].sort());
    assert.ok(objects.length > 0);
    const gaps = judged.gaps.filter(({ kind }) => kind === "chain-restarted");
    assert.deepEqual(
      gaps.map(({ from, to }) => `No log files were delivered by CloudTrail between ${second(from)} and ${second(to)}`),
      expected.gapMessages,
    );
  });
}

test("a digest that is missing or broken leaves a gap that AWS CLI does not tell", { skip }, () => {
  for (const [scenario, from, to] of [
    ["10-digest-missing-middle", "2021-07-30T17:24:13Z", "2021-07-30T18:24:13Z"],
    ["13-digest-edited", "2021-07-30T16:24:13Z", "2021-07-30T17:24:13Z"],
  ] as const) {
    const { judged } = judgeScenario(scenario);
    assert.deepEqual(
      judged.gaps.map((gap) => [gap.kind, second(gap.from), second(gap.to), gap.digestsMissing]),
      [["digests-missing", from, to, 1]],
    );
  }
});

function judgeScenario(scenario: string) {
  const folder = `${suite}scenarios/${scenario}/`;
  const overlay = JSON.parse(readFileSync(`${folder}overlay.json`, "utf8")) as Overlay;
  const expected = JSON.parse(readFileSync(`${folder}expected.json`, "utf8")) as Expected;
  const objects = new Map(base);
  for (const path of overlay.delete) objects.delete(`s3://${path}`);
  for (const [path, { file, metadata }] of Object.entries(overlay.put)) {
    objects.set(`s3://${path}`, { ...placeOf(path), bytes: readFileSync(`${folder}${file}`), metadata });
  }
  const listing: unknown = JSON.parse(readFileSync(`${folder}public-keys.json`, "utf8"));
  const keys = new Keys(keysFromListing(listing, overlay.trailArn.split(":")[3] ?? ""));
  const judged = judgeBucket([...objects.values()], { keys, from: Date.parse(overlay.startTime) });
  return { judged, expected, objects: [...objects.values()] };
}

function verdictsOf({ digests, files }: JudgedBucket): Map<string, string> {
  return new Map([
    ...digests.map(({ name, verdict }) => [name, inWords(verdict)] as const),
    ...[...files].map(([name, verdict]) => [name, inWords(verdict)] as const),
  ]);
}

function readBase(): readonly MadeObject[] {
  const all = JSON.parse(readFileSync(`${suite}base/metadata.json`, "utf8")) as Record<string, Record<string, string>>;
  return globSync("**/*.json.gz", { cwd: `${suite}base` }).map((path) => ({
    ...placeOf(path),
    bytes: readFileSync(`${suite}base/${path}`),
    metadata: all[path] ?? {},
  }));
}

function placeOf(path: string) {
  const at = path.indexOf("/");
  return { bucket: path.slice(0, at), key: path.slice(at + 1) };
}

function second(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
