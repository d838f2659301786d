import assert from "node:assert/strict";
import { test } from "node:test";
import { testCaller } from "../../call.fixture.ts";
import { refusedWith, testKms } from "../kms.fixture.ts";

const account = "111122223333";
const day = 24 * 60 * 60 * 1000;
const eve = testCaller({ accountId: "444455556666", userName: "eve" });

test("a key is found by id, ARN, alias and alias ARN, in its account and region (API Reference, DescribeKey)", async () => {
  const { call } = testKms();
  const { KeyMetadata } = await call("CreateKey", { Description: "logs" });
  const { KeyId: id = "", Arn = "" } = KeyMetadata ?? {};
  await call("CreateAlias", { AliasName: "alias/logs", TargetKeyId: id });
  for (const KeyId of [id, Arn, "alias/logs", `arn:aws:kms:us-east-1:${account}:alias/logs`]) {
    assert.equal((await call("DescribeKey", { KeyId })).KeyMetadata?.Arn, Arn, KeyId);
  }
  for (const KeyId of [
    "alias/other",
    "00000000-0000-4000-8000-000000000000",
    Arn.replace("us-east-1", "eu-west-1"),
    "arn:nonsense",
  ]) {
    await assert.rejects(call("DescribeKey", { KeyId }), refusedWith("NotFoundException"), KeyId);
  }
  await assert.rejects(call("DescribeKey", { KeyId: id }, { region: "eu-west-1" }), refusedWith("NotFoundException"));
  await assert.rejects(call("DescribeKey", { KeyId: id }, { caller: eve }), refusedWith("NotFoundException"));
  await assert.rejects(call("DescribeKey", { KeyId: Arn }, { caller: eve }), refusedWith("AccessDeniedException"));
});

test("AWS's own keys are made when they are first asked for, and work through their service only", async () => {
  const { call } = testKms();
  const { KeyMetadata } = await call("DescribeKey", { KeyId: "alias/aws/s3" });
  assert.equal(KeyMetadata?.KeyManager, "AWS");
  assert.equal((await call("DescribeKey", { KeyId: "alias/aws/s3" })).KeyMetadata?.KeyId, KeyMetadata.KeyId);
  const generate = { KeyId: "alias/aws/s3", KeySpec: "AES_256" as const };
  await assert.rejects(call("GenerateDataKey", generate), refusedWith("AccessDeniedException"));
  const viaS3 = testCaller({ context: { "kms:ViaService": "s3.us-east-1.amazonaws.com" } });
  await call("GenerateDataKey", generate, { caller: viaS3 });
  await assert.rejects(call("DescribeKey", { KeyId: "alias/aws/nosuch" }), refusedWith("NotFoundException"));
  await assert.rejects(
    call("CreateAlias", { AliasName: "alias/aws/mine", TargetKeyId: KeyMetadata.KeyId }),
    refusedWith("NotAuthorizedException"),
  );
});

test("a key that is off, or on its way out, does nothing, and goes when its time has come", async () => {
  const { call, world } = testKms();
  const { KeyMetadata } = await call("CreateKey", {});
  const KeyId = KeyMetadata?.KeyId;
  await call("CreateAlias", { AliasName: "alias/logs", TargetKeyId: KeyId });
  const use = () => call("GenerateDataKey", { KeyId, KeySpec: "AES_256" });
  const { CiphertextBlob } = await use();
  await call("DisableKey", { KeyId });
  await assert.rejects(use(), refusedWith("DisabledException"));
  await assert.rejects(call("Decrypt", { CiphertextBlob }), refusedWith("DisabledException"));
  await call("EnableKey", { KeyId });
  await use();
  await assert.rejects(
    call("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 6 }),
    refusedWith("ValidationException"),
  );
  const scheduled = await call("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
  assert.equal(scheduled.DeletionDate?.getTime(), world.clock.now() + 7 * day);
  await assert.rejects(use(), refusedWith("KMSInvalidStateException"));
  await assert.rejects(call("EnableKey", { KeyId }), refusedWith("KMSInvalidStateException"));
  await call("CancelKeyDeletion", { KeyId });
  assert.equal((await call("DescribeKey", { KeyId })).KeyMetadata?.KeyState, "Disabled");
  await assert.rejects(call("CancelKeyDeletion", { KeyId }), refusedWith("KMSInvalidStateException"));
  await call("ScheduleKeyDeletion", { KeyId, PendingWindowInDays: 7 });
  world.clock.advance(7 * day);
  await assert.rejects(call("DescribeKey", { KeyId }), refusedWith("NotFoundException"));
  await assert.rejects(call("DescribeKey", { KeyId: "alias/logs" }), refusedWith("NotFoundException"));
  assert.deepEqual((await call("ListAliases", {})).Aliases, []);
});

test("a policy that would lock its maker out is refused, unless that is said to be meant (API Reference, PutKeyPolicy)", async () => {
  const { call } = testKms();
  const policy = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
  const allow = { Effect: "Allow", Action: "kms:*", Resource: "*" };
  const onlyOther = policy({ ...allow, Principal: { AWS: `arn:aws:iam::${account}:user/other` } });
  const onlyMe = policy({ ...allow, Principal: { AWS: `arn:aws:iam::${account}:user/ana` } });
  await assert.rejects(call("CreateKey", { Policy: onlyOther }), refusedWith("MalformedPolicyDocumentException"));
  await call("CreateKey", { Policy: onlyOther, BypassPolicyLockoutSafetyCheck: true });
  const { KeyMetadata } = await call("CreateKey", { Policy: onlyMe });
  const KeyId = KeyMetadata?.KeyId;
  const table = [
    "not json",
    policy({ ...allow, Principal: { AWS: `arn:aws:iam::${account}:user/nobody` } }),
    policy(allow),
    policy({ ...allow, Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: "kms:Decrypt" }),
  ];
  for (const Policy of table) {
    await assert.rejects(
      call("PutKeyPolicy", { KeyId, Policy }),
      refusedWith("MalformedPolicyDocumentException"),
      Policy,
    );
  }
  assert.equal((await call("GetKeyPolicy", { KeyId })).Policy, onlyMe);
  const other = testCaller({ userName: "other" });
  await assert.rejects(call("DescribeKey", { KeyId }, { caller: other }), refusedWith("AccessDeniedException"));
});

test("aliases move and go; a name is one key's at a time", async () => {
  const { call } = testKms();
  const [one, two, mac] = await Promise.all([
    call("CreateKey", {}),
    call("CreateKey", {}),
    call("CreateKey", { KeySpec: "HMAC_256", KeyUsage: "GENERATE_VERIFY_MAC" }),
  ]).then((made) => made.map(({ KeyMetadata }) => KeyMetadata?.KeyId));
  await call("CreateAlias", { AliasName: "alias/a/b", TargetKeyId: one });
  await assert.rejects(
    call("CreateAlias", { AliasName: "alias/a/b", TargetKeyId: two }),
    refusedWith("AlreadyExistsException"),
  );
  await assert.rejects(
    call("CreateAlias", { AliasName: "no-prefix", TargetKeyId: two }),
    refusedWith("InvalidAliasNameException"),
  );
  await assert.rejects(
    call("UpdateAlias", { AliasName: "alias/a/b", TargetKeyId: mac }),
    refusedWith("ValidationException"),
  );
  await call("UpdateAlias", { AliasName: "alias/a/b", TargetKeyId: two });
  const { Aliases } = await call("ListAliases", { KeyId: two });
  assert.deepEqual(
    Aliases?.map(({ AliasName, TargetKeyId }) => [AliasName, TargetKeyId]),
    [["alias/a/b", two]],
  );
  await call("DeleteAlias", { AliasName: "alias/a/b" });
  await assert.rejects(call("DeleteAlias", { AliasName: "alias/a/b" }), refusedWith("NotFoundException"));
});

test("rotation makes new material when it is due, and what the old one encrypted is still read", async () => {
  const { call, world } = testKms();
  const { KeyMetadata } = await call("CreateKey", {});
  const KeyId = KeyMetadata?.KeyId;
  const before = await call("Encrypt", { KeyId, Plaintext: Buffer.from("old") });
  assert.equal((await call("GetKeyRotationStatus", { KeyId })).KeyRotationEnabled, false);
  await call("EnableKeyRotation", { KeyId, RotationPeriodInDays: 90 });
  world.clock.advance(200 * day);
  const status = await call("GetKeyRotationStatus", { KeyId });
  assert.deepEqual([status.KeyRotationEnabled, status.RotationPeriodInDays], [true, 90]);
  await call("RotateKeyOnDemand", { KeyId });
  const { Rotations } = await call("ListKeyRotations", { KeyId });
  assert.deepEqual(
    Rotations?.map(({ RotationType }) => RotationType),
    ["AUTOMATIC", "AUTOMATIC", "ON_DEMAND"],
  );
  const { Plaintext } = await call("Decrypt", { CiphertextBlob: before.CiphertextBlob });
  assert.equal(Buffer.from(Plaintext ?? []).toString(), "old");
});

test("what the sandbox does not do is refused", async () => {
  const { call } = testKms();
  const table = [
    { MultiRegion: true },
    { Origin: "EXTERNAL" as const },
    { KeySpec: "SM2" as const, KeyUsage: "SIGN_VERIFY" as const },
    { KeySpec: "ECC_NIST_P256" as const, KeyUsage: "KEY_AGREEMENT" as const },
  ];
  for (const given of table) {
    await assert.rejects(call("CreateKey", given), refusedWith("UnsupportedOperationException"), JSON.stringify(given));
  }
});

test("keys and tags are listed, in pages where it is asked for", async () => {
  const { call } = testKms();
  const { KeyMetadata } = await call("CreateKey", { Tags: [{ TagKey: "a", TagValue: "1" }] });
  await call("CreateKey", {});
  const KeyId = KeyMetadata?.KeyId;
  const page = await call("ListKeys", { Limit: 1 });
  const rest = await call("ListKeys", { Marker: page.NextMarker });
  assert.deepEqual([page.Truncated, page.Keys?.length, rest.Truncated, rest.Keys?.length], [true, 1, false, 1]);
  await call("TagResource", { KeyId, Tags: [{ TagKey: "b", TagValue: "2" }] });
  await call("UntagResource", { KeyId, TagKeys: ["a"] });
  assert.deepEqual((await call("ListResourceTags", { KeyId })).Tags, [{ TagKey: "b", TagValue: "2" }]);
  await assert.rejects(
    call("TagResource", { KeyId, Tags: [{ TagKey: "aws:x", TagValue: "" }] }),
    refusedWith("TagException"),
  );
});
