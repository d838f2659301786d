import { DetectError } from "../errors.ts";
import { isHttp } from "./fetch-list.ts";
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
  if ((ask.text === undefined) === (ask.url === undefined)) {
    throw invalid("A list comes from a text, which may be a file's, or from a URL");
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
