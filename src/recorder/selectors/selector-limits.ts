import { refusal } from "../refusal.ts";

/** API Reference, PutEventSelectors and InvalidEventSelectorsException. */
export const basicSelectorsMax = 5;
export const dataResourcesMax = 250;
export const advancedValuesMax = 500;
/** API Reference, AdvancedEventSelector and AdvancedFieldSelector. */
export const selectorNameCharactersMax = 1000;
export const selectorValueCharactersMax = 2048;

export function badSelectors(message: string) {
  return refusal("InvalidEventSelectorsException", message);
}
