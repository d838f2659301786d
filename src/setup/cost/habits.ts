import { looksInADay } from "../../collect/index.ts";
import { monthDays } from "./volumes.ts";

const hoursInMonth = monthDays * 24;

/** "About every 5 minutes" (CloudTrail User Guide, "How CloudTrail works"): a place with events gets no more files. */
export const filesInMonthMost = hoursInMonth * 12;

/** One an hour for each region, whether something happened or not (User Guide, "Digest file structure"). */
export const digestsInMonth = hoursInMonth;

/** Of a log file's JSON, gzip leaves about so much. */
export const gzipShare = 0.1;

/** A digest that lists a dozen log files. */
export const digestBytes = 2_048;

/** The queue is asked, and asked again when nothing came for twenty seconds (`collect/sources/queue/queue-loop.ts`). */
export const waitsInMonth = (hoursInMonth * 3600) / 20;

/** Of the day folders of one account and region, by the queue's source, which looks every quarter of an hour. */
export const listingsInMonth = looksInADay(900_000) * monthDays;

/** The same of its digests' folders, which fill more slowly. */
export const digestListingsInMonth = looksInADay(900_000, "digests") * monthDays;
