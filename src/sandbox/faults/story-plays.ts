import { type Clock } from "../../base/clock.ts";
import { type AnyStory, type TruthLine } from "../stories/index.ts";

/** A story that is being played, or was. */
export interface StoryPlay {
  readonly id: string;
  readonly story: string;
  /** How many times as fast as its people were, by the clock of the made-up AWS. */
  readonly pace: number;
  /** Milliseconds since 1970, by the clock of the made-up AWS. */
  readonly since: number;
  readonly until?: number;
  readonly state: "playing" | "played" | "broken";
  /** Why it broke, where it did. */
  readonly message?: string;
  readonly truth: readonly TruthLine[];
}

export interface StoryPlaysParts {
  readonly clock: Clock;
  /** Plays a story to its end, with the waits of this clock. */
  readonly play: (story: AnyStory, options: PlayOptions & { readonly clock: Clock }) => Promise<unknown>;
}

export interface PlayOptions {
  /** What chance follows from; of the stage where none is given. */
  readonly seed?: string | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onTruth: (line: TruthLine) => void;
}

/** How many plays are remembered. */
const rememberedMax = 100;

/** Plays of stories, whoever wants them: one of each story at a time, since each makes its things afresh. */
export class StoryPlays {
  readonly #parts: StoryPlaysParts;
  readonly #plays = new Map<string, StoryPlay>();
  #made = 0;

  constructor(parts: StoryPlaysParts) {
    this.#parts = parts;
  }

  get all(): readonly StoryPlay[] {
    return [...this.#plays.values()];
  }

  find(id: string): StoryPlay | undefined {
    return this.#plays.get(id);
  }

  isPlaying(story: AnyStory): boolean {
    return this.all.some((play) => play.story === story.name && play.state === "playing");
  }

  /** Begins to play; does not wait for the end. Throws a `RangeError` while the same story is being played. */
  start(story: AnyStory, pace: number): StoryPlay {
    const { begun, ended } = this.#begin(story, pace, {});
    // What went wrong stands in the play.
    ended.catch(() => undefined);
    return begun;
  }

  /** Plays to the end. Throws what broke the story. */
  async run(story: AnyStory, pace: number, options: Partial<PlayOptions>): Promise<void> {
    await this.#begin(story, pace, options).ended;
  }

  #begin(story: AnyStory, pace: number, options: Partial<PlayOptions>) {
    if (this.isPlaying(story)) throw new RangeError(`${story.name} is being played already`);
    this.#made += 1;
    const { clock, play } = this.#parts;
    const id = `${story.name}-${this.#made}`;
    const truth: TruthLine[] = [];
    const begun: StoryPlay = { id, story: story.name, pace, since: clock.now(), state: "playing", truth };
    this.#plays.set(id, begun);
    for (const old of this.all.filter(({ state }) => state !== "playing").slice(0, -rememberedMax)) {
      this.#plays.delete(old.id);
    }
    const onTruth = (line: TruthLine) => {
      truth.push(line);
      options.onTruth?.(line);
    };
    const ended = play(story, { ...options, onTruth, clock: paced(clock, pace) }).then(
      () => void this.#plays.set(id, { ...begun, until: clock.now(), state: "played" }),
      (error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        this.#plays.set(id, { ...begun, until: clock.now(), state: "broken", message });
        throw error;
      },
    );
    return { begun, ended };
  }
}

/** The same time, with shorter waits. */
function paced(clock: Clock, pace: number): Clock {
  return {
    now: () => clock.now(),
    waitUntil: (at, signal) => clock.waitUntil(clock.now() + (at - clock.now()) / pace, signal),
  };
}
