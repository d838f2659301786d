import type { Wish } from "../../../setup-types.ts";

/** What is wished of a plan, as it stands in the address of its page. */
export interface PlanState {
  readonly tz?: "local" | undefined;
  readonly by?: "hand" | undefined;
  readonly region?: string | undefined;
  readonly trail?: string | undefined;
  readonly create?: "no" | undefined;
  readonly paid?: "yes" | undefined;
  readonly org?: "yes" | undefined;
  readonly key?: string | undefined;
}

const lengthMax = 2_048;

/** Reads an address someone may have written by hand: what it does not know, it leaves out. */
export function readPlanState(search: Readonly<Record<string, unknown>>): PlanState {
  const text = (name: string) => {
    const value = search[name];
    return typeof value === "string" && value !== "" && value.length <= lengthMax ? { [name]: value } : {};
  };
  return {
    ...(search["tz"] === "local" ? { tz: "local" } : {}),
    ...(search["by"] === "hand" ? { by: "hand" } : {}),
    ...(search["create"] === "no" ? { create: "no" } : {}),
    ...(search["paid"] === "yes" ? { paid: "yes" } : {}),
    ...(search["org"] === "yes" ? { org: "yes" } : {}),
    ...text("region"),
    ...text("trail"),
    ...text("key"),
  };
}

/** What is asked of the server; what nobody wishes is left to it. */
export function wishOf({ region, trail, create, paid, org, key }: PlanState): Wish {
  return {
    ...(region === undefined ? {} : { region }),
    ...(trail === undefined ? {} : { trail }),
    ...(create === undefined ? {} : { createsTrail: false }),
    ...(paid === undefined ? {} : { allowsPaidCopy: true }),
    ...(org === undefined ? {} : { forOrganization: true }),
    ...(key === undefined ? {} : { keyArn: key }),
  };
}
