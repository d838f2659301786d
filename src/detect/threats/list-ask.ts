import { open } from "node:fs/promises";
import { DetectError } from "../errors.ts";
import { isHttp, listBytesMax } from "./fetch-list.ts";
import type { ThreatList } from "./threat-list.ts";
import type { ThreatListAsk } from "./threats.ts";

const namePattern = /^[a-z0-9][a-z0-9._-]{0,63}$/;
const [minuteMs, dayMs] = [60_000, 86_400_000];
const everyMsDefault = 6 * 60 * minuteMs;
const [everyMsMin, everyMsMax] = [5 * minuteMs, 30 * dayMs];
const expireMsMax = 3_650 * dayMs;
const textCharactersMax = 500;

/** A list as it will be kept, from what a person asks for. Throws `threat-list-invalid`. */
export function listOf(ask: ThreatListAsk, now: number): ThreatList {
  if (!namePattern.test(ask.name)) {
    throw invalid("A list's name has small letters, digits, dots, dashes, and 64 characters at most");
  }
  if ([ask.text, ask.path, ask.url].filter((from) => from !== undefined).length !== 1) {
    throw invalid("A list comes from a text, from a file or from a URL, and from one of them only");
  }
  const { url = "", column = "", license = "", level = "medium", outcome = "incident" } = ask;
  if (ask.url !== undefined && !(url.length <= 2_000 && URL.canParse(url) && isHttp(new URL(url)))) {
    throw invalid("A list's URL begins with https:// or http://");
  }
  if (column.length > textCharactersMax || license.length > textCharactersMax) {
    throw invalid(`Column and licence have ${textCharactersMax} characters at most`);
  }
  const everyMs = url === "" ? 0 : (ask.everyMs ?? everyMsDefault);
  if (url !== "" && !(everyMs >= everyMsMin && everyMs <= everyMsMax)) {
    throw invalid("A list is fetched every 5 minutes at most, and every 30 days at least");
  }
  const expireMs = ask.expireMs ?? 0;
  if (!(expireMs >= 0 && expireMs <= expireMsMax)) throw invalid("Entries expire within 10 years, or never");
  return { name: ask.name, kind: ask.kind, url, column, everyMs, expireMs, level, outcome, license, changedAt: now };
}

/** The entries of a list as a person hands them in, undefined where they come from a URL. Throws `threat-list-invalid`. */
export async function textOf({ text, path }: ThreatListAsk): Promise<string | undefined> {
  if (path === undefined) return text;
  try {
    await using file = await open(path, "r");
    const about = await file.stat();
    if (!about.isFile()) throw new Error("it is no file");
    if (about.size > listBytesMax) throw new Error(`it is larger than ${listBytesMax / 1024 / 1024} MB`);
    return await file.readFile("utf8");
  } catch (error) {
    throw invalid(`${path.slice(0, 300)} cannot be read: ${error instanceof Error ? error.message : "it is no file"}`);
  }
}

export function invalid(message: string): DetectError {
  return new DetectError(message, { code: "threat-list-invalid", fault: "user", help: "See docs/threat-lists.md" });
}

export function unknown(name: string): DetectError {
  return new DetectError(`No threat list is called ${name.slice(0, 100)}`, {
    code: "threat-list-unknown",
    fault: "user",
    help: "List them: trailwarden threats list",
  });
}
