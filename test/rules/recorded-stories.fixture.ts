import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openSandbox, type TestSandbox } from "../../src/sandbox/sandbox.fixture.ts";
import {
  type AnyStory,
  playStory,
  stories,
  type StageOptions,
  type TruthLine,
} from "../../src/sandbox/stories/index.ts";
import type { CloudTrailEvent } from "./our-rules.ts";

/** What the company itself does all day, without an attacker, has a test of its own. */
export const attacks: readonly AnyStory[] = stories.filter(({ name }) => name !== "quiet-company");

/** A story as the recorder's journal has it, data events too. */
export interface RecordedStory {
  readonly events: readonly CloudTrailEvent[];
  /** The calls that matter. */
  readonly key: readonly (TruthLine & { readonly eventId: string })[];
}

/** A made-up AWS in which stories are played and recorded, one after the other. */
export interface StoryRecorder extends AsyncDisposable {
  record(story: AnyStory): Promise<RecordedStory>;
  readonly troubles: readonly unknown[];
}

export async function openStoryRecorder(options: { readonly apartMs: number }): Promise<StoryRecorder> {
  const box = await openSandbox({ seed: "rules and stories" });
  return {
    troubles: box.troubles,
    async record(story) {
      const before = recordedIn(box).length;
      const truth = await playStory(story, hurriedStage(box));
      const events = recordedIn(box).slice(before);
      box.sandbox.clock.advance(options.apartMs);
      const idOf = ({ requestId, eventId }: TruthLine) =>
        String(eventId ?? events.find(({ requestID }) => requestID === requestId)?.["eventID"]);
      return { events, key: truth.map((line) => ({ ...line, eventId: idOf(line) })) };
    },
    [Symbol.asyncDispose]: () => box[Symbol.asyncDispose](),
  };
}

/** A stage on which waiting takes no time. */
function hurriedStage({ sandbox: { clock, stage } }: TestSandbox): StageOptions {
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

/** All that was recorded so far. */
function recordedIn(box: TestSandbox): CloudTrailEvent[] {
  const folder = join(box.folder, "journal");
  const lines = readdirSync(folder).flatMap((file) => readFileSync(join(folder, file), "utf8").split("\n"));
  return lines
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line.slice(line.indexOf("{"))) as CloudTrailEvent);
}
