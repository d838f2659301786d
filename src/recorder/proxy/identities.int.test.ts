import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { readIdentities } from "./identities.ts";
import { clientOf, openAnswering, openRecording, signedFor, xmlAnswer } from "./recording.fixture.ts";

test("who called is told by the file of identities, by answers of STS, and else by the key alone", async () => {
  await using server = await openAnswering();
  await using open = await openRecording(server.url);
  const path = join(dirname(open.folder), "identities.json");
  writeFileSync(
    path,
    JSON.stringify({
      AKIAANA: { arn: "arn:aws:iam::111122223333:user/staff/ana", principalId: "AIDAANA" },
      AKIAROOT: { arn: "arn:aws:iam::111122223333:root" },
      ASIAOPS: { arn: "arn:aws:sts::111122223333:assumed-role/ops/night" },
    }),
  );
  await using told = await openRecording(server.url, { identities: await readIdentities(path) });
  const session =
    "<Credentials><AccessKeyId>ASIANEW</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration></Credentials>";
  const user =
    "<AssumedRoleUser><AssumedRoleId>AROAOPS:night</AssumedRoleId><Arn>arn:aws:sts::444455556666:assumed-role/ops/night</Arn></AssumedRoleUser>";
  server.next = [200, {}, xmlAnswer("AssumeRole", session + user)];
  await (
    await clientOf("sts", told)
  ).call("AssumeRole", { RoleArn: "arn:aws:iam::444455556666:role/team/ops", RoleSessionName: "night" });
  server.next = [200, {}];
  for (const key of ["AKIAANA", "AKIAROOT", "ASIAOPS", "ASIANEW", "AKIANOBODY"])
    await fetch(`${told.url}/b?acl`, { headers: { authorization: signedFor("s3", key) } });
  await fetch(`${told.url}/b?acl`, { headers: { authorization: "AWS AKIAOLD:c2lnbmF0dXJl" } });
  await fetch(`${told.url}/b?acl`);
  const records = (await told.end()).filter(({ eventName }) => eventName === "GetBucketAcl");
  const of = (key: string | undefined) => records.find(({ userIdentity }) => userIdentity?.accessKeyId === key);
  assert.deepEqual(of("AKIAANA")?.userIdentity, {
    type: "IAMUser",
    principalId: "AIDAANA",
    accountId: "111122223333",
    accessKeyId: "AKIAANA",
    arn: "arn:aws:iam::111122223333:user/staff/ana",
    userName: "ana",
  });
  assert.equal(of("AKIAANA")?.recipientAccountId, "111122223333");
  assert.equal(of("AKIAROOT")?.userIdentity?.type, "Root");
  assert.equal(of("ASIAOPS")?.userIdentity?.sessionContext?.sessionIssuer?.arn, "arn:aws:iam::111122223333:role/ops");
  const learned = of("ASIANEW");
  assert.equal(learned?.recipientAccountId, "444455556666");
  assert.equal(learned?.userIdentity?.principalId, "AROAOPS:night");
  assert.equal(learned?.userIdentity?.sessionContext?.sessionIssuer?.arn, "arn:aws:iam::444455556666:role/team/ops");
  const nobody = { type: "IAMUser", principalId: "AKIANOBODY", accountId: "123456789012", accessKeyId: "AKIANOBODY" };
  assert.deepEqual(of("AKIANOBODY")?.userIdentity, nobody);
  assert.equal(of("AKIAOLD")?.userIdentity?.type, "IAMUser");
  // CloudTrail User Guide, "CloudTrail userIdentity element"
  assert.deepEqual(of(undefined)?.userIdentity, { type: "AWSAccount", principalId: "", accountId: "anonymous" });
});

test("identities that cannot be used are refused, and no value of theirs is shown", async () => {
  await using server = await openAnswering();
  await using open = await openRecording(server.url);
  const path = join(dirname(open.folder), "identities.json");
  for (const content of [
    "[]",
    "{",
    '{"AKIA":{"secretAccessKey":"HIDEME"}}',
    '{"AKIA":{"arn":"none"}}',
    '{"AKIA":{"arn":7}}',
    '{"a b":{}}',
  ]) {
    writeFileSync(path, content);
    await assert.rejects(readIdentities(path), (error: Error & { code?: string }) => {
      assert.equal(error.code, "identities-not-valid");
      assert.ok(!error.message.includes("HIDEME"));
      return true;
    });
  }
});
