import assert from "node:assert/strict";
import { test } from "node:test";
import { incidentNews } from "./incident-news.ts";
import { day, hour, MadeWorld, noon, user } from "./made-world.fixture.ts";

async function newsOf(world: MadeWorld, position?: unknown) {
  const { notices, position: next } = await incidentNews(world.table).since(position, 100);
  return { next, notices, short: notices.map(({ state, severity, thread }) => `${thread} ${state} ${severity}`) };
}

test("opened, rose, changed, closed and reopened are news, in their order; comments and growth are not", async () => {
  const world = new MadeWorld();
  world.one({ at: noon });
  await world.take();
  const first = await newsOf(world);
  assert.deepEqual(first.short, ["id-1 opened medium"]);
  const [notice] = first.notices;
  assert.match(notice?.title ?? "", /^INC-1: alice/);
  assert.deepEqual([notice?.kind, notice?.path, notice?.rules], ["incident", "/incidents/id-1", ["rule-a"]]);
  world.one({ at: noon, rule: "worse", level: "critical" });
  await world.take();
  await world.incidents.change("INC-1", { kind: "comment", comment: "hm" }, "mary");
  await world.incidents.change("INC-1", { kind: "state", state: "contained" }, "mary");
  await world.incidents.change("INC-1", { kind: "state", state: "closed", closedAs: "resolved" }, "mary");
  await world.incidents.change("INC-1", { kind: "state", state: "new" }, "mary");
  const rest = await newsOf(world, first.next);
  assert.deepEqual(rest.short, [
    "id-1 changed critical",
    "id-1 changed critical",
    "id-1 ended critical",
    "id-1 opened critical",
  ]);
  assert.equal(new Set([...first.notices, ...rest.notices].map(({ id }) => id)).size, 5);
  assert.deepEqual((await newsOf(world, rest.next)).short, []);
});

test("it goes on where it stopped, however few are asked for", async () => {
  const world = new MadeWorld();
  for (const name of ["u1", "u2", "u3"]) world.one({ at: noon, identity: user(name) });
  await world.take();
  const news = incidentNews(world.table);
  let position: unknown;
  const threads: string[] = [];
  for (let turn = 0; turn < 5; turn += 1) {
    const some = await news.since(position, 1);
    threads.push(...some.notices.map(({ thread }) => thread));
    position = some.position;
  }
  assert.deepEqual(threads, ["id-1", "id-2", "id-3"]);
});

test("who is silenced is not told of, and what is long over says so", async () => {
  const world = new MadeWorld();
  world.clock.advance(4 * day);
  world.one({ at: noon });
  world.one({ at: world.clock.now() - hour, identity: user("bob") });
  await world.take();
  const { notices } = await newsOf(world);
  const isHistory = notices.map(({ facts }) => facts.some(({ label }) => label === "isHistory"));
  assert.deepEqual(isHistory, [true, false]);
  await world.incidents.change("INC-1", { kind: "silence", until: world.clock.now() + hour }, "mary");
  const before = (await newsOf(world)).next;
  await world.incidents.change("INC-1", { kind: "state", state: "triaged" }, "mary");
  assert.deepEqual((await newsOf(world, before)).short, []);
  world.clock.advance(2 * hour);
  await world.incidents.change("INC-1", { kind: "state", state: "contained" }, "mary");
  assert.deepEqual((await newsOf(world, before)).short, ["id-1 changed medium"]);
});

test("one that became a part of another has ended", async () => {
  const world = new MadeWorld();
  world.one({ at: noon });
  world.one({ at: noon, identity: user("bob") });
  await world.take();
  const { next } = await newsOf(world);
  await world.incidents.merge("INC-1", ["INC-2"], "mary");
  assert.deepEqual((await newsOf(world, next)).short, ["id-2 ended medium"]);
});
