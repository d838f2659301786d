import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { openSandbox, sandboxAccount, sandboxRegion, type TestSandbox } from "../../../sandbox/sandbox.fixture.ts";
import { openStoredPlace } from "../source-place.fixture.ts";
import { lookupSource } from "./lookup-source.ts";

const minute = 60_000;

async function openLookup(sandbox: TestSandbox, fields: Readonly<Record<string, unknown>> = {}) {
  const { clock, url } = sandbox.sandbox;
  const { accessKeyId, secretAccessKey } = sandbox.sandbox.administrator(sandboxAccount);
  const settings = lookupSource.settings.parse({
    ...{ region: sandboxRegion, endpoint: url, days: 2, everySeconds: 10 },
    ...fields,
  });
  const place = await openStoredPlace({ clock, secrets: { accessKeyId, secretAccessKey }, access: settings });
  return { ...place, settings };
}

test("calls that were made are found in every region, once, without any trail", async () => {
  await using sandbox = await openSandbox();
  const { clock } = sandbox.sandbox;
  const names = Array.from({ length: 70 }, (_, number) => `lookup-${number}`);
  const iam = await sandbox.client("iam");
  for (const UserName of names) await iam.call("CreateUser", { UserName });
  const sqs = await sandbox.client("sqs");
  await sqs.call("CreateQueue", { QueueName: "lookup" });
  clock.advance(40 * minute);
  await using place = await openLookup(sandbox, { regions: [sandboxRegion, "us-east-1"] });
  const running = lookupSource.run(place.settings, place.context);
  running.catch(() => undefined);
  const count = async (eventName: string) => {
    const rows = await Array.fromAsync(place.store.streamRaw({ predicate: { kind: "all" }, order: "oldest" }), (raw) =>
      raw.toString(),
    );
    return rows.filter((raw) => raw.includes(`"eventName":"${eventName}"`)).length;
  };
  const found = async () => [await count("CreateUser"), await count("CreateQueue")].join();
  const until = Date.now() + 60_000;
  while ((await found()) !== "70,1" && Date.now() < until) await pause(100);
  assert.equal(await found(), "70,1");
  assert.deepEqual(place.watch.troubles, []);

  await sqs.call("CreateQueue", { QueueName: "later" });
  // Time goes on until it is found: the source may just be on its way from its last look into its wait.
  while ((await found()) !== "70,2" && Date.now() < until) {
    clock.advance(20 * minute);
    await pause(100);
  }
  assert.equal(await found(), "70,2");
  place.stopping.abort(new DOMException("Stopped", "AbortError"));
  await assert.rejects(running, { name: "AbortError" });
  const [file] = await place.store.logFiles(1);
  assert.match(file?.name ?? "", /^lookup:\/\/111122223333\/(eu-central-1|us-east-1)\//);
  assert.deepEqual(
    (await place.state.accounts.list()).map(({ id }) => id),
    [sandboxAccount],
  );
  assert.deepEqual(sandbox.troubles, []);
});

test("a check says whose history it is and in how many regions it can be read, or what is missing", async () => {
  await using sandbox = await openSandbox();
  await using place = await openLookup(sandbox);
  const { settings } = place;
  const sentences = async (given: typeof settings, context = place.context) =>
    Array.fromAsync(lookupSource.check(given, context), ({ isGood, sentence }) => `${isGood ? "✓" : "✗"} ${sentence}`);
  const [account, regions] = await sentences(settings);
  assert.equal(account, `✓ The credentials are of account ${sandboxAccount}`);
  assert.match(regions ?? "", /^✓ The event history can be read in \d+ regions$/);
  assert.deepEqual(await sentences({ ...settings, accountId: "999988887777" }), [
    `✗ The credentials are of account ${sandboxAccount}, not of 999988887777`,
  ]);

  const iam = await sandbox.client("iam");
  await iam.call("CreateUser", { UserName: "nobody" });
  const { AccessKey } = await iam.call("CreateAccessKey", { UserName: "nobody" });
  const secrets = {
    accessKeyId: AccessKey?.AccessKeyId ?? "",
    secretAccessKey: AccessKey?.SecretAccessKey ?? "",
  };
  await using narrow = await openStoredPlace({ clock: sandbox.sandbox.clock, secrets, access: settings });
  const refused = await sentences(settings, narrow.context);
  assert.equal(refused.length, 3);
  assert.match(refused[1] ?? "", /^✓ The enabled regions are not known, so 17 are looked up/);
  assert.match(refused[2] ?? "", /^✗ The event history in \S+ may not be used: .*cloudtrail:LookupEvents/);
});
