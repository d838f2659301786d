import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { openSandbox, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import { playStory, stories, type StageOptions } from "../../src/sandbox/stories/index.ts";
import { type CloudTrailEvent, findingsOf, opensAlone, OurRules } from "./our-rules.ts";

// What the company itself does all day, without an attacker; it has a test of its own.
const attacks = stories.filter(({ name }) => name !== "quiet-company");
const between = 12 * 3_600_000;

const rules = new OurRules();
let box: TestSandbox;

before(async () => {
  box = await openSandbox({ seed: "rules and stories" });
});

after(() => box[Symbol.asyncDispose]());

/** A stage on which waiting takes no time. */
function hurriedStage(): StageOptions {
  const { clock, stage } = box.sandbox;
  return {
    ...stage,
    clock: {
      now: () => clock.now(),
      waitUntil(at) {
        clock.advance(Math.max(0, at - clock.now()));
        return Promise.resolve();
      },
    },
  };
}

/** All that was recorded so far, data events too: as the recorder's journal keeps it. */
function recorded(): CloudTrailEvent[] {
  const folder = join(box.folder, "journal");
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n"));
  return lines
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line.slice(line.indexOf("{"))) as CloudTrailEvent);
}

test("there are attacks to find", () => {
  assert.ok(attacks.length >= 7, String(attacks.length));
});

for (const story of attacks) {
  test(`${story.name}: every call that matters is evidence of a finding, and one opens an incident`, async () => {
    const before = recorded().length;
    const truth = await playStory(story, hurriedStage());
    const events = recorded().slice(before);
    box.sandbox.clock.advance(between);

    const findings = findingsOf(rules.judge(events));
    const cited = new Set(findings.flatMap((finding) => finding.events));
    const idOf = ({ requestId, eventId }: (typeof truth)[number]) =>
      eventId ?? events.find(({ requestID }) => requestID === requestId)?.["eventID"];
    const missed = truth.filter((line) => !cited.has(String(idOf(line))));
    assert.deepEqual(
      [...new Set(missed.map(({ eventName, why }) => `${eventName}: ${why}`))],
      [],
      "calls that no finding is about",
    );

    const key = new Set(truth.map((line) => String(idOf(line))));
    const opening = findings.filter((finding) => opensAlone(finding) && finding.events.some((id) => key.has(id)));
    assert.notDeepEqual(opening, [], "findings of medium or worse about a call that matters");
    assert.deepEqual(box.troubles, []);
  });
}
