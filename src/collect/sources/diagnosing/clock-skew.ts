import type { Said } from "./said.ts";

/** How far AWS's clock is ahead of this machine's, milliseconds, where what was said tells. */
export function clockSkewMs({ message, members, serverDate }: Said, now: number | undefined): number | undefined {
  // "Signature expired: <ours> is now earlier than <limit> (<AWS's> - 15 min.)", and likewise for "not yet current".
  const [, ours, theirs] = /: (\d{8}T\d{6}Z) is [^(]{1,80}\((\d{8}T\d{6}Z) [-+] /.exec(message) ?? [];
  const pairs: readonly (readonly [ours: number, theirs: number])[] = [
    [readTime(ours), readTime(theirs)],
    [readTime(members["RequestTime"]), readTime(members["ServerTime"])],
    [now ?? Number.NaN, readTime(serverDate)],
  ];
  return pairs.map(([mine, awss]) => awss - mine).find((skew) => !Number.isNaN(skew));
}

/** `18 minutes`, as people say it. */
export function roughly(milliseconds: number): string {
  const seconds = Math.round(Math.abs(milliseconds) / 1000);
  for (const [unit, size] of [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
  ] as const) {
    if (seconds >= 2 * size) return `${Math.round(seconds / size)} ${unit}s`;
  }
  return `${seconds} seconds`;
}

function readTime(text: string | undefined): number {
  const basic = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? "");
  if (basic === null) return Date.parse(text ?? "");
  const [, year, month, day, hour, minute, second] = basic;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
