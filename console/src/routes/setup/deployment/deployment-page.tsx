import { Link, useParams } from "@tanstack/react-router";
import { useAccess } from "../../../access-token.ts";
import controls from "../../../parts/controls.module.css";
import { Delayed } from "../../../parts/delayed.tsx";
import { Icon } from "../../../parts/icon.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { RunStream } from "../../../setup-api.ts";
import type { CheckResult, Deployment } from "../../../setup-types.ts";
import { Moment } from "../../collect/moment.tsx";
import { useTz } from "../../collect/titled-page.tsx";
import { RunPanel, unfinishedOf } from "../run/run-panel.tsx";
import { useRun } from "../run/use-run.ts";
import { SetupFrame } from "../setup-frame.tsx";
import shared from "../setup.module.css";
import { StandingBadge } from "../standing-badge.tsx";
import { useCheck, useDeployment, useRuns } from "../use-setup.ts";
import { depthWord } from "../words.ts";
import { DeploymentCard } from "./deployment-card.tsx";
import { DriftCard } from "./drift-card.tsx";
import drift from "./drift.module.css";
import { TrailFacts } from "./trail-facts.tsx";
import { WayPicture } from "./way-picture.tsx";
import { wayOf } from "./way.ts";

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
  const check = useCheck(name);
  const runs = useRuns(name);
  const { live, begin } = useRun(name);
  const isBusy = live.state === "running";
  const onBegin = (stream: RunStream) => void begin(stream);
  const drifts = check.data?.drifts ?? [];
  return (
    <div className={shared["stack"]}>
      <RunPanel live={live} unfinished={unfinishedOf(runs.data)} onBegin={onBegin} />
      <section className={shared["card"]} aria-label="The way">
        <div className={shared["head"]}>
          <h2>The way of a log file</h2>
          <LookButton check={check} isBusy={isBusy} />
        </div>
        <WayBody deployment={deployment} check={check} />
      </section>
      {drifts.length === 0 ? (
        <DeploymentCard deployment={deployment} isWide />
      ) : (
        <div className={shared["columns"]}>
          <ul className={drift["drifts"]} aria-label="Drifts">
            {drifts.map((each, index) => (
              <DriftCard
                key={`${each.check} ${String(index)}`}
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

interface CheckProps {
  readonly check: ReturnType<typeof useCheck>;
}

function LookButton({ check, isBusy }: CheckProps & { readonly isBusy: boolean }) {
  const { mayChange } = useAccess();
  return (
    <button
      type="button"
      className={controls["button"]}
      disabled={!mayChange || check.isFetching || isBusy}
      onClick={() => void check.refetch()}
    >
      <Icon name="search" />
      {check.isFetching ? "Looking…" : "Look again"}
    </button>
  );
}

function WayBody({ deployment, check }: CheckProps & { readonly deployment: Deployment }) {
  const { mayChange } = useAccess();
  const { lastCheck } = deployment;
  if (check.data !== undefined) {
    return (
      <>
        {check.isError ? <ProblemNote error={check.error} /> : null}
        <Standing result={check.data} />
      </>
    );
  }
  if (check.isError) return <ProblemNote error={check.error} onRetry={() => void check.refetch()} />;
  if (mayChange) return <p aria-live="polite">Looking into the account…</p>;
  return (
    <>
      <p>To see the way as it is now AWS has to be asked. That takes the token, see the note at the top.</p>
      <p>
        <StandingBadge drifts={lastCheck?.drifts} />{" "}
        {lastCheck === null ? null : (
          <>
            when it was last looked at, <Moment at={lastCheck.at} />
          </>
        )}
      </p>
    </>
  );
}

function Standing({ result }: { readonly result: CheckResult }) {
  const { drifts, wiring, at } = result;
  const isLaid = Object.keys(wiring.places).length > 0;
  return (
    <>
      <p>
        {drifts.length > 0
          ? `${countOf(drifts.length, "thing")} ${drifts.length === 1 ? "is" : "are"} not as agreed, see below. Looked at `
          : isLaid
            ? "All is as it was agreed on. Looked at "
            : "No way is laid yet: the plan says what there is to do. Looked at "}
        <Moment at={at} />.
      </p>
      <WayPicture way={wayOf(result)} />
      {wiring.unread.length === 0 ? null : (
        <ul className={shared["words"]} data-look="warn" aria-label="Not readable">
          {wiring.unread.map(({ setting, sentence }) => (
            <li key={setting}>
              <Icon name="unknown" />
              <VisibleText text={sentence} />
            </li>
          ))}
        </ul>
      )}
      {wiring.status === null || wiring.status === undefined ? null : (
        <div className={shared["after"]}>
          <TrailFacts status={wiring.status} />
        </div>
      )}
    </>
  );
}
