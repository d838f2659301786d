import assert from "node:assert/strict";
import { test } from "node:test";
import { refusal } from "../ask.fixture.ts";
import { testCaller } from "../call.fixture.ts";
import { testGuardDuty } from "./guardduty.fixture.ts";

type Kit = ReturnType<typeof testGuardDuty>;

test("there is one detector in each account and region, with its features", async () => {
  const { ask, detector } = testGuardDuty();
  const DetectorId = await detector();
  await assert.rejects(detector(), refusal("BadRequestException"));
  await detector({ region: "eu-west-1" });
  await ask("UpdateDetector", {
    DetectorId,
    Features: [
      {
        Name: "RUNTIME_MONITORING",
        Status: "ENABLED",
        AdditionalConfiguration: [{ Name: "EC2_AGENT_MANAGEMENT", Status: "ENABLED" }],
      },
    ],
  });
  const told = await ask("GetDetector", { DetectorId });
  const features = new Map(told.Features?.map(({ Name, Status }) => [Name, Status]));
  assert.deepEqual(
    [
      told.Status,
      told.FindingPublishingFrequency,
      features.get("CLOUD_TRAIL"),
      features.get("S3_DATA_EVENTS"),
      features.get("RUNTIME_MONITORING"),
    ],
    ["ENABLED", "FIFTEEN_MINUTES", "ENABLED", "ENABLED", "ENABLED"],
  );
  await ask("UpdateDetector", { DetectorId, DataSources: { S3Logs: { Enable: false } } });
  assert.equal((await ask("GetDetector", { DetectorId })).DataSources?.S3Logs?.Status, "DISABLED");
  await ask("DeleteDetector", { DetectorId });
  assert.deepEqual((await ask("ListDetectors", {})).DetectorIds, []);
});

for (const [what, attempt] of [
  [
    "a detector of another account",
    async (t: Kit) =>
      t.ask(
        "GetDetector",
        { DetectorId: await t.detector() },
        { caller: testCaller({ accountId: "444455556666" }), accountId: "444455556666" },
      ),
  ],
  [
    "a feature that there is not",
    async (t: Kit) =>
      t.ask("UpdateDetector", {
        DetectorId: await t.detector(),
        Features: [{ Name: "MIND_READING" as "S3_DATA_EVENTS", Status: "ENABLED" }],
      }),
  ],
  [
    "a filter without criteria",
    async (t: Kit) => t.ask("CreateFilter", { DetectorId: await t.detector(), Name: "abc", FindingCriteria: {} }),
  ],
  [
    "a filter of a name too short",
    async (t: Kit) =>
      t.ask("CreateFilter", {
        DetectorId: await t.detector(),
        Name: "ab",
        FindingCriteria: { Criterion: { type: { Eq: ["x"] } } },
      }),
  ],
  [
    "itself as a member, in its answer",
    async (t: Kit) => {
      const { UnprocessedAccounts: refused = [] } = await t.ask("CreateMembers", {
        DetectorId: await t.detector(),
        AccountDetails: [{ AccountId: "111122223333", Email: "a@example.com" }],
      });
      if (refused.length === 1) throw Object.assign(new Error("refused"), { code: "BadRequestException" });
    },
  ],
  [
    "an export without a key",
    async (t: Kit) =>
      t.ask("CreatePublishingDestination", {
        DetectorId: await t.detector(),
        DestinationType: "S3",
        DestinationProperties: { DestinationArn: "arn:aws:s3:::b" },
      }),
  ],
  [
    "more than fifty findings at once",
    async (t: Kit) =>
      t.ask("GetFindings", { DetectorId: await t.detector(), FindingIds: Array.from({ length: 51 }, String) }),
  ],
] as const) {
  test(`GuardDuty refuses ${what} (GuardDuty API Reference)`, async () => {
    await assert.rejects(Promise.resolve(attempt(testGuardDuty())), refusal("BadRequestException"));
  });
}
