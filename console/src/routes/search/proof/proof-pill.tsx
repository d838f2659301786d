import { Icon } from "../../../parts/icon.tsx";
import { verdictWords } from "../../../parts/verdicts.ts";
import { readVerdicts, type SearchControl } from "../search-state.ts";
import strip from "../status-strip.module.css";

/** Which verdicts are looked for, as a piece of the filter that can be taken away. */
export function ProofPill({ control }: { readonly control: SearchControl }) {
  const words = readVerdicts(control.state.verdict).map((kind) =>
    kind === "unjudged" ? "not judged" : verdictWords[kind].word.toLowerCase(),
  );
  const text = `Log file ${words.join(" or ")}`;
  return (
    <ul className={strip["pills"]} aria-label="Filter by proof">
      <li className={strip["pill"]}>
        <span className={strip["pillText"]}>{text}</span>
        <button
          type="button"
          className={strip["pillRemove"]}
          aria-label={`Remove: ${text}`}
          onClick={() => {
            control.ask({ verdict: undefined });
          }}
        >
          <Icon name="close" size={10} />
        </button>
      </li>
    </ul>
  );
}
