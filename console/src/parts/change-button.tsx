import type { ReactNode } from "react";
import { useAccess } from "../access-token.ts";
import controls from "./controls.module.css";
import { Icon, type IconName } from "./icon.tsx";

export interface ChangeButtonProps {
  readonly children: ReactNode;
  readonly icon?: IconName;
  readonly look?: "plain" | "main" | "danger";
  readonly isSmall?: boolean;
  readonly isBusy?: boolean;
  readonly label?: string | undefined;
  /** Without one, it sends the form that it stands in. */
  readonly onClick?: () => void;
}

/** A button that changes something on the server: it stands there for everybody, and works with the token. */
export function ChangeButton(props: ChangeButtonProps) {
  const { children, icon, look = "plain", isSmall = false, isBusy = false, label, onClick } = props;
  const { mayChange } = useAccess();
  const names = [controls["button"], controls[look], isSmall ? controls["small"] : undefined];
  return (
    <button
      type={onClick === undefined ? "submit" : "button"}
      className={names.filter(Boolean).join(" ")}
      disabled={!mayChange || isBusy}
      aria-label={label}
      title={mayChange ? undefined : "This page may look, not change; see the note at the top"}
      onClick={onClick}
    >
      {icon === undefined ? null : <Icon name={icon} />}
      {children}
    </button>
  );
}
