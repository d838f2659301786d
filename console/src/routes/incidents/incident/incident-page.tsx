import { useParams } from "@tanstack/react-router";
import { Delayed } from "../../../parts/delayed.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { toVisible } from "../../../parts/visible-text.tsx";
import type { IncidentDetails } from "../../../incidents-api.ts";
import shared from "../../setup/setup.module.css";
import { IncidentsFrame } from "../incidents-frame.tsx";
import { useIncident } from "../use-incidents.ts";
import { ActorsSection } from "./actors-section.tsx";
import { EntitiesSection } from "./entities-section.tsx";
import { FindingsSection } from "./findings-section.tsx";
import { HistorySection } from "./history-section.tsx";
import { IncidentHead } from "./incident-head.tsx";
import { QuestionsSection } from "./questions-section.tsx";
import { Timeline } from "./timeline.tsx";

/** One incident: what happened, by whom, what proves it, what to ask next, and what was done about it. */
export function IncidentPage() {
  const { incident: id } = useParams({ from: "/incidents/$incident" });
  const incident = useIncident(id);
  if (incident.data === undefined) {
    return (
      <IncidentsFrame title="Incident">
        {incident.isError ? (
          <ProblemNote error={incident.error} onRetry={() => void incident.refetch()} />
        ) : (
          <Delayed>
            <p className={shared["soft"]}>Asking for the incident…</p>
          </Delayed>
        )}
      </IncidentsFrame>
    );
  }
  return <Told key={incident.data.id} incident={incident.data} isAway={incident.isError} />;
}

function Told({ incident, isAway }: { readonly incident: IncidentDetails; readonly isAway: boolean }) {
  return (
    <IncidentsFrame title={`${incident.name}: ${toVisible(incident.title)}`}>
      {isAway ? <p role="alert">The server does not answer; this is how things were.</p> : null}
      <IncidentHead incident={incident} />
      <div className={`${shared["columns"]} ${shared["after"]}`}>
        <div className={shared["stack"]}>
          <Timeline entries={incident.timeline} />
          <FindingsSection findings={incident.parts} />
          <HistorySection incident={incident} />
        </div>
        <div className={shared["stack"]}>
          <QuestionsSection questions={incident.questions} />
          <EntitiesSection incident={incident} />
          <ActorsSection actors={incident.actors} self={incident} />
        </div>
      </div>
    </IncidentsFrame>
  );
}
