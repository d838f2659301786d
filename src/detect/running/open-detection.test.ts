import assert from "node:assert/strict";
import { test } from "node:test";
import type { Predicate } from "../../predicate/index.ts";
import { inForceOf, made, madeRules, makeWorld, never, start, told } from "./detected.fixture.ts";
import type { HitFacts } from "./detection.ts";

const minute = 60_000;

test("what is stored is judged once, and its findings say what happened and who did it", async () => {
  const world = makeWorld();
  await using detection = world.open();
  let changes = 0;
  detection.onFindings(() => (changes += 1));
  world.store.deliver([made(1, "CreateAccessKey", 0), made(2, "ListUsers", 1), made(3, "CreateAccessKey", 60)]);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), ["key-made bob 0-60 2: 1 3"]);
  assert.equal(changes, 1);
  assert.equal(world.store.waiting, 0);
  const [hit] = world.findings.hits;
  assert.deepEqual(
    [hit?.rule, hit?.event, hit?.events, hit?.accountId, hit?.region, hit?.actor, hit?.level, hit?.outcome],
    [
      "key-made",
      "111122223333/00000000-0000-4000-8000-000000000001",
      ["111122223333/00000000-0000-4000-8000-000000000001"],
      ...["111122223333", "eu-central-1", "user/bob", "medium", "incident"],
    ],
  );
  const facts = hit?.content as HitFacts;
  assert.deepEqual(
    [facts.of, facts.title, facts.eventName, facts.actorName],
    ["rule", "key-made", "CreateAccessKey", "bob"],
  );
  world.store.unmark();
  await detection.judgeNow(never);
  assert.equal(world.findings.hits.length, 2);
});

test("a rule that names no event is asked of all; one that only serves a correlation finds nothing alone", async () => {
  const world = makeWorld();
  await using detection = world.open();
  world.store.deliver([made(1, "ListUsers", 0, { sourceIPAddress: "198.51.100.7" }), made(2, "Refused", 1)]);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), ["from-net bob 0-0 1: 1"]);
});

test("a correlation is told with the events behind it, and further ones join its story", async () => {
  const world = makeWorld();
  await using detection = world.open();
  world.store.deliver([made(1, "Refused", 0), made(2, "Refused", 10)]);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), []);
  world.store.deliver([made(3, "Refused", 20), made(4, "Refused", 5, { user: "mary" })]);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), ["many bob 0-20 3: 1 2 3"]);
  world.store.deliver([made(5, "Refused", 300), made(6, "Entered", 320)]);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), ["broken-in bob 0-320 5: 1 2 3 5 6", "many bob 0-300 4: 1 2 3 5"]);
  const facts = world.findings.hits.find(({ rule }) => rule === "many")?.content as HitFacts;
  assert.deepEqual([facts.of, facts.value, facts.groupBy], ["correlation", 3, [{ field: "user", value: "bob" }]]);
});

test("a condition that more events could undo waits a quarter of an hour of event time, or of quiet", async () => {
  const world = makeWorld(madeRules, start + 30 * minute);
  await using detection = world.open();
  world.store.deliver([made(1, "Rare", 0), made(2, "Rare", 10)]);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), []);
  world.clock.advance(14 * minute);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), []);
  world.clock.advance(1 * minute);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), ["few bob 0-10 2: 1 2"]);
});

test("an event from the future does not make the others late", async () => {
  const world = makeWorld(madeRules, start + 5 * minute);
  await using detection = world.open();
  world.store.deliver([made(1, "Rare", 86_400 * 365), made(2, "Rare", 0)]);
  await detection.judgeNow(never);
  world.store.deliver([made(3, "Rare", 10)]);
  await detection.judgeNow(never);
  assert.deepEqual(await world.findings.spans(), []);
  world.clock.advance(30 * minute);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), ["few bob 0-10 2: 2 3"]);
});

test("after a start, correlations remember what came before it", async () => {
  const world = makeWorld();
  world.store.deliver([made(1, "Refused", 0), made(2, "Refused", 10)]);
  {
    await using detection = world.open();
    await detection.judgeNow(never);
  }
  await using detection = world.open();
  world.store.deliver([made(3, "Refused", 20)]);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), ["many bob 0-20 3: 1 2 3"]);
});

test("what comes later than correlations remember makes a span that is judged once more, from what is stored", async () => {
  const world = makeWorld(madeRules, start + 48 * 60 * minute);
  await using detection = world.open();
  world.store.deliver([made(1, "Refused", 0), made(2, "Rare", 10), made(3, "ListUsers", 86_400)]);
  world.store.deliver([made(4, "Refused", 86_400)]);
  await detection.judgeNow(never);
  world.store.deliver([made(5, "Refused", 20), made(6, "Refused", 30), made(7, "Rare", 40)]);
  world.findings.failure = (hits) => assert.ok(!hits.some(({ rule }) => rule === "many"), "Not now");
  await assert.rejects(detection.judgeNow(never));
  // It stays to be judged until it is.
  const [span] = await world.findings.spans();
  assert.deepEqual([span?.from, span?.to], [start + 20_000, start + 630_000]);
  world.findings.failure = undefined;
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), ["few bob 10-40 2: 2 7", "many bob 0-30 3: 1 5 6"]);
  assert.deepEqual(await world.findings.spans(), []);
});

test("an event that cannot be read is counted, and keeps nothing else waiting", async () => {
  const world = makeWorld();
  await using detection = world.open();
  world.store.deliver([Buffer.from("no JSON"), made(1, "CreateAccessKey", 0)]);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), ["key-made bob 0-0 1: 1"]);
  assert.equal((await detection.status()).problem, "1 events could not be judged");
  assert.equal(world.failures.length, 1);
  assert.equal(world.store.waiting, 0);
});

test("when hits cannot be written nothing is lost, also not what correlations had taken", async () => {
  const world = makeWorld();
  await using detection = world.open();
  world.store.deliver([made(1, "Refused", 0), made(2, "Refused", 10), made(3, "Refused", 20)]);
  world.findings.failure = () => assert.fail("The state is away");
  await assert.rejects(detection.judgeNow(never), /The state is away/);
  assert.match((await detection.status()).problem ?? "", /The state is away/);
  world.findings.failure = undefined;
  world.clock.advance(minute);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), ["many bob 0-20 3: 1 2 3"]);
  assert.equal((await detection.status()).problem, undefined);
});

test("a log file that fails again and again waits by itself while the others are judged", async () => {
  const world = makeWorld();
  await using detection = world.open();
  for (const number of [1, 2, 3, 4, 5]) world.store.deliver([made(number, "CreateAccessKey", number)]);
  let isBad = true;
  world.store.failure = (what, files) => {
    if (isBad && what === "events" && files.some(({ number }) => number === 3)) throw new Error("Cannot be read");
  };
  for (let tries = 0; tries < 10; tries += 1) await detection.judgeNow(never).catch(() => undefined);
  assert.deepEqual(told(world.findings), ["key-made bob 1-5 4: 1 2 4 5"]);
  assert.match((await detection.status()).problem ?? "", /1 log files cannot be judged/);
  isBad = false;
  world.clock.advance(60 * minute);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), ["key-made bob 1-5 5: 1 2 3 4 5"]);
  assert.equal((await detection.status()).problem, undefined);
});

test("of many events only those are looked at that rules may match", async () => {
  const world = makeWorld(
    madeRules.replaceAll("eventName: CreateAccessKey", "eventName: GetObject, errorCode: AccessDenied"),
  );
  await using detection = world.open();
  const given: number[] = [];
  for (const from of [1, 3_001, 6_001]) {
    const fieldsOf = (index: number) => (index === 8 ? { errorCode: "AccessDenied" } : {});
    const nameOf = (index: number) => (index % 2 === 0 ? "GetObject" : "ListUsers");
    world.store.deliver(
      Array.from({ length: 3_000 }, (_, index) => made(from + index, nameOf(index), from + index, fieldsOf(index))),
    );
    const before = world.store.asked.given;
    await detection.judgeNow(never);
    given.push(world.store.asked.given - before);
  }
  assert.deepEqual(told(world.findings), ["key-made bob 9-6009 3: 9 3009 6009"]);
  assert.deepEqual(given, [1_500, 1_500, 1_500]);
});

test("a rule that cannot be run keeps no other from being run, and is told", async () => {
  const world = makeWorld();
  await using detection = world.open();
  const { rules, ...rest } = inForceOf(madeRules);
  const endless: Predicate = { kind: "or", of: Array.from({ length: 5_000 }, () => ({ kind: "none" })) };
  world.change({
    ...rest,
    rules: rules.map((each) => (each.rule.key === "from-net" ? { ...each, predicate: endless } : each)),
  });
  world.store.deliver([made(1, "CreateAccessKey", 0, { sourceIPAddress: "198.51.100.7" })]);
  await detection.judgeNow(never);
  assert.deepEqual(told(world.findings), ["key-made bob 0-0 1: 1"]);
  assert.equal((await detection.status()).problem, "Rules that cannot be run: from-net");
});

test("rules that are settled anew count from the next round on", async () => {
  const world = makeWorld();
  await using detection = world.open();
  world.store.deliver([made(1, "CreateAccessKey", 0)]);
  await detection.judgeNow(never);
  world.change(inForceOf(madeRules.replaceAll("CreateAccessKey", "DeleteTrail"), { isStaged: true }));
  world.store.deliver([made(2, "CreateAccessKey", 1), made(3, "DeleteTrail", 2)]);
  await detection.judgeNow(never);
  assert.deepEqual(
    world.findings.hits.map(({ event, isStaged }) => [event.slice(-1), isStaged]),
    [
      ["1", false],
      ["3", true],
    ],
  );
});

test("it tells what waits and how many rules there are", async () => {
  const world = makeWorld();
  await using detection = world.open();
  world.store.deliver([made(1, "CreateAccessKey", 0), made(2, "CreateAccessKey", 0)]);
  const before = await detection.status();
  assert.deepEqual(
    [before.waitingLogFiles, before.waitingEvents, before.judgedAt, before.rules, before.correlations],
    [1, 2, undefined, 6, 5],
  );
  await detection.judgeNow(never);
  const after = await detection.status();
  assert.deepEqual([after.waitingLogFiles, after.judgedAt], [0, world.clock.now()]);
});

test("it judges by itself when it hears that something was stored, and looks by itself too", async () => {
  const world = makeWorld();
  await using detection = world.open({ everyMs: 3_000 });
  const nextFinding = () =>
    new Promise<void>((resolve) => {
      const stop = detection.onFindings(() => {
        stop();
        resolve();
      });
    });
  await detection.start();
  const heard = nextFinding();
  world.store.deliver([made(1, "CreateAccessKey", 0)]);
  detection.stored();
  await heard;
  await detection.judgeNow(never);
  const seen = nextFinding();
  world.store.deliver([made(2, "CreateAccessKey", 1)]);
  const looking = setInterval(() => world.clock.advance(3_000), 1);
  await seen;
  clearInterval(looking);
  await detection.stop();
  assert.equal(world.findings.hits.length, 2);
});
