import { createRandom, type Random } from "../../made-up-events/random.ts";
import { openStage, type StageOptions } from "../stage.ts";
import { type Cast, engageCast } from "./cast.ts";
import { type Scene, scenes } from "./scenes.ts";

export interface CompanyOptions extends StageOptions {
  /** How many days it goes on; without end where not given. */
  readonly days?: number;
  /** Told of a scene that ended early, such as when a fault made a call fail; the company goes on. */
  readonly onBrokenScene?: (scene: string, error: unknown) => void;
}

/** How many scenes go on at the same time at most; others wait, as people do. */
const scenesAtOnceMax = 6;
const dayMilliseconds = 24 * 60 * 60 * 1000;

interface Entry {
  readonly at: number;
  readonly scene: Scene;
  readonly number: number;
}

/** The company's days, from this moment on, at the pace of the made-up AWS's clock; ends with the signal. */
export async function playCompany(options: CompanyOptions): Promise<void> {
  const { clock, signal, days = Number.POSITIVE_INFINITY } = options;
  const ended = () => signal?.aborted === true;
  const cast = await engage(options);
  const going = new Set<Promise<void>>();
  const start = clock.now();
  const firstDay = Math.floor(start / dayMilliseconds) * dayMilliseconds;
  for (let day = 0; day < days && !ended(); day += 1) {
    for (const entry of planDay(options.seed, firstDay + day * dayMilliseconds)) {
      if (entry.at < start) continue;
      if (ended()) break;
      await clock.waitUntil(entry.at, signal).catch(onlyWhenEnded);
      while (going.size >= scenesAtOnceMax) await Promise.race(going);
      const playing = playScene(entry, cast, options).finally(() => going.delete(playing));
      going.add(playing);
    }
  }
  await Promise.all(going);

  function onlyWhenEnded(error: unknown): void {
    if (!ended()) throw error;
  }
}

/** What happens on a day and when; follows from the seed and the day alone. */
export function planDay(seed: string, dayStart: number): readonly Entry[] {
  const random = createRandom(`${seed}/company/${new Date(dayStart).toISOString().slice(0, 10)}`);
  const isWeekend = [0, 6].includes(new Date(dayStart).getUTCDay());
  return scenes
    .flatMap((scene) => {
      const [workday, weekend] = scene.times;
      const times = isWeekend ? weekend : workday;
      return Array.from({ length: times }, (_, number) => ({ scene, number, at: instantIn(scene, dayStart, random) }));
    })
    .sort((a, b) => a.at - b.at);
}

function instantIn({ hours: [from, to] }: Scene, dayStart: number, random: Random): number {
  return dayStart + Math.floor((from + (to - from) * random.fraction()) * 60 * 60 * 1000);
}

async function engage(options: CompanyOptions): Promise<Cast> {
  using stage = openStage("company", options);
  return await engageCast(stage);
}

async function playScene({ scene, at, number }: Entry, cast: Cast, options: CompanyOptions): Promise<void> {
  const day = new Date(at).toISOString().slice(0, 10);
  using stage = openStage(`company/${day}/${scene.name}/${number}`, options);
  try {
    await scene.play(stage, cast);
  } catch (error) {
    if (options.signal?.aborted !== true) options.onBrokenScene?.(scene.name, error);
  }
}
