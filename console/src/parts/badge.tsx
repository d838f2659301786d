import type { ReactNode } from "react";
import classes from "./badge.module.css";
import { Icon, type IconName } from "./icon.tsx";

/** How a badge stands out: what is well, what somebody should look at, what is wrong, and what is none of these. */
export type BadgeTone = "plain" | "fine" | "open" | "bad";

export interface BadgeProps {
  readonly tone: BadgeTone;
  readonly icon: IconName;
  /** What it means, beside the pointer. */
  readonly what?: string | undefined;
  readonly isSmall?: boolean;
  /** It is not decided yet. */
  readonly isPending?: boolean;
  readonly children: ReactNode;
}

/** How something stands: a word and a sign, never a colour alone. */
export function Badge({ tone, icon, what, isSmall = false, isPending = false, children }: BadgeProps) {
  return (
    <span className={classes["badge"]} data-tone={tone} data-small={isSmall} data-pending={isPending} title={what}>
      <Icon name={icon} size={isSmall ? 12 : 14} />
      {children}
    </span>
  );
}
