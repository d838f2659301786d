import { type Clock } from "../base/clock.ts";

/** Something that goes by the clock and that no call would bring about, such as what lifecycle rules let expire. */
export interface Chore {
  readonly name: string;
  run(now: number): void | Promise<void>;
}

export interface HousekeepingParts {
  readonly clock: Clock;
  readonly chores: readonly Chore[];
  /** Told of what a chore failed at; it is tried again the next time. */
  readonly failed: (error: unknown) => void;
}

const hourMilliseconds = 3_600_000;

/** Does the chores at every full hour of the clock, one after the other. */
export function startHousekeeping({ clock, chores, failed }: HousekeepingParts): AsyncDisposable {
  const ending = new AbortController();
  const running = run().catch((error: unknown) => {
    if (!ending.signal.aborted) failed(error);
  });
  return {
    async [Symbol.asyncDispose]() {
      ending.abort();
      await running;
    },
  };

  async function run(): Promise<void> {
    while (!ending.signal.aborted) {
      await clock.waitUntil((Math.floor(clock.now() / hourMilliseconds) + 1) * hourMilliseconds, ending.signal);
      for (const chore of chores) {
        if (ending.signal.aborted) return;
        try {
          await chore.run(clock.now());
        } catch (cause) {
          failed(new Error(`The sandbox could not tidy up: ${chore.name}`, { cause }));
        }
      }
    }
  }
}
