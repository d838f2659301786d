import assert from "node:assert/strict";
import { test } from "node:test";
import { hour, MadeWorld, noon } from "./made-world.fixture.ts";

function changeOf(world: MadeWorld): Promise<void> {
  return new Promise((resolve) => {
    const stop = world.incidents.onChange(() => {
      stop();
      resolve();
    });
  });
}

test("it takes in what is there when it starts, and what is found at once, without the clock going on", async () => {
  const world = new MadeWorld();
  world.one({ at: noon, id: "a" });
  const first = changeOf(world);
  await world.incidents.start();
  await first;
  assert.deepEqual(world.groups, [["a"]]);
  const second = changeOf(world);
  world.one({ at: noon + hour, id: "b", rule: "rule-b" });
  world.incidents.found();
  await second;
  assert.deepEqual(world.groups, [["a", "b"]]);
  await world.incidents.stop();
  assert.deepEqual(world.failures, []);
});

test("a failure is told, and what could not be taken in is taken in the next time", async () => {
  const world = new MadeWorld();
  world.one({ at: noon, id: "a" });
  let fails = 1;
  world.table.beforeWrite = () => {
    if (fails > 0) throw new Error(`fails ${(fails -= 1)}`);
  };
  const told = changeOf(world);
  await world.incidents.start();
  while (world.failures.length === 0) await new Promise(setImmediate);
  world.incidents.found();
  await told;
  await world.incidents[Symbol.asyncDispose]();
  assert.deepEqual(world.groups, [["a"]]);
  assert.match(String(world.failures[0]), /fails 0/);
});

test("a change that comes while findings are taken in waits for its turn, and neither is lost", async () => {
  const world = new MadeWorld();
  world.one({ at: noon, id: "a" });
  await world.take();
  world.one({ at: noon + hour, id: "b", rule: "rule-b", level: "high" });
  await Promise.all([
    world.take(),
    world.incidents.change("INC-1", { kind: "owner", owner: "mary" }, "mary"),
    world.incidents.change("INC-1", { kind: "state", state: "triaged" }, "bob"),
  ]);
  const incident = await world.incidents.get("INC-1");
  assert.deepEqual(
    [incident?.owner, incident?.state, incident?.severity, incident?.findings],
    ["mary", "triaged", "high", 2],
  );
});

test("an incident is found by its id, its number and its name; what there is not is nothing", async () => {
  const world = new MadeWorld();
  world.one({ at: noon });
  await world.take();
  const names = ["id-1", "1", "INC-1", "inc-1"];
  for (const name of names) assert.equal((await world.incidents.get(name))?.id, "id-1");
  for (const name of ["INC-2", "", "INC-", "99999999999999999999"]) {
    assert.equal(await world.incidents.get(name), undefined);
  }
  assert.deepEqual(await world.incidents.incidentOf(["rule-a-000001", "none"]), new Map([["rule-a-000001", "id-1"]]));
});
