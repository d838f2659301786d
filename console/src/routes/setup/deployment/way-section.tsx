import { Link } from "@tanstack/react-router";
import type { UseQueryResult } from "@tanstack/react-query";
import { useAccess } from "../../../access-token.ts";
import controls from "../../../parts/controls.module.css";
import { Icon } from "../../../parts/icon.tsx";
import { countOf } from "../../../parts/numbers.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { CheckResult, Deployment } from "../../../setup-types.ts";
import { Moment } from "../../collect/moment.tsx";
import { useTz } from "../../../parts/titled-page.tsx";
import shared from "../setup.module.css";
import { StandingBadge } from "../standing-badge.tsx";
import { AgreeButton } from "./agree-button.tsx";
import { TrailFacts } from "./trail-facts.tsx";
import { WayPicture } from "./way-picture.tsx";
import { noWay, wayOf } from "./way.ts";

export interface WaySectionProps {
  readonly deployment: Deployment;
  readonly check: UseQueryResult<CheckResult>;
  readonly isBusy: boolean;
}

/** The way of log files in the account, as it was looked at just now. */
export function WaySection({ deployment, check, isBusy }: WaySectionProps) {
  const { name, isAgreed } = deployment;
  const { mayChange } = useAccess();
  const drifts = check.data?.drifts.length ?? 0;
  return (
    <section className={shared["card"]} aria-label="The way">
      <div className={shared["head"]}>
        <h2>The way of a log file</h2>
        <div className={controls["buttons"]}>
          {isAgreed && drifts === 0 ? null : <AgreeButton name={name} drifts={drifts} isBusy={isBusy} />}
          {isAgreed ? (
            <button
              type="button"
              className={controls["button"]}
              disabled={!mayChange || check.isFetching || isBusy}
              onClick={() => void check.refetch()}
            >
              <Icon name="search" />
              {check.isFetching ? "Looking…" : "Look again"}
            </button>
          ) : null}
        </div>
      </div>
      {isAgreed ? <WayBody deployment={deployment} check={check} /> : <NotYet name={name} />}
    </section>
  );
}

/** Nothing was set up or agreed on, so that nothing can have drifted. */
function NotYet({ name }: { readonly name: string }) {
  const tz = useTz();
  return (
    <>
      <p>
        No way is agreed on yet.{" "}
        <Link to="/setup/$name/plan" params={{ name }} search={tz}>
          Make a plan
        </Link>
        , which uses what is there already; or, if a way is laid and right as it is, say so.
      </p>
      <WayPicture way={wayOf(noWay)} />
    </>
  );
}

function WayBody({ deployment, check }: Pick<WaySectionProps, "deployment" | "check">) {
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
  if (mayChange) return <p role="status">Looking into the account…</p>;
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
  return (
    <>
      <p>
        {drifts.length > 0
          ? `${countOf(drifts.length, "thing")} ${drifts.length === 1 ? "is" : "are"} not as agreed, see below. Looked at `
          : "All is as it was agreed on. Looked at "}
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
      {wiring.status === null ? null : (
        <div className={shared["after"]}>
          <TrailFacts status={wiring.status} />
        </div>
      )}
    </>
  );
}
