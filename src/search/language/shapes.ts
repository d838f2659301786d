import { readAddress, readRange } from "../../predicate/index.ts";

/**
 * Whether a word that looks like `name:rest` is one thing and no field with a value: an ARN, a URL, an address, a time,
 * a host with its port. Decided by shape, for people paste these as they are.
 */
export function isOneThing(word: string): boolean {
  return (
    /^arn:[\w-]+:/i.test(word) ||
    /^[a-z][a-z0-9+.-]*:\/\//i.test(word) ||
    /^\d/.test(word) ||
    /^[\w-]+::/.test(word) ||
    /^[\w-]+(?:\.[\w-]+)+:\d{1,5}$/.test(word) ||
    readAddress(word) !== undefined ||
    readRange(word) !== undefined ||
    /^[0-9A-Za-z+/_-]{8,}={1,2}$/.test(word)
  );
}

/** Whether a value means a range of addresses on a field that holds addresses. */
export function isRange(value: string): boolean {
  return value.includes("/") && readRange(value) !== undefined;
}
