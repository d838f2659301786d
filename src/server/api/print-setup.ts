import type { z } from "@hono/zod-openapi";
import type { CheckResult, DeploymentView, HistoryEntry, SetupPlan, SetupRun, Wiring } from "../../setup/index.ts";
import type { checkSchema, deploymentSchema, historySchema, runSchema, setupPlanSchema } from "./setup-schemas.ts";

type PlanAnswer = z.infer<typeof setupPlanSchema>;

const iso = (at: number) => new Date(at).toISOString();
const isoOrNull = (at: number | undefined) => (at === undefined ? null : iso(at));

export function printDeployment(view: DeploymentView): z.infer<typeof deploymentSchema> {
  const { roleArn, logAccount, endpoint, automatic, retentionDays, source, createdAt, lastCheck, ...rest } = view;
  return {
    ...rest,
    roleArn: roleArn ?? null,
    logAccount: logAccount ?? null,
    endpoint: endpoint ?? null,
    automatic: [...automatic],
    retentionDays: retentionDays ?? null,
    source: source ?? null,
    createdAt: iso(createdAt),
    lastCheck: lastCheck === undefined ? null : { at: iso(lastCheck.at), drifts: lastCheck.drifts.length },
  };
}

export function printSetupPlan(plan: SetupPlan): PlanAnswer {
  const { madeAt, choice, places, steps, notes, obstacles, ...rest } = plan;
  return {
    ...rest,
    madeAt: iso(madeAt),
    choice: { ...choice, trailArn: choice.trailArn ?? null },
    places: { ...places },
    steps: [...steps],
    notes: [...notes],
    obstacles: [...obstacles],
  };
}

export function printRun({ plan, startedAt, endedAt, steps, ...rest }: SetupRun): z.infer<typeof runSchema> {
  return {
    ...rest,
    plan: printSetupPlan(plan),
    startedAt: iso(startedAt),
    endedAt: isoOrNull(endedAt),
    steps: steps.map(({ at, ...step }) => ({ ...step, at: isoOrNull(at) })),
  };
}

export function printCheck({ deployment, at, drifts, wiring }: CheckResult): z.infer<typeof checkSchema> {
  return {
    deployment,
    at: iso(at),
    drifts: drifts.map(({ heldBack, plan, culprit, ...drift }) => ({
      ...drift,
      heldBack: heldBack ?? null,
      plan: plan === undefined ? null : printSetupPlan(plan),
      culprit: culprit ?? null,
    })),
    wiring: printWiring(wiring),
  };
}

function printWiring({ readAt, places, values, unread, status }: Wiring): z.infer<typeof checkSchema>["wiring"] {
  return {
    readAt: iso(readAt),
    places: { ...places },
    values: { ...values },
    unread: [...unread],
    status:
      status === undefined
        ? null
        : {
            deliveryError: status.deliveryError,
            notificationError: status.notificationError,
            lastDeliveryAt: isoOrNull(status.lastDeliveryAt),
            lastNotificationAt: isoOrNull(status.lastNotificationAt),
            lastDigestAt: isoOrNull(status.lastDigestAt),
            stoppedAt: isoOrNull(status.stoppedAt),
          },
  };
}

export function printHistory({
  at,
  culprit,
  runId,
  asks: _asks,
  ...entry
}: HistoryEntry): z.infer<typeof historySchema> {
  return { ...entry, at: iso(at), culprit: culprit ?? null, runId: runId ?? null };
}
