const numberShape = /^-?\d{1,400}(?:\.\d{1,400})?(?:[eE][+-]?\d{1,4})?$/;

/** The same shape for the engine. */
export const numberShapeRe2 = "^-?[0-9]{1,400}(?:\\.[0-9]{1,400})?(?:[eE][+-]?[0-9]{1,4})?$";

/** Reads a text that is shaped like a JSON number (leading zeros are let through); nothing else is a number. */
export function readNumber(text: string): number | undefined {
  if (!numberShape.test(text)) {
    return undefined;
  }
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** A number's text: what JavaScript prints, so that `1.0` and `1` are one. */
export function printNumber(number: number): string {
  return Object.is(number, -0) ? "0" : String(clampNumber(number));
}

/** `1e400` is valid JSON; JavaScript reads it as infinity, the engine refuses it; both call it the largest number. */
export function clampNumber(number: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, number));
}
