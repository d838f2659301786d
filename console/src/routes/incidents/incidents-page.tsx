import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRef } from "react";
import panel from "../../parts/panel-list.module.css";
import controls from "../../parts/controls.module.css";
import { Delayed } from "../../parts/delayed.tsx";
import { useKeys } from "../../parts/keys.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { IncidentFilters } from "./incident-filters.tsx";
import { IncidentItem } from "./incident-item.tsx";
import { IncidentsFrame } from "./incidents-frame.tsx";
import { askOf, type IncidentsState } from "./incidents-state.ts";
import classes from "./incidents.module.css";
import { NoIncidents } from "./no-incidents.tsx";
import { useIncidents } from "./use-incidents.ts";

/** What rules have found, as stories that somebody has to look at. */
export function IncidentsPage() {
  const state = useSearch({ from: "/incidents" });
  const navigate = useNavigate({ from: "/incidents" });
  const incidents = useIncidents(askOf(state));
  const all = incidents.data?.pages.flatMap((page) => page.incidents) ?? [];
  const counts = incidents.data?.pages[0]?.counts ?? {};
  const list = useRef<HTMLUListElement>(null);
  const step = (by: 1 | -1) => {
    walk(list.current, by);
  };
  useKeys({
    j: () => {
      step(1);
    },
    k: () => {
      step(-1);
    },
    ArrowDown: () => {
      step(1);
    },
    ArrowUp: () => {
      step(-1);
    },
  });
  return (
    <IncidentsFrame
      title="Incidents"
      lead="What rules have found, put together by who did it, to what and when: a story each. What was only noted stands among the findings of its rule."
    >
      <IncidentFilters
        state={state}
        counts={counts}
        accounts={all.flatMap(({ accountIds }) => accountIds)}
        onChange={(change: Partial<IncidentsState>) => {
          void navigate({ search: (last) => ({ ...last, ...change }), replace: true });
        }}
      />
      {incidents.isError && incidents.data !== undefined ? (
        <p role="alert" className={classes["away"]}>
          The server does not answer; this is how things were.
        </p>
      ) : null}
      {incidents.data === undefined ? (
        incidents.isError ? (
          <ProblemNote error={incidents.error} onRetry={() => void incidents.refetch()} />
        ) : (
          <Delayed>
            <p className={classes["soft"]}>Asking for incidents…</p>
          </Delayed>
        )
      ) : all.length === 0 ? (
        <NoIncidents state={state} />
      ) : (
        <ul ref={list} className={panel["list"]} aria-label="Incidents" aria-busy={incidents.isPlaceholderData}>
          {all.map((incident) => (
            <IncidentItem key={incident.id} incident={incident} />
          ))}
        </ul>
      )}
      {incidents.hasNextPage ? (
        <button
          type="button"
          className={controls["button"]}
          disabled={incidents.isFetchingNextPage}
          onClick={() => void incidents.fetchNextPage()}
        >
          Show more
        </button>
      ) : null}
    </IncidentsFrame>
  );
}

/** Leads the keyboard to the next incident; Enter on it is the link's own. */
function walk(list: HTMLElement | null, by: 1 | -1): void {
  const links = [...(list?.querySelectorAll<HTMLElement>("[data-walk]") ?? [])];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at === -1 ? 0 : Math.max(0, Math.min(links.length - 1, at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}
