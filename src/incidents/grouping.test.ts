import assert from "node:assert/strict";
import { test } from "node:test";
import { account, day, hour, iam, MadeWorld, minute, noon, session, user } from "./made-world.fixture.ts";

test("findings of one actor within a day are one incident, of another actor or later another", async () => {
  const world = new MadeWorld();
  const first = world.one({ at: noon });
  const second = world.one({ at: noon + 20 * hour, rule: "rule-b" });
  const far = world.one({ at: noon + 20 * hour + 25 * hour, rule: "rule-c" });
  const other = world.one({ at: noon, identity: user("bob") });
  await world.take();
  assert.deepEqual(world.groups, [[first, second].sort(), [other], [far]].sort());
});

test("what comes late between two incidents makes them one, and the older keeps its name", async () => {
  const world = new MadeWorld();
  world.one({ at: noon, id: "a" });
  world.one({ at: noon + 40 * hour, id: "c", rule: "rule-c" });
  await world.take();
  assert.deepEqual(world.groups, [["a"], ["c"]]);
  world.one({ at: noon + 20 * hour, id: "b", rule: "rule-b" });
  await world.take();
  assert.deepEqual(world.groups, [["a", "b", "c"]]);
  const [incident, ...rest] = await world.incidents.list({}, { limit: 10 });
  assert.deepEqual([incident?.name, incident?.findings, rest.length], ["INC-1", 3, 0]);
  const gone = await world.incidents.get("INC-2");
  assert.deepEqual([gone?.state, gone?.mergedInto], ["closed", incident?.id]);
  const history = (await world.incidents.get("INC-1"))?.history ?? [];
  assert.ok(history.some(({ kind, sentence }) => kind === "merged" && sentence === "INC-2 became a part of this one"));
});

test("whoever acts through a role's session belongs to the story of who took the role on", async () => {
  const world = new MadeWorld();
  world.issued.set("ASIASESSIONSESSION1", user("alice", "AKIAALICEALICEALICE"));
  world.one({ at: noon, id: "a" });
  world.one({ at: noon + minute, id: "b", identity: session("Deploy", "run-17-xyz", "ASIASESSIONSESSION1") });
  await world.take();
  assert.deepEqual(world.groups, [["a", "b"]]);
  const [incident] = await world.incidents.list({}, { limit: 1 });
  assert.ok(incident?.entities.some(({ kind, label }) => kind === "root-actor" && label === "alice"));
});

test("whoever uses a credential that the actor gave out belongs to the story", async () => {
  const world = new MadeWorld();
  world.one({
    ...{ at: noon, id: "a", name: "CreateAccessKey", parameters: { userName: "carol" } },
    answer: { accessKey: { accessKeyId: "AKIACAROLCAROLCAROL", userName: "carol" } },
  });
  world.one({ at: noon + hour, id: "b", identity: user("dave", "AKIACAROLCAROLCAROL") });
  world.one({ at: noon + hour, id: "c", identity: user("carol") });
  world.one({ at: noon + hour, id: "d", identity: user("erin") });
  await world.take();
  assert.deepEqual(world.groups, [["a", "b", "c"], ["d"]]);
});

test("a role that was opened links with who takes it on, whoever that is; its usual users do not link with each other", async () => {
  const world = new MadeWorld();
  const inRole = (name: string, key: string) => session("Backdoor", name, key);
  world.one({ at: noon, id: "b", identity: inRole("mary.major", "ASIAAAAAAAAAAAAAAA1") });
  world.one({ at: noon, id: "c", identity: inRole("john.doe", "ASIAAAAAAAAAAAAAAA2") });
  await world.take();
  assert.deepEqual(world.groups, [["b"], ["c"]]);
  world.one({ at: noon - hour, id: "a", name: "UpdateAssumeRolePolicy", parameters: { roleName: "Backdoor" } });
  await world.take();
  assert.deepEqual(world.groups, [["a", "b", "c"]]);
});

test("a resource of its own links two actors; what everybody shares does not", async () => {
  const world = new MadeWorld();
  const touch = (id: string, name: string, more: object) =>
    world.one({ at: noon, id, identity: user(name), name: "PutBucketPolicy", source: "s3.amazonaws.com", ...more });
  touch("a", "u1", { parameters: { bucketName: "ledger" } });
  touch("b", "u2", { resources: ["arn:aws:s3:::ledger/2026/x"] });
  touch("c", "u3", { resources: ["arn:aws:iam::aws:policy/AdministratorAccess"] });
  touch("d", "u4", { resources: ["arn:aws:iam::aws:policy/AdministratorAccess"], parameters: { bucketName: "*" } });
  touch("e", "u5", { parameters: { bucketName: "ledger" }, name: "ListObjects", readOnly: true });
  await world.take();
  assert.deepEqual(world.groups, [["a", "b"], ["c"], ["d"], ["e"]]);
});

test("an address links within its account for an hour, and never when it is private or a service's", async () => {
  const world = new MadeWorld();
  const from = (id: string, ip: string, at: number, more: object = {}) =>
    world.one({ at, id, identity: user(`user-${id}`), ip, ...more });
  from("a", "203.0.113.5", noon);
  from("b", "203.0.113.5", noon + 50 * minute);
  from("c", "203.0.113.5", noon + 3 * hour);
  from("d", "203.0.113.5", noon, { account: "444455556666" });
  from("e", "10.1.2.3", noon);
  from("f", "10.1.2.3", noon);
  from("g", "config.amazonaws.com", noon);
  from("h", "config.amazonaws.com", noon);
  await world.take();
  assert.deepEqual(world.groups, [["a", "b"], ["c"], ["d"], ["e"], ["f"], ["g"], ["h"]]);
});

test("services act for everybody and link nothing", async () => {
  const world = new MadeWorld();
  const identity = { type: "AWSService", invokedBy: "cloudformation.amazonaws.com" };
  world.one({ at: noon, id: "a", identity });
  world.one({ at: noon, id: "b", identity, rule: "rule-b" });
  await world.take();
  assert.deepEqual(world.groups, [["a"], ["b"]]);
});

test("low and informational findings join a story of their actor, before or after it opens, and open none", async () => {
  const world = new MadeWorld();
  world.one({ at: noon - 30 * minute, id: "early", level: "informational" });
  world.one({ at: noon - 2 * hour, id: "too-early", level: "low" });
  world.one({ at: noon, id: "strange", level: "low", identity: user("bob") });
  await world.take();
  assert.deepEqual(world.groups, []);
  world.one({ at: noon, id: "story", rule: "rule-b" });
  await world.take();
  world.one({ at: noon + hour, id: "late", level: "low" });
  await world.take();
  assert.deepEqual(world.groups, [["early", "late", "story"]]);
  const [incident] = await world.incidents.list({}, { limit: 1 });
  assert.deepEqual([incident?.firstAt, incident?.lastAt, incident?.events], [noon, noon, 3]);
});

test("three low rules of one actor within an hour, over two tactics, open a low incident", async () => {
  const world = new MadeWorld();
  const low = (id: string, at: number, rule: string, tactic: string, who = "alice") =>
    world.one({ at, id, rule, level: "low", tags: [`attack.${tactic}`], identity: user(who) });
  low("a", noon, "r1", "discovery");
  low("b", noon + 20 * minute, "r2", "discovery");
  low("c", noon + 40 * minute, "r2", "persistence");
  low("x", noon, "r1", "discovery", "bob");
  low("y", noon, "r2", "discovery", "bob");
  low("z", noon, "r3", "discovery", "bob");
  await world.take();
  assert.deepEqual(world.groups, []);
  low("d", noon + 59 * minute, "r3", "discovery");
  await world.take();
  assert.deepEqual(world.groups, [["a", "b", "c", "d"]]);
  const [incident] = await world.incidents.list({}, { limit: 1 });
  assert.deepEqual([incident?.severity, incident?.firstAt, incident?.lastAt], ["low", noon, noon + 59 * minute]);
});

test("staged findings, notifications and observations open nothing", async () => {
  const world = new MadeWorld();
  world.one({ at: noon, id: "a", isStaged: true });
  world.one({ at: noon, id: "b", outcome: "notification", level: "critical" });
  world.one({ at: noon, id: "c", outcome: "observation", level: "high" });
  await world.take();
  assert.deepEqual(world.groups, []);
});

test("a finding that became a part of another takes its incident along", async () => {
  const world = new MadeWorld();
  const identity = { type: "AWSService", invokedBy: "ec2.amazonaws.com" };
  world.one({ at: noon, id: "a", identity });
  world.one({ at: noon, id: "b", identity });
  await world.take();
  assert.deepEqual(world.groups, [["a"], ["b"]]);
  const [a, b] = [world.findings.rows.get("a"), world.findings.rows.get("b")];
  assert.ok(a !== undefined && b !== undefined);
  world.findings.put({ ...a, hits: 2 }, [
    ...(world.findings.hits.get("a") ?? []),
    ...(world.findings.hits.get("b") ?? []),
  ]);
  world.findings.put({ ...b, hits: 0, mergedInto: "a" }, []);
  await world.take();
  assert.deepEqual(world.groups, [["a"]]);
  const incidents = await world.incidents.list({}, { limit: 10 });
  assert.deepEqual(
    incidents.map(({ name, findings, events }) => [name, findings, events]),
    [["INC-1", 1, 2]],
  );
});

test("what nobody could follow back is looked at again when the missing event has come", async () => {
  const world = new MadeWorld();
  world.one({ at: noon + 2 * hour, id: "a" });
  world.one({ at: noon + 2 * hour, id: "b", identity: session("Deploy", "run-17-xyz", "ASIASESSIONSESSION1") });
  await world.take();
  assert.deepEqual(world.groups, [["a"], ["b"]]);
  world.issued.set("ASIASESSIONSESSION1", user("alice", "AKIAALICEALICEALICE"));
  world.clock.advance(61_000);
  world.restart();
  await world.take();
  assert.deepEqual(world.groups, [["a", "b"]]);
});

test("an actor's ARN is what keys are made of, without its path", async () => {
  const world = new MadeWorld();
  world.one({ at: noon, id: "a", identity: { type: "IAMUser", accountId: account, arn: `${iam}:user/team/alice` } });
  world.one({ at: noon + day / 2, id: "b", identity: user("alice") });
  await world.take();
  assert.deepEqual(world.groups, [["a", "b"]]);
});

test("a search that a person saved to open incidents opens them however low it is", async () => {
  const world = new MadeWorld();
  world.one({ at: noon, id: "a", level: "low", of: "search", outcome: "incident" });
  world.one({ at: noon, id: "b", level: "high", of: "search", outcome: "observation", identity: user("bob") });
  await world.take();
  assert.deepEqual(world.groups, [["a"]]);
});

test("a thing that very many share links nobody any more", async () => {
  const world = new MadeWorld();
  for (let number = 0; number < 30; number += 1) {
    const identity = user(`user-${number}`);
    world.one({ at: noon, id: `f-${number}`, identity, name: "PutBucketAcl", parameters: { bucketName: "everybody" } });
  }
  await world.take();
  const sizes = world.groups.map(({ length }) => length).sort((a, b) => b - a);
  assert.ok((sizes[0] ?? 0) <= 15, String(sizes));
});

test("a finding that becomes worse is no context any more, and is in one incident all the while", async () => {
  const world = new MadeWorld();
  world.one({ at: noon, id: "a", level: "low" });
  await world.take();
  assert.deepEqual(world.groups, []);
  world.find({ id: "a", level: "high", events: [world.event({ at: noon }), world.event({ at: noon + hour })] });
  world.one({ at: noon, id: "b", level: "low", rule: "rule-b" });
  await world.take();
  assert.deepEqual(world.groups, [["a", "b"]]);
  const [incident] = await world.incidents.list({}, { limit: 1 });
  assert.deepEqual([incident?.severity, incident?.lastAt], ["high", noon + hour]);
});
