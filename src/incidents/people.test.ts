import assert from "node:assert/strict";
import { test } from "node:test";
import { day, hour, MadeWorld, minute, noon, user } from "./made-world.fixture.ts";

const refusedWith = (code: string, message: RegExp) => (error: unknown) => {
  const { code: own, message: said } = error as { code?: string; message?: string };
  assert.equal(own, code);
  assert.match(said ?? "", message);
  return true;
};
const refused = (message: RegExp) => refusedWith("incident-change-refused", message);

async function opened(): Promise<MadeWorld> {
  const world = new MadeWorld();
  world.one({ at: noon, id: "a" });
  world.one({ at: noon + minute, id: "b", rule: "rule-b" });
  await world.take();
  return world;
}

test("state, owner, severity and comments are changed, each with a line of who did it", async () => {
  const world = await opened();
  const { incidents } = world;
  let told = 0;
  const stop = incidents.onChange(() => (told += 1));
  await incidents.change("INC-1", { kind: "owner", owner: "mary" }, "mary");
  await incidents.change("1", { kind: "state", state: "triaged" }, "mary");
  await incidents.change("id-1", { kind: "severity", severity: "low" }, "mary");
  await incidents.change("inc-1", { kind: "comment", comment: " seen  " }, "bob");
  const closed = await incidents.change("INC-1", { kind: "state", state: "closed", closedAs: "resolved" }, "bob");
  assert.deepEqual(
    [closed.state, closed.closedAs, closed.owner, closed.severity],
    ["closed", "resolved", "mary", "low"],
  );
  const { history = [] } = (await incidents.get("INC-1")) ?? {};
  assert.deepEqual(
    history.slice(1).map(({ kind, by, sentence }) => [kind, by, sentence]),
    [
      ["owner", "mary", "Its owner is mary"],
      ["state", "mary", "Now triaged"],
      ["severity", "mary", "Severity set from medium to low"],
      ["comment", "bob", "seen"],
      ["state", "bob", "Closed as resolved"],
    ],
  );
  assert.equal(told, 5);
  stop();
});

test("a person's word on the severity stays, whatever comes", async () => {
  const world = await opened();
  await world.incidents.change("INC-1", { kind: "severity", severity: "low" }, "mary");
  world.one({ at: noon + hour, rule: "rule-c", level: "critical" });
  await world.take();
  assert.equal((await world.incidents.get("INC-1"))?.severity, "low");
});

test("what makes no sense is refused, and says so", async () => {
  const world = await opened();
  const { incidents } = world;
  const change = incidents.change.bind(incidents);
  await assert.rejects(
    change("INC-9", { kind: "comment", comment: "x" }, "m"),
    refusedWith("incident-unknown", /INC-9/),
  );
  await assert.rejects(change("INC-1", { kind: "state", state: "closed" }, "m"), refused(/without a reason/));
  await assert.rejects(change("INC-1", { kind: "state", state: "new" }, "m"), refused(/is new already/));
  await assert.rejects(change("INC-1", { kind: "comment", comment: " " }, "m"), refused(/says something/));
  await assert.rejects(change("INC-1", { kind: "comment", comment: "x".repeat(10_001) }, "m"), refused(/at most/));
  await assert.rejects(incidents.merge("INC-1", ["INC-1"], "m"), refused(/part of itself/));
  await assert.rejects(incidents.merge("INC-1", [], "m"), refused(/Nothing is named/));
  await assert.rejects(incidents.split("INC-1", ["a", "b"], "m"), refused(/All findings/));
  await assert.rejects(incidents.split("INC-1", ["z"], "m"), refused(/no finding z/));
  await assert.rejects(incidents.split("INC-1", [], "m"), refused(/No finding is named/));
  assert.equal((await incidents.get("INC-1"))?.history.length, 1);
});

test("a merge by hand takes others in, and they are no incidents any more", async () => {
  const world = await opened();
  world.one({ at: noon, id: "c", identity: user("bob"), level: "high" });
  await world.take();
  const into = await world.incidents.merge("INC-2", ["INC-1", "INC-1"], "mary");
  assert.deepEqual([into.name, into.findings, into.severity], ["INC-2", 3, "high"]);
  assert.deepEqual(world.groups, [["a", "b", "c"]]);
  assert.deepEqual(await world.incidents.count({}), { new: 1 });
  await assert.rejects(
    world.incidents.change("INC-1", { kind: "comment", comment: "x" }, "m"),
    refused(/became a part of another/),
  );
  world.one({ at: noon + hour, id: "d", rule: "rule-d" });
  await world.take();
  assert.deepEqual(world.groups, [["a", "b", "c", "d"]]);
});

test("what a person took apart stays apart, though it shares its actor; a person may bring it together again", async () => {
  const world = await opened();
  const apart = await world.incidents.split("INC-1", ["b"], "mary");
  assert.deepEqual([apart.name, apart.findings], ["INC-2", 1]);
  assert.deepEqual(world.groups, [["a"], ["b"]]);
  for (const [id, rule] of [
    ["a", "rule-a"],
    ["b", "rule-b"],
  ] as const) {
    world.find({ id, rule, events: [world.event({ at: noon }), world.event({ at: noon + hour })] });
    await world.take();
  }
  world.one({ at: noon + 2 * hour, id: "c", rule: "rule-c" });
  await world.take();
  assert.deepEqual(world.groups, [["a", "c"], ["b"]]);
  const first = await world.incidents.get("INC-1");
  assert.equal(first?.findings, 2);
  assert.ok(first?.history.some(({ by, sentence }) => by === "mary" && sentence === "1 finding taken apart as INC-2"));
  await world.incidents.merge("INC-1", ["INC-2"], "mary");
  assert.deepEqual(world.groups, [["a", "b", "c"]]);
});

test("what goes on with a part that was taken out goes on there", async () => {
  const world = new MadeWorld();
  const ip = "203.0.113.5";
  world.one({ at: noon, id: "a", ip });
  world.one({ at: noon + minute, id: "b", ip, identity: user("bob") });
  await world.take();
  assert.deepEqual(world.groups, [["a", "b"]]);
  await world.incidents.split("INC-1", ["b"], "mary");
  world.one({ at: noon + 3 * hour, id: "c", identity: user("bob"), rule: "rule-c" });
  world.one({ at: noon + 3 * hour, id: "d", rule: "rule-d" });
  await world.take();
  assert.deepEqual(world.groups, [
    ["a", "d"],
    ["b", "c"],
  ]);
  assert.equal((await world.incidents.get("INC-1"))?.accountIds.length, 1);
});

test("a closed incident is open again when the same finding goes on; another finding opens another", async () => {
  const world = await opened();
  await world.incidents.change("INC-1", { kind: "state", state: "closed", closedAs: "resolved" }, "mary");
  world.one({ at: noon + 2 * hour + minute, id: "c", rule: "rule-c" });
  await world.take();
  assert.deepEqual(world.groups, [["a", "b"], ["c"]]);
  world.find({ id: "a", events: [world.event({ at: noon }), world.event({ at: noon + hour })] });
  await world.take();
  assert.equal((await world.incidents.get("INC-1"))?.state, "closed", "what happened before it was closed");
  world.find({ id: "a", events: [world.event({ at: noon }), world.event({ at: noon + 3 * hour })] });
  await world.take();
  // The two share their actor: the older takes the younger in.
  assert.deepEqual(world.groups, [["a", "b", "c"]]);
  const incident = await world.incidents.get("INC-1");
  assert.deepEqual([incident?.state, incident?.closedAs], ["new", undefined]);
  assert.ok(incident?.history.some(({ kind }) => kind === "reopened"));
});

test("what was closed as no matter is silent for its rule and actor, a week where the rule says nothing", async () => {
  const world = await opened();
  await world.incidents.change("INC-1", { kind: "state", state: "closed", closedAs: "false-positive" }, "mary");
  world.one({ at: noon + 3 * hour, id: "again" });
  world.one({ at: noon + 3 * hour, id: "other-actor", identity: user("bob") });
  world.one({ at: noon + 3 * hour, id: "other-rule", rule: "rule-c" });
  world.find({ id: "a", events: [world.event({ at: noon }), world.event({ at: noon + 4 * hour })] });
  await world.take();
  assert.deepEqual(world.groups, [["a", "b"], ["other-actor"], ["other-rule"]]);
  assert.equal((await world.incidents.get("INC-1"))?.state, "closed");
  world.one({ at: noon + 2 * hour + 8 * day, id: "later" });
  await world.take();
  assert.ok(world.groups.some((group) => group.includes("later")));
  world.suppressForMs = hour;
  world.one({ at: noon + 3 * hour + minute, id: "soon" });
  await world.take();
  assert.ok(world.groups.some((group) => group.includes("soon")));
});

test("an incident that was closed as no matter and is opened again mutes nothing any more", async () => {
  const world = await opened();
  await world.incidents.change("INC-1", { kind: "state", state: "closed", closedAs: "expected" }, "mary");
  await world.incidents.change("INC-1", { kind: "state", state: "triaged" }, "mary");
  world.one({ at: noon + hour, id: "again" });
  await world.take();
  assert.deepEqual(world.groups, [["a", "again", "b"]]);
});

test("what is silenced opens nothing until the silence ends, by itself or by hand", async () => {
  const world = new MadeWorld();
  const { incidents } = world;
  const until = world.clock.now() + hour;
  const silence = await incidents.silence({
    scope: { rule: "rule-a", actor: "alice" },
    until,
    reason: "a test",
    by: "m",
  });
  const forBob = await incidents.silence({ scope: { actor: "bob" }, until, reason: "a test", by: "m" });
  assert.deepEqual((await incidents.silences()).length, 2);
  world.one({ at: noon, id: "a" });
  world.one({ at: noon, id: "b", rule: "rule-b" });
  world.one({ at: noon, id: "c", identity: user("bob") });
  await world.take();
  assert.deepEqual(world.groups, [["b"]]);
  await incidents.endSilence(forBob.id);
  world.clock.advance(2 * hour);
  assert.deepEqual(await incidents.silences(), []);
  world.one({ at: noon + hour, id: "a" });
  world.one({ at: noon + hour, id: "c", identity: user("bob") });
  await world.take();
  assert.deepEqual(world.groups, [["a", "b"], ["c"]]);
  assert.equal(silence.reason, "a test");
});

test("a silence about nothing, without a reason or an end to come is refused; one that is not there is unknown", async () => {
  const { incidents, clock } = new MadeWorld();
  const ask = { scope: { rule: "r" }, until: clock.now() + hour, reason: "why", by: "m" };
  const is = (message: RegExp) => refusedWith("silence-refused", message);
  await assert.rejects(incidents.silence({ ...ask, scope: { rule: " " } }), is(/about something/));
  await assert.rejects(incidents.silence({ ...ask, until: clock.now() }), is(/later than now/));
  await assert.rejects(incidents.silence({ ...ask, until: clock.now() + 400 * day }), is(/within a year/));
  await assert.rejects(incidents.silence({ ...ask, reason: "" }), is(/has a reason/));
  await assert.rejects(incidents.endSilence("x"), refusedWith("silence-unknown", /no silence x/));
});
