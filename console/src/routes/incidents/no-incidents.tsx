import { Link } from "@tanstack/react-router";
import { countOf } from "../../parts/numbers.ts";
import { VisibleText } from "../../parts/visible-text.tsx";
import { Moment } from "../collect/moment.tsx";
import { useTz } from "../../parts/titled-page.tsx";
import nothing from "../verify/integrity.module.css";
import { askOf, type IncidentsState } from "./incidents-state.ts";
import { useDetectionStatus } from "./use-incidents.ts";

/** What it means that there is none, and whether anything looks for them. */
export function NoIncidents({ state }: { readonly state: IncidentsState }) {
  const tz = useTz();
  const ask = askOf(state);
  const isPart = ask.account !== undefined || ask.owner !== undefined || ask.severity !== undefined;
  return (
    <div className={nothing["nothing"]}>
      <p>
        <strong>{wordsOf(state.state, isPart)}</strong>
      </p>
      <Running />
      {isPart || state.state !== undefined ? (
        <p>
          <Link to="/incidents" search={{ ...tz, state: "all" }}>
            Show all incidents
          </Link>
        </p>
      ) : null}
    </div>
  );
}

function wordsOf(state: IncidentsState["state"], isPart: boolean): string {
  const among = isPart ? " of this kind" : "";
  if (state === undefined) return `No open incident${among}: nothing waits for you.`;
  return state === "all" ? `There was no incident${among} yet.` : `No incident${among} is ${state}.`;
}

/** Whether events are judged, so that nobody takes silence for peace. */
function Running() {
  const tz = useTz();
  const status = useDetectionStatus();
  if (status.data === undefined) {
    return status.isError ? <p>Whether events are judged is not known: the server does not say.</p> : null;
  }
  const { problem, judgedAt, rules, correlations, waitingEvents, waitingLogFiles } = status.data;
  if (problem !== null) {
    return (
      <p role="alert">
        Events are <strong>not judged</strong>: <VisibleText text={problem} />
      </p>
    );
  }
  if (rules + correlations === 0) {
    return (
      <p>
        No rule is switched on, so nothing is looked for.{" "}
        <Link to="/detect" search={tz}>
          See the rules
        </Link>
      </p>
    );
  }
  return (
    <p>
      {countOf(rules + correlations, "rule")} {rules + correlations === 1 ? "looks" : "look"} at every event as it is
      stored
      {waitingLogFiles > 0
        ? `; ${countOf(waitingEvents, "event")} of ${countOf(waitingLogFiles, "log file")} wait for it.`
        : judgedAt === null
          ? "; none came yet."
          : "; all that came are judged, "}
      {waitingLogFiles === 0 && judgedAt !== null ? (
        <>
          the last <Moment at={judgedAt} />.
        </>
      ) : null}
    </p>
  );
}
