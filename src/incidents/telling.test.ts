import assert from "node:assert/strict";
import { test } from "node:test";
import { hour, MadeWorld, minute, noon, user } from "./made-world.fixture.ts";

test("a title names who, from where, and the two or three worst things", async () => {
  const world = new MadeWorld();
  const from = { ip: "203.0.113.5" };
  world.one({ ...from, at: noon, rule: "r1", level: "high", title: "An IAM user is made", tags: ["attack.t1136.003"] });
  world.one({ ...from, at: noon + 5 * minute, rule: "r2", level: "critical", title: "CloudTrail logging is stopped" });
  world.one({ ...from, at: noon + 6 * minute, rule: "r3", title: "S3 objects are deleted in bulk" });
  world.one({ ...from, at: noon + 7 * minute, rule: "r4", title: "Something else" });
  await world.take();
  const [incident] = await world.incidents.list({}, { limit: 1 });
  assert.equal(
    incident?.title,
    "alice (AKIAALICEALICEALICE) from 203.0.113.5: CloudTrail logging is stopped; an IAM user is made; S3 objects are deleted in bulk and 1 more",
  );
  assert.match(
    incident?.summary ?? "",
    /^Between 2026-11-21 12:00 UTC and 2026-11-21 12:07 UTC alice \(AKIA.*\) from 203\.0\.113\.5 set off 4 rules in 111122223333: /,
  );
  assert.match(
    incident?.summary ?? "",
    /: CloudTrail logging is stopped; an IAM user is made; S3 objects are deleted in bulk\.$/,
  );
  assert.deepEqual(incident?.techniques, ["T1136.003"]);
});

test("severity is the worst finding's, a step more for three tactics of one actor with a grave one among them", async () => {
  const world = new MadeWorld();
  const step = (tactic: string, who = "alice") =>
    world.one({ at: noon, rule: tactic + who, tags: [`attack.${tactic}`], identity: user(who), ip: "203.0.113.5" });
  const severity = async () => (await world.incidents.list({}, { limit: 1 }))[0]?.severity;
  step("persistence");
  step("discovery");
  step("exfiltration", "bob");
  await world.take();
  assert.equal(await severity(), "medium");
  step("defense_evasion");
  await world.take();
  assert.equal(await severity(), "high");
  const [incident] = await world.incidents.list({}, { limit: 1 });
  assert.deepEqual(incident?.tactics, ["persistence", "defense-evasion", "discovery", "exfiltration"]);
  const history = (await world.incidents.get("INC-1"))?.history.map(({ kind, sentence }) => `${kind}: ${sentence}`);
  assert.deepEqual(history?.slice(1), [
    "grew: It grew: 1 more finding, 1 more event",
    "severity: Severity rose from medium to high",
  ]);
});

test("repeats update an incident, and its history says so once an hour at most", async () => {
  const world = new MadeWorld();
  const events = [world.event({ at: noon })];
  world.find({ id: "f", events });
  await world.take();
  for (let number = 1; number <= 130; number += 1) {
    events.push(world.event({ at: noon + number * minute }));
    world.find({ id: "f", events });
    world.clock.advance(minute);
    await world.take();
  }
  const incident = await world.incidents.get("INC-1");
  assert.deepEqual([incident?.findings, incident?.events, incident?.lastAt], [1, 131, noon + 130 * minute]);
  assert.deepEqual(
    incident?.history.map(({ kind }) => kind),
    ["opened", "grew", "grew"],
  );
});

test("an event that two rules hit is one event, told with both rules' titles, oldest first", async () => {
  const world = new MadeWorld();
  const [late, early] = [world.event({ at: noon + hour }), world.event({ at: noon })];
  world.find({ rule: "r1", title: "First", events: [late, early] });
  world.find({ rule: "r2", title: "Second", events: [late] });
  await world.take();
  const incident = await world.incidents.get("inc-1");
  assert.equal(incident?.events, 2);
  assert.deepEqual(
    incident?.timeline.map(({ time, rules }) => [time, rules]),
    [
      [noon, ["First"]],
      [noon + hour, ["Second", "First"]],
    ],
  );
  assert.deepEqual(incident?.entities.find(({ kind }) => kind === "actor")?.events, 2);
  assert.deepEqual(
    incident?.parts.map(({ events }) => events.length),
    [1, 2],
  );
});

test("a noisy actor with ten thousand hits costs no more than its first hundred", async () => {
  const world = new MadeWorld();
  const events = Array.from({ length: 10_000 }, (_, number) => world.event({ at: noon + number * 1_000 }));
  world.find({ id: "noisy", events });
  world.find({ id: "other", rule: "other", events: events.slice(-1) });
  await world.take();
  assert.ok(world.eventsRead <= 101, String(world.eventsRead));
  const incident = await world.incidents.get("INC-1");
  assert.equal(incident?.timeline.length, 1_000);
  assert.equal(incident?.timeline.at(-1)?.time, noon + 9_999_000);
  assert.ok((incident?.events ?? 0) >= 10_000);
  assert.ok(JSON.stringify(await world.table.partsOf(["id-1"], 500)).length < 50_000);
});

test("what is known of the actor is told, and what else they were in", async () => {
  const world = new MadeWorld();
  world.one({ at: noon });
  world.one({ at: noon - 60 * hour });
  await world.take();
  const incident = await world.incidents.get("INC-1");
  const [actor] = incident?.actors ?? [];
  assert.deepEqual([actor?.name, actor?.events30d, actor?.otherIncidents], ["alice", 7, ["INC-2"]]);
  assert.deepEqual(actor?.lineage, ["alice with AKIAALICEALICEALICE"]);
});

test("of more findings than are looked at, all are counted, and what was told of the first ones stays told", async () => {
  const world = new MadeWorld();
  for (let number = 0; number < 700; number += 1) {
    const tags = number === 0 ? ["attack.impact", "attack.t1485"] : ["attack.discovery"];
    world.one({ at: noon + number * 1_000, id: `f-${number}`, rule: `rule-${number % 40}`, tags });
  }
  await world.take();
  const [incident, ...others] = await world.incidents.list({}, { limit: 5 });
  assert.deepEqual([incident?.findings, incident?.events, others.length], [700, 700, 0]);
  assert.deepEqual([incident?.tactics, incident?.techniques], [["discovery", "impact"], ["T1485"]]);
  assert.match(incident?.summary ?? "", /^Between 2026-11-21 12:00 UTC and 2026-11-21 12:11 UTC/);
  assert.equal((await world.incidents.get("INC-1"))?.parts.length, 500);
});
