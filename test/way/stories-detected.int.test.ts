import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import type { IncidentAnswer, IncidentDetailsAnswer } from "../../src/server/index.ts";
import { attacks, openStoryRecorder, type RecordedStory } from "../rules/recorded-stories.fixture.ts";
import { openDetectingPlace, type DetectingPlace } from "./detected.fixture.ts";

/** So far apart that no story goes on with the one before. */
const apartMs = 3 * 86_400_000;

const played = new Map<string, RecordedStory>();
let place: DetectingPlace;
/** What lies between the sandbox's clock, which ran ahead, and that of this test. */
let aheadMs = 0;

before(async () => {
  {
    await using recorder = await openStoryRecorder({ apartMs });
    for (const story of attacks) played.set(story.name, await recorder.record(story));
  }
  const times = [...played.values()].flatMap(({ events }) =>
    events.map(({ eventTime }) => Date.parse(String(eventTime))),
  );
  aheadMs = Math.max(...times) - (Date.now() - 60_000);
  place = await openDetectingPlace();
  // As `npm start` leaves out who sets the stage.
  const tuning = {
    rules: [],
    query: "userIdentity.userName:admin (sourceIPAddress:198.51.100.20 OR sourceIPAddress:127.0.0.1)",
    reason: "Sets the stage",
  };
  await place.ask("PUT", "/detect/tunings/stage", tuning);
});

after(() => place[Symbol.asyncDispose]());

function shifted({ events }: RecordedStory): readonly Record<string, unknown>[] {
  return events.map((event) => {
    const at = new Date(Date.parse(String(event["eventTime"])) - aheadMs);
    return { ...event, eventTime: at.toISOString().replace(/\.\d+Z$/, "Z") };
  });
}

for (const { name } of attacks) {
  test(`${name}: one incident, with every call that matters`, async (context) => {
    const story = played.get(name);
    assert.ok(story);
    const known = new Set((await incidents()).map(({ id }) => id));
    const began = performance.now();
    await place.store(name, shifted(story));
    const stored = performance.now();
    await place.ask("POST", "/detect/rounds");
    context.diagnostic(
      `${story.events.length} events stored in ${Math.round(stored - began)} ms, judged ${Math.round(performance.now() - stored)} ms later`,
    );
    const opened = (await incidents()).filter(({ id }) => !known.has(id));
    assert.deepEqual(
      opened.slice(1).map(({ title }) => title),
      [],
      "more than one",
    );
    const [one] = opened;
    assert.ok(one, "no incident");
    const { incident } = await place.ask<{ incident: IncidentDetailsAnswer }>("GET", `/incidents/${one.id}`);
    const told = new Set(incident.timeline.map(({ eventId }) => eventId));
    const missed = story.key.filter(({ eventId }) => !told.has(eventId));
    assert.deepEqual([...new Set(missed.map(({ eventName, why }) => `${eventName}: ${why}`))], []);
  });
}

async function incidents(): Promise<readonly IncidentAnswer[]> {
  const query = "state=new,triaged,contained,closed&limit=1000";
  return (await place.ask<{ incidents: IncidentAnswer[] }>("GET", `/incidents?${query}`)).incidents;
}
