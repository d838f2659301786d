import { mkdir, open, readdir, rm, stat, truncate } from "node:fs/promises";
import { join } from "node:path";

/** A piece of the journal in a file of its own. Positions count bytes from the journal's very first one. */
export interface Segment {
  readonly path: string;
  readonly startsAt: number;
  readonly endsAt: number;
}

const namePattern = /^(\d{16})\.journal$/;

export function segmentPath(folder: string, startsAt: number): string {
  return join(folder, `${String(startsAt).padStart(16, "0")}.journal`);
}

/** The segments in a folder, in order; a line that a killed process left half written is cut off the last one. */
export async function findSegments(folder: string): Promise<Segment[]> {
  await mkdir(folder, { recursive: true });
  const starts = (await readdir(folder))
    .flatMap((name) => namePattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  const segments: Segment[] = [];
  for (const startsAt of starts) {
    const path = segmentPath(folder, startsAt);
    const { size } = await stat(path);
    const whole = startsAt === starts.at(-1) ? await wholeLines(path, size) : size;
    if (whole < size) await truncate(path, whole);
    segments.push({ path, startsAt, endsAt: startsAt + whole });
  }
  return segments;
}

export async function removeSegment(segment: Segment): Promise<void> {
  await rm(segment.path, { force: true });
}

const lineEnd = 0x0a;

/** How many bytes stand up to the end of the last whole line. */
async function wholeLines(path: string, size: number): Promise<number> {
  const file = await open(path, "r");
  try {
    const chunk = Buffer.alloc(64 * 1024);
    for (let end = size; end > 0;) {
      const start = Math.max(0, end - chunk.length);
      const { bytesRead } = await file.read(chunk, 0, end - start, start);
      const at = chunk.subarray(0, bytesRead).lastIndexOf(lineEnd);
      if (at !== -1) return start + at + 1;
      end = start;
    }
    return 0;
  } finally {
    await file.close();
  }
}
