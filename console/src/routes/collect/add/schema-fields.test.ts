import assert from "node:assert/strict";
import { test } from "node:test";
import { fieldTitle, firstEntries, readEntries, readFields, sortIssues } from "./schema-fields.ts";

const schema = {
  type: "object",
  properties: {
    queueUrl: { type: "string", format: "uri", description: "URL of the queue" },
    region: { type: "string", description: "Region of the queue" },
    onlyAccounts: { type: "array", items: { type: "string" }, description: "Read these accounts only" },
    everySeconds: { type: "integer", minimum: 10, maximum: 3600, default: 60, description: "How often" },
    auditBucket: { type: "boolean", default: true, description: "Also list the bucket" },
    onlyNew: { type: "boolean", description: "Nothing old" },
    order: { type: "string", enum: ["newest", "oldest"], default: "newest" },
    from: { description: "A day, or all" },
  },
  required: ["queueUrl", "region", "everySeconds", "auditBucket"],
};
const fields = readFields(schema);

test("a field has a title that people read, and is required where nothing stands in for it", () => {
  assert.deepEqual(["queueUrl", "roleArn", "externalId", "auditEverySeconds", "from"].map(fieldTitle), [
    "Queue URL",
    "Role ARN",
    "External ID",
    "Audit every (seconds)",
    "From",
  ]);
  assert.deepEqual(
    fields.map(({ name, kind, isRequired, usual }) => [name, kind, isRequired, usual]),
    [
      ["queueUrl", "text", true, undefined],
      ["region", "text", true, undefined],
      ["onlyAccounts", "texts", false, undefined],
      ["everySeconds", "number", false, "60"],
      ["auditBucket", "switch", false, "true"],
      ["onlyNew", "switch", false, undefined],
      ["order", "choice", false, "newest"],
      ["from", "text", false, undefined],
    ],
  );
  assert.deepEqual(fields[3]?.limits, { step: 1, min: 10, max: 3600 });
});

test("a form begins with what is usual, and sends only what was changed", () => {
  const first = firstEntries(fields);
  assert.deepEqual(first, { auditBucket: "true", onlyNew: "false", order: "newest" });
  const filled = { ...first, queueUrl: " https://x ", region: "eu-west-1" };
  assert.deepEqual(readEntries(fields, filled), {
    settings: { queueUrl: "https://x", region: "eu-west-1", order: "newest" },
  });
  assert.deepEqual(
    readEntries(fields, {
      ...filled,
      onlyAccounts: "1111-2222-3333\n 444455556666,\n",
      everySeconds: "15",
      auditBucket: "false",
      onlyNew: "true",
    }),
    {
      settings: {
        queueUrl: "https://x",
        region: "eu-west-1",
        onlyAccounts: ["1111-2222-3333", "444455556666"],
        everySeconds: 15,
        auditBucket: false,
        onlyNew: true,
        order: "newest",
      },
    },
  );
});

test("what is missing or no number is named at its field", () => {
  assert.deepEqual(readEntries(fields, { region: " ", everySeconds: "often" }), {
    problems: { queueUrl: "This is needed", region: "This is needed", everySeconds: "This is no number" },
  });
});

test("what the server says of a field stands at that field, the rest together", () => {
  assert.deepEqual(
    sortIssues(
      ["region: eu-1 is no region", "region: again", "onlyAccounts.1: 12 digits", "settings: odd", "?"],
      fields,
    ),
    { ofFields: { region: "eu-1 is no region", onlyAccounts: "12 digits" }, rest: ["settings: odd", "?"] },
  );
});

test("a schema that is none makes no fields", () => {
  assert.deepEqual(readFields({}), []);
  assert.deepEqual(readFields({ properties: [], required: "all" }), []);
  assert.equal(readFields({ properties: { odd: 7 } })[0]?.kind, "text");
});
