import { type Random } from "../../world.ts";

const signs = "abcdefghijklmnopqrstuvwxyz0123456789";

/** Lower-case letters and digits, as Organizations' ids have them. */
export function lowerText(random: Random, length: number): string {
  return Array.from({ length }, () => signs[Math.floor(random.next() * signs.length)] ?? "").join("");
}

/** An account's number: twelve digits, none of them taken. */
export function makeAccountId(random: Random, isTaken: (id: string) => boolean): string {
  for (;;) {
    const id = String(Math.floor(100_000_000_000 + random.next() * 900_000_000_000));
    if (!isTaken(id)) return id;
  }
}
