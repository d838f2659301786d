import { defaultRecordLimits } from "./record-scanner.ts";

const head = Buffer.from('{"Records":[{"eventVersion"');
const tail = Buffer.from("}]}");
/** What stands between two records as CloudTrail writes them. */
const seam = Buffer.from('},{"eventVersion"');
const lineFeed = 0x0a;

/**
 * Where the records of a log file lie that is written as CloudTrail writes it: `[start, end, start, end, …)`, in bytes.
 * Undefined when the file is written in any other way; then `RecordScanner` reads it.
 *
 * It looks for seams and for nothing else, several times as fast as looking at each byte, and so may be wrong: a seam
 * can also lie inside a record, in a list of objects that begin like records. Then the piece before it is no JSON, for a
 * record that is cut inside has brackets left open. Hence: if every piece of a file is an object of well-formed JSON,
 * all of them are exactly the file's records; if one is not, the whole file has to be read by `RecordScanner`.
 */
export function usualRecords(bytes: Buffer): Uint32Array | undefined {
  const end = bytes.length - (bytes.at(-1) === lineFeed ? 1 : 0);
  if (end < head.length + tail.length || !startsWith(bytes, head)) return undefined;
  if (bytes.compare(tail, 0, tail.length, end - tail.length, end) !== 0) return undefined;
  const cuts: number[] = [];
  let start = head.indexOf("{", 1);
  for (let at = bytes.indexOf(seam, start); at >= 0; at = bytes.indexOf(seam, at + seam.length)) {
    cuts.push(start, at + 1);
    start = at + 2;
  }
  cuts.push(start, end - 2);
  for (let i = 0; i < cuts.length; i += 2) {
    if ((cuts[i + 1] ?? 0) - (cuts[i] ?? 0) > defaultRecordLimits.recordBytesMax) return undefined;
  }
  return Uint32Array.from(cuts);
}

function startsWith(bytes: Buffer, start: Buffer): boolean {
  return bytes.compare(start, 0, start.length, 0, start.length) === 0;
}
