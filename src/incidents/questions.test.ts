import assert from "node:assert/strict";
import { test } from "node:test";
import { parseQuery } from "../search/language/index.ts";
import { MadeWorld, noon, session, user } from "./made-world.fixture.ts";

const hostile = ['al"ice', "a\\b", "x) OR (y", "ü*?", "OR", "-x:y", "{a TO b}", "\u0000"];

test("next questions name key, root actor, address, resource and new credentials, and can be asked as they are", async () => {
  const world = new MadeWorld();
  world.issued.set("ASIASESSIONSESSION1", user("alice", "AKIAALICEALICEALICE"));
  world.one({
    ...{ at: noon, identity: session("Deploy", "run-17-xyz", "ASIASESSIONSESSION1"), ip: "203.0.113.5" },
    ...{ name: "CreateAccessKey", parameters: { userName: "carol", bucketName: "ledger" } },
    answer: { accessKey: { accessKeyId: "AKIACAROLCAROLCAROL" } },
  });
  await world.take();
  const questions = (await world.incidents.get("INC-1"))?.questions ?? [];
  const queries = questions.map(({ query }) => query);
  for (const query of [
    "key:ASIASESSIONSESSION1",
    'userIdentity.arn:"arn:aws:iam::111122223333:user/alice"',
    "key:(AKIACAROLCAROLCAROL)",
    "ip:203.0.113.5",
    'resource:"ledger"',
  ]) {
    assert.ok(queries.includes(query), `${query} in\n${queries.join("\n")}`);
  }
  assert.ok(queries.some((query) => query.startsWith("eventName:(StopLogging, ")));
  assert.ok(queries.some((query) => query.endsWith(" -readOnly:true -errorCode:*")));
  for (const { query, from, to } of questions) {
    assert.ok(from < to);
    const parsed = parseQuery(query, { now: noon });
    assert.ok(parsed.ok, `${query}: ${parsed.ok ? "" : parsed.error.message}`);
  }
});

for (const name of hostile) {
  test(`whatever a log calls things, its questions can be read: ${JSON.stringify(name)}`, async () => {
    const world = new MadeWorld();
    world.one({
      ...{ at: noon, identity: user(name, name), ip: name, parameters: { bucketName: name, roleName: name } },
      ...{ name: "CreateUser", resources: [name, `arn:aws:s3:::${name}`] },
    });
    await world.take();
    const questions = (await world.incidents.get("INC-1"))?.questions ?? [];
    assert.ok(questions.length > 0);
    for (const { query } of questions) {
      const parsed = parseQuery(query, { now: noon });
      assert.ok(parsed.ok, `${query}: ${parsed.ok ? "" : parsed.error.message}`);
    }
  });
}
