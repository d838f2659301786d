import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import type { FindingAnswer, IncidentAnswer, IncidentDetailsAnswer } from "../../src/server/index.ts";
import { makeRecord } from "../fixtures/made-record.ts";
import { openDetectingPlace, type DetectingPlace } from "./detected.fixture.ts";

let place: DetectingPlace;

before(async () => {
  place = await openDetectingPlace();
  await place.ask("PUT", "/notify/channels/hook", {
    type: "webhook",
    secrets: { url: place.receiverUrl, secret: "a secret of both sides" },
  });
  await place.ask("PUT", "/notify/routes/all", {
    channels: ["hook"],
    kinds: ["incident"],
    severity: "medium",
    groupMs: 0,
  });
});

after(() => place[Symbol.asyncDispose]());

const at = (seconds: number) => new Date(Date.now() - 600_000 + seconds * 1_000).toISOString().replace(/\.\d+Z/, "Z");

/** A thief with alice's key makes a user of his own and stops the trail. */
const calls = [
  makeRecord(1, {
    ...{ eventTime: at(1), eventSource: "iam.amazonaws.com", eventName: "CreateUser", readOnly: false },
    ...{ managementEvent: true, eventCategory: "Management", requestParameters: { userName: "backup2" } },
    responseElements: { user: { userName: "backup2", arn: "arn:aws:iam::111122223333:user/backup2" } },
  }),
  makeRecord(2, {
    ...{ eventTime: at(20), eventSource: "iam.amazonaws.com", eventName: "CreateAccessKey", readOnly: false },
    ...{ managementEvent: true, eventCategory: "Management", requestParameters: { userName: "backup2" } },
    responseElements: { accessKey: { accessKeyId: "AKIAMADEBYTHETHIEF00", userName: "backup2", status: "Active" } },
  }),
  makeRecord(3, {
    ...{ eventTime: at(60), eventSource: "cloudtrail.amazonaws.com", eventName: "StopLogging", readOnly: false },
    ...{ managementEvent: true, eventCategory: "Management" },
    requestParameters: { name: "arn:aws:cloudtrail:eu-central-1:111122223333:trail/main" },
  }),
];

async function openIncidents(): Promise<readonly IncidentAnswer[]> {
  return (await place.ask<{ incidents: IncidentAnswer[] }>("GET", "/incidents?state=new,triaged")).incidents;
}

test("what is stored becomes one incident with its events, and whoever wants to hear of it does", async () => {
  await place.store("first", calls);
  const incident = await place.until(async () => (await openIncidents()).find(({ findings }) => findings >= 2));
  assert.equal((await openIncidents()).length, 1);
  assert.deepEqual(incident.accountIds, ["111122223333"]);

  const { incident: whole } = await place.ask<{ incident: IncidentDetailsAnswer }>(
    "GET",
    `/incidents/${incident.name}`,
  );
  const events = whole.timeline.map(({ eventName }) => eventName);
  for (const name of ["CreateUser", "CreateAccessKey", "StopLogging"]) assert.ok(events.includes(name), name);
  assert.ok(whole.questions.length > 0);

  const first = await place.until(() => Promise.resolve(place.told.find(({ body }) => body.includes(incident.name))));
  const [time, signature] = String(first.headers["x-trailwarden-signature"])
    .split(",")
    .map((part) => part.split("=")[1]);
  const own = createHmac("sha256", "a secret of both sides").update(`${time}.${first.body}`).digest("hex");
  assert.equal(signature, own);
});

test("an event tells which rules it hit, and with which incident that ended", async () => {
  const event = "111122223333/00000000-0000-4000-8000-000000000003";
  const { hits } = await place.ask<{ hits: Record<string, { rule: string; title: string; finding: string }[]> }>(
    "GET",
    `/detect/hits?event=${encodeURIComponent(event)}`,
  );
  const hit = hits[event]?.find(({ title }) => /stops logging/.test(title));
  assert.ok(hit, JSON.stringify(hits));
  const { finding } = await place.ask<{ finding: FindingAnswer }>("GET", `/detect/findings/${hit.finding}`);
  assert.equal(finding.incident, (await openIncidents())[0]?.id);
});

test("the same log file again, and the same events in another, change nothing", async () => {
  const before = await place.ask<{ findings: FindingAnswer[] }>("GET", "/detect/findings");
  await place.store("first", calls);
  await place.store("again", calls);
  await place.ask("POST", "/detect/rounds");
  assert.deepEqual(await place.ask("GET", "/detect/findings"), before);
  assert.equal((await openIncidents()).length, 1);
});

test("who closes an incident says why, and its history keeps who did it", async () => {
  const [incident] = await openIncidents();
  assert.ok(incident);
  const change = (body: unknown) =>
    place.ask("POST", `/incidents/${incident.name}/changes`, { change: body, by: "mary" });
  await assert.rejects(change({ kind: "state", state: "closed" }), /incident-change-refused|reason/i);
  await change({ kind: "state", state: "closed", closedAs: "resolved", comment: "The key is gone" });
  assert.equal((await openIncidents()).length, 0);
  const { incident: whole } = await place.ask<{ incident: IncidentDetailsAnswer }>("GET", `/incidents/${incident.id}`);
  assert.equal(whole.state, "closed");
  assert.ok(whole.history.some(({ by, sentence }) => by === "mary" && /closed/i.test(sentence)));
});
