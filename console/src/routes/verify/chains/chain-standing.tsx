import { Badge } from "../../../parts/badge.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { ChainView } from "../../../verify-api.ts";
import { chainState } from "./chains-in-order.ts";

const looks = {
  overdue: ["Overdue", "warning", "bad"],
  broken: ["No valid digest", "warning", "bad"],
  ended: ["Ended", "quiet", "open"],
  unbroken: ["Unbroken", "online", "fine"],
} as const;

/** How a chain is: a word and a sign, and what is wrong. */
export function ChainStanding({ chain }: { readonly chain: ChainView }) {
  const state = chainState(chain);
  const [word, icon, tone] = looks[state];
  return (
    <>
      <Badge tone={tone} icon={icon}>
        {word}
      </Badge>
      {state === "unbroken" ? null : (
        <small>
          <VisibleText text={chain.sentence} />
        </small>
      )}
    </>
  );
}
