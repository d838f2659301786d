import { type AnyStory, type TruthLine } from "../stories/index.ts";

/** A story that is being played, or was. */
export interface StoryPlay {
  readonly id: string;
  readonly story: string;
  readonly state: "playing" | "played" | "broken";
  /** Why it broke, where it did. */
  readonly message?: string;
  readonly truth: readonly TruthLine[];
}

/** How many plays are remembered. */
const rememberedMax = 100;

/** Plays of stories that were asked for: one of each story at a time. */
export class StoryPlays {
  readonly #play: (story: AnyStory, onTruth: (line: TruthLine) => void) => Promise<unknown>;
  readonly #plays = new Map<string, StoryPlay>();
  #made = 0;

  constructor(play: (story: AnyStory, onTruth: (line: TruthLine) => void) => Promise<unknown>) {
    this.#play = play;
  }

  get all(): readonly StoryPlay[] {
    return [...this.#plays.values()];
  }

  find(id: string): StoryPlay | undefined {
    return this.#plays.get(id);
  }

  /** Begins to play; does not wait for the end. Throws a `RangeError` while the same story is being played. */
  start(story: AnyStory): StoryPlay {
    if (this.all.some((play) => play.story === story.name && play.state === "playing")) {
      throw new RangeError(`${story.name} is being played already`);
    }
    this.#made += 1;
    const id = `${story.name}-${this.#made}`;
    const truth: TruthLine[] = [];
    const begun: StoryPlay = { id, story: story.name, state: "playing", truth };
    this.#plays.set(id, begun);
    for (const old of [...this.#plays.values()].filter(({ state }) => state !== "playing").slice(0, -rememberedMax)) {
      this.#plays.delete(old.id);
    }
    this.#play(story, (line) => void truth.push(line)).then(
      () => this.#plays.set(id, { ...begun, state: "played" }),
      (error: unknown) =>
        this.#plays.set(id, {
          ...begun,
          state: "broken",
          message: error instanceof Error ? error.message : String(error),
        }),
    );
    return begun;
  }
}
