import { z } from "zod";
import type { SelectorsValue } from "../settings/values.ts";

/** What one field of an event has to be like: of the positive ones any, of the negative ones none. */
export interface FieldWish {
  readonly field: string;
  readonly equals: readonly string[];
  readonly startsWith: readonly string[];
  readonly endsWith: readonly string[];
  readonly notEquals: readonly string[];
  readonly notStartsWith: readonly string[];
  readonly notEndsWith: readonly string[];
}

/** An event is recorded when it fits all fields of any selector. */
export type Selector = readonly FieldWish[];

const values = z.array(z.string()).optional().catch(undefined);
const fieldSelector = z.object({
  Field: z.string(),
  Equals: values,
  StartsWith: values,
  EndsWith: values,
  NotEquals: values,
  NotStartsWith: values,
  NotEndsWith: values,
});
const advanced = z.object({ FieldSelectors: z.array(fieldSelector) });
const basic = z.object({
  ReadWriteType: z.string().optional(),
  IncludeManagementEvents: z.boolean().optional(),
  DataResources: z.array(z.object({ Type: z.string(), Values: z.array(z.string()).optional() })).optional(),
  ExcludeManagementEventSources: z.array(z.string()).optional(),
});

/** Both kinds of selectors as one kind; those of a trail that never had any are a new trail's. */
export function readSelectors(value: SelectorsValue | undefined): readonly Selector[] {
  if (value?.advanced !== undefined) return value.advanced.flatMap(ofAdvanced);
  if (value?.basic !== undefined) return value.basic.flatMap(ofBasic);
  return [[wish("eventCategory", { equals: ["Management"] })]];
}

function ofAdvanced(written: unknown): readonly Selector[] {
  const read = advanced.safeParse(written);
  if (!read.success) return [];
  return [
    read.data.FieldSelectors.map((field) =>
      wish(field.Field, {
        equals: field.Equals ?? [],
        startsWith: field.StartsWith ?? [],
        endsWith: field.EndsWith ?? [],
        notEquals: field.NotEquals ?? [],
        notStartsWith: field.NotStartsWith ?? [],
        notEndsWith: field.NotEndsWith ?? [],
      }),
    ),
  ];
}

/** CloudTrail User Guide, "Logging data events": what basic selectors say as advanced ones. */
function ofBasic(written: unknown): readonly Selector[] {
  const read = basic.safeParse(written);
  if (!read.success) return [];
  const { ReadWriteType: kind, DataResources: resources = [], ExcludeManagementEventSources: not = [] } = read.data;
  const readOnly =
    kind === "ReadOnly" || kind === "WriteOnly" ? [wish("readOnly", { equals: [String(kind === "ReadOnly")] })] : [];
  const management =
    read.data.IncludeManagementEvents === false
      ? []
      : [
          [
            wish("eventCategory", { equals: ["Management"] }),
            ...readOnly,
            ...(not.length === 0 ? [] : [wish("eventSource", { notEquals: not })]),
          ],
        ];
  return [...management, ...resources.flatMap(({ Type, Values = [] }) => ofResources(Type, Values, readOnly))];
}

function ofResources(type: string, arns: readonly string[], readOnly: readonly FieldWish[]): readonly Selector[] {
  if (arns.length === 0) return [];
  const all = arns.some((arn) => arn.split(":").length <= 3);
  const isBucket = type === "AWS::S3::Object";
  return [
    [
      wish("eventCategory", { equals: ["Data"] }),
      wish("resources.type", { equals: [type] }),
      ...readOnly,
      ...(all ? [] : [wish("resources.ARN", isBucket ? { startsWith: arns } : { equals: arns })]),
    ],
  ];
}

function wish(field: string, given: Partial<Omit<FieldWish, "field">>): FieldWish {
  const none = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
  return { field, ...none, ...given };
}

/** Selectors of either form in the advanced one, as AWS writes it. */
export function advancedOf(value: SelectorsValue): readonly Readonly<Record<string, unknown>>[] {
  if (value.advanced !== undefined) return value.advanced;
  return readSelectors(value).map((selector) => ({
    FieldSelectors: selector.map(({ field, ...wishes }) => ({
      Field: field,
      ...Object.fromEntries(
        Object.entries(wishes)
          .filter(([, wanted]) => wanted.length > 0)
          .map(([operator, wanted]) => [operator.slice(0, 1).toUpperCase() + operator.slice(1), wanted]),
      ),
    })),
  }));
}
