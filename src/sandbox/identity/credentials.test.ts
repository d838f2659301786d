import assert from "node:assert/strict";
import { test } from "node:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SteppedClock } from "../../base/clock.ts";
import { testRandom } from "../services/call.fixture.ts";
import { openState } from "../lasting/sqlite-state.ts";
import { openAccounts } from "./accounts.ts";
import { own, testIdentity } from "./identity.fixture.ts";
import { openIdentity } from "./open-identity.ts";
import { makeAccessKeyId } from "./unique-ids.ts";

test("a key that nobody has is unknown, one switched off is inactive, one of a deleted user unknown", () => {
  const here = testIdentity();
  const { credentials, directory } = here.identity;
  assert.deepEqual(credentials.find("AKIAEXAMPLEEXAMPLE01", undefined), { kind: "unknown" });
  here.user("ana", []);
  const [key] = directory.keysOf(own, "ana");
  const AccessKeyId = key?.id ?? "";
  here.call(here.admin, "iam", "UpdateAccessKey", { UserName: "ana", AccessKeyId, Status: "Inactive" });
  assert.deepEqual(credentials.find(AccessKeyId, undefined), { kind: "inactive" });
  here.call(here.admin, "iam", "UpdateAccessKey", { UserName: "ana", AccessKeyId, Status: "Active" });
  assert.deepEqual(credentials.find(AccessKeyId, "token"), { kind: "wrong-token" });
  const user = directory.users.get(own, "ana");
  assert.ok(user !== undefined);
  directory.users.delete(user);
  assert.deepEqual(credentials.find(AccessKeyId, undefined), { kind: "unknown" });
});

test("records name root and users as CloudTrail does", () => {
  const here = testIdentity();
  const [rootKey] = here.identity.directory.keysOf(own, undefined);
  assert.deepEqual(here.root.identity, {
    type: "Root",
    principalId: own,
    arn: `arn:aws:iam::${own}:root`,
    accountId: own,
    accessKeyId: rootKey?.id,
  });
  here.call(here.admin, "iam", "CreateAccountAlias", { AccountAlias: "example-corp" });
  assert.equal(here.callerOf({ accessKeyId: rootKey?.id ?? "" }).identity.userName, "example-corp");
  const ana = here.user("ana", []);
  const user = here.identity.directory.users.get(own, "ana");
  assert.deepEqual(ana.identity, {
    type: "IAMUser",
    principalId: user?.id,
    arn: `arn:aws:iam::${own}:user/ana`,
    accountId: own,
    accessKeyId: here.identity.directory.keysOf(own, "ana")[0]?.id,
    userName: "ana",
  });
  assert.match(user?.id ?? "", /^AIDA[A-Z2-7]{17}$/);
});

test("first keys stay the same when they are asked for again, over a restart too", () => {
  const folder = mkdtempSync(join(tmpdir(), "identity-"));
  try {
    const open = () => {
      const clock = new SteppedClock(0);
      const state = openState(join(folder, "state.db"));
      const accounts = openAccounts(state, () => clock.now());
      accounts.create(own, { name: "Example" });
      return { state, identity: openIdentity({ state, clock, random: testRandom("x") }, accounts) };
    };
    const first = open();
    const keys = [first.identity.administrator(own), first.identity.rootKey(own)];
    assert.deepEqual([first.identity.administrator(own), first.identity.rootKey(own)], keys);
    first.state.close();
    const second = open();
    assert.deepEqual([second.identity.administrator(own), second.identity.rootKey(own)], keys);
    const found = second.identity.credentials.find(keys[0]?.accessKeyId ?? "", undefined);
    assert.ok("kind" in found && found.kind === "found" && found.secret === keys[0]?.secretAccessKey);
    second.state.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("an access key's id holds its account's number, where tools look for it", () => {
  const base32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const id = makeAccessKeyId(testRandom("k"), "AKIA", "999988887777");
  assert.match(id, /^AKIA[A-Z2-7]{16}$/);
  const bits = [...id.slice(4)].reduce((all, letter) => (all << 5n) | BigInt(base32.indexOf(letter)), 0n);
  assert.equal(((bits >> 32n) & 0x7fff_ffff_ff80n) >> 7n, 999_988_887_777n);
});

test("the last use of a key and a role is kept to the minute", () => {
  const here = testIdentity();
  const [key] = here.identity.directory.keysOf(own, "admin");
  const used = () => here.identity.directory.accessKeys.get(key?.id ?? "")?.used;
  const use = (service: "iam" | "s3") =>
    here.identity.recordUse({ caller: here.admin, service, region: "us-east-1", at: here.world.clock.now() });
  use("iam");
  const first = used();
  here.world.clock.advance(1000);
  use("iam");
  assert.equal(used(), first);
  use("s3");
  assert.equal(used()?.service, "s3");
  here.world.clock.advance(60_000);
  use("s3");
  assert.equal(used()?.at, here.world.clock.now());
});
