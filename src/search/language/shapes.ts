import { readAddress, readRange } from "../../predicate/index.ts";
import { isKnownKey, resolveField } from "./resolve.ts";

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
    readAddress(word) !== undefined ||
    readRange(word) !== undefined ||
    isHostAndPort(word) ||
    isBase64(word)
  );
}

function isHostAndPort(word: string): boolean {
  const first = /^[\w-]+/.exec(word)?.[0] ?? "";
  const isHost = /^[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|io|dev|cloud|local|internal|[a-z]{2}):\d{1,5}$/.test(word);
  return isHost && !isKnownKey(first);
}

/** Text that ends in the padding of base64, unless it is a field whose value is still to be written. */
function isBase64(word: string): boolean {
  const name = /^([0-9A-Za-z+/_-]{4,})={1,2}$/.exec(word)?.[1];
  return name !== undefined && resolveField([name]).kind === "unknown";
}

/** Whether a value means a range of addresses on a field that holds addresses. */
export function isRange(value: string): boolean {
  return value.includes("/") && readRange(value) !== undefined;
}
