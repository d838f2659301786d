import { type ServiceName } from "../../aws/index.ts";
import { type Stage } from "./stage.ts";

/** A call in a story that somebody who watches should find. */
export interface Matter {
  readonly service: ServiceName | "signin";
  /** As the record names it. */
  readonly eventName: string;
  /** MITRE ATT&CK, such as `T1098.001`. */
  readonly technique: string;
  readonly why: string;
}

/** Who appears in a story. */
export interface Role {
  readonly name: string;
  readonly does: string;
}

/** A script of actors who make real calls. */
export interface Story<Matters extends Record<string, Matter> = Record<string, Matter>> {
  /** In kebab-case. */
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly actors: readonly Role[];
  /** The calls that matter, each of which happens at least once. */
  readonly matters: Matters;
  /** Makes what the story is about, afresh, whether it was played before or not. */
  setUp(stage: Stage): Promise<void>;
  play(stage: Stage, matters: Matters): Promise<void>;
}

/** A story as others see it. */
export interface AnyStory extends Omit<Story, "play"> {
  play(stage: Stage): Promise<void>;
  /** What a detection should find, whenever the story is played. */
  readonly expected: () => readonly Matter[];
}

/** Says a story. */
export function defineStory<Matters extends Record<string, Matter>>(story: Story<Matters>): AnyStory {
  return {
    ...story,
    play: (stage) => story.play(stage, story.matters),
    expected: () => Object.values(story.matters),
  };
}

/** A matter, in a line. */
export function matter(service: Matter["service"], eventName: string, technique: string, why: string): Matter {
  return { service, eventName, technique, why };
}
