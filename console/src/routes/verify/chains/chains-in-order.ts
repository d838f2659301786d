import type { ChainView } from "../../../verify-api.ts";

export type ChainState = "overdue" | "broken" | "ended" | "unbroken";

/** How a chain stands, by what is known of its head. */
export function chainState({ isOverdue, nextDueAt, since }: ChainView): ChainState {
  if (isOverdue) return "overdue";
  if (nextDueAt === null) return "ended";
  return since === null ? "broken" : "unbroken";
}

const order: readonly ChainState[] = ["overdue", "broken", "unbroken", "ended"];

/** The chains of an account and region, what needs a look first. */
export function chainsInOrder(
  chains: readonly ChainView[],
  place: { readonly account: string | undefined; readonly region: string | undefined },
): readonly ChainView[] {
  const nameOf = ({ account, region, trail, id }: ChainView) => `${account}/${region}/${trail}/${id}`;
  return chains
    .filter(({ account }) => place.account === undefined || account === place.account)
    .filter(({ region }) => place.region === undefined || region === place.region)
    .toSorted(
      (a, b) => order.indexOf(chainState(a)) - order.indexOf(chainState(b)) || (nameOf(a) < nameOf(b) ? -1 : 1),
    );
}
