const instantShape =
  /^((?:19[7-9]|20\d|21\d)\d)-?(\d\d)-?(\d\d)T([01]\d|2[0-3]):?([0-5]\d):?([0-5]\d)(?:\.(\d{1,9}))?(Z|([+-])([01]\d|2[0-3]):?([0-5]\d))$/;

/** The same shape for the engine, which then checks the calendar itself. */
export const instantShapeRe2 =
  "^(?:19[7-9]|20[0-9]|21[0-9])[0-9](?:-[0-9]{2}-[0-9]{2}T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,9})?(?:Z|[+-](?:0[0-9]|1[0-4]):[0-5][0-9])|[0-9]{4}T(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]Z)$";

const extendedShape = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):\d\d)$/;
const basicShape = /^\d{8}T\d{6}Z$/;

/**
 * Reads an instant as CloudTrail writes it, in milliseconds since the epoch: `2026-01-02T03:04:05Z`, also the basic form
 * `20260102T030405Z` that the guide shows for `sessionContext.attributes.creationDate`
 * (cloudtrail-event-reference-user-identity). Years 1970 to 2199; digits past the millisecond are cut.
 */
export function readInstant(text: string): number | undefined {
  if (!extendedShape.test(text) && !basicShape.test(text)) {
    return undefined;
  }
  const parts = instantShape.exec(text);
  if (parts === null) {
    return undefined;
  }
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const milliseconds = Number((parts[7] ?? "").padEnd(3, "0").slice(0, 3));
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    return undefined;
  }
  const inDay = ((Number(parts[4]) * 60 + Number(parts[5])) * 60 + Number(parts[6])) * 1000 + milliseconds;
  const offset = parts[9] === undefined ? 0 : (Number(parts[10]) * 60 + Number(parts[11])) * 60_000;
  return date.getTime() + inDay - (parts[9] === "-" ? -offset : offset);
}
