import assert from "node:assert/strict";

import {
  accountId,
  bucket,
  countsIn,
  type FaultRange,
  isAsVouched,
  keyHolding,
  queue,
  recordsOf,
  region,
  topic,
} from "./fault-range.fixture.ts";

/** Puts a fault on, sees what it does, and takes it off. */
export type FaultCheck = (range: FaultRange) => Promise<void>;

const inAccount = { account: accountId, region };

const notices: Readonly<Record<string, FaultCheck>> = {
  async "late-notices"(range) {
    const fault = await range.put("late-notices", { minutes: 30 });
    await range.call(2);
    await range.deliver();
    assert.deepEqual(await range.notices(), []);
    assert.ok((await range.files()).size > 0);
    range.advance(31);
    const late = await range.notices();
    assert.ok(late.length > 0 && fault.done >= late.length);
    await range.call(1);
    await range.deliver();
    await fault.clear();
    assert.ok((await range.notices()).length > 0, "what is held back comes when the fault goes");
  },
  async "repeated-notices"(range) {
    const fault = await range.put("repeated-notices", { times: 3 });
    await range.call(2);
    await range.deliver();
    const keys = await range.notices();
    assert.ok(keys.length > 0);
    for (const key of keys) assert.equal(keys.filter((one) => one === key).length, 3);
    await fault.clear();
  },
  async "lost-notices"(range) {
    const fault = await range.put("lost-notices", {});
    const ids = await range.call(2);
    await range.deliver();
    assert.deepEqual(await range.notices(), []);
    assert.deepEqual(countsIn(await range.files(), ids), [1, 1]);
    assert.ok(fault.done > 0);
    assert.equal((await range.status()).LatestNotificationError ?? "", "");
    await fault.clear();
  },
  async "reordered-notices"(range) {
    const fault = await range.put("reordered-notices", { held: 1000 });
    const sent: string[] = [];
    for (let times = 6; times > 0; times -= 1) {
      const [id] = await range.call(1);
      await range.deliver();
      sent.push(keyHolding(await range.files(), id));
      range.advance(1);
    }
    assert.deepEqual(await range.notices(), []);
    await fault.clear();
    const came = (await range.notices()).filter((key) => sent.includes(key));
    assert.deepEqual(came.toSorted(), sent.toSorted());
    assert.notDeepEqual(came, sent);
  },
};

/** Log files are in disorder while `fault` is on: digests and notices name them, and each is as `judge` says. */
async function filesGoWrong(
  range: FaultRange,
  name: string,
  parameters: object,
  judge: (found: {
    readonly hit: readonly string[];
    readonly files: ReadonlyMap<string, Buffer>;
    /** What the digests say of each file. */
    readonly hashes: ReadonlyMap<string, string>;
  }) => void,
): Promise<void> {
  const before = await range.files();
  const fault = await range.put(name, parameters);
  await range.call(2);
  await range.call(2, "us-east-1");
  await range.deliver();
  const hit = await range.notices();
  await fault.clear();
  await range.seal();
  const files = await range.files();
  assert.ok(hit.length > 1 && fault.done > 0);
  const vouched = (await range.digests()).flatMap(({ logFiles }) => logFiles);
  for (const key of hit)
    assert.ok(
      vouched.some(({ s3Object }) => s3Object === key),
      "a digest names it",
    );
  // What came before and what comes after is as the digests say.
  for (const { s3Object, hashValue } of vouched) {
    const file = files.get(s3Object);
    if (hit.includes(s3Object))
      // Of an odd number of files the last has none to be exchanged with.
      assert.ok(
        ["duplicated-files", "swapped-files"].includes(name) || !isAsVouched(file ?? Buffer.alloc(0), hashValue),
      );
    else assert.ok(file !== undefined && isAsVouched(file, hashValue), s3Object);
  }
  for (const key of before.keys()) assert.ok(files.has(key));
  judge({ hit, files, hashes: new Map(vouched.map(({ s3Object, hashValue }) => [s3Object, hashValue])) });
}

const files: Readonly<Record<string, FaultCheck>> = {
  "lost-files": (range) =>
    filesGoWrong(range, "lost-files", {}, ({ hit, files: there }) => {
      for (const key of hit) assert.ok(!there.has(key));
    }),
  "changed-files": (range) =>
    filesGoWrong(range, "changed-files", { how: "edited" }, ({ hit, files: there }) => {
      for (const key of hit)
        assert.equal(recordsOf(there.get(key) ?? Buffer.alloc(0))[0]?.sourceIPAddress, "192.0.2.1");
    }),
  "truncated-files": (range) =>
    filesGoWrong(range, "truncated-files", {}, ({ hit, files: there }) => {
      for (const key of hit) assert.throws(() => recordsOf(there.get(key) ?? Buffer.alloc(0)), /unexpected end/);
    }),
  "duplicated-files": (range) =>
    filesGoWrong(range, "duplicated-files", {}, ({ hit, files: there }) => {
      for (const key of hit) {
        const twins = [...there].filter(
          ([other, body]) => other !== key && body.equals(there.get(key) ?? Buffer.alloc(0)),
        );
        assert.equal(twins.length, 1);
      }
    }),
  "swapped-files": (range) =>
    filesGoWrong(range, "swapped-files", {}, ({ hit, files: there, hashes }) => {
      const holds = (key: string, contentOf: string) =>
        isAsVouched(there.get(key) ?? Buffer.alloc(0), hashes.get(contentOf) ?? "");
      const wrong = hit.filter((key) => !holds(key, key));
      assert.ok(wrong.length >= 2, wrong.join());
      for (const key of wrong)
        assert.ok(
          wrong.some((other) => holds(key, other) && holds(other, key)),
          key,
        );
    }),
  async "silent-region"(range) {
    const fault = await range.put("silent-region", { region: "us-east-1" });
    const [silent, loud] = [await range.call(2, "us-east-1"), await range.call(2)];
    await range.deliver();
    assert.deepEqual(countsIn(await range.files(), [...silent, ...loud]), [0, 0, 1, 1]);
    assert.ok((await range.notices()).every((key) => !key.includes("/us-east-1/")));
    await fault.clear();
    await range.deliver();
    assert.deepEqual(countsIn(await range.files(), silent), [1, 1]);
    assert.ok((await range.notices()).some((key) => key.includes("/us-east-1/")));

    const gone = await range.put("silent-region", { region: "us-east-1", files: "lost" });
    const lost = await range.call(2, "us-east-1");
    await range.deliver();
    await gone.clear();
    await range.deliver();
    assert.deepEqual(countsIn(await range.files(), lost), [0, 0]);
  },
};

/** Log files cannot be written while the fault is on, which the trail's status says, and come when it is taken off. */
async function filesAreHeldUp(range: FaultRange, name: string, parameters: object, error: RegExp): Promise<void> {
  const fault = await range.put(name, parameters);
  const ids = await range.call(2);
  await range.deliver();
  assert.match((await range.status()).LatestDeliveryError ?? "", error);
  assert.equal(fault.done, 1);
  await fault.clear();
  await range.deliver();
  const { LatestDeliveryError, LatestDeliveryTime } = await range.status();
  assert.equal(LatestDeliveryError ?? "", "");
  assert.ok(LatestDeliveryTime);
  assert.deepEqual(countsIn(await range.files(), ids), [1, 1]);
  assert.ok((await range.notices()).length > 0);
}

/** Notices do not come through while the fault is on; the files do. */
async function noticesAreMissing(range: FaultRange, name: string, parameters: object, error: RegExp): Promise<void> {
  // What was delivered before has its notice, whenever that is looked at.
  await range.deliver();
  const before = new Set((await range.files()).keys());
  const fault = await range.put(name, parameters);
  const ids = await range.call(2);
  await range.deliver();
  assert.deepEqual(countsIn(await range.files(), ids), [1, 1]);
  assert.match((await range.status()).LatestNotificationError ?? "", error);
  const told = name === "removed-queue" ? [] : await range.notices();
  assert.deepEqual(
    told.filter((key) => !before.has(key)),
    [],
  );
  const clearing = fault.clear();
  // A queue's name is free again after a minute.
  range.advance(2);
  await clearing;
  await range.deliver();
  assert.equal((await range.status()).LatestNotificationError ?? "", "");
}

const removals: Readonly<Record<string, FaultCheck>> = {
  "removed-bucket-policy": (range) =>
    filesAreHeldUp(range, "removed-bucket-policy", { ...inAccount, bucket }, /^AccessDenied$/),
  "removed-bucket": (range) => filesAreHeldUp(range, "removed-bucket", { ...inAccount, bucket }, /^NoSuchBucket$/),
  "removed-topic-policy": (range) =>
    noticesAreMissing(range, "removed-topic-policy", { topic }, /^AuthorizationError$/),
  // A topic that is gone has no policy that would let CloudTrail in, and whoever is not let in is not told.
  "removed-topic": (range) => noticesAreMissing(range, "removed-topic", { topic }, /^NotFound$/),
  "removed-subscription": (range) => noticesAreMissing(range, "removed-subscription", { topic }, /^$/),
  "removed-queue": (range) => noticesAreMissing(range, "removed-queue", { queue }, /^$/),
  async "disabled-key"(range) {
    await filesAreHeldUp(range, "disabled-key", { key: range.key }, /^KMS|Disabled/);
    await filesAreHeldUp(range, "disabled-key", { key: range.key, how: "scheduled-for-deletion" }, /^KMS/);
  },
};

/** Calls are answered with an error, which is recorded as one. */
async function callsFail(range: FaultRange, name: string, code: string): Promise<void> {
  const fault = await range.put(name, { share: 1, operations: ["iam:ListUsers"], account: accountId });
  assert.deepEqual(await range.codes(2, "ListUsers"), [code, code]);
  assert.deepEqual(await range.codes(1, "ListRoles"), [""]);
  assert.equal(fault.done, 2);
  await fault.clear();
  assert.deepEqual(await range.codes(1, "ListUsers"), [""]);
  await range.deliver();
  const all = [...(await range.files()).values()].flatMap(recordsOf);
  const listed = all.filter(({ eventName }) => eventName === "ListUsers").map(({ errorCode }) => errorCode ?? "");
  assert.deepEqual(listed.toSorted(), ["", code, code].map((one) => (one === "" ? one : recorded(one))).toSorted());
  await range.notices();
}

/** IAM's errors are recorded by their names. */
function recorded(code: string): string {
  return code === "ServiceFailure" ? "ServiceFailureException" : code;
}

const calls: Readonly<Record<string, FaultCheck>> = {
  throttling: (range) => callsFail(range, "throttling", "Throttling"),
  "internal-errors": (range) => callsFail(range, "internal-errors", "ServiceFailure"),
};

/** What is seen of each fault, by its name. */
export const faultChecks: Readonly<Record<string, FaultCheck>> = { ...notices, ...files, ...removals, ...calls };
