import { z } from "@hono/zod-openapi";
import type { Bill } from "../../setup/index.ts";

export const billSchema = z
  .object({
    lines: z.array(
      z.object({
        trailArn: z.string(),
        what: z.string(),
        why: z.string(),
        quantity: z.number().openapi({ description: "In a month" }),
        unit: z.string(),
        unitPrice: z.string().openapi({ description: "US dollars, and for how many" }),
        amountMicros: z.number().openapi({ description: "Millionths of a US dollar, a month" }),
        isFree: z.boolean(),
        isAtMost: z.boolean(),
        source: z.string().openapi({ description: "Where the price stands, and of which day it is" }),
      }),
    ),
    totalMicros: z.number(),
    addedMicros: z.number().nullable().openapi({ description: "What a plan adds; less than nothing when it saves" }),
    warnings: z.array(z.string()),
    unknowns: z.array(z.string()),
    basis: z.string().openapi({ description: "Whose volumes it is reckoned from" }),
  })
  .openapi("Bill");
export type BillAnswer = z.infer<typeof billSchema>;

export function printBill({ lines, totalMicroDollars, change, warnings, unknowns, basis }: Bill): BillAnswer {
  return {
    lines: lines.map(({ trailArn, what, why, quantity, unit, price, microDollars, free, isAtMost }) => ({
      trailArn,
      what,
      why: free === "" ? why : free,
      quantity,
      unit,
      unitPrice: `${price.amount} for ${price.per.toLocaleString("en-US")}`,
      amountMicros: microDollars,
      isFree: free !== "",
      isAtMost,
      source: `${price.source}, ${price.date}`,
    })),
    totalMicros: totalMicroDollars,
    addedMicros: change?.addedMicroDollars ?? null,
    warnings: warnings.map(({ sentence, help }) => (help === "" ? sentence : `${sentence}. ${help}`)),
    unknowns: unknowns.filter((sentence) => sentence !== printBasis(basis)),
    basis: printBasis(basis),
  };
}

function printBasis(basis: Bill["basis"]): string {
  if (basis.kind === "assumed") return basis.sentence;
  const days = Math.max(...basis.days.map((one) => one.days), 0);
  const unknown = basis.unknown.length === 0 ? "" : `; nothing is known of ${basis.unknown.join(", ")}`;
  return `Reckoned from the events of ${days < 2 ? "the last day" : `the last ${Math.round(days)} days`}${unknown}`;
}
