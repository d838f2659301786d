import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useAccess } from "../../../access-token.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import type { RunStream } from "../../../setup-api.ts";
import { RunPanel, unfinishedOf } from "../run/run-panel.tsx";
import { useRun } from "../run/use-run.ts";
import { SetupFrame } from "../setup-frame.tsx";
import shared from "../setup.module.css";
import { useDeployment, usePlan, useRuns } from "../use-setup.ts";
import { PlanBody } from "./plan-body.tsx";
import { wishOf } from "./wish.ts";
import { WishForm } from "./wish-form.tsx";

/** What is to be done in the account, what it costs and how it is undone, before anything is done. */
export function PlanPage() {
  const { name } = useParams({ from: "/setup/$name/plan" });
  const state = useSearch({ from: "/setup/$name/plan" });
  const navigate = useNavigate({ from: "/setup/$name/plan" });
  const { mayChange } = useAccess();
  const wish = wishOf(state);
  const deployment = useDeployment(name);
  const plan = usePlan(name, wish);
  const runs = useRuns(name);
  const { live, begin } = useRun(name);
  const unfinished = unfinishedOf(runs.data);
  const isUnderWay = live.state === "running" || unfinished?.status === "running";
  const onBegin = (stream: RunStream) => void begin(stream);
  return (
    <SetupFrame
      name={name}
      title={`Plan for ${name}`}
      lead="Read it first: this is all that would be done, and nothing is done until you say so."
    >
      <div className={shared["stack"]}>
        <RunPanel live={live} unfinished={unfinished} onBegin={onBegin} />
        {isUnderWay ? null : (
          <WishForm
            state={state}
            onWish={(next) => {
              void navigate({ search: (last) => ({ ...last, ...next }) });
              if (JSON.stringify(wishOf({ ...state, ...next })) === JSON.stringify(wish)) void plan.refetch();
            }}
          />
        )}
        {isUnderWay ? null : plan.isError && !plan.isFetching ? (
          <ProblemNote error={plan.error} onRetry={() => void plan.refetch()} />
        ) : plan.data === undefined || plan.isFetching ? (
          <p className={shared["soft"]} role="status">
            {mayChange
              ? "Reading the account in every region. That takes a moment…"
              : "To make a plan AWS has to be asked. That takes the token, see the note at the top."}
          </p>
        ) : (
          <PlanBody
            answer={plan.data}
            wish={wish}
            depth={deployment.data?.depth ?? "look"}
            accountId={deployment.data?.accountId ?? ""}
            isBlocked={unfinished !== undefined}
            isByHand={state.by === "hand"}
            onByHand={(isByHand) => {
              void navigate({
                search: (last) => ({ ...last, by: isByHand ? ("hand" as const) : undefined }),
                replace: true,
              });
            }}
            onBegin={onBegin}
          />
        )}
      </div>
    </SetupFrame>
  );
}
