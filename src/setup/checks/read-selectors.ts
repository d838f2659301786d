import { type AdvancedSelector, advancedFormOf, type FieldSelector } from "../../cloudtrail/index.ts";
import { readSelectors } from "../settings/read-selectors.ts";
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

/** Both kinds of selectors as one kind; those of a trail that never had any are a new trail's. */
export function wishesOf(value: SelectorsValue | undefined): readonly Selector[] {
  return formOf(value).map(({ fields }) => fields.map(wishOf));
}

/** Selectors of either form in the advanced one, as AWS writes it. */
export function advancedOf(value: SelectorsValue): readonly Readonly<Record<string, unknown>>[] {
  if (value.advanced !== undefined) return value.advanced;
  return formOf(value).map(({ fields }) => ({
    FieldSelectors: fields.map(({ field, ...operators }) => ({ Field: field, ...operators })),
  }));
}

/** Of an empty list, and of a form that is not known here, nothing is missed. */
function formOf(value: SelectorsValue | undefined): readonly AdvancedSelector[] {
  if ((value?.advanced ?? value?.basic)?.length === 0) return [];
  const read = readSelectors(value);
  return read === undefined ? [] : advancedFormOf(read);
}

function wishOf({ field, ...operators }: FieldSelector): FieldWish {
  return {
    field,
    equals: operators.Equals ?? [],
    startsWith: operators.StartsWith ?? [],
    endsWith: operators.EndsWith ?? [],
    notEquals: operators.NotEquals ?? [],
    notStartsWith: operators.NotStartsWith ?? [],
    notEndsWith: operators.NotEndsWith ?? [],
  };
}
