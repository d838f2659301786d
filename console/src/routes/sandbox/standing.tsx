import { Link } from "@tanstack/react-router";
import { Icon } from "../../parts/icon.tsx";
import { useCopy } from "../../parts/copy-text.tsx";
import { formatInstant, formatRelative, type Zone } from "../../parts/instants.ts";
import { countOf } from "../../parts/numbers.ts";
import { VisibleText } from "../../parts/visible-text.tsx";
import type { SandboxState } from "../../sandbox-api.ts";
import classes from "./standing.module.css";

const words = { none: "Not there", starting: "Starting…", running: "Running", failed: "Not running" } as const;

/** What the sandbox is, how it is, where, and what came of it so far. */
export function Standing({ state, zone }: { readonly state: SandboxState; readonly zone: Zone }) {
  return (
    <section aria-label="The sandbox">
      <div className={classes["title"]}>
        <h1>Sandbox</h1>
        <output className={classes["state"]} data-state={state.state} data-testid="sandbox-state">
          <i /> {words[state.state]}
        </output>
      </div>
      <p className={classes["what"]}>
        A made-up AWS on this machine, in which a made-up company works and is attacked now and then: CloudTrail records
        every call to it, yours too, and its log files are collected here like any others.
      </p>
      {state.problem === undefined ? null : (
        <p className={classes["problem"]} role="alert">
          <VisibleText text={state.problem} />
        </p>
      )}
      <dl className={classes["facts"]}>
        <div>
          <dt>Endpoint</dt>
          <dd>{state.url === undefined ? "–" : <Endpoint url={state.url} />}</dd>
        </div>
        <Collected state={state} zone={zone} />
      </dl>
    </section>
  );
}

function Endpoint({ url }: { readonly url: string }) {
  const copy = useCopy();
  return (
    <span className={classes["endpoint"]}>
      <code>{url}</code>
      <button
        type="button"
        aria-label="Copy the endpoint"
        title="Copy"
        onClick={() => {
          copy(url, "Endpoint copied");
        }}
      >
        <Icon name="copy" />
      </button>
    </span>
  );
}

function Collected({ state, zone }: { readonly state: SandboxState; readonly zone: Zone }) {
  const { collected } = state;
  const last = collected?.lastLogFileAt;
  return (
    <>
      <div>
        <dt>Collected</dt>
        <dd data-testid="collected">
          {collected === undefined
            ? "–"
            : `${countOf(collected.events, "event")} in ${countOf(collected.logFiles, "log file")}`}
          {collected === undefined || collected.unknown === 0 ? null : (
            <span className={classes["odd"]}>, {countOf(collected.unknown, "message")} not understood</span>
          )}
        </dd>
      </div>
      <div>
        <dt>Last log file</dt>
        <dd>{last === undefined ? "–" : <time title={formatInstant(last, zone)}>{formatRelative(last)}</time>}</dd>
      </div>
      <div className={classes["onward"]}>
        <Link to="/" search={{ from: "now-15m", ...(zone === "local" && { tz: "local" }) }}>
          See them in Search
        </Link>
      </div>
      {collected?.problem === undefined ? null : (
        <p className={classes["problem"]} role="status">
          <VisibleText text={collected.problem} />
        </p>
      )}
    </>
  );
}
