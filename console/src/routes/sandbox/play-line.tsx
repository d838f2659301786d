import { Link } from "@tanstack/react-router";
import { formatRelative, formatSpan, type Zone } from "../../parts/instants.ts";
import { VisibleText } from "../../parts/visible-text.tsx";
import type { Play } from "../../sandbox-api.ts";
import classes from "./stories.module.css";
import { useSandboxTime } from "./use-sandbox.ts";
import type { Seen } from "./use-seen.ts";

export interface PlayLineProps {
  readonly play: Play;
  readonly seen: Seen;
  readonly zone: Zone;
  /** Whether anything in it is marked; the quiet company's day has nothing. */
  readonly hasMatters: boolean;
}

/** How the last play goes, how much of it is in Search, and the ways there. */
export function PlayLine({ play, seen, zone, hasMatters }: PlayLineProps) {
  const now = useSandboxTime()?.now ?? play.until ?? play.since;
  const tz = zone === "local" ? ({ tz: "local" } as const) : {};
  const { from, to, query, progress } = seen;
  const made = progress.filter(({ state }) => state !== "to-come").length;
  const found = progress.filter(({ state }) => state === "seen").length;
  return (
    <div className={classes["playLine"]} data-state={play.state} role="status">
      <strong>{wordsOf(play, now)}</strong>
      {play.message === undefined ? null : <VisibleText text={play.message} />}
      {hasMatters ? (
        <span>
          {made} of {progress.length} happened, {found} seen in Search
        </span>
      ) : null}
      <span className={classes["ways"]}>
        {query === "" ? null : (
          <Link to="/" search={{ query, from, to, ...tz }}>
            What mattered
          </Link>
        )}
        <Link to="/" search={{ from, to, ...tz }}>
          Everything meanwhile
        </Link>
      </span>
    </div>
  );
}

function wordsOf({ state, since, until }: Play, now: number): string {
  const seconds = Math.max(0, ((until ?? now) - since) / 1000);
  if (state === "playing") return `Playing for ${formatSpan(seconds)}`;
  const ended = formatRelative(new Date(until ?? since).toISOString(), now);
  return state === "played" ? `Played ${ended}, in ${formatSpan(seconds)}` : `Broke off ${ended}:`;
}
