import type { VerdictKind } from "../verify-api.ts";
import { Badge } from "./badge.tsx";
import { Icon } from "./icon.tsx";
import classes from "./verdict-mark.module.css";
import { verdictWords } from "./verdicts.ts";

export interface VerdictMarkProps {
  /** Where there is none, its room stays empty. */
  readonly kind: VerdictKind | undefined;
  readonly size?: number;
  /** It stands at the beginning of a line. */
  readonly isInline?: boolean;
}

/** A verdict as a small sign; it says its word to who cannot see it, and beside the pointer. */
export function VerdictMark({ kind, size = 13, isInline = false }: VerdictMarkProps) {
  if (kind === undefined) return <span className={classes["mark"]} data-inline={isInline} />;
  const { word, icon, what, tone } = verdictWords[kind];
  return (
    <span
      className={classes["mark"]}
      data-tone={tone}
      data-inline={isInline}
      role="img"
      aria-label={word}
      title={`${word}: ${what}`}
    >
      <Icon name={icon} size={size} />
    </span>
  );
}

/** A verdict as its sign and its word. */
export function VerdictBadge({ kind }: { readonly kind: VerdictKind }) {
  const { word, icon, what, tone } = verdictWords[kind];
  return (
    <Badge isSmall tone={tone === "waiting" ? "plain" : tone} icon={icon} what={what}>
      {word}
    </Badge>
  );
}
