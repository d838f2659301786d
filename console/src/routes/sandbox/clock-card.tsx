import { useMutation, useQueryClient } from "@tanstack/react-query";
import { formatClock, formatDay, formatSpan, zoneName, type Zone } from "../../parts/instants.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { setClock } from "../../sandbox-api.ts";
import card from "./card.module.css";
import classes from "./clock-card.module.css";
import { useClock, useSandboxTime } from "./use-sandbox.ts";

const speeds = [1, 10, 60] as const;
const pushes = [
  [600, "10 minutes"],
  [3_600, "1 hour"],
  [86_400, "1 day"],
] as const;

/** The sandbox's time: how late it is, how fast it goes, and a push forward. It never goes back. */
export function ClockCard({ zone }: { readonly zone: Zone }) {
  const clock = useClock(true);
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: setClock,
    onSuccess: (said) => {
      queries.setQueryData(["sandbox", "clock"], said);
    },
  });
  const speed = clock.data?.speed;
  const offered = speed === undefined || speeds.some((each) => each === speed) ? speeds : [...speeds, speed];
  return (
    <section className={card["card"]} aria-labelledby="clock">
      <h2 id="clock">Clock</h2>
      <Time zone={zone} />
      <div className={classes["row"]}>
        <span className={classes["label"]}>Speed</span>
        <div className={card["choice"]} role="group" aria-label="Speed">
          {offered.map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === speed}
              onClick={() => {
                change.mutate({ speed: each });
              }}
            >
              {each}×
            </button>
          ))}
        </div>
      </div>
      <div className={classes["row"]}>
        <span className={classes["label"]}>Forward</span>
        <div className={card["choice"]} role="group" aria-label="Push the clock forward">
          {pushes.map(([seconds, title]) => (
            <button
              key={seconds}
              type="button"
              onClick={() => {
                change.mutate({ advanceSeconds: seconds });
              }}
            >
              + {title}
            </button>
          ))}
        </div>
      </div>
      {change.isError ? <ProblemNote error={change.error} /> : null}
      <p className={card["lead"]}>
        The company works by this clock: at night and on weekends little happens. Digests come every hour of it. Once it
        is ahead, new events carry times ahead of yours: search them without a range of time.
      </p>
    </section>
  );
}

/** Below this a difference is only the way to the server and back. */
const noticedMs = 2_000;

function Time({ zone }: { readonly zone: Zone }) {
  const time = useSandboxTime();
  if (time === undefined) return <p className={classes["time"]}>&nbsp;</p>;
  const { now, aheadMs } = time;
  const iso = new Date(now).toISOString();
  return (
    <p className={classes["time"]} data-testid="sandbox-time">
      <strong>{formatClock(iso, zone)}</strong> {zoneName(zone)}, {formatDay(iso, zone)}
      {aheadMs > noticedMs ? <span>{formatSpan(aheadMs / 1000)} ahead of this machine</span> : null}
    </p>
  );
}
