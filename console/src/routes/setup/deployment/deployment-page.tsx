import { Link, useParams } from "@tanstack/react-router";
import { Delayed } from "../../../parts/delayed.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { RunStream } from "../../../setup-api.ts";
import type { Deployment } from "../../../setup-types.ts";
import { useTz } from "../../../parts/titled-page.tsx";
import { RunPanel, unfinishedOf } from "../run/run-panel.tsx";
import { useRun } from "../run/use-run.ts";
import { SetupFrame } from "../setup-frame.tsx";
import shared from "../setup.module.css";
import { useCheck, useDeployment, useRuns } from "../use-setup.ts";
import { depthWord } from "../words.ts";
import { DeploymentCard } from "./deployment-card.tsx";
import { DriftCard } from "./drift-card.tsx";
import drift from "./drift.module.css";
import { WaySection } from "./way-section.tsx";

/** One account under care: the way of its log files as it is now, and what has drifted. */
export function DeploymentPage() {
  const { name } = useParams({ from: "/setup/$name" });
  const deployment = useDeployment(name);
  const tz = useTz();
  return (
    <SetupFrame
      name={name}
      title={name}
      {...(deployment.data === undefined ? {} : { lead: <Lead deployment={deployment.data} /> })}
    >
      {deployment.data !== undefined ? (
        <Body deployment={deployment.data} />
      ) : deployment.isError ? (
        <>
          <ProblemNote error={deployment.error} onRetry={() => void deployment.refetch()} />
          <p>
            <Link to="/setup" search={tz}>
              All accounts under care
            </Link>
          </p>
        </>
      ) : (
        <Delayed>
          <p className={shared["soft"]}>Asking for the account…</p>
        </Delayed>
      )}
    </SetupFrame>
  );
}

function Lead({ deployment }: { readonly deployment: Deployment }) {
  return (
    <>
      Account <VisibleText text={deployment.accountId} /> · <VisibleText text={deployment.region} /> ·{" "}
      {depthWord(deployment.depth)}
    </>
  );
}

function Body({ deployment }: { readonly deployment: Deployment }) {
  const { name } = deployment;
  const check = useCheck(deployment);
  const runs = useRuns(name);
  const { live, begin } = useRun(name);
  const isBusy = live.state === "running";
  const drifts = check.data?.drifts ?? [];
  const onBegin = (stream: RunStream) => void begin(stream);
  return (
    <div className={shared["stack"]}>
      <RunPanel live={live} unfinished={unfinishedOf(runs.data)} onBegin={onBegin} />
      <WaySection deployment={deployment} check={check} isBusy={isBusy} />
      {drifts.length === 0 ? (
        <DeploymentCard deployment={deployment} isWide />
      ) : (
        <div className={shared["columns"]}>
          <ul className={drift["drifts"]} aria-label="Drifts">
            {drifts.map((each) => (
              <DriftCard
                key={`${each.check} ${each.about}`}
                deployment={name}
                drift={each}
                isBusy={isBusy}
                onBegin={onBegin}
              />
            ))}
          </ul>
          <DeploymentCard deployment={deployment} />
        </div>
      )}
    </div>
  );
}
