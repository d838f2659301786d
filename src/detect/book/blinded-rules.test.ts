import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { makeTemporaryFolder, type TemporaryFolder } from "../../../test/fixtures/temporary-folder.ts";
import {
  type AdvancedSelector,
  defaultSelectors,
  type FieldSelector,
  type TrailSelectors,
} from "../../cloudtrail/index.ts";
import type { CollectedTrail } from "../can-fire/collecting.ts";
import { makeBook, ruleFile, storyFile } from "./rule-book.fixture.ts";
import { shippedDirectory } from "./shipped-rules.ts";

let folder: TemporaryFolder;

beforeEach(() => {
  folder = makeTemporaryFolder();
  const secrets = "level: high\n";
  write("secret.yml", ruleFile("secret", "GetSecretValue", secrets));
  write("describe.yml", ruleFile("describe", "DescribeInstances", "level: critical\n"));
  write("list.yml", ruleFile("list", "ListBuckets", "level: low\n"));
  write("user.yml", ruleFile("user", "CreateUser", "level: critical\n"));
  write("both.yml", ruleFile("both", "[CreateUser, ListUsers]", "level: critical\n"));
  write("object.yml", ruleFile("object", "GetObject", "level: critical\n"));
  write("many.yml", storyFile("list"));
});
afterEach(() => folder[Symbol.dispose]());

function write(path: string, text: string): void {
  writeFileSync(join(folder.path, path), text);
}

function trail(selectors: TrailSelectors): CollectedTrail {
  return {
    ...{ name: "main", hasInsights: false, includesGlobalServiceEvents: true, recordsOwnDeliveries: true },
    selectors,
  };
}

const all = trail(defaultSelectors);
function management(...fields: readonly FieldSelector[]): AdvancedSelector {
  return { fields: [{ field: "eventCategory", Equals: ["Management"] }, ...fields] };
}
function managementBut(...fields: readonly FieldSelector[]): CollectedTrail {
  return trail({ kind: "advanced", selectors: [management(...fields)] });
}
const writesOnly = managementBut({ field: "readOnly", Equals: ["false"] });

test("rules that could not fire any more come first, the worst of them at the head; then those that see less", async () => {
  const { book } = makeBook(folder.path);
  const found = await book.blinded({ before: all, after: writesOnly });
  assert.deepEqual(
    found.map(({ rule, level, sees }) => [rule, level, sees]),
    [
      ["describe", "critical", "nothing"],
      ["many", "high", "nothing"],
      ["secret", "high", "nothing"],
      ["list", "low", "nothing"],
      ["both", "critical", "less"],
    ],
  );
  assert.equal(
    found[0]?.sentence,
    "DescribeInstances is a management event that only reads; none of the new selectors records those",
  );
  assert.equal(found[0].title, "describe title");
});

test("what saw nothing before is not blinded, and what is recorded more blinds nothing", async () => {
  const { book } = makeBook(folder.path);
  assert.deepEqual(await book.blinded({ before: writesOnly, after: all }), []);
  assert.deepEqual(await book.blinded({ before: all, after: all }), []);
  const s3 = trail({
    kind: "basic",
    selectors: [
      {
        ...{ readWriteType: "All", includesManagementEvents: true, excludedManagementSources: [] },
        dataResources: [{ type: "AWS::S3::Object", values: ["arn:aws:s3"] }],
      },
    ],
  });
  const rulesOf = async (before: CollectedTrail) =>
    (await book.blinded({ before, after: all })).map(({ rule, sees }) => [rule, sees]);
  assert.deepEqual([await rulesOf(s3), await rulesOf(all)], [[["object", "nothing"]], []]);
});

test("a service or a name that is left out blinds what waits for it alone", async () => {
  const { book } = makeBook(folder.path);
  const left = managementBut({ field: "eventName", NotEquals: ["CreateUser"] });
  const found = await book.blinded({ before: all, after: left });
  assert.deepEqual(
    found.map(({ rule, sees }) => [rule, sees]),
    [
      ["user", "nothing"],
      ["both", "less"],
    ],
  );
});

test("a rule that saw a part of its events and then sees a smaller part is told", async () => {
  write("object.yml", ruleFile("object", "[GetObject, CreateUser, DeleteUser]", "level: medium\n"));
  const { book } = makeBook(folder.path);
  const left = managementBut({ field: "eventName", NotEquals: ["DeleteUser"] });
  const found = await book.blinded({ before: all, after: left });
  assert.deepEqual(
    found.map(({ rule, level, sees }) => [rule, level, sees]),
    [["object", "medium", "less"]],
  );
});

test("what the selectors do not tell for certain is not said, and of data events it is told when only some stay", async () => {
  // Nobody knows which service this name is of.
  write("unknown.yml", ruleFile("unknown", "PutWhatever", "level: high\n"));
  const data = (...more: readonly FieldSelector[]) => [
    { field: "eventCategory", Equals: ["Data"] },
    { field: "resources.type", Equals: ["AWS::S3::Object"] },
    ...more,
  ];
  const { book } = makeBook(folder.path);
  const found = await book.blinded({
    before: trail({ kind: "advanced", selectors: [management(), { fields: data() }] }),
    after: trail({
      kind: "advanced",
      selectors: [
        management({ field: "eventSource", NotEquals: ["kms.amazonaws.com"] }),
        { fields: data({ field: "resources.ARN", NotStartsWith: ["arn:aws:s3:::logs/"] }) },
      ],
    }),
  });
  assert.deepEqual(
    found.map(({ rule, sees, sentence }) => [rule, sees, sentence]),
    [["object", "less", "GetObject is a data event of AWS::S3::Object; those of some resources are recorded, not all"]],
  );
});

test("the house's word on a rule counts: what is off is left out, and its own severity orders", async () => {
  const { book } = makeBook(folder.path);
  await book.settle("describe", { status: "off" });
  await book.settle("list", { severity: "critical", status: "staged", stage: { days: 7, findingsMax: 10 } });
  const found = await book.blinded({ before: all, after: writesOnly });
  assert.deepEqual(
    found.map(({ rule }) => rule),
    ["list", "many", "secret", "both"],
  );
});

test("of the rules that come with the program dozens are blind without events that only read, none without a change", async () => {
  const { book } = makeBook(shippedDirectory);
  const found = await book.blinded({ before: all, after: writesOnly });
  const blind = found.filter(({ sees }) => sees === "nothing");
  assert.ok(blind.length >= 24, `${blind.length}`);
  for (const { sentence } of found) assert.match(sentence, /none of the new selectors records those/);
  assert.deepEqual(await book.blinded({ before: all, after: all }), []);
});
