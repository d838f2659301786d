import { z } from "@hono/zod-openapi";
import type { Replay } from "../../setup/index.ts";

const aMonth = { description: "In a month" };
const micros = { description: "Millionths of a US dollar, a month; less than nothing when it costs" };

export const replaySchema = z
  .object({
    looked: z.number().openapi({ description: "Records that were replayed" }),
    unread: z.number(),
    days: z.number(),
    kept: z.number().openapi(aMonth),
    dropped: z.number().openapi(aMonth),
    droppedFree: z.number().openapi({ description: "Of these, those whose copy is free: nothing is saved by them" }),
    added: z.number().openapi(aMonth),
    savedMicros: z.number().openapi(micros),
    names: z.array(
      z.object({
        service: z.string(),
        eventName: z.string(),
        category: z.string(),
        dropped: z.number(),
        added: z.number(),
        savedMicros: z.number().openapi(micros),
      }),
    ),
    otherNames: z.number(),
    blind: z
      .array(
        z.object({
          rule: z.string().openapi({ description: "Its key" }),
          title: z.string(),
          level: z.string(),
          sees: z.enum(["nothing", "less"]).openapi({ description: "Nothing: it could not fire any more" }),
          sentence: z.string(),
        }),
      )
      .openapi({ description: "Rules that would see less, those that could not fire any more first; 20 at most" }),
    blindCounts: z
      .object({ nothing: z.number(), less: z.number() })
      .openapi({ description: "How many rules that are in all" }),
    notes: z.array(z.string()),
  })
  .openapi("Replay");
export type ReplayAnswer = z.infer<typeof replaySchema>;

export function printReplay(replay: Replay): ReplayAnswer {
  const { savedMicroDollars, lines: _lines, names, blind, notes, ...counts } = replay;
  return {
    ...counts,
    savedMicros: savedMicroDollars,
    names: names.map(({ savedMicroDollars: saved, ...row }) => ({ ...row, savedMicros: saved })),
    blind: blind.kind === "known" ? blind.rules.map((rule) => ({ ...rule })) : [],
    blindCounts: blind.kind === "known" ? blind.counts : { nothing: 0, less: 0 },
    notes: [...notes, ...(blind.kind === "unknown" ? [blind.sentence] : [])],
  };
}
