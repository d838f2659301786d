import { useState, type ReactNode } from "react";
import { Icon } from "../../../parts/icon.tsx";
import { VerdictMark } from "../../../parts/verdict-mark.tsx";
import { verdictKinds, verdictWords } from "../../../parts/verdicts.ts";
import facets from "../facets/facet-column.module.css";
import { printVerdicts, readVerdicts, type AskedVerdict, type SearchControl } from "../search-state.ts";

/** Which verdicts the log files of the events may have: several may be chosen. */
export function ProofFacet({ control }: { readonly control: SearchControl }) {
  const chosen = readVerdicts(control.state.verdict);
  const [isFolded, setFolded] = useState(false);
  const toggle = (kind: AskedVerdict) => {
    const next = chosen.includes(kind) ? chosen.filter((each) => each !== kind) : [...chosen, kind];
    control.ask({ verdict: printVerdicts(next) });
  };
  return (
    <section className={facets["group"]} aria-label="Proof of the log file">
      <h3>
        <button
          type="button"
          aria-expanded={!isFolded}
          title="What the digests that CloudTrail signs say of the log file"
          onClick={() => {
            setFolded(!isFolded);
          }}
        >
          <Icon name={isFolded ? "right" : "down"} size={12} />
          Proof
        </button>
      </h3>
      {isFolded ? null : (
        <ul>
          {verdictKinds.map((kind) => (
            <ProofChoice
              key={kind}
              word={verdictWords[kind].word}
              what={verdictWords[kind].what}
              isChosen={chosen.includes(kind)}
              onToggle={() => {
                toggle(kind);
              }}
            >
              <VerdictMark kind={kind} size={12} />
            </ProofChoice>
          ))}
          <ProofChoice
            word="Not judged"
            what="Nobody has judged its log file yet"
            isChosen={chosen.includes("unjudged")}
            onToggle={() => {
              toggle("unjudged");
            }}
          />
        </ul>
      )}
    </section>
  );
}

interface ProofChoiceProps {
  readonly word: string;
  readonly what: string;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
  readonly children?: ReactNode;
}

function ProofChoice({ word, what, isChosen, onToggle, children }: ProofChoiceProps) {
  return (
    <li className={facets["line"]} data-state={isChosen ? "in" : "none"}>
      <button type="button" className={facets["value"]} aria-pressed={isChosen} title={what} onClick={onToggle}>
        {isChosen ? <Icon name="check" size={12} /> : null}
        <span className={facets["text"]}>{word}</span>
        <span aria-hidden="true">{children}</span>
      </button>
    </li>
  );
}
