import { z } from "zod";
import {
  type AdvancedSelector,
  type BasicSelector,
  defaultSelectors,
  type FieldSelector,
  type TrailSelectors,
} from "../../cloudtrail/index.ts";
import type { SelectorsValue } from "./values.ts";

const texts = z.array(z.string());

const basicShape = z.object({
  ReadWriteType: z.enum(["All", "ReadOnly", "WriteOnly"]).default("All"),
  IncludeManagementEvents: z.boolean().default(true),
  DataResources: z.array(z.object({ Type: z.string().default(""), Values: texts.default([]) })).default([]),
  ExcludeManagementEventSources: texts.default([]),
});

const advancedShape = z.object({
  Name: z.string().optional(),
  FieldSelectors: z
    .array(
      z.object({
        Field: z.string(),
        Equals: texts.optional(),
        StartsWith: texts.optional(),
        EndsWith: texts.optional(),
        NotEquals: texts.optional(),
        NotStartsWith: texts.optional(),
        NotEndsWith: texts.optional(),
      }),
    )
    .min(1),
});

/**
 * Selectors as AWS gives them, read; what a new trail has where there are none. Nothing when they have a form that is
 * not known here: what they keep is not known then.
 */
export function readSelectors(value: SelectorsValue | undefined): TrailSelectors | undefined {
  const advanced = value?.advanced ?? [];
  const basic = value?.basic ?? [];
  if (advanced.length > 0) {
    const read = z.array(advancedShape).safeParse(advanced);
    return read.success ? { kind: "advanced", selectors: read.data.map(advancedOf) } : undefined;
  }
  if (basic.length === 0) return defaultSelectors;
  const read = z.array(basicShape).safeParse(basic);
  return read.success ? { kind: "basic", selectors: read.data.map(basicOf) } : undefined;
}

function basicOf(read: z.output<typeof basicShape>): BasicSelector {
  return {
    readWriteType: read.ReadWriteType,
    includesManagementEvents: read.IncludeManagementEvents,
    dataResources: read.DataResources.map(({ Type, Values }) => ({ type: Type, values: Values })),
    excludedManagementSources: read.ExcludeManagementEventSources,
  };
}

function advancedOf({ Name, FieldSelectors }: z.output<typeof advancedShape>): AdvancedSelector {
  return { ...(Name === undefined ? {} : { name: Name }), fields: FieldSelectors.map(fieldOf) };
}

/** An operator with no values asks nothing. */
function fieldOf({ Field, ...asked }: z.output<typeof advancedShape>["FieldSelectors"][number]): FieldSelector {
  const some = Object.entries(asked).filter(([, values]) => (values?.length ?? 0) > 0);
  return { field: Field, ...Object.fromEntries(some) };
}
