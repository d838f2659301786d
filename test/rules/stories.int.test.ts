import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { findingsOf, opensAlone, OurRules } from "./our-rules.ts";
import { attacks, openStoryRecorder, type StoryRecorder } from "./recorded-stories.fixture.ts";

const rules = new OurRules();
let recorder: StoryRecorder;

before(async () => {
  recorder = await openStoryRecorder({ apartMs: 12 * 3_600_000 });
});

after(() => recorder[Symbol.asyncDispose]());

test("there are attacks to find", () => {
  assert.ok(attacks.length >= 7, String(attacks.length));
});

for (const story of attacks) {
  test(`${story.name}: every call that matters is evidence of a finding, and one opens an incident`, async () => {
    const { events, key } = await recorder.record(story);
    const findings = findingsOf(rules.judge(events));
    const cited = new Set(findings.flatMap((finding) => finding.events));
    const missed = key.filter(({ eventId }) => !cited.has(eventId));
    assert.deepEqual(
      [...new Set(missed.map(({ eventName, why }) => `${eventName}: ${why}`))],
      [],
      "calls that no finding is about",
    );

    const ids = new Set(key.map(({ eventId }) => eventId));
    const opening = findings.filter((finding) => opensAlone(finding) && finding.events.some((id) => ids.has(id)));
    assert.notDeepEqual(opening, [], "findings of medium or worse about a call that matters");
    assert.deepEqual(recorder.troubles, []);
  });
}
