import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { trail } from "../../src/recorder/delivery/made-up-delivery.fixture.ts";
import { validateLogs } from "../../src/recorder/digests/validate-logs.fixture.ts";
import { auditCopy, auditFolder, keysOfFile } from "../../src/verify/audit/copied-folder.fixture.ts";
import { madeKey, madeKeys } from "../../src/verify/made-chain.fixture.ts";
import { awsCliVersion, missingAwsCli } from "../fixtures/aws-cli.ts";
import { skipWithoutSharedData } from "../fixtures/shared-data.ts";
import { layOutScenario, scenarioNames } from "./digest-suite.fixture.ts";
import { linesOf } from "./said-lines.fixture.ts";
import { hourMs, span, tamperedTrails, type TamperedTrail } from "./tampered-trails.fixture.ts";

/*
 * What AWS CLI says is the yardstick: of recorded scenarios to the letter, and of trails that are made and tampered with
 * here object by object, both ways. Where we say something else, the trail's `holes` say what and why.
 */
const skip = await missingAwsCli();

for (const name of scenarioNames) {
  test(`the scenario ${name} is told as AWS CLI told it`, { skip: skipWithoutSharedData }, async () => {
    using scenario = layOutScenario(name);
    const asked = { from: Date.parse(scenario.from), to: Date.parse(scenario.to) };
    const keys = keysOfFile(readFileSync(scenario.publicKeys, "utf8"), "us-west-1");
    const { steps } = await auditFolder(scenario.folder, { keys, ask: { ...asked, isLikeAwsCli: true } });
    const { stdout, stderr, code } = linesOf(steps, { ...asked, trailArn: scenario.trailArn });
    assert.equal(stdout, scenario.stdout);
    assert.equal(stderr, scenario.stderr);
    assert.equal(code, scenario.expected.exitCode);
  });
}

for (const make of tamperedTrails) {
  const trailOf = make();
  test(`AWS CLI and we agree where ${trailOf.name}`, { skip }, async () => {
    const theirs = await askAwsCli(trailOf);
    const keys = madeKeys(trail.homeRegion, madeKey("first"), ...(trailOf.keys ?? []));
    const ours = await auditCopy(trailOf.objects, { keys, ask: span });
    const like = await auditCopy(trailOf.objects, { keys, ask: { ...span, isLikeAwsCli: true } });
    const said = linesOf(like.steps, { ...span, trailArn: trail.arn });
    if (await isLikeThis(trailOf)) {
      assert.equal(said.stdout, theirs.stdout);
      assert.equal(said.stderr, theirs.stderr);
      assert.equal(said.code, theirs.code);
    }

    const told = verdictsIn(theirs.text);
    const judged = new Map(
      ours.steps.flatMap((step): [string, boolean][] => {
        if (step.kind === "digest") return [[nameOf(step.digest.name), step.digest.verdict.kind === "valid"]];
        return step.kind === "log-file" ? [[nameOf(step.file.name), step.file.verdict.kind === "proven"]] : [];
      }),
    );
    const isOlder = await isOlderThan("1.45.12");
    const differing: Record<string, string> = {};
    for (const name of new Set([...told.keys(), ...judged.keys()])) {
      const [own, their] = [judged.get(name) === true, told.get(name) ?? "not told"];
      if (their !== (own ? "valid" : "INVALID")) differing[name] = their;
    }
    const holes = Object.entries(trailOf.holes ?? {});
    const expected = trailOf.otherLines === "before 1.45.12" && !isOlder ? [] : holes;
    assert.deepEqual(differing, Object.fromEntries(expected.map(([name, { theirs: theirWord }]) => [name, theirWord])));
  });
}

function askAwsCli({ objects, keys = [] }: TamperedTrail) {
  const plain = { contentType: "application/json", contentEncoding: "gzip", kmsKeyArn: undefined };
  const held = new Map(
    objects.map((object) => [`${object.bucket}/${object.key}`, { ...plain, ...object, body: object.bytes }]),
  );
  const list = () =>
    [madeKey("first"), ...keys].map(({ der, fingerprint }) => ({
      ...{ value: der, fingerprint },
      ...{ validFrom: span.from - hourMs, validTo: span.to + 24 * hourMs },
    }));
  return validateLogs(held, { list }, span.from, span.to);
}

async function isLikeThis({ otherLines }: TamperedTrail): Promise<boolean> {
  if (otherLines === "strict") return false;
  return otherLines === undefined || !(await isOlderThan("1.45.12"));
}

async function isOlderThan(text: string): Promise<boolean> {
  const [own = [], other] = [await awsCliVersion(), text.split(".").map(Number)];
  for (const [place, number] of other.entries()) if (own[place] !== number) return (own[place] ?? 0) < number;
  return false;
}

/** What AWS CLI says of each object, by the last part of its name. */
function verdictsIn(text: string): ReadonlyMap<string, string> {
  const lines = text.matchAll(/^(?:\(backfill\) )?(?:Digest|Log) file\t(\S+)\t(valid|INVALID)/gm);
  return new Map([...lines].map(([, name = "", word = ""]) => [nameOf(name), word]));
}

function nameOf(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}
