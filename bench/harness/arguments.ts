import { parseArgs } from "node:util";
import { fewestEvents } from "../corpus/shape.ts";
import { BenchError } from "./errors.ts";
import type { Figure } from "./figure.ts";

export interface BenchArguments {
  readonly events: number;
  /** Names of figures; a star at the end stands for any ending. Empty for all. */
  readonly only: readonly string[];
  readonly seed: string;
  readonly dir: string;
  readonly repetitions: number;
  readonly reuse: boolean;
  readonly list: boolean;
}

export const usage = `npm run bench -- [options]
  --events N       events in the corpus (1000000)
  --only NAME,…    these figures only; a star at the end stands for any ending: search-*
  --seed TEXT      another corpus of the same shape (1)
  --dir DIR        where corpora and stores are kept (.bench)
  --repeat N       repetitions of imports and starts (3)
  --reuse          search the store that an earlier run left
  --list           name the figures
`;

/** Reads the command's words. Throws what is wrong with them. */
export function readArguments(words: readonly string[]): BenchArguments {
  const values = parse(words);
  return {
    events: wholeNumber("--events", values.events, fewestEvents),
    only: values.only.split(",").filter((name) => name !== ""),
    seed: values.seed,
    dir: values.dir,
    repetitions: wholeNumber("--repeat", values.repeat, 1),
    reuse: values.reuse,
    list: values.list,
  };
}

/** The figures that were asked for, in their own order. */
export function chooseFigures(all: readonly Figure[], only: readonly string[]): readonly Figure[] {
  for (const name of only)
    if (!all.some((figure) => isNamed(figure, name)))
      throw wrong(`There is no figure ${name}`, `There are ${all.map((figure) => figure.name).join(", ")}`);
  return only.length === 0 ? all : all.filter((figure) => only.some((name) => isNamed(figure, name)));
}

function isNamed(figure: Figure, name: string): boolean {
  return name.endsWith("*") ? figure.name.startsWith(name.slice(0, -1)) : figure.name === name;
}

function parse(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      options: {
        events: { type: "string", default: "1000000" },
        only: { type: "string", default: "" },
        seed: { type: "string", default: "1" },
        dir: { type: "string", default: ".bench" },
        repeat: { type: "string", default: "3" },
        reuse: { type: "boolean", default: false },
        list: { type: "boolean", default: false },
      },
    }).values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error), usage);
  }
}

function wholeNumber(option: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  throw wrong(`${option} ${text} is not a whole number from ${least} on`, `Write ${option} ${least}`);
}

function wrong(message: string, help: string): BenchError {
  return new BenchError(message, { code: "bench-arguments-invalid", fault: "user", help });
}
