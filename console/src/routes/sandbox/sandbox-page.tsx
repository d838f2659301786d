import { useDocumentTitle } from "@mantine/hooks";
import { getRouteApi } from "@tanstack/react-router";
import type { Zone } from "../../parts/instants.ts";
import { Delayed } from "../../parts/delayed.tsx";
import { PageFrame } from "../../parts/page-frame.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import type { SandboxState } from "../../sandbox-api.ts";
import { ClockCard } from "./clock-card.tsx";
import { ConnectCard } from "./connect-card.tsx";
import { FaultsSection } from "./faults-section.tsx";
import { NoSandbox } from "./no-sandbox.tsx";
import classes from "./sandbox-page.module.css";
import { Standing } from "./standing.tsx";
import { StoriesSection } from "./stories-section.tsx";
import { useSandboxState } from "./use-sandbox.ts";

const route = getRouteApi("/sandbox");

/** The made-up AWS beside the server: how it is, how to reach it, what can be made to happen in it. */
export function SandboxPage() {
  const { tz } = route.useSearch();
  const navigate = route.useNavigate();
  const zone: Zone = tz === "local" ? "local" : "utc";
  const state = useSandboxState();
  useDocumentTitle("Sandbox · Trailwarden");
  return (
    <PageFrame
      zone={zone}
      onZone={(next) => {
        void navigate({ search: next === "local" ? { tz: "local" } : {}, replace: true });
      }}
    >
      {state.data !== undefined ? (
        <Body state={state.data} zone={zone} />
      ) : state.isError ? (
        <ProblemNote error={state.error} onRetry={() => void state.refetch()} />
      ) : (
        <Delayed>
          <p className={classes["soft"]}>Asking for the sandbox…</p>
        </Delayed>
      )}
    </PageFrame>
  );
}

function Body({ state, zone }: { readonly state: SandboxState; readonly zone: Zone }) {
  if (state.state === "none") return <NoSandbox />;
  const { url, region = "", accounts = [] } = state;
  return (
    <>
      <Standing state={state} zone={zone} />
      {url === undefined ? null : (
        <div className={classes["columns"]}>
          <div className={classes["wide"]}>
            <StoriesSection zone={zone} />
            <FaultsSection known={{ trail: state.trail, accounts, region }} />
          </div>
          <div className={classes["side"]}>
            <ConnectCard url={url} region={region} accounts={accounts} />
            <ClockCard zone={zone} />
          </div>
        </div>
      )}
    </>
  );
}
