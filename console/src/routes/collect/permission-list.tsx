import type { Permission } from "../../collect-api.ts";
import controls from "../../parts/controls.module.css";
import { useCopy } from "../../parts/copy-text.tsx";
import { Icon } from "../../parts/icon.tsx";
import classes from "./permission-list.module.css";

/** The rights that a kind of source needs in AWS, and what each is for. */
export function PermissionList({ permissions }: { readonly permissions: readonly Permission[] }) {
  const copy = useCopy();
  if (permissions.length === 0) {
    return (
      <section className={classes["rights"]} aria-label="Rights it needs">
        <h2>Rights it needs</h2>
        <p>None in AWS.</p>
      </section>
    );
  }
  return (
    <section className={classes["rights"]} aria-label="Rights it needs">
      <header>
        <h2>Rights it needs</h2>
        <button
          type="button"
          className={`${controls["button"]} ${controls["small"]}`}
          onClick={() => {
            copy(
              JSON.stringify(
                permissions.map(({ action }) => action),
                null,
                2,
              ),
              "Actions copied",
            );
          }}
        >
          <Icon name="copy" /> Copy actions
        </button>
      </header>
      <ul>
        {permissions.map(({ action, purpose, isOptional }) => (
          <li key={action}>
            <code>{action}</code>
            <span>
              {purpose}
              {isOptional ? " (it can do without)" : ""}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
