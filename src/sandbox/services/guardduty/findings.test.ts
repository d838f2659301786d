import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { refusal } from "../ask.fixture.ts";
import { testCaller } from "../call.fixture.ts";
import { findingTypes } from "./finding-types.ts";
import { leak, testGuardDuty } from "./guardduty.fixture.ts";

const account = "111122223333";
const turn = () => new Promise((resolve) => setImmediate(resolve));
const there = { accountId: "444455556666", caller: testCaller({ accountId: "444455556666" }) };

test("a finding is told on the bus as it is, and answered with the SDK's names", async () => {
  const { service, ask, detector, events } = testGuardDuty();
  const DetectorId = await detector();
  const id = await service.addFinding(account, "us-east-1", leak);
  const [{ accountId, region, event } = { accountId: "", region: "", event: undefined }] = events;
  assert.deepEqual(
    [accountId, region, event?.source, event?.detailType],
    [account, "us-east-1", "aws.guardduty", "GuardDuty Finding"],
  );
  const detail = JSON.parse(event?.detail ?? "") as {
    id: string;
    severity: number;
    service: { count: number; action: object };
    resource: object;
  };
  assert.equal(detail.id, id);
  assert.equal(detail.severity, 5);
  assert.deepEqual(detail.resource, leak.resource);
  assert.deepEqual(detail.service.action, leak.service["action"]);
  const { Findings: [finding] = [] } = await ask("GetFindings", { DetectorId, FindingIds: [id ?? ""] });
  assert.equal(finding?.Resource?.AccessKeyDetails?.UserName, "ana");
  assert.equal(finding?.Service?.Action?.AwsApiCallAction?.RemoteIpDetails?.IpAddressV4, "203.0.113.9");
  assert.deepEqual(finding?.Service?.Action?.AwsApiCallAction?.AffectedResources, { "AWS::IAM::User": "ana" });
  assert.equal(finding?.Arn, `arn:aws:guardduty:us-east-1:111122223333:detector/${DetectorId}/finding/${id}`);
});

test("the same again counts the finding up and is told with its interval, also after a restart", async () => {
  const first = testGuardDuty();
  const { world, service, detector, events } = first;
  await detector();
  const id = await service.addFinding(account, "us-east-1", leak);
  world.clock.advance(60_000);
  assert.equal(await service.addFinding(account, "us-east-1", leak), id);
  assert.equal(await service.addFinding(account, "us-east-1", leak), id);
  assert.equal(events.length, 1);
  await service[Symbol.asyncDispose]();
  const second = testGuardDuty(world);
  world.clock.advance(14 * 60_000);
  while (second.events.length === 0) await turn();
  const detail = JSON.parse(second.events[0]?.event.detail ?? "") as {
    service: { count: number; eventFirstSeen: string; eventLastSeen: string };
  };
  assert.equal(detail.service.count, 3);
  assert.deepEqual(
    [detail.service.eventFirstSeen, detail.service.eventLastSeen],
    ["2026-11-20T12:00:00.000Z", "2026-11-20T12:01:00.000Z"],
  );
  await second.service[Symbol.asyncDispose]();
});

test("without a detector, or with one that is switched off, nothing is found", async () => {
  const { service, ask, detector } = testGuardDuty();
  assert.equal(await service.addFinding(account, "us-east-1", leak), undefined);
  const DetectorId = await detector();
  await ask("UpdateDetector", { DetectorId, Enable: false });
  assert.equal(await service.addFinding(account, "us-east-1", leak), undefined);
});

test("there is a sample of each type, in the shape of its kind (GuardDuty User Guide, active finding types)", async () => {
  const { ask, detector, events } = testGuardDuty();
  const DetectorId = await detector();
  await ask("CreateSampleFindings", { DetectorId });
  assert.equal(events.length, findingTypes.size);
  for (const { event } of events) {
    const detail = JSON.parse(event.detail) as {
      title: string;
      type: string;
      severity: number;
      resource: { resourceType: string };
      service: { additionalInfo: { sample: boolean }; detection?: object };
    };
    assert.match(detail.title, /^\[SAMPLE\] /u);
    assert.equal(detail.service.additionalInfo.sample, true);
    assert.equal(detail.service.detection !== undefined, detail.type.startsWith("AttackSequence:"));
    if (detail.type.includes(":S3/") && !detail.type.startsWith("AttackSequence:"))
      assert.equal(detail.resource.resourceType, "S3Bucket");
  }
  await assert.rejects(
    ask("CreateSampleFindings", { DetectorId, FindingTypes: ["Trojan:None/Such"] }),
    refusal("BadRequestException"),
  );
});

test("findings are found by criteria and sorted", async () => {
  const { ask, detector } = testGuardDuty();
  const DetectorId = await detector();
  await ask("CreateSampleFindings", {
    DetectorId,
    FindingTypes: [
      "Discovery:S3/AnomalousBehavior",
      "Exfiltration:S3/AnomalousBehavior",
      "AttackSequence:S3/CompromisedData",
    ],
  });
  const list = async (criterion: object, order: "ASC" | "DESC" = "ASC") => {
    const { FindingIds: ids = [] } = await ask("ListFindings", {
      DetectorId,
      FindingCriteria: { Criterion: { ...criterion } },
      SortCriteria: { AttributeName: "severity", OrderBy: order },
    });
    if (ids.length === 0) return [];
    const { Findings: found = [] } = await ask("GetFindings", { DetectorId, FindingIds: ids });
    return ids.map((id) => found.find(({ Id }) => Id === id)?.Severity);
  };
  assert.deepEqual(await list({}), [2, 8, 9]);
  assert.deepEqual(await list({}, "DESC"), [9, 8, 2]);
  assert.deepEqual(await list({ severity: { Gte: 4, LessThan: 9 } }), [8]);
  assert.deepEqual(await list({ type: { Eq: ["Discovery:S3/AnomalousBehavior"] } }), [2]);
  assert.deepEqual(
    await list({ "resource.s3BucketDetails.name": { Equals: ["example-bucket1"] }, severity: { Neq: ["8"] } }),
    [2],
  );
  assert.deepEqual(await list({ "service.archived": { Eq: ["true"] } }), []);
  assert.deepEqual(await list({ updatedAt: { Gt: Date.UTC(2027, 0, 1) } }), []);
});

test("findings are put away, taken back, and commented on", async () => {
  const { service, ask, detector } = testGuardDuty();
  const DetectorId = await detector();
  const id = (await service.addFinding(account, "us-east-1", leak)) ?? "";
  const state = async () => (await ask("GetFindings", { DetectorId, FindingIds: [id] })).Findings?.[0]?.Service;
  await ask("ArchiveFindings", { DetectorId, FindingIds: [id] });
  assert.equal((await state())?.Archived, true);
  await ask("UnarchiveFindings", { DetectorId, FindingIds: [id] });
  await ask("UpdateFindingsFeedback", { DetectorId, FindingIds: [id], Feedback: "USEFUL" });
  assert.deepEqual([(await state())?.Archived, (await state())?.UserFeedback], [false, "USEFUL"]);
});

test("what a suppression rule means is put away and told to nobody (GuardDuty User Guide, suppression rules)", async () => {
  const { service, ask, detector, events } = testGuardDuty();
  const DetectorId = await detector();
  const FindingCriteria = { Criterion: { "resource.accessKeyDetails.userName": { Equals: ["ana"] } } };
  await ask("CreateFilter", { DetectorId, Name: "quiet-ana", Action: "ARCHIVE", FindingCriteria });
  const id = (await service.addFinding(account, "us-east-1", leak)) ?? "";
  assert.deepEqual(events, []);
  assert.equal((await ask("GetFindings", { DetectorId, FindingIds: [id] })).Findings?.[0]?.Service?.Archived, true);
  assert.deepEqual(
    (await ask("GetFilter", { DetectorId, FilterName: "quiet-ana" })).FindingCriteria?.Criterion?.[
      "resource.accessKeyDetails.userName"
    ]?.Eq,
    ["ana"],
  );
  assert.deepEqual((await ask("ListFilters", { DetectorId })).FilterNames, ["quiet-ana"]);
});

test("statistics count by severity, type and account", async () => {
  const { ask, detector } = testGuardDuty();
  const DetectorId = await detector();
  await ask("CreateSampleFindings", {
    DetectorId,
    FindingTypes: [
      "Discovery:S3/AnomalousBehavior",
      "Policy:IAMUser/RootCredentialUsage",
      "Exfiltration:S3/AnomalousBehavior",
    ],
  });
  const old = await ask("GetFindingsStatistics", { DetectorId, FindingStatisticTypes: ["COUNT_BY_SEVERITY"] });
  assert.deepEqual(old.FindingStatistics?.CountBySeverity, { "2.0": 2, "8.0": 1 });
  const grouped = await ask("GetFindingsStatistics", { DetectorId, GroupBy: "SEVERITY" });
  assert.deepEqual(
    grouped.FindingStatistics?.GroupedBySeverity?.map(({ Severity, TotalFindings }) => [Severity, TotalFindings]),
    [
      [2, 2],
      [8, 1],
    ],
  );
});

test("an administrator sees the findings of its members, and is told of them too", async () => {
  const { service, ask, detector, events } = testGuardDuty();
  const DetectorId = await detector();
  await detector(there);
  await ask("CreateMembers", { DetectorId, AccountDetails: [{ AccountId: there.accountId, Email: "x@example.com" }] });
  await ask("InviteMembers", { DetectorId, AccountIds: [there.accountId] });
  const { Invitations: [invitation] = [] } = await ask("ListInvitations", {}, there);
  const { DetectorIds: [other = ""] = [] } = await ask("ListDetectors", {}, there);
  await ask(
    "AcceptAdministratorInvitation",
    { DetectorId: other, AdministratorId: invitation?.AccountId, InvitationId: invitation?.InvitationId },
    there,
  );
  assert.equal((await ask("ListMembers", { DetectorId })).Members?.[0]?.RelationshipStatus, "Enabled");
  const id = await service.addFinding(there.accountId, "us-east-1", leak);
  assert.deepEqual(
    events.map(({ accountId }) => accountId),
    [there.accountId, account],
  );
  assert.deepEqual((await ask("ListFindings", { DetectorId })).FindingIds, [id]);
  await assert.rejects(
    ask("UpdateDetector", { DetectorId: other, Enable: false }, there),
    refusal("BadRequestException"),
  );
});

test("the administrator of an organization has all its accounts as members, with detectors", async () => {
  const { ask } = testGuardDuty();
  await ask("EnableOrganizationAdminAccount", { AdminAccountId: there.accountId });
  assert.deepEqual((await ask("ListOrganizationAdminAccounts", {})).AdminAccounts, [
    { AdminAccountId: there.accountId, AdminStatus: "ENABLED" },
  ]);
  const { DetectorIds: [DetectorId = ""] = [] } = await ask("ListDetectors", {}, there);
  await ask("UpdateOrganizationConfiguration", { DetectorId, AutoEnableOrganizationMembers: "ALL" }, there);
  assert.deepEqual(
    (await ask("ListMembers", { DetectorId }, there)).Members?.map(({ AccountId }) => AccountId),
    [account],
  );
  assert.equal((await ask("ListDetectors", {})).DetectorIds?.length, 1);
  await assert.rejects(
    ask("EnableOrganizationAdminAccount", { AdminAccountId: account }, there),
    refusal("BadRequestException"),
  );
});

test("findings are exported to the bucket that was named, as GuardDuty itself; a refusal shows in the status", async () => {
  const { service, inside, ask, detector } = testGuardDuty();
  const DetectorId = await detector();
  const bodies: Uint8Array[] = [];
  const original = inside.callAs.bind(inside);
  inside.callAs = (as, name, operation, input, body) => {
    if (body !== undefined) bodies.push(body);
    return original(as, name, operation, input, body);
  };
  inside.services.s3 = { operations: { PutObject: { needs: () => [], answer: () => ({}) } } };
  const DestinationProperties = {
    DestinationArn: "arn:aws:s3:::findings",
    KmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/k",
  };
  const { DestinationId } = await ask("CreatePublishingDestination", {
    DetectorId,
    DestinationType: "S3",
    DestinationProperties,
  });
  await service.addFinding(account, "us-east-1", leak);
  assert.match(
    (inside.calls[0]?.input as { Key: string } | undefined)?.Key ?? "",
    /^AWSLogs\/111122223333\/GuardDuty\/us-east-1\/2026\/11\/20\/[0-9a-f-]{36}\.jsonl\.gz$/u,
  );
  assert.equal((JSON.parse(gunzipSync(bodies[0] ?? new Uint8Array()).toString()) as { type: string }).type, leak.type);
  const status = async () => (await ask("DescribePublishingDestination", { DetectorId, DestinationId })).Status;
  assert.equal(await status(), "PUBLISHING");
  delete inside.services.s3;
  await service.addFinding(account, "us-east-1", { ...leak, key: "other" });
  assert.equal(await status(), "UNABLE_TO_PUBLISH_FIX_DESTINATION_PROPERTY");
});
