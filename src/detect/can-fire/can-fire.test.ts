import assert from "node:assert/strict";
import { before, test } from "node:test";
import { defaultSelectors, type TrailSelectors } from "../../cloudtrail/index.ts";
import { readShippedExamples, shippedDirectory } from "../book/shipped-rules.ts";
import { documentsOf } from "../sigma/rule-text.fixture.ts";
import { canCorrelationFire, canRuleFire } from "./can-fire.ts";
import type { Collecting } from "./collecting.ts";
import { EventKnowledge } from "./event-knowledge.ts";

let knowledge: EventKnowledge;

before(async () => {
  knowledge = new EventKnowledge();
  for (const line of await readShippedExamples(shippedDirectory)) knowledge.learn(line);
});

function collected(
  selectors: TrailSelectors,
  rest: Partial<Collecting> & { readonly hasInsights?: boolean } = {},
): Collecting {
  const { hasInsights = false, others = [], stored = [] } = rest;
  const trail = { name: "main", hasInsights, includesGlobalServiceEvents: true, recordsOwnDeliveries: true, selectors };
  return { trails: [trail], others, stored };
}

const management = collected(defaultSelectors);
const nothing: Collecting = { trails: [], others: [], stored: [] };

function basic(
  readWriteType: "All" | "WriteOnly",
  dataTypes: readonly string[] = [],
  values = ["arn:aws:s3"],
): TrailSelectors {
  return {
    kind: "basic",
    selectors: [
      {
        readWriteType,
        includesManagementEvents: true,
        dataResources: dataTypes.map((type) => ({ type, values })),
        excludedManagementSources: ["kms.amazonaws.com"],
      },
    ],
  };
}

function fires(detection: string, collecting: Collecting) {
  const text = `title: T\nlogsource: { product: aws, service: cloudtrail }\ndetection:\n${detection.replace(/^/gm, "    ")}\n`;
  const [rule] = documentsOf(text);
  assert.ok(rule?.kind === "rule");
  return canRuleFire(rule.predicate, knowledge, collecting);
}

const search = (...lines: string[]) => `s:\n${lines.map((line) => `    ${line}`).join("\n")}\ncondition: s`;

test("management events are seen by a trail as it is made", () => {
  for (const lines of [
    ["eventName: CreateUser"],
    ["eventSource: iam.amazonaws.com", "eventName|startswith: Delete"],
    ["userAgent|contains: pacu"],
    ["eventName: [GetSecretValue, PutBucketPolicy]"],
  ]) {
    assert.deepEqual(fires(search(...lines), management), { answer: "yes", reason: "" }, lines.join());
  }
});

test("data events that no trail records can never be seen, and it is said why", () => {
  assert.deepEqual(fires(search("eventSource: s3.amazonaws.com", "eventName: GetObject"), management), {
    answer: "no",
    reason: "GetObject is a data event of AWS::S3::Object; no trail of what is collected records those",
  });
  assert.deepEqual(fires(search("eventName: [getobject, PutObject, DeleteObject, CopyObject]"), management), {
    answer: "no",
    reason:
      "getobject, PutObject, DeleteObject and 1 more are data events of AWS::S3::Object; no trail of what is collected records those",
  });
  assert.equal(fires(search("eventName: Invoke", "managementEvent: false"), management).answer, "no");
});

test("a rule about both is seen in part", () => {
  const mixed =
    "a:\n    eventSource: s3.amazonaws.com\n    eventName: DeleteObject\nb:\n    eventSource: s3.amazonaws.com\n    eventName: DeleteBucket\ncondition: a or b";
  assert.deepEqual(fires(mixed, management), {
    answer: "partly",
    reason: "DeleteObject is a data event of AWS::S3::Object; no trail of what is collected records those",
  });
});

test("selectors for the type of resource, or for some of the resources, change that", () => {
  const rule = search("eventSource: s3.amazonaws.com", "eventName: GetObject");
  assert.equal(fires(rule, collected(basic("All", ["AWS::S3::Object"]))).answer, "yes");
  assert.deepEqual(fires(rule, collected(basic("All", ["AWS::S3::Object"], ["arn:aws:s3:::payroll/"]))), {
    answer: "partly",
    reason: "GetObject is a data event of AWS::S3::Object; those of some resources are recorded, not all",
  });
  assert.equal(fires(rule, collected(basic("WriteOnly", ["AWS::S3::Object"]))).answer, "no");
});

test("a trail of what writes sees nothing that reads, and one without KMS nothing of KMS", () => {
  const writes = collected(basic("WriteOnly"));
  assert.deepEqual(fires(search("eventSource: iam.amazonaws.com", "eventName: ListUsers"), writes), {
    answer: "no",
    reason:
      "ListUsers is a management event that only reads of iam.amazonaws.com; no trail of what is collected records those",
  });
  assert.equal(fires(search("eventSource: iam.amazonaws.com", "eventName: CreateUser"), writes).answer, "yes");
  assert.equal(fires(search("eventSource: kms.amazonaws.com", "eventName: ScheduleKeyDeletion"), writes).answer, "no");
});

test("Insights and network activity need a trail that has them on", () => {
  const insights = search("eventCategory: Insight");
  assert.match(fires(insights, management).reason, /no trail of what is collected has Insights on/);
  assert.equal(fires(insights, collected(defaultSelectors, { hasInsights: true })).answer, "yes");
  assert.equal(fires(search("eventCategory: NetworkActivity"), management).answer, "no");
});

test("where nobody knows what comes, what has come decides", () => {
  const rule = search("eventSource: s3.amazonaws.com", "eventName: GetObject");
  const unknown: Collecting = { trails: [], others: ["the source archive"], stored: [] };
  assert.deepEqual(fires(rule, unknown), {
    answer: "unknown",
    reason:
      "GetObject is a data event of AWS::S3::Object; none has come so far, and it is not known what the source archive records",
  });
  const cell = {
    category: "Data",
    service: "s3.amazonaws.com",
    readOnly: undefined,
    resourceTypes: ["AWS::S3::Object"],
  };
  assert.equal(fires(rule, { ...unknown, stored: [cell] }).answer, "yes");
  assert.equal(fires(rule, { ...unknown, stored: [{ ...cell, category: "Management" }] }).answer, "unknown");
});

test("without sources nothing fires", () => {
  assert.deepEqual(fires(search("eventName: CreateUser"), nothing), {
    answer: "no",
    reason: "Nothing is collected yet",
  });
});

test("a correlation can fire when enough of what it counts can", () => {
  const parts = (...answers: ("yes" | "no" | "unknown")[]) =>
    answers.map((answer) => ({ title: answer, canFire: { answer, reason: answer === "yes" ? "" : "Why" } }));
  const made = (type: string, condition: string) => {
    const text = `title: T\ncorrelation:\n    type: ${type}\n    rules: [a, b]\n    group-by: [user]\n    timespan: 5m\n${condition}`;
    const [correlation] = documentsOf(text);
    assert.ok(correlation?.kind === "correlation");
    return { correlation };
  };
  const count = made("event_count", "    condition: { gte: 5 }\n");
  const story = made("temporal_ordered", "");
  assert.equal(canCorrelationFire(count, parts("yes", "yes")).answer, "yes");
  assert.deepEqual(canCorrelationFire(count, parts("yes", "no")), { answer: "partly", reason: "“no”: Why" });
  assert.equal(canCorrelationFire(count, parts("no", "no")).answer, "no");
  assert.equal(canCorrelationFire(story, parts("yes", "no")).answer, "no");
  assert.equal(canCorrelationFire(story, parts("yes", "unknown")).answer, "unknown");
  assert.deepEqual(canCorrelationFire(count, parts("no")), { answer: "no", reason: "Why" });
});
