import { Icon } from "../../../parts/icon.tsx";
import { VisibleText } from "../../../parts/visible-text.tsx";
import type { ChainView } from "../../../verify-api.ts";
import badge from "../../collect/status-badge.module.css";
import { chainState } from "./chains-in-order.ts";

const looks = {
  overdue: ["Overdue", "warning", "failing"],
  broken: ["No valid digest", "warning", "failing"],
  ended: ["Ended", "quiet", "quiet"],
  unbroken: ["Unbroken", "online", "online"],
} as const;

/** How a chain is: a word and a sign, and what is wrong. */
export function ChainStanding({ chain }: { readonly chain: ChainView }) {
  const state = chainState(chain);
  const [word, icon, status] = looks[state];
  return (
    <>
      <span className={badge["badge"]} data-status={status}>
        <Icon name={icon} />
        {word}
      </span>
      {state === "unbroken" ? null : (
        <small>
          <VisibleText text={chain.sentence} />
        </small>
      )}
    </>
  );
}
