import { useQuery } from "@tanstack/react-query";
import { fetchStats } from "../../api.ts";
import { Delayed } from "../../parts/delayed.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { VisibleText } from "../../parts/visible-text.tsx";
import classes from "./empty-state.module.css";
import { clausesOf, withoutClause } from "./query-text.ts";
import type { SearchControl } from "./search-state.ts";
import type { EventList } from "./use-events.ts";

/** What stands where rows would be: a wait, a problem, or what to do about there being nothing. */
export function EmptyState({ list, control }: { readonly list: EventList; readonly control: SearchControl }) {
  if (list.status === "pending")
    return (
      <Delayed>
        <RowSkeleton />
      </Delayed>
    );
  if (list.status === "error") return <ProblemNote error={list.error} onRetry={list.retry} />;
  return <NothingFound control={control} />;
}

function RowSkeleton() {
  return (
    <div className={classes["skeleton"]} role="status" aria-label="Reading events">
      {Array.from({ length: 12 }, (_, index) => (
        <i key={index} style={{ width: `${String(60 + ((index * 37) % 38))}%` }} />
      ))}
    </div>
  );
}

function NothingFound({ control }: { readonly control: SearchControl }) {
  const stats = useQuery({ queryKey: ["stats"], queryFn: ({ signal }) => fetchStats(signal), staleTime: 0 });
  if (stats.isPending) return null;
  if (stats.data?.events === 0) return <NoEventsYet />;
  const { query, from, to } = control.question;
  const clauses = clausesOf(query);
  const hasRange = from !== undefined || to !== undefined;
  return (
    <div className={classes["empty"]} role="status">
      <h2>No event fits this search</h2>
      <p>Loosen it with one click:</p>
      <ul>
        {hasRange ? (
          <li>
            <button
              type="button"
              onClick={() => {
                control.ask({ from: undefined, to: undefined });
              }}
            >
              Search all time instead of this range
            </button>
          </li>
        ) : null}
        {control.question.verdict === undefined ? null : (
          <li>
            <button
              type="button"
              onClick={() => {
                control.ask({ verdict: undefined });
              }}
            >
              Show events whatever the verdict on their log file
            </button>
          </li>
        )}
        {clauses.length > 1
          ? clauses.slice(0, 8).map((clause) => (
              <li key={clause.start}>
                <button
                  type="button"
                  onClick={() => {
                    control.ask({ query: withoutClause(query, clause) });
                  }}
                >
                  Leave out <VisibleText text={clause.text.slice(0, 120)} className={classes["clause"]} />
                </button>
              </li>
            ))
          : null}
        <li>
          <button
            type="button"
            onClick={() => {
              control.ask({ query: "", from: undefined, to: undefined, verdict: undefined });
            }}
          >
            Show every event
          </button>
        </li>
      </ul>
      <p className={classes["hint"]}>
        A bare word is a whole word: <code>mary</code> finds Mary anywhere in an event, but not primary;{" "}
        <code>*mary*</code> finds both. A field compares the whole value: <code>eventName:Create*</code> finds what
        begins so.
      </p>
    </div>
  );
}

function NoEventsYet() {
  return (
    <div className={classes["empty"]} role="status">
      <h2>No events yet</h2>
      <p>Bring CloudTrail log files in from a folder or a single file, then reload this page:</p>
      <pre>npx trailwarden import PATH</pre>
      <p className={classes["hint"]}>
        PATH is a folder of <code>.json.gz</code> log files as CloudTrail leaves them in the bucket, an archive of them,
        or one file.
      </p>
    </div>
  );
}
