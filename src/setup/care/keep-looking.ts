import { pauseOrStop, type Clock } from "../../base/clock.ts";
import { isOurFault } from "../errors.ts";

export interface LookingOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Deployments that have a way to look at. */
  readonly names: () => Promise<readonly string[]>;
  readonly look: (name: string) => Promise<void>;
  /** Writes into a deployment's history. */
  readonly tell: (name: string, sentence: string) => Promise<void>;
  /** Told of failures that are our own fault. */
  readonly onFailure: (error: unknown) => void;
}

/** A quarter of an hour: a way that is broken loses at most so much before somebody hears of it. */
const everyMs = 15 * 60_000;

/** Looks at every way again and again, one after another; ends when the signal is aborted. */
export async function keepLooking(options: LookingOptions): Promise<void> {
  const { clock, signal, names } = options;
  const troubles = new Map<string, string>();
  for (;;) {
    await pauseOrStop(clock, everyMs, signal);
    if (signal.aborted) return;
    for (const name of await names().catch(failed(options))) {
      if (signal.aborted) return;
      await lookAt(name, troubles, options);
    }
  }
}

/** What AWS refuses is told once in the history, until it is another thing. */
async function lookAt(name: string, troubles: Map<string, string>, options: LookingOptions): Promise<void> {
  const { look, tell, signal, onFailure } = options;
  try {
    await look(name);
    troubles.delete(name);
  } catch (error) {
    if (signal.aborted) return;
    if (isOurFault(error)) onFailure(error);
    const sentence = `The way could not be looked at: ${error instanceof Error ? error.message : String(error)}`;
    if (troubles.get(name) === sentence) return;
    troubles.set(name, sentence);
    await tell(name, sentence).catch(onFailure);
  }
}

function failed({ onFailure }: LookingOptions): (error: unknown) => readonly string[] {
  return (error) => {
    onFailure(error);
    return [];
  };
}
