import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { makeTemporaryFolder, type TemporaryFolder } from "../../test/fixtures/temporary-folder.ts";
import { actorOf, traceLineage } from "../lineage/index.ts";
import type { FindingTable, HitRow, State } from "../state/index.ts";
import { onEveryEngine } from "../state/engines.fixture.ts";
import { EventStore, SpoolWriter } from "../store/index.ts";
import { account, hour, iam, MadeWorld, minute, noon, session, user } from "./made-world.fixture.ts";
import type { Incidents } from "./incidents.ts";
import { openIncidents } from "./open-incidents.ts";

let folder: TemporaryFolder;
let store: EventStore;
const made = new MadeWorld();

/** Alice's key leaked: a role is taken on, a user made, logging stopped, and the new user's key is used. */
const stolen = { identity: user("alice", "AKIAALICEALICEALICE"), ip: "203.0.113.5" };
const role = session("Deploy", "run-17-xyz", "ASIASESSIONSESSION1");
const events = [
  made.event({
    ...{
      ...stolen,
      at: noon,
      name: "AssumeRole",
      source: "sts.amazonaws.com",
      parameters: { roleArn: `${iam}:role/Deploy` },
    },
    answer: { credentials: { accessKeyId: "ASIASESSIONSESSION1" } },
  }),
  made.event({ at: noon + minute, identity: role, name: "StopLogging", source: "cloudtrail.amazonaws.com" }),
  made.event({
    ...{ at: noon + 2 * minute, identity: role, name: "CreateAccessKey", parameters: { userName: "carol" } },
    answer: { accessKey: { accessKeyId: "AKIACAROLCAROLCAROL" } },
  }),
  made.event({ at: noon + 9 * minute, identity: user("carol", "AKIACAROLCAROLCAROL"), name: "DeleteBucket" }),
  made.event({ at: noon + 9 * minute, identity: user("somebody"), name: "DeleteBucket" }),
] as const;

before(async () => {
  folder = makeTemporaryFolder();
  store = await EventStore.open({ directory: folder.path, now: () => noon });
  const writer = new SpoolWriter(join(folder.path, "events.rows"));
  for (const { raw } of events) writer.add(1n, raw, 0, raw.length);
  writer.close();
  await store.write({ path: writer.path, rows: writer.rows, hours: undefined }, () => ({ records: [], refused: [] }));
});
after(async () => {
  await store[Symbol.asyncDispose]();
  folder[Symbol.dispose]();
});

function hitsOf(): HitRow[] {
  return events.slice(1).map(({ event, raw }, index): HitRow => {
    const key = `${event.account}/${event.id}`;
    const facts = {
      actorName: "x",
      principalArn: event.principalArn,
      accessKey: event.accessKey,
      sourceIp: event.sourceIp,
    };
    return {
      ...{ rule: `rule-${index}`, event: key, events: [key], from: event.time, to: event.time, accountId: account },
      ...{ region: "us-east-1", group: event.principalArn, dedupMs: hour, level: "high", outcome: "incident" },
      ...{
        isStaged: false,
        actor: actorOf(JSON.parse(raw.toString())).key,
        content: { title: `Title ${index}`, tags: ["attack.impact"], ...facts },
      },
    };
  });
}

function open(state: State): Incidents {
  return openIncidents({
    ...{ table: state.incidents, findings: state.findings, store, clock: made.clock, newId: randomUUID },
    lineage: {
      trace: (record, signal) => traceLineage(record, store, signal),
      profile: () => Promise.resolve({ firstSeen: undefined, events30d: 0, usualAddresses: [], usualCalls: [] }),
    },
    suppressForMs: () => Promise.resolve(undefined),
    onFailure: (error) => assert.fail(String(error)),
  });
}

async function takeHits(findings: FindingTable): Promise<void> {
  await findings.take(hitsOf());
}

await onEveryEngine("incidents over findings", ({ makePlace }) => {
  test("an attack over role sessions and new credentials is one incident with its events, and stays one", async () => {
    await using place = await makePlace();
    {
      await using state = await place.open();
      await takeHits(state.findings);
      await open(state).takeNow(new AbortController().signal);
    }
    await using state = await place.open();
    const incidents = open(state);
    await takeHits(state.findings);
    await incidents.takeNow(new AbortController().signal);
    const all = await incidents.list({}, { limit: 10 });
    assert.deepEqual(all.map(({ findings }) => findings).sort(), [1, 3]);
    const details = await incidents.get(all.find(({ findings }) => findings === 3)?.id ?? "");
    assert.deepEqual(
      details?.timeline.map(({ eventName, rules }) => [eventName, ...rules]),
      [
        ["StopLogging", "Title 0"],
        ["CreateAccessKey", "Title 1"],
        ["DeleteBucket", "Title 2"],
      ],
    );
    assert.ok(details?.entities.some(({ kind, label }) => kind === "root-actor" && label === "alice"));
    assert.match(details?.actors[0]?.lineage.join("; ") ?? "", /given out by AssumeRole .*alice/);
    const closed = await incidents.change(
      details?.id ?? "",
      { kind: "state", state: "closed", closedAs: "expected" },
      "m",
    );
    assert.equal(closed.state, "closed");
    assert.equal((await state.incidents.mutesOf([`${iam}:user/carol`])).length, 1);
  });
});
